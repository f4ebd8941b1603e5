#include "app/visitors.h"

#include <stddef.h>
#include <sys/socket.h>

#include "base/clock.h"

#define LIFE_NS (5 * NS_PER_S)
#define WAIT_NS (3 * NS_PER_S)

static bool is_here(const struct visitor *visitor)
{
	return visitor->connection && !visitor->cut;
}

static void cut_off(struct visitor *visitor)
{
	visitor->cut = true;
	shutdown(visitor->fd, SHUT_RDWR);
}

static bool gives_way_to(const struct visitor *a, const struct visitor *b)
{
	if (a->waiting != b->waiting)
		return !a->waiting;
	return a->began_ns < b->began_ns;
}

static void make_room(struct visitors *visitors)
{
	struct visitor *first = NULL;
	unsigned count = 0;

	for (int i = 0; i < VISITORS_MAX; i++) {
		struct visitor *visitor = &visitors->place[i];

		if (!is_here(visitor))
			continue;
		count++;
		if (!first || gives_way_to(visitor, first))
			first = visitor;
	}
	if (count > VISITORS)
		cut_off(first);
}

struct visitor *visitors_enter(struct visitors *visitors, void *connection, int fd, uint64_t now_ns)
{
	for (int i = 0; i < VISITORS_MAX; i++) {
		struct visitor *visitor = &visitors->place[i];

		if (visitor->connection)
			continue;
		*visitor =
			(struct visitor){ .connection = connection, .fd = fd, .began_ns = now_ns };
		make_room(visitors);
		return visitor;
	}
	return NULL;
}

void visitor_leave(struct visitor *visitor)
{
	*visitor = (struct visitor){ 0 };
}

static uint64_t deadline_of(const struct visitor *visitor)
{
	return visitor->began_ns + (visitor->waiting ? WAIT_NS : LIFE_NS);
}

uint64_t visitors_deadline(const struct visitors *visitors)
{
	uint64_t first = UINT64_MAX;

	for (int i = 0; i < VISITORS_MAX; i++) {
		const struct visitor *visitor = &visitors->place[i];

		if (is_here(visitor) && deadline_of(visitor) < first)
			first = deadline_of(visitor);
	}
	return first;
}

struct visitor *visitors_end_late(struct visitors *visitors, uint64_t now_ns)
{
	for (int i = 0; i < VISITORS_MAX; i++) {
		struct visitor *visitor = &visitors->place[i];

		if (!is_here(visitor) || deadline_of(visitor) > now_ns)
			continue;
		if (visitor->waiting)
			return visitor;
		cut_off(visitor);
	}
	return NULL;
}

struct visitor *visitors_waiting(struct visitors *visitors)
{
	for (int i = 0; i < VISITORS_MAX; i++)
		if (visitors->place[i].connection && visitors->place[i].waiting)
			return &visitors->place[i];
	return NULL;
}
