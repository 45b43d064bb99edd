/* weapon.c - words that name a weapon or a class of weapons, with the event type of launching one. See told.h. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/told.h"

static const char *type_of_class(const char *c) {
    static const struct {
        const char *weapon_class, *type;
    } types[] = {
        {"cruise", "weapon-test.missile.cruise"},
        {"hypersonic", "weapon-test.missile.hypersonic"},
        {"SLBM", "weapon-test.missile.ballistic"},
        {"SRBM", "weapon-test.missile.ballistic"},
        {"MRBM", "weapon-test.missile.ballistic"},
        {"IRBM", "weapon-test.missile.ballistic"},
        {"ICBM", "weapon-test.missile.ballistic"},
        {"SLV", "space-launch"},
        {"MLRS", "artillery"},
        {"artillery", "artillery"},
        {"SAM", "weapon-test.missile.air-defence"},
        {"ABM", "weapon-test.missile.air-defence"},
        {"nuclear", "weapon-test.nuclear"},
    };
    for (size_t i = 0; c && i < sizeof types / sizeof *types; i++)
        if (strcmp(c, types[i].weapon_class) == 0) return types[i].type;
    return "weapon-test.missile";
}

static slk_err add_weapon(slk_tellings *t, uint32_t start, const slk_hit *h) {
    slk_weapon w = {.span = {start, h->end}, .table = h->table, .row = h->row};
    if (h->table == SLK_T_WEAPONS) {
        w.weapon_class = slk_pack_str(t->pack, SLK_T_WEAPONS, h->row, SLK_WEAPONS_CLASS);
        w.kind = "system";
        w.type = type_of_class(w.weapon_class);
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
        uint32_t n = slk_pack_match(t->pack, t->r->report.text, start, hits, 12);
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
