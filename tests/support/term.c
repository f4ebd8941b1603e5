#include "term_private.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define SCREEN_COLS_MIN 2 /* libvterm dies of a wide character in a single column */

int term_text_append(struct term_text *text, const char *bytes, size_t len)
{
	if (text->size - text->len <= len) {
		size_t size = (text->len + len + 1) * 2;
		char *grown = realloc(text->bytes, size);

		if (!grown)
			return -ENOMEM;
		text->bytes = grown;
		text->size = size;
	}
	memcpy(text->bytes + text->len, bytes, len);
	text->len += len;
	text->bytes[text->len] = '\0';
	return 0;
}

static void on_reply(const char *bytes, size_t len, void *arg)
{
	struct term *t = arg;

	if (term_text_append(&t->input, bytes, len) < 0)
		t->no_room = true;
}

static void on_filtered(void *arg, const char *bytes, size_t len)
{
	struct term *t = arg;

	vterm_input_write(t->vterm, bytes, len);
}

static int on_property(VTermProp prop, VTermValue *value, void *arg)
{
	struct term *t = arg;

	if (prop == VTERM_PROP_CURSORVISIBLE)
		t->cursor_visible = value->boolean;
	else if (prop == VTERM_PROP_ALTSCREEN)
		t->altscreen = value->boolean;
	else if (prop == VTERM_PROP_MOUSE)
		t->mouse = value->number;
	else if (prop == VTERM_PROP_TITLE)
		snprintf(t->title, sizeof(t->title), "%s", value->string);
	return 1;
}

static int open_screen(struct term *t, int rows, int cols)
{
	static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

	t->rows = rows;
	t->cols = cols;
	t->vterm = vterm_new(rows, cols < SCREEN_COLS_MIN ? SCREEN_COLS_MIN : cols);
	if (!t->vterm)
		return -ENOMEM;
	vterm_set_utf8(t->vterm, 1);
	vterm_output_set_callback(t->vterm, on_reply, t);
	t->screen = vterm_obtain_screen(t->vterm);
	t->cursor_visible = true;
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
	term_filter_init(&t->filter, (unsigned int)(rows * cols), on_filtered, t);
	return 0;
}

static void set_environment(const struct term_options *options)
{
	static const char *const unset[] = {
		"LANGUAGE",    "LC_ALL",	  "LC_COLLATE", "LC_CTYPE", "LC_MESSAGES",
		"LC_MONETARY", "LC_NUMERIC",	  "LC_TIME",	"LINES",    "COLUMNS",
		"NO_COLOR",    "COLORTERM",	  "TERMCAP",	"ESCDELAY", "NCURSES_NO_UTF8_ACS",
		"HOME",	       "XDG_CONFIG_HOME",
	};
	const char *const *env = options->env;

	for (size_t i = 0; i < sizeof(unset) / sizeof(unset[0]); i++)
		unsetenv(unset[i]);
	setenv("LANG", "C.UTF-8", 1);
	setenv("TERM", options->name ? options->name : "xterm-256color", 1);
	for (; env && *env; env++) {
		char *name = strdup(*env);
		char *value = name ? strchr(name, '=') : NULL;

		if (value) {
			*value++ = '\0';
			setenv(name, value, 1);
		} else if (name) {
			unsetenv(name);
		}
		free(name);
	}
}

