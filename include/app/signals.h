/*
 * app/signals: the signals that the dashboard takes from a descriptor, and what it does to itself
 * with some of them.
 *
 * Sources: signalfd(2), signal(7), the kernel's get_signal() (a SIGTSTP in an orphaned process group).
 */
#ifndef STALLTOP_APP_SIGNALS_H
#define STALLTOP_APP_SIGNALS_H

/* Holds INT, TERM, HUP, QUIT, TSTP, CONT and WINCH back: before the terminal is taken. */
void signals_hold(void);

/*
 * Lets TERM, HUP and QUIT through to the handlers of app/fatal until the next signals_hold(): around a
 * write to a terminal that may take no more, where nobody reads the descriptor.
 */
void signals_let_end(void);

/* A signalfd(2) of them, which does not block, or -errno. */
int signals_open(void);

/*
 * Stops as ^Z stops any program, and returns when continued; the SIGCONT of it is taken away. Not by
 * SIGSTOP, for the kernel leaves a SIGTSTP out where no shell is there that could continue the program.
 */
void signals_stop(void);

/* Ends the program by the signal, so that its caller sees it. */
void signals_end_by(int signal);

#endif
