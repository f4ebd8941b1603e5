#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/options.h"

#define WORDS_MAX 8

/* Parses "word word"; the first word of argv is added. */
static int parse_on(struct options *options, const char *line, bool tty, char *why, size_t cap)
{
	static char text[512];
	char *argv[WORDS_MAX + 2] = { "stalltop" };
	int argc = 1;

	snprintf(text, sizeof(text), "%s", line);
	for (char *word = text; *word && argc <= WORDS_MAX;) {
		size_t len = strcspn(word, " ");

		argv[argc++] = word;
		word += len;
		if (*word)
			*word++ = '\0';
	}
	memset(why, 'x', cap);
	why[0] = '\0';
	return options_parse(options, argc, argv, tty, why, cap);
}

static struct options good(const char *line)
{
	struct options options;
	char why[256];

	if (parse_on(&options, line, true, why, sizeof(why)))
		fail_msg("%s: %s", line, why);
	assert_string_equal(why, "");
	return options;
}

/* A wrong line names the word that is wrong. */
static void bad(const char *line, const char *word)
{
	struct options options;
	char why[256];

	if (parse_on(&options, line, true, why, sizeof(why)) != -EINVAL)
		fail_msg("'%s' was taken", line);
	if (!strstr(why, word))
		fail_msg("'%s': \"%s\" does not name \"%s\"", line, why, word);
	assert_null(strchr(why, '\n'));
}

static void defaults(void **state)
{
	struct options options = good("");

	(void)state;
	assert_int_equal(options.command, COMMAND_RUN);
	assert_int_equal(options.output, OUTPUT_TUI);
	assert_true(options.delay_s == 1.0);
	assert_int_equal(options.count, 0);
	assert_int_equal(options.bench, 0);
	assert_false(options.sort_given || options.no_color || options.ascii);
	assert_null(options.user);
	assert_string_equal(options.collector.proc_root, "/proc");
	assert_string_equal(options.collector.sys_root, "/sys");
}

static void delays(void **state)
{
	static const struct {
		const char *text;
		double delay_s;
	} taken[] = {
		{ "0.05", 0.05 },  { "3600", 3600 },  { "1e1", 10 }, { ".5", 0.5 },
		{ "2.", 2 },	   { "5e-2", 0.05 },  { "1E0", 1 },  { "00001", 1 },
		{ "3.6e3", 3600 }, { "0.050", 0.05 },
	};
	static const char *const refused[] = {
		"0",  "0.0499999", "3600.001", "3601", "1e9", "1e999", "nan", "NAN", "inf", "0x10",
		"1s", "1,5",	   "1.5.5",    "1e",   "e1",  ".",     "-",   "+1",  "1-1", "one",
	};
	char line[64];

	(void)state;
	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++) {
		static const char *const forms[] = { "-d %s", "-d%s", "--delay %s", "--delay=%s",
						     "%s" };

		for (size_t f = 0; f < sizeof(forms) / sizeof(*forms); f++) {
			snprintf(line, sizeof(line), forms[f], taken[i].text);
			assert_true(good(line).delay_s == taken[i].delay_s);
		}
	}
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		snprintf(line, sizeof(line), "-d %s", refused[i]);
		bad(line, refused[i]);
		if (refused[i][0] == '-')
			continue;
		snprintf(line, sizeof(line), "%s", refused[i]);
		bad(line, "0.05 to 3600");
	}
	bad("-d -1", "'-1'");
	bad("-1", "'-1'");
	bad("--delay=", "''");
}

static void counts(void **state)
{
	static const char *const refused[] = { "0",   "-1",  "+1",
					       "1.5", "1e3", "x",
					       "1x",  "0x1", "99999999999999999999999" };
	static const char *const options[] = { "-n", "--bench" };
	char line[64];

	(void)state;
	assert_int_equal(good("-n 1").count, 1);
	assert_int_equal(good("--count=1000000").count, 1000000);
	assert_int_equal(good("1 7").count, 7);
	assert_int_equal(good("--bench 50").bench, 50);
	assert_int_equal(good("--bench 50").count, 0);
	for (size_t o = 0; o < sizeof(options) / sizeof(*options); o++)
		for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
			snprintf(line, sizeof(line), "%s %s", options[o], refused[i]);
			bad(line, refused[i]);
		}
	bad("1 0", "'0'");
	bad("1 x", "'x'");
	bad("1 2 3", "'3'");
	bad("1 2 3 4", "'3'");
}

