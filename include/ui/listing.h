/*
 * ui/listing: the rows of a zoomed table: every process that the filter lets through, in the order
 * of the table, or as a tree of parents and children.
 *
 * In a tree siblings stand in the order of the table, threads below their process. A parent is older than its child by (start
 * time, pid); what says otherwise, as a list that was torn while read, stands at the root, so no
 * loop can come of it. Folds are kept by pid and start time.
 *
 * One block of memory holds the arrays; it grows with the processes and never shrinks.
 */
#ifndef STALLTOP_UI_LISTING_H
#define STALLTOP_UI_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/model.h"

#define FOLDS_MAX 256

struct fold {
	uint32_t pid;
	uint64_t start_ns;
};

struct listing_node {
	uint32_t task; /* index of model->task[] */
	uint32_t size; /* with its descendants, which stand behind it */
	uint32_t depth;
	bool folded;
};

struct listing {
	bool tree;
	struct listing_node *node; /* all, by the tree */
	size_t node_count;
	uint32_t *row; /* indices of node[]: those that no fold hides */
	size_t count; /* of rows */
	uint32_t *scratch; /* four for each process */
	size_t cap;
	struct fold fold[FOLDS_MAX];
	size_t fold_count;
};

void listing_release(struct listing *listing);

/* Lists the processes. 0 or -ENOMEM, then it is empty. */
int listing_fill(struct listing *listing, const struct model *model,
		 const struct task_order *order);

/* The index of model->task[] at a row. */
uint32_t listing_task(const struct listing *listing, size_t row);
const struct listing_node *listing_node(const struct listing *listing, size_t row);

/* The row of a process, or -1. */
int listing_find(const struct listing *listing, const struct model *model, uint32_t pid,
		 uint64_t start_ns);

/* The row of the parent of a row in the tree, or -1. */
int listing_parent(const struct listing *listing, size_t row);

/* Folds or unfolds the process of a row for the next filling. False when nothing changes. */
bool listing_fold(struct listing *listing, const struct model *model, size_t row, bool fold);

/* The process of a row with all that is below it: *task and *sum, which points to it. */
void listing_sum(const struct listing *listing, const struct model *model, size_t row,
		 struct task *task, struct task_view *sum);

#endif
