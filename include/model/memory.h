/*
 * model/memory: what is available, used and cached, from meminfo and the ARC of ZFS.
 */
#ifndef STALLTOP_MODEL_MEMORY_H
#define STALLTOP_MODEL_MEMORY_H

#include "model/model.h"

void memory_update(struct model *model, const struct sample *sample);

#endif
