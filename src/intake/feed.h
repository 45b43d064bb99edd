/* feed.h - the items of a feed: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, CDF, JSON Feed, broken ones as far as they can be read.
 *
 * XML goes through libxml2 in its recovering mode: no network, no entities but the predefined ones and HTML's, limits on depth and
 * size; nothing recurses here. Titles come out as plain text, contents as markup or text as they were. */
#ifndef SLK_INTAKE_FEED_H
#define SLK_INTAKE_FEED_H

#include "base/mem.h"

#define SLK_MAX_FEED_B (16u << 20)   /* bytes of a feed */
#define SLK_MAX_FEED_ITEMS 10000u    /* more are not read */
#define SLK_MAX_FEED_DEPTH 128u      /* open elements at once */
#define SLK_MAX_CONTENT_B (8u << 20) /* of one item */

typedef struct slk_feed_item { /* NUL-terminated valid UTF-8 in the arena; NULL where the feed has none */
    const char *title;         /* plain text */
    const char *link;          /* resolved against the feed's base */
    const char *guid;          /* what the feed says of identity: only a hint */
    const char *author;
    const char *content; /* the longest there is: content, else summary */
    bool content_is_markup;
    slk_instant published, updated; /* precision SLK_P_NONE where not known */
} slk_feed_item;

typedef struct slk_feed {
    const char *title, *link, *language;
    SLK_LIST(slk_feed_item) items;
    bool broken; /* faults were passed over; first_fault says the first */
    char first_fault[160];
} slk_feed;

/* Whether the beginning of a document (bytes in any encoding that keeps ASCII) looks like a feed. */
bool slk_feed_is(slk_text head);

/* Reads a feed from decoded text (UTF-8). url: where it came from, for relative links; may be NULL. Everything of *out lies in the
 * arena. Returns SLK_OK, SLK_ENOMEM, SLK_ELIMIT or SLK_EINPUT (no feed; fault says why). A feed cut off or broken in its
 * middle gives the items before, and broken is set. */
SLK_MUST slk_err slk_feed_read(slk_text text, const char *url, slk_arena *arena, slk_feed *out, slk_fault *fault);

/* The two forms; as above. */
SLK_MUST slk_err slk_feed_read_xml(slk_text text, const char *url, slk_arena *arena, slk_feed *out, slk_fault *fault);
SLK_MUST slk_err slk_feed_read_json(slk_text text, const char *url, slk_arena *arena, slk_feed *out, slk_fault *fault);

/* A date as feeds write it: ISO 8601 (W3C-DTF), RFC 822 and 850 with two- or four-digit years, with or without weekday and
 * seconds, zones by name or offset, asctime. False where it is none. The offset is kept. */
SLK_MUST bool slk_feed_date(slk_text t, slk_instant *out);

/* What a title or summary holds, as plain text in the arena; NULL for nothing or no memory. */
const char *slk_feed_plain(slk_arena *arena, slk_text markup);

#endif
