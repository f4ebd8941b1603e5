/*
 * app/thread: threads beside the main one, which alone takes signals.
 */
#ifndef STALLTOP_APP_THREAD_H
#define STALLTOP_APP_THREAD_H

#include <pthread.h>

/* Starts run(argument) with every signal blocked but its own faults. 0 or -errno. */
int thread_start(pthread_t *thread, void *(*run)(void *), void *argument);

/* Adds to an eventfd(2), and waits until something was added. */
void event_signal(int fd);
void event_wait(int fd);

#endif
