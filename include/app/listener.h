/*
 * app/listener: serves / and /metrics beside whatever else the program does, in the loop of its caller:
 * no thread, and nothing blocks. The caller watches one descriptor, hands in samples, and takes one
 * more when a scrape wants it.
 *
 * A scrape is answered from the newest sample when that is at most a second old; otherwise it waits for
 * another one, which the caller takes. Such a sample is of the system alone (feed_take_system) and
 * does not enter the caller's model: the dashboard's intervals stay as they are. Processes and alerts
 * are then those of the caller's last interval. A scrape for which none comes is told stalltop_up 0.
 *
 * A connection serves one request, of 8 KiB at most; app/visitors has the other limits. Nothing of a
 * request is looked at but its method and path.
 */
#ifndef STALLTOP_APP_LISTENER_H
#define STALLTOP_APP_LISTENER_H

#include <stdbool.h>
#include <stdint.h>

#include "app/options.h"
#include "model/model.h"
#include "sample/feed.h"

struct listener;

/*
 * Opens what options->listen asks for; *listener becomes NULL when it asks for nothing. Feed and
 * model are the caller's and must outlive it. 0 or -errno, which was then told on standard error.
 */
int listener_open(struct listener **listener, const struct options *options,
		  const struct feed *feed, const struct model *model);
void listener_close(struct listener *listener); /* NULL: nothing */

/* Readable when listener_serve() has something to do. */
int listener_fd(const struct listener *listener);
void listener_serve(struct listener *listener);

/*
 * Whether a scrape waits for a sample; NULL does not. Then one is taken with feed_take_system()
 * into the sample of listener_begin() and reported with listener_took(), or the model updated. The
 * sample belongs to the caller in between.
 */
bool listener_wants(struct listener *listener);
struct sample *listener_begin(struct listener *listener);
void listener_took(struct listener *listener, int err); /* of feed_take_system() */

/* The model has taken in a sample just now. NULL: nothing. */
void listener_updated(struct listener *listener);

#endif
