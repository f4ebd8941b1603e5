#include "app/tui.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "app/act.h"
#include "app/fatal.h"
#include "app/look.h"
#include "app/memory_lock.h"
#include "app/signals.h"
#include "app/tui_replay.h"
#include "app/tui_samples.h"
#include "app/tui_settings.h"
#include "app/tui_state.h"
#include "base/clock.h"
#include "base/value.h"
#include "ui/mouse.h"

#define KEYS_AT_ONCE 64 /* so that a flood of them starves nobody */

enum event {
	EVENT_SIGNAL,
	EVENT_TIMER,
	EVENT_SAMPLE,
	EVENT_CMDLINE,
	EVENT_LISTEN,
	EVENT_TERMINAL,
	EVENT_OUTPUT,
};

void tui_fail(struct tui *tui, int err)
{
	tui->err = err;
	tui->quit = true;
}

static int watch(struct tui *tui, int fd, enum event event)
{
	struct epoll_event watched = { .events = EPOLLIN, .data.u32 = event };

	return epoll_ctl(tui->epoll_fd, EPOLL_CTL_ADD, fd, &watched) ? -errno : 0;
}

static void stop(struct tui *tui)
{
	screen_suspend(tui->screen);
	signals_stop();
	screen_resume(tui->screen);
	tui->dirty = true;
}

/* Others have had the terminal while a SIGSTOP, which nobody sees coming, was in force. */
static void take_again(struct tui *tui)
{
	screen_suspend(tui->screen);
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
			take_again(tui);
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

static bool give_key(struct tui *tui, int rows, int columns, int key)
{
	struct model *model = shown_model(&tui->shown, &tui->view, tui->model);
	struct mouse mouse;

	if (key != SCREEN_KEY_MOUSE)
		return view_key(&tui->view, model, rows, columns, key);
	mouse = screen_mouse(tui->screen);
	return mouse_run(&tui->view, model, rows, columns, &mouse);
}

/*
 * A question that nobody has seen is not answered: text that was pasted by mistake may have a k, the
 * end of a line and a y.
 */
static bool on_key(struct tui *tui, int rows, int columns, int key)
{
	bool was_asked = tui->view.mode == MODE_CONFIRM;
	bool changes = give_key(tui, rows, columns, key);

	if (tui->view.mode == MODE_CONFIRM && !was_asked)
		screen_drop_keys(tui->screen);
	return changes;
}

static void on_keys(struct tui *tui)
{
	int key = SCREEN_NO_KEY, left = KEYS_AT_ONCE, rows, columns;

	screen_size(tui->screen, &rows, &columns);
	while (left-- > 0 && (key = screen_key(tui->screen)) != SCREEN_NO_KEY) {
		if (key == SCREEN_KEY_RESIZE) {
			screen_resize(tui->screen);
			screen_size(tui->screen, &rows, &columns);
		}
		if (on_key(tui, rows, columns, key))
			tui->dirty = tui->asked = true;
		if (tui->player)
			tui_replay_follow(tui);
		shown_follow(&tui->shown, &tui->view, tui->model);
		if (tui->view.act.kind != ACT_NONE)
			act_run(&tui->view, feed_host(tui->feed)->live);
	}
	tui->more_keys = key != SCREEN_NO_KEY;
	feed_want_threads(tui->feed, tui->view.threads);
	screen_use_mouse(tui->screen, tui->view.mouse);
	if (tui->view.quit)
		tui->quit = true;
	if (tui->view.redraw)
		tui->dirty = true;
	tui_settings_follow(tui);
	if (!tui->player && tui->view.delay_s != tui->delay_s)
		tui_set_timer(tui, tui->view.delay_s);
}

/* What is sent of the picture; all of it where there is no memory to choose. */
static const struct canvas *picture(struct tui *tui, const struct model *model)
{
	bool whole = tui->asked || tui->view.redraw;

	tui->asked = false;
	if (!tui->view.slow_link ||
	    slow_link_take(&tui->slow, &tui->canvas, &tui->view, (unsigned)model->cpu_count, whole))
		return &tui->canvas;
	return &tui->slow.shown;
}

static void draw(struct tui *tui)
{
	struct model *model = shown_model(&tui->shown, &tui->view, tui->model);
	uint64_t began = clock_ns(CLOCK_MONOTONIC);
	struct frame frame = {
		.host = feed_host(tui->feed),
		.source = feed_source(tui->feed),
		.source_why = feed_source_why(tui->feed),
		.now_real_ns = model->current ? model->current->real_ns : ABSENT,
		.draw_us = tui->draw_us,
		.previous = shown_previous(&tui->shown, &tui->view),
		.history = &tui->shown.history,
		.age = shown_age(&tui->shown, &tui->view),
	};
	const struct canvas *shown;
	int rows, columns;

	tui->dirty = false;
	screen_size(tui->screen, &rows, &columns);
	if (rows != tui->canvas.rows || columns != tui->canvas.columns) {
		if (canvas_resize(&tui->canvas, rows, columns)) {
			tui_fail(tui, -ENOMEM);
			return;
		}
	}
	view_draw(&tui->view, model, &frame, &tui->canvas);
	shown = picture(tui, model);
	/* The write may hang half-way: who ends the program then must not have to wait for the line. */
	signals_let_end();
	screen_show(tui->screen, shown, tui->view.redraw);
	signals_hold();
	tui->view.redraw = false;
	/* The pids of a recording may be others' by now. */
	if (!feed_is_recorded(tui->feed))
		cmdline_reader_ask(&tui->reader, tui->view.cmdlines);
	tui->draw_us = (double)(clock_ns(CLOCK_MONOTONIC) - began) / 1e3;
}

static void handle(struct tui *tui, const struct epoll_event *event)
{
	switch ((enum event)event->data.u32) {
	case EVENT_SIGNAL:
		on_signal(tui);
		break;
	case EVENT_TIMER:
		if (tui->player)
			tui_replay_ask(tui);
		else
			tui_on_timer(tui);
		break;
	case EVENT_SAMPLE:
		if (tui->player)
			tui_replay_on_sample(tui);
		else
			tui_on_sample(tui);
		break;
	case EVENT_CMDLINE:
		cmdline_reader_fetch(&tui->reader, tui->view.cmdlines);
		tui->dirty = true;
		break;
	case EVENT_LISTEN:
		listener_serve(tui->listener);
		tui_serve_scrapes(tui);
		break;
	case EVENT_TERMINAL:
		/* A closed terminal is readable for ever: leave at once. */
		if (event->events & (EPOLLHUP | EPOLLERR))
			tui->quit = true;
		else
			on_keys(tui);
		break;
	case EVENT_OUTPUT:
		break;
	}
}

static int watch_output(struct tui *tui, int operation, uint32_t events)
{
	struct epoll_event watched = { .events = events | EPOLLONESHOT, .data.u32 = EVENT_OUTPUT };

	return epoll_ctl(tui->epoll_fd, operation, STDOUT_FILENO, &watched) ? -errno : 0;
}

/* A terminal that takes nothing (^S, a line that hangs) gets the frame when it does. */
static bool takes_output(struct tui *tui)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

	if (poll(&out, 1, 0) > 0)
		return true;
	watch_output(tui, EPOLL_CTL_MOD, EPOLLOUT);
	return false;
}

