#include "proc/pid_io.h"

#include <errno.h>

#include "proc/rows.h"

#define IO_ROWS(X) \
	X(rchar) X(wchar) X(syscr) X(syscw) X(read_bytes) X(write_bytes) X(cancelled_write_bytes)

#define ROW_NAME(field) #field,
#define ROW_LENGTH(field) sizeof(#field) - 1,
#define ROW_OFFSET(field) offsetof(struct pid_io, field),

static const char *const names[] = { IO_ROWS(ROW_NAME) };
static const uint8_t lengths[] = { IO_ROWS(ROW_LENGTH) };
static const size_t offsets[] = { IO_ROWS(ROW_OFFSET) };
static const struct rows rows = { names, lengths, sizeof(lengths), ':' };

int pid_io_parse(struct pid_io *io, const char *text, size_t len)
{
	struct rows_walk walk = rows_begin(&rows, text, len);

	memset(io, 0xff, sizeof(*io)); /* ABSENT throughout */
	while (rows_next(&rows, &walk))
		scan_u64(&walk.value, (uint64_t *)((char *)io + offsets[walk.at]));
	return present(io->read_bytes) || present(io->write_bytes) ? 0 : -ENODATA;
}
