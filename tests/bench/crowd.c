#include "bench/crowd.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define SLEEPER "bench-sleeper"
#define SLEEPER_KB 400 /* twice what one needs */

/* The kernel copies the name from the program's file, not from argv[0]. */
void crowd_sleep(int argc, char **argv)
{
	if (argc != 2 || strcmp(argv[0], SLEEPER))
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NAME, SLEEPER);
	if (getppid() != (pid_t)strtol(argv[1], NULL, 10))
		exit(EXIT_SUCCESS);
	for (;;)
		pause();
}

/* In a process group of its own: Ctrl-C is for the parent, which ends them one by one. */
static int start_sleeper(pid_t *pid)
{
	char name[] = SLEEPER, parent[16];
	char *argv[] = { name, parent, NULL };
	posix_spawnattr_t attributes;
	int err;

	snprintf(parent, sizeof(parent), "%d", (int)getpid());
	err = posix_spawnattr_init(&attributes);
	if (err)
		return -err;
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
	err = posix_spawn(pid, "/proc/self/exe", NULL, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	return -err;
}

/* The soft limit counts every process of the user: lift it as far as is allowed. */
static void lift_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NPROC, &limit))
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NPROC, &limit);
}

static bool enough_memory(size_t more)
{
	double available_kb = crowd_proc_kb("/proc/meminfo", "MemAvailable:");

	return available_kb > (double)more * SLEEPER_KB;
}

static int grow(struct crowd *crowd, size_t count)
{
	pid_t *grown;
	int err = 0;

	if (!enough_memory(count - crowd->count))
		return -ENOMEM;
	grown = reallocarray(crowd->pid, count, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	crowd->pid = grown;
	lift_limit();
	while (crowd->count < count && !err) {
		err = start_sleeper(&crowd->pid[crowd->count]);
		if (!err)
			crowd->count++;
	}
	return err;
}

/* All are told before the first is waited for, so that they end side by side. */
static void shrink(struct crowd *crowd, size_t count)
{
	for (size_t i = count; i < crowd->count; i++)
		kill(crowd->pid[i], SIGKILL);
	for (size_t i = count; i < crowd->count; i++)
		while (waitpid(crowd->pid[i], NULL, 0) < 0 && errno == EINTR)
			;
	crowd->count = count;
	if (!count) {
		free(crowd->pid);
		crowd->pid = NULL;
	}
}

int crowd_resize(struct crowd *crowd, size_t count)
{
	if (count > crowd->count)
		return grow(crowd, count);
	shrink(crowd, count);
	return 0;
}

double crowd_proc_kb(const char *path, const char *name)
{
	char line[256];
	double kb = 0;
	FILE *file = fopen(path, "re");

	while (file && fgets(line, sizeof(line), file))
		if (!strncmp(line, name, strlen(name)))
			kb = strtod(line + strlen(name), NULL);
	if (file)
		fclose(file);
	return kb;
}

size_t crowd_machine(void)
{
	DIR *proc = opendir("/proc");
	const struct dirent *entry;
	size_t count = 0;

	if (!proc)
		return 0;
	while ((entry = readdir(proc)))
		count += entry->d_name[0] >= '1' && entry->d_name[0] <= '9';
	closedir(proc);
	return count;
}
