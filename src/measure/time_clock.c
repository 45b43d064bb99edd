/* time_clock.c - reads clock times: "6:50 a.m.", "9 p.m.", "0650 KST", "2150 GMT", "21:50 UTC", "noon", "six o'clock", and the
 * words behind them that say in which zone. Which day is meant is said by others or not at all. */
#include <math.h>
#include <string.h>

#include "measure/timing.h"

/* ---------------------------------------------------------------- zones */

/* "Korea time", "Pyongyang time": the zone of a place or country of the gazetteer that ends right before "time". */
static const char *place_zone(const slk_lexer *x, uint32_t start, uint32_t end) {
    const slk_reading *r = x->r;
    uint32_t lo = SLK_FIRST(i, r->places.n, r->places.at[i].span.start < start);
    if (lo == r->places.n || r->places.at[lo].span.start != start || r->places.at[lo].span.end != end) return NULL;
    return r->places.at[lo].zone;
}

static uint32_t named_time(const slk_lexer *x, uint32_t i, const char **zone) {
    for (uint32_t j = i + 1; j <= i + 4 && j < x->n && x->lex[j - 1].kind != SLK_LEX_BREAK; j++) {
        if (!slk_lex_is(x, j, "time")) continue;
        *zone = place_zone(x, x->lex[i].start, x->lex[j - 1].end);
        return *zone ? j + 1 : 0;
    }
    return 0;
}

/* The offset as the zones of the pack are written; NULL where no clock keeps it. */
static const char *offset_name(bool minus, int hour, int minute) {
    static const char *const whole[] = {"-12:00", "-11:00", "-10:00", "-09:00", "-08:00", "-07:00", "-06:00",
                                        "-05:00", "-04:00", "-03:00", "-02:00", "-01:00", "+00:00", "+01:00",
                                        "+02:00", "+03:00", "+04:00", "+05:00", "+06:00", "+07:00", "+08:00",
                                        "+09:00", "+10:00", "+11:00", "+12:00", "+13:00", "+14:00"};
    static const char *const part[] = {"-09:30", "-03:30", "-02:30", "+03:30", "+04:30", "+05:30", "+05:45",
                                       "+06:30", "+08:30", "+08:45", "+09:30", "+10:30", "+12:45", "+13:45"};
    if (hour > (minus ? 12 : 14)) return NULL;
    if (minute == 0) return whole[12 + (minus ? -hour : hour)];
    for (size_t k = 0; k < sizeof part / sizeof *part; k++) {
        const char *z = part[k];
        int h = (z[1] - '0') * 10 + z[2] - '0', m = (z[4] - '0') * 10 + z[5] - '0';
        if ((z[0] == '-') == minus && h == hour && m == minute) return z;
    }
    return NULL;
}

/* "+3", "-05:30", "+0900" behind GMT, UTC or a time as ISO 8601 writes it. */
static uint32_t signed_offset(const slk_lexer *x, uint32_t i, slk_said *out) {
    bool minus = slk_lex_sign(x, i, '-');
    if (!minus && !slk_lex_sign(x, i, '+')) return 0;
    const slk_lex *h = slk_lex_at(x, i + 1), *m = slk_lex_at(x, i + 3);
    if (h->kind != SLK_LEX_FIGURES || h->spaced || h->digits > 4 || h->digits == 3) return 0;
    int hour = h->digits == 4 ? h->value / 100 : h->value, minute = h->digits == 4 ? h->value % 100 : 0;
    uint32_t next = i + 2;
    if (h->digits < 4 && slk_lex_sign(x, next, ':') && m->kind == SLK_LEX_FIGURES && m->digits == 2 && !m->spaced) {
        minute = m->value;
        next = i + 4;
    }
    const char *zone = offset_name(minus, hour, minute);
    if (zone) out->zone = zone;
    return zone ? next : 0;
}

