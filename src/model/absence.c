#include "model/absence.h"

#include <errno.h>
#include <stdio.h>

static const char *const file_paths[FILE_COUNT] = {
	[FILE_STAT] = "/proc/stat",
	[FILE_MEMINFO] = "/proc/meminfo",
	[FILE_VMSTAT] = "/proc/vmstat",
	[FILE_LOADAVG] = "/proc/loadavg",
	[FILE_UPTIME] = "/proc/uptime",
	[FILE_DISKSTATS] = "/proc/diskstats",
	[FILE_ARCSTATS] = "/proc/spl/kstat/zfs/arcstats",
	[FILE_PRESSURE_CPU] = "/proc/pressure/cpu",
	[FILE_PRESSURE_MEMORY] = "/proc/pressure/memory",
	[FILE_PRESSURE_IO] = "/proc/pressure/io",
	[FILE_PRESSURE_IRQ] = "/proc/pressure/irq",
	[FILE_TASKS] = "/proc/PID",
};

static enum absence absence_of(const struct metric *metric, const struct interval *interval)
{
	uint64_t before, now;

	if (metric->file < FILE_COUNT && interval->current->status[metric->file])
		return ABSENCE_FILE;
	if (metric->raw == METRIC_NO_RAW)
		return metric->interval && interval->state != INTERVAL_OK ? ABSENCE_INTERVAL
									  : ABSENCE_OTHER;
	now = raw_at(interval->current, metric->raw);
	if (!present(now))
		return metric->file < FILE_COUNT ? ABSENCE_ROW : ABSENCE_OTHER;
	if (!metric->interval)
		return ABSENCE_OTHER;
	if (interval->state != INTERVAL_OK)
		return ABSENCE_INTERVAL;
	before = raw_at(interval->previous, metric->raw);
	if (!present(before))
		return ABSENCE_NEW;
	return now < before ? ABSENCE_BACK : ABSENCE_OTHER;
}

void absence_update(struct model *model, const struct interval *interval)
{
	for (int id = 0; id < METRIC_COUNT; id++) {
		enum absence absence = ABSENCE_NONE;

		if (isnan(model->value[id]))
			absence = absence_of(&metrics[id], interval);
		model->absence[id] = (uint8_t)absence;
	}
}

static const char *interval_reason(enum interval_state state)
{
	switch (state) {
	case INTERVAL_FIRST:
		return "first sample: a rate needs two";
	case INTERVAL_SUSPEND:
		return "the machine slept in this interval";
	case INTERVAL_ZERO:
		return "no time passed since the sample before";
	case INTERVAL_OK:
		break;
	}
	return "unknown";
}

/* Pressure that is off has no files, or files that refuse to be opened. */
static bool pressure_is_off(const struct sample *sample)
{
	return sample->status[FILE_PRESSURE_CPU] && sample->status[FILE_PRESSURE_MEMORY] &&
	       sample->status[FILE_PRESSURE_IO];
}

static const char *file_reason(const struct sample *sample, enum sample_file file, char *buf,
			       size_t cap)
{
	bool is_pressure = file >= FILE_PRESSURE_CPU && file <= FILE_PRESSURE_IRQ;
	const char *path = file_paths[file];
	int err = -sample->status[file];

	if (is_pressure && (err == EOPNOTSUPP || (err == ENOENT && pressure_is_off(sample))))
		snprintf(buf, cap, "%s: off (boot with psi=1)", path);
	else if (is_pressure && err == ENOENT)
		snprintf(buf, cap, "this kernel has no %s", path);
	else if (err == ENOENT)
		snprintf(buf, cap, "%s: not there", path);
	else if (err == EACCES || err == EPERM)
		snprintf(buf, cap, "%s: not permitted", path);
	else if (err == ENODATA)
		snprintf(buf, cap, "%s: not as expected", path);
	else
		snprintf(buf, cap, "%s: cannot be read (error %d)", path, err);
	return buf;
}

const char *model_reason(const struct model *model, enum metric_id id, char *buf, size_t cap)
{
	const struct metric *metric = &metrics[id];

	if (!model->current)
		return "no sample yet";
	switch ((enum absence)model->absence[id]) {
	case ABSENCE_NONE:
		return "";
	case ABSENCE_FILE:
		return file_reason(model->current, metric->file, buf, cap);
	case ABSENCE_INTERVAL:
		return interval_reason(model->interval_state);
	case ABSENCE_ROW:
		snprintf(buf, cap, "%s: not printed by this kernel", metric->source);
		return buf;
	case ABSENCE_NEW:
		snprintf(buf, cap, "%s: not known in the sample before", metric->source);
		return buf;
	case ABSENCE_BACK:
		snprintf(buf, cap, "%s: the counter went back", metric->source);
		return buf;
	case ABSENCE_OTHER:
		break;
	}
	return metric->unknown ? metric->unknown : "unknown";
}
