/* numbers.c - reads numbers as news writes them: figures, number words of data/numbers.tsv, and both together.
 *
 * First room of the measuring station: quantities.c hangs units and bounds on what is read here. A figure that belongs to
 * a date, a clock time, a decade or a version is refused as a whole, so that no part of it is taken for a count. */
#include <math.h>

#include "measure/scan.h"

enum { CARDINAL = 1, ORDINAL = 2, FRACTION = 4, MULTIPLIER = 8, VAGUE = 16, GROUP = 32 };

typedef struct word { /* the number phrase at one place, with all the kinds it can be */
    uint32_t end;
    unsigned kinds;
    double cardinal, ordinal, fraction, multiplier, vague, group;
} word;

static void word_note(word *w, slk_text kind, double v) {
    if (slk_text_is(kind, "cardinal")) w->kinds |= CARDINAL, w->cardinal = v;
    if (slk_text_is(kind, "ordinal")) w->kinds |= ORDINAL, w->ordinal = v;
    if (slk_text_is(kind, "fraction")) w->kinds |= FRACTION, w->fraction = v;
    if (slk_text_is(kind, "multiplier")) w->kinds |= MULTIPLIER, w->multiplier = v;
    if (slk_text_is(kind, "vague")) w->kinds |= VAGUE, w->vague = v;
    if (slk_text_is(kind, "group")) w->kinds |= GROUP, w->group = v;
}

static bool word_at(const slk_scan *s, uint32_t at, word *out) {
    const slk_hit *hits;
    *out = (word){0};
    if (at >= s->end) return false;
    uint32_t n = slk_scan_hits(s, at, &hits);
    for (uint32_t i = 0; i < n; i++) {
        if (hits[i].table != SLK_T_NUMBERS || (out->end && hits[i].end != out->end)) continue;
        out->end = hits[i].end;
        double v = slk_pack_num(s->pack, SLK_T_NUMBERS, hits[i].row, SLK_NUMBERS_VALUE);
        word_note(out, slk_pack_cell(s->pack, SLK_T_NUMBERS, hits[i].row, SLK_NUMBERS_KIND), isnan(v) ? 0 : v);
    }
    return out->kinds != 0;
}

/* The start of the word behind `at`, over white space or one hyphen; `at` itself where neither stands there. */
static uint32_t next_word(const slk_scan *s, uint32_t at) {
    uint32_t n = 0;
    if (slk_scan_peek(s, at, &n) == '-') return at + n;
    return slk_scan_space(s, at);
}

static bool article_at(const slk_scan *s, uint32_t at, uint32_t *end) {
    return slk_scan_word(s, at, "a", end) || slk_scan_word(s, at, "an", end);
}

/* ------------------------------------------------------------------ figures */

static bool is_digit(uint32_t cp) { return cp >= '0' && cp <= '9'; }

static unsigned digits(const slk_scan *s, uint32_t *at, double *v) {
    unsigned count = 0;
    uint32_t n = 0;
    for (uint32_t cp = slk_scan_peek(s, *at, &n); is_digit(cp); cp = slk_scan_peek(s, *at, &n)) {
        *v = *v * 10 + (cp - '0');
        *at += n;
        count++;
    }
    return count;
}

/* "1,500,000", "10 000": groups of exactly three digits behind a first group of at most three, one kind of separator. */
static bool groups(const slk_scan *s, uint32_t *at, double *v) {
    uint32_t n = 0, separator = slk_scan_peek(s, *at, &n);
    bool any = false;
    if (separator != ',' && separator != ' ' && separator != '\'') return false;
    for (;;) {
        double group = 0;
        uint32_t next = *at + n;
        if (slk_scan_peek(s, *at, &n) != separator || digits(s, &next, &group) != 3) return any;
        *v = *v * 1000 + group;
        *at = next;
        any = true;
    }
}

static double ten_to(int e) {
    double p = 1;
    for (int i = 0; i < e && i < 330; i++) p *= 10;
    return p;
}

