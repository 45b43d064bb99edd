/* site.h - pages that need no script: text goes in only as text. */
#ifndef SLK_SERVE_SITE_H
#define SLK_SERVE_SITE_H

#include "base/buf.h"

/* Text, with & < > " and ' as references and control characters but line feed and tab as U+FFFD: fit for elements and for quoted
 * attributes. */
void slk_site_text(slk_buf *b, slk_text t);
void slk_site_z(slk_buf *b, const char *z); /* NULL adds nothing */
/* One path segment or query value, percent-encoded. */
void slk_site_escape_url(slk_buf *b, const char *z);
/* The beginning of a page up to its main element, and its end. */
void slk_site_head(slk_buf *b, const char *title);
void slk_site_foot(slk_buf *b);
/* <dt>name</dt><dd>value</dd>; nothing where value is NULL or empty. */
void slk_site_fact(slk_buf *b, const char *name, const char *value);

#endif
