/*
 * ui/screen: the terminal. Only this file, ui/pens and ui/terminal know ncurses. One screen at a time.
 *
 * Signals stay the program's: what ncurses installs for itself is taken back, and ^C, ^Z and ^\ still
 * raise theirs. fds 0 and 1 must block: ncurses loses what a short write leaves over.
 *
 * The terminal is restored on every way out: screen_close(), and by screen_restore_raw() from a
 * handler of a deadly signal, which uses only async-signal-safe calls.
 */
#ifndef STALLTOP_UI_SCREEN_H
#define STALLTOP_UI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/canvas.h"
#include "ui/mouse_report.h"
#include "ui/theme.h"

struct screen;

struct screen_options {
	bool color; /* false: --no-color or NO_COLOR */
	bool ascii; /* --ascii, or the locale is not UTF-8 */
	struct palette palette;
	bool console; /* its font is a console's: see ui/console. The canvas follows it */
};

/*
 * Takes the terminal on fds 0 and 1. 0, or -errno with one clear line in why that names -b: not a
 * terminal, TERM unset, unknown, or not able to address the cursor ("dumb"). The locale is set before.
 */
int screen_open(struct screen **screen, const struct screen_options *options, char *why,
		size_t cap);
void screen_close(struct screen *screen);

/* Async-signal-safe: puts the terminal back as it was. For handlers of SEGV, ABRT and the like. */
void screen_restore_raw(void);

/*
 * Leaves and takes the terminal again, around a stop (SIGTSTP, SIGCONT). The second also follows a new
 * size, and shows the last picture until the next screen_show().
 */
void screen_suspend(struct screen *screen);
void screen_resume(struct screen *screen);

/*
 * Asks the terminal for its size and follows it; the next screen_show() draws all afresh. A terminal
 * that tells no size has that of LINES and COLUMNS, or 24x80.
 */
void screen_resize(struct screen *screen);
void screen_size(const struct screen *screen, int *rows, int *columns);

enum color_depth screen_depth(const struct screen *screen);

/* Takes other colours; the next screen_show() draws all afresh. */
void screen_set_palette(struct screen *screen, const struct palette *palette);

/*
 * Shows the canvas: only cells that differ from what was shown last are handed to ncurses, and only
 * what differs on the terminal is written. With `whole` all is drawn afresh (Ctrl-L).
 */
void screen_show(struct screen *screen, const struct canvas *canvas, bool whole);

/*
 * Keys are Unicode or of enum screen_key_code; SCREEN_NO_KEY when none waits. Blocks only after an ESC,
 * 25 ms at most, for the rest of a key's sequence. Call until SCREEN_NO_KEY: keys wait in memory too.
 */
#define SCREEN_NO_KEY (-1)
int screen_key(struct screen *screen);

/* Forgets the keys that wait, those included that the terminal has sent and nobody has read. */
void screen_drop_keys(struct screen *screen);

/*
 * Whether the terminal reports the mouse; not at first. What it reports comes as SCREEN_KEY_MOUSE among
 * the keys, and lies in screen_mouse() until the next.
 */
void screen_use_mouse(struct screen *screen, bool use);
struct mouse screen_mouse(const struct screen *screen);

/* Names for the few codes that others need, so that only this file includes ncurses. */
enum screen_key_code {
	SCREEN_KEY_UP = 0x110000,
	SCREEN_KEY_DOWN,
	SCREEN_KEY_LEFT,
	SCREEN_KEY_RIGHT,
	SCREEN_KEY_PAGE_UP,
	SCREEN_KEY_PAGE_DOWN,
	SCREEN_KEY_HOME,
	SCREEN_KEY_END,
	SCREEN_KEY_BACKTAB,
	SCREEN_KEY_BACKSPACE,
	SCREEN_KEY_DELETE,
	SCREEN_KEY_RESIZE,
	SCREEN_KEY_F1, /* the others follow it, up to F10 */
	SCREEN_KEY_F10 = SCREEN_KEY_F1 + 9,
	SCREEN_KEY_MOUSE,
	SCREEN_KEY_OTHER,
};
#define SCREEN_KEY_ESCAPE 27
#define SCREEN_KEY_ENTER '\n'

#endif
