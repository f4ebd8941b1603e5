/*
 * bpf/tasks: the kernel side of the task probe.
 *
 *   list_tasks  iter/task            once a sample: a record of every thread
 *   on_switch   tp_btf/sched_switch  time in uninterruptible sleep; when each CPU last switched
 *   on_migrate  tp_btf/sched_migrate_task  which sleepers the kernel takes for waiting
 *   on_exit     tp_btf/sched_process_exit  the last counters of threads, where on_switch does not
 *
 * The kernel counts CPU time and run-queue wait itself, so on_switch notes only what nobody else knows:
 * bpf/waits.h. When a task came on its CPU, and what the slice or wait that goes on adds: bpf/cpu_time.h.
 */
#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#include "bpf/cpu_time.h"
#include "bpf/kernel_types.h"
#include "bpf/memory.h"
#include "bpf/self.h"
#include "bpf/task_fields.h"
#include "bpf/task_record.h"
#include "bpf/waits.h"

#define EXIT_DEAD 0x10 /* include/linux/sched.h */

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} exits SEC(".maps");

static __always_inline uint64_t read_bytes_of(const struct task_io_accounting *io)
{
	return bpf_core_field_exists(io->read_bytes) ? io->read_bytes : RECORD_ABSENT;
}

static __always_inline uint64_t write_bytes_of(const struct task_io_accounting *io)
{
	return bpf_core_field_exists(io->write_bytes) ? io->write_bytes : RECORD_ABSENT;
}

static __always_inline void fill_thread(struct thread_record *record, struct task_struct *task,
					const struct cpu_slot *slot, uint32_t state, uint64_t now)
{
	struct wait_note *note = NULL;

	if (with_waits)
		note = note_of(task, is_waiting(task, slot, state));
	record->flags = task->flags & PF_KTHREAD ? RECORD_KTHREAD : 0;
	record->at_ns = now;
	record->cpu_ns = cpu_time(task, slot, now);
	record->min_flt = task->min_flt;
	record->maj_flt = task->maj_flt;
	record->read_bytes = read_bytes_of(&task->ioac);
	record->write_bytes = write_bytes_of(&task->ioac);
	record->nvcsw = task->nvcsw;
	record->nivcsw = task->nivcsw;
	record->run_delay_ns = run_delay(task, note, slot, now);
	record->disk_wait_ns = disk_wait(task, note, slot, state, now, &record->blocked_ns);
}

/* The last words of a thread. From on_switch they have all its CPU time, from on_exit most of it. */
static __always_inline void put_exit(struct task_struct *task, const struct cpu_slot *slot,
				     uint32_t tgid, uint32_t pid, uint64_t now)
{
	struct exit_record *record;
	struct probe_self *mine;
	struct task_struct *leader = task->group_leader;
	record = bpf_ringbuf_reserve(&exits, sizeof(*record), 0);
	if (!record) {
		mine = self_slot();
		if (mine)
			mine->lost++;
		return;
	}
	fill_thread(&record->thread, task, slot, 0, now);
	record->thread.size = sizeof(*record);
	record->thread.tgid = tgid;
	record->thread.pid = pid;
	if (tgid == pid)
		record->thread.flags |= RECORD_LEADER;
	record->start_ns = leader->start_boottime;
	record->uid = task->real_cred->euid.val;
	record->ppid = pid_level ? pid_in(task->real_parent) : (uint32_t)task->real_parent->tgid;
	bpf_core_read(record->comm, sizeof(record->comm), &leader->comm);
	bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
}

SEC("tp_btf/sched_switch")
int BPF_PROG(on_switch, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	uint64_t now = bpf_ktime_get_ns();
	struct cpu_slot *slot = slot_of(bpf_get_smp_processor_id());
	uint32_t state = preempt ? 0 : state_of(prev); /* preempted: it is not asleep yet */
	bool blocked = is_blocked(state);

	if (!slot)
		return 0;
	if (blocked || prev->bpf_storage)
		note_leave(prev, slot, blocked, now);
	if (state & TASK_DEAD && pid_level == 0)
		put_exit(prev, NULL, (uint32_t)prev->tgid, (uint32_t)prev->pid, now);
	/* Its arrival is known on both clocks; the kernel keeps none of the idle task. */
	if (bpf_core_field_exists(prev->sched_info.last_arrival) && is_on(slot, prev) &&
	    prev->sched_info.last_arrival)
		slot->queue_clock = slot->entered_ns - prev->sched_info.last_arrival;
	slot->task = (uint64_t)next;
	slot->exec_start = next->se.exec_start;
	slot->entered_ns = now;
	look_after_moved(slot, now);
	time_run(slot, now);
	return 0;
}

