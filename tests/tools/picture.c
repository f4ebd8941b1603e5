/*
 * picture: runs a program in a terminal, sends keys, waits for texts, and draws its screen as a PNG:
 * at the end, and in between as often as asked.
 *
 * Options that act (-w, -g, -k, -K, -q, -i, -p, -n) are done in their order. Exit status: 0 drawn; 1 the
 * program did not show what was waited for, a glyph is missing or a file cannot be written; 2 usage.
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <time.h>

#include "paint.h"

#define STOP_MS 2000 /* for the program to end when asked to, before it is killed */
#define LIST_MAX 256

struct action {
	int option; /* its letter */
	const char *text;
	int number;
};

struct request {
	const char *picture, *text;
	bool cursor;
	char title[256];
	struct term_options terminal;
	const char *env[LIST_MAX + 1];
	size_t env_count;
	struct action actions[LIST_MAX];
	size_t action_count;
	int timeout_ms;
	char **argv;
};

static const char usage_text[] =
	"usage: picture -o OUT.png [OPTIONS] [ACTIONS] -- PROGRAM [ARG...]\n"
	"  -o FILE     the picture\n"
	"  --text FILE the screen's text as well\n"
	"  --cursor    drawn where it is visible\n"
	"  -r ROWS     24                  -c COLS      80\n"
	"  -e KEY=VAL  in its environment (KEY alone: not in it)\n"
	"  -T TITLE    in the window's bar (the program's name and arguments)\n"
	"  -t SECONDS  for all of it (10)\n"
	"actions, in their order:\n"
	"  -w TEXT     wait until it is on the screen\n"
	"  -g TEXT     wait until it is gone\n"
	"  -k KEYS     send these; \\e \\t \\r \\n \\b \\\\ and \\xHH are understood\n"
	"  -K NAME     send a key: Up Down Left Right Home End PageUp PageDown Insert Delete\n"
	"              Enter Tab Escape Backspace F1 to F12\n"
	"  -q MS       wait until nothing was written for that long\n"
	"  -i MS       wait that long\n"
	"  -p FILE     a picture of this moment too\n"
	"  -n TITLE    what the window's bar says from here on\n";

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* A whole number from min to max, else -1. */
static int number(const char *text, int min, int max)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(text, &end, 10);
	return errno || end == text || *end || value < min || value > max ? -1 : (int)value;
}

static VTermKey key_by_name(const char *name)
{
	static const struct {
		const char *name;
		VTermKey key;
	} keys[] = {
		{ "Enter", VTERM_KEY_ENTER },	{ "Tab", VTERM_KEY_TAB },
		{ "Escape", VTERM_KEY_ESCAPE }, { "Backspace", VTERM_KEY_BACKSPACE },
		{ "Up", VTERM_KEY_UP },		{ "Down", VTERM_KEY_DOWN },
		{ "Left", VTERM_KEY_LEFT },	{ "Right", VTERM_KEY_RIGHT },
		{ "Home", VTERM_KEY_HOME },	{ "End", VTERM_KEY_END },
		{ "PageUp", VTERM_KEY_PAGEUP }, { "PageDown", VTERM_KEY_PAGEDOWN },
		{ "Insert", VTERM_KEY_INS },	{ "Delete", VTERM_KEY_DEL },
	};
	int function;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcasecmp(keys[i].name, name) == 0)
			return keys[i].key;
	}
	function = name[0] == 'F' ? number(name + 1, 1, 12) : -1;
	return function > 0 ? (VTermKey)VTERM_KEY_FUNCTION(function) : VTERM_KEY_NONE;
}

static int hex_pair(const char *text)
{
	char digits[3] = { text[0], text[0] ? text[1] : '\0', '\0' };

	return strspn(digits, "0123456789abcdefABCDEF") == 2 ? (int)strtol(digits, NULL, 16) : -1;
}

/* Undoes the escapes of -k. -1 if one is unknown, or if it would not fit or is NUL. */
static int unescape(const char *text, char *out, size_t size)
{
	static const char names[] = "etrnb\\";
	static const char bytes[] = "\033\t\r\n\b\\";
	size_t len = 0;

	while (*text && len + 1 < size) {
		const char *name;
		int byte;

		if (*text != '\\') {
			out[len++] = *text++;
			continue;
		}
		text++;
		name = *text ? strchr(names, *text) : NULL;
		byte = *text == 'x' ? hex_pair(text + 1) : name ? bytes[name - names] : -1;
		if (byte <= 0)
			return -1;
		text += *text == 'x' ? 3 : 1;
		out[len++] = (char)byte;
	}
	out[len] = '\0';
	return *text ? -1 : 0;
}

static int add_action(struct request *r, int option, const char *text)
{
	struct action action = { .option = option, .text = text };
	char keys[1024];

	if (option == 'k' && unescape(text, keys, sizeof(keys)) < 0)
		return -1;
	if (option == 'K') {
		action.number = (int)key_by_name(text);
		if (action.number == VTERM_KEY_NONE)
			return -1;
	}
	if (option == 'q' || option == 'i') {
		action.number = number(text, 0, 600000);
		if (action.number < 0)
			return -1;
	}
	if (r->action_count == LIST_MAX)
		return -1;
	r->actions[r->action_count++] = action;
	return 0;
}

