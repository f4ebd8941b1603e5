/* KEYS.md names every key of the table, what it does, and a test that there is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/keys.h"

#define PAGE_MAX 65536

/* A file below tests/, whole. */
static const char *read_below_tests(const char *name, char *text)
{
	const char *fixtures = getenv("STALLTOP_FIXTURES");
	char path[512];
	size_t length;
	FILE *file;

	snprintf(path, sizeof(path), "%s/../%s", fixtures ? fixtures : "tests/fixtures", name);
	file = fopen(path, "r");
	if (!file)
		fail_msg("%s: cannot be read", path);
	length = fread(text, 1, PAGE_MAX - 1, file);
	fclose(file);
	text[length] = '\0';
	return text;
}

static void check_proof(const char *row)
{
	static char source[PAGE_MAX];
	char file[64], name[96], call[128];

	if (sscanf(row, "%63s %95s |", file, name) != 2)
		fail_msg("no proof in '%.60s'", row);
	read_below_tests(file, source);
	/* Registered, not only written. */
	snprintf(call, sizeof(call), "_test(%s)", name);
	if (!strstr(source, call))
		fail_msg("%s has no test %s", file, name);
}

/* The end of the table of keys. */
static char *next_table(char *page)
{
	char *at = strstr(page, "\n## ");

	assert_non_null(at);
	return at;
}

static void every_key_has_a_proof(void **state)
{
	static char page[PAGE_MAX];
	size_t rows = 0;

	(void)state;
	read_below_tests("ui/KEYS.md", page);
	for (size_t i = 0; i < key_binding_count; i++) {
		char row[200];
		const char *at;

		snprintf(row, sizeof(row), "| `%s` | %s | ", key_bindings[i].cap,
			 key_bindings[i].help);
		at = strstr(page, row);
		if (!at)
			fail_msg("KEYS.md lacks %s", row);
		check_proof(at + strlen(row));
	}
	*next_table(page) = '\0';
	for (const char *at = page; (at = strstr(at, "\n| `")); at++)
		rows++;
	assert_int_equal(rows, key_binding_count);
}

/* What lists, lines and the mouse take is no key of the table; the tests are there all the same. */
static void what_else_is_there_has_a_proof(void **state)
{
	static char page[PAGE_MAX];
	size_t rows = 0;

	(void)state;
	read_below_tests("ui/KEYS.md", page);
	for (const char *at = next_table(page); (at = strstr(at, "\n| `")); rows++) {
		at = strstr(at, " | ") + 3;
		check_proof(strstr(at, " | ") + 3);
	}
	assert_in_range(rows, 15, 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_has_a_proof),
		cmocka_unit_test(what_else_is_there_has_a_proof),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
