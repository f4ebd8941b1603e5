/* Scrapes beside the dashboard: they neither move its instants nor hold up its keys. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "screen/session.h"

#define CLIENTS 200
#define PAGE_MAX (1 << 18)
#define STEP_MS 20

struct exporter {
	struct session session;
	uint16_t port;
	char listen[16];
	char page[PAGE_MAX];
};

static struct exporter exporter;
static const struct term_options usual = { .rows = 24, .cols = 80 };

static struct sockaddr_in loopback(uint16_t port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
				     .sin_port = htons(port),
				     .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

static void choose_port(void)
{
	struct sockaddr_in at = loopback(0);
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&at, len), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &len), 0);
	close(fd);
	exporter.port = ntohs(at.sin_port);
	snprintf(exporter.listen, sizeof(exporter.listen), "%u", exporter.port);
}

/* A connection with this text sent; it is not waited for. */
static int client(const char *text)
{
	struct sockaddr_in at = loopback(exporter.port);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	struct pollfd ready = { .fd = fd, .events = POLLOUT };

	assert_true(fd >= 0);
	assert_true(!connect(fd, (struct sockaddr *)&at, sizeof(at)) || errno == EINPROGRESS);
	poll(&ready, 1, TERM_WAIT_MS);
	send(fd, text, strlen(text), MSG_NOSIGNAL);
	return fd;
}

/* Reads the whole answer into page. */
static void scrape(void)
{
	int fd = client("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
	size_t len = 0;

	for (;;) {
		struct pollfd readable = { .fd = fd, .events = POLLIN };
		ssize_t got;

		assert_int_equal(poll(&readable, 1, TERM_WAIT_MS), 1);
		got = read(fd, exporter.page + len, sizeof(exporter.page) - 1 - len);
		if (got <= 0)
			break;
		len += (size_t)got;
	}
	close(fd);
	exporter.page[len] = '\0';
}

static bool tells(const char *line)
{
	return strstr(exporter.page, line);
}

static void scrape_until(const char *line)
{
	for (int waited = 0; waited < TERM_WAIT_MS; waited += STEP_MS) {
		scrape();
		if (tells(line))
			return;
		poll(NULL, 0, STEP_MS);
	}
	fail_msg("never told: %s", line);
}

static void open_exporter(const char *delay)
{
	const char *arguments[] = { "-d", delay, "--listen", exporter.listen, NULL };

	choose_port();
	session_open(&exporter.session, "web3", &usual, arguments);
}

static void close_exporter(void)
{
	session_quit(&exporter.session);
	session_close(&exporter.session);
}

/* The dashboard waits an hour for its next sample; a scrape does not, and changes nothing on it. */
static void a_scrape_is_no_instant_of_the_dashboard(void **state)
{
	struct session *session = &exporter.session;

	(void)state;
	open_exporter("0.05");
	session_press(session, "d3600\r", "3600.0s");
	scrape_until("\nstalltop_up 1\n");
	assert_true(tells("\nstalltop_load1 2.42\n"));
	session_tick_load(session, "7.77");
	scrape_until("\nstalltop_load1 7.77\n");
	session_press(session, "?", "HELP");
	session_press_gone(session, "\033", "HELP");
	assert_true(term_shows(session->term, "load 2.42"));
	assert_false(term_shows(session->term, "load 7.77"));
	/* Its own sample comes as ever. */
	session_press(session, "d0.05\r", "load 7.77");
	close_exporter();
}

static void a_sample_that_hangs_is_told(void **state)
{
	struct session *session = &exporter.session;

	(void)state;
	open_exporter("0.05");
	scrape_until("\nstalltop_up 1\n");
	session_hang(session);
	scrape_until("\nstalltop_up 0\n");
	assert_false(tells("page_faults"));
	session_press(session, "?", "HELP");
	session_press_gone(session, "\033", "HELP");
	session_unhang(session, 1);
	scrape_until("\nstalltop_up 1\n");
	close_exporter();
}

/* Neither the dashboard's thread nor a screen is there. */
static void a_sample_that_hangs_is_told_by_a_stream_too(void **state)
{
	static const char *const outputs[] = { "none", "json" };
	struct session *session = &exporter.session;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const char *arguments[] = { "-o",	outputs[i],	 "-d", "0.05",
					    "--listen", exporter.listen, NULL };

		choose_port();
		session_shell(session, "web3", &usual, "", arguments);
		session_hang(session);
		scrape_until("\nstalltop_up 0\n");
		assert_false(tells("page_faults"));
		session_unhang(session, 1);
		scrape_until("\nstalltop_up 1\n");
		session_close(session);
	}
}

static long rss_pages(void)
{
	char path[64];
	long rss = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/statm", (int)term_pid(exporter.session.term));
	file = fopen(path, "r");
	assert_non_null(file);
	assert_int_equal(fscanf(file, "%*d %ld", &rss), 1);
	fclose(file);
	return rss;
}

