/*
 * model/verdict: the line on top: the worst alert, its evidence, and the process most behind it.
 */
#ifndef STALLTOP_MODEL_VERDICT_H
#define STALLTOP_MODEL_VERDICT_H

#include "model/model.h"

/* Fills verdict from the alerts and from all processes, whoever is shown. */
void verdict_update(struct model *model);

#endif
