/* What goes into a recording comes out of it, wherever one begins to read. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/value.h"
#include "sample/fields.h"
#include "sample/machine.h"
#include "sample/recording.h"
#include "sample/task_clock.h"

#define MANY 150 /* samples: three keyframes */

static struct recording recording;
static struct sample given, taken;

static int set_up(void **state)
{
	(void)state;
	recording_init(&recording);
	return sample_init(&given) || sample_init(&taken);
}

static int tear_down(void **state)
{
	(void)state;
	recording_remove(&recording);
	sample_release(&given);
	sample_release(&taken);
	return 0;
}

static void record_many(unsigned from, unsigned count)
{
	recording_open(&recording);
	for (unsigned i = from; i < from + count; i++) {
		recording_sample(&given, i);
		recording_put(&recording, &given);
	}
	recording_close(&recording);
}

static void assert_takes(struct replay *replay, unsigned second, enum feed_result result)
{
	recording_sample(&given, second);
	assert_int_equal(replay_take(replay, &taken), result);
	assert_same_sample(&given, &taken);
}

/* Every value of a sample that is not an array, and no byte of it twice. */
static void the_fields_cover_the_sample(void **state)
{
	static uint8_t covered[sizeof(struct sample)];
	size_t known = 0;

	(void)state;
	for (size_t i = 0; i < sample_fields.count; i++) {
		const struct field *field = &sample_fields.field[i];
		size_t size = field->type == FIELD_INT	  ? sizeof(int)
			      : field->type == FIELD_BOOL ? sizeof(bool)
							  : 8;

		for (size_t k = 0; k < size; k++, known++)
			assert_int_equal(covered[field->offset + k]++, 0);
	}
	/* Left out: pointers, counts and room of three lists, and users; padding after hidepid; threads. */
	assert_int_equal(sizeof(struct sample) - known,
			 3 * 8 + 3 * 8 + 3 * 8 - 8 + 8 + 7 + 8 + sizeof(struct task_list));
}

static void round_trip(const char *name)
{
	struct machine machine;
	struct sample kept[4];
	struct replay *replay;
	struct recording own;
	int count = 0;

	recording_init(&own);
	recording_open(&own);
	machine_open(&machine, name, 0);
	for (; count < 4 && machine_has(name, count); count++) {
		if (count)
			machine_advance(&machine, count);
		recording_put(&own, machine.current);
		assert_int_equal(sample_init(&kept[count]), 0);
		assert_int_equal(sample_copy(&kept[count], machine.current), 0);
	}
	recording_close(&own);
	replay = recording_replay(&own);
	for (int i = 0; i < count; i++) {
		assert_int_equal(replay_take(replay, &taken), i ? FEED_SAMPLE : FEED_ANEW);
		assert_same_sample(&kept[i], &taken);
		sample_release(&kept[i]);
	}
	assert_int_equal(replay_take(replay, &taken), FEED_END);
	replay_close(replay);
	machine_close(&machine);
	recording_remove(&own);
}

static void every_machine_comes_back(void **state)
{
	static const char *const names[] = { "web3",  "hostile", "old310",    "k44",	"holes",
					     "reset", "zfs",	 "container", "cpu256", "nofull" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		round_trip(names[i]);
}

static void processes_come_back_from_what_changed(void **state)
{
	struct replay *replay;

	(void)state;
	record_many(0, MANY);
	replay = recording_replay(&recording);
	for (unsigned i = 0; i < MANY; i++)
		assert_takes(replay, i, i ? FEED_SAMPLE : FEED_ANEW);
	assert_int_equal(replay_take(replay, &taken), FEED_END);
	assert_int_equal(replay_next_ns(replay), ABSENT);
	replay_close(replay);
	/* Only what changed was written, but for the keyframes. */
	recording_sql(&recording, "SELECT 'too many' WHERE (SELECT count(*) FROM task) > 750");
}

static void any_sample_can_be_sought(void **state)
{
	static const unsigned order[] = { 149, 0, 59, 60, 61, 119, 120, 7, 5, 6, 3 };
	struct replay *replay;
	struct replay_span span;
	int64_t id;

	(void)state;
	record_many(0, MANY);
	replay = recording_replay(&recording);
	assert_int_equal(replay_span(replay, &span), 0);
	assert_int_equal(span.last - span.first, MANY - 1);
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		replay_seek(replay, span.first + order[i]);
		assert_takes(replay, order[i],
			     i && order[i] == order[i - 1] + 1 ? FEED_SAMPLE : FEED_ANEW);
		assert_int_equal(replay_at(replay), span.first + order[i]);
	}
	assert_int_equal(replay_next_ns(replay), NS_PER_S / 10);
	recording_sample(&given, 77);
	assert_int_equal(replay_find(replay, given.real_ns, &id), 0);
	assert_int_equal(id, span.first + 77);
	assert_int_equal(replay_find(replay, given.real_ns + 1, &id), 0);
	assert_int_equal(id, span.first + 78);
	assert_int_equal(replay_find(replay, span.last_real_ns + 1, &id), 0);
	assert_int_equal(id, 0);
	replay_begin(replay, span.first + 100, 1);
	replay_limit(replay, span.first + 101);
	for (unsigned i = 0; i < 100; i++)
		assert_takes(replay, i, FEED_BEFORE);
	assert_takes(replay, 100, FEED_SAMPLE);
	assert_takes(replay, 101, FEED_SAMPLE);
	assert_int_equal(replay_take(replay, &taken), FEED_END);
	replay_close(replay);
}

