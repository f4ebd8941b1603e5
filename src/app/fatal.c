#include "app/fatal.h"

#include <signal.h>
#include <stddef.h>

#include "ui/screen.h"

static const int deadly[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS };

/* SA_RESETHAND has put the default back, so the signal that is raised again ends the program. */
static void restore(int signal)
{
	screen_restore_raw();
	raise(signal);
}

void fatal_install(void)
{
	static _Alignas(16) char stack[16384]; /* a stack overflow leaves no other */
	stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };
	struct sigaction action = { .sa_handler = restore,
				    .sa_flags = (int)(SA_RESETHAND | SA_ONSTACK | SA_NODEFER) };

	sigemptyset(&action.sa_mask);
	sigaltstack(&alternate, NULL);
	for (size_t i = 0; i < sizeof(deadly) / sizeof(*deadly); i++)
		sigaction(deadly[i], &action, NULL);
}
