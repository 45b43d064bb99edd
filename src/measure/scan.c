/* scan.c - small steps over folded text. See scan.h. */
#include "measure/scan.h"

#include <string.h>

#include "language/phrases.h"

uint32_t slk_scan_before(const slk_scan *s, uint32_t at) {
    if (at == 0) return 0;
    uint32_t start = at - 1, cp = 0;
    while (start > 0 && at - start < 4 && ((unsigned char)s->text.at[start] & 0xC0) == 0x80) start--;
    (void)slk_utf8_next(s->text.at + start, s->text.at + at, &cp);
    return slk_cp_fold(cp);
}

uint32_t slk_scan_space(const slk_scan *s, uint32_t at) {
    uint32_t n = 0;
    if (at + 1 < s->end && s->text.at[at] == ' ' && s->text.at[at + 1] > ' ') return at + 1;
    for (uint32_t cp = slk_scan_peek(s, at, &n); n && slk_cp_is_space(cp); cp = slk_scan_peek(s, at, &n)) at += n;
    return at;
}

bool slk_scan_word_ends(const slk_scan *s, uint32_t at) {
    uint32_t n = 0, cp = slk_scan_peek(s, at, &n);
    return n == 0 || !slk_cp_is_word(cp);
}

bool slk_scan_word_at(const slk_scan *s, uint32_t at, const char *z, uint32_t *end) {
    size_t n = strlen(z);
    if (n > s->end - at) return false;
    if (!slk_text_starts_fold(slk_text_part(s->text, at, s->end), z)) return false;
    if (!slk_scan_word_ends(s, at + (uint32_t)n)) return false;
    *end = at + (uint32_t)n;
    return true;
}

/* Those that the reading remembers, which may go on behind the scan; not where the scan ends within a word. */
static uint32_t look_up(const slk_scan *s, uint32_t at, slk_hit room[SLK_PHRASES_MOST], const slk_hit **hits) {
    bool within = s->end < s->text.n &&
                  !((unsigned char)s->text.at[s->end] < 0x80 && !slk_cp_is_word((unsigned char)s->text.at[s->end]));
    *hits = room;
    if (!s->memo->r || within)
        return slk_pack_match(s->pack, slk_text_part(s->text, 0, s->end), at, room, SLK_PHRASES_MOST);
    uint32_t n = slk_phrases_from(s->pack, s->memo->r, at, &s->memo->near, room, hits);
    while (n && (*hits)->end > s->end) ++*hits, n--; /* the longest stand first */
    return n;
}

uint32_t slk_scan_look(const slk_scan *s, uint32_t at, const slk_hit **hits) {
    slk_scan_place *place = &s->memo->places[at & (SLK_SCAN_PLACES - 1)];
    *hits = NULL;
    if (at >= s->end) return 0;
    place->n = look_up(s, at, place->room, &place->hits);
    place->at = at;
    place->end = s->end;
    *hits = place->hits;
    return place->n;
}

bool slk_scan_hit(const slk_scan *s, uint32_t at, int table, slk_hit *hit) {
    const slk_hit *hits;
    uint32_t n = slk_scan_hits(s, at, &hits);
    for (uint32_t i = 0; i < n; i++)
        if (hits[i].table == table) {
            *hit = hits[i];
            return true;
        }
    return false;
}
