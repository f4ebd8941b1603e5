#include "out/waybar.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "base/value.h"
#include "model/phrase.h"

#define LINE_MAX_BYTES 512
#define TOOLTIP_MAX 4096
#define NAMED 3 /* processes in a line */

struct tooltip {
	char text[TOOLTIP_MAX];
	size_t len;
};

/* A number as the screen writes it, by the unit of its metric. */
struct number {
	char text[40];
};

static struct number number_of(const struct model *model, const char *unit, double value)
{
	struct number number = { .text = "-" };

	if (!isnan(value)) {
		number.text[0] = '\0';
		phrase_append(number.text, sizeof(number.text), "%s", unit, value,
			      model->settings.units);
	}
	return number;
}

/* The text of a metric, good until the end of the full expression that asks for it. */
#define SHOW(model, id) (number_of(model, metrics[id].unit, (model)->value[id]).text)

/* Adds a line that may hold anything, or leaves it out whole when there is no room. */
static void add_line(struct tooltip *tooltip, const char *line)
{
	size_t len = tooltip->len;

	if (len)
		tooltip->text[len++] = '\n';
	for (; *line; line++) {
		const char *escaped = *line == '&'   ? "&amp;"
				      : *line == '<' ? "&lt;"
				      : *line == '>' ? "&gt;"
						     : NULL;
		size_t size = escaped ? strlen(escaped) : 1;

		if (len + size + 2 > sizeof(tooltip->text))
			break;
		memcpy(tooltip->text + len, escaped ? escaped : line, size);
		len += size;
	}
	if (*line)
		len = tooltip->len;
	tooltip->len = len;
	tooltip->text[len] = '\0';
}

static void __attribute__((format(printf, 2, 3)))
add(struct tooltip *tooltip, const char *format, ...)
{
	char line[LINE_MAX_BYTES];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	add_line(tooltip, line);
}

static void add_verdict(struct tooltip *tooltip, const struct model *model)
{
	const struct verdict *verdict = &model->verdict;

	if (verdict->level != LEVEL_OK)
		add(tooltip, "%s %s: %s%s%s", verdict->level == LEVEL_CRIT ? "!!" : "!",
		    verdict->headline, verdict->evidence, verdict->blame[0] ? " - " : "",
		    verdict->blame);
}

static void add_cpu(struct tooltip *tooltip, const struct model *model)
{
	add(tooltip, "load %s %s %s, %s CPUs", SHOW(model, M_CPU_LOAD1), SHOW(model, M_CPU_LOAD5),
	    SHOW(model, M_CPU_LOAD15), SHOW(model, M_CPU_COUNT));
	add(tooltip, "CPU %s%%: user %s system %s wait %s steal %s", SHOW(model, M_CPU_BUSY_PCT),
	    SHOW(model, M_CPU_USER_PCT), SHOW(model, M_CPU_SYSTEM_PCT),
	    SHOW(model, M_CPU_IOWAIT_PCT), SHOW(model, M_CPU_STEAL_PCT));
	add(tooltip, "%s processes: %s in D, %s Z", SHOW(model, M_TASKS_TOTAL),
	    SHOW(model, M_TASKS_BLOCKED), SHOW(model, M_TASKS_ZOMBIE));
}

/* "CPU 62C, 3.4GHz of 4.2GHz", as far as there are sensors; no line without any. */
static void add_sensors(struct tooltip *tooltip, const struct model *model)
{
	double celsius = model->value[M_SENSORS_CPU_CELSIUS], hz = model->value[M_SENSORS_CPU_HZ];
	char line[80] = "CPU";
	char number[16];

	if (!isnan(celsius))
		phrase_append_text(line, sizeof(line), " %s \u00b0C",
				   text_count(number, sizeof(number), celsius));
	if (!isnan(hz))
		phrase_append_text(line, sizeof(line), isnan(celsius) ? " %sHz" : ", %sHz",
				   text_count(number, sizeof(number), hz));
	if (!isnan(hz) && !isnan(model->value[M_SENSORS_CPU_MAX_HZ]))
		phrase_append_text(line, sizeof(line), " of %sHz",
				   text_count(number, sizeof(number),
					      model->value[M_SENSORS_CPU_MAX_HZ]));
	if (!isnan(celsius) || !isnan(hz))
		add_line(tooltip, line);
}

static void add_memory(struct tooltip *tooltip, const struct model *model)
{
	const char *level = memory_level_name(model->value[M_MEMORY_AVAILABLE_PCT]);

	add(tooltip, "memory used %s of %s, %s%% available%s%s", SHOW(model, M_MEMORY_USED),
	    SHOW(model, M_MEMORY_TOTAL), SHOW(model, M_MEMORY_AVAILABLE_PCT), level ? ", use " : "",
	    level ? level : "");
}

