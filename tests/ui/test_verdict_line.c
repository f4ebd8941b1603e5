/* The verdict line says as much as fits. */
#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "ui/scene.h"

/* What does not fit goes: the share, what the process did, the further evidence, the evidence. */
static void verdict_is_cut_by_sense(void **state)
{
	static const struct {
		int columns;
		const char *text;
	} cuts[] = {
		{ 100, " !! MEMORY STALL  memory full 8.2%: 1,085 major faults/s - "
		       "python3[1234] 81/s, 92% of them" },
		{ 80, " !! MEMORY STALL  memory full 8.2%: 1,085 major faults/s - "
		      "python3[1234] 81/s" },
		{ 75, " !! MEMORY STALL  memory full 8.2%: 1,085 major faults/s - python3[1234]" },
		{ 70, " !! MEMORY STALL  memory full 8.2% - python3[1234]" },
		{ 50, " !! MEMORY STALL  memory full 8.2% - python3[1234]" },
		{ 45, " !! MEMORY STALL - python3[1234]" },
		{ 32, " !! MEMORY STALL - python3[1234]" },
		{ 31, " !! MEMORY STALL" },
		{ 12, " !! MEMORY S" },
	};
	struct scene scene;
	struct verdict *verdict = &scene.model.verdict;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	verdict->level = LEVEL_CRIT;
	snprintf(verdict->headline, sizeof(verdict->headline), "MEMORY STALL");
	snprintf(verdict->evidence, sizeof(verdict->evidence),
		 "memory full 8.2%%: 1,085 major faults/s");
	snprintf(verdict->blame, sizeof(verdict->blame), "python3[1234] 81/s, 92%% of them");
	for (int i = 0; i < (int)COUNT(cuts); i++) {
		scene_resize(&scene, 24, cuts[i].columns);
		assert_string_equal(scene_row(&scene, 1), cuts[i].text);
	}
	scene_close(&scene);
}

/* The name of a process is its own choice: what looks like the end of it may be part of it. */
static void verdict_names_the_process_whole(void **state)
{
	struct scene scene;
	struct verdict *verdict = &scene.model.verdict;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	snprintf(verdict->evidence, sizeof(verdict->evidence), "17,969 major faults/s");
	snprintf(verdict->blame, sizeof(verdict->blame),
		 "a, b: [c] 5/s[1234] 17,969/s, 100%% of them");
	scene_resize(&scene, 20, 65);
	assert_true(scene_shows(&scene, "17,969 major faults/s - a, b: [c] 5/s[1234]"));
	assert_false(scene_shows(&scene, "17,969/s"));
	scene_close(&scene);
}

/* A mark compares now with then; looking further back, the line is of that instant, as the rest is. */
static void what_is_of_now_is_told_beside_a_mark(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	assert_false(scene_shows(&scene, "of now"));
	scene.view.marked = true;
	scene_draw(&scene);
	assert_true(strstr(scene_row(&scene, 1), "this line, graphs and averages: of now") != NULL);
	scene.view.back = 1;
	scene_draw(&scene);
	assert_false(scene_shows(&scene, "of now"));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdict_is_cut_by_sense),
		cmocka_unit_test(verdict_names_the_process_whole),
		cmocka_unit_test(what_is_of_now_is_told_beside_a_mark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
