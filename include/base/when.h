/*
 * base/when: a point in time, as a person writes it:
 *
 *   2026-11-20 14:05[:30]   2026-11-20T14:05:30[Z]   2026-11-20    local time, or UTC with Z
 *   14:05[:30]              the first such time in the span; an hour that comes twice counts as both
 *   @1795269930[.5]         seconds since the epoch
 *   -90s -10m -2h -1d       before the end of the span
 */
#ifndef STALLTOP_BASE_WHEN_H
#define STALLTOP_BASE_WHEN_H

#include <stdint.h>

/*
 * Times are nanoseconds of the wall clock; the span is what the text may be relative to. 0, or -EINVAL
 * when the text is none of the above; whether it is does not depend on the span.
 */
int when_parse(const char *text, uint64_t first_ns, uint64_t last_ns, uint64_t *ns);

/* "90s", "10m", "24h", "7d" in nanoseconds. 0 or -EINVAL. */
int when_duration(const char *text, uint64_t *ns);

#endif
