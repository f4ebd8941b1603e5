/* Command lines of what shows: wanted once, kept, by identity. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/scene.h"
#include "ui/screen.h"

static void put(struct cmdlines *lines, const struct cmdline *wanted, const char *text)
{
	struct cmdline line = *wanted;

	snprintf(line.text, sizeof(line.text), "%s", text);
	cmdlines_put(lines, &line);
}

static void only_what_shows_is_wanted(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 12, 80);
	assert_null(scene.view.cmdlines);
	scene_keys(&scene, "zc");
	/* Six rows, of which one is a thread of the kernel or more. */
	assert_in_range(scene.view.cmdlines->wanted_count, 1, 6);
	for (size_t i = 0; i < scene.view.cmdlines->wanted_count; i++)
		assert_string_not_equal(scene.view.cmdlines->wanted[i].comm, "kswapd0");
	/* Drawing again wants the same, once each. */
	scene_draw(&scene);
	assert_in_range(scene.view.cmdlines->wanted_count, 1, 6);
	assert_true(scene_shows(&scene, "python3"));
	put(scene.view.cmdlines, &scene.view.cmdlines->wanted[0], "/usr/bin/python3 -m server");
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "/usr/bin/python3 -m server"));
	scene_key(&scene, 'c');
	assert_false(scene_shows(&scene, "-m server"));
	assert_int_equal(scene.view.cmdlines->wanted_count, 0);
	scene_close(&scene);
}

static void another_process_or_exec_is_asked_again(void **state)
{
	static struct cmdlines lines;
	struct task task = { .pid = 7, .start_ns = 5, .comm = "sh" };

	(void)state;
	assert_string_equal(cmdlines_text(&lines, &task), "sh");
	assert_int_equal(lines.wanted_count, 1);
	put(&lines, &lines.wanted[0], "sh -c make");
	lines.wanted_count = 0;
	assert_string_equal(cmdlines_text(&lines, &task), "sh -c make");
	assert_int_equal(lines.wanted_count, 0);
	snprintf(task.comm, sizeof(task.comm), "make");
	assert_string_equal(cmdlines_text(&lines, &task), "make");
	task.start_ns = 6;
	snprintf(task.comm, sizeof(task.comm), "sh");
	assert_string_equal(cmdlines_text(&lines, &task), "sh");
	assert_int_equal(lines.wanted_count, 2);
	/* One that has none keeps its name, and is not asked for for ever. */
	put(&lines, &lines.wanted[1], "");
	lines.wanted_count = 0;
	assert_string_equal(cmdlines_text(&lines, &task), "sh");
	assert_int_equal(lines.wanted_count, 0);
}

static void the_longest_unseen_gives_way(void **state)
{
	struct cmdlines *lines = calloc(1, sizeof(*lines));
	struct task first = { .pid = 1, .comm = "a" };

	(void)state;
	assert_non_null(lines);
	for (uint32_t pid = 1; pid <= CMDLINES_MAX + 10; pid++) {
		struct cmdline line = { .pid = pid, .comm = "a", .text = "a line" };

		cmdlines_put(lines, &line);
		assert_string_equal(cmdlines_text(lines, &first), "a line");
	}
	first.pid = 2;
	assert_string_equal(cmdlines_text(lines, &first), "a");
	free(lines);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_shows_is_wanted),
		cmocka_unit_test(another_process_or_exec_is_asked_again),
		cmocka_unit_test(the_longest_unseen_gives_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
