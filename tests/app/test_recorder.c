/* The recorder's thread: what a disk that does not answer costs, and what it does not. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/recorder.h"
#include "base/clock.h"
#include "sample/db.h"
#include "sample/recording.h"

#define DEADLINE_NS (20 * NS_PER_S)

static struct recording recording;
static struct recorder recorder;
static struct model model;
static struct sample sample[2];
static unsigned second;

static int set_up(void **state)
{
	struct options options = { .record = recording.path };
	char why[RECORD_WHY_MAX];

	(void)state;
	recording_init(&recording);
	second = 0;
	return model_init(&model) || sample_init(&sample[0]) || sample_init(&sample[1]) ||
	       recorder_start(&recorder, &options, &recording.feed, why);
}

static int tear_down(void **state)
{
	(void)state;
	model_release(&model);
	sample_release(&sample[0]);
	sample_release(&sample[1]);
	recording_remove(&recording);
	return 0;
}

static void put_next(void)
{
	struct sample *next = &sample[second % 2];

	recording_sample(next, second);
	assert_int_equal(model_update(&model, second ? &sample[(second + 1) % 2] : NULL, next), 0);
	recorder_put(&recorder, &model);
	second++;
}

static int64_t recorded(void)
{
	int64_t count;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(recording.path, &db), SQLITE_OK);
	assert_int_equal(db_integer(db, "SELECT count(*) FROM sample", 0, &count), 0);
	sqlite3_close(db);
	return count;
}

/* What was handed over when the end comes is written. */
static void nothing_is_lost_at_the_end(void **state)
{
	char text[128];

	(void)state;
	for (int i = 0; i < RECORDER_SLOTS; i++)
		put_next();
	assert_true(recorder_stop(&recorder));
	assert_null(recorder_news(&recorder, text, sizeof(text)));
	assert_null(recorder_losses(&recorder, text, sizeof(text)));
	assert_int_equal(recorded(), RECORDER_SLOTS);
	/* Once is enough, and so is never. */
	assert_true(recorder_stop(&recorder));
	recorder_put(NULL, &model);
	assert_null(recorder_news(NULL, text, sizeof(text)));
}

static bool has_news(char *text, size_t cap, const char *what)
{
	uint64_t end = clock_ns(CLOCK_MONOTONIC) + DEADLINE_NS;

	while (clock_ns(CLOCK_MONOTONIC) < end) {
		const char *news = recorder_news(&recorder, text, cap);

		if (news && strstr(news, what))
			return true;
	}
	return false;
}

/* While somebody else holds the file, handing over waits for nobody; later it goes on. */
static void a_file_that_is_held_costs_samples(void **state)
{
	char text[128];
	sqlite3 *db;

	(void)state;
	put_next();
	assert_int_equal(sqlite3_open(recording.path, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	assert_int_equal(db_exec(db, "BEGIN IMMEDIATE"), 0);
	for (int i = 0; i < 3 * RECORDER_SLOTS; i++)
		put_next();
	/* Had one of them waited for the file, none would have been left out. */
	assert_true(recorder.dropped >= RECORDER_SLOTS);
	assert_true(has_news(text, sizeof(text), "too slow"));
	assert_true(has_news(text, sizeof(text), "not recorded: "));
	assert_int_equal(db_exec(db, "COMMIT"), 0);
	sqlite3_close(db);
	second += 100; /* after the time that it leaves a disk alone */
	put_next();
	assert_true(has_news(text, sizeof(text), "goes on"));
	assert_true(recorder_stop(&recorder));
	assert_non_null(recorder_losses(&recorder, text, sizeof(text)));
	assert_int_equal(recorded() + (int64_t)recorder.dropped +
				 (int64_t)atomic_load(&recorder.lost),
			 second - 100);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_lost_at_the_end),
		TEST(a_file_that_is_held_costs_samples),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