/* Two sessions of ten samples, ten seconds apart: a minute is six. */
static void what_figures_depend_on_comes_first(void **state)
{
	static const struct {
		unsigned at, trend, from;
	} begins[] = { { 18, 1, 12 },	{ 18, 6, 12 }, { 18, 7, 11 }, { 18, 300, 10 },
		       { 10, 300, 10 }, { 5, 300, 0 }, { 0, 300, 0 } };
	struct replay *replay;
	struct replay_span span;

	(void)state;
	for (unsigned session = 0; session < 2; session++) {
		recording_open(&recording);
		for (unsigned i = 0; i < 10; i++) {
			recording_sample(&given, (10 * session + i) * 100);
			recording_put(&recording, &given);
		}
		recording_close(&recording);
	}
	replay = recording_replay(&recording);
	assert_int_equal(replay_span(replay, &span), 0);
	for (size_t i = 0; i < sizeof(begins) / sizeof(*begins); i++) {
		unsigned at = begins[i].at;

		replay_begin(replay, span.first + at, begins[i].trend);
		for (unsigned before = begins[i].from; before < at; before++)
			assert_takes(replay, before * 100, FEED_BEFORE);
		assert_takes(replay, at * 100, begins[i].from == at ? FEED_ANEW : FEED_SAMPLE);
		assert_int_equal(replay_at(replay), span.first + at);
	}
	replay_close(replay);
}

/* The machine went on meanwhile, in another process of stalltop: no interval joins the two. */
static void another_session_begins_anew(void **state)
{
	struct replay *replay;

	(void)state;
	record_many(0, 5);
	snprintf(recording.host.name, sizeof(recording.host.name), "other");
	recording.source = "bpf";
	record_many(20, 5);
	replay = recording_replay(&recording);
	assert_string_equal(feed_host(replay_feed(replay))->name, "test");
	for (unsigned i = 0; i < 5; i++)
		assert_takes(replay, i, i ? FEED_SAMPLE : FEED_ANEW);
	assert_int_equal(replay_next_ns(replay), 0);
	assert_string_equal(feed_source(replay_feed(replay)), "proc");
	assert_takes(replay, 20, FEED_ANEW);
	assert_string_equal(feed_host(replay_feed(replay))->name, "other");
	assert_string_equal(feed_source(replay_feed(replay)), "bpf");
	assert_false(feed_host(replay_feed(replay))->live);
	for (unsigned i = 21; i < 25; i++)
		assert_takes(replay, i, FEED_SAMPLE);
	replay_close(replay);
	recording_sql(&recording, "SELECT 1 FROM rates WHERE sample = 6 AND minor_per_s NOTNULL;"
				  "SELECT 2 WHERE NOT EXISTS (SELECT 1 FROM rates "
				  "WHERE sample = 7 AND minor_per_s = 9000)");
}

/* A reader sees what is there so far, while more comes. */
static void it_is_read_while_it_is_written(void **state)
{
	struct replay *replay;

	(void)state;
	recording_open(&recording);
	recording_sample(&given, 0);
	recording_put(&recording, &given);
	replay = recording_replay(&recording);
	assert_takes(replay, 0, FEED_ANEW);
	assert_int_equal(replay_take(replay, &taken), FEED_END);
	recording_sample(&given, 1);
	recording_put(&recording, &given);
	assert_takes(replay, 1, FEED_SAMPLE);
	replay_close(replay);
}

static void users_keep_their_names(void **state)
{
	char name[USER_NAME_MAX];
	struct replay *replay;
	uint32_t uid;

	(void)state;
	record_many(0, 2);
	replay = recording_replay(&recording);
	assert_int_equal(replay_take(replay, &taken), FEED_ANEW);
	assert_string_equal(users_name(taken.users, 1000, name), "app");
	assert_int_equal(users_find(taken.users, "app", &uid), 0);
	/* Nobody of this machine is asked. */
	assert_string_equal(users_name(taken.users, 0, name), "0");
	replay_close(replay);
}

