#include "ui/header.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/value.h"
#include "ui/draw.h"
#include "ui/figure.h"
#include "ui/keys.h"

#define LONG_COLUMNS 120 /* from here on words are written out */
#define HOST_COLUMNS 24

/* A stretch of one style. */
struct segment {
	enum style style;
	char text[HOST_COLUMNS + 8];
};

/* What stays or goes as one. */
struct part {
	struct segment segment[6];
	int count;
	int columns; /* without the gap before it; 0: nothing to show */
	int rank; /* the highest goes first */
	bool right;
};

enum { PART_MOST = 16 };

struct header {
	struct part part[PART_MOST];
	int count;
	int gap;
	bool is_long;
};

static struct part *new_part(struct header *header, int rank, bool right)
{
	struct part *part = &header->part[header->count++];

	part->count = 0;
	part->columns = 0;
	part->rank = rank;
	part->right = right;
	return part;
}

__attribute__((format(printf, 3, 4))) static void add(struct part *part, enum style style,
						      const char *format, ...)
{
	struct segment *segment = &part->segment[part->count++];
	va_list args;

	segment->style = style;
	va_start(args, format);
	vsnprintf(segment->text, sizeof(segment->text), format, args);
	va_end(args);
	part->columns += (int)strlen(segment->text);
}

static void add_load(struct header *header, const struct model *model)
{
	const struct loadavg *load = &model->current->loadavg;
	const uint64_t centi[] = { load->load1_centi, load->load5_centi, load->load15_centi };
	double cpus = model->value[M_CPU_COUNT];
	struct part *part = new_part(header, 1, false);

	add(part, STYLE_DIM, "load ");
	for (int i = 0; i < 3; i++) {
		unsigned value = (unsigned)centi[i];
		const char *blank = i < 2 ? " " : "";
		enum level level;

		if (!present(centi[i])) {
			add(part, STYLE_DIM, "   -%s", blank);
			continue;
		}
		/* The rule is about the first: the others tell where it comes from. */
		level = i ? LEVEL_OK : figure_judge(M_CPU_LOAD1_PER_CPU, value / 100.0 / cpus);
		add(part, level_style(level, STYLE_BRIGHT), "%u.%02u%s%s", value / 100, value % 100,
		    level_mark(level), blank);
	}
}

static void add_count(struct header *header, int rank, double value, int width, const char *word,
		      enum style style)
{
	struct part *part = new_part(header, rank, false);
	char text[24];

	add(part, isnan(value) ? STYLE_DIM : style, "%*s", width,
	    text_count(text, sizeof(text), value));
	add(part, STYLE_DIM, " %s", word);
}

static void add_tasks(struct header *header, const struct model *model)
{
	double blocked = model->value[M_TASKS_BLOCKED];
	struct part *part;
	char text[24];

	add_count(header, 4, model->value[M_TASKS_TOTAL], 3, "tasks", STYLE_TEXT);
	add_count(header, 9, model->value[M_TASKS_RUNNING], 2, "run", STYLE_TEXT);
	part = new_part(header, 2, false);
	add(part, blocked > 0 ? STYLE_WARN : STYLE_TEXT, "%2s D%s",
	    text_count(text, sizeof(text), blocked), blocked > 0 ? "!" : " ");
	add_count(header, 10, model->value[M_TASKS_ZOMBIE], 1, "zombie", STYLE_TEXT);
}

/* "1.0", "0.05", "3600.0". */
static char *delay_text(char *dst, size_t cap, double delay_s)
{
	unsigned centi = (unsigned)(delay_s * 100 + 0.5);

	snprintf(dst, cap, centi % 10 ? "%u.%02u" : "%u.%u", centi / 100,
		 centi % 10 ? centi % 100 : centi % 100 / 10);
	return dst;
}

static void add_interval(struct header *header, const struct view *view)
{
	char text[24];

	delay_text(text, sizeof(text), view->delay_s);
	add(new_part(header, 7, true), STYLE_DIM, header->is_long ? "every %s s" : "%ss", text);
}

