/* chronology.c - claims of order: "the second such launch within a week", "its first major test in over two months", "the first
 * since early July", "the fourth nuclear test", "last launched one in December". A report cannot prove them; they are put down
 * with their window, so that a ledger can be asked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "language/phrases.h"
#include "meaning/checking.h"

#define REACH 14u /* tokens from the ordinal to the end of its window */

typedef struct claimer {
    const slk_pack *pack;
    slk_reading *r;
    const slk_event *main;
    uint32_t main_index;
    slk_instant day; /* of the event spoken of; precision NONE where not known */
} claimer;

static bool is_word(const slk_reading *r, uint32_t token, const char *z) {
    return token < r->tokens.n && slk_text_is_fold(slk_token_text(r, token), z);
}

static bool same_sentence(const slk_reading *r, uint32_t a, uint32_t b) {
    return b < r->tokens.n && r->tokens.at[a].sentence == r->tokens.at[b].sentence;
}

/* ---------------------------------------------------------------- what is counted */

/* The type that a lemma counts: an event noun or verb of the launch kind; NULL for other words. */
static const char *counted_type(const claimer *c, uint32_t token) {
    static const char *const groups[] = {"launch", "fire", "test", "test-fire", "shoot", "detonate", "lob", "attack"};
    const char *lemma = c->r->tokens.at[token].lemma;
    if (!lemma) return NULL;
    uint32_t row = slk_pack_find(c->pack, SLK_T_EVENTS, slk_text_of(lemma));
    for (; row < slk_pack_rows(c->pack, SLK_T_EVENTS); row++) {
        if (!slk_text_is(slk_pack_cell(c->pack, SLK_T_EVENTS, row, SLK_EVENTS_LEMMA), lemma)) return NULL;
        slk_text g = slk_pack_cell(c->pack, SLK_T_EVENTS, row, SLK_EVENTS_GROUP);
        for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
            if (slk_text_is(g, groups[i])) return slk_pack_str(c->pack, SLK_T_EVENTS, row, SLK_EVENTS_TYPE);
    }
    return NULL;
}

static bool is_nuclear(const claimer *c, uint32_t first, uint32_t last) {
    for (uint32_t t = first; t < last; t++)
        if (is_word(c->r, t, "nuclear") || is_word(c->r, t, "atomic") || is_word(c->r, t, "hydrogen")) return true;
    return false;
}

/* A weapon named between two tokens gives the type more exactly. */
static const char *weapon_type(const claimer *c, uint32_t first, uint32_t last) {
    for (uint32_t t = first; t < last; t++) {
        slk_hit h;
        if (!slk_phrase_in(c->pack, c->r, t, SLK_T_WEAPON_CLASSES, &h)) continue;
        const char *type = slk_pack_str(c->pack, SLK_T_WEAPON_CLASSES, h.row, SLK_WEAPON_CLASSES_TYPE);
        if (type) return type;
    }
    return NULL;
}

/* ---------------------------------------------------------------- windows */