static void scale(double *v, bool minus, double e) {
    int n = e > 330 ? 330 : (int)e;
    *v = minus ? *v / ten_to(n) : *v * ten_to(n);
}

/* "e-3" or "×10−5" behind a mantissa. */
static bool exponent(const slk_scan *s, uint32_t *at, double *v) {
    uint32_t n = 0, at2 = *at, cp = slk_scan_peek(s, at2, &n);
    double e = 0, ten = 0;
    if (cp == 'e') {
        at2 += n;
    } else if (cp == 0xD7 || cp == 'x') {
        at2 += n;
        if (digits(s, &at2, &ten) != 2 || ten != 10) return false;
        if (slk_scan_peek(s, at2, &n) == '^') at2 += n;
    } else {
        return false;
    }
    cp = slk_scan_peek(s, at2, &n);
    bool minus = cp == '-';
    if (minus || cp == '+') at2 += n;
    if (digits(s, &at2, &e) == 0 || !slk_scan_word_ends(s, at2)) return false;
    scale(v, minus, e);
    *at = at2;
    return true;
}

static double vulgar(uint32_t cp) {
    switch (cp) {
    case 0xBC: return 0.25;
    case 0xBD: return 0.5;
    case 0xBE: return 0.75;
    case 0x2153: return 1.0 / 3;
    case 0x2154: return 2.0 / 3;
    case 0x2155: return 0.2;
    case 0x215B: return 0.125;
    default: return 0;
    }
}

/* "1/4" with a denominator that people write: "9/11", "24/7" and "2017/18" are not fractions. */
static bool slash(const slk_scan *s, uint32_t at, uint32_t *end, double *v) {
    static const unsigned denominators[] = {2, 3, 4, 5, 6, 8, 10, 16, 20, 32, 40, 50, 64, 100, 1000};
    double upper = 0, lower = 0;
    uint32_t n = 0;
    if (digits(s, &at, &upper) == 0 || slk_scan_peek(s, at, &n) != '/') return false;
    at += n;
    if (digits(s, &at, &lower) == 0 || upper >= lower || slk_scan_peek(s, at, &n) == '/') return false;
    uint32_t th = at;
    if (!slk_scan_word_ends(s, at) && !slk_scan_word(s, at, "th", &th)) return false;
    for (size_t i = 0; i < sizeof denominators / sizeof *denominators; i++)
        if (lower == denominators[i]) {
            *v = upper / lower;
            *end = th;
            return true;
        }
    return false;
}

/* What may follow whole figures and makes them part of something else: "6:50", "18.09.2024", "1960s", "9/11", "2024-09-18". */
static bool belongs_elsewhere(const slk_scan *s, uint32_t at) {
    uint32_t n = 0, m = 0, end = 0, cp = slk_scan_peek(s, at, &n);
    if (cp == ':' || cp == '.' || cp == '/') return is_digit(slk_scan_peek(s, at + n, &m));
    if (cp == '\'' && slk_scan_word(s, at + n, "s", &end)) return true;
    if (cp == '-') {
        double v = 0;
        uint32_t behind = at + n;
        return digits(s, &behind, &v) && slk_scan_peek(s, behind, &n) == '-' &&
               is_digit(slk_scan_peek(s, behind + n, &m));
    }
    return slk_scan_word(s, at, "s", &end);
}

static bool ordinal_ending(const slk_scan *s, uint32_t at, uint32_t *end) {
    return slk_scan_word(s, at, "st", end) || slk_scan_word(s, at, "nd", end) || slk_scan_word(s, at, "rd", end) ||
           slk_scan_word(s, at, "th", end);
}

/* The fraction that may follow a whole number: "2½", "2 1/2". */
static void mixed(const slk_scan *s, slk_number *out) {
    uint32_t n = 0, at = slk_scan_space(s, out->span.end), end = at;
    double part = vulgar(slk_scan_peek(s, at, &n));
    if (part > 0) end = at + n;
    if (part > 0 || (at > out->span.end && slash(s, at, &end, &part))) {
        out->value += part;
        out->span.end = end;
        out->plain = false;
    }
}

