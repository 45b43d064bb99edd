/* tags.h - the elements the parser knows by number: what the HTML standard (WHATWG, 13.2) says of each. Sorted by name in byte
 * order, so that a number is a place in this list. An element that is not here has the number SLK_TAG_NONE and its name.
 *
 * X(NUMBER, name, properties, what its start tag does in the body, what its end tag does in the body) */
#ifndef SLK_INTAKE_HTML_TAGS_H
#define SLK_INTAKE_HTML_TAGS_H

#include "sillok.h"

enum {
    SLK_HTML_SPECIAL = 1, /* "special" of 13.2.4.2 */
    SLK_HTML_SCOPE = 2,   /* ends "in scope" */
    SLK_HTML_IMPLIED = 4, /* its end tag may be implied */
    SLK_HTML_BREAKOUT = 8 /* its start tag ends foreign content */
};

/* clang-format off */
#define SLK_HTML_TAGS(X) \
    X(A, "a", 0, A, FORMAT) \
    X(ABBR, "abbr", 0, OTHER, OTHER) \
    X(ACRONYM, "acronym", 0, OTHER, OTHER) \
    X(ADDRESS, "address", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(ANNOTATION_XML, "annotation-xml", 0, OTHER, OTHER) \
    X(APPLET, "applet", SLK_HTML_SPECIAL | SLK_HTML_SCOPE, MARKER, MARKER) \
    X(AREA, "area", SLK_HTML_SPECIAL, VOID, OTHER) \
    X(ARTICLE, "article", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(ASIDE, "aside", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(AUDIO, "audio", 0, OTHER, OTHER) \
    X(B, "b", SLK_HTML_BREAKOUT, FORMAT, FORMAT) \
    X(BASE, "base", SLK_HTML_SPECIAL, HEAD, OTHER) \
    X(BASEFONT, "basefont", SLK_HTML_SPECIAL, HEAD, OTHER) \
    X(BDI, "bdi", 0, OTHER, OTHER) \
    X(BDO, "bdo", 0, OTHER, OTHER) \
    X(BGSOUND, "bgsound", SLK_HTML_SPECIAL, HEAD, OTHER) \
    X(BIG, "big", SLK_HTML_BREAKOUT, FORMAT, FORMAT) \
    X(BLOCKQUOTE, "blockquote", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, BLOCK, BLOCK) \
    X(BODY, "body", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, BODY, BODY) \
    X(BR, "br", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, VOID, BR) \
    X(BUTTON, "button", SLK_HTML_SPECIAL, BUTTON, BLOCK) \
    X(CANVAS, "canvas", 0, OTHER, OTHER) \
    X(CAPTION, "caption", SLK_HTML_SPECIAL | SLK_HTML_SCOPE, IGNORE, OTHER) \
    X(CENTER, "center", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, BLOCK, BLOCK) \
    X(CITE, "cite", 0, OTHER, OTHER) \
    X(CODE, "code", SLK_HTML_BREAKOUT, FORMAT, FORMAT) \
    X(COL, "col", SLK_HTML_SPECIAL, IGNORE, OTHER) \
    X(COLGROUP, "colgroup", SLK_HTML_SPECIAL, IGNORE, OTHER) \
    X(DATA, "data", 0, OTHER, OTHER) \
    X(DATALIST, "datalist", 0, OTHER, OTHER) \
    X(DD, "dd", SLK_HTML_SPECIAL | SLK_HTML_IMPLIED | SLK_HTML_BREAKOUT, DD, DD) \
    X(DEL, "del", 0, OTHER, OTHER) \
    X(DESC, "desc", 0, OTHER, OTHER) \
    X(DETAILS, "details", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(DFN, "dfn", 0, OTHER, OTHER) \
    X(DIALOG, "dialog", 0, BLOCK, BLOCK) \
    X(DIR, "dir", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(DIV, "div", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, BLOCK, BLOCK) \
    X(DL, "dl", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, BLOCK, BLOCK) \
    X(DT, "dt", SLK_HTML_SPECIAL | SLK_HTML_IMPLIED | SLK_HTML_BREAKOUT, DD, DD) \
    X(EM, "em", SLK_HTML_BREAKOUT, FORMAT, FORMAT) \
    X(EMBED, "embed", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, VOID, OTHER) \
    X(FIELDSET, "fieldset", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(FIGCAPTION, "figcaption", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(FIGURE, "figure", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(FONT, "font", 0, FORMAT, FORMAT) \
    X(FOOTER, "footer", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(FOREIGNOBJECT, "foreignobject", 0, OTHER, OTHER) \
    X(FORM, "form", SLK_HTML_SPECIAL, FORM, FORM) \
    X(FRAME, "frame", SLK_HTML_SPECIAL, IGNORE, OTHER) \
    X(FRAMESET, "frameset", SLK_HTML_SPECIAL, FRAMESET, OTHER) \
    X(H1, "h1", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, HEADING, HEADING) \
    X(H2, "h2", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, HEADING, HEADING) \
    X(H3, "h3", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, HEADING, HEADING) \
    X(H4, "h4", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, HEADING, HEADING) \
    X(H5, "h5", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, HEADING, HEADING) \
    X(H6, "h6", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, HEADING, HEADING) \
    X(HEAD, "head", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, IGNORE, OTHER) \
    X(HEADER, "header", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(HGROUP, "hgroup", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(HR, "hr", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, HR, OTHER) \
    X(HTML, "html", SLK_HTML_SPECIAL | SLK_HTML_SCOPE, HTML, HTML) \
    X(I, "i", SLK_HTML_BREAKOUT, FORMAT, FORMAT) \
    X(IFRAME, "iframe", SLK_HTML_SPECIAL, IFRAME, OTHER) \
    X(IMAGE, "image", 0, IMAGE, OTHER) \
    X(IMG, "img", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, VOID, OTHER) \
    X(INPUT, "input", SLK_HTML_SPECIAL, INPUT, OTHER) \
    X(INS, "ins", 0, OTHER, OTHER) \
    X(KBD, "kbd", 0, OTHER, OTHER) \
    X(KEYGEN, "keygen", SLK_HTML_SPECIAL, VOID, OTHER) \
    X(LABEL, "label", 0, OTHER, OTHER) \
    X(LEGEND, "legend", 0, OTHER, OTHER) \
    X(LI, "li", SLK_HTML_SPECIAL | SLK_HTML_IMPLIED | SLK_HTML_BREAKOUT, LI, LI) \
    X(LINK, "link", SLK_HTML_SPECIAL, HEAD, OTHER) \
    X(LISTING, "listing", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, PRE, BLOCK) \
    X(MAIN, "main", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(MALIGNMARK, "malignmark", 0, OTHER, OTHER) \
    X(MAP, "map", 0, OTHER, OTHER) \
    X(MARK, "mark", 0, OTHER, OTHER) \
    X(MARQUEE, "marquee", SLK_HTML_SPECIAL | SLK_HTML_SCOPE, MARKER, MARKER) \
    X(MATH, "math", 0, MATH, OTHER) \
    X(MENU, "menu", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, BLOCK, BLOCK) \
    X(META, "meta", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, HEAD, OTHER) \
    X(METER, "meter", 0, OTHER, OTHER) \
    X(MGLYPH, "mglyph", 0, OTHER, OTHER) \
    X(MI, "mi", 0, OTHER, OTHER) \
    X(MN, "mn", 0, OTHER, OTHER) \
    X(MO, "mo", 0, OTHER, OTHER) \
    X(MS, "ms", 0, OTHER, OTHER) \
    X(MTEXT, "mtext", 0, OTHER, OTHER) \
    X(NAV, "nav", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(NOBR, "nobr", SLK_HTML_BREAKOUT, NOBR, FORMAT) \
    X(NOEMBED, "noembed", SLK_HTML_SPECIAL, RAW, OTHER) \
    X(NOFRAMES, "noframes", SLK_HTML_SPECIAL, HEAD, OTHER) \
    X(NOSCRIPT, "noscript", SLK_HTML_SPECIAL, NOSCRIPT, OTHER) \
    X(OBJECT, "object", SLK_HTML_SPECIAL | SLK_HTML_SCOPE, MARKER, MARKER) \
    X(OL, "ol", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, BLOCK, BLOCK) \
    X(OPTGROUP, "optgroup", SLK_HTML_IMPLIED, OPTGROUP, OTHER) \
    X(OPTION, "option", SLK_HTML_IMPLIED, OPTION, OTHER) \
    X(OUTPUT, "output", 0, OTHER, OTHER) \
    X(P, "p", SLK_HTML_SPECIAL | SLK_HTML_IMPLIED | SLK_HTML_BREAKOUT, BLOCK, P) \
    X(PARAM, "param", SLK_HTML_SPECIAL, PARAM, OTHER) \
    X(PICTURE, "picture", 0, OTHER, OTHER) \
    X(PLAINTEXT, "plaintext", SLK_HTML_SPECIAL, PLAINTEXT, OTHER) \
    X(PRE, "pre", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, PRE, BLOCK) \
    X(PROGRESS, "progress", 0, OTHER, OTHER) \
    X(Q, "q", 0, OTHER, OTHER) \
    X(RB, "rb", SLK_HTML_IMPLIED, RB, OTHER) \
    X(RP, "rp", SLK_HTML_IMPLIED, RT, OTHER) \
    X(RT, "rt", SLK_HTML_IMPLIED, RT, OTHER) \
    X(RTC, "rtc", SLK_HTML_IMPLIED, RB, OTHER) \
    X(RUBY, "ruby", SLK_HTML_BREAKOUT, OTHER, OTHER) \
    X(S, "s", SLK_HTML_BREAKOUT, FORMAT, FORMAT) \
    X(SAMP, "samp", 0, OTHER, OTHER) \
    X(SCRIPT, "script", SLK_HTML_SPECIAL, HEAD, OTHER) \
    X(SEARCH, "search", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(SECTION, "section", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(SELECT, "select", SLK_HTML_SPECIAL | SLK_HTML_SCOPE, SELECT, BLOCK) \
    X(SLOT, "slot", 0, OTHER, OTHER) \
    X(SMALL, "small", SLK_HTML_BREAKOUT, FORMAT, FORMAT) \
    X(SOURCE, "source", SLK_HTML_SPECIAL, PARAM, OTHER) \
    X(SPAN, "span", SLK_HTML_BREAKOUT, OTHER, OTHER) \
    X(STRIKE, "strike", SLK_HTML_BREAKOUT, FORMAT, FORMAT) \
    X(STRONG, "strong", SLK_HTML_BREAKOUT, FORMAT, FORMAT) \
    X(STYLE, "style", SLK_HTML_SPECIAL, HEAD, OTHER) \
    X(SUB, "sub", SLK_HTML_BREAKOUT, OTHER, OTHER) \
    X(SUMMARY, "summary", SLK_HTML_SPECIAL, BLOCK, BLOCK) \
    X(SUP, "sup", SLK_HTML_BREAKOUT, OTHER, OTHER) \
    X(SVG, "svg", 0, SVG, OTHER) \
    X(TABLE, "table", SLK_HTML_SPECIAL | SLK_HTML_SCOPE | SLK_HTML_BREAKOUT, TABLE, OTHER) \
    X(TBODY, "tbody", SLK_HTML_SPECIAL, IGNORE, OTHER) \
    X(TD, "td", SLK_HTML_SPECIAL | SLK_HTML_SCOPE, IGNORE, OTHER) \
    X(TEMPLATE, "template", SLK_HTML_SPECIAL | SLK_HTML_SCOPE, HEAD, TEMPLATE) \
    X(TEXTAREA, "textarea", SLK_HTML_SPECIAL, TEXTAREA, OTHER) \
    X(TFOOT, "tfoot", SLK_HTML_SPECIAL, IGNORE, OTHER) \
    X(TH, "th", SLK_HTML_SPECIAL | SLK_HTML_SCOPE, IGNORE, OTHER) \
    X(THEAD, "thead", SLK_HTML_SPECIAL, IGNORE, OTHER) \
    X(TIME, "time", 0, OTHER, OTHER) \
    X(TITLE, "title", SLK_HTML_SPECIAL, HEAD, OTHER) \
    X(TR, "tr", SLK_HTML_SPECIAL, IGNORE, OTHER) \
    X(TRACK, "track", SLK_HTML_SPECIAL, PARAM, OTHER) \
    X(TT, "tt", SLK_HTML_BREAKOUT, FORMAT, FORMAT) \
    X(U, "u", SLK_HTML_BREAKOUT, FORMAT, FORMAT) \
    X(UL, "ul", SLK_HTML_SPECIAL | SLK_HTML_BREAKOUT, BLOCK, BLOCK) \
    X(VAR, "var", SLK_HTML_BREAKOUT, OTHER, OTHER) \
    X(VIDEO, "video", 0, OTHER, OTHER) \
    X(WBR, "wbr", SLK_HTML_SPECIAL, VOID, OTHER) \
    X(XMP, "xmp", SLK_HTML_SPECIAL, XMP, OTHER)
/* clang-format on */

#define SLK_HTML_TAG(number, name, flags, start, end) SLK_TAG_##number,
typedef enum slk_tag { SLK_TAG_NONE, SLK_HTML_TAGS(SLK_HTML_TAG) SLK_TAG_COUNT } slk_tag;
#undef SLK_HTML_TAG

/* The number of a name in small letters; SLK_TAG_NONE where it is not in the list. */
slk_tag slk_html_tag(slk_text name);
const char *slk_html_tag_name(slk_tag tag); /* "" for SLK_TAG_NONE */
unsigned slk_html_tag_flags(slk_tag tag);   /* SLK_HTML_... */

#endif
