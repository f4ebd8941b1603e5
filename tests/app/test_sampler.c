/*
 * The sampler thread: on this machine, and on a copied one whose meminfo is a FIFO, so that a sample
 * takes exactly as long as the test wants.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/sampler.h"
#include "base/directory.h"
#include "base/value.h"
#include "sample/live.h"
#include "screen/tree.h"
#include "tasks/child.h"

#define WAIT_MS 10000

static struct collector *open_collector(const char *proc_root)
{
	struct collector_options options = { .proc_root = proc_root, .sys_root = "/sys" };
	struct collector *collector;

	assert_int_equal(collector_open(&collector, &options), 0);
	return collector;
}

static bool is_done(const struct sampler *sampler, int timeout_ms)
{
	struct pollfd done = { .fd = sampler->done_fd, .events = POLLIN };

	return poll(&done, 1, timeout_ms) == 1;
}

static void samples_one_after_another(void **state)
{
	int descriptors = open_descriptors();
	struct collector *collector = open_collector("/proc");
	struct sampler sampler;
	struct live live;
	struct sample sample[2];

	(void)state;
	assert_int_equal(sample_init(&sample[0]), 0);
	assert_int_equal(sample_init(&sample[1]), 0);
	assert_int_equal(sampler_start(&sampler, live_feed(&live, collector)), 0);
	assert_false(is_done(&sampler, 0));
	for (uint64_t i = 0; i < 6; i++) {
		assert_int_equal(sampler_ask(&sampler, &sample[i % 2]), 0);
		assert_int_equal(sampler_ask(&sampler, &sample[(i + 1) % 2]), -EBUSY);
		assert_true(is_done(&sampler, WAIT_MS));
		/* Done is not fetched: the sample is not free yet. */
		assert_int_equal(sampler_ask(&sampler, &sample[(i + 1) % 2]), -EBUSY);
		assert_int_equal(sampler_fetch(&sampler), 0);
		assert_false(is_done(&sampler, 0));
		assert_int_equal(sample[i % 2].sequence, i + 1);
		assert_true(sample[i % 2].tasks.count > 0);
	}
	assert_true(sampler_stop(&sampler));
	collector_close(collector);
	sample_release(&sample[0]);
	sample_release(&sample[1]);
	assert_int_equal(open_descriptors(), descriptors);
}

/* One of the system alone leaves the count of samples, and what a source tells once, to the next. */
static void the_system_alone(void **state)
{
	struct collector *collector = open_collector("/proc");
	struct sampler sampler;
	struct sample sample;
	struct live live;

	(void)state;
	assert_int_equal(sample_init(&sample), 0);
	assert_int_equal(sampler_start(&sampler, live_feed(&live, collector)), 0);
	for (uint64_t i = 1; i < 3; i++) {
		assert_int_equal(sampler_ask_system(&sampler, &sample), 0);
		assert_int_equal(sampler_ask(&sampler, &sample), -EBUSY);
		assert_true(is_done(&sampler, WAIT_MS));
		assert_int_equal(sampler_fetch(&sampler), 0);
		assert_true(present(sample.vmstat.pgfault) && present(sample.self.rss_bytes));
		assert_int_equal(sample.tasks.count, 0);
		assert_false(present(sample.self.tasks_ns));
		assert_int_equal(sampler_ask(&sampler, &sample), 0);
		assert_true(is_done(&sampler, WAIT_MS));
		assert_int_equal(sampler_fetch(&sampler), 0);
		assert_int_equal(sample.sequence, i);
		assert_true(sample.tasks.count > 0 && present(sample.self.tasks_ns));
	}
	assert_true(sampler_stop(&sampler));
	collector_close(collector);
	sample_release(&sample);
}

static void stop_after_an_unfetched_sample(void **state)
{
	struct collector *collector = open_collector("/proc");
	struct sampler sampler;
	struct live live;
	struct sample sample;

	(void)state;
	assert_int_equal(sample_init(&sample), 0);
	assert_int_equal(sampler_start(&sampler, live_feed(&live, collector)), 0);
	assert_int_equal(sampler_ask(&sampler, &sample), 0);
	assert_true(is_done(&sampler, WAIT_MS));
	assert_true(sampler_stop(&sampler));
	assert_true(sampler_stop(&sampler)); /* again */
	collector_close(collector);
	sample_release(&sample);
}

