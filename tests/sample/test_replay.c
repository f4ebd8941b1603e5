/* What is read of a recording that is damaged, hostile or none. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/value.h"
#include "sample/recording.h"
#include "sample/replay_state.h"

static struct recording recording;
static struct sample sample;

static int set_up(void **state)
{
	(void)state;
	recording_init(&recording);
	return sample_init(&sample);
}

static int tear_down(void **state)
{
	(void)state;
	recording_remove(&recording);
	sample_release(&sample);
	return 0;
}

static void put_second(unsigned second)
{
	recording_sample(&sample, second);
	recording_put(&recording, &sample);
}

static void record_many(unsigned count)
{
	recording_open(&recording);
	for (unsigned i = 0; i < count; i++)
		put_second(i);
	recording_close(&recording);
}

static void assert_unreadable(const char *what)
{
	struct replay *replay;

	assert_true(replay_open(&replay, recording.path, recording.why) < 0);
	if (!strstr(recording.why, what))
		fail_msg("'%s' does not say '%s'", recording.why, what);
	assert_null(strchr(recording.why, '\n'));
}

static void in_folder(const char *command)
{
	char line[512];

	snprintf(line, sizeof(line), "cd %s && %s", recording.folder, command);
	assert_int_equal(system(line), 0);
}

static int64_t last_read; /* id of the last sample that count_readable() found */

/* Reads all that can be read. */
static unsigned count_readable(uint64_t *damaged)
{
	struct replay *replay;
	struct sample taken;
	unsigned count = 0;
	int got;

	*damaged = 0;
	if (replay_open(&replay, recording.path, recording.why))
		return 0;
	assert_int_equal(sample_init(&taken), 0);
	while ((got = replay_take(replay, &taken)) >= 0 && got != FEED_END)
		count++;
	*damaged = replay_damaged(replay);
	last_read = replay_at(replay);
	sample_release(&taken);
	replay_close(replay);
	return count;
}

static void a_truncated_one_gives_what_is_left(void **state)
{
	uint64_t damaged;
	struct stat st;

	(void)state;
	record_many(600);
	assert_int_equal(stat(recording.path, &st), 0);
	assert_int_equal(truncate(recording.path, st.st_size / 3 * 2), 0);
	assert_in_range(count_readable(&damaged), 60, 599);
	assert_int_equal(truncate(recording.path, 8000), 0);
	assert_int_equal(count_readable(&damaged), 0);
	assert_non_null(strstr(recording.why, "damaged"));
	assert_int_equal(truncate(recording.path, 10), 0);
	assert_unreadable("no recording");
	assert_int_equal(truncate(recording.path, 0), 0);
	assert_unreadable("no recording");
}

struct found {
	unsigned most; /* samples of a file with a damage */
	unsigned beyond; /* damages behind which the last sample was read */
};

/* Reads it with every page damaged in turn: never a crash, and never without end. */
static struct found damage_each_page(unsigned samples, int64_t last)
{
	struct found found = { 0 };
	uint64_t damaged;
	struct stat st;
	int fd;

	assert_int_equal(stat(recording.path, &st), 0);
	fd = open(recording.path, O_RDWR);
	assert_true(fd >= 0);
	for (unsigned page = 0; page < st.st_size / 4096; page++) {
		char kept[4096], bad[4096];
		unsigned count;

		assert_int_equal(pread(fd, kept, 4096, page * 4096), 4096);
		memset(bad, page % 2 ? 0xff : 0x0d, sizeof(bad));
		assert_int_equal(pwrite(fd, bad, 4096, page * 4096), 4096);
		count = count_readable(&damaged);
		assert_true(count <= samples);
		if (count < samples && count > found.most)
			found.most = count;
		found.beyond += count < samples && damaged && last_read == last;
		assert_int_equal(pwrite(fd, kept, 4096, page * 4096), 4096);
	}
	close(fd);
	assert_int_equal(count_readable(&damaged), samples);
	assert_int_equal(damaged, 0);
	return found;
}

static void a_corrupt_one_gives_what_is_left(void **state)
{
	struct found found;

	(void)state;
	record_many(200);
	found = damage_each_page(200, 200);
	assert_true(found.most >= 60);
	/* What comes after the damage is found too. */
	assert_true(found.beyond >= 5);
}

/* A damaged page may make ids of anything: those between are not tried one by one. */
static void ids_far_apart_do_not_hold_it_up(void **state)
{
	uint64_t damaged;

	(void)state;
	record_many(100);
	recording_sql(&recording, "DELETE FROM task; DELETE FROM gone;"
				  "UPDATE sample SET id = id << 32, keyframe = id << 32");
	damage_each_page(100, 100ll << 32);
	recording_sql(&recording, "UPDATE sample SET keyframe = 0 WHERE id > 50 << 32");
	assert_int_equal(count_readable(&damaged), 50);
	assert_int_equal(damaged, 50);
}

