/* bands.c - do two claims agree? Each field has its band: sources round, and staffs measure differently, so figures within it are
 * one figure told twice; outside of it they are a conflict that a reader must see. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "ledger/inside.h"

#define TIME_S 180

/* The band of a quantity: within metres (the SI base) or a share of the larger. */
typedef struct band {
    double si, share;
} band;

static band band_of(slk_field_name field) {
    switch (field) {
    case SLK_FIELD_DISTANCE: return (band){50000, 0.10};
    case SLK_FIELD_ALTITUDE: return (band){25000, 0.05};
    case SLK_FIELD_DURATION: return (band){60, 0.10};
    default: return (band){0, 0.10};
    }
}

/* ---------------------------------------------------------------- numbers */

typedef struct interval {
    double low, high;
} interval;

/* What a figure may mean, in whole things or in SI. */
static interval interval_of(const slk_value *v, double low, double high) {
    bool whole = v->kind == SLK_VALUE_COUNT || !v->unit;
    interval x = {low, isfinite(high) ? high : low};
    switch (v->bound) {
    case SLK_BOUND_AT_LEAST: x.high = isfinite(high) && high > low ? high : INFINITY; break;
    case SLK_BOUND_MORE_THAN:
        x.low = whole ? low + 1 : low;
        x.high = INFINITY;
        break;
    case SLK_BOUND_AT_MOST: x.low = 0; break;
    case SLK_BOUND_LESS_THAN:
        x.low = 0;
        x.high = whole ? low - 1 : low;
        break;
    case SLK_BOUND_ABOUT:
        x.low = low * 0.9;
        x.high = (isfinite(high) ? high : low) * 1.1;
        break;
    case SLK_BOUND_VAGUE: x.high = isfinite(high) ? high : INFINITY; break;
    default: break;
    }
    return x;
}

static double gap(interval a, interval b) {
    if (a.low > b.high) return a.low - b.high;
    return b.low > a.high ? b.low - a.high : 0;
}

static slk_relation counts(const slk_value *a, const slk_value *b) {
    if (!isfinite(a->low) || !isfinite(b->low)) return SLK_UNRELATED;
    return gap(interval_of(a, a->low, a->high), interval_of(b, b->low, b->high)) == 0 ? SLK_AGREEING : SLK_CONFLICTING;
}

/* "400 kilometers (249 miles)": one source glossing itself is held to 5 %. */
static slk_relation quantities(const slk_claim *a, const slk_claim *b) {
    const slk_value *x = &a->value, *y = &b->value;
    if (!x->unit != !y->unit) return SLK_UNRELATED;
    if (!x->unit) return counts(x, y);
    if (!isfinite(x->si) || !isfinite(y->si)) return SLK_UNRELATED;
    band w = band_of(a->field);
    bool gloss = a->telling == b->telling && strcmp(a->chain.root, b->chain.root) == 0 && strcmp(x->unit, y->unit) != 0;
    if (gloss) w = (band){0, 0.05};
    double larger = fmax(fabs(x->si), fabs(y->si)), within = fmax(w.si, w.share * larger);
    slk_value px = *x, py = *y; /* "about" is what the band is for */
    if (px.bound == SLK_BOUND_ABOUT) px.bound = SLK_BOUND_EXACT;
    if (py.bound == SLK_BOUND_ABOUT) py.bound = SLK_BOUND_EXACT;
    return gap(interval_of(&px, x->si, x->si_high), interval_of(&py, y->si, y->si_high)) <= within ? SLK_AGREEING
                                                                                                   : SLK_CONFLICTING;
}

static slk_relation directions(const slk_value *a, const slk_value *b) {
    if (!isfinite(a->low) || !isfinite(b->low)) return SLK_UNRELATED;
    double apart = fabs(fmod(a->low - b->low, 360.0));
    if (apart > 180) apart = 360 - apart;
    return apart <= 45.0 ? SLK_AGREEING : SLK_CONFLICTING;
}

/* ---------------------------------------------------------------- times */

