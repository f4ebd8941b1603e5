/* The settings file at work: what it changes, what it says of a bad line, and how it is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "screen/session.h"
#include "ui/themes.h"

static char folder[64];
static char xdg[96], option[128], file[96]; /* XDG_CONFIG_HOME=..., --config=..., the file itself */
static const char *const usual[] = { "TZ=UTC", xdg, NULL };
static const char *const fast[] = { "-d", "0.05", NULL };
static const char *const given[] = { option, NULL };

static int make_folder(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/stalltop-settings-XXXXXX");
	if (!mkdtemp(folder) || chmod(folder, 0755))
		return -1;
	snprintf(xdg, sizeof(xdg), "XDG_CONFIG_HOME=%s", folder);
	snprintf(file, sizeof(file), "%s/stalltop", folder);
	if (mkdir(file, 0755))
		return -1;
	snprintf(file, sizeof(file), "%s/stalltop/config", folder);
	snprintf(option, sizeof(option), "--config=%s", file);
	return 0;
}

static int remove_folder(void **state)
{
	static const char *const names[] = { "/stalltop/config", "/stalltop/config.bak",
					     "/stalltop", "" };
	char path[96];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", folder, names[i]);
		remove(path);
	}
	return 0;
}

static void put(const char *text)
{
	FILE *to = fopen(file, "w");

	assert_non_null(to);
	assert_true(fputs(text, to) >= 0);
	assert_int_equal(fclose(to), 0);
}

static const char *written(void)
{
	static char text[16384];
	FILE *from = fopen(file, "r");

	assert_non_null(from);
	text[fread(text, 1, sizeof(text) - 1, from)] = '\0';
	fclose(from);
	return text;
}

static struct term_cell cell_of(struct session *session, const char *text)
{
	int row, column;

	assert_true(term_find(session->term, text, &row, &column));
	return term_cell(session->term, row, column);
}

static struct look look_in(enum theme_id theme, enum color_depth depth, enum style style)
{
	const struct palette palette = { .theme = theme };

	return palette_look(&palette, depth, style, false);
}

static void assert_look(struct term_cell cell, struct look look)
{
	assert_int_equal(cell.fg.is_default ? COLOR_DEFAULT : cell.fg.index, look.fg);
	assert_int_equal(cell.bg.is_default ? COLOR_DEFAULT : cell.bg.index, look.bg);
	assert_int_equal(cell.bold, !!(look.attrs & LOOK_BOLD));
	assert_int_equal(cell.reverse, !!(look.attrs & LOOK_REVERSE));
}

static void a_file_changes_the_dashboard(void **state)
{
	const struct term_options small = { .rows = 24, .cols = 80, .env = usual };
	int pressure, cpu;
	struct session session;

	(void)state;
	put("[general]\ndelay = 0.05\ntheme = colorblind\nunits = decimal\n"
	    "[panes]\nshow = pressure cpu faults\ntables = cpu faults\n"
	    "[columns]\ncpu = pid cpu rss min\n[sort]\ncpu = min\n"
	    "[alerts]\ncontext_switches = 6000 -\n[keys]\nzoom = f\n");
	session_settle(&session, "web3", &small, given, WEB3_SETTLED);
	session_wait(&session, " 0.05s ");
	session_wait(&session, "TOP [cpu] faults ");
	session_wait(&session, "PID   CPU%    RSS MIN/s\u25be  COMMAND");
	assert_false(term_shows(session.term, "MEMORY \u00b7"));
	assert_true(term_find(session.term, "\u2500 PRESSURE ", &pressure, NULL));
	assert_true(term_find(session.term, "\u2500 CPU 2 ", &cpu, NULL));
	assert_true(pressure < cpu);
	assert_look(cell_of(&session, "85/s!"), look_in(THEME_COLORBLIND, DEPTH_256, STYLE_WARN));
	/* Below the threshold that was set. */
	assert_true(term_shows(session.term, "5,431 "));
	assert_false(term_shows(session.term, "5,431!"));
	/* 96.0M and 6.1G by 1024. */
	session_wait(&session, "   101M ");
	session_wait(&session, "   6.5G ");
	session_press(&session, "f", "Esc back");
	session_press_gone(&session, "f", "Esc back");
	session_quit(&session);
	session_close(&session);
}

