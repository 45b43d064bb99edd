/* where.c - where an occurrence began and ended and which way it went: places by the preposition before them, waters without a name,
 * directions of flight. See collecting.h. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "language/phrases.h"
#include "meaning/collecting.h"
#include "meaning/meaning.h"

static const char *const origin_words[] = {"from", "near", "at", "in", "around", "outside", "off"};
static const char *const landing_words[] = {"into", "toward", "towards", "in",   "off",
                                            "to",   "inside", "outside", "over", "near"};
static const char *const sea_words[] = {"sea",    "waters",  "ocean", "coast", "zone",   "eez",
                                        "island", "islands", "bay",   "gulf",  "strait", "airspace"};

/* The preposition before a token within its noun phrase's reach. */
static uint32_t prep_before(const slk_collector *c, uint32_t token) {
    uint32_t first = c->r->sentences.at[c->r->tokens.at[token].sentence].first_token;
    uint32_t of = SLK_NONE;
    for (unsigned i = 0; i < 10 && token > first; i++) {
        uint8_t upos = c->r->tokens.at[--token].upos;
        bool capital = upos == SLK_UPOS_PUNCT && token > first && slk_collect_token_is(c, token - 1, "capital");
        if (upos == SLK_UPOS_ADP && slk_collect_token_is(c, token, "of") && of == SLK_NONE)
            of = token; /* "near the coastal town of Sinpo" */
        else if (upos == SLK_UPOS_ADP)
            return token;
        if (upos == SLK_UPOS_VERB || upos == SLK_UPOS_AUX ||
            (upos == SLK_UPOS_PUNCT && !capital && !slk_collect_token_is(c, token, "-")))
            break;
    }
    return of;
}

static bool is_sea(const slk_place *p) {
    return p->kind && (strcmp(p->kind, "SEA") == 0 || strcmp(p->kind, "STRT") == 0 || strcmp(p->kind, "BAY") == 0 ||
                       strcmp(p->kind, "GULF") == 0 || strcmp(p->kind, "OCN") == 0);
}

static bool is_country_place(const slk_place *p) { return p->kind && strcmp(p->kind, "PCLI") == 0; }

static slk_err add_place(slk_collector *c, uint32_t place, slk_field_name name) {
    const slk_place *p = &c->r->places.at[place];
    slk_value v = slk_collect_blank_value(SLK_VALUE_PLACE);
    v.ref = place;
    slk_err err = slk_collect_text_of(c, p->span, &v.text);
    slk_basis basis = p->relative.known && p->has_point ? SLK_BASIS_COMPUTED : SLK_BASIS_RESOLVED;
    c->rule = p->relative.known ? "place.relative" : "place.by-preposition";
    return err == SLK_OK ? slk_collect_add(c, name, v, p->span, basis) : err;
}

/* Places of the clauses: what comes after "from", "near", "at" is where it began; after "into", "toward" where it ended. */
slk_err slk_collect_places(slk_collector *c, bool countries) {
    slk_err err = SLK_OK;
    slk_span told = slk_collect_stretch(c);
    for (uint32_t i = SLK_FIRST_NEAR(c->r->places, told.start); err == SLK_OK && i < c->r->places.n; i++) {
        const slk_place *p = &c->r->places.at[i];
        if (p->span.start >= told.end) break;
        if (!slk_collect_told_in(c, slk_sentence_at(c->r, p->span.start)) || is_country_place(p) != countries) continue;
        const slk_told *x = slk_collect_mine(c, p->span);
        if (!x) continue;
        uint32_t prep = prep_before(c, slk_token_at(c->r, p->span.start));
        if (prep == SLK_NONE) continue;
        bool from = slk_collect_token_is(c, prep, "from");
        if (is_sea(p) ? !from && ONE_OF(c, prep, landing_words)
                      : slk_collect_token_is(c, prep, "into") || slk_collect_token_is(c, prep, "toward") ||
                            slk_collect_token_is(c, prep, "towards"))
            err = add_place(c, i, SLK_FIELD_LANDING);
        else if (x->family == SLK_FAMILY_LAUNCH || from)
            if (ONE_OF(c, prep, origin_words) && (!countries || from)) err = add_place(c, i, SLK_FIELD_ORIGIN);
    }
    return err;
}

/* Whether a place of the gazetteer with these words is a field already. */
static bool told_place(const slk_collector *c, slk_span words) {
    for (uint32_t i = 0; i < c->fields.n; i++) {
        const slk_field *f = &c->fields.at[i];
        if ((f->name == SLK_FIELD_LANDING || f->name == SLK_FIELD_ORIGIN) && f->evidence.n &&
            slk_span_overlaps(f->evidence.at[0], words))
            return true;
    }
    return false;
}

