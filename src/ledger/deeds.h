/* deeds.h - what else reports of one story tell of: deeds of any kind ("died", "the verdict", "reopened"), by the words that tell of
 * them in their first sentences. They are no events of the ledger with rows of their own: each report keeps its words, and what
 * the reports of a story tell of in common is computed from them when asked. Internal to the ledger station. */
#ifndef SLK_LEDGER_DEEDS_H
#define SLK_LEDGER_DEEDS_H

#include "base/buf.h"
#include "base/reading.h"
#include "ledger/store.h"

#define SLK_DEEDS_SENTENCES 12u /* looked at of a report: the first that tell of something */
#define SLK_DEEDS_MOST 96u      /* words kept of a report */

/* The deeds of a reading as they are kept in the file. O(words). SLK_OK or SLK_ENOMEM. */
SLK_MUST slk_err slk_deeds_pack(const slk_pack *pack, const slk_reading *r, slk_buf *out);

typedef struct slk_deed_word { /* a word of a report that tells of a deed */
    const char *deed;
    uint32_t report;     /* index into reports */
    uint32_t start, end; /* code points */
    uint8_t sentence;    /* which of the first */
    int64_t event;       /* the event whose telling it begins, 0 for none */
    bool news;           /* its sentence tells what the story is about */
} slk_deed_word;

typedef struct slk_deed { /* words of one deed: words.at[first .. first + n) */
    uint32_t first, n;
    int64_t event; /* of the ledger, that most of its tellings are of; 0: none, the deed stands for itself */
} slk_deed;

typedef struct slk_deeds {
    SLK_LIST(int64_t) rows; /* of the reports, in order of coming */
    SLK_LIST(const char *) reports;
    SLK_LIST(slk_deed_word) words; /* by deed, report, place */
    SLK_LIST(slk_deed) deeds;
} slk_deeds;

/* What the reports of a story that were known on day (INT64_MAX: all) tell of; nothing where it is a single one. Of a story with very
 * many reports the first count. SLK_OK or a failure of the ledger. O(words log words). */
SLK_MUST slk_err slk_deeds_load(slk_ledger *l, int64_t story, int64_t day, slk_arena *arena, slk_deeds *out,
                                slk_fault *fault);

/* Fills in where else an event of a dossier is told of. (sides.c) */
SLK_MUST slk_err slk_deeds_dossier(slk_ledger *l, slk_dossier *d, int64_t day, slk_arena *arena, slk_fault *fault);
void slk_deeds_forget(slk_ledger *l); /* what was computed and kept; before the ledger is closed */

#endif
