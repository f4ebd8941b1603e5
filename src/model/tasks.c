#include "model/tasks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/reaped.h"
#include "model/task_count.h"
#include "model/top.h"

#define START_ROUNDING_NS (20 * NS_PER_MS) /* two ticks: start times are cut to a tick of 10 ms */
#define PCT_OF_NS (100.0 / NS_PER_S)

/* What is the same for every process of an interval. */
struct pass {
	double per_s; /* 1 / interval */
	double cpu_max_pct; /* more than this no process can use */
	uint64_t started_from; /* a process that is new started here or later */
	uint64_t previous_ns, now_ns;
	bool apart; /* there were samples between the two: a mark */
};

/* Within a process' rounding to ticks a rate may be too high; beyond this it is a fault. */
static double cpu_max(const struct model *model)
{
	double count = model->value[M_CPU_COUNT];

	return isnan(count) ? INFINITY : 150 * count + 50;
}

static struct pass pass_of(const struct model *model, const struct interval *interval)
{
	uint64_t boot_ns = interval->previous->boot_ns;

	return (struct pass){
		.per_s = 1 / interval->seconds,
		.cpu_max_pct = cpu_max(model),
		.started_from = boot_ns > START_ROUNDING_NS ? boot_ns - START_ROUNDING_NS : 0,
		.previous_ns = interval->previous->mono_ns,
		.now_ns = interval->current->mono_ns,
		.apart = interval->current->sequence > interval->previous->sequence + 1,
	};
}

static float rate_over(uint64_t before, uint64_t now, double per_s)
{
	return (float)(growth(before, now) * per_s);
}

static float zero_if(bool is_known)
{
	return is_known ? 0 : NAN;
}

/* May be negative: memory is no counter. */
static float growth_rate(uint64_t before, uint64_t now, double per_s)
{
	return (float)((known(now) - known(before)) * per_s);
}

static double per_s_between(uint64_t before_ns, uint64_t now_ns)
{
	return (double)NS_PER_S / (double)(now_ns - before_ns);
}

static struct task_view view_unknown(const struct task *task)
{
	return (struct task_view){
		.task = task,
		.cpu_pct = NAN,
		.minor_per_s = NAN,
		.major_per_s = NAN,
		.read_bytes_per_s = NAN,
		.write_bytes_per_s = NAN,
		.runq_pct = NAN,
		.disk_wait_pct = NAN,
		.voluntary_per_s = NAN,
		.involuntary_per_s = NAN,
		.rss_bytes_per_s = NAN,
	};
}

static struct task_view view_idle(const struct task *before, const struct task *now, double per_s)
{
	return (struct task_view){
		.task = now,
		.cpu_pct = zero_if(present(now->cpu_ns)),
		.minor_per_s = zero_if(present(now->minor_faults)),
		.major_per_s = zero_if(present(now->major_faults)),
		.read_bytes_per_s = zero_if(present(now->read_bytes)),
		.write_bytes_per_s = zero_if(present(now->write_bytes)),
		.runq_pct = zero_if(present(now->run_delay_ns)),
		.disk_wait_pct = zero_if(present(now->disk_wait_ns)),
		.voluntary_per_s = zero_if(present(now->voluntary_switches)),
		.involuntary_per_s = zero_if(present(now->involuntary_switches)),
		.rss_bytes_per_s = growth_rate(before->rss_bytes, now->rss_bytes, per_s),
	};
}

/*
 * The kernel counts a wait when it ends, wholly in the interval in which it does. No thread can wait
 * for longer than the interval lasts.
 */
static float runq_between(const struct task *before, const struct task *now, double per_s)
{
	float pct = rate_over(before->run_delay_ns, now->run_delay_ns, per_s * PCT_OF_NS);
	float most = 100 * (float)(now->threads ? now->threads : 1);

	return pct > most ? most : pct;
}

