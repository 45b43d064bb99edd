/* quantities.c - finds the quantities of a report: numbers with their units, bounds and ranges.
 *
 * Walks each sentence once from token to token. A quantity is [bound] number [range] [unit] [bound]; its span takes in all
 * of them ("at least two", "between 250 and 800 kilometers", "Mach 5"). What belongs to dates, clock times, names and
 * references is left alone. What is counted and which quantity restates which is settled in counted.c. */
#include <math.h>

#include "measure/counted.h"
#include "measure/measure.h"
#include "measure/scan.h"

#define QUOTE_B 400 /* how far back an opening quotation mark is looked for */

typedef struct find { /* the search through one report */
    slk_reading *r;
    slk_scan s; /* up to the end of the sentence under way */
    uint32_t sentence;
    slk_err err;
} find;

typedef struct draft { /* a quantity as it is put together */
    uint32_t start, end;
    slk_number low, high;
    slk_unit unit;
    slk_bound bound;
    bool range, unit_found, hyphen; /* hyphen: the unit or a noun is tied on with one: "600-mm", "two-stage" */
} draft;

static bool is_digit(uint32_t cp) { return cp >= '0' && cp <= '9'; }

/* ------------------------------------------------------------------ bounds */

static bool bound_word(slk_text value, slk_bound *out) {
    static const struct {
        const char *word;
        slk_bound bound;
    } words[] = {{"about", SLK_BOUND_ABOUT},         {"at-least", SLK_BOUND_AT_LEAST},   {"at-most", SLK_BOUND_AT_MOST},
                 {"more-than", SLK_BOUND_MORE_THAN}, {"less-than", SLK_BOUND_LESS_THAN}, {"vague", SLK_BOUND_VAGUE}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slk_text_is(value, words[i].word)) {
            *out = words[i].bound;
            return true;
        }
    return false;
}

static bool bound_sign(uint32_t cp, slk_bound *out) {
    switch (cp) {
    case '~':
    case 0x223C:
    case 0x2248: *out = SLK_BOUND_ABOUT; return true;
    case '>': *out = SLK_BOUND_MORE_THAN; return true;
    case '<': *out = SLK_BOUND_LESS_THAN; return true;
    case 0x2264:
    case 0x2A7D: *out = SLK_BOUND_AT_MOST; return true;
    case 0x2265:
    case 0x2A7E: *out = SLK_BOUND_AT_LEAST; return true;
    default: return false;
    }
}

static bool bound_at(const slk_scan *s, uint32_t at, const char *kind, slk_bound *out, uint32_t *end) {
    const slk_hit *hits;
    uint32_t n = 0, cp = slk_scan_peek(s, at, &n);
    if (bound_sign(cp, out)) {
        *end = at + n;
        return true;
    }
    uint32_t count = slk_scan_hits(s, at, &hits);
    for (uint32_t i = 0; i < count; i++) {
        if (hits[i].table != SLK_T_HEDGES) continue;
        if (!slk_text_is(slk_pack_cell(s->pack, SLK_T_HEDGES, hits[i].row, SLK_HEDGES_KIND), kind)) continue;
        *end = hits[i].end;
        return bound_word(slk_pack_cell(s->pack, SLK_T_HEDGES, hits[i].row, SLK_HEDGES_VALUE), out);
    }
    return false;
}

/* "at least about 400": the bound that says more stays. */
static void bound_join(slk_bound *have, slk_bound more) {
    if (*have == SLK_BOUND_EXACT || *have == SLK_BOUND_ABOUT) *have = more;
}

static uint32_t bounds_before(const slk_scan *s, uint32_t at, slk_bound *bound) {
    slk_bound b = SLK_BOUND_EXACT;
    uint32_t end = at;
    for (int i = 0; i < 3 && bound_at(s, at, "bound", &b, &end); i++) {
        bound_join(bound, b);
        at = slk_scan_space(s, end);
    }
    return at;
}

