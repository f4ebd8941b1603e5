#include "sample/record_tasks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/value.h"
#include "sample/task_clock.h"

/* Rows of a sample that were written so far, and those to come. */
struct pass {
	struct record *record;
	int64_t first_row; /* id of the sample's first row in task, and in gone */
	int64_t gone;
	int64_t next_process;
	bool keyframe;
};

static int reserve(struct task_kept *kept, size_t count)
{
	size_t cap = count + count / 2;
	struct task *task;
	struct task_place *place;

	if (count <= kept->cap)
		return 0;
	task = reallocarray(kept->task, cap, sizeof(*task));
	if (!task)
		return -ENOMEM;
	kept->task = task;
	place = reallocarray(kept->place, cap, sizeof(*place));
	if (!place)
		return -ENOMEM;
	kept->place = place;
	kept->cap = cap;
	return 0;
}

static int reserve_clock(struct record *record, size_t count)
{
	size_t cap = (count + count / 2) * TASK_CLOCK_BYTES;
	uint8_t *clock;

	if (count * TASK_CLOCK_BYTES <= record->clock_cap)
		return 0;
	clock = realloc(record->clock, cap);
	if (!clock)
		return -ENOMEM;
	record->clock = clock;
	record->clock_cap = cap;
	return 0;
}

/* By task_fields; whether it ran is in task_clock. */
static bool is_unchanged(const struct task *before, const struct task *now)
{
	struct task was = *before;

	was.flags = (uint8_t)((was.flags & ~TASK_IDLE) | (now->flags & TASK_IDLE));
	for (size_t i = 0; i < task_fields.count; i++)
		if (field_get(&task_fields.field[i], &was) != field_get(&task_fields.field[i], now))
			return false;
	return true;
}

static bool is_before(const struct task *a, const struct task *b)
{
	return a->pid < b->pid || (a->pid == b->pid && a->start_ns < b->start_ns);
}

static bool is_same(const struct task *a, const struct task *b)
{
	return a->pid == b->pid && a->start_ns == b->start_ns;
}

static int put_user(struct record *record, uint32_t uid)
{
	sqlite3_stmt *put = record->statement[PUT_USER];
	char number[USER_NAME_MAX];
	const char *name;

	for (size_t i = 0; i < record->user_count; i++)
		if (record->user[i] == uid)
			return 0;
	if (record->user_count == RECORD_USERS || uid == USER_UNKNOWN)
		return 0;
	name = users_name(feed_users(record->feed), uid, number);
	record->user[record->user_count++] = uid;
	if (name == number)
		return 0;
	sqlite3_bind_int64(put, 1, uid);
	sqlite3_bind_text(put, 2, name, -1, SQLITE_STATIC);
	return db_run(put);
}

static int put_process(struct pass *pass, const struct task *task, struct task_place *place)
{
	sqlite3_stmt *put = pass->record->statement[PUT_PROCESS];

	*place = (struct task_place){ .process = pass->next_process++ };
	sqlite3_bind_int64(put, 1, place->process);
	sqlite3_bind_int64(put, 2, task->pid);
	if (present(task->start_ns))
		sqlite3_bind_int64(put, 3, (int64_t)task->start_ns);
	else
		sqlite3_bind_null(put, 3);
	sqlite3_bind_text(put, 4, task->comm, -1, SQLITE_STATIC);
	return db_run(put);
}

/* The row of the n-th process of the list. */
static int put_task(struct pass *pass, const struct task *task, size_t n, struct task_place *place)
{
	sqlite3_stmt *put = pass->record->statement[PUT_TASK];
	int err = put_user(pass->record, task->uid);

	if (err)
		return err;
	sqlite3_bind_int64(put, 1, pass->first_row + (int64_t)n);
	if (place->row)
		sqlite3_bind_int64(put, 2, place->row);
	else
		sqlite3_bind_null(put, 2);
	sqlite3_bind_int64(put, 3, place->process);
	db_bind(put, 4, &task_fields, task);
	place->row = pass->first_row + (int64_t)n;
	return db_run(put);
}

