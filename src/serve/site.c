/* site.c - text as text. See site.h. */
#include "serve/site.h"

#include <string.h>

#include "base/text.h"

void slk_site_text(slk_buf *b, slk_text t) {
    for (size_t i = 0; i < t.n; i++) {
        char c = t.at[i];
        switch (c) {
        case '&': slk_buf_puts(b, "&amp;"); break;
        case '<': slk_buf_puts(b, "&lt;"); break;
        case '>': slk_buf_puts(b, "&gt;"); break;
        case '"': slk_buf_puts(b, "&quot;"); break;
        case '\'': slk_buf_puts(b, "&#39;"); break;
        default:
            if (((unsigned char)c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
                slk_buf_puts(b, "\xef\xbf\xbd");
            else
                slk_buf_putc(b, c);
        }
    }
}

void slk_site_z(slk_buf *b, const char *z) { slk_site_text(b, slk_text_of(z)); }

void slk_site_escape_url(slk_buf *b, const char *z) {
    for (; z && *z; z++) {
        if (slk_is_alpha(*z) || slk_is_digit(*z) || strchr("-._~", *z))
            slk_buf_putc(b, *z);
        else
            slk_buf_printf(b, "%%%02X", (unsigned)(unsigned char)*z);
    }
}

void slk_site_head(slk_buf *b, const char *title) {
    slk_buf_puts(b, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    slk_site_z(b, title);
    slk_buf_puts(
        b, "</title>\n<meta name=\"color-scheme\" content=\"light dark\">\n"
           "<link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\">\n"
           "<link rel=\"stylesheet\" href=\"/page.css\">\n<script type=\"module\" src=\"/page.js\"></script>\n"
           "</head>\n<body>\n<main class=\"plain\">\n"
           "<nav><a href=\"/\">Sillok</a> <a href=\"/events\">events</a> <a href=\"/reports\">reports</a></nav>\n<h1 "
           "dir=\"auto\">");
    slk_site_z(b, title);
    slk_buf_puts(b, "</h1>\n");
}

void slk_site_foot(slk_buf *b) { slk_buf_puts(b, "</main>\n</body>\n</html>\n"); }

void slk_site_fact(slk_buf *b, const char *name, const char *value) {
    if (!value || !*value) return;
    slk_buf_puts(b, "<dt>");
    slk_site_z(b, name);
    slk_buf_puts(b, "</dt><dd dir=\"auto\">");
    slk_site_z(b, value);
    slk_buf_puts(b, "</dd>\n");
}
