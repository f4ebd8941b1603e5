/*
 * Test support: a whole screen drawn on a canvas from a fixture's two instants.
 */
#ifndef STALLTOP_TESTS_UI_SCENE_H
#define STALLTOP_TESTS_UI_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sample/collector.h"
#include "ui/view.h"

struct scene {
	struct collector *collector[2];
	struct sample sample[2];
	struct model model;
	struct view view;
	struct frame frame;
	struct canvas canvas;
	char text[4 * 1024]; /* of scene_row() */
};

/* The machine of tests/fixtures, as it is at its instant 1, and the clock of UTC. */
void scene_open(struct scene *scene, const char *machine, int rows, int columns);
void scene_close(struct scene *scene);

/* Takes in instant 1 as if instant 0 had never been. */
void scene_first_sample(struct scene *scene);

void scene_resize(struct scene *scene, int rows, int columns);
void scene_draw(struct scene *scene);

/* Presses a key, or one after another, and draws. */
bool scene_key(struct scene *scene, int key);
void scene_keys(struct scene *scene, const char *keys);

/* A row as UTF-8 without the blanks at its end; valid until the next call. */
const char *scene_row(struct scene *scene, int row);
bool scene_shows(struct scene *scene, const char *text);
/* The first row from `row` on that has the text, or -1. */
int scene_find(struct scene *scene, int row, const char *text);
/* The column where plain text begins in a row, or -1. */
int scene_column(const struct scene *scene, int row, const char *text);
const struct cell *scene_cell(const struct scene *scene, int row, int column);

/* Compares rows from `row` on; prints the whole screen when they differ. */
void scene_expect(struct scene *scene, int row, const char *const *expected, int count);

#endif
