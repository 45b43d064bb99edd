/* collecting.h - what the files that collect the fields of an occurrence share: fields.c adds who, what, when and how it ended,
 * where.c places and directions, measures.c counts, lengths and speeds. A value belongs to the telling whose clause it stands in.
 * Internal. Functions that add return SLK_OK or SLK_ENOMEM; past FIELDS_MOST values of one occurrence nothing is added. */
#ifndef SLK_MEANING_COLLECTING_H
#define SLK_MEANING_COLLECTING_H

#include "meaning/told.h"

#define FIELDS_MOST 64

typedef struct slk_collector {
    slk_tellings *t;
    slk_reading *r;
    uint32_t event, first, last; /* the occurrence; its first and last telling */
    const char *zone;            /* of the place where it happened, or NULL */
    const char *rule;            /* id of the rule that makes the next value */
    SLK_LIST(slk_field) fields;
} slk_collector;

/* An empty value of a kind; adding a value unless the same source gave it already; whether a field has one; the words of a span kept.
 * The telling of this occurrence that a span belongs to, or NULL; the stretch of text that tells of it; whether a sentence
 * does. (fields.c) */
slk_value slk_collect_blank_value(slk_value_kind kind);
SLK_MUST slk_err slk_collect_add(slk_collector *c, slk_field_name name, slk_value v, slk_span evidence,
                                 slk_basis basis);
bool slk_collect_has(const slk_collector *c, slk_field_name name);
SLK_MUST slk_err slk_collect_text_of(slk_collector *c, slk_span s, const char **out);
slk_span slk_collect_stretch(const slk_collector *c);
const slk_told *slk_collect_mine(const slk_collector *c, slk_span s);
bool slk_collect_token_is(const slk_collector *c, uint32_t token, const char *z);
bool slk_collect_one_of(const slk_collector *c, uint32_t token, const char *const *words, size_t n);
bool slk_collect_told_in(const slk_collector *c, uint32_t sentence);

/* Counts, and lengths and speeds. (measures.c) */
SLK_MUST slk_err slk_collect_counts(slk_collector *c, const slk_told *x);
bool slk_collect_in_place(const slk_collector *c, slk_span s);
SLK_MUST slk_err slk_collect_quantities(slk_collector *c);

/* Places, those that are countries or the others; waters without a name; directions of flight. (where.c) */
SLK_MUST slk_err slk_collect_places(slk_collector *c, bool countries);
SLK_MUST slk_err slk_collect_waters(slk_collector *c);
SLK_MUST slk_err slk_collect_directions(slk_collector *c);

#define ONE_OF(c, token, words) slk_collect_one_of((c), (token), (words), sizeof(words) / sizeof *(words))

#endif
