#include "app/config.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "app/setting_table.h"
#include "base/text.h"

/* A text that is handed to inih line by line. */
struct reading {
	struct config *config;
	const char *at, *end;
	int line; /* that was handed over last */
	bool open; /* it should give a value, and has not yet */
	bool unknown; /* it is of a section that there is not, which has been said */
};

__attribute__((format(printf, 3, 4))) static void note(struct config *config, int line,
						       const char *format, ...)
{
	struct setting_notes *notes = &config->notes;
	struct setting_note *to;
	char text[NOTE_MAX];
	va_list args;

	if (notes->count++ >= NOTES_MAX)
		return;
	to = &notes->note[notes->count - 1];
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	to->line = line;
	text_clean(to->text, sizeof(to->text), text, strlen(text));
}

static void close_line(struct reading *reading)
{
	if (reading->open)
		note(reading->config, reading->line, "neither [section] nor name = value");
	reading->open = false;
}

static bool is_text(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)line[i] < ' ' && line[i] != '\t')
			return false;
	return true;
}

/* Says of a section that there is none of that name, once, where it begins. */
static void enter_section(struct reading *reading, const char *line, size_t length)
{
	const char *end = memchr(line, ']', length);
	char name[64];

	if (!end) {
		note(reading->config, reading->line, "a section has no ]");
		reading->unknown = true;
		return;
	}
	snprintf(name, sizeof(name), "%.*s", (int)(end - line - 1), line + 1);
	reading->unknown = !setting_has_section(name);
	if (reading->unknown)
		note(reading->config, reading->line, "there is no section [%s]", name);
}

/*
 * What inih gets of a line: nothing of one that it would tear apart or take for text. Blanks before a
 * name would make it more of the value before.
 */
static size_t take_line(struct reading *reading, const char **line, size_t room)
{
	const char *from = reading->at;
	const char *end = memchr(from, '\n', (size_t)(reading->end - from));
	size_t length;

	reading->at = end ? end + 1 : reading->end;
	reading->line++;
	if (!end)
		end = reading->end;
	while (from < end && (*from == ' ' || *from == '\t'))
		from++;
	while (end > from && (end[-1] == '\r' || end[-1] == ' ' || end[-1] == '\t'))
		end--;
	*line = from;
	length = (size_t)(end - from);
	if (!length || *from == '#' || *from == ';')
		return 0;
	if (!is_text(from, length)) {
		note(reading->config, reading->line, "not text");
		return 0;
	}
	if (length > room) {
		note(reading->config, reading->line, "longer than %zu characters", room);
		return 0;
	}
	if (*from == '[')
		enter_section(reading, from, length);
	else
		reading->open = true;
	return length;
}

/* As fgets(3), for inih. */
static char *read_line(char *buf, int size, void *stream)
{
	struct reading *reading = stream;
	const char *line;
	size_t length;

	close_line(reading);
	if (reading->at == reading->end)
		return NULL;
	length = take_line(reading, &line, (size_t)size - 2);
	memcpy(buf, line, length);
	memcpy(buf + length, "\n", 2);
	return buf;
}

static int take_value(void *user, const char *section, const char *name, const char *value)
{
	struct reading *reading = user;
	const struct setting *row;
	size_t member;
	int err;

	reading->open = false;
	if (reading->unknown)
		return 1;
	if (!*section)
		section = setting_rows[0].section;
	row = setting_find(section, name, &member);
	if (!row) {
		note(reading->config, reading->line, "there is no '%s' in [%s]", name, section);
		return 1;
	}
	err = row->set(&reading->config->settings, member, value);
	if (err == -EEXIST)
		note(reading->config, reading->line, "%s = %.40s: a line above has that key", name,
		     value);
	else if (err)
		note(reading->config, reading->line, "%s = %.40s: not %s", name, value,
		     row->allowed);
	return 1;
}

void config_parse(struct config *config, const char *text, size_t length)
{
	struct reading reading = { .config = config, .at = text, .end = text + length };

	/* An editor's mark of UTF-8. */
	if (length >= 3 && !memcmp(text, "\xef\xbb\xbf", 3))
		reading.at += 3;
	ini_parse_stream(read_line, &reading, take_value, &reading);
	close_line(&reading);
}

static int open_file(const char *path)
{
	/* O_NONBLOCK: a FIFO without a writer would keep the start waiting. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st = { 0 };

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) == 0 && (S_ISREG(st.st_mode) || st.st_rdev == makedev(1, 3)))
		return fd;
	close(fd);
	return S_ISDIR(st.st_mode) ? -EISDIR : -ENOTSUP;
}

long config_read(const char *path, char *buf, size_t cap)
{
	int fd = open_file(path);
	size_t length = 0;
	ssize_t got = 0;

	if (fd < 0)
		return fd;
	while (length < cap && (got = read(fd, buf + length, cap - length)) > 0)
		length += (size_t)got;
	if (got < 0)
		got = -errno;
	else if (length == cap)
		got = -EFBIG;
	close(fd);
	return got < 0 ? got : (long)length;
}

const char *config_error(int err)
{
	switch (err) {
	case -EFBIG:
		return "larger than 64 KiB";
	case -ENOTSUP:
		return "not a regular file";
	default:
		return strerror(-err);
	}
}

/* False when there is no place for it. */
static bool find_place(char path[PATH_MAX])
{
	static const struct {
		const char *variable, *below;
	} places[] = {
		{ "XDG_CONFIG_HOME", "stalltop/config" },
		{ "HOME", ".config/stalltop/config" },
	};

	for (int i = 0; i < 2; i++) {
		const char *root = getenv(places[i].variable);

		if (root && *root == '/' &&
		    snprintf(path, PATH_MAX, "%s/%s", root, places[i].below) < PATH_MAX)
			return true;
	}
	path[0] = '\0';
	return false;
}

static void begin(struct config *config, const char *given)
{
	memset(config, 0, sizeof(*config));
	settings_default(&config->settings);
	config->given = given != NULL;
	if (given)
		snprintf(config->path, sizeof(config->path), "%s", given);
	else
		find_place(config->path);
}

/* Nothing there is no fault, unless a person named it. */
static bool is_missing(const struct config *config, long err)
{
	return !config->given && (err == -ENOENT || err == -ENOTDIR);
}

static int take_file(struct config *config, char *buf, char *why, size_t cap)
{
	long length = config_read(config->path, buf, CONFIG_MAX + 1);
	struct setting_notes *notes = &config->notes;

	if (is_missing(config, length))
		return 0;
	text_clean(notes->path, sizeof(notes->path), config->path, strlen(config->path));
	if (length >= 0) {
		config_parse(config, buf, (size_t)length);
		return 0;
	}
	if (!config->given) {
		note(config, 0, "%s: not read", config_error((int)length));
		return 0;
	}
	snprintf(why, cap, "%s: %s", notes->path, config_error((int)length));
	return (int)length;
}

int config_load(struct config *config, const char *given, char *why, size_t cap)
{
	char *buf;
	int err;

	begin(config, given);
	if (!*config->path && !given)
		return 0;
	buf = malloc(CONFIG_MAX + 1);
	if (!buf) {
		snprintf(why, cap, "out of memory");
		return -ENOMEM;
	}
	err = take_file(config, buf, why, cap);
	free(buf);
	return err;
}
