/*
 * Nothing is allocated in a steady refresh: collect, update and draw, by the real code on the real
 * /proc. Every allocation of the process is counted, those inside libc included.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/value.h"
#include "model/history.h"
#include "model/model.h"
#include "proc/stat.h"
#include "sample/collector.h"
#include "ui/view.h"

#define CHILDREN 256
#define ENDING 64 /* at once: qsort(3) would take memory to sort them */
#define WARM_UP 8
#define QUIET_ROUNDS 12
#define ROUNDS_MAX 4000

static atomic_ulong allocations;

#ifdef __SANITIZE_ADDRESS__
void __sanitizer_malloc_hook(const volatile void *block, size_t size);

void __sanitizer_malloc_hook(const volatile void *block, size_t size)
{
	(void)block;
	(void)size;
	allocations++;
}
#else
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);

void *malloc(size_t size)
{
	allocations++;
	return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	allocations++;
	return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
	allocations++;
	return __libc_realloc(block, size);
}
#endif

struct refresh {
	struct collector *collector;
	struct model model;
	struct sample sample[2];
	struct view view;
	struct canvas canvas;
	struct history history;
	unsigned round;
};

static void refresh_once(struct refresh *refresh)
{
	struct sample *sample = &refresh->sample[refresh->round % 2];
	const struct sample *previous = refresh->round ? &refresh->sample[(refresh->round + 1) % 2]
						       : NULL;
	struct frame frame = { .host = collector_host(refresh->collector),
			       .source = collector_source(refresh->collector),
			       .source_why = "",
			       .draw_us = NAN };

	assert_int_equal(collector_take(refresh->collector, sample), 0);
	assert_int_equal(model_update(&refresh->model, previous, sample), 0);
	/* Remembered, and looked at as the past, too. */
	assert_int_equal(history_push(&refresh->history, &refresh->model), 0);
	assert_int_equal(history_show(&refresh->history, 1, &refresh->model), 0);
	view_draw(&refresh->view, &refresh->history.past, &frame, &refresh->canvas);
	frame.now_real_ns = sample->real_ns;
	canvas_clear(&refresh->canvas);
	view_draw(&refresh->view, &refresh->model, &frame, &refresh->canvas);
	refresh->round++;
}

static void open_refresh(struct refresh *refresh, enum source_kind source)
{
	struct collector_options options = { .proc_root = "/proc",
					     .sys_root = "/sys",
					     .source = source };

	*refresh = (struct refresh){ 0 };
	assert_int_equal(collector_open(&refresh->collector, &options), 0);
	assert_int_equal(model_init(&refresh->model), 0);
	assert_int_equal(sample_init(&refresh->sample[0]), 0);
	assert_int_equal(sample_init(&refresh->sample[1]), 0);
	assert_int_equal(canvas_resize(&refresh->canvas, 45, 160), 0);
	view_init(&refresh->view, 1);
}

static void close_refresh(struct refresh *refresh)
{
	collector_close(refresh->collector);
	history_release(&refresh->history);
	model_release(&refresh->model);
	sample_release(&refresh->sample[0]);
	sample_release(&refresh->sample[1]);
	view_release(&refresh->view);
	canvas_release(&refresh->canvas);
}

/* So many were forked since the machine started. */
static uint64_t forks(void)
{
	static char text[1 << 16];
	struct proc_stat stat = { .cpu_cap = 0 };
	int fd = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ssize_t len = file_read_at(fd, "stat", text, sizeof(text));

	close(fd);
	assert_true(len > 0);
	assert_int_equal(stat_parse(&stat, text, (size_t)len), 0);
	return stat.processes;
}

static size_t tasks_now(const struct refresh *refresh)
{
	return refresh->sample[(refresh->round + 1) % 2].tasks.count;
}

/*
 * Rounds in which somebody forked are not steady: a process never seen before may need room. The
 * machine is not ours alone, so quiet rounds are counted until there are enough. Forks are counted here,
 * around the round: a sample reads its own count before its processes.
 */
