#include "ui/key_bar.h"

#include <string.h>

#include "ui/hits.h"
#include "ui/keys.h"
#include "ui/playback.h"
#include "ui/rows.h"
#include "ui/screen.h"

/* A key as it stands in the bar. */
struct entry {
	const char *cap, *glyph; /* glyph NULL: the same */
	const char *label;
	enum hit_kind kind; /* of what a click finds: HIT_ACTION or HIT_KEY */
	uint32_t value;
};

#define KEY(key, cap, glyph, label) \
	{ \
		cap, glyph, label, HIT_KEY, (uint32_t)(key) \
	}

/* What lies over the panes has keys of its own. The first that do not fit are the last here. */
static const struct entry help_keys[] = {
	KEY(SCREEN_KEY_ESCAPE, "Esc", NULL, "back"),
	KEY(SCREEN_KEY_PAGE_DOWN, "PgDn", NULL, "down"),
	KEY(SCREEN_KEY_PAGE_UP, "PgUp", NULL, "up"),
	KEY('q', "q", NULL, "quit"),
	{ 0 },
};

static const struct entry signal_keys[] = {
	KEY(SCREEN_KEY_ESCAPE, "Esc", NULL, "back"),
	KEY(SCREEN_KEY_ENTER, "Enter", "\u23ce", "choose"),
	KEY(SCREEN_KEY_UP, "Up", "\u2191", "up"),
	KEY(SCREEN_KEY_DOWN, "Down", "\u2193", "down"),
	{ 0 },
};

static const struct entry confirm_keys[] = {
	KEY(SCREEN_KEY_ESCAPE, "Esc", NULL, "send nothing"),
	KEY('y', "y", NULL, "send it"),
	{ 0 },
};

static const struct entry column_keys[] = {
	KEY(SCREEN_KEY_ESCAPE, "Esc", NULL, "back"),
	KEY(' ', "Space", "\u2423", "show, hide"),
	KEY('<', "<", NULL, "earlier"),
	KEY('>', ">", NULL, "later"),
	KEY('a', "a", NULL, "by the width"),
	KEY(SCREEN_KEY_UP, "Up", "\u2191", "up"),
	KEY(SCREEN_KEY_DOWN, "Down", "\u2193", "down"),
	{ 0 },
};

static const struct entry inspect_keys[] = {
	KEY(SCREEN_KEY_ESCAPE, "Esc", NULL, "back"),
	KEY(SCREEN_KEY_LEFT, "Left", "\u2190", "left"),
	KEY(SCREEN_KEY_RIGHT, "Right", "\u2192", "right"),
	KEY(SCREEN_KEY_UP, "Up", "\u2191", "up"),
	KEY(SCREEN_KEY_DOWN, "Down", "\u2193", "down"),
	{ 0 },
};

static const struct entry *const mode_keys[MODE_COUNT] = {
	[MODE_HELP] = help_keys,      [MODE_SIGNALS] = signal_keys,  [MODE_CONFIRM] = confirm_keys,
	[MODE_COLUMNS] = column_keys, [MODE_INSPECT] = inspect_keys,
};

/* Whether a key leads out of the state that the panes are in. */
static bool leads_out(enum action action, const struct view *view)
{
	switch (action) {
	case ACTION_END:
		return view->back > 0;
	case ACTION_MARK:
		return view->marked && !view->back && !view->paused;
	case ACTION_PAUSE:
		return view->paused && !view->back;
	default:
		return false;
	}
}

/* Whether a key has something to do here, with a process selected if it needs one. */
static bool does_something(enum action action, const struct view *view)
{
	bool table = rows_table(view) != PANE_NONE, zoomed = view->zoom != PANE_NONE;

	switch (action) {
	case ACTION_ZOOM: /* zoomed, Esc says it */
		return !zoomed;
	case ACTION_BACK:
		return zoomed;
	case ACTION_SORT_LEFT:
	case ACTION_SORT_REVERSE:
	case ACTION_SEARCH:
	case ACTION_FILTER:
	case ACTION_USER:
	case ACTION_TREE:
	case ACTION_COLUMNS:
		return table;
	case ACTION_FOLD:
		return table && zoomed && view->listing.tree;
	case ACTION_MARK:
	case ACTION_PAUSE:
		return !view->back && (action == ACTION_PAUSE || !view->paused);
	case ACTION_END:
		return view->back > 0;
	case ACTION_GO:
	case ACTION_SLOWER:
		return view->playback;
	case ACTION_DELAY:
		return !view->playback;
	case ACTION_TOTALS:
		return view->marked && !view->back;
	case ACTION_SIGNAL:
	case ACTION_NICE:
		return table && !view->back && !view->readonly && !view->playback;
	default:
		return true;
	}
}

