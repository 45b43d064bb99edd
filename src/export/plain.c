/* plain.c - numbers, moments and places in plain words. See plain.h. */
#include "export/plain.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "export/page.h"

const char *slk_plain_field(slk_field_name f) {
    static const char *const words[SLK_FIELD_NAMES] = {
        [SLK_FIELD_ACTOR] = "who",         [SLK_FIELD_TARGET] = "target",        [SLK_FIELD_INSTRUMENT] = "with",
        [SLK_FIELD_WEAPON] = "weapon",     [SLK_FIELD_WEAPON_CLASS] = "class",   [SLK_FIELD_TIME] = "when",
        [SLK_FIELD_ORIGIN] = "from",       [SLK_FIELD_LANDING] = "to",           [SLK_FIELD_DIRECTION] = "which way",
        [SLK_FIELD_DISTANCE] = "how far",  [SLK_FIELD_ALTITUDE] = "how high",    [SLK_FIELD_SPEED] = "how fast",
        [SLK_FIELD_DURATION] = "how long", [SLK_FIELD_COUNT] = "how many",       [SLK_FIELD_OUTCOME] = "outcome",
        [SLK_FIELD_PURPOSE] = "purpose",   [SLK_FIELD_CASUALTIES] = "casualties"};
    return (unsigned)f < SLK_FIELD_NAMES && words[f] ? words[f] : "?";
}

static void put_number(slk_buf *out, double v) {
    char z[40];
    bool whole = v == floor(v) && fabs(v) < 1e15;
    int n = whole ? snprintf(z, sizeof z, "%.0f", v) : snprintf(z, sizeof z, "%.4g", v);
    if (n > 0) slk_buf_puts(out, z);
}

static const char *day_name(slk_instant t) {
    static const char *const names[] = {"", "Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "};
    return t.precision < SLK_P_DAY ? "" : names[slk_weekday(slk_instant_days(t)) & 7];
}

static void put_instant(slk_buf *out, slk_instant t) {
    char z[40];
    slk_instant bare = t;
    bare.has_offset = false;
    (void)slk_instant_format(bare, z);
    char *mark = strchr(z, 'T');
    if (mark) *mark = ' ';
    slk_buf_printf(out, "%s%s", day_name(t), z);
    if (!t.has_offset || t.precision < SLK_P_HOUR) return;
    int off = t.offset_min;
    if (off == 0)
        slk_buf_puts(out, " UTC");
    else
        slk_buf_printf(out, " %c%02d:%02d", off < 0 ? '-' : '+', (off < 0 ? -off : off) / 60,
                       (off < 0 ? -off : off) % 60);
}

void slk_plain_instant(slk_buf *out, slk_instant t, bool both) {
    put_instant(out, t);
    if (!both || !t.has_offset || t.offset_min == 0 || t.precision < SLK_P_HOUR) return;
    slk_buf_putc(out, '\n');
    put_instant(out, slk_instant_at(slk_instant_seconds(t), 0, (slk_precision)t.precision));
}

static const char *bound_before(slk_bound b) {
    static const char *const words[] = {"", "about ", "at least ", "at most ", "more than ", "less than ", ""};
    return (unsigned)b < sizeof words / sizeof *words ? words[b] : "";
}

/* UCUM writes customary units as [mi_i] or [lb_av]: people want the letters. */
static void put_unit(slk_buf *out, const char *unit) {
    if (*unit != '[') {
        slk_buf_puts(out, unit);
        return;
    }
    for (const char *p = unit + 1; *p && *p != '_' && *p != ']'; p++) slk_buf_putc(out, *p);
    const char *close = strchr(unit, ']');
    if (close) slk_buf_puts(out, close + 1);
}

/* The SI value in the unit that news uses: km from 1000 m on. */
static void put_si(slk_buf *out, double si, double si_high) {
    double scale = fabs(si) >= 1000 ? 1000 : 1;
    char z[64];
    int n = snprintf(z, sizeof z, " = %.3g", si / scale);
    if (n > 0) slk_buf_puts(out, z);
    if (isfinite(si_high) && si_high != si) {
        n = snprintf(z, sizeof z, " to %.3g", si_high / scale);
        if (n > 0) slk_buf_puts(out, z);
    }
    slk_buf_puts(out, scale == 1000 ? " km" : " m");
}

void slk_plain_quantity(slk_buf *out, const slk_value *v) {
    slk_buf_puts(out, bound_before(v->bound));
    put_number(out, v->low);
    if (isfinite(v->high) && v->high != v->low) {
        slk_buf_puts(out, " to ");
        put_number(out, v->high);
    }
    if (!v->unit) return;
    slk_buf_putc(out, ' ');
    put_unit(out, v->unit);
    static const char *const lengths[] = {"[mi_i]", "[nmi_i]", "[ft_i]", "[yd_i]"};
    for (size_t i = 0; isfinite(v->si) && i < sizeof lengths / sizeof *lengths; i++)
        if (strcmp(v->unit, lengths[i]) == 0) put_si(out, v->si, v->si_high);
}

void slk_plain_count(slk_buf *out, const slk_value *v) {
    bool open = !isfinite(v->high);
    if (!open && v->high == v->low && v->bound != SLK_BOUND_EXACT) slk_buf_puts(out, bound_before(v->bound));
    if (open && v->bound == SLK_BOUND_AT_LEAST) slk_buf_puts(out, "at least ");
    put_number(out, v->low);
    if (open && v->bound != SLK_BOUND_AT_LEAST) slk_buf_puts(out, " or more");
    if (!open && v->high != v->low) {
        slk_buf_puts(out, " to ");
        put_number(out, v->high);
    }
}

void slk_plain_direction(slk_buf *out, const slk_value *v) {
    if (v->text) slk_buf_printf(out, "%s ", v->text);
    if (isfinite(v->low)) slk_buf_printf(out, v->text ? "(%.4g°)" : "%.4g°", v->low);
}

void slk_plain_point(slk_buf *out, double lat, double lon) {
    slk_buf_printf(out, "%.3f %c %.3f %c", fabs(lat), lat < 0 ? 'S' : 'N', fabs(lon), lon < 0 ? 'W' : 'E');
}

const char *slk_plain_certainty(slk_certainty c) {
    static const char *const words[] = {
        "", "probable", "possible", "not so", "probably not so", "perhaps not so", "not known", "open"};
    return (unsigned)c < sizeof words / sizeof *words ? words[c] : "";
}

const char *slk_plain_stance_mark(slk_stance s) {
    switch (s) {
    case SLK_STANCE_CONFIRMS: return SLK_MARK_GREEN;
    case SLK_STANCE_DENIES: return SLK_MARK_RED;
    case SLK_STANCE_REPORTS: return SLK_MARK_CYAN;
    default: return SLK_MARK_YELLOW;
    }
}

const char *slk_plain_certainty_mark(slk_event_certainty c) {
    if (c == SLK_EC_CONFIRMED || c == SLK_EC_REPORTED) return SLK_MARK_GREEN;
    return c == SLK_EC_DENIED || c == SLK_EC_DID_NOT_HAPPEN ? SLK_MARK_RED : SLK_MARK_YELLOW;
}

const char *slk_plain_verdict_mark(slk_verdict v) {
    return v == SLK_AGREES ? SLK_MARK_GREEN : v == SLK_DISAGREES ? SLK_MARK_RED : SLK_MARK_YELLOW;
}
