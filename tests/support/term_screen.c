#include "term_private.h"

#include <string.h>

#define RIGHT_HALF UINT32_MAX /* what libvterm puts beside a wide character */

static size_t encode(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | (c >> 18 & 7));
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

static size_t cell_text(const VTermScreenCell *cell, char out[VTERM_MAX_CHARS_PER_CELL * 4 + 1])
{
	size_t len = 0;

	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++)
		len += encode(cell->chars[i], out + len);
	out[len] = '\0';
	return len;
}

/* Appends one row. The text stays as it is when memory runs out, which a test then sees. */
static void append_row(struct term *t, int row, struct term_text *text)
{
	size_t end = text->len;

	for (int col = 0; col < term_cols(t); col++) {
		VTermScreenCell cell;
		char bytes[VTERM_MAX_CHARS_PER_CELL * 4 + 1];
		size_t len;

		if (!vterm_screen_get_cell(t->screen, (VTermPos){ row, col }, &cell) ||
		    cell.chars[0] == RIGHT_HALF)
			continue;
		len = cell_text(&cell, bytes);
		if (term_text_append(text, len ? bytes : " ", len ? len : 1) < 0)
			return;
		if (len > 0 && strcmp(bytes, " ") != 0)
			end = text->len;
	}
	text->len = end;
	if (text->bytes)
		text->bytes[end] = '\0';
}

const char *term_row(struct term *t, int row)
{
	struct term_text *text = &t->ring[t->next];

	t->next = (t->next + 1) % TERM_ROW_RING;
	text->len = 0;
	if (row < 0 || row >= term_rows(t))
		return "";
	append_row(t, row, text);
	return text->bytes ? text->bytes : "";
}

const char *term_screen(struct term *t)
{
	struct term_text *text = &t->whole;

	text->len = 0;
	for (int row = 0; row < term_rows(t); row++) {
		append_row(t, row, text);
		if (term_text_append(text, "\n", 1) < 0)
			break;
	}
	return text->bytes ? text->bytes : "";
}

void term_print(struct term *t, FILE *file)
{
	int row, col;

	term_cursor(t, &row, &col);
	fprintf(file, "--- %d x %d, cursor %d,%d%s, %s screen, %llu bytes so far\n", term_rows(t),
		term_cols(t), row, col, t->cursor_visible ? "" : " hidden",
		t->altscreen ? "alternate" : "normal", (unsigned long long)t->bytes);
	fputs(term_screen(t), file);
	fputs("---\n", file);
}

/* The column in which byte number offset of the row's text stands. */
static int column_of(struct term *t, int row, size_t offset)
{
	size_t at = 0;
	int col;

	for (col = 0; col < term_cols(t); col++) {
		struct term_cell cell = term_cell(t, row, col);

		if (cell.width == 0)
			continue;
		at += cell.text[0] ? strlen(cell.text) : 1;
		if (at > offset)
			break;
	}
	return col;
}

bool term_find(struct term *t, const char *text, int *row, int *col)
{
	for (int r = 0; r < term_rows(t); r++) {
		const char *found = NULL;

		t->searched.len = 0;
		append_row(t, r, &t->searched);
		if (t->searched.bytes)
			found = strstr(t->searched.bytes, text);
		if (!found)
			continue;
		if (row)
			*row = r;
		if (col)
			*col = column_of(t, r, (size_t)(found - t->searched.bytes));
		return true;
	}
	return false;
}

bool term_shows(struct term *t, const char *text)
{
	return term_find(t, text, NULL, NULL);
}

/* The cube and the greys as xterm has them; libvterm's own cube is another. */
static void xterm_rgb(int index, struct term_color *out)
{
	static const uint8_t level[6] = { 0, 95, 135, 175, 215, 255 };

	if (index >= 232) {
		out->red = out->green = out->blue = (uint8_t)(8 + 10 * (index - 232));
		return;
	}
	out->red = level[(index - 16) / 36];
	out->green = level[(index - 16) / 6 % 6];
	out->blue = level[(index - 16) % 6];
}

static struct term_color color(const struct term *t, VTermColor c)
{
	struct term_color out = { .index = -1 };

	out.is_default = VTERM_COLOR_IS_DEFAULT_FG(&c) || VTERM_COLOR_IS_DEFAULT_BG(&c);
	if (VTERM_COLOR_IS_INDEXED(&c) && !out.is_default)
		out.index = c.indexed.idx;
	vterm_screen_convert_color_to_rgb(t->screen, &c);
	out.red = c.rgb.red;
	out.green = c.rgb.green;
	out.blue = c.rgb.blue;
	if (out.index >= 16)
		xterm_rgb(out.index, &out);
	return out;
}

struct term_cell term_cell(struct term *t, int row, int col)
{
	VTermScreenCell cell;
	struct term_cell out = { .fg.index = -1, .bg.index = -1 };

	if (row < 0 || row >= term_rows(t) || col < 0 || col >= term_cols(t) ||
	    !vterm_screen_get_cell(t->screen, (VTermPos){ row, col }, &cell))
		return out;
	out.fg = color(t, cell.fg);
	out.bg = color(t, cell.bg);
	out.bold = cell.attrs.bold;
	out.italic = cell.attrs.italic;
	out.underline = cell.attrs.underline != VTERM_UNDERLINE_OFF;
	out.reverse = cell.attrs.reverse;
	out.strike = cell.attrs.strike;
	if (cell.chars[0] == RIGHT_HALF)
		return out;
	out.width = cell.width;
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
		out.chars[i] = cell.chars[i]; /* libvterm fills no more than these */
	cell_text(&cell, out.text);
	return out;
}

int term_rows(const struct term *t)
{
	return t->rows;
}

int term_cols(const struct term *t)
{
	return t->cols;
}

bool term_cursor_visible(const struct term *t)
{
	return t->cursor_visible;
}

void term_cursor(const struct term *t, int *row, int *col)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(t->vterm), &pos);
	*row = pos.row;
	*col = pos.col < t->cols ? pos.col : t->cols - 1;
}

bool term_altscreen(const struct term *t)
{
	return t->altscreen;
}

int term_mouse(const struct term *t)
{
	return t->mouse;
}

const char *term_title(const struct term *t)
{
	return t->title;
}

uint64_t term_bytes(const struct term *t)
{
	return t->bytes;
}

uint64_t term_output_ns(const struct term *t)
{
	return t->output_ns;
}
