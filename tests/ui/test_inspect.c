/* What a number says of itself when it is asked. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/column_source.h"
#include "model/history.h"
#include "ui/canvas_text.h"
#include "ui/inspect.h"
#include "ui/scene.h"
#include "ui/screen.h"

static void inspect(struct scene *scene, enum metric_id id)
{
	int at;

	scene->view.mode = MODE_PANES;
	scene_key(scene, 'i');
	at = numbers_find(&scene->view.numbers,
			  &(struct number){ .kind = NUMBER_METRIC, .id = (uint16_t)id });
	if (at < 0)
		fail_msg("%s does not show", metrics[id].name);
	scene->view.inspected = scene->view.numbers.place[at];
	scene_draw(scene);
}

static void a_number_says_where_it_comes_from(void **state)
{
	struct scene scene;
	char raw[64];

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	inspect(&scene, M_FAULTS_MAJOR_PER_S);
	assert_true(scene_shows(&scene, metrics[M_FAULTS_MAJOR_PER_S].name));
	assert_true(scene_shows(&scene, metrics[M_FAULTS_MAJOR_PER_S].help));
	assert_true(scene_shows(&scene, metrics[M_FAULTS_MAJOR_PER_S].source));
	assert_true(scene_shows(&scene, metrics[M_FAULTS_MAJOR_PER_S].formula));
	snprintf(raw, sizeof(raw), "raw        %llu, before %llu",
		 (unsigned long long)scene.sample[1].vmstat.pgmajfault,
		 (unsigned long long)scene.sample[0].vmstat.pgmajfault);
	assert_true(scene_shows(&scene, raw));
	snprintf(raw, sizeof(raw), "interval   %.3f s", scene.model.interval_s);
	assert_true(scene_shows(&scene, raw));
	assert_true(scene_shows(&scene, "alerts     ! from 50   !! from 500"));
	assert_true(scene_shows(&scene, "value      85/s !"));
	assert_true(scene_shows(&scene, "history    min 85  mean 85  95th pct 85  max 85  of 1"));
	scene_key(&scene, SCREEN_KEY_ESCAPE);
	assert_false(scene_shows(&scene, "formula"));
	scene_close(&scene);
}

static void history_is_summed_up(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	for (int i = 1; i <= 199; i++)
		ring_push(&scene.model.history)[M_FAULTS_MAJOR_PER_S] = (float)(i * 83 % 200);
	inspect(&scene, M_FAULTS_MAJOR_PER_S);
	/* 1 to 199 and 85: the 190th of 200 is 189, since 85 is there twice. */
	assert_true(
		scene_shows(&scene, "min 1  mean 99.9  95th pct 189  max 199  of 200 samples") ||
		scene_shows(&scene, "min 1  mean 100  95th pct 189  max 199  of 200 samples"));
	scene_close(&scene);
}

static void ask(struct scene *scene, struct number number)
{
	int at;

	scene->view.mode = MODE_PANES;
	scene_key(scene, 'i');
	at = numbers_find(&scene->view.numbers, &number);
	assert_true(at >= 0);
	scene->view.inspected = scene->view.numbers.place[at];
	scene_draw(scene);
}

static struct number of_python(const struct scene *scene, enum task_column_id column)
{
	return (struct number){
		.kind = NUMBER_TASK,
		.id = (uint16_t)column,
		.of = 1234,
		.start_ns = task_list_find(&scene->sample[1].tasks, 1234)->start_ns,
	};
}

static void a_cell_of_a_table_says_where_it_comes_from(void **state)
{
	struct history history = { 0 };
	struct scene scene;
	const struct task *now, *before;
	char raw[96];

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	now = task_list_find(&scene.sample[1].tasks, 1234);
	before = task_list_find(&scene.sample[0].tasks, 1234);
	assert_int_equal(history_push(&history, &scene.model), 0);
	scene.frame.history = &history;
	scene.view.zoom = PANE_TOP + TOP_FAULTS;
	ask(&scene, of_python(&scene, COL_MAJOR));
	assert_true(scene_shows(&scene, "MAJ/s of python3[1234]"));
	assert_true(scene_shows(&scene, task_columns[COL_MAJOR].help));
	assert_true(scene_shows(&scene, "source     /proc/PID/stat (12) majflt"));
	assert_true(scene_shows(&scene, "formula    growth of major_faults / interval"));
	snprintf(raw, sizeof(raw), "raw        %llu, before %llu",
		 (unsigned long long)now->major_faults, (unsigned long long)before->major_faults);
	assert_true(scene_shows(&scene, raw));
	assert_true(scene_shows(&scene, "interval   1.00"));
	assert_true(scene_shows(&scene, "alerts     ! above 0"));
	assert_true(scene_shows(&scene, "of 1 samples"));
	scene.frame.source = "bpf";
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "source     task_struct.maj_flt"));
	/* Two counters behind one number. */
	scene.view.zoom = PANE_TOP + TOP_IO;
	scene.model.top_order[TOP_IO].sort = COL_IO;
	ask(&scene, of_python(&scene, COL_IO));
	snprintf(raw, sizeof(raw), "raw        %llu, before %llu; %llu, before %llu",
		 (unsigned long long)now->read_bytes, (unsigned long long)before->read_bytes,
		 (unsigned long long)now->write_bytes, (unsigned long long)before->write_bytes);
	assert_true(scene_shows(&scene, raw));
	/* Of the past the raw values are not kept, and it says so. */
	scene.view.back = 1;
	scene_draw(&scene);
	assert_true(scene_shows(&scene, "not kept"));
	history_release(&history);
	scene_close(&scene);
}

