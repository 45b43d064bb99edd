/* fields.c - the fields of an occurrence: every value with its words, its basis and who gave it. A value belongs to the telling
 * whose clause it stands in; clauses without a telling of their own belong to the one they hang on. See told.h. */
#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/told.h"
#include "measure/measure.h"

#define FIELDS_MOST 64

typedef struct collector {
    slk_tellings *t;
    slk_reading *r;
    uint32_t event, first, last; /* the occurrence; its first and last telling */
    const char *zone;            /* of the place where it happened, or NULL */
    SLK_LIST(slk_field) fields;
} collector;

/* ---------------------------------------------------------------- adding */

static slk_value blank_value(slk_value_kind kind) {
    return (slk_value){.kind = kind, .ref = SLK_NONE, .low = NAN, .high = NAN, .si = NAN, .si_high = NAN};
}

static bool same_number(double a, double b) { return a == b || (isnan(a) && isnan(b)); }

static bool same_value(const slk_value *a, const slk_value *b) {
    if (a->kind != b->kind || a->ref != b->ref || !same_number(a->low, b->low) || !same_number(a->high, b->high))
        return false;
    if (!same_number(a->si, b->si) || !slk_instant_eq(a->when, b->when)) return false;
    return a->text && b->text ? strcmp(a->text, b->text) == 0 : a->text == b->text;
}

/* Adds a value unless the same source gave it already. */
static slk_err add(collector *c, slk_field_name name, slk_value v, slk_span evidence, slk_basis basis) {
    slk_field f = {.name = name, .value = v, .basis = basis};
    uint32_t source = slk_attribution_around(c->r, evidence);
    if (slk_span_empty(evidence) || c->fields.n >= FIELDS_MOST) return SLK_OK;
    for (uint32_t i = 0; i < c->fields.n; i++) {
        const slk_field *o = &c->fields.at[i];
        uint32_t theirs = o->attributions.n ? o->attributions.at[0] : SLK_NONE;
        if (o->name == name && theirs == source && same_value(&o->value, &v)) return SLK_OK;
    }
    slk_err err = slk_spans_one(c->r, evidence, &f.evidence);
    if (err == SLK_OK && source != SLK_NONE) err = slk_ids_copy(c->r, &source, 1, &f.attributions);
    if (err == SLK_OK) err = SLK_ROOM(&c->r->arena, &c->fields, FIELDS_MOST);
    if (err == SLK_OK) c->fields.at[c->fields.n++] = f;
    return err;
}

static bool has(const collector *c, slk_field_name name) {
    for (uint32_t i = 0; i < c->fields.n; i++)
        if (c->fields.at[i].name == name) return true;
    return false;
}

static slk_err text_of(collector *c, slk_span s, const char **out) {
    slk_text x = slk_reading_text(c->r, s);
    *out = slk_arena_copy(&c->r->arena, x.at, x.n);
    return *out ? SLK_OK : SLK_ENOMEM;
}

/* ---------------------------------------------------------------- whose is it */