static void loop(struct tui *tui)
{
	struct epoll_event events[8];

	while (!tui->quit) {
		int count = epoll_wait(tui->epoll_fd, events, 8, tui->more_keys ? 0 : -1);

		if (count < 0 && errno != EINTR) {
			tui->err = -errno;
			return;
		}
		for (int i = 0; i < count && !tui->quit; i++)
			handle(tui, &events[i]);
		if (tui->more_keys && !tui->quit)
			on_keys(tui);
		if (tui->dirty && !tui->moves && !tui->quit && takes_output(tui))
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
	tui->signal_fd = signals_open();
	if (tui->signal_fd < 0)
		return tui->signal_fd;
	for (int i = 0; i < SLOTS; i++) {
		err = sample_init(&tui->slot[i]);
		if (err)
			return err;
	}
	err = sampler_start(&tui->sampler, tui->feed);
	if (err)
		return err;
	err = watch(tui, tui->signal_fd, EVENT_SIGNAL);
	if (!err)
		err = watch(tui, tui->timer_fd, EVENT_TIMER);
	if (!err)
		err = watch(tui, tui->sampler.done_fd, EVENT_SAMPLE);
	if (!err)
		err = cmdline_reader_open(&tui->reader, tui->options->collector.proc_root);
	if (!err)
		err = watch(tui, tui->reader.done_fd, EVENT_CMDLINE);
	if (!err && tui->listener)
		err = watch(tui, listener_fd(tui->listener), EVENT_LISTEN);
	if (!err)
		err = watch(tui, STDIN_FILENO, EVENT_TERMINAL);
	if (!err)
		err = watch_output(tui, EPOLL_CTL_ADD, 0);
	return err;
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
	shown_release(&tui->shown);
	canvas_release(&tui->canvas);
	slow_link_release(&tui->slow);
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
	if (tui->signal)
		signals_end_by(tui->signal);
	return EXIT_SUCCESS;
}

int tui_run(const struct options *options, struct feed *feed, struct recorder *recorder,
	    struct model *model)
{
	struct tui tui = {
		.options = options,
		.feed = feed,
		.recorder = recorder,
		.player = player_of(feed),
		.model = model,
		.current = -1,
		.before = -1,
		.draw_us = NAN,
		.epoll_fd = -1,
		.signal_fd = -1,
		.timer_fd = -1,
	};
	struct screen_options look = look_of(options);
	char why[256];
	int status;

	if (listener_open(&tui.listener, options, feed, model))
		return EXIT_FAILURE;
	/* Nothing may end the program between its taking the terminal and its giving it back. */
	signals_hold();
	fatal_install();
	tui.err = screen_open(&tui.screen, &look, why, sizeof(why));
	if (tui.err) {
		fprintf(stderr, "stalltop: %s\n", why);
		listener_close(tui.listener);
		return EXIT_FAILURE;
	}
	memory_lock();
	tui.canvas.ascii = look.ascii;
	tui.canvas.console = look.console;
	view_init(&tui.view, options->delay_s);
	tui_settings_apply(&tui);
	tui.view.slow_link = options->slow_link;
	tui.view.mouse = !options->no_mouse;
	screen_use_mouse(tui.screen, tui.view.mouse);
	apply_sort(&tui);
	tui.err = open_loop(&tui);
	if (!tui.err) {
		if (tui.player)
			tui_replay_begin(&tui);
		else
			tui_set_timer(&tui, 1e-6);
		loop(&tui);
	}
	screen_close(tui.screen);
	if (!cmdline_reader_stop(&tui.reader) || !sampler_stop(&tui.sampler)) {
		/* A thread may hang in the kernel: leave everything that it uses to exit. */
		status = finish(&tui);
		fflush(NULL);
		_exit(status);
	}
	listener_close(tui.listener);
	release(&tui);
	return finish(&tui);
}
