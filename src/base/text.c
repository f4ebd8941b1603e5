#include "base/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define REPLACEMENT 0xfffdu

static const char replacement[] = "\xef\xbf\xbd";

static bool is_continuation(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

uint32_t text_next(const char **at, const char *end)
{
	const unsigned char *s = (const unsigned char *)*at;
	size_t left = (size_t)(end - *at);
	uint32_t c = s[0], least;
	size_t len;

	*at += 1;
	if (c < 0x80)
		return c;
	if (c >= 0xc2 && c <= 0xdf) {
		len = 2, least = 0x80, c &= 0x1f;
	} else if (c >= 0xe0 && c <= 0xef) {
		len = 3, least = 0x800, c &= 0x0f;
	} else if (c >= 0xf0 && c <= 0xf4) {
		len = 4, least = 0x10000, c &= 0x07;
	} else {
		return REPLACEMENT;
	}
	if (left < len)
		return REPLACEMENT;
	for (size_t i = 1; i < len; i++) {
		if (!is_continuation(s[i]))
			return REPLACEMENT;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return REPLACEMENT;
	*at += len - 1;
	return c;
}

struct range {
	uint32_t first, last;
};

/*
 * What a name may not hold, in order. Combining marks stay, since decomposed letters need them; so
 * do private and unassigned characters, which a terminal draws in some way.
 */
static const struct range harmful[] = {
	{ 0x0000, 0x001f }, /* C0: ESC, newline */
	{ 0x007f, 0x009f }, /* DEL, C1: CSI, OSC */
	{ 0x00ad, 0x00ad }, /* soft hyphen */
	{ 0x034f, 0x034f }, /* combining grapheme joiner */
	{ 0x061c, 0x061c }, /* Arabic letter mark */
	{ 0x115f, 0x1160 }, /* Hangul fillers */
	{ 0x17b4, 0x17b5 }, /* Khmer inherent vowels */
	{ 0x180b, 0x180f }, /* Mongolian selectors and separator */
	{ 0x200b, 0x200f }, /* zero-width space to right-to-left mark */
	{ 0x2028, 0x202e }, /* line and paragraph separator, embeddings and overrides */
	{ 0x2060, 0x206f }, /* word joiner, invisible operators, isolates */
	{ 0x3164, 0x3164 }, /* Hangul filler */
	{ 0xfdd0, 0xfdef }, /* noncharacters */
	{ 0xfe00, 0xfe0f }, /* variation selectors */
	{ 0xfeff, 0xfeff }, /* byte order mark */
	{ 0xffa0, 0xffa0 }, /* halfwidth Hangul filler */
	{ 0xfff0, 0xfffb }, /* unassigned, annotation anchors */
	{ 0x1bca0, 0x1bca3 }, /* shorthand format controls */
	{ 0x1d173, 0x1d17a }, /* musical format controls */
	{ 0xe0000, 0xe0fff }, /* tags, variation selectors */
};

static bool is_harmful(uint32_t c)
{
	size_t low = 0, high = sizeof(harmful) / sizeof(harmful[0]);

	if ((c & 0xfffe) == 0xfffe)
		return true;
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c > harmful[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < sizeof(harmful) / sizeof(harmful[0]) && c >= harmful[low].first;
}

size_t text_clean(char *dst, size_t cap, const char *src, size_t len)
{
	const char *end = src + len;
	size_t used = 0;

	while (src < end) {
		const char *from = src;
		uint32_t c = text_next(&src, end);
		size_t size = (size_t)(src - from);

		if (c == REPLACEMENT || is_harmful(c)) {
			from = replacement;
			size = sizeof(replacement) - 1;
		}
		if (used + size > cap - 1)
			break;
		memcpy(dst + used, from, size);
		used += size;
	}
	dst[used] = '\0';
	return used;
}

void text_append(char *dst, size_t cap, const char *format, ...)
{
	size_t used = strlen(dst);
	va_list args;

	va_start(args, format);
	vsnprintf(dst + used, cap - used, format, args);
	va_end(args);
}

int text_columns(uint32_t c)
{
	int width = wcwidth((wchar_t)c);

	return width < 0 ? 0 : width;
}

/* A text that is built from its end, so that digits need no count in advance. */
struct back {
	char text[40];
	size_t at;
};

static void back_char(struct back *b, char c)
{
	b->text[--b->at] = c;
}

static void back_u64(struct back *b, uint64_t value, int width)
{
	do {
		back_char(b, (char)('0' + value % 10));
		value /= 10;
	} while (--width > 0 || value);
}

static void back_tenths(struct back *b, uint64_t tenths)
{
	back_u64(b, tenths % 10, 1);
	back_char(b, '.');
	back_u64(b, tenths / 10, 1);
}

static char *back_copy(const struct back *b, char *dst, size_t cap)
{
	size_t len = sizeof(b->text) - b->at;

	if (len > cap - 1)
		len = cap - 1;
	memcpy(dst, b->text + b->at, len);
	dst[len] = '\0';
	return dst;
}

static char *dash(char *dst, size_t cap)
{
	struct back b = { .at = sizeof(b.text) };

	back_char(&b, '-');
	return back_copy(&b, dst, cap);
}

static uint64_t rounded(double value)
{
	return (uint64_t)(value + 0.5);
}

static char *finish(struct back *b, bool negative, char *dst, size_t cap)
{
	if (negative)
		back_char(b, '-');
	return back_copy(b, dst, cap);
}

/*
 * A value of at least one step, as "1.5K" below 100 of a unit and "410M" from there. A value that
 * rounds up to a whole step is one of the next unit; beyond the last unit the number stops at 9999.
 */
static void back_scaled(struct back *b, double value, unsigned step, const char *units)
{
	value /= step;
	while (value + 0.5 >= step && units[1]) {
		value /= step;
		units++;
	}
	back_char(b, *units);
	if (value * 10 + 0.5 < 1000)
		back_tenths(b, rounded(value * 10));
	else
		back_u64(b, value < 9999 ? rounded(value) : 9999, 1);
}

char *text_bytes_in(char *dst, size_t cap, double bytes, enum byte_units units)
{
	struct back b = { .at = sizeof(b.text) };
	double size = bytes < 0 ? -bytes : bytes;
	unsigned step = units == UNITS_DECIMAL ? 1000 : 1024;

	if (isnan(bytes))
		return dash(dst, cap);
	if (size + 0.5 < step)
		back_u64(&b, rounded(size), 1);
	else
		back_scaled(&b, size < 1e30 ? size : 1e30, step,
			    units == UNITS_DECIMAL ? "kMGTPE" : "KMGTPE");
	return finish(&b, bytes < 0 && size >= 0.5, dst, cap);
}

char *text_bytes(char *dst, size_t cap, double bytes)
{
	return text_bytes_in(dst, cap, bytes, UNITS_BINARY);
}

char *text_count(char *dst, size_t cap, double value)
{
	struct back b = { .at = sizeof(b.text) };
	double size = value < 0 ? -value : value;
	bool negative = value < 0;

	if (isnan(value))
		return dash(dst, cap);
	if (size + 0.5 >= 1000) {
		back_scaled(&b, size < 1e30 ? size : 1e30, 1000, "kMGTPE");
	} else if (size * 10 + 0.5 >= 100 || rounded(size * 10) % 10 == 0) {
		back_u64(&b, rounded(size), 1);
		negative &= size >= 0.5;
	} else {
		back_tenths(&b, rounded(size * 10));
	}
	return finish(&b, negative, dst, cap);
}

char *text_fixed1(char *dst, size_t cap, double value)
{
	struct back b = { .at = sizeof(b.text) };
	double size = value < 0 ? -value : value;

	if (isnan(value))
		return dash(dst, cap);
	if (size + 0.5 >= 100000)
		return text_count(dst, cap, value);
	if (size * 10 + 0.5 >= 1000)
		back_u64(&b, rounded(size), 1);
	else
		back_tenths(&b, rounded(size * 10));
	return finish(&b, value < 0 && size >= 0.05, dst, cap);
}

char *text_grouped(char *dst, size_t cap, double value)
{
	struct back b = { .at = sizeof(b.text) };
	double size = value < 0 ? -value : value;
	uint64_t number;

	if (isnan(value))
		return dash(dst, cap);
	number = size < 1e18 ? rounded(size) : 1000000000000000000u;
	for (; number >= 1000; number /= 1000) {
		back_u64(&b, number % 1000, 3);
		back_char(&b, ',');
	}
	back_u64(&b, number, 1);
	return finish(&b, value < 0 && size >= 0.5, dst, cap);
}

char *text_delay(char *dst, size_t cap, double seconds)
{
	struct back b = { .at = sizeof(b.text) };
	uint64_t centi = rounded(seconds * 100);

	if (centi % 10)
		back_u64(&b, centi % 100, 2);
	else
		back_u64(&b, centi % 100 / 10, 1);
	back_char(&b, '.');
	back_u64(&b, centi / 100, 1);
	return back_copy(&b, dst, cap);
}

char *text_uptime(char *dst, size_t cap, double seconds)
{
	struct back b = { .at = sizeof(b.text) };
	uint64_t s;

	if (isnan(seconds) || seconds < 0)
		return dash(dst, cap);
	s = seconds < 1e15 ? (uint64_t)seconds : 1000000000000000u;
	if (s < 86400) {
		back_u64(&b, s % 60, 2);
		back_char(&b, ':');
	}
	back_u64(&b, s / 60 % 60, 2);
	back_char(&b, ':');
	back_u64(&b, s / 3600 % 24, 2);
	if (s >= 86400) {
		back_char(&b, ' ');
		back_char(&b, 'd');
		back_u64(&b, s / 86400, 1);
	}
	return back_copy(&b, dst, cap);
}
