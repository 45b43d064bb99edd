/* address.c - public addresses and others. See address.h. */
#include "watch/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

typedef struct block4 {
    uint32_t first;
    unsigned bits;
} block4;

static const block4 not_public4[] = {
    {0x00000000, 8},  /* 0.0.0.0/8 this network */
    {0x0A000000, 8},  /* 10.0.0.0/8 private */
    {0x64400000, 10}, /* 100.64.0.0/10 shared */
    {0x7F000000, 8},  /* 127.0.0.0/8 loopback */
    {0xA9FE0000, 16}, /* 169.254.0.0/16 link-local */
    {0xAC100000, 12}, /* 172.16.0.0/12 private */
    {0xC0000000, 24}, /* 192.0.0.0/24 protocol assignments */
    {0xC0000200, 24}, /* 192.0.2.0/24 documentation */
    {0xC0586300, 24}, /* 192.88.99.0/24 relays of 6to4 */
    {0xC0A80000, 16}, /* 192.168.0.0/16 private */
    {0xC6120000, 15}, /* 198.18.0.0/15 benchmarks */
    {0xC6336400, 24}, /* 198.51.100.0/24 documentation */
    {0xCB007100, 24}, /* 203.0.113.0/24 documentation */
    {0xE0000000, 3},  /* 224.0.0.0/4 multicast, 240.0.0.0/4 reserved */
};

static bool is_public4(uint32_t a) {
    for (size_t i = 0; i < sizeof not_public4 / sizeof *not_public4; i++)
        if ((a ^ not_public4[i].first) >> (32 - not_public4[i].bits) == 0) return false;
    return true;
}

static uint32_t four(const uint8_t *b) {
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | (uint32_t)b[3];
}

/* Global unicast is 2000::/3; within it some blocks are not, and some carry an IPv4 address. */
static bool is_public6(const uint8_t b[16]) {
    static const uint8_t mapped[12] = {[10] = 0xFF, [11] = 0xFF};
    static const uint8_t nat64[12] = {0x00, 0x64, 0xFF, 0x9B};
    if (memcmp(b, mapped, 12) == 0 || memcmp(b, nat64, 12) == 0) return is_public4(four(b + 12));
    if ((b[0] & 0xE0) != 0x20) return false;
    if (b[0] == 0x20 && b[1] == 0x02) return is_public4(four(b + 2)); /* 6to4 */
    if (b[0] == 0x20 && b[1] == 0x01 && b[2] < 0x02) return false;    /* 2001::/23 protocol assignments, Teredo */
    if (b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0D && b[3] == 0xB8) return false; /* 2001:db8::/32 documentation */
    return !(b[0] == 0x3F && b[1] == 0xFF && b[2] < 0x10);                          /* 3fff::/20 documentation */
}

bool slk_address_is_public(const struct sockaddr *a, socklen_t n) {
    if (a->sa_family == AF_INET && n >= sizeof(struct sockaddr_in)) {
        struct sockaddr_in v4;
        memcpy(&v4, a, sizeof v4);
        return is_public4(ntohl(v4.sin_addr.s_addr));
    }
    if (a->sa_family == AF_INET6 && n >= sizeof(struct sockaddr_in6)) {
        struct sockaddr_in6 v6;
        memcpy(&v6, a, sizeof v6);
        return is_public6(v6.sin6_addr.s6_addr);
    }
    return false;
}

void slk_address_text(const struct sockaddr *a, socklen_t n, char out[64]) {
    const char *z = NULL;
    if (a->sa_family == AF_INET && n >= sizeof(struct sockaddr_in)) {
        struct sockaddr_in v4;
        memcpy(&v4, a, sizeof v4);
        z = inet_ntop(AF_INET, &v4.sin_addr, out, 64);
    } else if (a->sa_family == AF_INET6 && n >= sizeof(struct sockaddr_in6)) {
        struct sockaddr_in6 v6;
        memcpy(&v6, a, sizeof v6);
        z = inet_ntop(AF_INET6, &v6.sin6_addr, out, 64);
    }
    if (!z) (void)snprintf(out, 64, "?");
}
