#include "app/fatal.h"

#include <signal.h>
#include <stddef.h>

#include "ui/screen.h"

/*
 * Faults, and what ends a program unless it is caught: the terminal has to be put back all the same.
 * TERM, HUP and QUIT are let through only while a write may hang: see app/signals.
 */
static const int deadly[] = { SIGSEGV, SIGBUS,	SIGFPE,	 SIGILL,    SIGABRT, SIGTRAP,
			      SIGSYS,  SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF, SIGXCPU,
			      SIGALRM, SIGIO,	SIGTERM, SIGHUP,    SIGQUIT };

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
	struct sigaction before;

	sigemptyset(&action.sa_mask);
	sigaltstack(&alternate, NULL);
	for (size_t i = 0; i < sizeof(deadly) / sizeof(*deadly); i++)
		/* What nohup(1) has turned off stays off. */
		if (!sigaction(deadly[i], NULL, &before) && before.sa_handler != SIG_IGN)
			sigaction(deadly[i], &action, NULL);
}
