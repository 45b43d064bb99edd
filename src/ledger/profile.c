/* profile.c - what a telling is known by: kind, actor, window of time in UTC, place, weapon. A day is a day of the clock at the
 * place told of: "Wednesday" at Kaechon ends at 15:00 UTC. Where neither place nor actor gives a zone, the window is widened by
 * the reach of the world's clocks and only equal dates fit (link.c). */
#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "base/words.h"
#include "ledger/inside.h"
#include "measure/measure.h"

#define DAY_S 86400

bool slk_type_holds(const char *general, const char *special) {
    size_t n = strlen(general);
    return strncmp(general, special, n) == 0 && (special[n] == '\0' || special[n] == '.');
}

bool slk_profile_happened(slk_event_certainty c) {
    return c == SLK_EC_CONFIRMED || c == SLK_EC_REPORTED || c == SLK_EC_CLAIMED || c == SLK_EC_ALLEGED ||
           c == SLK_EC_DISPUTED;
}

bool slk_profile_clock(const slk_profile *p) { return p->timed && p->time.precision >= SLK_P_HOUR; }

double slk_profile_distance(double lat1, double lon1, double lat2, double lon2) {
    double metres, bearing;
    if (!isfinite(lat1) || !isfinite(lon1) || !isfinite(lat2) || !isfinite(lon2)) return NAN;
    slk_geo_inverse(lat1, lon1, lat2, lon2, &metres, &bearing);
    return metres;
}

/* The first part of the type, but for what reporters call by several names: a launch of a missile, of a rocket, of artillery
 * and a failed launch may be one event. Plans are kept apart from deeds: a plan is no occurrence. */
static const char *kind_of(const slk_event *e, slk_arena *a) {
    static const char *const launches[] = {"weapon-test", "space-launch", "launch-failure", "artillery"};
    if (e->certainty == SLK_EC_PLANNED) return "planned";
    if (slk_type_holds("weapon-test.nuclear", e->type)) return "nuclear";
    for (size_t i = 0; i < sizeof launches / sizeof *launches; i++)
        if (slk_type_holds(launches[i], e->type)) return "launch";
    size_t n = strcspn(e->type, ".");
    return slk_arena_copy(a, e->type, n);
}

static const slk_field *first_field(const slk_event *e, slk_field_name name) {
    for (uint32_t i = 0; i < e->n_fields; i++)
        if (e->fields[i].name == name) return &e->fields[i];
    return NULL;
}

static void copy_country(char out[4], const char *iso3) {
    bool known = iso3 && strlen(iso3) == 3 && strcmp(iso3, "UNK") != 0;
    memcpy(out, known ? iso3 : "", known ? 4 : 1);
}

/* A launch with no known actor is of the country that its origin lies in. */
static void set_actor(const slk_pack *pack, const slk_reading *r, const slk_event *e, slk_profile *p) {
    const slk_field *actor = first_field(e, SLK_FIELD_ACTOR), *target = first_field(e, SLK_FIELD_TARGET);
    if (actor && actor->value.ref < r->actors.n) {
        p->actor = r->actors.at[actor->value.ref].name;
        copy_country(p->country, r->actors.at[actor->value.ref].country);
    } else if (actor) {
        p->actor = actor->value.text;
    }
    if (target && target->value.kind == SLK_VALUE_ACTOR && target->value.ref < r->actors.n)
        copy_country(p->target, r->actors.at[target->value.ref].country);
    const slk_field *origin = first_field(e, SLK_FIELD_ORIGIN);
    bool launch = strcmp(p->kind, "launch") == 0 || strcmp(p->kind, "nuclear") == 0;
    bool known = actor && actor->value.ref < r->actors.n;
    if (!known && launch && origin && origin->value.ref < r->places.n)
        copy_country(p->country, slk_country_iso3(pack, r->places.at[origin->value.ref].country));
}

/* A country is where everything in it happens: its point says nothing of the place. */
static bool is_wide(const slk_place *x) { return !x->has_point || (x->kind && strncmp(x->kind, "PCL", 3) == 0); }

