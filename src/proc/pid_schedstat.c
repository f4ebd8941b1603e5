#include "proc/pid_schedstat.h"

#include <errno.h>

#include "base/scan.h"

int pid_schedstat_parse(struct pid_schedstat *sched, const char *text, size_t len)
{
	struct scan all = scan_text(text, len), line = { text, text };

	scan_line(&all, &line);
	scan_u64(&line, &sched->run_ns);
	scan_u64(&line, &sched->run_delay_ns);
	scan_u64(&line, &sched->timeslices);
	if (!present(sched->run_ns) || !present(sched->run_delay_ns) || !present(sched->timeslices))
		return -ENODATA;
	return sched->run_ns | sched->run_delay_ns | sched->timeslices ? 0 : -ENODATA;
}
