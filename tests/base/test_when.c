#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/when.h"

/* 2026-11-20 23:30:10.5 UTC, and two hours later. */
#define FIRST_S 1795217410ull
#define FIRST (FIRST_S * NS_PER_S + NS_PER_S / 2)
#define LAST (FIRST + 7200 * NS_PER_S)

static void assert_is(const char *text, uint64_t ns)
{
	uint64_t got = 0;

	if (when_parse(text, FIRST, LAST, &got))
		fail_msg("'%s' is not taken", text);
	if (got != ns)
		fail_msg("'%s' is %llu and not %llu", text, (unsigned long long)got,
			 (unsigned long long)ns);
}

static void dates_are_local_or_utc(void **state)
{
	(void)state;
	assert_is("2026-11-20 23:30:10", FIRST_S * NS_PER_S);
	assert_is("2026-11-20T23:30:10.5Z", FIRST);
	assert_is("2026-11-20 23:30", (FIRST_S - 10) * NS_PER_S);
	assert_is("2026-11-21", (FIRST_S + 1790) * NS_PER_S);
	setenv("TZ", "XST-2", 1); /* two hours east */
	tzset();
	assert_is("2026-11-21 01:30:10", FIRST_S * NS_PER_S);
	assert_is("2026-11-20 23:30:10Z", FIRST_S * NS_PER_S);
	setenv("TZ", "UTC0", 1);
	tzset();
}

static void a_time_of_day_is_the_first_one_in_the_span(void **state)
{
	(void)state;
	assert_is("23:45", (FIRST_S + 890) * NS_PER_S);
	assert_is("01:00:00", (FIRST_S + 5390) * NS_PER_S);
	/* What has begun and lasts still. */
	assert_is("23:30", (FIRST_S - 10) * NS_PER_S);
	assert_is("23:30:10", FIRST_S * NS_PER_S);
	assert_is("23:30:09", (FIRST_S + 86399) * NS_PER_S);
}

/* From 00:59 UTC on 25 October 2026 on, a minute before summer time ends in central Europe. */
static void an_hour_that_comes_twice_is_the_one_in_the_span(void **state)
{
	static const uint64_t first_s = 1792889940;
	static const struct {
		const char *text;
		int64_t after_s;
	} times[] = {
		{ "02:59", 0 },		{ "2026-10-25 02:59", 0 },
		{ "02:59:30", 30 },	{ "2026-10-25 02:59:30", 30 },
		{ "02:00", 60 },	{ "2026-10-25 02:00", 60 },
		{ "02:58", 59 * 60 },	{ "2026-10-25 02:58", 59 * 60 },
		{ "03:00", 61 * 60 },	{ "2026-10-25 03:00", 61 * 60 },
		{ "01:59", 24 * 3600 }, { "2026-10-25 01:59", -3600 },
	};

	(void)state;
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++) {
		uint64_t ns = 0, first = first_s * NS_PER_S;

		if (when_parse(times[i].text, first, first + 7200 * NS_PER_S, &ns))
			fail_msg("'%s' is not taken", times[i].text);
		if (ns / NS_PER_S != first_s + (uint64_t)times[i].after_s)
			fail_msg("'%s' is %lld", times[i].text,
				 (long long)(ns / NS_PER_S) - (long long)first_s);
	}
	/* One that never was is some time. */
	assert_int_equal(when_parse("2026-03-29 02:30", 0, 0, &(uint64_t){ 0 }), 0);
	setenv("TZ", "UTC0", 1);
	tzset();
}

static void others_count_from_the_epoch_or_the_end(void **state)
{
	(void)state;
	assert_is("@1795217410.5", FIRST);
	assert_is("@0", 0);
	assert_is("-2h", FIRST);
	assert_is("-90s", LAST - 90 * NS_PER_S);
	assert_is("-10m", LAST - 600 * NS_PER_S);
	assert_is("-99999d", 0);
}

static void what_is_no_time_is_refused(void **state)
{
	static const char *const wrong[] = {
		"",
		"x",
		"14",
		"14:",
		"24:00",
		"14:60",
		"14:05x",
		"2026-02-30",
		"2026-13-01",
		"2026-11-20 ",
		"2026-11-20x",
		"-10",
		"-m",
		"--10m",
		"-10y",
		"@",
		"@x",
		"@1x",
		"-99999999999999d",
		"@99999999999999999999",
		"20-11-20",
		"2026-11-20 14:05 ",
	};
	uint64_t ns;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (when_parse(wrong[i], FIRST, LAST, &ns) != -EINVAL)
			fail_msg("'%s' is taken", wrong[i]);
}

static void durations_have_a_unit(void **state)
{
	uint64_t ns;

	(void)state;
	assert_int_equal(when_duration("7d", &ns), 0);
	assert_int_equal(ns, 7 * 86400 * NS_PER_S);
	assert_int_equal(when_duration("90s", &ns), 0);
	assert_int_equal(ns, 90 * NS_PER_S);
	assert_int_equal(when_duration("90", &ns), -EINVAL);
	assert_int_equal(when_duration("9M", &ns), -EINVAL);
	assert_int_equal(when_duration("9999999999d", &ns), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_local_or_utc),
		cmocka_unit_test(a_time_of_day_is_the_first_one_in_the_span),
		cmocka_unit_test(an_hour_that_comes_twice_is_the_one_in_the_span),
		cmocka_unit_test(others_count_from_the_epoch_or_the_end),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(durations_have_a_unit),
	};

	setenv("TZ", "UTC0", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