static void every_column_has_a_source(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 200);
	scene.view.zoom = PANE_TOP;
	for (int id = 0; id < COLUMN_COUNT; id++) {
		const struct column_source *source = column_source_find(task_columns[id].key);

		if (!source)
			fail_msg("%s has no source", task_columns[id].key);
		assert_true(strlen(source->proc) > 0 && strlen(source->bpf) > 0);
		scene.view.columns[0] = (struct column_choice){ { COL_PID, (uint8_t)id }, 2 };
		ask(&scene, of_python(&scene, (enum task_column_id)id));
		assert_true(scene_shows(&scene, source->formula));
		assert_true(scene_shows(&scene, " of python3[1234]"));
	}
	scene_close(&scene);
}

static void it_begins_at_the_selected_row(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_keys(&scene, "/postgres\ni");
	assert_int_equal(scene.view.inspected.of, 2201);
	/* And at what the table is sorted by. */
	assert_true(scene_shows(&scene, "CPU% of postgres[2201]"));
	scene_keys(&scene, "i\033\033Fi");
	assert_true(scene_shows(&scene, "MAJ/s of python3[1234]"));
	scene_close(&scene);
}

/* What is too long for its row goes on in the next, and nothing is lost for it. */
static void long_texts_go_on(void **state)
{
	const char *help = metrics[M_CPU_LOAD1].help;
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	inspect(&scene, M_CPU_LOAD1);
	assert_false(scene_shows(&scene, help));
	assert_true(scene_shows(&scene, strrchr(help, ' ')));
	assert_true(scene_shows(&scene, "history    min "));
	scene_close(&scene);
}

/* The past has the unit of the value; an id has none to sum up. */
static void the_past_has_its_unit(void **state)
{
	struct history history = { 0 };
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	assert_int_equal(history_push(&history, &scene.model), 0);
	scene.frame.history = &history;
	inspect(&scene, M_CACHE_DIRTY);
	assert_true(scene_shows(&scene, "history    min 120M  mean 120M"));
	ask(&scene, of_python(&scene, COL_RSS));
	assert_true(scene_shows(&scene, "history    min 6.1G  mean 6.1G"));
	ask(&scene, of_python(&scene, COL_PID));
	assert_true(scene_shows(&scene, "history    not a quantity"));
	history_release(&history);
	scene_close(&scene);
}

static void rows_of_files_cpus_and_disks_are_numbers(void **state)
{
	struct history history = { 0 };
	struct scene scene;
	char raw[96];

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	assert_int_equal(history_push(&history, &scene.model), 0);
	scene.frame.history = &history;
	scene.view.zoom = PANE_FAULTS;
	ask(&scene, (struct number){ .kind = NUMBER_VMSTAT, .id = 3 });
	assert_true(scene_shows(&scene, vmstat_rows[3].name));
	assert_true(scene_shows(&scene, "source     /proc/vmstat"));
	ask(&scene,
	    (struct number){ .kind = NUMBER_DISK, .id = offsetof(struct disk_view, reads_per_s) });
	snprintf(raw, sizeof(raw), "raw        %llu, before %llu",
		 (unsigned long long)scene.sample[1].disks.disk[0].reads,
		 (unsigned long long)scene.sample[0].disks.disk[0].reads);
	assert_true(scene_shows(&scene, raw));
	assert_true(scene_shows(&scene, "of 1 samples"));
	scene.view.zoom = PANE_MEMORY;
	ask(&scene, (struct number){ .kind = NUMBER_MEMINFO });
	assert_true(scene_shows(&scene, "MemTotal"));
	assert_true(scene_shows(&scene, "source     /proc/meminfo"));
	snprintf(raw, sizeof(raw), "value      %llu kB",
		 (unsigned long long)scene.sample[1].meminfo.memtotal_kb);
	assert_true(scene_shows(&scene, raw));
	scene.view.zoom = PANE_CPU;
	ask(&scene, (struct number){ .kind = NUMBER_CPU,
				     .id = offsetof(struct cpu_view, user_pct),
				     .of = scene.sample[1].stat.cpu[1].id });
	snprintf(raw, sizeof(raw), "raw        %llu, before %llu",
		 (unsigned long long)scene.sample[1].stat.cpu[1].times.user,
		 (unsigned long long)scene.sample[0].stat.cpu[1].times.user);
	assert_true(scene_shows(&scene, raw));
	ask(&scene, (struct number){ .kind = NUMBER_OTHER, .id = OTHER_UPTIME });
	assert_true(scene_shows(&scene, "source     /proc/uptime"));
	history_release(&history);
	scene_close(&scene);
}

static void it_fits_every_size_and_pane(void **state)
{
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_key(&scene, 'i');
	for (int id = 0; id <= PANE_COUNT; id++) {
		scene.view.zoom = (enum pane_id)id;
		for (int rows = 1; rows <= 50; rows += 3)
			for (int columns = 1; columns <= 160; columns += 9)
				scene_resize(&scene, rows, columns);
	}
	assert_false(scene_shows(&scene, "no number shows here"));
	scene_first_sample(&scene);
	scene.view.zoom = PANE_NONE;
	inspect(&scene, M_FAULTS_MAJOR_PER_S);
	assert_true(scene_shows(&scene, "value      - "));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_says_where_it_comes_from),
		cmocka_unit_test(history_is_summed_up),
		cmocka_unit_test(a_cell_of_a_table_says_where_it_comes_from),
		cmocka_unit_test(every_column_has_a_source),
		cmocka_unit_test(it_begins_at_the_selected_row),
		cmocka_unit_test(long_texts_go_on),
		cmocka_unit_test(the_past_has_its_unit),
		cmocka_unit_test(rows_of_files_cpus_and_disks_are_numbers),
		cmocka_unit_test(it_fits_every_size_and_pane),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
