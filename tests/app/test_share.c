/*
 * The man page and the completions say what the tables of the program say. STALLTOP_EXPECTED=write
 * writes their parts anew; read the diff then.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/option_table.h"
#include "app/options.h"
#include "app/share_text.h"

#define FILE_MAX 65536

static void path_of(const char *file, char *path, size_t cap)
{
	const char *fixtures = getenv("STALLTOP_FIXTURES");

	snprintf(path, cap, "%s/../../src/share/%s", fixtures ? fixtures : "tests/fixtures", file);
}

static void read_share(const char *file, char *text, size_t cap)
{
	char path[512];
	size_t len;
	FILE *in;

	path_of(file, path, sizeof(path));
	in = fopen(path, "r");
	if (!in)
		fail_msg("%s: cannot be read", path);
	len = fread(text, 1, cap - 1, in);
	assert_true(len < cap - 1);
	text[len] = '\0';
	fclose(in);
}

/* The end of the line that ends in "WORD NAME", or NULL. */
static char *find_mark(char *text, const char *word, const char *name)
{
	char mark[64];
	char *at;

	snprintf(mark, sizeof(mark), "%s %s\n", word, name);
	at = strstr(text, mark);
	return at ? at + strlen(mark) : NULL;
}

static char *line_of(char *text, char *at)
{
	while (at > text && at[-1] != '\n')
		at--;
	return at;
}

static bool is_written(void)
{
	const char *mode = getenv("STALLTOP_EXPECTED");

	return mode && !strcmp(mode, "write");
}

static void write_part(const char *file, const char *before, size_t len, const char *part,
		       const char *after)
{
	char path[512];
	FILE *out;

	path_of(file, path, sizeof(path));
	out = fopen(path, "w");
	assert_non_null(out);
	assert_int_equal(fwrite(before, 1, len, out), len);
	assert_true(fputs(part, out) >= 0 && fputs(after, out) >= 0);
	assert_int_equal(fclose(out), 0);
}

static void check_part(const struct share_part *part)
{
	static char text[FILE_MAX];
	char *want = NULL, *begin, *end;
	size_t size;
	FILE *out = open_memstream(&want, &size);

	assert_non_null(out);
	part->put(out);
	fclose(out);
	read_share(part->file, text, sizeof(text));
	begin = find_mark(text, "begin", part->name);
	end = find_mark(text, "end", part->name);
	if (!begin || !end || end < begin)
		fail_msg("%s has no part '%s'", part->file, part->name);
	end = line_of(text, end - 1);
	if ((size_t)(end - begin) != size || memcmp(begin, want, size) != 0) {
		if (!is_written())
			fail_msg("%s: its %s are not those of the program: run this test with "
				 "STALLTOP_EXPECTED=write",
				 part->file, part->name);
		write_part(part->file, text, (size_t)(begin - text), want, end);
	}
	free(want);
}

static void every_part_is_that_of_the_program(void **state)
{
	(void)state;
	for (size_t i = 0; i < share_part_count; i++)
		check_part(&share_parts[i]);
}

/* Not only where the parts are made: each file names each option, in its own way. */
static void every_file_names_every_option(void **state)
{
	static const struct {
		const char *file, *prefix;
	} files[] = {
		{ "stalltop.1", "\\-\\-" },
		{ "stalltop.bash", "--" },
		{ "_stalltop", "--" },
		{ "stalltop.fish", " -l " },
	};
	static char text[FILE_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		read_share(files[i].file, text, sizeof(text));
		for (size_t row = 0; row < option_row_count; row++) {
			char name[64], *dash;

			snprintf(name, sizeof(name), "%s%s", files[i].prefix,
				 option_rows[row].name);
			dash = strchr(name + strlen(files[i].prefix), '-');
			if (!i && dash) /* roff writes the minus in a name with a backslash */
				snprintf(dash, sizeof(name) - (size_t)(dash - name), "\\-%s",
					 strchr(option_rows[row].name, '-') + 1);
			if (!strstr(text, name))
				fail_msg("%s does not name %s", files[i].file, name);
		}
	}
}

/* The unit starts the program as it is, not as it was: its options are known and go together. */
static void the_unit_starts(void **state)
{
	static char text[FILE_MAX];
	char *argv[24], why[256], *line, *rest;
	struct options options;
	int argc = 0;

	(void)state;
	read_share("stalltop.service", text, sizeof(text));
	line = strstr(text, "\nExecStart=");
	assert_non_null(line);
	line += strlen("\nExecStart=");
	line[strcspn(line, "\n")] = '\0';
	while ((argv[argc] = strtok_r(argc ? NULL : line, " ", &rest)) && argc < 23)
		argc++;
	if (options_parse(&options, argc, argv, false, why, sizeof(why)))
		fail_msg("%s", why);
	assert_int_equal(options.output, OUTPUT_NONE);
	assert_int_equal(options.listen.port, 9750);
	assert_string_equal(options.record, "/var/lib/stalltop/stalltop.db");
	assert_int_equal(options.keep_ns, 7 * 86400 * 1000000000ull);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_part_is_that_of_the_program),
		cmocka_unit_test(every_file_names_every_option),
		cmocka_unit_test(the_unit_starts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
