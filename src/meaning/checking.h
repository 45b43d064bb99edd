/* checking.h - what checks.c and chronology.c share. Internal to the station of meaning. */
#ifndef SLK_MEANING_CHECKING_H
#define SLK_MEANING_CHECKING_H

#include "meaning/meaning.h"

/* Appends a check; says and evidence are copied. SLK_OK, SLK_ENOMEM or SLK_ELIMIT. */
SLK_MUST slk_err slk_check_add(slk_reading *r, slk_check *c, const slk_span *evidence, uint32_t n, const char *says);
/* The event the report is about and its index, or NULL and SLK_NONE. */
const slk_event *slk_main_event(const slk_reading *r, uint32_t *index);
/* The first field of a name, or NULL; e may be NULL. */
const slk_field *slk_event_field(const slk_event *e, slk_field_name name);
/* Claims of order and their windows ("second within a week"), to be held against a ledger later: all cannot be told yet. */
SLK_MUST slk_err slk_chronology_find(const slk_pack *pack, slk_reading *r);

#endif
