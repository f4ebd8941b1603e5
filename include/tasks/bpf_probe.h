/*
 * tasks/bpf_probe: the programs of bpf/tasks.bpf.c in the kernel: loaded, attached, asked, removed.
 *
 * They are inside the binary; nothing is compiled or read from a file but the kernel's own BTF. They
 * need CAP_BPF and CAP_PERFMON, which are given up once all is attached. Without task storage for
 * tracing programs (before 5.11) the probe goes without waits.
 *
 * Cost, Linux 6.18: see bpf_source.h.
 */
#ifndef STALLTOP_TASKS_BPF_PROBE_H
#define STALLTOP_TASKS_BPF_PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bpf/task_record.h"

struct bpf_probe_options {
	bool waits; /* also run at each context switch: time in D */
	bool profile; /* time each of those runs */
	const char *sys_root; /* "/sys": where BTF and lockdown are looked for */
};

struct bpf_probe;

/*
 * 0, or -errno with one line for a person in why: what refused it and what would allow it. When it
 * succeeds, why is empty or says what is missing.
 */
int bpf_probe_open(struct bpf_probe **probe, const struct bpf_probe_options *options, char *why,
		   size_t cap);
void bpf_probe_close(struct bpf_probe *probe);

bool bpf_probe_has_waits(const struct bpf_probe *probe);

/* A descriptor to read a record of every thread from, ascending by pid; the caller's. Or -errno. */
int bpf_probe_list(const struct bpf_probe *probe);

/*
 * From kernel 6.2 each CPU keeps up to some 100 kB of a process' RSS to itself. RSS is exact from so many
 * pages on, and without those below; 0 at first.
 */
void bpf_probe_exact_from(struct bpf_probe *probe, uint64_t pages);
/* Whether the next lists name each thread, with its state: a process_record of every one. */
void bpf_probe_all_threads(struct bpf_probe *probe, bool all);
int bpf_probe_cpus(const struct bpf_probe *probe); /* possible ones */

/* Hands over the threads that died since the last call, in order. 0, or what take() returned. */
typedef int bpf_probe_take(void *to, const struct exit_record *record);
int bpf_probe_exits(struct bpf_probe *probe, bpf_probe_take *take, void *to);

/* What the probe counts of itself, summed over the CPUs. 0 or -errno. */
int bpf_probe_self(const struct bpf_probe *probe, struct probe_self *self);

#endif
