/* names.c - names in the text. A trained chain of labels (name_tags.c) finds persons, bodies and places; tables give weapons and what
 * they know for certain; words such as "Airport", "Province", "Summit" tell facilities, states and events; runs of proper nouns
 * that are none of these are MISC. A place within the name of a body is a name too ("University of Ghana"). Names of one thing lead
 * back to its first mention. */
#include <string.h>

#include "language/name_words.h"

#define BIT(x) (1u << (x))

typedef struct namer {
    const slk_pack *pack;
    slk_reading *r;
    slk_name_word *words;
    uint8_t *tags; /* label of each token */
} namer;

/* By a GeoNames feature code: states and towns, buildings and roads, the rest of nature. */
static slk_name_type kind_of_code(slk_text code) {
    static const char *const built[] = {"AIR", "FRT", "PRT", "RD", "BDG", "INSM", "PRN", "RSTN"};
    if (slk_text_starts(code, "PPL") || slk_text_starts(code, "ADM") || slk_text_starts(code, "PCL"))
        return SLK_NAME_GPE;
    for (size_t i = 0; i < sizeof built / sizeof *built; i++)
        if (slk_text_starts(code, built[i])) return SLK_NAME_FAC;
    return SLK_NAME_LOC;
}

static slk_name_type type_of_place(const slk_pack *pack, uint32_t row) {
    return kind_of_code(slk_pack_cell(pack, SLK_T_PLACES, row, SLK_PLACES_KIND));
}

static bool type_of_hit(const slk_pack *pack, const slk_hit *h, slk_name_type *type) {
    switch (h->table) {
    case SLK_T_COUNTRIES:
        if (h->column == SLK_COUNTRIES_DEMONYMS || h->column == SLK_COUNTRIES_CONTEXTUAL) return false;
        *type = SLK_NAME_GPE;
        return true;
    case SLK_T_AGENCIES: *type = SLK_NAME_ORG; return true;
    case SLK_T_PEOPLE: *type = SLK_NAME_PER; return true;
    case SLK_T_SITES: *type = SLK_NAME_FAC; return true;
    case SLK_T_WEAPONS: *type = SLK_NAME_WEAPON; return true;
    case SLK_T_PLACES: *type = type_of_place(pack, h->row); return true;
    default: return false;
    }
}

/* ---------------------------------------------------------------- labels */

static slk_err label(namer *f) {
    slk_reading *r = f->r;
    const slk_name_model *m = (const void *)slk_pack_model(f->pack, SLK_MODEL_NAMES).at;
    f->tags = slk_arena_take(&r->arena, r->tokens.n + 1);
    if (!f->tags) return SLK_ENOMEM;
    slk_name_score *scores = slk_arena_take(&r->arena, (r->tokens.n + 1) * sizeof *scores);
    uint8_t(*back)[8] = slk_arena_take(&r->arena, (r->tokens.n + 1) * sizeof *back);
    if (!scores || !back) return SLK_ENOMEM;
    for (uint32_t t = 0; t < r->tokens.n;) {
        uint32_t end = slk_name_chain(r, f->words, t);
        for (uint32_t i = t; i < end; i++) slk_name_score_token(m, r, f->words, i, &scores[i]);
        if (end > t) slk_name_tags_best(m, scores + t, end - t, f->tags + t, back);
        t = end > t ? end : t + 1;
    }
    return slk_name_senses_settle(r, f->words, scores, f->tags);
}

/* The end of the name that the labels begin at a token; the token itself where none begins. */
static uint32_t labelled(const namer *f, uint32_t token, uint32_t last) {
    uint32_t end = token;
    if (f->tags[token] % 2 == 1)
        for (end++; end < last && f->tags[end] == f->tags[token] + 1; end++) continue;
    return end;
}

/* ---------------------------------------------------------------- adding */

