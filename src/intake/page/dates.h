/* dates.h - between dates.c and dates_seen.c: the search for the day a page was published. */
#ifndef SLK_INTAKE_PAGE_DATES_H
#define SLK_INTAKE_PAGE_DATES_H

#include "intake/page/inside.h"

/* How sure a place is; the least number wins. */
typedef enum slk_date_rank {
    SLK_RANK_JSON,
    SLK_RANK_META,
    SLK_RANK_PROPERTY, /* itemprop="datePublished" */
    SLK_RANK_TIME,     /* <time pubdate>, <time class="published"> */
    SLK_RANK_URL,
    SLK_RANK_SAID,     /* words beside it say that this was published then */
    SLK_RANK_ANY_TIME, /* <time datetime> in the story's element */
    SLK_RANK_NAMED,    /* class="date" */
    SLK_RANK_NEAR,     /* beside the headline */
    SLK_RANK_DATELINE,
    SLK_RANK_CREATED,
    SLK_RANK_UPDATED, /* nothing but a last change is said */
    SLK_RANK_FAR,     /* the first date that stands by itself anywhere */
    SLK_RANK_ASIDE,   /* the same beside the story */
    SLK_RANK_NONE
} slk_date_rank;

enum { SLK_SAYS_PUBLISHED = 1, SLK_SAYS_CHANGED = 2, SLK_SAYS_DATE = 4, SLK_SAYS_OTHER = 8 };
#define SLK_DATE_WORDS_MOST 512u

typedef struct slk_date_lexicon { /* data/page_date_words.tsv, to be asked for every element of a page */
    const char *at[SLK_DATE_WORDS_MOST];
    uint8_t length[SLK_DATE_WORDS_MOST], says[SLK_DATE_WORDS_MOST];
    uint16_t from[257]; /* the first word that begins with this byte or a later one */
    unsigned n;
} slk_date_lexicon;

void slk_date_lexicon_load(slk_date_lexicon *l, const slk_pack *pack);
/* What words say of the date they stand beside: SLK_SAYS_... of all words of a text or class. The first 160 bytes are asked. */
unsigned slk_date_words(const slk_date_lexicon *l, slk_text words);

typedef struct slk_date_search {
    const slk_flat *f;
    const slk_facts *facts;
    const slk_date_lexicon *words;
    const slk_node *headline; /* NULL where the page has none */
    slk_page *out;
    slk_date_rank best;
    bool month_first;
    slk_instant seen; /* the first date that readers see beside the headline */
} slk_date_search;

void slk_date_offer(slk_date_search *s, slk_date_rank r, slk_instant when, slk_published_basis basis, const char *how);
void slk_date_offer_update(slk_date_search *s, slk_instant when);

/* What readers see: elements that are or call themselves a date, then blocks that are hardly more than one. */
void slk_dates_hear_elements(slk_date_search *s);
void slk_dates_hear_blocks(slk_date_search *s);

#endif
