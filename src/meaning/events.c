/* events.c - from occurrences to the events of the report: type and codes, how sure they are, which one is the news. Each event
 * carries its fields, the attributions under which it is told, and what is withheld. See told.h. */
#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/told.h"

#define LEAD_SENTENCES 3u
#define NEWS_DAYS 4 /* what is told as news happened at most so many days before publication */

typedef struct maker {
    slk_tellings *t;
    slk_reading *r;
    uint32_t *first; /* per occurrence: its first telling */
} maker;

/* ---------------------------------------------------------------- type and codes */

/* How exactly a type speaks: the number of its dots. */
static unsigned depth(const char *type) {
    unsigned n = 0;
    for (const char *p = type; *p; p++) n += *p == '.';
    return n;
}

static bool goes_on(const char *type, const char *prefix) {
    size_t n = strlen(prefix);
    return strncmp(type, prefix, n) == 0 && (type[n] == '\0' || type[n] == '.');
}

/* The type of the first telling, made more exact by those that go on with it; a planned launch is a plan. */
static const char *type_of(const maker *m, uint32_t event) {
    const slk_told *first = &m->t->told.at[m->first[event]];
    const char *type = first->type;
    for (uint32_t i = m->first[event]; i < m->t->told.n; i++) {
        const slk_told *x = &m->t->told.at[i];
        if (x->event != event || x->family != first->family || x->weapon == SLK_NONE) continue;
        if (goes_on(x->type, type) && depth(x->type) > depth(type)) type = x->type;
    }
    if (first->family == SLK_FAMILY_LAUNCH && first->reality == SLK_REAL_PLANNED) return "plan.launch";
    return type;
}

/* PLOVER, mode and CAMEO of a type, or of the nearest type above it. */
static slk_err set_codes(const maker *m, slk_event *e) {
    slk_text key = slk_text_of(e->type);
    while (key.n) {
        uint32_t row = slk_pack_find(m->t->pack, SLK_T_ONTOLOGY, key);
        if (row != SLK_NONE) {
            e->plover = slk_pack_str(m->t->pack, SLK_T_ONTOLOGY, row, SLK_ONTOLOGY_PLOVER);
            e->plover_mode = slk_pack_str(m->t->pack, SLK_T_ONTOLOGY, row, SLK_ONTOLOGY_MODE);
            e->cameo = slk_pack_str(m->t->pack, SLK_T_ONTOLOGY, row, SLK_ONTOLOGY_CAMEO);
            return SLK_OK;
        }
        while (key.n && key.at[key.n - 1] != '.') key.n--;
        if (key.n) key.n--;
    }
    return SLK_OK;
}

/* ---------------------------------------------------------------- how sure */

typedef struct voices { /* who says that it happened */
    bool own_report, party, other, denied, alleged, guessed, confirmed;
} voices;

static void hear(const maker *m, const char *state, uint32_t attribution, voices *v) {
    const slk_attribution *a = &m->r->attributions.at[attribution];
    const char *speaker = slk_state_of(m->r, a->actor);
    bool party = state && speaker && strcmp(state, speaker) == 0;
    switch (a->stance) {
    case SLK_STANCE_DENIES: v->denied = true; return;
    case SLK_STANCE_ALLEGES: v->alleged = true; return;
    case SLK_STANCE_SPECULATES:
    case SLK_STANCE_EXPECTS: v->guessed = true; return;
    case SLK_STANCE_CONFIRMS: v->confirmed = v->confirmed || !party; break;
    default: break;
    }
    if (party)
        v->party = true;
    else
        v->other = true;
}

static slk_event_certainty weigh(const voices *v) {
    bool told = v->own_report || v->party || v->other;
    if (v->denied) return told || v->alleged ? SLK_EC_DISPUTED : SLK_EC_DENIED;
    if (v->confirmed || (v->party && v->other)) return SLK_EC_CONFIRMED;
    if (v->other || v->own_report) return SLK_EC_REPORTED;
    if (v->party) return SLK_EC_CLAIMED;
    return v->alleged ? SLK_EC_ALLEGED : SLK_EC_SPECULATED;
}