static void set_place(const slk_reading *r, const slk_event *e, slk_profile *p) {
    static const slk_field_name names[] = {SLK_FIELD_ORIGIN, SLK_FIELD_LANDING};
    bool wide = true;
    for (unsigned k = 0; k < 2; k++) {
        for (uint32_t i = 0; i < e->n_fields && wide; i++) {
            const slk_field *f = &e->fields[i];
            if (f->name != names[k] || f->value.kind != SLK_VALUE_PLACE) continue;
            const slk_place *x = f->value.ref < r->places.n ? &r->places.at[f->value.ref] : NULL;
            const char *name = x && x->name ? x->name : f->value.text;
            if (!p->place) p->place = name;
            if (k == 1 || !x || is_wide(x)) continue; /* a landing point is no place to tell launches apart by */
            p->place = name;
            p->lat = x->lat;
            p->lon = x->lon;
            wide = false;
        }
    }
}

static const char *zone_of(const slk_pack *pack, const slk_reading *r, const slk_event *e, const slk_profile *p) {
    const slk_field *origin = first_field(e, SLK_FIELD_ORIGIN);
    const char *zone = origin && origin->value.ref < r->places.n ? r->places.at[origin->value.ref].zone : NULL;
    if (!zone && *p->country) zone = slk_country_zone(pack, p->country);
    return zone;
}

/* "TMO", "TAF", "TEV", "TNI" behind a date: hours of the day; a night reaches into the next morning. */
static bool part_of_day(const char *timex, int *from_h, int *to_h) {
    static const struct {
        char word[4];
        int from_h, to_h;
    } parts[] = {{"TMO", 0, 12}, {"TAF", 12, 18}, {"TEV", 16, 24}, {"TNI", 18, 32}, {"TMI", 11, 13}};
    const char *t = timex ? strchr(timex, 'T') : NULL;
    for (size_t i = 0; t && i < sizeof parts / sizeof *parts; i++) {
        if (strcmp(t, parts[i].word) != 0) continue;
        *from_h = parts[i].from_h;
        *to_h = parts[i].to_h;
        return true;
    }
    return false;
}

/* The whole of a text as a number of so many digits; -1 where it is none. */
static int digits(slk_text t, uint32_t from, uint32_t n) {
    int value = 0;
    for (uint32_t i = from; i < from + n; i++) {
        if (i >= t.n || !slk_is_digit(t.at[i])) return -1;
        value = value * 10 + (t.at[i] - '0');
    }
    return value;
}

/* "2024-W38": the days of a week, Monday to Sunday. */
static bool week_of(const char *timex, int64_t *monday) {
    slk_text t = slk_text_of(timex);
    int year = digits(t, 0, 4), week = digits(t, 6, 2);
    if (t.n != 8 || t.at[4] != '-' || t.at[5] != 'W' || year < 0 || week < 1 || week > 53) return false;
    int64_t fourth = slk_days_from_civil(year, 1, 4); /* always in the first week (ISO 8601) */
    *monday = fourth - (slk_weekday(fourth) - 1) + 7 * (int64_t)(week - 1);
    return true;
}

/* First and last second of what is told, by its own clock. */
static void told_range(slk_instant t, const char *timex, int64_t *first, int64_t *last) {
    int from_h, to_h;
    int64_t monday;
    slk_instant_range(t, first, last);
    if (t.precision < SLK_P_DAY && week_of(timex, &monday)) {
        *first = monday * DAY_S;
        *last = *first + 7 * (int64_t)DAY_S - 1;
    } else if (!t.has_offset && t.precision == SLK_P_DAY && part_of_day(timex, &from_h, &to_h)) {
        *last = *first + (int64_t)to_h * 3600 - 1;
        *first += (int64_t)from_h * 3600;
    }
}

