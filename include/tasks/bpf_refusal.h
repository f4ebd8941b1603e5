/*
 * tasks/bpf_refusal: why the probe cannot be had, in one line for a person, and the capabilities that
 * it needs. See capabilities(7), kernel_lockdown(7).
 *
 * The line begins with the cause in two or three words and a colon, "no CAP_BPF: the probe needs ...":
 * where there is no room for more, they stand alone.
 */
#ifndef STALLTOP_TASKS_BPF_REFUSAL_H
#define STALLTOP_TASKS_BPF_REFUSAL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What the machine below sys_root says before anything is tried: -ENOENT without /sys or without
 * BTF, -EPERM under lockdown=confidentiality, with the reason in why; 0 when nothing stands against it.
 */
int bpf_refusal_before(const char *sys_root, char *why, size_t cap);

/* Why loading or attaching failed with err. */
void bpf_refusal_after(int err, char *why, size_t cap);

/* Gives up CAP_BPF and CAP_PERFMON: in the effective set, or, for_good, in all sets of the thread. */
void bpf_caps_drop(bool for_good);
/* Takes back what is only out of the effective set. */
void bpf_caps_take_back(void);

#endif