static bool decimals(const slk_scan *s, uint32_t *at, double *v) {
    uint32_t n = 0, start = *at, m = 0;
    if (slk_scan_peek(s, start, &n) != '.' || !is_digit(slk_scan_peek(s, start + n, &m))) return false;
    *at = start + n;
    unsigned count = digits(s, at, v);
    *v /= ten_to((int)(count > 300 ? 300 : count));
    return true;
}

static bool figures(const slk_scan *s, uint32_t at, slk_number *out) {
    uint32_t n = 0, start = at, cp = slk_scan_peek(s, at, &n), m = 0;
    double v = 0;
    bool minus = cp == '-';
    if (minus || cp == '+') cp = slk_scan_peek(s, at += n, &n);
    *out = (slk_number){.figures = true, .plain = !minus, .span = {start, at}, .multiplier = 1};
    if (vulgar(cp) > 0) {
        out->value = minus ? -vulgar(cp) : vulgar(cp);
        out->span.end = at + n;
        out->plain = false;
        return out->fraction = true;
    }
    if (slash(s, at, &out->span.end, &out->value)) {
        out->plain = false;
        out->fraction = true;
        return true;
    }
    out->leading_zero = cp == '0' && is_digit(slk_scan_peek(s, at + n, &m));
    unsigned whole = digits(s, &at, &v);
    if (whole && whole <= 3 && !out->leading_zero && groups(s, &at, &v)) out->plain = false;
    if (decimals(s, &at, &v))
        out->plain = false, out->leading_zero = false;
    else if (whole == 0)
        return false;
    if (exponent(s, &at, &v)) out->plain = false;
    if (belongs_elsewhere(s, at)) return false;
    out->ordinal = ordinal_ending(s, at, &at);
    out->span.end = at;
    out->value = minus ? -v : v;
    if (out->plain && !out->ordinal) mixed(s, out);
    return true;
}

/* "1.5 million", "20 thousand", "3 dozen" */
static void figure_multipliers(const slk_scan *s, slk_number *out) {
    word w;
    for (;;) {
        uint32_t at = next_word(s, out->span.end);
        if (at == out->span.end || !word_at(s, at, &w) || !(w.kinds & (MULTIPLIER | GROUP))) return;
        out->multiplier = w.kinds & MULTIPLIER ? w.multiplier : w.group;
        out->value *= out->multiplier;
        out->span.end = w.end;
        out->plain = false;
    }
}

/* ------------------------------------------------------------------ words */

typedef struct sum { /* "three million, two hundred and forty": total 3,000,000, current 240 */
    double total, current;
    bool any; /* a cardinal was read since the last multiplier */
} sum;

static bool sum_cardinal(sum *t, double v) {
    double room = t->current >= 100 ? fmod(t->current, 100) : t->current;
    bool fits = !t->any || (v < 10 && room >= 20 && fmod(room, 10) == 0) || (v < 100 && room == 0 && t->current >= 100);
    if (fits) t->current += v, t->any = true;
    return fits;
}

static bool sum_multiplier(sum *t, double m) {
    if (m < 1000) {
        if (t->current >= m) return false;
        t->current = (t->current > 0 ? t->current : 1) * m;
    } else {
        if (t->current == 0 && t->total > 0) return false;
        t->total += (t->current > 0 ? t->current : 1) * m;
        t->current = 0;
        t->any = false;
    }
    return true;
}

/* Where the next part of a spelled number may begin behind `at`: over a space or hyphen, "and" or "&" after hundreds, a
 * comma after thousands where another multiplier follows. SLK_NONE where nothing can follow. */
static uint32_t next_part(const slk_scan *s, uint32_t at, bool after_multiplier) {
    uint32_t n = 0, end = 0, next = next_word(s, at);
    word w, w2;
    if (after_multiplier) {
        bool comma = slk_scan_peek(s, at, &n) == ',';
        if (comma) next = slk_scan_space(s, at + n);
        if (!comma && next > at && (slk_scan_word(s, next, "and", &end) || slk_scan_peek(s, next, &n) == '&')) {
            if (slk_scan_peek(s, next, &n) == '&') end = next + n;
            next = slk_scan_space(s, end);
        }
        if (comma && !(word_at(s, next, &w) && (w.kinds & CARDINAL) && word_at(s, next_word(s, w.end), &w2) &&
                       (w2.kinds & MULTIPLIER)))
            return SLK_NONE;
    }
    return next == at ? SLK_NONE : next;
}

