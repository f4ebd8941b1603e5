#include "model/task_past.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "base/value.h"

#define KB 1024
#define KB_ABSENT UINT32_MAX

static uint32_t to_kb(uint64_t bytes)
{
	return !present(bytes)		      ? KB_ABSENT
	       : bytes / KB >= KB_ABSENT - 1u ? KB_ABSENT - 1
					      : (uint32_t)(bytes / KB);
}

static uint64_t from_kb(uint32_t kb)
{
	return kb == KB_ABSENT ? ABSENT : (uint64_t)kb * KB;
}

static float to_s(uint64_t ns)
{
	return present(ns) ? (float)((double)ns / 1e9) : NAN;
}

static uint64_t from_s(float seconds)
{
	return isnan(seconds) ? ABSENT : (uint64_t)((double)seconds * 1e9);
}

void task_past_pack(struct task_past *to, const struct task_view *view)
{
	const struct task *task = view->task;

	*to = (struct task_past){
		.start_ns = task->start_ns,
		.pid = task->pid,
		.ppid = task->ppid,
		.uid = task->uid,
		.threads = task->threads,
		.rss_kb = to_kb(task->rss_bytes),
		.anon_kb = to_kb(task->anon_bytes),
		.swap_kb = to_kb(task->swap_bytes),
		.cpu_s = to_s(task->cpu_ns),
		.blocked_s = to_s(task->blocked_ns),
		.cpu_pct = view->cpu_pct,
		.minor_per_s = view->minor_per_s,
		.major_per_s = view->major_per_s,
		.read_bytes_per_s = view->read_bytes_per_s,
		.write_bytes_per_s = view->write_bytes_per_s,
		.runq_pct = view->runq_pct,
		.disk_wait_pct = view->disk_wait_pct,
		.voluntary_per_s = view->voluntary_per_s,
		.involuntary_per_s = view->involuntary_per_s,
		.rss_bytes_per_s = view->rss_bytes_per_s,
		.nice = task->nice,
		.state = task->state,
		.flags = task->flags,
		.is_new = view->is_new,
	};
	text_clean(to->comm, sizeof(to->comm), task->comm, strlen(task->comm));
}

void task_past_unpack(struct task *task, struct task_view *view, const struct task_past *from)
{
	*task = (struct task){
		.pid = from->pid,
		.ppid = from->ppid,
		.uid = from->uid,
		.threads = from->threads,
		.nice = from->nice,
		.state = from->state,
		.flags = from->flags,
		.start_ns = from->start_ns,
		.cpu_ns = from_s(from->cpu_s),
		.blocked_ns = from_s(from->blocked_s),
		.run_delay_ns = isnan(from->runq_pct) ? ABSENT : 0,
		.disk_wait_ns = isnan(from->disk_wait_pct) ? ABSENT : 0,
		.voluntary_switches = isnan(from->voluntary_per_s) ? ABSENT : 0,
		.involuntary_switches = isnan(from->involuntary_per_s) ? ABSENT : 0,
		.minor_faults = ABSENT,
		.major_faults = ABSENT,
		.read_bytes = ABSENT,
		.write_bytes = ABSENT,
		.rss_bytes = from_kb(from->rss_kb),
		.anon_bytes = from_kb(from->anon_kb),
		.swap_bytes = from_kb(from->swap_kb),
	};
	memcpy(task->comm, from->comm, sizeof(from->comm));
	*view = (struct task_view){
		.task = task,
		.is_new = from->is_new,
		.cpu_pct = from->cpu_pct,
		.minor_per_s = from->minor_per_s,
		.major_per_s = from->major_per_s,
		.read_bytes_per_s = from->read_bytes_per_s,
		.write_bytes_per_s = from->write_bytes_per_s,
		.runq_pct = from->runq_pct,
		.disk_wait_pct = from->disk_wait_pct,
		.voluntary_per_s = from->voluntary_per_s,
		.involuntary_per_s = from->involuntary_per_s,
		.rss_bytes_per_s = from->rss_bytes_per_s,
	};
}
