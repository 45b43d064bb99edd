/* names.c - names in the text: what the tables know (states, bodies, persons, places, sites, weapons), and runs of capitalised
 * words with what stands before them ("Gen.", "spokesman") for the rest. A later shorter form leads back to the longer one. */
#include <string.h>

#include "language/inside.h"

typedef struct namer {
    const slk_pack *pack;
    slk_reading *r;
} namer;

static bool type_of(const slk_pack *pack, const slk_hit *h, slk_name_type *type) {
    switch (h->table) {
    case SLK_T_COUNTRIES:
        if (h->column == SLK_COUNTRIES_DEMONYMS || h->column == SLK_COUNTRIES_CONTEXTUAL) return false;
        *type = SLK_NAME_GPE;
        return true;
    case SLK_T_AGENCIES: *type = SLK_NAME_ORG; return true;
    case SLK_T_PEOPLE: *type = SLK_NAME_PER; return true;
    case SLK_T_SITES: *type = SLK_NAME_FAC; return true;
    case SLK_T_WEAPONS: *type = SLK_NAME_WEAPON; return true;
    case SLK_T_PLACES: {
        slk_text kind = slk_pack_cell(pack, SLK_T_PLACES, h->row, SLK_PLACES_KIND);
        bool state = slk_text_starts(kind, "PPL") || slk_text_starts(kind, "ADM") || slk_text_starts(kind, "PCL");
        *type = state ? SLK_NAME_GPE : SLK_NAME_LOC;
        return true;
    }
    default: return false;
    }
}

static slk_err add(namer *f, slk_span span, slk_name_type type) {
    slk_reading *r = f->r;
    slk_name n = {.span = span, .type = type, .same_as = SLK_NONE};
    slk_text own = slk_reading_text(r, span);
    if (!own.at || own.n == 0) return SLK_OK;
    uint32_t from = r->names.n > 200 ? r->names.n - 200 : 0; /* looks back a page or two */
    for (uint32_t i = from; i < r->names.n && n.same_as == SLK_NONE; i++) {
        const slk_name *o = &r->names.at[i];
        slk_text t = slk_reading_text(r, o->span);
        bool same = slk_text_eq(t, own);
        bool longer = (type == SLK_NAME_PER || type == SLK_NAME_MISC) && o->type == SLK_NAME_PER && t.n > own.n + 1;
        bool tail = longer && ((t.at[t.n - own.n - 1] == ' ' && memcmp(t.at + t.n - own.n, own.at, own.n) == 0) ||
                               (t.at[own.n] == ' ' && memcmp(t.at, own.at, own.n) == 0));
        bool person =
            type == SLK_NAME_MISC && o->type == SLK_NAME_PER && tail; /* "Lee" after "Lee Jae" or "Anna Lee" */
        if (person) n.type = type = SLK_NAME_PER;
        if (o->type == type && (same || tail)) n.same_as = o->same_as == SLK_NONE ? i : o->same_as;
    }
    slk_err err = SLK_ROOM(&r->arena, &r->names, SLK_MAX_ITEMS);
    if (err == SLK_OK) r->names.at[r->names.n++] = n;
    return err;
}

/* The end of a run of capitalised words from a token on: joined by hyphens, "of", "and the" only between capitals. */
static uint32_t run_end(const slk_reading *r, uint32_t token, uint32_t last) {
    uint32_t end = token + 1;
    while (end < last) {
        uint8_t upos = slk_upos_at(r, end);
        bool glued = r->tokens.at[end - 1].span.end == r->tokens.at[end].span.start;
        if (upos == SLK_UPOS_PROPN ||
            (glued && slk_word_is(r, end, "-") && slk_upos_at(r, end + 1) != SLK_UPOS_PUNCT) ||
            (glued && slk_word_is(r, end - 1, "-") && upos != SLK_UPOS_PUNCT))
            end++;
        else if (slk_word_is(r, end, "of") && end + 1 < last && slk_upos_at(r, end + 1) == SLK_UPOS_PROPN)
            end += 2;
        else
            break;
    }
    return end;
}