/* A zone's word that several countries use is that of the country told of: the one of the last place before it. */
static const char *zone_of(const slk_lexer *x, uint32_t i, const slk_sense *s) {
    const slk_lex *l = slk_lex_at(x, i);
    const slk_reading *r = x->r;
    const char *first = s->value;
    uint32_t k, same = 0;
    for (k = 0; k < l->n; k++) same += l->senses[k].kind == SLK_TK_ZONE && l->senses[k].len == s->len;
    if (same < 2) return first;
    for (uint32_t p = r->places.n, looked = 0; p-- > 0 && looked < 64;) {
        if (r->places.at[p].span.start > l->start) continue;
        looked++;
        for (k = 0; k < l->n; k++) {
            if (l->senses[k].kind != SLK_TK_ZONE || l->senses[k].len != s->len) continue;
            slk_text c = slk_pack_cell(x->pack, SLK_T_ZONES, l->senses[k].row, SLK_ZONES_COUNTRY);
            if (c.n && slk_text_is(c, r->places.at[p].country)) return l->senses[k].value;
        }
    }
    return first;
}

static uint32_t read_zone_words(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_LOCAL, &next);
    if (s && (next > i + 1 || slk_lex_at(x, next)->kind != SLK_LEX_WORD)) { /* "local" alone, but not "local people" */
        out->local = true;
        return next;
    }
    s = slk_lex_sense(x, i, SLK_TK_ZONE, &next);
    if (s) {
        out->zone = zone_of(x, i, s);
        uint32_t more = strcmp(out->zone, "Etc/UTC") == 0 ? signed_offset(x, next, out) : 0;
        return more ? more : next;
    }
    const slk_lex *l = slk_lex_at(x, i);
    if (l->kind != SLK_LEX_WORD) return 0;
    if (slk_lex_is(x, i, "in") || slk_lex_is(x, i, "the")) return 0;
    const char *zone = NULL;
    next = slk_is_upper(x->r->report.text.at[l->start]) ? named_time(x, i, &zone) : 0;
    if (next) out->zone = zone;
    return next;
}

uint32_t slk_read_zone(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t j = i, next;
    bool bracket = slk_lex_sign(x, i, '(');
    if (bracket || slk_lex_sign(x, i, ',')) j++;
    next = read_zone_words(x, j, out);
    if (!next) return 0;
    if (bracket && !slk_lex_sign(x, next, ')')) return 0;
    return bracket ? next + 1 : next;
}

/* ---------------------------------------------------------------- figures */

static bool minutes_at(const slk_lexer *x, uint32_t i, uint8_t *out) {
    const slk_lex *l = slk_lex_at(x, i);
    if (l->kind != SLK_LEX_FIGURES || l->spaced || l->digits != 2 || l->value > 59) return false;
    *out = (uint8_t)l->value;
    return true;
}

/* "6:50", "6:50:12"; "6.50" only where a.m. or p.m. follows. */
static uint32_t read_colon(const slk_lexer *x, uint32_t i, slk_said *c) {
    const slk_lex *h = slk_lex_at(x, i);
    bool point = slk_lex_sign(x, i + 1, '.');
    if (h->kind != SLK_LEX_FIGURES || h->digits > 2 || h->value > 24) return 0;
    if ((!slk_lex_sign(x, i + 1, ':') && !point) || slk_lex_at(x, i + 1)->spaced) return 0;
    if (!minutes_at(x, i + 2, &c->minute)) return 0;
    if (point && !slk_lex_has(x, i + 3, SLK_TK_AMPM) && !slk_lex_has(x, i + 3, SLK_TK_LOCAL) &&
        !slk_lex_has(x, i + 3, SLK_TK_ZONE))
        return 0;
    c->hour = (uint8_t)h->value;
    c->clock_precision = SLK_P_MINUTE;
    if (slk_lex_sign(x, i + 3, ':') && minutes_at(x, i + 4, &c->second)) {
        c->clock_precision = SLK_P_SECOND;
        return i + 5;
    }
    return i + 3;
}

static uint32_t read_hour(const slk_lexer *x, uint32_t i, slk_said *c) {
    const slk_lex *h = slk_lex_at(x, i);
    uint32_t next = i + 1;
    double value = h->value;
    if (h->kind == SLK_LEX_WORD) {
        const slk_sense *s = slk_lex_sense(x, i, SLK_TK_CARDINAL, &next);
        if (!s) return 0;
        value = s->number;
    } else if (h->kind != SLK_LEX_FIGURES || h->digits > 2) {
        return 0;
    }
    if (!(value >= 0 && value <= 24)) return 0;
    c->hour = (uint8_t)value;
    c->clock_precision = SLK_P_HOUR;
    return next;
}

