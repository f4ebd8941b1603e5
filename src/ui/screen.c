#include "ui/screen.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define NCURSES_NOMACROS
#include <curses.h>

#include "ui/pens.h"
#include "ui/terminal.h"

/* Of a larger terminal the upper left part is used: a size is somebody else's claim. */
#define SIZE_LIMIT 1000
/* So many unchanged cells between two changed ones cost less than another call of ncurses. */
#define RUN_GAP 6
/* How long an ESC waits for the rest of a key's sequence. */
#define ESCAPE_MS 25

struct screen {
	SCREEN *ncurses;
	WINDOW *keys; /* a pad: reading from it never refreshes the screen */
	struct termios before; /* modes to go back to */
	int rows, columns;
	int own_rows, own_columns; /* for a terminal that tells no size: LINES, COLUMNS, or 24x80 */
	bool ascii, color;
	bool cursor_shows; /* the terminal cannot hide it */
	bool uses_mouse;
	struct mouse_report report; /* the one that comes */
	struct mouse mouse; /* the last one */
	bool away; /* between screen_suspend() and screen_resume() */
	struct pens pens;
	struct canvas shown; /* what ncurses has; ch 0: not known */
	cchar_t *run; /* as long as its rows */
};

/*
 * ncurses takes the signals that are still at their default. The program has its own way with all of
 * them, so each goes back to what it was.
 */
static const int taken_signals[] = { SIGINT, SIGTERM, SIGTSTP, SIGWINCH };
#define TAKEN_SIGNALS (sizeof(taken_signals) / sizeof(taken_signals[0]))

/*
 * Sizes are asked for and bounded in screen_resize(). ncurses would ask on its own, also later, and
 * take any that somebody sets on the terminal: gigabytes, or a fault in its wresize(). The environment
 * has the last word with it, on every terminal; use_env(FALSE) would leave it without a size on those
 * whose terminfo names none, as the Linux console.
 */
static void keep_size_from_ncurses(void)
{
	setenv("LINES", "24", 1);
	setenv("COLUMNS", "80", 1);
}

static SCREEN *new_terminal(void)
{
	struct sigaction before[TAKEN_SIGNALS];
	SCREEN *ncurses;

	for (size_t i = 0; i < TAKEN_SIGNALS; i++)
		sigaction(taken_signals[i], NULL, &before[i]);
	keep_size_from_ncurses();
	ncurses = newterm(NULL, stdout, stdin);
	for (size_t i = 0; i < TAKEN_SIGNALS; i++)
		sigaction(taken_signals[i], &before[i], NULL);
	return ncurses;
}

static int within(int size)
{
	return size < 1 ? 1 : size > SIZE_LIMIT ? SIZE_LIMIT : size;
}

/* LINES or COLUMNS, for a terminal that tells no size. */
static int size_from_environment(const char *name, int otherwise)
{
	const char *text = getenv(name);
	char *end;
	long size = text ? strtol(text, &end, 10) : 0;

	return text && !*end && size > 0 && size <= SIZE_LIMIT ? (int)size : otherwise;
}

static void forget_shown(struct screen *screen)
{
	for (int i = 0; i < screen->shown.rows * screen->shown.columns; i++)
		screen->shown.cell[i].ch = 0;
}

void screen_resize(struct screen *screen)
{
	struct winsize size = { 0 };

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0)
		size = (struct winsize){ 0 };
	screen->rows = within(size.ws_row ? size.ws_row : screen->own_rows);
	screen->columns = within(size.ws_col ? size.ws_col : screen->own_columns);
	/* Not resizeterm(), which also puts a KEY_RESIZE among the keys. */
	if (is_term_resized(screen->rows, screen->columns))
		resize_term(screen->rows, screen->columns);
	clearok(curscr, TRUE);
	forget_shown(screen);
	if (screen->away)
		return;
	terminal_scroll_all(screen->rows);
	terminal_arm(&screen->before, screen->rows);
}

