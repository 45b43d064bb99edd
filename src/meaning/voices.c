/* voices.c - who says that something happened: the attributions under which an event is told, from the innermost outwards, and how a voice
 * stands to its own deed. A hedge without a source ("what appeared to be") gives no voice of its own where somebody says it; an act of
 * speech ("Tokyo condemned") is told under the attribution that its own verb makes. See told.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/telling.h"

#define VOICES_MOST 16u
#define NESTED_MOST 6u /* voices inside one another that are looked at */

typedef struct voices {
    const slk_tellings *t;
    uint32_t ids[VOICES_MOST], n;
} voices;

/* "The meeting could signal a shift": what happens, or is used, is nobody who says so. */
static bool nobody(const slk_tellings *t, const slk_attribution *a) {
    if (!a->source.n || a->actor != SLK_NONE) return false;
    uint32_t last = slk_token_at(t->r, a->source.at[0].start),
             noun = last < t->r->tokens.n ? t->r->noun_of[last] : SLK_NONE;
    if (noun >= t->r->nouns.n) return false;
    uint32_t row = slk_event_longest(t, t->r->nouns.at[noun].t.head, 'n');
    return row != SLK_NONE && *slk_event_plover(t, slk_event_cell(t, row, SLK_EVENTS_TYPE));
}

static void add(voices *v, uint32_t attribution) {
    if (nobody(v->t, &v->t->r->attributions.at[attribution])) return;
    for (uint32_t k = 0; k < v->n; k++)
        if (v->ids[k] == attribution) return;
    if (v->n < VOICES_MOST) v->ids[v->n++] = attribution;
}

uint32_t slk_voice_of(const slk_reading *r, uint32_t attribution) {
    uint32_t a = attribution;
    for (unsigned hop = 0; hop < NESTED_MOST && a < r->attributions.n; hop++, a = r->attributions.at[a].inside)
        if (r->attributions.at[a].source.n) return a;
    return attribution;
}

/* The attribution whose cue a trigger is: "condemned" of "Tokyo condemned the launch"; SLK_NONE. */
static uint32_t told_by_itself(const slk_reading *r, slk_span trigger) {
    uint32_t lo = SLK_FIRST(i, r->attributions.n, r->attributions.at[i].cue.at[0].end <= trigger.start);
    if (lo >= r->attributions.n || !slk_span_holds(r->attributions.at[lo].cue.at[0], trigger)) return SLK_NONE;
    return r->attributions.at[lo].actor != SLK_NONE ? lo : SLK_NONE;
}

/* Stances that are an act of their own, not a mere telling. */
static bool acts(slk_stance s) {
    return s != SLK_STANCE_REPORTS && s != SLK_STANCE_SPECULATES && s != SLK_STANCE_EXPECTS;
}

static bool begins(const char *type, const char *const *with, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (strncmp(type, with[i], strlen(with[i])) == 0) return true;
    return false;
}

bool slk_speaks_for_state(const slk_reading *r, uint32_t actor) {
    static const char *const organs[] = {"state news-agency",  "state newspaper",     "state broadcaster",
                                         "party newspaper",    "party broadcaster",   "military news-agency",
                                         "military newspaper", "military broadcaster"};
    const char *role = actor < r->actors.n ? r->actors.at[actor].role : NULL;
    return role && begins(role, organs, sizeof organs / sizeof *organs);
}

static bool medium(const slk_reading *r, uint32_t actor) {
    return actor < r->actors.n && strcmp(r->actors.at[actor].sector, "MED") == 0;
}

static bool feat_of_arms(const char *type) {
    static const char *const feats[] = {"weapon-", "attack", "artillery",  "space-launch", "intercept",
                                        "launch",  "cyber",  "occupation", "incursion"};
    return begins(type, feats, sizeof feats / sizeof *feats);
}

/* What a party or its organ tells of its own feat of arms is its claim, whatever the verb; what an organ tells of one that nobody is named
 * for is its side's. An act of state that the state itself makes known is confirmed by it; words are neither. Media report. */
static void own_deed(const slk_tellings *t, const char *type, const char *state, uint32_t attribution) {
    static const char *const deeds[] = {"meeting", "visit",    "sanction", "drill",      "deployment", "aid",
                                        "arrest",  "expel",    "seizure",  "evacuation", "mobiliz",    "alert",
                                        "vote",    "blockade", "retreat",  "legislation"};
    slk_attribution *a = &t->r->attributions.at[attribution];
    const char *speaker = slk_state_of(t->r, a->actor);
    bool organ = slk_speaks_for_state(t->r, a->actor), feat = feat_of_arms(type);
    bool own = speaker && (state ? strcmp(state, speaker) == 0 : organ && feat) && a->stance == SLK_STANCE_REPORTS;
    if (!own || (medium(t->r, a->actor) && !organ)) return;
    if (feat)
        a->stance = SLK_STANCE_CLAIMS;
    else if (!organ && begins(type, deeds, sizeof deeds / sizeof *deeds))
        a->stance = SLK_STANCE_CONFIRMS;
}

