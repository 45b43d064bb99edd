/* page.h - what a web page reports: its main text in paragraphs without menus, related links, adverts and comments, the headline,
 * byline, outlet and captions beside it, and when it was published. Every byte of the text leads back to the page's own.
 *
 * What a page says of itself for machines (JSON-LD, Open Graph, meta elements) is taken as evidence, never as the text. */
#ifndef SLK_INTAKE_PAGE_PAGE_H
#define SLK_INTAKE_PAGE_PAGE_H

#include "base/mem.h"
#include "pack/pack.h"

typedef enum slk_block_kind {
    SLK_BLOCK_PARAGRAPH,
    SLK_BLOCK_HEADING,
    SLK_BLOCK_ITEM, /* of a list */
    SLK_BLOCK_QUOTE,
    SLK_BLOCK_CELL, /* of a table */
    SLK_BLOCK_CODE
} slk_block_kind;

typedef struct slk_page_block {
    slk_span span; /* of the page's text */
    slk_block_kind kind;
} slk_page_block;

typedef struct slk_page { /* everything lies in the arena */
    slk_text text;        /* UTF-8, without NUL; blocks are parted by an empty line */
    const slk_page_block *blocks;
    uint32_t n_blocks;
    const slk_origin *runs;
    uint32_t n_runs;
    const slk_text *captions; /* of pictures; not part of the text */
    uint32_t n_captions;
    const char *title, *outlet, *author, *url, *language; /* NULL where the page does not say */
    slk_instant published, updated;                       /* precision SLK_P_NONE where the page does not say */
    slk_published_basis published_basis;
    const char *published_how; /* what said so: "JSON-LD datePublished", "meta article:published_time", ... */
} slk_page;

/* Reads a page. source: valid UTF-8, borrowed. url: where it was got from, or NULL. out is written only on SLK_OK; else SLK_ENOMEM
 * or SLK_ELIMIT with a fault. A page without any text is SLK_OK with an empty text. O(n). No clock. */
SLK_MUST slk_err slk_page_read(const slk_pack *pack, slk_text source, const char *url, slk_arena *arena, slk_page *out,
                               slk_fault *fault);
/* The source byte that a byte of the text comes from. O(log n). */
uint32_t slk_page_source(const slk_page *page, uint32_t off_b);

#endif
