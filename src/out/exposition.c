#include "out/exposition.h"

#include <errno.h>
#include <string.h>

#include "base/value.h"

void exposition_init(struct exposition *x, char *buf, size_t cap)
{
	*x = (struct exposition){ .buf = buf, .cap = cap };
}

static void put(struct exposition *x, const char *text, size_t len)
{
	if (x->need < x->cap) {
		size_t room = x->cap - x->need;

		memcpy(x->buf + x->need, text, len < room ? len : room);
	}
	x->need += len;
}

static void put_text(struct exposition *x, const char *text)
{
	put(x, text, strlen(text));
}

static void put_name(struct exposition *x, const char *name)
{
	put_text(x, EXPOSITION_PREFIX);
	for (; *name; name++)
		put(x, *name == '.' ? "_" : name, 1);
}

/* In a help text the quote stays as it is. */
static void put_escaped(struct exposition *x, const char *text, bool quoted)
{
	for (; *text; text++) {
		if (*text == '\n') {
			put(x, "\\n", 2);
			continue;
		}
		if (*text == '\\' || (quoted && *text == '"'))
			put(x, "\\", 1);
		put(x, text, 1);
	}
}

void exposition_family(struct exposition *x, const struct family *family)
{
	x->family = family;
	x->began = false;
}

static void put_head(struct exposition *x)
{
	const struct family *family = x->family;

	put_text(x, "# HELP ");
	put_name(x, family->name);
	put_text(x, " ");
	put_escaped(x, family->help, false);
	if (family->source) {
		put_text(x, " (");
		put_escaped(x, family->source, false);
		put_text(x, ")");
	}
	put_text(x, "\n# TYPE ");
	put_name(x, family->name);
	put_text(x, family->counter ? " counter\n" : " gauge\n");
	x->began = true;
}

static void put_labels(struct exposition *x, const struct label *label, size_t labels)
{
	for (size_t i = 0; i < labels; i++) {
		put_text(x, i ? "," : "{");
		put_text(x, label[i].name);
		put_text(x, "=\"");
		put_escaped(x, label[i].value, true);
		put_text(x, "\"");
	}
	if (labels)
		put_text(x, "}");
}

static void put_number(struct exposition *x, uint64_t value, int decimals)
{
	char digits[40];
	size_t end = sizeof(digits), at = end;

	for (; decimals > 0 && value % 10 == 0; decimals--)
		value /= 10;
	for (int left = decimals; left > 0; left--, value /= 10)
		digits[--at] = (char)('0' + value % 10);
	if (decimals > 0)
		digits[--at] = '.';
	do {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	put(x, digits + at, end - at);
}

void exposition_put(struct exposition *x, const struct label *label, size_t labels, uint64_t value,
		    int decimals)
{
	if (!present(value))
		return;
	if (!x->began)
		put_head(x);
	put_name(x, x->family->name);
	put_labels(x, label, labels);
	put_text(x, " ");
	put_number(x, value, decimals);
	put_text(x, "\n");
}

long exposition_finish(const struct exposition *x)
{
	return x->need > x->cap ? -ENOSPC : (long)x->need;
}
