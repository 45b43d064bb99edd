/* address.h - may this program talk to an address? Asked of the address itself that is about to be connected to, behind names and
 * redirects: a feed must not make it fetch from the machine it runs on, or from the network around it. */
#ifndef SLK_WATCH_ADDRESS_H
#define SLK_WATCH_ADDRESS_H

#include <sys/socket.h>

#include "sillok.h"

/* True for addresses of the public internet only: none that is loopback, private, link-local, shared (RFC 6598), multicast,
 * reserved or for documentation (IANA special-purpose registries), and none that carries such an IPv4 address inside (mapped,
 * NAT64, 6to4). False for other families. */
bool slk_address_is_public(const struct sockaddr *a, socklen_t n);
/* The address as text; "?" where it has none. */
void slk_address_text(const struct sockaddr *a, socklen_t n, char out[64]);

#endif
