/* url.h - addresses: a reference against a base (RFC 3986, 5.2), and the form by which one page is known however it was linked. */
#ifndef SLK_INTAKE_URL_H
#define SLK_INTAKE_URL_H

#include "base/buf.h"

/* Appends the address that reference means on a page at base (may be empty: then the reference as it is). */
void slk_url_resolve(slk_text base, slk_text reference, slk_buf *out);
/* Appends the canonical form of an absolute http or https address: scheme and host in small letters, no default port, no
 * fragment, no parameters that only say where a reader came from (utm_*, fbclid, ...), a path. Other addresses as they are. */
void slk_url_canonical(slk_text url, slk_buf *out);
/* Appends scheme, host and port in small letters, without the default port ("https://wire.example"); nothing where the address is
 * not http or https. */
void slk_url_origin(slk_text url, slk_buf *out);
/* Appends path and query as they stand in the address ("/a?b=c"), at least "/". */
void slk_url_target(slk_text url, slk_buf *out);
/* Appends the address as it may be sent: without fragment, spaces and bytes beyond ASCII as percent-codes. */
void slk_url_sendable(slk_text url, slk_buf *out);
/* Appends what tells one page from another, for comparing only: the canonical form without its scheme, without "www.", "m." and the
 * like before the host, without marks of lighter editions (AMP, mobile), of a start page ("index.html") and of the end of a folder,
 * parameters in order. Nothing where the address is not http or https. */
void slk_url_page(slk_text url, slk_buf *out);
/* Whether both are addresses of one site: the same host, but for "www." and the like. */
bool slk_url_same_site(slk_text a, slk_text b);

#endif
