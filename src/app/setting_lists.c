#include "app/setting_lists.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/words.h"
#include "ui/keys.h"
#include "ui/look.h"

/* --- columns and orders, a member for each table */

const char *table_member(size_t member)
{
	return top_tables[member].name;
}

int columns_set(struct settings *settings, size_t member, const char *value)
{
	struct column_choice made = { .count = 0 };
	bool seen[COLUMN_COUNT] = { false };
	char word[WORD_MAX];

	if (strcmp(value, "default")) {
		while (words_next(&value, word)) {
			int id = task_column_find(word);

			if (id < 0 || seen[id])
				return -EINVAL;
			seen[id] = true;
			/* The name is always there, and the last. */
			if (id != COL_COMMAND)
				made.id[made.count++] = (uint8_t)id;
		}
		if (!made.count)
			return -EINVAL;
		if (!seen[COL_PID]) {
			memmove(made.id + 1, made.id, made.count++);
			made.id[0] = COL_PID;
		}
	}
	settings->columns[member] = made;
	return 0;
}

void columns_get(const struct settings *settings, size_t member, char *dst, size_t cap)
{
	const struct column_choice *choice = &settings->columns[member];

	dst[0] = '\0';
	if (!choice->count)
		snprintf(dst, cap, "default");
	for (int i = 0; i < choice->count; i++)
		words_append(dst, cap, task_columns[choice->id[i]].key);
}

int order_set(struct settings *settings, size_t member, const char *value)
{
	struct task_order *order = &settings->order[member];
	char column[WORD_MAX], word[WORD_MAX];
	bool reverse = false;
	int id;

	if (!words_next(&value, column))
		return -EINVAL;
	id = task_column_find(column);
	if (words_next(&value, word)) {
		if (strcmp(word, "reverse") || words_next(&value, word))
			return -EINVAL;
		reverse = true;
	}
	if (id < 0)
		return -EINVAL;
	order->sort = (enum task_column_id)id;
	order->reverse = reverse;
	return 0;
}

void order_get(const struct settings *settings, size_t member, char *dst, size_t cap)
{
	const struct task_order *order = &settings->order[member];

	snprintf(dst, cap, "%s%s", task_columns[order->sort].key, order->reverse ? " reverse" : "");
}

/* --- panes and tables */

/* Words among names, each once. The count, or -EINVAL. */
static int list_set(uint8_t *list, const char *value, const char *(*name)(size_t), size_t names)
{
	bool seen[PANE_COUNT] = { false };
	char word[WORD_MAX];
	int count = 0;

	while (words_next(&value, word)) {
		size_t i = 0;

		while (i < names && strcmp(word, name(i)))
			i++;
		if (i == names || seen[i])
			return -EINVAL;
		seen[i] = true;
		list[count++] = (uint8_t)i;
	}
	return count ? count : -EINVAL;
}

static const char *pane_name(size_t i)
{
	return pane_names[i];
}

int panes_set(struct settings *settings, size_t member, const char *value)
{
	uint8_t list[PANE_TOP];
	int count = strcmp(value, "none") ? list_set(list, value, pane_name, PANE_TOP) : 0;

	(void)member;
	if (count < 0)
		return count;
	memcpy(settings->panes.upper, list, (size_t)count);
	settings->panes.upper_count = (uint8_t)count;
	return 0;
}

void panes_get(const struct settings *settings, size_t member, char *dst, size_t cap)
{
	(void)member;
	snprintf(dst, cap, "%s", settings->panes.upper_count ? "" : "none");
	for (int i = 0; i < settings->panes.upper_count; i++)
		words_append(dst, cap, pane_names[settings->panes.upper[i]]);
}

int tables_set(struct settings *settings, size_t member, const char *value)
{
	uint8_t list[TOP_KINDS];
	int count = list_set(list, value, table_member, TOP_KINDS);

	(void)member;
	if (count < 0)
		return count;
	memcpy(settings->panes.table, list, (size_t)count);
	settings->panes.table_count = (uint8_t)count;
	return 0;
}

