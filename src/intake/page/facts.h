/* facts.h - what a page says for machines; see facts.c and dates.c. */
#ifndef SLK_INTAKE_PAGE_FACTS_H
#define SLK_INTAKE_PAGE_FACTS_H

#include <jansson.h>

#include "intake/page/page.h"

typedef struct slk_said { /* a moment that is said somewhere; precision SLK_P_NONE for none */
    slk_instant when;
    const char *how;
} slk_said;

typedef struct slk_facts {
    const char *title, *og_title, *page_title, *outlet, *outlet_too, *author, *meta_author, *url, *language, *type;
    slk_text body; /* JSON-LD articleBody */
    bool article, forum;
    slk_said page_published, page_created, page_updated; /* of JSON-LD objects that are no story (WebPage) */
    slk_said json_published, json_created, json_updated, meta_published, meta_created, meta_updated;
} slk_facts;

void slk_facts_json_dates(const json_t *object, slk_said *published, slk_said *created, slk_said *updated,
                          const slk_pack *pack);
void slk_facts_meta_date(const slk_pack *pack, slk_text name, slk_text content, slk_facts *facts);

#endif