/* The day n units of a duration ("P2M", "P1W") before a day; false for durations of hours or no figure. */
static bool before(slk_instant day, const char *duration, slk_instant *out) {
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

/* The first time expression that begins at one of the tokens [from, to); SLK_NONE. */
static uint32_t time_among(const claimer *c, uint32_t from, uint32_t to) {
    const slk_reading *r = c->r;
    uint32_t start = r->tokens.at[from].span.start, end = r->tokens.at[to - 1].span.end;
    for (uint32_t i = 0; i < r->times.n; i++)
        if (r->times.at[i].span.start >= start && r->times.at[i].span.end <= end) return i;
    return SLK_NONE;
}

/* Fills the window of a claim from the time behind it and the word before that time. */
static void set_window(const claimer *c, uint32_t time, slk_check *check) {
    const slk_time *t = &c->r->times.at[time];
    uint32_t token = slk_token_at(c->r, t->span.start);
    bool since = false;
    for (unsigned i = 1; i <= 3 && i <= token; i++) since = since || is_word(c->r, token - i, "since");
    slk_chronology *claim = &check->claim;
    claim->until = c->day;
    if (t->type == SLK_TIME_DURATION) {
        if (c->day.precision >= SLK_P_DAY) (void)before(c->day, t->value, &claim->since);
        if (claim->ordinal == 1) check->kind = SLK_CHECK_FIRST_SINCE;
        return;
    }
    claim->since = t->earliest;
    if (since || claim->ordinal == 1) {
        check->kind = SLK_CHECK_FIRST_SINCE;
        claim->since_is_event = since;
        if (!since) claim->until = t->latest.precision ? t->latest : c->day;
    } else {
        claim->until = t->latest;
    }
}

/* ---------------------------------------------------------------- the claims */

static slk_err put(const claimer *c, slk_check *check, slk_span words) {
    char says[500], since[40], until[40];
    slk_text text = slk_reading_text(c->r, words);
    const char *actor = check->claim.actor < c->r->actors.n ? c->r->actors.at[check->claim.actor].name : "anybody";
    slk_instant_format(check->claim.since, since);
    slk_instant_format(check->claim.until, until);
    slk_text_print(says, sizeof says, "\"%.*s\": number %u of %s by %s%s%s%s%s; one report cannot tell, a ledger may",
                   (int)slk_text_head(text, 120).n, text.at, check->claim.ordinal, check->claim.type, actor,
                   *since ? " from " : "", since, *until ? " to " : "", until);
    return slk_check_add(c->r, check, &words, 1, says);
}

static slk_check blank_claim(const claimer *c, uint32_t ordinal) {
    slk_check check = {.kind = SLK_CHECK_NTH_IN_WINDOW, .verdict = SLK_CANNOT_TELL};
    const slk_field *actor = slk_event_field(c->main, SLK_FIELD_ACTOR);
    check.claim.ordinal = ordinal;
    check.claim.actor = actor && actor->value.kind == SLK_VALUE_ACTOR ? actor->value.ref : SLK_NONE;
    check.claim.event = c->main_index;
    check.claim.until = c->day;
    return check;
}

/* "second such launch within a week": an ordinal, a noun of launching within five tokens, and, if there, a window behind. */
static slk_err claim_at(const claimer *c, const slk_quantity *q) {
    const slk_reading *r = c->r;
    uint32_t token = slk_token_at(r, q->span.start), noun = token + 1;
    const char *type = NULL;
    for (; noun <= token + 6 && same_sentence(r, token, noun) && !type; noun++) type = counted_type(c, noun);
    bool time_word = is_word(r, token + 1, "time"),
         bare = is_word(r, token + 1, "in") || is_word(r, token + 1, "since");
    if (!type && (time_word || bare)) {
        type = c->main && strncmp(c->main->type, "plan", 4) != 0 ? c->main->type : NULL;
        noun = token + 1 + time_word;
    }
    if (!type || !(q->value >= 1 && q->value < 1000)) return SLK_OK;
    const char *exact = weapon_type(c, token, noun);
    if (exact) type = exact;
    if (is_nuclear(c, token, noun)) type = "weapon-test.nuclear";
    uint32_t end = noun;
    while (end < noun + REACH && same_sentence(r, token, end)) end++;
    slk_check check = blank_claim(c, (uint32_t)q->value);
    check.claim.type = type;
    uint32_t time = end > noun ? time_among(c, noun, end) : SLK_NONE;
    bool nuclear = strcmp(type, "weapon-test.nuclear") == 0;
    if (time == SLK_NONE && !nuclear)
        return SLK_OK; /* "the second test" alone names one of several, it claims nothing */
    slk_span words = {q->span.start, r->tokens.at[noun - 1].span.end};
    if (time != SLK_NONE) {
        set_window(c, time, &check);
        words.end = r->times.at[time].span.end;
    }
    return put(c, &check, words);
}

/* "the North last launched a missile in July": nothing since then. */
static slk_err claim_last(const claimer *c, uint32_t pred) {
    const slk_reading *r = c->r;
    const slk_pred *p = &r->preds.at[pred];
    uint32_t last = p->verb.head;
    if (last == 0 || !counted_type(c, p->verb.head)) return SLK_OK;
    if (!is_word(r, --last, "last") && (last == 0 || !is_word(r, --last, "last"))) return SLK_OK;
    uint32_t end = p->verb.head + 1;
    while (end < p->verb.head + REACH && same_sentence(r, last, end)) end++;
    uint32_t time = end > p->verb.head + 1 ? time_among(c, p->verb.head + 1, end) : SLK_NONE;
    if (time == SLK_NONE || r->times.at[time].type > SLK_TIME_TIME) return SLK_OK;
    slk_check check = blank_claim(c, 1);
    check.kind = SLK_CHECK_FIRST_SINCE;
    check.claim.type = weapon_type(c, p->verb.head, end);
    if (!check.claim.type) check.claim.type = counted_type(c, p->verb.head);
    check.claim.since = r->times.at[time].earliest;
    check.claim.since_is_event = true;
    return put(c, &check, (slk_span){r->tokens.at[last].span.start, r->times.at[time].span.end});
}

slk_err slk_chronology_find(const slk_pack *pack, slk_reading *r) {
    claimer c = {.pack = pack, .r = r};
    c.main = slk_main_event(r, &c.main_index);
    const slk_field *when = slk_event_field(c.main, SLK_FIELD_TIME);
    if (when) c.day = slk_instant_cut(when->value.when, SLK_P_DAY);
    if (c.day.precision < SLK_P_DAY) c.day = slk_instant_cut(r->report.published, SLK_P_DAY);
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < r->quantities.n; i++)
        if (r->quantities.at[i].ordinal) err = claim_at(&c, &r->quantities.at[i]);
    for (uint32_t i = 0; err == SLK_OK && i < r->preds.n; i++) err = claim_last(&c, i);
    return err;
}
