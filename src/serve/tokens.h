/* tokens.h - who may write: a file with one line "sha256:HEX NAME" for each token. The token itself is 32 random bytes and stands in
 * no file; a plain hash is enough for a secret that nobody can guess. Compared in constant time. */
#ifndef SLK_SERVE_TOKENS_H
#define SLK_SERVE_TOKENS_H

#include "sillok.h"

#define SLK_TOKEN_CHARS 44 /* with the NUL byte */

typedef struct slk_tokens slk_tokens;

/* Opens a file of tokens; it is read again when it has changed. Fails with SLK_EIO (not there, or others may write it) or
 * SLK_EINPUT (a line that is none; fault names it). */
SLK_MUST slk_err slk_tokens_open(const char *path, slk_tokens **out, slk_fault *fault);
void slk_tokens_free(slk_tokens *t); /* NULL is fine */
/* Does an Authorization header ("Bearer ...") carry one of the tokens? Any thread. */
bool slk_tokens_allow(slk_tokens *t, const char *authorization);

/* Makes a token, adds its hash to the file (made for its owner alone where there is none), and gives it to be shown once. name: what
 * the line is called, without blanks. Fails with SLK_EIO or SLK_EINPUT. */
SLK_MUST slk_err slk_token_make(const char *path, const char *name, char token[SLK_TOKEN_CHARS], slk_fault *fault);

#endif
