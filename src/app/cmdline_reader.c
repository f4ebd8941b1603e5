#include "app/cmdline_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "proc/pid_stat.h"

static void signal_event(int fd)
{
	uint64_t one = 1;

	while (write(fd, &one, sizeof(one)) < 0 && errno == EINTR)
		;
}

static void wait_event(int fd)
{
	uint64_t count;

	while (read(fd, &count, sizeof(count)) < 0 && errno == EINTR)
		;
}

/* Whether the pid is still that process. */
static bool is_same(int procfd, const struct cmdline *line)
{
	uint64_t tick_ns = NS_PER_S / (uint64_t)sysconf(_SC_CLK_TCK);
	char path[32], text[1024];
	struct pid_stat stat;
	ssize_t length;

	snprintf(path, sizeof(path), "%u/stat", line->pid);
	length = file_read_at(procfd, path, text, sizeof(text));
	return length > 0 && !pid_stat_parse(&stat, text, (size_t)length) &&
	       stat.starttime == line->start_ns / tick_ns;
}

/* The arguments with blanks between them, made harmless. One that is gone has none. */
static void read_line(int procfd, struct cmdline *line)
{
	char path[32], text[2 * CMDLINE_MAX];
	ssize_t length;

	line->text[0] = '\0';
	snprintf(path, sizeof(path), "%u/cmdline", line->pid);
	length = file_read_at(procfd, path, text, sizeof(text));
	if (length == -EFBIG)
		length = sizeof(text) - 1;
	if (length <= 0 || !is_same(procfd, line))
		return;
	while (length > 0 && !text[length - 1])
		length--;
	for (ssize_t i = 0; i < length; i++)
		if (!text[i])
			text[i] = ' ';
	text_clean(line->text, sizeof(line->text), text, (size_t)length);
}

static void *run(void *argument)
{
	struct cmdline_reader *reader = argument;

	for (;;) {
		wait_event(reader->want_fd);
		if (reader->stop)
			return NULL;
		for (size_t i = 0; i < reader->count; i++)
			read_line(reader->procfd, &reader->batch[i]);
		signal_event(reader->done_fd);
	}
}

/* Signals are the main thread's; a fault of this thread is its own, as in app/sampler. */
static bool start(struct cmdline_reader *reader)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS };
	sigset_t all, before;

	sigfillset(&all);
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
		sigdelset(&all, faults[i]);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	reader->started = !pthread_create(&reader->thread, NULL, run, reader);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return reader->started;
}

int cmdline_reader_open(struct cmdline_reader *reader, const char *proc_root)
{
	reader->opened = true;
	reader->procfd = open(proc_root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	reader->want_fd = eventfd(0, EFD_CLOEXEC);
	reader->done_fd = eventfd(0, EFD_CLOEXEC);
	return reader->procfd < 0 || reader->want_fd < 0 || reader->done_fd < 0 ? -errno : 0;
}

void cmdline_reader_ask(struct cmdline_reader *reader, struct cmdlines *lines)
{
	if (!lines || !lines->wanted_count || reader->busy)
		return;
	if (!reader->started && !start(reader))
		return;
	memcpy(reader->batch, lines->wanted, lines->wanted_count * sizeof(reader->batch[0]));
	reader->count = lines->wanted_count;
	lines->wanted_count = 0;
	reader->busy = true;
	signal_event(reader->want_fd);
}

void cmdline_reader_fetch(struct cmdline_reader *reader, struct cmdlines *lines)
{
	wait_event(reader->done_fd);
	reader->busy = false;
	for (size_t i = 0; i < reader->count; i++)
		cmdlines_put(lines, &reader->batch[i]);
}

bool cmdline_reader_stop(struct cmdline_reader *reader)
{
	struct pollfd done = { .fd = reader->done_fd, .events = POLLIN };

	if (!reader->opened)
		return true;
	if (reader->busy && poll(&done, 1, 0) != 1)
		return false;
	if (reader->started) {
		reader->stop = true;
		signal_event(reader->want_fd);
		pthread_join(reader->thread, NULL);
	}
	close(reader->procfd);
	close(reader->want_fd);
	close(reader->done_fd);
	return true;
}
