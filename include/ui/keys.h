/*
 * ui/keys: every key, as one const table. The key bar, the help page and the tests are made from
 * it. What a person bound in place of these is in ui/key_map.
 */
#ifndef STALLTOP_UI_KEYS_H
#define STALLTOP_UI_KEYS_H

#include <stdbool.h>
#include <stddef.h>

enum action {
	ACTION_NONE,
	ACTION_FOCUS_NEXT,
	ACTION_FOCUS_PREVIOUS,
	ACTION_ZOOM,
	ACTION_BACK,
	ACTION_SORT_LEFT,
	ACTION_SORT_RIGHT,
	ACTION_SORT_REVERSE,
	ACTION_TABLE_CPU,
	ACTION_TABLE_MEMORY,
	ACTION_TABLE_IO,
	ACTION_TABLE_FAULTS,
	ACTION_TABLE_WAITS, /* in the order of enum top_kind */
	ACTION_SEARCH,
	ACTION_FILTER,
	ACTION_USER,
	ACTION_KERNEL,
	ACTION_COLUMNS,
	ACTION_COMMAND,
	ACTION_TREE,
	ACTION_THREADS,
	ACTION_FOLD,
	ACTION_UNFOLD,
	ACTION_SIGNAL,
	ACTION_NICE,
	ACTION_MARK,
	ACTION_INSPECT,
	ACTION_TOTALS,
	ACTION_TIME_BACK,
	ACTION_TIME_FORTH,
	ACTION_MINUTE_BACK,
	ACTION_MINUTE_FORTH, /* in the order of enum travel */
	ACTION_GO,
	ACTION_SLOWER,
	ACTION_FASTER,
	ACTION_UP,
	ACTION_DOWN,
	ACTION_PAGE_UP,
	ACTION_PAGE_DOWN,
	ACTION_HOME,
	ACTION_END,
	ACTION_DELAY,
	ACTION_MOUSE,
	ACTION_PAUSE,
	ACTION_THEME,
	ACTION_SAVE,
	ACTION_SLOW_LINK,
	ACTION_HELP,
	ACTION_REDRAW,
	ACTION_QUIT,
};

struct key_binding {
	enum action action;
	int keys[3]; /* ended by 0 */
	const char *cap; /* the key's name: "Tab", "<" */
	const char *label; /* short, for the key bar; NULL: not there */
	const char *help; /* a sentence */
	const char *bar; /* the name in the key bar where it stands for several keys: "<>" */
	const char *
		glyph; /* the name in the key bar of a terminal that is not ASCII; NULL: the same */
};

extern const struct key_binding key_bindings[];
extern const size_t key_binding_count;

/* Whether an action changes a process: --readonly takes these away. */
bool key_acts(enum action action);

#endif