static void the_command_line_goes_before_the_file(void **state)
{
	static const char *const arguments[] = { option, "-d", "0.05", "-s", "rss", NULL };
	const struct term_options small = { .rows = 24, .cols = 80, .env = usual };
	struct session session;

	(void)state;
	put("delay = 3000\n[sort]\ncpu = min\nmemory = pid\n");
	session_settle(&session, "web3", &small, arguments, WEB3_SETTLED);
	session_wait(&session, " 0.05s ");
	session_wait(&session, "[mem]");
	session_wait(&session, "RSS\u25be");
	session_press(&session, "M", "PID\u25be");
	session_quit(&session);
	session_close(&session);
}

static void a_bad_line_is_named_and_the_rest_works(void **state)
{
	const struct term_options large = { .rows = 45, .cols = 160, .env = usual };
	struct session session;

	(void)state;
	/* In the usual place. */
	put("[general]\ndelay = never\ntheme = colorblind\n[colors]\nwarn = \033[31mred\n");
	session_settle(&session, "web3", &large, fast, WEB3_SETTLED);
	session_wait(&session, "config:2: delay = never: not a number of seconds");
	session_wait(&session, "(and 1 more); ? has all of it");
	assert_look(cell_of(&session, "85/s!"), look_in(THEME_COLORBLIND, DEPTH_256, STYLE_WARN));
	session_press(&session, "?", "stalltop/config");
	session_wait(&session, "line 2: delay = never: not a number of seconds from");
	session_wait(&session, "line 5: not text");
	session_quit(&session);
	session_close(&session);
}

static void vi_keys_move_on_the_real_screen(void **state)
{
	const struct term_options small = { .rows = 24, .cols = 80, .env = usual };
	struct session session;

	(void)state;
	put("keys = vi\ndelay = 0.05\n");
	session_settle(&session, "web3", &small, given, WEB3_SETTLED);
	session_press(&session, "jjx", "SIGNAL TO 88 kswapd0");
	session_press_gone(&session, "q", "SIGNAL TO");
	session_press(&session, "kx", "SIGNAL TO 1234 python3");
	session_press_gone(&session, "\033", "SIGNAL TO");
	session_quit(&session);
	session_close(&session);
}

/* What each theme makes of a warning, and of the screen where nothing stands. */
static void step_through_themes(const struct term_options *options, enum color_depth depth)
{
	struct session session;

	session_settle(&session, "web3", options, fast, WEB3_SETTLED);
	for (int step = 1; step <= THEME_COUNT; step++) {
		enum theme_id theme = (enum theme_id)(step % THEME_COUNT);
		char said[32];

		snprintf(said, sizeof(said), "theme %s: ", themes[theme].name);
		session_press(&session, "O", said);
		assert_look(cell_of(&session, "85/s!"), look_in(theme, depth, STYLE_WARN));
		assert_look(cell_of(&session, "12.4!"), look_in(theme, depth, STYLE_WARN));
		assert_look(term_cell(session.term, 1, 60),
			    look_in(theme, depth, STYLE_BANNER_WARN));
		assert_int_equal(cell_of(&session, "cache").bg.is_default, theme != THEME_CONTRAST);
	}
	session_quit(&session);
	session_close(&session);
}

static void o_goes_to_the_next_theme(void **state)
{
	struct term_options options = { .rows = 24, .cols = 80, .env = usual };

	(void)state;
	step_through_themes(&options, DEPTH_256);
	options.name = "xterm";
	step_through_themes(&options, DEPTH_8);
}

