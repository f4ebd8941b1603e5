/*
 * app/settings: what a person can set and keep: in the configuration file, or by keys.
 *
 * The struct is plain data, of defaults or of what was set. What it means is in the layers that hold
 * it while the program runs: view, model, palette. Beside them it holds what else the file may say.
 */
#ifndef STALLTOP_APP_SETTINGS_H
#define STALLTOP_APP_SETTINGS_H

#include <stdbool.h>

#include "app/options.h"
#include "model/model.h"
#include "ui/view.h"

struct settings {
	double delay_s;
	bool ascii, mouse, slow_link, readonly;
	enum byte_units units;
	struct palette palette;
	struct pane_choice panes;
	struct column_choice columns[TOP_KINDS];
	struct task_order order[TOP_KINDS];
	struct thresholds thresholds;
	struct key_choice keys;
};

void settings_default(struct settings *settings);

/* Makes a model and a view, both initialised, follow the settings, as far as they hold them. */
void settings_to_model(const struct settings *settings, struct model *model);
void settings_to_view(const struct settings *settings, struct view *view);

/* What the command line says counts more than the file; and what then is in force. */
void settings_to_options(const struct settings *settings, struct options *options);
void settings_from_options(struct settings *settings, const struct options *options);

/* Takes back what keys have changed. */
void settings_from(struct settings *settings, const struct view *view, const struct model *model);

#endif
