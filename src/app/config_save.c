#include "app/config_save.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/config_text.h"
#include "base/text.h"

#define TEMPORARY ".config.new"

/* The file that is to be, and the one that is there. */
struct save {
	const struct config *config;
	const char *name; /* in its folder */
	int folder;
	char *text, *before;
	size_t length;
	long before_length; /* -errno: there is none, or it cannot be read */
};

static int refuse(char *what, size_t cap, int err, const char *name, const char *why)
{
	char clean[96];

	text_clean(clean, sizeof(clean), name, strlen(name));
	snprintf(what, cap, "not written: %s: %s", clean, why);
	return err;
}

static bool is_trusted(uid_t owner)
{
	return owner == geteuid() || owner == 0;
}

/* Whether a folder is the usual place, or one of the two around it: HOME and .config. */
static bool is_near(const char *rest)
{
	int below = 0;

	while ((rest = strchr(rest, '/'))) {
		rest++;
		below++;
	}
	return below < 3;
}

/*
 * Makes every folder of a path that is not there. In a HOME that sudo(8) left at another user's, a link
 * of theirs would lead to any folder, of root's too, in which there may be a "config".
 */
static int make_folders(const char *path)
{
	char part[PATH_MAX];
	struct stat st;

	for (const char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
		snprintf(part, sizeof(part), "%.*s", (int)(at - path), path);
		if (mkdir(part, 0700) && errno != EEXIST)
			return -errno;
		if (lstat(part, &st))
			return -errno;
		if (is_near(at + 1) && !is_trusted(st.st_uid))
			return -EPERM;
	}
	return 0;
}

static int open_folder(struct save *save)
{
	const char *path = save->config->path, *slash = strrchr(path, '/');
	char folder[PATH_MAX];
	struct stat st;

	save->name = slash ? slash + 1 : path;
	snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - path) + 1 : 1,
		 slash ? path : ".");
	if (!save->config->given) {
		int err = make_folders(path);

		if (err)
			return err;
	}
	save->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (save->folder < 0 || fstat(save->folder, &st))
		return -errno;
	return is_trusted(st.st_uid) ? 0 : -EPERM;
}

/* Whether something other than a file of ours is in the way; why. */
static const char *in_the_way(const struct save *save)
{
	struct stat st;

	if (fstatat(save->folder, save->name, &st, AT_SYMLINK_NOFOLLOW))
		return NULL;
	if (S_ISLNK(st.st_mode))
		return "a symbolic link";
	if (!S_ISREG(st.st_mode))
		return "not a regular file";
	if (save->before_length < 0)
		return config_error((int)save->before_length);
	return NULL;
}

static bool is_ours(const struct save *save)
{
	return !save->config->notes.count &&
	       !strncmp(save->before, CONFIG_MARK, strlen(CONFIG_MARK));
}

/* Keeps what somebody wrote. 0 or -errno: -EEXIST when something else is kept already. */
static int keep(const struct save *save, const char *bak)
{
	char path[PATH_MAX + 8], *kept;
	long length;
	int err = 0;

	if (!linkat(save->folder, save->name, save->folder, bak, 0))
		return 0;
	if (errno != EEXIST)
		return -errno;
	kept = malloc(CONFIG_MAX + 1);
	if (!kept)
		return -ENOMEM;
	snprintf(path, sizeof(path), "%s.bak", save->config->path);
	length = config_read(path, kept, CONFIG_MAX + 1);
	if (length != save->before_length || memcmp(kept, save->before, (size_t)length))
		err = -EEXIST;
	free(kept);
	return err;
}

static int write_all(int fd, const char *text, size_t length)
{
	while (length) {
		ssize_t wrote = write(fd, text, length);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return -errno;
		text += wrote;
		length -= (size_t)wrote;
	}
	return 0;
}

/* Under another name first, so that a full disk takes nothing away. */
static int replace(const struct save *save)
{
	char name[32];
	struct stat before;
	mode_t mode = 0644;
	int fd, err;

	/* What a person closed to others stays closed. */
	if (!fstatat(save->folder, save->name, &before, AT_SYMLINK_NOFOLLOW))
		mode = before.st_mode & 0666;
	snprintf(name, sizeof(name), "%s.%d", TEMPORARY, (int)getpid());
	unlinkat(save->folder, name, 0);
	fd = openat(save->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	err = write_all(fd, save->text, save->length);
	if (!err && (fchmod(fd, mode) || fsync(fd)))
		err = -errno;
	if (close(fd) && !err)
		err = -errno;
	if (!err && renameat(save->folder, name, save->folder, save->name))
		err = -errno;
	if (err)
		unlinkat(save->folder, name, 0);
	return err;
}

static int put(const struct save *save, char *what, size_t cap)
{
	char bak[NAME_MAX + 8], path[96];
	const char *obstacle = in_the_way(save);
	const char *kept = "";
	int err;

	snprintf(bak, sizeof(bak), "%s.bak", save->name);
	text_clean(path, sizeof(path), save->config->path, strlen(save->config->path));
	if (obstacle)
		return refuse(what, cap, -EEXIST, save->config->path, obstacle);
	if (save->before_length == (long)save->length &&
	    !memcmp(save->before, save->text, save->length)) {
		snprintf(what, cap, "%s says so already", path);
		return 0;
	}
	if (save->before_length > 0 && !is_ours(save)) {
		err = keep(save, bak);
		if (err)
			return refuse(what, cap, err, bak,
				      err == -EEXIST ? "is in the way, move it" : strerror(-err));
		kept = "; what was there is in .bak";
	}
	err = replace(save);
	if (err)
		return refuse(what, cap, err, save->config->path, strerror(-err));
	snprintf(what, cap, "settings written to %s%s", path, kept);
	return 0;
}

int config_save(const struct config *config, const struct settings *settings, char *what,
		size_t cap)
{
	struct save save = { .config = config, .folder = -1 };
	int err;

	if (!*config->path) {
		snprintf(what, cap, "not written: neither HOME nor XDG_CONFIG_HOME is set");
		return -ENOENT;
	}
	save.text = malloc(2 * (CONFIG_MAX + 1));
	if (!save.text) {
		snprintf(what, cap, "not written: out of memory");
		return -ENOMEM;
	}
	save.before = save.text + CONFIG_MAX + 1;
	save.length = config_text(save.text, CONFIG_MAX, settings);
	memset(save.before, 0, strlen(CONFIG_MARK));
	save.before_length = config_read(config->path, save.before, CONFIG_MAX + 1);
	err = open_folder(&save);
	if (err)
		refuse(what, cap, err, config->path,
		       err == -EPERM ? "the folder is another user's" : strerror(-err));
	else
		err = put(&save, what, cap);
	if (save.folder >= 0)
		close(save.folder);
	free(save.text);
	return err;
}
