/*
 * The verdict line: the worst alert in words, and who is behind it.
 */
#include <stdio.h>
#include <string.h>

#include "model/phrase.h"
#include "model/pair.h"

static void assert_verdict(const struct pair *pair, const char *headline, const char *evidence,
			   const char *blame)
{
	const struct verdict *verdict = &pair->model.verdict;

	assert_string_equal(verdict->headline, headline);
	assert_string_equal(verdict->evidence, evidence);
	assert_string_equal(verdict->blame, blame);
}

static void a_quiet_machine(void **state)
{
	struct pair *pair = *state;

	assert_verdict(pair, "no stalls", "", ""); /* before the first sample */
	pair_add_task(pair, 1, "systemd")->major_faults = 3;
	pair_update(pair);
	assert_verdict(pair, "no stalls", "", "");
	assert_null(pair->model.verdict.rule);
	assert_null(pair->model.verdict.culprit);
	assert_unknown(pair->model.verdict.culprit_share_pct);
	assert_int_equal(pair->model.verdict.level, LEVEL_OK);
}

static void major_faults(struct pair *pair, uint64_t python, uint64_t postgres, uint64_t all)
{
	pair_add_task(pair, 1, "systemd");
	pair_add_task(pair, 1234, "python3")->major_faults = python;
	pair_add_task(pair, 2201, "postgres")->major_faults = postgres;
	pair->now.vmstat.pgmajfault += all;
}

static void high_io_latency(void **state)
{
	struct pair *pair = *state;

	major_faults(pair, 81, 4, 85);
	pair_update(pair);
	assert_verdict(pair, "HIGH IO LATENCY", "85 major faults/s",
		       "python3[1234] 81/s, 95% of them");
	assert_int_equal(pair->model.verdict.level, LEVEL_WARN);
	assert_int_equal(pair->model.verdict.culprit->pid, 1234);
	assert_int_equal(pair->model.verdict.culprit_column, COL_MAJOR);
	assert_near(pair->model.verdict.culprit_value, 81);
	assert_near(pair->model.verdict.culprit_share_pct, 100.0 * 81 / 85);
}

static void memory_stall(void **state)
{
	struct pair *pair = *state;

	major_faults(pair, 1234, 4, 1238);
	pair->now.pressure[PRESSURE_MEMORY].full.total_us += 124000;
	pair_update(pair);
	assert_verdict(pair, "MEMORY STALL", "memory full 12.4%: 1,238 major faults/s",
		       "python3[1234] 1,234/s, 100% of them");
	assert_int_equal(pair->model.verdict.level, LEVEL_CRIT);
}

/* Without major faults: who grows; nobody grows: who is large. */
static void memory_stall_without_faults(void **state)
{
	struct pair *pair = *state;
	struct task *task;

	pair_add_task(pair, 1, "systemd");
	pair->before.tasks.task[0].rss_bytes = pair->now.tasks.task[0].rss_bytes = 3u << 30;
	task = pair_add_task(pair, 2, "java");
	task->rss_bytes = 1u << 30;
	pair->now.pressure[PRESSURE_MEMORY].some.total_us += 300000;
	pair_update(pair);
	assert_verdict(pair, "MEMORY STALL", "memory some 30.0%",
		       "java[2] +1.0G/s resident, 100% of all");

	pair->before.tasks.task[1].rss_bytes = 1u << 30;
	pair_again(pair);
	assert_verdict(pair, "MEMORY STALL", "memory some 30.0%",
		       "systemd[1] 3.0G resident, 38% of memory");
}

