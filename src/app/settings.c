#include "app/settings.h"

#include <string.h>

void settings_default(struct settings *settings)
{
	*settings = (struct settings){ .delay_s = 1, .mouse = true };
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

void settings_to_options(const struct settings *settings, struct options *options)
{
	if (!options->delay_given)
		options->delay_s = settings->delay_s;
	options->ascii |= settings->ascii;
	options->no_mouse |= !settings->mouse;
	options->slow_link |= settings->slow_link;
	options->readonly |= settings->readonly;
}

void settings_from_options(struct settings *settings, const struct options *options)
{
	settings->delay_s = options->delay_s;
	settings->ascii = options->ascii;
	settings->mouse = !options->no_mouse;
	settings->slow_link = options->slow_link;
	settings->readonly = options->readonly;
}

/* The table of waits may have gone to its second order by itself: nobody chose that. */
static bool is_by_itself(const struct task_order *own, const struct task_order *now)
{
	return own->sort == COL_WAIT && now->sort == own->then && !now->reverse;
}

void settings_from(struct settings *settings, const struct view *view, const struct model *model)
{
	settings->delay_s = view->delay_s;
	settings->mouse = view->mouse;
	settings->slow_link = view->slow_link;
	settings->palette.theme = view->palette.theme;
	memcpy(settings->columns, view->columns, sizeof(settings->columns));
	for (int kind = 0; kind < TOP_KINDS; kind++) {
		if (is_by_itself(&settings->order[kind], &model->top_order[kind]))
			continue;
		settings->order[kind].sort = model->top_order[kind].sort;
		settings->order[kind].reverse = model->top_order[kind].reverse;
	}
}