static void add_clock(struct header *header, const struct view *view, const struct frame *frame)
{
	time_t seconds = (time_t)(frame->now_real_ns / NS_PER_S);
	struct tm tm;

	if (!present(frame->now_real_ns) || !localtime_r(&seconds, &tm))
		return;
	if (view->slow_link && !view->back && !view->paused)
		add(new_part(header, 6, true), STYLE_TEXT, "%02d:%02d", tm.tm_hour, tm.tm_min);
	else
		add(new_part(header, 6, true), STYLE_TEXT, "%02d:%02d:%02d", tm.tm_hour, tm.tm_min,
		    tm.tm_sec);
}

static void add_sample_time(struct header *header, const struct model *model)
{
	double ms = model->value[M_SELF_SAMPLE_US] / 1e3;
	char text[24];

	if (!isnan(ms))
		add(new_part(header, 8, true), STYLE_DIM,
		    header->is_long ? "%4s ms/sample" : "%4sms",
		    text_fixed1(text, sizeof(text), ms));
}

static void add_probe_time(struct header *header, const struct model *model,
			   const struct view *view)
{
	double ns = model->value[M_SELF_PROBE_NS], lost = model->value[M_SELF_PROBE_LOST];
	char text[24];

	if (!isnan(ns) && !view->slow_link)
		add(new_part(header, 8, true), STYLE_DIM,
		    header->is_long ? "%3s ns/switch" : "%3sns/sw",
		    text_count(text, sizeof(text), ns));
	if (lost > 0)
		add(new_part(header, 2, true), STYLE_WARN, "%s lost!",
		    text_count(text, sizeof(text), lost));
}

/* "4m07s" */
static char *duration_text(char *dst, size_t cap, double duration_s)
{
	unsigned seconds = duration_s > 0 ? (unsigned)(duration_s + 0.5) : 0;

	if (seconds >= 3600)
		snprintf(dst, cap, "%uh%02um", seconds / 3600, seconds % 3600 / 60);
	else if (seconds >= 60)
		snprintf(dst, cap, "%um%02us", seconds / 60, seconds % 60);
	else
		snprintf(dst, cap, "%us", seconds);
	return dst;
}

/* Which instant shows, when it is not simply now. */
static void add_instant(struct header *header, const struct view *view)
{
	char text[24];

	if (view->back)
		add(new_part(header, 0, false), STYLE_BANNER_WARN, " %s AGO ",
		    duration_text(text, sizeof(text), view->back_s));
	else if (view->paused)
		add(new_part(header, 0, false), STYLE_BANNER_WARN, " PAUSED ");
	if (view->marked && !view->back)
		add(new_part(header, 0, false), STYLE_BANNER_OK,
		    view->totals ? " TOTAL OF %s " : " SINCE %s ",
		    duration_text(text, sizeof(text), view->marked_s));
}

static void add_all(struct header *header, const struct model *model, const struct view *view,
		    const struct frame *frame)
{
	char text[32];

	add(new_part(header, 0, false), STYLE_BADGE, " stalltop ");
	add_instant(header, view);
	add(new_part(header, 3, false), STYLE_BRIGHT, "%.*s", HOST_COLUMNS, frame->host->name);
	if (model->current) {
		struct part *part = new_part(header, 11, false);
		uint64_t up = model->current->uptime.up_centi;

		add(part, STYLE_DIM, "up %s",
		    text_uptime(text, sizeof(text), present(up) ? (double)up / 100 : NAN));
		add_load(header, model);
		add_tasks(header, model);
	}
	add(new_part(header, 5, true), STYLE_DIM, "%s", frame->source);
	if (view->slow_link)
		add(new_part(header, 8, true), STYLE_DIM, "slow link");
	else if (model->current)
		add_sample_time(header, model);
	if (model->current)
		add_probe_time(header, model, view);
	add_interval(header, view);
	add_clock(header, view, frame);
}

static int all_columns(const struct header *header)
{
	int columns = 0;

	for (int i = 0; i < header->count; i++)
		if (header->part[i].columns)
			columns += header->part[i].columns + header->gap;
	return columns - header->gap;
}