/* The window of a moment read in a zone; without one, widened by the reach of the world's clocks (UTC-12 to UTC+14). */
static void set_window(const slk_pack *pack, const char *zone, const char *timex, slk_profile *p) {
    int64_t first, last, a, b;
    told_range(p->time, timex, &first, &last);
    p->timed = true;
    p->first_s = first;
    p->last_s = last;
    if (p->time.has_offset) return;
    if (zone && slk_zone_to_utc(pack, zone, first, &a) && slk_zone_to_utc(pack, zone, last, &b)) {
        p->first_s = a;
        p->last_s = b;
        if (p->time.precision < SLK_P_HOUR) return;
        p->time.has_offset = true;
        p->time.offset_min = (int16_t)((first - a) / 60);
        return;
    }
    p->first_s -= 14 * 3600;
    p->last_s += 12 * 3600;
}

/* News without a date of its own is of the day of publication or the one before. */
static void assume_day(slk_instant day, slk_profile *p) {
    p->assumed = p->timed = true;
    p->first_s = slk_instant_days(day) * DAY_S - DAY_S;
    p->last_s = p->first_s + 2 * (int64_t)DAY_S - 1;
}

/* The most exact time that the report tells, not one that was assumed for it. A week without month or day has no instant of its
 * own: it counts as its year, with the window of the week. */
static const slk_field *best_time(const slk_event *e) {
    const slk_field *best = NULL;
    unsigned most = 0;
    for (uint32_t i = 0; i < e->n_fields; i++) {
        const slk_field *f = &e->fields[i];
        int64_t monday;
        if (f->name != SLK_FIELD_TIME || f->value.kind != SLK_VALUE_TIME) continue;
        unsigned rank = f->value.when.precision * 4u + (f->value.when.has_offset ? 2u : 0);
        if (week_of(f->value.text, &monday)) rank = SLK_P_MONTH * 4u + 1;
        if (f->basis == SLK_BASIS_ASSUMED) rank = rank ? 1 : 0;
        if (rank <= most) continue;
        most = rank;
        best = f;
    }
    return best;
}

/* "XXXX-WXX-3T06:50", "XXXX-XX-XXT07:50": a day of the week and a clock without a date. What is told by the clock of another zone says
 * nothing here. */
static void set_week(const slk_event *e, slk_profile *p) {
    for (uint32_t i = 0; i < e->n_fields; i++) {
        slk_text t = slk_text_of(e->fields[i].name == SLK_FIELD_TIME ? e->fields[i].value.text : NULL);
        if (t.n < 10 || !slk_text_starts(t, "XXXX-") || t.at[t.n - 1] == 'Z') continue;
        bool week = t.at[5] == 'W';
        int day = week ? digits(t, 9, 1) : -1, hour, minute;
        if (day >= 1 && day <= 7 && !p->weekday) p->weekday = day;
        const char *clock = strchr(t.at, 'T');
        uint32_t at = clock ? (uint32_t)(clock - t.at) + 1 : (uint32_t)t.n;
        hour = digits(t, at, 2);
        minute = digits(t, at + 3, 2);
        if (p->clock_min < 0 && hour >= 0 && hour < 24 && minute >= 0) p->clock_min = hour * 60 + minute;
    }
}

static void set_time(const slk_pack *pack, const slk_reading *r, const slk_event *e, slk_profile *p) {
    const slk_field *best = best_time(e);
    bool launch = strcmp(p->kind, "launch") == 0 || strcmp(p->kind, "nuclear") == 0;
    slk_instant day = slk_instant_cut(r->report.published, SLK_P_DAY);
    if (best && best->basis == SLK_BASIS_ASSUMED) {
        p->time = slk_instant_cut(best->value.when, SLK_P_DAY);
        if (p->time.precision == SLK_P_DAY) assume_day(p->time, p);
    } else if (best) {
        int64_t monday;
        p->time = best->value.when;
        if (p->time.precision == SLK_P_NONE && week_of(best->value.text, &monday))
            p->time = slk_instant_cut(slk_instant_day(monday + 3), SLK_P_YEAR); /* its Thursday says the year */
        set_window(pack, zone_of(pack, r, e, p), best->value.text, p);
    } else if (e->main && launch && day.precision == SLK_P_DAY && !first_field(e, SLK_FIELD_TIME)) {
        assume_day(day, p);
    }
}

