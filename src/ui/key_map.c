#include "ui/key_map.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/words.h"
#include "ui/screen.h"

#define CONTROL(letter) ((letter)&0x1f)
#define BOUND_EACH (sizeof(key_bindings[0].keys) / sizeof(key_bindings[0].keys[0]))

const char *const action_names[ACTION_COUNT] = {
	[ACTION_FOCUS_NEXT] = "pane_next",
	[ACTION_FOCUS_PREVIOUS] = "pane_previous",
	[ACTION_ZOOM] = "zoom",
	[ACTION_BACK] = "back",
	[ACTION_SORT_LEFT] = "sort_left",
	[ACTION_SORT_RIGHT] = "sort_right",
	[ACTION_SORT_REVERSE] = "sort_reverse",
	[ACTION_TABLE_CPU] = "table_cpu",
	[ACTION_TABLE_MEMORY] = "table_memory",
	[ACTION_TABLE_IO] = "table_io",
	[ACTION_TABLE_FAULTS] = "table_faults",
	[ACTION_TABLE_WAITS] = "table_waits",
	[ACTION_SEARCH] = "find",
	[ACTION_FILTER] = "filter",
	[ACTION_USER] = "user",
	[ACTION_KERNEL] = "kernel",
	[ACTION_THREADS] = "threads",
	[ACTION_COLUMNS] = "columns",
	[ACTION_COMMAND] = "command",
	[ACTION_TREE] = "tree",
	[ACTION_FOLD] = "fold",
	[ACTION_UNFOLD] = "unfold",
	[ACTION_GO] = "go",
	[ACTION_SLOWER] = "slower",
	[ACTION_FASTER] = "faster",
	[ACTION_SIGNAL] = "signal",
	[ACTION_NICE] = "nice",
	[ACTION_MARK] = "mark",
	[ACTION_INSPECT] = "inspect",
	[ACTION_TOTALS] = "totals",
	[ACTION_TIME_BACK] = "time_back",
	[ACTION_TIME_FORTH] = "time_forth",
	[ACTION_MINUTE_BACK] = "minute_back",
	[ACTION_MINUTE_FORTH] = "minute_forth",
	[ACTION_UP] = "up",
	[ACTION_DOWN] = "down",
	[ACTION_PAGE_UP] = "page_up",
	[ACTION_PAGE_DOWN] = "page_down",
	[ACTION_HOME] = "home",
	[ACTION_END] = "end",
	[ACTION_DELAY] = "delay",
	[ACTION_PAUSE] = "pause",
	[ACTION_MOUSE] = "mouse",
	[ACTION_SLOW_LINK] = "slow_link",
	[ACTION_THEME] = "theme",
	[ACTION_SAVE] = "save",
	[ACTION_HELP] = "help",
	[ACTION_REDRAW] = "redraw",
	[ACTION_QUIT] = "quit",
};

/* What vi's keys are, beside those that are bound. Sending a signal gives k to them and takes x. */
static const struct {
	enum action action;
	int key;
} vi_keys[] = {
	{ ACTION_UP, 'k' },
	{ ACTION_DOWN, 'j' },
	{ ACTION_FOLD, 'h' },
	{ ACTION_UNFOLD, 'l' },
	{ ACTION_HOME, 'g' },
	{ ACTION_END, 'G' },
	{ ACTION_PAGE_UP, CONTROL('b') },
	{ ACTION_PAGE_DOWN, CONTROL('f') },
	{ ACTION_SIGNAL, 'x' },
};

