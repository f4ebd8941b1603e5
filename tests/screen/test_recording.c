/* The program records and replays: what it printed while it recorded is what it prints from the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "screen/session.h"

#define TEXT_MAX (1 << 16)

static char folder[] = "/tmp/stalltop-recording-XXXXXX";

static const char *program(void)
{
	const char *path = getenv("STALLTOP");

	return path ? path : "build/stalltop";
}

/* $P is the program. A line that does not exit with 0 fails the test, and so does another output. */
static void assert_prints(const char *script, const char *expected)
{
	static char text[TEXT_MAX], whole[4096];
	FILE *out;
	size_t len;

	snprintf(whole, sizeof(whole), "P='%s'; cd %s; export TZ=UTC; %s", program(), folder,
		 script);
	out = popen(whole, "r");
	assert_non_null(out);
	len = fread(text, 1, sizeof(text) - 1, out);
	text[len] = '\0';
	pclose(out);
	if (strcmp(text, expected))
		print_error("%s\n", script);
	assert_string_equal(text, expected);
}

/* Runs a process that works, and one after another that begins and ends. */
#define LOAD "(n=0; while [ -e load ] && [ $n -lt 20000 ]; do /bin/true; n=$((n + 1)); done) & "

static void the_replay_says_what_was_said_live(void **state)
{
	(void)state;
	assert_prints("touch load; " LOAD "$P --json -d 0.05 -n 80 --record a.db >live; rm load; "
		      "$P --replay a.db --json >again; wc -l <live; cmp live again && echo same; "
		      "sqlite3 a.db 'pragma integrity_check'",
		      "80\nsame\nok\n");
	assert_prints("touch load; " LOAD
		      "$P --json -d 0.05 -n 70 --source proc --record b.db >live; "
		      "rm load; $P --replay b.db --json >again; cmp live again && echo same",
		      "same\n");
}

/* Each line stands in the recording when the next is there, whatever ends the program. */
static void a_kill_loses_the_last_sample_at_most(void **state)
{
	(void)state;
	assert_prints(
		"touch load; " LOAD "$P --json -d 0.05 --record k.db >live & pid=$!; "
		"while kill -0 $pid && [ $(wc -l <live) -lt 70 ]; do :; done; kill -9 $pid; wait $pid; rm load; "
		"$P --replay k.db --json >again; n=$(wc -l <again); "
		"[ $n -ge $(($(wc -l <live) - 1)) ] && head -$n live | cmp - again && echo same; "
		"sqlite3 k.db 'pragma integrity_check'",
		"same\nok\n");
	/* It can be added to. */
	assert_prints("$P --json -d 0.05 -n 3 --record k.db >live; "
		      "$P --replay k.db --json | tail -3 | cmp - live && echo same; "
		      "$P --replay k.db --json | jq -c 'select(.interval_s == null) | .schema'",
		      "same\n1\n1\n");
}

/* By sqlite3(1), while recording goes on: to the second decimal, which JSON has. */
static void sql_gives_the_same_rates(void **state)
{
	(void)state;
	assert_prints(
		"$P --json -d 0.05 --record s.db >live & pid=$!; "
		"while kill -0 $pid && [ $(wc -l <live) -lt 20 ]; do :; done; "
		"sqlite3 -json s.db 'select time, major_per_s, minor_per_s, "
		"cpu_context_switches_per_s c, memory_free_bytes f, cpu_load1 l, "
		"pressure_cpu_some_now_pct p from rates where sample between 2 and 18' >sql; "
		"[ $(jq length sql) = 17 ] && echo all; "
		"sqlite3 s.db 'select count(*) > 0 from cpu_rates where busy_pct >= 0; "
		"select count(*) > 0 from task_rates where cpu_pct >= 0; "
		"select count(*) from pressure where sample = 2; "
		"select count(*) > 0 from disk_rates'; kill $pid; wait $pid; "
		"jq -c '.[] | [.time, .major_per_s, .minor_per_s, .c, .f, .l, .p]' sql | "
		"jq -c 'map(if type == \"number\" then . * 100 + 0.5 | floor else . end)' >one; "
		"sed -n 2,18p live | jq -c '[.time, .faults.major_per_s, .faults.minor_per_s, "
		".cpu.context_switches_per_s, .memory.free_bytes, .cpu.load1, "
		".pressure.cpu.some.now_pct]' | "
		"jq -c 'map(if type == \"number\" then . * 100 + 0.5 | floor else . end)' >other; "
		"cmp one other && echo same",
		"all\n1\n1\n8\n1\nsame\n");
}

