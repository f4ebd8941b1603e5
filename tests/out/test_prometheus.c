/*
 * The page of a scrape: every metric is told or has a reason, families stand together, what is not
 * known has no series, and no name of a process breaks a line.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/value.h"
#include "full_model.h"
#include "out/export_table.h"
#include "out/prometheus.h"

#define PAGE_MAX 65536

struct page {
	struct full_model full;
	struct steady_cpu cpu;
	struct steady_line line[FULL_CPUS];
	struct prometheus_info info;
	char text[PAGE_MAX];
	size_t len;
};

static struct page page;

/* Every raw value is 1000000 and every disk has a line. */
static void fill(void)
{
	struct sample *sample = &page.full.sample;
	uint64_t one = 1000000;

	full_model_init(&page.full);
	for (size_t at = offsetof(struct sample, stat); at < offsetof(struct sample, users);
	     at += sizeof(one))
		memcpy((char *)sample + at, &one, sizeof(one));
	sample->stat.cpu = NULL;
	sample->stat.cpu_count = FULL_CPUS;
	sample->disks = (struct diskstats){ .disk = page.full.disk_stat, .count = FULL_DISKS };
	sample->tasks = (struct task_list){ .probe_ns = 8, .probe_runs = 9, .lost = 10 };
	sample->page_bytes = 4096;
	sample->self = (struct self_stat){ 1500, 2500, 3500000001u, 4096 };
	page.full.model.all = page.full.view;
	page.full.model.all_count = FULL_TASKS;
	for (uint32_t i = 0; i < FULL_CPUS; i++)
		page.line[i] = (struct steady_line){
			.line = { .id = 3 * i,
				  .times = { 101, 102, 103, 104, 105, 106, 107, 108, 109, 110 } },
			.online = true,
		};
	page.cpu = (struct steady_cpu){ page.line, FULL_CPUS, FULL_CPUS };
	page.info = (struct prometheus_info){
		.version = "1.2",
		.source = "bpf",
		.sample = sample,
		.model = &page.full.model,
		.cpu = &page.cpu,
		.ticks_per_s = 100,
		.scrape_ns = 1500000,
		.processes = true,
	};
}

static void format(void)
{
	long len = prometheus_page(&page.info, page.text, sizeof(page.text) - 1, &page.len);

	assert_true(len > 0);
	assert_int_equal(page.len, len);
	page.text[len] = '\0';
}

static int setup(void **state)
{
	(void)state;
	memset(&page, 0, sizeof(page));
	fill();
	return 0;
}

static void assert_line(const char *line)
{
	char whole[400];

	snprintf(whole, sizeof(whole), "\n%s\n", line);
	if (!strstr(page.text, whole))
		fail_msg("no line \"%s\"", line);
}

static void every_metric_is_told_or_has_a_reason(void **state)
{
	(void)state;
	format();
	for (int id = 0; id < METRIC_COUNT; id++) {
		bool row = false;

		for (size_t i = 0; i < export_row_count; i++)
			row |= (int)export_rows[i].metric == id;
		if (row == !!export_left_out[id])
			fail_msg("%s: %s", metrics[id].name, row ? "both" : "neither");
		if (row)
			continue;
		/* The series that a reason names are there. */
		for (const char *at = export_left_out[id]; (at = strstr(at, "stalltop_")); at++) {
			char head[128];

			snprintf(head, sizeof(head), "\n# TYPE %.*s ",
				 (int)strspn(at, "abcdefghijklmnopqrstuvwxyz_0123456789"), at);
			if (!strstr(page.text, head))
				fail_msg("%s: not there: %s", metrics[id].name, head);
		}
	}
}