static void outputs(void **state)
{
	(void)state;
	assert_int_equal(good("-b").output, OUTPUT_ROWS);
	assert_int_equal(good("--batch").output, OUTPUT_ROWS);
	assert_int_equal(good("--json").output, OUTPUT_JSON);
	assert_int_equal(good("-o rows").output, OUTPUT_ROWS);
	assert_int_equal(good("-ojson").output, OUTPUT_JSON);
	assert_int_equal(good("--output=tui").output, OUTPUT_TUI);
	assert_int_equal(good("-o waybar").output, OUTPUT_WAYBAR);
	assert_int_equal(good("-b --json").output, OUTPUT_JSON); /* the last one */
	assert_int_equal(good("-o none --listen 9750").output, OUTPUT_NONE);
	assert_int_equal(good("-o none --record a.db").output, OUTPUT_NONE);
	bad("-o none", "--listen or --record");
	bad("-o none --replay a.db", "--listen or --record");
	bad("-o xml", "'xml'");
	bad("-o ''", "''");
	bad("-o Rows", "'Rows'");
}

static void other_options(void **state)
{
	struct options options;

	(void)state;
	options = good("-s rss");
	assert_true(options.sort_given);
	assert_int_equal(options.sort, COL_RSS);
	for (int i = 0; i < COLUMN_COUNT; i++) {
		char line[64];

		snprintf(line, sizeof(line), "--sort=%s", task_columns[i].key);
		assert_int_equal(good(line).sort, i);
	}
	bad("-s nothing", "'nothing'");
	bad("-s nothing", "-s help");
	assert_string_equal(good("-u app").user, "app");
	assert_string_equal(good("--user=0").user, "0");
	assert_string_equal(good("--proc-root /p --sys-root=/s").collector.proc_root, "/p");
	assert_string_equal(good("--proc-root /p --sys-root=/s").collector.sys_root, "/s");
	assert_true(good("--no-color").no_color);
	assert_true(good("--ascii").ascii);
	assert_true(good("-t").timestamp && good("-b --timestamp").timestamp);
	assert_false(options.timestamp);
	assert_true(options.memory_unit == 1024 && good("-SK").memory_unit == 1024);
	assert_true(good("-S k").memory_unit == 1000);
	assert_true(good("--unit m").memory_unit == 1000000);
	assert_true(good("--unit=M").memory_unit == 1048576);
	bad("-S G", "'G'");
	bad("-S KB", "'KB'");
	assert_true(good("--no-mouse").no_mouse);
	assert_false(good("--ascii").no_mouse);
	/* top(1) takes several: here one is silently all that there would be. */
	assert_int_equal(good("-p 12").pid, 12);
	bad("-p 12 -p 34", "-p is given twice: it takes one process, with its descendants");
	good("--source auto");
	good("--source=proc");
	good("--source bpf");
	good("--no-waits");
	good("--profile 2");
	bad("--profile 0", "'0'");
	bad("--source ebpf", "'ebpf'");
	bad("--source=", "''");
	options = good("-bd2 -n3 -u app");
	assert_int_equal(options.output, OUTPUT_ROWS);
	assert_true(options.delay_s == 2.0 && options.count == 3);
}

static void listening(void **state)
{
	struct options options = good("--listen 127.0.0.1:9750 --listen-top");

	(void)state;
	assert_int_equal(options.listen.port, 9750);
	assert_true(options.listen_top);
	assert_int_equal(good("").listen.port, 0);
	bad("--listen 0", "'0'");
	bad("--listen localhost:1", "'localhost:1'");
	bad("--listen-top", "--listen");
	bad("--listen 1 --bench 5", "--bench");
	bad("--listen 1 --profile 5", "--profile");
}

