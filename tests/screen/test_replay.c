/*
 * The dashboard over a recording: each instant looks as it did live, and keys go everywhere in it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "sample/recording.h"
#include "screen/moving.h"

#define ROWS 45
#define COLUMNS 160
#define STEPS 6

static const char *const utc[] = { "TZ=UTC", NULL };
static const struct term_options taller = { .rows = ROWS + 1, .cols = COLUMNS, .env = utc };
static struct recording recording;

static int set_up(void **state)
{
	(void)state;
	recording_init(&recording);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	recording_remove(&recording);
	return 0;
}

static struct term *replay(const struct term_options *options, const char *const *more)
{
	const char *program = getenv("STALLTOP");
	char *argv[12] = { (char *)(uintptr_t)(program ? program : "build/stalltop"),
			   (char *)(uintptr_t) "--replay", recording.path };
	struct term *term;

	for (int i = 0; more && more[i]; i++)
		argv[3 + i] = (char *)(uintptr_t)more[i];
	term = term_start(options, argv);
	assert_non_null(term);
	return term;
}

static void press(struct term *term, const char *keys, const char *text)
{
	assert_int_equal(term_keys(term, keys), 0);
	assert_int_equal(term_wait_text(term, text, TERM_WAIT_MS), 0);
}

static void quit(struct term *term)
{
	int status = -1;

	assert_int_equal(term_keys(term, "q"), 0);
	assert_int_equal(term_exit(term, TERM_WAIT_MS, &status), 0);
	assert_int_equal(status, 0);
	term_close(term);
}

/* --- the screen of then */

struct picture {
	struct term_cell cell[ROWS][COLUMNS];
	char header[COLUMNS * 4];
};

static struct picture pictures[STEPS + 1];

static void take(struct picture *picture, struct term *term)
{
	for (int row = 0; row < ROWS; row++)
		for (int column = 0; column < COLUMNS; column++)
			picture->cell[row][column] = term_cell(term, row, column);
	snprintf(picture->header, sizeof(picture->header), "%s", term_row(term, 0));
}

static bool is_blank(const struct term_cell *cell)
{
	return (!*cell->text || !strcmp(cell->text, " ")) && cell->width == 1 && !cell->underline;
}

/* What is drawn blank and what never was look alike. */
static bool same_cell(const struct term_cell *a, const struct term_cell *b)
{
	if (is_blank(a) && is_blank(b))
		return a->bg.index == b->bg.index && a->reverse == b->reverse;
	return !strcmp(a->text, b->text) && a->width == b->width && a->fg.index == b->fg.index &&
	       a->bg.index == b->bg.index && a->bold == b->bold && a->reverse == b->reverse &&
	       a->underline == b->underline;
}

/* From the host to the tasks; what follows is what stalltop itself costs, and the clock. */
static void compare_header(const struct picture *live, struct term *term)
{
	char want[COLUMNS * 4];
	char *from, *end;

	snprintf(want, sizeof(want), "%s", live->header);
	from = strstr(want, "web-3");
	assert_non_null(from);
	end = strstr(from, "zombie");
	assert_non_null(end);
	end[strlen("zombie")] = '\0';
	if (!strstr(term_row(term, 0), from))
		fail_msg("header: %s\nnot in: %s", from, term_row(term, 0));
}

/* The row above the key bar is the strip's, so the replay's screen has one more. */
static void compare(const struct picture *live, struct term *term)
{
	compare_header(live, term);
	for (int row = 1; row < ROWS - 1; row++)
		for (int column = 0; column < COLUMNS; column++) {
			struct term_cell cell = term_cell(term, row, column);

			if (same_cell(&live->cell[row][column], &cell))
				continue;
			term_print(term, stderr);
			fail_msg("row %d column %d: live '%s', replay '%s'", row, column,
				 live->cell[row][column].text, cell.text);
		}
}

static void record_live(const char *const *keys)
{
	const struct term_options options = { .rows = ROWS, .cols = COLUMNS, .env = utc };
	const char *const arguments[] = { "-d", "0.05", "--record", recording.path, NULL };
	struct session session;

	session_settle(&session, "web3", &options, arguments, WEB3_SETTLED);
	for (; *keys; keys += 2)
		session_press(&session, keys[0], keys[1]);
	for (int step = 1; step <= STEPS; step++) {
		moving_step(&session, step);
		take(&pictures[step], session.term);
	}
	session_quit(&session);
	session_close(&session);
}

