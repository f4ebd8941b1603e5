#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <dlfcn.h>
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/users.h"

#define ROOM 1024

static unsigned questions; /* to the system, about uids */

/* Stands before libc's, and counts. */
int getpwuid_r(uid_t uid, struct passwd *entry, char *buf, size_t cap, struct passwd **found)
{
	int (*real)(uid_t, struct passwd *, char *, size_t, struct passwd **);
	void *symbol = dlsym(RTLD_NEXT, "getpwuid_r");

	questions++;
	memcpy(&real, &symbol, sizeof(real));
	return real(uid, entry, buf, cap, found);
}

/* The users of a passwd file with this text. */
static struct users *users_of(const char *text, size_t len)
{
	char path[] = "/tmp/stalltop-passwd-XXXXXX";
	struct users *users;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), len);
	close(fd);
	assert_int_equal(users_new(&users, path), 0);
	unlink(path);
	return users;
}

static void expect_name(const struct users *users, uint32_t uid, const char *name)
{
	char buf[USER_NAME_MAX];

	assert_string_equal(users_name(users, uid, buf), name);
}

static void expect_uid(const struct users *users, const char *name, int64_t expected)
{
	uint32_t uid = 12345;
	int err = users_find(users, name, &uid);

	assert_int_equal(err, expected < 0 ? -ENOENT : 0);
	assert_int_equal(uid, expected < 0 ? 12345 : expected);
}

static void names_of_a_file(void **state)
{
	static const char text[] = "root:x:0:0:root:/root:/bin/bash\n"
				   "app:x:1000:1000::/home/app:/bin/sh\n"
				   "app2:x:1000:1000:same uid:/home/app:/bin/sh\n"
				   "last:x:4294967294:1::/:/bin/false"; /* no newline */
	struct users *users = users_of(text, sizeof(text) - 1);

	(void)state;
	expect_name(users, 0, "root");
	expect_name(users, 1000, "app");
	expect_name(users, 4294967294, "last");
	expect_name(users, 1001, "1001");
	expect_uid(users, "root", 0);
	expect_uid(users, "app", 1000);
	expect_uid(users, "last", 4294967294);
	users_free(users);
}

/* Another machine's file: this machine's own users must not appear in it. */
static void the_system_is_not_asked(void **state)
{
	struct users *users = users_of("", 0);
	struct passwd *own = getpwuid(0);

	(void)state;
	users_learn(users, 0);
	expect_name(users, 0, "0");
	if (own)
		expect_uid(users, own->pw_name, -1);
	users_free(users);
	assert_int_equal(users_new(&users, "/nowhere/passwd"), 0);
	expect_name(users, 0, "0");
	users_free(users);
}

static void the_system_is_asked(void **state)
{
	struct users *users;
	struct passwd *own = getpwuid(0);
	char name[USER_NAME_MAX] = "0";

	(void)state;
	if (own)
		snprintf(name, sizeof(name), "%s", own->pw_name);
	assert_int_equal(users_new(&users, NULL), 0);
	expect_name(users, 0, "0"); /* a reader never asks */
	questions = 0;
	users_learn(users, 0);
	users_learn(users, 0);
	assert_int_equal(questions, 1);
	expect_name(users, 0, name);
	expect_uid(users, name, 0);
	users_learn(users, 3999999999);
	expect_name(users, 3999999999, "3999999999");
	users_free(users);
	expect_uid(NULL, name, 0);
}

static void bad_lines_lose_themselves_alone(void **state)
{
	char text[20000];
	size_t len;
	struct users *users;

	(void)state;
	len = (size_t)snprintf(
		text, sizeof(text),
		"\n:x:1:1:no name:/:/\ncut\ncut:x\ncut:x:2\nneg:x:-3:1::/:/\n"
		"word:x:four:1::/:/\nbig:x:4294967296:1::/:/\nnone:x:4294967295:1::/:/\n"
		"huge:x:99999999999999999999:1::/:/\n+nis:x:5:1::/:/\n-nis:x:6:1::/:/\n"
		"+::::::\n#off:x:7:1::/:/\nempty:x::1::/:/\nlong:x:8:1:");
	memset(text + len, 'g', 9000);
	len += 9000;
	len += (size_t)snprintf(text + len, sizeof(text) - len, ":/:/\ngood:x:9:9::/:/\n");
	users = users_of(text, len);
	for (uint32_t uid = 0; uid < 8; uid++) {
		char number[8];

		snprintf(number, sizeof(number), "%u", uid);
		expect_name(users, uid, number);
	}
	expect_name(users, 8, "long");
	expect_name(users, 9, "good");
	users_free(users);
}

