/* parts.h - how the server and a reader talk over their pipe: named parts, each with its length, ended by an empty name. Both sides take
 * nothing for granted: names, lengths and their sum are looked at. */
#ifndef SLK_SERVE_PARTS_H
#define SLK_SERVE_PARTS_H

#include "base/mem.h"

#define SLK_PARTS_MOST_B ((size_t)96 << 20)

typedef enum slk_part {
    SLK_PART_END,
    /* to the reader */
    SLK_PART_KIND, /* "text", "html" or "json" */
    SLK_PART_BODY,
    SLK_PART_CHARSET,
    SLK_PART_LAYERS, /* a number */
    /* both ways */
    SLK_PART_PUBLISHED,
    SLK_PART_URL,
    SLK_PART_TITLE,
    SLK_PART_OUTLET,
    /* from the reader */
    SLK_PART_STATUS, /* "ready", "ok", or the name of an error */
    SLK_PART_MESSAGE,
    SLK_PART_JSON,
    SLK_PART_TEXT,
    SLK_PART_AUTHOR,
    SLK_PART_SOURCE,
    SLK_PART_LANGUAGE,
    SLK_PART_BASIS,
    SLK_PART_COUNT
} slk_part;

typedef struct slk_parts { /* at NULL: not there; a NUL stands behind each */
    slk_text at[SLK_PART_COUNT];
} slk_parts;

/* Reads parts up to the end, into arena. until_ns: by slk_http_now_ns, 0: for ever. False: the other side is gone, late, or talks
 * nonsense. */
bool slk_parts_read(int fd, int64_t until_ns, slk_arena *arena, slk_parts *out);
/* Writes all parts and the end. */
bool slk_parts_write(int fd, const slk_parts *p);

#endif
