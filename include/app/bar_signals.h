/*
 * app/bar_signals: what a status bar asks of stalltop while it runs, by real-time signals.
 *
 * SIGRTMIN: the next interval of 1, 0.5, 0.25, 0.1 and 2 s. SIGRTMIN+1: threads of the kernel are left
 * out, and included again. Sources: signalfd(2), signal(7).
 */
#ifndef STALLTOP_APP_BAR_SIGNALS_H
#define STALLTOP_APP_BAR_SIGNALS_H

enum bar_wish { BAR_NOTHING, BAR_INTERVAL, BAR_KERNEL };

/* Holds both back, so that none ends the program before the descriptor is there. */
void bar_signals_hold(void);

/* A signalfd(2) of them, which does not block, or -errno. */
int bar_signals_open(void);

/* Takes one wish from the descriptor; BAR_NOTHING when there is none. */
enum bar_wish bar_signals_take(int fd);

/* The interval behind this one; of one that is not in the list, the first. */
double bar_next_interval(double delay_s);

#endif
