/*
 * schema.txt is the contract with those who read --json: no name in it may go or change its type.
 * A name that is not in it yet is allowed, and printed.
 */
#include "full_model.h"
#include "json_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "out/json.h"

#define NAMES_MAX 400

struct name {
	char path[96];
	char type[16]; /* with '?' behind it when it may be null although all is known */
	bool found;
};

struct schema {
	struct name name[NAMES_MAX];
	size_t count, wrong;
};

static void read_schema(struct schema *schema)
{
	const char *fixtures = getenv("STALLTOP_FIXTURES");
	char path[4096], line[160];
	FILE *file;

	snprintf(path, sizeof(path), "%s/../out/schema.txt",
		 fixtures ? fixtures : "tests/fixtures");
	file = fopen(path, "r");
	if (!file)
		fail_msg("cannot read %s", path);
	while (fgets(line, sizeof(line), file)) {
		struct name *name = &schema->name[schema->count];

		if (line[0] == '#' || line[0] == '\n')
			continue;
		assert_true(schema->count < NAMES_MAX);
		assert_int_equal(sscanf(line, "%95s %15s", name->path, name->type), 2);
		schema->count++;
	}
	fclose(file);
	assert_true(schema->count > 100);
}

static bool fits(const char *want, const char *type)
{
	size_t len = strlen(type);

	if (!strncmp(want, type, len))
		return !want[len] || !strcmp(want + len, "?");
	return want[strlen(want) - 1] == '?' && !strcmp(type, "null");
}

static void check_name(void *context, const char *path, const char *type, const char *raw,
		       size_t len)
{
	struct schema *schema = context;

	for (size_t i = 0; i < schema->count; i++) {
		struct name *name = &schema->name[i];

		if (strcmp(name->path, path) != 0)
			continue;
		name->found = true;
		if (fits(name->type, type))
			return;
		print_error("%s is %s, not %s: %.*s\n", path, type, name->type, (int)len, raw);
		schema->wrong++;
		return;
	}
	if (*path && strcmp(type, "object") != 0)
		print_message("not in schema.txt yet: %s %s\n", path, type);
}

static size_t compare(struct schema *schema, const char *line)
{
	assert_null(json_check(line, strlen(line), check_name, schema));
	for (size_t i = 0; i < schema->count; i++) {
		if (schema->name[i].found)
			continue;
		print_error("%s is gone\n", schema->name[i].path);
		schema->wrong++;
	}
	return schema->wrong;
}

static void every_name_of_the_contract_is_there(void **state)
{
	static struct schema schema;
	static struct full_model full;
	static char line[65536];

	(void)state;
	read_schema(&schema);
	full_model_init(&full);
	assert_true(json_line(&full.model, &(struct json_info){ "proc" }, line, sizeof(line)) > 0);
	assert_int_equal(compare(&schema, line), 0);
}

static void a_name_that_went_or_changed_is_seen(void **state)
{
	static struct schema schema = { .name = { { .path = "a.b", .type = "number" },
						  { .path = "a.c[]", .type = "string" },
						  { .path = "d", .type = "number?" } },
					.count = 3 };

	(void)state;
	assert_int_equal(compare(&schema, "{\"a\":{\"b\":1,\"c\":[\"x\"]},\"d\":null}\n"), 0);
	schema.name[0].found = false;
	assert_int_equal(compare(&schema, "{\"a\":{\"c\":[\"x\"]},\"d\":1}\n"), 1);
	schema.wrong = 0;
	assert_int_equal(compare(&schema, "{\"a\":{\"b\":null,\"c\":[1,\"\"]},\"d\":\"\"}\n"), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_name_of_the_contract_is_there),
		cmocka_unit_test(a_name_that_went_or_changed_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
