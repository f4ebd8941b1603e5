#include "proc/pressure.h"

#include <errno.h>

#include "base/scan.h"

static bool parse_field(struct scan word, const char *key, struct scan *value)
{
	if (!scan_starts(word, key))
		return false;
	*value = (struct scan){ word.at + strlen(key), word.end };
	return true;
}

static void parse_line(struct pressure_line *p, struct scan line)
{
	struct scan word, value;

	while (scan_word(&line, &word)) {
		if (parse_field(word, "avg10=", &value))
			scan_hundredths(&value, &p->avg10_centi);
		else if (parse_field(word, "avg60=", &value))
			scan_hundredths(&value, &p->avg60_centi);
		else if (parse_field(word, "avg300=", &value))
			scan_hundredths(&value, &p->avg300_centi);
		else if (parse_field(word, "total=", &value))
			scan_u64(&value, &p->total_us);
	}
}

int pressure_parse(struct pressure *p, const char *text, size_t len)
{
	struct scan all = scan_text(text, len), line, kind;
	bool found = false;

	memset(p, 0xff, sizeof(*p)); /* ABSENT throughout */
	while (scan_line(&all, &line)) {
		scan_word(&line, &kind);
		if (scan_is(kind, "some"))
			parse_line(&p->some, line);
		else if (scan_is(kind, "full"))
			parse_line(&p->full, line);
		else
			continue;
		found = true;
	}
	return found ? 0 : -ENODATA;
}
