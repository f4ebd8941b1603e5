#include "app/settings.h"

#include <string.h>

void settings_default(struct settings *settings)
{
	*settings = (struct settings){ .delay_s = 1 };
	settings->panes = pane_choice_full(&settings->panes);
	thresholds_default(&settings->thresholds);
	for (int kind = 0; kind < TOP_KINDS; kind++)
		settings->order[kind] = (struct task_order){ .sort = top_tables[kind].sort,
							     .then = top_tables[kind].then };
}

void settings_to_model(const struct settings *settings, struct model *model)
{
	model->settings.thresholds = settings->thresholds;
	model->settings.units = settings->units;
	memcpy(model->top_order, settings->order, sizeof(model->top_order));
}

void settings_to_view(const struct settings *settings, struct view *view)
{
	view->panes = settings->panes;
	view->palette = settings->palette;
	memcpy(view->columns, settings->columns, sizeof(view->columns));
	memcpy(view->own_order, settings->order, sizeof(view->own_order));
	key_map_build(&view->keys, &settings->keys);
	view->tab = (enum top_kind)settings->panes.table[0];
	view->focus = PANE_TOP + view->tab;
}

void settings_from(struct settings *settings, const struct view *view, const struct model *model)
{
	settings->delay_s = view->delay_s;
	settings->palette.theme = view->palette.theme;
	memcpy(settings->columns, view->columns, sizeof(settings->columns));
	for (int kind = 0; kind < TOP_KINDS; kind++) {
		settings->order[kind].sort = model->top_order[kind].sort;
		settings->order[kind].reverse = model->top_order[kind].reverse;
	}
}
