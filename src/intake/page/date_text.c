/* date_text.c - dates as pages write them. See date_text.h. The text is cut into numbers and words with what stands between them;
 * each place is tried as the beginning of a date. */
#include "intake/page/date_text.h"

#include "base/calendar.h"
#include "base/text.h"

#define LOOK_MOST_B 300u
#define PARTS_MOST 64u
#define WORD_MOST_B 32u

typedef struct part {
    uint32_t start, end;
    int32_t number; /* -1 for a word */
    uint8_t digits;
    uint8_t month; /* of a word, 0 for none */
} part;

typedef struct scan {
    slk_text t;
    part at[PARTS_MOST];
    unsigned n;
} scan;

static bool is_letter(char c) { return slk_is_alpha(c) || (unsigned char)c >= 0x80; }

static uint8_t month_of(const slk_pack *pack, slk_text word) {
    char small[WORD_MOST_B];
    size_t n = 0;
    double month;
    for (size_t i = 0; i < word.n && n + 2 < sizeof small; i++) small[n++] = slk_lower(word.at[i]);
    uint32_t row = slk_pack_find(pack, SLK_T_PAGE_MONTHS, (slk_text){small, n});
    if (row == SLK_NONE || !slk_text_double(slk_pack_cell(pack, SLK_T_PAGE_MONTHS, row, SLK_PAGE_MONTHS_MONTH), &month))
        return 0;
    return (uint8_t)month;
}

static void cut(const slk_pack *pack, scan *s) {
    for (uint32_t i = 0; i < s->t.n && s->n < PARTS_MOST;) {
        part p = {.start = i, .number = -1};
        if (slk_is_digit(s->t.at[i])) {
            p.number = 0;
            while (i < s->t.n && slk_is_digit(s->t.at[i])) {
                if (p.digits < 8) p.number = p.number * 10 + (s->t.at[i] - '0');
                if (p.digits < 255) p.digits++;
                i++;
            }
        } else if (is_letter(s->t.at[i])) {
            while (i < s->t.n && is_letter(s->t.at[i])) i++;
            p.month = month_of(pack, (slk_text){s->t.at + p.start, i - p.start});
        } else {
            i++;
            continue;
        }
        p.end = i;
        s->at[s->n++] = p;
    }
}

/* What stands between part i and the next. */
static slk_text between(const scan *s, unsigned i) {
    uint32_t from = s->at[i].end, to = i + 1 < s->n ? s->at[i + 1].start : (uint32_t)s->t.n;
    return (slk_text){s->t.at + from, to - from};
}

static bool is_one(slk_text t, const char *marks, char *which) {
    t = slk_text_trim(t);
    if (t.n != 1) return false;
    for (; *marks; marks++)
        if (t.at[0] == *marks) {
            *which = *marks;
            return true;
        }
    return false;
}

static bool word_is(const scan *s, unsigned i, const char *z) {
    return i < s->n && s->at[i].number < 0 &&
           slk_text_is_fold((slk_text){s->t.at + s->at[i].start, s->at[i].end - s->at[i].start}, z);
}

static bool set(int32_t year, int32_t month, int32_t day, slk_instant *out) {
    if (year < 1990 || year > 2099 || month < 1 || month > 12 || day < 1) return false;
    if ((unsigned)day > slk_days_in_month(year, (unsigned)month)) return false;
    *out = slk_instant_day(slk_days_from_civil(year, (unsigned)month, (unsigned)day));
    return true;
}

static bool is_year(const part *p) { return p->digits == 4 && p->number >= 1990 && p->number <= 2099; }
static bool is_small(const part *p) { return p->digits >= 1 && p->digits <= 2; }

/* "20240918" and "20240918T0650": *next is the part behind the date. */
static bool packed(const scan *s, unsigned i, slk_instant *out, unsigned *next) {
    const part *p = &s->at[i];
    *next = i + 1;
    return p->digits == 8 && set(p->number / 10000, p->number / 100 % 100, p->number % 100, out);
}

/* "2024-09-18", "2024/9/18", "2024. 9. 18", "2024年9月18日" */
static bool year_first(const scan *s, unsigned i, slk_instant *out, unsigned *next) {
    char a, b;
    if (!is_year(&s->at[i])) return false;
    if (i + 2 < s->n && is_small(&s->at[i + 1]) && is_small(&s->at[i + 2]) && is_one(between(s, i), "-/.", &a) &&
        is_one(between(s, i + 1), "-/.", &b) && a == b) {
        *next = i + 3;
        return set(s->at[i].number, s->at[i + 1].number, s->at[i + 2].number, out);
    }
    bool year = word_is(s, i + 1, "\xE5\xB9\xB4") || word_is(s, i + 1, "\xEB\x85\x84");
    bool month = word_is(s, i + 3, "\xE6\x9C\x88") || word_is(s, i + 3, "\xEC\x9B\x94");
    if (!year || !month || i + 4 >= s->n || !is_small(&s->at[i + 2]) || !is_small(&s->at[i + 4])) return false;
    *next = i + 5;
    return set(s->at[i].number, s->at[i + 2].number, s->at[i + 4].number, out);
}

