/* page.c - wraps cells and sets them side by side. See page.h. */
#include "export/page.h"

#include <string.h>

#include <utf8proc.h>

#include "base/text.h"

/* Controls, and the bidirectional marks. */
bool slk_page_steers(uint32_t cp) {
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

void slk_page_words(slk_buf *out, slk_text t) {
    bool gap = false, any = false;
    if (!t.n) return;
    for (const char *p = t.at, *end = t.at + t.n; p < end;) {
        uint32_t cp;
        uint32_t n = slk_utf8_next(p, end, &cp);
        if (slk_is_space(*p)) {
            gap = any;
        } else {
            if (gap) slk_buf_putc(out, ' ');
            gap = false;
            any = true;
            if (slk_page_steers(cp) || cp == 0xFFFD)
                slk_buf_puts(out, "\xEF\xBF\xBD");
            else
                slk_buf_add(out, p, n);
        }
        p += n;
    }
}

void slk_page_z(slk_buf *out, const char *z) { slk_page_words(out, slk_text_of(z)); }

void slk_page_words_cut(slk_buf *out, slk_text t, size_t most_b) {
    size_t n = t.n;
    if (n > most_b) {
        n = most_b;
        while (n > 0 && ((unsigned char)t.at[n] & 0xC0) == 0x80) n--;
        size_t word = n; /* at the end of a word, where one is near */
        while (word > most_b / 2 && !slk_is_space(t.at[word])) word--;
        if (word > most_b / 2) n = word;
    }
    slk_page_words(out, (slk_text){t.at, n});
    if (n < t.n) slk_buf_puts(out, "…");
}

static bool is_mark(char c) { return c >= 1 && c <= 7; }

/* Columns of the character at p and its bytes. Marks take none. */
static unsigned columns_of(const char *p, const char *end, uint32_t *n) {
    uint32_t cp;
    *n = slk_utf8_next(p, end, &cp);
    if (is_mark(*p)) return 0;
    int w = utf8proc_charwidth((utf8proc_int32_t)cp);
    return w > 0 ? (unsigned)w : 0;
}

unsigned slk_page_width(slk_text words) {
    unsigned most = 0, now = 0;
    for (const char *p = words.at, *end = words.at + words.n; p < end;) {
        uint32_t n = 0;
        unsigned w = columns_of(p, end, &n);
        now = *p == '\n' ? 0 : now + w;
        if (now > most) most = now;
        p += n;
    }
    return most;
}

/* Takes the first line of at most width columns off *rest; it breaks at a space, or within a word that is too long. */
static slk_text take_line(slk_text *rest, unsigned width) {
    const char *p = rest->at, *end = rest->at + rest->n, *space = NULL;
    unsigned col = 0;
    while (p < end && *p != '\n') {
        uint32_t n;
        unsigned w = columns_of(p, end, &n);
        if (*p == ' ') space = p;
        if (col + w > width && col) break;
        col += w;
        p += n;
    }
    const char *stop = p;
    if (p < end && *p != '\n' && space && space > rest->at) stop = space;
    const char *tail = stop; /* two spaces before the break: neither is put down */
    while (tail > rest->at && tail < end && tail[-1] == ' ') tail--;
    slk_text line = {rest->at, (size_t)(tail - rest->at)};
    if (stop < end && (*stop == '\n' || *stop == ' ')) stop++;
    *rest = (slk_text){stop, (size_t)(end - stop)};
    return line;
}

static const char *sequence(const slk_style *s, char mark) {
    const char *const all[] = {"", s->off, s->bold, s->dim, s->red, s->green, s->yellow, s->cyan};
    return all[(unsigned char)mark];
}

/* Writes a line with its marks as sequences; *look is the mark that is on, before and after. Returns its columns. */
static unsigned put_line(slk_buf *out, const slk_style *s, slk_text line, char *look) {
    unsigned col = 0;
    if (*look) slk_buf_puts(out, sequence(s, *look));
    for (const char *p = line.at, *end = line.at + line.n; p < end;) {
        uint32_t n;
        col += columns_of(p, end, &n);
        if (is_mark(*p)) {
            slk_buf_puts(out, sequence(s, *p));
            *look = *p == *SLK_MARK_OFF ? 0 : *p;
        } else {
            slk_buf_add(out, p, n);
        }
        p += n;
    }
    if (*look) slk_buf_puts(out, s->off);
    return col;
}

void slk_page_row(slk_buf *out, const slk_style *style, const slk_cell *cells, size_t n) {
    slk_text rest[SLK_PAGE_CELLS];
    char look[SLK_PAGE_CELLS] = {0};
    if (n > SLK_PAGE_CELLS) n = SLK_PAGE_CELLS;
    bool more = true;
    for (size_t i = 0; i < n; i++) rest[i] = cells[i].words;
    while (more) {
        unsigned col = 0;
        more = false;
        for (size_t i = 0; i < n; i++) {
            if (!rest[i].n) continue;
            unsigned room = style->columns > cells[i].at ? style->columns - cells[i].at : 0;
            unsigned width = cells[i].width ? cells[i].width : room > 20 ? room : 20;
            for (; col < cells[i].at; col++) slk_buf_putc(out, ' ');
            col += put_line(out, style, take_line(&rest[i], width), &look[i]);
            more = more || rest[i].n;
        }
        slk_buf_putc(out, '\n');
    }
}

#define WORDS_AT_LEAST 30
#define WORDS_AT_MOST 44

unsigned slk_page_words_at(const slk_style *style) {
    unsigned at = style->columns * 9 / 20;
    return at < WORDS_AT_LEAST ? WORDS_AT_LEAST : at > WORDS_AT_MOST ? WORDS_AT_MOST : at;
}

void slk_page_fact(slk_buf *out, const slk_style *style, const char *label, slk_text value, slk_text words) {
    unsigned at = slk_page_words_at(style);
    slk_cell cells[] = {{slk_text_of(label), SLK_PAGE_LABEL, SLK_PAGE_VALUE - SLK_PAGE_LABEL},
                        {value, SLK_PAGE_VALUE, at - SLK_PAGE_VALUE - 2},
                        {words, at, 0}};
    slk_page_row(out, style, cells, 3);
}

void slk_page_title(slk_buf *out, const slk_style *style, const char *title) {
    slk_buf_printf(out, "\n%s%s%s\n", style->bold, title, style->off);
}

slk_text slk_page_of(const slk_buf *b) { return (slk_text){b->at ? b->at : "", b->err == SLK_OK ? b->n : 0}; }