SEC("tp_btf/sched_migrate_task")
int BPF_PROG(on_migrate, struct task_struct *task, int to)
{
	note_move(task, (uint32_t)to, bpf_ktime_get_ns());
	return 0;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_exit, struct task_struct *task)
{
	uint32_t tgid, pid;

	/* Where all tasks are ours, on_switch sees their very end. */
	if (pid_level < 0 || (with_waits && !pid_level))
		return 0;
	tgid = pid_in(task->group_leader);
	pid = pid_in(task);
	if (tgid && pid)
		put_exit(task, slot_of(cpu_of(task)), tgid, pid, bpf_ktime_get_ns());
	return 0;
}

static __always_inline void fill_process(struct process_record *record, struct task_struct *task,
					 uint32_t state)
{
	const struct signal_struct *signal = task->signal;
	const struct task_struct *parent = task->real_parent;

	record->dead_cpu_ns = signal->sum_sched_runtime;
	record->dead_min_flt = signal->min_flt;
	record->dead_maj_flt = signal->maj_flt;
	record->dead_read_bytes = read_bytes_of(&signal->ioac);
	record->dead_write_bytes = write_bytes_of(&signal->ioac);
	record->dead_nvcsw = signal->nvcsw;
	record->dead_nivcsw = signal->nivcsw;
	record->threads = (uint32_t)signal->nr_threads;
	record->start_ns = task->start_boottime;
	record->ppid = pid_level ? pid_in(parent) : (uint32_t)parent->tgid;
	record->uid = task->real_cred->euid.val;
	record->nice = (int8_t)(task->static_prio - DEFAULT_PRIO);
	record->state = state_letter(state, (uint32_t)task->exit_state);
	count_pages(record, task);
	bpf_core_read(record->comm, sizeof(record->comm), &task->comm);
}

static __always_inline void begin_pass(void)
{
	const struct mm_struct___before62 *old = NULL;
	struct task_struct *reader;
	struct upid *at;
	struct pid *pid;

	if (pid_level >= 0)
		return;
	reader = (struct task_struct *)bpf_get_current_task();
	pid = BPF_CORE_READ(reader, thread_pid);
	pid_level = (int)BPF_CORE_READ(pid, level);
	at = __builtin_preserve_access_index(&pid->numbers[0]);
	at = (void *)at + (uint32_t)pid_level * bpf_core_type_size(struct upid);
	bpf_core_read(&pid_ns, sizeof(pid_ns), &at->ns);
	if (!bpf_core_field_exists(old->rss_stat.count))
		learn_offsets();
}

/* Set by the sampler between passes. */
bool all_threads; /* every thread is named, not the leaders alone */

SEC("iter/task")
int list_tasks(struct bpf_iter__task *context)
{
	struct task_struct *task = context->task;
	struct process_record record = { 0 };
	struct cpu_slot *slot = NULL;
	uint32_t state;
	uint64_t now;

	if (!task)
		return 0;
	begin_pass();
	now = bpf_ktime_get_ns();
	if (with_waits)
		slot = slot_of(cpu_of(task));
	state = state_of(task);
	if (pid_level) {
		record.thread.pid = pid_in(task);
		record.thread.tgid = pid_in(task->group_leader);
	} else {
		record.thread.pid = (uint32_t)task->pid;
		record.thread.tgid = (uint32_t)task->tgid;
	}
	/* Being reaped: it has lost its pid, or is among the dead of its process already. */
	if (!record.thread.pid || !record.thread.tgid || (task->exit_state & EXIT_DEAD))
		return 0;
	fill_thread(&record.thread, task, slot, state, now);
	if (is_blocked(state))
		record.thread.flags |= RECORD_BLOCKED;
	/* What is of the process is only asked of its leader, or of all threads. */
	if (record.thread.pid > record.thread.tgid && !all_threads) {
		record.thread.size = sizeof(record.thread);
		bpf_seq_write(context->meta->seq, &record.thread, sizeof(record.thread));
		return 0;
	}
	if (record.thread.pid == record.thread.tgid)
		record.thread.flags |= RECORD_LEADER;
	fill_process(&record, task, state);
	record.thread.size = sizeof(record);
	bpf_seq_write(context->meta->seq, &record, sizeof(record));
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