/* Debian's base has no terminal of 16 colours: one is made, of the same name, for this program. */
static void of_sixteen_colours_too(void **state)
{
	char variable[96], command[400];
	const char *const env[] = { xdg, variable, NULL };
	const struct term_options options = { .rows = 24, .cols = 80, .env = env };

	(void)state;
	snprintf(variable, sizeof(variable), "TERMINFO=%s", folder);
	snprintf(command, sizeof(command),
		 "infocmp -x xterm-256color | sed 's/colors#[^,]*/colors#16/' >%s/entry; "
		 "cd %s && tic -x -o . entry && rm entry",
		 folder, folder);
	assert_int_equal(system(command), 0);
	step_through_themes(&options, DEPTH_16);
	snprintf(command, sizeof(command), "rm -r %s/x", folder);
	assert_int_equal(system(command), 0);
}

static void without_colours_there_is_no_theme(void **state)
{
	static const char *const env[] = { "NO_COLOR=1", NULL };
	const struct term_options small = { .rows = 24, .cols = 80, .env = env };
	static const char *const arguments[] = { option, "-d", "0.05", NULL };
	struct session session;

	(void)state;
	put("theme = contrast\n[colors]\nwarn = red\n");
	session_settle(&session, "web3", &small, arguments, WEB3_SETTLED);
	assert_true(cell_of(&session, "85/s!").fg.is_default);
	assert_true(cell_of(&session, "cache").bg.is_default);
	session_press(&session, "O", "there are no colours");
	session_quit(&session);
	session_close(&session);
}

static void s_writes_the_settings(void **state)
{
	const struct term_options small = { .rows = 24, .cols = 80, .env = usual };
	struct session session;

	(void)state;
	session_settle(&session, "web3", &small, fast, WEB3_SETTLED);
	assert_int_equal(access(file, F_OK), -1);
	session_press(&session, "O", "theme colorblind");
	session_press(&session, "<", "S\u25be");
	session_press(&session, "S", "settings written to ");
	assert_non_null(strstr(written(), "\ntheme = colorblind\n"));
	assert_non_null(strstr(written(), "\ndelay = 0.05\n"));
	assert_non_null(strstr(written(), "\ncpu = state\n"));
	assert_non_null(strstr(written(), "\n#memory = rss\n"));
	session_press(&session, "S", "says so already");
	session_quit(&session);
	session_close(&session);

	session_settle(&session, "web3", &small, NULL, WEB3_SETTLED);
	session_wait(&session, " 0.05s ");
	assert_look(cell_of(&session, "85/s!"), look_in(THEME_COLORBLIND, DEPTH_256, STYLE_WARN));
	session_quit(&session);
	session_close(&session);
}

/* --- without a screen; $P is the program on a copied machine, $C the file */

static int shell(const char *script, char *text, size_t cap)
{
	const char *program = getenv("STALLTOP"), *fixtures = getenv("STALLTOP_FIXTURES");
	char whole[2048];
	FILE *out;

	snprintf(whole, sizeof(whole),
		 "P='%s --proc-root=%s/web3/1/proc --sys-root=%s/web3/1/sys'; C=%s; unset HOME; %s",
		 program ? program : "build/stalltop", fixtures ? fixtures : "tests/fixtures",
		 fixtures ? fixtures : "tests/fixtures", file, script);
	out = popen(whole, "r");
	assert_non_null(out);
	text[fread(text, 1, cap - 1, out)] = '\0';
	return WEXITSTATUS(pclose(out));
}

static void assert_prints(const char *script, int status, const char *expected)
{
	char text[8192];

	assert_int_equal(shell(script, text, sizeof(text)), status);
	assert_string_equal(text, expected);
}

static void streams_follow_the_thresholds(void **state)
{
	(void)state;
	put("[alerts]\nload = 9 99\ndirty = 0.5 0.7\n");
	assert_prints("$P --json -n 1 | jq -c '[.alerts[].name]'", 0,
		      "[\"memory_high\",\"load\"]\n");
	assert_prints("$P --json -n 1 --config $C | jq -c '[.alerts[]|[.name,.threshold]]'", 0,
		      "[[\"dirty\",0.7],[\"memory_high\",20]]\n");
}