void screen_size(const struct screen *screen, int *rows, int *columns)
{
	*rows = screen->rows;
	*columns = screen->columns;
}

enum color_depth screen_depth(const struct screen *screen)
{
	return screen->pens.depth;
}

void screen_set_palette(struct screen *screen, const struct palette *palette)
{
	pens_init(&screen->pens, screen->color, palette);
	clearok(curscr, TRUE);
	forget_shown(screen);
}

/*
 * Sequences that terminals send although their terminfo entry names others: PuTTY's Home and End, and
 * the cursor keys of one that does not know keypad_xmit.
 */
static const struct {
	const char *sequence;
	int code;
} more_keys[] = {
	{ "\033[1~", KEY_HOME }, { "\033[4~", KEY_END }, { "\033[H", KEY_HOME },
	{ "\033[F", KEY_END },	 { "\033[A", KEY_UP },	 { "\033[B", KEY_DOWN },
	{ "\033[C", KEY_RIGHT }, { "\033[D", KEY_LEFT },
};

/* How a report of the mouse begins. Codes of ours: of KEY_MOUSE ncurses would read the rest itself. */
static const struct {
	const char *sequence;
	int code;
	enum mouse_form form;
} mouse_keys[] = {
	{ "\033[<", 0x7000, MOUSE_FORM_SGR },
	{ "\033[M", 0x7001, MOUSE_FORM_X10 },
};
#define MOUSE_KEYS (sizeof(mouse_keys) / sizeof(mouse_keys[0]))

static void set_up_keys(struct screen *screen)
{
	cbreak();
	noecho();
	nonl();
	intrflush(stdscr, FALSE);
	/* A frame is drawn whole, keys waiting or not. */
	typeahead(-1);
	set_escdelay(ESCAPE_MS);
	keypad(screen->keys, TRUE);
	nodelay(screen->keys, TRUE);
	for (size_t i = 0; i < sizeof(more_keys) / sizeof(more_keys[0]); i++) {
		if (key_defined(more_keys[i].sequence) == 0)
			define_key(more_keys[i].sequence, more_keys[i].code);
	}
	for (size_t i = 0; i < MOUSE_KEYS; i++)
		define_key(mouse_keys[i].sequence, mouse_keys[i].code);
}

int screen_open(struct screen **out, const struct screen_options *options, char *why, size_t cap)
{
	int error = terminal_check(why, cap);
	struct screen *screen;

	if (error < 0)
		return error;
	screen = calloc(1, sizeof(*screen));
	if (!screen) {
		snprintf(why, cap, "out of memory");
		return -ENOMEM;
	}
	screen->ascii = options->ascii;
	tcgetattr(STDOUT_FILENO, &screen->before);
	screen->own_rows = size_from_environment("LINES", 24);
	screen->own_columns = size_from_environment("COLUMNS", 80);
	screen->ncurses = new_terminal();
	screen->keys = screen->ncurses ? newpad(1, 1) : NULL;
	if (!screen->keys) {
		snprintf(why, cap, "ncurses cannot start on this terminal; use -b to print rows");
		screen_close(screen);
		return -EIO;
	}
	set_up_keys(screen);
	screen->color = options->color;
	pens_init(&screen->pens, screen->color, &options->palette);
	screen->cursor_shows = curs_set(0) == ERR;
	leaveok(stdscr, !screen->cursor_shows);
	/*
	 * Up to the first return from endwin(), ncurses 6.3 and later flush after each move of the
	 * cursor: a hundred small writes in place of one, at twice the cost of a frame.
	 */
	endwin();
	doupdate(); /* takes the size of the environment again: ours comes after it */
	screen_resize(screen);
	*out = screen;
	return 0;
}