/* "18.09.2024", "18/9/24", "9/18/2024", "18-09-2024" */
static bool year_last(const scan *s, unsigned i, bool month_first, slk_instant *out, unsigned *next) {
    char a, b;
    if (i + 2 >= s->n || !is_small(&s->at[i]) || !is_small(&s->at[i + 1])) return false;
    const part *y = &s->at[i + 2];
    if (!is_one(between(s, i), "-/.", &a) || !is_one(between(s, i + 1), "-/.", &b) || a != b) return false;
    bool short_year = y->digits == 2 && a != '-' && (a == '.' || s->at[i].digits == 2) && s->at[i + 1].digits == 2;
    if (!is_year(y) && !short_year) return false;
    int32_t year = short_year ? 2000 + y->number : y->number, day = s->at[i].number, month = s->at[i + 1].number;
    if ((month_first && a != '.' && day <= 12) || month > 12) {
        int32_t t = day;
        day = month;
        month = t;
    }
    *next = i + 3;
    return set(year, month, day, out);
}

/* Is the gap empty but for blanks and these marks? */
static bool loose(slk_text t) {
    for (size_t i = 0; i < t.n; i++)
        if (!slk_is_space(t.at[i]) && t.at[i] != '.' && t.at[i] != ',' && t.at[i] != '-' && t.at[i] != '/' &&
            t.at[i] != '\'' && (unsigned char)t.at[i] < 0x80)
            return false;
    return t.n <= 8;
}

