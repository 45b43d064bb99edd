/* order_claim.c - a claim of order as it is put down: whose deeds it counts, which event it speaks of, its window and kind, and one
 * sentence that says so. */
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "meaning/ordering.h"

slk_err slk_order_put(const slk_ordering *c, slk_check *check, slk_span words) {
    char says[500], since[40], until[40];
    const slk_chronology *x = &check->claim;
    slk_text text = slk_reading_text(c->r, words);
    const char *actor = x->actor < c->r->actors.n ? c->r->actors.at[x->actor].name : "anybody";
    slk_instant_format(x->since, since);
    slk_instant_format(x->until, until);
    const char *what = x->most ? "none of these comes up to it in " : "number ";
    char which[40];
    (void)snprintf(which, sizeof which, "%s%u", x->at_least ? "at least " : "", x->ordinal);
    slk_text_print(says, sizeof says, "\"%.*s\": %s%s of %s by %s%s%s%s%s; one report cannot tell, a ledger may",
                   (int)slk_text_head(text, 120).n, text.at, what, x->most ? slk_field_word(x->measure) : which,
                   x->type ? x->type : "what stands before it", actor, *since ? " from " : "", since,
                   *until ? " to " : "", until);
    return slk_check_add(c->r, check, &words, 1, says);
}

/* The actor that a noun phrase names; pronouns only where asked for. SLK_NONE. */
static uint32_t named_by(const slk_reading *r, uint32_t noun, bool pronouns) {
    if (noun >= r->nouns.n) return SLK_NONE;
    slk_span s = slk_tokens_span(r, r->nouns.at[noun].t);
    uint32_t i = SLK_FIRST(k, r->mentions.n, r->mentions.at[k].span.end <= s.start);
    for (; i < r->mentions.n && r->mentions.at[i].span.start < s.end; i++)
        if (pronouns || !r->mentions.at[i].pronoun) return r->mentions.at[i].actor;
    return SLK_NONE;
}

/* Whose deed it is by the words next to it: "the North's third test", "a launch by the North", "China had launched". */
static uint32_t owner_of(const slk_ordering *c, uint32_t token, bool pronouns) {
    const slk_reading *r = c->r;
    uint32_t noun = r->noun_of ? r->noun_of[token] : SLK_NONE, actor = SLK_NONE;
    if (noun < r->nouns.n) {
        actor = named_by(r, r->nouns.at[noun].by, pronouns);
        if (actor == SLK_NONE) actor = named_by(r, r->nouns.at[noun].owner, pronouns);
    }
    for (uint32_t i = 0; actor == SLK_NONE && i < r->preds.n; i++)
        if (r->preds.at[i].verb.head == token && !r->preds.at[i].passive)
            actor = named_by(r, r->preds.at[i].subj, pronouns);
    return actor;
}

static bool same_country(const slk_reading *r, uint32_t a, uint32_t b) {
    return a < r->actors.n && b < r->actors.n && *r->actors.at[a].country &&
           strcmp(r->actors.at[a].country, r->actors.at[b].country) == 0;
}

static uint32_t actor_of(const slk_event *e) {
    const slk_field *f = slk_event_field(e, SLK_FIELD_ACTOR);
    return f && f->value.kind == SLK_VALUE_ACTOR ? f->value.ref : SLK_NONE;
}

static bool is_one_with(const slk_event *e, uint32_t other) {
    for (uint32_t i = 0; i < e->same_as.n; i++)
        if (e->same_as.at[i] == other) return true;
    return false;
}

/* Whose deeds of this kind the report is about: the news's actor, where the news is one, else that of the first that is told. */
static uint32_t actor_of_kind(const slk_ordering *c, const char *type) {
    size_t n = strcspn(type, ".");
    if (slk_order_news(c)) return actor_of(c->main);
    for (uint32_t i = 0; i < c->r->events.n; i++) {
        const slk_event *e = &c->r->events.at[i];
        if (strncmp(e->type, type, n) == 0 && actor_of(e) != SLK_NONE) return actor_of(e);
    }
    return SLK_NONE;
}

/* What the United Nations or a newspaper did is counted by nobody. */
static bool is_state_or_unknown(const slk_reading *r, uint32_t actor) {
    if (actor >= r->actors.n) return false;
    const slk_actor *a = &r->actors.at[actor];
    return strcmp(a->country, "IGO") != 0 && strcmp(a->country, "NGO") != 0 && strcmp(a->sector, "MED") != 0;
}

/* The claim speaks of the event that its own words tell, else of the news. */
slk_check slk_order_start(const slk_ordering *c, uint32_t ordinal, const char *type, uint32_t event, uint32_t token) {
    slk_check check = {.kind = SLK_CHECK_NTH_IN_WINDOW, .verdict = SLK_CANNOT_TELL};
    const slk_event *e = event < c->r->events.n ? &c->r->events.at[event] : NULL;
    bool news = !e || event == c->main_index || is_one_with(e, c->main_index);
    check.claim.ordinal = ordinal;
    check.claim.type = type;
    check.claim.event = !news ? event : slk_order_news(c) ? c->main_index : SLK_NONE;
    check.claim.until = c->day;
    uint32_t named = owner_of(c, token, false), meant = owner_of(c, token, true), of_event = actor_of(e);
    uint32_t in_order[] = {named, of_event, meant, actor_of_kind(c, type)};
    check.claim.actor = SLK_NONE;
    for (size_t i = 0; i < 4 && check.claim.actor == SLK_NONE; i++)
        if (is_state_or_unknown(c->r, in_order[i])) check.claim.actor = in_order[i];
    if (same_country(c->r, check.claim.actor, in_order[3])) check.claim.actor = in_order[3];
    return check;
}

/* The day of the event that a word tells of; that of the news where it tells of none, or of none with a day. */
slk_instant slk_order_day(const slk_ordering *c, uint32_t event) {
    const slk_field *f = event < c->r->events.n ? slk_event_field(&c->r->events.at[event], SLK_FIELD_TIME) : NULL;
    slk_instant day = f ? slk_instant_cut(f->value.when, SLK_P_DAY) : c->day;
    return day.precision >= SLK_P_DAY ? day : c->day;
}

/* Fills in window and kind. False where the words claim nothing of order. */
bool slk_order_set(slk_check *check, const slk_window *w) {
    slk_chronology *x = &check->claim;
    bool first = x->ordinal == 1;
    switch (w->kind) {
    case SLK_WINDOW_SINCE:
        check->kind = SLK_CHECK_FIRST_SINCE;
        x->since = w->since;
        x->since_is_event = first;
        if (!first) check->kind = SLK_CHECK_NTH_IN_WINDOW;
        return true;
    case SLK_WINDOW_LENGTH:
    case SLK_WINDOW_WHOLE:
        x->since = w->since;
        if (w->kind == SLK_WINDOW_WHOLE && !first) x->until = w->until;
        if (first) check->kind = SLK_CHECK_FIRST_SINCE;
        return true;
    case SLK_WINDOW_EVER:
        if (first) check->kind = SLK_CHECK_FIRST_SINCE;
        return true;
    case SLK_WINDOW_WHEN: /* "its first nuclear test in 2006": the first of all, then */
        x->until = w->until;
        if (first) check->kind = SLK_CHECK_OTHER;
        return true;
    case SLK_WINDOW_NONE: break;
    }
    return false;
}
