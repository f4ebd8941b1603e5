/* Which terminals the program takes, what it says of others, and the bytes that it sends to them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "screen/session.h"

#define RAW_MAX (1 << 20)

static const char *const none[] = { NULL };

static const char *program(void)
{
	const char *path = getenv("STALLTOP");

	return path ? path : "build/stalltop";
}

/* Runs a line of shell in which $0 is the program: it prints this line and no other, and so ends. */
static void assert_says(const char *script, const char *line, int status)
{
	const struct term_options wide = { .rows = 5, .cols = 200 };
	char whole[1024], ended[32];
	char *argv[] = { "sh", "-c", whole, (char *)program(), NULL };
	struct term *term;

	snprintf(whole, sizeof(whole), "%s; echo status=$?; read x", script);
	snprintf(ended, sizeof(ended), "status=%d", status);
	term = term_start(&wide, argv);
	assert_non_null(term);
	assert_int_equal(term_wait_text(term, "status=", TERM_WAIT_MS), 0);
	assert_string_equal(term_row(term, 0), line);
	assert_string_equal(term_row(term, 1), ended);
	assert_string_equal(term_row(term, 2), "");
	assert_false(term_altscreen(term));
	assert_true(term_cursor_visible(term));
	/* That, the line feeds and nothing else was sent: no sequence either. */
	assert_true(term_bytes(term) <= strlen(line) + strlen(ended) + 4);
	term_close(term);
}

static void a_terminal_that_cannot_is_refused_in_one_line(void **state)
{
	(void)state;
	assert_says("unset TERM; $0", "stalltop: TERM is not set; use -b to print rows", 1);
	assert_says("TERM= $0", "stalltop: TERM is not set; use -b to print rows", 1);
	assert_says("TERM=no-such-thing $0",
		    "stalltop: unknown terminal type \"no-such-thing\" in TERM; "
		    "use -b to print rows",
		    1);
	assert_says("TERM=dumb $0",
		    "stalltop: a terminal of type \"dumb\" cannot show a screen; "
		    "use -b to print rows",
		    1);
	/* Hostile, and cleaned before it is shown. */
	assert_says("TERM=$(printf 'x\\033[2Jy') $0",
		    "stalltop: unknown terminal type \"x\uFFFD[2Jy\" in TERM; "
		    "use -b to print rows",
		    1);
}

static void what_is_no_terminal_is_wrong_usage(void **state)
{
	static const char line[] =
		"stalltop: the dashboard needs a terminal: use -b for rows or --json";

	(void)state;
	assert_says("$0 </dev/null", line, 2);
	assert_says("$0 >/dev/null", line, 2);
	assert_says("$0 -o tui </dev/null", line, 2);
	assert_says("$0 | cat; $0 2>/dev/null >/dev/null", line, 2);
}

static void wrong_options_are_wrong_usage(void **state)
{
	static const struct {
		const char *arguments, *line;
	} wrong[] = {
		{ "--no-such", "unknown or ambiguous option '--no-such': --help lists them" },
		{ "-d", "option '-d' needs an argument" },
		{ "-d nan", "delay 'nan' is not a number of seconds from 0.05 to 3600" },
		{ "0,5", "delay '0,5' is not a number of seconds from 0.05 to 3600" },
		{ "-n 0", "count '0' is not a whole number from 1" },
		{ "1 2 3", "too many arguments: '3'" },
		{ "-s nothing", "no sort column 'nothing': -s help lists them" },
		{ "-u nobody-of-that-name", "no user 'nobody-of-that-name'" },
		{ "-o xml", "output 'xml' is not one of tui, rows, json, waybar, none" },
	};
	char script[128], line[128];

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		snprintf(script, sizeof(script), "$0 %s", wrong[i].arguments);
		snprintf(line, sizeof(line), "stalltop: %s", wrong[i].line);
		assert_says(script, line, 2);
	}
}

