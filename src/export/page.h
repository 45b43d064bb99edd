/* page.h - text for people, laid out: cells of words side by side, each wrapped to its width.
 *
 * A cell is UTF-8 in which the bytes SLK_MARK_... switch the look and a line feed ends a line; all other text must come
 * through slk_page_words, so that no control byte of a report ever reaches a terminal. Widths are columns of a terminal
 * (utf8proc; no locale). Nothing here knows what is written. */
#ifndef SLK_EXPORT_PAGE_H
#define SLK_EXPORT_PAGE_H

#include "base/buf.h"

typedef struct slk_style { /* how text for people looks: escape sequences, "" each for none */
    const char *bold, *dim, *red, *green, *yellow, *cyan, *off;
    unsigned columns; /* width of the page */
    bool verbose;     /* all events with all reasons, not just the news and what is told of it */
} slk_style;

/* Marks within a cell, as strings; OFF ends whatever is on. */
#define SLK_MARK_OFF "\001"
#define SLK_MARK_BOLD "\002"
#define SLK_MARK_DIM "\003"
#define SLK_MARK_RED "\004"
#define SLK_MARK_GREEN "\005"
#define SLK_MARK_YELLOW "\006"
#define SLK_MARK_CYAN "\007"

/* Whether a character would steer a terminal or turn the order of what follows. */
bool slk_page_steers(uint32_t cp);
/* Adds text with every run of white space as one space and every control or direction character as U+FFFD. */
void slk_page_words(slk_buf *out, slk_text t);
void slk_page_z(slk_buf *out, const char *z); /* the same of a string; NULL adds nothing */
/* The same, cut at a character with "..." behind it when it has more than most_b bytes. */
void slk_page_words_cut(slk_buf *out, slk_text t, size_t most_b);

#define SLK_PAGE_CELLS 6

typedef struct slk_cell {
    slk_text words;
    unsigned at, width; /* first column from 0, columns; width 0: up to the end of the page */
} slk_cell;

/* Prints cells side by side from left to right, each in as many lines as it needs. n at most SLK_PAGE_CELLS. O(length). */
void slk_page_row(slk_buf *out, const slk_style *style, const slk_cell *cells, size_t n);

/* A fact: its name, its value, and the words and sources for it, at the columns that all pages of this width share. */
void slk_page_fact(slk_buf *out, const slk_style *style, const char *label, slk_text value, slk_text words);
#define SLK_PAGE_LABEL 2
#define SLK_PAGE_VALUE 14
unsigned slk_page_words_at(const slk_style *style); /* first column of the words */

/* An empty line and a heading. */
void slk_page_title(slk_buf *out, const slk_style *style, const char *title);

/* What a buffer holds, as a cell's words with a NUL behind them; nothing where it failed. */
slk_text slk_page_of(const slk_buf *b);

/* Columns that a cell's words take when nothing is wrapped: its longest line. */
unsigned slk_page_width(slk_text words);

#endif
