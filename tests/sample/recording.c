#include "sample/recording.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/value.h"
#include "sample/fields.h"

#define STEP_NS (NS_PER_S / 10) /* so that 60 samples are not a minute */

static struct recording *of(const struct feed *feed)
{
	return (struct recording *)((char *)(uintptr_t)feed - offsetof(struct recording, feed));
}

static const struct host *host_of(const struct feed *feed)
{
	return &of(feed)->host;
}

static const struct users *users_of(const struct feed *feed)
{
	return of(feed)->users;
}

static const char *source_of(const struct feed *feed)
{
	return of(feed)->source;
}

static const char *why_of(const struct feed *feed)
{
	(void)feed;
	return "";
}

static const struct feed_ops ops = {
	.host = host_of, .users = users_of, .source = source_of, .source_why = why_of
};

void recording_init(struct recording *recording)
{
	*recording = (struct recording){
		.folder = "/tmp/stalltop-record-XXXXXX",
		.feed = { .ops = &ops },
		.host = { .name = "test", .release = "6.1.0" },
		.source = "proc",
	};
	assert_non_null(mkdtemp(recording->folder));
	snprintf(recording->path, sizeof(recording->path), "%s/day.db", recording->folder);
	assert_int_equal(users_new(&recording->users, ""), 0);
	users_add(recording->users, 1000, "app", 3);
	recording->options = (struct record_options){ .version = "1", .feed = &recording->feed };
}

void recording_open(struct recording *recording)
{
	if (record_open(&recording->record, recording->path, &recording->options, recording->why))
		fail_msg("%s", recording->why);
}

void recording_close(struct recording *recording)
{
	record_close(recording->record);
	recording->record = NULL;
}

void recording_remove(struct recording *recording)
{
	char command[128];

	recording_close(recording);
	users_free(recording->users);
	snprintf(command, sizeof(command), "rm -r %s", recording->folder);
	assert_int_equal(system(command), 0);
}

void recording_put(struct recording *recording, const struct sample *sample)
{
	struct record_note note = { 0 };

	assert_int_equal(record_put(recording->record, sample, &note), 0);
}

static void put_tasks(struct sample *sample, unsigned second)
{
	struct task_list *list = &sample->tasks;

	assert_int_equal(task_list_reserve(list, 16), 0);
	for (unsigned i = 0; i < 10; i++) {
		unsigned ran = (second + i) / 3; /* how often it has */
		struct task *task = &list->task[list->count++];

		if (i == 5 && second >= 5) {
			list->count--;
			continue;
		}
		memset(task, 0, sizeof(*task));
		task->pid = 10 + i;
		task->ppid = 1;
		task->uid = 1000;
		task->threads = 1;
		task->state = 'S';
		task->flags = (second + i) % 3 ? TASK_IDLE : 0;
		task->start_ns = i * NS_PER_S;
		task->at_ns = sample->mono_ns + 1000 * (i + 1);
		task->run_delay_at_ns = task->at_ns - (i % 2 ? 77 : 0);
		task->cpu_ns = ran * 1000000;
		task->minor_faults = ran;
		task->disk_wait_ns = task->blocked_ns = ABSENT;
		snprintf(task->comm, sizeof(task->comm), i == 2 && second >= 7 ? "new" : "t%u", i);
	}
	if (second < 5)
		return;
	list->task[list->count] = list->task[0];
	list->task[list->count].pid = 99;
	list->task[list->count].start_ns = 5 * NS_PER_S;
	list->task[list->count++].flags = second == 5 ? TASK_EXITED : 0;
}

void recording_sample(struct sample *sample, unsigned second)
{
	sample_clear(sample);
	sample->sequence = second + 1;
	sample->mono_ns = sample->boot_ns = 1000 * NS_PER_S + second * STEP_NS;
	sample->real_ns = 1795269930 * NS_PER_S + second * STEP_NS;
	sample->stat.total = (struct cpu_times){ second, 0, second, 10 * second, 0, 0, 0, 0, 0, 0 };
	sample->stat.cpu_count = sample->stat.cpu_seen = 2;
	for (unsigned i = 0; i < 2; i++)
		sample->stat.cpu[i] =
			(struct cpu_line){ .id = i * 2, .times = { .user = second + i } };
	sample->vmstat.pgfault = 1000 * second;
	sample->vmstat.pgmajfault = 100 * second;
	sample->disks.count = sample->disks.seen = 1;
	sample->disks.disk[0] = (struct disk_stat){ .name = "vda", .sectors_read = 8 * second };
	put_tasks(sample, second);
	sample->tasks.threads = sample->tasks.count;
}

struct replay *recording_replay(struct recording *recording)
{
	struct replay *replay;

	if (replay_open(&replay, recording->path, recording->why))
		fail_msg("%s", recording->why);
	return replay;
}

void recording_sql(const struct recording *recording, const char *sql)
{
	char command[4096];
	FILE *out;
	int said;

	snprintf(command, sizeof(command), "sqlite3 -cmd '.output /dev/stderr' %s \"%s\" 2>&1",
		 recording->path, sql);
	out = popen(command, "r");
	assert_non_null(out);
	said = fgetc(out);
	if (pclose(out) || said != EOF)
		fail_msg("%s", sql);
}

static void assert_same_fields(const struct fields *fields, const void *a, const void *b)
{
	for (size_t i = 0; i < fields->count; i++) {
		int64_t one = field_get(&fields->field[i], a);
		int64_t other = field_get(&fields->field[i], b);

		if (one != other)
			fail_msg("%s.%s: %lld and %lld", fields->table, fields->field[i].name,
				 (long long)one, (long long)other);
	}
}

static void assert_same_task(const struct task *a, const struct task *b)
{
	assert_same_fields(&task_fields, a, b);
	assert_int_equal(a->pid, b->pid);
	assert_int_equal(a->start_ns, b->start_ns);
	assert_int_equal(a->at_ns, b->at_ns);
	assert_int_equal(a->run_delay_at_ns, b->run_delay_at_ns);
	assert_string_equal(a->comm, b->comm);
}

void assert_same_sample(const struct sample *a, const struct sample *b)
{
	assert_same_fields(&sample_fields, a, b);
	assert_int_equal(a->stat.cpu_count, b->stat.cpu_count);
	for (size_t i = 0; i < a->stat.cpu_count; i++)
		assert_same_fields(&cpu_fields, &a->stat.cpu[i], &b->stat.cpu[i]);
	assert_int_equal(a->disks.count, b->disks.count);
	for (size_t i = 0; i < a->disks.count; i++) {
		assert_same_fields(&disk_fields, &a->disks.disk[i], &b->disks.disk[i]);
		assert_string_equal(a->disks.disk[i].name, b->disks.disk[i].name);
	}
	assert_int_equal(a->tasks.count, b->tasks.count);
	for (size_t i = 0; i < a->tasks.count; i++)
		assert_same_task(&a->tasks.task[i], &b->tasks.task[i]);
}
