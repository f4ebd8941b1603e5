#include "support/parse_check.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

#define MUTANT_GROWTH 4096

/* Bytes that end at an unreadable page. */
struct edge {
	char *start;
	size_t size; /* readable */
	size_t page;
};

static struct edge edge_open(size_t size)
{
	struct edge edge = { .page = (size_t)sysconf(_SC_PAGESIZE) };

	edge.size = (size / edge.page + 1) * edge.page;
	edge.start = mmap(NULL, edge.size + edge.page, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_true(edge.start != MAP_FAILED);
	assert_int_equal(mprotect(edge.start + edge.size, edge.page, PROT_NONE), 0);
	return edge;
}

static void edge_close(struct edge *edge)
{
	munmap(edge->start, edge->size + edge->page);
}

static void edge_check(const struct edge *edge, parse_check_fn check, const char *text, size_t len)
{
	char *at = edge->start + edge->size - len;

	memcpy(at, text, len);
	check(at, len);
}

void parse_at_edge(parse_check_fn check, const char *text, size_t len)
{
	struct edge edge = edge_open(len);

	edge_check(&edge, check, text, len);
	edge_close(&edge);
}

void parse_prefixes(parse_check_fn check, const char *text, size_t len)
{
	struct edge edge = edge_open(len);

	for (size_t i = 0; i <= len; i++)
		edge_check(&edge, check, text, i);
	edge_close(&edge);
}

/* xorshift64: the same numbers everywhere. */
static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static size_t below(uint64_t *state, size_t limit)
{
	return (size_t)(next_random(state) % limit);
}

/* Replaces `old` bytes at `at` by others; does nothing when the text would grow too long. */
static size_t replace(char *text, size_t len, size_t cap, size_t at, size_t old, const char *by,
		      size_t by_len)
{
	if (len - old + by_len > cap)
		return len;
	memmove(text + at + by_len, text + at + old, len - at - old);
	memcpy(text + at, by, by_len);
	return len - old + by_len;
}

static size_t mutate(char *text, size_t len, size_t cap, uint64_t *state)
{
	static const struct {
		const char *text;
		size_t len;
	} pieces[] = {
		{ TEXT("-1") },
		{ TEXT("18446744073709551615") },
		{ TEXT("18446744073709551616") },
		{ TEXT("\0") },
		{ TEXT("\n") },
		{ TEXT("\n\n") },
		{ TEXT(" ") },
		{ TEXT("\t\t") },
		{ TEXT(")") },
		{ TEXT("(") },
		{ TEXT(".") },
		{ TEXT("1.2.3") },
		{ TEXT(":") },
		{ TEXT("/") },
		{ TEXT("0x10") },
		{ TEXT("\xff") },
		{ TEXT("\xe2\x80\xae") },
		{ TEXT("\xc3") },
		{ TEXT("cpu99 1 ") },
		{ TEXT("99999999999999999999999999999999999999999999999999") },
	};
	size_t at = len ? below(state, len) : 0,
	       piece = below(state, sizeof(pieces) / sizeof(*pieces));
	size_t run = len ? below(state, len - at < 64 ? len - at : 64) : 0;

	switch (below(state, 5)) {
	case 0: /* another byte */
		if (len)
			text[at] = (char)next_random(state);
		return len;
	case 1: /* a hole */
		return replace(text, len, cap, at, run, "", 0);
	case 2: /* the end cut off */
		return at;
	case 3: /* something put in the place of something */
		return replace(text, len, cap, at, run, pieces[piece].text, pieces[piece].len);
	default: /* something put between */
		return replace(text, len, cap, at, 0, pieces[piece].text, pieces[piece].len);
	}
}

void parse_mutations(parse_check_fn check, const char *text, size_t len, unsigned count)
{
	size_t cap = len + MUTANT_GROWTH;
	struct edge edge = edge_open(cap);
	uint64_t state = 0x9e3779b97f4a7c15u;
	char *mutant = malloc(cap);

	assert_non_null(mutant);
	while (count--) {
		size_t mutant_len = len;

		memcpy(mutant, text, len);
		for (size_t i = below(&state, 4) + 1; i; i--)
			mutant_len = mutate(mutant, mutant_len, cap, &state);
		edge_check(&edge, check, mutant, mutant_len);
	}
	free(mutant);
	edge_close(&edge);
}

static void fixture_path(const char *path, char *full, size_t cap)
{
	const char *root = getenv("STALLTOP_FIXTURES");

	assert_true(snprintf(full, cap, "%s/%s", root ? root : "tests/fixtures", path) < (int)cap);
}

size_t fixture_read(const char *path, char *buf, size_t cap)
{
	char full[PATH_MAX];
	ssize_t len;

	fixture_path(path, full, sizeof(full));
	len = file_read_at(AT_FDCWD, full, buf, cap);
	if (len < 0)
		fail_msg("%s: %s", full, strerror((int)-len));
	return (size_t)len;
}

int fixture_open(const char *path)
{
	char full[PATH_MAX];
	int fd;

	fixture_path(path, full, sizeof(full));
	fd = open(full, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		fail_msg("%s: %s", full, strerror(errno));
	return fd;
}
