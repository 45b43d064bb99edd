/* terms.c - what a filter means, and whether an event passes it. See asking.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/words.h"
#include "ledger/asking.h"
#include "ledger/chronicle.h"

#define HOUR_S 3600
#define DAY_S 86400
#define NAMES_MOST 4096           /* facets that a part of a name may mean */
#define EARTH_KM_PER_DEGREE 110.5 /* of latitude, where it is shortest */

/* ---------------------------------------------------------------- terms */

static slk_err new_term(slk_asking *k, bool exact, slk_term **out) {
    slk_err err = SLK_ROOM(k->a, &k->terms, 64);
    if (err != SLK_OK) return err;
    *out = &k->terms.at[k->terms.n++];
    **out = (slk_term){.exact = exact};
    return SLK_OK;
}

static slk_err put(slk_asking *k, slk_term *t, int64_t id) {
    slk_err err = SLK_ROOM(k->a, &t->any.ids, SLK_MAX_ROWS);
    if (err == SLK_OK) t->any.ids.at[t->any.ids.n++] = id;
    return err;
}

/* One facet by its name; exact as in slk_term. */
static slk_err one(slk_asking *k, const char *kind, const char *name, bool exact) {
    slk_term *t = NULL;
    int64_t id = 0;
    slk_err err = new_term(k, exact, &t);
    if (err == SLK_OK) err = slk_facets_find(k->l, kind, name, &id, k->fault);
    if (err == SLK_OK && id) err = put(k, t, id);
    k->nothing = k->nothing || id == 0;
    return err;
}

static size_t letters(const char *z) {
    size_t n = 0;
    for (; *z; z++) n += ((unsigned char)*z & 0xc0) != 0x80;
    return n;
}

