/* published.h - when was it said? The publication day that a report itself carries: in its address, in its dateline ("SEOUL,
 * Sept. 18, 2024 (Meridian) - ...") or on a line of its own near the top. A day without a year is not enough. */
#ifndef SLK_INTAKE_PUBLISHED_H
#define SLK_INTAKE_PUBLISHED_H

#include "pack/pack.h"

/* text: valid UTF-8. url may be NULL. On true *when is a day and *basis says where it stands; else both are untouched.
 * Looks at the first lines only: O(1). */
SLK_MUST bool slk_published_find(const slk_pack *pack, slk_text text, const char *url, slk_instant *when,
                                 slk_published_basis *basis);

#endif
