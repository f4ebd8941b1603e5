#include "base/when.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/scan.h"

#define DIGITS_MAX 10 /* of a number: no time that we can hold has more */

/* A number of at most DIGITS_MAX digits; *at moves behind it. */
static bool take_number(const char **at, uint64_t *value)
{
	size_t digits = strspn(*at, "0123456789");

	*value = 0;
	if (!digits || digits > DIGITS_MAX)
		return false;
	while (digits--)
		*value = *value * 10 + (uint64_t)(*(*at)++ - '0');
	return true;
}

/* ".25" as nanoseconds, if it is there. */
static uint64_t take_fraction(const char **at)
{
	uint64_t unit = NS_PER_S / 10, ns = 0;

	if (**at != '.' || !scan_is_digit((*at)[1]))
		return 0;
	for (++*at; scan_is_digit(**at); ++*at, unit /= 10)
		ns += unit * (uint64_t)(**at - '0');
	return ns;
}

int when_duration(const char *text, uint64_t *ns)
{
	static const struct {
		char letter;
		uint64_t seconds;
	} units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };
	uint64_t number;

	if (!take_number(&text, &number) || !*text || text[1])
		return -EINVAL;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (units[i].letter != *text)
			continue;
		if (number > UINT64_MAX / NS_PER_S / units[i].seconds)
			return -EINVAL;
		*ns = number * units[i].seconds * NS_PER_S;
		return 0;
	}
	return -EINVAL;
}

/*
 * Seconds since the epoch of a local time. An hour that comes twice, when summer time ends, is the earlier
 * one of those that are not over before `first_s`.
 */
static time_t local_epoch(const struct tm *wanted, uint64_t first_s, uint64_t grain_s)
{
	time_t found = -1;

	for (int dst = 0; dst < 2; dst++) {
		struct tm tm = *wanted;
		time_t at;
		bool over, found_over = found >= 0 && (uint64_t)found + grain_s <= first_s;

		tm.tm_isdst = dst;
		at = mktime(&tm);
		if (tm.tm_isdst != dst || at < 0)
			continue;
		over = (uint64_t)at + grain_s <= first_s;
		if (found < 0 || (over == found_over ? at < found : found_over))
			found = at;
	}
	if (found < 0) { /* one that is left out, when summer time begins */
		struct tm tm = *wanted;

		tm.tm_isdst = -1;
		found = mktime(&tm);
	}
	return found;
}

/* "14:05" or "14:05:30"; *grain_s: how long what was written lasts. */
static const char *take_clock(const char *text, struct tm *tm, uint64_t *grain_s)
{
	const char *end = strptime(text, "%H:%M:%S", tm);

	*grain_s = 1;
	if (end)
		return end;
	tm->tm_sec = 0;
	*grain_s = 60;
	return strptime(text, "%H:%M", tm);
}

static int parse_date(const char *text, uint64_t first_s, uint64_t *ns)
{
	struct tm tm = { 0 }, day;
	const char *at = strptime(text, "%Y-%m-%d", &tm);
	uint64_t fraction = 0, grain_s = 60;
	bool utc = false;
	time_t epoch;

	if (!at || strspn(text, "0123456789") != 4)
		return -EINVAL;
	if (*at == ' ' || *at == 'T') {
		at = take_clock(at + 1, &tm, &grain_s);
		if (!at)
			return -EINVAL;
		fraction = grain_s == 1 ? take_fraction(&at) : 0;
		utc = *at == 'Z';
		at += utc;
	}
	if (*at)
		return -EINVAL;
	day = tm;
	epoch = utc ? timegm(&day) : local_epoch(&tm, first_s, grain_s);
	if (epoch < 0 || (!utc && !localtime_r(&epoch, &day)) || tm.tm_mday != day.tm_mday)
		return -EINVAL; /* 30 February */
	*ns = (uint64_t)epoch * NS_PER_S + fraction;
	return 0;
}

/* A minute or second that has begun before the span does is in it. */
static int parse_clock(const char *text, uint64_t first_ns, uint64_t *ns)
{
	time_t first = (time_t)(first_ns / NS_PER_S);
	struct tm tm = { 0 }, day;
	uint64_t grain_s, seconds;
	const char *end = take_clock(text, &tm, &grain_s);

	if (!end || *end || !localtime_r(&first, &day))
		return -EINVAL;
	for (int later = 0; later < 3; later++) {
		struct tm try = day;

		try.tm_hour = tm.tm_hour;
		try.tm_min = tm.tm_min;
		try.tm_sec = tm.tm_sec;
		try.tm_mday += later;
		seconds = (uint64_t)local_epoch(&try, (uint64_t)first, grain_s);
		if (seconds + grain_s > (uint64_t)first) {
			*ns = seconds * NS_PER_S;
			return 0;
		}
	}
	return -EINVAL;
}

static int parse_epoch(const char *text, uint64_t *ns)
{
	uint64_t seconds;

	if (!take_number(&text, &seconds))
		return -EINVAL;
	*ns = seconds * NS_PER_S + take_fraction(&text);
	return *text ? -EINVAL : 0;
}

int when_parse(const char *text, uint64_t first_ns, uint64_t last_ns, uint64_t *ns)
{
	uint64_t back;

	if (*text == '@')
		return parse_epoch(text + 1, ns);
	if (*text == '-') {
		if (when_duration(text + 1, &back))
			return -EINVAL;
		*ns = back < last_ns ? last_ns - back : 0;
		return 0;
	}
	return parse_date(text, first_ns / NS_PER_S, ns) ? parse_clock(text, first_ns, ns) : 0;
}
