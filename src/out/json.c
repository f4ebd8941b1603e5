#include "out/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/value.h"

#define SCHEMA 1
#define PATH_SEGMENT_MAX 32

static void put_time(struct json *j, uint64_t real_ns)
{
	char date[32], text[48];
	time_t seconds = (time_t)(real_ns / NS_PER_S);
	struct tm utc;

	if (!present(real_ns) || !gmtime_r(&seconds, &utc) ||
	    !strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &utc)) {
		json_null(j, "time");
		return;
	}
	snprintf(text, sizeof(text), "%s.%03uZ", date, (unsigned)(real_ns / NS_PER_MS % 1000));
	json_string(j, "time", text);
}

static void put_text(struct json *j, const char *key, const char *text)
{
	if (text)
		json_string(j, key, text);
	else
		json_null(j, key);
}

/* --- what stands in a section beside its metrics */

static void put_per_cpu(struct json *j, const struct model *model)
{
	json_open(j, "per_cpu", '[');
	for (size_t i = 0; i < model->cpu_count; i++) {
		const struct cpu_view *cpu = &model->cpu[i];

		json_open(j, NULL, '{');
		json_u64(j, "cpu", cpu->cpu);
		json_double(j, "busy_pct", cpu->busy_pct, 1);
		json_double(j, "user_pct", cpu->user_pct, 1);
		json_double(j, "nice_pct", cpu->nice_pct, 1);
		json_double(j, "system_pct", cpu->system_pct, 1);
		json_double(j, "idle_pct", cpu->idle_pct, 1);
		json_double(j, "iowait_pct", cpu->iowait_pct, 1);
		json_double(j, "irq_pct", cpu->irq_pct, 1);
		json_double(j, "softirq_pct", cpu->softirq_pct, 1);
		json_double(j, "steal_pct", cpu->steal_pct, 1);
		json_double(j, "guest_pct", cpu->guest_pct, 1);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void put_memory_level(struct json *j, const struct model *model)
{
	put_text(j, "level", memory_level_name(model->value[M_MEMORY_AVAILABLE_PCT]));
}

static void put_devices(struct json *j, const struct model *model)
{
	json_open(j, "devices", '[');
	for (size_t i = 0; i < model->disk_count; i++) {
		const struct disk_view *disk = &model->disk[i];

		json_open(j, NULL, '{');
		json_string(j, "name", disk->disk->name);
		json_double(j, "read_bytes_per_s", disk->read_bytes_per_s, 0);
		json_double(j, "write_bytes_per_s", disk->write_bytes_per_s, 0);
		json_double(j, "reads_per_s", disk->reads_per_s, 2);
		json_double(j, "writes_per_s", disk->writes_per_s, 2);
		json_double(j, "util_pct", disk->util_pct, 1);
		json_double(j, "await_ms", disk->await_ms, 2);
		json_double(j, "queue", disk->queue, 2);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static const struct {
	const char *section;
	void (*put)(struct json *j, const struct model *model);
} additions[] = {
	{ "cpu", put_per_cpu },
	{ "memory", put_memory_level },
	{ "disk", put_devices },
};

/* --- the metrics, as objects inside objects */

/* Where a walk over the names stands: in the `depth` objects that lead to the metric `path`. */
struct walk {
	struct json *j;
	const struct model *model;
	const char *path;
	unsigned depth;
};

/* The objects that two paths have in common. */
static unsigned common_depth(const char *a, const char *b)
{
	unsigned depth = 0;

	for (; *a && *a == *b; a++, b++)
		depth += *a == '.';
	return depth;
}

static void close_to(struct walk *walk, unsigned depth)
{
	size_t section = strcspn(walk->path, ".");

	for (; walk->depth > depth; walk->depth--) {
		for (size_t i = 0; walk->depth == 1 && i < sizeof(additions) / sizeof(additions[0]);
		     i++)
			if (strlen(additions[i].section) == section &&
			    !memcmp(additions[i].section, walk->path, section))
				additions[i].put(walk->j, walk->model);
		json_close(walk->j, '}');
	}
}

/* Opens the objects of `path` below those that are open; returns its last segment. */
static const char *open_path(struct walk *walk, const char *path)
{
	const char *at = path, *dot;

	for (unsigned depth = 0; (dot = strchr(at, '.')); at = dot + 1, depth++) {
		char key[PATH_SEGMENT_MAX];

		if (depth < walk->depth)
			continue;
		snprintf(key, sizeof(key), "%.*s", (int)(dot - at), at);
		json_open(walk->j, key, '{');
		walk->depth++;
	}
	walk->path = path;
	return at;
}

static void put_metrics(struct json *j, const struct model *model, int first, int end)
{
	struct walk walk = { .j = j, .model = model, .path = "" };

	for (int id = first; id < end; id++) {
		const struct metric *metric = &metrics[id];

		close_to(&walk, common_depth(walk.path, metric->name));
		json_double(j, open_path(&walk, metric->name), model->value[id], metric->decimals);
	}
	close_to(&walk, 0);
}

/* --- processes */

static void put_task(struct json *j, const struct model *model, const struct task_view *view)
{
	const struct task *task = view->task;
	char name[USER_NAME_MAX];
	char state[2] = { task->state, '\0' };

	json_open(j, NULL, '{');
	json_u64(j, "pid", task->pid);
	json_double(j, "start_time", present(task->start_ns) ? (double)task->start_ns / 1e9 : NAN,
		    2);
	json_string(j, "comm", task->comm);
	json_string(j, "user", users_name(model->current->users, task->uid, name));
	put_text(j, "state", task->state ? state : NULL);
	json_double(j, "cpu_pct", view->cpu_pct, 2);
	json_u64(j, "rss_bytes", task->rss_bytes);
	json_u64(j, "anon_bytes", task->anon_bytes);
	json_u64(j, "swap_bytes", task->swap_bytes);
	json_double(j, "rss_growth_bytes_per_s", view->rss_bytes_per_s, 0);
	json_double(j, "read_bytes_per_s", view->read_bytes_per_s, 0);
	json_double(j, "write_bytes_per_s", view->write_bytes_per_s, 0);
	json_double(j, "minor_per_s", view->minor_per_s, 2);
	json_double(j, "major_per_s", view->major_per_s, 2);
	json_double(j, "runq_pct", view->runq_pct, 2);
	json_double(j, "disk_wait_pct", view->disk_wait_pct, 2);
	json_double(j, "voluntary_switches_per_s", view->voluntary_per_s, 2);
	json_double(j, "involuntary_switches_per_s", view->involuntary_per_s, 2);
	json_u64(j, "threads", task->threads);
	json_close(j, '}');
}

static void put_top(struct json *j, const struct model *model)
{
	json_open(j, "top", '{');
	for (int kind = 0; kind < TOP_KINDS; kind++) {
		json_open(j, top_tables[kind].name, '[');
		for (size_t i = 0; i < model->top_count[kind] && i < TOP_ROWS; i++)
			put_task(j, model, &model->task[model->top[kind][i]]);
		json_close(j, ']');
	}
	json_close(j, '}');
}

/* --- alerts and the verdict */

static const char *const level_names[] = {
	[LEVEL_OK] = "ok",
	[LEVEL_WARN] = "warning",
	[LEVEL_CRIT] = "critical",
};

static void put_alerts(struct json *j, const struct model *model)
{
	json_open(j, "alerts", '[');
	for (size_t i = 0; i < model->alert_count; i++) {
		const struct alert *alert = &model->alert[i];
		const struct metric *metric = &metrics[alert->rule->metric];
		const struct alert_bounds bounds = alert_bounds(model, alert->rule);
		bool critical = alert->level == LEVEL_CRIT;
		char evidence[96], text[192];

		snprintf(text, sizeof(text), "%s: %s", alert->rule->headline,
			 alert_evidence(alert, evidence, sizeof(evidence)));
		json_open(j, NULL, '{');
		json_string(j, "name", alert->rule->name);
		json_string(j, "level", level_names[alert->level]);
		json_string(j, "metric", metric->name);
		json_double(j, "value", alert->value, metric->decimals);
		json_double(j, "threshold", critical ? bounds.crit : bounds.warn, 3);
		json_string(j, "text", text);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void put_verdict(struct json *j, const struct model *model)
{
	const struct verdict *verdict = &model->verdict;
	char text[sizeof(verdict->headline) + sizeof(verdict->evidence) + sizeof(verdict->blame) +
		  8];

	snprintf(text, sizeof(text), "%s%s%s%s%s", verdict->headline,
		 verdict->evidence[0] ? ": " : "", verdict->evidence,
		 verdict->blame[0] ? " - " : "", verdict->blame);
	json_open(j, "verdict", '{');
	json_string(j, "level", level_names[verdict->level]);
	json_string(j, "headline", verdict->headline);
	json_string(j, "evidence", verdict->evidence);
	json_string(j, "blame", verdict->blame);
	json_string(j, "text", text);
	json_u64(j, "pid", verdict->culprit ? verdict->culprit->pid : ABSENT);
	put_text(j, "comm", verdict->culprit ? verdict->culprit->comm : NULL);
	json_close(j, '}');
}

static void put_object(struct json *j, const struct model *model, const struct json_info *info)
{
	json_open(j, NULL, '{');
	json_u64(j, "schema", SCHEMA);
	put_time(j, model->current->real_ns);
	json_double(j, "interval_s", model->interval_s, 3);
	json_string(j, "source", info->source);
	put_metrics(j, model, 0, M_SELF_SAMPLE_US);
	put_top(j, model);
	put_alerts(j, model);
	put_verdict(j, model);
	put_metrics(j, model, M_SELF_SAMPLE_US, METRIC_COUNT);
	json_close(j, '}');
}

long json_line(const struct model *model, const struct json_info *info, char *buf, size_t cap)
{
	struct json j;

	json_init(&j, buf, cap);
	put_object(&j, model, info);
	return json_finish(&j);
}

size_t json_line_size(const struct model *model, const struct json_info *info)
{
	struct json j;

	json_init(&j, NULL, 0);
	put_object(&j, model, info);
	json_finish(&j);
	return j.need;
}