/* Watches web3 through script(1), which keeps every byte that was sent. The caller frees it. */
static char *record(const struct term_options *options, const char *arguments, size_t *len)
{
	struct session session = { 0 };
	char command[1024], path[] = "/tmp/stalltop-bytes-XXXXXX";
	char *argv[] = { "script", "-q", "-f", "-c", command, path, NULL };
	char *bytes = malloc(RAW_MAX);
	int status = -1, fd = mkstemp(path);
	FILE *file;

	assert_true(fd >= 0 && bytes);
	close(fd);
	assert_int_equal(tree_create(&session.tree, "web3", 0), 0);
	snprintf(command, sizeof(command), "%s -d 0.05 --proc-root=%s/proc --sys-root=%s/sys %s",
		 program(), session.tree.root, session.tree.root, arguments);
	session.term = term_start(options, argv);
	assert_non_null(session.term);
	session_wait(&session, "TOP");
	assert_int_equal(tree_advance(&session.tree, 1), 0);
	session_wait(&session, WEB3_SETTLED);
	session_press(&session, "z", "kworker");
	session_press(&session, "\t", "TOP MEMORY");
	session_press(&session, "?", "HELP");
	term_keys(session.term, "q");
	assert_int_equal(term_exit(session.term, TERM_WAIT_MS, &status), 0);
	assert_int_equal(status, 0);
	file = fopen(path, "r");
	assert_non_null(file);
	*len = fread(bytes, 1, RAW_MAX - 1, file);
	fclose(file);
	unlink(path);
	bytes[*len] = '\0';
	session_close(&session);
	return bytes;
}

static size_t count_beyond_ascii(const struct term_options *options, const char *arguments)
{
	size_t len, count = 0;
	char *bytes = record(options, arguments, &len);

	for (size_t i = 0; i < len; i++)
		count += (unsigned char)bytes[i] > '~';
	free(bytes);
	return count;
}

static void ascii_means_ascii_bytes(void **state)
{
	static const char *const c[] = { "LANG=C", NULL };
	static const char *const latin[] = { "LC_ALL=POSIX", NULL };
	const struct term_options utf8 = { .rows = 30, .cols = 120 };
	const struct term_options plain = { .rows = 30, .cols = 120, .env = c };
	const struct term_options posix = { .rows = 30, .cols = 120, .env = latin };

	(void)state;
	assert_true(count_beyond_ascii(&utf8, "") > 0);
	assert_int_equal(count_beyond_ascii(&utf8, "--ascii"), 0);
	assert_int_equal(count_beyond_ascii(&plain, ""), 0);
	assert_int_equal(count_beyond_ascii(&posix, ""), 0);
}

static bool is_color(long parameter)
{
	return (parameter >= 30 && parameter <= 49) || (parameter >= 90 && parameter <= 107);
}

/* Parameters of CSI ... m that stand for a colour, "the terminal's own" included. */
static size_t count_colors(const struct term_options *options, const char *arguments)
{
	size_t len, count = 0;
	char *bytes = record(options, arguments, &len);

	for (char *at = strstr(bytes, "\033["); at; at = strstr(at, "\033[")) {
		char *end;

		at += 2;
		end = at + strspn(at, "0123456789;:");
		while (*end == 'm' && at < end) {
			count += is_color(strtol(at, &at, 10));
			at += at < end;
		}
	}
	free(bytes);
	return count;
}

static void no_color_means_no_color_bytes(void **state)
{
	static const char *const no_color[] = { "NO_COLOR=1", NULL };
	static const char *const empty[] = { "NO_COLOR=", NULL };
	const struct term_options color = { .rows = 30, .cols = 120 };
	const struct term_options none_wanted = { .rows = 30, .cols = 120, .env = no_color };
	const struct term_options said_empty = { .rows = 30, .cols = 120, .env = empty };

	(void)state;
	assert_true(count_colors(&color, "") > 0);
	assert_true(count_colors(&said_empty, "") > 0);
	assert_int_equal(count_colors(&none_wanted, ""), 0);
	assert_int_equal(count_colors(&color, "--no-color"), 0);
}

