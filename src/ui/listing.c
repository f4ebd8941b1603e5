#include "ui/listing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/value.h"
#include "model/interval.h"

#define NONE UINT32_MAX
#define ARRAYS 5 /* of uint32_t beside the nodes: rows, and four of scratch */

void listing_release(struct listing *listing)
{
	free(listing->node);
	*listing = (struct listing){ 0 };
}

static int reserve(struct listing *listing, size_t count)
{
	/* Some more than needed, so that a busy machine does not grow it at every turn. */
	size_t cap = count + count / 4 + 64;
	struct listing_node *grown;

	if (count <= listing->cap)
		return 0;
	grown = realloc(listing->node, cap * (sizeof(*grown) + ARRAYS * sizeof(uint32_t)));
	if (!grown)
		return -ENOMEM;
	listing->node = grown;
	listing->row = (uint32_t *)(grown + cap);
	listing->scratch = listing->row + cap;
	listing->cap = cap;
	return 0;
}

static const struct fold *find_fold(const struct listing *listing, const struct task *task)
{
	for (size_t i = 0; i < listing->fold_count; i++)
		if (listing->fold[i].pid == task->pid &&
		    listing->fold[i].start_ns == task->start_ns)
			return &listing->fold[i];
	return NULL;
}

static bool is_older(const struct task *a, const struct task *b)
{
	return a->start_ns < b->start_ns || (a->start_ns == b->start_ns && a->pid < b->pid);
}

/* The index of its parent in task[], which ascends by pid; NONE: it stands at the root. */
static uint32_t parent_of(const struct model *model, const struct task *task)
{
	size_t from = 0, to = model->task_count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (model->task[middle].task->pid < task->ppid)
			from = middle + 1;
		else
			to = middle;
	}
	/* One that ended in this interval may stand beside its successor, and its threads too. */
	for (; from < model->task_count && model->task[from].task->pid == task->ppid; from++) {
		const struct task *parent = model->task[from].task;

		if (!(parent->flags & TASK_THREAD) &&
		    (task->flags & TASK_THREAD || is_older(parent, task)))
			return (uint32_t)from;
	}
	return NONE;
}

/* Children as chains of siblings, by index of task[]. */
struct family {
	uint32_t *parent, *child, *sibling;
	uint32_t root; /* the first of the chain of roots */
};

/* Who comes first in the order is chained last, so that he leads the chain. */
static void chain(struct family *family, const struct model *model, const uint32_t *sorted)
{
	family->root = NONE;
	for (size_t i = 0; i < model->task_count; i++)
		family->child[i] = NONE;
	for (size_t i = model->task_count; i-- > 0;) {
		uint32_t index = sorted[i];
		uint32_t parent = parent_of(model, model->task[index].task);
		uint32_t *first = parent == NONE ? &family->root : &family->child[parent];

		family->parent[index] = parent;
		family->sibling[index] = *first;
		*first = index;
	}
}

/* From a process to the next that is no descendant; its ancestors that end there get their size. */
static uint32_t leave(struct listing *listing, const struct family *family, uint32_t at,
		      uint32_t *path, uint32_t *depth)
{
	for (;;) {
		struct listing_node *node = &listing->node[path[*depth]];

		node->size = (uint32_t)(listing->node_count - path[*depth]);
		if (family->sibling[at] != NONE)
			return family->sibling[at];
		at = family->parent[at];
		if (at == NONE)
			return NONE;
		(*depth)--;
	}
}

/* path has room for the node of each ancestor. */
static void walk(struct listing *listing, const struct model *model, const struct family *family,
		 uint32_t *path)
{
	uint32_t at = family->root, depth = 0;

	while (at != NONE) {
		path[depth] = (uint32_t)listing->node_count;
		listing->node[listing->node_count++] = (struct listing_node){
			.task = at,
			.size = 1,
			.depth = depth,
			.folded = listing->fold_count && find_fold(listing, model->task[at].task),
		};
		if (family->child[at] != NONE) {
			depth++;
			at = family->child[at];
		} else {
			at = leave(listing, family, at, path, &depth);
		}
	}
}

static void list_flat(struct listing *listing, size_t count, const uint32_t *sorted)
{
	for (size_t i = 0; i < count; i++)
		listing->node[i] = (struct listing_node){ .task = sorted[i], .size = 1 };
	listing->node_count = count;
}

