/*
 * bpf/tasks: the kernel side of the task probe.
 *
 *   list_tasks  iter/task            once a sample: a record of every thread
 *   on_switch   tp_btf/sched_switch  time in uninterruptible sleep; when each CPU last switched
 *   on_exit     tp_btf/sched_process_exit  the last counters of threads, where on_switch does not
 *
 * The kernel counts CPU time and run-queue wait itself, so on_switch notes only what nobody else knows.
 * Time in D: the time off the CPU less the growth of run_delay, settled when the task next leaves or is
 * read. The note lies in task-local storage and goes with the task. Only a task that has slept in D has
 * one, so that every other switch costs no look-up: task_struct.bpf_storage is NULL. When a task came
 * on its CPU needs no note either: it was when that CPU last switched.
 *
 * The clocks of the scheduler (exec_start, last_arrival, last_queued) are not CLOCK_MONOTONIC, and each
 * CPU has its own. A slot keeps what both said at the last switch; a moment is carried over by that.
 */
#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#include "bpf/kernel_types.h"
#include "bpf/task_record.h"

#define EXIT_DEAD 0x10 /* include/linux/sched.h */
#define OPEN_WAIT_MAX (600ull * 1000 * 1000 * 1000) /* longer: the clocks are not what we think */

/* Set before loading. */
const volatile bool with_waits; /* on_switch is loaded, and there is task storage */
const volatile bool profiling; /* every run is timed */
const volatile uint32_t cpus; /* possible ones */
const volatile uint64_t open_slice_max_ns; /* the kernel updates sum_exec_runtime that often */

/* Set by the sampler between passes. */
uint64_t exact_from_pages; /* RSS from here on is exact, below what each CPU keeps is left out */

/* The pid namespace of the sampler, learnt by its first pass. */
static int pid_level = -1;
static uint64_t pid_ns;

/* What a CPU last did. Written by that CPU alone. */
struct cpu_slot {
	uint64_t task; /* its task_struct's address; 0: no switch seen yet */
	uint64_t entered_ns; /* CLOCK_MONOTONIC */
	uint64_t exec_start; /* the same moment on its clock_task */
	uint64_t queue_clock; /* CLOCK_MONOTONIC less its clock; 0: not known */
	uint64_t runs;
	uint64_t unused[3]; /* a cache line each */
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, struct cpu_slot);
} slots SEC(".maps");

/* The last time that a task left its CPU to sleep in D. */
struct wait_note {
	uint64_t left_ns; /* 0: not in D, or settled */
	uint64_t run_delay_ns; /* then */
	uint64_t switches; /* that one included: says whether it has been on a CPU since */
	uint64_t blocked_ns; /* settled time in D */
};

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct wait_note);
} notes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} exits SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, struct probe_self);
} self SEC(".maps");

/* Where each CPU's copy of per-CPU data lies: __per_cpu_offset. With more CPUs RSS lags. */
#define OFFSETS 512
static uint64_t percpu_offset[OFFSETS];

static __always_inline struct cpu_slot *slot_of(uint32_t cpu)
{
	return bpf_map_lookup_elem(&slots, &cpu);
}

static __always_inline struct probe_self *self_slot(void)
{
	uint32_t zero = 0;

	return bpf_map_lookup_elem(&self, &zero);
}

static __always_inline uint32_t state_of(const struct task_struct *task)
{
	const struct task_struct___before514 *old = (const void *)task;

	if (bpf_core_field_exists(task->__state))
		return task->__state;
	return (uint32_t)old->state;
}

static __always_inline uint32_t cpu_of(const struct task_struct *task)
{
	const struct task_struct___before516 *old = (const void *)task;

	if (bpf_core_field_exists(task->thread_info.cpu))
		return task->thread_info.cpu;
	return bpf_core_field_exists(old->cpu) ? old->cpu : 0;
}

static __always_inline bool is_blocked(uint32_t state)
{
	if (state & TASK_RTLOCK_WAIT)
		return true;
	return (state & (TASK_UNINTERRUPTIBLE | TASK_NOLOAD)) == TASK_UNINTERRUPTIBLE;
}

