/*
 * ui/cause: the beginning of a reason, for where there is no room for all of it.
 */
#ifndef STALLTOP_UI_CAUSE_H
#define STALLTOP_UI_CAUSE_H

#include <stddef.h>

/*
 * ": no CAP_BPF" of "no CAP_BPF: the probe needs ...": up to the first colon, with one before it. "" where
 * that is not a few words, or does not fit. Returns dst.
 */
char *cause_text(char *dst, size_t cap, const char *why);

#endif
