/*
 * app/tui_state: what the parts of the dashboard's event loop share.
 */
#ifndef STALLTOP_APP_TUI_STATE_H
#define STALLTOP_APP_TUI_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/cmdline_reader.h"
#include "app/listener.h"
#include "app/options.h"
#include "app/recorder.h"
#include "app/sampler.h"
#include "app/shown.h"
#include "model/model.h"
#include "ui/canvas.h"
#include "ui/screen.h"
#include "ui/slow_link.h"
#include "ui/view.h"

#define SLOTS 3 /* the newest sample, the one before, and the one being taken */

struct tui {
	const struct options *options;
	struct feed *feed;
	struct recorder *recorder; /* NULL: nothing is recorded */
	struct model *model; /* of the newest sample */
	struct shown shown; /* another instant than the newest */
	struct sampler sampler;
	struct cmdline_reader reader;
	struct listener *listener; /* NULL: none */
	bool tick_waits; /* for the end of a sample that a scrape wanted */
	struct sample slot[SLOTS];
	int current, before; /* slots of the newest sample and the one before; -1: none yet */
	unsigned long samples;
	uint64_t asked_ns; /* when the newest sample was asked for */
	bool told; /* the message is of a sample that did not come */
	struct screen *screen;
	struct canvas canvas;
	struct slow_link slow;
	bool asked; /* what the picture will show was asked for: it is shown whole */
	struct view view;
	double draw_us;
	double delay_s; /* what the timer runs at */
	enum theme_id theme; /* of the screen */
	int epoll_fd, signal_fd, timer_fd;
	bool dirty; /* the picture is not what it should be */
	bool more_keys; /* some may wait inside ncurses, where epoll does not see them */
	bool quit;
	int signal; /* that ended it; 0: none */
	int err;
};

/* The loop ends with this error. */
void tui_fail(struct tui *tui, int err);

#endif