/* task_state_index() and task_index_to_char() of include/linux/sched.h. */
static __always_inline char state_letter(uint32_t state, uint32_t exit_state)
{
	uint32_t reported = (state | exit_state) & TASK_REPORT;

	if ((state & (TASK_UNINTERRUPTIBLE | TASK_NOLOAD)) == (TASK_UNINTERRUPTIBLE | TASK_NOLOAD))
		return 'I';
	if (state & (TASK_RTLOCK_WAIT | TASK_FROZEN))
		return 'D';
	if (!reported)
		return 'R';
	if (reported < 0x2)
		return 'S';
	if (reported < 0x4)
		return 'D';
	if (reported < 0x8)
		return 'T';
	if (reported < 0x10)
		return 't';
	if (reported < 0x20)
		return 'X';
	return reported < 0x40 ? 'Z' : 'P';
}

/* The pid in the sampler's namespace; 0 when the task is not in it or has lost its pid. */
static __always_inline uint32_t pid_in(const struct task_struct *task)
{
	struct pid *pid = task->thread_pid;
	struct upid *at = __builtin_preserve_access_index(&pid->numbers[0]);
	struct pid_namespace *ns = NULL;
	int nr = 0;

	if (!pid || pid_level < 0 || (int)pid->level < pid_level)
		return 0;
	at = (void *)at + (uint32_t)pid_level * bpf_core_type_size(struct upid);
	bpf_core_read(&ns, sizeof(ns), &at->ns);
	if ((uint64_t)ns != pid_ns)
		return 0;
	bpf_core_read(&nr, sizeof(nr), &at->nr);
	return (uint32_t)nr;
}

/* Whether that slot is of the CPU that the task is running on. */
static __always_inline bool is_on(const struct cpu_slot *slot, const struct task_struct *task)
{
	return slot && slot->task == (uint64_t)task;
}

/* What the kernel has not added to sum_exec_runtime yet. */
static __always_inline uint64_t open_slice(const struct cpu_slot *slot, uint64_t exec_start,
					   uint64_t now)
{
	uint64_t here = now - slot->entered_ns, counted = exec_start - slot->exec_start;

	if ((int64_t)(here - counted) <= 0 || exec_start < slot->exec_start)
		return 0;
	return here - counted < open_slice_max_ns ? here - counted : open_slice_max_ns;
}

static __always_inline uint64_t cpu_time(const struct task_struct *task,
					 const struct cpu_slot *slot, uint64_t now)
{
	uint64_t start = task->se.exec_start, sum = task->se.sum_exec_runtime;

	if (!with_waits || !is_on(slot, task))
		return sum;
	/* The tick came in between, on the other CPU. */
	if (start != task->se.exec_start) {
		start = task->se.exec_start;
		sum = task->se.sum_exec_runtime;
	}
	return sum + open_slice(slot, start, now);
}

static __always_inline uint64_t run_delay(const struct task_struct *task,
					  const struct cpu_slot *slot, uint64_t now)
{
	uint64_t delay, queued, open;

	if (!bpf_core_field_exists(task->sched_info.run_delay))
		return RECORD_ABSENT;
	delay = task->sched_info.run_delay;
	queued = task->sched_info.last_queued;
	/* From 6.12 a sleeper that was moved while its dequeue was put off keeps last_queued. */
	if (!with_waits || !slot || !queued || !slot->queue_clock || is_on(slot, task) ||
	    state_of(task))
		return delay;
	open = now - slot->queue_clock - queued;
	return open < OPEN_WAIT_MAX ? delay + open : delay;
}

static __always_inline uint64_t switches_of(const struct task_struct *task)
{
	return task->nvcsw + task->nivcsw;
}

/* Time off the CPU that it could not have used one: until `entered`, of a task that left in D. */
static __always_inline uint64_t blocked_time(const struct wait_note *note,
					     const struct task_struct *task, uint64_t entered_ns)
{
	uint64_t off = entered_ns - note->left_ns, queued = 0;

	if ((int64_t)off < 0)
		return 0;
	if (bpf_core_field_exists(task->sched_info.run_delay))
		queued = task->sched_info.run_delay - note->run_delay_ns;
	return queued < off ? off - queued : 0;
}

static __always_inline void note_leave(struct task_struct *task, const struct cpu_slot *slot,
				       bool blocked, uint64_t now)
{
	struct wait_note *note =
		bpf_task_storage_get(&notes, task, 0, blocked ? BPF_LOCAL_STORAGE_GET_F_CREATE : 0);
	uint64_t switches = switches_of(task);

	if (!note)
		return;
	if (note->left_ns && note->switches + 1 == switches && is_on(slot, task))
		note->blocked_ns += blocked_time(note, task, slot->entered_ns);
	note->left_ns = 0;
	if (!blocked)
		return;
	if (bpf_core_field_exists(task->sched_info.run_delay))
		note->run_delay_ns = task->sched_info.run_delay;
	note->switches = switches;
	note->left_ns = now;
}

