/*
 * base/users: names of users, looked up once each and kept.
 *
 * A look-up may ask a directory server and hang, so the thread that samples does it, when a uid is
 * first seen. The table only grows and never moves: another thread may read it at any time and finds
 * what is known so far.
 */
#ifndef STALLTOP_BASE_USERS_H
#define STALLTOP_BASE_USERS_H

#include <stddef.h>
#include <stdint.h>

#define USER_NAME_MAX 33
#define USER_UNKNOWN UINT32_MAX /* no user has this uid, (uid_t)-1 */

struct users;

/* passwd: a file in the form of passwd(5) to read instead of asking the system; NULL asks. */
int users_new(struct users **users, const char *passwd); /* 0 or -ENOMEM */
void users_free(struct users *users);

/* Writer: learns the name of uid unless it is known. A full table asks and learns no more. */
void users_learn(struct users *users, uint32_t uid);

/* Writer: gives uid this name, which need not be clean, unless it is known. */
void users_add(struct users *users, uint32_t uid, const char *name, size_t len);

/*
 * Reader: the name, cleaned; or the number, written to buf, when there is none or users is NULL; "-" for
 * USER_UNKNOWN.
 */
const char *users_name(const struct users *users, uint32_t uid, char buf[static USER_NAME_MAX]);

/* The uid of a name or of a number in digits. 0, or -ENOENT. May ask the system. */
int users_find(const struct users *users, const char *name, uint32_t *uid);

#endif
