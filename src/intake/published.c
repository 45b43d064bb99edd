/* published.c - the publication day from the address or the first lines of a report. See published.h. A date in a sentence
 * is what the report speaks of, not when it spoke: only a dateline (what stands before the first dash of a line) and a line
 * that is hardly more than a date are asked, and only dates with a year. */
#include "intake/published.h"

#include <string.h>

#include "base/calendar.h"
#include "base/text.h"

#define LINES_MOST 8u
#define DATELINE_MOST_B 100u
#define OTHER_WORDS_MOST 3u /* beside the date, on a line of its own: "Published on Wednesday" */

static bool number_at(slk_text t, size_t at, size_t most, size_t *end, unsigned *out) {
    unsigned v = 0;
    size_t i = at;
    while (i < t.n && i - at < most && slk_is_digit(t.at[i])) v = v * 10 + (unsigned)(t.at[i++] - '0');
    if (i == at || (i < t.n && slk_is_digit(t.at[i]))) return false;
    *end = i;
    *out = v;
    return true;
}

static bool make_day(unsigned year, unsigned month, unsigned day, slk_instant *out) {
    if (year < 1900 || year > 2999 || month < 1 || month > 12) return false;
    if (day < 1 || day > slk_days_in_month((int32_t)year, month)) return false;
    *out = slk_instant_day(slk_days_from_civil((int32_t)year, month, day));
    return true;
}

/* "18.9.2024" at a place where no digit stands before. */
static bool dotted_at(slk_text t, size_t at, slk_instant *out) {
    unsigned day, month, year;
    size_t end;
    if (!number_at(t, at, 2, &end, &day) || end >= t.n || t.at[end] != '.') return false;
    if (!number_at(t, end + 1, 2, &end, &month) || end >= t.n || t.at[end] != '.') return false;
    return number_at(t, end + 1, 4, &end, &year) && make_day(year, month, day, out);
}

/* "2024-09-18", "2024/09/18", "20240918", "18.9.2024" at a place where no digit stands before. */
static bool figures_at(slk_text t, size_t at, slk_instant *out) {
    unsigned v, month, day;
    size_t end;
    if (at && slk_is_digit(t.at[at - 1])) return false;
    if (dotted_at(t, at, out)) return true;
    if (!number_at(t, at, 8, &end, &v)) return false;
    if (end - at == 8) return make_day(v / 10000, v / 100 % 100, v % 100, out);
    if (end - at != 4 || end >= t.n || (t.at[end] != '-' && t.at[end] != '/')) return false;
    char sep = t.at[end];
    if (!number_at(t, end + 1, 2, &end, &month) || end >= t.n || t.at[end] != sep) return false;
    return number_at(t, end + 1, 2, &end, &day) && make_day(v, month, day, out);
}

static bool in_address(const char *url, slk_instant *out) {
    slk_text t = slk_text_of(url);
    for (size_t i = 0; i < t.n; i++)
        if (i && (t.at[i - 1] == '/' || t.at[i - 1] == '-' || t.at[i - 1] == '_') && figures_at(t, i, out)) return true;
    return false;
}

static size_t skip(slk_text t, size_t at, const char *chars) {
    while (at < t.n && strchr(chars, t.at[at])) at++;
    return at;
}

/* The day figures just before a month ("18 September"); false where none. */
static bool day_before(slk_text t, size_t at, unsigned *day) {
    size_t end = at, start;
    while (end && t.at[end - 1] == ' ') end--;
    for (start = end; start && end - start < 3 && slk_is_digit(t.at[start - 1]);) start--;
    return end > start && end < at && number_at(t, start, 2, &start, day);
}

/* A month by name at a byte, with its day and year around it. */
static bool named_at(const slk_pack *pack, slk_text t, size_t at, slk_instant *out) {
    slk_hit hit;
    unsigned day, year;
    double month;
    if (!slk_pack_match_in(pack, t, (uint32_t)at, SLK_T_CALENDAR, &hit)) return false;
    if (!slk_text_is(slk_pack_cell(pack, SLK_T_CALENDAR, hit.row, SLK_CALENDAR_KIND), "month")) return false;
    if (!slk_text_double(slk_pack_cell(pack, SLK_T_CALENDAR, hit.row, SLK_CALENDAR_VALUE), &month)) return false;
    size_t end = skip(t, hit.end, " .");
    if (!day_before(t, at, &day)) {
        if (!number_at(t, end, 2, &end, &day)) return false;
        end = skip(t, end, " ,");
    }
    return number_at(t, end, 4, &end, &year) && make_day(year, (unsigned)month, day, out);
}

static bool in_line(const slk_pack *pack, slk_text t, slk_instant *out) {
    for (size_t i = 0; i < t.n; i++) {
        bool begins = i == 0 || !(slk_is_alpha(t.at[i - 1]) || slk_is_digit(t.at[i - 1]));
        if (!begins) continue;
        if (slk_is_digit(t.at[i]) ? figures_at(t, i, out) : slk_is_upper(t.at[i]) && named_at(pack, t, i, out))
            return true;
    }
    return false;
}

/* What stands before the first dash between spaces: {NULL, 0} where there is none near. */
static slk_text dateline(slk_text line) {
    static const char *const dashes[] = {" - ", " -- ", " \xE2\x80\x94", " \xE2\x80\x93", "\xE2\x80\x94"};
    size_t n = line.n < DATELINE_MOST_B ? line.n : DATELINE_MOST_B;
    for (size_t i = 1; i < n; i++) {
        if (line.at[i] != ' ' && line.at[i] != '\xE2') continue; /* no dash begins otherwise */
        for (size_t d = 0; d < sizeof dashes / sizeof *dashes; d++)
            if (slk_text_starts((slk_text){line.at + i, line.n - i}, dashes[d])) return (slk_text){line.at, i};
    }
    return (slk_text){NULL, 0};
}

static bool hardly_more_than_a_date(slk_text line) {
    unsigned words = 0;
    for (size_t i = 0; i < line.n; i++) {
        bool begins = i == 0 || slk_is_space(line.at[i - 1]);
        words += begins && slk_is_alpha(line.at[i]);
    }
    return line.n <= DATELINE_MOST_B && words <= OTHER_WORDS_MOST + 1; /* the month is a word too */
}

bool slk_published_find(const slk_pack *pack, slk_text text, const char *url, slk_instant *when,
                        slk_published_basis *basis) {
    slk_instant found;
    if (url && in_address(url, &found)) {
        *when = found;
        *basis = SLK_PUB_URL;
        return true;
    }
    slk_text rest = text, line;
    for (unsigned i = 0; i < LINES_MOST && slk_text_split(&rest, '\n', &line);) {
        line = slk_text_trim(line);
        i += line.n != 0;
        slk_text head = dateline(line);
        if (!head.n && hardly_more_than_a_date(line)) head = line;
        if (!head.n || !in_line(pack, head, &found)) continue;
        *when = found;
        *basis = SLK_PUB_DATELINE;
        return true;
    }
    return false;
}
