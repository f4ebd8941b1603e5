#include "app/visitors.h"

#include <stddef.h>
#include <sys/socket.h>

#include "base/clock.h"

#define LIFE_NS (5 * NS_PER_S)
#define WAIT_NS (3 * NS_PER_S)
#define GRACE_NS (NS_PER_S / 4)

static bool is_here(const struct visitor *visitor)
{
	return visitor->connection && !visitor->cut;
}

static void cut_off(struct visitor *visitor)
{
	visitor->cut = true;
	shutdown(visitor->fd, SHUT_RDWR);
}

static bool is_crowded(const struct visitors *visitors)
{
	unsigned count = 0;

	for (int i = 0; i < VISITORS_MAX; i++)
		count += is_here(&visitors->place[i]);
	return count > VISITORS;
}

struct visitor *visitors_enter(struct visitors *visitors, void *connection, int fd, uint64_t now_ns)
{
	for (int i = 0; i < VISITORS_MAX; i++) {
		struct visitor *visitor = &visitors->place[i];

		if (visitor->connection)
			continue;
		*visitor =
			(struct visitor){ .connection = connection, .fd = fd, .began_ns = now_ns };
		return visitor;
	}
	return NULL;
}

void visitor_leave(struct visitor *visitor)
{
	*visitor = (struct visitor){ 0 };
}

static uint64_t deadline_of(const struct visitor *visitor, bool crowded)
{
	if (visitor->waiting)
		return visitor->began_ns + WAIT_NS;
	return visitor->began_ns + (crowded && !visitor->asked ? GRACE_NS : LIFE_NS);
}

/* Whose time is over first, or NULL. */
static struct visitor *next(struct visitors *visitors, uint64_t *deadline)
{
	bool crowded = is_crowded(visitors);
	struct visitor *first = NULL;

	*deadline = UINT64_MAX;
	for (int i = 0; i < VISITORS_MAX; i++) {
		struct visitor *visitor = &visitors->place[i];

		if (!is_here(visitor) || deadline_of(visitor, crowded) >= *deadline)
			continue;
		first = visitor;
		*deadline = deadline_of(visitor, crowded);
	}
	return first;
}

uint64_t visitors_deadline(struct visitors *visitors)
{
	uint64_t deadline;

	next(visitors, &deadline);
	return deadline;
}

/* One after another: each that goes may end the crowd. */
struct visitor *visitors_end_late(struct visitors *visitors, uint64_t now_ns)
{
	for (;;) {
		uint64_t deadline;
		struct visitor *first = next(visitors, &deadline);

		if (!first || deadline > now_ns)
			return NULL;
		if (first->waiting)
			return first;
		cut_off(first);
	}
}

struct visitor *visitors_waiting(struct visitors *visitors)
{
	for (int i = 0; i < VISITORS_MAX; i++)
		if (visitors->place[i].connection && visitors->place[i].waiting)
			return &visitors->place[i];
	return NULL;
}
