/* Names are chosen by a part of them or by a regular expression. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/pattern.h"

static void a_part_matches_in_either_case(void **state)
{
	struct pattern pattern = { 0 };
	char why[64];

	(void)state;
	assert_true(pattern_matches(&pattern, "anything"));
	assert_int_equal(pattern_set(&pattern, "Thon", why, sizeof(why)), 0);
	assert_true(pattern_matches(&pattern, "python3"));
	assert_false(pattern_matches(&pattern, "perl"));
	/* Nothing in it is special but a '~' in front. */
	assert_int_equal(pattern_set(&pattern, "a.c", why, sizeof(why)), 0);
	assert_false(pattern_matches(&pattern, "abc"));
	assert_true(pattern_matches(&pattern, "xa.cx"));
	assert_int_equal(pattern_set(&pattern, "", why, sizeof(why)), 0);
	assert_true(pattern_matches(&pattern, ""));
	pattern_release(&pattern);
}

static void a_tilde_begins_an_expression(void **state)
{
	struct pattern pattern = { 0 };
	char why[64];

	(void)state;
	assert_int_equal(pattern_set(&pattern, "~^(ba|z)?sh$", why, sizeof(why)), 0);
	assert_true(pattern_matches(&pattern, "bash"));
	assert_true(pattern_matches(&pattern, "ZSH"));
	assert_true(pattern_matches(&pattern, "sh"));
	assert_false(pattern_matches(&pattern, "sshd"));
	/* The '~' alone is the beginning of one. */
	assert_int_equal(pattern_set(&pattern, "~", why, sizeof(why)), 0);
	assert_true(pattern_matches(&pattern, "sshd"));
	pattern_release(&pattern);
}

static void a_wrong_one_changes_nothing(void **state)
{
	struct pattern pattern = { 0 };
	char why[64] = "", longest[PATTERN_MAX + 1];

	(void)state;
	assert_int_equal(pattern_set(&pattern, "~^sh", why, sizeof(why)), 0);
	assert_int_equal(pattern_set(&pattern, "~(sh", why, sizeof(why)), -EINVAL);
	assert_true(strlen(why) > 0);
	assert_string_equal(pattern.text, "~^sh");
	assert_true(pattern_matches(&pattern, "sh"));
	assert_false(pattern_matches(&pattern, "bash"));
	memset(longest, 'x', sizeof(longest) - 1);
	longest[PATTERN_MAX] = '\0';
	assert_int_equal(pattern_set(&pattern, longest, why, sizeof(why)), -ENAMETOOLONG);
	assert_string_equal(pattern.text, "~^sh");
	longest[PATTERN_MAX - 1] = '\0';
	assert_int_equal(pattern_set(&pattern, longest, why, sizeof(why)), 0);
	pattern_release(&pattern);
	pattern_release(&pattern);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_part_matches_in_either_case),
		cmocka_unit_test(a_tilde_begins_an_expression),
		cmocka_unit_test(a_wrong_one_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
