#include "model/top.h"

#include <math.h>
#include <string.h>

/* Small enough that shifting beats merging. */
#define RUN 16

static bool is_text(enum task_column_id column)
{
	return task_columns[column].type == TYPE_NAME;
}

static double key_of(enum task_column_id column, bool reverse, const struct task_view *view)
{
	const struct task_column *c = &task_columns[column];
	double value = task_column_key(column, view);

	if (isnan(value))
		return -INFINITY;
	return c->ascending != reverse ? -value : value;
}

struct sorting {
	const struct task_order *order;
	const struct task_view *task;
	bool text; /* a key is text: only the order itself can compare */
};

static struct sorting sorting_by(const struct task_order *order, const struct task_view *task)
{
	return (struct sorting){
		.order = order,
		.task = task,
		.text = is_text(order->sort) || is_text(order->then),
	};
}

static struct sort_key sort_key_of(const struct sorting *sorting, uint32_t index)
{
	const struct task_order *order = sorting->order;

	return (struct sort_key){
		.sort = key_of(order->sort, order->reverse, &sorting->task[index]),
		.then = key_of(order->then, false, &sorting->task[index]),
		.index = index,
	};
}

/* As task_order_compare(): the index ascends with the pid. */
static bool comes_before(const struct sorting *sorting, const struct sort_key *a,
			 const struct sort_key *b)
{
	if (sorting->text)
		return task_order_compare(sorting->order, &sorting->task[a->index],
					  &sorting->task[b->index]) < 0;
	if (a->sort != b->sort)
		return a->sort > b->sort;
	if (a->then != b->then)
		return a->then > b->then;
	return a->index < b->index;
}

/* --- the top tables */

struct contest {
	struct sorting sorting;
	struct sort_key row[TOP_MAX];
	size_t count;
};

/*
 * Most processes are refused by their first key alone; where everybody is idle, the second decides.
 * They come by ascending pid, so that one that only equals the last row loses.
 */
static bool refuses(const struct contest *contest, const struct task_view *view)
{
	const struct task_order *order = contest->sorting.order;
	const struct sort_key *last = &contest->row[TOP_MAX - 1];
	double key;

	if (contest->count < TOP_MAX || contest->sorting.text)
		return false;
	key = key_of(order->sort, order->reverse, view);
	if (key > last->sort)
		return false;
	return key < last->sort || key_of(order->then, false, view) <= last->then;
}

static void enter(struct contest *contest, uint32_t index)
{
	const struct sort_key key = sort_key_of(&contest->sorting, index);
	size_t at = contest->count;

	while (at > 0 && comes_before(&contest->sorting, &key, &contest->row[at - 1]))
		at--;
	if (at == TOP_MAX)
		return;
	if (contest->count < TOP_MAX)
		contest->count++;
	memmove(contest->row + at + 1, contest->row + at,
		(contest->count - 1 - at) * sizeof(*contest->row));
	contest->row[at] = key;
}

/* Ranks `count` processes by each of the orders at once. */
static void compete(struct contest contest[TOP_KINDS], const struct task_order order[TOP_KINDS],
		    const struct task_view *task, size_t count)
{
	for (int kind = 0; kind < TOP_KINDS; kind++) {
		contest[kind].sorting = sorting_by(&order[kind], task);
		contest[kind].count = 0;
	}
	for (uint32_t i = 0; i < count; i++)
		for (int kind = 0; kind < TOP_KINDS; kind++)
			if (!refuses(&contest[kind], &task[i]))
				enter(&contest[kind], i);
}

void top_rank(struct model *model)
{
	struct contest contest[TOP_KINDS];

	for (int kind = 0; kind < TOP_KINDS; kind++)
		model->top_order[kind].users = model->current ? model->current->users : NULL;
	compete(contest, model->top_order, model->task, model->task_count);
	for (int kind = 0; kind < TOP_KINDS; kind++) {
		model->top_count[kind] = contest[kind].count;
		for (size_t i = 0; i < contest[kind].count; i++)
			model->top[kind][i] = contest[kind].row[i].index;
	}
}

static void enter_set(struct top_set *set, const struct task_view *view)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->view[i] == view)
			return;
	if (set->count < TOP_SET_MAX)
		set->view[set->count++] = view;
}

