/* item.h - an event as the page draws it: one object with what a map, a list and a timeline need. */
#ifndef SLK_SERVE_ITEM_H
#define SLK_SERVE_ITEM_H

#include "base/json.h"
#include "ledger/ledger.h"

/* Writes one object: the members of a list, a title, the place with how exactly it is known, the end with bearing and distance, the
 * time's bounds, and what is in conflict, denied, withheld or revised. full: also every source's claims, the reports and where they
 * speak of it, as `sillok events --format jsonl` has them. */
void slk_item_json(const slk_pack *pack, const slk_dossier *d, bool full, slk_json *j);

#endif
