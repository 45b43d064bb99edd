/* thing.c - what was launched: the weapon in a noun phrase, behind words of doubt, or beside a launch that names none. See
 * telling.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/telling.h"

/* What was launched: the weapon in a noun phrase or in what follows its "of". */
void slk_take_weapon(const slk_tellings *t, slk_told *x, uint32_t noun) {
    for (unsigned hop = 0; noun < t->r->nouns.n && hop < 3; hop++, noun = t->r->nouns.at[noun].of) {
        uint32_t w = slk_weapon_in(t, slk_noun_span(t->r, noun));
        if (w == SLK_NONE) continue;
        x->weapon = w;
        x->weapon_noun = noun;
        return;
    }
}

/* "fired what appeared to be two short-range missiles": the thing stands behind the words of doubt. */
void slk_take_weapon_behind_what(const slk_tellings *t, slk_told *x, uint32_t token) {
    const slk_reading *r = t->r;
    uint32_t end = r->sentences.at[x->sentence].first_token + r->sentences.at[x->sentence].n_tokens;
    if (!slk_tell_word(t, token, "what")) return;
    for (uint32_t i = token + 1; i < end && i < token + 16 && x->weapon == SLK_NONE; i++) {
        uint32_t w = slk_weapon_in(t, r->tokens.at[i].span);
        if (w == SLK_NONE || slk_tell_word(t, i, ",")) continue;
        x->weapon = w;
        x->weapon_noun = slk_noun_of(r, i);
    }
}

/* "launched its first mission to the sun aboard a PSLV rocket": a state's launch, by the rocket that carried it. */
void slk_take_carrier(const slk_tellings *t, slk_told *x) {
    static const char *const words[] = {"aboard", "atop", "on", "with", "using", "by", "carrying"};
    const slk_reading *r = t->r;
    uint32_t end = r->sentences.at[x->sentence].first_token + r->sentences.at[x->sentence].n_tokens;
    if (!slk_state_of(r, x->actor) && strcmp(r->actors.at[x->actor].sector, "BUS") != 0) return;
    for (uint32_t i = x->token + 1; i + 1 < end && x->weapon == SLK_NONE; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            uint32_t noun = slk_tell_word(t, i, words[k]) ? slk_noun_of(r, i + 1) : SLK_NONE;
            uint32_t w = noun == SLK_NONE ? SLK_NONE : slk_weapon_in(t, slk_noun_span(r, noun));
            if (w == SLK_NONE || !t->weapons.at[w].type || strcmp(t->weapons.at[w].type, "space-launch") != 0) continue;
            x->weapon = w;
            x->weapon_noun = noun;
        }
}

/* "watched the test-fire for proving the range of a new launcher": the thing stands behind. */
void slk_take_weapon_behind(const slk_tellings *t, slk_told *x) {
    const slk_reading *r = t->r;
    uint32_t end = r->sentences.at[x->sentence].first_token + r->sentences.at[x->sentence].n_tokens;
    for (uint32_t i = x->token + 1; i < end && i < x->token + 14 && !slk_tell_word(t, i, ","); i++) {
        uint32_t w = slk_weapon_in(t, r->tokens.at[i].span);
        if (w == SLK_NONE) continue;
        x->weapon = w;
        x->weapon_noun = slk_noun_of(r, i);
        return;
    }
}

/* "terminated a Minuteman missile because of an anomaly during a test launch": the thing stands before, in the same sentence. */
void slk_take_weapon_before(const slk_tellings *t, slk_told *x) {
    const slk_sentence *s = &t->r->sentences.at[x->sentence];
    uint32_t w = slk_weapon_in(t, (slk_span){s->span.start, x->trigger.start});
    if (w == SLK_NONE || x->definite || x->token <= s->first_token) return;
    const char *kind = t->weapons.at[w].kind;
    if (kind && strcmp(kind, "satellite") == 0) return;
    x->weapon = w;
    x->weapon_noun = slk_noun_of(t->r, slk_token_at(t->r, t->weapons.at[w].span.start));
}

/* "Sunday's drill involving a hypersonic missile": the firing of it. */
void slk_take_drilled(const slk_tellings *t, slk_told *x) {
    if (!slk_tell_word(t, x->token + 1, "involving") && !slk_tell_word(t, x->token + 1, "firing")) return;
    uint32_t noun = slk_noun_of(t->r, x->token + 2);
    slk_take_weapon(t, x, noun);
    if (x->weapon != SLK_NONE) x->family = SLK_FAMILY_LAUNCH;
}

/* "its test of a long-range missile": new, whatever "its" says. */
bool slk_is_new_thing(const slk_tellings *t, const slk_told *x) {
    if (x->weapon_noun == SLK_NONE || x->weapon_noun == x->noun) return false;
    uint32_t first = t->r->nouns.at[x->weapon_noun].t.first;
    return slk_tell_word(t, first, "a") || slk_tell_word(t, first, "an") || t->r->tokens.at[first].upos == SLK_UPOS_NUM;
}
