#include "sys/cgroup.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/scan.h"
#include "base/value.h"

/* Version 1 prints the largest page-aligned number where there is no limit. */
#define V1_NO_LIMIT (UINT64_C(1) << 62)
#define PATH_CAP sizeof(((struct cgroup_reader *)NULL)->path[0])

enum { CPU, PERIOD, MEMORY, MEMORY_USED };

/* The directory of one controller, cut from the leaf upwards. */
struct place {
	char dir[PATH_CAP];
	size_t root_len; /* of the mount */
};

static bool has_controller(struct scan list, const char *controller)
{
	while (list.at < list.end) {
		const char *comma = memchr(list.at, ',', scan_left(&list));
		struct scan item = { list.at, comma ? comma : list.end };

		if (scan_is(item, controller))
			return true;
		list.at = comma ? comma + 1 : list.end;
	}
	return false;
}

/* Splits "4:memory:/user.slice"; version 2 is "0::/user.slice". */
static bool split_line(struct scan line, struct scan *list, struct scan *path)
{
	const char *colon = memchr(line.at, ':', scan_left(&line));

	if (!colon)
		return false;
	list->at = colon + 1;
	colon = memchr(list->at, ':', (size_t)(line.end - list->at));
	if (!colon)
		return false;
	list->end = colon;
	*path = (struct scan){ colon + 1, line.end };
	return true;
}

/* The path of the process in a controller's hierarchy ("": version 2's); false when in none. */
static bool find_path(struct scan text, const char *controller, struct scan *path)
{
	struct scan line, list;

	while (scan_line(&text, &line)) {
		if (!split_line(line, &list, path))
			continue;
		if (*controller ? has_controller(list, controller) : list.at == list.end)
			return true;
	}
	return false;
}

static int place_init(struct place *place, const char *mount, struct scan path)
{
	size_t mount_len = strlen(mount), len = scan_left(&path);

	/* A cgroup outside of the own namespace, "/../x", cannot be reached below the mount. */
	if (memmem(path.at, len, "/..", 3) || (len && *path.at != '/'))
		len = 0;
	if (len && path.at[len - 1] == '/')
		len--;
	if (mount_len + len >= sizeof(place->dir))
		return -ENAMETOOLONG;
	memcpy(place->dir, mount, mount_len);
	memcpy(place->dir + mount_len, path.at, len);
	place->dir[mount_len + len] = '\0';
	place->root_len = mount_len;
	return 0;
}

/* Goes to the parent directory; false at the mount's root. */
static bool place_up(struct place *place)
{
	if (strlen(place->dir) <= place->root_len)
		return false;
	*strrchr(place->dir, '/') = '\0';
	return true;
}

static bool place_join(const struct place *place, const char *name, char *path)
{
	int len = snprintf(path, PATH_CAP, "%s/%s", place->dir, name);

	return len > 0 && (size_t)len < PATH_CAP;
}

/* The first word of a file as a number; ABSENT for "max", -1 and what is no number. */
static uint64_t first_number(struct scan *text)
{
	struct scan line = *text;
	uint64_t value;

	scan_line(text, &line);
	*text = line;
	scan_u64(text, &value);
	return value;
}

static uint64_t read_number(struct kept_file *file, int sysfd, struct scan *rest, char *buf,
			    size_t cap)
{
	ssize_t len = file->path ? kept_file_read(file, sysfd, buf, cap) : -ENOENT;

	if (len < 0)
		return ABSENT;
	*rest = scan_text(buf, (size_t)len);
	return first_number(rest);
}

static uint64_t read_cpu(struct cgroup_reader *r, int sysfd, char *buf, size_t cap)
{
	struct scan rest;
	uint64_t quota = read_number(&r->cpu, sysfd, &rest, buf, cap), period;

	if (!present(quota) || quota > ABSENT / 1000 - 1)
		return ABSENT;
	if (r->version == 1)
		period = read_number(&r->period, sysfd, &rest, buf, cap);
	else
		scan_u64(&rest, &period);
	return present(period) && period ? quota * 1000 / period : ABSENT;
}

static uint64_t read_memory(struct cgroup_reader *r, int sysfd, char *buf, size_t cap)
{
	struct scan rest;
	uint64_t limit = read_number(&r->memory, sysfd, &rest, buf, cap);

	return r->version == 1 && limit >= V1_NO_LIMIT ? ABSENT : limit;
}

