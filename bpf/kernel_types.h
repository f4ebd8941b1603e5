/*
 * bpf/kernel_types: the fields of kernel structures that the probe reads, and no others. Offsets and
 * sizes are those of the running kernel: CO-RE puts them in at load time. A name behind ___ is another
 * layout of the same structure.
 */
#ifndef STALLTOP_BPF_KERNEL_TYPES_H
#define STALLTOP_BPF_KERNEL_TYPES_H

#include <stdbool.h>
#include <stdint.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct pid_namespace;

struct upid {
	int nr;
	struct pid_namespace *ns;
};

struct pid {
	unsigned int level;
	struct upid numbers[1];
};

struct sched_entity {
	unsigned char sched_delayed; /* from 6.12: asleep, but on its run queue still */
	uint64_t exec_start; /* the CPU's clock_task when sum_exec_runtime was brought up to date */
	uint64_t sum_exec_runtime;
};

/* Empty without CONFIG_SCHED_INFO. */
struct sched_info {
	unsigned long long run_delay;
	unsigned long long last_arrival; /* the CPU's clock, as is last_queued */
	unsigned long long last_queued; /* 0 unless it waits for a CPU */
};

/* read_bytes and write_bytes only with CONFIG_TASK_IO_ACCOUNTING. */
struct task_io_accounting {
	uint64_t read_bytes;
	uint64_t write_bytes;
};

typedef struct {
	int counter;
} atomic_t;

struct signal_struct {
	atomic_t live;
	int nr_threads;
	unsigned long nvcsw, nivcsw;
	unsigned long min_flt, maj_flt;
	struct task_io_accounting ioac;
	unsigned long long sum_sched_runtime;
};

typedef struct {
	unsigned int val;
} kuid_t;

struct cred {
	kuid_t euid;
};

struct percpu_counter {
	int64_t count;
	int32_t *counters;
};

struct mm_struct {
	struct percpu_counter rss_stat[4]; /* from 6.2 */
};

typedef struct {
	long counter;
} atomic_long_t;

struct mm_rss_stat {
	atomic_long_t count[4];
};

struct mm_struct___before62 {
	struct mm_rss_stat rss_stat;
};

struct thread_info {
	uint32_t cpu; /* from 5.16 */
};

struct bpf_local_storage;

struct task_struct {
	struct thread_info thread_info;
	unsigned int __state; /* from 5.14 */
	unsigned int flags;
	int static_prio;
	struct sched_entity se;
	struct sched_info sched_info;
	struct mm_struct *mm;
	int exit_state;
	int pid, tgid;
	struct task_struct *real_parent;
	struct task_struct *group_leader;
	struct pid *thread_pid;
	unsigned long nvcsw, nivcsw;
	uint64_t start_boottime;
	unsigned long min_flt, maj_flt;
	const struct cred *real_cred;
	char comm[16];
	struct signal_struct *signal;
	struct task_io_accounting ioac;
	struct bpf_local_storage *bpf_storage;
};

struct task_struct___before514 {
	long state;
};

struct task_struct___before516 {
	unsigned int cpu;
};

struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
	uint64_t seq_num;
};

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
};

struct bpf_map {
	unsigned int max_entries;
};

struct bpf_array {
	void *pptrs[1];
};

#pragma clang attribute pop

/* include/linux/sched.h, include/linux/mm_types_task.h: the same values from 4.14 on. */
enum {
	TASK_INTERRUPTIBLE = 0x1,
	TASK_UNINTERRUPTIBLE = 0x2,
	TASK_REPORT = 0x7f,
	TASK_DEAD = 0x80,
	TASK_WAKING = 0x200,
	TASK_NOLOAD = 0x400,
	TASK_RTLOCK_WAIT = 0x1000,
	TASK_FROZEN = 0x8000,
};

enum { MM_FILEPAGES, MM_ANONPAGES, MM_SWAPENTS, MM_SHMEMPAGES, MM_COUNTERS };

#define PF_EXITING 0x4
#define PF_KTHREAD 0x200000
#define DEFAULT_PRIO 120 /* nice 0 */

#endif
