/*
 * sample/collector: takes samples of this machine, or of a tree that looks like one.
 */
#ifndef STALLTOP_SAMPLE_COLLECTOR_H
#define STALLTOP_SAMPLE_COLLECTOR_H

#include <stdbool.h>

#include "sample/feed.h"
#include "sample/sample.h"

struct collector;

/* Where processes come from. SOURCE_AUTO tries BPF and is content with /proc. */
enum source_kind { SOURCE_AUTO, SOURCE_BPF, SOURCE_PROC };

#define SOURCE_WHY_MAX 160

struct collector_options {
	const char *proc_root; /* "/proc" */
	const char *sys_root; /* "/sys" */
	enum source_kind source;
	bool no_waits; /* the BPF source without its program at each context switch */
	bool profile; /* and with each run of that timed */
	char *why; /* SOURCE_WHY_MAX bytes for why SOURCE_BPF cannot be had, or NULL */
};

/*
 * Opens the roots and the source of processes. Any other proc_root than this machine's own is read by
 * the /proc source. 0 or -errno: -ENOENT or -ENOTDIR when proc_root is no directory, -ENODATA when it
 * holds no stat. Without sys_root less is known.
 */
int collector_open(struct collector **collector, const struct collector_options *options);
void collector_close(struct collector *collector);

const struct host *collector_host(const struct collector *collector);

/* Who is behind the uids of its samples; the collector's. */
const struct users *collector_users(const struct collector *collector);

/* The name of the task source ("bpf", "proc"), and why it is not BPF, or BPF without waits; or "". */
const char *collector_source(const struct collector *collector);
const char *collector_source_why(const struct collector *collector);

/*
 * Whether samples to come list each thread beside the processes. May be called from any thread. /proc
 * costs three files a thread then; BPF a longer record.
 */
void collector_want_threads(struct collector *collector, bool want);

/* As profile() of tasks/source.h; -ENOTSUP when the source has none. */
int collector_profile(struct collector *collector, uint64_t *bucket, size_t cap);

/*
 * Takes a sample. 0, or -errno when not even the uptime or stat could be read. With a copied tree
 * the tree's own uptime is the clock, so that rates are those of the machine that was copied; a
 * sample of the same instant as the one before has the same mono_ns.
 */
int collector_take(struct collector *collector, struct sample *sample);

/*
 * The same without processes, which are ABSENT: for a look between two samples that leaves the next
 * one as it would have been. A source tells of a process that ended, or did not run, once.
 */
int collector_take_system(struct collector *collector, struct sample *sample);

#endif