static void commands_win(void **state)
{
	static const struct {
		const char *word;
		enum command command;
	} commands[] = {
		{ "-h", COMMAND_HELP },
		{ "--help", COMMAND_HELP },
		{ "-V", COMMAND_VERSION },
		{ "--version", COMMAND_VERSION },
		{ "--list-metrics", COMMAND_METRICS },
		{ "-s help", COMMAND_SORT_HELP },
		{ "--sort=help", COMMAND_SORT_HELP },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		struct options options;
		char line[64], why[256];

		assert_int_equal(good(commands[i].word).command, commands[i].command);
		/* Whatever follows, and without a terminal. */
		snprintf(line, sizeof(line), "%s --nonsense x", commands[i].word);
		assert_int_equal(parse_on(&options, line, false, why, sizeof(why)), 0);
		assert_int_equal(options.command, commands[i].command);
	}
}

static void recordings(void **state)
{
	static const char *const wrong[] = { "",   "24",  "0h", "24H", "h",    "500m1",	  "M",
					     "0M", "5MB", "5P", "-5M", "1.5G", "9999999G" };
	char line[64];

	(void)state;
	assert_string_equal(good("--record a.db").record, "a.db");
	assert_null(good("").record);
	assert_int_equal(good("--record a --record-keep 24h").keep_ns, 86400 * 1000000000ull);
	assert_int_equal(good("--record a --record-keep 30m").keep_ns, 1800 * 1000000000ull);
	assert_int_equal(good("--record a --record-keep 30M").keep_bytes, 30 << 20);
	assert_int_equal(good("--record a --record-keep 2G").keep_bytes, 2ull << 30);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		snprintf(line, sizeof(line), "--record a --record-keep=%s", wrong[i]);
		bad(line, "neither a time");
	}
	bad("--record-keep 24h", "--record FILE");
	bad("--record a --bench 3", "--bench");
	assert_string_equal(good("--replay a --begin -10m --end=14:05").begin, "-10m");
	assert_string_equal(good("--replay a --begin -10m --end=14:05").end, "14:05");
	bad("--begin -10m", "--replay");
	bad("--replay a --begin noon", "'noon'");
	bad("--replay a --record b", "--record");
	bad("--replay a --bench 3", "--bench");
	bad("--replay a --source proc", "--source");
	bad("--replay a --no-waits", "--no-waits");
	bad("--replay a --proc-root /p", "--proc-root");
	bad("--replay a --sys-root /s", "--sys-root");
	bad("--replay a --json --listen 9750", "--listen");
	assert_false(good("--replay a").delay_given);
	assert_true(good("--replay a -d 1").delay_given);
	assert_true(good("--replay a 1").delay_given);
}

static void the_list_of_metrics_may_be_json(void **state)
{
	static const char *const lines[] = { "--list-metrics --json", "--json --list-metrics",
					     "--list-metrics --nonsense -o json",
					     "--list-metrics -d x -ojson" };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		assert_int_equal(good(lines[i]).command, COMMAND_METRICS);
		assert_int_equal(good(lines[i]).output, OUTPUT_JSON);
	}
	assert_int_equal(good("--list-metrics").output, OUTPUT_TUI);
	assert_int_equal(good("--list-metrics --help").command, COMMAND_METRICS);
	assert_int_equal(good("--help --json").output, OUTPUT_TUI);
}

static void what_is_wrong_is_named(void **state)
{
	static const char *const with_argument[] = {
		"-d",	      "--delay", "-n", "--count", "-o",	      "--output",
		"-s",	      "--sort",	 "-u", "--user",  "--source", "--proc-root",
		"--sys-root", "--bench", "-S", "--unit"
	};
	static const char *const without[] = { "--timestamp", "--batch", "--json", "--list-metrics",
					       "--no-color",  "--ascii", "--help", "--version" };
	char line[64];

	(void)state;
	for (size_t i = 0; i < sizeof(with_argument) / sizeof(*with_argument); i++) {
		bad(with_argument[i], with_argument[i]);
		bad(with_argument[i], "needs an argument");
	}
	for (size_t i = 0; i < sizeof(without) / sizeof(*without); i++) {
		snprintf(line, sizeof(line), "%s=yes", without[i]);
		bad(line, without[i]);
		bad(line, "takes no argument");
	}
	bad("-x", "'-x'");
	bad("-bx", "'-x'");
	bad("--nonsense", "'--nonsense'");
	bad("--nonsense=1", "'--nonsense=1'");
	bad("--s", "'--s'"); /* sort, source, sys-root */
	assert_int_equal(good("--sy /s").command, COMMAND_RUN);
	bad("-- -d", "'-d'");
	assert_true(good("-- 2 3").delay_s == 2.0);
}

