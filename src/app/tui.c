#include "app/tui.h"

#include <errno.h>
#include <langinfo.h>
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "app/fatal.h"
#include "app/sampler.h"
#include "base/clock.h"
#include "ui/screen.h"
#include "ui/view.h"

#define SLOTS 2              /* the newest sample, and the one being taken */
#define FIRST_INTERVAL_S 0.3 /* so that the first rates come at once, whatever the delay */

enum event { EVENT_SIGNAL, EVENT_TIMER, EVENT_SAMPLE, EVENT_TERMINAL };

struct tui {
	const struct options *options;
	struct collector *collector;
	struct model *model;      /* of the newest sample */
	struct model still;       /* while paused: what is shown */
	struct sample still_sample;
	bool still_ready;         /* still is initialised */
	bool was_paused;
	struct sampler sampler;
	struct sample slot[SLOTS];
	int current;              /* slot of the newest sample; -1: none yet */
	unsigned long samples;
	struct screen *screen;
	struct canvas canvas;
	struct view view;
	double draw_us;
	double delay_s;           /* what the timer runs at */
	int epoll_fd, signal_fd, timer_fd;
	bool dirty;               /* the picture is not what it should be */
	bool quit;
	int signal;               /* that ended it; 0: none */
	int err;
};

static int watch(struct tui *tui, int fd, enum event event)
{
	struct epoll_event watched = { .events = EPOLLIN, .data.u32 = event };

	return epoll_ctl(tui->epoll_fd, EPOLL_CTL_ADD, fd, &watched) ? -errno : 0;
}

static struct itimerspec seconds(double first, double every)
{
	struct itimerspec spec = {
		.it_value = { .tv_sec = (time_t)first,
			      .tv_nsec = (long)((first - floor(first)) * 1e9) },
		.it_interval = { .tv_sec = (time_t)every,
				 .tv_nsec = (long)((every - floor(every)) * 1e9) },
	};

	return spec;
}

static void set_timer(struct tui *tui, double first_s)
{
	struct itimerspec spec = seconds(first_s, tui->view.delay_s);

	tui->delay_s = tui->view.delay_s;
	timerfd_settime(tui->timer_fd, 0, &spec, NULL);
}

