/* units.c - reads units of measurement and composes their UCUM codes.
 *
 * What data/units.tsv lists is taken as it stands ("kilometres per hour", "km/h"); powers ("km²", "cubic metres", "m^3"),
 * divisors ("per second", "/kg") and factors with a negative power ("kg m−2") are worked out from the listed ones. A
 * composed code that the table knows gets the table's dimension. */
#include <math.h>
#include <string.h>

#include "measure/scan.h"

typedef struct part { /* one factor: "km²" */
    uint32_t end;
    uint32_t row;
    int power;
    bool abbreviated;
} part;

/* Behind the letters at `at`: where digits, signs or other things begin that are not part of a unit's name. */
static uint32_t letters_end(const slk_scan *s, uint32_t at) {
    uint32_t n = 0;
    for (uint32_t cp = slk_scan_peek(s, at, &n); n && slk_cp_is_letter(cp); cp = slk_scan_peek(s, at, &n)) at += n;
    return at;
}

static bool superscript(uint32_t cp, int *v) {
    if (cp == 0xB2 || cp == 0xB3)
        *v = cp == 0xB2 ? 2 : 3;
    else if (cp == 0xB9)
        *v = 1;
    else
        return false;
    return true;
}

/* A power glued to a unit: "²", "^2", "2", "-1", "⁻¹". */
static int power_at(const slk_scan *s, uint32_t *at) {
    uint32_t n = 0, next = *at, cp = slk_scan_peek(s, next, &n);
    int v = 0, sign = 1;
    if (!slk_cp_is_letter(slk_scan_before(s, next))) return 1; /* "$1.2" */
    if (cp == '^') cp = slk_scan_peek(s, next += n, &n);
    if (cp == '-' || cp == 0x207B) {
        sign = -1;
        cp = slk_scan_peek(s, next += n, &n);
    }
    if (!superscript(cp, &v)) {
        if (cp < '1' || cp > '4') return 1;
        v = (int)cp - '0';
    }
    if (!slk_scan_word_ends(s, next + n)) return 1;
    uint32_t m = 0, k = 0, mark = slk_scan_peek(s, next + n, &m); /* "2,000km-2,500km" is a range */
    uint32_t digit = slk_scan_peek(s, next + n + m, &k);
    if ((mark == ',' || mark == '.') && digit >= '0' && digit <= '9') return 1;
    *at = next + n;
    return sign * v;
}

static int power_word_before(const slk_scan *s, uint32_t *at) {
    static const struct {
        const char *word;
        int power;
    } words[] = {{"square", 2}, {"sq", 2}, {"cubic", 3}, {"cu", 3}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        uint32_t end = 0, n = 0;
        if (!slk_scan_word(s, *at, words[i].word, &end)) continue;
        if (slk_scan_peek(s, end, &n) == '.' || slk_scan_peek(s, end, &n) == '-') end += n;
        *at = slk_scan_space(s, end);
        return words[i].power;
    }
    return 1;
}

static void power_word_behind(const slk_scan *s, part *p) {
    uint32_t at = slk_scan_space(s, p->end), end = 0;
    if (p->power != 1 || at == p->end) return;
    if (slk_scan_word(s, at, "squared", &end))
        p->power = 2, p->end = end;
    else if (slk_scan_word(s, at, "cubed", &end))
        p->power = 3, p->end = end;
}

/* One unit of the table with its power. A form with a glued power ("km2") ends, for the trie, where its letters end. */
static bool part_at(const slk_scan *s, uint32_t at, part *out) {
    slk_hit hit = {0};
    int before = power_word_before(s, &at);
    bool found = slk_scan_hit(s, at, SLK_T_UNITS, &hit);
    uint32_t n = 0, letters = found ? at : letters_end(s, at);
    if (letters > at && !slk_cp_is_space(slk_scan_peek(s, letters, &n)) && n) {
        slk_scan clipped = {s->pack, s->memo, s->text, letters};
        found = slk_scan_hit(&clipped, at, SLK_T_UNITS, &hit);
        uint32_t end = letters;
        if (found && hit.end == letters && power_at(s, &end) == 1) return false;
    }
    if (!found) return false;
    if (hit.end == s->end && s->text.at[hit.end - 1] == '.') hit.end--; /* the full stop of the sentence */
    *out = (part){.end = hit.end, .row = hit.row, .power = before, .abbreviated = hit.end - at <= 3};
    if (before == 1) out->power = power_at(s, &out->end);
    power_word_behind(s, out);
    return true;
}

static const char *cell(const slk_scan *s, uint32_t row, int column) {
    const char *z = slk_pack_str(s->pack, SLK_T_UNITS, row, column);
    return z ? z : "";
}

