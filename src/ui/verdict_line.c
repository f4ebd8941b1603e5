#include "ui/verdict_line.h"

#include <stdio.h>
#include <string.h>

#include "ui/draw.h"
#include "ui/figure.h"
#include "ui/header.h"

/* A text up to its first comma or colon, or whole. In a number no blank follows the comma. */
static int first_clause(const char *text)
{
	const char *at = text;

	while (*at && !((*at == ',' || *at == ':') && at[1] == ' '))
		at++;
	return (int)(at - text);
}

/* The bytes of "python3[1234]" in what is said of a process. */
static int name_length(const struct verdict *verdict)
{
	char pid[16];
	const char *at;

	if (!verdict->culprit)
		return first_clause(verdict->blame);
	snprintf(pid, sizeof(pid), "[%u]", verdict->culprit->pid);
	at = strstr(verdict->blame, pid);
	return at ? (int)(at - verdict->blame + (long)strlen(pid)) : first_clause(verdict->blame);
}

/*
 * Says as much as fits: first the share goes, then the rest of what the process did, then further
 * evidence, then all evidence, for it stands in the panes too, and the process at last. What the
 * process did stays no longer than the evidence, which tells what its number counts.
 */
static void compose(char *dst, size_t cap, int columns, const struct verdict *verdict)
{
	int evidence = (int)strlen(verdict->evidence), blame = (int)strlen(verdict->blame);
	int short_evidence = first_clause(verdict->evidence);
	int name = name_length(verdict);
	int short_blame = name + first_clause(verdict->blame + name);
	const int choices[][2] = {
		{ evidence, blame },   { evidence, short_blame },
		{ evidence, name },    { short_evidence, name },
		{ 0, name },	       { evidence, 0 },
		{ short_evidence, 0 }, { 0, 0 },
	};

	for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
		int used = snprintf(dst, cap, "%s%s%.*s%s%.*s", verdict->headline,
				    choices[i][0] ? "  " : "", choices[i][0], verdict->evidence,
				    choices[i][1] ? " - " : "", choices[i][1], verdict->blame);

		if (used <= columns)
			return;
	}
}

/* While a mark is set: what does not follow it, as much as fits. The help says it too. */
static void draw_now_note(struct canvas *canvas, struct rect line, int from, enum style style)
{
	static const char *const notes[] = { "this line, graphs and averages: of now",
					     "verdict of now" };

	for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++) {
		int length = (int)strlen(notes[i]);
		int column = line.column + line.columns - length - 1;

		if (column <= from + 1)
			continue;
		canvas_text(canvas, line.row, column, length, style, notes[i]);
		return;
	}
}

void verdict_line_draw(struct canvas *canvas, struct rect line, const struct model *model,
		       const struct view *view)
{
	static const enum style styles[] = { STYLE_BANNER_OK, STYLE_BANNER_WARN,
					     STYLE_BANNER_CRIT };
	const struct verdict *verdict = &model->verdict;
	enum style style = styles[verdict->level];
	const char *mark = level_mark(verdict->level);
	char text[256];
	int at;

	if (line.rows < 1)
		return;
	if (verdict->level == LEVEL_CRIT && !canvas->ascii && line.columns >= HEADER_LONG_COLUMNS)
		mark = "\u2716";
	canvas_fill(canvas, line, ' ', style);
	if (!model->current) {
		snprintf(text, sizeof(text), "waiting for the first sample");
	} else if (model->interval_state == INTERVAL_FIRST && verdict->level == LEVEL_OK) {
		snprintf(text, sizeof(text), "first sample: rates come with the next");
	} else {
		compose(text, sizeof(text),
			line.columns - 2 - (int)strlen(level_mark(verdict->level)), verdict);
	}
	at = line.column + 1;
	at += canvas_text(canvas, line.row, at, 2, style, mark);
	at += *mark != '\0';
	if (model->current && verdict->rule)
		numbers_add(canvas->numbers, line.row, at, canvas_text_columns(canvas, text),
			    verdict->rule->metric);
	at += canvas_text(canvas, line.row, at, line.column + line.columns - at, style, text);
	if (view->marked && !view->back)
		draw_now_note(canvas, line, at, style);
}
