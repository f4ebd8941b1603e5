/*
 * ui/look: the look of a style as a person writes it: "yellow", "white on red bold", "221 underline".
 * Colours are names of the first sixteen, numbers of the palette to 255, or "default", the terminal's
 * own. Behind "on" stands the background.
 */
#ifndef STALLTOP_UI_LOOK_H
#define STALLTOP_UI_LOOK_H

#include <stddef.h>

#include "ui/theme.h"

#define LOOK_TEXT_MAX 64
#define LOOK_ALLOWED \
	"a colour (black red green yellow blue magenta cyan white, bright_..., 0 to 255, default), " \
	"on and another, bold underline reverse dim"

/* 0 or -EINVAL, then *look is as it was. */
int look_parse(const char *text, struct look *look);

/* The same as text, as look_parse() takes it; cut at cap. Returns dst. */
char *look_text(char *dst, size_t cap, struct look look);

#endif