static void not_a_terminal(void **state)
{
	struct options options;
	char why[256];

	(void)state;
	assert_int_equal(parse_on(&options, "", false, why, sizeof(why)), -EINVAL);
	assert_non_null(strstr(why, "-b"));
	assert_int_equal(parse_on(&options, "-o tui", false, why, sizeof(why)), -EINVAL);
	assert_int_equal(parse_on(&options, "-b", false, why, sizeof(why)), 0);
	assert_int_equal(parse_on(&options, "--json 1 1", false, why, sizeof(why)), 0);
	assert_int_equal(parse_on(&options, "--bench 3", false, why, sizeof(why)), 0);
}

static void why_is_cut_to_its_room(void **state)
{
	static const char *const before[] = { "-d", "-n", "-o", "-s", "--source", "--bench", NULL };
	size_t len = 128 << 10;
	char *word = malloc(len + 1);

	(void)state;
	assert_non_null(word);
	memset(word, '-', len);
	word[len] = '\0';
	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++) {
		char *argv[4] = { "stalltop", before[i] ? (char *)before[i] : word, word, NULL };
		struct options options;
		char why[64 + 8];

		memset(why, '#', sizeof(why));
		assert_int_equal(options_parse(&options, 3, argv, true, why, 64), -EINVAL);
		assert_in_range(strlen(why), 8, 63);
		assert_memory_equal(why + 64, "########", 8);
	}
	free(word);
}

/* What --help prints is made from the table: each option that it names is taken. */
static void usage_names_what_is_taken(void **state)
{
	static const char *const names[] = {
		"-d, --delay SECS",  "-n, --count N",	  "-b, --batch",	  "--json",
		"-o, --output KIND", "-s, --sort FIELD",  "-u, --user USER",	  "--source KIND",
		"--proc-root DIR",   "--sys-root DIR",	  "--list-metrics",	  "--bench N",
		"-p, --pid PID",     "--readonly",	  "--no-color",		  "--ascii",
		"-h, --help",	     "-V, --version",	  "--no-waits",		  "--profile SECS",
		"--config FILE",     "--write-config",	  "--listen [ADDR:]PORT", "--listen-top",
		"-t, --timestamp",   "-S, --unit UNIT",	  "--slow-link",	  "--no-mouse",
		"--record FILE",     "--record-keep MAX", "--replay FILE",	  "--begin TIME",
		"--end TIME",
	};
	char text[8192], cut[40];
	size_t len = options_usage(text, sizeof(text)), lines = 0;

	(void)state;
	assert_in_range(len, 200, sizeof(text) - 1);
	assert_int_equal(strlen(text), len);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strstr(text, names[i]))
			fail_msg("usage does not name %s", names[i]);
	for (const char *at = text; (at = strstr(at, "--")); at += 2, lines++) {
		struct options options;
		char word[64], why[256];

		snprintf(word, sizeof(word), "%.*s", (int)strcspn(at, " \n"), at);
		parse_on(&options, word, true, why, sizeof(why));
		assert_null(strstr(why, "unknown"));
	}
	assert_int_equal(lines, sizeof(names) / sizeof(*names));
	for (const char *at = text; at; at = strchr(at, '\n')) {
		at += *at == '\n';
		assert_in_range(strcspn(at, "\n"), 0, 100);
	}
	memset(cut, '#', sizeof(cut));
	assert_int_equal(options_usage(cut, 30), len);
	assert_int_equal(strlen(cut), 29);
	assert_int_equal(cut[30], '#');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults),
		cmocka_unit_test(delays),
		cmocka_unit_test(counts),
		cmocka_unit_test(outputs),
		cmocka_unit_test(other_options),
		cmocka_unit_test(listening),
		cmocka_unit_test(commands_win),
		cmocka_unit_test(recordings),
		cmocka_unit_test(the_list_of_metrics_may_be_json),
		cmocka_unit_test(what_is_wrong_is_named),
		cmocka_unit_test(not_a_terminal),
		cmocka_unit_test(why_is_cut_to_its_room),
		cmocka_unit_test(usage_names_what_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
