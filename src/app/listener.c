#include "app/listener.h"

#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "app/scrape.h"
#include "app/visitors.h"
#include "base/clock.h"

#define CONNECTIONS_MAX (VISITORS_MAX / LISTEN_SOCKETS)
#define CONNECTIONS_OF_ONE (VISITORS / 2) /* from one address of another machine */
#define REQUEST_BYTES 8192

struct listener {
	struct scrape scrape;
	struct visitors visitors;
	struct MHD_Daemon *daemon[LISTEN_SOCKETS];
	struct MHD_Response *page, *index, *not_found, *wrong_method;
	int epoll_fd, timer_fd;
	bool left; /* somebody did, in this run of the library */
};

static void on_connection(void *cls, struct MHD_Connection *connection, void **context,
			  enum MHD_ConnectionNotificationCode code)
{
	struct listener *listener = cls;
	int fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;

	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		*context = visitors_enter(&listener->visitors, connection, fd,
					  clock_ns(CLOCK_MONOTONIC));
	else if (*context)
		visitor_leave(*context);
	listener->left |= code == MHD_CONNECTION_NOTIFY_CLOSED;
}

/* --- answers */

static struct MHD_Response *response(const char *text, size_t len, enum MHD_ResponseMemoryMode mode,
				     const char *type)
{
	struct MHD_Response *made = MHD_create_response_from_buffer(len, (void *)text, mode);

	if (!made)
		return NULL;
	/* One request each: who has been served makes room. */
	if (MHD_add_response_header(made, MHD_HTTP_HEADER_CONTENT_TYPE, type) == MHD_YES &&
	    MHD_add_response_header(made, MHD_HTTP_HEADER_CONNECTION, "close") == MHD_YES)
		return made;
	MHD_destroy_response(made);
	return NULL;
}

static struct MHD_Response *fixed(const char *text)
{
	return response(text, strlen(text), MHD_RESPMEM_PERSISTENT, "text/html; charset=utf-8");
}

static int make_answers(struct listener *listener)
{
	listener->index =
		fixed("<!DOCTYPE html>\n<html lang=\"en\"><title>stalltop</title>\n"
		      "<h1>stalltop</h1>\n<p><a href=\"/metrics\">Metrics</a></p></html>\n");
	listener->not_found = fixed("Not found: / and /metrics are here.\n");
	listener->wrong_method = fixed("GET and HEAD alone.\n");
	if (!listener->index || !listener->not_found || !listener->wrong_method)
		return -ENOMEM;
	return MHD_add_response_header(listener->wrong_method, MHD_HTTP_HEADER_ALLOW,
				       "GET, HEAD") == MHD_YES
		       ? 0
		       : -ENOMEM;
}

/* Those that still read the page before keep it. */
static int renew_page(struct listener *listener, const struct visitor *visitor)
{
	struct scrape *scrape = &listener->scrape;
	int made = visitor->refused ? scrape_update_down(scrape, visitor->began_ns)
				    : scrape_update(scrape, visitor->began_ns);

	if (made < 0 || (!made && listener->page))
		return made;
	if (listener->page)
		MHD_destroy_response(listener->page);
	listener->page = response(scrape->text, scrape->len, MHD_RESPMEM_MUST_COPY,
				  "text/plain; version=0.0.4; charset=utf-8");
	return listener->page ? 0 : -ENOMEM;
}

static enum MHD_Result answer_scrape(struct listener *listener, struct MHD_Connection *connection,
				     struct visitor *visitor)
{
	if (!visitor->refused && !scrape_is_fresh(&listener->scrape, clock_ns(CLOCK_MONOTONIC))) {
		visitor->waiting = true;
		MHD_suspend_connection(connection);
		return MHD_YES;
	}
	if (renew_page(listener, visitor))
		return MHD_NO;
	return MHD_queue_response(connection, MHD_HTTP_OK, listener->page);
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *url,
				  const char *method, const char *version, const char *upload,
				  size_t *upload_size, void **request)
{
	struct listener *listener = cls;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct visitor *visitor = info ? info->socket_context : NULL;

	(void)version;
	(void)upload;
	(void)upload_size;
	(void)request;
	if (!visitor)
		return MHD_NO;
	visitor->asked = true;
	if (strcmp(method, MHD_HTTP_METHOD_GET) != 0 && strcmp(method, MHD_HTTP_METHOD_HEAD) != 0)
		return MHD_queue_response(connection, MHD_HTTP_METHOD_NOT_ALLOWED,
					  listener->wrong_method);
	if (!strcmp(url, "/metrics"))
		return answer_scrape(listener, connection, visitor);
	if (!strcmp(url, "/"))
		return MHD_queue_response(connection, MHD_HTTP_OK, listener->index);
	return MHD_queue_response(connection, MHD_HTTP_NOT_FOUND, listener->not_found);
}

/* --- the loop */

/* Wakes the caller when the library or a visitor's time wants it. */
static void arm(struct listener *listener)
{
	uint64_t now = clock_ns(CLOCK_MONOTONIC), at = visitors_deadline(&listener->visitors);
	struct itimerspec spec = { 0 };

	for (int i = 0; i < LISTEN_SOCKETS; i++) {
		MHD_UNSIGNED_LONG_LONG ms;

		if (listener->daemon[i] && MHD_get_timeout(listener->daemon[i], &ms) == MHD_YES &&
		    now + ms * NS_PER_MS < at)
			at = now + ms * NS_PER_MS;
	}
	/* At its limit the library takes its socket out of the epoll; only its next run puts it back. */
	if (listener->left)
		at = now;
	if (at != UINT64_MAX) {
		spec.it_value.tv_sec = (time_t)(at / NS_PER_S);
		spec.it_value.tv_nsec = (long)(at % NS_PER_S);
	}
	timerfd_settime(listener->timer_fd, TFD_TIMER_ABSTIME, &spec, NULL);
}

