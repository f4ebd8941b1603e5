/*
 * base/words: a text taken word by word. Words are set apart by blanks, tabs or commas.
 */
#ifndef STALLTOP_BASE_WORDS_H
#define STALLTOP_BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#define WORD_MAX 32 /* with the NUL; a longer word is cut */

/* Copies the next word and moves *text behind it. False at the end. */
bool words_next(const char **text, char word[WORD_MAX]);

/* Appends a word to dst, which holds cap bytes and a string, with a blank before it; cut at cap. */
void words_append(char *dst, size_t cap, const char *word);

#endif
