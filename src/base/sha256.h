/* sha256.h - SHA-256 (FIPS 180-4): the name a report gets from its own bytes. Written here because it is the one hash needed. */
#ifndef SLK_BASE_SHA256_H
#define SLK_BASE_SHA256_H

#include "sillok.h"

#define SLK_SHA256_HEX 65 /* 64 hexadecimal digits and a NUL byte */

/* Writes the lower-case hexadecimal digest of the bytes of t, NUL-terminated. Cannot fail. */
void slk_sha256_hex(slk_text t, char hex[SLK_SHA256_HEX]);

#endif
