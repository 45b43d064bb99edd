/* html.c - the static report: one HTML file for archive or court, without script and without anything that is fetched. Fields are rows and
 * reports columns; every value stands with who says it, the words that say it marked where they stand, and the rule that read them;
 * agreement, conflict, denial, revision and what is withheld are told by a shape and a word, never by colour alone. At the end stand
 * the versions that made it. A policy in the head forbids the viewer whatever markup could still ask for. */
#include <inttypes.h>

#include "base/calendar.h"
#include "base/sha256.h"
#include "export/formats.h"
#include "export/html.h"

/* clang-format off */
static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--soft:#5a5a5a;--line:#c4c4c4;--mark:#ffe9a8;--band:#f4f4f1;"
    "--no:#a11212;--yes:#1c6b33;--old:#6b5a00}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e8e8e4;--paper:#16181a;--soft:#a9a9a4;--line:#4a4d50;--mark:#5c4a00;"
    "--band:#1f2224;--no:#ff9b8f;--yes:#8fd6a3;--old:#e0c96a}}\n"
    "body{margin:0 auto;max-width:76rem;padding:1rem;background:var(--paper);color:var(--ink);font:1rem/1.45 system-ui,sans-serif}\n"
    "h1{font-size:1.5rem}h2{font-size:1.25rem;border-top:2px solid var(--ink);padding-top:.8rem;margin-top:2rem}h3{font-size:1rem;"
    "margin:1.2rem 0 .3rem}\n"
    "table{border-collapse:collapse;width:100%;table-layout:fixed;margin:.4rem 0}th,td{border:1px solid var(--line);padding:.35rem .5rem;"
    "text-align:left;vertical-align:top;overflow-wrap:anywhere}thead th,tbody th{background:var(--band)}thead th:first-child{width:8rem}\n"
    ".claim{margin:0 0 .5rem}.claim b{font-weight:600}.by,.rule,.small{color:var(--soft);font-size:.86rem}.rule{font-family:monospace}\n"
    "q{display:block;font-size:.9rem;quotes:none;border-left:3px solid var(--line);padding-left:.5rem;margin:.15rem 0}"
    "mark{background:var(--mark);color:inherit;border-bottom:2px solid currentColor}\n"
    ".state{font-size:.86rem;font-weight:600}.differ,.denied,.disagrees{color:var(--no)}.agree,.agrees{color:var(--yes)}.replaced{color:"
    "var(--old)}.replaced b{text-decoration:line-through}\n"
    ".hash{font-family:monospace;font-size:.8rem;overflow-wrap:anywhere}dl{display:grid;grid-template-columns:max-content 1fr;"
    "gap:.1rem .8rem;margin:.2rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}li{margin:.25rem 0}a{color:inherit}\n"
    "@media print{body{max-width:none;padding:0;font-size:9.5pt;--paper:#fff;--ink:#000;--soft:#333}h2{break-after:avoid}tr,li,dl{break-inside:"
    "avoid}article{break-before:page}article:first-of-type{break-before:auto}a{text-decoration:none}}\n";
/* clang-format on */

void slk_html_head(slk_export *x) {
    char day[40];
    slk_buf *out = x->out;
    slk_buf_puts(
        out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
             "base-uri 'none'; form-action 'none'\">\n"
             "<meta name=\"referrer\" content=\"no-referrer\">\n"
             "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
             "<title>Report of a Sillok ledger</title>\n<style>\n");
    slk_buf_puts(out, style);
    slk_buf_puts(
        out,
        "</style>\n</head>\n<body>\n<header>\n<h1>What reports say</h1>\n<p>Each value stands with the source that "
        "gave it and the words that say it. Nothing is merged or averaged.");
    if (x->as_of.precision != SLK_P_NONE)
        slk_buf_printf(out, " As known on <strong>%s</strong>: reports published later are left out.",
                       slk_instant_format(x->as_of, day));
    slk_buf_puts(out, "</p>\n</header>\n<main>\n");
}

static void put_term(slk_buf *out, const char *mark, const char *says) {
    slk_buf_printf(out, "<dt>%s</dt><dd>%s</dd>\n", mark, says);
}

static void put_marks(slk_buf *out) {
    slk_buf_puts(out, "<h2>How to read it</h2>\n<dl>\n");
    put_term(out, "● agree", "two or more independent sources give this value");
    put_term(out, "▲ differ", "values that cannot both be right, beyond what rounding explains");
    put_term(out, "○ one", "one source, or sources whose values may all be right");
    put_term(out, "✕ denied", "the source says that it is not so");
    put_term(out, "↻ replaced", "the same source gave another value later");
    put_term(out, "◌ withheld", "said not to be known or told");
    put_term(out, "✓ agrees, ✗ disagrees, ? cannot tell", "what a check found");
    put_term(out, "stated, resolved, computed, assumed",
             "said in so many words; completed from the report's day or a gazetteer; worked out from other values; "
             "taken for granted");
    slk_buf_puts(out, "</dl>\n");
}

static void put_versions(slk_export *x) {
    static const char *const models[] = {
#define MODEL_FILE(name, file) file,
        SLK_MODELS(MODEL_FILE)
#undef MODEL_FILE
    };
    char hex[SLK_SHA256_HEX];
    slk_buf_printf(x->out,
                   "<h2>Made by</h2>\n<dl>\n<dt>program</dt><dd>sillok " SLK_VERSION
                   "</dd>\n<dt>pack</dt><dd>version %d, "
                   "<span class=\"hash\">%016" PRIx64 "</span></dd>\n<dt>ledger</dt><dd>schema %d</dd>\n",
                   SLK_PACK_VERSION, slk_pack_checksum(x->pack), SLK_LEDGER_SCHEMA);
    for (int i = 0; i < SLK_MODEL_COUNT; i++) {
        slk_sha256_hex(slk_pack_model(x->pack, i), hex);
        slk_buf_printf(x->out, "<dt>model %s</dt><dd>SHA-256 <span class=\"hash\">%s</span></dd>\n", models[i], hex);
    }
    slk_buf_puts(x->out, "</dl>\n<p class=\"small\">Which version read each report stands beside it.</p>\n");
}

void slk_html_tail(slk_export *x) {
    if (x->n == 0) slk_buf_puts(x->out, "<p>No event.</p>\n");
    slk_buf_puts(x->out, "</main>\n<footer>\n");
    put_marks(x->out);
    put_versions(x);
    slk_buf_puts(x->out, "</footer>\n</body>\n</html>\n");
}