/* The first telling at or behind the start of a sentence. */
static uint32_t told_from(const slk_tellings *t, uint32_t sentence) {
    uint32_t lo = 0, hi = t->told.n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (t->told.at[mid].sentence < sentence)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The text from the first to the last sentence that tells of the occurrence. */
static slk_span stretch(const collector *c) {
    const slk_told *a = &c->t->told.at[c->first], *b = &c->t->told.at[c->last];
    return (slk_span){c->r->sentences.at[a->sentence].span.start, c->r->sentences.at[b->sentence].span.end};
}

/* The telling whose clause holds the span: that of the innermost predicate, or of the one it hangs on. SLK_NONE: nobody's. */
static uint32_t owner_of(const collector *c, slk_span s) {
    const slk_reading *r = c->r;
    uint32_t pred = slk_pred_around(r, s);
    for (unsigned hop = 0; pred != SLK_NONE && hop < 4; hop++) {
        for (uint32_t i = told_from(c->t, r->preds.at[pred].sentence); i < c->t->told.n; i++) {
            const slk_told *x = &c->t->told.at[i];
            if (x->pred == pred && x->event != SLK_NONE && x->family != SLK_FAMILY_DEED) return i;
            if (x->sentence > r->preds.at[pred].sentence) break;
        }
        slk_link link = r->preds.at[pred].link;
        if (link == SLK_LINK_COMPLEMENT || link == SLK_LINK_QUOTE || link == SLK_LINK_ROOT) break;
        pred = r->preds.at[pred].parent;
        if (pred >= r->preds.n) break;
    }
    return SLK_NONE;
}

/* "lift-off from Baikonur": what hangs on the noun of a telling by a preposition is the telling's. */
static const slk_told *on_my_noun(const collector *c, slk_span s) {
    const slk_reading *r = c->r;
    uint32_t token = slk_token_at(r, s.start), noun = slk_noun_of(r, token);
    if (noun == SLK_NONE) return NULL;
    for (uint32_t i = slk_prep_from(r, token > 8 ? token - 8 : 0); i < r->preps.n && r->preps.at[i].token < token;
         i++) {
        if (r->preps.at[i].noun != noun || r->preps.at[i].on_noun == SLK_NONE) continue;
        for (uint32_t k = c->first; k <= c->last; k++) {
            const slk_told *x = &c->t->told.at[k];
            if (x->event == c->event && x->noun == r->preps.at[i].on_noun && x->family == SLK_FAMILY_LAUNCH) return x;
        }
    }
    return NULL;
}

static const slk_told *mine(const collector *c, slk_span s) {
    const slk_told *on = on_my_noun(c, s);
    if (on) return on;
    uint32_t i = owner_of(c, s);
    return i != SLK_NONE && c->t->told.at[i].event == c->event ? &c->t->told.at[i] : NULL;
}

static bool token_is(const collector *c, uint32_t token, const char *z) {
    return token < c->r->tokens.n && slk_text_is_fold(slk_token_text(c->r, token), z);
}

static bool one_of(const collector *c, uint32_t token, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (token_is(c, token, words[i])) return true;
    return false;
}

#define ONE_OF(c, token, words) one_of((c), (token), (words), sizeof(words) / sizeof *(words))

/* The tokens of the sentences in which the occurrence is told: [first, last). */
static bool told_in(const collector *c, uint32_t sentence) {
    for (uint32_t i = told_from(c->t, sentence); i <= c->last && c->t->told.at[i].sentence == sentence; i++)
        if (c->t->told.at[i].event == c->event) return true;
    return c->t->told.at[c->first].sentence == sentence;
    return false;
}

/* ---------------------------------------------------------------- who, with what, how many */

/* "the military" of nobody, where a telling of the same occurrence names the state. */
static bool nobody_beside_state(const collector *c, uint32_t actor) {
    if (strcmp(c->r->actors.at[actor].country, "UNK") != 0) return false;
    for (uint32_t i = c->first; i <= c->last; i++)
        if (c->t->told.at[i].event == c->event && slk_state_of(c->r, c->t->told.at[i].actor)) return true;
    return false;
}

static slk_err add_actor(collector *c, slk_field_name name, uint32_t actor, slk_span words) {
    if (actor != SLK_NONE && name == SLK_FIELD_ACTOR && nobody_beside_state(c, actor)) return SLK_OK;
    slk_value v = blank_value(SLK_VALUE_ACTOR);
    v.ref = actor;
    return actor == SLK_NONE ? SLK_OK : add(c, name, v, words, SLK_BASIS_STATED);
}

/* "missile" says nothing more where "short-range ballistic missiles" was said already. */
static bool says_no_more(const collector *c, const slk_weapon *w) {
    if (w->table == SLK_T_WEAPONS || (w->weapon_class && *w->weapon_class)) return false;
    for (uint32_t i = 0; i < c->fields.n; i++)
        if (c->fields.at[i].name == SLK_FIELD_WEAPON) return true;
    return false;
}

static slk_err add_weapon(collector *c, const slk_told *x) {
    if (x->weapon == SLK_NONE) return SLK_OK;
    const slk_weapon *w = &c->t->weapons.at[x->weapon];
    if (says_no_more(c, w)) return SLK_OK;
    slk_value v = blank_value(SLK_VALUE_TEXT);
    slk_err err = text_of(c, w->span, &v.text);
    if (err == SLK_OK) err = add(c, SLK_FIELD_WEAPON, v, w->span, SLK_BASIS_STATED);
    if (err != SLK_OK || !w->weapon_class || !*w->weapon_class) return err;
    v.text = w->weapon_class;
    return add(c, SLK_FIELD_WEAPON_CLASS, v, w->span,
               w->table == SLK_T_WEAPONS ? SLK_BASIS_RESOLVED : SLK_BASIS_STATED);
}

/* All weapons within the noun phrase and, for "was": what the predicate says it was. */
static slk_err add_weapons(collector *c, const slk_told *x) {
    slk_err err = add_weapon(c, x);
    slk_span where = {0, 0};
    if (x->weapon_noun != SLK_NONE) where = slk_tokens_span(c->r, c->r->nouns.at[x->weapon_noun].t);
    if (x->row == SLK_NONE && x->pred != SLK_NONE) where = c->r->preds.at[x->pred].extent;
    uint32_t w = SLK_FIRST_NEAR(c->t->weapons, where.start);
    for (; err == SLK_OK && w < c->t->weapons.n && c->t->weapons.at[w].span.start < where.end; w++) {
        if (!slk_span_overlaps(c->t->weapons.at[w].span, where) || w == x->weapon) continue;
        slk_told other = *x;
        other.weapon = w;
        err = add_weapon(c, &other);
    }
    return err;
}

static slk_err add_count(collector *c, double low, double high, slk_bound bound, slk_span words) {
    slk_value v = blank_value(SLK_VALUE_COUNT);
    v.low = low;
    v.high = high;
    v.bound = bound;
    return add(c, SLK_FIELD_COUNT, v, words, SLK_BASIS_STATED);
}

static slk_err add_quantity_count(collector *c, const slk_quantity *q) {
    double low = q->value, high = q->has_high ? q->high : q->value;
    switch (q->bound) {
    case SLK_BOUND_AT_LEAST: high = NAN; break;
    case SLK_BOUND_MORE_THAN: low += 1, high = NAN; break;
    case SLK_BOUND_AT_MOST: low = 0; break;
    case SLK_BOUND_LESS_THAN: low = 0, high -= 1; break;
    case SLK_BOUND_VAGUE: low = low >= 2 ? low : 2, high = NAN; break;
    default: break;
    }
    return add_count(c, low, high, q->bound, q->span);
}

static bool is_plural(const collector *c, uint32_t token) {
    slk_text x = slk_token_text(c->r, token);
    const char *lemma = c->r->tokens.at[token].lemma;
    return lemma && x.n > 1 && slk_lower(x.at[x.n - 1]) == 's' && !slk_text_is_fold(x, lemma);
}

/* Launches named by a noun: "a missile launch", "its fourth nuclear test" are one, "three launches" three. */
static slk_err add_noun_count(collector *c, const slk_told *x) {
    slk_tokens n = c->r->nouns.at[x->noun].t;
    slk_span phrase = slk_tokens_span(c->r, n);
    bool ordinal = false;
    uint32_t i = SLK_FIRST_NEAR(c->r->quantities, phrase.start);
    for (; i < c->r->quantities.n && c->r->quantities.at[i].span.start < phrase.end; i++) {
        const slk_quantity *q = &c->r->quantities.at[i];
        if (!slk_span_overlaps(q->span, phrase) || q->unit) continue;
        if (!q->ordinal) return add_quantity_count(c, q);
        ordinal = true;
    }
    bool one = ordinal || token_is(c, n.first, "a") || token_is(c, n.first, "an") || token_is(c, n.first, "another");
    return one && !is_plural(c, n.head) ? add_count(c, 1, 1, SLK_BOUND_EXACT, phrase) : SLK_OK;
}

/* How many: a number on the weapon's noun phrase; else "a missile" is one, "missiles" two or more. Definite phrases ("the
 * missiles") and launches named by a noun ("missile launch") count nothing. */
static slk_err add_counts(collector *c, const slk_told *x) {
    static const char *const definite[] = {"the",   "this", "that", "these", "those", "its",
                                           "their", "his",  "such", "any",   "no"};
    if (x->family != SLK_FAMILY_LAUNCH || (x->ranked && has(c, SLK_FIELD_COUNT))) return SLK_OK;
    if (x->noun != SLK_NONE && (x->weapon_noun == SLK_NONE || x->weapon_noun == x->noun)) return add_noun_count(c, x);
    if (x->weapon_noun == SLK_NONE) return SLK_OK;
    slk_tokens n = c->r->nouns.at[x->weapon_noun].t;
    slk_span phrase = slk_tokens_span(c->r, n);
    bool ordinal = false;
    uint32_t i = SLK_FIRST_NEAR(c->r->quantities, phrase.start);
    for (; i < c->r->quantities.n && c->r->quantities.at[i].span.start < phrase.end; i++) {
        const slk_quantity *q = &c->r->quantities.at[i];
        bool on_it = slk_span_overlaps(q->span, phrase) || slk_span_overlaps(q->of, c->t->weapons.at[x->weapon].span);
        if (!on_it || q->unit) continue;
        if (q->ordinal) {
            ordinal = true;
            continue;
        }
        return add_quantity_count(c, q);
    }
    bool known = ONE_OF(c, n.first, definite) || c->r->nouns.at[x->weapon_noun].owner != SLK_NONE;
    if ((ordinal || known) && x->noun == SLK_NONE && !is_plural(c, n.head) && !has(c, SLK_FIELD_COUNT))
        return add_count(c, 1, 1, SLK_BOUND_EXACT, phrase); /* "test-fired its Agni-V missile", "a second missile" */
    if (ordinal || known) return SLK_OK;
    uint8_t upos = c->r->tokens.at[n.head].upos;
    if (upos != SLK_UPOS_NOUN) return SLK_OK;
    if (is_plural(c, n.head)) return add_count(c, 2, NAN, SLK_BOUND_VAGUE, phrase);
    bool article = token_is(c, n.first, "a") || token_is(c, n.first, "an") || token_is(c, n.first, "another");
    return article ? add_count(c, 1, 1, SLK_BOUND_EXACT, phrase) : SLK_OK;
}

/* ---------------------------------------------------------------- how far, how high */

static bool in_place(const collector *c, slk_span s) {
    uint32_t i = SLK_FIRST_NEAR(c->r->places, s.start);
    for (; i < c->r->places.n && c->r->places.at[i].span.start < s.end; i++)
        if (c->r->places.at[i].relative.known && slk_span_overlaps(c->r->places.at[i].span, s)) return true;
    return false;
}

/* What a length measures, by the words before it (back to the last quantity) and a "high" behind: altitude, range or NULL. */
static const char *measured(const collector *c, uint32_t quantity) {
    const slk_quantity *q = &c->r->quantities.at[quantity];
    uint32_t first = slk_token_at(c->r, q->span.start), last = slk_token_at(c->r, q->span.end);
    uint32_t from = c->r->sentences.at[c->r->tokens.at[first].sentence].first_token;
    if (first > from + 6) from = first - 6;
    if (quantity > 0) {
        uint32_t before = slk_token_at(c->r, c->r->quantities.at[quantity - 1].span.end);
        if (before > from && before <= first) from = before;
    }
    slk_span words;
    const char *value = NULL;
    if (token_is(c, last, "high") || (token_is(c, last, "in") && token_is(c, last + 1, "altitude"))) return "altitude";
    if (token_is(c, last, "-") && token_is(c, last + 1, "range")) return "range";
    if (token_is(c, last, "range") || token_is(c, last, "in")
            ? token_is(c, last + 1, "range") || token_is(c, last, "range")
            : false)
        return "range";
    return slk_cue_in(c->t, from, first, "measures", &words, &value) ? value : NULL;
}

static slk_err add_length(collector *c, uint32_t quantity, const slk_told *x) {
    const slk_quantity *q = &c->r->quantities.at[quantity];
    bool flown = x->family == SLK_FAMILY_FLIGHT && x->reality == SLK_REAL_FACT;
    uint32_t first = slk_token_at(c->r, q->span.start);
    bool right_behind = flown && first > x->token && first - x->token <= 3; /* "flew 800 km off its coast" */
    if (in_place(c, q->span) && !right_behind) return SLK_OK;
    const char *what = measured(c, quantity);
    if (!what && q->gloss_of != SLK_NONE) what = measured(c, q->gloss_of);
    if (what && strcmp(what, "range") == 0 && !flown) return SLK_OK; /* what it can do; "reached a range of" did it */
    bool altitude = what && strcmp(what, "altitude") == 0;
    if (!altitude && x->family == SLK_FAMILY_LAUNCH && q->si < 5000) return SLK_OK; /* "fired 2 km from the border" */
    slk_value v = blank_value(SLK_VALUE_QUANTITY);
    v.low = q->value;
    v.high = q->has_high ? q->high : NAN;
    v.unit = q->unit;
    v.si = q->si;
    v.si_high = q->has_high ? q->si_high : NAN;
    v.bound = q->bound;
    return add(c, altitude ? SLK_FIELD_ALTITUDE : SLK_FIELD_DISTANCE, v, q->span, SLK_BASIS_STATED);
}

static slk_err add_speed(collector *c, const slk_quantity *q) {
    slk_value v = blank_value(SLK_VALUE_QUANTITY);
    v.low = q->value;
    v.high = q->has_high ? q->high : NAN;
    v.unit = q->unit;
    v.si = q->si;
    v.bound = q->bound;
    return add(c, SLK_FIELD_SPEED, v, q->span, SLK_BASIS_STATED);
}

static slk_err add_quantities(collector *c) {
    slk_err err = SLK_OK;
    slk_span told = stretch(c);
    for (uint32_t i = SLK_FIRST_NEAR(c->r->quantities, told.start); err == SLK_OK && i < c->r->quantities.n; i++) {
        const slk_quantity *q = &c->r->quantities.at[i];
        if (q->span.start >= told.end) break;
        if (!q->unit || !q->dimension || !told_in(c, slk_sentence_at(c->r, q->span.start))) continue;
        bool length = strcmp(q->dimension, "length") == 0 && q->si >= 1000, speed = strcmp(q->dimension, "speed") == 0;
        if (!length && !speed) continue;
        const slk_told *x = mine(c, q->span);
        if (!x) continue;
        err = length ? add_length(c, i, x) : add_speed(c, q);
    }
    return err;
}

/* ---------------------------------------------------------------- where from, where to, which way */

static const char *const origin_words[] = {"from", "near", "at", "in", "around", "outside", "off"};
static const char *const landing_words[] = {"into", "toward", "towards", "in",   "off",
                                            "to",   "inside", "outside", "over", "near"};
static const char *const sea_words[] = {"sea",    "waters",  "ocean", "coast", "zone",   "eez",
                                        "island", "islands", "bay",   "gulf",  "strait", "airspace"};

/* The preposition before a token within its noun phrase's reach. */
static uint32_t prep_before(const collector *c, uint32_t token) {
    uint32_t first = c->r->sentences.at[c->r->tokens.at[token].sentence].first_token;
    uint32_t of = SLK_NONE;
    for (unsigned i = 0; i < 10 && token > first; i++) {
        uint8_t upos = c->r->tokens.at[--token].upos;
        bool capital = upos == SLK_UPOS_PUNCT && token > first && token_is(c, token - 1, "capital");
        if (upos == SLK_UPOS_ADP && token_is(c, token, "of") && of == SLK_NONE)
            of = token; /* "near the coastal town of Sinpo" */
        else if (upos == SLK_UPOS_ADP)
            return token;
        if (upos == SLK_UPOS_VERB || upos == SLK_UPOS_AUX ||
            (upos == SLK_UPOS_PUNCT && !capital && !token_is(c, token, "-")))
            break;
    }
    return of;
}

static bool is_sea(const slk_place *p) {
    return p->kind && (strcmp(p->kind, "SEA") == 0 || strcmp(p->kind, "STRT") == 0 || strcmp(p->kind, "BAY") == 0 ||
                       strcmp(p->kind, "GULF") == 0 || strcmp(p->kind, "OCN") == 0);
}

static bool is_country_place(const slk_place *p) { return p->kind && strcmp(p->kind, "PCLI") == 0; }

static slk_err add_place(collector *c, uint32_t place, slk_field_name name) {
    const slk_place *p = &c->r->places.at[place];
    slk_value v = blank_value(SLK_VALUE_PLACE);
    v.ref = place;
    slk_err err = text_of(c, p->span, &v.text);
    slk_basis basis = p->relative.known && p->has_point ? SLK_BASIS_COMPUTED : SLK_BASIS_RESOLVED;
    return err == SLK_OK ? add(c, name, v, p->span, basis) : err;
}

/* Places of the clauses: what comes after "from", "near", "at" is where it began; after "into", "toward" where it ended. */
static slk_err add_places(collector *c, bool countries) {
    slk_err err = SLK_OK;
    slk_span told = stretch(c);
    for (uint32_t i = SLK_FIRST_NEAR(c->r->places, told.start); err == SLK_OK && i < c->r->places.n; i++) {
        const slk_place *p = &c->r->places.at[i];
        if (p->span.start >= told.end) break;
        if (!told_in(c, slk_sentence_at(c->r, p->span.start)) || is_country_place(p) != countries) continue;
        const slk_told *x = mine(c, p->span);
        if (!x) continue;
        uint32_t prep = prep_before(c, slk_token_at(c->r, p->span.start));
        if (prep == SLK_NONE) continue;
        bool from = token_is(c, prep, "from");
        if (is_sea(p) ? !from && ONE_OF(c, prep, landing_words)
                      : token_is(c, prep, "into") || token_is(c, prep, "toward") || token_is(c, prep, "towards"))
            err = add_place(c, i, SLK_FIELD_LANDING);
        else if (x->family == SLK_FAMILY_LAUNCH || from)
            if (ONE_OF(c, prep, origin_words) && (!countries || from)) err = add_place(c, i, SLK_FIELD_ORIGIN);
    }
    return err;
}

/* Whether a place of the gazetteer with these words is a field already. */
static bool told_place(const collector *c, slk_span words) {
    for (uint32_t i = 0; i < c->fields.n; i++) {
        const slk_field *f = &c->fields.at[i];
        if ((f->name == SLK_FIELD_LANDING || f->name == SLK_FIELD_ORIGIN) && f->evidence.n &&
            slk_span_overlaps(f->evidence.at[0], words))
            return true;
    }
    return false;
}

/* "into the sea", "off its east coast": words that name no place of the gazetteer. */
static slk_err add_waters(collector *c) {
    const slk_reading *r = c->r;
    slk_err err = SLK_OK;
    uint32_t first = r->sentences.at[c->t->told.at[c->first].sentence].first_token;
    uint32_t last = c->t->told.at[c->last].sentence;
    for (uint32_t i = slk_prep_from(r, first); err == SLK_OK && i < r->preps.n; i++) {
        const slk_prep *p = &r->preps.at[i];
        if (r->tokens.at[p->token].sentence > last) break;
        if (p->noun >= r->nouns.n || !told_in(c, r->tokens.at[p->token].sentence)) continue;
        slk_tokens n = r->nouns.at[p->noun].t;
        slk_span words = slk_tokens_span(r, n);
        if (!ONE_OF(c, n.head, sea_words) || !mine(c, words)) continue;
        slk_value v = blank_value(SLK_VALUE_TEXT);
        bool coast_from = token_is(c, p->token, "from");
        if (told_place(c, words)) continue;
        if (!coast_from && !ONE_OF(c, p->token, landing_words)) continue;
        if ((err = text_of(c, words, &v.text)) == SLK_OK)
            err = add(c, coast_from ? SLK_FIELD_ORIGIN : SLK_FIELD_LANDING, v, words, SLK_BASIS_STATED);
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
static bool is_flight_direction(const collector *c, uint32_t token, uint32_t end) {
    slk_text x = slk_token_text(c->r, token);
    if (slk_text_ends_fold(x, "ward") || slk_text_ends_fold(x, "wards")) return true;
    if (token_is(c, end, "direction") || token_is(c, end, "trajectory") || token_is(c, end, "course")) return true;
    if (token_is(c, end, "of")) return false;
    bool toward =
        token > 1 && token_is(c, token - 1, "the") &&
        (token_is(c, token - 2, "to") || token_is(c, token - 2, "toward") || token_is(c, token - 2, "towards"));
    bool bare = token > 0 && c->r->tokens.at[token].upos == SLK_UPOS_ADV;
    uint8_t next = end < c->r->tokens.n ? c->r->tokens.at[end].upos : SLK_UPOS_PUNCT;
    return (toward || bare) && next != SLK_UPOS_NOUN && next != SLK_UPOS_PROPN && next != SLK_UPOS_ADJ;
}

static slk_err add_directions(collector *c) {
    slk_err err = SLK_OK;
    for (uint32_t i = c->first; err == SLK_OK && i <= c->last; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->event != c->event ||
            (i > 0 && c->t->told.at[i - 1].event == c->event && c->t->told.at[i - 1].sentence == x->sentence))
            continue;
        const slk_sentence *s = &c->r->sentences.at[x->sentence];
        for (uint32_t k = s->first_token; err == SLK_OK && k < s->first_token + s->n_tokens; k++) {
            slk_hit h;
            if (!slk_pack_match_in(c->t->pack, c->r->report.text, c->r->tokens.at[k].span.start, SLK_T_DIRECTIONS, &h))
                continue;
            slk_span words = {c->r->tokens.at[k].span.start, h.end};
            uint32_t end = slk_token_at(c->r, h.end);
            if (in_place(c, words) || !is_flight_direction(c, k, end) || !mine(c, words)) continue;
            slk_value v = blank_value(SLK_VALUE_DIRECTION);
            v.low = slk_pack_num(c->t->pack, SLK_T_DIRECTIONS, h.row, SLK_DIRECTIONS_DEG);
            if (isnan(v.low)) continue;
            v.text = compass_name(v.low);
            err = add(c, SLK_FIELD_DIRECTION, v, words, SLK_BASIS_STATED);
        }
    }
    return err;
}

/* ---------------------------------------------------------------- when */

/* The zone of the event: that of its origin, else of its actor's country. */
static void find_zone(collector *c) {
    for (uint32_t i = 0; i < c->fields.n; i++) {
        const slk_field *f = &c->fields.at[i];
        if (f->name != SLK_FIELD_ORIGIN || f->value.ref >= c->r->places.n || !c->r->places.at[f->value.ref].zone)
            continue;
        c->zone = c->r->places.at[f->value.ref].zone;
        return;
    }
    for (uint32_t i = 0; i < c->fields.n && !c->zone; i++) {
        const char *state =
            c->fields.at[i].name == SLK_FIELD_ACTOR ? slk_state_of(c->r, c->fields.at[i].value.ref) : NULL;
        if (state) c->zone = slk_country_zone(c->t->pack, state);
    }
}

/* "Thursday night": a part of a day that goes on into the next; the day named is the first. */
static bool is_night(const slk_time *x) {
    return x->type == SLK_TIME_TIME && x->earliest.precision == SLK_P_DAY && x->latest.precision == SLK_P_DAY &&
           slk_instant_days(x->latest) == slk_instant_days(x->earliest) + 1;
}

static slk_err add_time(collector *c, uint32_t time) {
    const slk_time *x = &c->r->times.at[time];
    slk_value v = blank_value(SLK_VALUE_TIME);
    if (x->type != SLK_TIME_DATE && x->type != SLK_TIME_TIME) return SLK_OK;
    v.text = x->value;
    slk_instant local, utc;
    const char *zone = x->zone ? x->zone : c->zone;
    if (x->earliest.precision >= SLK_P_HOUR && slk_time_in_zone(c->t->pack, x, zone, &local, &utc)) {
        v.when = local;
        v.zone = zone;
    } else if (slk_instant_eq(x->earliest, x->latest) || x->earliest.precision == x->latest.precision) {
        v.when = x->earliest;
        if (!slk_instant_eq(x->earliest, x->latest) &&
            !is_night(x)) { /* "early July": no finer than what both ends share */
            slk_precision p = (slk_precision)x->earliest.precision;
            while (p > SLK_P_NONE && !slk_instant_eq(slk_instant_cut(x->earliest, p), slk_instant_cut(x->latest, p)))
                p--;
            v.when = slk_instant_cut(x->earliest, p);
        }
    }
    if (v.when.precision == SLK_P_NONE && !v.text) v.text = ""; /* told, but not to be resolved */
    if (v.text && !*v.text) {
        slk_err err = text_of(c, x->span, &v.text);
        if (err != SLK_OK) return err;
    }
    return add(c, SLK_FIELD_TIME, v, x->span, SLK_BASIS_RESOLVED);
}

/* Days of two times are at most one apart, or one of them has none. */
static bool near_days(const slk_time *a, const slk_time *b) {
    if (a->earliest.precision < SLK_P_DAY || b->earliest.precision < SLK_P_DAY) return true;
    int64_t d = slk_instant_days(a->earliest) - slk_instant_days(b->earliest);
    return d >= -1 && d <= 1;
}

static slk_err add_times(collector *c) {
    uint32_t lead = SLK_NONE;
    slk_err err = SLK_OK;
    for (uint32_t i = c->first; err == SLK_OK && i <= c->last; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->event != c->event || x->time == SLK_NONE) continue;
        if (lead == SLK_NONE) lead = x->time;
        if (near_days(&c->r->times.at[x->time], &c->r->times.at[lead])) err = add_time(c, x->time);
    }
    slk_span told = stretch(c);
    for (uint32_t i = SLK_FIRST_NEAR(c->r->times, told.start); err == SLK_OK && i < c->r->times.n; i++) {
        const slk_time *z = &c->r->times.at[i];
        if (z->span.start >= told.end) break;
        bool clock = z->type == SLK_TIME_TIME || z->gloss_of != SLK_NONE;
        if (!clock || !told_in(c, slk_sentence_at(c->r, z->span.start)) || !mine(c, z->span)) continue;
        if (lead == SLK_NONE || near_days(z, &c->r->times.at[lead])) err = add_time(c, i);
    }
    return err;
}

/* ---------------------------------------------------------------- how it ended */

/* No other occurrence of the kind is told of in the sentence: how it ended is how this one ended. */
static bool only_launch_in(const collector *c, uint32_t sentence) {
    for (uint32_t i = told_from(c->t, sentence); i < c->t->told.n && c->t->told.at[i].sentence == sentence; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->family != SLK_FAMILY_DEED && x->event != c->event) return false;
    }
    return true;
}

