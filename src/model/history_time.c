#include "model/history_time.h"

size_t history_earlier(const struct history *history, size_t age, uint64_t ns)
{
	const struct sample *from = history_sample(history, age);
	size_t at = age;

	while (from && at + 1 < history->count &&
	       from->mono_ns - history_sample(history, at)->mono_ns < ns)
		at++;
	return at;
}

size_t history_later(const struct history *history, size_t age, uint64_t ns)
{
	const struct sample *from = history_sample(history, age);
	size_t at = age;

	while (from && at > 0 && history_sample(history, at)->mono_ns - from->mono_ns < ns)
		at--;
	return at;
}
