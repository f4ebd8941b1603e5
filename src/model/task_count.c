#include "model/task_count.h"

#include "model/interval.h"

/* One that has a thread in D is in D, whatever its first thread does. */
static unsigned char letter_of(const struct task *task)
{
	return task->flags & TASK_BLOCKED ? 'D' : (unsigned char)task->state % 128;
}

void task_count_states(double *value, const struct sample *sample)
{
	const struct task_list *tasks = &sample->tasks;
	size_t state[128] = { 0 }, kernel = 0, exited = 0, total;

	if (sample->status[FILE_TASKS])
		return;
	for (size_t i = 0; i < tasks->count; i++) {
		const struct task *task = &tasks->task[i];

		if (task->flags & TASK_EXITED) {
			exited++;
			continue;
		}
		state[letter_of(task)]++;
		kernel += !!(task->flags & TASK_KTHREAD);
	}
	total = tasks->count - exited;
	value[M_TASKS_TOTAL] = (double)total;
	value[M_TASKS_RUNNING] = (double)state['R'];
	value[M_TASKS_SLEEPING] = (double)(state['S'] + state['I']);
	value[M_TASKS_BLOCKED] = (double)state['D'];
	value[M_TASKS_STOPPED] = (double)(state['T'] + state['t']);
	value[M_TASKS_ZOMBIE] = (double)state['Z'];
	value[M_TASKS_KERNEL] = (double)kernel;
	value[M_TASKS_THREADS] = known(tasks->threads);
	value[M_TASKS_IO_VISIBLE] = (double)(total - tasks->io_hidden);
}

static double at_least_0(double value)
{
	return value < 0 ? 0 : value;
}

void task_count_unlisted(struct model *model)
{
	double *value = model->value;
	double cpu = value[M_CPU_BUSY_PCT] * value[M_CPU_COUNT];
	double minor = value[M_FAULTS_MINOR_PER_S], major = value[M_FAULTS_MAJOR_PER_S];

	if (!isnan(value[M_CPU_STEAL_PCT]))
		cpu -= value[M_CPU_STEAL_PCT] * value[M_CPU_COUNT];
	for (size_t i = 0; i < model->all_count; i++) {
		const struct task_view *view = &model->all[i];

		cpu -= isnan(view->cpu_pct) ? 0 : view->cpu_pct;
		minor -= isnan(view->minor_per_s) ? 0 : view->minor_per_s;
		major -= isnan(view->major_per_s) ? 0 : view->major_per_s;
	}
	value[M_TASKS_UNLISTED_CPU_PCT] = at_least_0(cpu);
	value[M_TASKS_UNLISTED_MINOR_PER_S] = at_least_0(minor);
	value[M_TASKS_UNLISTED_MAJOR_PER_S] = at_least_0(major);
}
