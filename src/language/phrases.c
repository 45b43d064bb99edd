/* phrases.c - phrases of the tables by token. A word that no phrase begins with is known as such from its form alone (words.h), and the
 * walk of others goes on where the form ends. See phrases.h. */
#include "language/phrases.h"

#include <string.h>

#include "language/words.h"

typedef struct place { /* hits first .. first + n - 1 of the list */
    uint64_t tables;
    uint32_t first;
    uint8_t n;
    bool known;
} place;

struct slk_phrases {
    slk_arena *arena;
    place *places;
    SLK_LIST(slk_hit) hits;
};

slk_err slk_phrases_start(slk_reading *r) {
    struct slk_phrases *p = slk_arena_take(&r->arena, sizeof *p);
    if (!p) return SLK_ENOMEM;
    p->arena = &r->arena;
    p->places = slk_arena_take(&r->arena, (r->tokens.n + 1) * sizeof *p->places);
    if (!p->places) return SLK_ENOMEM;
    r->phrases = p;
    return SLK_OK;
}

static uint32_t look_up(const slk_pack *pack, const slk_reading *r, uint32_t token, slk_hit *hits, uint32_t max) {
    slk_span span = r->tokens.at[token].span;
    slk_word *w = token < r->words.n ? r->words.at[token] : NULL;
    if (!w) return slk_pack_match(pack, r->report.text, span.start, hits, max);
    if (!(w->parts & SLK_WORD_WALK)) {
        w->walk = slk_pack_walk(pack, w->text);
        w->parts |= SLK_WORD_WALK;
    }
    if (w->walk == SLK_NONE) return 0;
    if (w->walk == 0) return slk_pack_match(pack, r->report.text, span.start, hits, max);
    return slk_pack_match_on(pack, r->report.text, span, w->walk, hits, max);
}

static uint64_t tables_of(const slk_hit *hits, uint32_t n) {
    uint64_t tables = 0;
    for (uint32_t i = 0; i < n; i++) tables |= SLK_PHRASE_OF(hits[i].table);
    return tables;
}

static bool remember(struct slk_phrases *p, place *at, const slk_hit *hits, uint32_t n) {
    uint32_t first = p->hits.n;
    for (uint32_t i = 0; i < n; i++) {
        if (SLK_ROOM(p->arena, &p->hits, SLK_MAX_TOKENS) != SLK_OK) return false;
        p->hits.at[p->hits.n++] = hits[i];
    }
    *at = (place){tables_of(hits, n), first, (uint8_t)n, true};
    return true;
}

/* All phrases at a token: *hits, which may point into `room`, else good as long as the reading (lists leave what they had). */
static uint32_t all_at(const slk_pack *pack, const slk_reading *r, uint32_t token, slk_hit room[SLK_PHRASES_MOST],
                       const slk_hit **hits) {
    *hits = room;
    if (token >= r->tokens.n) return 0;
    place *at = r->phrases ? &r->phrases->places[token] : NULL;
    if (!at || !at->known) {
        uint32_t n = look_up(pack, r, token, room, SLK_PHRASES_MOST);
        if (!at || !remember(r->phrases, at, room, n)) return n;
    }
    if (at->n) *hits = r->phrases->hits.at + at->first;
    return at->n;
}

uint32_t slk_phrases_at(const slk_pack *pack, const slk_reading *r, uint32_t token, slk_hit *hits, uint32_t max) {
    slk_hit room[SLK_PHRASES_MOST];
    const slk_hit *all;
    uint32_t n = all_at(pack, r, token, room, &all);
    if (n > max) n = max;
    if (n) memcpy(hits, all, n * sizeof *hits);
    return n;
}

uint64_t slk_phrases_tables(const slk_pack *pack, const slk_reading *r, uint32_t token) {
    slk_hit room[SLK_PHRASES_MOST];
    const slk_hit *all;
    if (r->phrases && token < r->tokens.n && r->phrases->places[token].known) return r->phrases->places[token].tables;
    uint32_t n = all_at(pack, r, token, room, &all);
    return tables_of(all, n);
}

#define STEPS 8 /* tokens that are looked at one by one */

/* The last token that begins at or before a byte. */
static uint32_t token_from(const slk_reading *r, uint32_t off_b, uint32_t near) {
    const slk_token *all = r->tokens.at;
    if (near < r->tokens.n && all[near].span.start == off_b) return near;
    if (near < r->tokens.n && all[near].span.start <= off_b)
        for (uint32_t t = near; t < r->tokens.n && t < near + STEPS; t++)
            if (t + 1 == r->tokens.n || all[t + 1].span.start > off_b) return t;
    uint32_t behind = SLK_FIRST(i, r->tokens.n, all[i].span.start <= off_b);
    return behind ? behind - 1 : 0;
}

uint32_t slk_phrases_from(const slk_pack *pack, const slk_reading *r, uint32_t off_b, uint32_t *near,
                          slk_hit room[SLK_PHRASES_MOST], const slk_hit **hits) {
    *near = token_from(r, off_b, *near);
    if (*near < r->tokens.n && r->tokens.at[*near].span.start == off_b) return all_at(pack, r, *near, room, hits);
    *hits = room;
    return slk_pack_match(pack, r->report.text, off_b, room, SLK_PHRASES_MOST);
}

bool slk_phrase_in(const slk_pack *pack, const slk_reading *r, uint32_t token, int table, slk_hit *hit) {
    slk_hit room[SLK_PHRASES_MOST];
    const slk_hit *all;
    uint32_t n = all_at(pack, r, token, room, &all);
    for (uint32_t i = 0; i < n; i++)
        if (all[i].table == table) {
            *hit = all[i];
            return true;
        }
    return false;
}
