#include "proc/meminfo.h"

#include <errno.h>

#include "proc/rows.h"

#define ROW_NAME(field, name) name,
#define ROW_LENGTH(field, name) sizeof(name) - 1,
#define ROW(field, name) { name, offsetof(struct meminfo, field) },

static const char *const names[] = { MEMINFO_ROWS(ROW_NAME) };
static const uint8_t lengths[] = { MEMINFO_ROWS(ROW_LENGTH) };
static const struct rows rows = { names, lengths, sizeof(lengths), ':' };

const struct meminfo_row meminfo_rows[] = { MEMINFO_ROWS(ROW) };
const size_t meminfo_row_count = sizeof(meminfo_rows) / sizeof(meminfo_rows[0]);

int meminfo_parse(struct meminfo *mem, const char *text, size_t len)
{
	struct rows_walk walk = rows_begin(&rows, text, len);

	memset(mem, 0xff, sizeof(*mem)); /* ABSENT throughout */
	while (rows_next(&rows, &walk))
		scan_u64(&walk.value, (uint64_t *)((char *)mem + meminfo_rows[walk.at].offset));
	return present(mem->memtotal_kb) ? 0 : -ENODATA;
}
