#include "sample/task_clock.h"

#define OTHER_DELAY_TIME 1u
#define IDLE 2u
#define FLAG_BITS 2
#define PLAIN_MAX (UINT64_MAX >> FLAG_BITS)

static uint8_t *put(uint8_t *at, uint64_t value)
{
	for (; value >= 0x80; value >>= 7)
		*at++ = (uint8_t)(value | 0x80);
	*at++ = (uint8_t)value;
	return at;
}

/* The difference, which may be negative, as a small number where it is small. */
static uint64_t fold(uint64_t from, uint64_t to)
{
	uint64_t by = to - from;

	return by >> 63 ? ~(by << 1) : by << 1;
}

static uint64_t unfold(uint64_t from, uint64_t folded)
{
	return from + (folded & 1 ? ~(folded >> 1) : folded >> 1);
}

size_t task_clock_pack(const struct task *task, size_t count, uint64_t mono_ns, uint8_t *buf)
{
	uint64_t before = mono_ns;
	uint8_t *at = buf;

	for (size_t i = 0; i < count; i++) {
		uint64_t idle = task[i].flags & TASK_IDLE ? IDLE : 0;
		uint64_t since = fold(before, task[i].at_ns);

		if (task[i].run_delay_at_ns == task[i].at_ns && since <= PLAIN_MAX) {
			at = put(at, since << FLAG_BITS | idle);
		} else {
			at = put(at, idle | OTHER_DELAY_TIME);
			at = put(at, since);
			at = put(at, fold(task[i].at_ns, task[i].run_delay_at_ns));
		}
		before = task[i].at_ns;
	}
	return (size_t)(at - buf);
}

/* 0 when the bytes end. */
static uint64_t take(const uint8_t **at, const uint8_t *end)
{
	uint64_t value = 0;

	for (int shift = 0; *at < end && shift < 64; shift += 7) {
		uint8_t byte = *(*at)++;

		value |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			break;
	}
	return value;
}

void task_clock_unpack(struct task *task, size_t count, uint64_t mono_ns, const uint8_t *buf,
		       size_t len)
{
	const uint8_t *at = buf, *end = buf + len;
	uint64_t before = mono_ns;

	for (size_t i = 0; i < count; i++) {
		uint64_t head, since;

		task[i].flags &= (uint8_t)~TASK_IDLE;
		task[i].at_ns = task[i].run_delay_at_ns = mono_ns;
		if (at == end)
			continue;
		head = take(&at, end);
		if (head & IDLE)
			task[i].flags |= TASK_IDLE;
		since = head & OTHER_DELAY_TIME ? take(&at, end) : head >> FLAG_BITS;
		task[i].at_ns = task[i].run_delay_at_ns = before = unfold(before, since);
		if (head & OTHER_DELAY_TIME)
			task[i].run_delay_at_ns = unfold(before, take(&at, end));
	}
}
