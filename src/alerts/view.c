/* view.c - see view.h. */
#include "alerts/view.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "base/words.h"

/* ---------------------------------------------------------------- loading */

static slk_err read_claim(sqlite3_stmt *s, slk_arena *arena, slk_view *v) {
    slk_err err = SLK_OK;
    int field = slk_field_of(slk_column_text(s, 0));
    if (field < 0) return SLK_OK;
    slk_seen_claim c = {.field = (slk_field_name)field, .text = slk_column_copy(arena, s, 1, &err)};
    slk_text country = slk_column_text(s, 2);
    if (country.n == 3) memcpy(c.country, country.at, 3);
    c.lat = slk_column_double(s, 3);
    c.lon = slk_column_double(s, 4);
    c.report = sqlite3_column_int64(s, 5);
    if (err == SLK_OK) err = SLK_ROOM(arena, &v->claims, SLK_MAX_ROWS);
    if (err == SLK_OK) v->claims.at[v->claims.n++] = c;
    return err;
}

slk_err slk_view_load(slk_ledger *l, int64_t event, slk_arena *arena, slk_view *out, slk_fault *fault) {
    slk_view v = {0};
    bool row = true;
    slk_err err = slk_profiles_load(l, event, INT64_MAX, arena, &v.tellings, fault);
    if (err != SLK_OK) return err;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_ALERT_CLAIMS, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, event);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    while (err == SLK_OK && (err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row)
        err = read_claim(b.s, arena, &v);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (err == SLK_OK) *out = v;
    return err;
}

slk_err slk_view_entry(const slk_pack *pack, const slk_view *v, int64_t without, slk_arena *arena, slk_entry *out,
                       bool *known) {
    int64_t first_s, last_s;
    bool timed;
    uint32_t n = 0;
    slk_profile *p = slk_arena_take(arena, sizeof *p * v->tellings.n);
    if (!p) return SLK_ENOMEM;
    for (uint32_t i = 0; i < v->tellings.n; i++)
        if (v->tellings.at[i].report != without) p[n++] = v->tellings.at[i];
    *known = n > 0;
    if (n) slk_summary_of(pack, p, n, out, &first_s, &last_s, &timed);
    return SLK_OK;
}

/* ---------------------------------------------------------------- matching */

static bool named(const char *text, const slk_wanted *w) {
    return text && slk_text_holds_fold(slk_text_of(text), slk_text_of(w->name));
}

/* A country is known by its code, whatever it is called. */
static bool is_party(const char *country, const char *name, const slk_wanted *w) {
    return w->code ? strcmp(country, w->code) == 0 : named(name, w);
}

static bool is_weapon(const slk_seen_claim *c, const slk_wanted *w) {
    if (!c->text) return false;
    if (c->field == SLK_FIELD_WEAPON) return named(c->text, w);
    return slk_text_is_fold(slk_text_of(c->text), w->code ? w->code : w->name);
}

static bool is_place(const slk_seen_claim *c, const slk_wanted *w) { return named(c->text, w); }
static bool is_country(const slk_seen_claim *c, const slk_wanted *w) {
    return w->code && strcmp(c->country, w->code) == 0;
}
static bool is_actor(const slk_seen_claim *c, const slk_wanted *w) { return is_party(c->country, c->text, w); }

#define FIELD(name) (1u << SLK_FIELD_##name)

/* Is any claim of these fields one of those wanted? True where nothing in particular is. */
static bool any(const slk_view *v, int64_t without, unsigned fields, const slk_wanted_list *wanted,
                bool (*is)(const slk_seen_claim *c, const slk_wanted *w)) {
    for (uint32_t i = 0; i < v->claims.n && wanted->n; i++) {
        const slk_seen_claim *c = &v->claims.at[i];
        if (c->report == without || !(fields & 1u << c->field)) continue;
        for (uint32_t k = 0; k < wanted->n; k++)
            if (is(c, &wanted->at[k])) return true;
    }
    return wanted->n == 0;
}

static bool near_passes(const slk_rule *r, const slk_view *v, const slk_entry *e, int64_t without) {
    if (!r->near) return true;
    if (e->has_point && slk_profile_distance(r->lat, r->lon, e->lat, e->lon) <= r->within_m) return true;
    for (uint32_t i = 0; i < v->claims.n; i++) {
        const slk_seen_claim *c = &v->claims.at[i];
        bool place = c->field == SLK_FIELD_ORIGIN || c->field == SLK_FIELD_LANDING;
        if (c->report == without || !place || !isfinite(c->lat)) continue;
        if (slk_profile_distance(r->lat, r->lon, c->lat, c->lon) <= r->within_m) return true;
    }
    return false;
}

static bool type_passes(const slk_rule *r, const slk_entry *e) {
    for (uint32_t i = 0; i < r->types.n; i++)
        if (slk_type_holds(r->types.at[i].name, e->type)) return true;
    return r->types.n == 0 && !slk_type_holds("story", e->type); /* what is no news of security has to be asked for */
}

static bool actor_passes(const slk_rule *r, const slk_view *v, const slk_entry *e, int64_t without) {
    for (uint32_t i = 0; i < r->actors.n; i++)
        if (is_party(e->country, e->actor, &r->actors.at[i])) return true;
    return any(v, without, FIELD(ACTOR), &r->actors, is_actor);
}

bool slk_view_passes(const slk_rule *r, const slk_view *v, const slk_entry *e, int64_t without) {
    if (!e->main && !r->background) return false;
    if (r->status && !(r->status & 1u << e->certainty)) return false;
    if (e->n_roots < r->sources || !type_passes(r, e)) return false;
    return actor_passes(r, v, e, without) && any(v, without, FIELD(TARGET), &r->targets, is_actor) &&
           any(v, without, FIELD(ORIGIN) | FIELD(LANDING), &r->places, is_place) &&
           any(v, without, FIELD(ORIGIN) | FIELD(LANDING), &r->countries, is_country) &&
           near_passes(r, v, e, without) &&
           any(v, without, FIELD(WEAPON) | FIELD(WEAPON_CLASS), &r->weapons, is_weapon);
}
