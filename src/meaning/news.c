/* news.c - which occurrences are the news of the report, and which its background. The first sentences are asked in turn: what does the
 * main clause tell of (a launch, a deed, somebody's words)? A reaction ("condemned", "held an emergency meeting") may have the
 * launch it answers for company, when that launch is told there as new. Every choice carries its reason. See told.h. */
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/telling.h"

#define LEAD_SENTENCES 4u
#define LEAD_LOOK 48u /* sentences looked through for a dateline */
#define NEWS_DAYS 4   /* what is told as news happened at most so many days before publication */
#define BESIDE_DAYS 2 /* what a reaction answers, at most so many */

typedef struct chooser {
    slk_tellings *t;
    slk_reading *r;
    slk_news *news;
    uint32_t lead[LEAD_SENTENCES], n_lead;
    bool security;
} chooser;

/* ---------------------------------------------------------------- days */

/* Days since 1970 of an occurrence, by the first telling of it that has one; false where none. */
static bool day_of(const chooser *c, uint32_t event, int64_t *first, int64_t *last) {
    for (uint32_t i = c->t->first[event]; i <= c->t->last[event]; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->event == event && slk_time_days(c->r, x->time, first, last)) return true;
    }
    return false;
}

/* Could this be news on the day of publication? Undated occurrences and reports could. A month or a year is no day of news. */
static bool is_recent(const chooser *c, uint32_t event, int64_t days) {
    slk_instant p = c->r->report.published;
    int64_t first, last;
    if (!day_of(c, event, &first, &last)) return true;
    if (last - first > 31) return false;
    if (p.precision < SLK_P_DAY) return true;
    int64_t today = slk_instant_days(p);
    return last >= today - days && first <= today + 1 && (days >= NEWS_DAYS || last - first <= 2);
}

/* ---------------------------------------------------------------- the first sentences */

static bool is_dash(slk_text x) {
    if (!x.at || !x.n) return false;
    return slk_text_is(x, "-") || slk_text_is(x, "--") || slk_text_is(x, "\xE2\x80\x94") ||
           slk_text_is(x, "\xE2\x80\x93");
}

static bool all_capitals(slk_text x) {
    bool letter = false;
    for (size_t i = 0; i < x.n; i++) {
        if (x.at[i] >= 'a' && x.at[i] <= 'z') return false;
        letter = letter || (x.at[i] >= 'A' && x.at[i] <= 'Z');
    }
    return letter && x.n >= 3;
}

/* The body of the report begins behind its dateline: one at a sentence's beginning, or one that a headline runs into. */
static bool is_dateline(const slk_reading *r, uint32_t sentence) {
    const slk_wire *w = slk_wire_of(r, sentence);
    if (w) return w->kind == SLK_WIRE_DATELINE;
    const slk_sentence *s = &r->sentences.at[sentence];
    uint32_t last = s->first_token + s->n_tokens - 1;
    return s->n_tokens >= 2 && is_dash(slk_token_text(r, last)) && slk_text_is(slk_token_text(r, last - 1), ")");
}

/* Headlines in capitals, crumbs and fragments tell nothing. */
static bool is_sentence(const slk_reading *r, uint32_t sentence) {
    const slk_sentence *s = &r->sentences.at[sentence];
    uint32_t pred = slk_first_pred_of(r, sentence);
    if (slk_wire_of(r, sentence) || s->n_tokens < 5 || pred >= r->preds.n || r->preds.at[pred].sentence != sentence)
        return false;
    uint32_t loud = 0, words = 0;
    for (uint32_t k = s->first_token; k < s->first_token + s->n_tokens; k++) {
        slk_text x = slk_token_text(r, k);
        if (x.n < 3) continue;
        words++;
        loud += all_capitals(x);
    }
    return loud * 2 <= words;
}

static void find_lead(chooser *c) {
    uint32_t start = 0;
    for (uint32_t s = 0; s < c->r->sentences.n && s < LEAD_LOOK && start == 0; s++)
        if (is_dateline(c->r, s)) start = s + 1;
    for (uint32_t s = start; s < c->r->sentences.n && c->n_lead < LEAD_SENTENCES; s++)
        if (is_sentence(c->r, s)) c->lead[c->n_lead++] = s;
}

/* ---------------------------------------------------------------- how deep in its sentence */

