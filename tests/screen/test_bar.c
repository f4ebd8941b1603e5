/* The program as a module of Waybar: whole lines, signals that wake it, names that are no markup. */
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "screen/tree.h"
#include "support/term.h"

#define TEXT_MAX 65536
#define BIG (64u << 20)

struct bar {
	pid_t pid;
	int fd; /* its standard output */
	char text[TEXT_MAX]; /* of which the first `used` bytes were looked at */
	size_t len, used;
};

/* On a copied machine, or on this one. */
static void bar_start(struct bar *bar, const char *delay, const struct tree *tree)
{
	char proc[160], sys[160];
	int ends[2];

	snprintf(proc, sizeof(proc), "--proc-root=%s/proc", tree ? tree->root : "");
	snprintf(sys, sizeof(sys), "--sys-root=%s/sys", tree ? tree->root : "");
	*bar = (struct bar){ 0 };
	assert_int_equal(pipe(ends), 0);
	bar->pid = fork();
	assert_true(bar->pid >= 0);
	if (!bar->pid) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execl(getenv("STALLTOP"), "stalltop", "-o", "waybar", "--source=proc", "-d", delay,
		      proc, sys, (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	bar->fd = ends[0];
}

/* The next whole line, without its newline; waits for it. */
static const char *bar_line(struct bar *bar)
{
	const char *line = bar->text + bar->used;
	char *end;

	while (!(end = memchr(line, '\n', bar->len - bar->used))) {
		struct pollfd ready = { .fd = bar->fd, .events = POLLIN };
		ssize_t got;

		assert_int_equal(poll(&ready, 1, TERM_WAIT_MS), 1);
		assert_true(bar->len < sizeof(bar->text));
		got = read(bar->fd, bar->text + bar->len, sizeof(bar->text) - bar->len);
		assert_true(got > 0);
		bar->len += (size_t)got;
	}
	*end = '\0';
	bar->used = (size_t)(end - bar->text) + 1;
	assert_memory_equal(line, "{\"text\":\"", 9);
	assert_int_equal(end[-1], '}');
	return line;
}

/* Reads lines until one has this text. */
static void bar_wait(struct bar *bar, const char *text)
{
	while (!strstr(bar_line(bar), text))
		;
}

static void bar_end(struct bar *bar)
{
	int status;

	kill(bar->pid, SIGTERM);
	assert_int_equal(waitpid(bar->pid, &status, 0), bar->pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
	close(bar->fd);
}

/* The delay is an hour: only the signal can bring a line. */
static void a_signal_is_answered_at_once(void **state)
{
	static struct bar bar;

	(void)state;
	bar_start(&bar, "3600", NULL);
	assert_non_null(strstr(bar_line(&bar), "every 3600 s\""));
	kill(bar.pid, SIGRTMIN + 1);
	assert_non_null(strstr(bar_line(&bar), "every 3600 s, without kernel threads\""));
	kill(bar.pid, SIGRTMIN + 1);
	assert_non_null(strstr(bar_line(&bar), "every 3600 s\""));
	kill(bar.pid, SIGRTMIN);
	assert_non_null(strstr(bar_line(&bar), "every 1 s\""));
	bar_end(&bar);
}

static void the_interval_goes_round(void **state)
{
	static const char *const told[] = { "every 0.5 s\"", "every 0.25 s\"", "every 0.1 s\"",
					    "every 2 s\"",   "every 1 s\"",    "every 0.5 s\"" };
	static struct bar bar;

	(void)state;
	bar_start(&bar, "1", NULL);
	bar_wait(&bar, "every 1 s\"");
	for (size_t i = 0; i < sizeof(told) / sizeof(*told); i++) {
		kill(bar.pid, SIGRTMIN);
		bar_wait(&bar, told[i]);
	}
	/* And the samples come by it: three more lines without a signal. */
	for (int i = 0; i < 3; i++)
		assert_non_null(strstr(bar_line(&bar), "every 0.5 s\""));
	bar_end(&bar);
}

/* Lets the program's first sample wait at a FIFO, and takes that away when it does. */
static void await_first_sample(const struct tree *tree, struct bar *bar)
{
	char path[160];
	int fd;

	snprintf(path, sizeof(path), "%s/proc/loadavg", tree->root);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	bar_start(bar, "0.05", tree);
	fd = open(path, O_WRONLY | O_CLOEXEC); /* until the program opens it as well */
	assert_true(fd >= 0);
	assert_int_equal(unlink(path), 0);
	close(fd);
}

/* kswapd0 uses CPU in web3. The copy stands still then: no further sample takes it off the list. */
static void kernel_threads_are_left_out_at_once(void **state)
{
	static struct bar bar;
	struct tree tree;

	(void)state;
	assert_int_equal(tree_create(&tree, "web3", 0), 0);
	await_first_sample(&tree, &bar);
	assert_int_equal(tree_advance(&tree, 1), 0);
	bar_wait(&bar, "kswapd0[");
	kill(bar.pid, SIGRTMIN + 1);
	assert_null(strstr(bar_line(&bar), "kswapd0["));
	kill(bar.pid, SIGRTMIN + 1);
	assert_non_null(strstr(bar_line(&bar), "kswapd0["));
	bar_end(&bar);
	tree_remove(&tree);
}

static void a_burst_of_signals_is_survived(void **state)
{
	static struct bar bar;

	(void)state;
	bar_start(&bar, "3600", NULL);
	bar_line(&bar);
	for (int i = 0; i < 20; i++)
		kill(bar.pid, SIGRTMIN + i % 2);
	/* Ten of each, in whatever order: all five intervals twice, the last is 2 s. */
	bar_wait(&bar, "every 2 s");
	bar_end(&bar);
}

/* What a line of shell prints; $P is the program. */
static void assert_prints(const char *script, const char *expected)
{
	char whole[2048], text[4096];
	FILE *out;
	size_t len;

	snprintf(whole, sizeof(whole), "P='%s -d 0.05 --source=proc'; %s", getenv("STALLTOP"),
		 script);
	out = popen(whole, "r");
	assert_non_null(out);
	len = fread(text, 1, sizeof(text) - 1, out);
	text[len] = '\0';
	pclose(out);
	assert_string_equal(text, expected);
}

static void the_object_is_what_waybar_takes(void **state)
{
	(void)state;
	assert_prints(
		"$P -o waybar -n 3 | jq -ec '[(.text, .tooltip, .class, .percentage) | type], "
		"(.percentage == (.percentage | floor)), "
		"(.class | IN(\"normal\", \"warning\", \"critical\"))' | sort -u",
		"[\"string\",\"string\",\"string\",\"number\"]\ntrue\n");
	assert_prints("{ $P -o waybar 2>&1; } | head -1 | jq -r 'keys | join(\" \")'",
		      "class percentage text tooltip\n");
}

/* This process calls itself something bad, and the streams are asked about it and what it starts. */
static void a_name_is_harmless_in_every_stream(void **state)
{
	static const char *const scripts[][2] = {
		{ "$P -n 1 -p %d -o waybar | jq -er .tooltip | "
		  "grep -c '^top memory: .*&lt;b&gt;&amp;\"\\\\.*\\['",
		  "1\n" },
		{ "$P -n 1 -p %d -o waybar | LC_ALL=C tr -d '[:print:]' | od -An -tx1",
		  " ef bf bd ef bf bd 0a\n" },
		{ "$P -n 1 -p %d --json | "
		  "jq -e '[.top.memory[] | select(.comm | startswith(\"<b>&\"))] | length'",
		  "1\n" },
	};
	volatile char *memory = malloc(BIG);
	char script[512];

	(void)state;
	assert_non_null(memory);
	for (size_t i = 0; i < BIG; i += 4096)
		memory[i] = 1; /* so that it is in the table */
	assert_int_equal(prctl(PR_SET_NAME, "<b>&\"\\\n\033[31m"), 0);
	for (size_t i = 0; i < sizeof(scripts) / sizeof(*scripts); i++) {
		snprintf(script, sizeof(script), scripts[i][0], getpid());
		assert_prints(script, scripts[i][1]);
	}
	free((void *)memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signal_is_answered_at_once),
		cmocka_unit_test(the_interval_goes_round),
		cmocka_unit_test(kernel_threads_are_left_out_at_once),
		cmocka_unit_test(a_burst_of_signals_is_survived),
		cmocka_unit_test(the_object_is_what_waybar_takes),
		cmocka_unit_test(a_name_is_harmless_in_every_stream),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
