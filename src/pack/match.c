/* match.c - looking up phrases: one walk through the double-array trie, then the rule of capitals. See pack.h. */
#include "pack/inside.h"

#define MAX_ENDS 24 /* phrases that are beginnings of one another */

typedef struct walk_end {
    uint32_t at, hits; /* where in the text; the first hit */
} walk_end;

static bool step(const slk_pack *pack, uint32_t *unit, unsigned char byte) {
    uint32_t next = pack->units[*unit].base + byte;
    if (next >= pack->head->n_units || pack->units[next].check != *unit) return false;
    *unit = next;
    return true;
}

static bool step_cp(const slk_pack *pack, uint32_t *unit, uint32_t cp) {
    if (cp < 0x80) return step(pack, unit, (unsigned char)cp);
    if (cp < 0x800)
        return step(pack, unit, (unsigned char)(0xC0 | cp >> 6)) &&
               step(pack, unit, (unsigned char)(0x80 | (cp & 0x3F)));
    if (cp >= 0x10000 && !step(pack, unit, (unsigned char)(0xF0 | cp >> 18))) return false;
    unsigned char second = (unsigned char)((cp < 0x10000 ? 0xE0 : 0x80) | (cp >> 12 & (cp < 0x10000 ? 0x0F : 0x3F)));
    return step(pack, unit, second) && step(pack, unit, (unsigned char)(0x80 | (cp >> 6 & 0x3F))) &&
           step(pack, unit, (unsigned char)(0x80 | (cp & 0x3F)));
}

static bool word_goes_on(const char *p, const char *end, uint32_t last) {
    if (p >= end || !slk_cp_is_word(last)) return false;
    uint32_t cp;
    slk_utf8_next(p, end, &cp);
    return slk_cp_is_word(cp);
}

static bool plain_word(unsigned char b) { return slk_is_alpha((char)b) || slk_is_digit((char)b); }

/* Follows a run of ASCII letters and digits, which nearly all text is, without decoding; false where the trie ends. */
static bool walk_plain(const slk_pack *pack, const char **p, const char *end, uint32_t *unit) {
    const slk_pack_unit *units = pack->units;
    uint32_t n_units = pack->head->n_units, at = *unit;
    const char *q = *p;
    bool alive = true;
    for (; q + 1 < end && plain_word((unsigned char)*q) && plain_word((unsigned char)q[1]); q++) {
        uint32_t next = units[at].base + (unsigned char)slk_lower(*q);
        if (next >= n_units || units[next].check != at) {
            alive = false;
            break;
        }
        at = next;
    }
    *p = q;
    *unit = at;
    return alive;
}

typedef struct walk_ends {
    walk_end at[MAX_ENDS];
    uint32_t n;
} walk_ends;

/* Puts down the end of a phrase at p, where the walk stands at a unit, if one is there and a word ends. last: the character before. */
static void note_end(const slk_pack *pack, slk_text text, const char *p, uint32_t unit, uint32_t last, walk_ends *out) {
    if (step(pack, &unit, 0) && out->n < MAX_ENDS && !word_goes_on(p, text.at + text.n, last))
        out->at[out->n++] = (walk_end){(uint32_t)(p - text.at), pack->units[unit].base};
}

/* All ends of phrases along the walk from p, where it stands at a unit. */
static void walk(const slk_pack *pack, slk_text text, const char *p, uint32_t unit, walk_ends *out) {
    const char *end = text.at + text.n;
    uint32_t cp;
    while (walk_plain(pack, &p, end, &unit) && (cp = slk_phrase_next(&p, end)) != 0 && step_cp(pack, &unit, cp))
        if (cp != ' ') note_end(pack, text, p, unit, cp, out);
}

static bool gap_at(const char *p, const char *end, uint32_t *n) {
    uint32_t cp;
    if ((unsigned char)*p < 0x80) return *n = 1, slk_phrase_gap((unsigned char)*p);
    *n = slk_utf8_next(p, end, &cp);
    return slk_phrase_gap(slk_cp_fold(cp));
}

