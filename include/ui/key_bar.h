/*
 * ui/key_bar: the last line of the screen: the keys that fit, or a message.
 */
#ifndef STALLTOP_UI_KEY_BAR_H
#define STALLTOP_UI_KEY_BAR_H

#include "ui/canvas.h"
#include "ui/view.h"

void key_bar_draw(struct canvas *canvas, struct rect line, const struct view *view);

#endif
