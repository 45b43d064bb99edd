/* texts.h - the texts of one event's reports, loaded when first asked for and kept until the event is done; places in them by code
 * points, as the ledger counts them. */
#ifndef SLK_EXPORT_TEXTS_H
#define SLK_EXPORT_TEXTS_H

#include "export/exporter.h"

typedef struct slk_texts slk_texts;

/* NULL when out of memory (x->err says so). dossier is borrowed. */
slk_texts *slk_texts_new(slk_export *x, const slk_dossier *d);
void slk_texts_free(slk_texts *t); /* NULL is fine */
/* The words from one code point to another, clipped to the text; {NULL, 0} where the text is not to be had (an export without a
 * ledger) or failed (x->err). report: index into the dossier's. O(256). */
slk_text slk_texts_part(slk_texts *t, uint32_t report, uint32_t start, uint32_t end);
uint32_t slk_texts_length(slk_texts *t, uint32_t report); /* code points; 0 where it is not to be had */

#endif