static void trouble_is_found_and_drawn(void **state)
{
	struct record_note note = { .level = 2, .verdict = "MEMORY STALL: memory full 20%" };
	struct replay_cell cell[10];
	struct replay *replay;
	int64_t found;

	(void)state;
	record_many(0, 70);
	recording_open(&recording);
	recording_sample(&given, 70);
	assert_int_equal(record_put(recording.record, &given, &note), 0);
	for (unsigned i = 71; i < 100; i++) {
		recording_sample(&given, i);
		recording_put(&recording, &given);
	}
	replay = recording_replay(&recording);
	assert_int_equal(replay_overview(replay, cell, 10), 0);
	for (size_t i = 0; i < 10; i++) {
		assert_in_range(cell[i].samples, 9, 11);
		assert_int_equal(cell[i].level, i == 7 ? 2 : 0);
	}
	assert_int_equal(replay_next_trouble(replay, 1, 1, false, &found), 0);
	assert_int_equal(found, 71);
	assert_int_equal(replay_next_trouble(replay, 71, 1, false, &found), 0);
	assert_int_equal(found, 0);
	assert_int_equal(replay_next_trouble(replay, 100, 1, true, &found), 0);
	assert_int_equal(found, 71);
	replay_close(replay);
	recording_sql(&recording, "SELECT 'none' WHERE NOT EXISTS (SELECT 1 FROM instant "
				  "WHERE level = 2 AND verdict LIKE 'MEMORY STALL%')");
}

/* A recording of an older stalltop has not all columns; one of a newer has more. */
static void columns_come_and_go(void **state)
{
	struct replay *replay;

	(void)state;
	record_many(0, 3);
	recording_sql(&recording, "DROP VIEW rates; DROP VIEW task_rates; DROP VIEW cpu_rates;"
				  "DROP VIEW disk_rates; DROP VIEW pressure; DROP VIEW instant;"
				  "ALTER TABLE sample DROP COLUMN vm_pgfault;"
				  "ALTER TABLE sample ADD COLUMN vm_of_tomorrow DEFAULT 7;"
				  "ALTER TABLE task DROP COLUMN cpu_ns;"
				  "ALTER TABLE task DROP COLUMN threads");
	replay = recording_replay(&recording);
	assert_int_equal(replay_take(replay, &taken), FEED_ANEW);
	assert_int_equal(taken.vmstat.pgfault, ABSENT);
	assert_int_equal(taken.vmstat.pgmajfault, 0);
	assert_int_equal(taken.tasks.task[0].cpu_ns, ABSENT);
	assert_int_equal(taken.tasks.task[0].threads, 0);
	replay_close(replay);
	/* And it is added to. */
	record_many(3, 1);
	replay = recording_replay(&recording);
	replay_seek(replay, 4);
	assert_takes(replay, 3, FEED_ANEW);
	replay_close(replay);
}

static void clocks_are_packed(void **state)
{
	struct task task[3] = {
		{ .at_ns = 1000, .run_delay_at_ns = 1000 },
		{ .at_ns = 900, .run_delay_at_ns = 2, .flags = TASK_IDLE },
		{ .at_ns = ABSENT, .run_delay_at_ns = 5, .flags = TASK_IDLE | TASK_KTHREAD },
	};
	struct task other[3] = { { .flags = TASK_IDLE }, { 0 }, { .flags = TASK_KTHREAD } };
	uint8_t buf[3 * TASK_CLOCK_BYTES];
	size_t len = task_clock_pack(task, 3, 990, buf);

	(void)state;
	assert_true(len <= sizeof(buf));
	task_clock_unpack(other, 3, 990, buf, len);
	assert_memory_equal(task, other, sizeof(task));
	/* What is cut off, or none of ours, is read to its end and no further. */
	for (size_t cut = 0; cut < len; cut++)
		task_clock_unpack(other, 3, 990, buf, cut);
	memset(buf, 0xff, sizeof(buf));
	task_clock_unpack(other, 3, 990, buf, sizeof(buf));
	task_clock_unpack(other, 3, 990, NULL, 0);
	assert_int_equal(other[2].at_ns, 990);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_fields_cover_the_sample),
		TEST(every_machine_comes_back),
		TEST(processes_come_back_from_what_changed),
		TEST(any_sample_can_be_sought),
		TEST(what_figures_depend_on_comes_first),
		TEST(another_session_begins_anew),
		TEST(it_is_read_while_it_is_written),
		TEST(users_keep_their_names),
		TEST(trouble_is_found_and_drawn),
		TEST(columns_come_and_go),
		TEST(clocks_are_packed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
