#include "app/scrape.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"

#define TEXT_AT_FIRST 32768

int scrape_init(struct scrape *scrape, const struct options *options, const char *source,
		const struct model *model)
{
	long ticks = sysconf(_SC_CLK_TCK);
	int err;

	*scrape = (struct scrape){ .model = model, .filter = model->filter, .cap = TEXT_AT_FIRST };
	scrape->info = (struct prometheus_info){
		.version = STALLTOP_VERSION,
		.source = source,
		.model = model,
		.cpu = &scrape->cpu,
		.ticks_per_s = ticks > 0 ? (uint64_t)ticks : 100,
		.processes = options->listen_top,
		.filter = &scrape->filter,
	};
	err = sample_init(&scrape->own);
	scrape->text = malloc(scrape->cap);
	if (!err && !scrape->text)
		err = -ENOMEM;
	if (err)
		scrape_release(scrape);
	return err;
}

void scrape_release(struct scrape *scrape)
{
	sample_release(&scrape->own);
	steady_cpu_release(&scrape->cpu);
	free(scrape->text);
	scrape->text = NULL;
}

static bool own_is_newer(const struct scrape *scrape)
{
	return !scrape->own_is_busy && scrape->own_at_ns > scrape->model_at_ns;
}

/* 0: there is none yet. */
static uint64_t newest_at(const struct scrape *scrape)
{
	return own_is_newer(scrape) ? scrape->own_at_ns : scrape->model_at_ns;
}

bool scrape_is_fresh(const struct scrape *scrape, uint64_t now_ns)
{
	uint64_t at = newest_at(scrape);

	/* Before the first interval there is no model to tell of processes. */
	return scrape->model->current && at && now_ns - at <= SCRAPE_FRESH_NS;
}

static int format(struct scrape *scrape, uint64_t begun_ns)
{
	size_t need;
	long len;
	char *grown;

	scrape->info.scrape_ns = clock_ns(CLOCK_MONOTONIC) - begun_ns;
	len = prometheus_page(&scrape->info, scrape->text, scrape->cap, &need);
	if (len == -ENOSPC) {
		grown = realloc(scrape->text, need * 2);
		if (!grown)
			return -ENOMEM;
		scrape->text = grown;
		scrape->cap = need * 2;
		len = prometheus_page(&scrape->info, scrape->text, scrape->cap, &need);
	}
	scrape->len = len < 0 ? 0 : (size_t)len;
	return len < 0 ? (int)len : 1;
}

int scrape_update(struct scrape *scrape, uint64_t begun_ns)
{
	uint64_t at = newest_at(scrape);
	int err;

	if (at == scrape->text_at_ns)
		return 0;
	scrape->info.sample = own_is_newer(scrape) ? &scrape->own : scrape->model->current;
	/* A CPU without room is told of by the next scrape. */
	steady_cpu_update(&scrape->cpu, &scrape->info.sample->stat);
	err = format(scrape, begun_ns);
	scrape->text_at_ns = err < 0 ? 0 : at;
	return err;
}

int scrape_update_down(struct scrape *scrape, uint64_t begun_ns)
{
	scrape->info.sample = NULL;
	scrape->text_at_ns = 0;
	return format(scrape, begun_ns);
}
