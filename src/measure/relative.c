/* relative.c - places told by distance and bearing: "about 400 km (249 miles) north-east of Kaechon", "north of Pyongyang",
 * "80 km off the coast of Wonsan", "in the sea off its east coast".
 *
 * The relative place is appended before the places it is measured from, as its words begin first. Points are computed at
 * the end, when all references are resolved, and only from places that are points enough: never from a whole country. */
#include <math.h>
#include <string.h>

#include "measure/measure.h"
#include "measure/placing.h"

#define FILLERS 4    /* words between "of" and the name: "of the regional capital Kielce" */
#define BRACKET_B 48 /* longest "(249 miles)" */

typedef struct phrase { /* a relative place as its parts are read */
    uint32_t start, at; /* at: behind what was read so far */
    double distance_m, bearing_deg;
    double least_m, most_m; /* of a distance told as a range; 0: of none */
    bool coast, water;
} phrase;

static bool capital_at(const slk_scan *s, uint32_t at) {
    uint32_t cp = 0;
    if (at >= s->end) return false;
    (void)slk_utf8_next(s->text.at + at, s->text.at + s->end, &cp);
    return slk_cp_is_upper(cp);
}

static bool direction_at(const slk_scan *s, uint32_t at, double *deg, uint32_t *end) {
    slk_hit hit;
    if (!slk_scan_hit(s, at, SLK_T_DIRECTIONS, &hit)) return false;
    *deg = slk_pack_num(s->pack, SLK_T_DIRECTIONS, hit.row, SLK_DIRECTIONS_DEG);
    *end = hit.end;
    return !isnan(*deg);
}

static bool one_word(const slk_scan *s, uint32_t at, const char *const *words, uint32_t *end) {
    for (; *words; words++)
        if (slk_scan_word(s, at, *words, end)) return true;
    return false;
}

/* The length that begins exactly at byte `at`, or NULL. */
static const slk_quantity *length_at(slk_placing *p, uint32_t at) {
    const slk_reading *r = p->r;
    while (p->quantity < r->quantities.n && r->quantities.at[p->quantity].span.end <= at) p->quantity++;
    if (p->quantity >= r->quantities.n) return NULL;
    const slk_quantity *q = &r->quantities.at[p->quantity];
    bool length = q->span.start == at && q->unit && slk_text_is(slk_text_of(q->dimension), "length");
    return length ? q : NULL;
}

/* Behind "(249 miles)" or ", or 249 miles," where the next quantity restates the one before. */
static uint32_t over_gloss(const slk_placing *p, const slk_quantity *q, uint32_t at) {
    const slk_reading *r = p->r;
    uint32_t n = 0, next = slk_scan_space(&p->s, at), index = (uint32_t)(q - r->quantities.at) + 1;
    if (index >= r->quantities.n) return at;
    const slk_quantity *gloss = q + 1;
    if (slk_scan_peek(&p->s, next, &n) == '(') {
        const char *stop =
            memchr(r->report.text.at + next, ')', p->s.end - next < BRACKET_B ? p->s.end - next : BRACKET_B);
        if (!stop) return at;
        uint32_t behind = (uint32_t)(stop - r->report.text.at) + 1;
        return gloss->span.start > next && gloss->span.end < behind ? behind : at;
    }
    uint32_t sign = slk_scan_peek(&p->s, next, &n), or_end = 0;
    bool follows =
        sign == ',' || sign == '/' || sign == '[' || sign == '-' || slk_scan_word(&p->s, next, "or", &or_end);
    if (gloss->gloss_of != index - 1 || !follows) return at;
    next = slk_scan_space(&p->s, gloss->span.end);
    return slk_scan_peek(&p->s, next, &n) == ',' ? next + n : gloss->span.end;
}

/* Behind "to the", "due", "away", ... */
static uint32_t over_fillers(const slk_placing *p, uint32_t at) {
    uint32_t end = 0;
    at = slk_scan_space(&p->s, at);
    for (int i = 0; i < 3 && slk_placing_word(p, at, "filler", &end) != SLK_NONE; i++) at = slk_scan_space(&p->s, end);
    return at;
}

