/*
 * out/waybar: the model as one line for a custom module of Waybar, with "return-type": "json".
 *
 *   {"text":"2.42","tooltip":"load 2.42 1.91 1.40, 2 CPUs\n...","class":"warning","percentage":37}
 *
 * text is the load of one minute, percentage the share of CPU time that is busy, class normal, warning
 * or critical by the worst alert. The tooltip is Pango markup: & < > are escaped. What is not known is
 * "-", and a percentage null. Nothing is allocated.
 *
 * Source: waybar-custom(5).
 */
#ifndef STALLTOP_OUT_WAYBAR_H
#define STALLTOP_OUT_WAYBAR_H

#include <stddef.h>

#include "model/model.h"

struct waybar_info {
	double delay_s; /* between samples */
};

#define WAYBAR_LINE_MAX 16384 /* always enough for waybar_line() */

/*
 * Writes the line, newline included, to buf. The length, 0 for a first sample, whose bar would be half
 * unknown, or -ENOSPC. Nothing is written behind cap.
 */
long waybar_line(const struct model *model, const struct waybar_info *info, char *buf, size_t cap);

#endif