static const char *state_of_event(const maker *m, uint32_t event) {
    for (uint32_t i = m->first[event]; i < m->t->told.n; i++) {
        const char *state = m->t->told.at[i].event == event ? slk_state_of(m->r, m->t->told.at[i].actor) : NULL;
        if (state) return state;
    }
    return NULL;
}

static slk_event_certainty certainty_of(const maker *m, uint32_t event) {
    const char *state = state_of_event(m, event);
    const slk_told *first = &m->t->told.at[m->first[event]];
    voices v = {false};
    if (first->reality == SLK_REAL_NOT) return SLK_EC_DID_NOT_HAPPEN;
    if (first->reality == SLK_REAL_PLANNED) return SLK_EC_PLANNED;
    if (first->reality == SLK_REAL_POSSIBLE) return SLK_EC_SPECULATED;
    for (uint32_t i = m->first[event]; i < m->t->told.n; i++) {
        const slk_told *x = &m->t->told.at[i];
        if (x->event != event || x->family == SLK_FAMILY_FLIGHT) continue;
        if (x->attribution == SLK_NONE)
            v.own_report = true;
        else
            hear(m, state, x->attribution, &v);
    }
    return weigh(&v);
}

/* ---------------------------------------------------------------- the news */

/* Days since 1970 of an occurrence, by the first telling of it that has one; false where none. */
static bool day_of(const maker *m, uint32_t event, int64_t *first, int64_t *last) {
    for (uint32_t i = m->first[event]; i < m->t->told.n; i++) {
        const slk_told *x = &m->t->told.at[i];
        if (x->event != event || x->time == SLK_NONE) continue;
        const slk_time *z = &m->r->times.at[x->time];
        if (z->earliest.precision < SLK_P_DAY || z->latest.precision < SLK_P_DAY) {
            if (z->earliest.precision == SLK_P_NONE) continue;
        }
        *first = slk_instant_days(z->earliest);
        *last = slk_instant_days(z->latest);
        return true;
    }
    return false;
}

/* Could this be news on the day of publication? Undated occurrences and reports could. */
static bool is_recent(const maker *m, uint32_t event) {
    slk_instant p = m->r->report.published;
    int64_t first, last;
    if (p.precision < SLK_P_DAY || !day_of(m, event, &first, &last)) return true;
    int64_t today = slk_instant_days(p);
    return last >= today - NEWS_DAYS && first <= today + 1;
}

static bool is_launch(const maker *m, uint32_t event) {
    return m->t->told.at[m->first[event]].family == SLK_FAMILY_LAUNCH;
}

/* Steps from the root of its sentence to the predicate, 9 at most; what is said counts like what says it. */
static unsigned steps_down(const slk_reading *r, uint32_t pred) {
    unsigned n = 0;
    while (pred != SLK_NONE && n < 9 && r->preds.at[pred].parent < r->preds.n) {
        slk_link link = r->preds.at[pred].link;
        if (link != SLK_LINK_COORDINATE) n++;
        pred = r->preds.at[pred].parent;
    }
    return n;
}

/* Groups whose event is only the telling of another: the other one is the news. */
static bool only_tells(const maker *m, const slk_told *x) {
    static const char *const groups[] = {"state",  "announce", "confirm", "notify",
                                         "assess", "detect",   "plan",    "predict"};
    const char *g = x->row == SLK_NONE ? NULL : slk_pack_str(m->t->pack, SLK_T_EVENTS, x->row, SLK_EVENTS_GROUP);
    for (size_t i = 0; g && i < sizeof groups / sizeof *groups; i++)
        if (strcmp(g, groups[i]) == 0) return true;
    return false;
}

