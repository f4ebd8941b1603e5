/*
 * CPU shares: fields that add up, fields that go back, guests, CPUs that come and go.
 */
#include "model/pair.h"

/* Adds ticks to a line; idle was advanced by pair_seconds() and is set anew. */
static void spend(struct cpu_times *now, const struct cpu_times *before, struct cpu_times ticks)
{
	now->user = before->user + ticks.user;
	now->nice = before->nice + ticks.nice;
	now->system = before->system + ticks.system;
	now->idle = before->idle + ticks.idle;
	now->iowait = before->iowait + ticks.iowait;
	now->irq = before->irq + ticks.irq;
	now->softirq = before->softirq + ticks.softirq;
	now->steal = before->steal + ticks.steal;
	now->guest = before->guest + ticks.guest;
	now->guest_nice = before->guest_nice + ticks.guest_nice;
}

static void spend_total(struct pair *pair, struct cpu_times ticks)
{
	spend(&pair->now.stat.total, &pair->before.stat.total, ticks);
}

static void fields_add_up(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;

	spend_total(pair, (struct cpu_times){ .user = 60,
					      .nice = 2,
					      .system = 10,
					      .idle = 120,
					      .iowait = 4,
					      .irq = 1,
					      .softirq = 2,
					      .steal = 1 });
	pair_update(pair);
	assert_near(value[M_CPU_USER_PCT], 30);
	assert_near(value[M_CPU_NICE_PCT], 1);
	assert_near(value[M_CPU_SYSTEM_PCT], 5);
	assert_near(value[M_CPU_IDLE_PCT], 60);
	assert_near(value[M_CPU_IOWAIT_PCT], 2);
	assert_near(value[M_CPU_IRQ_PCT], 0.5);
	assert_near(value[M_CPU_SOFTIRQ_PCT], 1);
	assert_near(value[M_CPU_STEAL_PCT], 0.5);
	assert_near(value[M_CPU_BUSY_PCT], 38);
	assert_near(value[M_CPU_CORES_USED], 0.76);
	assert_near(value[M_CPU_COUNT], 2);
}

static void guests_are_not_counted_twice(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;

	spend_total(pair,
		    (struct cpu_times){
			    .user = 140, .nice = 10, .idle = 50, .guest = 120, .guest_nice = 8 });
	pair_update(pair);
	assert_near(value[M_CPU_USER_PCT], 70);
	assert_near(value[M_CPU_NICE_PCT], 5);
	assert_near(value[M_CPU_GUEST_PCT], 64);
	assert_near(value[M_CPU_BUSY_PCT], 75);
}

static void a_field_that_goes_back_counts_nothing(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;

	pair->before.stat.total.iowait = 500;
	spend_total(pair, (struct cpu_times){ .user = 50, .idle = 150 });
	pair->now.stat.total.iowait = 470;
	pair_update(pair);
	assert_near(value[M_CPU_IOWAIT_PCT], 0);
	assert_near(value[M_CPU_USER_PCT], 25);
	assert_near(value[M_CPU_BUSY_PCT], 25);
}

/* One bad or missing field loses only itself. */
static void an_absent_field_loses_only_itself(void **state)
{
	struct pair *pair = *state;
	const double *value = pair->model.value;

	spend_total(pair, (struct cpu_times){ .user = 50, .idle = 150 });
	pair->now.stat.total.steal = pair->now.stat.total.guest = ABSENT;
	pair->before.stat.total.guest_nice = ABSENT;
	pair->now.stat.total.irq = ABSENT;
	pair_update(pair);
	assert_unknown(value[M_CPU_STEAL_PCT]);
	assert_unknown(value[M_CPU_IRQ_PCT]);
	assert_unknown(value[M_CPU_GUEST_PCT]);
	assert_near(value[M_CPU_USER_PCT], 25);
	assert_near(value[M_CPU_BUSY_PCT], 25);

	pair->now.stat.total.idle = ABSENT;
	pair_again(pair);
	assert_unknown(value[M_CPU_IDLE_PCT]);
	assert_unknown(value[M_CPU_BUSY_PCT]);
	assert_near(value[M_CPU_USER_PCT], 100);
}

static void no_ticks_no_shares(void **state)
{
	struct pair *pair = *state;

	spend_total(pair, (struct cpu_times){ 0 });
	pair->now.stat.cpu[1].times = pair->before.stat.cpu[1].times;
	pair_update(pair);
	assert_unknown(pair->model.value[M_CPU_BUSY_PCT]);
	assert_unknown(pair->model.value[M_CPU_IDLE_PCT]);
	assert_unknown(pair->model.cpu[1].busy_pct);
	assert_near(pair->model.cpu[0].idle_pct, 100);
}

