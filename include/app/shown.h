/*
 * app/shown: which instant the panes show: the newest, the one that stands still while paused,
 * one of the past, or the difference since a mark.
 *
 * The caller owns the struct, all zero at first; its copies are made when they are first needed.
 */
#ifndef STALLTOP_APP_SHOWN_H
#define STALLTOP_APP_SHOWN_H

#include <stdbool.h>

#include "model/history.h"
#include "model/model.h"
#include "model/since.h"
#include "ui/view.h"

struct shown {
	struct model still; /* while paused */
	struct sample still_sample;
	struct sample still_before; /* the one before it, or the marked one */
	bool still_has_before;
	const struct sample *before; /* the one before the newest, or NULL; the caller's */
	bool still_ready; /* they are initialised */
	bool was_paused;
	uint64_t paused_mono_ns; /* of the sample that stands still */
	struct history history;
	struct since since; /* while a mark is set */
	bool was_marked, was_totals;
};

void shown_release(struct shown *shown);

/* What the panes show and keys act on. */
struct model *shown_model(struct shown *shown, const struct view *view, struct model *newest);

/* The instant that shows, as samples behind the newest. */
size_t shown_age(const struct shown *shown, const struct view *view);

/*
 * What the rates of the model that shows are from: the sample before, or the marked one; or NULL. Of
 * the past no processes, CPUs and disks are in it.
 */
const struct sample *shown_previous(const struct shown *shown, const struct view *view);

/*
 * After every sample, which the newest model has taken in: remembers it, and keeps what shows where it
 * stands. True when the picture changes though it does not show the newest. 0 or -ENOMEM in *err.
 */
bool shown_sample(struct shown *shown, struct view *view, const struct model *newest, int *err);

/*
 * After a key: makes what shows fit what the view wants now. What the person chose in one instant,
 * orders and filter, is kept in the next. A view that cannot be had for lack of memory is given up.
 */
void shown_follow(struct shown *shown, struct view *view, struct model *newest);

#endif
