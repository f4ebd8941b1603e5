#include "base/users.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/scan.h"
#include "base/text.h"

/* A machine with more users at work than this shows the numbers of the rest. */
#define USERS_MAX 1024
#define PASSWD_LINE 4096
#define PASSWD_MAX (4u << 20) /* of a file: some 60,000 users */

struct user {
	uint32_t uid;
	char name[USER_NAME_MAX]; /* empty: the system has no name for it */
};

struct users {
	bool from_file;
	atomic_uint count; /* entries below it are complete and never change */
	struct user user[USERS_MAX];
};

static const struct user *find(const struct users *users, uint32_t uid)
{
	unsigned count = atomic_load_explicit(&users->count, memory_order_acquire);

	for (unsigned i = 0; i < count; i++)
		if (users->user[i].uid == uid)
			return &users->user[i];
	return NULL;
}

static bool is_full(const struct users *users)
{
	return atomic_load_explicit(&users->count, memory_order_relaxed) == USERS_MAX;
}

static void add(struct users *users, uint32_t uid, const char *name, size_t len)
{
	unsigned count = atomic_load_explicit(&users->count, memory_order_relaxed);

	if (count == USERS_MAX)
		return;
	users->user[count].uid = uid;
	text_clean(users->user[count].name, USER_NAME_MAX, name, len);
	atomic_store_explicit(&users->count, count + 1, memory_order_release);
}

void users_add(struct users *users, uint32_t uid, const char *name, size_t len)
{
	if (uid != USER_UNKNOWN && !find(users, uid))
		add(users, uid, name, len);
}

/* Takes what stands before the next ':' into *field. False when there is no ':'. */
static bool next_field(struct scan *line, struct scan *field)
{
	const char *colon = memchr(line->at, ':', scan_left(line));

	if (!colon)
		return false;
	*field = (struct scan){ line->at, colon };
	line->at = colon + 1;
	return true;
}

/* "app:x:1000:1000:App:/home/app:/bin/sh". A line that is not like that is left out. */
static void read_line(struct users *users, struct scan line)
{
	struct scan name, password, number;
	uint64_t uid;

	if (!next_field(&line, &name) || !next_field(&line, &password) ||
	    !next_field(&line, &number))
		return;
	/* +name and -name speak of NIS, and # of nobody. */
	if (!scan_left(&name) || strchr("+-#", *name.at))
		return;
	scan_u64(&number, &uid);
	if (uid < USER_UNKNOWN && !find(users, (uint32_t)uid))
		add(users, (uint32_t)uid, name.at, scan_left(&name));
}

/* The file may be another machine's, or a trap: only a plain file is read, and not without end. */
static void read_passwd(struct users *users, const char *path)
{
	int fd = file_open_plain(AT_FDCWD, path);
	char *buf = malloc(PASSWD_MAX);
	struct scan text, line;
	ssize_t len = -1;

	if (fd >= 0 && buf)
		len = file_pread(fd, buf, PASSWD_MAX);
	if (len == -EFBIG)
		len = PASSWD_MAX - 1;
	text = scan_text(buf, len > 0 ? (size_t)len : 0);
	while (!is_full(users) && scan_line(&text, &line))
		read_line(users, line);
	free(buf);
	if (fd >= 0)
		close(fd);
}

int users_new(struct users **users, const char *passwd)
{
	struct users *new = calloc(1, sizeof(*new));

	if (!new)
		return -ENOMEM;
	if (passwd) {
		new->from_file = true;
		read_passwd(new, passwd);
	}
	*users = new;
	return 0;
}

void users_free(struct users *users)
{
	free(users);
}

void users_learn(struct users *users, uint32_t uid)
{
	char line[PASSWD_LINE];
	struct passwd entry, *found = NULL;

	if (users->from_file || uid == USER_UNKNOWN || find(users, uid) || is_full(users))
		return;
	if (getpwuid_r(uid, &entry, line, sizeof(line), &found) || !found)
		add(users, uid, "", 0);
	else
		add(users, uid, entry.pw_name, strlen(entry.pw_name));
}

const char *users_name(const struct users *users, uint32_t uid, char buf[static USER_NAME_MAX])
{
	const struct user *user = users ? find(users, uid) : NULL;

	if (uid == USER_UNKNOWN)
		return "-";
	if (user && user->name[0])
		return user->name;
	snprintf(buf, USER_NAME_MAX, "%u", uid);
	return buf;
}

/* Among those that are known so far. */
static const struct user *find_name(const struct users *users, const char *name)
{
	unsigned count = atomic_load_explicit(&users->count, memory_order_acquire);

	for (unsigned i = 0; i < count; i++)
		if (users->user[i].name[0] && !strcmp(users->user[i].name, name))
			return &users->user[i];
	return NULL;
}

static int parse_number(const char *name, uint32_t *uid)
{
	struct scan digits = scan_text(name, strlen(name));
	uint64_t number;

	if (!scan_is_digit(*name) || strchr(name, ' ') || strchr(name, '\t'))
		return -ENOENT;
	scan_u64(&digits, &number);
	if (number >= USER_UNKNOWN)
		return -ENOENT;
	*uid = (uint32_t)number;
	return 0;
}

int users_find(const struct users *users, const char *name, uint32_t *uid)
{
	const struct user *known = users ? find_name(users, name) : NULL;
	char line[PASSWD_LINE];
	struct passwd entry, *found = NULL;

	if (known) {
		*uid = known->uid;
		return 0;
	}
	if (!(users && users->from_file) && !getpwnam_r(name, &entry, line, sizeof(line), &found) &&
	    found) {
		*uid = entry.pw_uid;
		return 0;
	}
	return parse_number(name, uid);
}
