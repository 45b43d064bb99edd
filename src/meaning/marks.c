/* marks.c - words that the tables of countries, agencies, persons and roles know, and names that they do not. One pass; the
 * longest phrase wins. */
#include <string.h>

#include "base/text.h"
#include "language/phrases.h"
#include "meaning/naming.h"

static int rank_of(const slk_hit *h) {
    switch (h->table) {
    case SLK_T_PEOPLE: return 4;
    case SLK_T_AGENCIES: return 3;
    case SLK_T_COUNTRIES: return 2;
    case SLK_T_ROLES: return 1;
    default: return 0;
    }
}

static slk_mark_kind kind_of(const slk_hit *h) {
    if (h->table == SLK_T_PEOPLE) return SLK_MARK_PERSON;
    if (h->table == SLK_T_AGENCIES) return SLK_MARK_AGENCY;
    if (h->table == SLK_T_ROLES) return SLK_MARK_ROLE;
    if (h->column == SLK_COUNTRIES_CONTEXTUAL) return SLK_MARK_CONTEXT;
    return h->column == SLK_COUNTRIES_CAPITAL || h->column == SLK_COUNTRIES_METONYMS ? SLK_MARK_CAPITAL
                                                                                     : SLK_MARK_COUNTRY;
}

/* The longest phrase of the four tables at a token; of equal length persons before agencies, countries and roles. A longer
 * place name there ("Korea Strait", "Washington County") is no actor. */
static bool best_hit(const slk_naming *f, uint32_t token, slk_hit *best) {
    slk_hit hits[16];
    uint32_t n = slk_phrases_at(f->pack, f->r, token, hits, 16);
    bool found = false;
    uint32_t place_end = 0;
    for (uint32_t i = 0; i < n; i++) {
        if ((hits[i].table == SLK_T_PLACES || hits[i].table == SLK_T_SITES) && hits[i].end > place_end)
            place_end = hits[i].end;
        if (rank_of(&hits[i]) == 0) continue;
        if (found && (hits[i].end < best->end || (hits[i].end == best->end && rank_of(&hits[i]) <= rank_of(best))))
            continue;
        *best = hits[i];
        found = true;
    }
    return found && place_end <= best->end;
}

/* Tokens that end at or before off_b, from token on. */
static uint32_t last_token(const slk_reading *r, uint32_t token, uint32_t off_b) {
    while (token < r->tokens.n && r->tokens.at[token].span.start < off_b) token++;
    return token;
}

/* "The South" right before "Korean": the longer name begins one word later. */
static bool longer_behind(const slk_naming *f, uint32_t token, const slk_hit *h) {
    slk_hit next;
    return h->table == SLK_T_COUNTRIES && h->column == SLK_COUNTRIES_CONTEXTUAL && token + 1 < f->r->tokens.n &&
           best_hit(f, token + 1, &next) && next.end > h->end;
}

static slk_err add_mark(slk_naming *f, slk_mark m) {
    slk_err err = SLK_ROOM(&f->r->arena, &f->marks, SLK_MAX_ITEMS);
    if (err == SLK_OK) f->marks.at[f->marks.n++] = m;
    return err;
}

/* The index of the name of a person or body that begins at a token, or SLK_NONE. *next walks the list of names. */
static uint32_t name_at(const slk_reading *r, uint32_t token, uint32_t *next) {
    uint32_t start = r->tokens.at[token].span.start;
    while (*next < r->names.n && r->names.at[*next].span.start < start) (*next)++;
    for (uint32_t i = *next; i < r->names.n && r->names.at[i].span.start == start; i++)
        if (r->names.at[i].type == SLK_NAME_PER || r->names.at[i].type == SLK_NAME_ORG) return i;
    return SLK_NONE;
}

/* Is a name more than the tables know at its place: a person's by being longer, a body's by going on behind a role, or alone. */
static bool says_more(const slk_reading *r, const slk_name *n, bool hit, const slk_hit *h) {
    if (!hit) return n->type == SLK_NAME_PER || n->same_as != SLK_NONE || slk_reading_text(r, n->span).n > 4;
    return n->span.end > h->end && (n->type == SLK_NAME_PER || h->table == SLK_T_ROLES);
}

slk_err slk_marks_find(slk_naming *f) {
    slk_reading *r = f->r;
    uint32_t name = 0;
    for (uint32_t t = 0; t < r->tokens.n;) {
        slk_hit h = {0};
        uint32_t named = name_at(r, t, &name), last = t + 1;
        bool hit = best_hit(f, t, &h);
        if (hit && longer_behind(f, t, &h)) hit = false;
        slk_err err = SLK_OK;
        if (named != SLK_NONE && says_more(r, &r->names.at[named], hit, &h)) {
            slk_mark_kind kind = r->names.at[named].type == SLK_NAME_PER ? SLK_MARK_PERSON : SLK_MARK_BODY;
            last = last_token(r, t, r->names.at[named].span.end);
            err = add_mark(f, (slk_mark){.t = {t, last, last - 1}, .kind = kind, .row = SLK_NONE});
        } else if (hit) {
            last = last_token(r, t, h.end);
            if (last == t) last = t + 1;
            bool demonym = h.table == SLK_T_COUNTRIES && h.column == SLK_COUNTRIES_DEMONYMS;
            err = add_mark(f, (slk_mark){{t, last, last - 1}, kind_of(&h), h.row, demonym});
        }
        if (err != SLK_OK) return err;
        t = last;
    }
    return SLK_OK;
}
