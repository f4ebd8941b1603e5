/* The file of a recording: whose it may be, and how large it gets. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/value.h"
#include "sample/db.h"
#include "sample/recording.h"

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

/* How it is refused, in one line with this in it. */
static void assert_refuses(const char *what)
{
	struct record *record;

	assert_true(record_open(&record, recording.path, &recording.options, recording.why) < 0);
	if (!strstr(recording.why, what))
		fail_msg("'%s' does not say '%s'", recording.why, what);
	assert_null(strchr(recording.why, '\n'));
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

static void only_its_owner_may_read_it(void **state)
{
	static const char *const tails[] = { "", "-wal", "-shm" };
	mode_t mask = umask(0);
	char path[128];
	struct stat st;

	(void)state;
	recording_open(&recording);
	put_second(0);
	umask(mask);
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s%s", recording.path, tails[i]);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 07777, 0600);
	}
}

static void what_is_no_recording_is_left_alone(void **state)
{
	(void)state;
	in_folder("echo secret >x; ln -s x day.db");
	assert_refuses("symbolic link");
	in_folder("[ $(cat x) = secret ]; rm day.db; ln x day.db");
	assert_refuses("hard link");
	in_folder("rm day.db; mkfifo day.db");
	assert_refuses("no regular file");
	in_folder("rm day.db; echo something else here >day.db; cp day.db kept");
	assert_refuses("no recording");
	in_folder("cmp day.db kept; rm day.db; sqlite3 day.db 'create table t(x)'; cp day.db kept");
	assert_refuses("no recording");
	in_folder("cmp day.db kept; rm day.db; ln -s x day.db-wal");
	assert_refuses("symbolic link");
	in_folder("[ $(cat x) = secret ]; rm day.db-wal; rm -f day.db; mkdir day.db");
	assert_refuses("Is a directory");
	in_folder("rmdir day.db");
	snprintf(recording.path, sizeof(recording.path), "/nowhere/x");
	assert_refuses("No such file");
}

static void another_users_file_is_refused(void **state)
{
	(void)state;
	if (geteuid()) {
		print_message("not root: left out\n");
		return;
	}
	record_many(1);
	assert_int_equal(chown(recording.path, 1000, 1000), 0);
	assert_refuses("belongs to another user");
}

/* A folder behind a link is nobody's trick: somebody's home may be one. */
static void a_folder_may_be_a_link(void **state)
{
	(void)state;
	in_folder("mkdir real; ln -s real link");
	snprintf(recording.path, sizeof(recording.path), "%s/link/day.db", recording.folder);
	record_many(1);
	in_folder("test -f real/day.db");
}

static void one_writes_at_a_time(void **state)
{
	(void)state;
	recording_open(&recording);
	assert_refuses("another stalltop is recording");
	put_second(0); /* and the first is not disturbed */
	recording_close(&recording);
	recording_open(&recording);
}

static void a_newer_layout_is_refused(void **state)
{
	(void)state;
	record_many(1);
	recording_sql(&recording, "PRAGMA user_version = 2");
	assert_refuses("newer stalltop");
	assert_unreadable("newer stalltop");
}

static int64_t ask(const char *sql)
{
	int64_t value;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(recording.path, &db), SQLITE_OK);
	assert_int_equal(db_integer(db, sql, 0, &value), 0);
	sqlite3_close(db);
	return value;
}

/* The samples of a pruned recording are the last ones, each as it was. */
static void assert_reads_from(int64_t first, unsigned last)
{
	struct replay *replay = recording_replay(&recording);
	struct sample taken;
	struct replay_span span;

	assert_int_equal(sample_init(&taken), 0);
	assert_int_equal(replay_span(replay, &span), 0);
	assert_int_equal(span.first, first);
	for (unsigned i = (unsigned)first - 1; i <= last; i++) {
		assert_in_range(replay_take(replay, &taken), FEED_SAMPLE, FEED_ANEW);
		recording_sample(&sample, i);
		assert_same_sample(&sample, &taken);
	}
	assert_int_equal(replay_take(replay, &taken), FEED_END);
	sample_release(&taken);
	replay_close(replay);
}

static void what_is_old_goes_by_keyframes(void **state)
{
	(void)state;
	recording.options.keep_ns = 10 * NS_PER_S; /* 100 samples */
	record_many(400);
	/* At 399 all before 299 may go: those that 240 begins are needed from there on. */
	assert_reads_from(241, 399);
	assert_int_equal(ask("SELECT min(id) FROM sample"), 241);
	assert_int_equal(ask("SELECT min(id) >> 22 FROM task"), 241);
	assert_int_equal(ask("SELECT min(id) >> 22 FROM cpu"), 241);
	assert_int_equal(ask("SELECT min(sample) FROM task_clock"), 241);
	/* 15, the old name of 12 and the first 99 have gone with their samples. */
	assert_int_equal(ask("SELECT count(*) FROM process"), 10);
}

