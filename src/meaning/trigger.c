/* trigger.c - the table of event words: the row of a verb or noun, its cells, and what family of words it belongs to. See telling.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/telling.h"

/* The column of the table of senses that says the same as one of the event words. */
static int column_of_sense(int column) {
    switch (column) {
    case SLK_EVENTS_GROUP: return SLK_EVENT_SENSES_GROUP;
    case SLK_EVENTS_TYPE: return SLK_EVENT_SENSES_TYPE;
    case SLK_EVENTS_FRAME: return SLK_EVENT_SENSES_FRAME;
    case SLK_EVENTS_NEEDS: return SLK_EVENT_SENSES_NEEDS;
    case SLK_EVENTS_POS: return SLK_EVENT_SENSES_POS;
    default: return SLK_EVENT_SENSES_LEMMA;
    }
}

const char *slk_event_cell(const slk_tellings *t, uint32_t row, int column) {
    uint32_t words = slk_pack_rows(t->pack, SLK_T_EVENTS);
    const char *z = row == SLK_NONE ? NULL
                    : row < words   ? slk_pack_str(t->pack, SLK_T_EVENTS, row, column)
                                    : slk_pack_str(t->pack, SLK_T_EVENT_SENSES, row - words, column_of_sense(column));
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

/* The lemmas that a word may be looked up by, the longest first: before a hyphen, up to it, from it on; false behind the last. */
static bool next_lemma(const slk_tellings *t, uint32_t token, char pos, unsigned *step, char z[96], slk_text *out) {
    for (; *step < 8; (*step)++) {
        unsigned k = *step;
        uint32_t first = token, n = k > 4 ? 8 - k : 0;
        if (k == 0 && token >= 2 && slk_tell_word(t, token - 1, "-")) first = token - 2, n = 3;
        if (k >= 1 && k <= 3 && pos == 'n' && token + 1 >= 5 - k) n = 5 - k, first = token + 1 - n;
        if (n == 0) continue;
        *out = slk_tell_lemmas(t->r, first, n, z);
        if (!out->n) continue;
        (*step)++;
        return true;
    }
    return false;
}

/* The longest row for the lemma at a token, with what stands before a hyphen ("test-fired") or behind ("carried out"). */
uint32_t slk_event_longest(const slk_tellings *t, uint32_t token, char pos) {
    char z[96];
    slk_text lemma;
    for (unsigned step = 0; next_lemma(t, token, pos, &step, z, &lemma);) {
        uint32_t row = slk_event_row(t, lemma, pos);
        if (row != SLK_NONE) return row;
    }
    return SLK_NONE;
}

uint32_t slk_event_sense(const slk_tellings *t, const slk_place_of *w, uint32_t *taken) {
    char z[96], pos = w->noun == SLK_NONE ? 'v' : 'n';
    slk_text lemma;
    *taken = SLK_NONE;
    for (unsigned step = 0; next_lemma(t, w->token, pos, &step, z, &lemma);) {
        uint32_t row = slk_sense_of(t, w, lemma, pos, taken);
        if (row != SLK_NONE && strcmp(slk_event_cell(t, row, SLK_EVENTS_TYPE), "-") == 0) break; /* no event here */
        if (row == SLK_NONE) row = slk_event_row(t, lemma, pos);
        if (row != SLK_NONE) return row;
    }
    *taken = SLK_NONE;
    bool verb = pos == 'v' && t->r->tokens.at[w->token].upos == SLK_UPOS_VERB; /* not "must be" */
    return verb ? slk_sense_of(t, w, slk_text_of("*"), pos, taken) : SLK_NONE;
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

const char *slk_event_plover(const slk_tellings *t, const char *type) {
    uint32_t row = slk_ontology_row(t->pack, type);
    const char *z = row == SLK_NONE ? NULL : slk_pack_str(t->pack, SLK_T_ONTOLOGY, row, SLK_ONTOLOGY_PLOVER);
    return z ? z : "";
}
