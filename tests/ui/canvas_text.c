#include "canvas_text.h"

#include <stddef.h>

#define TEXT_MAX 8192
#define RING 8

static const char style_letters[STYLE_COUNT + 1] = "tdbhsT-=gwca_BoWCkl";

static char *next_text(void)
{
	static char ring[RING][TEXT_MAX];
	static int next;

	next = (next + 1) % RING;
	return ring[next];
}

static size_t put_utf8(char *at, uint32_t c)
{
	size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	if (len == 1) {
		at[0] = (char)c;
		return 1;
	}
	for (size_t i = len - 1; i > 0; i--, c >>= 6)
		at[i] = (char)(0x80 | (c & 0x3f));
	at[0] = (char)(0xffu << (8 - len) | c);
	return len;
}

const char *canvas_row_text(const struct canvas *canvas, int row)
{
	char *text = next_text();
	size_t len = 0;

	for (int i = 0; row >= 0 && row < canvas->rows && i < canvas->columns; i++) {
		uint32_t ch = canvas->cell[row * canvas->columns + i].ch;

		if (ch != CELL_WIDE && len + 5 < TEXT_MAX)
			len += put_utf8(text + len, ch);
	}
	text[len] = '\0';
	return text;
}

const char *canvas_row_styles(const struct canvas *canvas, int row)
{
	char *text = next_text();
	int len = 0;

	for (; row >= 0 && row < canvas->rows && len < canvas->columns && len < TEXT_MAX - 1;
	     len++) {
		uint8_t style = canvas->cell[row * canvas->columns + len].style;

		text[len] = style & CELL_SELECTED ? '*' : style_letters[style];
	}
	text[len] = '\0';
	return text;
}
