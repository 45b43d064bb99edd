/* tagging.h - a token on its way to its part of speech: what the tables and its spelling allow (tag.c), and the choice among that by
 * what stands around it (choose.c). Internal to the language station. */
#ifndef SLK_LANGUAGE_TAGGING_H
#define SLK_LANGUAGE_TAGGING_H

#include "language/inside.h"
#include "language/lemma.h"

#define SLK_BIT(upos) (1u << SLK_UPOS_##upos)
#define SLK_NOMINAL (SLK_BIT(NOUN) | SLK_BIT(PROPN))

typedef struct slk_form {    /* what is true of a written form wherever it stands; one per form and reading */
    slk_text text;           /* in small letters, NUL behind it */
    uint32_t row;            /* of the table of common words, or SLK_NONE */
    uint32_t can;            /* bits of UPOS */
    uint8_t best;            /* the commonest of them */
    bool base, past, s, ing; /* as a verb: its base, a past form or participle, third person (or a plural noun), -ing */
    bool noun, verb;         /* its base is a known noun, a known verb */
    bool function;           /* one of the closed classes is among the candidates */
    const char *lemma_v, *lemma_n, *lemma_a; /* NULL until asked for */
} slk_form;

typedef struct slk_form_slot {
    slk_form *form;
} slk_form_slot;

typedef struct slk_word { /* a token while it is being tagged */
    slk_form *form;
    uint32_t can; /* the form's, after capitals and signs */
    uint8_t best;
    bool capital, first; /* first: opens the sentence or a quotation in it */
} slk_word;

typedef struct slk_tagger {
    const slk_pack *pack;
    slk_reading *r;
    slk_word *w;
    slk_form_slot *known; /* forms met, by hash */
    bool title;           /* the sentence writes most of its words large: capitals say nothing */
    bool verbless;        /* no word of the sentence is a finite verb beyond doubt */
} slk_tagger;

/* The part of speech of token t of the sentence first .. last - 1; those before it are chosen. finite: its clause has a finite verb
 * already. (choose.c) */
uint8_t slk_tag_choose(const slk_tagger *g, uint32_t t, uint32_t first, uint32_t last, bool finite);

#endif