static slk_relation times(const slk_value *a, const slk_value *b) {
    slk_instant x = a->when, y = b->when;
    if (x.precision == SLK_P_NONE || y.precision == SLK_P_NONE)
        return a->text && b->text && strcmp(a->text, b->text) == 0 ? SLK_AGREEING : SLK_UNRELATED;
    int64_t x1, x2, y1, y2;
    bool both = x.has_offset == y.has_offset;
    if (x.precision >= SLK_P_HOUR && y.precision >= SLK_P_HOUR) {
        slk_instant_range(x, &x1, &x2);
        slk_instant_range(y, &y1, &y2);
        if (!both) { /* one clock is of no known zone: compare what the dials show */
            x.has_offset = y.has_offset = false;
            slk_instant_range(x, &x1, &x2);
            slk_instant_range(y, &y1, &y2);
        }
        return x1 - TIME_S <= y2 && y1 - TIME_S <= x2 && llabs(x1 - y1) <= 3600 ? SLK_AGREEING : SLK_CONFLICTING;
    }
    slk_precision p = x.precision < y.precision ? (slk_precision)x.precision : (slk_precision)y.precision;
    if (p > SLK_P_DAY) p = SLK_P_DAY;
    slk_instant cx = slk_instant_cut(x, p), cy = slk_instant_cut(y, p);
    cx.has_offset = cy.has_offset = false;
    if (slk_instant_eq(cx, cy)) return SLK_AGREEING;
    slk_instant fine = x.precision > y.precision ? x : y, day = x.precision > y.precision ? cy : cx;
    if (p == SLK_P_DAY && fine.has_offset && fine.precision >= SLK_P_HOUR) { /* Tuesday by the clock of Greenwich */
        slk_instant utc = slk_instant_cut(slk_instant_at(slk_instant_seconds(fine), 0, SLK_P_MINUTE), SLK_P_DAY);
        utc.has_offset = false;
        if (slk_instant_eq(utc, day)) return SLK_AGREEING;
    }
    return SLK_CONFLICTING;
}

/* ---------------------------------------------------------------- places, classes, names */

static bool part_of(const char *a, const char *b) {
    slk_text whole = slk_text_of(b);
    size_t n = strlen(a);
    for (size_t i = 0; n && i + n <= whole.n; i++)
        if (slk_text_starts_fold(slk_text_part(whole, (uint32_t)i, (uint32_t)whole.n), a)) return true;
    return false;
}

static bool is_country(const slk_claim *c) { return c->place_kind && strncmp(c->place_kind, "PCL", 3) == 0; }

static double reach_m(const slk_claim *c) {
    const char *k = c->place_kind;
    if (!k) return 50000;
    if (strncmp(k, "ADM1", 4) == 0) return 200000;
    if (strcmp(k, "SEA") == 0 || strcmp(k, "OCN") == 0 || strcmp(k, "GULF") == 0 || strcmp(k, "BAY") == 0)
        return 600000;
    return 50000;
}

static slk_relation places(const slk_claim *a, const slk_claim *b) {
    const char *x = a->value.text, *y = b->value.text;
    if (x && y && *x && *y && (part_of(x, y) || part_of(y, x))) return SLK_AGREEING;
    bool same_country = *a->country && strcmp(a->country, b->country) == 0;
    if (is_country(a) || is_country(b)) {
        if (same_country) return SLK_AGREEING;
        return *a->country && *b->country ? SLK_CONFLICTING : SLK_UNRELATED;
    }
    if (!a->has_point || !b->has_point) return SLK_UNRELATED;
    double metres = slk_profile_distance(a->lat, a->lon, b->lat, b->lon);
    return metres <= fmax(reach_m(a), reach_m(b)) ? SLK_AGREEING : SLK_CONFLICTING;
}