static bool is_filler(const scan *s, unsigned i) {
    static const char *const words[] = {"de", "del", "of", "st", "nd", "rd", "th", "er", "d", "\xC2\xBA", "the"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (word_is(s, i, words[k])) return true;
    return false;
}

static unsigned pass_filler(const scan *s, unsigned i) {
    for (unsigned k = 0; k < 2 && i < s->n && is_filler(s, i); k++) i++;
    return i;
}

/* "14. - 20. Januar 2022": days of a week, not a day. */
static bool ends_range(const scan *s, unsigned i) {
    if (!i || !is_small(&s->at[i - 1]) || s->at[i - 1].number > 31) return false;
    slk_text gap = between(s, i - 1);
    bool dash = false;
    for (size_t k = 0; k < gap.n; k++) {
        dash = dash || gap.at[k] == '-' ||
               slk_text_starts(slk_text_part(gap, (uint32_t)k, (uint32_t)gap.n), "\xE2\x80\x93");
        if (slk_is_alpha(gap.at[k]) || gap.at[k] == ',' || gap.at[k] == ':') return false;
    }
    return dash && gap.n <= 6;
}

/* "18 September 2024", "18. September 2024", "18th of September, 2024", "18 de septiembre de 2024" */
static bool day_month(const scan *s, unsigned i, slk_instant *out, unsigned *next) {
    if (!is_small(&s->at[i]) || !loose(between(s, i)) || ends_range(s, i)) return false;
    unsigned m = pass_filler(s, i + 1);
    if (m >= s->n || !s->at[m].month || !loose(between(s, m))) return false;
    unsigned y = pass_filler(s, m + 1);
    if (y >= s->n || !is_year(&s->at[y])) return false;
    *next = y + 1;
    return set(s->at[y].number, s->at[m].month, s->at[i].number, out);
}

/* "September 18, 2024", "Sept. 18th 2024" */
static bool month_day(const scan *s, unsigned i, slk_instant *out, unsigned *next) {
    if (!s->at[i].month || i + 2 >= s->n || !is_small(&s->at[i + 1]) || !loose(between(s, i))) return false;
    unsigned y = pass_filler(s, i + 2);
    if (y >= s->n || !is_year(&s->at[y]) || !loose(between(s, y - 1))) return false;
    *next = y + 1;
    return set(s->at[y].number, s->at[i].month, s->at[i + 1].number, out);
}

/* A zone at part i: what comes behind it. */
static unsigned add_zone(const scan *s, unsigned i, slk_instant *out) {
    static const struct {
        const char *word;
        int16_t min;
    } zones[] = {{"z", 0},      {"gmt", 0},    {"utc", 0},    {"est", -300}, {"edt", -240},
                 {"cst", -360}, {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480},
                 {"pdt", -420}, {"cet", 60},   {"cest", 120}, {"mez", 60},   {"mesz", 120},
                 {"bst", 60},   {"ist", 330},  {"jst", 540},  {"kst", 540}};
    slk_text gap = slk_text_trim(between(s, i - 1));
    if (i < s->n && gap.n == 1 && (gap.at[0] == '+' || gap.at[0] == '-') && s->at[i].number >= 0) {
        int32_t v = s->at[i].number, minutes = -1;
        if (s->at[i].digits == 4) minutes = v / 100 * 60 + v % 100;
        if (s->at[i].digits == 2) minutes = v * 60;
        char colon;
        unsigned next = i + 1;
        if (s->at[i].digits == 2 && next < s->n && s->at[next].digits == 2 && is_one(between(s, i), ":", &colon))
            minutes += s->at[next++].number;
        if (minutes < 0 || minutes > 14 * 60) return i;
        out->has_offset = true;
        out->offset_min = (int16_t)(gap.at[0] == '-' ? -minutes : minutes);
        return next;
    }
    for (size_t k = 0; k < sizeof zones / sizeof *zones; k++)
        if (word_is(s, i, zones[k].word)) {
            out->has_offset = true;
            out->offset_min = zones[k].min;
            return i + 1;
        }
    return i;
}

/* "T06:50:00.000+09:00", ", 6:50 am EST" behind the date, from part i on: what comes behind it. */
static unsigned add_clock(const scan *s, unsigned i, slk_instant *out) {
    static const char *const fillers[] = {"t", "at", "um", "\xC3\xA0", "a", "alle", "kl", "las", "om", "as"};
    unsigned from = i;
    char colon;
    for (unsigned k = 0; k < 2 && i < s->n && s->at[i].number < 0; k++) {
        bool filler = false;
        for (size_t w = 0; w < sizeof fillers / sizeof *fillers; w++) filler = filler || word_is(s, i, fillers[w]);
        if (!filler) return from;
        i++;
    }
    if (i + 1 >= s->n || !is_small(&s->at[i]) || s->at[i + 1].digits != 2) return from;
    bool dots = is_one(between(s, i), ".", &colon) && i && !slk_text_is(slk_text_trim(between(s, i - 1)), ".");
    if (!dots && !is_one(between(s, i), ":", &colon)) return from;
    int32_t hour = s->at[i].number, minute = s->at[i + 1].number, second = 0;
    slk_precision precision = SLK_P_MINUTE;
    i += 2;
    if (i < s->n && s->at[i].digits == 2 && is_one(between(s, i - 1), ":", &colon) && s->at[i].number < 60) {
        second = s->at[i].number;
        precision = SLK_P_SECOND;
        i++;
        if (i < s->n && s->at[i].number >= 0 && is_one(between(s, i - 1), ".,", &colon)) i++;
    }
    bool pm = word_is(s, i, "pm") || (word_is(s, i, "p") && word_is(s, i + 1, "m")),
         am = word_is(s, i, "am") || (word_is(s, i, "a") && word_is(s, i + 1, "m"));
    if ((pm || am) && hour <= 12) hour = hour % 12 + (pm ? 12 : 0);
    if (pm || am) i += word_is(s, i, "pm") || word_is(s, i, "am") ? 1 : 2;
    if (hour > 23 || minute > 59) return from;
    out->precision = (uint8_t)precision;
    out->hour = (uint8_t)hour;
    out->minute = (uint8_t)minute;
    out->second = (uint8_t)second;
    return add_zone(s, i, out);
}

bool slk_date_find(const slk_pack *pack, slk_text text, bool month_first, slk_dated *out) {
    scan s = {.t = slk_text_head(text, LOOK_MOST_B)};
    unsigned next;
    slk_instant found;
    cut(pack, &s);
    for (unsigned i = 0; i < s.n; i++) {
        if (!packed(&s, i, &found, &next) && !year_first(&s, i, &found, &next) &&
            !year_last(&s, i, month_first, &found, &next) && !day_month(&s, i, &found, &next) &&
            !month_day(&s, i, &found, &next))
            continue;
        next = add_clock(&s, next, &found);
        *out = (slk_dated){found, s.at[i].start, s.at[next - 1].end};
        return true;
    }
    return false;
}

bool slk_date_text(const slk_pack *pack, slk_text text, bool month_first, slk_instant *out) {
    slk_dated found;
    if (!slk_date_find(pack, text, month_first, &found)) return false;
    *out = found.when;
    return true;
}
