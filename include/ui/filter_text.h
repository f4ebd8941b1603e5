/*
 * ui/filter_text: what is said of a filter: in the title of a table, and in one that it leaves empty.
 */
#ifndef STALLTOP_UI_FILTER_TEXT_H
#define STALLTOP_UI_FILTER_TEXT_H

#include <stddef.h>

#include "model/model.h"

/* Appends "  user postgres  \po  below 12  no kernel threads"; nothing where nothing is filtered. */
void filter_text_append(char *text, size_t cap, const struct model *model);

/* Why a table is empty: "no process of user postgres with 'po' in its name", or "no processes". */
void filter_text_empty(char *text, size_t cap, const struct model *model);

/* The keys that show more, as say_text() takes it: "{filter} Enter shows all"; "" where none does. */
const char *filter_text_remedy(const struct task_filter *filter);

#endif