static const struct {
	const char *name;
	int key;
} names[] = {
	{ "Tab", '\t' },
	{ "Shift-Tab", SCREEN_KEY_BACKTAB },
	{ "Enter", SCREEN_KEY_ENTER },
	{ "Esc", SCREEN_KEY_ESCAPE },
	{ "Space", ' ' },
	{ "Backspace", SCREEN_KEY_BACKSPACE },
	{ "Delete", SCREEN_KEY_DELETE },
	{ "Up", SCREEN_KEY_UP },
	{ "Down", SCREEN_KEY_DOWN },
	{ "Left", SCREEN_KEY_LEFT },
	{ "Right", SCREEN_KEY_RIGHT },
	{ "PgUp", SCREEN_KEY_PAGE_UP },
	{ "PgDn", SCREEN_KEY_PAGE_DOWN },
	{ "Home", SCREEN_KEY_HOME },
	{ "End", SCREEN_KEY_END },
	{ "F1", SCREEN_KEY_F1 },
	{ "F2", SCREEN_KEY_F1 + 1 },
	{ "F3", SCREEN_KEY_F1 + 2 },
	{ "F4", SCREEN_KEY_F1 + 3 },
	{ "F5", SCREEN_KEY_F1 + 4 },
	{ "F6", SCREEN_KEY_F1 + 5 },
	{ "F7", SCREEN_KEY_F1 + 6 },
	{ "F8", SCREEN_KEY_F1 + 7 },
	{ "F9", SCREEN_KEY_F1 + 8 },
	{ "F10", SCREEN_KEY_F10 },
	{ "Comma", ',' },
	{ "Semicolon", ';' }, /* begins a comment behind a blank */
};
#define NAMES (sizeof(names) / sizeof(names[0]))

static const struct {
	enum action action;
	int arrow;
} arrows[] = {
	{ ACTION_UP, SCREEN_KEY_UP },		{ ACTION_DOWN, SCREEN_KEY_DOWN },
	{ ACTION_FOLD, SCREEN_KEY_LEFT },	{ ACTION_UNFOLD, SCREEN_KEY_RIGHT },
	{ ACTION_PAGE_UP, SCREEN_KEY_PAGE_UP }, { ACTION_PAGE_DOWN, SCREEN_KEY_PAGE_DOWN },
	{ ACTION_HOME, SCREEN_KEY_HOME },	{ ACTION_END, SCREEN_KEY_END },
};

static const struct key_binding *binding_of(enum action action)
{
	for (size_t i = 0; i < key_binding_count; i++)
		if (key_bindings[i].action == action)
			return &key_bindings[i];
	return NULL;
}

/* Takes a key away from an action, if it has it. */
static void drop(int keys[KEYS_EACH], int key)
{
	int kept = 0;

	for (int i = 0; i < KEYS_EACH; i++)
		if (keys[i] && keys[i] != key)
			keys[kept++] = keys[i];
	while (kept < KEYS_EACH)
		keys[kept++] = 0;
}

static void give(struct key_map *map, enum action action, int key)
{
	int *keys = map->keys[action];
	int at = 0;

	for (int i = 0; i < ACTION_COUNT; i++)
		drop(map->keys[i], key);
	while (at < KEYS_EACH - 1 && keys[at])
		at++;
	keys[at] = key;
}

static bool is_as_bound(const struct key_binding *binding, const int keys[KEYS_EACH])
{
	for (size_t i = 0; i < KEYS_EACH; i++)
		if (keys[i] != (i < BOUND_EACH ? binding->keys[i] : 0))
			return false;
	return true;
}

/* A cap names the keys that matter; of a binding that changed all of them. */
static void name_keys(struct key_map *map)
{
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
		const struct key_binding *binding = binding_of((enum action)action);

		map->own[action] = !binding || !is_as_bound(binding, map->keys[action]);
		if (map->own[action])
			keys_text(map->cap[action], KEY_CAP_MAX, map->keys[action]);
		else
			snprintf(map->cap[action], KEY_CAP_MAX, "%s", binding->cap);
	}
}

