/* mhtml.h - a page saved with its parts in one file (MHTML, RFC 2557; MIME, RFC 2045 to 2047): finds the page among the parts and
 * undoes its transfer encoding. Pictures and styles are passed over. */
#ifndef SLK_INTAKE_MHTML_H
#define SLK_INTAKE_MHTML_H

#include "base/buf.h"

#define SLK_MAX_MHTML_B (32u << 20) /* bytes of such a file, its pictures included */
#define SLK_MHTML_NESTED_MOST 4u    /* multipart within multipart */

typedef struct slk_mhtml { /* borrowed from the file, but body where it was encoded: that lies in the room */
    slk_text body;
    slk_text type;     /* Content-Type of the part, with its parameters; may be folded over lines */
    slk_text location; /* where the page was got from, absolute; {NULL, 0} where it is not said */
} slk_mhtml;

/* Whether bytes begin with the headers of such a file: MIME-Version, and a Content-Type of multipart or HTML. */
bool slk_mhtml_is(slk_text head);
/* Finds the page. Fails with SLK_EINPUT (no page among the parts; fault says so), SLK_ELIMIT or SLK_ENOMEM. A file that is cut off
 * gives what there is. O(length). */
SLK_MUST slk_err slk_mhtml_page(slk_text file, slk_buf *room, slk_mhtml *out, slk_fault *fault);

#endif