void screen_close(struct screen *screen)
{
	if (!screen)
		return;
	if (screen->keys)
		delwin(screen->keys);
	if (screen->ncurses) {
		screen_use_mouse(screen, false);
		endwin();
		terminal_disarm();
		delscreen(screen->ncurses);
	}
	canvas_release(&screen->shown);
	free(screen->run);
	free(screen);
}

void screen_use_mouse(struct screen *screen, bool use)
{
	if (screen->uses_mouse != use && !screen->away)
		terminal_mouse(use);
	screen->uses_mouse = use;
}

struct mouse screen_mouse(const struct screen *screen)
{
	return screen->mouse;
}

void screen_restore_raw(void)
{
	terminal_restore_raw();
}

void screen_suspend(struct screen *screen)
{
	if (screen->uses_mouse)
		terminal_mouse(false);
	endwin();
	terminal_disarm();
	screen->away = true;
}

void screen_resume(struct screen *screen)
{
	/* Modes that were changed meanwhile are meant to stay. */
	tcgetattr(STDOUT_FILENO, &screen->before);
	def_shell_mode();
	screen->away = false;
	doupdate(); /* as in screen_open() */
	screen_resize(screen);
	if (screen->uses_mouse)
		terminal_mouse(true);
}

/* Makes shown, and the row for ncurses, fit a canvas of another size. */
static int fit_shown(struct screen *screen, const struct canvas *canvas)
{
	cchar_t *run;
	int error;

	if (screen->shown.rows == canvas->rows && screen->shown.columns == canvas->columns)
		return 0;
	run = realloc(screen->run, ((size_t)canvas->columns + 1) * sizeof(*run));
	if (!run)
		return -ENOMEM;
	screen->run = run;
	error = canvas_resize(&screen->shown, canvas->rows, canvas->columns);
	if (error < 0)
		return error;
	forget_shown(screen);
	werase(stdscr);
	return 0;
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
	return a->ch == b->ch && a->style == b->style;
}

/* Hands the columns from `from` to before `to` to ncurses, which finds the width of each itself. */
static void show_run(struct screen *screen, const struct cell *cells, int row, int from, int to)
{
	int len = 0;

	for (int column = from; column < to; column++) {
		const struct cell *cell = &cells[column];
		bool selected = cell->style & CELL_SELECTED;
		const struct pen *pen = &screen->pens.pen[cell->style & ~CELL_SELECTED][selected];
		wchar_t text[2] = { (wchar_t)cell->ch, L'\0' };

		if (cell->ch == CELL_WIDE)
			continue;
		if (screen->ascii && cell->ch > '~')
			text[0] = L'?';
		setcchar(&screen->run[len++], text, pen->attrs, pen->pair, NULL);
	}
	mvwadd_wchnstr(stdscr, row, from, screen->run, len);
}

/* Whether anything of the row had changed. */
static bool show_row(struct screen *screen, const struct canvas *canvas, int row)
{
	const struct cell *cells = &canvas->cell[row * canvas->columns];
	struct cell *shown = &screen->shown.cell[row * canvas->columns];
	int end = canvas->columns < screen->columns ? canvas->columns : screen->columns;
	int column = 0, from, to;
	bool changed = false;

	for (;;) {
		while (column < end && same_cell(&cells[column], &shown[column]))
			column++;
		if (column >= end)
			return changed;
		changed = true;
		from = cells[column].ch == CELL_WIDE ? column - 1 : column;
		to = column + 1;
		for (; column < end && column - to < RUN_GAP; column++) {
			if (same_cell(&cells[column], &shown[column]))
				continue;
			shown[column] = cells[column];
			to = column + 1;
		}
		show_run(screen, cells, row, from, to);
	}
}

void screen_show(struct screen *screen, const struct canvas *canvas, bool whole)
{
	int end = canvas->rows < screen->rows ? canvas->rows : screen->rows;
	bool changed = whole;

	if (screen->away || fit_shown(screen, canvas) < 0)
		return;
	if (whole) {
		clearok(curscr, TRUE);
		forget_shown(screen);
	}
	for (int row = 0; row < end; row++)
		changed |= show_row(screen, canvas, row);
	if (!changed)
		return;
	if (screen->cursor_shows)
		wmove(stdscr, screen->rows - 1, 0);
	wnoutrefresh(stdscr);
	doupdate();
}

