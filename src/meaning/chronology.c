/* chronology.c - claims of order: "the second such launch within a week", "its first major test in over two months", "the first
 * since early July", "for the fourth time", "last launched one in December", "has not tested one since 2017", "after a two-month
 * lull", "the longest flight ever", "the latest in a series". A report cannot prove them; they are put down with their window, so
 * that a ledger can be asked. What the words count and the time in which it is: order.c. */
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "meaning/ordering.h"

#define MODIFIERS 7u /* tokens from an ordinal to what it counts */
#define CLAUSE 10u   /* tokens from "the first time" to the verb */
#define LULL 4u      /* tokens between a length of time and "lull" */

/* ---------------------------------------------------------------- "the second launch within a week" */

/* May this word stand between an ordinal and what it counts? */
static bool is_modifier(const slk_ordering *c, uint32_t token, bool run) {
    const slk_token *t = &c->r->tokens.at[token];
    if (t->upos == SLK_UPOS_ADJ || t->upos == SLK_UPOS_NOUN || t->upos == SLK_UPOS_PROPN || t->upos == SLK_UPOS_NUM ||
        t->upos == SLK_UPOS_ADV || t->upos == SLK_UPOS_VERB)
        return true;
    slk_text form = slk_token_text(c->r, token);
    return slk_text_is(form, "-") || slk_text_is(form, "‑") || slk_text_is_fold(form, "ever") ||
           (run && slk_text_is_fold(form, "of"));
}

/* What is counted stands last in its phrase: "test", not the "test" of "test site". */
static bool is_last(const slk_ordering *c, uint32_t token) {
    const slk_reading *r = c->r;
    if (!slk_order_same_sentence(r, token, token + 1)) return true;
    uint8_t next = r->tokens.at[token + 1].upos;
    bool one = r->noun_of && r->noun_of[token] != SLK_NONE && r->noun_of[token] == r->noun_of[token + 1];
    return !(one && (next == SLK_UPOS_NOUN || next == SLK_UPOS_PROPN)) ||
           slk_order_counted(c, token + 1).type != NULL; /* "test firing" */
}

/* The counted word that an ordinal or "previous" leads to; SLK_NONE. Sets *run where it is one upon the other. */
static uint32_t find_counted(const slk_ordering *c, uint32_t token, slk_counted *out, bool *run) {
    uint32_t found = SLK_NONE;
    for (uint32_t t = token + 1; t <= token + MODIFIERS && slk_order_same_sentence(c->r, token, t); t++) {
        if (slk_order_word(c, t, "run")) *run = true;
        slk_counted here = slk_order_counted(c, t);
        if (here.type && is_last(c, t)) {
            *out = here;
            found = t;
            break;
        }
        if (!is_modifier(c, t, *run)) break;
    }
    return found;
}

static const char *exact_type(const slk_ordering *c, const slk_counted *what, uint32_t first, uint32_t last) {
    const char *exact = slk_order_type_among(c, first, last + 1);
    bool weapon = strncmp(what->type, "weapon-test", 11) == 0 || strncmp(what->type, "artillery", 9) == 0 ||
                  strncmp(what->type, "space-launch", 12) == 0 || strncmp(what->type, "launch-failure", 14) == 0;
    return exact && weapon && !what->stands ? exact : what->type;
}

/* "a third straight day of tests": the days before are the window. Of no days: one of a run whose begin nobody tells. */
static slk_window run_of_days(const slk_ordering *c, uint32_t first, uint32_t last, uint32_t n, slk_window w) {
    w.kind = SLK_WINDOW_EVER;
    for (uint32_t t = first; t < last; t++) {
        if (!slk_order_is(c->r, t, "day") || c->day.precision < SLK_P_DAY) continue;
        w.kind = SLK_WINDOW_LENGTH;
        w.since = slk_instant_day(slk_instant_days(c->day) - (int64_t)n + 1);
    }
    return w;
}