void tables_get(const struct settings *settings, size_t member, char *dst, size_t cap)
{
	(void)member;
	dst[0] = '\0';
	for (int i = 0; i < settings->panes.table_count; i++)
		words_append(dst, cap, table_member(settings->panes.table[i]));
}

/* --- colours, a member for each style */

const char *color_member(size_t member)
{
	return style_names[member];
}

int color_set(struct settings *settings, size_t member, const char *value)
{
	int err = look_parse(value, &settings->palette.look[member]);

	if (!err)
		settings->palette.chosen[member] = true;
	return err;
}

void color_get(const struct settings *settings, size_t member, char *dst, size_t cap)
{
	const struct palette *palette = &settings->palette;

	look_text(dst, cap,
		  palette->chosen[member] ? palette->look[member]
					  : theme_look(DEPTH_256, (enum style)member, false));
}

bool color_is_set(const struct settings *settings, size_t member)
{
	return settings->palette.chosen[member];
}

/* --- thresholds, a member for each rule */

const char *alert_member(size_t member)
{
	return member < alert_rule_count ? alert_rules[member].name : NULL;
}

const char *alert_about(size_t member)
{
	return metrics[alert_rules[member].metric].name;
}

static bool parse_bound(const char *word, double *bound)
{
	*bound = NAN;
	return !strcmp(word, "-") || decimal_parse(word, bound);
}

int alert_set(struct settings *settings, size_t member, const char *value)
{
	bool falls = alert_rules[member].test == AT_MOST;
	char warn[WORD_MAX], crit[WORD_MAX], more[WORD_MAX];
	struct alert_bounds bounds;

	if (!words_next(&value, warn) || !words_next(&value, crit) || words_next(&value, more))
		return -EINVAL;
	if (!parse_bound(warn, &bounds.warn) || !parse_bound(crit, &bounds.crit))
		return -EINVAL;
	/* A warning comes before what it warns of. */
	if (falls ? bounds.crit > bounds.warn : bounds.crit < bounds.warn)
		return -EINVAL;
	settings->thresholds.bounds[member] = bounds;
	return 0;
}

static void append_bound(char *dst, size_t cap, double bound)
{
	char text[WORD_MAX];

	snprintf(text, sizeof(text), "%.10g", bound);
	words_append(dst, cap, isnan(bound) ? "-" : text);
}

void alert_get(const struct settings *settings, size_t member, char *dst, size_t cap)
{
	dst[0] = '\0';
	append_bound(dst, cap, settings->thresholds.bounds[member].warn);
	append_bound(dst, cap, settings->thresholds.bounds[member].crit);
}

/* --- keys, a member for each action */

const char *key_member(size_t member)
{
	return member ? action_names[member] : NULL;
}

const char *key_about(size_t member)
{
	for (size_t i = 0; i < key_binding_count; i++)
		if (key_bindings[i].action == (enum action)member)
			return key_bindings[i].help;
	return NULL;
}

static bool is_taken(const struct key_choice *choice, size_t member, int key)
{
	for (size_t other = 0; other < ACTION_COUNT; other++)
		for (int i = 0; choice->chosen[other] && i < KEYS_EACH; i++)
			if (other != member && choice->keys[other][i] == key)
				return true;
	return false;
}

int key_set(struct settings *settings, size_t member, const char *value)
{
	struct key_choice *choice = &settings->keys;
	int keys[KEYS_EACH];

	if (!*value || keys_parse(value, keys))
		return -EINVAL;
	for (int i = 0; i < KEYS_EACH && keys[i]; i++)
		if (is_taken(choice, member, keys[i]))
			return -EEXIST;
	memcpy(choice->keys[member], keys, sizeof(keys));
	choice->chosen[member] = true;
	return 0;
}

void key_get(const struct settings *settings, size_t member, char *dst, size_t cap)
{
	const struct key_choice *choice = &settings->keys;
	struct key_map map;

	if (choice->chosen[member]) {
		keys_text(dst, cap, choice->keys[member]);
		return;
	}
	key_map_build(&map, &(const struct key_choice){ .vi = choice->vi });
	keys_text(dst, cap, map.keys[member]);
}

bool key_is_set(const struct settings *settings, size_t member)
{
	return settings->keys.chosen[member];
}
