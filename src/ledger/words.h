/* words.h - full text over reports: two indexes of SQLite's FTS5 that keep no text of their own. One is of words (letters of any case,
 * with or without marks); the other of runs of three characters, for reports in scripts that write no spaces between words. Internal
 * to the ledger station. */
#ifndef SLK_LEDGER_WORDS_H
#define SLK_LEDGER_WORDS_H

#include "ledger/store.h"

/* Puts a report that was just written into the indexes. */
SLK_MUST slk_err slk_words_keep(slk_ledger *l, int64_t report, const slk_report *p, slk_fault *fault);

typedef struct slk_wanted {    /* what a person looks for, as queries of FTS5 */
    const char *words, *grams; /* NULL: nothing to ask of that index */
    bool many;                 /* more than slk_ledger.few reports match; reports are not listed */
    SLK_LIST(int64_t) reports; /* rows of those that match, ascending */
} slk_wanted;

/* Reads text as slk_filter says. SLK_EINPUT where nothing in it can be looked for. */
SLK_MUST slk_err slk_words_read(const slk_ledger *l, const char *text, slk_arena *arena, slk_wanted *out,
                                slk_fault *fault);
/* Lists the reports that match, or says that they are many. */
SLK_MUST slk_err slk_words_find(slk_ledger *l, slk_wanted *w, slk_arena *arena, slk_fault *fault);
/* Does this report match? After slk_words_find. */
SLK_MUST slk_err slk_words_match(slk_ledger *l, const slk_wanted *w, int64_t report, bool *out, slk_fault *fault);

#endif
