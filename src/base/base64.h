/* base64.h - bytes as letters and back (RFC 4648, section 4): signatures and keys in headers, bodies of mails. */
#ifndef SLK_BASE_BASE64_H
#define SLK_BASE_BASE64_H

#include "base/buf.h"

/* Appends the letters of t with padding; a line feed behind every `line` of them (a multiple of 4), none where that is 0. */
void slk_base64_write(slk_text t, unsigned line, slk_buf *out);
/* Appends the bytes that t stands for. False, and out is as it was, where t is not whole groups of four letters of the alphabet; padding
 * may be left out. */
SLK_MUST bool slk_base64_read(slk_text t, slk_buf *out);

#endif
