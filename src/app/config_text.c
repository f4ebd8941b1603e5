#include "app/config_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/setting_table.h"

#define COMMENT_COLUMNS 96

struct text {
	char *buf;
	size_t cap, length;
};

__attribute__((format(printf, 2, 3))) static void add(struct text *text, const char *format, ...)
{
	size_t room = text->length < text->cap ? text->cap - text->length : 0;
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(room ? text->buf + text->length : NULL, room, format, args);
	va_end(args);
	text->length += (size_t)length;
}

/* A comment, broken at blanks. */
static void add_comment(struct text *text, const char *comment)
{
	while (*comment) {
		size_t length = strlen(comment);

		if (length > COMMENT_COLUMNS) {
			length = COMMENT_COLUMNS;
			while (length > 1 && comment[length] != ' ')
				length--;
		}
		add(text, "# %.*s\n", (int)length, comment);
		comment += length;
		comment += strspn(comment, " ");
	}
}

static void add_allowed(struct text *text, const char *allowed)
{
	char line[512];

	snprintf(line, sizeof(line), "Value: %s.", allowed);
	add_comment(text, line);
	add(text, "#\n");
}

static bool is_set(const struct setting *row, size_t member, const struct settings *settings,
		   const char *value)
{
	struct settings plain;
	char usual[VALUE_MAX];

	if (row->family && row->family->is_set)
		return row->family->is_set(settings, member);
	settings_default(&plain);
	row->get(&plain, member, usual, sizeof(usual));
	return strcmp(value, usual) != 0;
}

static void add_setting(struct text *text, const struct setting *row, size_t member,
			const struct settings *settings)
{
	const char *name = setting_name(row, member);
	char value[VALUE_MAX];

	if (!name)
		return;
	row->get(settings, member, value, sizeof(value));
	if (row->family && row->family->about)
		add_comment(text, row->family->about(member));
	add(text, "%s%s = %s\n", is_set(row, member, settings, value) ? "" : "#", name, value);
}

size_t config_text(char *buf, size_t cap, const struct settings *settings)
{
	struct text text = { .buf = buf, .cap = cap };
	const char *section = "";

	add(&text, CONFIG_MARK);
	add_comment(&text, "A line that begins with # says nothing: here those have the default. "
			   "The command line goes before this file.");
	for (size_t i = 0; i < setting_row_count; i++) {
		const struct setting *row = &setting_rows[i];

		if (strcmp(row->section, section))
			add(&text, "\n[%s]\n", row->section);
		else
			add(&text, "\n");
		section = row->section;
		add_comment(&text, row->help);
		add_allowed(&text, row->allowed);
		for (size_t member = 0; member < setting_members(row); member++)
			add_setting(&text, row, member, settings);
	}
	return text.length;
}