static void io_stall(void **state)
{
	struct pair *pair = *state;
	struct disk_stat *disk;

	sample_add_disk(&pair->before, "sda");
	disk = sample_add_disk(&pair->now, "sda");
	disk->sectors_read = 30 * 2048;
	disk->sectors_written = 15 * 2048;
	pair_add_task(pair, 5, "reader")->read_bytes = 30u << 20;
	pair_add_task(pair, 6, "writer")->write_bytes = 10u << 20;
	pair->now.pressure[PRESSURE_IO].some.total_us += 610000;
	pair_update(pair);
	assert_verdict(pair, "IO STALL", "io some 61.0%, disk 45.0M/s",
		       "reader[5] 30.0M/s, 75% of all");

	/* What permission hides is nobody's fault, and leaves no share of the sum. */
	pair->now.tasks.task[0].read_bytes = pair->now.tasks.task[0].write_bytes = ABSENT;
	pair_again(pair);
	assert_verdict(pair, "IO STALL", "io some 61.0%, disk 45.0M/s", "writer[6] 10.0M/s");
	assert_unknown(pair->model.verdict.culprit_share_pct);

	/* All of it hidden: who waits. */
	pair->now.tasks.task[1].read_bytes = pair->now.tasks.task[1].write_bytes = ABSENT;
	pair->now.tasks.task[1].disk_wait_ns = 550 * NS_PER_MS;
	pair->now.disks.count = 0;
	pair_again(pair);
	assert_verdict(pair, "IO STALL", "io some 61.0%",
		       "writer[6] 55.0% waiting for disk, 100% of all");

	pair->now.tasks.task[1].disk_wait_ns = ABSENT;
	pair_again(pair);
	assert_verdict(pair, "IO STALL", "io some 61.0%", "");
	assert_null(pair->model.verdict.culprit);
}

/* A load of the last minutes is no answer to what a machine waits for that is idle now. */
static void a_load_of_the_past(void **state)
{
	struct pair *pair = *state;
	struct sample *now = &pair->now;
	struct task *task = pair_add_task(pair, 44, "cc1");

	now->loadavg.load1_centi = 500;
	now->stat.total.user += 48;
	now->stat.total.idle -= 48;
	pair_update(pair);
	assert_verdict(pair, "no stalls", "", "");
	assert_int_equal(pair->model.verdict.level, LEVEL_OK);
	assert_int_equal(pair->model.level[M_CPU_LOAD1_PER_CPU], LEVEL_CRIT);

	/* What is less bad, but of now, is said in its place. */
	now->meminfo.dirty_kb = MEMORY_KB / 10;
	pair_again(pair);
	assert_string_equal(pair->model.verdict.headline, "DIRTY PAGES");
	now->meminfo.dirty_kb = 0;

	task->state = 'D';
	pair_again(pair);
	assert_string_equal(pair->model.verdict.headline, "HIGH LOAD");
	task->state = 'S';
	now->stat.procs_blocked = 1;
	pair_again(pair);
	assert_string_equal(pair->model.verdict.headline, "HIGH LOAD");
	now->stat.procs_blocked = 0;
	now->stat.total.user += 2;
	now->stat.total.idle -= 2;
	pair_again(pair);
	assert_string_equal(pair->model.verdict.headline, "HIGH LOAD");
}

static void the_other_headlines(void **state)
{
	struct pair *pair = *state;
	struct sample *now = &pair->now;
	struct task *task = pair_add_task(pair, 44, "cc1");

	task->cpu_ns = 982 * NS_PER_MS;
	task->write_bytes = 3u << 20;
	task->rss_bytes = 2u << 30;
	now->stat.procs_running = 12;
	now->stat.total.user += 98;
	now->stat.total.idle -= 98;
	now->loadavg.load1_centi = 300;
	pair_update(pair);
	assert_verdict(pair, "HIGH LOAD", "1.50 per CPU in the last minute",
		       "cc1[44] 98.2% CPU, 100% of all");

	now->meminfo.dirty_kb = MEMORY_KB / 10;
	now->meminfo.writeback_kb = 4096;
	pair_again(pair);
	assert_verdict(pair, "DIRTY PAGES", "10.0% of memory dirty, writeback 4.0M",
		       "cc1[44] 3.0M/s written, 100% of all");

	now->stat.ctxt += 5431;
	pair_again(pair);
	assert_verdict(pair, "MANY CONTEXT SWITCHES", "5,431 context switches/s",
		       "cc1[44] 98.2% CPU, 100% of all");

	now->meminfo.memavailable_kb = MEMORY_KB / 8;
	now->vmstat.pswpout += 12;
	pair_again(pair);
	assert_verdict(pair, "LOW MEMORY", "12.5% available, swap out 48.0K/s",
		       "cc1[44] 2.0G resident, 25% of memory");

	now->pressure[PRESSURE_CPU].some.total_us += 450000;
	pair_again(pair);
	assert_verdict(pair, "CPU STALL", "cpu some 45.0%, 12 runnable",
		       "cc1[44] 98.2% CPU, 100% of all");

	now->vmstat.oom_kill += 1;
	pair_again(pair);
	assert_verdict(pair, "OOM KILL", "1 process killed", "");
}

