/* date_text.h - the first date in a short text of a page, in the forms pages use in many languages. */
#ifndef SLK_INTAKE_PAGE_DATE_TEXT_H
#define SLK_INTAKE_PAGE_DATE_TEXT_H

#include "pack/pack.h"

/* Finds a date with day, month and year in text: "2024-09-18T06:50:00+09:00", "20240918", "18.09.2024", "9/18/2024" (month_first says
 * how "9/8/2024" is read), "Sept. 18, 2024", "18 de septiembre de 2024", "2024年9月18日"; a time and a zone behind it are
 * taken too. Only years from 1990 to 2099. Looks at the first 300 bytes. */
SLK_MUST bool slk_date_text(const slk_pack *pack, slk_text text, bool month_first, slk_instant *out);

typedef struct slk_dated {
    slk_instant when;
    uint32_t start, end; /* bytes of the text: the date with its time */
} slk_dated;

/* The same with where it stands. */
SLK_MUST bool slk_date_find(const slk_pack *pack, slk_text text, bool month_first, slk_dated *out);

#endif
