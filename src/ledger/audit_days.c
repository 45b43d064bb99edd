/* audit_days.c - rows on the wrong day, and rows that stand twice. What is compared: the day a row is listed under, the moment where it
 * has a clock, and that moment's day at the place, at Greenwich and in New York. Two launches on two days from one site are no finding by
 * themselves: a second sign is wanted, the same clock, the same figures or the same words. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "ledger/auditing.h"

#define DAY_S SLK_AUDIT_DAY_S
#define CLOCK_S 180
#define WINDOW_S (2 * DAY_S + DAY_S / 2)
#define ALIKE 0.8
#define WORDS_LEAST_B 40u /* shorter cells are no words to compare */
#define WORDS_MOST 400u
#define TOLD 64u
#define AMERICA "America/New_York"

static bool same(const char *a, const char *b) { return a && b && strcmp(a, b) == 0; }
static bool same_or_none(const char *a, const char *b) { return !a || !b || strcmp(a, b) == 0; }

static bool same_database(const slk_audited *a, const slk_audited *b) { return same(a->database, b->database); }

/* Could they be of one event, but for the day? */
static bool alike(const slk_audited *a, const slk_audited *b) {
    bool types = slk_type_holds(a->p.type, b->p.type) || slk_type_holds(b->p.type, a->p.type);
    bool targets = !*a->p.target || !*b->p.target || strcmp(a->p.target, b->p.target) == 0;
    return (types || strcmp(a->p.kind, "launch") == 0) && targets && same_or_none(a->p.weapon, b->p.weapon) &&
           slk_audit_same_place(a, b);
}

/* Was this said of these two events already? Rows of a salvo would say it again and again. */
static bool was_told(const slk_audit *c, slk_audit_rule rule, const slk_audited *a, const slk_audited *b) {
    for (uint32_t i = c->found.n; i-- > 0 && c->found.n - i <= TOLD;) {
        const slk_finding *f = &c->found.at[i];
        if (f->rule != rule || f->n_rows < (b ? 2u : 1u)) continue;
        bool first = same(f->rows[0].event, a->event_id) &&
                     same(f->rows[0].source ? f->rows[0].source : "", a->database ? a->database : "");
        if (!b && first) return true;
        if (b && first && same(f->rows[1].event, b->event_id)) return true;
        if (b && same(f->rows[0].event, b->event_id) && same(f->rows[1].event, a->event_id) && a->event != b->event)
            return true;
    }
    return false;
}

/* ---------------------------------------------------------------- words of two rows */

/* The longest cell of a row's text; of links none: they tell the copy, not the event. */
static slk_text longest_cell(const slk_audited *x) {
    slk_text rest = slk_text_of(x->text), line, best = {"", 0};
    bool first = true;
    while (rest.n && slk_text_split(&rest, '\n', &line)) {
        const char *colon = memmem(line.at, line.n, ": ", 2);
        if (!first && colon) {
            slk_text cell = {colon + 2, line.n - (size_t)(colon + 2 - line.at)};
            if (cell.n > best.n && !slk_text_starts_fold(cell, "http")) best = cell;
        }
        first = false;
    }
    return best;
}

static uint32_t hashes_of(slk_text t, uint64_t at[WORDS_MOST]) {
    uint32_t n = 0;
    for (size_t i = 0; i < t.n && n < WORDS_MOST;) {
        uint64_t h = 14695981039346656037u; /* FNV-1a */
        size_t from = i;
        for (; i < t.n && (slk_is_alpha(t.at[i]) || slk_is_digit(t.at[i]) || (t.at[i] & 0x80)); i++)
            h = (h ^ (unsigned char)slk_lower(t.at[i])) * 1099511628211u;
        if (i > from) at[n++] = h;
        if (i == from) i++;
    }
    return n;
}