/* One that ended is in one sample only: that it is not in the next needs no row. */
static int put_gone(struct pass *pass, const struct task *task, const struct task_place *place)
{
	sqlite3_stmt *put = pass->record->statement[PUT_GONE];

	if (task->flags & TASK_EXITED)
		return 0;
	sqlite3_bind_int64(put, 1, pass->gone++);
	sqlite3_bind_int64(put, 2, place->process);
	return db_run(put);
}

/* was: the same process in the sample before, and its place; NULL: it is new. */
static int put_one(struct pass *pass, const struct task *was, const struct task_place *was_at,
		   size_t n)
{
	struct task_kept *now = &pass->record->now;
	struct task_place *place = &now->place[n];
	const struct task *task = &now->task[n];
	int err = 0;

	if (was && strcmp(was->comm, task->comm)) {
		err = put_gone(pass, was, was_at);
		if (!err)
			err = put_process(pass, task, place);
		place->row = was_at->row; /* a new name, and the same counters */
	} else if (was) {
		*place = *was_at;
		if (!pass->keyframe && is_unchanged(was, task))
			return 0;
	} else {
		err = put_process(pass, task, place);
	}
	return err ? err : put_task(pass, task, n, place);
}

static int put_changes(struct pass *pass)
{
	const struct task_kept *before = &pass->record->before, *now = &pass->record->now;
	size_t at = 0;
	int err = 0;

	for (size_t n = 0; n < now->count && !err; n++) {
		const struct task *task = &now->task[n];
		bool found = false;

		for (; at < before->count && is_before(&before->task[at], task) && !err; at++)
			err = put_gone(pass, &before->task[at], &before->place[at]);
		if (err)
			return err;
		found = at < before->count && is_same(&before->task[at], task);
		/* Its last counters were the end of it. */
		if (found && before->task[at].flags & TASK_EXITED) {
			found = false;
			at++;
		}
		err = put_one(pass, found ? &before->task[at] : NULL, &before->place[at], n);
		at += found;
	}
	for (; at < before->count && !err; at++)
		err = put_gone(pass, &before->task[at], &before->place[at]);
	return err;
}

static int put_clock(struct record *record, const struct sample *sample, int64_t id)
{
	sqlite3_stmt *put = record->statement[PUT_CLOCK];
	const struct task_list *tasks = &sample->tasks;
	size_t len = task_clock_pack(tasks->task, tasks->count, sample->mono_ns, record->clock);

	sqlite3_bind_int64(put, 1, id);
	sqlite3_bind_blob64(put, 2, record->clock, len, SQLITE_STATIC);
	return db_run(put);
}

int record_tasks(struct record *record, const struct sample *sample, int64_t id, bool keyframe)
{
	const struct task_list *tasks = &sample->tasks;
	struct pass pass = {
		.record = record,
		.first_row = id << ROW_BITS,
		.gone = id << ROW_BITS,
		.next_process = record->next_process,
		.keyframe = keyframe,
	};
	int err = reserve(&record->now, tasks->count + 1);

	if (!err)
		err = reserve_clock(record, tasks->count + 1);
	if (err)
		return err;
	record->now.count = tasks->count;
	memcpy(record->now.task, tasks->task, tasks->count * sizeof(*tasks->task));
	err = put_changes(&pass);
	/* Ids of a transaction that failed are used again: nothing of it is there. */
	record->next_process = pass.next_process;
	return err ? err : put_clock(record, sample, id);
}

void record_tasks_keep(struct record *record)
{
	struct task_kept kept = record->before;

	record->before = record->now;
	record->now = kept;
}

void record_tasks_release(struct record *record)
{
	struct task_kept *kept[] = { &record->before, &record->now };

	for (int i = 0; i < 2; i++) {
		free(kept[i]->task);
		free(kept[i]->place);
	}
	free(record->clock);
}