/* A family has one head and all its series right below; a counter alone ends in _total. */
static void families_stand_together(void **state)
{
	char name[128] = "", seen[PAGE_MAX] = "\n", *save = NULL;

	(void)state;
	format();
	for (char *line = strtok_r(page.text, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		char key[140], kind[16];
		size_t len;

		if (!strncmp(line, "# HELP ", 7)) {
			assert_int_equal(sscanf(line, "# HELP %127s", name), 1);
			snprintf(key, sizeof(key), "\n%s\n", name);
			assert_null(strstr(seen, key));
			len = strlen(seen);
			snprintf(seen + len, sizeof(seen) - len, "%s\n", name);
			continue;
		}
		if (line[0] == '#') {
			assert_int_equal(sscanf(line, "# TYPE %139s %15s", key, kind), 2);
			assert_string_equal(key, name);
			len = strlen(name);
			assert_int_equal(!strcmp(kind, "counter"),
					 len > 6 && !strcmp(name + len - 6, "_total"));
			continue;
		}
		assert_int_equal(strcspn(line, "{ "), strlen(name));
		assert_memory_equal(line, name, strlen(name));
	}
}

static void raw_counters_in_base_units(void **state)
{
	(void)state;
	format();
	assert_line("stalltop_build_info{version=\"1.2\",source=\"bpf\"} 1");
	assert_line("stalltop_page_faults_total 1000000");
	assert_line("stalltop_major_page_faults_total 1000000");
	assert_line("stalltop_swap_in_bytes_total 4096000000");
	assert_line("stalltop_paged_in_bytes_total 1024000000");
	assert_line("stalltop_pressure_some_seconds_total{resource=\"memory\"} 1");
	assert_line("stalltop_pressure_full_seconds_total{resource=\"cpu\"} 1");
	assert_line("stalltop_cpu_seconds_total{cpu=\"3\",mode=\"iowait\"} 1.05");
	assert_line("stalltop_cpu_guest_seconds_total{cpu=\"0\",mode=\"nice\"} 1.1");
	assert_line("stalltop_load1 10000");
	assert_line("stalltop_cpus 2");
	assert_line("stalltop_memory_total_bytes 1024000000");
	assert_line("stalltop_self_cpu_seconds_total 3.500000001");
	assert_line("stalltop_sample_duration_seconds{part=\"system\"} 0.0000015");
	assert_line("stalltop_probe_drops_total 10");
	assert_line("stalltop_probe_timed_seconds_total 0.000000008");
	assert_line("stalltop_alert{name=\"major_faults\",level=\"critical\"} 1");
	assert_line("stalltop_scrape_duration_seconds 0.0015");
	assert_line("stalltop_process_resident_memory_bytes{pid=\"1003\",comm=\"task2\","
		    "user=\"4000000003\"} 12288");
}

/* Of processes and intervals the model tells, of the rest a newer sample. */
static void a_newer_sample_of_the_system(void **state)
{
	struct sample newer;

	(void)state;
	newer = page.full.sample;
	newer.vmstat.pgmajfault = 77;
	newer.meminfo.memfree_kb = 5;
	newer.real_ns += 1000000000;
	newer.tasks =
		(struct task_list){ .probe_ns = ABSENT, .probe_runs = ABSENT, .lost = ABSENT };
	page.full.model.value[M_TASKS_RUNNING] = 3;
	page.info.sample = &newer;
	format();
	assert_line("stalltop_major_page_faults_total 77");
	assert_line("stalltop_memory_free_bytes 5120");
	assert_line("stalltop_processes{state=\"running\"} 3");
	assert_line("stalltop_probe_drops_total 10");
	assert_line("stalltop_sample_timestamp_seconds 1795176001.123");
	assert_line("stalltop_tasks_timestamp_seconds 1795176000.123");
}

static void what_is_not_known_has_no_series(void **state)
{
	uint64_t none = ABSENT;

	(void)state;
	full_model_forget(&page.full);
	page.full.model.all_count = 0;
	for (size_t at = offsetof(struct sample, stat); at < offsetof(struct sample, users);
	     at += sizeof(none))
		memcpy((char *)&page.full.sample + at, &none, sizeof(none));
	page.full.sample.stat.cpu_count = 0;
	page.full.sample.disks = (struct diskstats){ 0 };
	page.full.sample.self = (struct self_stat){ ABSENT, ABSENT, ABSENT, ABSENT };
	page.cpu.count = 0;
	format();
	page.text[strcspn(page.text, "\n")] = ' ';
	for (size_t i = 0; i < export_row_count; i++) {
		char name[128];

		if (!export_rows[i].name)
			continue;
		snprintf(name, sizeof(name), "stalltop_%s", export_rows[i].name);
		if (strstr(page.text, name))
			fail_msg("%s is there", name);
	}
	assert_null(strstr(page.text, "memory"));
	assert_null(strstr(page.text, "cpu"));
	assert_null(strstr(page.text, "disk"));
	assert_null(strstr(page.text, "stalltop_alert"));
}

static void no_sample_is_down(void **state)
{
	(void)state;
	page.info.sample = NULL;
	format();
	assert_line("stalltop_up 0");
	assert_null(strstr(page.text, "page_faults"));
}

static size_t count(const char *what)
{
	size_t found = 0;

	for (const char *at = page.text; (at = strstr(at, what)); at++)
		found++;
	return found;
}

static void processes_only_when_asked_for(void **state)
{
	const struct task_filter filter = { .by_uid = true, .uid = 4000000003u };

	(void)state;
	page.info.processes = false;
	format();
	assert_int_equal(count("pid=\""), 0);
	page.info.processes = true;
	format();
	/* The five tables agree on their first five, by memory and all the rates. */
	assert_int_equal(count("stalltop_process_cpu_seconds_total{"), TOP_ROWS);
	assert_int_equal(count("stalltop_process_cpu_seconds_total{pid=\"1007\""), 1);
	assert_int_equal(count("stalltop_process_cpu_seconds_total{pid=\"1002\""), 0);
	/* The screen's filter and order change nothing. */
	page.full.model.filter.by_uid = true;
	page.full.model.task_count = 0;
	format();
	assert_int_equal(count("stalltop_process_cpu_seconds_total{"), TOP_ROWS);
	page.info.filter = &filter;
	format();
	assert_int_equal(count("stalltop_process_cpu_seconds_total{"), 1);
	assert_int_equal(count("stalltop_process_cpu_seconds_total{pid=\"1003\""), 1);
	page.full.task[2].flags = TASK_EXITED;
	format();
	assert_int_equal(count("pid=\""), 0);
}

static void names_are_escaped(void **state)
{
	(void)state;
	snprintf(page.full.task[6].comm, TASK_COMM_MAX, "a\"} 1\n#\\");
	format();
	assert_line("stalltop_process_cpu_seconds_total{pid=\"1007\",comm=\"a\\\"} 1\\n#\\\\\","
		    "user=\"4000000007\"} 0");
}

static void a_small_buffer_tells_what_it_needs(void **state)
{
	size_t need = 0, whole;
	char *exact;

	(void)state;
	format();
	whole = page.len;
	assert_int_equal(prometheus_page(&page.info, NULL, 0, &need), -ENOSPC);
	assert_int_equal(need, whole);
	exact = malloc(need);
	assert_non_null(exact);
	assert_int_equal(prometheus_page(&page.info, exact, need, &need), (long)whole);
	assert_memory_equal(exact, page.text, whole);
	assert_int_equal(prometheus_page(&page.info, exact, whole - 1, &need), -ENOSPC);
	free(exact);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_metric_is_told_or_has_a_reason, setup),
		cmocka_unit_test_setup(families_stand_together, setup),
		cmocka_unit_test_setup(raw_counters_in_base_units, setup),
		cmocka_unit_test_setup(a_newer_sample_of_the_system, setup),
		cmocka_unit_test_setup(what_is_not_known_has_no_series, setup),
		cmocka_unit_test_setup(no_sample_is_down, setup),
		cmocka_unit_test_setup(processes_only_when_asked_for, setup),
		cmocka_unit_test_setup(names_are_escaped, setup),
		cmocka_unit_test_setup(a_small_buffer_tells_what_it_needs, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