static slk_err add(namer *f, uint32_t first, uint32_t last, slk_name_type type) {
    slk_reading *r = f->r;
    slk_name n = {.span = slk_tokens_span(r, (slk_tokens){first, last, first}), .type = type, .same_as = SLK_NONE};
    slk_text own = slk_reading_text(r, n.span);
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

/* ---------------------------------------------------------------- kinds */

/* The longest phrase of a table that names something and begins at a token; its end as a token. */
static bool known_name(const namer *f, uint32_t token, uint32_t *end, slk_name_type *type) {
    slk_hit hits[16];
    slk_reading *r = f->r;
    uint32_t n = slk_pack_match(f->pack, r->report.text, r->tokens.at[token].span.start, hits, 16);
    for (uint32_t i = 0; i < n; i++) {
        if (!type_of_hit(f->pack, &hits[i], type)) continue;
        *end = slk_token_at(r, hits[i].end);
        return *end > token;
    }
    return false;
}

/* What kind of place: as the tables have it, else by the words in it. */
static slk_name_type kind_of_place(const namer *f, uint32_t first, uint32_t last) {
    slk_name_type type;
    uint32_t end;
    slk_hit h;
    if (known_name(f, first, &end, &type) && end == last && type != SLK_NAME_ORG && type != SLK_NAME_PER &&
        type != SLK_NAME_WEAPON)
        return type;
    for (uint32_t t = first; t < last; t++)
        if (f->words[t].known & BIT(SLK_KNOWN_END_FAC)) return SLK_NAME_FAC;
    if (slk_pack_match_in(f->pack, f->r->report.text, f->r->tokens.at[last - 1].span.start, SLK_T_PLACE_WORDS, &h) &&
        slk_text_is(slk_pack_cell(f->pack, SLK_T_PLACE_WORDS, h.row, SLK_PLACE_WORDS_USE), "after")) {
        slk_text kind = slk_pack_cell(f->pack, SLK_T_PLACE_WORDS, h.row, SLK_PLACE_WORDS_KIND);
        return kind_of_code(kind);
    }
    return f->words[first].known & BIT(SLK_KNOWN_BEFORE) ? SLK_NAME_LOC : SLK_NAME_GPE;
}

/* Places within the name of a body: "Ghana" in "University of Ghana". */
static slk_err add_within(namer *f, uint32_t first, uint32_t last) {
    uint32_t places = BIT(SLK_KNOWN_COUNTRY) | BIT(SLK_KNOWN_CITY);
    for (uint32_t t = first; t < last;) {
        uint32_t end;
        slk_name_type type;
        bool inner = (f->words[t].known & places) && known_name(f, t, &end, &type) && end <= last &&
                     end - t < last - first && (type == SLK_NAME_GPE || type == SLK_NAME_LOC);
        if (inner) {
            slk_err err = add(f, t, end, type);
            if (err != SLK_OK) return err;
        }
        t = inner ? end : t + 1;
    }
    return SLK_OK;
}

static bool owns(const slk_reading *r, uint32_t t) {
    return slk_word_is(r, t, "'s") || slk_word_is(r, t, "\xE2\x80\x99s");
}

/* Sets the label of tokens to that of a name of a kind. */
static void relabel(namer *f, uint32_t first, uint32_t last, uint8_t begins) {
    for (uint32_t t = first; t < last; t++) f->tags[t] = (uint8_t)(begins ? begins + (t > first) : SLK_TAG_O);
}

/* Names that the labels ran together: "Ali and Ray", "Ghana's Ministry of Health", "Arusha in Tanzania". */
static void part(namer *f, uint32_t first, uint32_t last) {
    uint8_t begins = f->tags[first];
    uint32_t place = BIT(SLK_KNOWN_COUNTRY) | BIT(SLK_KNOWN_CITY) | BIT(SLK_KNOWN_TOWN);
    for (uint32_t t = first + 1; t + 1 < last; t++) {
        bool and = slk_word_is(f->r, t, "and") && begins != SLK_TAG_B_ORG;
        bool in = slk_word_is(f->r, t, "in") && begins == SLK_TAG_B_LOC;
        bool owner = owns(f->r, t) && begins == SLK_TAG_B_ORG && (f->words[first].known & place);
        if (!and&&!in && !owner) continue;
        if (owner) relabel(f, first, t, SLK_TAG_B_LOC);
        f->tags[t] = SLK_TAG_O;
        relabel(f, t + 1, last, begins);
        return;
    }
}

static slk_err add_labelled(namer *f, uint32_t first, uint32_t last) {
    uint8_t tag = f->tags[first];
    if (tag == SLK_TAG_B_PER) return add(f, first, last, SLK_NAME_PER);
    slk_name_type type = tag == SLK_TAG_B_ORG ? SLK_NAME_ORG : kind_of_place(f, first, last);
    slk_err err = add(f, first, last, type);
    return err == SLK_OK && (type == SLK_NAME_ORG || type == SLK_NAME_FAC) ? add_within(f, first, last) : err;
}

/* ---------------------------------------------------------------- what the labels leave */

/* The end of a run of proper nouns without labels from a token on. */
static uint32_t rest_end(const namer *f, uint32_t token, uint32_t last) {
    uint32_t end = token + 1;
    while (end < last && f->tags[end] == SLK_TAG_O &&
           ((slk_upos_at(f->r, end) == SLK_UPOS_PROPN && f->words[end].capital) ||
            (f->words[end].may && slk_word_is(f->r, end, "-") && end + 1 < last && f->words[end + 1].may)))
        end++;
    return end;
}

static slk_err add_rest(namer *f, uint32_t token, uint32_t last, uint32_t *next) {
    const slk_name_word *w = &f->words[token];
    uint32_t none = BIT(SLK_KNOWN_TIME) | BIT(SLK_KNOWN_PEOPLE_OF) | BIT(SLK_KNOWN_ROLE) | BIT(SLK_KNOWN_TITLE) |
                    BIT(SLK_KNOWN_TIME + SLK_KNOWN_INSIDE);
    *next = token + 1;
    if (!w->capital || (w->known & none) || slk_upos_at(f->r, token) != SLK_UPOS_PROPN) return SLK_OK;
    uint32_t end = rest_end(f, token, last);
    *next = end;
    bool event = f->words[end - 1].known & BIT(SLK_KNOWN_END_EVENT);
    return add(f, token, end, event && end - token > 1 ? SLK_NAME_EVENT : SLK_NAME_MISC);
}

/* A phrase of the tables that is sure to be a name where it stands: a weapon; a site, body or person of two words and more, against
 * the labels too; any other that the labels leave out. Its end, the token itself where there is none. */
static uint32_t sure_name(const namer *f, uint32_t token, uint32_t labelled_end, slk_name_type *type) {
    uint32_t end, named = BIT(SLK_KNOWN_WEAPON) | BIT(SLK_KNOWN_SITE) | BIT(SLK_KNOWN_BODY) | BIT(SLK_KNOWN_PERSON);
    uint32_t places = BIT(SLK_KNOWN_COUNTRY) | BIT(SLK_KNOWN_CITY);
    if (!(f->words[token].known & (named | places)) || !known_name(f, token, &end, type) || end < labelled_end)
        return token;
    bool place = *type == SLK_NAME_GPE || *type == SLK_NAME_LOC, article = slk_word_is(f->r, token, "the");
    if (*type == SLK_NAME_WEAPON || end - token > 1u + article) return place && labelled_end > token ? token : end;
    return labelled_end > token || place ? token : end;
}

static slk_err name_at(namer *f, uint32_t token, uint32_t last, uint32_t *next) {
    uint32_t end = labelled(f, token, last);
    if (end > token) {
        part(f, token, end);
        end = labelled(f, token, last);
    }
    slk_name_type type;
    uint32_t sure = sure_name(f, token, end, &type);
    if (sure > token && sure <= last) {
        *next = sure;
        bool article = slk_word_is(f->r, token, "the") && sure > token + 1;
        return add(f, token + article, sure, type);
    }
    *next = end;
    return end > token ? add_labelled(f, token, end) : add_rest(f, token, last, next);
}

slk_err slk_names_find(const slk_pack *pack, slk_reading *r) {
    namer f = {.pack = pack, .r = r};
    slk_err err = slk_name_words_find(pack, r, &f.words);
    if (err == SLK_OK) err = label(&f);
    for (uint32_t s = 0; s < r->sentences.n && err == SLK_OK; s++) {
        uint32_t first = r->sentences.at[s].first_token, last = first + r->sentences.at[s].n_tokens;
        for (uint32_t t = first; t < last && err == SLK_OK;) {
            uint32_t next = t + 1;
            err = name_at(&f, t, last, &next);
            t = next > t ? next : t + 1;
        }
    }
    return err;
}