/* "or more", "or so", "plus", "+" */
static void bound_behind(const slk_scan *s, draft *d) {
    slk_bound b = SLK_BOUND_EXACT;
    uint32_t n = 0, end = 0, at = slk_scan_space(s, d->end);
    if (slk_scan_peek(s, d->end, &n) == '-' && slk_scan_word(s, d->end + n, "plus", &end)) {
        bound_join(&d->bound, SLK_BOUND_AT_LEAST);
        d->end = end;
    } else if (slk_scan_peek(s, d->end, &n) == '-' &&
               (slk_scan_word(s, d->end + n, "odd", &end) || slk_scan_word(s, d->end + n, "something", &end))) {
        bound_join(&d->bound, SLK_BOUND_ABOUT);
        d->end = end;
    }
    if (slk_scan_peek(s, d->end, &n) == '+' && slk_scan_word_ends(s, d->end + n)) {
        bound_join(&d->bound, SLK_BOUND_AT_LEAST);
        d->end += n;
    } else if (at > d->end && bound_at(s, at, "bound-after", &b, &end)) {
        bound_join(&d->bound, b);
        d->end = end;
    }
}

/* ------------------------------------------------------------------ units */

/* A unit that stands before its number: currencies, Mach, magnitude. */
static bool unit_before(find *f, draft *d, uint32_t *at) {
    slk_unit u;
    slk_hit hit;
    uint32_t n = 0, m = 0, start = *at, cp = slk_scan_peek(&f->s, start, &n);
    if (is_digit(cp) || !slk_scan_hit(&f->s, start, SLK_T_UNITS, &hit) ||
        !slk_unit_read(&f->s, &f->r->arena, start, &u, &f->err))
        return false;
    slk_text dimension = slk_text_of(u.dimension);
    if (slk_text_is(dimension, "money") && slk_cp_is_letter(cp) && !slk_is_upper(f->s.text.at[start]))
        return false; /* "won 102" */
    if (!slk_text_is(dimension, "money") && !slk_text_is(dimension, "mach") && !slk_text_is(dimension, "magnitude"))
        return false;
    uint32_t next = slk_scan_space(&f->s, u.end);
    if (slk_scan_peek(&f->s, next, &n) == '-' && is_digit(slk_scan_peek(&f->s, next + n, &m)) &&
        slk_text_is(dimension, "mach"))
        next += n; /* "Mach-5" */
    if (!slk_number_read(&f->s, next, &d->low) || d->low.ordinal || d->low.vague) return false;
    d->unit = u;
    d->unit_found = true;
    *at = d->low.span.end;
    return true;
}

/* "$1.2m", "€10B", "20k": a letter for a power of ten, glued or after a space; "m" is metres unless money says otherwise. */
static void letter_multiplier(const slk_scan *s, bool money, slk_number *v) {
    static const struct {
        const char *letters;
        double by;
        bool money_only;
    } table[] = {{"k", 1e3, false}, {"bn", 1e9, false}, {"tn", 1e12, false}, {"mn", 1e6, true},
                 {"m", 1e6, true},  {"b", 1e9, true},   {"t", 1e12, true}};
    uint32_t end = 0;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (table[i].money_only && !money) continue;
        if (!slk_scan_word(s, v->span.end, table[i].letters, &end)) continue;
        v->value *= table[i].by;
        v->multiplier = table[i].by;
        v->plain = false;
        v->span.end = end;
        return;
    }
}

/* "1.2m people": millions, because a plural of living things is no length. */
static bool millions(const slk_scan *s, const slk_unit *u) {
    slk_hit hit;
    uint32_t at = slk_scan_space(s, u->end);
    return u->end - u->abbreviated > 0 && slk_text_is(slk_text_of(u->ucum), "m") && u->abbreviated && at > u->end &&
           slk_scan_hit(s, at, SLK_T_NUMBERS, &hit) &&
           slk_text_is(slk_pack_cell(s->pack, SLK_T_NUMBERS, hit.row, SLK_NUMBERS_KIND), "people");
}

static bool is_quote(slk_text t) { return slk_text_is(t, "\"") || slk_text_is(t, "\xE2\x80\x9D"); }

/* A quotation is open in front of `at`: then the next mark closes it and says no inches. */
static bool quote_open(const slk_scan *s, uint32_t at) {
    bool open = false;
    for (uint32_t i = at > QUOTE_B ? at - QUOTE_B : 0; i < at; i++) {
        if (s->text.at[i] == '"') open = !open;
        if (at - i > 2 && s->text.at[i] == '\xE2' && s->text.at[i + 1] == '\x80') {
            if (s->text.at[i + 2] == '\x9C') open = true;
            if (s->text.at[i + 2] == '\x9D') open = false;
        }
    }
    return open;
}

