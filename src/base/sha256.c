/* sha256.c - SHA-256 after FIPS 180-4: 64-byte blocks, eight words of state, the length in bits at the end.
 */
#include <stdint.h>
#include <string.h>

#include "base/sha256.h"

#define BLOCK 64

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotr(uint32_t x, int n) { return x >> n | x << (32 - n); }

static void schedule(const unsigned char *block, uint32_t w[64]) {
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 |
               block[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];
        uint32_t s0 = rotr(a, 7) ^ rotr(a, 18) ^ a >> 3, s1 = rotr(b, 17) ^ rotr(b, 19) ^ b >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
}

static void compress(uint32_t state[8], const unsigned char *block) {
    uint32_t w[64], s[8];
    schedule(block, w);
    memcpy(s, state, sizeof s);
    for (int i = 0; i < 64; i++) {
        uint32_t s1 = rotr(s[4], 6) ^ rotr(s[4], 11) ^ rotr(s[4], 25), choose = (s[4] & s[5]) ^ (~s[4] & s[6]);
        uint32_t s0 = rotr(s[0], 2) ^ rotr(s[0], 13) ^ rotr(s[0], 22);
        uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
        uint32_t t1 = s[7] + s1 + choose + K[i] + w[i], t2 = s0 + majority;
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += t1;
        s[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++) state[i] += s[i];
}

/* Whole blocks lie in the text; its end, with the mark and the length, in a tail of one or two blocks. before: bytes that went in
 * already, whole blocks. */
static void finish(uint32_t state[8], slk_text t, size_t before, unsigned char out[SLK_SHA256_B]) {
    const unsigned char *at = (const unsigned char *)t.at;
    size_t left = t.n;
    for (; left >= BLOCK; at += BLOCK, left -= BLOCK) compress(state, at);
    unsigned char tail[2 * BLOCK] = {0};
    if (left) memcpy(tail, at, left);
    tail[left] = 0x80;
    size_t n = left < BLOCK - 8 ? BLOCK : 2 * BLOCK;
    uint64_t bits = (uint64_t)(before + t.n) * 8;
    for (size_t i = 0; i < 8; i++) tail[n - 1 - i] = (unsigned char)(bits >> (8 * i));
    for (size_t i = 0; i < n; i += BLOCK) compress(state, tail + i);
    for (size_t i = 0; i < SLK_SHA256_B; i++) out[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)));
}

static const uint32_t begin[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

void slk_sha256(slk_text t, unsigned char out[SLK_SHA256_B]) {
    uint32_t state[8];
    memcpy(state, begin, sizeof state);
    finish(state, t, 0, out);
}

void slk_sha256_hex(slk_text t, char hex[SLK_SHA256_HEX]) {
    static const char digit[] = "0123456789abcdef";
    unsigned char sum[SLK_SHA256_B];
    slk_sha256(t, sum);
    for (size_t i = 0; i < SLK_SHA256_B; i++) {
        hex[2 * i] = digit[sum[i] >> 4];
        hex[2 * i + 1] = digit[sum[i] & 15];
    }
    hex[SLK_SHA256_HEX - 1] = '\0';
}

/* The key, or its digest where it is longer than a block, is one block with each of two masks: before the text, and before that digest. */
void slk_hmac_sha256(slk_text key, slk_text t, unsigned char out[SLK_SHA256_B]) {
    unsigned char block[BLOCK] = {0}, masked[BLOCK], inner[SLK_SHA256_B];
    uint32_t state[8];
    if (key.n > BLOCK)
        slk_sha256(key, block);
    else if (key.n)
        memcpy(block, key.at, key.n);
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < BLOCK; i++) masked[i] = block[i] ^ (side == 0 ? 0x36 : 0x5c);
        memcpy(state, begin, sizeof state);
        compress(state, masked);
        if (side == 0)
            finish(state, t, BLOCK, inner);
        else
            finish(state, (slk_text){(const char *)inner, sizeof inner}, BLOCK, out);
    }
    explicit_bzero(block, sizeof block);
    explicit_bzero(masked, sizeof masked);
}