static int by_number(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Share of the words of both that both have; -1 where one is too short to tell. */
static double words_alike(const slk_audited *a, const slk_audited *b) {
    uint64_t x[WORDS_MOST], y[WORDS_MOST];
    slk_text s = longest_cell(a), t = longest_cell(b);
    if (s.n < WORDS_LEAST_B || t.n < WORDS_LEAST_B) return -1;
    uint32_t n = hashes_of(s, x), m = hashes_of(t, y), i = 0, k = 0, both = 0;
    if (!n || !m) return -1;
    qsort(x, n, sizeof *x, by_number);
    qsort(y, m, sizeof *y, by_number);
    while (i < n && k < m) {
        both += x[i] == y[k];
        bool left = x[i] <= y[k], right = y[k] <= x[i];
        i += left;
        k += right;
    }
    return (double)both / (n + m - both);
}

/* ---------------------------------------------------------------- inside one database */

/* "AB12#2": the second row of a file with this name. */
static bool is_key_again(const slk_audited *a, const slk_audited *b) {
    const char *mark = strrchr(b->key, '#');
    size_t n = mark ? (size_t)(mark - b->key) : 0;
    return n && strlen(a->key) == n && strncmp(a->key, b->key, n) == 0;
}

static slk_err check_same_key(slk_audit *c, uint32_t i) {
    const slk_audited *x = &c->all.at[i];
    if (!x->database || !strrchr(x->key, '#') || !slk_audit_concerns(c, x, NULL)) return SLK_OK;
    for (uint32_t k = 0; k < c->all.n; k++) {
        const slk_audited *y = &c->all.at[k];
        if (!same_database(x, y) || !is_key_again(y, x)) continue;
        const char *says = slk_arena_printf(c->a, "lines %lld and %lld both have the identifier %s", (long long)y->line,
                                            (long long)x->line, y->key);
        return slk_audit_add(c, SLK_AUDIT_SAME_KEY, y, x, says);
    }
    return SLK_OK;
}

static bool same_moment(const slk_audited *a, const slk_audited *b) {
    if (a->clock && b->clock) return llabs(a->p.first_s - b->p.first_s) <= CLOCK_S;
    return !a->clock && !b->clock;
}

static slk_err check_duplicate(slk_audit *c, const slk_audited *a, const slk_audited *b) {
    double x = NAN, y = NAN;
    slk_text t;
    bool near = a->listed && b->listed && a->day == b->day && same_moment(a, b) && strcmp(a->p.type, b->p.type) == 0 &&
                alike(a, b);
    if (a->parts || !near || !slk_audit_known_place(a, b) || is_key_again(a, b) || is_key_again(b, a)) return SLK_OK;
    if (!same_or_none(a->p.actor, b->p.actor)) return SLK_OK;
    slk_err err = slk_audit_claim(c, a, SLK_FIELD_CASUALTIES, &t, &x);
    if (err == SLK_OK) err = slk_audit_claim(c, b, SLK_FIELD_CASUALTIES, &t, &y);
    double share = words_alike(a, b);
    if (err != SLK_OK || (share >= 0 && share < ALIKE) || x != y) {
        bool both_none = isnan(x) && isnan(y);
        if (err != SLK_OK || !both_none || (share >= 0 && share < ALIKE)) return err;
    }
    const char *day = slk_audit_day(c, a->day);
    if (!day) return SLK_ENOMEM;
    const char *says =
        share >= 0
            ? slk_arena_printf(
                  c->a,
                  "both are listed on %s with the same type, actor and place, and %.0f %% of their words are the same",
                  day, 100 * share)
            : slk_arena_printf(c->a, "both are listed on %s with the same type, actor, place and dead", day);
    return slk_audit_add(c, SLK_AUDIT_DUPLICATE, a, b, says);
}

/* The same figures of flight, where both have them. */
static slk_err same_flight(slk_audit *c, const slk_audited *a, const slk_audited *b, bool *out) {
    double far_a = NAN, far_b = NAN, high_a = NAN, high_b = NAN, none;
    slk_text name_a, name_b, t;
    *out = false;
    slk_err err = slk_audit_claim(c, a, SLK_FIELD_DISTANCE, &t, &far_a);
    if (err == SLK_OK) err = slk_audit_claim(c, b, SLK_FIELD_DISTANCE, &t, &far_b);
    if (err == SLK_OK) err = slk_audit_claim(c, a, SLK_FIELD_ALTITUDE, &t, &high_a);
    if (err == SLK_OK) err = slk_audit_claim(c, b, SLK_FIELD_ALTITUDE, &t, &high_b);
    if (err == SLK_OK) err = slk_audit_claim(c, a, SLK_FIELD_WEAPON, &name_a, &none);
    if (err == SLK_OK) err = slk_audit_claim(c, b, SLK_FIELD_WEAPON, &name_b, &none);
    *out = err == SLK_OK && far_a > 0 && far_a == far_b && high_a > 0 && high_a == high_b && name_a.n &&
           slk_text_eq_fold(name_a, name_b);
    return err;
}

/* Do rows of a third day near by have these words too? Then they tell of a series, not of one event. */
static bool is_series(const slk_audit *c, const slk_audited *a, const slk_audited *b) {
    uint32_t at = (uint32_t)(a - c->all.at);
    for (int way = -1; way <= 1; way += 2)
        for (uint32_t n = 1; n <= SLK_AUDIT_HELD; n++) {
            int64_t k = (int64_t)at + way * (int64_t)n;
            if (k < 0 || k >= c->all.n || llabs(c->all.at[k].p.first_s - a->p.first_s) > 2 * WINDOW_S) break;
            const slk_audited *x = &c->all.at[k];
            bool third = same_database(x, a) && x->listed && x->day != a->day && x->day != b->day;
            if (third && words_alike(x, a) >= ALIKE) return true;
        }
    return false;
}

static slk_err check_two_days(slk_audit *c, const slk_audited *a, const slk_audited *b) {
    bool next = a->listed && b->listed && llabs(a->day - b->day) == 1;
    if (!next || !slk_audit_known_place(a, b) || !alike(a, b) || was_told(c, SLK_AUDIT_TWO_DAYS, a, b)) return SLK_OK;
    const char *x = slk_audit_moment(c, a), *y = slk_audit_moment(c, b), *says = NULL;
    const char *day_a = slk_audit_day(c, a->day), *day_b = slk_audit_day(c, b->day);
    if (!x || !y || !day_a || !day_b) return SLK_ENOMEM;
    const slk_audited *clocked = a->clock ? a : b, *bare = a->clock ? b : a;
    if (a->clock && b->clock) {
        if (llabs(llabs(a->p.first_s - b->p.first_s) - DAY_S) > CLOCK_S) return SLK_OK;
        says = slk_arena_printf(c->a, "%s and %s show the same clock a day apart, at the same place", x, y);
    } else if (clocked->clock && clocked->local == bare->day && clocked->day != bare->day) {
        says = slk_arena_printf(c->a, "%s, listed on %s, is at the place on %s, the day of the other row",
                                clocked == a ? x : y, clocked == a ? day_a : day_b, clocked == a ? day_b : day_a);
    } else if (!a->clock && !b->clock) {
        bool flight = false;
        slk_err err = same_flight(c, a, b, &flight);
        double share = words_alike(a, b);
        if (err != SLK_OK || (!flight && (share < ALIKE || is_series(c, a, b)))) return err;
        says = flight ? slk_arena_printf(c->a,
                                         "weapon, distance and altitude of %s and %s are the same, at the same place",
                                         day_a, day_b)
                      : slk_arena_printf(c->a, "%.0f %% of the words of %s and %s are the same, at the same place",
                                         100 * share, day_a, day_b);
    } else {
        return SLK_OK;
    }
    return slk_audit_add(c, SLK_AUDIT_TWO_DAYS, a, b, says);
}

static slk_err check_next_day(slk_audit *c, const slk_audited *x) {
    if (!x->database || !x->clock || !x->listed || x->local == x->day || !slk_audit_concerns(c, x, NULL)) return SLK_OK;
    if (x->parts && was_told(c, SLK_AUDIT_NEXT_DAY, x, NULL)) return SLK_OK;
    const char *listed = slk_audit_day(c, x->day), *there = slk_audit_moment(c, x);
    if (!listed || !there) return SLK_ENOMEM;
    return slk_audit_add(c, SLK_AUDIT_NEXT_DAY, x, NULL,
                         slk_arena_printf(c->a, "listed on %s; its moment at the place is %s", listed, there));
}

/* ---------------------------------------------------------------- between sources */

static slk_err check_wrong_day(slk_audit *c, const slk_audited *a, const slk_audited *b) {
    if (!a->clock || !b->clock || !alike(a, b)) return SLK_OK;
    int64_t apart = b->p.first_s - a->p.first_s;
    if (llabs(llabs(apart) - DAY_S) > CLOCK_S || was_told(c, SLK_AUDIT_WRONG_DAY, a, b)) return SLK_OK;
    const char *x = slk_audit_moment(c, a), *y = slk_audit_moment(c, b);
    if (!x || !y) return SLK_ENOMEM;
    int64_t minutes = llabs(apart) / 60;
    return slk_audit_add(c, SLK_AUDIT_WRONG_DAY, a, b,
                         slk_arena_printf(c->a, "%s and %s are %lld h %02lld min apart: one of them is a day off", x, y,
                                          (long long)(minutes / 60), (long long)(minutes % 60)));
}

/* Does another source know of such an event on the day that a lists? Then a may well mean that one. */
static bool known_that_day(const slk_audit *c, uint32_t at, const slk_audited *a) {
    for (int way = -1; way <= 1; way += 2) {
        for (uint32_t n = 1; n <= SLK_AUDIT_HELD; n++) {
            int64_t k = (int64_t)at + way * (int64_t)n;
            if (k < 0 || k >= c->all.n) break;
            const slk_audited *x = &c->all.at[k];
            if (strcmp(x->p.kind, a->p.kind) != 0 || strcmp(x->p.country, a->p.country) != 0) break;
            if (llabs(x->p.first_s - a->p.first_s) > WINDOW_S) break;
            if (!same_database(x, a) && x->exact && x->local == a->day && alike(x, a)) return true;
        }
    }
    return false;
}

/* a lists a day; b knows the moment, which is at the place the day after. */
static slk_err check_date(slk_audit *c, uint32_t at, const slk_audited *a, const slk_audited *b) {
    int32_t offset_s = 0;
    if (!a->database || a->clock || !a->listed || !b->clock || b->local != a->day + 1 || !alike(a, b)) return SLK_OK;
    if (!(a->exact || a->p.assumed)) return SLK_OK;
    bool greenwich = slk_instant_days(slk_instant_at(b->p.first_s, 0, SLK_P_DAY)) == a->day;
    bool america = c->l->pack && slk_zone_offset(c->l->pack, AMERICA, b->p.first_s, &offset_s) &&
                   slk_instant_days(slk_instant_at(b->p.first_s, offset_s / 60, SLK_P_DAY)) == a->day;
    slk_audit_rule rule = america ? SLK_AUDIT_AMERICAN_DATE : SLK_AUDIT_UTC_DATE;
    if ((!america && !greenwich) || was_told(c, rule, a, NULL) || known_that_day(c, at, a)) return SLK_OK;
    char z[40];
    slk_instant_format(slk_instant_at(b->p.first_s, america ? offset_s / 60 : 0, SLK_P_MINUTE), z);
    const char *listed = slk_audit_day(c, a->day), *moment = slk_audit_moment(c, b);
    if (!listed || !moment) return SLK_ENOMEM;
    return slk_audit_add(c, rule, a, b,
                         slk_arena_printf(c->a, "listed on %s; %s is %s %s%s", listed, moment, z,
                                          america ? "in New York" : "at Greenwich",
                                          america && greenwich ? ", and the same date at Greenwich" : ""));
}

static slk_err check_pair(slk_audit *c, uint32_t i, uint32_t k) {
    const slk_audited *a = &c->all.at[i], *b = &c->all.at[k];
    slk_err err = SLK_OK;
    if (!slk_audit_concerns(c, a, b)) return SLK_OK;
    if (same_database(a, b)) {
        err = check_duplicate(c, a, b);
        return err == SLK_OK ? check_two_days(c, a, b) : err;
    }
    err = check_wrong_day(c, a, b);
    if (err == SLK_OK) err = check_date(c, i, a, b);
    return err == SLK_OK ? check_date(c, k, b, a) : err;
}

slk_err slk_audit_days(slk_audit *c) {
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < c->all.n; i++) {
        const slk_audited *a = &c->all.at[i];
        err = check_same_key(c, i);
        if (err == SLK_OK) err = check_next_day(c, a);
        for (uint32_t k = i + 1; err == SLK_OK && k < c->all.n && k - i <= SLK_AUDIT_HELD; k++) {
            const slk_audited *b = &c->all.at[k];
            if (strcmp(a->p.kind, b->p.kind) != 0 || strcmp(a->p.country, b->p.country) != 0) break;
            if (b->p.first_s - a->p.first_s > WINDOW_S) break;
            err = check_pair(c, i, k);
        }
    }
    return err;
}
