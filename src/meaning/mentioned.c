/* mentioned.c - words that only mention what stands, where the sentence tells of something else: "the nuclear deal", "in defiance of U.N.
 * resolutions", "said in a statement". The table of event words marks such nouns as "made": they tell of an event where a verb makes it
 * ("signed a deal", "adopted a resolution"), where it has a day of its own, or where nothing else is told in the sentence. What somebody
 * is asked to do is told by the asking ("urged the North to refrain"). See telling.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/telling.h"

static bool mention(const slk_tellings *t, const slk_told *x) {
    if (x->noun == SLK_NONE || strcmp(slk_event_cell(t, x->row, SLK_EVENTS_NEEDS), "made") != 0) return false;
    return !slk_tell_carried(t, x) && x->time == SLK_NONE;
}

/* Of any verb that no row knows: "called on Iran to act with moderation". Told by the verb above where that is an event itself. */
static bool asked(const slk_tellings *t, const slk_told *x) {
    const slk_reading *r = t->r;
    if (x->pred >= r->preds.n || x->noun != SLK_NONE || x->turn != SLK_TURN_DEMANDED) return false;
    if (strcmp(slk_event_cell(t, x->row, SLK_EVENTS_LEMMA), "*") != 0) return false;
    const slk_pred *p = &r->preds.at[x->pred];
    if (p->mood == SLK_MOOD_OBLIGED || p->parent >= r->preds.n) return false;
    return slk_event_longest(t, r->preds.at[p->parent].verb.head, 'v') != SLK_NONE;
}

/* Is it told as something that happened, will or did not? */
static bool tells(const slk_tellings *t, const slk_told *x) {
    return x->reality != SLK_REAL_GENERIC && !mention(t, x) && !asked(t, x);
}

void slk_tellings_drop_mentioned(slk_tellings *t) {
    uint32_t kept = 0;
    for (uint32_t i = 0, end; i < t->told.n; i = end) {
        bool told = false;
        for (end = i; end < t->told.n && t->told.at[end].sentence == t->told.at[i].sentence; end++)
            told = told || tells(t, &t->told.at[end]);
        for (uint32_t k = i; k < end; k++)
            if (!told || (!mention(t, &t->told.at[k]) && !asked(t, &t->told.at[k]))) t->told.at[kept++] = t->told.at[k];
    }
    t->told.n = kept;
}
