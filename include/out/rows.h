/*
 * out/rows: rows as vmstat(8) prints them, with minor and major faults beside its columns, for -b.
 *
 *   --procs-- ---------------memory---------------- ... ----faults---- --------cpu--------
 *    r    b       swpd       free       buff      cache ...  min    maj  us  sy  id  wa  st
 *
 * Memory in kB, si and so in kB/s, bi and bo in blocks of 1 kB a second, the others a second; the
 * CPU columns are per cent of all CPUs. us contains nice and guest, sy contains interrupts, cache
 * contains the reclaimable slab, as vmstat has it. What is not known is "-". A number that is wider
 * than its column takes the room of those behind it; a blank always stands between two.
 *
 * There is no row since boot: the first sample gives none. What is bad in the interval, by the rules of
 * model/alert, colours its row and is said in a line of its own: an OOM kill, context switches, major
 * faults.
 *
 *   ! HIGH IO LATENCY: 85 major faults/s
 */
#ifndef STALLTOP_OUT_ROWS_H
#define STALLTOP_OUT_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/model.h"

struct row_stream {
	unsigned screen_rows; /* lines of the terminal; 0: the heading stands once */
	unsigned since; /* lines below the last heading */
	bool begun;
	bool color; /* rows and messages, by SGR sequences (ECMA-48) */
	bool messages; /* below their row */
	bool timestamp; /* local date and time behind the columns */
	double memory_unit; /* bytes that one of memory and swap columns is; 0: 1024 */
};

#define ROW_TEXT_MAX 2048 /* always enough for row_text() */
#define ROW_MESSAGES_MAX 512 /* and for row_messages() */

/*
 * Writes the row of the model's interval to buf, with the two lines of heading before it where a
 * new screen begins, and ends it with a NUL. The length, 0 for a first sample, or -ENOSPC, and then
 * the stream is as before. Nothing is written behind cap.
 */
long row_text(struct row_stream *stream, const struct model *model, char *buf, size_t cap);

/*
 * The messages alone, a line each, without colour, for a stream whose rows go elsewhere. The length, 0
 * when there is none, or -ENOSPC.
 */
long row_messages(const struct model *model, char *buf, size_t cap);

#endif