static void an_oom_kill_a_while_ago(void **state)
{
	struct pair *pair = *state;

	pair->now.vmstat.oom_kill += 2;
	pair_update(pair);
	assert_verdict(pair, "OOM KILL", "2 processes killed", "");
	assert_int_equal(sample_copy(&pair->before, &pair->now), 0);
	pair->now.mono_ns += 12 * NS_PER_S;
	pair->now.boot_ns += 12 * NS_PER_S;
	assert_int_equal(model_update(&pair->model, &pair->before, &pair->now), 0);
	assert_verdict(pair, "OOM KILL", "2 processes killed 12 s ago", "");
}

static void nobody_to_blame(void **state)
{
	struct pair *pair = *state;

	major_faults(pair, 0, 0, 85);
	pair_update(pair);
	assert_verdict(pair, "HIGH IO LATENCY", "85 major faults/s", "");
	assert_null(pair->model.verdict.culprit);

	/* Its life-long faults came into sight, but when it had them is not known. */
	pair->before.tasks.count = 1;
	pair->now.tasks.task[1].major_faults = 100000;
	pair_again(pair);
	assert_verdict(pair, "HIGH IO LATENCY", "85 major faults/s", "");
}

/* A name may be as long as 63 bytes, or hold a "%s": the line stays whole and valid. */
static void hostile_names(void **state)
{
	struct pair *pair = *state;
	struct task *task = pair_add_task(pair, 4294967295u, "%s%n");
	const char *blame = pair->model.verdict.blame;

	task->major_faults = 999999;
	pair->now.vmstat.pgmajfault += 999999;
	pair_update(pair);
	assert_string_equal(blame, "%s%n[4294967295] 999,999/s, 100% of them");

	for (size_t i = 0; i + 3 < sizeof(task->comm); i += 3)
		memcpy(task->comm + i, "\xe6\x97\xa5", 4);
	pair_again(pair);
	assert_non_null(strstr(blame, "\xe6\x97\xa5[4294967295] 999,999/s, 100% of them"));
}

static void phrases(void **state)
{
	char text[24] = "a ";

	(void)state;
	phrase_append(text, sizeof(text), "io some %s%", "percent", 61, UNITS_BINARY);
	assert_string_equal(text, "a io some 61.0%");
	phrase_append(text, sizeof(text), ", %s/s", "bytes/s", 45 << 20, UNITS_BINARY);
	assert_string_equal(text, "a io some 61.0%, 45.0M/");
	phrase_append(text, sizeof(text), "%s", "1/s", 1, UNITS_BINARY);
	assert_string_equal(text, "a io some 61.0%, 45.0M/");
	text[0] = '\0';
	phrase_append(text, sizeof(text), "%s ", "1/s", 0.34, UNITS_BINARY);
	phrase_append(text, sizeof(text), "%s ", "tasks", 12304, UNITS_BINARY);
	phrase_append(text, sizeof(text), "100%", "percent", 5, UNITS_BINARY);
	assert_string_equal(text, "0.3 12,304 100%");
	phrase_append_text(text, sizeof(text), " <%s>", "%s");
	assert_string_equal(text, "0.3 12,304 100% <%s>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(a_quiet_machine),
		pair_test(high_io_latency),
		pair_test(memory_stall),
		pair_test(memory_stall_without_faults),
		pair_test(io_stall),
		pair_test(a_load_of_the_past),
		pair_test(the_other_headlines),
		pair_test(an_oom_kill_a_while_ago),
		pair_test(nobody_to_blame),
		pair_test(hostile_names),
		cmocka_unit_test(phrases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
