/*
 * app/fatal: puts the terminal back before a deadly signal ends the program by that signal.
 */
#ifndef STALLTOP_APP_FATAL_H
#define STALLTOP_APP_FATAL_H

/* Installs handlers of SEGV, BUS, FPE, ILL, ABRT, TRAP and SYS on a stack of their own. */
void fatal_install(void);

#endif