/* "the fifth straight attempt in the past two months to launch" */
static slk_err claim_of_noun(const slk_ordering *c, slk_span ordinal, uint32_t token, uint32_t n) {
    slk_counted what = {.event = SLK_NONE};
    bool run = false;
    uint32_t noun = find_counted(c, token, &what, &run);
    if (noun == SLK_NONE) return SLK_OK;
    const char *type = exact_type(c, &what, token, noun);
    slk_check check = slk_order_start(c, n, type, what.event, noun);
    check.claim.narrower = n == 1 && slk_order_is(c->r, token + 1, "such");
    check.claim.weapon = slk_order_class_among(c, token, noun + 1);
    slk_span words = {ordinal.start, c->r->tokens.at[noun].span.end};
    bool ever = slk_order_is(c->r, token + 1, "ever") || slk_order_is(c->r, token + 2, "ever");
    slk_window w = slk_order_window(c, noun + 1, slk_order_day(c, what.event));
    bool nuclear = strcmp(type, "weapon-test.nuclear") == 0;
    if (w.kind == SLK_WINDOW_NONE && run) w = run_of_days(c, token, noun, n, w);
    if (w.kind == SLK_WINDOW_NONE && (ever || (nuclear && n > 1))) w.kind = SLK_WINDOW_EVER;
    bool on_day = w.kind == SLK_WINDOW_WHEN && !nuclear && n > 1; /* "the second launch on Monday" claims nothing */
    if (on_day && run) w = run_of_days(c, token, noun, n, w);
    if (on_day && !run) w.kind = SLK_WINDOW_NONE;
    if (!slk_order_set(&check, &w)) return SLK_OK;
    if (!slk_span_empty(w.span)) words.end = w.span.end > words.end ? w.span.end : words.end;
    return slk_order_put(c, &check, words);
}

static bool inside_time(const slk_reading *r, uint32_t token) {
    slk_span s = r->tokens.at[token].span;
    uint32_t i = SLK_FIRST(k, r->times.n, r->times.at[k].span.end <= s.start);
    return i < r->times.n && slk_span_overlaps(r->times.at[i].span, s);
}

/* "the party congress, the first since 1980": a noun right before it that is no deed of the news is what is counted. */
static bool counts_another(const slk_ordering *c, uint32_t ordinal) {
    uint32_t t = ordinal;
    while (t > 0 && ordinal - t < 2 && c->r->tokens.at[t - 1].upos != SLK_UPOS_PUNCT) t--; /* "the", "its" */
    if (t < 2 || !slk_order_is(c->r, t - 1, ",") || !slk_order_same_sentence(c->r, t - 2, ordinal)) return false;
    uint32_t noun = t - 2;
    return slk_is_lower(slk_token_text(c->r, noun).at[0]) && !inside_time(c->r, noun) &&
           !slk_order_counted(c, noun).type && !slk_order_type_among(c, noun, noun + 1);
}

/* "the first since 1980", "its first in five years": what the news is about. */
static slk_err claim_bare(const slk_ordering *c, slk_span ordinal, uint32_t token, uint32_t n) {
    if (!c->main || strncmp(c->main->type, "plan", 4) == 0) return SLK_OK;
    bool since = slk_order_is(c->r, token + 1, "since");
    slk_window w = slk_order_window(c, token + 1, c->day);
    if (w.kind != SLK_WINDOW_LENGTH && !(since && w.kind == SLK_WINDOW_SINCE)) return SLK_OK;
    slk_check check = slk_order_start(c, n, c->main->type, c->main_index, token);
    if (!slk_order_set(&check, &w)) return SLK_OK;
    if (counts_another(c, token)) {
        check.claim.type = NULL;
        check.claim.actor = check.claim.event = SLK_NONE;
    }
    return slk_order_put(c, &check, (slk_span){ordinal.start, w.span.end});
}

/* ---------------------------------------------------------------- "for the fourth time", "the first time it has launched" */

/* The type that a clause counts: its verb's, more exactly by the weapon among its words [verb, end). */
static slk_counted counted_by(const slk_ordering *c, uint32_t verb, uint32_t end) {
    slk_counted what = slk_order_counted(c, verb);
    if (what.stands) what.type = NULL;
    if (what.type) what.type = exact_type(c, &what, verb, end > verb ? end - 1 : verb);
    return what;
}

static uint32_t end_of_sentence(const slk_reading *r, uint32_t token, uint32_t most) {
    uint32_t end = token;
    while (end < token + most && slk_order_same_sentence(r, token, end)) end++;
    return end;
}

/* The deed that a predicate tells or has as its object: "has not conducted a test". */
static slk_counted deed_of(const slk_ordering *c, const slk_pred *p, uint32_t end) {
    slk_counted what = counted_by(c, p->verb.head, end);
    for (uint32_t t = p->verb.head + 1; t < end && t <= p->verb.head + MODIFIERS && !what.type; t++) {
        what = slk_order_counted(c, t);
        if (what.stands) what.type = NULL;
        if (what.type) what.type = exact_type(c, &what, p->verb.head, t);
    }
    return what;
}

