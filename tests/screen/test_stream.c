/* The program in a pipe: whole lines, a quiet end, errors in one line. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "screen/session.h"

#define TEXT_MAX (1 << 20)
#define ROUNDS 10

static struct tree tree;

static const char *program(void)
{
	const char *path = getenv("STALLTOP");

	return path ? path : "build/stalltop";
}

/* What a line of shell prints; $P is the program, $S the same on a copied machine. */
static int shell(const char *script, char *text, size_t cap)
{
	char whole[2048];
	FILE *out;
	size_t len;

	snprintf(whole, sizeof(whole),
		 "P='%s -d 0.05'; S=\"$P --proc-root=%s/proc --sys-root=%s/sys\"; cd %s; %s",
		 program(), tree.root, tree.root, tree.root, script);
	out = popen(whole, "r");
	assert_non_null(out);
	len = fread(text, 1, cap - 1, out);
	text[len] = '\0';
	return pclose(out);
}

static void assert_prints(const char *script, const char *expected)
{
	static char text[TEXT_MAX];

	shell(script, text, sizeof(text));
	if (strcmp(text, expected))
		print_error("%s\n", script);
	assert_string_equal(text, expected);
}

static void the_count_ends_a_stream(void **state)
{
	(void)state;
	assert_prints("$P --json -n 2 | jq -c '[.schema, .tasks.total > 0]'",
		      "[1,true]\n[1,true]\n");
	assert_prints("$P 0.05 3 -o json | jq -s length", "3\n");
	assert_prints("$S --json -n 1 | jq -c '[.schema, .cpu.load1, .tasks.total]'",
		      "[1,2.42,12]\n");
	assert_prints("$P -b -n 2 | wc -l", "4\n"); /* two lines of headings */
	assert_prints("$P --list-metrics --json | jq -es 'length > 150, (map(.name) | length == "
		      "(unique | length))'",
		      "true\ntrue\n");
	assert_prints("$S --json -n 1 | jq -r '.top | keys | join(\" \")'",
		      "cpu faults io memory waits\n");
}

static void what_is_sorted_and_chosen_shows_in_a_stream(void **state)
{
	(void)state;
	assert_prints("$S --json -n 1 -u 999 | jq -c '[.top.memory[].comm]'", "[\"postgres\"]\n");
	/* A copied machine names its own users. */
	assert_prints("$S --json -n 1 -u postgres | jq -c '[.top.memory[].comm]'",
		      "[\"postgres\"]\n");
	assert_prints("$S -u no-such-user -b 2>&1; echo $?",
		      "stalltop: no user 'no-such-user'\n2\n");
}

static void a_reader_that_has_enough_is_no_error(void **state)
{
	(void)state;
	assert_prints("{ $P --json 2>err; echo $? >status; } | head -1 | jq .schema; "
		      "while [ ! -s status ]; do :; done; cat status err; rm status err",
		      "1\n0\n");
	/* What is wrong with the machine may be said as well. */
	assert_prints("{ $P -b 2>err; echo $? >status; } | head -1 | wc -l; "
		      "while [ ! -s status ]; do :; done; cat status; grep -v '^!' err; "
		      "rm status err",
		      "1\n0\n");
}

static void output_that_cannot_be_written_is_said(void **state)
{
	static const char *const what[] = { "--json -n 1",    "--help",	 "-V",
					    "--list-metrics", "-s help", "--bench 2" };
	char script[128];

	(void)state;
	for (size_t i = 0; i < sizeof(what) / sizeof(*what); i++) {
		snprintf(script, sizeof(script), "{ $S %s >/dev/full; echo $?; } 2>&1", what[i]);
		assert_prints(script, "stalltop: No space left on device\n1\n");
	}
}

static void wrong_roots_are_said(void **state)
{
	(void)state;
	assert_prints("$S --json --proc-root=/nowhere 2>&1; echo $?",
		      "stalltop: /nowhere: No such file or directory\n1\n");
	assert_prints("$S --json --proc-root=/usr 2>&1; echo $?",
		      "stalltop: /usr: No data available\n1\n");
}

struct child {
	pid_t pid;
	int fd; /* its standard output, read here */
};

