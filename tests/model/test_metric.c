/*
 * The table of metrics: every row filled, and every name of the design's JSON there.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/metric.h"
#include "sample/sample.h"

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && !strcmp(text + len - end_len, end);
}

static bool filled(const char *text)
{
	size_t len = text ? strlen(text) : 0;

	return len && text[0] != ' ' && text[len - 1] != ' ' && !strpbrk(text, "\n\t");
}

static void every_row_is_filled(void **state)
{
	(void)state;
	for (int id = 0; id < METRIC_COUNT; id++) {
		const struct metric *m = &metrics[id];

		if (!filled(m->name))
			fail_msg("metric %d has no row", id);
		if (!filled(m->unit) || !filled(m->help) || !filled(m->source) ||
		    !filled(m->formula))
			fail_msg("%s lacks a text", m->name);
		if (strspn(m->name, "abcdefghijklmnopqrstuvwxyz0123456789_.") != strlen(m->name))
			fail_msg("%s is no path", m->name);
		assert_true(m->file <= FILE_COUNT);
		assert_true(m->decimals <= 3);
		assert_true(m->scale > 0);
		if (m->raw != METRIC_NO_RAW)
			assert_true(m->raw % 8 == 0 && m->raw < sizeof(struct sample));
		else
			assert_int_equal(m->rule, RULE_COMPUTED);
	}
}

/* A rate needs two samples, and a unit follows from the name. */
static void units_and_kinds_agree(void **state)
{
	static const struct {
		const char *end, *unit;
	} units[] = {
		{ "_bytes_per_s", "bytes/s" }, { "_per_s", "1/s" },	  { "_bytes", "bytes" },
		{ "_pct", "percent" },	       { "_us", "microseconds" }, { "_ms", "milliseconds" },
	};

	(void)state;
	for (int id = 0; id < METRIC_COUNT; id++) {
		const struct metric *m = &metrics[id];

		for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
			if (!ends_with(m->name, units[i].end))
				continue;
			if (strcmp(m->unit, units[i].unit))
				fail_msg("%s in %s", m->name, m->unit);
			break;
		}
		if (m->rule == RULE_RATE || m->kind == METRIC_RATE)
			assert_true(m->interval);
		if (m->rule == RULE_GAUGE)
			assert_false(m->interval);
		assert_int_equal(ends_with(m->name, "_per_s"),
				 m->kind == METRIC_RATE && id != M_SELF_CPU_PCT);
	}
}

static void names_are_unique_and_found(void **state)
{
	(void)state;
	for (int id = 0; id < METRIC_COUNT; id++)
		assert_int_equal(metric_find(metrics[id].name), id);
	assert_int_equal(metric_find("cpu"), -1);
	assert_int_equal(metric_find("cpu.busy_pct "), -1);
	assert_int_equal(metric_find(""), -1);
}

/* The length of the name without its last part. */
static size_t parent_of(const char *name)
{
	const char *dot = strrchr(name, '.');

	assert_non_null(dot);
	return (size_t)(dot - name);
}

/* The JSON writer opens each object once, and a value is no object as well. */
static void objects_stand_together(void **state)
{
	(void)state;
	for (int id = 1; id < METRIC_COUNT; id++) {
		const char *name = metrics[id].name;

		for (size_t len = parent_of(name); len; len--) {
			if (name[len] != '.' || !strncmp(name, metrics[id - 1].name, len + 1))
				continue;
			for (int other = 0; other < id - 1; other++)
				if (!strncmp(name, metrics[other].name, len + 1))
					fail_msg("%s stands apart from %s", name,
						 metrics[other].name);
		}
		for (int other = 0; other < METRIC_COUNT; other++) {
			size_t len = strlen(metrics[other].name);

			if (!strncmp(name, metrics[other].name, len) && name[len] == '.')
				fail_msg("%s is above %s", metrics[other].name, name);
		}
	}
}

