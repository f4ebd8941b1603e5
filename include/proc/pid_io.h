/*
 * proc/pid_io: /proc/PID/io, proc_pid_io(5): "rchar: 1\nwchar: 2\n...". Bytes since the process
 * began, all threads, dead ones included. Readable only with ptrace access to the process.
 */
#ifndef STALLTOP_PROC_PID_IO_H
#define STALLTOP_PROC_PID_IO_H

#include <stddef.h>
#include <stdint.h>

struct pid_io {
	uint64_t rchar, wchar; /* through read(2) and write(2), caches included */
	uint64_t syscr, syscw; /* calls */
	uint64_t read_bytes, write_bytes; /* that reached, or will reach, the storage */
	uint64_t cancelled_write_bytes; /* dirtied, then truncated away */
};

/* 0, or -ENODATA when neither read_bytes nor write_bytes is there. */
int pid_io_parse(struct pid_io *io, const char *text, size_t len);

#endif