/* "2 in my car", "4 am", "I have two a day": short forms that are words of their own need a sign that they are units. */
static bool unit_doubtful(const slk_scan *s, const slk_number *v, const slk_unit *u, bool glued) {
    slk_text form = slk_text_trim(slk_text_part(s->text, v->span.end, u->end));
    uint32_t n = 0, end = 0, at = slk_scan_space(s, u->end);
    uint32_t behind = slk_scan_peek(s, at, &n);
    if (!u->abbreviated || u->power) return false;
    if (is_quote(form) && (!v->figures || !glued || quote_open(s, v->span.start))) return true;
    if (!v->figures && form.n <= 1) return true;
    if (!slk_text_is(form, "in")) return false;
    if (!v->figures) return true;
    return !(glued || n == 0 || behind == ')' || behind == '(' || behind == ',' || behind == '.' || behind == ';' ||
             slk_scan_word(s, at, "thick", &end) || slk_scan_word(s, at, "long", &end) ||
             slk_scan_word(s, at, "wide", &end) || slk_scan_word(s, at, "tall", &end) ||
             slk_scan_word(s, at, "high", &end) || slk_scan_word(s, at, "of", &end));
}

/* The unit behind the number v; *hyphen says whether one ties it on. */
static bool unit_behind(find *f, const slk_number *v, slk_unit *out, bool *hyphen) {
    const slk_scan *s = &f->s;
    uint32_t n = 0, end = 0, at = v->span.end;
    *hyphen = slk_scan_peek(s, at, &n) == '-';
    at = *hyphen ? slk_scan_space(s, at + n) : slk_scan_space(s, at);
    if (v->fraction && at > v->span.end) { /* "half a ton", "a quarter of a mile" */
        if (slk_scan_word(s, at, "of", &end)) at = slk_scan_space(s, end);
        if (slk_scan_word(s, at, "a", &end) || slk_scan_word(s, at, "an", &end)) at = slk_scan_space(s, end);
    }
    slk_unit u;
    if (!slk_unit_read(s, &f->r->arena, at, &u, &f->err)) return false;
    if (unit_doubtful(s, v, &u, at == v->span.end) || (!*hyphen && millions(s, &u))) return false;
    *out = u;
    return true;
}

/* ------------------------------------------------------------------ ranges */

/* Where the second number of a range would begin behind `at`, SLK_NONE where no joining word or dash stands there.
 * loose: joined by "or" or by "and" in "between", which need less to be told from two quantities. */
static uint32_t range_joint(const slk_scan *s, uint32_t at, bool between) {
    uint32_t n = 0, m = 0, end = 0, next = slk_scan_space(s, at);
    if (between && slk_scan_word(s, next, "and", &end)) return slk_scan_space(s, end);
    if (slk_scan_word(s, next, "to", &end) || slk_scan_word(s, next, "or", &end)) return slk_scan_space(s, end);
    uint32_t sign = slk_scan_peek(s, next, &n);
    bool wave = sign == '~' || sign == 0x223C || sign == 0x301C || sign == 0xFF5E;
    if (sign != '-' && !wave) return SLK_NONE;
    uint32_t behind = next + n, word = slk_scan_space(s, behind);
    if (slk_scan_word(s, word, "to", &end) || slk_scan_word(s, word, "or", &end)) { /* "8- to 16-", "two-to-three" */
        word = end;
        if (slk_scan_peek(s, word, &m) == '-') word += m;
        return slk_scan_space(s, word);
    }
    if (word > behind && next == at) return SLK_NONE; /* "5- and" */
    return word;
}

/* A lower end written short takes the multiplier of the upper: "1 to 2 million". */
static void share_multiplier(slk_number *low, const slk_number *high) {
    if (low->multiplier == 1 && high->multiplier > 1 && low->value < high->value / high->multiplier + 0.5)
        low->value *= high->multiplier;
}

static bool same_unit(const slk_unit *a, const slk_unit *b) {
    return slk_text_eq(slk_text_of(a->ucum), slk_text_of(b->ucum));
}