static bool is_cue(const slk_pack *pack, const slk_reading *r, uint32_t pred) {
    const char *lemma = r->tokens.at[r->preds.at[pred].verb.head].lemma;
    if (lemma && slk_pack_find(pack, SLK_T_REPORTING, slk_text_of(lemma)) != SLK_NONE) return true;
    slk_span verb = slk_tokens_span(r, r->preds.at[pred].verb);
    for (uint32_t i = 0; i < r->attributions.n; i++) {
        slk_span cue = r->attributions.at[i].cue.at[0];
        if (cue.start > verb.end) return false;
        if (slk_span_overlaps(cue, verb)) return true;
    }
    return false;
}

/* Clauses between the main clause and this predicate, 9 at most. What is said counts like what says it; what goes on counts like what
 * it goes on with. */
static unsigned clause_depth(const slk_pack *pack, const slk_reading *r, uint32_t pred) {
    unsigned n = 0;
    for (unsigned hop = 0; pred < r->preds.n && hop < 12 && n < 9; hop++) {
        uint32_t up = r->preds.at[pred].parent;
        slk_link link = r->preds.at[pred].link;
        if (up >= r->preds.n) break;
        bool said = link == SLK_LINK_COMPLEMENT || link == SLK_LINK_QUOTE;
        bool plain = link == SLK_LINK_COORDINATE || link == SLK_LINK_ROOT ||
                     (link == SLK_LINK_INFINITIVE && r->preds.at[up].obj == SLK_NONE); /* "is believed to have fired" */
        if (!plain && !(said && is_cue(pack, r, up))) n++;
        pred = up;
    }
    return n;
}

static const char *group_of(const chooser *c, const slk_told *x) {
    return slk_event_cell(c->t, x->row, SLK_EVENTS_GROUP);
}

static unsigned depth_of(const chooser *c, const slk_told *x) {
    if (x->pred >= c->r->preds.n) return 3;
    unsigned n = clause_depth(c->t->pack, c->r, x->pred);
    return x->noun == SLK_NONE || slk_tell_carried(c->t, x) ? n : n + 1;
}

/* ---------------------------------------------------------------- launches and deeds of a sentence */

/* Groups whose event is only the telling of another: the other one is the news. */
static bool only_tells(const chooser *c, const slk_told *x) {
    static const char *const groups[] = {"state",  "announce", "confirm", "notify",
                                         "assess", "detect",   "plan",    "predict"};
    const char *g = group_of(c, x);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (strcmp(g, groups[i]) == 0) return true;
    return false;
}

/* States and their unions act; persons and companies do not make news of security. */
static bool acts(const slk_reading *r, uint32_t actor) {
    if (actor >= r->actors.n || strcmp(r->actors.at[actor].sector, "BUS") == 0) return false;
    return (slk_state_of(r, actor) || strcmp(r->actors.at[actor].country, "IGO") == 0);
}

/* A state is behind it, or the thing is a weapon that only states and armed groups have: rockets and satellites may be a company's. */
static bool state_known(const chooser *c, uint32_t event) {
    for (uint32_t i = c->t->first[event]; i <= c->t->last[event]; i++)
        if (c->t->told.at[i].event == event &&
            (acts(c->r, c->t->told.at[i].actor) || strstr(c->t->told.at[i].type, "missile")))
            return true;
    return false;
}

typedef struct found { /* the telling nearest to the main clause; none: SLK_NONE */
    uint32_t told;
    unsigned depth;
} found;

static bool is_launch_news(const chooser *c, const slk_told *x, int64_t days) {
    if (x->event == SLK_NONE || x->family != SLK_FAMILY_LAUNCH || strcmp(x->type, "commercial-launch") == 0)
        return false;
    if (x->reality > SLK_REAL_PLANNED || !is_recent(c, x->event, days)) return false;
    return (x->light || !c->t->told.at[c->t->first[x->event]].other) && state_known(c, x->event);
}

static found find_launch(const chooser *c, uint32_t sentence, int64_t days) {
    found f = {SLK_NONE, 9};
    for (uint32_t i = 0; i < c->t->told.n; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->sentence != sentence || !is_launch_news(c, x, days)) continue;
        unsigned n = depth_of(c, x) + (x->fresh ? 0 : 1) + (x->reality == SLK_REAL_FACT ? 0 : 1);
        if (n < f.depth || f.told == SLK_NONE) f = (found){i, n};
    }
    return f;
}

/* Two states, or a state and a union of states: security, whatever else the report is about. */
static bool between_states(const slk_reading *r, const slk_told *x) {
    if (!acts(r, x->actor) || !acts(r, x->target)) return false;
    return strcmp(r->actors.at[x->actor].country, r->actors.at[x->target].country) != 0;
}