struct colors {
	int most; /* the highest palette index */
	int cells; /* that have a colour of their own */
};

static struct colors look_at(struct term *term)
{
	struct colors colors = { -1, 0 };

	for (int row = 0; row < term_rows(term); row++)
		for (int column = 0; column < term_cols(term); column++) {
			struct term_cell cell = term_cell(term, row, column);
			int index = cell.fg.index > cell.bg.index ? cell.fg.index : cell.bg.index;

			colors.cells += !cell.fg.is_default || !cell.bg.is_default;
			if (index > colors.most)
				colors.most = index;
		}
	return colors;
}

static struct colors colors_on(const char *name, const char *variable)
{
	static const char *const fast[] = { "-d", "0.05", NULL };
	const char *const env[] = { variable, NULL };
	const struct term_options options = {
		.rows = 24, .cols = 80, .name = name, .env = variable ? env : none
	};
	struct colors colors;
	struct session session;

	session_settle(&session, "web3", &options, fast, WEB3_SETTLED);
	colors = look_at(session.term);
	/* The marks stay, whatever becomes of the colours. */
	assert_true(term_shows(session.term, "85/s!"));
	assert_true(term_shows(session.term, "12.4!"));
	assert_true(term_shows(session.term, " ! HIGH IO LATENCY"));
	session_quit(&session);
	session_close(&session);
	return colors;
}

static void colors_are_as_many_as_the_terminal_has(void **state)
{
	struct colors colors = colors_on("xterm-256color", NULL);

	(void)state;
	assert_true(colors.most > 15 && colors.cells > 0);
	colors = colors_on("xterm", NULL);
	assert_true(colors.most < 8 && colors.cells > 0);
	colors = colors_on("linux", NULL);
	assert_true(colors.most < 8 && colors.cells > 0);
	assert_int_equal(colors_on("vt100", NULL).cells, 0);
	assert_int_equal(colors_on("vt220", NULL).cells, 0);
	assert_int_equal(colors_on("xterm-256color", "NO_COLOR=1").cells, 0);
}

/* Debian's ncurses-base has no terminal of 16 colours: tic makes one. */
static void sixteen_colors_are_used_as_such(void **state)
{
	static const char entry[] =
		"sixteen|xterm with 16 colours,\n"
		"\tcolors#16, pairs#256, setaf=\\E[%?%p1%{8}%<%t3%p1%d%e%p1%{82}%+%d%;m,\n"
		"\tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e%p1%{92}%+%d%;m, use=xterm,\n";
	char folder[] = "/tmp/stalltop-terminfo-XXXXXX", variable[64], command[256];
	struct colors colors;
	FILE *tic;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(variable, sizeof(variable), "TERMINFO=%s", folder);
	snprintf(command, sizeof(command), "tic -o %s -", folder);
	tic = popen(command, "w");
	assert_non_null(tic);
	assert_true(fputs(entry, tic) >= 0);
	assert_int_equal(pclose(tic), 0);
	colors = colors_on("sixteen", variable);
	assert_in_range(colors.most, 8, 15);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

/* What others name their terminals, as far as Debian's ncurses-base knows them. */
static void other_terminals_show_the_same(void **state)
{
	static const char *const names[] = { "screen-256color", "tmux-256color", "screen", "rxvt",
					     "xterm-mono" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		colors_on(names[i], NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_terminal_that_cannot_is_refused_in_one_line),
		cmocka_unit_test(what_is_no_terminal_is_wrong_usage),
		cmocka_unit_test(wrong_options_are_wrong_usage),
		cmocka_unit_test(ascii_means_ascii_bytes),
		cmocka_unit_test(no_color_means_no_color_bytes),
		cmocka_unit_test(colors_are_as_many_as_the_terminal_has),
		cmocka_unit_test(sixteen_colors_are_used_as_such),
		cmocka_unit_test(other_terminals_show_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
