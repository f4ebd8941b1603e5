#include "proc/pid_stat.h"

#include <errno.h>

#include "base/scan.h"

/* Finds "PID (name)" and leaves what follows in *rest. The name may hold newlines and ')' too. */
static int parse_name(struct pid_stat *stat, struct scan all, struct scan *rest)
{
	const char *open = memchr(all.at, '(', scan_left(&all));
	const char *close = memrchr(all.at, ')', scan_left(&all));
	struct scan pid;

	if (!open || !close || close < open)
		return -EINVAL;
	pid = (struct scan){ all.at, open };
	scan_u64(&pid, &stat->pid);
	stat->comm = open + 1;
	stat->comm_len = (size_t)(close - open) - 1;
	all.at = close + 1;
	*rest = (struct scan){ all.at, all.at };
	scan_line(&all, rest);
	return 0;
}

static char parse_state(struct scan *s)
{
	struct scan word;
	bool letter;

	scan_word(s, &word);
	letter = scan_left(&word) == 1 && (unsigned char)((*word.at | 0x20) - 'a') < 26;
	return letter ? *word.at : '?';
}

int pid_stat_parse(struct pid_stat *stat, const char *text, size_t len)
{
	struct scan s;
	bool whole;

	memset(stat, 0xff, sizeof(*stat)); /* ABSENT throughout */
	stat->nice = 0;
	if (!len)
		return -ENODATA;
	if (parse_name(stat, scan_text(text, len), &s))
		return -EINVAL;
	stat->state = parse_state(&s); /* 3 */
	scan_u64(&s, &stat->ppid); /* 4 */
	scan_skip(&s, 4); /* 5-8: pgrp session tty_nr tpgid */
	scan_u64(&s, &stat->flags); /* 9 */
	scan_u64(&s, &stat->minflt); /* 10 */
	scan_skip(&s, 1); /* 11: cminflt */
	scan_u64(&s, &stat->majflt); /* 12 */
	scan_skip(&s, 1); /* 13: cmajflt */
	scan_u64(&s, &stat->utime); /* 14 */
	scan_u64(&s, &stat->stime); /* 15 */
	scan_skip(&s, 3); /* 16-18: cutime cstime priority */
	scan_s64(&s, &stat->nice); /* 19 */
	scan_u64(&s, &stat->num_threads); /* 20 */
	scan_skip(&s, 1); /* 21: itrealvalue */
	scan_u64(&s, &stat->starttime); /* 22 */
	scan_u64(&s, &stat->vsize); /* 23 */
	whole = scan_u64(&s, &stat->rss); /* 24 */
	scan_skip(&s, 14); /* 25-38: rsslim to exit_signal */
	scan_u64(&s, &stat->processor); /* 39 */
	scan_skip(&s, 2); /* 40-41: rt_priority policy */
	scan_u64(&s, &stat->blkio_ticks); /* 42 */
	return whole ? 0 : -EINVAL;
}
