#include "json_check.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define DEPTH_MAX 16
#define PATH_CAP 256

struct reader {
	const char *at, *end;
	json_seen *seen;
	void *context;
	char path[PATH_CAP];
	size_t path_len;
	int depth;
};

static const char *value(struct reader *r);

static bool take(struct reader *r, const char *text)
{
	size_t len = strlen(text);

	if ((size_t)(r->end - r->at) < len || memcmp(r->at, text, len) != 0)
		return false;
	r->at += len;
	return true;
}

static bool digits(struct reader *r)
{
	const char *from = r->at;

	while (r->at < r->end && *r->at >= '0' && *r->at <= '9')
		r->at++;
	return r->at > from;
}

static const char *number(struct reader *r)
{
	take(r, "-");
	if (!take(r, "0") && !digits(r))
		return "a number without digits";
	if (take(r, ".") && !digits(r))
		return "a point without digits behind it";
	if (take(r, "e") || take(r, "E")) {
		if (!take(r, "+"))
			take(r, "-");
		if (!digits(r))
			return "an exponent without digits";
	}
	return NULL;
}

static const char *escape(struct reader *r)
{
	if (take(r, "u")) {
		for (int i = 0; i < 4; i++, r->at++)
			if (r->at == r->end || !isxdigit((unsigned char)*r->at))
				return "a bad \\u";
		return NULL;
	}
	if (r->at == r->end || !*r->at || !strchr("\"\\/bfnrt", *r->at))
		return "a bad escape";
	r->at++;
	return NULL;
}

static const char *string(struct reader *r)
{
	const char *wrong = NULL;

	if (!take(r, "\""))
		return "no string where one must be";
	while (!wrong && !take(r, "\"")) {
		const char *from = r->at;

		if (r->at == r->end)
			return "a string without end";
		if ((unsigned char)*r->at < 0x20)
			return "a bare control character";
		if (take(r, "\\"))
			wrong = escape(r);
		else if (text_next(&r->at, r->end) == 0xfffd && r->at - from != 3)
			wrong = "not UTF-8";
	}
	return wrong;
}

/* Makes the path longer by a text; the caller cuts it again. */
static const char *longer(struct reader *r, const char *joint, const char *text, size_t len)
{
	int used = snprintf(r->path + r->path_len, PATH_CAP - r->path_len, "%s%.*s",
			    r->path_len ? joint : "", (int)len, text);

	if (used < 0 || (size_t)used >= PATH_CAP - r->path_len)
		return "a path that is too long";
	r->path_len += (size_t)used;
	return NULL;
}

static const char *member(struct reader *r, bool keyed)
{
	size_t path_len = r->path_len;
	const char *from = r->at, *wrong;

	if (keyed) {
		wrong = string(r);
		if (!wrong)
			wrong = longer(r, ".", from + 1, (size_t)(r->at - from) - 2);
		if (!wrong && !take(r, ":"))
			wrong = "no colon";
	} else {
		wrong = longer(r, "", "[]", 2);
	}
	if (!wrong)
		wrong = value(r);
	if (!wrong) {
		r->path_len = path_len;
		r->path[path_len] = '\0';
	}
	return wrong;
}

static const char *members(struct reader *r, bool keyed, const char *close)
{
	const char *wrong = NULL;

	r->at++;
	if (++r->depth > DEPTH_MAX)
		return "too deep";
	if (!take(r, close)) {
		do
			wrong = member(r, keyed);
		while (!wrong && take(r, ","));
		if (!wrong && !take(r, close))
			wrong = "a bracket that stays open";
	}
	r->depth--;
	return wrong;
}

static const char *value(struct reader *r)
{
	const char *from = r->at, *wrong = NULL, *type = "null";

	if (r->at == r->end)
		return "no value";
	if (*r->at == '{') {
		type = "object";
		wrong = members(r, true, "}");
	} else if (*r->at == '[') {
		type = "array";
		wrong = members(r, false, "]");
	} else if (*r->at == '"') {
		type = "string";
		wrong = string(r);
	} else if (take(r, "true") || take(r, "false")) {
		type = "boolean";
	} else if (!take(r, "null")) {
		type = "number";
		wrong = number(r);
	}
	if (!wrong && r->seen)
		r->seen(r->context, r->path, type, from, (size_t)(r->at - from));
	return wrong;
}

const char *json_check(const char *text, size_t len, json_seen *seen, void *context)
{
	struct reader r = { .at = text, .end = text + len, .seen = seen, .context = context };
	const char *wrong;

	if (!len || *text != '{')
		return "no object";
	wrong = value(&r);
	if (wrong)
		return wrong;
	if (!take(&r, "\n"))
		return "no newline at the end";
	return r.at == r.end ? NULL : "something behind the newline";
}
