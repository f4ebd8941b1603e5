#include "screen/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_CAP 512
#define ARGUMENTS_MAX 24

static int copy_file(const char *from, const char *to)
{
	char buf[65536], part[PATH_CAP + 8];
	ssize_t len;
	int in, out, err = 0;

	snprintf(part, sizeof(part), "%s.part", to);
	in = open(from, O_RDONLY | O_CLOEXEC);
	out = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (in < 0 || out < 0)
		err = -errno;
	while (!err && (len = read(in, buf, sizeof(buf))) > 0)
		if (write(out, buf, (size_t)len) != len)
			err = -EIO;
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	if (!err && rename(part, to))
		err = -errno;
	return err;
}

static bool is_dot(const char *name)
{
	return !strcmp(name, ".") || !strcmp(name, "..");
}

static int remove_all(const char *path);

/* Takes away what `from` does not hold. */
static int prune(const char *from, const char *to)
{
	char path[PATH_CAP], other[PATH_CAP];
	struct dirent *entry;
	DIR *dir = opendir(to);
	int err = 0;

	if (!dir)
		return -errno;
	while (!err && (entry = readdir(dir))) {
		if (is_dot(entry->d_name))
			continue;
		snprintf(path, sizeof(path), "%s/%s", to, entry->d_name);
		snprintf(other, sizeof(other), "%s/%s", from, entry->d_name);
		if (access(other, F_OK))
			err = remove_all(path);
	}
	closedir(dir);
	return err;
}

static int remove_all(const char *path)
{
	struct stat st;
	int err;

	if (lstat(path, &st))
		return -errno;
	if (!S_ISDIR(st.st_mode))
		return unlink(path) ? -errno : 0;
	err = prune("/nowhere", path);
	if (!err && rmdir(path))
		err = -errno;
	return err;
}

static int copy_tree(const char *from, const char *to)
{
	char path[PATH_CAP], other[PATH_CAP];
	struct dirent *entry;
	struct stat st;
	DIR *dir = opendir(from);
	int err;

	if (!dir)
		return -errno;
	err = mkdir(to, 0755) && errno != EEXIST ? -errno : prune(from, to);
	while (!err && (entry = readdir(dir))) {
		if (is_dot(entry->d_name) || !strcmp(entry->d_name, "uptime"))
			continue;
		snprintf(path, sizeof(path), "%s/%s", from, entry->d_name);
		snprintf(other, sizeof(other), "%s/%s", to, entry->d_name);
		if (stat(path, &st))
			err = -errno;
		else
			err = S_ISDIR(st.st_mode) ? copy_tree(path, other) : copy_file(path, other);
	}
	closedir(dir);
	return err;
}

int tree_advance(struct tree *tree, int instant)
{
	const char *fixtures = getenv("STALLTOP_FIXTURES");
	char from[PATH_CAP], to[PATH_CAP];
	int err;

	snprintf(from, sizeof(from), "%s/%s/%d", fixtures ? fixtures : "tests/fixtures",
		 tree->machine, instant);
	err = copy_tree(from, tree->root);
	if (err)
		return err;
	snprintf(from, sizeof(from), "%s/%s/%d/proc/uptime", fixtures ? fixtures : "tests/fixtures",
		 tree->machine, instant);
	snprintf(to, sizeof(to), "%s/proc/uptime", tree->root);
	return copy_file(from, to);
}

int tree_create(struct tree *tree, const char *machine, int instant)
{
	const char *base = getenv("TMPDIR");

	*tree = (struct tree){ .machine = machine };
	snprintf(tree->root, sizeof(tree->root), "%s/stalltop-XXXXXX", base ? base : "/tmp");
	if (!mkdtemp(tree->root))
		return -errno;
	return tree_advance(tree, instant);
}

void tree_remove(struct tree *tree)
{
	if (tree->root[0])
		remove_all(tree->root);
}

struct term *tree_start(const struct tree *tree, const struct term_options *options,
			const char *const *arguments)
{
	const char *program = getenv("STALLTOP");
	char proc[PATH_CAP], sys[PATH_CAP], *argv[ARGUMENTS_MAX + 6];
	int count = 0;

	snprintf(proc, sizeof(proc), "--proc-root=%s/proc", tree->root);
	snprintf(sys, sizeof(sys), "--sys-root=%s/sys", tree->root);
	argv[count++] = (char *)(program ? program : "build/stalltop");
	argv[count++] = proc;
	argv[count++] = sys;
	while (arguments && *arguments && count < ARGUMENTS_MAX)
		argv[count++] = (char *)*arguments++;
	argv[count] = NULL;
	return term_start(options, argv);
}
