/*
 * app/scrape: the text that a scrape reads, made anew only when there is a newer sample, so that many
 * scrapes in a second cost little more than one.
 */
#ifndef STALLTOP_APP_SCRAPE_H
#define STALLTOP_APP_SCRAPE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/options.h"
#include "model/model.h"
#include "out/prometheus.h"

#define SCRAPE_FRESH_NS 1000000000u /* a sample may be as old as that */

struct scrape {
	const struct model *model; /* of the program */
	struct task_filter filter; /* as the command line has it */
	struct prometheus_info info;
	struct sample own; /* one of the system alone, taken for a scrape */
	bool own_is_busy; /* it is being taken */
	uint64_t model_at_ns, own_at_ns; /* when each was taken, CLOCK_MONOTONIC; 0: never */
	uint64_t text_at_ns; /* of the sample that the text tells of; 0: of none */
	struct steady_cpu cpu;
	char *text; /* grows to what the machine needs */
	size_t cap, len;
};

int scrape_init(struct scrape *scrape, const struct options *options, const char *source,
		const struct model *model); /* 0 or -ENOMEM */
void scrape_release(struct scrape *scrape);

/* Whether the newest sample is new enough at this time. */
bool scrape_is_fresh(const struct scrape *scrape, uint64_t now_ns);

/*
 * Makes text[len] that of the newest sample. begun_ns: when the scrape was asked for. 1 when it was
 * made anew, 0 when it is that of before, or -ENOMEM.
 */
int scrape_update(struct scrape *scrape, uint64_t begun_ns);

/* The same for a scrape that gets no sample: stalltop_up is 0. */
int scrape_update_down(struct scrape *scrape, uint64_t begun_ns);

#endif
