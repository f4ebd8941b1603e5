/*
 * ui/say: what the last line says in answer to a key, with the keys of other actions by the names
 * that they have in force: a person may have bound others.
 */
#ifndef STALLTOP_UI_SAY_H
#define STALLTOP_UI_SAY_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/view.h"

/*
 * "{end} leads to now" as "End leads to now": in braces stand names of action_names[]. "no key"
 * where an action has none. Returns dst.
 */
char *say_text(char *dst, size_t cap, const struct key_map *map, const char *text);

/* Puts it into the last line, until the next key. Returns true: the screen is another. */
bool say(struct view *view, const char *text);

#endif
