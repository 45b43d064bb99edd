/* offices.c - which office a person holds on the day of a report, by the table of terms: "Moon Jae-in" is president in 2019, a former one in
 * 2024. See naming.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/naming.h"

/* The beginning of an ISO date ("2017", "2017-05") as months since year 0, the last of them where `end`; -1 for an empty cell. */
static int32_t months_of(slk_text date, bool end) {
    int32_t year = 0, month = 0;
    if (date.n < 4) return -1;
    for (uint32_t i = 0; i < 4; i++) year = year * 10 + (date.at[i] - '0');
    if (date.n >= 7) month = (date.at[5] - '0') * 10 + (date.at[6] - '0');
    if (month == 0) month = end ? 12 : 1;
    return year * 12 + month - 1;
}

const char *slk_office_of(const slk_naming *f, const char *name, const char *otherwise) {
    slk_instant p = f->r->report.published;
    uint32_t row = name ? slk_pack_find(f->pack, SLK_T_TERMS, slk_text_of(name)) : SLK_NONE;
    if (row == SLK_NONE || p.precision < SLK_P_MONTH) return otherwise;
    int32_t day = p.year * 12 + p.month - 1, last = -1;
    uint32_t held = SLK_NONE, left = SLK_NONE;
    for (; row < slk_pack_rows(f->pack, SLK_T_TERMS); row++) {
        if (!slk_text_is(slk_pack_cell(f->pack, SLK_T_TERMS, row, SLK_TERMS_NAME), name)) break;
        int32_t from = months_of(slk_pack_cell(f->pack, SLK_T_TERMS, row, SLK_TERMS_FROM), false);
        int32_t to = months_of(slk_pack_cell(f->pack, SLK_T_TERMS, row, SLK_TERMS_TO), true);
        if (from > day) continue;
        if (to < 0 || to >= day) held = row; /* in the month of change the new office counts */
        if (to >= 0 && to < day && to > last) left = row, last = to;
    }
    if (held != SLK_NONE) return slk_pack_str(f->pack, SLK_T_TERMS, held, SLK_TERMS_OFFICE);
    if (left == SLK_NONE) return otherwise;
    const char *office = slk_pack_str(f->pack, SLK_T_TERMS, left, SLK_TERMS_OFFICE);
    const char *former = office ? slk_arena_printf(&f->r->arena, "former %s", office) : NULL;
    return former ? former : otherwise;
}