static void a_part_is_chosen_by_time(void **state)
{
	(void)state;
	assert_prints(
		"$P --json -d 0.1 -n 25 --record t.db >live; $P --replay t.db --json -n 3 | wc -l; "
		"b=$(sed -n 10p live | jq -r .time); e=$(sed -n 14p live | jq -r .time); "
		/* The time is cut to a millisecond: the one after it begins. */
		"$P --replay t.db --json --begin $b --end $e >part; sed -n 10,13p live >want; "
		"cmp part want && echo same; "
		"$P --replay t.db --json --begin -1s | jq -s 'length >= 9 and length <= 11'; "
		"$P --replay t.db --json --begin @9999999999 2>&1; echo $?; "
		"$P --replay t.db --json --end @5 2>&1; echo $?; "
		"$P --replay t.db -b | wc -l; $P --replay t.db -b --begin $b --end $e | wc -l",
		"3\nsame\ntrue\nstalltop: the recording has no sample in that time\n1\n"
		"stalltop: the recording has no sample in that time\n1\n26\n6\n");
}

static void what_cannot_be_recorded_is_said(void **state)
{
	(void)state;
	assert_prints(
		"ln -s a.db l.db; $P --json -n 1 --record l.db 2>&1 | sed \"s|$PWD|.|\"; "
		"echo text >x.db; $P --json -n 1 --record x.db 2>&1 | sed \"s|$PWD|.|\"; cat x.db; "
		"$P --json --replay x.db 2>&1; $P --json --replay /nowhere 2>&1; echo $?; "
		"$P --json --replay '' 2>&1; "
		"$P --json -n 1 --record a.db --replay a.db 2>&1; echo $?; "
		"$P --json --replay a.db --source proc 2>&1; echo $?; "
		"$P --json --begin 14:05 2>&1; $P --json --replay a.db --begin soon 2>&1; "
		"$P --json --record y.db --record-keep lots 2>&1; "
		"$P --json --record-keep 2h 2>&1; ls y.db 2>&1",
		"stalltop: ./l.db is a symbolic link\n"
		"stalltop: ./x.db is damaged, or no recording\ntext\n"
		"stalltop: x.db is damaged, or no recording\n"
		"stalltop: /nowhere: No such file or directory\n1\n"
		"stalltop: '' is no name of a file\n"
		"stalltop: --record is of this machine, and --replay of a recording\n2\n"
		"stalltop: --source is of this machine, and --replay of a recording\n2\n"
		"stalltop: --begin and --end choose a part of --replay FILE\n"
		"stalltop: 'soon' is no time like 14:05, 2026-11-20 14:05:30, @1795269930 or "
		"-10m\n"
		"stalltop: 'lots' is neither a time (90s, 30m, 24h, 7d) nor a size (500M)\n"
		"stalltop: --record-keep goes with --record FILE\n"
		"ls: cannot access 'y.db': No such file or directory\n");
}

/* It says so once on standard error, and the stream goes on. */
static void a_write_that_fails_is_said_once(void **state)
{
	(void)state;
	assert_prints(
		"mkdir full; mount -t tmpfs -o size=600k none full 2>/dev/null || "
		"{ echo '9 100'; exit; }; "
		"$P --json -d 0.05 -n 100 --record full/f.db 2>err | wc -l >lines; umount full; "
		"grep -c 'not recorded: No space left on device' err >once; "
		"grep -q '[0-9] samples were not recorded' err && echo \"9 $(cat lines)\"; "
		"[ $(cat once) = 1 ] || cat err",
		"9 100\n");
}

static void the_dashboard_records_and_plays(void **state)
{
	static char path[128];
	const struct term_options options = { .rows = 45, .cols = 160 };
	const char *const live[] = { "-d", "0.1", "--record", path, NULL };
	char *const past[] = { (char *)program(), "--replay", path, NULL };
	struct session session;
	struct term *term;

	(void)state;
	snprintf(path, sizeof(path), "%s/web3.db", folder);
	session_settle(&session, "web3", &options, live, WEB3_SETTLED);
	session_quit(&session);
	session_close(&session);
	term = term_start(&options, past);
	assert_non_null(term);
	assert_int_equal(term_wait_text(term, "the recording ends here", TERM_WAIT_MS), 0);
	assert_true(term_shows(term, WEB3_SETTLED));
	assert_true(term_shows(term, "firefox"));
	/* Its names are those of the machine that was recorded. */
	assert_true(term_shows(term, "app"));
	/* And its past is there. */
	assert_int_equal(term_keys(term, "["), 0);
	assert_int_equal(term_wait_gone(term, WEB3_SETTLED, TERM_WAIT_MS), 0);
	assert_int_equal(term_keys(term, "q"), 0);
	assert_int_equal(term_exit(term, TERM_WAIT_MS, NULL), 0);
	term_close(term);
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_replay_says_what_was_said_live),
		cmocka_unit_test(a_kill_loses_the_last_sample_at_most),
		cmocka_unit_test(sql_gives_the_same_rates),
		cmocka_unit_test(a_part_is_chosen_by_time),
		cmocka_unit_test(what_cannot_be_recorded_is_said),
		cmocka_unit_test(a_write_that_fails_is_said_once),
		cmocka_unit_test(the_dashboard_records_and_plays),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
