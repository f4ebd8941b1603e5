/*
 * app/tui: the dashboard's event loop: keys, timer, signals and finished samples on one epoll(7).
 */
#ifndef STALLTOP_APP_TUI_H
#define STALLTOP_APP_TUI_H

#include "app/options.h"
#include "app/recorder.h"
#include "model/model.h"

/*
 * Shows the dashboard until q, the count of samples, a signal or the end of the terminal. Returns the
 * exit status; an error is printed after the terminal was put back. A deadly signal that was caught
 * (TERM, HUP, QUIT) is raised again, so that the caller sees it.
 */
int tui_run(const struct options *options, struct feed *feed, struct recorder *recorder,
	    struct model *model);

#endif