static slk_err add_outcomes(collector *c) {
    slk_err err = SLK_OK;
    uint32_t done = SLK_NONE;
    for (uint32_t i = c->first; err == SLK_OK && i <= c->last; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->event != c->event || x->sentence == done) continue;
        done = x->sentence;
        const slk_sentence *s = &c->r->sentences.at[x->sentence];
        for (uint32_t k = s->first_token; err == SLK_OK && k < s->first_token + s->n_tokens; k++) {
            slk_span words;
            slk_value v = blank_value(SLK_VALUE_TEXT);
            if (!slk_cue_in(c->t, k, k + 1, "outcome", &words, &v.text)) continue;
            if (!mine(c, words) && !only_launch_in(c, x->sentence)) continue;
            uint32_t pred = slk_pred_around(c->r, words);
            if (pred != SLK_NONE && (c->r->preds.at[pred].negated || c->r->preds.at[pred].mood != SLK_MOOD_FACT))
                continue;
            err = add(c, SLK_FIELD_OUTCOME, v, words, SLK_BASIS_STATED);
        }
    }
    return err;
}

/* ---------------------------------------------------------------- all together */

static slk_err add_deed_fields(collector *c) {
    slk_err err = SLK_OK;
    for (uint32_t i = c->first; err == SLK_OK && i <= c->last; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->event != c->event) continue;
        err = add_actor(c, SLK_FIELD_ACTOR, x->actor, x->actor_words);
        if (err == SLK_OK) err = add_actor(c, SLK_FIELD_TARGET, x->target, x->target_words);
        if (err == SLK_OK && x->family == SLK_FAMILY_DEED) err = add_weapon(c, x);
        if (err == SLK_OK && x->time != SLK_NONE) err = add_time(c, x->time);
    }
    return err;
}