void slk_voices_own_deed(const slk_tellings *t, const slk_event *e, const char *state) {
    for (uint32_t i = 0; i < e->n_fields; i++)
        for (uint32_t k = 0; k < e->fields[i].attributions.n; k++)
            own_deed(t, e->type, state, e->fields[i].attributions.at[k]);
}

/* A body that speaks for a state other than the one whose deed it is: government, military, secret service. */
static const char *witness(const slk_reading *r, uint32_t attribution, const char *state) {
    uint32_t actor = r->attributions.at[attribution].actor;
    const char *speaker = slk_state_of(r, actor), *sector = actor < r->actors.n ? r->actors.at[actor].sector : "";
    bool official = strcmp(sector, "GOV") == 0 || strcmp(sector, "MIL") == 0 || strcmp(sector, "SPY") == 0;
    return speaker && official && state && strcmp(speaker, state) != 0 ? speaker : NULL;
}

/* What one state has told of another's feat of arms, the next state that tells it too confirms. */
static void confirm_in_turn(const slk_tellings *t, const char *type, const char *state, const voices *v) {
    slk_attribution *all = t->r->attributions.at;
    const char *first = NULL;
    for (uint32_t k = 0; feat_of_arms(type) && k < v->n; k++) {
        slk_attribution *a = &all[v->ids[k]];
        const char *speaker = witness(t->r, v->ids[k], state);
        bool told = a->stance != SLK_STANCE_DENIES && a->stance <= SLK_STANCE_CONDEMNS;
        if (speaker && first && strcmp(first, speaker) != 0 && a->stance == SLK_STANCE_REPORTS && a->inside == SLK_NONE)
            a->stance = SLK_STANCE_CONFIRMS;
        else if (speaker && told && !first)
            first = speaker;
    }
}

/* A later "the launch" under a voice that only says something else of it: "the launch will worry Seoul, experts say". Who confirms, denies or
 * condemns it speaks of it all the same. */
static bool supposes(const slk_tellings *t, uint32_t event, uint32_t i) {
    const slk_told *x = &t->told.at[i];
    uint32_t a = slk_voice_of(t->r, x->attribution);
    return i > t->first[event] && x->noun != SLK_NONE && x->definite && !x->light && a < t->r->attributions.n &&
           !acts(t->r->attributions.at[a].stance);
}

/* "launched what it said was a satellite": the voice that names the thing; SLK_NONE. */
#define NAMED_WITHIN_B 80u
static uint32_t names_thing(const slk_reading *r, const slk_told *x) {
    if (x->family != SLK_FAMILY_LAUNCH) return SLK_NONE;
    uint32_t i = SLK_FIRST(k, r->attributions.n, r->attributions.at[k].cue.at[0].end <= x->trigger.end);
    for (; i < r->attributions.n; i++) {
        const slk_attribution *a = &r->attributions.at[i];
        slk_span what = a->content.n > 1 ? a->content.at[0] : (slk_span){0, 0};
        if (a->cue.at[0].start > x->trigger.end + 2 * NAMED_WITHIN_B) return SLK_NONE;
        bool near = what.start >= x->trigger.end && what.start <= x->trigger.end + NAMED_WITHIN_B;
        if (near && slk_text_is_fold(slk_reading_text(r, what), "what") &&
            slk_sentence_at(r, what.start) == x->sentence)
            return i;
    }
    return SLK_NONE;
}

slk_err slk_voices_of_event(const slk_tellings *t, uint32_t event, const char *type, const char *state, slk_ids *out) {
    const slk_reading *r = t->r;
    voices v = {.t = t};
    for (uint32_t i = t->first[event]; i <= t->last[event]; i++) {
        const slk_told *x = &t->told.at[i];
        if (x->event != event) continue;
        uint32_t a = supposes(t, event, i) ? SLK_NONE : slk_voice_of(r, x->attribution);
        for (unsigned hop = 0; hop < NESTED_MOST && a < r->attributions.n; hop++, a = r->attributions.at[a].inside) {
            if (hop > 0 && !r->attributions.at[a].source.n) continue;
            own_deed(t, type, state, a);
            add(&v, a);
        }
        uint32_t itself = told_by_itself(r, x->trigger);
        if (itself != SLK_NONE && acts(r->attributions.at[itself].stance)) add(&v, itself);
        uint32_t names = names_thing(r, x);
        if (names != SLK_NONE) own_deed(t, type, state, names);
        if (names != SLK_NONE && r->attributions.at[names].stance == SLK_STANCE_CLAIMS) add(&v, names);
    }
    confirm_in_turn(t, type, state, &v);
    return slk_ids_copy(t->r, v.ids, v.n, out);
}