static slk_err claim_time(const slk_ordering *c, slk_span ordinal, uint32_t token, uint32_t n) {
    const slk_reading *r = c->r;
    uint32_t time = token + 1, verb = SLK_NONE;
    bool flight = false;
    slk_counted what = {.event = SLK_NONE};
    uint32_t end = end_of_sentence(r, time, CLAUSE);
    for (uint32_t t = time + 1; t < end && !what.type; t++) /* "the first time the North has launched one" */
        if (r->tokens.at[t].upos == SLK_UPOS_VERB) {
            what = counted_by(c, t, end_of_sentence(r, t, CLAUSE));
            verb = t;
            if (!what.type) break;
        }
    uint32_t from = what.type ? verb + 1 : time + 1;
    if (!what.type && r->clause_of && r->clause_of[token] < r->preds.n) { /* "tested a device for the fourth time" */
        verb = r->preds.at[r->clause_of[token]].verb.head;
        if (verb < token && slk_order_same_sentence(r, verb, token))
            what = deed_of(c, &r->preds.at[r->clause_of[token]], token);
        if (!what.type && verb < token) flight = (what.type = slk_order_flight(c, verb)) != NULL;
    }
    if (!what.type) return SLK_OK;
    slk_window w =
        slk_order_window(c, time + 1, slk_order_day(c, what.event)); /* "the first time in five years that" */
    if (w.kind == SLK_WINDOW_NONE || w.kind == SLK_WINDOW_WHEN)
        w = slk_order_window(c, from, slk_order_day(c, what.event));
    if (w.kind == SLK_WINDOW_NONE || w.kind == SLK_WINDOW_WHEN) w = (slk_window){.kind = SLK_WINDOW_EVER};
    slk_check check = slk_order_start(c, n, what.type, what.event, verb);
    if (flight && check.claim.actor == SLK_NONE) return SLK_OK; /* prices rise and fall too */
    if (!slk_order_set(&check, &w)) return SLK_OK;
    uint32_t last = verb > token ? r->tokens.at[verb].span.end : r->tokens.at[time].span.end;
    return slk_order_put(c, &check, (slk_span){ordinal.start, w.span.end > last ? w.span.end : last});
}

static slk_err claim_at(const slk_ordering *c, const slk_quantity *q) {
    uint32_t token = slk_token_at(c->r, q->span.start);
    if (!(q->value >= 1 && q->value < 1000) || token >= c->r->tokens.n) return SLK_OK;
    while (token + 1 < c->r->tokens.n && c->r->tokens.at[token + 1].span.end <= q->span.end) token++;
    uint32_t n = (uint32_t)q->value;
    if (slk_order_is(c->r, token + 1, "time")) return claim_time(c, q->span, token, n);
    if (slk_order_is(c->r, token + 1, "in") || slk_order_is(c->r, token + 1, "since"))
        return claim_bare(c, q->span, token, n);
    return claim_of_noun(c, q->span, token, n);
}

/* "at least five previous attempts": this one is the sixth. */
static slk_err claim_earlier(const slk_ordering *c, const slk_quantity *q) {
    uint32_t token = slk_token_at(c->r, q->span.end - 1);
    slk_counted what = {.event = SLK_NONE};
    bool run = false;
    if (q->unit || q->has_high || !(q->value >= 1 && q->value < 1000)) return SLK_OK;
    if (token + 1 >= c->r->tokens.n || !slk_order_word(c, token + 1, "earlier")) return SLK_OK;
    uint32_t noun = find_counted(c, token, &what, &run);
    if (noun == SLK_NONE) return SLK_OK;
    slk_check check = slk_order_start(c, (uint32_t)q->value + 1, exact_type(c, &what, token, noun), SLK_NONE, noun);
    check.claim.at_least = q->bound == SLK_BOUND_AT_LEAST;
    return slk_order_put(c, &check, (slk_span){q->span.start, c->r->tokens.at[noun].span.end});
}

/* ---------------------------------------------------------------- "last launched one in July", "its last launch in July" */