static bool is_title(const slk_pack *pack, const slk_reading *r, uint32_t token) {
    slk_hit h;
    uint32_t row = slk_pack_find(pack, SLK_T_ABBREVIATIONS, slk_token_text(r, token));
    if (row != SLK_NONE && slk_text_is(slk_pack_cell(pack, SLK_T_ABBREVIATIONS, row, SLK_ABBREVIATIONS_KIND), "title"))
        return true;
    return slk_pack_match_in(pack, r->report.text, r->tokens.at[token].span.start, SLK_T_ROLES, &h);
}

/* The last words of names that say what they name. */
static slk_name_type type_of_word(const namer *f, uint32_t token) {
    uint32_t row = slk_pack_find(f->pack, SLK_T_NAME_WORDS, slk_token_text(f->r, token));
    if (row != SLK_NONE) {
        slk_text type = slk_pack_cell(f->pack, SLK_T_NAME_WORDS, row, SLK_NAME_WORDS_TYPE);
        return slk_text_is(type, "ORG") ? SLK_NAME_ORG : SLK_NAME_EVENT;
    }
    slk_hit h;
    if (slk_pack_match_in(f->pack, f->r->report.text, f->r->tokens.at[token].span.start, SLK_T_PLACE_WORDS, &h) &&
        slk_text_is(slk_pack_cell(f->pack, SLK_T_PLACE_WORDS, h.row, SLK_PLACE_WORDS_USE), "after"))
        return SLK_NAME_LOC;
    return SLK_NAME_MISC;
}

static bool is_acronym(slk_text x) {
    for (size_t i = 0; i < x.n; i++)
        if (!slk_is_upper(x.at[i])) return false;
    return x.n >= 3 && x.n <= 6;
}

/* A run that no table knows: by its last word, or the first before "of"; a person behind a title, before a verb of saying or of two or
 * three plain words. */
static slk_name_type guess(const namer *f, uint32_t first, uint32_t last, uint32_t sentence_first) {
    static const char *const says[] = {"say", "tell", "add", "write", "note", "argue"};
    slk_name_type type = type_of_word(f, last - 1);
    if (type != SLK_NAME_MISC && (last - first > 1 || type == SLK_NAME_ORG)) return type;
    for (uint32_t t = first; t < last; t++)
        if (type_of_word(f, t) == SLK_NAME_ORG) return SLK_NAME_ORG;
    if (first > sentence_first && is_title(f->pack, f->r, first - 1)) return SLK_NAME_PER;
    bool plain = last - first >= 2 && last - first <= 4;
    for (uint32_t t = first; t < last; t++) plain = plain && !is_acronym(slk_token_text(f->r, t));
    if (plain) return SLK_NAME_PER;
    if (last - first == 1 && is_acronym(slk_token_text(f->r, first))) return SLK_NAME_ORG;
    for (size_t i = 0; last - first == 1 && i < sizeof says / sizeof *says; i++)
        if (slk_lemma_is(f->r, last, says[i])) return SLK_NAME_PER;
    return SLK_NAME_MISC;
}

static bool is_date(const namer *f, uint32_t token) {
    slk_hit h;
    return slk_pack_match_in(f->pack, f->r->report.text, f->r->tokens.at[token].span.start, SLK_T_CALENDAR, &h);
}

/* "Jerome Powell", "Jordan Smith": the name of a place that is a given name too, and a plain capitalised word behind it. */
static bool begins_person(const namer *f, const slk_hit *hits, uint32_t n, uint32_t end) {
    const slk_reading *r = f->r;
    uint32_t next = slk_token_at(r, end);
    bool given = false;
    for (uint32_t i = 0; i < n; i++)
        given |= hits[i].end == end && hits[i].table == SLK_T_PLACE_WORDS &&
                 slk_text_is(slk_pack_cell(f->pack, SLK_T_PLACE_WORDS, hits[i].row, SLK_PLACE_WORDS_USE), "given-name");
    if (!given || next >= r->tokens.n || slk_upos_at(r, next) != SLK_UPOS_PROPN) return false;
    slk_text t = slk_token_text(r, next);
    if (r->tokens.at[next].span.start != end + 1 || t.n < 3 || !slk_is_lower(t.at[1])) return false;
    slk_hit known[8];
    uint32_t k = slk_pack_match(f->pack, r->report.text, r->tokens.at[next].span.start, known, 8);
    for (uint32_t i = 0; i < k; i++)
        if (known[i].table == SLK_T_ROLES || known[i].table == SLK_T_AGENCIES || known[i].table == SLK_T_COUNTRIES ||
            known[i].table == SLK_T_CALENDAR || known[i].table == SLK_T_PLACE_WORDS)
            return false;
    return true;
}

