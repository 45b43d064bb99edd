/* against.h - `sillok check --against`: what the audit of the ledger finds. */
#ifndef SLK_CLI_AGAINST_H
#define SLK_CLI_AGAINST_H

#include "cli/open.h"
#include "ledger/audit.h"

/* Runs the audit that --against asks for and prints it. Returns the exit status. */
int slk_against(const slk_args *args);
/* One finding as text or as a JSON object, appended to out. */
void slk_against_text(const slk_finding *f, bool first_of_rule, const slk_style *style, slk_buf *out);
void slk_against_json(const slk_finding *f, slk_buf *out);

#endif
