/* wire.c - the frame of an agency's story. See wire.h. A dateline is known by its dash and by what stands before it: a place in
 * capitals, a day, an agency in brackets ("SEOUL, Sept. 18 (Meridian) --", "MOSCOW. Sept 18 (MW) -", "MINSK, September 18. /MW/."). The
 * other pieces are known by their first words and by how they stand (data/wire_lines.tsv). */
#include "language/wire.h"

#include <string.h>

#define HEAD_MOST_B 110u /* of a dateline */
#define BRACKET_MOST_B 400u
#define PHRASE_WORDS 5u
#define PHRASE_MOST_B 48u
#define PLACE_WORDS 3u /* of a place not in capitals, with an agency and no day */
#define EARLY_B 1500u  /* where such a dateline may stand */

static bool is_letter(char c) { return slk_is_alpha(c) || (unsigned char)c >= 0x80; }

static bool starts_line(slk_text t, uint32_t at) {
    while (at > 0 && (t.at[at - 1] == ' ' || t.at[at - 1] == '\t')) at--;
    return at == 0 || t.at[at - 1] == '\n' || t.at[at - 1] == '\r';
}

static uint32_t line_end(slk_text t, uint32_t at, uint32_t most) {
    uint32_t stop = t.n - at > most ? at + most : (uint32_t)t.n;
    while (at < stop && t.at[at] != '\n' && t.at[at] != '\r') at++;
    return at;
}

static uint32_t word_end(slk_text t, uint32_t at) {
    while (at < t.n && (is_letter(t.at[at]) || slk_is_digit(t.at[at]) || t.at[at] == '\'')) at++;
    return at;
}

/* ---------------------------------------------------------------- words of the table */

static slk_wire_kind kind_of(slk_text kind) {
    static const char *const words[] = {"dateline", "slug", "more", "end", "correction", "credit"};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
        if (slk_text_is(kind, words[i])) return (slk_wire_kind)i;
    return SLK_WIRE_SLUG;
}

static bool has_form(slk_text forms, const char *form) {
    slk_text one;
    while (slk_text_split(&forms, ' ', &one))
        if (slk_text_is(one, form)) return true;
    return false;
}

/* The longest phrase of a form that begins at a byte: where it ends, 0 where none does. */
static uint32_t phrase(const slk_pack *pack, slk_text t, uint32_t at, const char *form, slk_wire_kind *kind) {
    char key[PHRASE_MOST_B];
    size_t n = 0;
    uint32_t found = 0;
    for (unsigned words = 0; words < PHRASE_WORDS;) {
        while (at < t.n && (t.at[at] == ' ' || t.at[at] == '.' || t.at[at] == '\'')) at++;
        uint32_t end = word_end(t, at);
        bool ordinal = end > at && slk_is_digit(t.at[at]) && words == 0 && !(end - at == 2 && t.at[at] == '3');
        if (end == at || n + (end - at) + 1 > sizeof key) break;
        if (!ordinal) {
            if (n) key[n++] = ' ';
            for (uint32_t i = at; i < end; i++)
                if (t.at[i] != '\'') key[n++] = slk_lower(t.at[i]);
            words++;
            uint32_t row = slk_pack_find(pack, SLK_T_WIRE_LINES, (slk_text){key, n});
            if (row != SLK_NONE && has_form(slk_pack_cell(pack, SLK_T_WIRE_LINES, row, SLK_WIRE_LINES_FORMS), form)) {
                found = end;
                *kind = kind_of(slk_pack_cell(pack, SLK_T_WIRE_LINES, row, SLK_WIRE_LINES_KIND));
            }
        }
        at = end;
        if (at < t.n && t.at[at] != ' ' && t.at[at] != '.' && t.at[at] != '\'') break;
    }
    return found;
}

/* "(ATTN: ...)", "[Corrects ...]" */
static bool in_brackets(const slk_pack *pack, slk_text t, uint32_t at, slk_wire *out) {
    char open = t.at[at], close = open == '(' ? ')' : ']';
    uint32_t end = line_end(t, at, BRACKET_MOST_B), depth = 0, i = at;
    if (!phrase(pack, t, at + 1, "in", &out->kind)) return false;
    for (; i < end; i++) {
        depth += t.at[i] == open;
        if (t.at[i] == close && --depth == 0) break;
    }
    if (i == end) return false;
    out->span = (slk_span){at, i + 1};
    return starts_line(t, at) || out->kind != SLK_WIRE_SLUG;
}

/* ---------------------------------------------------------------- lines */

static bool is_mark(char c) { return c == '-' || c == '*' || c == '#' || c == '=' || c == '/' || c == ' '; }

