/* checks.c - what the report itself lets us check: local clock against GMT, kilometres against miles, weekday against date,
 * distance and direction against where things landed. Claims of order ("second within a week") are in chronology.c. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "language/phrases.h"
#include "meaning/checking.h"
#include "measure/measure.h"

#define UNIT_TOLERANCE 0.05
#define ROUND_TOLERANCE 0.125
#define EARTH_NEAR_M 150000.0 /* named waters have no edge: ends are held together only so exactly */

slk_err slk_check_add(slk_reading *r, slk_check *c, const slk_span *evidence, uint32_t n, const char *says) {
    c->says = slk_arena_copy(&r->arena, says, strlen(says));
    if (!c->says) return SLK_ENOMEM;
    slk_err err = slk_spans_copy(r, evidence, n, &c->evidence);
    if (err == SLK_OK) err = SLK_ROOM(&r->arena, &r->checks, SLK_MAX_ITEMS);
    if (err == SLK_OK) r->checks.at[r->checks.n++] = *c;
    return err;
}

const slk_event *slk_main_event(const slk_reading *r, uint32_t *index) {
    for (uint32_t i = 0; i < r->events.n; i++)
        if (r->events.at[i].main) return *index = i, &r->events.at[i];
    *index = SLK_NONE;
    return NULL;
}

const slk_field *slk_event_field(const slk_event *e, slk_field_name name) {
    for (uint32_t i = 0; e && i < e->n_fields; i++)
        if (e->fields[i].name == name) return &e->fields[i];
    return NULL;
}

static slk_check blank(slk_check_kind kind, slk_verdict verdict) {
    return (slk_check){.kind = kind, .verdict = verdict, .claim = {.actor = SLK_NONE, .event = SLK_NONE}};
}

static int width(slk_text t) { return (int)slk_text_head(t, 60).n; }

/* ---------------------------------------------------------------- clocks */

/* The zone of the country where the main event happened: of its origin, else of its actor. */
static const char *zone_of(const slk_pack *pack, const slk_reading *r) {
    uint32_t index;
    const slk_event *e = slk_main_event(r, &index);
    const slk_field *origin = slk_event_field(e, SLK_FIELD_ORIGIN), *actor = slk_event_field(e, SLK_FIELD_ACTOR);
    if (origin && origin->value.ref < r->places.n && r->places.at[origin->value.ref].zone)
        return r->places.at[origin->value.ref].zone;
    return actor && actor->value.ref < r->actors.n ? slk_country_zone(pack, r->actors.at[actor->value.ref].country)
                                                   : NULL;
}

/* Where the main event does not say: the zone of the last place named before a byte in its sentence or, else, behind it. */
static const char *zone_near(const slk_reading *r, slk_span s) {
    uint32_t sentence = slk_sentence_at(r, s.start);
    if (sentence >= r->sentences.n) return NULL;
    slk_span in = r->sentences.at[sentence].span;
    const char *before = NULL;
    uint32_t i = SLK_FIRST(k, r->places.n, r->places.at[k].span.start < in.start);
    for (; i < r->places.n && r->places.at[i].span.start < in.end; i++) {
        if (!r->places.at[i].zone) continue;
        if (r->places.at[i].span.start > s.start) return before ? before : r->places.at[i].zone;
        before = r->places.at[i].zone;
    }
    return before;
}

static int minute_of_day(slk_instant t) { return t.hour * 60 + t.minute; }

/* The hour was said, whether or not the day is known. */
static bool has_clock(const slk_time *t) {
    const char *hour = t->type == SLK_TIME_TIME && t->value ? strchr(t->value, 'T') : NULL;
    return hour && slk_is_digit(hour[1]);
}

typedef struct clocks { /* both readings in minutes of the day of Greenwich, and the offset of the first */
    int local, told, offset_s;
} clocks;

static bool compare_clocks(const slk_pack *pack, const slk_time *t, const char *zone, const slk_time *g,
                           const char *gloss_zone, int64_t at_s, clocks *out) {
    int32_t offset, other;
    if (!slk_zone_offset(pack, zone, at_s, &offset) || !slk_zone_offset(pack, gloss_zone, at_s, &other)) return false;
    out->local = ((minute_of_day(t->earliest) - offset / 60) % 1440 + 1440) % 1440;
    out->told = ((minute_of_day(g->earliest) - other / 60) % 1440 + 1440) % 1440;
    out->offset_s = offset;
    return true;
}

