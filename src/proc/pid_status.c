#include "proc/pid_status.h"

#include <errno.h>

#include "proc/rows.h"

#define STATUS_ROWS(X) \
	X(euid, "Uid") \
	X(rss_kb, "VmRSS") \
	X(rss_anon_kb, "RssAnon") \
	X(rss_file_kb, "RssFile") \
	X(rss_shmem_kb, "RssShmem") \
	X(swap_kb, "VmSwap") \
	X(voluntary_ctxt_switches, "voluntary_ctxt_switches") \
	X(nonvoluntary_ctxt_switches, "nonvoluntary_ctxt_switches")

#define ROW_NAME(field, name) name,
#define ROW_LENGTH(field, name) sizeof(name) - 1,
#define ROW_OFFSET(field, name) offsetof(struct pid_status, field),

static const char *const names[] = { STATUS_ROWS(ROW_NAME) };
static const uint8_t lengths[] = { STATUS_ROWS(ROW_LENGTH) };
static const size_t offsets[] = { STATUS_ROWS(ROW_OFFSET) };
static const struct rows rows = { names, lengths, sizeof(lengths), ':' };

int pid_status_parse(struct pid_status *status, const char *text, size_t len)
{
	struct rows_walk walk = rows_begin(&rows, text, len);

	memset(status, 0xff, sizeof(*status)); /* ABSENT throughout */
	while (rows_next(&rows, &walk)) {
		size_t offset = offsets[walk.at];

		if (offset == offsetof(struct pid_status, euid))
			scan_skip(&walk.value, 1); /* the real one */
		scan_u64(&walk.value, (uint64_t *)((char *)status + offset));
	}
	return present(status->euid) ? 0 : -ENODATA;
}
