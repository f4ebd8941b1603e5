/*
 * ui/key_bar: the last line of the screen: the keys that fit, or a message.
 *
 * Only keys that do something now are there. The way out of a state (the past, a mark, a pause) comes
 * first, help and quit keep their room at the end; of the others those of key_bindings[] that fit.
 */
#ifndef STALLTOP_UI_KEY_BAR_H
#define STALLTOP_UI_KEY_BAR_H

#include "ui/canvas.h"
#include "ui/view.h"

void key_bar_draw(struct canvas *canvas, struct rect line, const struct view *view);

#endif
