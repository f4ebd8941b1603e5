#include "app/tui_settings.h"

#include <stdio.h>
#include <string.h>

#include "app/config_save.h"

/* The first that is wrong, by the name of the file; the help has them all. */
static void tell(struct view *view, const struct setting_notes *notes)
{
	const struct setting_note *first = &notes->note[0];
	const char *slash = strrchr(notes->path, '/');
	char place[44], more[24] = "";

	if (!notes->count)
		return;
	snprintf(place, sizeof(place), "%.30s", slash ? slash + 1 : notes->path);
	if (first->line)
		snprintf(place + strlen(place), sizeof(place) - strlen(place), ":%d", first->line);
	if (notes->count > 1)
		snprintf(more, sizeof(more), " (and %d more)", notes->count - 1);
	snprintf(view->message, sizeof(view->message), "%s: %.40s%s; ? has all of it", place,
		 first->text, more);
}

void tui_settings_apply(struct tui *tui)
{
	const struct config *config = tui->options->config;

	settings_to_view(&config->settings, &tui->view);
	tui->view.readonly = tui->options->readonly;
	tui->view.colors = screen_depth(tui->screen) != DEPTH_MONO;
	tui->view.notes = &config->notes;
	tui->theme = tui->view.palette.theme;
	tell(&tui->view, &config->notes);
}

static void save(struct tui *tui)
{
	struct settings settings = tui->options->config->settings;
	struct view *view = &tui->view;

	settings_from_options(&settings, tui->options);
	settings_from(&settings, view, shown_model(&tui->shown, view, tui->model));
	config_save(tui->options->config, &settings, view->message, sizeof(view->message));
}

void tui_settings_follow(struct tui *tui)
{
	struct view *view = &tui->view;

	if (view->palette.theme != tui->theme) {
		tui->theme = view->palette.theme;
		screen_set_palette(tui->screen, &view->palette);
		tui->dirty = true;
	}
	if (!view->save)
		return;
	view->save = false;
	save(tui);
	tui->dirty = true;
}
