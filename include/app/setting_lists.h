/*
 * app/setting_lists: values of settings that are more than a word: columns, orders, panes, looks,
 * thresholds, keys. For setting_rows[], whose header says what the functions do.
 */
#ifndef STALLTOP_APP_SETTING_LISTS_H
#define STALLTOP_APP_SETTING_LISTS_H

#include <stdbool.h>
#include <stddef.h>

#include "app/settings.h"

const char *table_member(size_t member);
int columns_set(struct settings *settings, size_t member, const char *value);
void columns_get(const struct settings *settings, size_t member, char *dst, size_t cap);
int order_set(struct settings *settings, size_t member, const char *value);
void order_get(const struct settings *settings, size_t member, char *dst, size_t cap);

int panes_set(struct settings *settings, size_t member, const char *value);
void panes_get(const struct settings *settings, size_t member, char *dst, size_t cap);
int tables_set(struct settings *settings, size_t member, const char *value);
void tables_get(const struct settings *settings, size_t member, char *dst, size_t cap);

const char *color_member(size_t member);
int color_set(struct settings *settings, size_t member, const char *value);
void color_get(const struct settings *settings, size_t member, char *dst, size_t cap);
bool color_is_set(const struct settings *settings, size_t member);

const char *alert_member(size_t member);
const char *alert_about(size_t member);
int alert_set(struct settings *settings, size_t member, const char *value);
void alert_get(const struct settings *settings, size_t member, char *dst, size_t cap);

const char *key_member(size_t member);
const char *key_about(size_t member);
int key_set(struct settings *settings, size_t member, const char *value);
void key_get(const struct settings *settings, size_t member, char *dst, size_t cap);
bool key_is_set(const struct settings *settings, size_t member);

#endif