/* " and a half" behind a spelled or written whole number. */
static void and_a_half(const slk_scan *s, slk_number *out) {
    uint32_t at = slk_scan_space(s, out->span.end), end = 0;
    word w;
    if (at == out->span.end || !slk_scan_word(s, at, "and", &end)) return;
    at = slk_scan_space(s, end);
    if (article_at(s, at, &end))
        at = slk_scan_space(s, end);
    else
        return;
    if (word_at(s, at, &w) && (w.kinds & FRACTION)) {
        out->value += w.fraction;
        out->span.end = w.end;
        out->plain = false;
    }
}

static bool followed_by_of(const slk_scan *s, uint32_t at) {
    uint32_t end = 0, next = slk_scan_space(s, at);
    return next > at && slk_scan_word(s, next, "of", &end);
}

/* Adds the words that follow a first cardinal or multiplier; stops in front of what does not fit. */
static void spelled_rest(const slk_scan *s, sum *t, bool after_multiplier, slk_number *out) {
    word w;
    for (;;) {
        uint32_t at = next_part(s, out->span.end, after_multiplier);
        if (at == SLK_NONE || !word_at(s, at, &w)) return;
        if ((w.kinds & ORDINAL) && w.ordinal < 20 && (w.ordinal < 10 || fmod(t->current, 100) == 0) &&
            t->current >= 20 && fmod(t->current, 10) == 0) {
            t->current += w.ordinal;
            out->ordinal = true;
            out->span.end = w.end;
            return;
        }
        if ((w.kinds & FRACTION) && t->total == 0 && t->current > 0 && !after_multiplier) {
            t->current *= w.fraction;
            out->fraction = true;
            out->span.end = w.end;
            return;
        }
        if ((w.kinds & CARDINAL) && sum_cardinal(t, w.cardinal)) {
            after_multiplier = false;
        } else if ((w.kinds & MULTIPLIER) && sum_multiplier(t, w.multiplier)) {
            after_multiplier = true;
            out->multiplier = w.multiplier;
        } else if ((w.kinds & GROUP) && !after_multiplier) {
            t->current *= w.group;
            out->span.end = w.end;
            return;
        } else {
            return;
        }
        out->span.end = w.end;
    }
}

/* "half a million", "half a dozen", "half of": the word must lead somewhere, else it is an adverb or a part of a match. */
static bool half(const slk_scan *s, const word *first, slk_number *out) {
    word w;
    uint32_t end = 0, at = next_word(s, first->end);
    bool article = at > first->end && article_at(s, at, &end);
    if (article) at = slk_scan_space(s, end);
    out->value = first->fraction;
    out->fraction = true;
    if (at > first->end && word_at(s, at, &w) && (w.kinds & (MULTIPLIER | GROUP))) {
        out->value *= w.kinds & MULTIPLIER ? w.multiplier : w.group;
        out->fraction = false;
        out->span.end = w.end;
        return true;
    }
    return article || followed_by_of(s, first->end);
}

/* "several", "dozens", "tens of thousands", "several hundred"; a final "of" belongs to what is counted. */
static bool vague(const slk_scan *s, const word *first, slk_number *out) {
    word w;
    out->vague = true;
    out->value = first->vague;
    for (;;) {
        uint32_t at = next_word(s, out->span.end), end = at;
        if (at > out->span.end && slk_scan_word(s, at, "of", &end)) at = slk_scan_space(s, end);
        if (at == out->span.end || !word_at(s, at, &w)) break;
        bool few = end != at || first->vague < 10; /* "dozens of thousands", "several hundred", "a few dozen" */
        if ((w.kinds & MULTIPLIER) && few)
            out->value *= w.multiplier;
        else if ((w.kinds & GROUP) && few)
            out->value *= w.group;
        else if ((w.kinds & VAGUE) && w.vague >= 100)
            out->value *= w.vague / 2;
        else
            break;
        out->span.end = w.end;
    }
    slk_text t = slk_text_part(s->text, out->span.start, out->span.end);
    if (slk_text_ends_fold(t, " of")) out->span.end -= 3;
    return true;
}

