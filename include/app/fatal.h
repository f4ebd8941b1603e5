/*
 * app/fatal: puts the terminal back before a deadly signal ends the program by that signal.
 */
#ifndef STALLTOP_APP_FATAL_H
#define STALLTOP_APP_FATAL_H

/*
 * Installs handlers of SEGV, ABRT, USR1 and their like on a stack of their own. That is the main
 * thread's: a stack that overflows in the sampler thread is not caught.
 */
void fatal_install(void);

#endif