/*
 * The time in D up to now, and how long it is there now. One that was in D before the probe came is
 * counted from when it is first read.
 */
static __always_inline uint64_t disk_wait(struct task_struct *task, const struct cpu_slot *slot,
					  uint32_t state, uint64_t now, uint64_t *blocked_ns)
{
	bool blocked = is_blocked(state) && !is_on(slot, task);
	struct wait_note *note;
	uint64_t total;

	*blocked_ns = 0;
	if (!with_waits)
		return RECORD_ABSENT;
	if (!task->bpf_storage && !blocked)
		return 0;
	note = bpf_task_storage_get(&notes, task, 0, blocked ? BPF_LOCAL_STORAGE_GET_F_CREATE : 0);
	if (!note)
		return 0;
	if (blocked && !note->left_ns) {
		if (bpf_core_field_exists(task->sched_info.run_delay))
			note->run_delay_ns = task->sched_info.run_delay;
		note->switches = switches_of(task);
		note->left_ns = now;
	}
	total = note->blocked_ns;
	if (note->left_ns && note->switches == switches_of(task)) {
		uint64_t here = is_on(slot, task) ? slot->entered_ns : now;

		here = blocked_time(note, task, here);
		total += here;
		if (blocked)
			*blocked_ns = here;
	}
	return total;
}

static __always_inline void fill_thread(struct thread_record *record, struct task_struct *task,
					const struct cpu_slot *slot, uint64_t now)
{
	record->flags = task->flags & PF_KTHREAD ? RECORD_KTHREAD : 0;
	record->at_ns = now;
	record->cpu_ns = cpu_time(task, slot, now);
	record->min_flt = task->min_flt;
	record->maj_flt = task->maj_flt;
	record->read_bytes = task->ioac.read_bytes;
	record->write_bytes = task->ioac.write_bytes;
	record->run_delay_ns = run_delay(task, slot, now);
}

/* The last words of a thread. From on_switch they have all its CPU time, from on_exit most of it. */
static __always_inline void put_exit(struct task_struct *task, const struct cpu_slot *slot,
				     uint32_t tgid, uint32_t pid, uint64_t now)
{
	struct exit_record *record;
	struct probe_self *mine;
	struct task_struct *leader = task->group_leader;
	uint64_t blocked;

	record = bpf_ringbuf_reserve(&exits, sizeof(*record), 0);
	if (!record) {
		mine = self_slot();
		if (mine)
			mine->lost++;
		return;
	}
	fill_thread(&record->thread, task, slot, now);
	record->thread.size = sizeof(*record);
	record->thread.tgid = tgid;
	record->thread.pid = pid;
	record->thread.disk_wait_ns = disk_wait(task, slot, 0, now, &blocked);
	if (tgid == pid)
		record->thread.flags |= RECORD_LEADER;
	record->start_ns = leader->start_boottime;
	record->uid = task->real_cred->euid.val;
	record->ppid = pid_level ? pid_in(task->real_parent) : (uint32_t)task->real_parent->tgid;
	bpf_core_read(record->comm, sizeof(record->comm), &leader->comm);
	bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
}