/* "the Syrian city of Homs": the name behind a demonym and a few small words; SLK_NONE where `token` is no demonym or none
 * comes. */
static uint32_t behind_demonym(const slk_placing *p, uint32_t token, uint32_t stop) {
    const slk_reading *r = p->r;
    const slk_hit *hits;
    uint32_t n = slk_scan_hits(&p->s, r->tokens.at[token].span.start, &hits), end = 0;
    for (uint32_t i = 0; i < n && end == 0; i++)
        if (hits[i].table == SLK_T_COUNTRIES && hits[i].column == SLK_COUNTRIES_DEMONYMS) end = hits[i].end;
    if (end == 0) return SLK_NONE;
    uint32_t first = slk_token_at(r, end);
    for (uint32_t i = first; i < stop && i <= first + FILLERS; i++) {
        uint32_t start = r->tokens.at[i].span.start;
        if (capital_at(&p->s, start)) return i > first ? i : SLK_NONE;
        if (!slk_is_lower(r->report.text.at[start])) return SLK_NONE;
        if (slk_scan_word(&p->s, start, "of", &end)) continue;
        if (slk_pack_closed(p->s.pack, slk_token_text(r, i))) return SLK_NONE;
    }
    return SLK_NONE;
}

/* Where the name begins behind "of": over an article and lower-case words that say what it is. SLK_NONE where none comes. */
static uint32_t name_start(const slk_placing *p, uint32_t at, bool loose) {
    static const char *const small[] = {"the", "of", "its", "a", "an", "nearby", NULL};
    const slk_reading *r = p->r;
    const slk_sentence *in = &r->sentences.at[p->sentence];
    uint32_t token = slk_token_at(r, at), stop = in->first_token + in->n_tokens, end = 0;
    for (uint32_t i = 0; i <= FILLERS && token < stop; i++, token++) {
        uint32_t start = r->tokens.at[token].span.start;
        if (capital_at(&p->s, start)) {
            uint32_t further = behind_demonym(p, token, stop);
            return further == SLK_NONE ? token : further;
        }
        if (one_word(&p->s, start, small, &end)) continue;
        if (!loose || !slk_is_lower(r->report.text.at[start])) return SLK_NONE;
        slk_text t = slk_token_text(r, token);
        if (slk_pack_closed(p->s.pack, t) || slk_is_digit(t.at[0])) return SLK_NONE;
    }
    return SLK_NONE;
}

static void undo(slk_placing *p, uint32_t place) {
    p->candidates.n = p->mentions.at[place].first;
    p->mentions.n = place;
    p->r->places.n = place;
}

static void fill(slk_placing *p, uint32_t place, const phrase *f, uint32_t of) {
    slk_place *out = &p->r->places.at[place];
    out->relative = (slk_relative){.known = true, .bearing_deg = f->bearing_deg, .distance_m = f->distance_m, .of = of};
    out->relative.sector =
        (slk_sector){.least_m = f->least_m, .most_m = f->most_m}; /* as told, until it is filled in */
    out->kind = f->water ? "SEA" : f->coast ? "CST" : NULL;
    out->confidence = of == SLK_NONE ? 0.4 : 0.8;
}

/* Appends the relative place f with the name that begins behind `at` as its reference. */
static bool with_reference(slk_placing *p, const phrase *f, uint32_t at, bool loose, uint32_t *end) {
    uint32_t token = name_start(p, at, loose), name_end = 0;
    if (token == SLK_NONE) return false;
    uint32_t place = slk_placing_add(p, (slk_span){f->start, at}, SLK_NONE);
    if (place == SLK_NONE) return false;
    uint32_t of = slk_placing_name(p, token, true, &name_end);
    if (of == SLK_NONE) {
        if (p->err == SLK_OK) undo(p, place);
        return false;
    }
    p->r->places.at[place].span.end = name_end;
    fill(p, place, f, of);
    *end = name_end;
    return true;
}

