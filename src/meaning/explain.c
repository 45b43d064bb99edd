/* explain.c - the ids of the rules that made an event what it is: the row of the word, how it is told, who answers for it, why it is coded
 * so. They are names for people who look for the cause of a reading; nothing else depends on them. See told.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/telling.h"

/* "event_words:fire/v", "event_senses:suspend/v obj=aid", and the words for the thing where they made the type more exact. */
static char *type_rule(const slk_tellings *t, const slk_told *x, const slk_event *e) {
    slk_arena *a = &t->r->arena;
    uint32_t words = slk_pack_rows(t->pack, SLK_T_EVENTS);
    if (x->row == SLK_NONE)
        return slk_arena_printf(a, "%s", x->weapon != SLK_NONE ? "told.describes-weapon" : "told.words-of-lead");
    const char *lemma = slk_event_cell(t, x->row, SLK_EVENTS_LEMMA), *pos = slk_event_cell(t, x->row, SLK_EVENTS_POS);
    if (x->row >= words) {
        const char *when = slk_pack_str(t->pack, SLK_T_EVENT_SENSES, x->row - words, SLK_EVENT_SENSES_WHEN);
        return slk_arena_printf(a, "event_senses:%s/%s %s", lemma, pos, when ? when : "");
    }
    bool own = strcmp(slk_event_cell(t, x->row, SLK_EVENTS_TYPE), e->type) == 0;
    const slk_weapon *w = x->weapon == SLK_NONE ? NULL : &t->weapons.at[x->weapon];
    if (own || !w) return slk_arena_printf(a, "event_words:%s/%s", lemma, pos);
    const char *what = w->weapon_class && *w->weapon_class ? w->weapon_class : w->kind ? w->kind : "*";
    return slk_arena_printf(a, "event_words:%s/%s weapon_types:%s", lemma, pos, what);
}

static const char *happened_rule(const slk_told *x) {
    static const char *const turns[] = {NULL, "turn.planned", "turn.refused", "turn.demanded", "turn.threatened"};
    static const char *const told[] = {"told.fact", "told.possible", "told.planned", "told.not", "told.generic"};
    return x->reality != SLK_REAL_FACT && turns[x->turn] ? turns[x->turn] : told[x->reality];
}

static const char *certainty_rule(const slk_event *e) {
    switch (e->certainty) {
    case SLK_EC_CONFIRMED: return "voices.confirmed-or-both-sides";
    case SLK_EC_REPORTED: return "voices.report-or-other-side";
    case SLK_EC_CLAIMED: return "voices.only-its-own-side";
    case SLK_EC_ALLEGED: return "voices.alleged";
    case SLK_EC_DENIED: return "voices.denied";
    case SLK_EC_DISPUTED: return "voices.told-and-denied";
    case SLK_EC_SPECULATED: return "voices.guessed-or-possible";
    case SLK_EC_PLANNED: return "told.planned";
    case SLK_EC_DID_NOT_HAPPEN: return "told.not";
    }
    return NULL;
}

slk_err slk_rules_set(const slk_tellings *t, const slk_told *first, slk_event *e) {
    uint32_t row = slk_ontology_row(t->pack, e->type);
    const char *own = row == SLK_NONE ? NULL : slk_pack_str(t->pack, SLK_T_ONTOLOGY, row, SLK_ONTOLOGY_PLOVER);
    bool turned = e->plover && own && strcmp(own, e->plover) != 0;
    char *type = type_rule(t, first, e);
    char *code = slk_arena_printf(&t->r->arena, turned ? "plover:%s" : "ontology:%s", turned ? own : e->type);
    if (!type || !code) return SLK_ENOMEM;
    e->rules.type = type;
    e->rules.code = code;
    e->rules.happened = happened_rule(first);
    e->rules.certainty = certainty_rule(e);
    return SLK_OK;
}