static void pressure_is_addressed_by_kind(void **state)
{
	static const char *const kinds[] = { "cpu", "memory", "io", "irq" };
	static const char *const lines[] = { "some", "full" };
	static const char *const values[] = { "now_pct", "avg10_pct", "avg60_pct", "avg300_pct",
					      "total_us" };
	char name[64];

	(void)state;
	for (int kind = 0; kind < PRESSURE_KINDS; kind++)
		for (int full = 0; full < 2; full++)
			for (int value = 0; value < PSI_VALUES; value++) {
				enum metric_id id = M_PRESSURE(kind, full, value);

				snprintf(name, sizeof(name), "pressure.%s.%s.%s", kinds[kind],
					 lines[full], values[value]);
				assert_string_equal(metrics[id].name, name);
				assert_int_equal(metrics[id].file, FILE_PRESSURE_CPU + kind);
			}
	assert_int_equal(M_PRESSURE(PRESSURE_IRQ, 1, PSI_TOTAL), M_PRESSURE_LAST);
}

/* A gauge or rate of one row of meminfo or vmstat reads the row that its source names. */
static void sources_name_the_row_that_is_read(void **state)
{
	int checked = 0;

	(void)state;
	for (int id = 0; id < METRIC_COUNT; id++) {
		const struct metric *m = &metrics[id];

		if (m->rule == RULE_COMPUTED)
			continue;
		for (size_t i = 0; i < meminfo_row_count; i++)
			if (ends_with(m->source, meminfo_rows[i].name) &&
			    strlen(m->source) ==
				    strlen("/proc/meminfo ") + strlen(meminfo_rows[i].name)) {
				assert_int_equal(m->raw, offsetof(struct sample, meminfo) +
								 meminfo_rows[i].offset);
				checked++;
			}
		for (size_t i = 0; i < vmstat_row_count; i++)
			if (ends_with(m->source, vmstat_rows[i].name) &&
			    strlen(m->source) ==
				    strlen("/proc/vmstat ") + strlen(vmstat_rows[i].name)) {
				assert_int_equal(m->raw, offsetof(struct sample, vmstat) +
								 vmstat_rows[i].offset);
				checked++;
			}
	}
	assert_true(checked > 35);
}

static void the_design_s_names_are_there(void **state)
{
	static const char *const names[] = {
		"cpu.busy_pct",
		"cpu.cores_used",
		"cpu.user_pct",
		"cpu.nice_pct",
		"cpu.system_pct",
		"cpu.idle_pct",
		"cpu.iowait_pct",
		"cpu.irq_pct",
		"cpu.softirq_pct",
		"cpu.steal_pct",
		"cpu.context_switches_per_s",
		"cpu.interrupts_per_s",
		"cpu.forks_per_s",
		"cpu.runnable",
		"cpu.blocked",
		"cpu.load1",
		"memory.total_bytes",
		"memory.free_bytes",
		"memory.available_bytes",
		"memory.used_bytes",
		"memory.buffers_bytes",
		"memory.cached_bytes",
		"memory.shmem_bytes",
		"memory.slab_bytes",
		"memory.swap_total_bytes",
		"memory.swap_used_bytes",
		"page_cache.size_bytes",
		"page_cache.active_file_bytes",
		"page_cache.inactive_file_bytes",
		"page_cache.dirty_bytes",
		"page_cache.writeback_bytes",
		"page_cache.refault_per_s",
		"faults.minor_per_s",
		"faults.major_per_s",
		"swap.in_bytes_per_s",
		"swap.out_bytes_per_s",
		"pressure.memory.some.now_pct",
		"pressure.memory.some.avg10_pct",
		"pressure.memory.some.avg60_pct",
		"pressure.memory.some.avg300_pct",
		"pressure.memory.some.total_us",
		"pressure.memory.full.now_pct",
		"pressure.cpu.some.now_pct",
		"pressure.io.some.now_pct",
		"tasks.total",
		"tasks.running",
		"tasks.blocked",
		"tasks.zombie",
		"tasks.threads",
		"self.sample_us",
		"self.cpu_pct",
		"self.rss_bytes",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (metric_find(names[i]) < 0)
			fail_msg("no metric %s", names[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_filled),
		cmocka_unit_test(units_and_kinds_agree),
		cmocka_unit_test(names_are_unique_and_found),
		cmocka_unit_test(objects_stand_together),
		cmocka_unit_test(pressure_is_addressed_by_kind),
		cmocka_unit_test(sources_name_the_row_that_is_read),
		cmocka_unit_test(the_design_s_names_are_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
