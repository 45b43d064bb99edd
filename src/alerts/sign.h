/* sign.h - by what a receiver knows that an alert is ours and that it is the same one again: the headers of Standard Webhooks 1.0
 * (standardwebhooks.com), for which there are readers in every language. */
#ifndef SLK_ALERTS_SIGN_H
#define SLK_ALERTS_SIGN_H

#include "base/buf.h"

/* Appends "v1,BASE64": the HMAC-SHA-256 of "key.seconds.body". secret: its bytes, or "whsec_" and their base64. SLK_EINPUT where that is
 * no base64, SLK_ENOMEM. */
SLK_MUST slk_err slk_sign(slk_text secret, const char *key, int64_t seconds, slk_text body, slk_buf *out);

#endif