void top_set(const struct model *model, struct top_set *set)
{
	struct task_order order[TOP_KINDS];
	struct contest contest[TOP_KINDS];

	set->count = 0;
	for (int kind = 0; kind < TOP_KINDS; kind++)
		order[kind] = (struct task_order){ .sort = top_tables[kind].sort,
						   .then = top_tables[kind].then };
	compete(contest, order, model->all, model->all_count);
	/* By place: where there are too many, the last ones of each table are left out. */
	for (size_t place = 0; place < TOP_SET_ROWS; place++)
		for (int kind = 0; kind < TOP_KINDS; kind++) {
			if (place < contest[kind].count)
				enter_set(set, &model->all[contest[kind].row[place].index]);
			/* Of threads nothing is remembered. */
			if (place < model->top_count[kind] && !model_shows_threads(model))
				enter_set(set, &model->task[model->top[kind][place]]);
		}
}

/* `below` is of the model's own filter, whose root never changes once it is given. */
static bool is_wanted(const struct model *model, const struct task_filter *filter, size_t i)
{
	const struct task *task = model->all[i].task;

	if (task->flags & TASK_EXITED)
		return false;
	if (!filter)
		return true;
	return (!filter->by_uid || task->uid == filter->uid) &&
	       (!filter->root_pid || model->below[i]);
}

void top_first(const struct model *model, const struct task_filter *filter, struct top_set *set)
{
	set->count = 0;
	for (int kind = 0; kind < TOP_KINDS; kind++) {
		const struct task_order order = { .sort = top_tables[kind].sort,
						  .then = top_tables[kind].then };
		struct contest contest = { .sorting = sorting_by(&order, model->all) };

		for (uint32_t i = 0; i < model->all_count; i++)
			if (!refuses(&contest, &model->all[i]) && is_wanted(model, filter, i))
				enter(&contest, i);
		for (size_t place = 0; place < contest.count && place < TOP_ROWS; place++)
			if (contest.row[place].sort > 0 || contest.row[place].then > 0)
				enter_set(set, &model->all[contest.row[place].index]);
	}
}

/* --- every process in order */

static void sort_run(const struct sorting *sorting, struct sort_key *key, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct sort_key moving = key[i];
		size_t at = i;

		for (; at > 0 && comes_before(sorting, &moving, &key[at - 1]); at--)
			key[at] = key[at - 1];
		key[at] = moving;
	}
}

static void merge(const struct sorting *sorting, struct sort_key *to, const struct sort_key *left,
		  const struct sort_key *middle, const struct sort_key *end)
{
	const struct sort_key *right = middle;

	while (left < middle || right < end) {
		if (right == end || (left < middle && !comes_before(sorting, right, left)))
			*to++ = *left++;
		else
			*to++ = *right++;
	}
}

/*
 * A merge sort of our own, since qsort(3) takes memory from the heap. Both halves of `scratch` take
 * turns; returns the half that holds the result.
 */
static const struct sort_key *sort_keys(const struct sorting *sorting, struct sort_key *scratch,
					size_t count)
{
	struct sort_key *from = scratch, *to = scratch + count;

	for (size_t at = 0; at < count; at += RUN)
		sort_run(sorting, from + at, count - at < RUN ? count - at : RUN);
	for (size_t run = RUN; run < count; run *= 2) {
		struct sort_key *turn = from;

		for (size_t at = 0; at < count; at += 2 * run) {
			size_t middle = at + run < count ? at + run : count;
			size_t end = at + 2 * run < count ? at + 2 * run : count;

			merge(sorting, to + at, from + at, from + middle, from + end);
		}
		from = to;
		to = turn;
	}
	return from;
}

void model_sort(const struct model *model, const struct task_order *order, uint32_t *index)
{
	struct task_order with_users = *order;
	const struct sorting sorting = sorting_by(&with_users, model->task);
	const struct sort_key *sorted;

	if (!with_users.users && model->current)
		with_users.users = model->current->users;
	for (uint32_t i = 0; i < model->task_count; i++)
		model->sort_key[i] = sort_key_of(&sorting, i);
	sorted = sort_keys(&sorting, model->sort_key, model->task_count);
	for (size_t i = 0; i < model->task_count; i++)
		index[i] = sorted[i].index;
}

static bool shows(enum top_kind kind, enum task_column_id column)
{
	const uint8_t *shown = top_tables[kind].columns;

	for (; *shown != COLUMN_COUNT; shown++)
		if (*shown == column)
			return true;
	return top_tables[kind].sort == column;
}

bool model_sort_by(struct model *model, enum task_column_id column)
{
	bool any = false;

	for (int kind = 0; kind < TOP_KINDS; kind++) {
		if (!shows((enum top_kind)kind, column))
			continue;
		model->top_order[kind].sort = column;
		model->top_order[kind].reverse = false;
		any = true;
	}
	return any;
}