static uint32_t actor_called(const slk_reading *r, const char *name) {
    for (uint32_t i = 0; name && i < r->actors.n; i++)
        if (r->actors.at[i].name && strcmp(r->actors.at[i].name, name) == 0) return i;
    return SLK_NONE;
}

/* A state as the actor: the one that the report names, else its name alone. */
static slk_err add_state(collector *c, uint32_t row, slk_span words) {
    slk_text iso3 = slk_pack_cell(c->t->pack, SLK_T_COUNTRIES, row, SLK_COUNTRIES_ISO3);
    const char *name = slk_pack_str(c->t->pack, SLK_T_COUNTRIES, row, SLK_COUNTRIES_NAME);
    slk_value v = blank_value(SLK_VALUE_TEXT);
    v.text = name;
    v.ref = actor_called(c->r, name);
    for (uint32_t i = 0; i < c->r->actors.n && v.ref == SLK_NONE; i++)
        if (slk_text_is(iso3, c->r->actors.at[i].country) && strcmp(c->r->actors.at[i].sector, "MED") != 0) v.ref = i;
    if (v.ref != SLK_NONE) v.kind = SLK_VALUE_ACTOR;
    return add(c, SLK_FIELD_ACTOR, v, words, SLK_BASIS_RESOLVED);
}