void key_map_build(struct key_map *map, const struct key_choice *choice)
{
	memset(map, 0, sizeof(*map));
	for (size_t i = 0; i < key_binding_count; i++)
		memcpy(map->keys[key_bindings[i].action], key_bindings[i].keys,
		       sizeof(key_bindings[i].keys));
	if (choice->vi) {
		for (size_t i = 0; i < sizeof(vi_keys) / sizeof(vi_keys[0]); i++)
			give(map, vi_keys[i].action, vi_keys[i].key);
	}
	for (int action = 0; action < ACTION_COUNT; action++)
		if (choice->chosen[action])
			memset(map->keys[action], 0, sizeof(map->keys[action]));
	for (int action = 0; action < ACTION_COUNT; action++) {
		if (!choice->chosen[action])
			continue;
		for (int i = 0; i < KEYS_EACH && choice->keys[action][i]; i++)
			give(map, (enum action)action, choice->keys[action][i]);
	}
	name_keys(map);
}

enum action key_action(const struct key_map *map, int key)
{
	if (key <= 0)
		return ACTION_NONE;
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++)
		for (int i = 0; i < KEYS_EACH && map->keys[action][i]; i++)
			if (map->keys[action][i] == key)
				return (enum action)action;
	return ACTION_NONE;
}

static bool is_bound_to(enum action action, int key)
{
	const struct key_binding *binding = binding_of(action);

	for (size_t i = 0; binding && i < BOUND_EACH; i++)
		if (binding->keys[i] == key)
			return true;
	return false;
}

int key_as_arrow(const struct key_map *map, int key)
{
	enum action action = key_action(map, key);

	if (is_bound_to(action, key))
		return key;
	for (size_t i = 0; i < sizeof(arrows) / sizeof(arrows[0]); i++)
		if (arrows[i].action == action)
			return arrows[i].arrow;
	return key;
}

/* Those that the terminal or another name has: Tab, Enter, Backspace, ^C, ^Q, ^S, ^Z. */
static bool is_free_control(int letter)
{
	return letter >= 'A' && letter <= 'Z' && !strchr("CHIJMQSZ", letter);
}

static int parse_key(const char *word)
{
	for (size_t i = 0; i < NAMES; i++)
		if (!strcasecmp(word, names[i].name))
			return names[i].key;
	if (!strncasecmp(word, "Ctrl-", 5) && word[5] && !word[6]) {
		int letter = word[5] >= 'a' && word[5] <= 'z' ? word[5] - 'a' + 'A' : word[5];

		return is_free_control(letter) ? CONTROL(letter) : 0;
	}
	return word[0] > ' ' && word[0] < 127 && !word[1] ? word[0] : 0;
}

int keys_parse(const char *text, int keys[KEYS_EACH])
{
	int made[KEYS_EACH] = { 0 }, count = 0;
	char word[WORD_MAX];

	while (words_next(&text, word)) {
		int key = parse_key(word);

		if (!count && !strcmp(word, "none") && !words_next(&text, word))
			break;
		if (!key)
			return -EINVAL;
		if (count == KEYS_EACH)
			return -E2BIG;
		made[count++] = key;
	}
	memcpy(keys, made, sizeof(made));
	return 0;
}

static void name_key(char name[KEY_NAME_MAX], int key)
{
	for (size_t i = 0; i < NAMES; i++) {
		if (names[i].key == key) {
			snprintf(name, KEY_NAME_MAX, "%s", names[i].name);
			return;
		}
	}
	if (key < ' ')
		snprintf(name, KEY_NAME_MAX, "Ctrl-%c", 'A' + key - 1);
	else
		snprintf(name, KEY_NAME_MAX, "%c", key);
}

char *key_name(const struct key_map *map, enum action action, char name[KEY_NAME_MAX])
{
	if (map->keys[action][0])
		name_key(name, map->keys[action][0]);
	else
		snprintf(name, KEY_NAME_MAX, "no key");
	return name;
}

char *keys_text(char *dst, size_t cap, const int keys[KEYS_EACH])
{
	char name[KEY_NAME_MAX];

	dst[0] = '\0';
	for (int i = 0; i < KEYS_EACH && keys[i]; i++) {
		name_key(name, keys[i]);
		words_append(dst, cap, name);
	}
	if (!*dst)
		snprintf(dst, cap, "none");
	return dst;
}