static void show_unfolded(struct listing *listing)
{
	listing->count = 0;
	for (size_t i = 0; i < listing->node_count;
	     i += listing->node[i].folded ? listing->node[i].size : 1)
		listing->row[listing->count++] = (uint32_t)i;
}

int listing_fill(struct listing *listing, const struct model *model, const struct task_order *order)
{
	int err = reserve(listing, model->task_count);
	uint32_t *sorted = listing->scratch;
	struct family family;

	listing->count = listing->node_count = 0;
	if (err || !model->task_count)
		return err;
	model_sort(model, order, sorted);
	if (listing->tree) {
		family.parent = listing->scratch + listing->cap;
		family.child = family.parent + listing->cap;
		family.sibling = family.child + listing->cap;
		chain(&family, model, sorted);
		walk(listing, model, &family, sorted);
	} else {
		list_flat(listing, model->task_count, sorted);
	}
	show_unfolded(listing);
	return 0;
}

const struct listing_node *listing_node(const struct listing *listing, size_t row)
{
	return &listing->node[listing->row[row]];
}

uint32_t listing_task(const struct listing *listing, size_t row)
{
	return listing_node(listing, row)->task;
}

int listing_find(const struct listing *listing, const struct model *model, uint32_t pid,
		 uint64_t start_ns)
{
	for (size_t row = 0; row < listing->count; row++) {
		const struct task *task = model->task[listing_task(listing, row)].task;

		if (task->pid == pid && task->start_ns == start_ns)
			return (int)row;
	}
	return -1;
}

int listing_parent(const struct listing *listing, size_t row)
{
	uint32_t depth = listing_node(listing, row)->depth;

	while (row-- > 0)
		if (listing_node(listing, row)->depth < depth)
			return (int)row;
	return -1;
}

bool listing_fold(struct listing *listing, const struct model *model, size_t row, bool fold)
{
	const struct listing_node *node = listing_node(listing, row);
	const struct task *task = model->task[node->task].task;
	const struct fold *found = find_fold(listing, task);

	if (fold) {
		if (found || node->size < 2 || listing->fold_count == FOLDS_MAX)
			return false;
		listing->fold[listing->fold_count++] = (struct fold){ task->pid, task->start_ns };
		return true;
	}
	if (!found)
		return false;
	listing->fold[found - listing->fold] = listing->fold[--listing->fold_count];
	return true;
}

static void add_raw(uint64_t *sum, uint64_t value)
{
	if (!present(*sum))
		*sum = value;
	else if (present(value))
		*sum += value;
}

static void add_figure(float *sum, float value)
{
	*sum = (float)sum_known((double)*sum, (double)value);
}

void listing_sum(const struct listing *listing, const struct model *model, size_t row,
		 struct task *task, struct task_view *sum)
{
	const struct listing_node *node = listing_node(listing, row);

	*sum = model->task[node->task];
	*task = *sum->task;
	sum->task = task;
	for (uint32_t i = 1; i < node->size; i++) {
		const struct task_view *view = &model->task[node[i].task];

		/* The row of its process has what it did. */
		if (view->task->flags & TASK_THREAD)
			continue;
		task->threads += view->task->threads;
		add_raw(&task->cpu_ns, view->task->cpu_ns);
		add_raw(&task->rss_bytes, view->task->rss_bytes);
		add_raw(&task->anon_bytes, view->task->anon_bytes);
		add_raw(&task->swap_bytes, view->task->swap_bytes);
		add_figure(&sum->cpu_pct, view->cpu_pct);
		add_figure(&sum->minor_per_s, view->minor_per_s);
		add_figure(&sum->major_per_s, view->major_per_s);
		add_figure(&sum->read_bytes_per_s, view->read_bytes_per_s);
		add_figure(&sum->write_bytes_per_s, view->write_bytes_per_s);
		add_figure(&sum->runq_pct, view->runq_pct);
		add_figure(&sum->disk_wait_pct, view->disk_wait_pct);
		add_figure(&sum->voluntary_per_s, view->voluntary_per_s);
		add_figure(&sum->involuntary_per_s, view->involuntary_per_s);
		add_figure(&sum->rss_bytes_per_s, view->rss_bytes_per_s);
	}
}