static bool same_minute(const clocks *c) {
    int apart = abs(c->local - c->told);
    return apart <= 1 || apart >= 1439;
}

/* A clock time restated in brackets: both on the clock of Greenwich, by the zone of the first. Of a day that is not known, summer
 * and winter are tried: a zone that keeps both may be right by either. */
static slk_err check_zone(const slk_pack *pack, slk_reading *r, uint32_t gloss, const char *event_zone) {
    const slk_time *g = &r->times.at[gloss], *t = &r->times.at[g->gloss_of];
    const char *here = event_zone ? event_zone : zone_near(r, t->span);
    const char *zone = t->zone ? t->zone : here, *gloss_zone = g->zone ? g->zone : here;
    clocks c;
    if (!has_clock(g) || !has_clock(t) || !gloss_zone || !zone) return SLK_OK;
    slk_instant day = t->earliest.precision >= SLK_P_HOUR ? t->earliest : r->report.published;
    if (day.precision >= SLK_P_DAY) {
        if (!compare_clocks(pack, t, zone, g, gloss_zone, slk_instant_seconds(day), &c)) return SLK_OK;
    } else {
        if (!compare_clocks(pack, t, zone, g, gloss_zone, slk_days_from_civil(2024, 1, 15) * 86400, &c)) return SLK_OK;
        if (!same_minute(&c) &&
            !compare_clocks(pack, t, zone, g, gloss_zone, slk_days_from_civil(2024, 7, 15) * 86400, &c))
            return SLK_OK;
    }
    slk_check check = blank(SLK_CHECK_ZONE, same_minute(&c) ? SLK_AGREES : SLK_DISAGREES);
    char says[400];
    slk_text a = slk_reading_text(r, t->span), b = slk_reading_text(r, g->span);
    slk_text_print(says, sizeof says, "\"%.*s\" in %s (%+03d:%02d) is %02d:%02d UTC; \"%.*s\" is %02d:%02d UTC",
                   width(a), a.at, zone, c.offset_s / 3600, abs(c.offset_s / 60 % 60), c.local / 60, c.local % 60,
                   width(b), b.at, c.told / 60, c.told % 60);
    return slk_check_add(r, &check, (slk_span[]){t->span, g->span}, 2, says);
}

/* ---------------------------------------------------------------- units */

/* Half of the last figure that is not a nought: 250 miles may be 245 to 255, 40 miles 35 to 45. */
static double half_last_figure(double value) {
    double step = 1;
    if (!(value >= 1) || value > 1e9) return 0;
    while (fmod(value, step * 10) == 0) step *= 10;
    return fmod(value, 1) == 0 ? step / 2 : 0;
}

/* Rounding is no disagreement: 5 %, or half of the last figure of the conversion where that is not much more. */
static bool same_size(const slk_quantity *a, const slk_quantity *b) {
    double big = fmax(fabs(a->si), fabs(b->si)), rounding = half_last_figure(b->value) / b->value;
    double tolerance = fmax(UNIT_TOLERANCE, fmin(rounding, ROUND_TOLERANCE));
    return fabs(a->si - b->si) <= tolerance * big;
}

static slk_err check_unit(slk_reading *r, uint32_t gloss) {
    const slk_quantity *g = &r->quantities.at[gloss], *q = &r->quantities.at[g->gloss_of];
    if (!g->unit || !q->unit || !g->dimension || !q->dimension || strcmp(g->dimension, q->dimension) != 0)
        return SLK_OK;
    if (strcmp(g->dimension, "money") == 0 || !(q->si > 0)) return SLK_OK;
    slk_check c = blank(SLK_CHECK_UNIT, same_size(q, g) ? SLK_AGREES : SLK_DISAGREES);
    char says[400];
    slk_text a = slk_reading_text(r, q->span), b = slk_reading_text(r, g->span);
    slk_text_print(says, sizeof says, "\"%.*s\" is %.6g %s; \"%.*s\" would be %.6g %s (%.1f %% apart)", width(a), a.at,
                   q->value, q->unit, width(b), b.at, g->si / q->si * q->value, q->unit, fabs(g->si / q->si - 1) * 100);
    return slk_check_add(r, &c, (slk_span[]){q->span, g->span}, 2, says);
}

/* ---------------------------------------------------------------- weekdays */

