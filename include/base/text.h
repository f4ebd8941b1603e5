/*
 * base/text: names made harmless, and numbers made short.
 *
 * A process chooses its own name, so it is hostile until text_clean() has seen it, once, where it
 * enters. What comes out is valid UTF-8 without C0 and C1 controls, DEL, line and paragraph
 * separators, bidirectional controls, zero-width characters and noncharacters: each of those, and
 * each byte that is not UTF-8, is replaced by U+FFFD. Quotes, '<', '&' and ')' stay; each stream
 * escapes what its own format needs.
 */
#ifndef STALLTOP_BASE_TEXT_H
#define STALLTOP_BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>

/*
 * Cleans len bytes of src into dst (cap bytes with the NUL, at least 4). Cut at a whole character
 * when it does not fit. Returns the length in bytes.
 */
size_t text_clean(char *dst, size_t cap, const char *src, size_t len);

/*
 * Decodes the character at *at (before end), moves *at behind it and returns it; U+FFFD for a byte
 * that is not UTF-8, which is stepped over alone.
 */
uint32_t text_next(const char **at, const char *end);

/* Appends to a string in dst, which holds cap bytes; cut when it does not fit. */
void text_append(char *dst, size_t cap, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Columns that the character takes on a terminal by wcwidth(3) of the current locale; 0, 1 or 2. */
int text_columns(uint32_t c);

/*
 * Short numbers for the screen. Each writes at most cap bytes with the NUL and returns dst: five
 * columns at most, a sixth for the sign of a negative one, "-" for NAN. Decimal point in every
 * locale. Rounded before the unit is chosen: 999.95 is "1.0k", never "1000".
 */

/* Powers of 1024: "0", "512", "1.5K", "12.0M", "410M", "5.9G". */
char *text_bytes(char *dst, size_t cap, double bytes);
/* The same by the units that a person chose; with UNITS_DECIMAL as text_count(): "1.5k", "6.3G". */
enum byte_units { UNITS_BINARY, UNITS_DECIMAL };
char *text_bytes_in(char *dst, size_t cap, double bytes, enum byte_units units);
/* Powers of 1000: "0.3", "3", "81", "999", "2.2k", "12.3k", "340k", "3.4M". */
char *text_count(char *dst, size_t cap, double value);
/* One decimal: "12.4", "100" from 100 on, as text_count() from 100000 on. */
char *text_fixed1(char *dst, size_t cap, double value);

/* An integer with thousands set apart by commas, "12,304"; "-" for NAN. */
char *text_grouped(char *dst, size_t cap, double value);

/* A delay in seconds, 0 to 3600: "1.0", "0.05". */
char *text_delay(char *dst, size_t cap, double seconds);

/* A duration: "3d 04:12" from a day on, "04:12:09" below; "-" for NAN and below 0. */
char *text_uptime(char *dst, size_t cap, double seconds);

#endif