/* A named system with nobody named: the state that made it tested it. */
static slk_err actor_from_weapon(collector *c) {
    for (uint32_t i = c->first; i <= c->last; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->event != c->event || x->weapon == SLK_NONE || strncmp(x->type, "attack", 6) == 0) continue;
        const slk_weapon *w = &c->t->weapons.at[x->weapon];
        if (w->table != SLK_T_WEAPONS) continue;
        uint32_t row = slk_pack_find(c->t->pack, SLK_T_COUNTRIES,
                                     slk_pack_cell(c->t->pack, SLK_T_WEAPONS, w->row, SLK_WEAPONS_COUNTRY));
        if (row != SLK_NONE) return add_state(c, row, w->span);
    }
    return SLK_OK;
}

/* "fired from North Korea" with nobody named: its state did it. */
static slk_err actor_from_origin(collector *c) {
    for (uint32_t i = 0; i < c->fields.n; i++) {
        const slk_field *f = &c->fields.at[i];
        if (f->name != SLK_FIELD_ORIGIN || f->value.ref >= c->r->places.n) continue;
        const char *iso2 = c->r->places.at[f->value.ref].country;
        for (uint32_t row = 0; *iso2 && row < slk_pack_rows(c->t->pack, SLK_T_COUNTRIES); row++) {
            if (!slk_text_is(slk_pack_cell(c->t->pack, SLK_T_COUNTRIES, row, SLK_COUNTRIES_ISO2), iso2)) continue;
            return add_state(c, row, f->evidence.at[0]);
        }
    }
    return SLK_OK;
}

