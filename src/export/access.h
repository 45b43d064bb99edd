/* access.h - what writers ask of a dossier, in one place: the best value of a field, the days an event can have happened on, the
 * place it is at, the codes of its type. Nothing is averaged: where sources differ "best" is the value that most independent
 * sources bear out, and a writer either lists the others or says that it does not. */
#ifndef SLK_EXPORT_ACCESS_H
#define SLK_EXPORT_ACCESS_H

#include "base/json.h"
#include "ledger/ledger.h"

/* The field as told, NULL where no current value is. */
const slk_told_field *slk_told(const slk_dossier *d, slk_field_name field);
/* The claim that stands for a group of values that agree; NULL out of range. */
const slk_claim *slk_told_claim(const slk_dossier *d, const slk_told_field *f, uint32_t group);
/* That of the first group; NULL where the field is not told. */
const slk_claim *slk_told_best(const slk_dossier *d, slk_field_name field);
/* Appends the texts of a field's groups from group `from` on with a separator between them. */
void slk_told_join(const slk_dossier *d, slk_field_name field, uint32_t from, const char *between, slk_buf *out);
/* Whether something in the dossier is in conflict. */
bool slk_told_conflicts(const slk_dossier *d);
/* The words of the fields in conflict, with blanks between. */
void slk_told_conflict_words(const slk_dossier *d, slk_buf *out);
/* The current claim the event's place is from, NULL where it has none. Origins before landings. */
const slk_claim *slk_told_place(const slk_dossier *d);
/* ISO 3166-1 alpha-2 of the country the event's place lies in ("" where not known or at sea), by its claim or else its point. */
void slk_told_country(const slk_pack *pack, const slk_dossier *d, char iso2[3]);
/* Has it happened, as far as its tellers say? Not planned, denied, feared or known not to have been. */
bool slk_told_happened(const slk_dossier *d);
/* Its best telling: of the event's own type, the news of its report; NULL where it has none. */
const slk_telling *slk_told_telling(const slk_dossier *d);
/* The publication of its first or last report; precision NONE where none is known. */
slk_instant slk_told_first(const slk_dossier *d);
slk_instant slk_told_last(const slk_dossier *d);

/* First and last day (YYYY-MM-DD) that a moment can mean; "" where it is not known. In the clock of the place. */
void slk_days_of(slk_instant t, char first[16], char last[16]);
/* Days it spans; 0 where it is not known. */
unsigned slk_days_count(slk_instant t);
/* "2027-03-09T22:12:00Z": the first or last second a moment can mean in UTC where its clock is known, else as its own clock. */
void slk_second_of(slk_instant t, bool last, char out[32]);
/* The first second of it, always with Z, for formats that want one: a clock that is not told counts as UTC. "" where it is not known. */
void slk_stamp_of(slk_instant t, char out[32]);
/* The middle of a country's codes, name; NULL where the code is not known. */
const char *slk_country_called(const slk_pack *pack, const char *iso);

/* The row of export_codes for a type or the nearest type above it; SLK_NONE. */
uint32_t slk_codes_row(const slk_pack *pack, const char *type);
/* A cell of it, NULL where empty. */
const char *slk_codes(const slk_pack *pack, const char *type, int column);
/* The row of export_sectors for a PLOVER sector; SLK_NONE. */
uint32_t slk_sector_row(const slk_pack *pack, const char *sector);

/* A quoted or plain name for a report: its outlet, else its source, else its id. */
const char *slk_teller_outlet(const slk_teller *r);
/* One line that names the event: "North Korea: weapon-test.missile, Sunan, 2027-03-10". Control characters are made visible. */
void slk_event_title(const slk_dossier *d, slk_buf *out);
/* "4 reports; sources differ on count, time; ..." and quotes: plain prose on an event, for fields called notes or description. */
void slk_event_notes(const slk_dossier *d, slk_buf *out);

#endif