static void rude_clients_do_not_hold_up_the_keys(void **state)
{
	static const char *const texts[] = {
		"GET /metrics HTTP/1.1\r\nX-Half: ",
		"\x16\x03\x01garbage\r\n\r\n",
		"POST / HTTP/1.1\r\nContent-Length: 99999\r\n\r\nabc",
		"",
	};
	struct session *session = &exporter.session;
	int fd[CLIENTS];
	long before;

	(void)state;
	open_exporter("0.05");
	for (int i = 0; i < 10; i++)
		scrape_until("\nstalltop_up 1\n");
	session_press(session, "?", "HELP");
	session_press_gone(session, "\033", "HELP");
	before = rss_pages();
	for (int i = 0; i < CLIENTS; i++)
		fd[i] = client(texts[i % (int)(sizeof(texts) / sizeof(*texts))]);
	session_press(session, "?", "HELP");
	session_press_gone(session, "\033", "HELP");
	session_press(session, "M", "[mem]");
	session_tick_load(session, "7.77");
	session_wait(session, "load 7.77");
	scrape_until("\nstalltop_load1 7.77\n");
	assert_true((double)rss_pages() < 1.3 * (double)before);
	for (int i = 0; i < CLIENTS; i++)
		close(fd[i]);
	close_exporter();
}

static void a_port_in_use_is_said_on_a_plain_terminal(void **state)
{
	const char *arguments[] = { "--listen", exporter.listen, NULL };
	struct session second;
	char want[80];

	(void)state;
	open_exporter("0.05");
	session_shell(&second, "web3", &usual, "", arguments);
	snprintf(want, sizeof(want), "stalltop: 127.0.0.1:%u: Address already in use",
		 exporter.port);
	session_wait(&second, want);
	session_assert_restored(&second, 1);
	session_close(&second);
	close_exporter();
}

static double told(const char *name)
{
	const char *at = strstr(exporter.page, name);

	return at ? strtod(at + strlen(name), NULL) : 0;
}

static void wait_recorded(const char *path, int samples)
{
	char command[160];
	int count = 0;

	snprintf(command, sizeof(command), "sqlite3 %s 'SELECT count(*) FROM sample' 2>&1", path);
	for (int waited = 0; count < samples && waited < TERM_WAIT_MS; waited += STEP_MS) {
		FILE *out = popen(command, "r");

		assert_non_null(out);
		if (fscanf(out, "%d", &count) != 1)
			count = 0;
		pclose(out);
		poll(NULL, 0, STEP_MS);
	}
	assert_true(count >= samples);
}

static pid_t start_json(const char *record, int out)
{
	const char *path = getenv("STALLTOP");
	pid_t pid;

	if (!path)
		path = "build/stalltop";
	choose_port();
	pid = fork();
	if (!pid) {
		dup2(out, STDOUT_FILENO);
		execl(path, path, "--json", "-d", "0.05", "--listen", exporter.listen, "--record",
		      record, (char *)NULL);
		_exit(127);
	}
	close(out);
	assert_true(pid > 0);
	return pid;
}

/* Who reads the lines and stops holds up neither the recording nor those who scrape. */
static void a_reader_who_stalls_holds_up_nobody_else(void **state)
{
	static const char name[] = "\nstalltop_tasks_timestamp_seconds ";
	char folder[] = "/tmp/stalltop-stalled-XXXXXX", path[64], text[4096];
	int ends[2], status, lines = 0;
	ssize_t got = 0;
	double first;
	pid_t pid;
	char last;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/day.db", folder);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	/* A line has more, so that the first already waits. */
	assert_true(fcntl(ends[1], F_SETPIPE_SZ, 4096) >= 0);
	pid = start_json(path, ends[1]);
	assert_int_equal(read(ends[0], text, 1), 1);
	wait_recorded(path, 10);
	scrape_until("\nstalltop_up 1\n");
	first = told(name);
	wait_recorded(path, 30);
	scrape();
	assert_true(told(name) > first);
	/* It reads on, and gets whole lines of later samples. */
	while (lines < 3 && (got = read(ends[0], text, sizeof(text))) > 0)
		for (ssize_t i = 0; i < got; i++)
			lines += text[i] == '\n' && (i + 1 == got || text[i + 1] == '{');
	assert_int_equal(lines, 3);
	assert_int_equal(kill(pid, SIGTERM), 0);
	do
		last = text[got - 1];
	while ((got = read(ends[0], text, sizeof(text))) > 0);
	assert_int_equal(last, '\n');
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
	close(ends[0]);
	snprintf(text, sizeof(text), "rm -r %s", folder);
	assert_int_equal(system(text), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scrape_is_no_instant_of_the_dashboard),
		cmocka_unit_test(a_sample_that_hangs_is_told),
		cmocka_unit_test(a_sample_that_hangs_is_told_by_a_stream_too),
		cmocka_unit_test(rude_clients_do_not_hold_up_the_keys),
		cmocka_unit_test(a_reader_who_stalls_holds_up_nobody_else),
		cmocka_unit_test(a_port_in_use_is_said_on_a_plain_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