static bool military(const slk_lex *l, slk_said *c) {
    if (l->kind != SLK_LEX_FIGURES || l->digits != 4 || l->value > 2400 || l->value % 100 > 59) return false;
    c->hour = (uint8_t)(l->value / 100);
    c->minute = (uint8_t)(l->value % 100);
    c->clock_precision = SLK_P_MINUTE;
    return true;
}

static void set_half(slk_said *c, const char *half) {
    bool pm = half[0] == '1';
    if (c->hour > 12) return;
    c->hour = (uint8_t)(c->hour % 12 + (pm ? 12 : 0));
    c->hour12 = false;
}

/* "in the morning", "in the afternoon", "at night" behind a clock time: which half of the day. */
static uint32_t read_half_words(const slk_lexer *x, uint32_t i, slk_said *c) {
    uint32_t next, j = i;
    if (slk_lex_is(x, j, "in") && slk_lex_is(x, j + 1, "the"))
        j += 2;
    else if (slk_lex_is(x, j, "at"))
        j++;
    else
        return 0;
    const slk_sense *s = slk_lex_sense(x, j, SLK_TK_DAYPART, &next);
    if (!s || c->hour > 12) return 0;
    set_half(c, s->value[0] == 'M' && s->value[1] == 'O' ? "0" : "12");
    return next;
}

/* ---------------------------------------------------------------- the whole */

/* a.m. or p.m., o'clock, hours, zone: what may follow the figures, in any order. *marked: something did. */
static uint32_t read_marks(const slk_lexer *x, uint32_t i, slk_said *c, bool *marked) {
    for (unsigned turns = 0; turns < 4; turns++) {
        uint32_t next;
        const slk_sense *s = slk_lex_sense(x, i, SLK_TK_AMPM, &next);
        if (s && c->hour <= 12 && !(c->hour == 0 && c->clock_precision == SLK_P_HOUR)) {
            set_half(c, s->value);
        } else if ((s = slk_lex_sense(x, i, SLK_TK_OCLOCK, &next)) != NULL) {
            if (c->clock_precision == SLK_P_HOUR && s->value[0] == 'h') break; /* "20 hours" is a duration */
            if (strstr(s->value, "local")) c->local = true;
        } else if ((next = slk_read_zone(x, i, c)) == 0 && (!*marked || (next = read_half_words(x, i, c)) == 0)) {
            break;
        }
        i = next;
        *marked = true;
    }
    return i;
}

/* "noon", "midnight". */
static uint32_t read_word_clock(const slk_lexer *x, uint32_t i, slk_said *c) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_CLOCK, &next);
    if (!s) return 0;
    c->hour = (uint8_t)((s->value[0] - '0') * 10 + (s->value[1] - '0'));
    c->minute = 0;
    c->clock_precision = SLK_P_MINUTE;
    return next;
}

/* "half past six", "a quarter to seven", "twenty minutes past nine" */
static uint32_t read_spoken(const slk_lexer *x, uint32_t i, slk_said *c) {
    uint32_t j = i + slk_lex_is(x, i, "a"), next;
    int minutes = slk_lex_is(x, j, "quarter") ? 15 : slk_lex_is(x, j, "half") ? 30 : 0;
    bool named = minutes != 0;
    const slk_sense *s = named ? NULL : slk_lex_sense(x, j, SLK_TK_CARDINAL, &next);
    if (s && s->number >= 1 && s->number < 60) minutes = (int)s->number;
    if (!minutes) return 0;
    j = named ? j + 1 : next;
    if (!named && slk_lex_any(x, j, "minutes minute")) {
        named = true;
        j++;
    }
    bool past = slk_lex_any(x, j, "past after"), to = slk_lex_any(x, j, "to before");
    if ((!past && !to) || (!named && !slk_lex_is(x, j, "past"))) return 0;
    next = read_hour(x, j + 1, c);
    if (!next || c->hour < 1 || c->hour > 12 || slk_lex_has(x, next, SLK_TK_UNIT)) return 0;
    if (to) c->hour = (uint8_t)((c->hour + 10) % 12 + 1);
    c->minute = (uint8_t)(to ? 60 - minutes : minutes);
    c->clock_precision = SLK_P_MINUTE;
    c->hour12 = true;
    return next;
}

