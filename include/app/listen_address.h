/*
 * app/listen_address: where --listen serves, "[ADDR:]PORT", and the sockets for it.
 *
 *   9750            127.0.0.1 and ::1
 *   10.0.0.7:9750   an IPv4 address; 0.0.0.0 for all
 *   [::1]:9750      an IPv6 address; [::] for all, IPv4 too
 */
#ifndef STALLTOP_APP_LISTEN_ADDRESS_H
#define STALLTOP_APP_LISTEN_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LISTEN_SOCKETS 2
#define LISTEN_TEXT_MAX 64

struct listen_address {
	uint16_t port; /* 0: do not listen */
	int family; /* AF_UNSPEC: both loopback addresses; AF_INET, AF_INET6: this one */
	struct in_addr v4;
	struct in6_addr v6;
};

/* 0, or -EINVAL with *address as it was. Addresses are numbers: nothing is looked up. */
int listen_address_parse(struct listen_address *address, const char *text);

/* Whether only this machine can reach it. */
bool listen_address_is_local(const struct listen_address *address);

/*
 * Opens the sockets, non-blocking and listening, into fd[], -1 for one that is not there. A machine
 * without IPv6 has no ::1, which is no error beside 127.0.0.1. 0, or -errno with the address that could
 * not be had in failed[], as it would be typed.
 */
int listen_address_open(const struct listen_address *address, int fd[static LISTEN_SOCKETS],
			char failed[static LISTEN_TEXT_MAX]);

#endif
