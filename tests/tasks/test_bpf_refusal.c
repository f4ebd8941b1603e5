/*
 * The ways in which the BPF probe cannot be had: each is named in one line, soon, and /proc serves.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/value.h"
#include "sample/collector.h"

#define NOBODY 65534

/* What a child found, in memory that both share. */
struct finding {
	int err;
	uint64_t took_ns;
	char source[8];
	char why[SOURCE_WHY_MAX];
	bool gave_up; /* no capability is left, and samples go on */
};

static const struct collector_options as_bpf = { .proc_root = "/proc",
						 .sys_root = "/sys",
						 .source = SOURCE_BPF };
static const struct collector_options as_auto = { .proc_root = "/proc", .sys_root = "/sys" };

static uint64_t caps(bool effective)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

	syscall(SYS_capget, &header, data);
	return effective ? data[0].effective | (uint64_t)data[1].effective << 32
			 : data[0].permitted | (uint64_t)data[1].permitted << 32;
}

static bool become_nobody(uint64_t keep)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

	data[0].effective = data[0].permitted = (uint32_t)keep;
	data[1].effective = data[1].permitted = (uint32_t)(keep >> 32);
	return !prctl(PR_SET_KEEPCAPS, 1) && !setgroups(0, NULL) &&
	       !setresgid(NOBODY, NOBODY, NOBODY) && !setresuid(NOBODY, NOBODY, NOBODY) &&
	       !syscall(SYS_capset, &header, data);
}

static bool samples_go_on(struct collector *collector)
{
	struct sample sample;
	bool good = !sample_init(&sample);

	for (int i = 0; i < 3 && good; i++)
		good = !collector_take(collector, &sample) && !sample.status[FILE_TASKS] &&
		       sample.tasks.count > 0;
	sample_release(&sample);
	return good;
}

static void find_out(struct finding *finding, const struct collector_options *how)
{
	struct collector_options options = *how;
	struct collector *collector;
	uint64_t began = clock_ns(CLOCK_MONOTONIC);
	const uint64_t ours = UINT64_C(1) << CAP_BPF | UINT64_C(1) << CAP_PERFMON;

	options.why = finding->why;
	finding->err = collector_open(&collector, &options);
	finding->took_ns = clock_ns(CLOCK_MONOTONIC) - began;
	if (finding->err)
		return;
	snprintf(finding->source, sizeof(finding->source), "%s", collector_source(collector));
	snprintf(finding->why, sizeof(finding->why), "%s", collector_source_why(collector));
	finding->gave_up = samples_go_on(collector) && !((caps(true) | caps(false)) & ours);
	collector_close(collector);
}

#define AS_WE_ARE UINT64_MAX

/* Opens in a child, which gives up capabilities: as we are, or as nobody with those of `keep`. */
static void find_in_child(struct finding *finding, const struct collector_options *how,
			  uint64_t keep)
{
	int pipes[2], status;
	pid_t pid;

	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		memset(finding, 0, sizeof(*finding));
		if (keep == AS_WE_ARE || become_nobody(keep))
			find_out(finding, how);
		_exit(write(pipes[1], finding, sizeof(*finding)) != sizeof(*finding));
	}
	assert_int_equal(read(pipes[0], finding, sizeof(*finding)), sizeof(*finding));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	close(pipes[0]);
	close(pipes[1]);
}

/* False where only root could arrange that. */
static bool find_as_nobody(struct finding *finding, const struct collector_options *how,
			   uint64_t keep)
{
	if (geteuid()) {
		print_message("not tested: needs root\n");
		return false;
	}
	find_in_child(finding, how, keep);
	return true;
}

static void nobody_is_told_what_he_needs(void **state)
{
	struct finding found;

	(void)state;
	if (!find_as_nobody(&found, &as_bpf, 0))
		return;
	assert_true(found.err < 0);
	assert_string_equal(found.why, "no CAP_BPF: the probe needs CAP_BPF and CAP_PERFMON");
	find_as_nobody(&found, &as_bpf, UINT64_C(1) << CAP_BPF);
	assert_true(found.err < 0);
	assert_string_equal(found.why, "no CAP_PERFMON: the probe needs CAP_PERFMON");
	find_as_nobody(&found, &as_bpf, UINT64_C(1) << CAP_PERFMON);
	assert_true(found.err < 0);
	assert_string_equal(found.why, "no CAP_BPF: the probe needs CAP_BPF");
}

