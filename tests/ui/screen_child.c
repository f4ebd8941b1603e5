#include "screen_child.h"

#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "ui/screen.h"

struct child {
	struct screen *screen;
	struct canvas canvas;
	const char *signals;
	char answer[64];
	int wide; /* times CHILD_WIDE came */
	int scattered;
};

static void say(const char *text)
{
	ssize_t written = write(STDOUT_FILENO, text, strlen(text));

	(void)written;
}

/* False at the end of input. */
static bool wait_line(void)
{
	char c;

	do {
		if (read(STDIN_FILENO, &c, 1) != 1)
			return false;
	} while (c != '\n');
	return true;
}

static void draw(struct child *child)
{
	static const char *const wide[] = {
		"", "a中文b", "ab文中", "ab中x", "漢", "漢字z", "漢字y"
	};
	struct canvas *canvas = &child->canvas;
	int rows, columns;
	char head[64];

	screen_size(child->screen, &rows, &columns);
	canvas_resize(canvas, rows, columns);
	snprintf(head, sizeof(head), "%dx%d depth %d signals %s", rows, columns,
		 (int)screen_depth(child->screen), child->signals);
	canvas_text(canvas, 0, 0, columns, STYLE_TEXT, head);
	canvas_text(canvas, 1, 0, columns, STYLE_TEXT, child->answer);
	canvas_text(canvas, 2, SAMPLE_TEXT, columns, STYLE_TEXT, "text");
	canvas_text(canvas, 2, SAMPLE_DIM, columns, STYLE_DIM, "dim");
	canvas_text(canvas, 2, SAMPLE_BADGE, columns, STYLE_BADGE, "badge");
	canvas_text(canvas, 2, SAMPLE_CRIT, columns, STYLE_CRIT, "crit");
	canvas_text(canvas, 2, SAMPLE_KEY, columns, STYLE_KEY, "key");
	canvas_text(canvas, 2, SAMPLE_SORT, columns, STYLE_SORT, "sort");
	canvas_text(canvas, 2, SAMPLE_SELECTED, columns, STYLE_TEXT, "sel");
	canvas_select(canvas, 2, SAMPLE_SELECTED, 3);
	canvas_text(canvas, 3, 0, columns, STYLE_TEXT, wide[child->wide % 7]);
	if (child->wide == 6)
		canvas_select(canvas, 3, 1, 2); /* two halves */
	canvas_put(canvas, 0, columns - 1, 'T', STYLE_TEXT);
	canvas_put(canvas, rows - 1, 0, 'L', STYLE_TEXT);
	canvas_put(canvas, rows - 1, columns - 1, 'R', STYLE_TEXT);
	for (int row = 4; row < rows && child->scattered; row++)
		canvas_put(canvas, row, 1 + row * 7 % (columns - 2),
			   '0' + (uint32_t)child->scattered, (enum style)(row % STYLE_COUNT));
}

static void show(struct child *child, bool whole)
{
	draw(child);
	screen_show(child->screen, &child->canvas, whole);
}

static long writes_so_far(void)
{
	FILE *io = fopen("/proc/self/io", "r");
	char line[128];
	long writes = -1;

	while (io && fgets(line, sizeof(line), io))
		sscanf(line, "syscw: %ld", &writes);
	if (io)
		fclose(io);
	return writes;
}

static void on_crash(int sig)
{
	screen_restore_raw();
	raise(sig);
}

static void stop_and_go(struct child *child)
{
	struct termios modes;

	screen_suspend(child->screen);
	say("suspended");
	wait_line();
	tcgetattr(STDIN_FILENO, &modes);
	modes.c_cc[VKILL] = 'K';
	tcsetattr(STDIN_FILENO, TCSANOW, &modes);
	say("changed");
	wait_line();
	screen_resume(child->screen);
}

/* False when the key ends the program. */
static bool obey(struct child *child, int key)
{
	long before;

	snprintf(child->answer, sizeof(child->answer), "key %x", (unsigned)key);
	switch (key) {
	case CHILD_QUIT:
		return false;
	case CHILD_CRASH:
		raise(SIGSEGV);
		break;
	case CHILD_SUSPEND:
		stop_and_go(child);
		break;
	case CHILD_JUNK:
		show(child, false);
		say("\033[5;3Hjunk");
		return true;
	case CHILD_UNCHANGED:
		child->answer[0] = '\0';
		show(child, false);
		for (int i = 0; i < 100; i++)
			show(child, false);
		snprintf(child->answer, sizeof(child->answer), "same");
		break;
	case CHILD_SCATTER:
		child->scattered++;
		before = writes_so_far();
		show(child, false);
		snprintf(child->answer, sizeof(child->answer), "writes %ld",
			 writes_so_far() - before);
		break;
	case CHILD_WIDE:
		child->wide++;
		break;
	}
	show(child, key == CHILD_WHOLE);
	return true;
}

static void run(struct child *child, int winch)
{
	struct pollfd fds[] = { { STDIN_FILENO, POLLIN, 0 }, { winch, POLLIN, 0 } };
	struct signalfd_siginfo info;
	int key;

	show(child, false);
	while (poll(fds, 2, -1) > 0 && !(fds[0].revents & (POLLHUP | POLLERR))) {
		if ((fds[1].revents & POLLIN) && read(winch, &info, sizeof(info)) > 0) {
			screen_resize(child->screen);
			show(child, false);
		}
		while ((key = screen_key(child->screen)) != SCREEN_NO_KEY) {
			if (!obey(child, key))
				return;
		}
	}
}

static const char *signals_after_open(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGTSTP, SIGWINCH, SIGQUIT, SIGHUP };
	struct sigaction now;

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		if (sigaction(signals[i], NULL, &now) < 0 || now.sa_handler != SIG_DFL)
			return "taken";
	}
	return "kept";
}

int screen_child(const char *letters)
{
	const struct screen_options options = {
		.color = strchr(letters, 'c') != NULL,
		.ascii = strchr(letters, 'a') != NULL,
	};
	struct sigaction crash = { .sa_handler = on_crash, .sa_flags = (int)SA_RESETHAND };
	struct child child = { .canvas.ascii = options.ascii };
	char why[128] = "";
	sigset_t winch;
	int fd;

	setlocale(LC_ALL, "");
	sigemptyset(&winch);
	sigaddset(&winch, SIGWINCH);
	fd = signalfd(-1, &winch, SFD_NONBLOCK);
	sigaddset(&winch, SIGHUP); /* the end of the line is seen by poll() */
	sigprocmask(SIG_BLOCK, &winch, NULL);
	say("ready ");
	if (!wait_line())
		return 1;
	if (screen_open(&child.screen, &options, why, sizeof(why)) < 0) {
		printf("[%s]\n", why);
		return 3;
	}
	child.signals = signals_after_open();
	sigaction(SIGSEGV, &crash, NULL);
	run(&child, fd);
	screen_close(child.screen);
	canvas_release(&child.canvas);
	close(fd);
	say("closed");
	return wait_line() ? 0 : 1;
}
