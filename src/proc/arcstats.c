#include "proc/arcstats.h"

#include <errno.h>

#include "proc/rows.h"

/* In the file's order, module/zfs/arc.c arc_stats. */
#define ARC_ROWS(X) X(hits) X(misses) X(c) X(c_min) X(c_max) X(size)

#define ROW_NAME(field) #field,
#define ROW_LENGTH(field) sizeof(#field) - 1,
#define ROW_OFFSET(field) offsetof(struct arcstats, field),

static const char *const names[] = { ARC_ROWS(ROW_NAME) };
static const uint8_t lengths[] = { ARC_ROWS(ROW_LENGTH) };
static const size_t offsets[] = { ARC_ROWS(ROW_OFFSET) };
static const struct rows rows = { names, lengths, sizeof(lengths), ' ' };

int arcstats_parse(struct arcstats *arc, const char *text, size_t len)
{
	struct rows_walk walk = rows_begin(&rows, text, len);

	memset(arc, 0xff, sizeof(*arc)); /* ABSENT throughout */
	while (rows_next(&rows, &walk)) {
		scan_skip(&walk.value, 1); /* the type */
		scan_u64(&walk.value, (uint64_t *)((char *)arc + offsets[walk.at]));
	}
	return present(arc->size) ? 0 : -ENODATA;
}
