/* order.c - what the words of a claim of order count, and in which time. "The second launch" counts launches, "its first significant
 * activity" what the report is about; "within a week", "since July", "this year" are times to count in, while "in 2006" after "its
 * first nuclear test" only says when that was. */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "language/phrases.h"
#include "meaning/ordering.h"

#define REACH 14u /* tokens from what is counted to the end of its window */
#define LOOSE 5u  /* tokens between "since" and the time */

bool slk_order_is(const slk_reading *r, uint32_t token, const char *z) {
    return token < r->tokens.n && slk_text_is_fold(slk_token_text(r, token), z);
}

bool slk_order_same_sentence(const slk_reading *r, uint32_t a, uint32_t b) {
    return b < r->tokens.n && r->tokens.at[a].sentence == r->tokens.at[b].sentence;
}

static const char *value_of(const slk_ordering *c, slk_text key, const char *kind) {
    uint32_t row = slk_pack_find(c->pack, SLK_T_ORDER_WORDS, key);
    for (; row != SLK_NONE && row < slk_pack_rows(c->pack, SLK_T_ORDER_WORDS); row++) {
        if (!slk_text_eq(slk_pack_cell(c->pack, SLK_T_ORDER_WORDS, row, SLK_ORDER_WORDS_WORD), key)) return NULL;
        if (!slk_text_is(slk_pack_cell(c->pack, SLK_T_ORDER_WORDS, row, SLK_ORDER_WORDS_KIND), kind)) continue;
        const char *value = slk_pack_str(c->pack, SLK_T_ORDER_WORDS, row, SLK_ORDER_WORDS_VALUE);
        return value ? value : "";
    }
    return NULL;
}

/* By the form in small letters ("largest"), else by the base form ("attempts"). */
const char *slk_order_word(const slk_ordering *c, uint32_t token, const char *kind) {
    char low[32];
    slk_text form = token < c->r->tokens.n ? slk_token_text(c->r, token) : (slk_text){"", 0};
    if (form.n == 0 || form.n > sizeof low) return NULL;
    for (size_t i = 0; i < form.n; i++) low[i] = slk_lower(form.at[i]);
    const char *value = value_of(c, (slk_text){low, form.n}, kind);
    const char *lemma = c->r->tokens.at[token].lemma;
    return value || !lemma ? value : value_of(c, slk_text_of(lemma), kind);
}

/* ---------------------------------------------------------------- what is counted */

/* Deeds whose number somebody keeps. Words, plans and what they lead to are counted by nobody. */
static bool is_counted_type(const char *type) {
    static const char *const kinds[] = {"weapon-test", "space-launch", "launch-failure", "artillery", "attack",
                                        "explosion",   "incursion",    "drill",          "earthquake"};
    size_t n = type ? strcspn(type, ".") : 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (n == strlen(kinds[i]) && strncmp(type, kinds[i], n) == 0) return true;
    return false;
}

static uint32_t event_at(const slk_ordering *c, uint32_t token) {
    for (uint32_t i = 0; i < c->r->events.n; i++)
        if (slk_span_overlaps(c->r->events.at[i].trigger, c->r->tokens.at[token].span)) return i;
    return SLK_NONE;
}

static const char *type_of_word(const slk_ordering *c, uint32_t token, bool flights) {
    static const char *const groups[] = {"launch",   "fire",   "test",  "test-fire", "shoot",
                                         "detonate", "attack", "drill", "fly",       "travel"};
    size_t n_groups = sizeof groups / sizeof *groups - (flights ? 0 : 2);
    const char *lemma = c->r->tokens.at[token].lemma;
    uint32_t row = lemma ? slk_pack_find(c->pack, SLK_T_EVENTS, slk_text_of(lemma)) : SLK_NONE;
    for (; row != SLK_NONE && row < slk_pack_rows(c->pack, SLK_T_EVENTS); row++) {
        if (!slk_text_is(slk_pack_cell(c->pack, SLK_T_EVENTS, row, SLK_EVENTS_LEMMA), lemma)) return NULL;
        slk_text g = slk_pack_cell(c->pack, SLK_T_EVENTS, row, SLK_EVENTS_GROUP);
        for (size_t i = 0; i < n_groups; i++)
            if (slk_text_is(g, groups[i])) return slk_pack_str(c->pack, SLK_T_EVENTS, row, SLK_EVENTS_TYPE);
    }
    return NULL;
}