static struct task_view view_between(const struct task *before, const struct task *now,
				     double per_s, double run_delay_per_s)
{
	return (struct task_view){
		.task = now,
		.cpu_pct = rate_over(before->cpu_ns, now->cpu_ns, per_s * PCT_OF_NS),
		.minor_per_s = rate_over(before->minor_faults, now->minor_faults, per_s),
		.major_per_s = rate_over(before->major_faults, now->major_faults, per_s),
		.read_bytes_per_s = rate_over(before->read_bytes, now->read_bytes, per_s),
		.write_bytes_per_s = rate_over(before->write_bytes, now->write_bytes, per_s),
		.runq_pct = runq_between(before, now, run_delay_per_s),
		.disk_wait_pct =
			rate_over(before->disk_wait_ns, now->disk_wait_ns, per_s * PCT_OF_NS),
		.voluntary_per_s =
			rate_over(before->voluntary_switches, now->voluntary_switches, per_s),
		.involuntary_per_s =
			rate_over(before->involuntary_switches, now->involuntary_switches, per_s),
		.rss_bytes_per_s = growth_rate(before->rss_bytes, now->rss_bytes, per_s),
	};
}

/*
 * When the counters of `before` were last right. One that was idle then had them unchanged since they
 * were read, so its growth belongs to this interval alone.
 */
static uint64_t right_at(const struct pass *pass, const struct task *before, uint64_t read_ns)
{
	bool idle = before->flags & TASK_IDLE;

	return idle && read_ns < pass->previous_ns ? pass->previous_ns : read_ns;
}

/*
 * The same of `now`. Since a mark one may have run that is idle now: its counters are right up to the
 * sample.
 */
static uint64_t right_until(const struct pass *pass, const struct task *now, uint64_t read_ns)
{
	bool idle = now->flags & TASK_IDLE;

	return idle && pass->apart && read_ns < pass->now_ns ? pass->now_ns : read_ns;
}

static struct task_view view_same(const struct pass *pass, const struct task *before,
				  const struct task *now)
{
	uint64_t until = right_until(pass, now, now->at_ns);
	uint64_t delay_until = right_until(pass, now, now->run_delay_at_ns);
	uint64_t from = right_at(pass, before, before->at_ns);
	uint64_t delay_from = right_at(pass, before, before->run_delay_at_ns);
	double per_s = pass->per_s, run_delay_per_s = NAN;

	/* Its last counters stand for the whole interval: it did nothing after them. */
	if (until > from && !(now->flags & TASK_EXITED))
		per_s = per_s_between(from, until);
	if (now->flags & TASK_IDLE && !(pass->apart && now->cpu_ns != before->cpu_ns))
		return view_idle(before, now, per_s);
	if (now->flags & TASK_EXITED)
		run_delay_per_s = pass->per_s;
	else if (delay_until > delay_from)
		run_delay_per_s = per_s_between(delay_from, delay_until);
	return view_between(before, now, per_s, run_delay_per_s);
}

static struct task_view view_new(const struct pass *pass, const struct task *now)
{
	static const struct task nothing;
	struct task_view view;

	if (!present(now->start_ns) || now->start_ns < pass->started_from)
		return view_unknown(now);
	view = view_between(&nothing, now, pass->per_s, pass->per_s);
	view.is_new = true;
	return view;
}

static bool is_before(const struct task *a, const struct task *b)
{
	return a->pid < b->pid || (a->pid == b->pid && a->start_ns < b->start_ns);
}

static bool is_same(const struct task *a, const struct task *b)
{
	return a->pid == b->pid && a->start_ns == b->start_ns;
}

static void join(struct task_view *views, size_t count, const struct task *now,
		 const struct task_list *list_before, const struct pass *pass)
{
	const struct task *before = list_before->task;
	const struct task *end = before + list_before->count;

	for (size_t i = 0; i < count; i++) {
		const struct task *task = &now[i];
		struct task_view *view = &views[i];

		while (before < end && is_before(before, task))
			before++;
		if (before < end && is_same(before, task))
			*view = view_same(pass, before, task);
		else
			*view = view_new(pass, task);
		if (view->cpu_pct > pass->cpu_max_pct)
			view->cpu_pct = NAN;
	}
}

/* Without delay accounting WAIT% is known of nobody: the table of waits is ranked by what is known. */
static void settle_waits(struct model *model)
{
	struct task_order *order = &model->top_order[TOP_WAITS];
	bool known_of_any = false;

	for (size_t i = 0; i < model->all_count && !known_of_any; i++)
		known_of_any = !isnan(model->all[i].disk_wait_pct);
	if (!model->waits_settled && order->sort == COL_WAIT && !known_of_any) {
		order->sort = COL_RUNQ;
		model->waits_fell_back = true;
	}
	model->waits_settled = true;
}