/* The program begins with default signals, however the test itself was started. */
static _Noreturn void become(const struct term_options *options, char *const argv[], int report)
{
	sigset_t none;

	for (int sig = 1; sig < 32; sig++)
		signal(sig, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	set_environment(options);
	execvp(argv[0], argv);

	int error = errno;
	ssize_t written = write(report, &error, sizeof(error));

	(void)written; /* nobody is left to tell */
	_exit(127);
}

int term_reap(struct term *t, int flags)
{
	pid_t pid;

	do
		pid = waitpid(t->pid, &t->wstatus, flags);
	while (pid < 0 && errno == EINTR);
	if (pid > 0)
		t->reaped = true;
	return pid < 0 ? -errno : 0;
}

/* The pipe closes on exec, so reading nothing means that the program runs. */
static int fork_program(struct term *t, const struct term_options *options, char *const argv[],
			const struct winsize *size)
{
	int report[2], error = 0;
	ssize_t got;

	if (pipe2(report, O_CLOEXEC) < 0)
		return -errno;
	t->pid = forkpty(&t->master, NULL, NULL, size);
	if (t->pid == 0)
		become(options, argv, report[1]);
	if (t->pid < 0)
		error = errno;
	close(report[1]);
	if (t->pid > 0) {
		do
			got = read(report[0], &error, sizeof(error));
		while (got < 0 && errno == EINTR);
	}
	close(report[0]);
	if (error || t->pid < 0)
		return -error;
	if (fcntl(t->master, F_SETFD, FD_CLOEXEC) < 0 ||
	    fcntl(t->master, F_SETFL, O_RDWR | O_NONBLOCK) < 0)
		return -errno;
	t->pidfd = pidfd_open(t->pid, 0);
	return 0;
}

struct term *term_start(const struct term_options *options, char *const argv[])
{
	struct term *t = calloc(1, sizeof(*t));
	int rows = options->rows ? options->rows : 24;
	int cols = options->cols ? options->cols : 80;
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
	int error;

	if (!t)
		return NULL;
	if (options->unsized)
		size = (struct winsize){ 0 };
	t->pid = t->master = t->pidfd = -1;
	error = open_screen(t, rows, cols);
	if (!error)
		error = fork_program(t, options, argv, &size);
	if (error) {
		term_close(t);
		errno = -error;
		return NULL;
	}
	return t;
}

void term_hangup(struct term *t)
{
	if (t->master >= 0)
		close(t->master);
	t->master = -1;
	t->ended = true;
}

void term_close(struct term *t)
{
	if (!t)
		return;
	if (t->pid > 0 && !t->reaped) {
		kill(t->pid, SIGKILL);
		term_hangup(t);
		term_reap(t, 0);
	}
	term_hangup(t);
	if (t->pidfd >= 0)
		close(t->pidfd);
	if (t->vterm)
		vterm_free(t->vterm);
	for (size_t i = 0; i < TERM_ROW_RING; i++)
		free(t->ring[i].bytes);
	free(t->whole.bytes);
	free(t->searched.bytes);
	free(t->input.bytes);
	free(t);
}

int term_write_input(struct term *t)
{
	ssize_t n;

	if (t->ended)
		return -EPIPE;
	if (t->input.len == 0)
		return 0;
	n = write(t->master, t->input.bytes, t->input.len);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -errno;
	t->input.len -= (size_t)n;
	memmove(t->input.bytes, t->input.bytes + n, t->input.len);
	return 0;
}

int term_keys(struct term *t, const char *bytes)
{
	int error = term_text_append(&t->input, bytes, strlen(bytes));

	return error ? error : term_write_input(t);
}

int term_key(struct term *t, VTermKey key)
{
	vterm_keyboard_key(t->vterm, key, VTERM_MOD_NONE);
	return term_write_input(t);
}

int term_click(struct term *t, int row, int col, int button)
{
	vterm_mouse_move(t->vterm, row, col, VTERM_MOD_NONE);
	vterm_mouse_button(t->vterm, button, true, VTERM_MOD_NONE);
	vterm_mouse_button(t->vterm, button, false, VTERM_MOD_NONE);
	return term_write_input(t);
}

/* As other terminals do with a new size. libvterm keeps them, and outside of them ignores DCH. */
static void reset_margins(struct term *t)
{
	char bytes[48];
	VTermPos cursor;

	vterm_state_get_cursorpos(vterm_obtain_state(t->vterm), &cursor);
	snprintf(bytes, sizeof(bytes), "\033[r\033[%d;%dH", cursor.row + 1, cursor.col + 1);
	vterm_input_write(t->vterm, bytes, strlen(bytes));
}

int term_resize(struct term *t, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	if (rows > 0 && cols > 0) {
		/* Written for the old size, so it belongs on the old screen. */
		term_read_output(t);
		t->rows = rows;
		t->cols = cols;
		vterm_set_size(t->vterm, rows, cols < SCREEN_COLS_MIN ? SCREEN_COLS_MIN : cols);
		reset_margins(t);
		t->filter.repeat_max = (unsigned int)(rows * cols);
	}
	return ioctl(t->master, TIOCSWINSZ, &size) < 0 ? -errno : 0;
}

pid_t term_pid(const struct term *t)
{
	return t->pid;
}

int term_tty_attributes(const struct term *t, struct termios *attributes)
{
	return tcgetattr(t->master, attributes) < 0 ? -errno : 0;
}
