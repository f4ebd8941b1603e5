#include "ui/scene.h"

#include "ui/canvas_text.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void take(struct scene *scene, const char *machine, int instant)
{
	const char *fixtures = getenv("STALLTOP_FIXTURES");
	char proc[512], sys[512];
	struct collector_options options = { .proc_root = proc, .sys_root = sys };

	if (!fixtures)
		fixtures = "tests/fixtures";
	snprintf(proc, sizeof(proc), "%s/%s/%d/proc", fixtures, machine, instant);
	snprintf(sys, sizeof(sys), "%s/%s/%d/sys", fixtures, machine, instant);
	assert_int_equal(collector_open(&scene->collector[instant], &options), 0);
	assert_int_equal(sample_init(&scene->sample[instant]), 0);
	assert_int_equal(collector_take(scene->collector[instant], &scene->sample[instant]), 0);
	/* What the reading itself took is never the same twice. */
	scene->sample[instant].self.system_ns = 90000;
	scene->sample[instant].self.tasks_ns = 120000;
}

void scene_open(struct scene *scene, const char *machine, int rows, int columns)
{
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	assert_int_equal(setenv("TZ", "UTC", 1), 0);
	tzset();
	memset(scene, 0, sizeof(*scene));
	assert_int_equal(model_init(&scene->model), 0);
	for (int i = 0; i < 2; i++) {
		take(scene, machine, i);
		assert_int_equal(model_update(&scene->model, i ? &scene->sample[0] : NULL,
					      &scene->sample[i]),
				 0);
	}
	scene->frame = (struct frame){
		.host = collector_host(scene->collector[1]),
		.source = "proc",
		.source_why = "this build has no other source",
		.now_real_ns = scene->sample[1].real_ns,
		.draw_us = NAN,
		.previous = &scene->sample[0],
	};
	view_init(&scene->view, 1);
	scene_resize(scene, rows, columns);
}

void scene_close(struct scene *scene)
{
	canvas_release(&scene->canvas);
	view_release(&scene->view);
	model_release(&scene->model);
	for (int i = 0; i < 2; i++) {
		sample_release(&scene->sample[i]);
		collector_close(scene->collector[i]);
	}
}

void scene_first_sample(struct scene *scene)
{
	model_release(&scene->model);
	assert_int_equal(model_init(&scene->model), 0);
	assert_int_equal(model_update(&scene->model, NULL, &scene->sample[1]), 0);
	scene_draw(scene);
}

void scene_resize(struct scene *scene, int rows, int columns)
{
	assert_int_equal(canvas_resize(&scene->canvas, rows, columns), 0);
	scene_draw(scene);
}

void scene_draw(struct scene *scene)
{
	view_draw(&scene->view, &scene->model, &scene->frame, &scene->canvas);
}

bool scene_key(struct scene *scene, int key)
{
	bool changed = view_key(&scene->view, &scene->model, scene->canvas.rows,
				scene->canvas.columns, key);

	scene_draw(scene);
	return changed;
}

void scene_keys(struct scene *scene, const char *keys)
{
	for (; *keys; keys++)
		scene_key(scene, (unsigned char)*keys);
}

const char *scene_row(struct scene *scene, int row)
{
	const char *text = canvas_row_text(&scene->canvas, row);
	size_t length = strlen(text);

	while (length > 0 && text[length - 1] == ' ')
		length--;
	assert_true(length < sizeof(scene->text));
	memcpy(scene->text, text, length);
	scene->text[length] = '\0';
	return scene->text;
}

bool scene_shows(struct scene *scene, const char *text)
{
	return scene_find(scene, 0, text) >= 0;
}

int scene_find(struct scene *scene, int row, const char *text)
{
	for (; row < scene->canvas.rows; row++)
		if (strstr(scene_row(scene, row), text))
			return row;
	return -1;
}

int scene_column(const struct scene *scene, int row, const char *text)
{
	int length = (int)strlen(text);

	for (int column = 0; column + length <= scene->canvas.columns; column++) {
		int same = 0;

		while (same < length &&
		       scene_cell(scene, row, column + same)->ch == (unsigned char)text[same])
			same++;
		if (same == length)
			return column;
	}
	return -1;
}

const struct cell *scene_cell(const struct scene *scene, int row, int column)
{
	assert_in_range(row, 0, scene->canvas.rows - 1);
	assert_in_range(column, 0, scene->canvas.columns - 1);
	return &scene->canvas.cell[row * scene->canvas.columns + column];
}

void scene_expect(struct scene *scene, int row, const char *const *expected, int count)
{
	for (int i = 0; i < count; i++) {
		if (!strcmp(scene_row(scene, row + i), expected[i]))
			continue;
		print_error("row %d is\n%s\nnot\n%s\nThe screen:\n", row + i, scene->text,
			    expected[i]);
		for (int all = 0; all < scene->canvas.rows; all++)
			print_error("%s\n", scene_row(scene, all));
		fail();
	}
}