/* "Secretary of State Antony Blinken": over the words of a role, but not in "Ministry of Health". */
static uint32_t behind_titles(const namer *f, uint32_t first, uint32_t end) {
    slk_hit h;
    while (first < end) {
        uint32_t start = f->r->tokens.at[first].span.start, next = first + 1;
        if (!is_title(f->pack, f->r, first) || type_of_word(f, first) == SLK_NAME_ORG) break;
        if (slk_pack_match_in(f->pack, f->r->report.text, start, SLK_T_ROLES, &h)) next = slk_token_at(f->r, h.end);
        if (slk_word_is(f->r, next, "of")) return end; /* "President of Ghana" */
        first = next > first ? next : first + 1;
    }
    return first;
}

/* "Curepipe College": a place within the name of a body. */
static bool within_body(const namer *f, uint32_t token, uint32_t behind, uint32_t last) {
    if (slk_upos_at(f->r, token) != SLK_UPOS_PROPN && slk_upos_at(f->r, token) != SLK_UPOS_ADJ) return false;
    uint32_t end = run_end(f->r, token, last);
    return end > behind && type_of_word(f, end - 1) == SLK_NAME_ORG;
}

static slk_err name_at(namer *f, uint32_t token, uint32_t sentence_first, uint32_t last, uint32_t *next) {
    slk_hit hits[16];
    slk_reading *r = f->r;
    uint32_t start = r->tokens.at[token].span.start;
    uint32_t n = slk_pack_match(f->pack, r->report.text, start, hits, 16);
    for (uint32_t i = 0; i < n; i++) {
        slk_name_type type;
        if (!type_of(f->pack, &hits[i], &type)) continue;
        bool place = hits[i].table == SLK_T_PLACES || hits[i].table == SLK_T_COUNTRIES;
        if (place && begins_person(f, hits, n, hits[i].end)) break;
        *next = slk_token_at(r, hits[i].end);
        if (*next <= token) *next = token + 1;
        if (place && within_body(f, token, *next, last)) break;
        bool article = slk_word_is(r, token, "the") && *next > token + 1;
        return add(f, (slk_span){article ? r->tokens.at[token + 1].span.start : start, hits[i].end}, type);
    }
    *next = token + 1;
    if (slk_upos_at(r, token) != SLK_UPOS_PROPN || is_date(f, token)) return SLK_OK;
    uint32_t first = token, end = run_end(r, token, last);
    first = behind_titles(f, first, end);
    *next = end;
    if (first >= end) return SLK_OK;
    return add(f, slk_tokens_span(r, (slk_tokens){first, end, first}), guess(f, first, end, sentence_first));
}

slk_err slk_names_find(const slk_pack *pack, slk_reading *r) {
    namer f = {.pack = pack, .r = r};
    for (uint32_t s = 0; s < r->sentences.n; s++) {
        uint32_t first = r->sentences.at[s].first_token, last = first + r->sentences.at[s].n_tokens;
        for (uint32_t t = first; t < last;) {
            uint8_t upos = slk_upos_at(r, t);
            uint32_t next = t + 1;
            slk_err err = SLK_OK;
            if (upos != SLK_UPOS_PUNCT && upos != SLK_UPOS_NUM && upos != SLK_UPOS_SYM)
                err = name_at(&f, t, first, last, &next);
            if (err != SLK_OK) return err;
            t = next;
        }
    }
    return SLK_OK;
}
