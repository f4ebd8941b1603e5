#include "screen/session.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define PATH_CAP 512
#define ARGUMENTS_MAX 24
#define STEP_MS 5
#define FIRST_FRAME "TOP" /* in every frame of 80 columns that shows a sample */

static void start_tree(struct session *session, const char *machine)
{
	*session = (struct session){ 0 };
	assert_int_equal(tree_create(&session->tree, machine, 0), 0);
	/* The program may run as another user than the test. */
	assert_int_equal(chmod(session->tree.root, 0755), 0);
}

void session_open(struct session *session, const char *machine, const struct term_options *options,
		  const char *const *arguments)
{
	start_tree(session, machine);
	session->term = tree_start(&session->tree, options, arguments);
	assert_non_null(session->term);
	session_wait(session, FIRST_FRAME);
}

void session_settle(struct session *session, const char *machine,
		    const struct term_options *options, const char *const *arguments,
		    const char *settled)
{
	session_open(session, machine, options, arguments);
	assert_int_equal(tree_advance(&session->tree, 1), 0);
	session_wait(session, settled);
}

void session_close(struct session *session)
{
	char pid_file[PATH_CAP];

	term_close(session->term);
	tree_remove(&session->tree);
	snprintf(pid_file, sizeof(pid_file), "%s.pid", session->tree.root);
	unlink(pid_file);
}

/* "$@" is the program; its own shell leaves the process id and makes way for it. */
#define SHELL_SCRIPT \
	"ulimit -c 0; echo ready; read go; trap : INT QUIT TSTP\n" \
	"(echo $(exec sh -c 'echo $PPID') >$PID_FILE; %s exec \"$0\" \"$@\")\n" \
	"echo \"ended with $?\"; read bye"

void session_shell(struct session *session, const char *machine, const struct term_options *options,
		   const char *prepare, const char *const *arguments)
{
	const char *program = getenv("STALLTOP");
	char script[1024], pid_file[PATH_CAP], proc[PATH_CAP], sys[PATH_CAP];
	char *argv[ARGUMENTS_MAX + 8] = { "sh", "-c", script };
	const char *env[16] = { pid_file };
	struct term_options shell = *options;
	int count = 3, variables = 1;

	start_tree(session, machine);
	snprintf(script, sizeof(script), SHELL_SCRIPT, prepare);
	snprintf(pid_file, sizeof(pid_file), "PID_FILE=%s.pid", session->tree.root);
	snprintf(proc, sizeof(proc), "--proc-root=%s/proc", session->tree.root);
	snprintf(sys, sizeof(sys), "--sys-root=%s/sys", session->tree.root);
	argv[count++] = (char *)(program ? program : "build/stalltop");
	argv[count++] = proc;
	argv[count++] = sys;
	while (arguments && *arguments && count < ARGUMENTS_MAX)
		argv[count++] = (char *)*arguments++;
	for (const char *const *more = options->env; more && *more && variables < 15; more++)
		env[variables++] = *more;
	shell.env = env;
	session->term = term_start(&shell, argv);
	assert_non_null(session->term);
	session_wait(session, "ready");
	assert_int_equal(term_tty_attributes(session->term, &session->before), 0);
	term_keys(session->term, "\r");
}

pid_t session_pid(const struct session *session)
{
	char path[PATH_CAP], text[32] = "";
	FILE *file;

	snprintf(path, sizeof(path), "%s.pid", session->tree.root);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(text, sizeof(text), file));
	fclose(file);
	return (pid_t)strtol(text, NULL, 10);
}

static void assert_same_modes(const struct termios *now, const struct termios *before)
{
	assert_int_equal(now->c_iflag, before->c_iflag);
	assert_int_equal(now->c_oflag, before->c_oflag);
	assert_int_equal(now->c_cflag, before->c_cflag);
	assert_int_equal(now->c_lflag, before->c_lflag);
	assert_memory_equal(now->c_cc, before->c_cc, sizeof(now->c_cc));
}

void session_assert_restored(struct session *session, int status)
{
	struct termios now;
	struct term_cell cell;
	char words[32];
	int row, column;

	snprintf(words, sizeof(words), "ended with %d", status);
	session_wait(session, words);
	assert_false(term_altscreen(session->term));
	assert_true(term_cursor_visible(session->term));
	assert_int_equal(term_mouse(session->term), VTERM_PROP_MOUSE_NONE);
	assert_true(term_shows(session->term, "ready"));
	assert_true(term_find(session->term, words, &row, &column));
	cell = term_cell(session->term, row, column);
	assert_true(cell.fg.is_default && cell.bg.is_default);
	assert_false(cell.bold || cell.reverse || cell.underline);
	assert_int_equal(term_tty_attributes(session->term, &now), 0);
	assert_same_modes(&now, &session->before);
}

