/*
 * Test support: settings from a text, and a folder to keep a file in.
 */
#ifndef STALLTOP_TESTS_APP_CONFIG_RIG_H
#define STALLTOP_TESTS_APP_CONFIG_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/config.h"

struct config_rig {
	char folder[128];
	char path[192]; /* of a file in it that is not there */
	struct config config;
};

/* Setup and teardown: *state is a struct config_rig. HOME and XDG_CONFIG_HOME are unset. */
int config_rig_setup(void **state);
int config_rig_teardown(void **state);
#define rig_test(f) cmocka_unit_test_setup_teardown(f, config_rig_setup, config_rig_teardown)

/* The settings of a text, from the defaults. */
const struct config *config_of(struct config_rig *rig, const char *text);

/* Writes a file, or reads one whole ("" when it is not there; valid until the next call). */
void rig_write(const char *path, const char *text, size_t length);
const char *rig_read(const char *path);

/* A path in the folder; valid until the next call. */
const char *rig_path(const struct config_rig *rig, const char *name);

/* Asserts on the only thing that is wrong: its line, and what it says. */
void assert_note(const struct config *config, int line, const char *text);

#endif
