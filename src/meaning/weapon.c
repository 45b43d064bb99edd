/* weapon.c - words that name a weapon or a class of weapons, with the event type of launching one. See told.h. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "language/phrases.h"
#include "meaning/meaning.h"
#include "meaning/told.h"

const char *slk_weapon_cell(const slk_tellings *t, const char *name, int column) {
    uint32_t row = name ? slk_pack_find(t->pack, SLK_T_WEAPON_TYPES, slk_text_of(name)) : SLK_NONE;
    const char *z = row == SLK_NONE ? NULL : slk_pack_str(t->pack, SLK_T_WEAPON_TYPES, row, column);
    if (z && *z) return z;
    row = slk_pack_find(t->pack, SLK_T_WEAPON_TYPES, slk_text_of("*"));
    return row == SLK_NONE ? NULL : slk_pack_str(t->pack, SLK_T_WEAPON_TYPES, row, column);
}

static slk_err add_weapon(slk_tellings *t, uint32_t start, const slk_hit *h) {
    slk_weapon w = {.span = {start, h->end}, .table = h->table, .row = h->row};
    if (h->table == SLK_T_WEAPONS) {
        w.weapon_class = slk_pack_str(t->pack, SLK_T_WEAPONS, h->row, SLK_WEAPONS_CLASS);
        w.kind = "system";
        w.type = slk_weapon_cell(t, w.weapon_class, SLK_WEAPON_TYPES_TYPE);
    } else {
        w.weapon_class = slk_pack_str(t->pack, SLK_T_WEAPON_CLASSES, h->row, SLK_WEAPON_CLASSES_CLASS);
        w.kind = slk_pack_str(t->pack, SLK_T_WEAPON_CLASSES, h->row, SLK_WEAPON_CLASSES_KIND);
        w.type = slk_pack_str(t->pack, SLK_T_WEAPON_CLASSES, h->row, SLK_WEAPON_CLASSES_TYPE);
    }
    slk_err err = SLK_ROOM(&t->r->arena, &t->weapons, SLK_MAX_ITEMS);
    if (err == SLK_OK) t->weapons.at[t->weapons.n++] = w;
    return err;
}

slk_err slk_tell_weapons(slk_tellings *t) {
    slk_hit hits[12];
    uint32_t end = 0;
    for (uint32_t i = 0; i < t->r->tokens.n; i++) {
        uint32_t start = t->r->tokens.at[i].span.start;
        if (start < end || t->r->tokens.at[i].upos == SLK_UPOS_PUNCT) continue;
        uint32_t n = slk_phrases_at(t->pack, t->r, i, hits, 12);
        for (uint32_t k = 0; k < n; k++) {
            if (hits[k].table != SLK_T_WEAPONS && hits[k].table != SLK_T_WEAPON_CLASSES) continue;
            slk_err err = add_weapon(t, start, &hits[k]);
            if (err != SLK_OK) return err;
            end = hits[k].end;
            break;
        }
    }
    return SLK_OK;
}

uint32_t slk_weapon_in(const slk_tellings *t, slk_span s) {
    uint32_t lo = SLK_FIRST(i, t->weapons.n, t->weapons.at[i].span.end <= s.start), best = SLK_NONE;
    for (; lo < t->weapons.n && t->weapons.at[lo].span.start < s.end; lo++) best = lo;
    return best;
}