static void run(struct listener *listener)
{
	listener->left = false;
	for (int i = 0; i < LISTEN_SOCKETS; i++)
		if (listener->daemon[i])
			MHD_run(listener->daemon[i]);
	arm(listener);
}

static void resume(struct visitor *visitor, bool refused)
{
	visitor->waiting = false;
	visitor->refused = refused;
	MHD_resume_connection(visitor->connection);
}

static void resume_all(struct listener *listener, bool refused)
{
	struct visitor *visitor = visitors_waiting(&listener->visitors);

	if (!visitor)
		return;
	for (; visitor; visitor = visitors_waiting(&listener->visitors))
		resume(visitor, refused);
	run(listener);
}

int listener_fd(const struct listener *listener)
{
	return listener->epoll_fd;
}

void listener_serve(struct listener *listener)
{
	struct visitor *late;
	uint64_t ticks;

	while (read(listener->timer_fd, &ticks, sizeof(ticks)) < 0 && errno == EINTR)
		;
	while ((late = visitors_end_late(&listener->visitors, clock_ns(CLOCK_MONOTONIC))))
		resume(late, true);
	run(listener);
}

bool listener_wants(struct listener *listener)
{
	return listener && !listener->scrape.own_is_busy && visitors_waiting(&listener->visitors);
}

struct sample *listener_begin(struct listener *listener)
{
	listener->scrape.own_is_busy = true;
	return &listener->scrape.own;
}

void listener_took(struct listener *listener, int err)
{
	listener->scrape.own_is_busy = false;
	listener->scrape.own_at_ns = err ? 0 : clock_ns(CLOCK_MONOTONIC);
	resume_all(listener, err != 0);
}

void listener_updated(struct listener *listener)
{
	if (!listener)
		return;
	listener->scrape.model_at_ns = clock_ns(CLOCK_MONOTONIC);
	resume_all(listener, false);
}

/* --- opening and closing */

static int watch(const struct listener *listener, int fd)
{
	struct epoll_event event = { .events = EPOLLIN };

	return epoll_ctl(listener->epoll_fd, EPOLL_CTL_ADD, fd, &event) ? -errno : 0;
}

/* The socket is the library's from here on. */
static int start(struct listener *listener, int i, int fd, bool local)
{
	listener->daemon[i] = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, listener,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)CONNECTIONS_MAX, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
		local ? 0u : (unsigned)CONNECTIONS_OF_ONE, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)REQUEST_BYTES, MHD_OPTION_NOTIFY_CONNECTION, on_connection, listener,
		MHD_OPTION_END);
	if (!listener->daemon[i]) {
		close(fd);
		return -ENOMEM;
	}
	return watch(listener,
		     MHD_get_daemon_info(listener->daemon[i], MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd);
}

static int start_all(struct listener *listener, const struct options *options, char *failed)
{
	int fd[LISTEN_SOCKETS], err = listen_address_open(&options->listen, fd, failed);

	if (err)
		return err;
	*failed = '\0';
	for (int i = 0; i < LISTEN_SOCKETS; i++) {
		if (fd[i] < 0)
			continue;
		if (!err)
			err = start(listener, i, fd[i], listen_address_is_local(&options->listen));
		else
			close(fd[i]);
	}
	return err;
}

static int open_all(struct listener *listener, const struct options *options,
		    const struct feed *feed, const struct model *model, char *failed)
{
	int err;

	listener->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	listener->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (listener->epoll_fd < 0 || listener->timer_fd < 0)
		return -errno;
	err = scrape_init(&listener->scrape, options, feed_source(feed), model);
	if (!err)
		err = watch(listener, listener->timer_fd);
	if (!err)
		err = make_answers(listener);
	return err ? err : start_all(listener, options, failed);
}

int listener_open(struct listener **listener, const struct options *options,
		  const struct feed *feed, const struct model *model)
{
	char failed[LISTEN_TEXT_MAX] = "";
	struct listener *new;
	int err;

	*listener = NULL;
	if (!options->listen.port)
		return 0;
	new = calloc(1, sizeof(*new));
	err = new ? open_all(new, options, feed, model, failed) : -ENOMEM;
	if (!err) {
		*listener = new;
		return 0;
	}
	fprintf(stderr, "stalltop: %s: %s\n", *failed ? failed : "--listen", strerror(-err));
	listener_close(new);
	return err;
}

static void destroy(struct MHD_Response *response)
{
	if (response)
		MHD_destroy_response(response);
}

void listener_close(struct listener *listener)
{
	if (!listener)
		return;
	/* The library must not be stopped while it holds one back. */
	resume_all(listener, true);
	for (int i = 0; i < LISTEN_SOCKETS; i++)
		if (listener->daemon[i])
			MHD_stop_daemon(listener->daemon[i]);
	destroy(listener->page);
	destroy(listener->index);
	destroy(listener->not_found);
	destroy(listener->wrong_method);
	scrape_release(&listener->scrape);
	close(listener->epoll_fd);
	close(listener->timer_fd);
	free(listener);
}