static void add_pressure(struct tooltip *tooltip, const struct model *model)
{
	add(tooltip, "pressure: cpu %s, memory %s full %s, io %s full %s %%",
	    SHOW(model, M_PRESSURE(PRESSURE_CPU, 0, PSI_NOW)),
	    SHOW(model, M_PRESSURE(PRESSURE_MEMORY, 0, PSI_NOW)),
	    SHOW(model, M_PRESSURE(PRESSURE_MEMORY, 1, PSI_NOW)),
	    SHOW(model, M_PRESSURE(PRESSURE_IO, 0, PSI_NOW)),
	    SHOW(model, M_PRESSURE(PRESSURE_IO, 1, PSI_NOW)));
}

static void add_faults(struct tooltip *tooltip, const struct model *model)
{
	add(tooltip, "swap in %s/s, out %s/s, %s of %s used", SHOW(model, M_SWAP_IN_BYTES_PER_S),
	    SHOW(model, M_SWAP_OUT_BYTES_PER_S), SHOW(model, M_MEMORY_SWAP_USED),
	    SHOW(model, M_MEMORY_SWAP_TOTAL));
	add(tooltip, "faults: minor %s/s, major %s/s", SHOW(model, M_FAULTS_MINOR_PER_S),
	    SHOW(model, M_FAULTS_MAJOR_PER_S));
}

/* --- who */

static const struct {
	const char *label;
	enum top_kind kind;
	enum task_column_id column;
	const char *unit, *suffix;
} tops[] = {
	{ "top CPU", TOP_CPU, COL_CPU, "percent", "%" },
	{ "top memory", TOP_MEMORY, COL_RSS, "bytes", "" },
	{ "top I/O", TOP_IO, COL_IO, "bytes", "/s" },
};

static void add_top(struct tooltip *tooltip, const struct model *model, size_t top)
{
	char line[LINE_MAX_BYTES];
	size_t len, named = 0;

	snprintf(line, sizeof(line), "%s:", tops[top].label);
	for (size_t i = 0; i < model->top_count[tops[top].kind] && named < NAMED; i++) {
		const struct task_view *view = &model->task[model->top[tops[top].kind][i]];
		double value = task_column_key(tops[top].column, view);

		if (!(value > 0))
			continue;
		len = strlen(line);
		snprintf(line + len, sizeof(line) - len, "%s %s[%u] %s%s", named++ ? "," : "",
			 view->task->comm, view->task->pid,
			 number_of(model, tops[top].unit, value).text, tops[top].suffix);
	}
	if (!named)
		snprintf(line + strlen(line), sizeof(line) - strlen(line), " -");
	add_line(tooltip, line);
}

static void add_time(struct tooltip *tooltip, const struct model *model,
		     const struct waybar_info *info)
{
	uint64_t real_ns = model->current->real_ns;
	time_t seconds = (time_t)(real_ns / NS_PER_S);
	struct tm local;
	char when[16] = "-";

	if (present(real_ns) && localtime_r(&seconds, &local) &&
	    !strftime(when, sizeof(when), "%H:%M:%S", &local))
		when[0] = '\0';
	add(tooltip, "sampled %s, every %g s%s", when, info->delay_s,
	    model->filter.no_kernel ? ", without kernel threads" : "");
}

static void fill(struct tooltip *tooltip, const struct model *model, const struct waybar_info *info)
{
	tooltip->len = 0;
	add_verdict(tooltip, model);
	add_cpu(tooltip, model);
	add_sensors(tooltip, model);
	add_top(tooltip, model, 0);
	add_memory(tooltip, model);
	add_pressure(tooltip, model);
	add_faults(tooltip, model);
	add_top(tooltip, model, 1);
	add_top(tooltip, model, 2);
	add_time(tooltip, model, info);
}

long waybar_line(const struct model *model, const struct waybar_info *info, char *buf, size_t cap)
{
	static const char *const classes[] = {
		[LEVEL_OK] = "normal",
		[LEVEL_WARN] = "warning",
		[LEVEL_CRIT] = "critical",
	};
	struct tooltip tooltip;
	struct json j;

	if (model->interval_state == INTERVAL_FIRST)
		return 0;
	fill(&tooltip, model, info);
	json_init(&j, buf, cap);
	json_open(&j, NULL, '{');
	json_string(&j, "text", SHOW(model, M_CPU_LOAD1));
	json_string(&j, "tooltip", tooltip.text);
	json_string(&j, "class", classes[model->verdict.level]);
	json_double(&j, "percentage", model->value[M_CPU_BUSY_PCT], 0);
	json_close(&j, '}');
	return json_finish(&j);
}