static __always_inline void time_run(struct cpu_slot *slot, uint64_t began)
{
	bool due = ++slot->runs % PROBE_TIME_EVERY == 0;
	struct probe_self *mine;
	uint64_t took;
	uint32_t bucket = 0;

	if (!profiling && !due)
		return;
	took = bpf_ktime_get_ns() - began;
	mine = self_slot();
	if (!mine)
		return;
	mine->timed++;
	mine->timed_ns += took;
	if (!profiling)
		return;
	for (int i = 1; i < PROFILE_BUCKETS; i++)
		bucket += took >> i ? 1 : 0;
	if (bucket < PROFILE_BUCKETS)
		mine->bucket[bucket]++;
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
	/* Its arrival is known on both clocks. */
	if (bpf_core_field_exists(prev->sched_info.last_arrival) && is_on(slot, prev))
		slot->queue_clock = slot->entered_ns - prev->sched_info.last_arrival;
	slot->task = (uint64_t)next;
	slot->exec_start = next->se.exec_start;
	slot->entered_ns = now;
	time_run(slot, now);
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

static char map_head[1024];

/* Asks where every CPU's copy of a per-CPU variable lies. */
static __always_inline void learn_offsets(void)
{
	uint32_t at = bpf_core_field_offset(struct bpf_array, pptrs), zero = 0;
	uint64_t base;

	barrier_var(at); /* else the relocation moves into the load below, and does not fit it */
	/* Of a map no field but its first can be pointed to. */
	if (at > sizeof(map_head) - sizeof(base) ||
	    bpf_probe_read_kernel(map_head, at + sizeof(base), &self))
		return;
	base = *(uint64_t *)(map_head + at);
	for (uint32_t cpu = 0; cpu < OFFSETS && cpu < cpus; cpu++) {
		volatile uint64_t *offset = &percpu_offset[cpu];
		void *there = bpf_map_lookup_percpu_elem(&self, &zero, cpu);

		if (!there)
			continue;
		*offset = (uint64_t)there; /* what is read back is a number, not a pointer */
		*offset -= base;
	}
}

/* The four counters of a memory lie side by side from 6.5 on. */
static __always_inline void add_percpu(int64_t pages[static MM_COUNTERS],
				       const struct mm_struct *mm)
{
	int32_t *first = mm->rss_stat[0].counters;
	bool together = mm->rss_stat[3].counters == first + 3;

	for (uint32_t cpu = 0; cpu < OFFSETS && cpu < cpus; cpu++) {
		uint64_t offset = percpu_offset[cpu];
		int32_t part[MM_COUNTERS] = { 0 };

		if (!offset)
			continue;
		if (together) {
			bpf_probe_read_kernel(part, sizeof(part), (void *)first + offset);
		} else {
			bpf_probe_read_kernel(&part[0], 4, (void *)first + offset);
			bpf_probe_read_kernel(&part[1], 4,
					      (void *)mm->rss_stat[1].counters + offset);
			bpf_probe_read_kernel(&part[2], 4,
					      (void *)mm->rss_stat[2].counters + offset);
			bpf_probe_read_kernel(&part[3], 4,
					      (void *)mm->rss_stat[3].counters + offset);
		}
		for (int i = 0; i < MM_COUNTERS; i++)
			pages[i] += part[i];
	}
}

static __always_inline void count_pages(struct process_record *record, struct task_struct *task)
{
	const struct mm_struct *mm = task->mm;
	const struct mm_struct___before62 *old = (const void *)mm;
	int64_t pages[MM_COUNTERS] = { 0 };

	if (!mm || task->flags & PF_KTHREAD) {
		record->file_pages = record->anon_pages = 0;
		record->shmem_pages = record->swap_pages = 0;
		return;
	}
	if (bpf_core_field_exists(old->rss_stat.count)) {
		bpf_core_read(pages, sizeof(pages), &old->rss_stat.count);
	} else {
		pages[0] = mm->rss_stat[0].count;
		pages[1] = mm->rss_stat[1].count;
		pages[2] = mm->rss_stat[2].count;
		pages[3] = mm->rss_stat[3].count;
		if ((uint64_t)(pages[0] + pages[1] + pages[3]) >= exact_from_pages)
			add_percpu(pages, mm);
	}
	record->file_pages = pages[MM_FILEPAGES] > 0 ? pages[MM_FILEPAGES] : 0;
	record->anon_pages = pages[MM_ANONPAGES] > 0 ? pages[MM_ANONPAGES] : 0;
	record->shmem_pages = pages[MM_SHMEMPAGES] > 0 ? pages[MM_SHMEMPAGES] : 0;
	record->swap_pages = pages[MM_SWAPENTS] > 0 ? pages[MM_SWAPENTS] : 0;
}

static __always_inline void fill_process(struct process_record *record, struct task_struct *task,
					 uint32_t state)
{
	const struct signal_struct *signal = task->signal;
	const struct task_struct *parent = task->real_parent;

	record->dead_cpu_ns = signal->sum_sched_runtime;
	record->dead_min_flt = signal->min_flt;
	record->dead_maj_flt = signal->maj_flt;
	record->dead_read_bytes = signal->ioac.read_bytes;
	record->dead_write_bytes = signal->ioac.write_bytes;
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
	fill_thread(&record.thread, task, slot, now);
	record.thread.disk_wait_ns = disk_wait(task, slot, state, now, &record.blocked_ns);
	if (record.thread.pid > record.thread.tgid) {
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
