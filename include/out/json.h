/*
 * out/json: the model as one JSON object (RFC 8259) on one line, for --json.
 *
 * The names are a contract with users and only grow. The sections come from metrics[], whose names
 * are paths in the object; besides those stand time and interval, the lists (CPUs, disks, the top
 * processes), the alerts and the verdict. What is not known is null. Nothing is allocated, and no
 * locale is asked.
 */
#ifndef STALLTOP_OUT_JSON_H
#define STALLTOP_OUT_JSON_H

#include <stddef.h>

#include "model/model.h"

struct json_info {
	const char *source; /* the name of the task source */
};

/*
 * Writes the line, newline included, to buf, and a NUL where there is room. The model holds a
 * sample. The length without the NUL, or -ENOSPC when cap is too small: json_line_size() says then
 * how much is needed. Nothing is written behind cap; buf may be NULL when cap is 0.
 */
long json_line(const struct model *model, const struct json_info *info, char *buf, size_t cap);

/* Bytes that json_line() needs for this model. */
size_t json_line_size(const struct model *model, const struct json_info *info);

#endif
