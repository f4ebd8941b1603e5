/*
 * Runs inside a virtual machine that has nothing but this program, a shell and a kernel: does the probe
 * load there, and does it say what /proc says?
 *
 *   guest bpf       the probe loads with all its programs
 *   guest nowaits   it loads without the one at each context switch
 *   guest REASON    it is refused, and the line that says why has REASON in it; /proc serves
 *
 * Prints a line for each thing that is wrong; status 1 then. No timing is asserted on: the machine is
 * emulated.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/value.h"
#include "proc/pid_io.h"
#include "proc/pid_stat.h"
#include "sample/collector.h"
#include "ui/cause.h"
#include "ui/header.h"

#define TICK_NS (10 * NS_PER_MS)
#define RSS_SLACK (512 << 10) /* up to 6.1 each task keeps up to 64 pages of each kind to itself */
#define BURN_NS (100 * NS_PER_MS)

static int wrong;

__attribute__((format(printf, 2, 3))) static void expect(bool good, const char *format, ...)
{
	va_list args;

	if (good)
		return;
	wrong++;
	printf("WRONG: ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
}

static void same(const char *what, uint64_t probe, uint64_t proc)
{
	expect(probe == proc, "%s is %llu, /proc says %llu", what, (unsigned long long)probe,
	       (unsigned long long)proc);
}

static size_t read_text(char *text, size_t cap, pid_t pid, const char *name)
{
	char path[64];
	ssize_t len;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	len = file_read_at(AT_FDCWD, path, text, cap);
	return len > 0 ? (size_t)len : 0;
}

static void burn(uint64_t ns)
{
	uint64_t until = clock_ns(CLOCK_THREAD_CPUTIME_ID) + ns;

	while (clock_ns(CLOCK_THREAD_CPUTIME_ID) < until)
		;
}

/* A process with work behind it, that waits on the pipe until its other end is closed. */
static pid_t start_worker(int ready, const int until[2])
{
	size_t bytes = 8 << 20;
	pid_t pid = fork();
	char byte = 0, *memory;
	int fd;

	if (pid)
		return pid;
	close(until[1]);
	memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	memset(memory, 1, bytes);
	fd = open("/disk", O_RDWR | O_CLOEXEC);
	if (fd >= 0 && write(fd, memory, 1 << 20) > 0)
		fsync(fd);
	burn(BURN_NS);
	if (write(ready, &byte, 1) == 1)
		while (read(until[0], &byte, 1) < 0 && errno == EINTR)
			;
	_exit(0);
}

/* The kernel's own walk over the page tables: exact everywhere. */
static uint64_t walked_rss(pid_t pid)
{
	char text[4096];
	size_t len = read_text(text, sizeof(text), pid, "smaps_rollup");
	const char *row = len ? strstr(text, "\nRss:") : NULL;

	return row ? strtoull(row + 5, NULL, 10) * 1024 : ABSENT;
}

static void compare(const struct task *task)
{
	struct pid_stat stat;
	struct pid_io io;
	char text[4096];
	pid_t pid = (pid_t)task->pid;
	size_t len = read_text(text, sizeof(text), pid, "stat");
	uint64_t ticks, rss = walked_rss(pid);

	expect(!pid_stat_parse(&stat, text, len), "no stat of %d", pid);
	ticks = stat.utime + stat.stime;
	same("minflt", task->minor_faults, stat.minflt);
	same("majflt", task->major_faults, stat.majflt);
	same("start", task->start_ns / TICK_NS, stat.starttime);
	same("ppid", task->ppid, stat.ppid);
	same("state", (uint64_t)task->state, (uint64_t)stat.state);
	same("threads", task->threads, stat.num_threads);
	same("nice", (uint64_t)task->nice, (uint64_t)stat.nice);
	expect(task->cpu_ns >= ticks * TICK_NS && task->cpu_ns <= (ticks + 2) * TICK_NS,
	       "cpu is %llu ns, /proc says %llu ticks", (unsigned long long)task->cpu_ns,
	       (unsigned long long)ticks);
	len = read_text(text, sizeof(text), pid, "io");
	if (!pid_io_parse(&io, text, len)) {
		same("read_bytes", task->read_bytes, io.read_bytes);
		same("write_bytes", task->write_bytes, io.write_bytes);
	}
	expect(task->rss_bytes + RSS_SLACK > rss && task->rss_bytes < rss + RSS_SLACK,
	       "rss is %llu, its pages are %llu", (unsigned long long)task->rss_bytes,
	       (unsigned long long)rss);
	printf("rss %llu, walked %llu; run delay %lld; D %lld\n",
	       (unsigned long long)task->rss_bytes, (unsigned long long)rss,
	       (long long)task->run_delay_ns, (long long)task->disk_wait_ns);
}

/* Its parent, this process, is in D until the child ends. */
static void wait_in_d(void)
{
	struct timespec some = { .tv_nsec = 300000000 };
	pid_t pid = vfork();

	if (!pid) {
		clock_nanosleep(CLOCK_MONOTONIC, 0, &some, NULL);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

static void check_exit(struct collector *collector, struct sample *sample)
{
	pid_t pid = fork();
	bool found = false;

	if (!pid) {
		burn(BURN_NS);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	for (int i = 0; i < 100 && !found; i++) {
		expect(!collector_take(collector, sample), "no sample");
		for (size_t row = 0; row < sample->tasks.count; row++) {
			const struct task *task = &sample->tasks.task[row];

			if (task->pid != (uint32_t)pid || !(task->flags & TASK_EXITED))
				continue;
			found = true;
			expect(task->cpu_ns >= BURN_NS, "the ended process is charged %llu ns",
			       (unsigned long long)task->cpu_ns);
		}
	}
	expect(found, "the ended process is not listed");
}

static void check_probe(struct collector *collector, bool waits)
{
	const struct task *task;
	struct sample sample;
	int ready[2], until[2];
	uint64_t blocked;
	pid_t pid;
	char byte;

	if (pipe2(ready, O_CLOEXEC) || pipe2(until, O_CLOEXEC) || sample_init(&sample))
		exit(2);
	pid = start_worker(ready[1], until);
	expect(read(ready[0], &byte, 1) == 1, "no worker");
	do
		expect(!collector_take(collector, &sample), "no sample");
	while ((task = task_list_find(&sample.tasks, (uint32_t)pid)) && task->state == 'R');
	expect(task, "the worker is not listed");
	if (task)
		compare(task);
	expect(sample.tasks.count > 10, "only %zu processes", sample.tasks.count);
	close(until[1]);
	waitpid(pid, NULL, 0);
	check_exit(collector, &sample);

	task = task_list_find(&sample.tasks, (uint32_t)getpid());
	blocked = task ? task->disk_wait_ns : ABSENT;
	expect(present(blocked) == waits, "time in D is %s", waits ? "absent" : "there");
	wait_in_d();
	expect(!collector_take(collector, &sample), "no sample");
	task = task_list_find(&sample.tasks, (uint32_t)getpid());
	if (task && waits)
		expect(task->disk_wait_ns - blocked > 200 * NS_PER_MS, "only %llu ns in D",
		       (unsigned long long)(task->disk_wait_ns - blocked));
	sample_release(&sample);
}

/* The first line of the screen says in a few words what is missing. */
static void check_header(struct collector *collector)
{
	struct frame frame = { .host = collector_host(collector),
			       .source = collector_source(collector),
			       .source_why = collector_source_why(collector) };
	static const struct view view = { .delay_s = 1 };
	struct canvas canvas = { 0 };
	char cause[32], text[161] = "";
	struct sample sample;
	struct model model;

	if (sample_init(&sample) || model_init(&model) || canvas_resize(&canvas, 1, 160))
		exit(2);
	expect(!collector_take(collector, &sample), "no sample");
	model_update(&model, NULL, &sample);
	header_draw(&canvas, (struct rect){ 0, 0, 1, 160 }, &model, &view, &frame);
	for (int i = 0; i < 160; i++)
		text[i] = (char)(canvas.cell[i].ch < 0x7f ? canvas.cell[i].ch : '?');
	cause_text(cause, sizeof(cause), frame.source_why);
	expect(*cause, "no cause in '%s'", frame.source_why);
	expect(strstr(text, cause) != NULL, "no '%s' in '%s'", cause, text);
	printf("header: %s%s\n", frame.source, cause);
	canvas_release(&canvas);
	model_release(&model);
	sample_release(&sample);
}

int main(int argc, char **argv)
{
	char why[SOURCE_WHY_MAX] = "";
	struct collector_options options = {
		.proc_root = "/proc", .sys_root = "/sys", .source = SOURCE_BPF, .why = why
	};
	const char *wanted = argc > 1 ? argv[1] : "bpf";
	bool waits = !strcmp(wanted, "bpf"), loads = waits || !strcmp(wanted, "nowaits");
	struct collector *collector;
	uint64_t began = clock_ns(CLOCK_MONOTONIC);
	int err = collector_open(&collector, &options);

	printf("probe: %s; %s (%llu ms)\n", err ? strerror(-err) : "loaded",
	       err ? why : collector_source_why(collector),
	       (unsigned long long)((clock_ns(CLOCK_MONOTONIC) - began) / NS_PER_MS));
	if (!err && loads) {
		expect(waits == !*collector_source_why(collector), "waits are not as expected");
		if (!waits)
			check_header(collector);
		check_probe(collector, waits);
	} else {
		expect(err && !loads, "loaded or refused, against what was expected");
		expect(loads || strstr(why, wanted), "the reason does not say '%s'", wanted);
		options.source = SOURCE_AUTO;
		err = collector_open(&collector, &options);
		expect(!err, "no /proc source either");
		if (!err)
			check_header(collector);
	}
	fflush(stdout);
	return wrong != 0;
}
