/*
 * ui/console: the characters of a console without a window system. Its fonts have 256 or 512 glyphs, of
 * which the kernel's own, and nearly any other, has those of code page 437: half blocks and lines, but
 * neither braille nor rounded corners.
 *
 * Source: Linux drivers/tty/vt/cp437.uni, console_codes(4).
 */
#ifndef STALLTOP_UI_CONSOLE_H
#define STALLTOP_UI_CONSOLE_H

#include <stdbool.h>
#include <stdint.h>

/* Whether a terminal of that type ("linux", "linux-16color"; NULL: none) is such a console. */
bool console_is(const char *term);

/* The nearest glyph of one column for what the panes draw; anything else is left as it is. */
uint32_t console_glyph(uint32_t ch);

#endif
