/* encoding.h - from the bytes of a page, a feed or a text to UTF-8, and from any place of that back to its source byte.
 *
 * Which encoding: byte order mark, then what the transport declared, then what the page says of itself (WHATWG's prescan of its
 * meta elements, or an XML declaration), else what the bytes look like. A declaration that the bytes contradict is not followed
 * (a page that says "iso-8859-1" and is flawless UTF-8 is UTF-8). Decoding follows the WHATWG Encoding Standard, as
 * browsers do: bytes that mean nothing become U+FFFD, each counted. Linear time, no locale, no files. */
#ifndef SLK_INTAKE_ENCODING_H
#define SLK_INTAKE_ENCODING_H

#include "intake/charsets.h"

typedef enum slk_charset_basis {
    SLK_CHARSET_BY_MARK,     /* byte order mark */
    SLK_CHARSET_BY_HEADER,   /* declared: HTTP header, MIME header, or by who calls */
    SLK_CHARSET_BY_DOCUMENT, /* meta element or XML declaration */
    SLK_CHARSET_BY_BYTES,    /* what the bytes look like */
    SLK_CHARSET_BY_DEFAULT   /* nothing says anything: all is ASCII */
} slk_charset_basis;

typedef enum slk_document_kind { SLK_DOCUMENT_TEXT, SLK_DOCUMENT_HTML, SLK_DOCUMENT_XML } slk_document_kind;

/* Which encoding bytes are in, as a browser decides it. declared: a label ("euc-kr") or a whole Content-Type ("text/html;
 * charset=euc-kr"); NULL or unknown labels count as none. kind says whether meta elements or an XML declaration are looked
 * for. basis may be NULL. Never NULL. O(first kilobytes) where something is declared, else O(n). */
const slk_charset *slk_encoding_find(slk_text bytes, const char *declared, slk_document_kind kind,
                                     slk_charset_basis *basis);
/* Whether the bytes contradict an encoding: flawless UTF-8 with characters beyond ASCII that is said to be something else, or
 * what is said to be UTF-8 and for the most part is none. */
bool slk_encoding_contradicts(slk_text bytes, const slk_charset *c);

/* WHATWG's prescan: what the meta elements of the first 64 kB, else the XML declaration say; NULL for nothing. */
const slk_charset *slk_encoding_prescan(slk_text bytes);
/* The charset parameter within a Content-Type or a meta element's content; empty where there is none. */
slk_text slk_encoding_parameter(slk_text content);
/* What the bytes look like; NULL where all are ASCII. Asks at most 64 kB of the bytes beyond ASCII. */
const slk_charset *slk_encoding_guess(slk_text bytes);

typedef struct slk_decoded_mark slk_decoded_mark;

typedef struct slk_decoded { /* free with slk_decoded_free */
    slk_text text; /* valid UTF-8 (NUL bytes stay as they are), without the byte order mark; may lie in the source
                                bytes themselves where these are flawless UTF-8: then they must outlive it */
    const slk_charset *charset;
    slk_charset_basis basis;
    uint32_t replaced;    /* U+FFFD written for bytes that mean nothing */
    uint32_t first_bad_b; /* source byte of the first of them */
    /* the way back; not for callers */
    slk_allocator mem;
    char *owned;             /* NULL: text lies in the source */
    uint32_t skipped_b;      /* byte order mark */
    slk_decoded_mark *marks; /* one for every 256 bytes of text; NULL: source and text are the same bytes */
    uint8_t *widths;         /* source bytes of each character; NULL: one each */
} slk_decoded;

#define SLK_DECODED_MOST_B (64u << 20) /* of source bytes */

/* Decodes bytes in the encoding found by slk_encoding_find, or where the bytes contradict that in the one they look like. *out is written only on SLK_OK; else SLK_ENOMEM, or SLK_ELIMIT for
 * more than SLK_DECODED_MOST_B. */
SLK_MUST slk_err slk_encoding_decode(const slk_allocator *mem, slk_text bytes, const char *declared,
                                     slk_document_kind kind, slk_decoded *out);
/* The same in an encoding that is known. A byte order mark of that encoding is passed over. */
SLK_MUST slk_err slk_encoding_decode_as(const slk_allocator *mem, slk_text bytes, const slk_charset *charset,
                                        slk_decoded *out);
void slk_decoded_free(slk_decoded *d);

/* The source byte at which the character that holds byte off_b of the text begins; for the end of the text the end of the
 * source. Constant time. */
uint32_t slk_decoded_source(const slk_decoded *d, uint32_t off_b);

#endif
