/* mail.c - an alert as a mail. Headers are ASCII (RFC 2047 words for the rest), the text is base64: no relay need be trusted with long
 * lines. Its id comes from the key, so a mail that was sent twice is one for those who look; others of its event hang below the first. */
#include <string.h>

#include "alerts/alert.h"
#include "alerts/settings.h"
#include "base/base64.h"
#include "base/calendar.h"
#include "base/text.h"

#define WORD_B 42u /* bytes in one encoded word: 56 letters, and the frame fits 75 */

/* Subject: an encoded word a piece, cut between characters. Control characters become spaces before. */
static void put_subject(slk_buf *out, const char *z) {
    slk_buf clean;
    slk_buf_start(&clean, &out->mem, 4096);
    for (slk_text t = slk_text_head(slk_text_of(z), 400); t.n; t.at++, t.n--)
        slk_buf_putc(&clean, (unsigned char)*t.at < ' ' || *t.at == 0x7f ? ' ' : *t.at);
    slk_buf_puts(out, "Subject:");
    for (slk_text rest = {clean.at ? clean.at : "", clean.n}; rest.n;) {
        slk_text piece = slk_text_head(rest, WORD_B);
        if (!piece.n) break;
        slk_buf_puts(out, " =?UTF-8?B?");
        slk_base64_write(piece, 0, out);
        slk_buf_puts(out, "?=\n");
        rest = (slk_text){rest.at + piece.n, rest.n - piece.n};
    }
    if (!clean.n) slk_buf_puts(out, " alert\n");
    if (clean.err != SLK_OK && out->err == SLK_OK) out->err = clean.err;
    slk_buf_free(&clean);
}

static void put_id(slk_buf *out, const slk_channel *c, const char *key) {
    const char *at = strchr(c->from, '@');
    slk_buf_printf(out, "<%s@%s>", key, at && at[1] ? at + 1 : "localhost");
}

/* "Wed, 25 Nov 2026 14:02:29 +0000" */
static void put_date(slk_buf *out, const char *raised) {
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    slk_instant t;
    if (!slk_instant_parse(slk_text_of(raised), &t) || t.precision < SLK_P_SECOND) return;
    t = slk_instant_at(slk_instant_seconds(t), 0, SLK_P_SECOND);
    slk_buf_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\n", days[slk_weekday(slk_instant_days(t)) - 1], t.day,
                   months[t.month - 1], (int)t.year, t.hour, t.minute, t.second);
}

void slk_mail_write(const slk_channel *c, const slk_alert *a, const slk_cap_earlier *earlier, uint32_t n,
                    slk_buf *out) {
    slk_buf text;
    slk_text list = slk_text_of(c->to), one;
    slk_buf_printf(out, "From: %s\nTo: ", c->from);
    for (bool first = true; slk_settings_item(&list, &one); first = false)
        slk_buf_printf(out, "%s%.*s", first ? "" : ",\n ", (int)one.n, one.at);
    slk_buf_putc(out, '\n');
    put_date(out, a->raised);
    put_subject(out, a->headline);
    slk_buf_puts(out, "Message-ID: ");
    put_id(out, c, a->key);
    for (uint32_t i = 0; i < n && i < 1; i++) {
        slk_buf_puts(out, "\nIn-Reply-To: ");
        put_id(out, c, earlier[i].key);
        slk_buf_puts(out, "\nReferences: ");
        put_id(out, c, earlier[i].key);
    }
    slk_buf_puts(out, "\nAuto-Submitted: auto-generated\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
                      "Content-Transfer-Encoding: base64\n\n");
    slk_buf_start(&text, &out->mem, (size_t)1 << 22);
    slk_alert_text(a, &text);
    slk_base64_write((slk_text){text.at ? text.at : "", text.n}, 76, out);
    if (text.err != SLK_OK && out->err == SLK_OK) out->err = text.err;
    slk_buf_free(&text);
}