static bool refresh_steadily(struct refresh *refresh)
{
	unsigned long before;
	size_t tasks = tasks_now(refresh);
	uint64_t forked = forks();

	before = allocations;
	refresh_once(refresh);
	if (tasks < tasks_now(refresh) || forked != forks())
		return false;
	if (allocations != before)
		print_error("round %u: %lu allocations\n", refresh->round, allocations - before);
	assert_int_equal(allocations, before);
	return true;
}

static void warm_up(struct refresh *refresh)
{
	for (unsigned i = 0; i < WARM_UP; i++)
		refresh_once(refresh);
}

static void assert_steady(struct refresh *refresh)
{
	unsigned quiet = 0;

	warm_up(refresh);
	for (unsigned i = 0; i < ROUNDS_MAX && quiet < QUIET_ROUNDS; i++)
		quiet += refresh_steadily(refresh);
	assert_int_equal(quiet, QUIET_ROUNDS);
}

static pid_t children[CHILDREN];

static int start_children(void **state)
{
	(void)state;
	for (int i = 0; i < CHILDREN; i++) {
		children[i] = fork();
		if (children[i] < 0)
			return -1;
		if (children[i])
			continue;
		if (i == 0)
			for (volatile unsigned long n = 0;; n++)
				;
		for (;;)
			pause();
	}
	return 0;
}

static void end_child(int i)
{
	kill(children[i], SIGKILL);
	waitpid(children[i], NULL, 0);
	children[i] = 0;
}

static int end_children(void **state)
{
	(void)state;
	for (int i = 0; i < CHILDREN; i++)
		if (children[i] > 0)
			end_child(i);
	return 0;
}

static void steady_refresh_allocates_nothing(void **state)
{
	struct refresh refresh;

	(void)state;
	open_refresh(&refresh, SOURCE_AUTO);
	assert_steady(&refresh);
	close_refresh(&refresh);
}

/* One that ends is told of by other means than those that live, from the first on. */
static void the_end_of_a_process_allocates_nothing(void **state)
{
	struct refresh refresh;
	int quiet = 0;

	(void)state;
	open_refresh(&refresh, SOURCE_AUTO);
	warm_up(&refresh);
	for (int i = 0; i < CHILDREN && !quiet;) {
		for (int end = i + ENDING; i < end; i++)
			end_child(i);
		quiet = refresh_steadily(&refresh);
	}
	assert_true(quiet);
	close_refresh(&refresh);
}

static void steady_refresh_on_proc_allocates_nothing(void **state)
{
	struct refresh refresh;

	(void)state;
	open_refresh(&refresh, SOURCE_PROC);
	assert_string_equal(collector_source(refresh.collector), "proc");
	assert_steady(&refresh);
	close_refresh(&refresh);
}

static void steady_zoomed_table_allocates_nothing(void **state)
{
	struct refresh refresh;

	(void)state;
	open_refresh(&refresh, SOURCE_AUTO);
	refresh.view.focus = PANE_TOP + TOP_CPU;
	refresh.view.zoom = PANE_TOP + TOP_CPU;
	assert_steady(&refresh);
	close_refresh(&refresh);
}

static void allocations_are_seen(void **state)
{
	unsigned long before = allocations;
	void *volatile block = malloc(100);

	(void)state;
	free(block);
	assert_int_equal(allocations, before + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(allocations_are_seen),
		cmocka_unit_test_setup_teardown(steady_refresh_allocates_nothing, start_children,
						end_children),
		cmocka_unit_test_setup_teardown(the_end_of_a_process_allocates_nothing,
						start_children, end_children),
		cmocka_unit_test_setup_teardown(steady_refresh_on_proc_allocates_nothing,
						start_children, end_children),
		cmocka_unit_test_setup_teardown(steady_zoomed_table_allocates_nothing,
						start_children, end_children),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
