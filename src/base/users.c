#include "base/users.h"

#include <errno.h>
#include <pwd.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* A machine with more users at work than this shows the numbers of the rest. */
#define USERS_MAX 1024
#define PASSWD_LINE 4096

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

static void add(struct users *users, uint32_t uid, const char *name)
{
	unsigned count = atomic_load_explicit(&users->count, memory_order_relaxed);

	if (count == USERS_MAX)
		return;
	users->user[count].uid = uid;
	text_clean(users->user[count].name, USER_NAME_MAX, name, strlen(name));
	atomic_store_explicit(&users->count, count + 1, memory_order_release);
}

static void read_passwd(struct users *users, const char *path)
{
	char line[PASSWD_LINE];
	struct passwd entry, *found;
	FILE *file = fopen(path, "re");

	if (!file)
		return;
	while (!fgetpwent_r(file, &entry, line, sizeof(line), &found))
		if (!find(users, entry.pw_uid))
			add(users, entry.pw_uid, entry.pw_name);
	fclose(file);
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

	if (users->from_file || find(users, uid))
		return;
	if (getpwuid_r(uid, &entry, line, sizeof(line), &found) || !found)
		add(users, uid, "");
	else
		add(users, uid, entry.pw_name);
}

const char *users_name(const struct users *users, uint32_t uid, char buf[static USER_NAME_MAX])
{
	const struct user *user = users ? find(users, uid) : NULL;

	if (user && user->name[0])
		return user->name;
	snprintf(buf, USER_NAME_MAX, "%u", uid);
	return buf;
}

int users_find(const struct users *users, const char *name, uint32_t *uid)
{
	unsigned count = users ? atomic_load_explicit(&users->count, memory_order_acquire) : 0;
	char line[PASSWD_LINE], *end;
	struct passwd entry, *found = NULL;
	unsigned long number;

	for (unsigned i = 0; i < count; i++)
		if (!strcmp(users->user[i].name, name)) {
			*uid = users->user[i].uid;
			return 0;
		}
	if (!(users && users->from_file) && !getpwnam_r(name, &entry, line, sizeof(line), &found) &&
	    found) {
		*uid = entry.pw_uid;
		return 0;
	}
	errno = 0;
	number = strtoul(name, &end, 10);
	if (name[0] < '0' || name[0] > '9' || *end || errno || number > UINT32_MAX)
		return -ENOENT;
	*uid = (uint32_t)number;
	return 0;
}