/* From the end, which is reached first, to each instant in turn, near ones and far ones. */
static void compare_instants(const char *const *keys)
{
	static const struct {
		const char *keys;
		int instant;
	} moves[] = {
		{ "[", STEPS - 1 }, { "[[", STEPS - 3 }, { "]", STEPS - 2 }, { "\033[F", STEPS },
		{ "\033[H]]", 1 },  { "]]", 3 },	 { "[", 2 },	     { "\033[F", STEPS },
	};
	const char *const arguments[] = { "-d", "0.05", NULL };
	struct term *term = replay(&taller, arguments);
	char load[24];

	press(term, "\033[F", "the recording ends here");
	for (; *keys; keys += 2)
		press(term, keys[0], keys[1]);
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		snprintf(load, sizeof(load), "load %d.17", moves[i].instant);
		press(term, moves[i].keys, load);
		compare(&pictures[moves[i].instant], term);
	}
	quit(term);
}

static void each_instant_looks_as_it_did(void **state)
{
	static const char *const none[] = { NULL };

	(void)state;
	record_live(none);
	compare_instants(none);
}

/* With an order that was chosen, a selection, and the graphs of a whole screen. */
static void zoomed_panes_do_too(void **state)
{
	static const char *const graphs[] = { "\033[Z", "FAULTS", "z", "Esc", NULL };
	static const char *const table[] = { "\t", "FAULTS", "zr", "Esc", NULL };

	(void)state;
	record_live(graphs);
	compare_instants(graphs);
	tear_down(state);
	set_up(state);
	record_live(table);
	compare_instants(table);
}

/* --- keys */

#define SECONDS 200
#define FIRST_S 1795269930ull /* 14:05:30 */

/* A sample a second whose load is its number; two are bad, and nothing was recorded for a minute. */
static void record_seconds(void)
{
	struct record_note quiet = { 0 }, bad = { 1, "HIGH IO LATENCY" },
			   worst = { 2, "MEMORY STALL" };
	struct sample sample;

	assert_int_equal(sample_init(&sample), 0);
	recording_open(&recording);
	for (unsigned i = 1; i <= SECONDS; i++) {
		uint64_t ns = (i + (i > 150 ? 60 : 0)) * NS_PER_S;

		recording_sample(&sample, i);
		sample.mono_ns = sample.boot_ns = 1000 * NS_PER_S + ns;
		sample.real_ns = (FIRST_S - 1) * NS_PER_S + ns;
		sample.loadavg.load1_centi = i;
		assert_int_equal(record_put(recording.record, &sample,
					    i == 50    ? &bad
					    : i == 120 ? &worst
						       : &quiet),
				 0);
	}
	recording_close(&recording);
	sample_release(&sample);
}

static void time_keys_reach_over_all_of_it(void **state)
{
	struct term *term;

	(void)state;
	record_seconds();
	term = replay(&taller, NULL);
	press(term, "\033[F", "load 2.00");
	assert_int_equal(term_wait_text(term, "2026-11-21 14:09:49", TERM_WAIT_MS), 0);
	assert_true(term_shows(term, " REPLAY "));
	assert_true(term_shows(term, "test"));
	press(term, "[", "load 1.99");
	press(term, "[", "load 1.98");
	press(term, "]", "load 1.99");
	/* Of the minute before nothing was recorded. */
	press(term, "{", "load 1.51");
	press(term, "{", "load 1.50");
	press(term, "{", "load 0.90");
	press(term, "{", "load 0.30");
	press(term, "}", "load 0.90");
	press(term, "[[[", "load 0.87");
	press(term, "\033[H", "load 0.01");
	assert_true(term_shows(term, " PAUSED"));
	press(term, "[", "the recording begins here");
	press(term, "]", "load 0.02");
	press(term, "\033[F", "load 2.00");
	press(term, "]", "the recording ends here");
	quit(term);
}

static void g_goes_to_a_time(void **state)
{
	struct term *term;

	(void)state;
	record_seconds();
	term = replay(&taller, NULL);
	press(term, " ", "PAUSED");
	press(term, "g14:06:00\r", "load 0.31");
	press(term, "g-10s\r", "load 1.90");
	press(term, "g@1795269932\r", "load 0.03");
	/* Where nothing was recorded: what comes after. */
	press(term, "g2026-11-21 14:08:20\r", "load 1.51");
	press(term, "gnoon\r", "a time is like 14:05");
	press(term, "\033", "go to");
	assert_true(term_shows(term, "load 1.51"));
	press(term, "g\r", "load 1.51");
	press(term, "g2030-01-01\r", "load 2.00");
	quit(term);
}

static void space_plays_and_holds(void **state)
{
	struct term *term;

	(void)state;
	record_seconds();
	term = replay(&taller, NULL);
	assert_int_equal(term_wait_text(term, " PLAY 1x", TERM_WAIT_MS), 0);
	press(term, " ", "PAUSED");
	press(term, "g-190s\r", "load 0.70");
	press(term, " ", " PLAY 1x");
	assert_int_equal(term_wait_text(term, "load 0.71", TERM_WAIT_MS), 0);
	press(term, " ", "PAUSED");
	press(term, "[", "load 0.7");
	quit(term);
}