static found find_deed(const chooser *c, uint32_t sentence) {
    found f = {SLK_NONE, 9};
    for (uint32_t i = 0; i < c->t->told.n; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->sentence != sentence || x->event == SLK_NONE || x->family != SLK_FAMILY_DEED) continue;
        if (!c->security && !between_states(c->r, x)) continue;
        if (x->reality != SLK_REAL_FACT || only_tells(c, x) || !is_recent(c, x->event, NEWS_DAYS)) continue;
        if (!acts(c->r, x->actor) || (x->noun != SLK_NONE && !slk_tell_carried(c->t, x))) continue;
        unsigned n = depth_of(c, x);
        if (n < f.depth || f.told == SLK_NONE) f = (found){i, n};
    }
    return f;
}

/* ---------------------------------------------------------------- statements */

/* Where the lead tells of no event but somebody's words, these words are the news. */
static const char *type_of_stance(slk_stance s) {
    switch (s) {
    case SLK_STANCE_DENIES: return "denial";
    case SLK_STANCE_CONDEMNS: return "condemnation";
    case SLK_STANCE_ALLEGES: return "accusation";
    case SLK_STANCE_DEMANDS: return "demand";
    case SLK_STANCE_THREATENS: return "threat";
    case SLK_STANCE_PROMISES: return "promise";
    default: return "statement";
    }
}

/* A verb of saying in the main clause, or in what another one says in it. */
static bool said_above(const chooser *c, slk_span cue) {
    const slk_reading *r = c->r;
    uint32_t sentence = slk_sentence_at(r, cue.start);
    for (uint32_t i = slk_first_pred_of(r, sentence); i < r->preds.n && r->preds.at[i].sentence == sentence; i++)
        if (slk_span_overlaps(slk_tokens_span(r, r->preds.at[i].verb), cue)) return clause_depth(c->t->pack, r, i) == 0;
    return false;
}

/* The words of a state or its body at the top of a sentence: an attribution, or SLK_NONE. */
static uint32_t find_words(const chooser *c, uint32_t sentence) {
    for (uint32_t i = 0; i < c->r->attributions.n && c->security; i++) {
        const slk_attribution *a = &c->r->attributions.at[i];
        uint32_t s = slk_sentence_at(c->r, a->cue.at[0].start);
        if (s > sentence) break;
        if (s != sentence || a->stance > SLK_STANCE_THREATENS || !a->source.n || !acts(c->r, a->actor)) continue;
        if (said_above(c, a->cue.at[0])) return i;
    }
    return SLK_NONE;
}

/* A verb of saying with a state as its subject in the main clause, where no attribution was made of it; SLK_NONE. */
static uint32_t find_saying(const chooser *c, uint32_t sentence) {
    const slk_reading *r = c->r;
    for (uint32_t i = slk_first_pred_of(r, sentence);
         c->security && i < r->preds.n && r->preds.at[i].sentence == sentence; i++) {
        const slk_pred *p = &r->preds.at[i];
        const char *lemma = r->tokens.at[p->verb.head].lemma;
        if (!lemma || p->negated || p->mood != SLK_MOOD_FACT || p->subj >= r->nouns.n) continue;
        if (slk_pack_find(c->t->pack, SLK_T_REPORTING, slk_text_of(lemma)) == SLK_NONE) continue;
        if (acts(r, slk_actor_of(r, slk_noun_span(r, p->subj))) && clause_depth(c->t->pack, r, i) == 0) return i;
    }
    return SLK_NONE;
}

/* An occurrence of its own, by an attribution, or by a bare predicate of this type. */
static slk_err add_words(chooser *c, uint32_t attribution, uint32_t pred, const char *type, uint32_t *event) {
    slk_reading *r = c->r;
    slk_told x = {.row = SLK_NONE, .noun = SLK_NONE, .weapon = SLK_NONE, .family = SLK_FAMILY_DEED};
    if (attribution != SLK_NONE) {
        const slk_attribution *a = &r->attributions.at[attribution];
        x.trigger = a->cue.at[0];
        x.pred = slk_pred_around(r, x.trigger);
        x.type = type_of_stance(a->stance);
        x.actor = a->actor;
        x.actor_words = a->source.at[0];
        x.attribution = a->inside;
    } else {
        x.pred = pred;
        x.trigger = r->tokens.at[r->preds.at[pred].verb.head].span;
        x.type = type;
        x.actor_words = slk_noun_span(r, r->preds.at[pred].subj);
        x.actor = slk_actor_of(r, x.actor_words);
        x.attribution = slk_attribution_around(r, x.trigger);
    }
    x.token = slk_token_at(r, x.trigger.start);
    x.sentence = slk_sentence_at(r, x.trigger.start);
    x.weapon_noun = x.target = SLK_NONE;
    x.time = SLK_NONE;
    for (uint32_t i = 0; i < r->times.n && x.time == SLK_NONE; i++)
        if (c->t->time_pred[i] == x.pred && x.pred != SLK_NONE && r->times.at[i].type <= SLK_TIME_TIME) x.time = i;
    *event = x.event = c->t->n_events;
    slk_err err = SLK_ROOM(&r->arena, &c->t->told, SLK_MAX_ITEMS);
    if (err != SLK_OK) return err;
    c->t->told.at[c->t->told.n++] = x;
    c->t->n_events++;
    return SLK_OK;
}