static const char *label_now(const struct key_binding *key, const struct view *view)
{
	if (view->playback && key->action == ACTION_PAUSE)
		return view->playback->playing ? "hold" : "play";
	if (!leads_out(key->action, view))
		return key->label;
	return key->action == ACTION_MARK    ? "end mark"
	       : key->action == ACTION_PAUSE ? "go on"
					     : key->label;
}

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

static struct entry entry_of(const struct key_binding *key, const struct view *view)
{
	bool as_bound = !key->label || is_as_bound(key, &view->keys);

	return (struct entry){
		.cap = !as_bound  ? view->keys.cap[key->action]
		       : key->bar ? key->bar
				  : key->cap,
		.glyph = as_bound ? key->glyph : NULL,
		.label = label_now(key, view),
		.kind = HIT_ACTION,
		.value = key->action,
	};
}

static const char *cap_of(const struct canvas *canvas, const struct entry *entry)
{
	return entry->glyph && !canvas->ascii ? entry->glyph : entry->cap;
}

static int entry_columns(const struct canvas *canvas, const struct entry *entry)
{
	/* A blank on either side of the cap, and one behind the label. */
	return canvas_text_columns(canvas, cap_of(canvas, entry)) + 2 + (int)strlen(entry->label) +
	       1;
}

/* "<>" stands for two keys, each of which a click finds. */
static void add_hits(struct canvas *canvas, const struct view *view, int row, int column,
		     int columns, const struct entry *entry)
{
	const char *cap = entry->cap;
	size_t count = strlen(cap);

	hits_add(canvas->hits, entry->kind, (struct rect){ row, column, 1, columns }, entry->value);
	if (entry->kind != HIT_ACTION || entry->glyph || count < 2)
		return;
	for (size_t i = 0; i < count; i++)
		if (key_action(&view->keys, cap[i]) == ACTION_NONE)
			return;
	for (size_t i = 0; i < count; i++)
		hits_add(canvas->hits, HIT_ACTION, (struct rect){ row, column + 1 + (int)i, 1, 1 },
			 key_action(&view->keys, cap[i]));
}

static int draw_entry(struct canvas *canvas, const struct view *view, int row, int column,
		      const struct entry *entry)
{
	const char *name = cap_of(canvas, entry);
	int cap = canvas_text_columns(canvas, name) + 2, label = (int)strlen(entry->label);

	add_hits(canvas, view, row, column, cap + label, entry);
	canvas_fill(canvas, (struct rect){ row, column, 1, cap }, ' ', STYLE_KEY);
	canvas_text(canvas, row, column + 1, cap - 2, STYLE_KEY, name);
	column += cap;
	column += canvas_text(canvas, row, column, label, STYLE_KEY_LABEL, entry->label);
	return column + 1;
}

/* Draws it where it fits before `end`; returns where the next may stand. */
static int put(struct canvas *canvas, const struct view *view, int row, int column, int end,
	       const struct entry *entry)
{
	return column + entry_columns(canvas, entry) <= end
		       ? draw_entry(canvas, view, row, column, entry)
		       : column;
}

/* The last two, help and quit, have their room before the others. */
static void draw_bindings(struct canvas *canvas, struct rect line, const struct view *view)
{
	size_t last = key_binding_count - 2;
	int column = line.column, end = line.column + line.columns + 1;
	struct entry entry;

	for (size_t i = last; i < key_binding_count; i++) {
		entry = entry_of(&key_bindings[i], view);
		end -= entry_columns(canvas, &entry);
	}
	for (size_t i = 0; i < last; i++) {
		entry = entry_of(&key_bindings[i], view);
		if (leads_out(key_bindings[i].action, view))
			column = put(canvas, view, line.row, column, end, &entry);
	}
	for (size_t i = 0; i < key_binding_count; i++) {
		enum action action = key_bindings[i].action;

		if (i == last)
			end = line.column + line.columns + 1;
		entry = entry_of(&key_bindings[i], view);
		if (entry.label && does_something(action, view) && !leads_out(action, view))
			column = put(canvas, view, line.row, column, end, &entry);
	}
}

void key_bar_draw(struct canvas *canvas, struct rect line, const struct view *view)
{
	const struct entry *entry = mode_keys[view->mode];
	int column = line.column;

	if (line.rows < 1)
		return;
	if (*view->message) {
		canvas_text(canvas, line.row, line.column + 1, line.columns - 1, STYLE_BRIGHT,
			    view->message);
	} else if (entry) {
		for (; entry->cap; entry++)
			column = put(canvas, view, line.row, column, line.column + line.columns + 1,
				     entry);
	} else {
		draw_bindings(canvas, line, view);
	}
}