/* Opens the other end of the FIFO, for which the thread waits. */
static void let_go(const char *fifo)
{
	int fd = open(fifo, O_WRONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	close(fd);
}

static void a_sample_that_hangs(void **state)
{
	char proc[160], fifo[200];
	struct collector *collector;
	struct sampler sampler;
	struct live live;
	struct sample sample;
	struct tree tree;

	(void)state;
	assert_int_equal(tree_create(&tree, "quiet", 0), 0);
	snprintf(proc, sizeof(proc), "%s/proc", tree.root);
	snprintf(fifo, sizeof(fifo), "%s/meminfo", proc);
	unlink(fifo);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	collector = open_collector(proc);
	assert_int_equal(sample_init(&sample), 0);
	assert_int_equal(sampler_start(&sampler, live_feed(&live, collector)), 0);
	assert_int_equal(sampler_ask(&sampler, &sample), 0);
	assert_false(sampler_stop(&sampler)); /* at once, although it hangs */
	assert_false(is_done(&sampler, 0));
	assert_int_equal(sampler_ask(&sampler, &sample), -EBUSY);
	let_go(fifo);
	assert_true(is_done(&sampler, WAIT_MS));
	assert_int_equal(sampler_fetch(&sampler), 0);
	/* Of a pipe nothing can be read at an offset: that file alone is lost. */
	assert_int_equal(sample.status[FILE_MEMINFO], -ESPIPE);
	assert_int_equal(sample.status[FILE_VMSTAT], 0);
	assert_true(sampler_stop(&sampler));
	collector_close(collector);
	sample_release(&sample);
	tree_remove(&tree);
}

static void errors_are_handed_over(void **state)
{
	char proc[160], uptime[200];
	struct collector *collector;
	struct sampler sampler;
	struct live live;
	struct sample sample;
	struct tree tree;

	(void)state;
	assert_int_equal(tree_create(&tree, "quiet", 0), 0);
	snprintf(proc, sizeof(proc), "%s/proc", tree.root);
	snprintf(uptime, sizeof(uptime), "%s/uptime", proc);
	unlink(uptime);
	collector = open_collector(proc);
	assert_int_equal(sample_init(&sample), 0);
	assert_int_equal(sampler_start(&sampler, live_feed(&live, collector)), 0);
	assert_int_equal(sampler_ask(&sampler, &sample), 0);
	assert_true(is_done(&sampler, WAIT_MS));
	assert_int_equal(sampler_fetch(&sampler), -ENOENT);
	assert_true(sampler_stop(&sampler));
	collector_close(collector);
	sample_release(&sample);
	tree_remove(&tree);
}

static void start_that_fails(void **state)
{
	struct collector *collector = open_collector("/proc");
	struct sampler sampler = { 0 };
	struct live live;
	struct rlimit limit, none;
	int descriptors = open_descriptors();

	(void)state;
	assert_true(sampler_stop(&sampler)); /* never started: descriptor 0 is not its */
	assert_int_equal(open_descriptors(), descriptors);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	none = (struct rlimit){ 3, limit.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_int_equal(sampler_start(&sampler, live_feed(&live, collector)), -EMFILE);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	assert_true(sampler_stop(&sampler));
	assert_int_equal(open_descriptors(), descriptors);
	collector_close(collector);
}

/* The mask of signals that the thread blocks, from /proc. */
static unsigned long long blocked_signals(const char *tid)
{
	unsigned long long mask = 0;
	char path[64], line[256];
	FILE *file;

	snprintf(path, sizeof(path), "/proc/self/task/%.20s/status", tid);
	file = fopen(path, "re");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "SigBlk: %llx", &mask) == 1)
			break;
	fclose(file);
	return mask;
}

/* Signals go to the main thread; a fault of the thread's own must find its handler. */
static void signals_of_the_thread(void **state)
{
	struct collector *collector = open_collector("/proc");
	struct number_list tids = { 0 };
	struct sampler sampler;
	struct live live;
	struct sample sample;
	unsigned long long mask;
	char tid[16];
	int fd;

	(void)state;
	assert_int_equal(sample_init(&sample), 0);
	assert_int_equal(sampler_start(&sampler, live_feed(&live, collector)), 0);
	/* After its first sample the thread has begun for sure. */
	assert_int_equal(sampler_ask(&sampler, &sample), 0);
	assert_int_equal(sampler_fetch(&sampler), 0);
	fd = open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(directory_numbers(fd, &tids), 0);
	close(fd);
	snprintf(tid, sizeof(tid), "%u", tids.number[tids.count - 1]);
	mask = blocked_signals(tid);
	assert_true(mask & 1ull << (SIGTERM - 1));
	assert_true(mask & 1ull << (SIGWINCH - 1));
	assert_true(mask & 1ull << (SIGINT - 1));
	assert_false(mask & 1ull << (SIGSEGV - 1));
	assert_false(mask & 1ull << (SIGBUS - 1));
	assert_false(mask & 1ull << (SIGABRT - 1));
	number_list_release(&tids);
	assert_true(sampler_stop(&sampler));
	collector_close(collector);
	sample_release(&sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_one_after_another),
		cmocka_unit_test(the_system_alone),
		cmocka_unit_test(stop_after_an_unfetched_sample),
		cmocka_unit_test(a_sample_that_hangs),
		cmocka_unit_test(errors_are_handed_over),
		cmocka_unit_test(start_that_fails),
		cmocka_unit_test(signals_of_the_thread),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
