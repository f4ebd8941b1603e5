#include "base/scan.h"

bool scan_s64(struct scan *s, int64_t *value)
{
	struct scan word;
	uint64_t number;
	bool negative;

	if (!scan_word(s, &word))
		return false;
	negative = *word.at == '-';
	word.at += negative;
	if (word.at == word.end || !scan_is_digit(*word.at))
		return false;
	scan_u64(&word, &number);
	if (number > (uint64_t)INT64_MAX)
		return false;
	*value = negative ? -(int64_t)number : (int64_t)number;
	return true;
}

/* The fraction's first two digits as hundredths; ABSENT when a byte of it is no digit. */
static uint64_t fraction(struct scan digits)
{
	uint64_t value = 0;
	int weight = 10;

	for (; digits.at < digits.end; digits.at++) {
		if (!scan_is_digit(*digits.at))
			return ABSENT;
		value += (uint64_t)((*digits.at - '0') * weight);
		weight /= 10;
	}
	return value;
}

bool scan_hundredths(struct scan *s, uint64_t *value)
{
	struct scan word, whole;
	uint64_t units, part;
	const char *point;

	*value = ABSENT;
	if (!scan_word(s, &word))
		return false;
	point = memchr(word.at, '.', scan_left(&word));
	whole = (struct scan){ word.at, point ? point : word.end };
	part = point ? fraction((struct scan){ point + 1, word.end }) : 0;
	if (scan_u64(&whole, &units) && present(units) && present(part) &&
	    units <= (ABSENT - 1 - part) / 100)
		*value = units * 100 + part;
	return true;
}
