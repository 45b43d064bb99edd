/* uuid.c - UUIDs of version 5 by libuuid. See uuid.h. */
#include "export/uuid.h"

#include <string.h>

#include <uuid/uuid.h>

#include "base/sha256.h"
#include "base/text.h"

/* Our name space: version 4, drawn once. Never to be changed: every name rests on it. */
static const uuid_t ours = {0x6d, 0x1f, 0x0c, 0x52, 0x8e, 0x3b, 0x4c, 0x77,
                            0x9a, 0x21, 0x5f, 0xd3, 0x0b, 0x96, 0xe4, 0x18};

static uint64_t half(const unsigned char *at) {
    uint64_t v = 0;
    for (int i = 0; i < 8; i++) v = v << 8 | at[i];
    return v;
}

slk_key slk_uuid_of(const char *kind, slk_text name, char out[SLK_UUID_SIZE]) {
    char whole[160], hex[SLK_SHA256_HEX];
    uuid_t id;
    slk_sha256_hex(name, hex); /* names may be of any length */
    slk_text_print(whole, sizeof whole, "%s:%s", kind, hex);
    uuid_generate_sha1(id, ours, whole, strlen(whole));
    uuid_unparse_lower(id, out);
    return (slk_key){half(id), half(id + 8)};
}