static void hostile_names_are_cleaned(void **state)
{
	static const char text[] = "\033[31m:x:1:1::/:/\n"
				   "a\0b:x:2:2::/:/\n"
				   "\xff\xfe:x:3:3::/:/\n"
				   "0123456789012345678901234567890123456789:x:4:4::/:/\n"
				   "\xe6\x97\xa5\xe6\x9c\xac:x:5:5::/:/\n"
				   "\xe2\x80\xaetxt:x:6:6::/:/\n";
	struct users *users = users_of(text, sizeof(text) - 1);

	(void)state;
	expect_name(users, 1, "\uFFFD[31m");
	expect_name(users, 2, "a\uFFFDb");
	expect_name(users, 3, "\uFFFD\uFFFD");
	expect_name(users, 4, "01234567890123456789012345678901"); /* 32 bytes */
	expect_name(users, 5, "\u65e5\u672c");
	expect_name(users, 6, "\uFFFDtxt");
	users_free(users);
}

static void numbers_are_users_too(void **state)
{
	struct users *users = users_of("", 0);

	(void)state;
	expect_uid(users, "0", 0);
	expect_uid(users, "1000", 1000);
	expect_uid(users, "4294967294", 4294967294);
	expect_uid(users, "4294967295", -1);
	expect_uid(users, "99999999999999999999", -1);
	expect_uid(users, "", -1);
	expect_uid(users, "-1", -1);
	expect_uid(users, "+1", -1);
	expect_uid(users, " 1", -1);
	expect_uid(users, "1 ", -1);
	expect_uid(users, "1 2", -1);
	expect_uid(users, "1x", -1);
	expect_uid(users, "0x1", -1);
	expect_uid(users, "nobody-of-that-name", -1);
	users_free(users);
}

static void no_uid_is_nobody(void **state)
{
	struct users *users;

	(void)state;
	expect_name(NULL, 1000, "1000");
	expect_name(NULL, USER_UNKNOWN, "-");
	assert_int_equal(users_new(&users, NULL), 0);
	users_learn(users, USER_UNKNOWN);
	expect_name(users, USER_UNKNOWN, "-");
	expect_uid(users, "", -1); /* one without a name is not found by it */
	users_learn(users, 3999999998);
	expect_uid(users, "", -1);
	users_free(users);
}

static void a_full_table_learns_no_more(void **state)
{
	static char text[ROOM * 2 * 32];
	struct users *users;
	size_t len = 0;

	(void)state;
	for (int i = 0; i < ROOM * 2; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "u%d:x:%d:1::/:/\n", i,
					i + 10);
	users = users_of(text, len);
	expect_name(users, 10, "u0");
	expect_name(users, 10 + ROOM - 1, "u1023");
	expect_name(users, 10 + ROOM, "1034");
	users_free(users);

	assert_int_equal(users_new(&users, NULL), 0);
	for (uint32_t i = 0; i < ROOM; i++)
		users_learn(users, 3000000000 + i);
	questions = 0;
	users_learn(users, 0);
	users_learn(users, 3000000000); /* known to have no name */
	assert_int_equal(questions, 0);
	expect_name(users, 0, "0");
	expect_name(users, 3000000000, "3000000000");
	users_free(users);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_a_file),
		cmocka_unit_test(the_system_is_not_asked),
		cmocka_unit_test(the_system_is_asked),
		cmocka_unit_test(bad_lines_lose_themselves_alone),
		cmocka_unit_test(hostile_names_are_cleaned),
		cmocka_unit_test(numbers_are_users_too),
		cmocka_unit_test(no_uid_is_nobody),
		cmocka_unit_test(a_full_table_learns_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
