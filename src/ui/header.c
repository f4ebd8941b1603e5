#include "ui/header.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/value.h"
#include "ui/cause.h"
#include "ui/draw.h"
#include "ui/figure.h"
#include "ui/playback.h"

#define HOST_COLUMNS 24
#define SOURCE_RANK 5

/* A stretch of one style. */
struct segment {
	enum style style;
	struct number number; /* columns 0: it is none */
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
	bool with_cause; /* why the source is not bpf */
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
	segment->number.columns = 0;
	va_start(args, format);
	vsnprintf(segment->text, sizeof(segment->text), format, args);
	va_end(args);
	part->columns += (int)strlen(segment->text);
}

/* The segment that was added last is a number. */
static void is_number(struct part *part, enum number_kind kind, int id)
{
	struct segment *segment = &part->segment[part->count - 1];

	segment->number = (struct number){
		.kind = (uint8_t)kind,
		.id = (uint16_t)id,
		.columns = (int16_t)strlen(segment->text),
	};
}

static void is_metric(struct part *part, enum metric_id metric)
{
	is_number(part, NUMBER_METRIC, (int)metric);
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
		level = i ? LEVEL_OK
			  : figure_judge(model, M_CPU_LOAD1_PER_CPU, value / 100.0 / cpus);
		add(part, level_style(level, STYLE_BRIGHT), "%u.%02u%s%s", value / 100, value % 100,
		    level_mark(level), blank);
		is_metric(part, (enum metric_id)(M_CPU_LOAD1 + i));
	}
}

static void add_count(struct header *header, int rank, const struct model *model,
		      enum metric_id metric, int width, const char *word)
{
	struct part *part = new_part(header, rank, false);
	double value = model->value[metric];
	char text[24];

	add(part, isnan(value) ? STYLE_DIM : STYLE_TEXT, "%*s", width,
	    text_count(text, sizeof(text), value));
	is_metric(part, metric);
	add(part, STYLE_DIM, " %s", word);
}

static void add_tasks(struct header *header, const struct model *model)
{
	double blocked = model->value[M_TASKS_BLOCKED];
	struct part *part;
	char text[24];

	add_count(header, 4, model, M_TASKS_TOTAL, 3, "tasks");
	add_count(header, 9, model, M_TASKS_RUNNING, 2, "run");
	part = new_part(header, 2, false);
	add(part, blocked > 0 ? STYLE_WARN : STYLE_TEXT, "%2s D%s",
	    text_count(text, sizeof(text), blocked), blocked > 0 ? "!" : " ");
	is_metric(part, M_TASKS_BLOCKED);
	add_count(header, 10, model, M_TASKS_ZOMBIE, 1, "zombie");
}

static void add_interval(struct header *header, const struct view *view)
{
	struct part *part = new_part(header, 7, true);
	char text[24];

	text_delay(text, sizeof(text), view->delay_s);
	add(part, STYLE_DIM, header->is_long ? "every %s s" : "%ss", text);
	is_number(part, NUMBER_OTHER, OTHER_DELAY);
}