slk_counted slk_order_counted(const slk_ordering *c, uint32_t token) {
    slk_counted out = {.event = event_at(c, token)};
    const char *told = out.event != SLK_NONE ? c->r->events.at[out.event].type : NULL;
    out.type = is_counted_type(told) ? told : type_of_word(c, token, false);
    if (!is_counted_type(out.type)) out.type = NULL;
    if (out.type || !slk_order_word(c, token, "stands")) return out;
    out.stands = true;
    out.event = SLK_NONE;
    out.type = slk_order_news(c);
    return out;
}

const char *slk_order_flight(const slk_ordering *c, uint32_t token) {
    const char *type = type_of_word(c, token, true);
    return is_counted_type(type) ? type : NULL;
}

const char *slk_order_news(const slk_ordering *c) {
    return c->main && is_counted_type(c->main->type) ? c->main->type : NULL;
}

static bool is_nuclear(const slk_ordering *c, uint32_t first, uint32_t last) {
    for (uint32_t t = first; t < last; t++)
        if (slk_order_is(c->r, t, "nuclear") || slk_order_is(c->r, t, "atomic") || slk_order_is(c->r, t, "hydrogen"))
            return true;
    return false;
}

const char *slk_order_type_among(const slk_ordering *c, uint32_t first, uint32_t last) {
    if (is_nuclear(c, first, last)) return "weapon-test.nuclear";
    for (uint32_t t = first; t < last; t++) {
        slk_hit h;
        if (!slk_phrase_in(c->pack, c->r, t, SLK_T_WEAPON_CLASSES, &h)) continue;
        const char *type = slk_pack_str(c->pack, SLK_T_WEAPON_CLASSES, h.row, SLK_WEAPON_CLASSES_TYPE);
        if (type) return type;
    }
    return NULL;
}

const char *slk_order_class_among(const slk_ordering *c, uint32_t first, uint32_t last) {
    static const char *const classes[] = {"SRBM", "MRBM", "IRBM", "ICBM", "SLBM", "hypersonic"};
    for (uint32_t t = first; t < last; t++) {
        slk_hit h;
        if (!slk_phrase_in(c->pack, c->r, t, SLK_T_WEAPON_CLASSES, &h)) continue;
        const char *class = slk_pack_str(c->pack, SLK_T_WEAPON_CLASSES, h.row, SLK_WEAPON_CLASSES_CLASS);
        for (size_t i = 0; class && i < sizeof classes / sizeof *classes; i++)
            if (strcmp(class, classes[i]) == 0) return classes[i];
    }
    return NULL;
}

/* ---------------------------------------------------------------- windows */

bool slk_order_before(slk_instant day, const char *duration, slk_instant *out) {
    char *end;
    if (!duration || duration[0] != 'P') return false;
    long n = strtol(duration + 1, &end, 10);
    if (end == duration + 1 || n <= 0 || n > 2000) return false;
    int64_t days = slk_instant_days(day);
    if (*end == 'D' || *end == 'W') {
        *out = slk_instant_day(days - n * (*end == 'W' ? 7 : 1));
        return true;
    }
    if (*end != 'M' && *end != 'Y') return false;
    int32_t months = day.year * 12 + day.month - 1 - (int32_t)n * (*end == 'Y' ? 12 : 1);
    int32_t year = months / 12;
    unsigned month = (unsigned)(months % 12) + 1, most = slk_days_in_month(year, month);
    *out = slk_instant_day(slk_days_from_civil(year, month, day.day > most ? most : day.day));
    return true;
}