/* An hour or four figures alone are a clock time behind "at" and before words for a day or its part: "at 10 last night",
 * "at 3 in the afternoon", "at 1430 on Monday". */
static bool at_hour(const slk_lexer *x, uint32_t i, uint32_t behind) {
    uint32_t next;
    if (i == 0 || !slk_lex_any(x, i - 1, "at around about") || slk_lex_at(x, i)->kind != SLK_LEX_FIGURES) return false;
    if (slk_lex_is(x, behind, "in") && slk_lex_is(x, behind + 1, "the") && slk_lex_has(x, behind + 2, SLK_TK_DAYPART))
        return true;
    const slk_sense *s = slk_lex_sense(x, behind, SLK_TK_DEICTIC, &next);
    if (s) return true;
    behind += slk_lex_is(x, behind, "on");
    return slk_lex_has(x, behind, SLK_TK_WEEKDAY);
}

/* Figures with a colon and nothing behind are a clock time where such a word stands before; else perhaps a score. */
static bool clock_before(const slk_lexer *x, uint32_t i) {
    if (i == 0) return false;
    if (slk_lex_any(x, i - 1, "at around about by from between until till to and before after since approximately"))
        return true;
    return slk_lex_sign(x, i - 1, '(') || slk_lex_sign(x, i - 1, ',');
}

uint32_t slk_read_iso_clock(const slk_lexer *x, uint32_t i, slk_said *out) {
    slk_said c = slk_said_blank();
    if (!slk_lex_glued(x, i) || !slk_lex_is(x, i, "t") || !slk_lex_glued(x, i + 1)) return 0;
    uint32_t next = read_colon(x, i + 1, &c), more;
    if (!next) return 0;
    if (slk_lex_sign(x, next, '.') && slk_lex_glued(x, next + 1)) next += 2; /* parts of a second */
    if (slk_lex_glued(x, next) && slk_lex_is(x, next, "z")) {
        c.zone = "Etc/UTC";
        next++;
    } else if (!slk_lex_at(x, next)->spaced && (more = signed_offset(x, next, &c)) != 0) {
        next = more;
    }
    c.has_clock = true;
    *out = c;
    return next;
}

uint32_t slk_read_clock(const slk_lexer *x, uint32_t i, slk_said *out) {
    slk_said c = slk_said_blank();
    bool marked = false;
    uint32_t next = read_word_clock(x, i, &c);
    if (next) {
        next = read_marks(x, next, &c, &marked);
    } else if ((next = read_colon(x, i, &c)) != 0) {
        c.hour12 = c.hour <= 12 && slk_lex_at(x, i)->value > 0 && slk_lex_at(x, i)->digits == 1;
        next = read_marks(x, next, &c, &marked);
        if (!marked && !clock_before(x, i)) return 0;
    } else if (military(slk_lex_at(x, i), &c)) {
        next = read_marks(x, i + 1, &c, &marked);
        if (!marked && !at_hour(x, i, i + 1)) return 0;
    } else if ((next = read_spoken(x, i, &c)) != 0) {
        marked = true;
        next = read_marks(x, next, &c, &marked);
    } else if ((next = read_hour(x, i, &c)) != 0) {
        c.hour12 = true;
        if (at_hour(x, i, next)) {
            marked = true;
            next = read_marks(x, next, &c, &marked);
            c.has_clock = true;
            c.span = (slk_span){slk_lex_at(x, i)->start, slk_lex_at(x, next - 1)->end};
            *out = c;
            return next;
        }
        if (!slk_lex_has(x, next, SLK_TK_AMPM) && !slk_lex_has(x, next, SLK_TK_OCLOCK) &&
            !slk_lex_has(x, next, SLK_TK_ZONE))
            return 0;
        next = read_marks(x, next, &c, &marked);
        if (!marked) return 0;
    } else {
        return 0;
    }
    if (c.hour > 24 || (c.hour == 24 && c.minute)) return 0;
    c.has_clock = true;
    c.span = (slk_span){slk_lex_at(x, i)->start, slk_lex_at(x, next - 1)->end};
    *out = c;
    return next;
}