static void set_cpus(struct sample *sample, const uint32_t *ids, size_t count)
{
	sample->stat.cpu_count = sample->stat.cpu_seen = count;
	for (size_t i = 0; i < count; i++)
		sample->stat.cpu[i] = (struct cpu_line){ ids[i], { .user = 1000 * ids[i] } };
}

/* CPU `ids[i]` spends ids[i] ticks on work and idles for the rest of a second. */
static void work_by_id(struct pair *pair)
{
	for (size_t i = 0; i < pair->now.stat.cpu_count; i++) {
		struct cpu_line *line = &pair->now.stat.cpu[i];

		line->times.user += line->id * 10;
		line->times.idle += 100 - line->id * 10;
	}
}

static void assert_cpu(const struct model *model, size_t at, uint32_t id, double busy)
{
	assert_int_equal(model->cpu[at].cpu, id);
	if (isnan(busy))
		assert_unknown(model->cpu[at].busy_pct);
	else
		assert_near(model->cpu[at].busy_pct, busy);
}

static void cpus_are_joined_by_id(void **state)
{
	struct pair *pair = *state;
	const struct model *model = &pair->model;

	set_cpus(&pair->before, (uint32_t[]){ 0, 2, 5 }, 3);
	set_cpus(&pair->now, (uint32_t[]){ 0, 2, 5, 6 }, 4);
	work_by_id(pair);
	spend_total(pair, (struct cpu_times){ .user = 99999 }); /* not to be believed now */
	pair_update(pair);
	assert_int_equal(model->cpu_count, 4);
	assert_cpu(model, 0, 0, 0);
	assert_cpu(model, 1, 2, 20);
	assert_cpu(model, 2, 5, 50);
	assert_cpu(model, 3, 6, NAN);
	assert_near(model->value[M_CPU_COUNT], 4);
	assert_near(model->value[M_CPU_BUSY_PCT], 70.0 / 3);

	set_cpus(&pair->now, (uint32_t[]){ 2, 5 }, 2); /* CPU 0 is gone */
	work_by_id(pair);
	pair_again(pair);
	assert_int_equal(model->cpu_count, 2);
	assert_cpu(model, 0, 2, 20);
	assert_cpu(model, 1, 5, 50);
	assert_near(model->value[M_CPU_BUSY_PCT], 35);

	set_cpus(&pair->now, (uint32_t[]){ 7 }, 1); /* none in common */
	work_by_id(pair);
	pair_again(pair);
	assert_cpu(model, 0, 7, NAN);
	assert_unknown(model->value[M_CPU_BUSY_PCT]);
}

static void many_cpus_make_room(void **state)
{
	struct pair *pair = *state;
	uint32_t ids[256];

	assert_int_equal(sample_grow_cpus(&pair->before, 256), 0);
	assert_int_equal(sample_grow_cpus(&pair->now, 256), 0);
	for (uint32_t i = 0; i < 256; i++)
		ids[i] = i;
	set_cpus(&pair->before, ids, 256);
	set_cpus(&pair->now, ids, 256);
	for (uint32_t i = 0; i < 256; i++) {
		pair->now.stat.cpu[i].times.system += i % 100;
		pair->now.stat.cpu[i].times.idle += 100 - i % 100;
	}
	pair_update(pair);
	assert_int_equal(pair->model.cpu_count, 256);
	for (uint32_t i = 0; i < 256; i++)
		assert_cpu(&pair->model, i, i, i % 100);
}

static void load_is_for_each_cpu(void **state)
{
	struct pair *pair = *state;

	pair->now.loadavg.load1_centi = 242;
	pair_update(pair);
	assert_near(pair->model.value[M_CPU_LOAD1], 2.42);
	assert_near(pair->model.value[M_CPU_LOAD1_PER_CPU], 1.21);

	pair->now.stat.cpu_count = 0;
	pair_again(pair);
	assert_unknown(pair->model.value[M_CPU_COUNT]);
	assert_unknown(pair->model.value[M_CPU_LOAD1_PER_CPU]);
	assert_unknown(pair->model.value[M_CPU_CORES_USED]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(fields_add_up),
		pair_test(guests_are_not_counted_twice),
		pair_test(a_field_that_goes_back_counts_nothing),
		pair_test(an_absent_field_loses_only_itself),
		pair_test(no_ticks_no_shares),
		pair_test(cpus_are_joined_by_id),
		pair_test(many_cpus_make_room),
		pair_test(load_is_for_each_cpu),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