/* The word that ties a time to what is counted: behind it only loose words. NULL where there is none before token `first`. */
static const char *link_before(const slk_ordering *c, uint32_t from, uint32_t first) {
    for (uint32_t t = first, i = 0; t > from && i < LOOSE; i++) {
        const char *value = slk_order_word(c, --t, "links");
        if (value) return value;
        if (!slk_order_word(c, t, "loose") && !slk_order_word(c, t, "last")) return NULL;
    }
    return NULL;
}

/* "this year", "so far this month": needs no word that ties it. */
static bool is_current(const slk_ordering *c, const slk_time *t) {
    slk_text words = slk_reading_text(c->r, t->span);
    return slk_text_starts_fold(words, "this ") || slk_text_starts_fold(words, "so far this ") ||
           slk_text_starts_fold(words, "the year");
}

static bool lies_in(slk_instant day, const slk_time *t) {
    int64_t d = slk_instant_days(day), first, last;
    if (day.precision < SLK_P_DAY || t->earliest.precision == SLK_P_NONE) return false;
    slk_instant a = t->earliest, b = t->latest.precision ? t->latest : t->earliest;
    a.has_offset = b.has_offset = false;
    slk_instant_range(a, &first, &last);
    if (d < first / 86400) return false;
    slk_instant_range(b, &first, &last);
    return d <= last / 86400;
}

static slk_window window_of(const slk_ordering *c, uint32_t time, const char *link, slk_instant day) {
    const slk_time *t = &c->r->times.at[time];
    slk_window w = {.time = time, .span = t->span, .until = day};
    bool since = link && strcmp(link, "since") == 0, ties = link && !since;
    if (t->type == SLK_TIME_DURATION) {
        if (!ties) return (slk_window){.kind = SLK_WINDOW_NONE};
        w.kind = SLK_WINDOW_LENGTH;
        if (day.precision >= SLK_P_DAY) (void)slk_order_before(day, t->value, &w.since);
        return w;
    }
    bool open = since && (!t->value || !strstr(t->value, "_REF")); /* "since July" of a year that nobody knows */
    if (t->type == SLK_TIME_SET || (t->earliest.precision == SLK_P_NONE && !open))
        return (slk_window){.kind = SLK_WINDOW_NONE};
    w.since = t->earliest;
    if (since) {
        w.kind = SLK_WINDOW_SINCE;
    } else if (lies_in(day, t)) {
        w.kind = ties || is_current(c, t) ? SLK_WINDOW_WHOLE : SLK_WINDOW_WHEN;
        if (t->latest.precision && !is_current(c, t)) w.until = t->latest;
    } else {
        w.kind = SLK_WINDOW_WHEN;
        w.until = t->latest.precision ? t->latest : t->earliest;
    }
    return w;
}

slk_window slk_order_window(const slk_ordering *c, uint32_t from, slk_instant day) {
    const slk_reading *r = c->r;
    uint32_t end = from;
    while (end < from + REACH && from > 0 && slk_order_same_sentence(r, from - 1, end)) end++;
    for (uint32_t t = from; t < end; t++)
        if (slk_order_is(r, t, "ever")) return (slk_window){SLK_WINDOW_EVER, SLK_NONE, r->tokens.at[t].span, {0}, day};
    if (end == from) return (slk_window){.kind = SLK_WINDOW_NONE};
    uint32_t first_b = r->tokens.at[from].span.start, last_b = r->tokens.at[end - 1].span.end;
    uint32_t i = SLK_FIRST(k, r->times.n, r->times.at[k].span.start < first_b);
    bool clause = slk_order_is(r, from, "since"); /* "since the group began its campaign in November" */
    for (; i < r->times.n && r->times.at[i].span.end <= last_b; i++) {
        uint32_t first = slk_token_at(r, r->times.at[i].span.start);
        slk_window w = window_of(c, i, clause ? "since" : link_before(c, from - 1, first), day);
        if (w.kind != SLK_WINDOW_NONE) return w;
    }
    return (slk_window){.kind = SLK_WINDOW_NONE};
}
