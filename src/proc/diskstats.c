#include "proc/diskstats.h"

#include "base/scan.h"
#include "base/text.h"

static bool parse_number(struct scan *s, uint32_t *number)
{
	uint64_t value;

	scan_u64(s, &value);
	*number = (uint32_t)value;
	return value <= UINT32_MAX;
}

/* False when the line ends before the columns that every kernel since 2.6.25 prints. */
static bool parse_disk(struct disk_stat *disk, struct scan s)
{
	struct scan name;
	bool whole;

	if (!parse_number(&s, &disk->major) || !parse_number(&s, &disk->minor) ||
	    !scan_word(&s, &name))
		return false;
	text_clean(disk->name, sizeof(disk->name), name.at, scan_left(&name));
	scan_u64(&s, &disk->reads);
	scan_u64(&s, &disk->reads_merged);
	scan_u64(&s, &disk->sectors_read);
	scan_u64(&s, &disk->read_ms);
	scan_u64(&s, &disk->writes);
	scan_u64(&s, &disk->writes_merged);
	scan_u64(&s, &disk->sectors_written);
	scan_u64(&s, &disk->write_ms);
	scan_u64(&s, &disk->in_flight);
	scan_u64(&s, &disk->io_ms);
	whole = scan_u64(&s, &disk->weighted_ms);
	scan_u64(&s, &disk->discards);
	scan_u64(&s, &disk->discards_merged);
	scan_u64(&s, &disk->sectors_discarded);
	scan_u64(&s, &disk->discard_ms);
	scan_u64(&s, &disk->flushes);
	scan_u64(&s, &disk->flush_ms);
	return whole;
}

int diskstats_parse(struct diskstats *disks, const char *text, size_t len)
{
	struct scan all = scan_text(text, len), line;
	struct disk_stat beyond;

	disks->count = disks->seen = 0;
	while (scan_line(&all, &line)) {
		bool room = disks->count < disks->cap;

		if (!parse_disk(room ? &disks->disk[disks->count] : &beyond, line))
			continue;
		disks->seen++;
		disks->count += room;
	}
	return 0;
}