static int open_signals(void)
{
	static const int taken[] = { SIGINT,  SIGTERM, SIGHUP, SIGQUIT,
				     SIGTSTP, SIGCONT, SIGWINCH };
	sigset_t set;
	int fd;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++)
		sigaddset(&set, taken[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return fd < 0 ? -errno : fd;
}

static int free_slot(const struct tui *tui)
{
	return tui->current == 0 ? 1 : 0;
}

static void on_timer(struct tui *tui)
{
	uint64_t ticks;

	if (read(tui->timer_fd, &ticks, sizeof(ticks)) < 0)
		return;
	/* Still at the one before: this tick is left out, and the next interval is longer. */
	sampler_ask(&tui->sampler, &tui->slot[free_slot(tui)]);
}

static void on_sample(struct tui *tui)
{
	int taken = free_slot(tui);
	const struct sample *before = tui->current < 0 ? NULL : &tui->slot[tui->current];
	int err = sampler_fetch(&tui->sampler);

	if (err) {
		snprintf(tui->view.message, sizeof(tui->view.message), "no sample: %s",
			 strerror(-err));
		tui->dirty = true;
		if (!before) {
			tui->err = err;
			tui->quit = true;
		}
		return;
	}
	/* A copied tree that has not moved on says nothing new. */
	if (before && before->mono_ns == tui->slot[taken].mono_ns)
		return;
	err = model_update(tui->model, before, &tui->slot[taken]);
	if (err) {
		tui->err = err;
		tui->quit = true;
		return;
	}
	tui->current = taken;
	tui->dirty = tui->dirty || !tui->view.paused;
	tui->samples++;
	if (tui->options->count && tui->samples >= tui->options->count)
		tui->quit = true;
	if (tui->samples == 1)
		set_timer(tui, tui->delay_s < FIRST_INTERVAL_S ? tui->delay_s : FIRST_INTERVAL_S);
}

static void stop(struct tui *tui)
{
	screen_suspend(tui->screen);
	raise(SIGSTOP);
	screen_resume(tui->screen);
	tui->dirty = true;
}

static void on_signal(struct tui *tui)
{
	struct signalfd_siginfo info;

	while (read(tui->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		switch (info.ssi_signo) {
		case SIGWINCH:
			screen_resize(tui->screen);
			tui->dirty = true;
			break;
		case SIGTSTP:
			stop(tui);
			break;
		case SIGCONT:
			tui->view.redraw = tui->dirty = true;
			break;
		case SIGINT:
			tui->quit = true;
			break;
		default:
			tui->signal = (int)info.ssi_signo;
			tui->quit = true;
		}
	}
}

static struct model *shown(struct tui *tui)
{
	return tui->view.paused && tui->still_ready ? &tui->still : tui->model;
}

/* The view was paused or goes on: keeps a copy of the instant, or gives its sort orders back. */
static void follow_pause(struct tui *tui)
{
	int err = 0;

	if (tui->view.paused == tui->was_paused)
		return;
	tui->was_paused = tui->view.paused;
	if (!tui->view.paused) {
		memcpy(tui->model->top_order, tui->still.top_order, sizeof(tui->still.top_order));
		model_rank(tui->model);
		return;
	}
	if (!tui->still_ready) {
		err = model_init(&tui->still);
		if (!err)
			err = sample_init(&tui->still_sample);
		tui->still_ready = !err;
	}
	if (!err)
		err = model_copy(&tui->still, tui->model, &tui->still_sample);
	if (err)
		tui->view.paused = tui->was_paused = false;
}

static void on_keys(struct tui *tui)
{
	int key, rows, columns;

	screen_size(tui->screen, &rows, &columns);
	while ((key = screen_key(tui->screen)) != SCREEN_NO_KEY) {
		if (key == SCREEN_KEY_RESIZE)
			screen_resize(tui->screen);
		if (view_key(&tui->view, shown(tui), rows, columns, key))
			tui->dirty = true;
		follow_pause(tui);
	}
	if (tui->view.quit)
		tui->quit = true;
	if (tui->view.redraw)
		tui->dirty = true;
	if (tui->view.delay_s != tui->delay_s)
		set_timer(tui, tui->view.delay_s);
}

static void draw(struct tui *tui)
{
	struct model *model = shown(tui);
	uint64_t began = clock_ns(CLOCK_MONOTONIC);
	struct frame frame = {
		.host = collector_host(tui->collector),
		.source = collector_source(tui->collector),
		.source_why = collector_source_why(tui->collector),
		.draw_us = tui->draw_us,
	};
	int rows, columns;

	tui->dirty = false;
	screen_size(tui->screen, &rows, &columns);
	if (rows != tui->canvas.rows || columns != tui->canvas.columns) {
		if (canvas_resize(&tui->canvas, rows, columns)) {
			tui->err = -ENOMEM;
			tui->quit = true;
			return;
		}
	}
	if (model->current)
		frame.now_real_ns = model->current->real_ns;
	canvas_clear(&tui->canvas);
	view_draw(&tui->view, model, &frame, &tui->canvas);
	screen_show(tui->screen, &tui->canvas, tui->view.redraw);
	tui->view.redraw = false;
	tui->draw_us = (double)(clock_ns(CLOCK_MONOTONIC) - began) / 1e3;
}

static void handle(struct tui *tui, const struct epoll_event *event)
{
	switch ((enum event)event->data.u32) {
	case EVENT_SIGNAL:
		on_signal(tui);
		break;
	case EVENT_TIMER:
		on_timer(tui);
		break;
	case EVENT_SAMPLE:
		on_sample(tui);
		break;
	case EVENT_TERMINAL:
		/* A closed terminal is readable for ever: leave at once. */
		if (event->events & (EPOLLHUP | EPOLLERR))
			tui->quit = true;
		else
			on_keys(tui);
		break;
	}
}

static void loop(struct tui *tui)
{
	struct epoll_event events[8];

	while (!tui->quit) {
		int count = epoll_wait(tui->epoll_fd, events, 8, -1);

		if (count < 0 && errno != EINTR) {
			tui->err = -errno;
			return;
		}
		for (int i = 0; i < count && !tui->quit; i++)
			handle(tui, &events[i]);
		if (tui->dirty && !tui->quit)
			draw(tui);
	}
}

static int open_loop(struct tui *tui)
{
	int err;

	tui->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	tui->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (tui->epoll_fd < 0 || tui->timer_fd < 0)
		return -errno;
	tui->signal_fd = open_signals();
	if (tui->signal_fd < 0)
		return tui->signal_fd;
	for (int i = 0; i < SLOTS; i++) {
		err = sample_init(&tui->slot[i]);
		if (err)
			return err;
	}
	err = sampler_start(&tui->sampler, tui->collector);
	if (err)
		return err;
	err = watch(tui, tui->signal_fd, EVENT_SIGNAL);
	if (!err)
		err = watch(tui, tui->timer_fd, EVENT_TIMER);
	if (!err)
		err = watch(tui, tui->sampler.done_fd, EVENT_SAMPLE);
	if (!err)
		err = watch(tui, STDIN_FILENO, EVENT_TERMINAL);
	return err;
}

/*
 * On a machine without memory, a page of this program that was taken away comes back from the very
 * disk that everybody waits for. Only what is in use is locked (MCL_ONFAULT), and only where allowed.
 */
static void lock_memory(void)
{
	if (mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT))
		errno = 0;
}

static bool use_ascii(const struct options *options)
{
	return options->ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

static bool use_color(const struct options *options)
{
	const char *no_color = getenv("NO_COLOR"); /* no-color.org: set and not empty */

	return !options->no_color && !(no_color && *no_color);
}

/* Sort column of the command line: for every table that shows it, the one ranked by it in front. */
static void apply_sort(struct tui *tui)
{
	if (!tui->options->sort_given)
		return;
	view_sort(&tui->view, tui->model, tui->options->sort);
}

static void release(struct tui *tui)
{
	for (int i = 0; i < SLOTS; i++)
		sample_release(&tui->slot[i]);
	if (tui->still_ready) {
		model_release(&tui->still);
		sample_release(&tui->still_sample);
	}
	canvas_release(&tui->canvas);
	view_release(&tui->view);
	close(tui->epoll_fd);
	close(tui->timer_fd);
	close(tui->signal_fd);
}

static int finish(struct tui *tui)
{
	if (tui->err) {
		fprintf(stderr, "stalltop: %s\n", strerror(-tui->err));
		return EXIT_FAILURE;
	}
	if (tui->signal) {
		sigset_t set;

		sigemptyset(&set);
		sigaddset(&set, tui->signal);
		signal(tui->signal, SIG_DFL);
		raise(tui->signal);
		sigprocmask(SIG_UNBLOCK, &set, NULL);
	}
	return EXIT_SUCCESS;
}

int tui_run(const struct options *options, struct collector *collector, struct model *model)
{
	struct tui tui = {
		.options = options,
		.collector = collector,
		.model = model,
		.current = -1,
		.draw_us = NAN,
		.epoll_fd = -1,
		.signal_fd = -1,
		.timer_fd = -1,
	};
	struct screen_options look = { .color = use_color(options), .ascii = use_ascii(options) };
	char why[256];
	int status;

	tui.err = screen_open(&tui.screen, &look, why, sizeof(why));
	if (tui.err) {
		fprintf(stderr, "stalltop: %s\n", why);
		return EXIT_FAILURE;
	}
	fatal_install();
	lock_memory();
	tui.canvas.ascii = look.ascii;
	view_init(&tui.view, options->delay_s);
	apply_sort(&tui);
	tui.err = open_loop(&tui);
	if (!tui.err) {
		set_timer(&tui, 1e-6);
		loop(&tui);
	}
	screen_close(tui.screen);
	if (!sampler_stop(&tui.sampler)) {
		/* The thread may hang in the kernel: leave everything that it uses to exit. */
		status = finish(&tui);
		fflush(NULL);
		_exit(status);
	}
	release(&tui);
	return finish(&tui);
}
