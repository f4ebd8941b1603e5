/*
 * ui/key_map: which key does what: the bindings of ui/keys, vi's keys where they were asked for, and
 * what a person bound in their place.
 *
 * A key has one meaning: who gets it takes it from who had it. An action may be left without a key.
 */
#ifndef STALLTOP_UI_KEY_MAP_H
#define STALLTOP_UI_KEY_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/keys.h"

#define ACTION_COUNT (ACTION_QUIT + 1)
#define KEYS_EACH 4 /* of one action */
#define KEY_NAME_MAX 16
#define KEY_CAP_MAX 48
#define KEY_ALLOWED \
	"up to 4 keys: a character, Tab Shift-Tab Enter Esc Space Backspace Delete Up Down Left Right " \
	"PgUp PgDn Home End F1 to F10, Comma Semicolon, Ctrl-A to Ctrl-Z; or none"

/* What a person asked for. All zero: nothing. */
struct key_choice {
	bool vi; /* h j k l, g G, Ctrl-B Ctrl-F too; x sends a signal, for k moves */
	bool chosen[ACTION_COUNT];
	int keys[ACTION_COUNT][KEYS_EACH]; /* where chosen; ended by 0 */
};

struct key_map {
	int keys[ACTION_COUNT][KEYS_EACH];
	bool own[ACTION_COUNT]; /* not as in key_bindings[] */
	char cap[ACTION_COUNT][KEY_CAP_MAX]; /* "Up k"; "none" */
};

/* Names of actions, for the settings: "sort_left". NULL for ACTION_NONE. */
extern const char *const action_names[ACTION_COUNT];

void key_map_build(struct key_map *map, const struct key_choice *choice);

enum action key_action(const struct key_map *map, int key);

/*
 * For lists that take the arrows themselves: the arrow, or page key, whose work a key was given; the
 * key itself when it was given none.
 */
int key_as_arrow(const struct key_map *map, int key);

/*
 * Keys by name, "z Enter" or "none", into keys[], ended by 0 where there are fewer. 0, -EINVAL when a
 * name is none, -E2BIG when there are too many.
 */
int keys_parse(const char *text, int keys[KEYS_EACH]);
/* The first key of an action: "End"; "no key" where it has none. Returns name. */
char *key_name(const struct key_map *map, enum action action, char name[KEY_NAME_MAX]);

char *keys_text(char *dst, size_t cap, const int keys[KEYS_EACH]);

#endif