static void add_clock(struct header *header, const struct view *view, const struct frame *frame)
{
	time_t seconds = (time_t)(frame->now_real_ns / NS_PER_S);
	struct part *part;
	struct tm tm;

	if (!present(frame->now_real_ns) || !localtime_r(&seconds, &tm))
		return;
	part = new_part(header, 6, true);
	if (view->slow_link && !view->back && !view->paused)
		add(part, STYLE_TEXT, "%02d:%02d", tm.tm_hour, tm.tm_min);
	else if (view->playback && header->is_long)
		add(part, STYLE_TEXT, "%04d-%02d-%02d %02d:%02d:%02d", tm.tm_year + 1900,
		    tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
	else
		add(part, STYLE_TEXT, "%02d:%02d:%02d", tm.tm_hour, tm.tm_min, tm.tm_sec);
	is_number(part, NUMBER_OTHER, OTHER_CLOCK);
}

static void add_sample_time(struct header *header, const struct model *model)
{
	double ms = model->value[M_SELF_SAMPLE_US] / 1e3;
	struct part *part;
	char text[24];

	if (isnan(ms))
		return;
	part = new_part(header, 8, true);
	add(part, STYLE_DIM, header->is_long ? "%4s ms/sample" : "%4sms",
	    text_fixed1(text, sizeof(text), ms));
	is_metric(part, M_SELF_SAMPLE_US);
}

static void add_probe_time(struct header *header, const struct model *model,
			   const struct view *view)
{
	double ns = model->value[M_SELF_PROBE_NS], lost = model->value[M_SELF_PROBE_LOST];
	struct part *part;
	char text[24];

	if (!isnan(ns) && !view->slow_link) {
		part = new_part(header, 8, true);
		add(part, STYLE_DIM, header->is_long ? "%3s ns/switch" : "%3sns/sw",
		    text_count(text, sizeof(text), ns));
		is_metric(part, M_SELF_PROBE_NS);
	}
	if (lost > 0) {
		part = new_part(header, 2, true);
		add(part, STYLE_WARN, "%s lost!", text_count(text, sizeof(text), lost));
		is_metric(part, M_SELF_PROBE_LOST);
	}
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
	struct part *part;
	char text[24];

	if (view->playback) {
		part = new_part(header, 0, false);
		add(part, STYLE_BANNER_WARN, " REPLAY ");
		add(part, STYLE_BRIGHT, " %s", playback_state(view->playback, text, sizeof(text)));
	}
	if (view->back) {
		part = new_part(header, 0, false);
		add(part, STYLE_BANNER_WARN, " %s AGO ",
		    duration_text(text, sizeof(text), view->back_s));
		is_number(part, NUMBER_OTHER, OTHER_PAST);
	} else if (view->paused) {
		add(new_part(header, 0, false), STYLE_BANNER_WARN, " PAUSED ");
	}
	if (!view->marked || view->back)
		return;
	part = new_part(header, 0, false);
	add(part, STYLE_BANNER_OK, view->totals ? " TOTAL OF %s " : " SINCE %s ",
	    duration_text(text, sizeof(text), view->marked_s));
	is_number(part, NUMBER_OTHER, OTHER_MARK);
}

/* "proc: no CAP_BPF". */
static void add_source(struct header *header, const struct frame *frame)
{
	char cause[32];

	add(new_part(header, SOURCE_RANK, true), STYLE_DIM, "%s%s", frame->source,
	    header->with_cause ? cause_text(cause, sizeof(cause), frame->source_why) : "");
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
		is_number(part, NUMBER_OTHER, OTHER_UPTIME);
		add_load(header, model);
		add_tasks(header, model);
	}
	add_source(header, frame);
	if (view->slow_link)
		add(new_part(header, 8, true), STYLE_DIM, "slow link");
	else if (model->current)
		add_sample_time(header, model);
	if (model->current)
		add_probe_time(header, model, view);
	if (!view->playback)
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

/* Returns the lowest rank that had to go. */
static int give_way(struct header *header, int columns)
{
	int rank = 12;

	while (rank > 1 && all_columns(header) > columns) {
		rank--;
		for (int i = 0; i < header->count; i++)
			if (header->part[i].rank == rank)
				header->part[i].columns = 0;
	}
	return rank;
}

/* The cause is worth the figures of stalltop itself and the delay, but not the clock. */
static void compose_line(struct header *header, int columns, const struct model *model,
			 const struct view *view, const struct frame *frame)
{
	for (header->with_cause = true;; header->with_cause = false) {
		header->count = 0;
		add_all(header, model, view, frame);
		if (give_way(header, columns) > SOURCE_RANK + 1 || !header->with_cause)
			return;
	}
}

static void draw_part(struct canvas *canvas, int row, int column, const struct part *part)
{
	for (int i = 0; i < part->count; i++) {
		const struct segment *segment = &part->segment[i];

		if (segment->number.columns)
			numbers_put(canvas->numbers, row, column, segment->number.columns,
				    &segment->number);
		column += canvas_text(canvas, row, column, (int)sizeof(segment->text),
				      segment->style, segment->text);
	}
}

void header_draw(struct canvas *canvas, struct rect line, const struct model *model,
		 const struct view *view, const struct frame *frame)
{
	struct header header;
	int column = line.column, right = line.column + line.columns;

	if (line.rows < 1)
		return;
	header.is_long = line.columns >= HEADER_LONG_COLUMNS;
	header.gap = header.is_long ? 2 : 1;
	compose_line(&header, line.columns, model, view, frame);
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