/* The main clause of the first sentence that tells of something: a predicate, or SLK_NONE. */
static uint32_t told_first(const chooser *c) {
    const slk_reading *r = c->r;
    uint32_t any = SLK_NONE;
    for (uint32_t i = 0; i < r->preds.n && r->preds.at[i].sentence < LEAD_LOOK; i++) {
        if (any == SLK_NONE) any = i;
        if (!is_cue(c->t->pack, r, i) && clause_depth(c->t->pack, r, i) == 0) return i;
    }
    return any;
}

/* A report that is no news of security has a story all the same: so reports of one story can be found together. */
static slk_err add_story(chooser *c) {
    uint32_t pred = told_first(c), event;
    if (pred == SLK_NONE) return SLK_OK;
    slk_err err = add_words(c, SLK_NONE, pred, "story", &event);
    if (err == SLK_OK)
        c->news[event] = (slk_news){false, "what the report as a whole tells; no news of security", "news.story"};
    return err;
}

/* ---------------------------------------------------------------- the choice */

static void choose(chooser *c, uint32_t event, const char *rule, const char *reason) {
    if (c->news[event].main) return;
    c->news[event] = (slk_news){true, reason, rule};
}

/* A launch beside a reaction, told in the same sentence as new and of these days. */
static void choose_beside(chooser *c, uint32_t sentence) {
    for (uint32_t i = 0; i < c->t->told.n; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->sentence != sentence || !is_launch_news(c, x, BESIDE_DAYS)) continue;
        if (!x->fresh || x->reality != SLK_REAL_FACT) continue;
        choose(c, x->event, "news.beside-reaction", "the lead tells it as new beside the reaction to it");
        return;
    }
}

/* "confirm that we have detected a missile launch": noticed is told. */
static bool under_detection(const chooser *c, const slk_told *x) {
    if (x->noun == SLK_NONE || x->pred >= c->r->preds.n) return false;
    uint32_t row = slk_event_longest(c->t, c->r->preds.at[x->pred].verb.head, 'v');
    return strcmp(slk_event_cell(c->t, row, SLK_EVENTS_GROUP), "detect") == 0;
}

static slk_err choose_in(chooser *c, uint32_t sentence, bool *done) {
    found launch = find_launch(c, sentence, NEWS_DAYS), deed = find_deed(c, sentence);
    uint32_t words = find_words(c, sentence), event;
    uint32_t saying = words == SLK_NONE ? find_saying(c, sentence) : SLK_NONE;
    bool told_new = launch.told != SLK_NONE && c->t->told.at[launch.told].noun == SLK_NONE && launch.depth <= 1;
    bool noticed = launch.told != SLK_NONE && c->t->told.at[launch.told].fresh && launch.depth <= 1 &&
                   under_detection(c, &c->t->told.at[launch.told]);
    if ((told_new || noticed) && deed.told == SLK_NONE)
        words = saying = SLK_NONE; /* "after another launch failed, the army said" */
    slk_err err = SLK_OK;
    *done = true;
    if (launch.told != SLK_NONE && launch.depth == 0) {
        choose(c, c->t->told.at[launch.told].event, "news.lead-main-clause", "the main clause of the lead tells of it");
    } else if (deed.told != SLK_NONE && deed.depth == 0) {
        choose(c, c->t->told.at[deed.told].event, "news.lead-main-clause", "the main clause of the lead tells of it");
        choose_beside(c, sentence);
    } else if (words != SLK_NONE || saying != SLK_NONE) {
        if ((err = add_words(c, words, saying, "statement", &event)) != SLK_OK) return err;
        choose(c, event, "news.lead-words", "the lead is about these words");
        choose_beside(c, sentence);
    } else if (launch.told != SLK_NONE) {
        choose(c, c->t->told.at[launch.told].event, "news.recent-in-lead", "told as recent in the first sentences");
    } else {
        *done = false;
    }
    return err;
}