static const char *const day_names[] = {"",         "Monday", "Tuesday",  "Wednesday",
                                        "Thursday", "Friday", "Saturday", "Sunday"};

/* The weekday named among the tokens of a span; 0 where none. */
static unsigned weekday_in(const slk_pack *pack, const slk_reading *r, slk_span s) {
    for (uint32_t k = slk_token_at(r, s.start); k < r->tokens.n && r->tokens.at[k].span.start < s.end; k++) {
        slk_hit hits[12];
        uint32_t n = slk_phrases_at(pack, r, k, hits, 12);
        for (uint32_t i = 0; i < n; i++) {
            if (hits[i].table != SLK_T_CALENDAR) continue;
            slk_text kind = slk_pack_cell(pack, SLK_T_CALENDAR, hits[i].row, SLK_CALENDAR_KIND);
            const char *value = slk_pack_str(pack, SLK_T_CALENDAR, hits[i].row, SLK_CALENDAR_VALUE);
            bool weekday = slk_text_is(kind, "weekday") || slk_text_is(kind, "weekday-short");
            if (weekday && value && value[0] >= '1' && value[0] <= '7') return (unsigned)(value[0] - '0');
        }
    }
    return 0;
}

static bool has_digit(slk_text t) {
    for (size_t i = 0; i < t.n; i++)
        if (slk_is_digit(t.at[i])) return true;
    return false;
}

static bool is_one_day(const slk_time *t) {
    return t->type == SLK_TIME_DATE && t->earliest.precision >= SLK_P_DAY &&
           slk_instant_days(t->earliest) == slk_instant_days(t->latest);
}

/* "Wednesday (Sept. 18)", "Sept. 18 (Wednesday)": the weekday of a time that stands in brackets behind another or before one; 0: none. */
static unsigned weekday_beside(const slk_pack *pack, const slk_reading *r, uint32_t time) {
    for (uint32_t k = time > 0 ? time - 1 : 0; k <= time + 1 && k < r->times.n; k++) {
        if (k == time) continue;
        const slk_time *a = &r->times.at[k < time ? k : time], *b = &r->times.at[k < time ? time : k];
        slk_text between = slk_text_trim(slk_reading_text(r, (slk_span){a->span.end, b->span.start}));
        if (!slk_text_is(between, "(") || has_digit(slk_reading_text(r, r->times.at[k].span))) continue;
        return weekday_in(pack, r, r->times.at[k].span);
    }
    return 0;
}

/* "Wednesday, Sept. 18": the day of the month tells its own weekday. */
static slk_err check_weekday(const slk_pack *pack, slk_reading *r, uint32_t time) {
    const slk_time *t = &r->times.at[time];
    if (!is_one_day(t) || !has_digit(slk_reading_text(r, t->span))) return SLK_OK;
    unsigned named = weekday_in(pack, r, t->span), real = slk_weekday(slk_instant_days(t->earliest));
    if (!named) named = weekday_beside(pack, r, time);
    if (!named) return SLK_OK;
    slk_check c = blank(SLK_CHECK_WEEKDAY, named == real ? SLK_AGREES : SLK_DISAGREES);
    char says[300], day[40];
    slk_text_print(says, sizeof says, "%s is a %s; the report says %s",
                   slk_instant_format(slk_instant_cut(t->earliest, SLK_P_DAY), day), day_names[real], day_names[named]);
    return slk_check_add(r, &c, &t->span, 1, says);
}

/* ---------------------------------------------------------------- where it went */

static const slk_place *place_of(const slk_reading *r, const slk_field *f) {
    if (!f || f->value.kind != SLK_VALUE_PLACE || f->value.ref >= r->places.n) return NULL;
    const slk_place *p = &r->places.at[f->value.ref];
    return p->has_point ? p : NULL;
}

static bool is_water(const slk_place *p) {
    static const char *const kinds[] = {"SEA", "OCN", "GULF", "BAY", "STRT", NULL};
    for (int i = 0; kinds[i] && p->kind; i++)
        if (strcmp(p->kind, kinds[i]) == 0) return true;
    return false;
}

/* "flew 300 km north from X and fell into the East Sea": by direction and distance it ends on land, or at sea. Says nothing where
 * the words leave both open. */
