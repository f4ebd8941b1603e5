#include "ui/hits.h"

static struct hit *add(struct hits *hits, enum hit_kind kind, struct rect area)
{
	struct hit *hit;

	if (!hits || hits->count == HITS_MAX || area.rows < 1 || area.columns < 1)
		return NULL;
	hit = &hits->place[hits->count++];
	*hit = (struct hit){
		.row = (int16_t)area.row,
		.column = (int16_t)area.column,
		.rows = (int16_t)area.rows,
		.columns = (int16_t)area.columns,
		.kind = (uint8_t)kind,
		.pane = hits->pane,
	};
	return hit;
}

void hits_add(struct hits *hits, enum hit_kind kind, struct rect area, uint32_t value)
{
	struct hit *hit = add(hits, kind, area);

	if (hit)
		hit->value = value;
}

void hits_add_process(struct hits *hits, struct rect line, const struct task *task)
{
	struct hit *hit = add(hits, HIT_PROCESS, line);

	if (!hit)
		return;
	hit->value = task->pid;
	hit->start_ns = task->start_ns;
	hit->thread = task->flags & TASK_THREAD;
}

void hits_enter_pane(struct hits *hits, unsigned pane, struct rect area)
{
	if (!hits)
		return;
	hits->pane = (uint8_t)pane;
	add(hits, HIT_PANE, area);
}

const struct hit *hits_at(const struct hits *hits, int row, int column)
{
	for (int i = hits->count; i-- > 0;) {
		const struct hit *hit = &hits->place[i];

		if (row >= hit->row && row < hit->row + hit->rows && column >= hit->column &&
		    column < hit->column + hit->columns)
			return hit;
	}
	return NULL;
}