/* Appends f, whose reference was named before (or is not known). */
static bool without_name(slk_placing *p, const phrase *f, uint32_t of, uint32_t *end) {
    uint32_t place = slk_placing_add(p, (slk_span){f->start, f->at}, SLK_NONE);
    if (place == SLK_NONE) return false;
    fill(p, place, f, of);
    *end = f->at;
    return true;
}

/* "east coast", "coast", "eastern shores": sets the bearing; false where no coast is named at `at`. */
static bool coast_at(const slk_placing *p, uint32_t at, phrase *f) {
    uint32_t end = 0;
    double deg = NAN;
    if (direction_at(&p->s, at, &deg, &end)) at = slk_scan_space(&p->s, end);
    if (slk_placing_word(p, at, "coast", &end) == SLK_NONE) return false;
    f->bearing_deg = deg;
    f->coast = true;
    f->at = end;
    return true;
}

/* Behind an owner's "'s" at `at`, SLK_NONE where there is none. */
static uint32_t over_possessive(const slk_scan *s, uint32_t at) {
    uint32_t n = 0, end = 0;
    if (slk_scan_peek(s, at, &n) != '\'') return SLK_NONE;
    if (slk_scan_word(s, at + n, "s", &end)) return slk_scan_space(s, end);
    return slk_scan_space(s, at + n); /* "the Philippines' coast" */
}

/* What follows "off": "the east coast of Japan", "its coast", "Japan's east coast", "Wonsan". */
static bool off(slk_placing *p, phrase *f, uint32_t at, uint32_t *end) {
    static const char *const own[] = {"its", "their", NULL};
    uint32_t behind = 0, n = 0;
    bool theirs = one_word(&p->s, at, own, &behind);
    if (theirs || slk_scan_word(&p->s, at, "the", &behind)) at = slk_scan_space(&p->s, behind);
    f->water = true;
    if (coast_at(p, at, f)) {
        uint32_t next = slk_scan_space(&p->s, f->at);
        if (!theirs && slk_scan_word(&p->s, next, "of", &behind) && with_reference(p, f, behind, false, end))
            return true;
        return p->err == SLK_OK && without_name(p, f, theirs ? p->last_country : SLK_NONE, end);
    }
    if (theirs || !capital_at(&p->s, at) || !with_reference(p, f, at, false, end)) return false;
    uint32_t place = p->r->places.n - 2, owned = over_possessive(&p->s, *end);
    phrase g = *f;
    if (owned == SLK_NONE || slk_scan_peek(&p->s, owned, &n) == 0 || !coast_at(p, owned, &g)) return true;
    fill(p, place, &g, place + 1);
    p->r->places.at[place].span.end = g.at;
    *end = g.at;
    return true;
}

/* "[just] north of X", "to the north of X" behind f->at */
static bool bearing_of(slk_placing *p, phrase *f, uint32_t *end) {
    static const char *const joints[] = {"of", "from", NULL};
    uint32_t behind = 0, n = 0;
    bool far = !isnan(f->distance_m);
    if (!direction_at(&p->s, f->at, &f->bearing_deg, &behind)) return false;
    uint32_t at = slk_scan_space(&p->s, behind);
    if (far && slk_scan_peek(&p->s, at, &n) == '(') { /* "40 km north (25 miles) of X" */
        const char *stop = memchr(p->s.text.at + at, ')', p->s.end - at < BRACKET_B ? p->s.end - at : BRACKET_B);
        if (stop) at = slk_scan_space(&p->s, (uint32_t)(stop - p->s.text.at) + 1);
    }
    if (!one_word(&p->s, at, joints, &behind)) return false;
    if (!far && !slk_scan_word(&p->s, at, "of", &behind)) return false;
    return with_reference(p, f, slk_scan_space(&p->s, behind), far, end);
}

