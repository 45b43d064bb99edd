/* plain.h - values as people write them: "about 380 km", "at least 3", "Wed 2027-03-10 07:12 +09:00". One place for the text of
 * a reading and for the dossiers of a ledger. Each adds to a buffer. */
#ifndef SLK_EXPORT_PLAIN_H
#define SLK_EXPORT_PLAIN_H

#include "base/buf.h"

/* "who", "when", "how many": what a field is called on a page. */
const char *slk_plain_field(slk_field_name f);

/* "Wed 2027-03-10 07:12 +09:00"; with both and a clock that is not UTC the UTC moment follows on a line of its own. */
void slk_plain_instant(slk_buf *out, slk_instant t, bool both);
/* "about 236 mi = 380 km"; the metric form only where the unit is none. si NAN: not known. */
void slk_plain_quantity(slk_buf *out, const slk_value *v);
/* "2", "2 to 4", "at least 3", "several" as "2 or more". */
void slk_plain_count(slk_buf *out, const slk_value *v);
/* "north-east (45°)" */
void slk_plain_direction(slk_buf *out, const slk_value *v);
/* "39.166 N 127.482 E" */
void slk_plain_point(slk_buf *out, double lat, double lon);
/* "certain", "probable", "possible", each also "not"; "" for what is certain. */
const char *slk_plain_certainty(slk_certainty c);

/* The mark (page.h) in whose look a word stands. */
const char *slk_plain_stance_mark(slk_stance s);
const char *slk_plain_certainty_mark(slk_event_certainty c);
const char *slk_plain_verdict_mark(slk_verdict v);

#endif