/* The subject of the report is security: a weapon is named, and a state acts. */
static bool about_security(const maker *m) {
    bool weapon = false, state = false;
    for (uint32_t i = 0; i < m->t->weapons.n && !weapon; i++) {
        const char *kind = m->t->weapons.at[i].kind;
        weapon = kind && strcmp(kind, "rocket") != 0 && strcmp(kind, "satellite") != 0;
    }
    for (uint32_t i = 0; i < m->r->actors.n && !state; i++) state = slk_state_of(m->r, i) != NULL;
    return weapon && state;
}

typedef struct pick {
    uint32_t event;
    const char *reason;
} pick;

/* A launch told as done in this sentence, recent, by a state or with a launch vehicle of a state behind it. */
static uint32_t launch_in(const maker *m, uint32_t sentence, unsigned *steps) {
    for (uint32_t i = 0; i < m->t->told.n; i++) {
        const slk_told *x = &m->t->told.at[i];
        if (x->sentence != sentence || x->event == SLK_NONE || !is_launch(m, x->event)) continue;
        if (x->family != SLK_FAMILY_LAUNCH || x->reality > SLK_REAL_POSSIBLE) continue;
        if (m->t->told.at[m->first[x->event]].other || !is_recent(m, x->event)) continue;
        if (!state_of_event(m, x->event)) continue;
        *steps = steps_down(m->r, x->pred);
        return x->event;
    }
    return SLK_NONE;
}

static uint32_t deed_in(const maker *m, uint32_t sentence, unsigned *steps) {
    uint32_t best = SLK_NONE;
    for (uint32_t i = 0; i < m->t->told.n; i++) {
        const slk_told *x = &m->t->told.at[i];
        if (x->sentence != sentence || x->event == SLK_NONE || x->family != SLK_FAMILY_DEED || x->noun != SLK_NONE)
            continue;
        if (x->reality != SLK_REAL_FACT || only_tells(m, x) || slk_state_of(m->r, x->actor) == NULL) continue;
        unsigned n = steps_down(m->r, x->pred);
        if (best != SLK_NONE && n >= *steps) continue;
        best = x->event;
        *steps = n;
    }
    return best;
}

