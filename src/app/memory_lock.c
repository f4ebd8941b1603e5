#include "app/memory_lock.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>

/* Who is privileged may lock under a limit of nothing, and only who is. */
void memory_lock(void)
{
	struct rlimit limit, nothing;

	if (getrlimit(RLIMIT_MEMLOCK, &limit))
		return;
	nothing = limit;
	if (limit.rlim_cur != RLIM_INFINITY)
		nothing.rlim_cur = 0;
	setrlimit(RLIMIT_MEMLOCK, &nothing);
	if (mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT))
		errno = 0;
	setrlimit(RLIMIT_MEMLOCK, &limit);
}
