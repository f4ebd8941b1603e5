#include "ui/console.h"

#include <stddef.h>
#include <string.h>

static const struct {
	uint16_t ch, glyph;
} nearest[] = {
	{ 0x256d, 0x250c }, /* ╭ ┌ */
	{ 0x256e, 0x2510 }, /* ╮ ┐ */
	{ 0x2570, 0x2514 }, /* ╰ └ */
	{ 0x256f, 0x2518 }, /* ╯ ┘ */
	{ 0x2501, 0x2550 }, /* ━ ═ */
	{ 0x25be, 0x25bc }, /* ▾ ▼ */
	{ 0x25b4, 0x25b2 }, /* ▴ ▲ */
	{ 0x25b8, 0x25ba }, /* ▸ ► */
	{ 0x2716, 0x203c }, /* ✖ ‼ */
	{ 0x23ce, 0x2190 }, /* ⏎ ← */
	{ 0x2423, '_' }, /* ␣ */
};

bool console_is(const char *term)
{
	return term && !strncmp(term, "linux", 5) && (!term[5] || term[5] == '-');
}

uint32_t console_glyph(uint32_t ch)
{
	if (ch < 0x2190)
		return ch;
	for (size_t i = 0; i < sizeof(nearest) / sizeof(nearest[0]); i++)
		if (nearest[i].ch == ch)
			return nearest[i].glyph;
	return ch;
}