/* "rose by 3.5 percent to 60%": how much it changed and what it is now, not a range. */
static bool changed_by(const find *f, const draft *d) {
    static const char *const words[] = {"by",      "rose",      "fell",      "rises",   "falls",  "up",
                                        "down",    "gained",    "lost",      "grew",    "jumped", "dropped",
                                        "climbed", "increased", "decreased", "slipped", "shrank"};
    uint32_t token = slk_token_at(f->r, d->start);
    if (token == 0) return false;
    slk_text before = slk_token_text(f->r, token - 1);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slk_text_is_fold(before, words[i])) return true;
    return false;
}

/* The upper end of a range behind what the draft already has; true when one was taken. */
static bool range_end(find *f, draft *d, bool between) {
    const slk_scan *s = &f->s;
    uint32_t joint = range_joint(s, d->end, between);
    draft high = {.start = joint};
    bool hyphen = false;
    if (joint == SLK_NONE || d->low.ordinal || d->low.vague) return false;
    uint32_t at = joint;
    bool money = unit_before(f, &high, &at);
    if (!money && (!slk_number_read(s, joint, &high.low) || high.low.ordinal || high.low.vague)) return false;
    letter_multiplier(s, money || (d->unit_found && slk_text_is(slk_text_of(d->unit.dimension), "money")), &high.low);
    high.end = high.low.span.end;
    if (!money && unit_behind(f, &high.low, &high.unit, &hyphen)) {
        high.unit_found = true;
        high.end = high.unit.end;
    }
    share_multiplier(&d->low, &high.low);
    if (d->unit_found && d->hyphen && !high.unit_found) return false; /* "6-foot-11" */
    if (d->unit_found && high.unit_found && !same_unit(&d->unit, &high.unit)) return false;
    if (d->low.value == high.low.value) return false;
    if (d->unit_found && high.unit_found && !between && changed_by(f, d)) return false;
    if (d->low.value > high.low.value && !(d->unit_found && high.unit_found)) return false;
    d->high = high.low;
    d->range = true;
    d->end = high.end;
    d->hyphen = hyphen;
    if (high.unit_found) {
        d->unit = high.unit;
        d->unit_found = true;
    }
    return true;
}

/* "9.83e-3 +/- 1e-5 km/s2": the error is part of the span, not of the value. */
static void tolerance(find *f, draft *d) {
    const slk_scan *s = &f->s;
    slk_number error;
    uint32_t n = 0, at = slk_scan_space(s, d->end);
    if (slk_scan_peek(s, at, &n) == 0xB1)
        at += n;
    else if (s->end - at > 3 && slk_text_is(slk_text_part(s->text, at, at + 3), "+/-"))
        at += 3;
    else
        return;
    if (!slk_number_read(s, slk_scan_space(s, at), &error) || error.ordinal || error.vague) return;
    d->end = error.span.end;
    if (!d->unit_found && unit_behind(f, &error, &d->unit, &d->hyphen)) {
        d->unit_found = true;
        d->end = d->unit.end;
    }
}

/* ------------------------------------------------------------------ one quantity */

/* The number stands free on its left: not inside "KN-23", "F16", "3.5.1", "user@1". */
static bool stands_free(const slk_scan *s, uint32_t at) {
    uint32_t before = slk_scan_before(s, at);
    if (before == 0 || slk_cp_is_space(before)) return true;
    if (slk_cp_is_word(before) || before == '@' || before == '#' || before == '/' || before == '_' || before == '=')
        return false;
    if (before != '-' && before != '.' && before != ':' && before != ',') return true;
    uint32_t i = at - 1;
    while (i > 0 && ((unsigned char)s->text.at[i] & 0xC0) == 0x80) i--;
    uint32_t further = slk_scan_before(s, i);
    return further == 0 || !slk_cp_is_word(further) || (before != '-' && before != ':' && !is_digit(further));
}

/* "300-plus km", "30-odd miles": the unit stands behind the bound. */
static void unit_behind_bound(find *f, draft *d) {
    draft more = *d;
    bound_behind(&f->s, &more);
    slk_number v = more.low;
    v.span.end = more.end;
    if (more.end == d->end || slk_scan_space(&f->s, more.end) == more.end) return;
    if (!unit_behind(f, &v, &more.unit, &more.hyphen) || more.hyphen) return;
    more.unit_found = true;
    more.end = more.unit.end;
    *d = more;
}

