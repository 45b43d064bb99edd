/* markup.h - a piece of markup (a feed's title, a summary) as plain text: tags go, blocks become paragraphs, character
 * references become characters, scripts and styles are dropped. For whole pages see the HTML reader. Linear, no recursion. */
#ifndef SLK_INTAKE_MARKUP_H
#define SLK_INTAKE_MARKUP_H

#include "base/buf.h"

/* Appends the plain text of markup (valid UTF-8) to out: white space runs are one space, paragraphs are parted by an empty line. */
void slk_markup_text(slk_text markup, slk_buf *out);
/* Appends text with & and < written so that slk_markup_text gives it back. */
void slk_markup_escape(slk_text text, slk_buf *out);
/* Whether a text seems to hold tags or character references. */
bool slk_markup_is(slk_text text);

#endif
