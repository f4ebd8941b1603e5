#include "out/metric_list.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "model/metric.h"

#define ENTRY_MAX 1024

static const char *const kind_names[] = {
	[METRIC_GAUGE] = "gauge",
	[METRIC_COUNTER] = "counter",
	[METRIC_RATE] = "rate",
	[METRIC_RATIO] = "ratio",
};

static int longest(int width, const char *text)
{
	int len = (int)strlen(text);

	return len > width ? len : width;
}

int metric_list(metric_sink *sink, void *to)
{
	int name = 0, unit = 0, error = 0;
	char entry[ENTRY_MAX];

	for (size_t i = 0; i < METRIC_COUNT; i++) {
		name = longest(name, metrics[i].name);
		unit = longest(unit, metrics[i].unit);
	}
	for (size_t i = 0; i < METRIC_COUNT && !error; i++) {
		const struct metric *m = &metrics[i];
		int len = snprintf(entry, sizeof(entry), "%-*s  %-*s  %s\n\t%s\n\t%s: %s\n", name,
				   m->name, unit, m->unit, kind_names[m->kind], m->help, m->source,
				   m->formula);

		if (len < 0 || (size_t)len >= sizeof(entry))
			return -EOVERFLOW;
		error = sink(to, entry, (size_t)len);
	}
	return error;
}