static const struct {
	wint_t code;
	int key;
} key_codes[] = {
	{ KEY_UP, SCREEN_KEY_UP },	     { KEY_DOWN, SCREEN_KEY_DOWN },
	{ KEY_LEFT, SCREEN_KEY_LEFT },	     { KEY_RIGHT, SCREEN_KEY_RIGHT },
	{ KEY_PPAGE, SCREEN_KEY_PAGE_UP },   { KEY_A3, SCREEN_KEY_PAGE_UP },
	{ KEY_NPAGE, SCREEN_KEY_PAGE_DOWN }, { KEY_C3, SCREEN_KEY_PAGE_DOWN },
	{ KEY_HOME, SCREEN_KEY_HOME },	     { KEY_A1, SCREEN_KEY_HOME },
	{ KEY_END, SCREEN_KEY_END },	     { KEY_C1, SCREEN_KEY_END },
	{ KEY_BTAB, SCREEN_KEY_BACKTAB },    { KEY_BACKSPACE, SCREEN_KEY_BACKSPACE },
	{ KEY_DC, SCREEN_KEY_DELETE },	     { KEY_RESIZE, SCREEN_KEY_RESIZE },
	{ KEY_ENTER, SCREEN_KEY_ENTER },
};

/* SCREEN_NO_KEY for what begins a report of the mouse, which is under way from then on. */
static int key_of_code(struct screen *screen, wint_t code)
{
	for (size_t i = 0; i < sizeof(key_codes) / sizeof(key_codes[0]); i++) {
		if (key_codes[i].code == code)
			return key_codes[i].key;
	}
	if (code >= KEY_F(1) && code <= KEY_F(10))
		return SCREEN_KEY_F1 + (int)(code - KEY_F(1));
	for (size_t i = 0; i < MOUSE_KEYS; i++) {
		if (code != (wint_t)mouse_keys[i].code)
			continue;
		mouse_report_begin(&screen->report, mouse_keys[i].form);
		return SCREEN_NO_KEY;
	}
	return SCREEN_KEY_OTHER;
}

/* Reads on in a report, as bytes: the old form is no UTF-8. True when a press or the wheel came of it. */
static bool read_report(struct screen *screen)
{
	while (screen->report.form != MOUSE_FORM_NONE) {
		int byte = wgetch(screen->keys);

		if (byte == ERR)
			return false;
		switch (mouse_report_take(&screen->report, byte, &screen->mouse)) {
		case MOUSE_DONE:
			return screen->mouse.kind != MOUSE_NONE;
		case MOUSE_BROKEN:
			ungetch(byte);
			return false;
		case MOUSE_MORE:
			break;
		}
	}
	return false;
}

int screen_key(struct screen *screen)
{
	wint_t code = 0;
	int key;

	for (;;) {
		if (screen->report.form != MOUSE_FORM_NONE && read_report(screen))
			return SCREEN_KEY_MOUSE;
		if (screen->report.form != MOUSE_FORM_NONE)
			return SCREEN_NO_KEY;
		switch (wget_wch(screen->keys, &code)) {
		case OK:
			if (code == '\r')
				return SCREEN_KEY_ENTER;
			return code == '\b' || code == 0x7f ? SCREEN_KEY_BACKSPACE : (int)code;
		case KEY_CODE_YES:
			key = key_of_code(screen, code);
			if (key != SCREEN_NO_KEY)
				return key;
			break;
		default:
			return SCREEN_NO_KEY;
		}
	}
}

void screen_drop_keys(struct screen *screen)
{
	flushinp();
	screen->report.form = MOUSE_FORM_NONE;
}