static int by_id(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* All facets of a kind whose name holds the words; of one or two letters, the one that is so called. */
static slk_err named(slk_asking *k, const char *kind, const char *words) {
    slk_term *t = NULL;
    bool row = true;
    char *folded = slk_facet_fold(slk_text_of(words), k->a);
    if (!folded) return SLK_ENOMEM;
    if (!*folded) return slk_fault_say(k->fault, SLK_EINPUT, "no %s is called \"%.60s\"", kind, words);
    if (letters(folded) < 3) return one(k, kind, folded, true);
    slk_err err = new_term(k, true, &t);
    char *quoted = slk_arena_take(k->a, 2 * strlen(folded) + 3), *at = quoted;
    if (err != SLK_OK || !quoted) return SLK_ENOMEM;
    *at++ = '"';
    for (const char *z = folded; *z; *at++ = *z++)
        if (*z == '"') *at++ = '"';
    *at = '"';
    slk_bind b = {.s = slk_store_get(k->l, SLK_Q_FACETS_NAMED, &err, k->fault)};
    if (!b.s) return err;
    slk_bind_text(&b, quoted);
    slk_bind_text(&b, kind);
    slk_bind_int(&b, NAMES_MOST);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    while ((err = slk_store_step(k->l, b.s, &row, k->fault)) == SLK_OK && row)
        if ((err = put(k, t, sqlite3_column_int64(b.s, 0))) != SLK_OK) break;
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    k->nothing = k->nothing || t->any.ids.n == 0;
    if (t->any.ids.n) qsort(t->any.ids.at, t->any.ids.n, sizeof *t->any.ids.at, by_id);
    return err;
}

/* ---------------------------------------------------------------- where */

static slk_err cells_of_row(slk_asking *k, slk_term *t, int south, double west, double east) {
    char from[8], to[8];
    slk_err err = SLK_OK;
    bool row = true;
    slk_facet_cell(south, west, from);
    slk_facet_cell(south, east, to);
    slk_bind b = {.s = slk_store_get(k->l, SLK_Q_FACETS_BETWEEN, &err, k->fault)};
    if (!b.s) return err;
    slk_bind_text(&b, SLK_FACET_CELL);
    slk_bind_text(&b, from);
    slk_bind_text(&b, to);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    while ((err = slk_store_step(k->l, b.s, &row, k->fault)) == SLK_OK && row)
        if ((err = put(k, t, sqlite3_column_int64(b.s, 0))) != SLK_OK) break;
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err cells(slk_asking *k, slk_box x) {
    slk_term *t = NULL;
    slk_err err = new_term(k, false, &t);
    int south = (int)floor(fmax(x.south, -90)), north = (int)floor(fmin(x.north, 89.99));
    for (int lat = south; err == SLK_OK && lat <= north; lat++) {
        if (x.west <= x.east) {
            err = cells_of_row(k, t, lat, x.west, x.east);
        } else {
            err = cells_of_row(k, t, lat, x.west, 180);
            if (err == SLK_OK) err = cells_of_row(k, t, lat, -180, x.east);
        }
    }
    if (err != SLK_OK) return err;
    k->nothing = k->nothing || t->any.ids.n == 0;
    if (t->any.ids.n) qsort(t->any.ids.at, t->any.ids.n, sizeof *t->any.ids.at, by_id);
    return SLK_OK;
}

/* The box around a circle; round a pole all meridians. */
static slk_box around(double lat, double lon, double km) {
    double high = km / EARTH_KM_PER_DEGREE, wide = 360;
    double nearest_pole = fmin(90, fabs(lat) + high);
    if (nearest_pole < 89) wide = high / cos(nearest_pole * M_PI / 180) * 1.01;
    slk_box x = {lat - high, lon - wide, lat + high, lon + wide};
    if (wide >= 180) return (slk_box){x.south, -180, x.north, 180};
    if (x.west < -180) x.west += 360;
    if (x.east > 180) x.east -= 360;
    return x;
}

static bool in_box(slk_box x, double lat, double lon) {
    if (lat < x.south || lat > x.north) return false;
    return x.west <= x.east ? lon >= x.west && lon <= x.east : lon >= x.west || lon <= x.east;
}

static bool is_degree(double v, double most) { return isfinite(v) && v >= -most && v <= most; }

static slk_err read_where(slk_asking *k) {
    const slk_filter *q = k->q;
    slk_err err = SLK_OK;
    if (q->near) {
        if (!is_degree(q->lat, 90) || !is_degree(q->lon, 180) || !(q->km >= 0 && q->km <= 21000))
            return slk_fault_say(k->fault, SLK_EINPUT, "no circle on earth has that centre and radius");
        err = cells(k, around(q->lat, q->lon, q->km));
    }
    if (err == SLK_OK && q->boxed) {
        slk_box x = q->box;
        if (!is_degree(x.south, 90) || !is_degree(x.north, 90) || !is_degree(x.west, 180) || !is_degree(x.east, 180) ||
            x.south > x.north)
            return slk_fault_say(k->fault, SLK_EINPUT, "no box on earth has those sides");
        err = cells(k, x);
    }
    return err;
}

/* ---------------------------------------------------------------- when */

/* Days of the filter as UTC, with the reach of the world's clocks. */
static void read_when(slk_asking *k) {
    const slk_filter *q = k->q;
    slk_instant since = q->since, until = q->until;
    int64_t other;
    since.has_offset = until.has_offset = false;
    k->since_s = k->low_s = INT64_MIN;
    k->until_s = k->high_s = INT64_MAX;
    k->bounded = since.precision != SLK_P_NONE || until.precision != SLK_P_NONE;
    if (since.precision != SLK_P_NONE) {
        slk_instant_range(since, &k->since_s, &other);
        k->since_s -= 14 * HOUR_S;
        k->low_s = k->since_s - 3 * DAY_S; /* what spans more is found by its span */
    }
    if (until.precision != SLK_P_NONE) {
        slk_instant_range(until, &other, &k->until_s);
        k->until_s += 12 * HOUR_S;
        k->high_s = k->until_s + (k->day == INT64_MAX ? 0 : 3 * DAY_S); /* then it may have been told earlier */
    } else if (k->bounded) {
        k->high_s = INT64_MAX - 1; /* not those without a date */
    }
}

static bool days_pass(const slk_asking *k, const slk_entry *e) {
    slk_instant t = e->time, since = k->q->since, until = k->q->until;
    int64_t first, last, from, to;
    if (!k->bounded) return true;
    if (t.precision == SLK_P_NONE) return false;
    t.has_offset = since.has_offset = until.has_offset = false; /* days of the place */
    slk_instant_range(t, &first, &last);
    if (since.precision != SLK_P_NONE) {
        slk_instant_range(since, &from, &to);
        if (last < from) return false;
    }
    if (until.precision != SLK_P_NONE) {
        slk_instant_range(until, &from, &to);
        if (first > to) return false;
    }
    return true;
}

/* ---------------------------------------------------------------- the whole filter */

static slk_err read_who(slk_asking *k) {
    const slk_filter *q = k->q;
    slk_err err = SLK_OK;
    if (q->actor) (void)slk_country_named(k->l->pack, slk_text_of(q->actor), k->actor);
    if (q->target) (void)slk_country_named(k->l->pack, slk_text_of(q->target), k->target);
    if (q->country) (void)slk_country_named(k->l->pack, slk_text_of(q->country), k->country);
    if (q->type) err = one(k, SLK_FACET_TYPE, q->type, false);
    if (err == SLK_OK && *k->actor) err = one(k, SLK_FACET_BY, k->actor, false);
    if (err == SLK_OK && q->actor && !*k->actor) err = named(k, SLK_FACET_ACTOR, q->actor);
    if (err == SLK_OK && q->type && *k->actor && k->day == INT64_MAX) {
        const char *deed = slk_arena_printf(k->a, "%s %s", k->actor, q->type);
        err = deed ? one(k, SLK_FACET_DEED, deed, false) : SLK_ENOMEM;
    }
    if (err == SLK_OK && q->target) err = one(k, SLK_FACET_TARGET, *k->target ? k->target : q->target, true);
    if (err == SLK_OK && q->country) err = one(k, SLK_FACET_IN, *k->country ? k->country : q->country, true);
    if (err == SLK_OK && q->place) err = named(k, SLK_FACET_PLACE, q->place);
    if (err == SLK_OK && q->weapon) err = named(k, SLK_FACET_WEAPON, q->weapon);
    if (err == SLK_OK && q->source) err = named(k, SLK_FACET_SOURCE, q->source);
    return err;
}

/* What only the event as a whole is, as it stands today. */
static slk_err read_status(slk_asking *k) {
    const slk_filter *q = k->q;
    slk_err err = SLK_OK;
    if (k->day != INT64_MAX) return SLK_OK;
    if (q->certainty >= 0 && q->certainty != SLK_EC_REPORTED)
        err = one(k, SLK_FACET_CERTAINTY, slk_event_certainty_word((slk_event_certainty)q->certainty), false);
    if (err == SLK_OK && q->status == SLK_STATUS_CONFLICT) err = one(k, SLK_FACET_STATUS, "conflict", false);
    if (err == SLK_OK && q->status == SLK_STATUS_CORROBORATED) err = one(k, SLK_FACET_STATUS, "corroborated", false);
    if (err == SLK_OK && q->main_only) err = one(k, SLK_FACET_NEWS, "", false);
    return err;
}

slk_err slk_terms_read(slk_asking *k) {
    read_when(k);
    slk_err err = read_who(k);
    if (err == SLK_OK) err = read_status(k);
    if (err == SLK_OK) err = read_where(k);
    k->worded = k->q->text != NULL;
    if (err == SLK_OK && k->worded) err = slk_words_read(k->l, k->q->text, k->a, &k->wanted, k->fault);
    if (err == SLK_OK && k->worded && !k->nothing) err = slk_words_find(k->l, &k->wanted, k->a, k->fault);
    return err;
}

/* ---------------------------------------------------------------- an event */

static const char *column_z(sqlite3_stmt *s, int column) { return (const char *)sqlite3_column_text(s, column); }

static slk_text country_name(const slk_pack *pack, const char *iso3) {
    uint32_t row = pack && *iso3 ? slk_pack_find(pack, SLK_T_COUNTRIES, (slk_text){iso3, 3}) : SLK_NONE;
    return slk_text_of(row == SLK_NONE ? NULL : slk_pack_str(pack, SLK_T_COUNTRIES, row, SLK_COUNTRIES_NAME));
}

/* Strings are borrowed from the statement until it steps again. */
static void borrow(sqlite3_stmt *s, slk_found *out) {
    slk_entry e = {.row = sqlite3_column_int64(s, 1), .id = column_z(s, 2), .type = column_z(s, 3)};
    slk_text country = slk_column_text(s, 4);
    if (country.n == 3) memcpy(e.country, country.at, 4);
    e.actor = column_z(s, 5);
    e.time = slk_column_instant(s, 6);
    e.place = column_z(s, 8);
    e.lat = slk_column_double(s, 9);
    e.lon = slk_column_double(s, 10);
    e.has_point = isfinite(e.lat) && isfinite(e.lon);
    int certainty = slk_event_certainty_of(slk_column_text(s, 11));
    e.certainty = certainty < 0 ? SLK_EC_REPORTED : (slk_event_certainty)certainty;
    e.main = sqlite3_column_int(s, 12) != 0;
    e.n_reports = (uint32_t)sqlite3_column_int64(s, 13);
    e.n_roots = (uint32_t)sqlite3_column_int64(s, 14);
    e.conflict = sqlite3_column_int(s, 15) != 0;
    e.n_databases = (uint32_t)sqlite3_column_int64(s, 20);
    *out = (slk_found){.entry = e, .key_s = sqlite3_column_int64(s, 0), .group = ""};
    out->timed = sqlite3_column_type(s, 7) != SQLITE_NULL;
    out->first_s = sqlite3_column_int64(s, 7);
    out->last_s = sqlite3_column_int64(s, 16);
}

static slk_err own(slk_arena *a, const char **z) {
    if (*z && !(*z = slk_arena_copy(a, *z, strlen(*z)))) return SLK_ENOMEM;
    return SLK_OK;
}

static slk_err own_all(const slk_asking *k, slk_found *x) {
    slk_arena *a = k->a;
    x->entry.country_name = country_name(k->l->pack, x->entry.country).at;
    slk_err err = own(a, &x->entry.id);
    if (err == SLK_OK) err = own(a, &x->entry.type);
    if (err == SLK_OK) err = own(a, &x->entry.actor);
    if (err == SLK_OK) err = own(a, &x->entry.place);
    return err == SLK_OK ? own(a, &x->group) : err;
}

/* By what it stands in the order, drawn from today's row; text in *room where it has to be made. */
static const char *group_of(const slk_asking *k, const slk_entry *e, char room[16]) {
    switch (k->q->sort) {
    case SLK_SORT_TIME: return "";
    case SLK_SORT_TYPE: return e->type;
    case SLK_SORT_ACTOR: memcpy(room, e->country, 4); break;
    case SLK_SORT_REPORTS: (void)sqlite3_snprintf(16, room, "%06u", e->n_reports); break;
    }
    return room;
}

static bool sets_pass(const slk_asking *k, sqlite3_stmt *s) {
    const void *at = sqlite3_column_blob(s, 19);
    size_t n = at ? (size_t)sqlite3_column_bytes(s, 19) : 0;
    for (uint32_t i = 0; i < k->terms.n; i++)
        if (k->terms.at[i].exact && !slk_facets_meet(at, n, &k->terms.at[i].any)) return false;
    return true;
}

static bool sets_passed_then(const slk_asking *k, const slk_facets *then) {
    for (uint32_t i = 0; i < k->terms.n; i++) {
        bool any = !k->terms.at[i].exact;
        for (uint32_t f = 0; !any && f < then->ids.n; f++) any = slk_facets_has(&k->terms.at[i].any, then->ids.at[f]);
        if (!any) return false;
    }
    return true;
}

static bool entry_passes(const slk_asking *k, const slk_entry *e) {
    const slk_filter *q = k->q;
    if (q->type && !slk_type_holds(q->type, e->type)) return false;
    if (*k->actor && strcmp(k->actor, e->country) != 0) return false;
    if (q->certainty >= 0 && (int)e->certainty != q->certainty) return false;
    if (q->main_only && !e->main) return false;
    if (q->status == SLK_STATUS_CORROBORATED && e->n_roots < 2) return false;
    if (q->status == SLK_STATUS_SINGLE && e->n_roots > 1) return false;
    if (q->boxed && !(e->has_point && in_box(q->box, e->lat, e->lon))) return false;
    if (q->near && !(e->has_point && slk_profile_distance(q->lat, q->lon, e->lat, e->lon) <= q->km * 1000))
        return false;
    return days_pass(k, e);
}

/* Does one of these reports hold the words? */
static slk_err words_pass(slk_asking *k, const int64_t *reports, uint32_t n, bool *passes) {
    slk_err err = SLK_OK;
    *passes = false;
    for (uint32_t i = 0; err == SLK_OK && !*passes && i < n; i++)
        err = slk_words_match(k->l, &k->wanted, reports[i], passes, k->fault);
    return err;
}

static slk_err words_pass_now(slk_asking *k, int64_t event, bool *passes) {
    int64_t reports[64];
    uint32_t n = 0;
    slk_err err = SLK_OK;
    bool row = true;
    *passes = false;
    slk_bind b = {.s = slk_store_get(k->l, SLK_Q_REPORTS_OF, &err, k->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, event);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    while (err == SLK_OK && row && !*passes) {
        if ((err = slk_store_step(k->l, b.s, &row, k->fault)) == SLK_OK && row)
            reports[n++] = sqlite3_column_int64(b.s, 0);
        if (err != SLK_OK || (row && n < 64)) continue;
        err = words_pass(k, reports, n, passes);
        n = 0;
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err passes_now(slk_asking *k, sqlite3_stmt *s, slk_found *x, bool *passes) {
    slk_err err = SLK_OK;
    *passes = sqlite3_column_type(s, 18) == SQLITE_NULL && entry_passes(k, &x->entry) &&
              (k->q->status != SLK_STATUS_CONFLICT || x->entry.conflict);
    if (*passes && k->worded) err = words_pass_now(k, x->entry.row, passes);
    return err;
}

/* Describes it by what was known on the day; profiles in scratch. */
static slk_err describe_then(slk_asking *k, slk_found *x, slk_profiles *p, slk_arena *scratch, bool *known) {
    slk_err err = slk_profiles_load(k->l, x->entry.row, k->day, scratch, p, k->fault);
    *known = err == SLK_OK && p->n;
    if (!*known) return err;
    x->entry.conflict = false;
    slk_summary_of(k->l->pack, p->at, p->n, &x->entry, &x->first_s, &x->last_s, &x->timed);
    return SLK_OK;
}

static slk_err passed_then(slk_asking *k, slk_found *x, slk_arena *scratch, bool *passes) {
    slk_profiles p = {0};
    slk_facets then = {0};
    slk_err err = describe_then(k, x, &p, scratch, passes);
    if (err != SLK_OK || !*passes || !(*passes = entry_passes(k, &x->entry))) return err;
    err = slk_facets_of(k->l, x->entry.row, k->day, scratch, &then, k->fault);
    if (err != SLK_OK || !(*passes = sets_passed_then(k, &then))) return err;
    if (k->worded) {
        int64_t *reports = slk_arena_take(scratch, sizeof *reports * p.n);
        for (uint32_t i = 0; reports && i < p.n; i++) reports[i] = p.at[i].report;
        err = reports ? words_pass(k, reports, p.n, passes) : SLK_ENOMEM;
    }
    if (err != SLK_OK || !*passes || k->q->status != SLK_STATUS_CONFLICT) return err;
    err = slk_dossier_conflict(k->l, x->entry.row, k->day, &x->entry.conflict, k->fault);
    *passes = x->entry.conflict;
    return err;
}

static bool known_by(const slk_asking *k, sqlite3_stmt *s) {
    return sqlite3_column_type(s, 17) != SQLITE_NULL && sqlite3_column_int64(s, 17) <= k->day;
}

/* The cheapest looks come first: most events that are walked over fail at one of them. */
slk_err slk_terms_pass(slk_asking *k, sqlite3_stmt *s, slk_found *out, bool *passes) {
    slk_found x;
    slk_arena scratch;
    char room[16];
    slk_err err = SLK_OK;
    *passes = false;
    if (k->day != INT64_MAX && !known_by(k, s)) return SLK_OK;
    if (!sets_pass(k, s)) return SLK_OK;
    borrow(s, &x);
    x.group = group_of(k, &x.entry, room);
    if (k->day == INT64_MAX) {
        err = passes_now(k, s, &x, passes);
        if (err == SLK_OK && *passes) err = own_all(k, &x);
    } else {
        slk_arena_start(&scratch, &k->l->mem, SLK_DOSSIER_CEILING_B);
        err = passed_then(k, &x, &scratch, passes);
        if (err == SLK_OK && *passes) err = own_all(k, &x);
        slk_arena_free(&scratch);
    }
    if (err == SLK_OK && *passes) *out = x;
    return err;
}

slk_err slk_terms_known(slk_asking *k, sqlite3_stmt *s, slk_found *out, bool *known) {
    slk_found x;
    slk_arena scratch;
    slk_profiles p = {0};
    slk_err err = SLK_OK;
    *known = k->day == INT64_MAX ? sqlite3_column_type(s, 18) == SQLITE_NULL : known_by(k, s);
    if (!*known) return SLK_OK;
    borrow(s, &x);
    slk_arena_start(&scratch, &k->l->mem, SLK_DOSSIER_CEILING_B);
    if (k->day != INT64_MAX) err = describe_then(k, &x, &p, &scratch, known);
    if (err == SLK_OK && *known) err = own_all(k, &x);
    slk_arena_free(&scratch);
    if (err == SLK_OK && *known) *out = x;
    return err;
}