/* "a quarter of a million" */
static bool of_a_multiplier(const slk_scan *s, const word *first, slk_number *out) {
    word w;
    uint32_t end = 0, at = slk_scan_space(s, first->end);
    if (!slk_scan_word(s, at, "of", &end) || !article_at(s, slk_scan_space(s, end), &at)) return false;
    if (!word_at(s, slk_scan_space(s, at), &w) || !(w.kinds & MULTIPLIER)) return false;
    out->value = first->fraction * w.multiplier;
    out->multiplier = w.multiplier;
    out->span.end = w.end;
    return true;
}

static bool words(const slk_scan *s, uint32_t at, slk_number *out) {
    word w;
    uint32_t start = at, end = 0;
    sum t = {0};
    bool multiplied = false, whole = word_at(s, at, &w);
    bool article = !whole && article_at(s, at, &end);
    if (article && !word_at(s, next_word(s, end), &w)) return false;
    *out = (slk_number){.span = {start, w.end}, .multiplier = 1};
    if ((w.kinds & VAGUE) && !article) return vague(s, &w, out);
    if (w.kinds & CARDINAL && !article) {
        t.current = w.cardinal;
        t.any = true;
    } else if (w.kinds & (MULTIPLIER | GROUP) && article) {
        multiplied = (w.kinds & MULTIPLIER) != 0;
        if (!multiplied)
            t.current = w.group;
        else if (!sum_multiplier(&t, w.multiplier))
            return false;
    } else if ((w.kinds & FRACTION) && (article || !(w.kinds & ORDINAL))) {
        if (article && followed_by_of(s, w.end)) {
            if (of_a_multiplier(s, &w, out)) return true;
            out->value = w.fraction;
            return out->fraction = true;
        }
        if (article && (w.kinds & ORDINAL)) return false; /* "a third missile": read at "third" */
        return w.fraction == 0.5 && half(s, &w, out);
    } else if ((w.kinds & ORDINAL) && !article) {
        out->ordinal = true;
        out->value = w.ordinal;
        return true;
    } else {
        return false;
    }
    spelled_rest(s, &t, multiplied, out);
    out->value = t.total + t.current;
    return true;
}

/* "minus 5", "minus five" */
static bool minus(const slk_scan *s, uint32_t at, uint32_t behind, slk_number *out) {
    slk_number found;
    uint32_t n = 0, cp = slk_scan_peek(s, behind, &n);
    if (!(is_digit(cp) ? figures(s, behind, &found) : slk_cp_is_letter(cp) && words(s, behind, &found))) return false;
    if (found.ordinal || found.vague || found.fraction || found.value < 0) return false;
    found.value = -found.value;
    found.plain = false;
    found.span.start = at;
    *out = found;
    return true;
}

bool slk_number_read(const slk_scan *s, uint32_t at, slk_number *out) {
    uint32_t n = 0, end = 0, cp = slk_scan_peek(s, at, &n);
    slk_number found;
    if (cp == 'm' && slk_scan_word(s, at, "minus", &end)) return minus(s, at, slk_scan_space(s, end), out);
    if (is_digit(cp) || cp == '-' || cp == '+' || cp == '.' || vulgar(cp) > 0) {
        if (!figures(s, at, &found)) return false;
        if (!found.ordinal && !found.leading_zero) figure_multipliers(s, &found);
    } else if (!slk_cp_is_letter(cp) || !words(s, at, &found)) {
        return false;
    }
    if (!found.ordinal && !found.vague && !found.fraction) and_a_half(s, &found);
    *out = found;
    return true;
}
