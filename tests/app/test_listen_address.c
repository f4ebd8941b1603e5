/* Where --listen serves: what is taken, and the sockets of it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/listen_address.h"

static struct listen_address good(const char *text)
{
	struct listen_address address = { 0 };

	if (listen_address_parse(&address, text))
		fail_msg("'%s' was refused", text);
	return address;
}

static void taken(void **state)
{
	struct listen_address address = good("9750");

	(void)state;
	assert_int_equal(address.port, 9750);
	assert_int_equal(address.family, AF_UNSPEC);
	assert_true(listen_address_is_local(&address));
	address = good("10.0.0.7:1");
	assert_int_equal(address.port, 1);
	assert_int_equal(address.family, AF_INET);
	assert_int_equal(ntohl(address.v4.s_addr), 0x0a000007);
	assert_false(listen_address_is_local(&address));
	address = good("127.9.9.9:65535");
	assert_int_equal(address.port, 65535);
	assert_true(listen_address_is_local(&address));
	address = good("[::1]:80");
	assert_int_equal(address.family, AF_INET6);
	assert_true(listen_address_is_local(&address));
	address = good("[::]:80");
	assert_false(listen_address_is_local(&address));
	address = good("[2001:db8::1]:80");
	assert_int_equal(address.v6.s6_addr[1], 1);
}

static void refused(void **state)
{
	static const char *const texts[] = {
		"",
		"0",
		"65536",
		"99999999999",
		"-1",
		"+1",
		"80x",
		" 80",
		":80",
		"127.0.0.1",
		"127.0.0.1:",
		"1.2.3:80",
		"::1:80",
		"[::1]",
		"[::1]80",
		"[]:80",
		"[1.2.3.4]:80",
		"host:80",
		"[::1:80",
		"::1]:80",
		"127.0.0.1:80:80",
		"256.1.1.1:80",
		"[::g]:80",
		"[1:2:3:4:5:6:7:8:9:10:11:12:13:14:15:16:17:18:19:20:21:22:23]:80",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct listen_address address = { .port = 7 };

		if (listen_address_parse(&address, texts[i]) != -EINVAL)
			fail_msg("'%s' was taken", texts[i]);
		assert_int_equal(address.port, 7);
	}
}

/* A port that is free now. */
static uint16_t free_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, len), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &len), 0);
	close(fd);
	return ntohs(at.sin_port);
}

static void close_both(const int *fd)
{
	for (int i = 0; i < LISTEN_SOCKETS; i++)
		if (fd[i] >= 0)
			close(fd[i]);
}

static void in_use_names_the_address(void **state)
{
	struct listen_address both = { .port = free_port() }, v4, v6;
	char failed[LISTEN_TEXT_MAX] = "", text[LISTEN_TEXT_MAX];
	int fd[LISTEN_SOCKETS], other[LISTEN_SOCKETS];

	(void)state;
	snprintf(text, sizeof(text), "127.0.0.1:%u", both.port);
	v4 = good(text);
	assert_int_equal(listen_address_open(&both, fd, failed), 0);
	assert_int_equal(listen_address_open(&v4, other, failed), -EADDRINUSE);
	assert_string_equal(failed, text);
	close_both(fd);
	snprintf(text, sizeof(text), "[::1]:%u", both.port);
	v6 = good(text);
	if (fd[1] < 0)
		return;
	/* Half of the default is not enough. */
	assert_int_equal(listen_address_open(&v6, other, failed), 0);
	assert_int_equal(listen_address_open(&both, fd, failed), -EADDRINUSE);
	assert_string_equal(failed, text);
	close_both(other);
	assert_int_equal(listen_address_open(&both, fd, failed), 0);
	close_both(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(taken),
		cmocka_unit_test(refused),
		cmocka_unit_test(in_use_names_the_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