static void sessions_go_with_their_samples(void **state)
{
	(void)state;
	record_many(50);
	recording.options.keep_ns = NS_PER_S;
	recording_open(&recording);
	for (unsigned i = 1000; i < 1130; i++)
		put_second(i);
	assert_int_equal(ask("SELECT count(*) FROM session"), 1);
	assert_int_equal(ask("SELECT count(*) FROM process"), 10);
}

static void its_size_is_kept(void **state)
{
	struct stat st;
	off_t most = 0;

	(void)state;
	recording.options.keep_bytes = 400 << 10;
	recording_open(&recording);
	for (unsigned i = 0; i < 3000; i++) {
		put_second(i);
		if (i % 100 == 0 && !stat(recording.path, &st) && st.st_size > most)
			most = st.st_size;
	}
	recording_close(&recording);
	assert_int_equal(stat(recording.path, &st), 0);
	assert_in_range(st.st_size, 200 << 10, 600 << 10);
	assert_true(most < 600 << 10);
	assert_int_equal(ask("SELECT max(id) FROM sample"), 3000);
	assert_true(ask("SELECT min(id) FROM sample") > 2000);
	recording_sql(&recording, "SELECT 'damaged' FROM pragma_integrity_check "
				  "WHERE integrity_check <> 'ok'");
}

/* 60 samples have some 3 MB here: not all that hang on one keyframe may stay. */
static void a_small_size_is_kept_by_a_busy_machine(void **state)
{
	const uint32_t count = 1000;
	struct stat st;
	off_t most = 0;

	(void)state;
	recording.options.keep_bytes = 1 << 20;
	recording_open(&recording);
	for (unsigned second = 0; second < 150; second++) {
		recording_sample(&sample, second);
		assert_int_equal(task_list_reserve(&sample.tasks, count), 0);
		for (uint32_t i = 0; i < count; i++) {
			sample.tasks.task[i] = sample.tasks.task[0];
			sample.tasks.task[i].pid = 10 + i;
			sample.tasks.task[i].cpu_ns = second * 1000000 + i;
		}
		sample.tasks.count = count;
		recording_put(&recording, &sample);
		if (!stat(recording.path, &st) && st.st_size > most)
			most = st.st_size;
	}
	recording_close(&recording);
	assert_in_range(most, 1 << 19, 2 << 20);
	assert_int_equal(ask("SELECT max(id) FROM sample"), 150);
	assert_in_range(ask("SELECT count(*) FROM sample"), 8, 30);
}

/* A write that fails costs its sample, and the next goes on from the last that was written. */
static void a_full_disk_costs_samples_and_no_more(void **state)
{
	struct record_note note = { 0 };
	struct replay *replay;
	unsigned failed = 0, second = 0;
	char hog[128];
	int fd;

	(void)state;
	if (mount("none", recording.folder, "tmpfs", 0, "size=3m")) {
		print_message("may not mount: left out\n");
		return;
	}
	recording_open(&recording);
	for (; second < 5; second++)
		put_second(second);
	snprintf(hog, sizeof(hog), "%s/hog", recording.folder);
	fd = open(hog, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(fd >= 0);
	for (int chunk = 64 << 10; chunk; chunk /= 2)
		while (!posix_fallocate(fd, lseek(fd, 0, SEEK_END), chunk))
			lseek(fd, 0, SEEK_END);
	for (; second < 200 && failed < 5; second++) {
		recording_sample(&sample, second);
		if (record_put(recording.record, &sample, &note) == -ENOSPC)
			failed++;
	}
	assert_int_equal(failed, 5);
	assert_int_equal(ftruncate(fd, 0), 0);
	put_second(second);
	put_second(second + 1);
	recording_close(&recording);
	replay = recording_replay(&recording);
	replay_seek(replay, ask("SELECT max(id) FROM sample"));
	assert_int_equal(replay_take(replay, &sample), FEED_ANEW);
	assert_int_equal(sample.sequence, second + 2);
	assert_int_equal(sample.tasks.count, 10);
	replay_close(replay);
	close(fd);
	recording_close(&recording);
	assert_int_equal(umount(recording.folder), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(only_its_owner_may_read_it),
		TEST(what_is_no_recording_is_left_alone),
		TEST(another_users_file_is_refused),
		TEST(a_folder_may_be_a_link),
		TEST(one_writes_at_a_time),
		TEST(a_newer_layout_is_refused),
		TEST(what_is_old_goes_by_keyframes),
		TEST(sessions_go_with_their_samples),
		TEST(its_size_is_kept),
		TEST(a_small_size_is_kept_by_a_busy_machine),
		TEST(a_full_disk_costs_samples_and_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