/* Lower and upper number with their units, from the place behind the bounds. */
static bool body(find *f, draft *d, uint32_t at) {
    const slk_scan *s = &f->s;
    uint32_t end = 0;
    bool between = slk_scan_word(s, at, "between", &end);
    if (between) at = slk_scan_space(s, end);
    if (!unit_before(f, d, &at)) {
        if (f->err != SLK_OK || !slk_number_read(s, at, &d->low)) return false;
    }
    bool money = d->unit_found && slk_text_is(slk_text_of(d->unit.dimension), "money");
    letter_multiplier(s, money, &d->low);
    d->end = d->low.span.end;
    if (d->low.ordinal) return !between && d->bound == SLK_BOUND_EXACT;
    if (range_end(f, d, between)) return true;
    if (!d->unit_found && unit_behind(f, &d->low, &d->unit, &d->hyphen)) {
        d->unit_found = true;
        d->end = d->unit.end;
        if (range_end(f, d, between)) return true;
    }
    if (between) return false;
    tolerance(f, d);
    if (!d->unit_found) unit_behind_bound(f, d);
    return true;
}

static void put(find *f, const draft *d) {
    slk_quantity q = {.span = {d->start, d->end}, .value = d->low.value, .bound = d->bound, .gloss_of = SLK_NONE};
    q.ordinal = d->low.ordinal;
    q.dimension = "count";
    if (d->range) {
        q.has_high = true;
        q.value = d->low.value < d->high.value ? d->low.value : d->high.value;
        q.high = d->low.value < d->high.value ? d->high.value : d->low.value;
    }
    if (d->unit_found) {
        q.unit = d->unit.ucum;
        q.dimension = d->unit.dimension;
        q.si = q.value * d->unit.si + d->unit.si_zero;
        q.si_high = q.has_high ? q.high * d->unit.si + d->unit.si_zero : 0;
    }
    if (d->low.vague && (q.bound == SLK_BOUND_EXACT || q.bound == SLK_BOUND_ABOUT)) q.bound = SLK_BOUND_VAGUE;
    if (!isfinite(q.value) || !isfinite(q.high) || !isfinite(q.si) || !isfinite(q.si_high)) return;
    f->err = SLK_ROOM(&f->r->arena, &f->r->quantities, SLK_MAX_ITEMS);
    if (f->err == SLK_OK) f->r->quantities.at[f->r->quantities.n++] = q;
}

#define BEGINNERS (SLK_PHRASE_OF(SLK_T_NUMBERS) | SLK_PHRASE_OF(SLK_T_HEDGES) | SLK_PHRASE_OF(SLK_T_UNITS))

/* A first look that turns most words away: could a quantity begin here? tables: of the phrases that do. */
static bool may_begin(const slk_scan *s, uint32_t at, uint64_t tables) {
    uint32_t n = 0, end = 0, cp = slk_scan_peek(s, at, &n);
    if ((tables & BEGINNERS) || !slk_cp_is_letter(cp)) return true;
    if (cp == 'a') return slk_scan_word(s, at, "a", &end) || slk_scan_word(s, at, "an", &end);
    return slk_scan_word(s, at, "between", &end) || slk_scan_word(s, at, "minus", &end);
}

/* "a yield of 100 kt": kilotons where the sentence speaks of a yield, knots elsewhere. */
static void kilotons(find *f, draft *d) {
    static const char *const words[] = {"yield", "yields", "TNT", "explosive", "warhead", "device", "bomb", "blast"};
    const slk_sentence *in = &f->r->sentences.at[f->sentence];
    slk_text form = slk_text_part(f->s.text, d->unit.end - 2, d->unit.end);
    uint32_t row = slk_pack_find(f->s.pack, SLK_T_UNITS, slk_text_of("kt{TNT}"));
    if (!slk_text_is_fold(form, "kt") || row == SLK_NONE) return;
    for (uint32_t i = 0; i < in->n_tokens; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            if (!slk_text_is_fold(slk_token_text(f->r, in->first_token + i), words[k])) continue;
            d->unit.ucum = slk_pack_str(f->s.pack, SLK_T_UNITS, row, SLK_UNITS_UCUM);
            d->unit.dimension = slk_pack_str(f->s.pack, SLK_T_UNITS, row, SLK_UNITS_DIMENSION);
            d->unit.si = slk_pack_num(f->s.pack, SLK_T_UNITS, row, SLK_UNITS_SI);
            return;
        }
}