static void the_speed_goes_up_to_60(void **state)
{
	static const char *const steps[] = { "2x", "5x", "10x", "30x", "60x", "60x" };
	struct term *term;
	char text[16];

	(void)state;
	record_seconds();
	term = replay(&taller, NULL);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		snprintf(text, sizeof(text), " PLAY %s ", steps[i]);
		press(term, ".", text);
	}
	/* 200 seconds in less than the ten that a wait may have. */
	assert_int_equal(term_wait_text(term, "the recording ends here", TERM_WAIT_MS), 0);
	assert_true(term_shows(term, "load 2.00"));
	assert_true(term_shows(term, " END "));
	press(term, "\033[H", "load 0.01");
	press(term, ",", "30 s of the recording in a second");
	press(term, ",,,,,", "1 s of the recording in a second");
	press(term, " ", " PLAY 1x ");
	quit(term);
}

static int column_of(struct term *term, const char *text)
{
	const char *row = term_row(term, ROWS - 1), *at = strstr(row, text);
	int column = 0;

	assert_non_null(at);
	for (; row < at; row++)
		column += (*row & 0xc0) != 0x80;
	return column;
}

static bool strip_is_whole(struct term *term, void *arg)
{
	const char *row = term_row(term, ROWS - 1);

	(void)arg;
	return strstr(row, "!!") && strstr(row, "14:09:49");
}

static void a_strip_shows_all_of_it(void **state)
{
	struct term *term;
	int warned, stalled, begins;

	(void)state;
	record_seconds();
	term = replay(&taller, NULL);
	press(term, " ", "PAUSED");
	press(term, "\033[H", "load 0.01");
	assert_int_equal(term_wait(term, strip_is_whole, NULL, TERM_WAIT_MS), 0);
	assert_true(term_shows(term, "11-21 14:05:30"));
	begins = column_of(term, "<>");
	assert_int_equal(begins, 16);
	warned = column_of(term, "! ");
	stalled = column_of(term, "!!");
	/* Of 259 seconds in 67 parts of two columns the 49th and the 119th; none for a minute. */
	assert_in_range(warned, begins + 2 * 12, begins + 2 * 13);
	assert_in_range(stalled, begins + 2 * 30, begins + 2 * 31);
	assert_true(term_shows(term, "            \u00b7"));
	press(term, "g14:07:30\r", "load 1.21");
	assert_in_range(column_of(term, "<>"), stalled, stalled + 2);
	/* A click goes there. */
	assert_int_equal(term_click(term, ROWS - 1, stalled, 1), 0);
	assert_int_equal(term_wait_text(term, "load 1.1", TERM_WAIT_MS), 0);
	assert_true(term_cell(term, ROWS - 1, stalled).bg.index !=
		    term_cell(term, ROWS - 1, stalled + 4).bg.index);
	assert_int_equal(term_resize(term, 14, 80), 0);
	assert_int_equal(term_wait_gone(term, "11-21 14:05:30", TERM_WAIT_MS), 0);
	quit(term);
}

static void no_process_is_touched(void **state)
{
	struct term *term;

	(void)state;
	record_seconds();
	term = replay(&taller, NULL);
	press(term, "\033[B", "load");
	press(term, "k", "this is a recording: no process is touched");
	press(term, "n", "this is a recording: no process is touched");
	press(term, "d", "a recording has its own delay");
	press(term, "H", "threads are not recorded");
	press(term, "c", "command lines are not recorded");
	quit(term);
}

/* A mark is of an instant: the difference goes on from it, and before it there is none. */
static void a_mark_is_left_behind(void **state)
{
	struct term *term;

	(void)state;
	record_seconds();
	term = replay(&taller, NULL);
	press(term, " g14:06:30\r", "load 0.61");
	press(term, "m", " SINCE 0s ");
	press(term, "]", " SINCE 1s ");
	press(term, "}", " SINCE 1m01s ");
	assert_int_equal(term_keys(term, "\033[H"), 0);
	assert_int_equal(term_wait_text(term, "load 0.01", TERM_WAIT_MS), 0);
	assert_int_equal(term_wait_gone(term, "SINCE", TERM_WAIT_MS), 0);
	quit(term);
}

#define recording_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		recording_test(each_instant_looks_as_it_did),
		recording_test(zoomed_panes_do_too),
		recording_test(time_keys_reach_over_all_of_it),
		recording_test(g_goes_to_a_time),
		recording_test(space_plays_and_holds),
		recording_test(the_speed_goes_up_to_60),
		recording_test(a_strip_shows_all_of_it),
		recording_test(no_process_is_touched),
		recording_test(a_mark_is_left_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