/* Nothing between a time and the news. */
static slk_err claim_since(const slk_ordering *c, const slk_counted *what, const char *type, uint32_t at, slk_window *w,
                           slk_span words) {
    slk_check check = slk_order_start(c, 1, type, SLK_NONE, at);
    if (w->kind != SLK_WINDOW_WHEN && w->kind != SLK_WINDOW_WHOLE) return SLK_OK;
    if (w->time >= c->r->times.n || c->r->times.at[w->time].type > SLK_TIME_TIME) return SLK_OK;
    if (!c->main || what->event == c->main_index) check.claim.event = SLK_NONE;
    check.claim.weapon = slk_order_class_among(c, slk_token_at(c->r, words.start), slk_token_at(c->r, words.end));
    check.kind = SLK_CHECK_FIRST_SINCE;
    check.claim.since = w->since;
    check.claim.since_is_event = true;
    return slk_order_put(c, &check, words);
}

static slk_err claim_last(const slk_ordering *c, uint32_t token) {
    const slk_reading *r = c->r;
    slk_counted what = {.event = SLK_NONE};
    if (!slk_order_word(c, token, "last") || inside_time(r, token)) return SLK_OK;
    bool run = false, verb = false;
    uint32_t noun = find_counted(c, token, &what, &run);
    if (noun == SLK_NONE || run || what.stands) return SLK_OK;
    verb = r->tokens.at[noun].upos == SLK_UPOS_VERB;
    if (slk_order_is(r, token, "latest") && !verb) return SLK_OK; /* "the latest launch on Monday" is the news */
    uint32_t end = end_of_sentence(r, noun, CLAUSE + LULL);
    const char *type = slk_order_type_among(c, verb ? noun : token, verb ? end : noun + 1);
    slk_window w = slk_order_window(c, noun + 1, c->day);
    return claim_since(c, &what, type ? type : what.type, noun, &w,
                       (slk_span){r->tokens.at[token].span.start, w.span.end});
}

/* ---------------------------------------------------------------- "has not tested one since 2017", "never until April" */

static bool is_never(const slk_reading *r, const slk_pred *p) {
    uint32_t from = p->verb.first > 3 ? p->verb.first - 3 : 0;
    for (uint32_t t = from; t < p->verb.head; t++)
        if (slk_order_is(r, t, "never")) return true;
    return false;
}

static slk_err claim_not(const slk_ordering *c, uint32_t pred) {
    const slk_reading *r = c->r;
    const slk_pred *p = &r->preds.at[pred];
    bool never = is_never(r, p);
    if (!never && !(p->negated && p->perfect)) return SLK_OK;
    uint32_t end = end_of_sentence(r, p->verb.head, CLAUSE + LULL), until = p->verb.head + 1;
    slk_counted what = deed_of(c, p, end);
    if (!what.type) return SLK_OK;
    while (until < end && !slk_order_is(r, until, "until") && !slk_order_is(r, until, "before")) until++;
    slk_window w = slk_order_window(c, p->verb.head + 1, c->day);
    slk_check check = slk_order_start(c, 1, what.type, SLK_NONE, p->verb.head);
    check.kind = SLK_CHECK_FIRST_SINCE;
    check.claim.weapon = slk_order_class_among(c, p->verb.head, end);
    for (uint32_t t = p->verb.head + 1; t < until; t++) /* "had never tested them": whatever was told of before */
        check.claim.narrower = check.claim.narrower || slk_order_is(r, t, "them") || slk_order_is(r, t, "it");
    if (until < end && never) { /* the first was then */
        if (w.kind != SLK_WINDOW_WHEN && w.kind != SLK_WINDOW_WHOLE) return SLK_OK;
        check.claim.until = w.until;
    } else if (w.kind == SLK_WINDOW_SINCE || w.kind == SLK_WINDOW_LENGTH) {
        check.claim.since = w.since;
        check.claim.since_is_event = w.kind == SLK_WINDOW_SINCE;
    } else {
        return SLK_OK;
    }
    return slk_order_put(c, &check, (slk_span){r->tokens.at[p->verb.first].span.start, w.span.end});
}

/* ---------------------------------------------------------------- "after a two-month lull", "the longest ever", "a series" */

static slk_err claim_lull(const slk_ordering *c, uint32_t time) {
    const slk_reading *r = c->r;
    const slk_time *t = &r->times.at[time];
    slk_instant since;
    if (t->type != SLK_TIME_DURATION || !c->main || c->day.precision < SLK_P_DAY) return SLK_OK;
    if (!slk_order_before(c->day, t->value, &since)) return SLK_OK;
    uint32_t from = slk_token_at(r, t->span.end - 1), lull = from + 1;
    while (lull <= from + LULL && slk_order_same_sentence(r, from, lull) && !slk_order_word(c, lull, "lull")) lull++;
    if (!slk_order_news(c) || lull > from + LULL || !slk_order_same_sentence(r, from, lull)) return SLK_OK;
    slk_check check = slk_order_start(c, 1, c->main->type, c->main_index, lull);
    check.kind = SLK_CHECK_FIRST_SINCE;
    check.claim.since = since;
    return slk_order_put(c, &check, (slk_span){t->span.start, r->tokens.at[lull].span.end});
}

