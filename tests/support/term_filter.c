#include "term_filter.h"

#include <string.h>

#define ESC 0x1b
#define BEL 0x07
#define CAN 0x18
#define SUB 0x1a
#define DEL 0x7f

void term_filter_init(struct term_filter *f, unsigned int repeat_max, term_filter_emit *emit,
		      void *arg)
{
	*f = (struct term_filter){ .emit = emit, .arg = arg, .repeat_max = repeat_max };
}

static bool is_cancel(unsigned char c)
{
	return c == CAN || c == SUB;
}

static void flush(struct term_filter *f)
{
	if (f->out_len > 0)
		f->emit(f->arg, f->out, f->out_len);
	f->out_len = 0;
}

static void put(struct term_filter *f, const char *bytes, size_t len)
{
	if (len > sizeof(f->out) - f->out_len)
		flush(f);
	memcpy(f->out + f->out_len, bytes, len);
	f->out_len += len;
}

static void put_byte(struct term_filter *f, unsigned char c)
{
	char byte = (char)c;

	put(f, &byte, 1);
}

static void put_csi(struct term_filter *f, const char *body, size_t len, char final)
{
	put(f, "\033[", 2);
	put(f, body, len);
	put(f, &final, 1);
}

static void enter_escape(struct term_filter *f)
{
	f->state = TERM_FILTER_ESCAPE;
	f->escape_sent = false;
}

static void repeat_last(struct term_filter *f)
{
	unsigned int count = 0;

	for (size_t i = 0; i < f->sequence_len; i++) {
		if (f->sequence[i] < '0' || f->sequence[i] > '9')
			return;
		if (count < f->repeat_max)
			count = count * 10 + (unsigned int)(f->sequence[i] - '0');
	}
	if (count == 0)
		count = 1;
	if (count > f->repeat_max)
		count = f->repeat_max;
	while (count-- > 0)
		put(f, f->last, f->last_len);
}

/* The body is "?a;b;c". An empty parameter stays one: CSI ? h is harmless. */
static void split_modes(struct term_filter *f, char final)
{
	const char *mode = f->sequence + 1;
	const char *end = f->sequence + f->sequence_len;

	for (;;) {
		const char *semicolon = memchr(mode, ';', (size_t)(end - mode));
		const char *stop = semicolon ? semicolon : end;
		char body[TERM_FILTER_SEQUENCE_MAX];
		size_t len = (size_t)(stop - mode);

		body[0] = '?';
		memcpy(body + 1, mode, len);
		put_csi(f, body, len + 1, final);
		if (!semicolon)
			return;
		mode = semicolon + 1;
	}
}

static void finish_csi(struct term_filter *f, char final)
{
	bool modes = final == 'h' || final == 'l';

	f->state = TERM_FILTER_GROUND;
	if (final == 'b' && f->last_len > 0)
		repeat_last(f);
	else if (modes && f->sequence_len > 0 && f->sequence[0] == '?')
		split_modes(f, final);
	else
		put_csi(f, f->sequence, f->sequence_len, final);
}

static void in_csi(struct term_filter *f, unsigned char c)
{
	if (c == ESC) {
		enter_escape(f); /* abandons the sequence, as a terminal does */
	} else if (is_cancel(c)) {
		f->state = TERM_FILTER_GROUND;
	} else if (c < 0x20) {
		put_byte(f, c); /* a control inside a sequence acts at once */
	} else if (c >= 0x40 && c <= 0x7e) {
		finish_csi(f, (char)c);
	} else if (c < 0x40) {
		if (f->sequence_len < sizeof(f->sequence)) {
			f->sequence[f->sequence_len++] = (char)c;
			return;
		}
		put(f, "\033[", 2);
		put(f, f->sequence, f->sequence_len);
		put_byte(f, c);
		f->state = TERM_FILTER_LONG_CSI;
	}
}

static void in_long_csi(struct term_filter *f, unsigned char c)
{
	if (c == ESC) {
		enter_escape(f);
		return;
	}
	put_byte(f, c);
	if (is_cancel(c) || (c >= 0x40 && c <= 0x7e))
		f->state = TERM_FILTER_GROUND;
}

/* The ESC is held back until what follows it is known. */
static void in_escape(struct term_filter *f, unsigned char c)
{
	bool first = !f->escape_sent;

	if (c == ESC) {
		enter_escape(f);
		return;
	}
	if (first && c == '[') {
		f->sequence_len = 0;
		f->state = TERM_FILTER_CSI;
		return;
	}
	if (first)
		put_byte(f, ESC);
	f->escape_sent = true;
	put_byte(f, c);
	if (c >= 0x20 && c < 0x30)
		return; /* an intermediate, as in ESC ( 0 */
	f->state = first && memchr("]P^_X", c, 5) ? TERM_FILTER_STRING : TERM_FILTER_GROUND;
}

static void in_string(struct term_filter *f, unsigned char c)
{
	if (c == ESC) {
		enter_escape(f);
		return;
	}
	put_byte(f, c);
	if (c == BEL || is_cancel(c))
		f->state = TERM_FILTER_GROUND;
}

static size_t continuation_bytes(unsigned char c)
{
	if (c >= 0xf0)
		return 3;
	if (c >= 0xe0)
		return 2;
	return c >= 0xc0 ? 1 : 0;
}

/* A character that ended early goes out as it is. */
static void release_partial(struct term_filter *f)
{
	if (f->missing)
		put(f, f->last, f->last_len);
	f->missing = 0;
}

static void in_ground(struct term_filter *f, unsigned char c)
{
	if (c >= 0x80 && c < 0xc0 && f->missing) {
		f->last[f->last_len++] = (char)c;
		if (!--f->missing)
			put(f, f->last, f->last_len);
		return;
	}
	release_partial(f);
	if (c == ESC) {
		enter_escape(f);
		return;
	}
	if (c >= 0x20 && c != DEL && (c < 0x80 || c >= 0xc0)) {
		f->last[0] = (char)c;
		f->last_len = 1;
		f->missing = continuation_bytes(c);
	}
	if (!f->missing)
		put_byte(f, c);
}

void term_filter_write(struct term_filter *f, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)bytes[i];

		switch (f->state) {
		case TERM_FILTER_GROUND:
			in_ground(f, c);
			break;
		case TERM_FILTER_ESCAPE:
			in_escape(f, c);
			break;
		case TERM_FILTER_CSI:
			in_csi(f, c);
			break;
		case TERM_FILTER_LONG_CSI:
			in_long_csi(f, c);
			break;
		case TERM_FILTER_STRING:
			in_string(f, c);
			break;
		}
	}
	flush(f);
}
