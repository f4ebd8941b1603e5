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
	memset(longest, '(', sizeof(longest) - 1);
	longest[0] = '~';
	longest[PATTERN_MAX] = '\0';
	assert_int_equal(pattern_set(&pattern, longest, why, sizeof(why)), -ENAMETOOLONG);
	longest[PATTERN_MAX - 1] = '\0';
	assert_int_equal(pattern_set(&pattern, longest, why, sizeof(why)), -EINVAL);
	memset(longest, 'x', sizeof(longest) - 1);
	longest[PATTERN_MAX] = '\0';
	assert_int_equal(pattern_set(&pattern, longest, why, sizeof(why)), -ENAMETOOLONG);
	assert_string_equal(pattern.text, "~^sh");
	longest[PATTERN_MAX - 1] = '\0';
	assert_int_equal(pattern_set(&pattern, longest, why, sizeof(why)), 0);
	pattern_release(&pattern);
	pattern_release(&pattern);
}

/* In glibc 2.36 the first takes some 4 GB, as "+" upon "+" does, a back-reference 10 ms for each name. */
static void what_would_hold_up_the_program_is_refused(void **state)
{
	static const char *const refused[] = {
		"~(a{1,32767})",    "~((a{1,99}){1,99}){1,99}",
		"~(aaaaaaa){30}",   "~a{4294967297}",
		"~a{,201}",	    "~[[:alpha:]]{201}",
		"~\\[{201}",	    "~.++++++++++++++++++++++++++",
		"~(((a+)+)+)+",	    "~(.**){2}z",
		"~()?{40}+",	    "~(a{20}|b{20})c{170}",
		"~(.*)(.*)\\2\\1z", "~[]a](b)\\1",
		"~()\\1",
	};
	static const char *const taken[] = {
		"~a{150}",	  "~(a|b){15}",	 "~(a+b)*c", "~a+b+c+d+e+f+g+h+i*j?k+l+m+n+o+p+",
		"~[\\1{9999}]",	  "~[]{9999}]",	 "~\\\\a",   "~a\\.",
		"~[[.a.]{9999}]", "~[^]+++++]+", "~()",	     "~^(k|kw)(orker)?/[0-9]+:[0-9]+H?$",
	};
	struct pattern pattern = { 0 };
	char why[64];

	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		assert_int_equal(pattern_set(&pattern, refused[i], why, sizeof(why)), -EINVAL);
		assert_string_equal(why, strpbrk(refused[i], "12") && !strchr(refused[i], '{')
						 ? "no back-references"
						 : "too many repetitions");
	}
	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
		assert_int_equal(pattern_set(&pattern, taken[i], why, sizeof(why)), 0);
	pattern_release(&pattern);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_part_matches_in_either_case),
		cmocka_unit_test(a_tilde_begins_an_expression),
		cmocka_unit_test(a_wrong_one_changes_nothing),
		cmocka_unit_test(what_would_hold_up_the_program_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
