/* inside.h - between the files of this folder: the page laid flat, block after block, before it is decided what is text. */
#ifndef SLK_INTAKE_PAGE_INSIDE_H
#define SLK_INTAKE_PAGE_INSIDE_H

#include "base/buf.h"
#include "intake/html/html.h"
#include "intake/page/facts.h"
#include "intake/page/page.h"

typedef enum slk_why {                  /* why an element is not taken for text; the words of data/page_words.tsv */
                       SLK_WHY_NOT,     /* it may be */
                       SLK_WHY_CONTENT, /* it says that it is the text */
                       SLK_WHY_FRAME,   /* menus, headers, footers, side columns */
                       SLK_WHY_RELATED, /* other stories, adverts, offers, sharing */
                       SLK_WHY_META,    /* byline, date, tags */
                       SLK_WHY_COMMENT, /* of readers */
                       SLK_WHY_CAPTION,
                       SLK_WHY_HIDDEN
} slk_why;

typedef struct slk_block {
    slk_span span;        /* of the flat text */
    const slk_node *node; /* the block element around it */
    const slk_node *in;   /* the element its first word stands in */
    uint32_t first_run;
    uint32_t link_b, n_words, n_stops; /* bytes within links, words, ends of sentences */
    uint8_t kind;                      /* slk_block_kind */
    uint8_t heading;                   /* 1 to 6, 0 for none */
    bool kept;
} slk_block;

typedef struct slk_element { /* what is known of each node, by its id */
    uint8_t why;             /* its own or inherited */
    uint8_t own;             /* what its own names say */
    bool link, pre;          /* inside one */
    uint8_t kind;
    uint32_t good_b, text_b; /* bytes of good paragraphs, of all text in it */
    uint32_t all_b;          /* of good paragraphs, also of those that were set aside */
} slk_element;

typedef struct slk_flat {
    const slk_pack *pack;
    slk_arena *arena;
    const slk_node *root, *body;
    slk_text source;
    slk_element *elements;
    uint32_t n_elements;
    slk_buf text;
    SLK_LIST(slk_origin) runs;
    SLK_LIST(slk_block) blocks;
    slk_err err;
    /* while it is laid flat */
    slk_block now;
    bool space, open, broken;
    uint32_t space_b;
} slk_flat;

SLK_MUST slk_err slk_flat_make(slk_flat *f); /* fills text, runs, blocks, elements */
bool slk_flat_is_block(const slk_node *n);

/* What an element's names, classes and role say of it. */
slk_why slk_words_of(const slk_pack *pack, const slk_node *n);
/* Does a block begin with (or consist of) a phrase that is never part of a story ("Read more", "Advertisement")? */
bool slk_words_boilerplate(const slk_pack *pack, slk_text block);

/* Fills in published and updated of out; out->text must be there. */
void slk_dates_find(const slk_flat *f, const slk_facts *facts, const char *url, slk_page *out);

void slk_main_choose(slk_flat *f,
                     slk_facts *facts); /* sets kept, and the title where a headline stands over the story */
/* Sets facts->title to the heading over the story, if there is one. root: the element of the story; first_good: its first paragraph. */
void slk_headline_choose(const slk_flat *f, const slk_node *root, uint32_t first_good, slk_facts *facts);

SLK_MUST slk_err slk_facts_find(const slk_pack *pack, const slk_node *root, slk_arena *arena, slk_facts *facts);

/* From each element's own to the inherited: may be called again when what an element says of itself was set aside. */
void slk_flat_inherit(slk_flat *f);

static inline slk_why slk_block_why(const slk_flat *f, const slk_block *b) {
    return (slk_why)f->elements[b->in->id].why;
}
static inline slk_text slk_block_text(const slk_flat *f, const slk_block *b) {
    return (slk_text){f->text.at + b->span.start, b->span.end - b->span.start};
}

#endif