static int add_option(struct request *r, int option, const char *text)
{
	switch (option) {
	case 'o':
		r->picture = text;
		return 0;
	case 'x':
		r->text = text;
		return 0;
	case 'C':
		r->cursor = true;
		return 0;
	case 'T':
		snprintf(r->title, sizeof(r->title), "%s", text);
		return 0;
	case 'r':
		r->terminal.rows = number(text, 1, 500);
		return r->terminal.rows < 0 ? -1 : 0;
	case 'c':
		r->terminal.cols = number(text, 1, 1000);
		return r->terminal.cols < 0 ? -1 : 0;
	case 't':
		r->timeout_ms = number(text, 1, 3600) * 1000;
		return r->timeout_ms < 0 ? -1 : 0;
	case 'e':
		if (r->env_count == LIST_MAX)
			return -1;
		r->env[r->env_count++] = text;
		return 0;
	default:
		return add_action(r, option, text);
	}
}

static void make_title(struct request *r)
{
	const char *slash = strrchr(r->argv[0], '/');
	size_t len = 0;

	for (char **arg = r->argv; *arg && len < sizeof(r->title); arg++) {
		const char *word = arg == r->argv && slash ? slash + 1 : *arg;
		int n = snprintf(r->title + len, sizeof(r->title) - len, "%s%s",
				 arg == r->argv ? "" : " ", word);

		len += n < 0 ? 0 : (size_t)n;
	}
}

static int parse(struct request *r, int argc, char **argv)
{
	static const struct option options[] = { { "text", required_argument, NULL, 'x' },
						 { "cursor", no_argument, NULL, 'C' },
						 { NULL, 0, NULL, 0 } };
	int option;

	r->timeout_ms = 10000;
	r->terminal.env = r->env;
	while ((option = getopt_long(argc, argv, "+o:r:c:e:T:t:w:g:k:K:q:i:p:n:", options, NULL)) !=
	       -1) {
		if (option == '?')
			return -1;
		if (add_option(r, option, optarg) < 0) {
			fprintf(stderr, "picture: \"%s\" does not do here\n", optarg);
			return -1;
		}
	}
	r->argv = argv + optind;
	if (!r->picture || !r->argv[0])
		return -1;
	if (!r->title[0])
		make_title(r);
	return 0;
}

static int paint(struct term *t, const struct request *r, const char *path)
{
	struct paint_options options = { .title = r->title, .cursor = r->cursor };
	char error[256];
	int failed = paint_png(t, &options, path, error, sizeof(error));

	if (failed < 0)
		fprintf(stderr, "picture: %s\n", error);
	return failed;
}

static int act(struct term *t, struct request *r, const struct action *action, int left_ms)
{
	char keys[1024];

	switch (action->option) {
	case 'w':
		return term_wait_text(t, action->text, left_ms);
	case 'g':
		return term_wait_gone(t, action->text, left_ms);
	case 'q':
		return term_wait_quiet(t, action->number, left_ms);
	case 'i':
		return term_idle(t, action->number);
	case 'K':
		return term_key(t, (VTermKey)action->number);
	case 'p':
		return paint(t, r, action->text) < 0 ? -EIO : 0;
	case 'n':
		snprintf(r->title, sizeof(r->title), "%s", action->text);
		return 0;
	default:
		return unescape(action->text, keys, sizeof(keys)) < 0 ? -EINVAL
								      : term_keys(t, keys);
	}
}

static bool has_written(struct term *t, void *arg)
{
	(void)arg;
	return term_bytes(t) > 0;
}

static int act_all(struct term *t, struct request *r)
{
	int64_t deadline = now_ms() + r->timeout_ms;
	int error = 0;

	for (size_t i = 0; i < r->action_count && !error; i++) {
		int64_t left = deadline - now_ms();

		error = act(t, r, &r->actions[i], left > 0 ? (int)left : 0);
		if (error)
			fprintf(stderr, "picture: -%c %s: %s\n", r->actions[i].option,
				r->actions[i].text, strerror(-error));
	}
	if (!error && r->action_count == 0)
		error = term_wait(t, has_written, NULL, r->timeout_ms);
	return error;
}

/* Only looks: the child stays to be waited for. */
static bool runs(struct term *t)
{
	siginfo_t info = { .si_pid = 0 };

	return waitid(P_PID, (id_t)term_pid(t), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
	       info.si_pid == 0;
}

static int write_text(struct term *t, const char *path)
{
	FILE *file = fopen(path, "w");
	int error;

	if (!file)
		return -errno;
	error = fputs(term_screen(t), file) == EOF ? -EIO : 0;
	return fclose(file) == EOF ? -errno : error;
}

static int draw(struct term *t, const struct request *r)
{
	int failed = r->text ? write_text(t, r->text) : 0;

	if (failed) {
		fprintf(stderr, "picture: %s: %s\n", r->text, strerror(-failed));
		return 1;
	}
	return paint(t, r, r->picture) < 0;
}

/* Asked first, so that it can put away what it made outside its terminal. */
static void stop(struct term *t)
{
	if (runs(t)) {
		kill(term_pid(t), SIGTERM);
		for (int64_t end = now_ms() + STOP_MS; runs(t) && now_ms() < end;)
			term_idle(t, 5);
	}
	term_close(t);
}

int main(int argc, char **argv)
{
	struct request r = { .picture = NULL };
	struct term *t;
	int status;

	if (parse(&r, argc, argv) < 0) {
		fputs(usage_text, stderr);
		return 2;
	}
	t = term_start(&r.terminal, r.argv);
	if (!t) {
		fprintf(stderr, "picture: %s: %s\n", r.argv[0], strerror(errno));
		return 1;
	}
	status = act_all(t, &r) == 0 ? draw(t, &r) : 1;
	stop(t);
	return status;
}
