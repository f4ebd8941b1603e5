/*
 * Whole screens of the real program, cell by cell, against files that were looked at: fixtures are
 * the machine, so every number is known. STALLTOP_EXPECTED=write writes the files anew; read the
 * diff then.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screen/tree.h"

#define SCREEN_MAX 65536

struct shot {
	const char *name; /* of the expected file */
	const char *machine;
	int rows, columns;
	const char *settled; /* the clock of instant 1, in the header: it was taken in */
	const char *keys; /* pressed then */
	const char *after; /* stands there after them */
	const char *const *arguments;
	const char *const *env;
};

static const char *const fast[] = { "-d", "0.05", NULL };
static const char *const ascii[] = { "-d", "0.05", "--ascii", NULL };
static const char *const utc[] = { "TZ=UTC", NULL };
static const char *const c_locale[] = { "TZ=UTC", "LC_ALL=C", NULL };

static const char *const console[] = { "TZ=UTC", "TERM=linux", NULL };

static const struct shot shots[] = {
	{ "web3-80x24", "web3", 24, 80, "15:18:41", "", NULL, fast, utc },
	{ "web3-160x45", "web3", 45, 160, "15:18:41", "", NULL, fast, utc },
	{ "web3-80x50", "web3", 50, 80, "15:18:41", "", NULL, fast, utc },
	{ "web3-ascii-80x24", "web3", 24, 80, "15:18:41", "", NULL, ascii, utc },
	{ "web3-c-locale-160x45", "web3", 45, 160, "15:18:41", "", NULL, fast, c_locale },
	{ "web3-help-80x24", "web3", 24, 80, "15:18:41", "?", "quit", fast, utc },
	{ "web3-memory-80x24", "web3", 24, 80, "15:18:41", "M", "[mem]", fast, utc },
	{ "web3-zoom-160x45", "web3", 45, 160, "15:18:41", "Pz", "PPID", fast, utc },
	{ "web3-cpu-zoomed-80x24", "web3", 24, 80, "15:18:41", "\tz", "max", fast, utc },
	{ "web3-memory-zoomed-80x24", "web3", 24, 80, "15:18:41", "\t\tz", "MemTotal", fast, utc },
	{ "web3-pressure-zoomed-80x24", "web3", 24, 80, "15:18:41", "\t\t\tz", "in all", ascii,
	  utc },
	{ "web3-faults-zoomed-160x45", "web3", 45, 160, "15:18:41", "\t\t\t\t\t\t\t\tz",
	  "nr_free_pages", fast, utc },
	{ "web3-faults-console-80x24", "web3", 24, 80, "15:18:41", "\t\t\t\tz", "nr_free_pages",
	  fast, console },
	{ "quiet-80x24", "quiet", 24, 80, "15:18:41", "", NULL, fast, utc },
	{ "nopsi-80x24", "old310", 24, 80, "11:06:41", "", NULL, fast, utc },
	{ "cpu256-160x45", "cpu256", 45, 160, "02:13:21", "", NULL, fast, utc },
	{ "container-160x45", "container", 45, 160, "09:46:41", "", NULL, fast, utc },
	{ "hostile-80x24", "hostile", 24, 80, "15:18:41", "", NULL, fast, utc },
	{ "hostile-160x45", "hostile", 45, 160, "15:18:41", "", NULL, fast, utc },
};

/* stalltop's own cost is the one thing on the screen that differs from run to run. */
static void mask_cost(char *screen)
{
	char *line_end = strchr(screen, '\n');
	char *ms;

	if (line_end)
		*line_end = '\0';
	ms = strstr(screen, "ms");
	while (ms && ms > screen && strchr("0123456789. ", ms[-1]))
		*--ms = '#';
	if (line_end)
		*line_end = '\n';
}

static bool wrote(const char *path, const char *screen)
{
	const char *mode = getenv("STALLTOP_EXPECTED");
	FILE *file;

	if (!mode || strcmp(mode, "write"))
		return false;
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(screen, file) >= 0);
	assert_int_equal(fclose(file), 0);
	return true;
}

static void compare(const struct shot *shot, const char *screen)
{
	static char expected[SCREEN_MAX];
	const char *fixtures = getenv("STALLTOP_FIXTURES");
	char path[512];
	size_t len;
	FILE *file;

	snprintf(path, sizeof(path), "%s/../screen/expected/%s.txt",
		 fixtures ? fixtures : "tests/fixtures", shot->name);
	if (wrote(path, screen))
		return;
	file = fopen(path, "r");
	assert_non_null(file);
	len = fread(expected, 1, sizeof(expected) - 1, file);
	fclose(file);
	expected[len] = '\0';
	if (strcmp(screen, expected))
		print_error("%s: expected\n%s\nbut the screen is\n%s\n", shot->name, expected,
			    screen);
	assert_string_equal(screen, expected);
}

/* The second interval has begun when its instant is on the screen: the clock in the header tells. */
static void take(const struct shot *shot)
{
	static char screen[SCREEN_MAX];
	struct term_options options = { .rows = shot->rows,
					.cols = shot->columns,
					.env = shot->env };
	struct tree tree;
	struct term *term;

	assert_int_equal(tree_create(&tree, shot->machine, 0), 0);
	term = tree_start(&tree, &options, shot->arguments);
	assert_non_null(term);
	assert_int_equal(term_wait_text(term, "stalltop", TERM_WAIT_MS), 0);
	assert_int_equal(term_wait_quiet(term, 150, TERM_WAIT_MS), 0);
	assert_int_equal(tree_advance(&tree, 1), 0);
	assert_int_equal(term_wait_text(term, shot->settled, TERM_WAIT_MS), 0);
	term_keys(term, shot->keys);
	if (shot->after)
		assert_int_equal(term_wait_text(term, shot->after, TERM_WAIT_MS), 0);
	assert_int_equal(term_wait_quiet(term, 150, TERM_WAIT_MS), 0);
	snprintf(screen, sizeof(screen), "%s", term_screen(term));
	term_close(term);
	tree_remove(&tree);
	mask_cost(screen);
	compare(shot, screen);
}

static void screens_are_as_expected(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(shots) / sizeof(*shots); i++)
		take(&shots[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_are_as_expected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
