/*
 * Test support: a session whose machine is busy: with each step every counter grows by another amount,
 * so that every number on the screen changes and processes change places.
 */
#ifndef TESTS_SCREEN_MOVING_H
#define TESTS_SCREEN_MOVING_H

#include "screen/session.h"

/* Goes on by a second from instant 1 of the fixture; steps count from 1. Waits for the picture. */
void moving_step(struct session *session, int step);

#endif
