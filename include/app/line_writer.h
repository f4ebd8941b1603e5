/*
 * app/line_writer: lines on standard output that are whole whenever the program ends.
 *
 * A line is one write(2) where the kernel takes it whole. A line that was begun is finished before a
 * signal ends the program; a reader who then takes nothing for a second is given up.
 */
#ifndef STALLTOP_APP_LINE_WRITER_H
#define STALLTOP_APP_LINE_WRITER_H

#include <stdbool.h>
#include <stddef.h>

/* Takes INT, TERM, HUP, QUIT and ALRM, and ignores PIPE. What the caller ignores stays ignored. */
void line_writer_begin(void);

/* Whether this thread is the one whose write ALRM breaks into. */
void line_writer_take_alarms(bool take);

/* A line is about to be handed to the thread that writes it: from here on it counts as begun. */
void line_writer_hold(void);

/* Writes a line, or several. 0 or -errno: -EPIPE when the reader has gone. */
int line_write(const char *text, size_t len);

#endif
