/* table.c - events as rows of comma separated values (RFC 4180, UTF-8): formats csv, acled and ged. Which columns a format has, and
 * what stands in them, is data/export_columns.tsv; cells.c knows how to fill them; datapackage.c describes them from the same rows.
 *
 * Text that a spreadsheet would take for a formula gets a ' in front: its first character that is no blank is one of = + - @ or a wide
 * form of these, or it begins with a tab or a return. Control and direction characters become U+FFFD. Columns of numbers hold
 * nothing but numbers. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "export/cells.h"
#include "export/columns.h"
#include "export/formats.h"
#include "export/page.h"

static bool is_formula(slk_text t) {
    const char *p = t.at, *end = t.at + t.n;
    if (t.n && (*p == '\t' || *p == '\r' || *p == '\n')) return true;
    while (p < end) {
        uint32_t cp, n = slk_utf8_next(p, end, &cp);
        if (!slk_cp_is_space(cp) && cp != 0xFEFF && cp != 0x200B)
            return (cp < 0x80 && strchr("=+-@", (int)cp)) || cp == 0xFF1D || cp == 0xFF0B || cp == 0xFF0D ||
                   cp == 0xFF20;
        p += n;
    }
    return false;
}

/* A cell of text: cleaned, with quotes where it needs them. */
static void put_text(slk_buf *out, slk_text t) {
    bool formula = is_formula(t);
    slk_buf_add(out, "\"", 1);
    if (formula) slk_buf_putc(out, '\'');
    for (const char *p = t.at, *end = t.at + t.n; p < end;) {
        uint32_t cp, n = slk_utf8_next(p, end, &cp);
        if (*p == '"') slk_buf_putc(out, '"');
        if ((slk_page_steers(cp) && *p != '\n' && *p != '\t') || cp == 0xFFFD)
            slk_buf_puts(out, "\xEF\xBF\xBD");
        else
            slk_buf_add(out, p, n);
        p += n;
    }
    slk_buf_putc(out, '"');
}

static bool is_plain(slk_text t) {
    for (size_t i = 0; i < t.n; i++) {
        unsigned char c = (unsigned char)t.at[i];
        if (c < 0x20 || c >= 0x7F || c == '"' || c == ',') return false;
    }
    return !is_formula(t);
}

void slk_table_head(slk_export *x) {
    slk_columns c = slk_columns_of(x->pack, x->format->word);
    for (uint32_t i = 0; i < c.n; i++)
        slk_buf_printf(x->out, "%s%s", i ? "," : "", slk_column(x->pack, &c, i, SLK_EXPORT_COLUMNS_NAME));
    slk_buf_puts(x->out, "\r\n");
}

void slk_table_event(slk_export *x, const slk_dossier *d) {
    slk_columns c = slk_columns_of(x->pack, x->format->word);
    slk_buf cell;
    if (!slk_cell_row(x, d)) {
        x->left_out++;
        return;
    }
    slk_buf_start(&cell, &x->out->mem, 1u << 24);
    for (uint32_t i = 0; i < c.n; i++) {
        slk_buf_clear(&cell);
        slk_cell_put(x, d, slk_column(x->pack, &c, i, SLK_EXPORT_COLUMNS_CELL), &cell);
        if (cell.err != SLK_OK && x->out->err == SLK_OK) x->out->err = cell.err;
        slk_text t = {cell.at ? cell.at : "", cell.n};
        if (i) slk_buf_putc(x->out, ',');
        if (is_plain(t) || strcmp(slk_column(x->pack, &c, i, SLK_EXPORT_COLUMNS_TYPE), "string") != 0)
            slk_buf_add(x->out, t.at, t.n);
        else
            put_text(x->out, t);
    }
    slk_buf_puts(x->out, "\r\n");
    slk_buf_free(&cell);
    x->n++;
}
