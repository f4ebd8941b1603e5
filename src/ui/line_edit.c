#include "ui/line_edit.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/screen.h"

#define CONTROL(letter) ((letter)&0x1f)

/* In a locale without UTF-8 no width is known but that of ASCII: such a character takes one. */
static int columns_of(uint32_t c)
{
	if (c < 0x7f)
		return c >= ' ';
	return c < 0xa0 ? 0 : text_columns(c);
}

static const char *end_of(const struct line_edit *line)
{
	return line->text + strlen(line->text);
}

/* The bytes of the character at `at`, with the marks upon it; 0 at the end. */
static size_t length_at(const struct line_edit *line, size_t at)
{
	const char *begin = line->text + at, *end = end_of(line), *next = begin, *behind;

	if (begin == end)
		return 0;
	text_next(&next, end);
	for (behind = next; next < end; next = behind)
		if (columns_of(text_next(&behind, end)) > 0)
			break;
	return (size_t)(next - begin);
}

/* The bytes of the character before the cursor; 0 at the beginning. */
static size_t length_before(const struct line_edit *line)
{
	size_t at = 0, length = 0;

	while (at < line->cursor) {
		length = length_at(line, at);
		at += length;
	}
	return length;
}

void line_edit_set(struct line_edit *line, const char *text)
{
	const char *at = text, *end = text + strlen(text);
	size_t length = 0;

	while (at < end) {
		text_next(&at, end);
		if ((size_t)(at - text) >= sizeof(line->text))
			break;
		length = (size_t)(at - text);
	}
	snprintf(line->text, sizeof(line->text), "%.*s", (int)length, text);
	line->cursor = length;
}

bool line_edit_is_text(int key)
{
	if (key < ' ' || key >= SCREEN_KEY_UP)
		return false;
	return key < 0x7f || (key >= 0xa0 && (key < 0xd800 || key > 0xdfff));
}

static size_t encode(char bytes[static 4], uint32_t c)
{
	if (c < 0x80) {
		bytes[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		bytes[0] = (char)(0xc0 | c >> 6);
		bytes[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		bytes[0] = (char)(0xe0 | c >> 12);
		bytes[1] = (char)(0x80 | (c >> 6 & 0x3f));
		bytes[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	bytes[0] = (char)(0xf0 | c >> 18);
	bytes[1] = (char)(0x80 | (c >> 12 & 0x3f));
	bytes[2] = (char)(0x80 | (c >> 6 & 0x3f));
	bytes[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

bool line_edit_insert(struct line_edit *line, int key)
{
	size_t length = strlen(line->text), added;
	char bytes[4];

	if (!line_edit_is_text(key))
		return false;
	added = encode(bytes, (uint32_t)key);
	if (length + added >= sizeof(line->text))
		return false;
	memmove(line->text + line->cursor + added, line->text + line->cursor,
		length - line->cursor + 1);
	memcpy(line->text + line->cursor, bytes, added);
	line->cursor += added;
	return true;
}

/* Takes away [from, to) and leaves the cursor there. */
static bool cut(struct line_edit *line, size_t from, size_t to)
{
	if (from == to)
		return false;
	memmove(line->text + from, line->text + to, strlen(line->text + to) + 1);
	line->cursor = from;
	return true;
}

static bool move(struct line_edit *line, size_t to)
{
	bool moved = to != line->cursor;

	line->cursor = to;
	return moved;
}

/* Where the word before the cursor begins: behind a blank, the blanks before the cursor left out. */
static size_t word_begin(const struct line_edit *line)
{
	size_t at = line->cursor;

	while (at > 0 && line->text[at - 1] == ' ')
		at--;
	while (at > 0 && line->text[at - 1] != ' ')
		at--;
	return at;
}

bool line_edit_key(struct line_edit *line, int key)
{
	size_t length = strlen(line->text), at = line->cursor;

	switch (key) {
	case SCREEN_KEY_LEFT:
		return move(line, at - length_before(line));
	case SCREEN_KEY_RIGHT:
		return move(line, at + length_at(line, at));
	case SCREEN_KEY_HOME:
	case CONTROL('a'):
		return move(line, 0);
	case SCREEN_KEY_END:
	case CONTROL('e'):
		return move(line, length);
	case SCREEN_KEY_BACKSPACE:
	case CONTROL('h'):
	case 0x7f:
		return cut(line, at - length_before(line), at);
	case SCREEN_KEY_DELETE:
		return cut(line, at, at + length_at(line, at));
	case CONTROL('u'):
		return cut(line, 0, at);
	case CONTROL('k'):
		return cut(line, at, length);
	case CONTROL('w'):
		return cut(line, word_begin(line), at);
	default:
		return false;
	}
}

/* The columns of [from, to). */
static int columns_between(const struct line_edit *line, size_t from, size_t to)
{
	const char *at = line->text + from, *end = line->text + to;
	int columns = 0;

	while (at < end)
		columns += columns_of(text_next(&at, end));
	return columns;
}

/* The columns before the window: a whole number of half windows, so that the cursor is inside. */
static int columns_left_out(int cursor, int cursor_columns, int columns)
{
	int step = columns / 2 > 0 ? columns / 2 : 1;
	int beyond = cursor + cursor_columns - columns;

	return beyond > 0 ? (beyond + step - 1) / step * step : 0;
}

struct line_window line_edit_window(const struct line_edit *line, int columns)
{
	size_t length = strlen(line->text), under = length_at(line, line->cursor);
	int before = columns_between(line, 0, line->cursor);
	struct line_window window = {
		.cursor_columns = under ? columns_between(line, line->cursor, line->cursor + under)
					: 1,
	};
	int left_out;

	if (window.cursor_columns < 1)
		window.cursor_columns = 1;
	left_out = columns_left_out(before, window.cursor_columns, columns);
	while (window.first < line->cursor && columns_between(line, 0, window.first) < left_out)
		window.first += length_at(line, window.first);
	window.cursor = columns_between(line, window.first, line->cursor);
	for (window.end = window.first; window.end < length;) {
		size_t next = window.end + length_at(line, window.end);

		if (columns_between(line, window.first, next) > columns)
			break;
		window.end = next;
	}
	return window;
}