/* Classes by range exclude each other; where a missile is fired from and how it flies is another matter. */
static slk_relation classes(const char *a, const char *b) {
    static const char *const ranges[] = {"SRBM", "MRBM", "IRBM", "ICBM"};
    static const char *const how[] = {"SLBM", "hypersonic", "BM", "missile", "ballistic", "nuclear"};
    if (!a || !b) return SLK_UNRELATED;
    if (strcmp(a, b) == 0) return SLK_AGREEING;
    bool general = false, range_a = false, range_b = false;
    for (size_t i = 0; i < sizeof how / sizeof *how; i++)
        general = general || strcmp(a, how[i]) == 0 || strcmp(b, how[i]) == 0;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        range_a = range_a || strcmp(a, ranges[i]) == 0;
        range_b = range_b || strcmp(b, ranges[i]) == 0;
    }
    if (general && (range_a || range_b)) return SLK_AGREEING;
    return general ? SLK_UNRELATED : SLK_CONFLICTING;
}

static uint32_t weapon_row(const slk_pack *pack, const char *name) {
    slk_text t = slk_text_of(name);
    slk_hit h;
    for (uint32_t i = 0; pack && i < t.n && i < 120; i++)
        if ((i == 0 || t.at[i - 1] == ' ') && slk_pack_match_in(pack, t, i, SLK_T_WEAPONS, &h)) return h.row;
    return SLK_NONE;
}

static slk_relation weapons(const slk_pack *pack, const char *a, const char *b) {
    if (!a || !b) return SLK_UNRELATED;
    if (part_of(a, b) || part_of(b, a)) return SLK_AGREEING;
    uint32_t x = weapon_row(pack, a), y = weapon_row(pack, b);
    if (x == SLK_NONE || y == SLK_NONE) return SLK_UNRELATED;
    return x == y ? SLK_AGREEING : SLK_CONFLICTING;
}

static slk_relation names(const slk_claim *a, const slk_claim *b) {
    const char *x = a->value.text, *y = b->value.text;
    if (*a->country && strcmp(a->country, b->country) == 0) return SLK_AGREEING;
    return x && y && slk_text_is_fold(slk_text_of(x), y) ? SLK_AGREEING : SLK_UNRELATED;
}

static slk_relation texts(const slk_claim *a, const slk_claim *b) {
    const char *x = a->value.text, *y = b->value.text;
    if (!x || !y) return SLK_UNRELATED;
    if (slk_text_is_fold(slk_text_of(x), y)) return SLK_AGREEING;
    return a->field == SLK_FIELD_OUTCOME ? SLK_CONFLICTING : SLK_UNRELATED;
}

slk_relation slk_bands_relation(const slk_pack *pack, const slk_claim *a, const slk_claim *b) {
    if (a->value.kind != b->value.kind) return SLK_UNRELATED;
    if (a->field == SLK_FIELD_WEAPON_CLASS) return classes(a->value.text, b->value.text);
    if (a->field == SLK_FIELD_WEAPON) return weapons(pack, a->value.text, b->value.text);
    switch (a->value.kind) {
    case SLK_VALUE_ACTOR: return names(a, b);
    case SLK_VALUE_PLACE: return places(a, b);
    case SLK_VALUE_TIME: return times(&a->value, &b->value);
    case SLK_VALUE_QUANTITY: return quantities(a, b);
    case SLK_VALUE_COUNT: return counts(&a->value, &b->value);
    case SLK_VALUE_DIRECTION: return directions(&a->value, &b->value);
    default: return texts(a, b);
    }
}

double slk_bands_exactness(const slk_claim *c) {
    const slk_value *v = &c->value;
    switch (v->kind) {
    case SLK_VALUE_TIME: return v->when.precision * 2 + v->when.has_offset;
    case SLK_VALUE_PLACE: return is_country(c) ? 0 : c->has_point ? 2 : 1;
    case SLK_VALUE_QUANTITY:
    case SLK_VALUE_COUNT:
        if (!isfinite(v->low)) return 0;
        return v->bound == SLK_BOUND_EXACT ? 3 : v->bound == SLK_BOUND_ABOUT ? 2 : v->bound == SLK_BOUND_VAGUE ? 0 : 1;
    default:
        if (c->field == SLK_FIELD_WEAPON_CLASS) return v->text && strcmp(v->text, "BM") == 0 ? 0 : 1;
        return 1;
    }
}
