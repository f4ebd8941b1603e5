/*
 * Test support: the BPF source on this machine. Where BPF is not permitted, or is not there, the tests
 * that need it print why and count as passed.
 */
#ifndef STALLTOP_TESTS_TASKS_BPF_RIG_H
#define STALLTOP_TESTS_TASKS_BPF_RIG_H

#include <stdbool.h>
#include <stdint.h>

#include "tasks/rig.h"

struct bpf_rig {
	struct rig rig; /* rig_task() and others work on it */
	bool open;
};

/* cmocka's setup and teardown. */
int bpf_rig_setup(void **state);
int bpf_rig_setup_no_waits(void **state);
int bpf_rig_teardown(void **state);

/* At the head of a test: its rig, or leaves the test. */
#define NEED_BPF(state) \
	(&((struct bpf_rig *)*(state))->rig); \
	if (!((struct bpf_rig *)*(state))->open) \
	return

/* Lets so much of CLOCK_MONOTONIC pass. */
void pass_ns(uint64_t ns);

/* The text of /proc/PID/name, or of /proc/name when pid is 0; the test fails when it has none. */
size_t read_proc(char *text, size_t cap, int pid, const char *name);

/* 100 * part / whole, within `slack` of `expected`. */
void assert_pct(uint64_t part, uint64_t whole, double expected, double slack);

#endif