/* A rocket that is to put something into orbit is a launch vehicle, whatever it is called. */
static slk_err add_carrier(collector *c) {
    if (has(c, SLK_FIELD_WEAPON_CLASS)) return SLK_OK;
    for (uint32_t i = c->first; i <= c->last; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->event != c->event || x->weapon == SLK_NONE || strcmp(x->type, "space-launch") != 0) continue;
        slk_value v = blank_value(SLK_VALUE_TEXT);
        v.text = "SLV";
        return add(c, SLK_FIELD_WEAPON_CLASS, v, c->t->weapons.at[x->weapon].span, SLK_BASIS_RESOLVED);
    }
    return SLK_OK;
}

static slk_err add_launch_fields(collector *c) {
    slk_err err = SLK_OK;
    for (uint32_t i = c->first; err == SLK_OK && i <= c->last; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->event != c->event) continue;
        err = add_actor(c, SLK_FIELD_ACTOR, x->actor, x->actor_words);
        if (err == SLK_OK) err = add_actor(c, SLK_FIELD_TARGET, x->target, x->target_words);
        if (err == SLK_OK) err = add_weapons(c, x);
        if (err == SLK_OK) err = add_counts(c, x);
    }
    if (err == SLK_OK) err = add_carrier(c);
    if (err == SLK_OK) err = add_places(c, false);
    if (err == SLK_OK && !has(c, SLK_FIELD_ORIGIN)) err = add_places(c, true);
    if (err == SLK_OK) err = add_waters(c);
    if (err == SLK_OK && !has(c, SLK_FIELD_ACTOR)) err = actor_from_origin(c);
    if (err == SLK_OK && !has(c, SLK_FIELD_ACTOR)) err = actor_from_weapon(c);
    find_zone(c);
    if (err == SLK_OK) err = add_times(c);
    if (err == SLK_OK) err = add_directions(c);
    if (err == SLK_OK) err = add_quantities(c);
    return err == SLK_OK ? add_outcomes(c) : err;
}

slk_err slk_tellings_fields(slk_tellings *t, uint32_t event, const slk_field **fields, uint32_t *n) {
    collector c = {.t = t, .r = t->r, .event = event, .first = t->first[event], .last = t->last[event]};
    bool launch = false;
    for (uint32_t i = c.first; i <= c.last; i++)
        if (t->told.at[i].event == event && t->told.at[i].family == SLK_FAMILY_LAUNCH) launch = true;
    slk_err err = launch ? add_launch_fields(&c) : add_deed_fields(&c);
    if (err != SLK_OK) return err;
    *fields = c.fields.at;
    *n = c.fields.n;
    return SLK_OK;
}
