#include "proc/stat.h"

#include <errno.h>

#include "base/scan.h"

static void parse_times(struct cpu_times *times, struct scan s)
{
	uint64_t *const fields[] = {
		&times->user, &times->nice,    &times->system, &times->idle,  &times->iowait,
		&times->irq,  &times->softirq, &times->steal,  &times->guest, &times->guest_nice,
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		scan_u64(&s, fields[i]);
}

/* A line whose first word, `name`, is "cpu" or "cpu12"; false when it is neither. */
static bool parse_cpu(struct proc_stat *stat, struct scan name, struct scan times)
{
	struct cpu_line *cpu;
	uint64_t id;

	name.at += strlen("cpu");
	if (name.at == name.end) {
		parse_times(&stat->total, times);
		return true;
	}
	scan_u64(&name, &id);
	if (id > UINT32_MAX)
		return false;
	if (stat->cpu_seen++ >= stat->cpu_cap)
		return false;
	cpu = &stat->cpu[stat->cpu_count++];
	cpu->id = (uint32_t)id;
	parse_times(&cpu->times, times);
	return false;
}

static void parse_counter(struct proc_stat *stat, struct scan name, struct scan value)
{
	/* One number for each interrupt follows the first: scan_line() jumped over them all. */
	if (scan_is(name, "intr"))
		scan_u64(&value, &stat->intr);
	else if (scan_is(name, "ctxt"))
		scan_u64(&value, &stat->ctxt);
	else if (scan_is(name, "btime"))
		scan_u64(&value, &stat->btime);
	else if (scan_is(name, "processes"))
		scan_u64(&value, &stat->processes);
	else if (scan_is(name, "procs_running"))
		scan_u64(&value, &stat->procs_running);
	else if (scan_is(name, "procs_blocked"))
		scan_u64(&value, &stat->procs_blocked);
}

int stat_parse(struct proc_stat *stat, const char *text, size_t len)
{
	struct scan all = scan_text(text, len), line, name;
	bool total = false;

	memset(&stat->total, 0xff, sizeof(stat->total)); /* ABSENT throughout */
	stat->intr = stat->ctxt = stat->btime = ABSENT;
	stat->processes = stat->procs_running = stat->procs_blocked = ABSENT;
	stat->cpu_count = stat->cpu_seen = 0;
	while (scan_line(&all, &line)) {
		if (!scan_word(&line, &name))
			continue;
		if (scan_starts(name, "cpu"))
			total |= parse_cpu(stat, name, line);
		else
			parse_counter(stat, name, line);
	}
	return total ? 0 : -ENODATA;
}
