/* bibtex.c - the reports behind the events, each once, as BibTeX (@misc, UTF-8). What TeX would take for a command is escaped; braces
 * become commands, since BibTeX counts them even behind a backslash. Titles, authors and outlets stand in two pairs of braces, so that
 * no capital is lost and no "and" in a name makes two people of one. Addresses other than http and https are notes, not links. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "export/access.h"
#include "export/formats.h"
#include "export/page.h"

/* What a character is in a value; NULL: itself. */
static const char *escape_of(uint32_t cp) {
    switch (cp) {
    case '\\': return "{\\textbackslash}";
    case '{': return "{\\textbraceleft}";
    case '}': return "{\\textbraceright}";
    case '~': return "{\\textasciitilde}";
    case '^': return "{\\textasciicircum}";
    case '"': return "{\\textquotedbl}";
    case '$': return "\\$";
    case '%': return "\\%";
    case '#': return "\\#";
    case '&': return "\\&";
    case '_': return "\\_";
    default: return NULL;
    }
}

static void put_words(slk_buf *out, const char *z) {
    slk_text t = slk_text_of(z);
    for (const char *p = t.at, *end = t.at + t.n; p < end;) {
        uint32_t cp, n = slk_utf8_next(p, end, &cp);
        const char *escape = escape_of(cp);
        if (escape)
            slk_buf_puts(out, escape);
        else if (slk_is_space(*p))
            slk_buf_putc(out, ' ');
        else if (slk_page_steers(cp) || cp == 0xFFFD)
            slk_buf_puts(out, "\xEF\xBF\xBD");
        else
            slk_buf_add(out, p, n);
        p += n;
    }
}

static void put_value(slk_buf *out, const char *name, const char *z) {
    if (!z || !*z) return;
    slk_buf_printf(out, "  %s = {{", name);
    put_words(out, z);
    slk_buf_puts(out, "}},\n");
}

/* An address is taken as it stands, so what would end the value or is no character of addresses is percent-encoded. */
static void put_url(slk_buf *out, const char *z) {
    slk_buf_puts(out, "  url = {");
    for (; *z; z++) {
        unsigned char c = (unsigned char)*z;
        if (c <= 0x20 || c >= 0x7F || strchr("{}\\\"<>^`|", c))
            slk_buf_printf(out, "%%%02X", c);
        else
            slk_buf_putc(out, (char)c);
    }
    slk_buf_puts(out, "},\n");
}

static bool is_link(const char *url) {
    return url &&
           (slk_text_starts_fold(slk_text_of(url), "http://") || slk_text_starts_fold(slk_text_of(url), "https://"));
}

/* "meridianwire-2027-03-10-0123456789ab" */
static void put_key(slk_buf *out, const slk_teller *r, const char *day) {
    unsigned n = 0;
    for (const char *z = r->outlet ? r->outlet : ""; *z && n < 24; z++) {
        if (!slk_is_alpha(*z) && !slk_is_digit(*z)) continue;
        slk_buf_putc(out, slk_lower(*z));
        n++;
    }
    slk_buf_printf(out, "%s%s%s%.12s", n ? "-" : "", day, *day ? "-" : "", r->sha256 ? r->sha256 : "");
}

static void put_entry(slk_buf *out, const slk_teller *r) {
    char first[16], last[16];
    slk_days_of(r->published, first, last);
    slk_buf_puts(out, "@misc{");
    put_key(out, r, first);
    slk_buf_puts(out, ",\n");
    put_value(out, "title", r->title ? r->title : r->id);
    put_value(out, "author", r->author);
    put_value(out, "publisher", r->outlet);
    if (r->published.precision != SLK_P_NONE) slk_buf_printf(out, "  year = {%d},\n", (int)r->published.year);
    if (r->published.precision >= SLK_P_MONTH) slk_buf_printf(out, "  month = {%u},\n", r->published.month);
    if (r->published.precision >= SLK_P_DAY) slk_buf_printf(out, "  day = {%u},\n", r->published.day);
    if (is_link(r->url)) put_url(out, r->url);
    if (r->url && !is_link(r->url)) put_value(out, "howpublished", r->url);
    put_value(out, "language", r->language);
    slk_buf_printf(out, "  note = {SHA-256 of the text: %s}\n}\n\n", r->sha256 ? r->sha256 : "not known");
}

void slk_bibtex_event(slk_export *x, const slk_dossier *d) {
    for (uint32_t i = 0; i < d->n_reports && x->out->err == SLK_OK; i++) {
        bool fresh = false;
        slk_err err = slk_seen_enter(&x->seen, slk_key_of(slk_text_of(d->reports[i].sha256)), &fresh);
        if (err != SLK_OK) x->out->err = err;
        if (fresh) put_entry(x->out, &d->reports[i]);
    }
}
