/* Threads on the real screen, of a real process that has one busy thread of four. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "screen/session.h"

struct worker {
	pid_t pid;
	char text[16]; /* its id */
};

static void start_worker(struct worker *worker)
{
	const char *tools = getenv("STALLTOP_TOOLS");
	char path[512], ready[8] = "";
	int out[2];

	snprintf(path, sizeof(path), "%s/threads", tools ? tools : "build/tests/tools");
	assert_int_equal(pipe(out), 0);
	worker->pid = fork();
	assert_true(worker->pid >= 0);
	if (!worker->pid) {
		dup2(out[1], STDOUT_FILENO);
		close(out[0]);
		execl(path, path, "120", (char *)NULL);
		_exit(127);
	}
	close(out[1]);
	assert_true(read(out[0], ready, sizeof(ready) - 1) > 0);
	assert_string_equal(ready, "ready\n");
	close(out[0]);
	snprintf(worker->text, sizeof(worker->text), "%d", worker->pid);
}

static void end_worker(struct worker *worker)
{
	kill(worker->pid, SIGKILL);
	assert_int_equal(waitpid(worker->pid, NULL, 0), worker->pid);
}

static struct term *start(const struct worker *worker, const char *source)
{
	static const struct term_options large = { .rows = 45, .cols = 160 };
	char *const argv[] = { getenv("STALLTOP"),   (char[]){ "-d" },
			       (char[]){ "0.3" },    (char[]){ "-p" },
			       (char *)worker->text, (char[]){ "--source" },
			       (char *)source,	     NULL };
	struct term *term = term_start(&large, argv);

	assert_non_null(term);
	assert_int_equal(term_wait_text(term, "stalltop", TERM_WAIT_MS), 0);
	return term;
}

static void press(struct term *term, const char *keys, const char *text)
{
	assert_int_equal(term_keys(term, keys), 0);
	assert_int_equal(term_wait_text(term, text, TERM_WAIT_MS), 0);
}

static int row_of(struct term *term, const char *text)
{
	int row, column;

	return term_find(term, text, &row, &column) ? row : -1;
}

/* Whether the busy one stands above those that wait, and has a share of a CPU. */
static bool spinner_leads(struct term *term, void *unused)
{
	int spinner = row_of(term, "spinner"), a = row_of(term, "sleeper-a");

	(void)unused;
	return spinner > 0 && a > spinner && row_of(term, "sleeper-b") > spinner;
}

static void quit(struct term *term)
{
	int status;

	assert_int_equal(term_keys(term, "q"), 0);
	assert_int_equal(term_exit(term, TERM_WAIT_MS, &status), 0);
	assert_int_equal(status, 0);
	term_close(term);
}

static void shows_threads(const char *source)
{
	struct worker worker;
	struct term *term;
	char text[64];

	start_worker(&worker);
	term = start(&worker, source);
	press(term, "z", "below");
	assert_false(term_shows(term, "spinner"));
	press(term, "H", "spinner");
	assert_int_equal(term_wait(term, spinner_leads, NULL, TERM_WAIT_MS), 0);
	assert_true(term_shows(term, "TID"));
	assert_true(term_shows(term, "TOP CPU  threads  below"));
	/* A filter by the name of a thread, and the tree, in which they stand below their process. */
	press(term, "\\sleeper-b\r", "\\sleeper-b");
	assert_false(term_shows(term, "spinner"));
	press(term, "\\\r", "spinner");
	press(term, "t", "tree  threads");
	assert_true(row_of(term, "▾ threads") > 0);
	assert_true(row_of(term, "spinner") > row_of(term, "▾ threads"));
	/* A signal goes to the process, and it is said so. */
	snprintf(text, sizeof(text), "SIGNAL TO %s threads", worker.text);
	press(term, "t/spinner\rk", text);
	press(term, "\r", "to the whole process, not to thread ");
	press(term, "n", "nothing was sent");
	/* Of the past none are kept. */
	press(term, "[", "threads of then are not kept");
	press(term, "\033[F", "spinner");
	assert_int_equal(term_keys(term, "H"), 0);
	assert_int_equal(term_wait_gone(term, "spinner", TERM_WAIT_MS), 0);
	assert_true(term_shows(term, "PID"));
	quit(term);
	end_worker(&worker);
}

static void h_shows_threads(void **state)
{
	(void)state;
	shows_threads("proc");
}

/* By the probe where it can be had; by /proc again elsewhere. */
static void h_shows_threads_by_either_source(void **state)
{
	(void)state;
	shows_threads("auto");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(h_shows_threads),
		cmocka_unit_test(h_shows_threads_by_either_source),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
