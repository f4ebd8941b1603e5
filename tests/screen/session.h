/*
 * Test support: the program at work over a copied machine, and what tests of a session do with it.
 *
 * Every call asserts that it succeeded. Waits have TERM_WAIT_MS; nothing sleeps.
 * A struct session owns the tree and the terminal until session_close().
 */
#ifndef TESTS_SCREEN_SESSION_H
#define TESTS_SCREEN_SESSION_H

#include <sys/types.h>

#include "screen/tree.h"

struct session {
	struct tree tree;
	struct term *term;
	struct termios before; /* of the terminal, before the program took it */
	long uptime_s; /* of the tree, once session_tick() has set it */
};

/* What stands on the screen of web3 only after its second instant; so does the whole of a frame. */
#define WEB3_SETTLED "12,304"
#define QUIET_SETTLED "no stalls"

/* Starts at instant 0 and waits for the first sample on the screen. */
void session_open(struct session *session, const char *machine, const struct term_options *options,
		  const char *const *arguments);
/* The same, then goes on to instant 1 and waits for this text. */
void session_settle(struct session *session, const char *machine,
		    const struct term_options *options, const char *const *arguments,
		    const char *settled);
void session_close(struct session *session);

/*
 * Starts a shell, which runs the program (with an ignored SIGHUP, say, after `prepare`, a piece of
 * shell) and prints "ended with STATUS" when it is over. The program's process is session_pid().
 */
void session_shell(struct session *session, const char *machine, const struct term_options *options,
		   const char *prepare, const char *const *arguments);
pid_t session_pid(const struct session *session);
/*
 * Waits for the shell's words and asserts on the status and on a terminal that is as it was: its
 * modes, the first screen, a visible cursor, no colour or attribute, no mouse.
 */
void session_assert_restored(struct session *session, int status);

/* Presses keys and waits until the text stands on the screen, or is gone from it. */
void session_press(struct session *session, const char *keys, const char *text);
void session_press_gone(struct session *session, const char *keys, const char *text);
void session_wait(struct session *session, const char *text);
/* Presses q and waits for the end with status 0. */
void session_quit(struct session *session);

/* Replaces a file of the tree at once. */
void session_put(struct session *session, const char *path, const char *content);
/* One more second of the copied machine's time: an instant with all that was put before. */
void session_tick(struct session *session);
/* The same, with this 1 minute load, which the header shows. */
void session_tick_load(struct session *session, const char *load);

/*
 * Lets every sample hang from here on, until session_unhang(): proc/meminfo becomes a FIFO, whose
 * opening waits for a writer. All that was put before has been sampled when this returns (without
 * meminfo, if it is an instant of its own), and nothing that is put later will be.
 */
void session_hang(struct session *session);
/* Lets the program's first sample hang, before it is started. */
void session_block(struct session *session);
/* Waits until a sample hangs, and lets it go on; with meminfo from the fixture's instant, or none. */
void session_unhang(struct session *session, int instant);

#endif