/* A name of 40 MB in sample 6, on whose keyframe 54 more hang: none of them reads up to it again. */
static void a_damage_is_met_once(void **state)
{
	struct replay *replay;
	int got;

	(void)state;
	record_many(70);
	recording_sql(&recording, "UPDATE process SET comm = zeroblob(40 << 20) WHERE pid = 99");
	replay = recording_replay(&recording);
	for (int i = 0; i < 5; i++)
		assert_true(replay_take(replay, &sample) != FEED_END);
	assert_int_equal(replay_take(replay, &sample), FEED_END);
	assert_int_equal(replay_damaged(replay), 65);
	got = sqlite3_stmt_status(replay->statement[GET_TASKS], SQLITE_STMTSTATUS_RUN, 0);
	assert_in_range(got, 7, 20);
	replay_close(replay);
}

/* Processes that end and never were. */
static void nobody_ends(void **state)
{
	uint64_t damaged;

	(void)state;
	record_many(20);
	recording_sql(&recording, "DELETE FROM task");
	assert_int_equal(count_readable(&damaged), 20);
	assert_int_equal(damaged, 0);
}

static void what_lies_in_it_is_not_trusted(void **state)
{
	struct replay *replay;
	uint64_t damaged;

	(void)state;
	record_many(3);
	recording_sql(&recording,
		      "UPDATE process SET comm = 'a' || char(27, 10, 0x9b, 0x202e) || 'b' "
		      "WHERE pid = 10; UPDATE process SET pid = -5 WHERE pid = 11;"
		      "UPDATE process SET pid = 1 << 40 WHERE pid = 12;"
		      "UPDATE process SET start_ns = 'soon' WHERE pid = 13;"
		      "DELETE FROM process WHERE pid = 14;"
		      "UPDATE task SET state = char(27), threads = -1, nice = 1000, uid = 1e30;"
		      "UPDATE sample SET mono_ns = -1, tasks_io_hidden = 1 << 62, "
		      "disks_seen = 'x', level = 99; UPDATE disk SET name = char(27) || '[2J';"
		      "UPDATE session SET host = char(27) || ']0;x', source = NULL;"
		      "UPDATE user SET name = 'r' || char(27) || 't';"
		      "UPDATE task_clock SET packed = randomblob(4)");
	replay = recording_replay(&recording);
	assert_int_equal(replay_take(replay, &sample), FEED_ANEW);
	assert_int_equal(sample.mono_ns, ABSENT);
	assert_true(sample.tasks.io_hidden <= sample.tasks.count);
	assert_int_equal(sample.tasks.count, 9);
	for (size_t i = 0; i < sample.tasks.count; i++) {
		const struct task *task = &sample.tasks.task[i];
		char name[USER_NAME_MAX];

		assert_int_equal(task->state, '?');
		assert_int_equal(task->threads, 0);
		assert_int_equal(task->nice, 127);
		assert_null(strpbrk(task->comm, "\x1b\n"));
		assert_null(strchr(users_name(sample.users, 1000, name), '\x1b'));
		assert_true(!i || task[-1].pid <= task->pid);
	}
	assert_null(strchr(sample.disks.disk[0].name, '\x1b'));
	assert_null(strchr(feed_host(replay_feed(replay))->name, '\x1b'));
	replay_close(replay);
	/* A sample that hangs on one that never was. */
	recording_sql(&recording, "UPDATE sample SET keyframe = -(1 << 60) WHERE id = 2");
	assert_in_range(count_readable(&damaged), 1, 2);
	assert_int_equal(damaged, 1);
}

/* A table that is something else by that name runs nothing. */
static void views_and_triggers_do_not_run(void **state)
{
	(void)state;
	record_many(2);
	recording_sql(&recording, "ALTER TABLE gone RENAME TO g; CREATE VIEW gone AS "
				  "WITH RECURSIVE r(id) AS (SELECT 1 UNION ALL SELECT id FROM r) "
				  "SELECT id, id AS process FROM r");
	assert_unreadable("not all of its tables");
	recording_sql(&recording,
		      "DROP VIEW gone; CREATE VIRTUAL TABLE gone USING fts4(id, process)");
	assert_unreadable("not all of its tables");
}

static void an_empty_one_says_so(void **state)
{
	(void)state;
	assert_unreadable("No such file");
	recording_open(&recording);
	recording_close(&recording);
	assert_unreadable("is empty");
	in_folder("rm -f day.db*; mkfifo day.db");
	assert_unreadable("no regular file");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_truncated_one_gives_what_is_left),
		TEST(a_corrupt_one_gives_what_is_left),
		TEST(ids_far_apart_do_not_hold_it_up),
		TEST(a_damage_is_met_once),
		TEST(nobody_ends),
		TEST(what_lies_in_it_is_not_trusted),
		TEST(views_and_triggers_do_not_run),
		TEST(an_empty_one_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