slk_err slk_profile_of(const slk_pack *pack, const slk_reading *r, const slk_event *e, slk_arena *arena,
                       slk_profile *out) {
    slk_profile p = {
        .type = e->type, .lat = NAN, .lon = NAN, .clock_min = -1, .main = e->main, .certainty = e->certainty};
    p.kind = kind_of(e, arena);
    if (!p.kind) return SLK_ENOMEM;
    set_actor(pack, r, e, &p);
    set_place(r, e, &p);
    set_time(pack, r, e, &p);
    if (!p.timed) set_week(e, &p);
    const slk_field *weapon = first_field(e, SLK_FIELD_WEAPON_CLASS);
    if (weapon) p.weapon = weapon->value.text;
    *out = p;
    return SLK_OK;
}

static void column_country(sqlite3_stmt *s, int column, char out[4]) {
    slk_text t = slk_column_text(s, column);
    memcpy(out, t.n == 3 ? t.at : "", t.n == 3 ? 4 : 1);
}

slk_err slk_profile_row(sqlite3_stmt *s, slk_arena *a, slk_profile *out) {
    slk_err err = SLK_OK;
    slk_profile p = {.telling = sqlite3_column_int64(s, 0), .report = sqlite3_column_int64(s, 1)};
    p.kind = slk_column_copy(a, s, 2, &err);
    p.type = slk_column_copy(a, s, 3, &err);
    column_country(s, 4, p.country);
    p.actor = slk_column_copy(a, s, 5, &err);
    column_country(s, 6, p.target);
    p.time = slk_column_instant(s, 7);
    p.timed = sqlite3_column_type(s, 8) != SQLITE_NULL;
    p.first_s = sqlite3_column_int64(s, 8);
    p.last_s = sqlite3_column_int64(s, 9);
    p.assumed = sqlite3_column_int(s, 10) != 0;
    p.place = slk_column_copy(a, s, 11, &err);
    p.lat = slk_column_double(s, 12);
    p.lon = slk_column_double(s, 13);
    p.weapon = slk_column_copy(a, s, 14, &err);
    p.root = slk_column_copy(a, s, 15, &err);
    p.party = sqlite3_column_int(s, 16) != 0;
    p.main = sqlite3_column_int(s, 17) != 0;
    int certainty = slk_event_certainty_of(slk_column_text(s, 18));
    p.certainty = certainty < 0 ? SLK_EC_REPORTED : (slk_event_certainty)certainty;
    p.weekday = sqlite3_column_int(s, 19);
    p.clock_min = sqlite3_column_type(s, 20) == SQLITE_NULL ? -1 : sqlite3_column_int(s, 20);
    if (err == SLK_OK) *out = p;
    return err;
}

/* Of the versions of a row of a database only the last counts. */
static void drop_versions(slk_profiles *p) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        bool old = false;
        for (uint32_t k = i + 1; slk_root_database(p->at[i].root) && k < p->n && k - i <= 256 && !old; k++)
            old = p->at[k].root && strcmp(p->at[k].root, p->at[i].root) == 0;
        if (!old) p->at[kept++] = p->at[i];
    }
    p->n = kept;
}

slk_err slk_profiles_load(slk_ledger *l, int64_t event, int64_t day, slk_arena *arena, slk_profiles *out,
                          slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = true, ever = day == INT64_MAX;
    out->n = 0;
    slk_bind b = {.s = slk_store_get(l, ever ? SLK_Q_PROFILES : SLK_Q_PROFILES_THEN, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, event);
    if (!ever) slk_bind_int(&b, day);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    while ((err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row) {
        if ((err = SLK_ROOM(arena, out, SLK_MAX_ROWS)) != SLK_OK) break;
        if ((err = slk_profile_row(b.s, arena, &out->at[out->n])) != SLK_OK) break;
        out->n++;
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (err == SLK_OK) drop_versions(out);
    return err;
}
