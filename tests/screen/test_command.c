/* Command lines on the real screen: read beside the loop, made harmless, never waited for. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "screen/session.h"

static const char *const fast[] = { "-d", "0.05", NULL };
static const struct term_options small = { .rows = 24, .cols = 120 };

static void path_of(const struct session *session, char *path, size_t cap)
{
	snprintf(path, cap, "%s/proc/1234/cmdline", session->tree.root);
}

static void put_line(const struct session *session, const char *text, size_t length)
{
	char path[256];
	FILE *file;

	path_of(session, path, sizeof(path));
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static void c_shows_the_command_line(void **state)
{
	static const char line[] = "/usr/bin/python3\0-m\0server \033[31m\n--port=80\0";
	struct session session;

	(void)state;
	session_settle(&session, "web3", &small, fast, WEB3_SETTLED);
	put_line(&session, line, sizeof(line) - 1);
	session_press(&session, "zc", "/usr/bin/python3 -m server ");
	/* Control characters are replaced, and nothing behind them is lost. */
	session_wait(&session, "\ufffd[31m\ufffd--port=80");
	/* Who has none keeps its name. */
	assert_true(term_shows(session.term, "postgres"));
	session_press_gone(&session, "c", "--port=80");
	session_quit(&session);
	session_close(&session);
}

/* A process that holds its own memory lock: its line never comes, keys and samples go on. */
static void a_line_that_hangs_holds_nobody_up(void **state)
{
	struct session session;
	char path[256];
	int fd, tries = 0;

	(void)state;
	session_settle(&session, "web3", &small, fast, WEB3_SETTLED);
	path_of(&session, path, sizeof(path));
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	session_press(&session, "zc", "python3");
	/* Open for writing, once the thread is there; nothing is ever written. */
	do {
		fd = open(path, O_WRONLY | O_NONBLOCK);
	} while (fd < 0 && !term_idle(session.term, 10) && tries++ < TERM_WAIT_MS / 10);
	assert_true(fd >= 0);
	session_press(&session, "?", "HELP");
	session_press_gone(&session, "?", "HELP");
	session_tick_load(&session, "7.77");
	session_wait(&session, "load 7.77");
	/* Leaving does not wait for it either. */
	session_quit(&session);
	close(fd);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(c_shows_the_command_line),
		cmocka_unit_test(a_line_that_hangs_holds_nobody_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
