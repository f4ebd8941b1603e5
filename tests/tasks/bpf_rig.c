#include "tasks/bpf_rig.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/value.h"
#include "tasks/bpf_source.h"

static int setup(void **state, bool waits)
{
	struct bpf_rig *bpf = calloc(1, sizeof(*bpf));
	struct bpf_probe_options options = { .waits = waits, .sys_root = "/sys" };
	struct rig *rig = &bpf->rig;
	char why[160];

	assert_non_null(bpf);
	*state = bpf;
	rig->context = (struct task_context){ ABSENT, ABSENT, ABSENT, ABSENT, 0, NULL };
	rig->procfd = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(rig->procfd >= 0);
	assert_int_equal(users_new(&rig->users, "/nowhere"), 0);
	bpf->open = !bpf_source_open(&rig->source, rig->users, &options, why, sizeof(why));
	if (!bpf->open)
		print_message("not tested, BPF cannot be had: %s\n", why);
	else
		rig_take(rig);
	return 0;
}

int bpf_rig_setup(void **state)
{
	return setup(state, true);
}

int bpf_rig_setup_no_waits(void **state)
{
	return setup(state, false);
}

int bpf_rig_teardown(void **state)
{
	struct bpf_rig *bpf = *state;

	if (bpf->open) {
		rig_close(&bpf->rig);
	} else {
		users_free(bpf->rig.users);
		close(bpf->rig.procfd);
	}
	free(bpf);
	return 0;
}

void pass_ns(uint64_t ns)
{
	uint64_t until = clock_ns(CLOCK_MONOTONIC) + ns;
	struct timespec at = { .tv_sec = (time_t)(until / NS_PER_S),
			       .tv_nsec = (long)(until % NS_PER_S) };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR)
		;
}

size_t read_proc(char *text, size_t cap, int pid, const char *name)
{
	int fd = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char path[64];
	ssize_t len;

	snprintf(path, sizeof(path), "%d/%s", pid, name);
	len = file_read_at(fd, pid ? path : name, text, cap);
	close(fd);
	assert_true(len > 0);
	return (size_t)len;
}

void assert_pct(uint64_t part, uint64_t whole, double expected, double slack)
{
	double pct = 100 * (double)part / (double)whole;

	if (fabs(pct - expected) > slack)
		fail_msg("%.2f %%, not %.2f", pct, expected);
}