/* One word off *p: whether it begins with a capital and whether all its letters (two or more) are capitals. */
static bool word_look(const char **p, const char *end, bool *initial, bool *all) {
    uint32_t n, cp, letters = 0, capitals = 0;
    while (*p < end && gap_at(*p, end, &n)) *p += n;
    if (*p >= end) return false;
    slk_utf8_next(*p, end, &cp);
    *initial = slk_cp_is_upper(cp);
    for (; *p < end && !gap_at(*p, end, &n); *p += n) {
        if (n == 1 && (unsigned char)**p < 0x80) {
            letters += slk_is_alpha(**p);
            capitals += slk_is_upper(**p);
            continue;
        }
        slk_utf8_next(*p, end, &cp);
        letters += slk_cp_is_letter(cp);
        capitals += slk_cp_is_upper(cp);
    }
    *all = letters > 1 && letters == capitals;
    return true;
}

/* The rule of capitals, word by word: what the phrase writes large must be large in the text. */
bool slk_capitals_fit(slk_text phrase, slk_text words) {
    const char *p = phrase.at, *pe = p + phrase.n, *w = words.at, *we = w + words.n;
    bool want, want_all, has, has_all;
    if (phrase.n == words.n && memcmp(phrase.at, words.at, words.n) == 0) return true; /* as nearly all are written */
    while (word_look(&p, pe, &want, &want_all)) {
        if (!word_look(&w, we, &has, &has_all)) return false;
        if ((want && !has) || (want_all && !has_all)) return false;
    }
    return true;
}

/* The phrases that end there and fit, longest first. */
static uint32_t take_hits(const slk_pack *pack, slk_text text, uint32_t at, const walk_ends *ends, slk_hit *hits,
                          uint32_t max) {
    uint32_t found = 0;
    for (uint32_t n = ends->n; n-- > 0;) {
        const walk_end *end = &ends->at[n];
        for (uint32_t h = end->hits; found < max; h++) {
            const slk_pack_hit *hit = &pack->hits[h];
            slk_text phrase = {pack->strings + hit->phrase_at, hit->n};
            if (!(hit->flags & SLK_HIT_CAPITALS) || slk_capitals_fit(phrase, slk_text_part(text, at, end->at)))
                hits[found++] = (slk_hit){end->at, hit->row, hit->table, hit->column};
            if (hit->flags & SLK_HIT_LAST) break;
        }
    }
    return found;
}

uint32_t slk_pack_match(const slk_pack *pack, slk_text text, uint32_t at, slk_hit *hits, uint32_t max) {
    walk_ends ends;
    ends.n = 0;
    if (at >= text.n) return 0;
    walk(pack, text, text.at + at, 0, &ends);
    return take_hits(pack, text, at, &ends, hits, max);
}

uint32_t slk_pack_walk(const slk_pack *pack, slk_text word) {
    uint32_t unit = 0;
    for (size_t i = 0; i < word.n; i++)
        if (!plain_word((unsigned char)word.at[i])) return 0;
    for (size_t i = 0; i < word.n; i++)
        if (!step(pack, &unit, (unsigned char)slk_lower(word.at[i]))) return SLK_NONE;
    return unit;
}

uint32_t slk_pack_match_on(const slk_pack *pack, slk_text text, slk_span word, uint32_t come_to, slk_hit *hits,
                           uint32_t max) {
    walk_ends ends;
    const char *p = text.at + word.end;
    ends.n = 0;
    note_end(pack, text, p, come_to, (unsigned char)p[-1], &ends);
    walk(pack, text, p, come_to, &ends);
    return take_hits(pack, text, word.start, &ends, hits, max);
}

bool slk_pack_match_in(const slk_pack *pack, slk_text text, uint32_t at, int table, slk_hit *hit) {
    slk_hit hits[64];
    uint32_t n = slk_pack_match(pack, text, at, hits, 64);
    for (uint32_t i = 0; i < n; i++)
        if (hits[i].table == table) {
            *hit = hits[i];
            return true;
        }
    return false;
}
