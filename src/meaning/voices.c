/* voices.c - who says that something happened: the attributions under which an event is told, from the innermost outwards, and how a voice
 * stands to its own deed. A hedge without a source ("what appeared to be") gives no voice of its own where somebody says it; an act of
 * speech ("Tokyo condemned") is told under the attribution that its own verb makes. See told.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/told.h"

#define VOICES_MOST 16u
#define NESTED_MOST 6u /* voices inside one another that are looked at */

typedef struct voices {
    const slk_tellings *t;
    uint32_t ids[VOICES_MOST], n;
} voices;

static void add(voices *v, uint32_t attribution) {
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

/* Media report what their state does; the state itself, its bodies and its organs speak of their own deeds. */
static bool medium(const slk_reading *r, uint32_t actor) {
    return actor < r->actors.n && strcmp(r->actors.at[actor].sector, "MED") == 0 && !slk_speaks_for_state(r, actor);
}

/* What a party tells of its own feat of arms is its claim, whatever the verb; an act of state that the state itself makes known is
 * confirmed by it; words are neither. */
static void own_deed(const slk_tellings *t, const char *type, const char *state, uint32_t attribution) {
    static const char *const feats[] = {"weapon-", "attack", "artillery",  "space-launch", "intercept",
                                        "launch",  "cyber",  "occupation", "incursion"};
    static const char *const deeds[] = {"meeting", "visit",    "sanction", "drill",      "deployment", "aid",
                                        "arrest",  "expel",    "seizure",  "evacuation", "mobiliz",    "alert",
                                        "vote",    "blockade", "retreat",  "legislation"};
    slk_attribution *a = &t->r->attributions.at[attribution];
    const char *speaker = slk_state_of(t->r, a->actor);
    bool own = state && speaker && strcmp(state, speaker) == 0 && a->stance == SLK_STANCE_REPORTS;
    if (!own || medium(t->r, a->actor)) return;
    if (begins(type, feats, sizeof feats / sizeof *feats)) a->stance = SLK_STANCE_CLAIMS;
    if (begins(type, deeds, sizeof deeds / sizeof *deeds)) a->stance = SLK_STANCE_CONFIRMS;
}

void slk_voices_own_deed(const slk_tellings *t, const slk_event *e, const char *state) {
    for (uint32_t i = 0; i < e->n_fields; i++)
        for (uint32_t k = 0; k < e->fields[i].attributions.n; k++)
            own_deed(t, e->type, state, e->fields[i].attributions.at[k]);
}

slk_err slk_voices_of_event(const slk_tellings *t, uint32_t event, const char *type, const char *state, slk_ids *out) {
    const slk_reading *r = t->r;
    voices v = {.t = t};
    for (uint32_t i = t->first[event]; i <= t->last[event]; i++) {
        const slk_told *x = &t->told.at[i];
        if (x->event != event) continue;
        uint32_t a = slk_voice_of(r, x->attribution);
        for (unsigned hop = 0; hop < NESTED_MOST && a < r->attributions.n; hop++, a = r->attributions.at[a].inside) {
            if (hop > 0 && !r->attributions.at[a].source.n) continue;
            own_deed(t, type, state, a);
            add(&v, a);
        }
        uint32_t itself = told_by_itself(r, x->trigger);
        if (itself != SLK_NONE && acts(r->attributions.at[itself].stance)) add(&v, itself);
    }
    return slk_ids_copy(t->r, v.ids, v.n, out);
}
