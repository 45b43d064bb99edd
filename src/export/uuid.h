/* uuid.h - names that are the same wherever the same thing is exported: UUIDs of version 5 (RFC 9562) in a name space of our own. */
#ifndef SLK_EXPORT_UUID_H
#define SLK_EXPORT_UUID_H

#include "export/seen.h"

#define SLK_UUID_SIZE 37

/* The UUID of a thing of a kind ("identity") with a name, in small letters, NUL-terminated; returns it as a key too. */
slk_key slk_uuid_of(const char *kind, slk_text name, char out[SLK_UUID_SIZE]);

#endif