/* Reads a quantity at a token's start; returns where the search goes on. */
static uint32_t quantity_at(find *f, uint32_t at) {
    draft d = {.start = at, .bound = SLK_BOUND_EXACT};
    slk_count_context c = {.r = f->r, .pack = f->s.pack, .memo = f->s.memo, .sentence = f->sentence};
    uint32_t body_at = bounds_before(&f->s, at, &d.bound);
    if (!body(f, &d, body_at) || f->err != SLK_OK) return at;
    bound_behind(&f->s, &d);
    bool named = d.unit_found && d.unit.abbreviated && d.low.span.start > 0 && f->s.text.at[d.low.span.start] == '-' &&
                 slk_is_alpha(f->s.text.at[d.low.span.start - 1]); /* "B-52H" */
    if (!stands_free(&f->s, d.low.span.start) && (!d.unit_found || named)) return d.end;
    c.number = d.low;
    c.range = d.range;
    c.unit = d.unit_found;
    c.hyphen = d.hyphen;
    c.bounded = d.bound != SLK_BOUND_EXACT;
    c.start = d.start;
    c.end = d.end;
    if (slk_count_is_other(&c)) return d.end;
    if (d.unit_found && slk_text_is(slk_text_of(d.unit.ucum), "[kn_i]")) kilotons(f, &d);
    put(f, &d);
    return d.end;
}

/* A name of a weapon, unit or treaty with a figure in it ("Agni 5", "Type 055"): behind it; else `at`. */
static uint32_t behind_name(const slk_scan *s, uint32_t at, uint64_t tables) {
    static const uint64_t names = SLK_PHRASE_OF(SLK_T_WEAPONS) | SLK_PHRASE_OF(SLK_T_WEAPON_CLASSES) |
                                  SLK_PHRASE_OF(SLK_T_AGENCIES) | SLK_PHRASE_OF(SLK_T_SITES) |
                                  SLK_PHRASE_OF(SLK_T_PLACES);
    const slk_hit *hits;
    if (!(tables & names)) return at;
    uint32_t n = slk_scan_hits(s, at, &hits);
    for (uint32_t i = 0; i < n; i++)
        if (SLK_PHRASE_OF(hits[i].table) & names) return hits[i].end;
    return at;
}

/* "600mm multiple rocket launcher": a name that begins with a measure; the measure stays one. */
static bool begins_with_measure(find *f, uint32_t at) {
    slk_number v;
    slk_unit u;
    uint32_t n = 0;
    bool hyphen = false;
    return is_digit(slk_scan_peek(&f->s, at, &n)) && slk_number_read(&f->s, at, &v) && unit_behind(f, &v, &u, &hyphen);
}

slk_err slk_quantities_find(const slk_pack *pack, slk_reading *r) {
    slk_scan_memo memo = {.r = r};
    find f = {.r = r, .s = {pack, &memo, r->report.text, 0}, .err = SLK_OK};
    for (; f.sentence < r->sentences.n; f.sentence++) {
        const slk_sentence *sentence = &r->sentences.at[f.sentence];
        uint32_t go_on = sentence->span.start;
        f.s.end = sentence->span.end;
        for (uint32_t i = 0; i < sentence->n_tokens && f.err == SLK_OK; i++) {
            uint32_t at = r->tokens.at[sentence->first_token + i].span.start;
            if (at < go_on) continue;
            uint64_t tables = slk_phrases_tables(pack, r, sentence->first_token + i);
            uint32_t name = behind_name(&f.s, at, tables);
            if (name > at && !begins_with_measure(&f, at))
                go_on = name;
            else if (may_begin(&f.s, at, tables))
                go_on = quantity_at(&f, at);
        }
    }
    return f.err == SLK_OK ? slk_counted_find(pack, &memo, r) : f.err;
}