static slk_err claim_most(const slk_ordering *c, uint32_t token, const char *value) {
    slk_counted what = {.event = SLK_NONE};
    bool run = false;
    int field = SLK_FIELD_COUNT;
    for (int f = 0; f < SLK_FIELD_NAMES; f++)
        if (strcmp(slk_field_word((slk_field_name)f), value) == 0) field = f;
    uint32_t noun = find_counted(c, token, &what, &run);
    if (noun == SLK_NONE) what.type = slk_order_news(c); /* "the longest since 2017", "the longest flight ever" */
    if (!what.type) what.type = slk_order_flight(c, token + 1);
    slk_window w = slk_order_window(c, (noun == SLK_NONE ? token : noun) + 1, c->day);
    if (!what.type || (w.kind != SLK_WINDOW_SINCE && w.kind != SLK_WINDOW_LENGTH && w.kind != SLK_WINDOW_EVER &&
                       w.kind != SLK_WINDOW_WHOLE))
        return SLK_OK;
    if (noun == SLK_NONE && w.kind == SLK_WINDOW_WHOLE) return SLK_OK;
    slk_check check = slk_order_start(c, 1, what.type, what.event, noun == SLK_NONE ? token : noun);
    if (!slk_order_set(&check, &w)) return SLK_OK;
    check.kind = SLK_CHECK_OTHER;
    check.claim.most = true;
    check.claim.measure = (slk_field_name)field;
    slk_span words = {c->r->tokens.at[token].span.start, w.span.end};
    return slk_order_put(c, &check, words);
}

/* "the latest in a series of launches": not the first. */
static slk_err claim_series(const slk_ordering *c, uint32_t token) {
    const slk_reading *r = c->r;
    uint32_t series = token + 1;
    while (series <= token + LULL && slk_order_same_sentence(r, token, series) && !slk_order_word(c, series, "series"))
        series++;
    if (series > token + LULL || !slk_order_same_sentence(r, token, series)) return SLK_OK;
    slk_counted what = {.event = SLK_NONE};
    for (uint32_t t = series + 1; t <= series + MODIFIERS && slk_order_same_sentence(r, series, t) && !what.type; t++)
        what = slk_order_counted(c, t);
    if (!what.type || what.stands) return SLK_OK;
    slk_check check = slk_order_start(c, 2, what.type, SLK_NONE, series);
    check.kind = SLK_CHECK_OTHER;
    check.claim.at_least = true;
    return slk_order_put(c, &check, (slk_span){r->tokens.at[token].span.start, r->tokens.at[series].span.end});
}

static slk_err claim_of_word(const slk_ordering *c, uint32_t token) {
    const char *most = slk_order_word(c, token, "most");
    if (most) return claim_most(c, token, most);
    if (slk_order_is(c->r, token, "latest") || slk_order_is(c->r, token, "newest")) {
        slk_err err = claim_series(c, token);
        if (err != SLK_OK) return err;
    }
    return claim_last(c, token);
}

slk_err slk_chronology_find(const slk_pack *pack, slk_reading *r) {
    slk_ordering c = {.pack = pack, .r = r};
    c.main = slk_main_event(r, &c.main_index);
    const slk_field *when = slk_event_field(c.main, SLK_FIELD_TIME);
    if (when) c.day = slk_instant_cut(when->value.when, SLK_P_DAY);
    if (c.day.precision < SLK_P_DAY) c.day = slk_instant_cut(r->report.published, SLK_P_DAY);
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < r->quantities.n; i++)
        err =
            r->quantities.at[i].ordinal ? claim_at(&c, &r->quantities.at[i]) : claim_earlier(&c, &r->quantities.at[i]);
    for (uint32_t i = 0; err == SLK_OK && i < r->preds.n; i++) err = claim_not(&c, i);
    for (uint32_t i = 0; err == SLK_OK && i < r->times.n; i++) err = claim_lull(&c, i);
    for (uint32_t i = 0; err == SLK_OK && i < r->tokens.n; i++) err = claim_of_word(&c, i);
    return err;
}
