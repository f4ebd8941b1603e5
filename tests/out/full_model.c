#include "full_model.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/value.h"

/* The 20th of November 2026, 12:00:00.123 UTC. */
#define REAL_NS 1795176000123000000u

static void fill_tasks(struct full_model *full)
{
	struct model *model = &full->model;

	for (uint32_t i = 0; i < FULL_TASKS; i++) {
		float f = (float)i;

		full->task[i] = (struct task){ .pid = 1001 + i,
					       .ppid = 1,
					       .uid = 4000000001u + i,
					       .threads = 1 + i,
					       .state = 'S',
					       .start_ns = 5250000000u,
					       .rss_bytes = 4096 * (1 + i),
					       .anon_bytes = 4096,
					       .swap_bytes = 8192 };
		snprintf(full->task[i].comm, sizeof(full->task[i].comm), "task%u", i);
		full->view[i] = (struct task_view){ .task = &full->task[i],
						    .cpu_pct = 10 + f,
						    .minor_per_s = 20 + f,
						    .major_per_s = 30 + f,
						    .read_bytes_per_s = 4000 + f,
						    .write_bytes_per_s = 5000 + f,
						    .runq_pct = 0.5f + f,
						    .disk_wait_pct = 1.5f + f,
						    .voluntary_per_s = 70 + f,
						    .involuntary_per_s = 80 + f,
						    .rss_bytes_per_s = -4096 };
	}
	model->task = full->view;
	model->task_count = FULL_TASKS;
	for (int kind = 0; kind < TOP_KINDS; kind++) {
		model->top_count[kind] = FULL_TASKS;
		for (uint32_t i = 0; i < FULL_TASKS; i++)
			model->top[kind][i] = (i + (uint32_t)kind) % FULL_TASKS;
	}
}

static void fill_devices(struct full_model *full)
{
	struct model *model = &full->model;

	for (uint32_t i = 0; i < FULL_CPUS; i++)
		full->cpu[i] = (struct cpu_view){ .cpu = 3 * i, .busy_pct = 60, .idle_pct = 40 };
	model->cpu = full->cpu;
	model->cpu_count = FULL_CPUS;
	for (int i = 0; i < FULL_DISKS; i++) {
		snprintf(full->disk_stat[i].name, DISK_NAME_MAX, "sd%c", 'a' + i);
		full->disk[i] = (struct disk_view){ .disk = &full->disk_stat[i], .queue = 0.5f };
	}
	model->disk = full->disk;
	model->disk_count = FULL_DISKS;
}

static const struct alert_rule *rule_of(enum metric_id metric)
{
	size_t i = 0;

	while (i < alert_rule_count - 1 && alert_rules[i].metric != metric)
		i++;
	return &alert_rules[i];
}

static void fill_verdict(struct model *model)
{
	struct verdict *verdict = &model->verdict;
	const struct alert_rule *rule = rule_of(M_FAULTS_MAJOR_PER_S);

	model->alert[0] = (struct alert){ .rule = rule, .level = LEVEL_CRIT, .value = 585 };
	model->alert[1] = (struct alert){ .rule = rule, .level = LEVEL_WARN, .value = 85 };
	model->alert_count = 2;
	*verdict = (struct verdict){ .level = LEVEL_CRIT,
				     .rule = rule,
				     .culprit = model->task[0].task,
				     .culprit_value = 81,
				     .culprit_share_pct = 92 };
	snprintf(verdict->headline, sizeof(verdict->headline), "HIGH IO LATENCY");
	snprintf(verdict->evidence, sizeof(verdict->evidence), "85 major faults/s");
	snprintf(verdict->blame, sizeof(verdict->blame), "task0[1001] 81/s, 92%% of them");
}

void full_model_init(struct full_model *full)
{
	struct model *model = &full->model;

	memset(full, 0, sizeof(*full));
	full->sample.real_ns = REAL_NS;
	thresholds_default(&model->settings.thresholds);
	model->current = &full->sample;
	model->interval_state = INTERVAL_OK;
	model->interval_s = 1.0004;
	for (int i = 0; i < METRIC_COUNT; i++)
		model->value[i] = i + 0.25;
	fill_devices(full);
	fill_tasks(full);
	fill_verdict(model);
}

void full_model_forget(struct full_model *full)
{
	struct model *model = &full->model;

	full->sample.real_ns = ABSENT;
	model->interval_state = INTERVAL_ZERO;
	model->interval_s = NAN;
	for (int i = 0; i < METRIC_COUNT; i++)
		model->value[i] = NAN;
	model->cpu_count = model->disk_count = model->task_count = model->alert_count = 0;
	memset(model->top_count, 0, sizeof(model->top_count));
	model->verdict = (struct verdict){ .headline = "no stalls", .culprit_share_pct = NAN };
}