static bool from_distance(slk_placing *p, const slk_quantity *q, uint32_t *end) {
    static const char *const joints[] = {"from", "of", "outside", NULL};
    phrase f = {
        .start = q->span.start, .distance_m = q->has_high ? (q->si + q->si_high) / 2 : q->si, .bearing_deg = NAN};
    uint32_t behind = 0;
    if (q->has_high) f.least_m = q->si, f.most_m = q->si_high;
    f.at = over_fillers(p, over_gloss(p, q, q->span.end));
    if (bearing_of(p, &f, end)) return true;
    if (p->err != SLK_OK) return false;
    f.bearing_deg = NAN;
    if (slk_scan_word(&p->s, f.at, "off", &behind)) return off(p, &f, slk_scan_space(&p->s, behind), end);
    if (!one_word(&p->s, f.at, joints, &behind)) return false;
    return with_reference(p, &f, slk_scan_space(&p->s, behind), false, end);
}

/* "east coast", "its east coast" behind an owner that was named or a pronoun. A bare "the coast" says no place. */
static bool from_coast(slk_placing *p, uint32_t token, uint32_t *end) {
    static const char *const own[] = {"its", "their", NULL};
    const slk_reading *r = p->r;
    uint32_t first = r->sentences.at[p->sentence].first_token, behind = 0, of = SLK_NONE;
    phrase f = {.start = r->tokens.at[token].span.start, .distance_m = NAN, .bearing_deg = NAN};
    if (!coast_at(p, f.start, &f) || isnan(f.bearing_deg)) return false;
    uint32_t next = slk_scan_space(&p->s, f.at);
    if (slk_scan_word(&p->s, next, "of", &behind) && with_reference(p, &f, slk_scan_space(&p->s, behind), false, end))
        return true;
    if (p->err != SLK_OK) return false;
    if (token > first && one_word(&p->s, r->tokens.at[token - 1].span.start, own, &behind))
        of = p->last_country;
    else if (r->places.n && over_possessive(&p->s, r->places.at[r->places.n - 1].span.end) == f.start)
        of = r->places.n - 1;
    return without_name(p, &f, of, end);
}

#define BEGINNERS (SLK_PHRASE_OF(SLK_T_DIRECTIONS) | SLK_PHRASE_OF(SLK_T_PLACE_WORDS)) /* and "off" */

bool slk_relative_read(slk_placing *p, uint32_t token, uint32_t *end) {
    uint32_t at = p->r->tokens.at[token].span.start, behind = 0;
    const slk_quantity *q = length_at(p, at);
    if (q) return from_distance(p, q, end);
    if (!(slk_phrases_tables(p->s.pack, p->r, token) & BEGINNERS) && slk_lower(p->s.text.at[at]) != 'o') return false;
    phrase f = {.start = at, .at = at, .distance_m = NAN, .bearing_deg = NAN};
    if (slk_placing_word(p, at, "water", &behind) != SLK_NONE) { /* "waters east of Hokkaido", "the sea off Wonsan" */
        f.at = slk_scan_space(&p->s, behind);
        f.water = true;
    }
    if (slk_scan_word(&p->s, f.at, "off", &behind)) return off(p, &f, slk_scan_space(&p->s, behind), end);
    if (bearing_of(p, &f, end)) return true;
    return p->err == SLK_OK && !f.water && from_coast(p, token, end);
}

void slk_relative_compute(slk_placing *p) {
    for (uint32_t i = 0; i < p->r->places.n; i++) {
        slk_place *place = &p->r->places.at[i];
        const slk_relative *to = &place->relative;
        if (!to->known || to->of == SLK_NONE) continue;
        const slk_place *of = &p->r->places.at[to->of];
        if (!place->kind || strcmp(place->kind, "SEA") != 0) memcpy(place->country, of->country, sizeof place->country);
        place->zone = of->zone;
        bool point = of->has_point && of->kind && strncmp(of->kind, "PCL", 3) != 0 && strncmp(of->kind, "ADM1", 4) != 0;
        if (point && isnan(to->bearing_deg)) slk_sector_fill(p->s.pack, of, place);
        if (!point || isnan(to->distance_m) || isnan(to->bearing_deg)) continue;
        slk_geo_point(of->lat, of->lon, to->bearing_deg, to->distance_m, &place->lat, &place->lon);
        place->has_point = true;
        place->confidence = of->confidence * 0.9;
        slk_sector_fill(p->s.pack, of, place);
    }
}