static void give_way(struct header *header, int columns)
{
	for (int rank = 11; rank > 0 && all_columns(header) > columns; rank--)
		for (int i = 0; i < header->count; i++)
			if (header->part[i].rank == rank)
				header->part[i].columns = 0;
}

static void draw_part(struct canvas *canvas, int row, int column, const struct part *part)
{
	for (int i = 0; i < part->count; i++)
		column += canvas_text(canvas, row, column, (int)sizeof(part->segment[i].text),
				      part->segment[i].style, part->segment[i].text);
}

void header_draw(struct canvas *canvas, struct rect line, const struct model *model,
		 const struct view *view, const struct frame *frame)
{
	struct header header;
	int column = line.column, right = line.column + line.columns;

	if (line.rows < 1)
		return;
	header.count = 0;
	header.is_long = line.columns >= LONG_COLUMNS;
	header.gap = header.is_long ? 2 : 1;
	add_all(&header, model, view, frame);
	give_way(&header, line.columns);
	for (int i = 0; i < header.count; i++)
		if (header.part[i].right && header.part[i].columns)
			right -= header.part[i].columns + header.gap;
	right += header.gap;
	for (int i = 0; i < header.count; i++) {
		const struct part *part = &header.part[i];
		int *at = part->right ? &right : &column;

		if (!part->columns)
			continue;
		draw_part(canvas, line.row, *at, part);
		*at += part->columns + header.gap;
	}
}

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

void header_draw_verdict(struct canvas *canvas, struct rect line, const struct model *model)
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
	if (verdict->level == LEVEL_CRIT && !canvas->ascii && line.columns >= LONG_COLUMNS)
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
	canvas_text(canvas, line.row, at, line.column + line.columns - at, style, text);
}

static const char *bar_name(const struct key_binding *key, bool ascii)
{
	if (key->glyph && !ascii)
		return key->glyph;
	return key->bar ? key->bar : key->cap;
}

static bool is_in_bar(const struct key_binding *key, const struct view *view)
{
	if (key->action == ACTION_BACK)
		return view->mode == MODE_HELP || view->zoom != PANE_NONE;
	return key->label && !(view->readonly && key_acts(key->action));
}

static int key_columns(const struct canvas *canvas, const struct key_binding *key)
{
	/* A blank on either side of the cap, and one behind the label. */
	return canvas_text_columns(canvas, bar_name(key, canvas->ascii)) + 2 +
	       (int)strlen(key->label) + 1;
}

static int draw_key(struct canvas *canvas, int row, int column, const struct key_binding *key)
{
	const char *name = bar_name(key, canvas->ascii);
	int cap = canvas_text_columns(canvas, name) + 2;

	canvas_fill(canvas, (struct rect){ row, column, 1, cap }, ' ', STYLE_KEY);
	canvas_text(canvas, row, column + 1, cap - 2, STYLE_KEY, name);
	column += cap;
	column += canvas_text(canvas, row, column, (int)strlen(key->label), STYLE_KEY_LABEL,
			      key->label);
	return column + 1;
}

/* The last two, help and quit, have their room before the others. */
static void draw_keys(struct canvas *canvas, struct rect line, const struct view *view)
{
	size_t last = key_binding_count - 2;
	int column = line.column, end = line.column + line.columns + 1;

	for (size_t i = last; i < key_binding_count; i++)
		end -= key_columns(canvas, &key_bindings[i]);
	for (size_t i = 0; i < key_binding_count; i++) {
		const struct key_binding *key = &key_bindings[i];

		if (i == last)
			end = line.column + line.columns + 1;
		if (is_in_bar(key, view) && column + key_columns(canvas, key) <= end)
			column = draw_key(canvas, line.row, column, key);
	}
}

void header_draw_key_bar(struct canvas *canvas, struct rect line, const struct view *view)
{
	if (line.rows < 1)
		return;
	if (*view->message) {
		canvas_text(canvas, line.row, line.column + 1, line.columns - 1, STYLE_BRIGHT,
			    view->message);
	} else {
		draw_keys(canvas, line, view);
	}
}