static double factor(const slk_scan *s, const part *p) {
    double si = slk_pack_num(s->pack, SLK_T_UNITS, p->row, SLK_UNITS_SI);
    return isnan(si) ? NAN : pow(si, p->power);
}

/* The divisor behind a unit: "/h", " per hour", " an hour". */
static bool divisor_at(const slk_scan *s, uint32_t at, bool length, part *out) {
    uint32_t n = 0, end = 0, next = at;
    if (slk_scan_peek(s, at, &n) == '/') return part_at(s, at + n, out);
    next = slk_scan_space(s, at);
    if (next == at) return false;
    if (slk_scan_word(s, next, "per", &end)) return part_at(s, slk_scan_space(s, end), out);
    if (!length || !slk_scan_word(s, next, "an", &end)) return false;
    next = slk_scan_space(s, end); /* "an hour" is a rate only for lengths: "two launches an hour" is none */
    return slk_scan_word(s, next, "hour", &end) && part_at(s, next, out);
}

/* A further factor with a negative power: "kg m−2", "kJ mol−1". */
static bool factor_at(const slk_scan *s, uint32_t at, part *out) {
    uint32_t n = 0, next = slk_scan_space(s, at), cp = slk_scan_peek(s, next, &n);
    if (cp == 0xB7 || cp == 0x22C5) next = slk_scan_space(s, next + n);
    return next > at && part_at(s, next, out) && out->power < 0;
}

typedef struct code { /* a composed UCUM code as it grows */
    char at[96];
    size_t n;
} code;

static void code_add(code *c, const char *z) {
    while (*z && c->n + 1 < sizeof c->at) c->at[c->n++] = *z++;
    c->at[c->n] = '\0';
}

static void code_part(const slk_scan *s, code *c, const part *p, int power, char join) {
    char sign[2] = {join, '\0'}, digits[3] = {'\0', '\0', '\0'};
    if (join) code_add(c, sign);
    code_add(c, cell(s, p->row, SLK_UNITS_UCUM));
    if (power == 1) return;
    if (power < 0) digits[0] = '-';
    digits[power < 0] = (char)('0' + (power < 0 ? -power : power));
    code_add(c, digits);
}

static const char *dimension_of(const slk_scan *s, const code *c, const part *first, bool single) {
    uint32_t known = slk_pack_find(s->pack, SLK_T_UNITS, slk_text_of(c->at));
    if (known != SLK_NONE) return cell(s, known, SLK_UNITS_DIMENSION);
    bool length = slk_text_is(slk_text_of(cell(s, first->row, SLK_UNITS_DIMENSION)), "length");
    if (single && length && first->power == 2) return "area";
    if (single && length && first->power == 3) return "volume";
    return "derived";
}

/* Kelvin at the nought of a scale of temperature (SI Brochure, 9th edition; NIST SP 811 for Fahrenheit). */
static double zero_of(const char *ucum) {
    if (strcmp(ucum, "Cel") == 0) return 273.15;
    return strcmp(ucum, "[degF]") == 0 ? 459.67 * 5 / 9 : 0;
}

bool slk_unit_read(const slk_scan *s, slk_arena *arena, uint32_t at, slk_unit *out, slk_err *err) {
    part first, more;
    code c = {.n = 0};
    if (!part_at(s, at, &first)) return false;
    const char *dimension = cell(s, first.row, SLK_UNITS_DIMENSION);
    slk_unit u = {.end = first.end, .abbreviated = first.abbreviated, .si = factor(s, &first)};
    bool length = slk_text_is(slk_text_of(dimension), "length") && first.power == 1;
    code_part(s, &c, &first, first.power, '\0');
    if (divisor_at(s, u.end, length, &more)) {
        if (more.power < 0) more.power = -more.power;
        code_part(s, &c, &more, more.power, '/');
        u.si /= factor(s, &more);
        u.end = more.end;
        u.power = true;
    }
    for (int i = 0; i < 3 && factor_at(s, u.end, &more); i++) {
        code_part(s, &c, &more, more.power, '.');
        u.si *= factor(s, &more);
        u.end = more.end;
        u.power = true;
    }
    if (!u.power && first.power == 1) {
        u.ucum = cell(s, first.row, SLK_UNITS_UCUM);
        u.dimension = dimension;
        u.si_zero = zero_of(u.ucum);
    } else {
        u.dimension = dimension_of(s, &c, &first, !u.power);
        u.ucum = slk_arena_copy(arena, c.at, c.n);
        u.power = true;
        if (!u.ucum) {
            *err = SLK_ENOMEM;
            return false;
        }
    }
    *out = u;
    return true;
}
