#include "proc/uptime.h"

#include <errno.h>

#include "base/scan.h"

int uptime_parse(struct uptime *up, const char *text, size_t len)
{
	struct scan all = scan_text(text, len), line = { text, text };

	scan_line(&all, &line);
	scan_hundredths(&line, &up->up_centi);
	scan_hundredths(&line, &up->idle_centi);
	return present(up->up_centi) ? 0 : -ENODATA;
}