/* "into the sea", "off its east coast": words that name no place of the gazetteer. */
slk_err slk_collect_waters(slk_collector *c) {
    const slk_reading *r = c->r;
    slk_err err = SLK_OK;
    uint32_t first = r->sentences.at[c->t->told.at[c->first].sentence].first_token;
    uint32_t last = c->t->told.at[c->last].sentence;
    for (uint32_t i = slk_prep_from(r, first); err == SLK_OK && i < r->preps.n; i++) {
        const slk_prep *p = &r->preps.at[i];
        if (r->tokens.at[p->token].sentence > last) break;
        if (p->noun >= r->nouns.n || !slk_collect_told_in(c, r->tokens.at[p->token].sentence)) continue;
        slk_tokens n = r->nouns.at[p->noun].t;
        slk_span words = slk_tokens_span(r, n);
        if (!ONE_OF(c, n.head, sea_words) || !slk_collect_mine(c, words)) continue;
        slk_value v = slk_collect_blank_value(SLK_VALUE_TEXT);
        bool coast_from = slk_collect_token_is(c, p->token, "from");
        if (told_place(c, words)) continue;
        if (!coast_from && !ONE_OF(c, p->token, landing_words)) continue;
        if ((err = slk_collect_text_of(c, words, &v.text)) != SLK_OK) break;
        c->rule = "place.waters-without-name";
        err = slk_collect_add(c, coast_from ? SLK_FIELD_ORIGIN : SLK_FIELD_LANDING, v, words, SLK_BASIS_STATED);
    }
    return err;
}

static const char *compass_name(double deg) {
    static const char *const names[] = {"north", "north-north-east", "north-east", "east-north-east",
                                        "east",  "east-south-east",  "south-east", "south-south-east",
                                        "south", "south-south-west", "south-west", "west-south-west",
                                        "west",  "west-north-west",  "north-west", "north-north-west"};
    return names[(int)(deg / 22.5 + 0.5) & 15];
}

/* A direction is one of flight: "eastward", "to the north-east", "in a north-eastern direction"; not "the east coast". */
static bool is_flight_direction(const slk_collector *c, uint32_t token, uint32_t end) {
    slk_text x = slk_token_text(c->r, token);
    if (slk_text_ends_fold(x, "ward") || slk_text_ends_fold(x, "wards")) return true;
    if (slk_collect_token_is(c, end, "direction") || slk_collect_token_is(c, end, "trajectory") ||
        slk_collect_token_is(c, end, "course"))
        return true;
    if (slk_collect_token_is(c, end, "of")) return false;
    bool toward = token > 1 && slk_collect_token_is(c, token - 1, "the") &&
                  (slk_collect_token_is(c, token - 2, "to") || slk_collect_token_is(c, token - 2, "toward") ||
                   slk_collect_token_is(c, token - 2, "towards"));
    bool bare = token > 0 && c->r->tokens.at[token].upos == SLK_UPOS_ADV;
    uint8_t next = end < c->r->tokens.n ? c->r->tokens.at[end].upos : SLK_UPOS_PUNCT;
    return (toward || bare) && next != SLK_UPOS_NOUN && next != SLK_UPOS_PROPN && next != SLK_UPOS_ADJ;
}

slk_err slk_collect_directions(slk_collector *c) {
    slk_err err = SLK_OK;
    for (uint32_t i = c->first; err == SLK_OK && i <= c->last; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->event != c->event ||
            (i > 0 && c->t->told.at[i - 1].event == c->event && c->t->told.at[i - 1].sentence == x->sentence))
            continue;
        const slk_sentence *s = &c->r->sentences.at[x->sentence];
        for (uint32_t k = s->first_token; err == SLK_OK && k < s->first_token + s->n_tokens; k++) {
            slk_hit h;
            if (!slk_phrase_in(c->t->pack, c->r, k, SLK_T_DIRECTIONS, &h)) continue;
            slk_span words = {c->r->tokens.at[k].span.start, h.end};
            uint32_t end = slk_token_at(c->r, h.end);
            if (slk_collect_in_place(c, words) || !is_flight_direction(c, k, end) || !slk_collect_mine(c, words))
                continue;
            slk_value v = slk_collect_blank_value(SLK_VALUE_DIRECTION);
            v.low = slk_pack_num(c->t->pack, SLK_T_DIRECTIONS, h.row, SLK_DIRECTIONS_DEG);
            if (isnan(v.low)) continue;
            v.text = compass_name(v.low);
            c->rule = "direction.of-flight";
            err = slk_collect_add(c, SLK_FIELD_DIRECTION, v, words, SLK_BASIS_STATED);
        }
    }
    return err;
}