static void set_path(struct cgroup_reader *r, struct kept_file *file, int slot,
		     const struct place *place, const char *name)
{
	kept_file_close(file);
	file->path = place_join(place, name, r->path[slot]) ? r->path[slot] : NULL;
}

static void set_cpu(struct cgroup_reader *r, const struct place *place)
{
	set_path(r, &r->cpu, CPU, place, r->version == 1 ? "cpu.cfs_quota_us" : "cpu.max");
	if (r->version == 1)
		set_path(r, &r->period, PERIOD, place, "cpu.cfs_period_us");
}

static void set_memory(struct cgroup_reader *r, const struct place *place)
{
	bool v1 = r->version == 1;

	set_path(r, &r->memory, MEMORY, place, v1 ? "memory.limit_in_bytes" : "memory.max");
	set_path(r, &r->memory_used, MEMORY_USED, place,
		 v1 ? "memory.usage_in_bytes" : "memory.current");
}

struct controller {
	const char *name;
	const char *v1_mount;
	void (*set)(struct cgroup_reader *r, const struct place *place);
	uint64_t (*read)(struct cgroup_reader *r, int sysfd, char *buf, size_t cap);
};

static const struct controller controllers[] = {
	{ "cpu", "fs/cgroup/cpu", set_cpu, read_cpu },
	{ "memory", "fs/cgroup/memory", set_memory, read_memory },
};

/* Leaves the reader at the directory with the lowest limit, or at the leaf when there is none. */
static void choose(struct cgroup_reader *r, const struct controller *c, int sysfd,
		   struct place place)
{
	struct place tightest = place;
	uint64_t lowest = ABSENT, limit;
	char buf[64];

	do {
		c->set(r, &place);
		limit = c->read(r, sysfd, buf, sizeof(buf));
		if (limit < lowest) {
			lowest = limit;
			tightest = place;
		}
	} while (place_up(&place));
	c->set(r, &tightest);
}

static int init_version(struct cgroup_reader *r, int version, struct scan text, int sysfd)
{
	int found = 0, rc = 0;

	for (size_t i = 0; i < sizeof(controllers) / sizeof(controllers[0]); i++) {
		const struct controller *c = &controllers[i];
		struct scan path;
		struct place place;

		if (!find_path(text, version == 1 ? c->name : "", &path))
			continue;
		rc = place_init(&place, version == 1 ? c->v1_mount : "fs/cgroup", path);
		if (rc)
			return rc;
		r->version = version;
		choose(r, c, sysfd, place);
		found++;
	}
	return found;
}

int cgroup_reader_init(struct cgroup_reader *reader, int procfd, int sysfd)
{
	char buf[8192];
	ssize_t len;
	int found;

	*reader = (struct cgroup_reader){
		.cpu.fd = -1, .period.fd = -1, .memory.fd = -1, .memory_used.fd = -1
	};
	len = file_read_at(procfd, "self/cgroup", buf, sizeof(buf));
	if (len < 0)
		return (int)len;
	/* Where both are mounted, the controllers are version 1's: systemd's hybrid mode. */
	found = init_version(reader, 1, scan_text(buf, (size_t)len), sysfd);
	if (!found)
		found = init_version(reader, 2, scan_text(buf, (size_t)len), sysfd);
	return found < 0 ? found : 0;
}

void cgroup_reader_read(struct cgroup_reader *reader, int sysfd, struct cgroup_limits *limits,
			char *buf, size_t cap)
{
	struct scan rest;

	limits->cpu_milli = limits->memory_bytes = limits->memory_used_bytes = ABSENT;
	if (!reader->version)
		return;
	limits->cpu_milli = read_cpu(reader, sysfd, buf, cap);
	limits->memory_bytes = read_memory(reader, sysfd, buf, cap);
	if (present(limits->memory_bytes))
		limits->memory_used_bytes =
			read_number(&reader->memory_used, sysfd, &rest, buf, cap);
}

void cgroup_reader_release(struct cgroup_reader *reader)
{
	kept_file_close(&reader->cpu);
	kept_file_close(&reader->period);
	kept_file_close(&reader->memory);
	kept_file_close(&reader->memory_used);
	reader->version = 0;
}
