/* fields.c - the fields of an occurrence: every value with its words, its basis and who gave it. A value belongs to the telling
 * whose clause it stands in; clauses without a telling of their own belong to the one they hang on. See told.h. */
#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "meaning/collecting.h"
#include "meaning/meaning.h"
#include "measure/measure.h"

/* ---------------------------------------------------------------- adding */

slk_value slk_collect_blank_value(slk_value_kind kind) {
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
slk_err slk_collect_add(slk_collector *c, slk_field_name name, slk_value v, slk_span evidence, slk_basis basis) {
    slk_field f = {.name = name, .value = v, .basis = basis, .rule = c->rule};
    uint32_t source = slk_voice_of(c->r, slk_attribution_around(c->r, evidence));
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

bool slk_collect_has(const slk_collector *c, slk_field_name name) {
    for (uint32_t i = 0; i < c->fields.n; i++)
        if (c->fields.at[i].name == name) return true;
    return false;
}

slk_err slk_collect_text_of(slk_collector *c, slk_span s, const char **out) {
    slk_text x = slk_reading_text(c->r, s);
    *out = slk_arena_copy(&c->r->arena, x.at, x.n);
    return *out ? SLK_OK : SLK_ENOMEM;
}

/* ---------------------------------------------------------------- whose is it */

/* The first telling at or behind the start of a sentence. */
static uint32_t told_from(const slk_tellings *t, uint32_t sentence) {
    return SLK_FIRST(i, t->told.n, t->told.at[i].sentence < sentence);
}

/* The text from the first to the last sentence that tells of the occurrence. */
slk_span slk_collect_stretch(const slk_collector *c) {
    const slk_told *a = &c->t->told.at[c->first], *b = &c->t->told.at[c->last];
    return (slk_span){c->r->sentences.at[a->sentence].span.start, c->r->sentences.at[b->sentence].span.end};
}

/* The telling whose clause holds the span: that of the innermost predicate, or of the one it hangs on. SLK_NONE: nobody's. */
static uint32_t owner_of(const slk_collector *c, slk_span s) {
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
static const slk_told *on_my_noun(const slk_collector *c, slk_span s) {
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

const slk_told *slk_collect_mine(const slk_collector *c, slk_span s) {
    const slk_told *on = on_my_noun(c, s);
    if (on) return on;
    uint32_t i = owner_of(c, s);
    return i != SLK_NONE && c->t->told.at[i].event == c->event ? &c->t->told.at[i] : NULL;
}

bool slk_collect_token_is(const slk_collector *c, uint32_t token, const char *z) {
    return token < c->r->tokens.n && slk_text_is_fold(slk_token_text(c->r, token), z);
}

bool slk_collect_one_of(const slk_collector *c, uint32_t token, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (slk_collect_token_is(c, token, words[i])) return true;
    return false;
}

/* The tokens of the sentences in which the occurrence is told: [first, last). */
bool slk_collect_told_in(const slk_collector *c, uint32_t sentence) {
    for (uint32_t i = told_from(c->t, sentence); i <= c->last && c->t->told.at[i].sentence == sentence; i++)
        if (c->t->told.at[i].event == c->event) return true;
    return c->t->told.at[c->first].sentence == sentence;
    return false;
}

/* ---------------------------------------------------------------- who, with what, how many */

/* "the military" of nobody, where a telling of the same occurrence names the state. */
static bool nobody_beside_state(const slk_collector *c, uint32_t actor) {
    if (strcmp(c->r->actors.at[actor].country, "UNK") != 0) return false;
    for (uint32_t i = c->first; i <= c->last; i++)
        if (c->t->told.at[i].event == c->event && slk_state_of(c->r, c->t->told.at[i].actor)) return true;
    return false;
}

static slk_err add_actor(slk_collector *c, slk_field_name name, uint32_t actor, slk_span words) {
    if (actor != SLK_NONE && name == SLK_FIELD_ACTOR && nobody_beside_state(c, actor)) return SLK_OK;
    slk_value v = slk_collect_blank_value(SLK_VALUE_ACTOR);
    v.ref = actor;
    c->rule = name == SLK_FIELD_ACTOR ? "actor.role-in-frame" : "target.role-in-frame";
    return actor == SLK_NONE ? SLK_OK : slk_collect_add(c, name, v, words, SLK_BASIS_STATED);
}

/* Somebody whom no table knows, by the words alone, where nobody known is told: "the appeals court of Monrovia". */
static slk_err add_stranger(slk_collector *c, slk_field_name name, slk_span words) {
    slk_value v = slk_collect_blank_value(SLK_VALUE_TEXT);
    if (slk_span_empty(words) || slk_collect_has(c, name)) return SLK_OK;
    slk_err err = slk_collect_text_of(c, words, &v.text);
    c->rule = name == SLK_FIELD_ACTOR ? "actor.words-in-frame" : "target.words-in-frame";
    return err == SLK_OK ? slk_collect_add(c, name, v, words, SLK_BASIS_STATED) : err;
}

/* "missile" says nothing more where "short-range ballistic missiles" was said already. */
static bool says_no_more(const slk_collector *c, const slk_weapon *w) {
    if (w->table == SLK_T_WEAPONS || (w->weapon_class && *w->weapon_class)) return false;
    for (uint32_t i = 0; i < c->fields.n; i++)
        if (c->fields.at[i].name == SLK_FIELD_WEAPON) return true;
    return false;
}

static slk_err add_weapon(slk_collector *c, const slk_told *x) {
    if (x->weapon == SLK_NONE) return SLK_OK;
    const slk_weapon *w = &c->t->weapons.at[x->weapon];
    if (says_no_more(c, w)) return SLK_OK;
    slk_value v = slk_collect_blank_value(SLK_VALUE_TEXT);
    slk_err err = slk_collect_text_of(c, w->span, &v.text);
    c->rule = w->table == SLK_T_WEAPONS ? "weapon.named-system" : "weapon.words";
    if (err == SLK_OK) err = slk_collect_add(c, SLK_FIELD_WEAPON, v, w->span, SLK_BASIS_STATED);
    if (err != SLK_OK || !w->weapon_class || !*w->weapon_class) return err;
    v.text = w->weapon_class;
    c->rule = w->table == SLK_T_WEAPONS ? "weapon-class.of-system" : "weapon-class.words";
    return slk_collect_add(c, SLK_FIELD_WEAPON_CLASS, v, w->span,
                           w->table == SLK_T_WEAPONS ? SLK_BASIS_RESOLVED : SLK_BASIS_STATED);
}

/* All weapons within the noun phrase and, for "was": what the predicate says it was. */
static slk_err add_weapons(slk_collector *c, const slk_told *x) {
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

/* ---------------------------------------------------------------- when */

/* The zone of the event: that of its origin, else of its actor's country. */
static void find_zone(slk_collector *c) {
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

static slk_err add_time(slk_collector *c, uint32_t time) {
    const slk_time *x = &c->r->times.at[time];
    slk_value v = slk_collect_blank_value(SLK_VALUE_TIME);
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
        slk_err err = slk_collect_text_of(c, x->span, &v.text);
        if (err != SLK_OK) return err;
    }
    c->rule = x->type == SLK_TIME_TIME ? "time.clock-of-clause" : "time.day-of-clause";
    return slk_collect_add(c, SLK_FIELD_TIME, v, x->span, SLK_BASIS_RESOLVED);
}

/* Days of two times are at most one apart, or one of them has none. */
static bool near_days(const slk_time *a, const slk_time *b) {
    if (a->earliest.precision < SLK_P_DAY || b->earliest.precision < SLK_P_DAY) return true;
    int64_t d = slk_instant_days(a->earliest) - slk_instant_days(b->earliest);
    return d >= -1 && d <= 1;
}

static slk_err add_times(slk_collector *c) {
    uint32_t lead = SLK_NONE;
    slk_err err = SLK_OK;
    for (uint32_t i = c->first; err == SLK_OK && i <= c->last; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->event != c->event || x->time == SLK_NONE) continue;
        if (lead == SLK_NONE) lead = x->time;
        if (near_days(&c->r->times.at[x->time], &c->r->times.at[lead])) err = add_time(c, x->time);
    }
    slk_span told = slk_collect_stretch(c);
    for (uint32_t i = SLK_FIRST_NEAR(c->r->times, told.start); err == SLK_OK && i < c->r->times.n; i++) {
        const slk_time *z = &c->r->times.at[i];
        if (z->span.start >= told.end) break;
        bool clock = z->type == SLK_TIME_TIME || z->gloss_of != SLK_NONE;
        if (!clock || !slk_collect_told_in(c, slk_sentence_at(c->r, z->span.start)) || !slk_collect_mine(c, z->span))
            continue;
        if (lead == SLK_NONE || near_days(z, &c->r->times.at[lead])) err = add_time(c, i);
    }
    return err;
}

/* ---------------------------------------------------------------- how it ended */

/* No other occurrence of the kind is told of in the sentence: how it ended is how this one ended. */
static bool only_launch_in(const slk_collector *c, uint32_t sentence) {
    for (uint32_t i = told_from(c->t, sentence); i < c->t->told.n && c->t->told.at[i].sentence == sentence; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->family != SLK_FAMILY_DEED && x->event != c->event) return false;
    }
    return true;
}

static slk_err add_outcomes(slk_collector *c) {
    slk_err err = SLK_OK;
    uint32_t done = SLK_NONE;
    for (uint32_t i = c->first; err == SLK_OK && i <= c->last; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->event != c->event || x->sentence == done) continue;
        done = x->sentence;
        const slk_sentence *s = &c->r->sentences.at[x->sentence];
        for (uint32_t k = s->first_token; err == SLK_OK && k < s->first_token + s->n_tokens; k++) {
            slk_span words;
            slk_value v = slk_collect_blank_value(SLK_VALUE_TEXT);
            if (!slk_cue_in(c->t, k, k + 1, "outcome", &words, &v.text)) continue;
            if (!slk_collect_mine(c, words) && !only_launch_in(c, x->sentence)) continue;
            uint32_t pred = slk_pred_around(c->r, words);
            if (pred != SLK_NONE && (c->r->preds.at[pred].negated || c->r->preds.at[pred].mood != SLK_MOOD_FACT))
                continue;
            c->rule = "outcome.cue";
            err = slk_collect_add(c, SLK_FIELD_OUTCOME, v, words, SLK_BASIS_STATED);
        }
    }
    return err;
}

/* ---------------------------------------------------------------- all together */

static slk_err add_deed_fields(slk_collector *c) {
    slk_err err = SLK_OK;
    for (uint32_t i = c->first; err == SLK_OK && i <= c->last; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->event != c->event) continue;
        err = add_actor(c, SLK_FIELD_ACTOR, x->actor, x->actor_words);
        if (err == SLK_OK) err = add_actor(c, SLK_FIELD_TARGET, x->target, x->target_words);
        if (err == SLK_OK && x->actor == SLK_NONE) err = add_stranger(c, SLK_FIELD_ACTOR, x->actor_words);
        if (err == SLK_OK && x->target == SLK_NONE) err = add_stranger(c, SLK_FIELD_TARGET, x->target_words);
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
static slk_err add_state(slk_collector *c, uint32_t row, slk_span words) {
    slk_text iso3 = slk_pack_cell(c->t->pack, SLK_T_COUNTRIES, row, SLK_COUNTRIES_ISO3);
    const char *name = slk_pack_str(c->t->pack, SLK_T_COUNTRIES, row, SLK_COUNTRIES_NAME);
    slk_value v = slk_collect_blank_value(SLK_VALUE_TEXT);
    v.text = name;
    v.ref = actor_called(c->r, name);
    for (uint32_t i = 0; i < c->r->actors.n && v.ref == SLK_NONE; i++)
        if (slk_text_is(iso3, c->r->actors.at[i].country) && strcmp(c->r->actors.at[i].sector, "MED") != 0) v.ref = i;
    if (v.ref != SLK_NONE) v.kind = SLK_VALUE_ACTOR;
    c->rule = "actor.state-of-weapon-or-origin";
    return slk_collect_add(c, SLK_FIELD_ACTOR, v, words, SLK_BASIS_RESOLVED);
}

/* A named system with nobody named: the state that made it tested it. */
static slk_err actor_from_weapon(slk_collector *c) {
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
static slk_err actor_from_origin(slk_collector *c) {
    for (uint32_t i = 0; i < c->fields.n; i++) {
        const slk_field *f = &c->fields.at[i];
        if (f->name != SLK_FIELD_ORIGIN || f->value.ref >= c->r->places.n) continue;
        uint32_t row = slk_country_row(c->t->pack, c->r->places.at[f->value.ref].country);
        if (row != SLK_NONE) return add_state(c, row, f->evidence.at[0]);
    }
    return SLK_OK;
}

/* A rocket that is to put something into orbit is a launch vehicle, whatever it is called. */
static slk_err add_carrier(slk_collector *c) {
    if (slk_collect_has(c, SLK_FIELD_WEAPON_CLASS)) return SLK_OK;
    for (uint32_t i = c->first; i <= c->last; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->event != c->event || x->weapon == SLK_NONE || strcmp(x->type, "space-launch") != 0) continue;
        slk_value v = slk_collect_blank_value(SLK_VALUE_TEXT);
        v.text = "SLV";
        c->rule = "weapon-class.carries-satellite";
        return slk_collect_add(c, SLK_FIELD_WEAPON_CLASS, v, c->t->weapons.at[x->weapon].span, SLK_BASIS_RESOLVED);
    }
    return SLK_OK;
}

static slk_err add_launch_fields(slk_collector *c) {
    slk_err err = SLK_OK;
    for (uint32_t i = c->first; err == SLK_OK && i <= c->last; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->event != c->event) continue;
        err = add_actor(c, SLK_FIELD_ACTOR, x->actor, x->actor_words);
        if (err == SLK_OK) err = add_actor(c, SLK_FIELD_TARGET, x->target, x->target_words);
        if (err == SLK_OK) err = add_weapons(c, x);
        if (err == SLK_OK) err = slk_collect_counts(c, x);
    }
    if (err == SLK_OK) err = add_carrier(c);
    if (err == SLK_OK) err = slk_collect_places(c, false);
    if (err == SLK_OK && !slk_collect_has(c, SLK_FIELD_ORIGIN)) err = slk_collect_places(c, true);
    if (err == SLK_OK) err = slk_collect_waters(c);
    if (err == SLK_OK && !slk_collect_has(c, SLK_FIELD_ACTOR)) err = actor_from_origin(c);
    if (err == SLK_OK && !slk_collect_has(c, SLK_FIELD_ACTOR)) err = actor_from_weapon(c);
    find_zone(c);
    if (err == SLK_OK) err = add_times(c);
    if (err == SLK_OK) err = slk_collect_directions(c);
    if (err == SLK_OK) err = slk_collect_quantities(c);
    return err == SLK_OK ? add_outcomes(c) : err;
}

slk_err slk_tellings_fields(slk_tellings *t, uint32_t event, const slk_field **fields, uint32_t *n) {
    slk_collector c = {.t = t, .r = t->r, .event = event, .first = t->first[event], .last = t->last[event]};
    bool launch = false;
    for (uint32_t i = c.first; i <= c.last; i++)
        if (t->told.at[i].event == event && t->told.at[i].family == SLK_FAMILY_LAUNCH) launch = true;
    slk_err err = launch ? add_launch_fields(&c) : add_deed_fields(&c);
    if (err != SLK_OK) return err;
    *fields = c.fields.at;
    *n = c.fields.n;
    return SLK_OK;
}
