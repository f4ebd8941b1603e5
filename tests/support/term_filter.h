/*
 * Test support: rewrites a terminal's byte stream into what libvterm 0.1.4 reads correctly.
 *
 * Three faults of that version are worked round before it sees the bytes:
 *  - CSI ? a;b h (and l) takes only its first mode: written as one sequence a mode;
 *  - REP, CSI n b, loses the next character when it stops a column short of the margin:
 *    written out as n copies of the last printed character;
 *  - a UTF-8 character that is cut between two writes can come out as U+FFFD: handed over whole.
 * All other bytes pass unchanged and in order. A sequence or a UTF-8 character may be cut anywhere
 * between two writes.
 *
 * Source: ECMA-48 5.4 (control sequences), 8.3.103 (REP); xterm's ctlseqs (DECSET).
 */
#ifndef TESTS_SUPPORT_TERM_FILTER_H
#define TESTS_SUPPORT_TERM_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#define TERM_FILTER_SEQUENCE_MAX 128 /* a longer control sequence passes as it is */

enum term_filter_state {
	TERM_FILTER_GROUND,
	TERM_FILTER_ESCAPE,
	TERM_FILTER_CSI,
	TERM_FILTER_LONG_CSI,
	TERM_FILTER_STRING, /* OSC, DCS, SOS, PM or APC, up to BEL or ESC \ */
};

typedef void term_filter_emit(void *arg, const char *bytes, size_t len);

struct term_filter {
	term_filter_emit *emit;
	void *arg;
	unsigned int repeat_max; /* a REP of more than that is cut, as a screen has no more cells */
	enum term_filter_state state;
	bool escape_sent; /* in TERM_FILTER_ESCAPE: an intermediate followed, so the ESC is out */
	char sequence[TERM_FILTER_SEQUENCE_MAX]; /* parameters and intermediates after CSI */
	size_t sequence_len;
	char last[4]; /* last printed character, UTF-8 */
	size_t last_len;
	size_t missing; /* bytes of `last` that are to come: until then it is held back */
	char out[512]; /* not emitted yet; empty between two writes */
	size_t out_len;
};

void term_filter_init(struct term_filter *, unsigned int repeat_max, term_filter_emit *, void *arg);
void term_filter_write(struct term_filter *, const char *bytes, size_t len);

#endif
