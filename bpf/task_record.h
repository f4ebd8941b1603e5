/*
 * bpf/task_record: what the probe in the kernel hands over. Both sides share this file.
 *
 * Units: nanoseconds, bytes, pages, counts. Counters run from the start of the thread. RECORD_ABSENT
 * stands for what this kernel does not tell. Every record is a multiple of 8 bytes long and begins
 * with a thread_record, whose `size` says how long it is and so which kind. Pids are those of the pid
 * namespace of the process that loaded the probe.
 */
#ifndef STALLTOP_BPF_TASK_RECORD_H
#define STALLTOP_BPF_TASK_RECORD_H

#include <stdint.h>

#define RECORD_ABSENT UINT64_MAX
#define RECORD_COMM_MAX 16
#define PROFILE_BUCKETS 24 /* bucket i: runs that took 2^i to 2^(i+1) - 1 ns; the last one: more */

enum record_flag {
	RECORD_LEADER = 1 << 0,
	RECORD_KTHREAD = 1 << 1,
	RECORD_BLOCKED = 1 << 2, /* the thread is in D */
};

/* One thread; what is summed over the threads of a process. */
struct thread_record {
	uint32_t size; /* of the whole record */
	uint32_t flags; /* enum record_flag */
	uint32_t tgid; /* the process */
	uint32_t pid; /* the thread */
	uint64_t at_ns; /* CLOCK_MONOTONIC when it was read, or when it died */
	uint64_t cpu_ns; /* with the slice that it is on the CPU for */
	uint64_t min_flt;
	uint64_t maj_flt;
	uint64_t read_bytes;
	uint64_t write_bytes;
	uint64_t run_delay_ns; /* with the wait that it is in */
	uint64_t disk_wait_ns; /* in D since the probe was loaded; RECORD_ABSENT without it */
	uint64_t blocked_ns; /* how long it has been in D; 0: it is not, or not seen entering */
	uint64_t nvcsw; /* voluntary context switches */
	uint64_t nivcsw; /* involuntary ones: it could have gone on */
};

/* A group leader, and any thread that is listed before its leader. */
struct process_record {
	struct thread_record thread;
	/* Of the threads that have died, from signal_struct. They only grow. */
	uint64_t dead_cpu_ns;
	uint64_t dead_min_flt;
	uint64_t dead_maj_flt;
	uint64_t dead_read_bytes;
	uint64_t dead_write_bytes;
	uint64_t dead_nvcsw;
	uint64_t dead_nivcsw;
	uint64_t start_ns; /* CLOCK_BOOTTIME, of the leader */
	int64_t file_pages, anon_pages, shmem_pages, swap_pages; /* below 0: absent */
	uint32_t ppid;
	uint32_t uid; /* effective */
	uint32_t threads;
	int8_t nice;
	char state; /* as in /proc/PID/stat */
	uint8_t unused[2];
	char comm[RECORD_COMM_MAX]; /* as the process set it; not cleaned; a NUL at its end */
};

/* A thread that died. */
struct exit_record {
	struct thread_record thread;
	uint64_t start_ns; /* of its leader */
	uint32_t ppid;
	uint32_t uid;
	char comm[RECORD_COMM_MAX]; /* of its leader */
};

/* What the probe counts of itself, one for each CPU. Only grows. */
struct probe_self {
	uint64_t lost; /* threads that died, and sleeps in D, that there was no room to note */
	uint64_t timed; /* runs of the switch program that were timed: one in PROBE_TIME_EVERY */
	uint64_t timed_ns;
	uint64_t bucket[PROFILE_BUCKETS]; /* all runs, while profiling */
};

#define PROBE_TIME_EVERY 256

#endif
