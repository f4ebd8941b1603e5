#include "ui/key_bar.h"

#include <string.h>

#include "ui/keys.h"

/* Whether the keys of a row, and of those that share its place in the bar, are as in the table. */
static bool is_as_bound(const struct key_binding *key, const struct key_map *map)
{
	do {
		if (map->own[key->action])
			return false;
		key++;
	} while (key < key_bindings + key_binding_count && !key->label);
	return true;
}

static const char *bar_name(const struct key_binding *key, const struct key_map *map, bool ascii)
{
	if (key->label && !is_as_bound(key, map))
		return map->cap[key->action];
	if (key->glyph && !ascii)
		return key->glyph;
	return key->bar ? key->bar : key->cap;
}

static bool is_in_bar(const struct key_binding *key, const struct view *view)
{
	if (key->action == ACTION_BACK)
		return view->mode == MODE_HELP || view->zoom != PANE_NONE;
	return key->label && !(view->readonly && key_acts(key->action));
}

static int key_columns(const struct canvas *canvas, const struct key_binding *key,
		       const struct key_map *map)
{
	/* A blank on either side of the cap, and one behind the label. */
	return canvas_text_columns(canvas, bar_name(key, map, canvas->ascii)) + 2 +
	       (int)strlen(key->label) + 1;
}

static int draw_key(struct canvas *canvas, int row, int column, const struct key_binding *key,
		    const struct key_map *map)
{
	const char *name = bar_name(key, map, canvas->ascii);
	int cap = canvas_text_columns(canvas, name) + 2;

	canvas_fill(canvas, (struct rect){ row, column, 1, cap }, ' ', STYLE_KEY);
	canvas_text(canvas, row, column + 1, cap - 2, STYLE_KEY, name);
	column += cap;
	column += canvas_text(canvas, row, column, (int)strlen(key->label), STYLE_KEY_LABEL,
			      key->label);
	return column + 1;
}

/* The last two, help and quit, have their room before the others. */
static void draw_keys(struct canvas *canvas, struct rect line, const struct view *view)
{
	size_t last = key_binding_count - 2;
	int column = line.column, end = line.column + line.columns + 1;

	for (size_t i = last; i < key_binding_count; i++)
		end -= key_columns(canvas, &key_bindings[i], &view->keys);
	for (size_t i = 0; i < key_binding_count; i++) {
		const struct key_binding *key = &key_bindings[i];

		if (i == last)
			end = line.column + line.columns + 1;
		if (is_in_bar(key, view) && column + key_columns(canvas, key, &view->keys) <= end)
			column = draw_key(canvas, line.row, column, key, &view->keys);
	}
}

void key_bar_draw(struct canvas *canvas, struct rect line, const struct view *view)
{
	if (line.rows < 1)
		return;
	if (*view->message) {
		canvas_text(canvas, line.row, line.column + 1, line.columns - 1, STYLE_BRIGHT,
			    view->message);
	} else {
		draw_keys(canvas, line, view);
	}
}
