#include "app/listen_address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 128

static int parse_port(const char *text, uint16_t *port)
{
	size_t digits = strspn(text, "0123456789");
	unsigned long value;

	if (!digits || digits > 5 || text[digits])
		return -EINVAL;
	value = strtoul(text, NULL, 10);
	if (value < 1 || value > UINT16_MAX)
		return -EINVAL;
	*port = (uint16_t)value;
	return 0;
}

static int parse_host(struct listen_address *address, const char *text, size_t len)
{
	char host[INET6_ADDRSTRLEN];
	bool bracketed = len >= 2 && text[0] == '[' && text[len - 1] == ']';

	if (bracketed) {
		text++;
		len -= 2;
	}
	if (len >= sizeof(host))
		return -EINVAL;
	memcpy(host, text, len);
	host[len] = '\0';
	address->family = bracketed ? AF_INET6 : AF_INET;
	if (inet_pton(address->family, host,
		      bracketed ? (void *)&address->v6 : (void *)&address->v4) != 1)
		return -EINVAL;
	return 0;
}

int listen_address_parse(struct listen_address *address, const char *text)
{
	struct listen_address parsed = { .family = AF_UNSPEC };
	const char *colon = strrchr(text, ':');
	int err = 0;

	if (colon)
		err = parse_host(&parsed, text, (size_t)(colon - text));
	if (!err)
		err = parse_port(colon ? colon + 1 : text, &parsed.port);
	if (!err)
		*address = parsed;
	return err;
}

bool listen_address_is_local(const struct listen_address *address)
{
	if (address->family == AF_INET)
		return ntohl(address->v4.s_addr) >> 24 == 127;
	return address->family == AF_UNSPEC || IN6_IS_ADDR_LOOPBACK(&address->v6);
}

static int open_socket(const struct sockaddr *at, socklen_t len, bool both)
{
	int fd = socket(at->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int one = 1, only = !both, err;

	if (fd < 0)
		return -errno;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (at->sa_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof(only));
	if (!bind(fd, at, len) && !listen(fd, BACKLOG))
		return fd;
	err = -errno;
	close(fd);
	return err;
}

static int open_v4(const struct listen_address *address, struct in_addr host, char *failed)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
				  .sin_port = htons(address->port),
				  .sin_addr = host };
	char text[INET_ADDRSTRLEN] = "";
	int fd = open_socket((const struct sockaddr *)&at, sizeof(at), false);

	inet_ntop(AF_INET, &host, text, sizeof(text));
	if (fd < 0)
		snprintf(failed, LISTEN_TEXT_MAX, "%s:%u", text, address->port);
	return fd;
}

static int open_v6(const struct listen_address *address, struct in6_addr host, char *failed)
{
	struct sockaddr_in6 at = { .sin6_family = AF_INET6,
				   .sin6_port = htons(address->port),
				   .sin6_addr = host };
	char text[INET6_ADDRSTRLEN] = "";
	int fd = open_socket((const struct sockaddr *)&at, sizeof(at),
			     IN6_IS_ADDR_UNSPECIFIED(&host));

	inet_ntop(AF_INET6, &host, text, sizeof(text));
	if (fd < 0)
		snprintf(failed, LISTEN_TEXT_MAX, "[%s]:%u", text, address->port);
	return fd;
}

static int open_loopbacks(const struct listen_address *address, int *fd, char *failed)
{
	fd[0] = open_v4(address, (struct in_addr){ htonl(INADDR_LOOPBACK) }, failed);
	if (fd[0] < 0)
		return fd[0];
	fd[1] = open_v6(address, in6addr_loopback, failed);
	if (fd[1] >= 0 || fd[1] == -EADDRNOTAVAIL || fd[1] == -EAFNOSUPPORT)
		return 0;
	close(fd[0]);
	return fd[1];
}

int listen_address_open(const struct listen_address *address, int fd[static LISTEN_SOCKETS],
			char failed[static LISTEN_TEXT_MAX])
{
	fd[1] = -1;
	if (address->family == AF_UNSPEC)
		return open_loopbacks(address, fd, failed);
	fd[0] = address->family == AF_INET ? open_v4(address, address->v4, failed)
					   : open_v6(address, address->v6, failed);
	return fd[0] < 0 ? fd[0] : 0;
}
