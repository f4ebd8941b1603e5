#include "sample/replay_tasks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/value.h"
#include "sample/task_clock.h"

#define TASKS_MAX (1u << 20) /* more are of no machine, but of a file that wants our memory */
#define KEYFRAME_MAX 100000 /* samples that hang on one */
#define TASK_FIRST 3 /* columns before the fields: pid, start_ns, comm */

static int order(const struct task *a, const struct task *b)
{
	if (a->pid != b->pid)
		return a->pid < b->pid ? -1 : 1;
	return a->start_ns < b->start_ns ? -1 : a->start_ns > b->start_ns;
}

static int compare(const void *a, const void *b)
{
	return order(a, b);
}

static uint32_t to_pid(int64_t value)
{
	return value < 0 || value > UINT32_MAX ? 0 : (uint32_t)value;
}

static void read_task(struct replay *replay, sqlite3_stmt *row, struct task *task)
{
	const char *comm = (const char *)sqlite3_column_text(row, 2);
	int len = sqlite3_column_bytes(row, 2);

	*task = (struct task){
		.pid = to_pid(sqlite3_column_int64(row, 0)),
		.start_ns = sqlite3_column_type(row, 1) == SQLITE_NULL
				    ? ABSENT
				    : (uint64_t)sqlite3_column_int64(row, 1),
		.cpu_ns = ABSENT,
		.run_delay_ns = ABSENT,
		.disk_wait_ns = ABSENT,
		.blocked_ns = ABSENT,
		.voluntary_switches = ABSENT,
		.involuntary_switches = ABSENT,
		.minor_faults = ABSENT,
		.major_faults = ABSENT,
		.read_bytes = ABSENT,
		.write_bytes = ABSENT,
		.rss_bytes = ABSENT,
		.anon_bytes = ABSENT,
		.swap_bytes = ABSENT,
	};
	text_clean(task->comm, sizeof(task->comm), comm ? comm : "",
		   comm && len > 0 ? (size_t)len : 0);
	db_read(row, TASK_FIRST, &task_fields, &replay->task, task);
	task->flags &= (uint8_t)~TASK_THREAD; /* none is recorded */
}

/* The rows of a sample into the list `change`, in order whatever the file has. */
static int read_changes(struct replay *replay, int64_t id)
{
	sqlite3_stmt *rows = replay->statement[GET_TASKS];
	struct task_list *list = &replay->change;
	bool sorted = true;
	int err;

	list->count = 0;
	sqlite3_bind_int64(rows, 1, id);
	while ((err = db_step(rows)) == 1) {
		if (sqlite3_column_type(rows, 0) == SQLITE_NULL)
			continue; /* its process is not there */
		if (list->count == TASKS_MAX || task_list_reserve(list, list->count + 1)) {
			err = list->count == TASKS_MAX ? -EBADMSG : -ENOMEM;
			break;
		}
		read_task(replay, rows, &list->task[list->count++]);
		if (list->count > 1 &&
		    order(&list->task[list->count - 2], &list->task[list->count - 1]) > 0)
			sorted = false;
	}
	sqlite3_reset(rows);
	if (!sorted)
		qsort(list->task, list->count, sizeof(*list->task), compare);
	return err;
}

/* Those that have ended, and those whose row says so, are marked as such. */
static int mark_gone(struct replay *replay, int64_t id)
{
	sqlite3_stmt *rows = replay->statement[GET_GONE];
	int err;

	sqlite3_bind_int64(rows, 1, id);
	while ((err = db_step(rows)) == 1) {
		struct task key = {
			.pid = to_pid(sqlite3_column_int64(rows, 0)),
			.start_ns = sqlite3_column_type(rows, 1) == SQLITE_NULL
					    ? ABSENT
					    : (uint64_t)sqlite3_column_int64(rows, 1),
		};
		struct task *gone = NULL;

		if (replay->base.count)
			gone = bsearch(&key, replay->base.task, replay->base.count, sizeof(key),
				       compare);
		if (gone)
			gone->flags |= TASK_EXITED;
	}
	sqlite3_reset(rows);
	return err;
}

/* base and change, both in order, become the new base. */
static int merge(struct replay *replay)
{
	const struct task_list *base = &replay->base, *change = &replay->change;
	struct task_list *to = &replay->merged, kept;
	size_t i = 0, k = 0;

	if (base->count + change->count > TASKS_MAX)
		return -EBADMSG;
	if (task_list_reserve(to, base->count + change->count))
		return -ENOMEM;
	to->count = 0;
	while (i < base->count || k < change->count) {
		int by = i == base->count     ? 1
			 : k == change->count ? -1
					      : order(&base->task[i], &change->task[k]);

		if (by < 0 && base->task[i].flags & TASK_EXITED)
			i++;
		else if (by < 0)
			to->task[to->count++] = base->task[i++];
		else
			to->task[to->count++] = change->task[k++];
		i += by == 0;
	}
	kept = replay->base;
	replay->base = *to;
	replay->merged = kept;
	return 0;
}

static int advance(struct replay *replay, int64_t id, int64_t keyframe)
{
	int err = 0;

	if (id == keyframe)
		replay->base.count = 0;
	else
		err = mark_gone(replay, id);
	if (!err)
		err = read_changes(replay, id);
	return err ? err : merge(replay);
}

static int read_clock(struct replay *replay, int64_t id, uint64_t mono_ns)
{
	sqlite3_stmt *row = replay->statement[GET_CLOCK];
	struct task_list *base = &replay->base;
	const void *packed = NULL;
	int err, len = 0;

	sqlite3_bind_int64(row, 1, id);
	err = db_step(row);
	if (err == 1) {
		packed = sqlite3_column_blob(row, 0);
		len = sqlite3_column_bytes(row, 0);
	}
	task_clock_unpack(base->task, base->count, mono_ns, packed,
			  packed && len > 0 ? (size_t)len : 0);
	sqlite3_reset(row);
	return err < 0 ? err : 0;
}

int replay_tasks(struct replay *replay, int64_t id, int64_t keyframe, struct sample *sample)
{
	struct task_list *to = &sample->tasks;
	int64_t from = keyframe;
	int err = 0;

	if (keyframe > id || id - keyframe > KEYFRAME_MAX)
		return -EBADMSG;
	/* Those behind a damage need not read up to it again, each of them. */
	if (replay->broken_at && keyframe == replay->broken_keyframe && id >= replay->broken_at)
		return -EBADMSG;
	if (replay->base_at >= keyframe && replay->base_at < id)
		from = replay->base_at + 1;
	replay->base_at = 0; /* unless all of it succeeds */
	for (int64_t at = from; at <= id && !err; at++) {
		err = advance(replay, at, keyframe);
		if (err == -EBADMSG) {
			replay->broken_keyframe = keyframe;
			replay->broken_at = at;
		}
	}
	if (!err)
		err = read_clock(replay, id, sample->mono_ns);
	if (!err)
		err = task_list_reserve(to, replay->base.count);
	if (err)
		return err;
	replay->base_at = id;
	to->count = replay->base.count;
	if (to->count)
		memcpy(to->task, replay->base.task, to->count * sizeof(*to->task));
	if (to->io_hidden > to->count)
		to->io_hidden = to->count;
	return 0;
}