/* The first sentences are asked in turn: what was launched there, what was done there? */
static pick choose(const maker *m) {
    bool security = about_security(m);
    for (uint32_t s = 0; s < m->r->sentences.n && s < LEAD_SENTENCES; s++) {
        unsigned down_launch = 9, down_deed = 9;
        uint32_t launch = launch_in(m, s, &down_launch), deed = security ? deed_in(m, s, &down_deed) : SLK_NONE;
        if (deed != SLK_NONE && down_deed == 0 && down_launch > 0 && is_recent(m, deed))
            return (pick){deed, "the main clause of the lead tells of it"};
        if (launch != SLK_NONE) return (pick){launch, "told as recent in the first sentences"};
    }
    return (pick){SLK_NONE, NULL};
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

static slk_err add_statement(maker *m, uint32_t attribution) {
    slk_reading *r = m->r;
    const slk_attribution *a = &r->attributions.at[attribution];
    slk_told x = {.trigger = a->cue.at[0], .row = SLK_NONE, .noun = SLK_NONE, .weapon = SLK_NONE};
    x.token = slk_token_at(r, x.trigger.start);
    x.sentence = slk_sentence_at(r, x.trigger.start);
    x.pred = slk_pred_around(r, x.trigger);
    x.family = SLK_FAMILY_DEED;
    x.type = type_of_stance(a->stance);
    x.weapon_noun = x.target = SLK_NONE;
    x.actor = a->actor;
    x.actor_words = a->source.at[0];
    x.attribution = SLK_NONE;
    x.time = SLK_NONE;
    for (uint32_t i = 0; i < r->times.n && x.time == SLK_NONE; i++)
        if (m->t->time_pred[i] == x.pred && x.pred != SLK_NONE && r->times.at[i].type <= SLK_TIME_TIME) x.time = i;
    x.event = m->t->n_events++;
    slk_err err = SLK_ROOM(&r->arena, &m->t->told, SLK_MAX_ITEMS);
    if (err == SLK_OK) m->t->told.at[m->t->told.n++] = x;
    return err;
}

/* The first words of a state or its body in the lead, in a report about security. */
static slk_err find_statement(maker *m) {
    if (!about_security(m)) return SLK_OK;
    for (uint32_t i = 0; i < m->r->attributions.n; i++) {
        const slk_attribution *a = &m->r->attributions.at[i];
        if (slk_sentence_at(m->r, a->cue.at[0].start) >= LEAD_SENTENCES) break;
        bool speaks = a->stance <= SLK_STANCE_THREATENS && a->source.n && slk_state_of(m->r, a->actor);
        if (speaks) return add_statement(m, i);
    }
    return SLK_OK;
}

/* ---------------------------------------------------------------- putting them down */

static slk_err index_first(maker *m) {
    m->first = slk_arena_take(&m->r->arena, (m->t->n_events + 1) * sizeof *m->first);
    if (!m->first) return SLK_ENOMEM;
    for (uint32_t i = 0; i <= m->t->n_events; i++) m->first[i] = SLK_NONE;
    for (uint32_t i = 0; i < m->t->told.n; i++) {
        uint32_t e = m->t->told.at[i].event;
        if (e != SLK_NONE && m->first[e] == SLK_NONE) m->first[e] = i;
    }
    return SLK_OK;
}

#define VOICES_MOST 16u

static slk_err set_attributions(const maker *m, uint32_t event, slk_event *e) {
    uint32_t ids[VOICES_MOST], n = 0;
    for (uint32_t i = m->first[event]; i < m->t->told.n && n < VOICES_MOST; i++) {
        const slk_told *x = &m->t->told.at[i];
        bool known = x->event != event || x->attribution == SLK_NONE;
        for (uint32_t k = 0; k < n && !known; k++) known = ids[k] == x->attribution;
        if (!known) ids[n++] = x->attribution;
    }
    return slk_ids_copy(m->r, ids, n, &e->attributions);
}

static slk_err add_event(maker *m, uint32_t event, pick main) {
    slk_event e = {.type = type_of(m, event)};
    e.trigger = m->t->told.at[m->first[event]].trigger;
    e.certainty = certainty_of(m, event);
    e.main = event == main.event;
    e.main_reason = e.main                   ? main.reason
                    : !is_recent(m, event)   ? "it lies before the time that the report is about"
                    : main.event == SLK_NONE ? "the lead does not tell of it"
                                             : "the lead tells of another event";
    slk_err err = set_codes(m, &e);
    if (err == SLK_OK) err = set_attributions(m, event, &e);
    if (err == SLK_OK) err = slk_tellings_fields(m->t, event, &e.fields, &e.n_fields);
    if (err == SLK_OK) err = SLK_ROOM(&m->r->arena, &m->r->events, SLK_MAX_ITEMS);
    if (err == SLK_OK) m->r->events.at[m->r->events.n++] = e;
    return err;
}

slk_err slk_events_find(const slk_pack *pack, slk_reading *r) {
    slk_tellings t = {.pack = pack, .r = r};
    maker m = {.t = &t, .r = r};
    slk_err err = slk_tellings_find(&t);
    if (err == SLK_OK) err = slk_tellings_join(&t);
    if (err == SLK_OK) err = index_first(&m);
    if (err != SLK_OK) return err;
    pick main = choose(&m);
    if (main.event == SLK_NONE) {
        uint32_t before = t.n_events;
        err = find_statement(&m);
        if (err == SLK_OK && t.n_events > before) {
            err = index_first(&m);
            main = (pick){before, "the lead is about these words"};
        }
    }
    for (uint32_t i = 0; err == SLK_OK && i < t.n_events; i++) err = add_event(&m, i, main);
    return err == SLK_OK ? slk_withheld_find(&t) : err;
}
