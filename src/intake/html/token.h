/* token.h - the tokenizer of HTML (WHATWG 13.2.5): a page into tags, comments, doctypes and runs of characters. It is asked for
 * one token after the other, since the tree decides how the text behind a tag is read (<script>, <title>, ...). */
#ifndef SLK_INTAKE_HTML_TOKEN_H
#define SLK_INTAKE_HTML_TOKEN_H

#include "base/buf.h"
#include "intake/html/html.h"

typedef enum slk_token_kind {
    SLK_HTML_TEXT, /* without NUL */
    SLK_HTML_NUL,  /* one NUL character, where the tree has to decide about it */
    SLK_HTML_START,
    SLK_HTML_END,
    SLK_HTML_COMMENT,
    SLK_HTML_DOCTYPE,
    SLK_HTML_EOF
} slk_token_kind;

typedef struct slk_html_token { /* valid until the next one is asked for; texts lie in the source or the arena */
    slk_token_kind kind;
    slk_tag tag;                     /* of a tag */
    slk_text text;                   /* text, comment, or a tag's name in small letters */
    const slk_attribute *attributes; /* of a start tag */
    uint32_t n_attributes;
    bool self_closing;
    slk_doctype doctype;
    uint32_t from_b, to_b;
} slk_html_token;

typedef enum slk_text_mode { /* how characters are read */
                             SLK_TEXT_DATA,
                             SLK_TEXT_RCDATA,
                             SLK_TEXT_RAW,
                             SLK_TEXT_SCRIPT,
                             SLK_TEXT_PLAIN,
                             SLK_TEXT_CDATA
} slk_text_mode;

typedef struct slk_tokenizer {
    const slk_pack *pack;
    slk_arena *arena;
    const char *start, *at, *end;
    slk_text_mode mode;
    bool foreign;   /* set before each call: the current node is not HTML, so that CDATA sections are read */
    slk_text last;  /* name of the last start tag: what ends RCDATA, RAW and SCRIPT text */
    uint8_t escape; /* within a script: 0, 1 "<!--", 2 "<!-- <script" */
    slk_buf made;   /* a string that differs from the source while it grows */
    SLK_LIST(slk_attribute) attributes;
    uint32_t *seen; /* a hash of the names of a tag with very many attributes */
    uint32_t n_seen;
    slk_err err; /* the first failure; then only EOF comes */
} slk_tokenizer;

void slk_tokenizer_start(slk_tokenizer *t, const slk_pack *pack, slk_arena *arena, slk_text source);
void slk_tokenizer_free(slk_tokenizer *t);
void slk_tokenizer_next(slk_tokenizer *t, slk_html_token *out);

/* The rest of the tokenizer, a file each. t->at stands behind "<" and the character that told what it is. */
void slk_tokenizer_tag(slk_tokenizer *t, slk_html_token *out, bool end_tag); /* at the first letter of the name */
void slk_tokenizer_comment(slk_tokenizer *t, slk_html_token *out);           /* behind "<!--" */
void slk_tokenizer_bogus(slk_tokenizer *t, slk_html_token *out);             /* at the comment's first character */
void slk_tokenizer_doctype(slk_tokenizer *t, slk_html_token *out);           /* behind "<!doctype" */

/* Strings while they are made: a run of the source appended as the standard reads it (CR and CRLF are LF, NUL is U+FFFD). */
void slk_tokenizer_put(slk_tokenizer *t, const char *from, const char *to, bool lower);
/* The string that was made, in the arena. */
slk_text slk_tokenizer_made(slk_tokenizer *t);

/* A character reference at p (its "&"): its length in the source, 0 where it is none. out: its characters in UTF-8. */
size_t slk_html_reference(const slk_pack *pack, const char *p, const char *end, bool in_attribute, char out[8],
                          size_t *n);

#endif
