/*
 * sample/task_clock: when each process of a list was read, and whether it ran, packed: what changes in
 * every sample even of a process that sleeps. About two bytes for each.
 *
 * For each process, in the order of the list, a number in base 128 (least digits first, the high bit
 * says that more follow): bit 0 says that run_delay_at_ns is another time, bit 1 TASK_IDLE; above them
 * is the time since the process before, or since the sample's mono_ns, with its sign in the lowest bit.
 * With bit 0 those are 0, and two such differences follow: at_ns, and from it to run_delay_at_ns.
 */
#ifndef STALLTOP_SAMPLE_TASK_CLOCK_H
#define STALLTOP_SAMPLE_TASK_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "tasks/task.h"

#define TASK_CLOCK_BYTES 21 /* most that one process takes */

/* Packs into buf, which has room for count * TASK_CLOCK_BYTES. Returns the length. */
size_t task_clock_pack(const struct task *task, size_t count, uint64_t mono_ns, uint8_t *buf);

/* Unpacks into the same list. What the bytes do not reach is taken as read at mono_ns, and ran. */
void task_clock_unpack(struct task *task, size_t count, uint64_t mono_ns, const uint8_t *buf,
		       size_t len);

#endif
