#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

struct folder {
	char path[32];
	int fd;
};

static int setup(void **state)
{
	static struct folder folder;

	strncpy(folder.path, "/tmp/stalltop-file-XXXXXX", sizeof(folder.path) - 1);
	if (!mkdtemp(folder.path))
		return -1;
	folder.fd = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*state = &folder;
	return folder.fd < 0;
}

static int teardown(void **state)
{
	struct folder *folder = *state;

	unlinkat(folder->fd, "file", 0);
	close(folder->fd);
	return rmdir(folder->path);
}

/* Replaces the file, as a new inode. */
static void write_file(const struct folder *folder, const char *text, size_t len)
{
	int fd;

	unlinkat(folder->fd, "file", 0);
	fd = openat(folder->fd, "file", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), len);
	close(fd);
}

static void whole_or_too_long(void **state)
{
	const struct folder *folder = *state;
	char buf[8];

	write_file(folder, "1234567", 7);
	memset(buf, 'x', sizeof(buf));
	assert_int_equal(file_read_at(folder->fd, "file", buf, 8), 7);
	assert_string_equal(buf, "1234567");
	memset(buf, 'x', sizeof(buf));
	assert_int_equal(file_read_at(folder->fd, "file", buf, 7), -EFBIG);
	assert_string_equal(buf, "123456");
	assert_int_equal(file_read_at(folder->fd, "file", buf, 1), -EFBIG);
	assert_string_equal(buf, "");
	write_file(folder, "", 0);
	assert_int_equal(file_read_at(folder->fd, "file", buf, 8), 0);
	assert_string_equal(buf, "");
	assert_int_equal(file_read_at(folder->fd, "file", buf, 1), 0);
}

static void record_in_one_read(void **state)
{
	const struct folder *folder = *state;
	char buf[8];
	int fd;

	write_file(folder, "1234567", 7);
	fd = openat(folder->fd, "file", O_RDONLY | O_CLOEXEC);
	assert_int_equal(file_pread_record(fd, buf, 8), 7);
	assert_string_equal(buf, "1234567");
	assert_int_equal(file_pread_record(fd, buf, 7), -EFBIG);
	assert_string_equal(buf, "123456");
	close(fd);
	assert_int_equal(file_pread_record(fd, buf, 8), -EBADF);
}

static void errors_pass_through(void **state)
{
	const struct folder *folder = *state;
	char buf[8];

	assert_int_equal(file_read_at(folder->fd, "missing", buf, 8), -ENOENT);
	assert_int_equal(file_read_at(folder->fd, ".", buf, 8), -EISDIR);
	assert_int_equal(file_pread(-1, buf, 8), -EBADF);
}

/* The kernel hands a long /proc file over in pieces: all of them are there. */
static void files_in_pieces(void **state)
{
	static char big[1 << 20];
	char first[1];
	ssize_t len, once;
	int fd = open("/proc/self/smaps", O_RDONLY | O_CLOEXEC);

	(void)state;
	assert_true(fd >= 0);
	once = pread(fd, big, sizeof(big), 0);
	len = file_pread(fd, big, sizeof(big));
	assert_true(len > once);
	assert_int_equal(big[len - 1], '\n');
	assert_int_equal(strlen(big), len);
	assert_int_equal(pread(fd, first, 1, len), 0);
	close(fd);
}

static void kept_descriptor(void **state)
{
	const struct folder *folder = *state;
	struct kept_file file = { .path = "file", .fd = -1 };
	char buf[8];
	int fd;

	unlinkat(folder->fd, "file", 0);
	assert_int_equal(kept_file_read(&file, folder->fd, buf, 8), -ENOENT);
	assert_int_equal(file.fd, -1);
	write_file(folder, "one", 3);
	assert_int_equal(kept_file_read(&file, folder->fd, buf, 8), 3);
	fd = file.fd;

	/* The path now names another file; the one that is open is read on, from its start. */
	write_file(folder, "two", 3);
	assert_int_equal(kept_file_read(&file, folder->fd, buf, 8), 3);
	assert_string_equal(buf, "one");
	assert_int_equal(file.fd, fd);
	assert_int_equal(kept_file_read(&file, folder->fd, buf, 2), -EFBIG);
	assert_int_equal(file.fd, fd);
	kept_file_close(&file);
	assert_int_equal(file.fd, -1);
	assert_int_equal(fcntl(fd, F_GETFD), -1);
	kept_file_close(&file);
}

/* A descriptor that fails is given up, and the next read opens the path again. */
static void kept_file_that_came_back(void **state)
{
	const struct folder *folder = *state;
	struct kept_file file = { .path = "file", .fd = -1 };
	char buf[8];

	write_file(folder, "one", 3);
	file.fd = open(folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(file.fd >= 0);
	assert_int_equal(kept_file_read(&file, folder->fd, buf, 8), -EISDIR);
	assert_int_equal(file.fd, -1);
	assert_int_equal(kept_file_read(&file, folder->fd, buf, 8), 3);
	assert_string_equal(buf, "one");
	kept_file_close(&file);
}

/* Replaces the file by a symbolic link. */
static void link_file(const struct folder *folder, const char *target)
{
	unlinkat(folder->fd, "file", 0);
	assert_int_equal(symlinkat(target, folder->fd, "file"), 0);
}

/* A device that is read without end stands for one that does harm when it is opened. */
static void links_out_of_a_tree_lead_to_plain_files_only(void **state)
{
	const struct folder *folder = *state;
	struct kept_file file = { .path = "file", .fd = -1 };
	char buf[8], other[] = "/tmp/stalltop-plain-XXXXXX";
	int fd = mkstemp(other);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "plain", 5), 5);
	close(fd);
	link_file(folder, other);
	assert_int_equal(file_read_at(folder->fd, "file", buf, 8), 5);
	assert_string_equal(buf, "plain");
	link_file(folder, "/dev/zero");
	assert_int_equal(file_read_at(folder->fd, "file", buf, 8), -EACCES);
	assert_int_equal(kept_file_read(&file, folder->fd, buf, 8), -EACCES);
	link_file(folder, "../../dev/zero");
	assert_int_equal(file_read_at(folder->fd, "file", buf, 8), -EACCES);
	assert_int_equal(file_open_plain(AT_FDCWD, "/dev/zero"), -EACCES);
	fd = file_open_plain(AT_FDCWD, other);
	assert_true(fd >= 0);
	close(fd);
	/* A FIFO would be waited for. */
	unlink(other);
	assert_int_equal(mkfifo(other, 0600), 0);
	link_file(folder, other);
	assert_int_equal(file_read_at(folder->fd, "file", buf, 8), -EACCES);
	unlink(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_or_too_long),
		cmocka_unit_test(record_in_one_read),
		cmocka_unit_test(errors_pass_through),
		cmocka_unit_test(files_in_pieces),
		cmocka_unit_test(kept_descriptor),
		cmocka_unit_test(kept_file_that_came_back),
		cmocka_unit_test(links_out_of_a_tree_lead_to_plain_files_only),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