/* "URGENT", "- 30 -", "###" */
static bool alone(const slk_pack *pack, slk_text t, uint32_t at, slk_wire *out) {
    uint32_t end = line_end(t, at, PHRASE_MOST_B), from = at, to = end;
    if (end < t.n && t.at[end] != '\n' && t.at[end] != '\r') return false;
    while (from < to && is_mark(t.at[from])) from++;
    while (to > from && (is_mark(t.at[to - 1]) || t.at[to - 1] == '.' || t.at[to - 1] == ':')) to--;
    out->span = (slk_span){at, end};
    if (from == to && end - at >= 3 && t.at[at] == '#') {
        out->kind = SLK_WIRE_END;
        return true;
    }
    if (from < to && slk_is_digit(t.at[from]) && (from == at || to == end)) return false; /* 30 without its dashes */
    return from < to && phrase(pack, (slk_text){t.at, to}, from, "alone", &out->kind) == to;
}

static bool all_capitals(slk_text t, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++)
        if (slk_is_lower(t.at[i])) return false;
    return to > from;
}

/* "UPDATE 3-", "CORRECTED-UPDATE 1-", "URGENT: " before a headline. */
static bool prefix(const slk_pack *pack, slk_text t, uint32_t at, slk_wire *out) {
    uint32_t stop = line_end(t, at, HEAD_MOST_B), done = at;
    bool correction = false;
    for (;;) {
        slk_wire_kind kind = SLK_WIRE_SLUG;
        uint32_t end = phrase(pack, (slk_text){t.at, stop}, done, "prefix", &kind);
        if (!end || !all_capitals(t, done, end)) break;
        uint32_t i = end;
        while (i < stop && t.at[i] == ' ') i++;
        while (i < stop && slk_is_digit(t.at[i])) i++;
        while (i < stop && t.at[i] == ' ') i++;
        if (i + 1 >= stop || (t.at[i] != '-' && t.at[i] != ':')) break;
        out->span = (slk_span){at, i + 1};
        correction = correction || kind == SLK_WIRE_CORRECTION;
        for (done = i + 1; done < stop && t.at[done] == ' ';) done++;
    }
    out->kind = SLK_WIRE_SLUG; /* of a correction too: what follows is the headline as it is now */
    return done > at && done < stop;
}

static bool whole_line(const slk_pack *pack, slk_text t, uint32_t at, slk_wire *out) {
    if (!phrase(pack, t, at, "line", &out->kind)) return false;
    out->span = (slk_span){at, line_end(t, at, BRACKET_MOST_B)};
    return slk_is_upper(t.at[at]);
}

/* ---------------------------------------------------------------- datelines */

typedef struct head {
    slk_text t;
    uint32_t at, end; /* of what stands before the dash */
    uint32_t behind;  /* the dash */
} head;

static uint32_t dash_at(slk_text t, uint32_t i) {
    static const char *const dashes[] = {"--", "\xE2\x80\x94", "\xE2\x80\x93", "-"};
    for (size_t d = 0; d < sizeof dashes / sizeof *dashes; d++) {
        size_t n = strlen(dashes[d]);
        if (!slk_text_starts((slk_text){t.at + i, t.n - i}, dashes[d])) continue;
        bool before = i > 0 && (t.at[i - 1] == ' ' || t.at[i - 1] == ')');
        bool gap = i + n < t.n && (slk_is_space(t.at[i + n]) || t.at[i + n] == '\xC2');
        return before && (gap || d < 3) ? (uint32_t)n : 0;
    }
    return 0;
}

/* Up to the first dash between blanks; of "/MW/." and "(MW) " without one, up to there. */
static bool find_head(slk_text t, uint32_t at, head *h) {
    uint32_t stop = line_end(t, at, HEAD_MOST_B);
    *h = (head){.t = t, .at = at};
    for (uint32_t i = at + 1; i < stop; i++) {
        uint32_t n = dash_at(t, i);
        bool slashes = t.at[i] == '.' && t.at[i - 1] == '/' && i > at + 4;
        bool bracket = t.at[i] == ' ' && t.at[i - 1] == ')' && i + 1 < stop && slk_is_upper(t.at[i + 1]);
        if (!n && !slashes && !bracket) continue;
        h->end = i;
        h->behind = slashes ? i + 1 : i + n;
        while (h->end > at && t.at[h->end - 1] == ' ') h->end--;
        return h->behind < t.n;
    }
    return false;
}

/* "(Meridian)" or "/MW/" at its end: taken off it. */
static slk_span take_agency(head *h) {
    char last = h->end > h->at ? h->t.at[h->end - 1] : '\0', open = last == ')' ? '(' : '/';
    uint32_t i = h->end - 1;
    if (last != ')' && last != '/') return (slk_span){0, 0};
    while (i > h->at && h->t.at[i - 1] != open) i--;
    if (i == h->at || !is_letter(h->t.at[i]) || slk_is_lower(h->t.at[i])) return (slk_span){0, 0};
    slk_span agency = {i, h->end - 1};
    h->end = i - 1;
    while (h->end > h->at && strchr(" .,", h->t.at[h->end - 1])) h->end--;
    return agency;
}

