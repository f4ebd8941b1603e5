#include "proc/vmstat.h"

#include <errno.h>

#include "proc/rows.h"

#define ROW_NAME(field) #field,
#define ROW_LENGTH(field) sizeof(#field) - 1,
#define ROW(field) { #field, offsetof(struct vmstat, field) },

static const char *const names[] = { VMSTAT_ROWS(ROW_NAME) };
static const uint8_t lengths[] = { VMSTAT_ROWS(ROW_LENGTH) };
static const struct rows rows = { names, lengths, sizeof(lengths), ' ' };

const struct vmstat_row vmstat_rows[] = { VMSTAT_ROWS(ROW) };
const size_t vmstat_row_count = sizeof(vmstat_rows) / sizeof(vmstat_rows[0]);

int vmstat_parse(struct vmstat *vm, const char *text, size_t len)
{
	struct rows_walk walk = rows_begin(&rows, text, len);

	memset(vm, 0xff, sizeof(*vm)); /* ABSENT throughout */
	while (rows_next(&rows, &walk))
		scan_u64(&walk.value, (uint64_t *)((char *)vm + vmstat_rows[walk.at].offset));
	return present(vm->pgfault) ? 0 : -ENODATA;
}
