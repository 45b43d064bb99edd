/* events.c - from occurrences to the events of the report: type and codes, how sure they are, which one is the news. Each event
 * carries its fields, the attributions under which it is told, and what is withheld. See told.h. */
#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/told.h"

typedef struct maker {
    slk_tellings *t;
    slk_reading *r;
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

static const char *state_of_event(const maker *m, uint32_t event) {
    for (uint32_t i = m->t->first[event]; i <= m->t->last[event]; i++) {
        const char *state = m->t->told.at[i].event == event ? slk_state_of(m->r, m->t->told.at[i].actor) : NULL;
        if (state) return state;
    }
    return NULL;
}

/* The type of the first telling, made more exact by those that go on with it; a planned launch is a plan. */
static const char *type_of(const maker *m, uint32_t event) {
    const slk_told *first = &m->t->told.at[m->t->first[event]];
    const char *type = first->type;
    for (uint32_t i = m->t->first[event]; i <= m->t->last[event]; i++) {
        const slk_told *x = &m->t->told.at[i];
        if (x->event != event || x->family != first->family || x->weapon == SLK_NONE) continue;
        if (goes_on(x->type, type) && depth(x->type) > depth(type)) type = x->type;
        bool bare = strcmp(type, "weapon-test.missile") == 0 || strcmp(type, "weapon-test") == 0;
        if (bare && strcmp(x->type, "space-launch") == 0)
            type = x->type; /* a "missile launch" that carried a satellite */
    }
    if (strcmp(type, "space-launch") == 0 && !state_of_event(m, event)) type = "commercial-launch";
    if (strcmp(type, "commercial-launch") == 0) return type;
    if (first->family == SLK_FAMILY_LAUNCH && first->reality == SLK_REAL_PLANNED) return "plan.launch";
    return type;
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
    if (v->denied) return told ? SLK_EC_DISPUTED : SLK_EC_DENIED;
    if (v->confirmed || (v->party && v->other)) return SLK_EC_CONFIRMED;
    if (v->other || v->own_report) return SLK_EC_REPORTED;
    if (v->party) return SLK_EC_CLAIMED;
    return v->alleged ? SLK_EC_ALLEGED : SLK_EC_SPECULATED;
}

static slk_event_certainty certainty_of(const maker *m, uint32_t event) {
    const char *state = state_of_event(m, event);
    const slk_told *first = &m->t->told.at[m->t->first[event]];
    voices v = {false};
    if (first->reality == SLK_REAL_NOT) return SLK_EC_DID_NOT_HAPPEN;
    if (first->reality == SLK_REAL_PLANNED) return SLK_EC_PLANNED;
    if (first->reality == SLK_REAL_POSSIBLE) return SLK_EC_SPECULATED;
    for (uint32_t i = m->t->first[event]; i <= m->t->last[event]; i++) {
        const slk_told *x = &m->t->told.at[i];
        if (x->event != event || x->family == SLK_FAMILY_FLIGHT) continue;
        if (x->attribution == SLK_NONE)
            v.own_report = true;
        else
            hear(m, state, x->attribution, &v);
    }
    return weigh(&v);
}

/* ---------------------------------------------------------------- putting them down */

/* The day of a moment at the place of the event: of its actor's country. */
static slk_instant day_at(const maker *m, uint32_t event, slk_instant p) {
    const char *state = state_of_event(m, event), *zone = state ? slk_country_zone(m->t->pack, state) : NULL;
    int64_t s = slk_instant_seconds(p);
    int32_t offset;
    if (!zone || !slk_zone_offset(m->t->pack, zone, s, &offset)) return p;
    return slk_instant_at(s, offset / 60, SLK_P_MINUTE);
}

static bool told_when(const slk_event *e) {
    for (uint32_t i = 0; i < e->n_fields; i++)
        if (e->fields[i].name == SLK_FIELD_TIME) return true;
    return false;
}

/* News without a day is of the day of another piece of news told beside it, else of publication, by the clock of its place. */
static slk_err assume_day(const maker *m, uint32_t event, slk_event *e) {
    slk_instant p = m->r->report.published;
    bool launch = m->t->told.at[m->t->first[event]].family == SLK_FAMILY_LAUNCH;
    slk_field f = {.name = SLK_FIELD_TIME,
                   .basis = SLK_BASIS_ASSUMED,
                   .note = "no day is told: that of publication",
                   .rule = "time.assumed"};
    f.value = (slk_value){.kind = SLK_VALUE_TIME, .ref = SLK_NONE, .low = NAN, .high = NAN, .si = NAN, .si_high = NAN};
    if (p.precision >= SLK_P_MINUTE && p.has_offset && launch) p = day_at(m, event, p);
    f.value.when = slk_instant_cut(p, SLK_P_DAY);
    for (uint32_t i = 0; launch && i < m->r->events.n; i++) {
        const slk_event *o = &m->r->events.at[i];
        if (!o->main || strncmp(o->type, "weapon-test", 11) != 0 || !told_when(o)) continue;
        for (uint32_t k = 0; k < o->n_fields; k++)
            if (o->fields[k].name == SLK_FIELD_TIME) f.value.when = slk_instant_cut(o->fields[k].value.when, SLK_P_DAY);
        f.note = "no day is told: that of the launch told beside it";
    }
    if (f.value.when.precision < SLK_P_DAY) return SLK_OK;
    f.value.when.has_offset = false;
    slk_field *all = slk_arena_take(&m->r->arena, (e->n_fields + 1) * sizeof *all);
    if (!all) return SLK_ENOMEM;
    for (uint32_t i = 0; i < e->n_fields; i++) all[i] = e->fields[i];
    all[e->n_fields] = f;
    e->fields = all;
    e->n_fields++;
    return SLK_OK;
}

static slk_err add_event(maker *m, uint32_t event, slk_news news) {
    slk_event e = {.type = type_of(m, event), .main = news.main, .main_reason = news.reason};
    e.trigger = m->t->told.at[m->t->first[event]].trigger;
    e.certainty = certainty_of(m, event);
    slk_codes_set(m->t, &m->t->told.at[m->t->first[event]], &e);
    e.rules.main = news.rule;
    slk_err err = slk_rules_set(m->t, &m->t->told.at[m->t->first[event]], &e);
    if (err == SLK_OK) err = slk_voices_of_event(m->t, event, e.type, state_of_event(m, event), &e.attributions);
    if (err == SLK_OK) err = slk_tellings_fields(m->t, event, &e.fields, &e.n_fields);
    if (err == SLK_OK) slk_voices_own_deed(m->t, &e, state_of_event(m, event));
    bool done = m->t->told.at[m->t->first[event]].reality == SLK_REAL_FACT;
    if (err == SLK_OK && e.main && done && !told_when(&e)) err = assume_day(m, event, &e);
    if (err == SLK_OK) err = SLK_ROOM(&m->r->arena, &m->r->events, SLK_MAX_ITEMS);
    if (err == SLK_OK) m->r->events.at[m->r->events.n++] = e;
    return err;
}

slk_err slk_events_find(const slk_pack *pack, slk_reading *r) {
    slk_tellings t = {.pack = pack, .r = r};
    maker m = {.t = &t, .r = r};
    slk_news *news = NULL;
    slk_err err = slk_tellings_find(&t);
    if (err == SLK_OK) err = slk_tellings_join(&t);
    if (err == SLK_OK) err = slk_tellings_news(&t, &news);
    for (uint32_t i = 0; err == SLK_OK && i < t.n_events; i++) err = add_event(&m, i, news[i]);
    return err == SLK_OK ? slk_withheld_find(&t) : err;
}