static bool is_month(const slk_pack *pack, slk_text t, uint32_t at, uint32_t *end) {
    slk_hit hit;
    if (!slk_is_upper(t.at[at]) || !slk_pack_match_in(pack, t, at, SLK_T_CALENDAR, &hit)) return false;
    *end = hit.end;
    return slk_text_is(slk_pack_cell(pack, SLK_T_CALENDAR, hit.row, SLK_CALENDAR_KIND), "month");
}

/* "Sept. 18", "18 September 2027", "March 8, 2027" at its end: taken off it. */
static slk_span take_date(const slk_pack *pack, head *h) {
    for (uint32_t i = h->at + 1; i < h->end; i++) {
        uint32_t from = i, to;
        if (is_letter(h->t.at[i - 1]) || !is_month(pack, (slk_text){h->t.at, h->end}, i, &to)) continue;
        while (to < h->end && (strchr(" .,", h->t.at[to]) || slk_is_digit(h->t.at[to]))) to++;
        while (from > h->at && (h->t.at[from - 1] == ' ' || slk_is_digit(h->t.at[from - 1]))) from--;
        while (from < i && h->t.at[from] == ' ') from++;
        bool figure = from < i;
        for (uint32_t k = i; k < to; k++) figure = figure || slk_is_digit(h->t.at[k]);
        if (!figure || to < h->end) continue;
        while (to > from && strchr(" .,", h->t.at[to - 1])) to--;
        h->end = from;
        while (h->end > h->at && strchr(" .,", h->t.at[h->end - 1])) h->end--;
        return (slk_span){from, to};
    }
    return (slk_span){0, 0};
}

typedef struct place_look {
    unsigned words;
    bool loud;  /* the first word is all in capitals */
    bool names; /* nothing but names */
} place_look;

static place_look look_at(const head *h) {
    static const char *const small[] = {"de",  "of", "the", "al",  "el", "la", "du",
                                        "and", "en", "an",  "sur", "le", "on", "ez"};
    place_look look = {.names = true};
    for (uint32_t i = h->at; i < h->end;) {
        uint32_t end = word_end(h->t, i);
        if (end == i) {
            bool mark = strchr(" ,./-()", h->t.at[i]) != NULL;
            look.names = look.names && mark;
            i++;
            continue;
        }
        slk_text word = {h->t.at + i, end - i};
        bool name = !slk_is_lower(word.at[0]) && !slk_is_digit(word.at[0]), filler = false;
        for (size_t k = 0; k < sizeof small / sizeof *small; k++) filler = filler || slk_text_is(word, small[k]);
        if (look.words == 0) look.loud = word.n >= 3 && all_capitals(h->t, i, end);
        look.names = look.names && (name || (filler && look.words));
        look.words++;
        i = end;
    }
    return look;
}

static bool dateline(const slk_pack *pack, slk_text t, uint32_t at, slk_wire *out) {
    head h;
    if (!find_head(t, at, &h)) return false;
    bool dash = h.t.at[h.behind - 1] != ' ' && h.behind > h.end;
    *out = (slk_wire){.kind = SLK_WIRE_DATELINE, .span = {at, h.behind}};
    out->agency = take_agency(&h);
    out->date = take_date(pack, &h);
    bool agency = !slk_span_empty(out->agency), date = !slk_span_empty(out->date);
    place_look look = look_at(&h);
    if (!look.names) return false;
    if (look.words) out->place = (slk_span){at, h.end};
    if (!dash || !starts_line(t, at)) return agency && date && look.words;
    if (!look.words) return agency && !date;
    if (look.loud || date) return true;
    head next; /* "The Staff (JS) - the top of the army - said": no dateline, a remark between dashes */
    bool remark = find_head(t, h.behind + 1, &next) && next.t.at[next.behind - 1] != ' ' && next.behind > next.end;
    return agency && look.words <= PLACE_WORDS && at < EARLY_B && !remark;
}

bool slk_wire_at(const slk_pack *pack, slk_text text, uint32_t at, slk_wire *out) {
    slk_wire w = {.kind = SLK_WIRE_SLUG};
    if (at >= text.n) return false;
    char c = text.at[at];
    bool line = starts_line(text, at), found = false;
    if (c == '(' || c == '[') found = in_brackets(pack, text, at, &w);
    if (!found && line && (slk_is_alpha(c) || is_mark(c)))
        found = alone(pack, text, at, &w) || prefix(pack, text, at, &w) || whole_line(pack, text, at, &w);
    if (!found && (slk_is_upper(c) || (unsigned char)c >= 0x80 || c == '(')) found = dateline(pack, text, at, &w);
    if (found) *out = w;
    return found;
}
