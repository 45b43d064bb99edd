/* codes.c - PLOVER event, mode and CAMEO code of an event. A deed that is only meant, refused, demanded or threatened is coded as what
 * is made of it (data/plover.tsv): "will free prisoners" is AGREE, "refused to meet" REJECT; what did not happen or may only happen says
 * so in the auxiliary mode that the PLOVER manual defines. See told.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/telling.h"

uint32_t slk_ontology_row(const slk_pack *pack, const char *type) {
    slk_text key = slk_text_of(type);
    while (key.n) {
        uint32_t row = slk_pack_find(pack, SLK_T_ONTOLOGY, key);
        if (row != SLK_NONE) return row;
        while (key.n && key.at[key.n - 1] != '.') key.n--;
        if (key.n) key.n--;
    }
    return SLK_NONE;
}

static void set_turned(const slk_tellings *t, uint32_t row, int event_column, int cameo_column, slk_event *e) {
    const char *event = slk_pack_str(t->pack, SLK_T_PLOVER, row, event_column);
    const char *cameo = slk_pack_str(t->pack, SLK_T_PLOVER, row, cameo_column);
    if (!event || !*event) return;
    if (!e->plover || strcmp(e->plover, event) != 0) e->plover_mode = NULL;
    e->plover = event;
    if (cameo && *cameo) e->cameo = cameo;
}

static bool cooperative(const slk_tellings *t, uint32_t row) {
    return slk_pack_num(t->pack, SLK_T_PLOVER, row, SLK_PLOVER_QUAD) <= 2;
}

void slk_codes_set(const slk_tellings *t, const slk_told *x, slk_event *e) {
    uint32_t type = slk_ontology_row(t->pack, e->type);
    if (type == SLK_NONE) return;
    e->plover = slk_pack_str(t->pack, SLK_T_ONTOLOGY, type, SLK_ONTOLOGY_PLOVER);
    e->plover_mode = slk_pack_str(t->pack, SLK_T_ONTOLOGY, type, SLK_ONTOLOGY_MODE);
    e->cameo = slk_pack_str(t->pack, SLK_T_ONTOLOGY, type, SLK_ONTOLOGY_CAMEO);
    e->plover_aux = x->reality == SLK_REAL_NOT        ? "negated"
                    : x->reality == SLK_REAL_PLANNED  ? "future"
                    : x->reality == SLK_REAL_POSSIBLE ? "hypothetical"
                                                      : NULL;
    uint32_t row = e->plover ? slk_pack_find(t->pack, SLK_T_PLOVER, slk_text_of(e->plover)) : SLK_NONE;
    if (row == SLK_NONE || x->family != SLK_FAMILY_DEED) return;
    bool not = x->reality == SLK_REAL_NOT;
    if (x->reality == SLK_REAL_FACT) return;
    if (x->turn == SLK_TURN_DEMANDED)
        set_turned(t, row, SLK_PLOVER_DEMANDED, SLK_PLOVER_DEMANDED_CAMEO, e);
    else if ((x->turn == SLK_TURN_REFUSED || not ) && cooperative(t, row))
        set_turned(t, row, SLK_PLOVER_REFUSED, SLK_PLOVER_REFUSED_CAMEO, e);
    else if (x->turn == SLK_TURN_THREATENED)
        e->plover = "THREATEN", e->plover_mode = NULL, e->cameo = "130";
    else if (x->reality == SLK_REAL_PLANNED)
        set_turned(t, row, SLK_PLOVER_PLANNED, SLK_PLOVER_PLANNED_CAMEO, e);
}