static void a_stream_says_what_is_wrong_on_stderr(void **state)
{
	char text[8192], expected[256];

	(void)state;
	put("delay = 0.05\n[alerts]\nload = high\nno = 1\n");
	assert_int_equal(shell("$P --json -n 1 --config $C 2>&1 >/dev/null", text, sizeof(text)),
			 0);
	snprintf(expected, sizeof(expected),
		 "stalltop: %s:3: load = high: not two numbers, - for never; ", file);
	assert_memory_equal(text, expected, strlen(expected));
	snprintf(expected, sizeof(expected), "stalltop: %s:4: there is no 'no' in [alerts]\n",
		 file);
	assert_non_null(strstr(text, expected));
	/* The line is still JSON, and nothing else is. */
	assert_prints("$P --json -n 1 --config $C 2>/dev/null | jq .schema", 0, "1\n");
}

static void a_file_that_cannot_be_read_ends_it(void **state)
{
	char text[512], expected[160];

	(void)state;
	snprintf(expected, sizeof(expected), "stalltop: %s: No such file or directory\n", file);
	assert_int_equal(shell("$P --json -n 1 --config $C 2>&1", text, sizeof(text)), 1);
	assert_string_equal(text, expected);
	assert_prints("$P --json --config /dev/zero -n 1 2>&1", 1,
		      "stalltop: /dev/zero: not a regular file\n");
	snprintf(expected, sizeof(expected), "stalltop: %s: not a regular file\n", file);
	assert_int_equal(shell("mkfifo $C; $P --json -n 1 --config $C 2>&1", text, sizeof(text)),
			 1);
	assert_string_equal(text, expected);
	/* As the usual file it is said, and the work goes on; nothing there is nothing to say. */
	snprintf(expected, sizeof(expected), "stalltop: %s: not a regular file: not read\n1\n",
		 file);
	assert_int_equal(
		shell("export XDG_CONFIG_HOME=${C%/*/*}; ($P --json -n 1 | jq .schema) 2>&1", text,
		      sizeof(text)),
		0);
	assert_string_equal(text, expected);
	assert_prints("export XDG_CONFIG_HOME=/nowhere; $P --json -n 1 2>&1 | jq .schema", 0,
		      "1\n");
	/* Never from here, unasked. */
	assert_prints("rm $C; cd ${C%/*/*}; echo delay = 3 >config; echo bad >stalltop/config;"
		      "export XDG_CONFIG_HOME=.; $P --json -n 1 2>&1 | jq .schema; rm config",
		      0, "1\n");
}

static void the_settings_are_written_without_a_screen(void **state)
{
	char text[512], expected[160];

	(void)state;
	snprintf(expected, sizeof(expected), "settings written to %s\n", file);
	assert_int_equal(
		shell("$P --write-config --config $C -d 2.5 -s maj --ascii 2>&1 </dev/null", text,
		      sizeof(text)),
		0);
	assert_string_equal(text, expected);
	assert_non_null(strstr(written(), "\ndelay = 2.5\n"));
	assert_non_null(strstr(written(), "\nascii = yes\n"));
	assert_non_null(strstr(written(), "\n#theme = default\n"));
	assert_prints("$P --write-config 2>&1", 1,
		      "stalltop: not written: neither HOME nor XDG_CONFIG_HOME is set\n");
}

#define folder_test(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		folder_test(a_file_changes_the_dashboard),
		folder_test(the_command_line_goes_before_the_file),
		folder_test(a_bad_line_is_named_and_the_rest_works),
		folder_test(vi_keys_move_on_the_real_screen),
		folder_test(o_goes_to_the_next_theme),
		folder_test(of_sixteen_colours_too),
		folder_test(without_colours_there_is_no_theme),
		folder_test(s_writes_the_settings),
		folder_test(streams_follow_the_thresholds),
		folder_test(a_stream_says_what_is_wrong_on_stderr),
		folder_test(a_file_that_cannot_be_read_ends_it),
		folder_test(the_settings_are_written_without_a_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