static void nobody_gets_proc_soon_and_why(void **state)
{
	struct finding found;

	(void)state;
	if (!find_as_nobody(&found, &as_auto, 0))
		return;
	assert_int_equal(found.err, 0);
	assert_string_equal(found.source, "proc");
	assert_string_equal(found.why, "no CAP_BPF: the probe needs CAP_BPF and CAP_PERFMON");
	assert_true(found.took_ns < NS_PER_S);
}

static void two_capabilities_do_and_are_given_up(void **state)
{
	struct finding found;

	(void)state;
	find_in_child(&found, &as_bpf, AS_WE_ARE);
	if (found.err) {
		print_message("not tested, BPF cannot be had: %s\n", found.why);
		return;
	}
	if (!find_as_nobody(&found, &as_bpf, UINT64_C(1) << CAP_BPF | UINT64_C(1) << CAP_PERFMON))
		return;
	assert_int_equal(found.err, 0);
	assert_string_equal(found.source, "bpf");
	assert_string_equal(found.why, "");
	assert_true(found.gave_up);
}

/* A /sys with what a test puts there. */
struct tree {
	char root[64];
};

static void make_dir(const struct tree *tree, const char *path)
{
	char whole[160];

	snprintf(whole, sizeof(whole), "%s/%s", tree->root, path);
	assert_int_equal(mkdir(whole, 0755), 0);
}

static void make_file(const struct tree *tree, const char *path, const char *text)
{
	char whole[160];
	FILE *file;

	snprintf(whole, sizeof(whole), "%s/%s", tree->root, path);
	file = fopen(whole, "we");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static int tree_setup(void **state)
{
	static struct tree tree;

	snprintf(tree.root, sizeof(tree.root), "/tmp/stalltop-sys-XXXXXX");
	assert_non_null(mkdtemp(tree.root));
	*state = &tree;
	return 0;
}

static int tree_teardown(void **state)
{
	static const char *const made[] = { "stat",
					    "kernel/btf/vmlinux",
					    "kernel/btf",
					    "kernel/security/lockdown",
					    "kernel/security",
					    "kernel",
					    "" };
	const struct tree *tree = *state;
	char whole[160];

	for (size_t i = 0; i < sizeof(made) / sizeof(*made); i++) {
		snprintf(whole, sizeof(whole), "%s/%s", tree->root, made[i]);
		remove(whole);
	}
	return 0;
}

/* The line begins with the cause. */
static void assert_refused(const struct tree *tree, const char *cause)
{
	struct collector_options options = as_auto;
	struct finding found = { 0 };

	options.sys_root = tree->root;
	find_out(&found, &options);
	assert_int_equal(found.err, 0);
	assert_string_equal(found.source, "proc");
	assert_memory_equal(found.why, cause, strlen(cause));
	assert_null(strchr(found.why, '\n'));
	options.source = SOURCE_BPF;
	find_out(&found, &options);
	assert_true(found.err < 0);
	assert_memory_equal(found.why, cause, strlen(cause));
}

static void without_sys(void **state)
{
	assert_refused(*state, "no /sys: ");
}

static void without_btf(void **state)
{
	make_dir(*state, "kernel");
	assert_refused(*state, "no BTF: ");
}

static void under_lockdown(void **state)
{
	make_dir(*state, "kernel");
	make_dir(*state, "kernel/btf");
	make_file(*state, "kernel/btf/vmlinux", "");
	make_dir(*state, "kernel/security");
	make_file(*state, "kernel/security/lockdown", "none integrity [confidentiality]\n");
	assert_refused(*state, "lockdown: ");
}

static void a_copied_tree_is_read_as_files(void **state)
{
	struct collector_options options = as_auto;
	struct finding found = { 0 };

	make_file(*state, "stat", "cpu  1 2 3 4\n");
	options.proc_root = ((struct tree *)*state)->root;
	find_out(&found, &options);
	assert_int_equal(found.err, 0);
	assert_string_equal(found.source, "proc");
	assert_non_null(strstr(found.why, "not the /proc of this machine"));
}

#define tree_test(name) cmocka_unit_test_setup_teardown(name, tree_setup, tree_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_is_told_what_he_needs),
		cmocka_unit_test(nobody_gets_proc_soon_and_why),
		cmocka_unit_test(two_capabilities_do_and_are_given_up),
		tree_test(without_sys),
		tree_test(without_btf),
		tree_test(under_lockdown),
		tree_test(a_copied_tree_is_read_as_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