static struct child start(int pipe_size)
{
	struct child child;
	int ends[2];

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	if (pipe_size)
		assert_true(fcntl(ends[1], F_SETPIPE_SZ, pipe_size) >= 0);
	child.pid = fork();
	assert_true(child.pid >= 0);
	if (!child.pid) {
		dup2(ends[1], STDOUT_FILENO);
		execl(program(), program(), "--json", "-d", "0.05", (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	child.fd = ends[0];
	return child;
}

/* Reads some bytes of it. Waits for them. */
static size_t read_some(const struct child *child, char *text, size_t cap)
{
	struct pollfd ready = { .fd = child->fd, .events = POLLIN };
	ssize_t got;

	assert_int_equal(poll(&ready, 1, TERM_WAIT_MS), 1);
	got = read(child->fd, text, cap);
	assert_true(got >= 0);
	return (size_t)got;
}

static void assert_ends_by(const struct child *child, int signal)
{
	int status;

	assert_int_equal(waitpid(child->pid, &status, 0), child->pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), signal);
	close(child->fd);
}

/*
 * The pipe holds 4096 bytes and a line has more, so that the signal comes while one is being written.
 */
static void a_line_that_was_begun_is_finished(void **state)
{
	static const int signals[] = { SIGTERM, SIGINT, SIGHUP };
	static char text[TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		struct child child = start(4096);
		size_t len = read_some(&child, text, 1), got;

		assert_int_equal(text[0], '{');
		assert_int_equal(kill(child.pid, signals[i]), 0);
		while ((got = read_some(&child, text + len, 1000)))
			len += got;
		assert_true(len > 4096);
		assert_int_equal(text[len - 1], '\n');
		assert_ends_by(&child, signals[i]);
	}
}

static void lines_are_whole_whenever_it_ends(void **state)
{
	static char text[TEXT_MAX];

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct child child = start(0);
		size_t len = read_some(&child, text, (size_t)(round + 1) * 1000), got;

		assert_int_equal(kill(child.pid, SIGTERM), 0);
		while ((got = read_some(&child, text + len, 65536)))
			len += got;
		assert_int_equal(text[len - 1], '\n');
		assert_ends_by(&child, SIGTERM);
	}
}

/* Nobody reads on: then it may not wait for ever. */
static void a_stalled_reader_does_not_keep_it(void **state)
{
	struct child child = start(4096);
	char text[1];

	(void)state;
	read_some(&child, text, 1);
	assert_int_equal(kill(child.pid, SIGTERM), 0);
	assert_ends_by(&child, SIGTERM);
}

/* A signal that the caller ignores, as nohup does, stays ignored. */
static void an_ignored_signal_stays_ignored(void **state)
{
	(void)state;
	assert_prints("sh -c 'trap \"\" HUP; echo $$ >pid; exec \"$@\"' sh $P --json -n 12 | "
		      "{ read -r first; kill -HUP $(cat pid); echo \"$first\"; cat; } | "
		      "jq -s length",
		      "12\n");
}

/* German writes 0,05: in a locale that is made here, if the system has the means to. */
static void the_point_is_a_point_in_any_locale(void **state)
{
	static char text[TEXT_MAX];
	/* glibc's setlocale() leaks the path of LOCPATH. */
	static const char german[] = "export LOCPATH=$PWD/locales LC_ALL=de_DE.UTF-8 "
				     "ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0; ";
	char script[512];

	(void)state;
	shell("mkdir locales; localedef -i de_DE -f UTF-8 locales/de_DE.UTF-8 2>&1; "
	      "LOCPATH=$PWD/locales LC_ALL=de_DE.UTF-8 bash -c 'printf %.1f 0,5'",
	      text, sizeof(text));
	if (strcmp(text, "0,5")) {
		print_message("no German locale here: left out\n");
		return;
	}
	snprintf(script, sizeof(script),
		 "%s $S --json -n 1 -d 0.05 | jq -c '[.cpu.load1]'; $P -b -n 1 | grep -c ,; "
		 "$P -o waybar -n 1 | jq -r .text | grep -c ,",
		 german);
	assert_prints(script, "[2.42]\n0\n0\n");
}

static int make_tree(void **state)
{
	(void)state;
	return tree_create(&tree, "web3", 0);
}

static int remove_tree(void **state)
{
	(void)state;
	tree_remove(&tree);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_count_ends_a_stream),
		cmocka_unit_test(what_is_sorted_and_chosen_shows_in_a_stream),
		cmocka_unit_test(a_reader_that_has_enough_is_no_error),
		cmocka_unit_test(output_that_cannot_be_written_is_said),
		cmocka_unit_test(wrong_roots_are_said),
		cmocka_unit_test(a_line_that_was_begun_is_finished),
		cmocka_unit_test(lines_are_whole_whenever_it_ends),
		cmocka_unit_test(a_stalled_reader_does_not_keep_it),
		cmocka_unit_test(an_ignored_signal_stays_ignored),
		cmocka_unit_test(the_point_is_a_point_in_any_locale),
	};

	return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
