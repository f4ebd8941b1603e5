#include "proc/loadavg.h"

#include <errno.h>

#include "base/scan.h"

/* "2/390" */
static void parse_entities(struct loadavg *load, struct scan word)
{
	const char *slash = memchr(word.at, '/', scan_left(&word));
	struct scan half;

	if (!slash)
		return;
	half = (struct scan){ word.at, slash };
	scan_u64(&half, &load->runnable);
	half = (struct scan){ slash + 1, word.end };
	scan_u64(&half, &load->threads);
}

int loadavg_parse(struct loadavg *load, const char *text, size_t len)
{
	struct scan all = scan_text(text, len), line = { text, text }, word;

	memset(load, 0xff, sizeof(*load)); /* ABSENT throughout */
	scan_line(&all, &line);
	scan_hundredths(&line, &load->load1_centi);
	scan_hundredths(&line, &load->load5_centi);
	scan_hundredths(&line, &load->load15_centi);
	if (scan_word(&line, &word))
		parse_entities(load, word);
	scan_u64(&line, &load->last_pid);
	return present(load->load1_centi) ? 0 : -ENODATA;
}
