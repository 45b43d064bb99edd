/* feeds.h - what is followed, and how far: the memory of `sillok watch`, kept in the ledger itself. So a page counts as fetched in
 * the same transaction that records its report, and a new entry of a feed waits for its page in the same transaction that
 * remembers how far the feed was read: whatever the moment of a kill, nothing is lost and nothing is recorded twice.
 *
 * An entry is known by its canonical address and what it says; its GUID is only a hint (feeds give one GUID to all entries, or a
 * new address to an old one). What is written belongs to the open batch of the ledger: slk_ledger_commit makes it durable. */
#ifndef SLK_LEDGER_FEEDS_H
#define SLK_LEDGER_FEEDS_H

#include "base/sha256.h"
#include "ledger/ledger.h"

typedef struct slk_followed { /* a feed; etag and modified are copies in the caller's arena */
    int64_t row;
    const char *etag, *modified; /* of the copy read last; NULL for none */
    int64_t asked_s;             /* when it was asked last, 0 for never */
    int64_t not_before_s;        /* it is to be left alone until then */
    int64_t failures;            /* in a row */
    bool gone;                   /* it said that it will not come back */
} slk_followed;

/* The feed at an address, made where it is not known yet. */
SLK_MUST slk_err slk_feeds_find(slk_ledger *l, const char *url, slk_arena *arena, slk_followed *out, slk_fault *fault);
SLK_MUST slk_err slk_feeds_set(slk_ledger *l, const slk_followed *feed, slk_fault *fault);

typedef struct slk_feed_entry { /* of a feed; NULL for what it does not say */
    const char *url;            /* canonical address, or "sha256:..." of what it says where it has none */
    const char *link;           /* to be fetched; NULL: there is only what the feed says */
    const char *guid, *title, *author, *outlet, *content, *published;
    bool content_is_markup;
    char hash[SLK_SHA256_HEX]; /* of what it says */
} slk_feed_entry;

typedef enum slk_entry_is { SLK_ENTRY_KNOWN, SLK_ENTRY_NEW, SLK_ENTRY_CHANGED } slk_entry_is;

/* Remembers an entry. Where it is new, or says something else than before, its page waits from now on, and *page is its row. */
SLK_MUST slk_err slk_feeds_entry(slk_ledger *l, int64_t feed, const slk_feed_entry *e, slk_entry_is *out, int64_t *page,
                                 slk_fault *fault);

typedef struct slk_waiting { /* strings in the caller's arena */
    int64_t row, feed, not_before_s, tries;
    slk_feed_entry entry;        /* guid and hash are not kept */
    const char *etag, *modified; /* of the copy fetched before */
} slk_waiting;

/* The pages that wait, by their rows, at most `most` behind row `after`: for the start. Strings but entry.link are left out. */
typedef struct slk_waiting_list {
    SLK_LIST(slk_waiting) pages;
} slk_waiting_list;
SLK_MUST slk_err slk_feeds_waiting(slk_ledger *l, int64_t after, uint32_t most, slk_arena *arena, slk_waiting_list *out,
                                   slk_fault *fault);
/* All of one; *waits false, and nothing else, where it does not wait (any longer). */
SLK_MUST slk_err slk_feeds_page(slk_ledger *l, int64_t row, slk_arena *arena, slk_waiting *out, bool *waits,
                                slk_fault *fault);
/* It waits on, until not_before_s at least. */
SLK_MUST slk_err slk_feeds_later(slk_ledger *l, int64_t row, int64_t tries, int64_t not_before_s, slk_fault *fault);
/* It waits no longer: it is as it was. */
SLK_MUST slk_err slk_feeds_same(slk_ledger *l, int64_t row, slk_fault *fault);
/* It waits no longer: read (with the ETag and date of its copy, NULL for none) or given up. What the feed said is let go. */
SLK_MUST slk_err slk_feeds_done(slk_ledger *l, int64_t row, bool read, const char *etag, const char *modified,
                                slk_fault *fault);

typedef struct slk_robots_copy {
    int64_t fetched_s;
    int64_t status; /* HTTP status of the answer */
    slk_text body;  /* in the caller's arena */
} slk_robots_copy;

/* The copy of an origin's robots.txt; *found false where there is none. */
SLK_MUST slk_err slk_feeds_robots(slk_ledger *l, const char *origin, slk_arena *arena, slk_robots_copy *out,
                                  bool *found, slk_fault *fault);
SLK_MUST slk_err slk_feeds_set_robots(slk_ledger *l, const char *origin, const slk_robots_copy *copy, slk_fault *fault);

#endif
