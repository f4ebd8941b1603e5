/*
 * ui/inspection_parts: what there is to say of a number of a process, a CPU or a disk. For
 * ui/inspection.
 */
#ifndef STALLTOP_UI_INSPECTION_PARTS_H
#define STALLTOP_UI_INSPECTION_PARTS_H

#include "ui/inspection.h"

void inspection_task(struct inspection *said, const struct inspected *what);
void inspection_cpu(struct inspection *said, const struct inspected *what);
void inspection_disk(struct inspection *said, const struct inspected *what);

#endif