static int grow(void **array, size_t count, size_t size)
{
	void *grown = reallocarray(*array, count, size);

	if (!grown)
		return -ENOMEM;
	*array = grown;
	return 0;
}

int tasks_reserve(struct model *model, size_t count)
{
	size_t cap = count + count / 2;
	void *all = model->all, *filtered = model->filtered, *sort_key = model->sort_key;
	void *below = model->below;
	int err;

	if (count <= model->task_cap)
		return 0;
	err = grow(&all, cap, sizeof(*model->all));
	if (!err)
		err = grow(&filtered, cap, sizeof(*model->filtered));
	if (!err)
		err = grow(&sort_key, 2 * cap, sizeof(*model->sort_key));
	if (!err)
		err = grow(&below, cap, sizeof(*model->below));
	model->all = all;
	model->filtered = filtered;
	model->sort_key = sort_key;
	model->below = below;
	if (!err)
		model->task_cap = cap;
	return err;
}

static int reserve_threads(struct model *model, size_t count)
{
	void *thread = model->thread;
	int err;

	if (count <= model->thread_cap)
		return 0;
	err = grow(&thread, count + count / 2, sizeof(*model->thread));
	model->thread = thread;
	if (!err)
		model->thread_cap = count + count / 2;
	return err;
}

/* Threads that nobody had asked for before have no rates yet, unless they began in the interval. */
static int threads_update(struct model *model, const struct interval *interval)
{
	const struct task_list *now = &interval->current->threads;
	int err = reserve_threads(model, now->count);

	/* Filtered and sorted among the processes. */
	if (!err)
		err = tasks_reserve(model, interval->current->tasks.count + now->count);
	model->thread_count = err ? 0 : now->count;
	if (interval->state == INTERVAL_OK && interval->previous->threads.count) {
		const struct pass pass = pass_of(model, interval);

		join(model->thread, model->thread_count, now->task, &interval->previous->threads,
		     &pass);
		return err;
	}
	for (size_t i = 0; i < model->thread_count; i++)
		model->thread[i] = view_unknown(&now->task[i]);
	return err;
}

int tasks_update(struct model *model, const struct interval *interval)
{
	const struct task_list *now = &interval->current->tasks;
	int err = tasks_reserve(model, now->count);

	model->all_count = now->count < model->task_cap ? now->count : model->task_cap;
	task_count_states(model->value, interval->current);
	if (interval->state == INTERVAL_OK) {
		const struct pass pass = pass_of(model, interval);

		join(model->all, model->all_count, now->task, &interval->previous->tasks, &pass);
		reaped_update(model, interval);
		task_count_unlisted(model);
		settle_waits(model);
	} else {
		for (size_t i = 0; i < model->all_count; i++)
			model->all[i] = view_unknown(&now->task[i]);
	}
	return err ? err : threads_update(model, interval);
}

/* Points views at the same rows of another list. Returns how many are there. */
static size_t retarget(struct task_view *views, size_t count, const struct task_list *list,
		       const struct task **culprit)
{
	const struct task *task = list->task, *end = task + list->count, *found = NULL;
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		const struct task *was = views[i].task;

		while (task < end && is_before(task, was))
			task++;
		if (task == end || !is_same(task, was))
			continue;
		if (was == *culprit)
			found = task;
		views[kept] = views[i];
		views[kept++].task = task;
	}
	*culprit = found;
	return kept;
}

size_t tasks_find(const struct model *model, uint32_t pid)
{
	size_t from = 0, to = model->all_count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (model->all[middle].task->pid < pid)
			from = middle + 1;
		else
			to = middle;
	}
	return from < model->all_count && model->all[from].task->pid == pid ? from
									    : model->all_count;
}

void tasks_retarget(struct model *model, const struct sample *sample)
{
	const struct task *none = NULL;

	model->all_count =
		retarget(model->all, model->all_count, &sample->tasks, &model->verdict.culprit);
	model->thread_count = retarget(model->thread, model->thread_count, &sample->threads, &none);
}

int tasks_copy(struct model *to, const struct model *from)
{
	int err = tasks_reserve(to, from->all_count + from->thread_count);

	if (!err)
		err = reserve_threads(to, from->thread_count);
	if (err)
		return err;
	if (from->all_count)
		memcpy(to->all, from->all, from->all_count * sizeof(*to->all));
	if (from->thread_count)
		memcpy(to->thread, from->thread, from->thread_count * sizeof(*to->thread));
	return 0;
}