static slk_err check_surface(const slk_pack *pack, slk_reading *r) {
    uint32_t index;
    const slk_event *e = slk_main_event(r, &index);
    const slk_field *of = slk_event_field(e, SLK_FIELD_ORIGIN), *lf = slk_event_field(e, SLK_FIELD_LANDING);
    const slk_field *df = slk_event_field(e, SLK_FIELD_DISTANCE), *bf = slk_event_field(e, SLK_FIELD_DIRECTION);
    const slk_place *from = place_of(r, of), *to = place_of(r, lf);
    if (!from || !to || !df || !bf || to->relative.known || !is_water(to) || !(df->value.si > 0)) return SLK_OK;
    if (from->kind && strncmp(from->kind, "PCL", 3) == 0) return SLK_OK;
    slk_place end;
    char says[400];
    slk_relative_end(pack, from, bf->value.low, df->value.si, &end);
    if (end.surface == SLK_SURFACE_EITHER) return SLK_OK;
    bool sea = end.surface == SLK_SURFACE_SEA;
    slk_check c = blank(SLK_CHECK_OTHER, sea ? SLK_AGREES : SLK_DISAGREES);
    slk_text_print(says, sizeof says, "%.0f km %s of %s lies %s (%.1f, %.1f); the report says it fell into the %s",
                   df->value.si / 1000, bf->value.text ? bf->value.text : "away", from->name,
                   sea ? "at sea" : "on land", end.lat, end.lon, to->name);
    slk_span evidence[] = {of->evidence.at[0], bf->evidence.at[0], df->evidence.at[0], lf->evidence.at[0]};
    return slk_check_add(r, &c, evidence, 4, says);
}

static slk_err check_flight(slk_reading *r) {
    uint32_t index;
    const slk_event *e = slk_main_event(r, &index);
    const slk_field *of = slk_event_field(e, SLK_FIELD_ORIGIN), *lf = slk_event_field(e, SLK_FIELD_LANDING);
    const slk_field *df = slk_event_field(e, SLK_FIELD_DISTANCE), *bf = slk_event_field(e, SLK_FIELD_DIRECTION);
    const slk_place *from = place_of(r, of), *to = place_of(r, lf);
    if (!from || !to || from == to || (!df && !bf)) return SLK_OK;
    double way, bearing;
    char says[400];
    slk_err err = SLK_OK;
    slk_geo_inverse(from->lat, from->lon, to->lat, to->lon, &way, &bearing);
    bearing = fmod(bearing + 360, 360);
    if (df && df->value.si > 0 && to->relative.known) {
        slk_check c = blank(SLK_CHECK_DISTANCE, SLK_CANNOT_TELL);
        c.verdict = fabs(way - df->value.si) <= EARTH_NEAR_M + 0.1 * df->value.si ? SLK_AGREES : SLK_DISAGREES;
        slk_text_print(says, sizeof says, "from %s to %s it is %.0f km; the report says %.0f km", from->name, to->name,
                       way / 1000, df->value.si / 1000);
        err = slk_check_add(r, &c, (slk_span[]){of->evidence.at[0], lf->evidence.at[0], df->evidence.at[0]}, 3, says);
    }
    if (err == SLK_OK && bf) {
        double apart = fabs(fmod(bearing - bf->value.low + 540, 360) - 180);
        slk_check c = blank(SLK_CHECK_DIRECTION, apart <= 67.5 ? SLK_AGREES : SLK_DISAGREES);
        slk_text_print(says, sizeof says, "%s lies %.0f degrees from %s; the report says %s (%.0f degrees)", to->name,
                       bearing, from->name, bf->value.text ? bf->value.text : "", bf->value.low);
        err = slk_check_add(r, &c, (slk_span[]){of->evidence.at[0], lf->evidence.at[0], bf->evidence.at[0]}, 3, says);
    }
    return err;
}

slk_err slk_checks_find(const slk_pack *pack, slk_reading *r) {
    const char *zone = zone_of(pack, r);
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < r->times.n; i++) {
        if (r->times.at[i].gloss_of < r->times.n) err = check_zone(pack, r, i, zone);
        if (err == SLK_OK) err = check_weekday(pack, r, i);
    }
    for (uint32_t i = 0; err == SLK_OK && i < r->quantities.n; i++)
        if (r->quantities.at[i].gloss_of < r->quantities.n) err = check_unit(r, i);
    if (err == SLK_OK) err = check_flight(r);
    if (err == SLK_OK) err = check_surface(pack, r);
    return err == SLK_OK ? slk_chronology_find(pack, r) : err;
}
