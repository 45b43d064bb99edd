/* turn.c - how a deed is turned by those who speak of it: meant ("will free", "agreed to free"), refused ("will not free"), demanded
 * ("must free", "was urged to free") or threatened. PLOVER codes such words by what they are: agreement, rejection, request, threat.
 * See told.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/telling.h"

#define HOPS 4 /* verbs that hang on each other: "agreed to try to free" */

bool slk_turn_is(slk_turn turn, slk_text name) {
    static const char *const names[] = {"none", "planned", "refused", "demanded", "threatened"};
    return slk_text_is(name, names[turn]);
}

/* "would" in the words of somebody: a future seen from the past. */
static bool said_future(const slk_tellings *t, const slk_pred *p) {
    bool would = false;
    for (uint32_t k = p->verb.first; k < p->verb.head; k++) would = would || slk_tell_word(t, k, "would");
    return would && slk_attribution_around(t->r, slk_tokens_span(t->r, p->verb)) != SLK_NONE;
}

/* What a verb makes of the infinitive that hangs on it: by its own type of event, else as the table of cues says. */
slk_turn slk_turn_under(const slk_tellings *t, uint32_t up) {
    static const struct {
        const char *plover;
        slk_turn turn;
    } turns[] = {{"AGREE", SLK_TURN_PLANNED},
                 {"REQUEST", SLK_TURN_DEMANDED},
                 {"REJECT", SLK_TURN_REFUSED},
                 {"THREATEN", SLK_TURN_THREATENED}};
    const slk_pred *p = &t->r->preds.at[up];
    uint32_t row = slk_event_longest(t, p->verb.head, 'v');
    const char *event = slk_event_plover(t, slk_event_cell(t, row, SLK_EVENTS_TYPE));
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        if (strcmp(event, turns[i].plover) != 0) continue;
        if (!p->negated) return turns[i].turn;
        return turns[i].turn == SLK_TURN_PLANNED ? SLK_TURN_REFUSED : SLK_TURN_NONE;
    }
    const char *lemma = t->r->tokens.at[p->verb.head].lemma;
    const char *v = lemma ? slk_cue_value(t->pack, slk_text_of(lemma), "turns") : NULL;
    slk_turn turn = SLK_TURN_NONE;
    for (slk_turn k = SLK_TURN_NONE; v && k <= SLK_TURN_THREATENED; k++)
        if (slk_turn_is(k, slk_text_of(v))) turn = k;
    return p->negated && turn == SLK_TURN_PLANNED ? SLK_TURN_REFUSED : turn;
}

slk_turn slk_tell_turn(const slk_tellings *t, uint32_t pred) {
    const slk_reading *r = t->r;
    for (unsigned hop = 0; pred < r->preds.n && hop < HOPS; hop++) {
        const slk_pred *p = &r->preds.at[pred];
        bool future = p->mood == SLK_MOOD_FUTURE || said_future(t, p);
        if (future) return p->negated ? SLK_TURN_REFUSED : SLK_TURN_PLANNED;
        if (p->mood == SLK_MOOD_OBLIGED) return p->negated ? SLK_TURN_NONE : SLK_TURN_DEMANDED;
        if (p->parent >= r->preds.n) return SLK_TURN_NONE;
        if (p->link == SLK_LINK_INFINITIVE || p->mood == SLK_MOOD_INFINITIVE) {
            slk_turn turn = slk_turn_under(t, p->parent);
            if (turn != SLK_TURN_NONE) return turn;
            const slk_pred *up = &r->preds.at[p->parent]; /* "will go there to meet" */
            if (p->link != SLK_LINK_COORDINATE && up->link != SLK_LINK_INFINITIVE && up->mood != SLK_MOOD_FUTURE)
                return SLK_TURN_NONE;
        } else if (p->link != SLK_LINK_COORDINATE || p->mood != SLK_MOOD_FACT || p->past) {
            return SLK_TURN_NONE;
        }
        pred = p->parent;
    }
    return SLK_TURN_NONE;
}

/* "vowed to shell the town": a promise of violence threatens. */
void slk_turn_promises(slk_tellings *t) {
    for (uint32_t i = 0; i < t->told.n; i++) {
        const slk_told *y = &t->told.at[i];
        const slk_pred *p = y->pred < t->r->preds.n && y->noun == SLK_NONE ? &t->r->preds.at[y->pred] : NULL;
        if (!p || p->link != SLK_LINK_INFINITIVE || strcmp(slk_event_plover(t, y->type), "ASSAULT") != 0) continue;
        for (uint32_t k = i; k-- > 0 && i - k < 6;) {
            slk_told *x = &t->told.at[k];
            if (x->pred == p->parent && x->noun == SLK_NONE && strcmp(x->type, "promise") == 0) x->type = "threat";
        }
    }
}
