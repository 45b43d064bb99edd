/* xml.c - text within XML and HTML. See xml.h. */
#include "export/xml.h"

#include "base/text.h"
#include "export/page.h"

void slk_xml_text(slk_buf *out, slk_text t) {
    for (const char *p = t.at, *end = t.at + t.n; p < end;) {
        uint32_t cp, n = slk_utf8_next(p, end, &cp);
        switch (cp) {
        case '&': slk_buf_puts(out, "&amp;"); break;
        case '<': slk_buf_puts(out, "&lt;"); break;
        case '>': slk_buf_puts(out, "&gt;"); break;
        case '"': slk_buf_puts(out, "&quot;"); break;
        case '\'': slk_buf_puts(out, "&#39;"); break;
        case '\n':
        case '\t': slk_buf_putc(out, *p); break;
        case '\r': slk_buf_putc(out, ' '); break;
        default:
            if (slk_page_steers(cp) || cp == 0xFFFD || (cp & 0xFFFE) == 0xFFFE)
                slk_buf_puts(out, "\xEF\xBF\xBD");
            else
                slk_buf_add(out, p, n);
        }
        p += n;
    }
}

void slk_xml_z(slk_buf *out, const char *z) { slk_xml_text(out, slk_text_of(z)); }

void slk_xml_element(slk_buf *out, const char *name, const char *z) {
    if (!z) return;
    slk_buf_printf(out, "<%s>", name);
    slk_xml_z(out, z);
    slk_buf_printf(out, "</%s>\n", name);
}
