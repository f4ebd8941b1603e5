#include "ui/look.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/words.h"

static const char *const color_names[] = {
	"black",	"red",		 "green",	"yellow",	  "blue",
	"magenta",	"cyan",		 "white",	"bright_black",	  "bright_red",
	"bright_green", "bright_yellow", "bright_blue", "bright_magenta", "bright_cyan",
	"bright_white",
};
#define COLOR_NAMES (int)(sizeof(color_names) / sizeof(color_names[0]))

static const struct {
	const char *name;
	uint8_t bit;
} attrs[] = {
	{ "bold", LOOK_BOLD },
	{ "underline", LOOK_UNDERLINE },
	{ "reverse", LOOK_REVERSE },
	{ "dim", LOOK_DIM },
};
#define ATTRS (sizeof(attrs) / sizeof(attrs[0]))

static bool parse_color(const char *word, int16_t *color)
{
	char *end;
	unsigned long number;

	if (!strcmp(word, "default")) {
		*color = COLOR_DEFAULT;
		return true;
	}
	for (int i = 0; i < COLOR_NAMES; i++) {
		if (!strcmp(word, color_names[i])) {
			*color = (int16_t)i;
			return true;
		}
	}
	number = strtoul(word, &end, 10);
	if (*word < '0' || *word > '9' || *end || number > 255)
		return false;
	*color = (int16_t)number;
	return true;
}

static bool parse_attr(const char *word, uint8_t *bits)
{
	for (size_t i = 0; i < ATTRS; i++) {
		if (!strcmp(word, attrs[i].name)) {
			*bits |= attrs[i].bit;
			return true;
		}
	}
	return false;
}

int look_parse(const char *text, struct look *look)
{
	struct look made = { COLOR_DEFAULT, COLOR_DEFAULT, 0 };
	int16_t *next = &made.fg; /* the colour that may come: after a word that is none, NULL */
	bool on = false, any = false;
	char word[WORD_MAX];

	while (words_next(&text, word)) {
		any = true;
		if (!strcmp(word, "on") && !on) {
			on = true;
			next = &made.bg;
		} else if (next && parse_color(word, next)) {
			next = NULL;
		} else if (!parse_attr(word, &made.attrs)) {
			return -EINVAL;
		}
	}
	/* "on" asks for a colour behind it. */
	if (!any || (on && next))
		return -EINVAL;
	*look = made;
	return 0;
}

static void append_color(char *dst, size_t cap, const char *before, int16_t color)
{
	size_t used = strlen(dst);

	if (color == COLOR_DEFAULT)
		snprintf(dst + used, cap - used, "%sdefault", before);
	else if (color < COLOR_NAMES)
		snprintf(dst + used, cap - used, "%s%s", before, color_names[color]);
	else
		snprintf(dst + used, cap - used, "%s%d", before, color);
}

char *look_text(char *dst, size_t cap, struct look look)
{
	dst[0] = '\0';
	append_color(dst, cap, "", look.fg);
	if (look.bg != COLOR_DEFAULT)
		append_color(dst, cap, " on ", look.bg);
	for (size_t i = 0; i < ATTRS; i++) {
		size_t used = strlen(dst);

		if (look.attrs & attrs[i].bit)
			snprintf(dst + used, cap - used, " %s", attrs[i].name);
	}
	return dst;
}
