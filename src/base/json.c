#include "base/json.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "base/value.h"

void json_init(struct json *j, char *buf, size_t cap)
{
	*j = (struct json){ .buf = buf, .cap = cap };
}

static void put(struct json *j, const char *text, size_t len)
{
	if (j->need < j->cap) {
		size_t room = j->cap - j->need;

		memcpy(j->buf + j->need, text, len < room ? len : room);
	}
	j->need += len;
}

static void put_char(struct json *j, char c)
{
	if (j->need < j->cap)
		j->buf[j->need] = c;
	j->need++;
}

/* At least `width` digits, with leading zeros. */
static void put_u64(struct json *j, uint64_t value, int width)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (--width > 0 || value);
	put(j, digits + at, sizeof(digits) - at);
}

static void put_escaped(struct json *j, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	const char code[] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };

	if (c == '"' || c == '\\') {
		put_char(j, '\\');
		put_char(j, (char)c);
	} else {
		put(j, code, sizeof(code));
	}
}

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

static void put_string(struct json *j, const char *text)
{
	const char *end = text + strlen(text);

	put_char(j, '"');
	while (text < end) {
		const char *from = text;

		while (text < end && is_plain((unsigned char)*text))
			text++;
		put(j, from, (size_t)(text - from));
		if (text == end)
			break;
		if ((unsigned char)*text < 0x80) {
			put_escaped(j, (unsigned char)*text++);
			continue;
		}
		from = text;
		if (text_next(&text, end) == 0xfffd)
			put(j, "\xef\xbf\xbd", 3);
		else
			put(j, from, (size_t)(text - from));
	}
	put_char(j, '"');
}

/* What stands before any value: the comma after its forerunner, and its key. */
static void put_key(struct json *j, const char *key)
{
	if (j->comma)
		put_char(j, ',');
	j->comma = true;
	if (!key)
		return;
	put_string(j, key);
	put_char(j, ':');
}

void json_open(struct json *j, const char *key, char bracket)
{
	put_key(j, key);
	put_char(j, bracket);
	j->comma = false;
}

void json_close(struct json *j, char bracket)
{
	put_char(j, bracket);
	j->comma = true;
}

void json_string(struct json *j, const char *key, const char *utf8)
{
	put_key(j, key);
	put_string(j, utf8);
}

/* Beyond what 64 bits of tenths hold: digits and an exponent. */
static void put_large(struct json *j, double value)
{
	unsigned exponent = 0;

	for (; value >= 1e16; value /= 10)
		exponent++;
	put_u64(j, (uint64_t)value, 1);
	put_char(j, 'e');
	put_u64(j, exponent, 1);
}

void json_double(struct json *j, const char *key, double value, int decimals)
{
	double scaled = value < 0 ? -value : value;
	uint64_t number, unit = 1;

	put_key(j, key);
	if (!isfinite(value)) {
		put(j, "null", 4);
		return;
	}
	/* A large number has no decimals to lose: a double holds 15 or 16 digits. */
	for (; decimals > 0 && scaled < 1e15; decimals--) {
		scaled *= 10;
		unit *= 10;
	}
	number = scaled < 1e18 ? (uint64_t)(scaled + 0.5) : ABSENT;
	if (value < 0 && number)
		put_char(j, '-');
	if (number == ABSENT) {
		put_large(j, value < 0 ? -value : value);
		return;
	}
	for (decimals = 0; unit > 1 && number % 10 == 0; unit /= 10)
		number /= 10;
	put_u64(j, number / unit, 1);
	if (unit == 1)
		return;
	put_char(j, '.');
	for (uint64_t u = unit; u > 1; u /= 10)
		decimals++;
	put_u64(j, number % unit, decimals);
}

void json_u64(struct json *j, const char *key, uint64_t value)
{
	put_key(j, key);
	if (present(value))
		put_u64(j, value, 1);
	else
		put(j, "null", 4);
}

void json_bool(struct json *j, const char *key, bool value)
{
	put_key(j, key);
	put(j, value ? "true" : "false", value ? 4 : 5);
}

void json_null(struct json *j, const char *key)
{
	put_key(j, key);
	put(j, "null", 4);
}

long json_finish(struct json *j)
{
	put_char(j, '\n');
	if (j->need > j->cap)
		return -ENOSPC;
	if (j->need < j->cap)
		j->buf[j->need] = '\0';
	return (long)j->need;
}
