/* trigger.c - the table of event words: the row of a verb or noun, its cells, and what family of words it belongs to. See telling.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/telling.h"

const char *slk_event_cell(const slk_tellings *t, uint32_t row, int column) {
    const char *z = row == SLK_NONE ? NULL : slk_pack_str(t->pack, SLK_T_EVENTS, row, column);
    return z ? z : "";
}

/* The row of a lemma with this part of speech; SLK_NONE. */
uint32_t slk_event_row(const slk_tellings *t, slk_text lemma, char pos) {
    uint32_t row = slk_pack_find(t->pack, SLK_T_EVENTS, lemma);
    for (; row != SLK_NONE && row < slk_pack_rows(t->pack, SLK_T_EVENTS); row++) {
        if (!slk_text_eq(slk_pack_cell(t->pack, SLK_T_EVENTS, row, SLK_EVENTS_LEMMA), lemma)) return SLK_NONE;
        slk_text p = slk_pack_cell(t->pack, SLK_T_EVENTS, row, SLK_EVENTS_POS);
        if (p.n && p.at[0] == pos) return row;
    }
    return SLK_NONE;
}

/* The longest row for the lemma at a token, with what stands before a hyphen ("test-fired") or behind ("carried out"). */
uint32_t slk_event_longest(const slk_tellings *t, uint32_t token, char pos) {
    char z[96];
    if (token >= 2 && slk_tell_word(t, token - 1, "-")) {
        uint32_t row = slk_event_row(t, slk_tell_lemmas(t->r, token - 2, 3, z), pos);
        if (row != SLK_NONE) return row;
    }
    for (unsigned n = 4; pos == 'n' && n > 1;
         n--) { /* "nuclear test", "ballistic missile launch": the head stands last */
        slk_text lemma = token + 1 >= n ? slk_tell_lemmas(t->r, token + 1 - n, n, z) : (slk_text){NULL, 0};
        uint32_t row = lemma.n ? slk_event_row(t, lemma, pos) : SLK_NONE;
        if (row != SLK_NONE) return row;
    }
    for (unsigned n = 3; n > 0; n--) {
        slk_text lemma = slk_tell_lemmas(t->r, token, n, z);
        uint32_t row = lemma.n ? slk_event_row(t, lemma, pos) : SLK_NONE;
        if (row != SLK_NONE) return row;
    }
    return SLK_NONE;
}

slk_family slk_event_family(const char *group) {
    static const char *const launch[] = {"launch", "fire", "test", "test-fire", "shoot", "detonate", "lob"};
    static const char *const flight[] = {"fly",   "land",  "fail", "explode",  "fall",  "travel",
                                         "crash", "reach", "hit",  "lift-off", "splash"};
    for (size_t i = 0; i < sizeof launch / sizeof *launch; i++)
        if (strcmp(group, launch[i]) == 0) return SLK_FAMILY_LAUNCH;
    for (size_t i = 0; i < sizeof flight / sizeof *flight; i++)
        if (strcmp(group, flight[i]) == 0) return SLK_FAMILY_FLIGHT;
    return SLK_FAMILY_DEED;
}

bool slk_event_light(const slk_tellings *t, uint32_t row) {
    const char *g = slk_event_cell(t, row, SLK_EVENTS_GROUP);
    return strcmp(g, "conduct") == 0 || strcmp(g, "light") == 0;
}
