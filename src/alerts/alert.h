/* alert.h - an alert as it is read back from its JSON (body.h), and the forms made of it: text, mail, an Atom feed, a CAP document. Pure:
 * the same alert gives the same bytes, whenever it is written. */
#ifndef SLK_ALERTS_ALERT_H
#define SLK_ALERTS_ALERT_H

#include <jansson.h>

#include "alerts/rules.h"
#include "base/buf.h"

typedef struct slk_alert_value {
    const char *what, *value, *words, *by; /* the last two may be NULL */
    int64_t sources;
    bool conflict;
} slk_alert_value;

typedef struct slk_alert { /* strings NULL where not known; they live as long as root */
    json_t *root;
    const char *key, *headline, *raised, *link;
    const char *event, *type, *time, *certainty, *place;
    int64_t sources, reports;
    const char *title, *outlet, *url, *sentence; /* of the report that raised it */
    const json_t *why, *rules, *values;          /* arrays, never NULL */
    const json_t *area;                          /* where it can have been (body.h); NULL where not known */
} slk_alert;

/* Reads a body. SLK_EINPUT where it is none of ours; free with slk_alert_free. */
SLK_MUST slk_err slk_alert_read(const char *body, slk_alert *out, slk_fault *fault);
void slk_alert_free(slk_alert *a);

uint32_t slk_alert_count(const json_t *list);
const char *slk_alert_why(const slk_alert *a, uint32_t i); /* for people */
slk_alert_value slk_alert_value_at(const slk_alert *a, uint32_t i);

/* Appends what people read: why, status, values side by side with their words and sources, the report. Lines of at most 100 columns
 * where words allow. (alert.c) */
void slk_alert_text(const slk_alert *a, slk_buf *out);

/* A feed (RFC 4287): head, an entry each, newest first, tail. updated: the newest entry's `raised`. (atom.c) */
void slk_atom_head(const slk_channel *c, const char *updated, slk_buf *out);
void slk_atom_entry(const slk_alert *a, slk_buf *out);
void slk_atom_tail(slk_buf *out);

typedef struct slk_cap_earlier { /* an alert of the same event that went this way before */
    const char *key, *raised;
} slk_cap_earlier;

/* A CAP 1.2 document (OASIS); earlier ones make it an update of them. (cap.c) */
void slk_cap_write(const slk_channel *c, const slk_alert *a, const slk_cap_earlier *earlier, uint32_t n, slk_buf *out);

/* A mail as sendmail -t takes it (RFC 5322), its text as base64; the first of earlier ones is what it answers to. (mail.c) */
void slk_mail_write(const slk_channel *c, const slk_alert *a, const slk_cap_earlier *earlier, uint32_t n, slk_buf *out);

#endif
