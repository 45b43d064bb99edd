/* sha256.h - SHA-256 (FIPS 180-4): the name a report gets from its own bytes; and the HMAC over it (RFC 2104), by which who gets an alert
 * knows who sent it. Written here because it is the one hash needed. */
#ifndef SLK_BASE_SHA256_H
#define SLK_BASE_SHA256_H

#include "sillok.h"

#define SLK_SHA256_B 32   /* bytes of a digest */
#define SLK_SHA256_HEX 65 /* 64 hexadecimal digits and a NUL byte */

/* Writes the digest of the bytes of t. Cannot fail; nor can the others. */
void slk_sha256(slk_text t, unsigned char out[SLK_SHA256_B]);

/* Writes the lower-case hexadecimal digest of the bytes of t, NUL-terminated. */
void slk_sha256_hex(slk_text t, char hex[SLK_SHA256_HEX]);
/* The HMAC of t under a key of any length. */
void slk_hmac_sha256(slk_text key, slk_text t, unsigned char out[SLK_SHA256_B]);

#endif