void session_wait(struct session *session, const char *text)
{
	assert_int_equal(term_wait_text(session->term, text, TERM_WAIT_MS), 0);
}

void session_press(struct session *session, const char *keys, const char *text)
{
	assert_int_equal(term_keys(session->term, keys), 0);
	session_wait(session, text);
}

void session_press_gone(struct session *session, const char *keys, const char *text)
{
	assert_int_equal(term_keys(session->term, keys), 0);
	assert_int_equal(term_wait_gone(session->term, text, TERM_WAIT_MS), 0);
}

void session_quit(struct session *session)
{
	int wstatus = -1;

	assert_int_equal(term_keys(session->term, "q"), 0);
	assert_int_equal(term_exit(session->term, TERM_WAIT_MS, &wstatus), 0);
	assert_true(WIFEXITED(wstatus));
	assert_int_equal(WEXITSTATUS(wstatus), 0);
}

void session_put(struct session *session, const char *path, const char *content)
{
	char whole[PATH_CAP], part[PATH_CAP + 8];
	FILE *file;

	snprintf(whole, sizeof(whole), "%s/%s", session->tree.root, path);
	snprintf(part, sizeof(part), "%s.part", whole);
	file = fopen(part, "w");
	assert_non_null(file);
	assert_true(fputs(content, file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(rename(part, whole), 0);
}

static long read_uptime(const struct session *session)
{
	char path[PATH_CAP], text[64] = "";
	FILE *file;

	snprintf(path, sizeof(path), "%s/proc/uptime", session->tree.root);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(text, sizeof(text), file));
	fclose(file);
	return strtol(text, NULL, 10);
}

void session_tick(struct session *session)
{
	char text[64];

	session->uptime_s = read_uptime(session) + 1;
	snprintf(text, sizeof(text), "%ld.50 %ld.50\n", session->uptime_s, session->uptime_s);
	session_put(session, "proc/uptime", text);
}

void session_tick_load(struct session *session, const char *load)
{
	char text[64];

	snprintf(text, sizeof(text), "%s 0.00 0.00 1/18 4410\n", load);
	session_put(session, "proc/loadavg", text);
	session_tick(session);
}

static void make_fifo(struct session *session, char *path, size_t cap)
{
	char part[PATH_CAP + 8];

	snprintf(path, cap, "%s/proc/meminfo", session->tree.root);
	snprintf(part, sizeof(part), "%s/fifo", session->tree.root);
	assert_int_equal(mkfifo(part, 0600), 0);
	assert_int_equal(rename(part, path), 0);
}

/* A writer gets in without waiting only when a reader is there. */
static int meet_reader(const char *path)
{
	for (int waited = 0; waited < TERM_WAIT_MS; waited += STEP_MS) {
		int fd = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);

		if (fd >= 0)
			return fd;
		assert_int_equal(errno, ENXIO);
		poll(NULL, 0, STEP_MS);
	}
	return -1;
}

/*
 * A sample that is let go reads the other files as they are then. So three are: the first may have begun
 * before what was put, the second has all of it, and the third says nothing new, whatever it reads.
 */
void session_hang(struct session *session)
{
	char path[PATH_CAP];

	make_fifo(session, path, sizeof(path));
	for (int i = 0; i < 3; i++) {
		int fd = meet_reader(path);

		assert_true(fd >= 0);
		make_fifo(session, path, sizeof(path));
		close(fd);
	}
}

void session_block(struct session *session)
{
	char path[PATH_CAP];

	make_fifo(session, path, sizeof(path));
}

void session_unhang(struct session *session, int instant)
{
	const char *fixtures = getenv("STALLTOP_FIXTURES");
	char path[PATH_CAP], from[PATH_CAP], content[8192];
	size_t len;
	FILE *file;
	int fd;

	snprintf(path, sizeof(path), "%s/proc/meminfo", session->tree.root);
	fd = meet_reader(path);
	assert_true(fd >= 0);
	snprintf(from, sizeof(from), "%s/%s/%d/proc/meminfo",
		 fixtures ? fixtures : "tests/fixtures", session->tree.machine, instant);
	file = fopen(from, "r");
	assert_non_null(file);
	len = fread(content, 1, sizeof(content) - 1, file);
	fclose(file);
	content[len] = '\0';
	session_put(session, "proc/meminfo", content);
	close(fd);
}
