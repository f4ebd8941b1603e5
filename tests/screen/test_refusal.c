/*
 * The probe refused on this machine, in each way: the screen goes on with /proc and says why.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/term.h"

/* A /sys with what a test puts there, the last part of a path first, for taking it away. */
struct tree {
	char root[64];
};

static const char *const made[] = { "kernel/btf/vmlinux",
				    "kernel/security/lockdown",
				    "kernel/btf",
				    "kernel/security",
				    "kernel",
				    "" };

static char *path_in(char *path, size_t cap, const struct tree *tree, const char *name)
{
	snprintf(path, cap, "%s/%s", tree->root, name);
	return path;
}

static int setup(void **state)
{
	static struct tree tree;

	snprintf(tree.root, sizeof(tree.root), "/tmp/stalltop-sys-XXXXXX");
	*state = &tree;
	return !mkdtemp(tree.root);
}

static int teardown(void **state)
{
	char path[160];

	for (size_t i = 0; i < sizeof(made) / sizeof(*made); i++)
		remove(path_in(path, sizeof(path), *state, made[i]));
	return 0;
}

static void make_dir(const struct tree *tree, const char *name)
{
	char path[160];

	assert_int_equal(mkdir(path_in(path, sizeof(path), tree, name), 0755), 0);
}

static void make_file(const struct tree *tree, const char *name, const char *text)
{
	char path[160];
	FILE *file = fopen(path_in(path, sizeof(path), tree, name), "we");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static const char *program(void)
{
	const char *path = getenv("STALLTOP");

	return path ? path : "build/stalltop";
}

/* The cause beside the source, all of it in the help, and figures of processes all the same. */
static void expect_cause(char *const argv[], const char *cause, const char *all)
{
	struct term *term =
		term_start(&(const struct term_options){ .rows = 60, .cols = 160 }, argv);
	char text[64];

	assert_non_null(term);
	snprintf(text, sizeof(text), "proc: %s", cause);
	assert_int_equal(term_wait_text(term, text, TERM_WAIT_MS), 0);
	assert_int_equal(term_wait_text(term, "COMMAND", TERM_WAIT_MS), 0);
	assert_int_equal(term_keys(term, "?"), 0);
	assert_int_equal(term_wait_text(term, "Their source is proc", TERM_WAIT_MS), 0);
	assert_true(term_shows(term, all));
	assert_int_equal(term_keys(term, "qq"), 0);
	term_close(term);
}

static void expect_refused(const struct tree *tree, const char *cause, const char *all)
{
	char *argv[] = { (char *)program(), "-d", "0.2", "--sys-root", (char *)tree->root, NULL };

	expect_cause(argv, cause, all);
}

static void without_sys(void **state)
{
	expect_refused(*state, "no /sys", "so there is no BTF");
}

static void without_btf(void **state)
{
	make_dir(*state, "kernel");
	expect_refused(*state, "no BTF", "CONFIG_DEBUG_INFO_BTF");
}

static void under_lockdown(void **state)
{
	make_dir(*state, "kernel");
	make_dir(*state, "kernel/btf");
	make_file(*state, "kernel/btf/vmlinux", "");
	make_dir(*state, "kernel/security");
	make_file(*state, "kernel/security/lockdown", "none integrity [confidentiality]\n");
	expect_refused(*state, "lockdown", "confidentiality mode");
}

/* Whether anybody may come to a file: each folder above it lets him through. */
static bool is_for_all(const char *path)
{
	char real[4096];
	struct stat st;

	if (!realpath(path, real))
		return false;
	for (char *slash = strrchr(real, '/'); slash; slash = strrchr(real, '/')) {
		if (stat(real, &st) || !(st.st_mode & S_IXOTH))
			return false;
		*slash = '\0';
	}
	return true;
}

static void as_nobody(void **state)
{
	char *argv[] = { "setpriv",
			 "--reuid=65534",
			 "--regid=65534",
			 "--clear-groups",
			 "--inh-caps=-all",
			 "--",
			 (char *)program(),
			 "-d",
			 "0.2",
			 NULL };

	(void)state;
	if (geteuid() || !is_for_all(program())) {
		print_message("not tested: needs root, and a program that nobody may run\n");
		return;
	}
	expect_cause(argv, "no CAP_BPF", "CAP_PERFMON");
}

/* What was asked for needs no reason. */
static void asked_for_proc(void **state)
{
	char *argv[] = { (char *)program(), "-d", "0.2", "--source", "proc", NULL };
	struct term *term =
		term_start(&(const struct term_options){ .rows = 24, .cols = 160 }, argv);

	(void)state;
	assert_non_null(term);
	assert_int_equal(term_wait_text(term, " proc ", TERM_WAIT_MS), 0);
	assert_false(term_shows(term, "proc:"));
	term_close(term);
}

#define tree_test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(without_sys),		  tree_test(without_btf),
		tree_test(under_lockdown),	  cmocka_unit_test(as_nobody),
		cmocka_unit_test(asked_for_proc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