/* "also conducted", "Also on Wednesday": another launch of the same news. */
static bool told_also(const chooser *c, const slk_told *x) {
    const slk_sentence *s = &c->r->sentences.at[x->sentence];
    for (uint32_t k = s->first_token; k < s->first_token + s->n_tokens && k <= x->token; k++)
        if (slk_tell_word(c->t, k, "also")) return true;
    return false;
}

/* "Also on Wednesday, Washington imposed sanctions": a deed of the day of the news, told a little later. */
#define ALSO_SENTENCES 4u
static void choose_also_deeds(chooser *c) {
    uint32_t from = c->n_lead ? c->lead[0] : 0, to = c->n_lead ? c->lead[c->n_lead - 1] + ALSO_SENTENCES : 0;
    int64_t first, last, today = slk_instant_days(c->r->report.published);
    for (uint32_t i = 0; i < c->t->told.n; i++) {
        const slk_told *x = &c->t->told.at[i];
        if (x->sentence <= from || x->sentence > to || x->event == SLK_NONE || x->family != SLK_FAMILY_DEED) continue;
        uint32_t opens = c->r->sentences.at[x->sentence].first_token;
        if (!slk_tell_word(c->t, opens, "also") || x->reality != SLK_REAL_FACT || only_tells(c, x)) continue;
        bool dated = slk_time_days(c->r, x->time, &first, &last) && last >= today - 1 && first <= today + 1;
        bool told = acts(c->r, x->actor) && depth_of(c, x) == 0 && *slk_event_plover(c->t, x->type);
        if (dated && told) choose(c, x->event, "news.also", "the report goes on with it as news of the same day");
    }
}

static void choose_also(chooser *c) {
    for (uint32_t k = 0; k < c->n_lead; k++)
        for (uint32_t i = 0; i < c->t->told.n; i++) {
            const slk_told *x = &c->t->told.at[i];
            if (x->sentence != c->lead[k] || !is_launch_news(c, x, BESIDE_DAYS) || x->reality != SLK_REAL_FACT)
                continue;
            if (x->fresh && told_also(c, x))
                choose(c, x->event, "news.also", "the report goes on with it as news of the same day");
        }
}

/* The subject of the report is security: a weapon is named, and a state acts. */
static bool about_security(const slk_tellings *t) {
    bool weapon = false, state = false;
    for (uint32_t i = 0; i < t->weapons.n && !weapon; i++) {
        const char *kind = t->weapons.at[i].kind;
        weapon = kind && strcmp(kind, "rocket") != 0 && strcmp(kind, "satellite") != 0;
    }
    for (uint32_t i = 0; i < t->told.n && !weapon; i++)
        weapon = t->told.at[i].family == SLK_FAMILY_LAUNCH && t->told.at[i].event != SLK_NONE;
    for (uint32_t i = 0; i < t->r->actors.n && !state; i++) state = slk_state_of(t->r, i) != NULL;
    return weapon && state;
}

/* Why an occurrence is background: it lies too far back, or the lead tells of another one or of nothing. */
static void set_aside(chooser *c, uint32_t event, bool none) {
    bool past = c->t->first[event] != SLK_NONE && !is_recent(c, event, NEWS_DAYS);
    c->news[event] = past   ? (slk_news){false, "it lies before the time that the report is about", "news.past"}
                     : none ? (slk_news){false, "the lead does not tell of it", "news.not-in-lead"}
                            : (slk_news){false, "the lead tells of another event", "news.lead-is-another"};
}

slk_err slk_tellings_news(slk_tellings *t, slk_news **out) {
    chooser c = {.t = t, .r = t->r, .security = about_security(t)};
    bool done = false, none = true;
    c.news = slk_arena_take(&t->r->arena, (t->n_events + 1) * sizeof *c.news); /* one statement may be added */
    if (!c.news) return SLK_ENOMEM;
    for (uint32_t i = 0; i <= t->n_events; i++) c.news[i] = (slk_news){false, NULL, NULL};
    find_lead(&c);
    for (uint32_t k = 0; k < c.n_lead && !done; k++) {
        slk_err err = choose_in(&c, c.lead[k], &done);
        if (err != SLK_OK) return err;
    }
    if (done) choose_also(&c);
    if (done && c.r->report.published.precision >= SLK_P_DAY) choose_also_deeds(&c);
    for (uint32_t i = 0; i < t->n_events; i++) none = none && !c.news[i].main;
    slk_err err = none ? add_story(&c) : SLK_OK;
    for (uint32_t i = 0; i < t->n_events; i++)
        if (!c.news[i].main && !c.news[i].reason) set_aside(&c, i, none);
    *out = c.news;
    return err;
}
