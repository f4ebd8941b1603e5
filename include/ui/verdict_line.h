/*
 * ui/verdict_line: the line below the header: the worst that goes on, the evidence, who is behind it.
 *
 * It says as much as fits; the headline stays. The alert rule behind it can be asked with `i`.
 */
#ifndef STALLTOP_UI_VERDICT_LINE_H
#define STALLTOP_UI_VERDICT_LINE_H

#include "model/model.h"
#include "ui/canvas.h"
#include "ui/view.h"

void verdict_line_draw(struct canvas *canvas, struct rect line, const struct model *model,
		       const struct view *view);

#endif
