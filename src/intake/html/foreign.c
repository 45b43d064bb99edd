/* foreign.c - SVG and MathML inside a page (WHATWG 13.2.6.5), and what their elements mean for scopes. See parser.h. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "intake/html/parser.h"

static bool is_mathml(const slk_node *n) { return n->kind == SLK_NODE_ELEMENT && n->ns == SLK_NS_MATHML; }
static bool is_svg(const slk_node *n) { return n->kind == SLK_NODE_ELEMENT && n->ns == SLK_NS_SVG; }

static bool is_mathml_point(const slk_node *n) {
    return is_mathml(n) && (n->tag == SLK_TAG_MI || n->tag == SLK_TAG_MO || n->tag == SLK_TAG_MN ||
                            n->tag == SLK_TAG_MS || n->tag == SLK_TAG_MTEXT);
}

static bool is_svg_point(const slk_node *n) {
    return is_svg(n) && (n->tag == SLK_TAG_FOREIGNOBJECT || n->tag == SLK_TAG_DESC || n->tag == SLK_TAG_TITLE);
}

bool slk_node_is_html_point(const slk_node *n) {
    if (is_svg_point(n)) return true;
    if (!is_mathml(n) || n->tag != SLK_TAG_ANNOTATION_XML) return false;
    slk_text encoding = slk_node_attribute(n, "encoding");
    return slk_text_is_fold(encoding, "text/html") || slk_text_is_fold(encoding, "application/xhtml+xml");
}

static bool is_foreign_scope(const slk_node *n) {
    return is_mathml_point(n) || is_svg_point(n) || (is_mathml(n) && n->tag == SLK_TAG_ANNOTATION_XML);
}

bool slk_node_is_scope(const slk_node *n) {
    if (n->ns == SLK_NS_HTML) return (slk_html_tag_flags((slk_tag)n->tag) & SLK_HTML_SCOPE) != 0;
    return is_foreign_scope(n);
}

bool slk_node_is_special(const slk_node *n) {
    if (n->ns == SLK_NS_HTML) return (slk_html_tag_flags((slk_tag)n->tag) & SLK_HTML_SPECIAL) != 0;
    return is_foreign_scope(n);
}

bool slk_parser_is_foreign(const slk_parser *p, const slk_html_token *t) {
    const slk_node *n = slk_parser_adjusted(p);
    if (!n || n->ns == SLK_NS_HTML || t->kind == SLK_HTML_EOF) return false;
    bool start = t->kind == SLK_HTML_START, text = t->kind == SLK_HTML_TEXT || t->kind == SLK_HTML_NUL;
    if (is_mathml_point(n) && (text || (start && t->tag != SLK_TAG_MGLYPH && t->tag != SLK_TAG_MALIGNMARK)))
        return false;
    if (is_mathml(n) && n->tag == SLK_TAG_ANNOTATION_XML && start && t->tag == SLK_TAG_SVG) return false;
    return !(slk_node_is_html_point(n) && (start || text));
}

typedef struct pair {
    const char *small, *written;
} pair;

static int by_small(const void *key, const void *row) {
    return slk_text_cmp(*(const slk_text *)key, slk_text_of(((const pair *)row)->small));
}

static slk_text written(slk_text name, const pair *table, size_t n) {
    const pair *found = bsearch(&name, table, n, sizeof *table, by_small);
    return found ? slk_text_of(found->written) : name;
}

/* Names of SVG that have capitals, by their small letters in byte order (the standard's tables). */
static slk_text svg_name(slk_text name) {
    static const pair names[] = {{"altglyph", "altGlyph"},
                                 {"altglyphdef", "altGlyphDef"},
                                 {"altglyphitem", "altGlyphItem"},
                                 {"animatecolor", "animateColor"},
                                 {"animatemotion", "animateMotion"},
                                 {"animatetransform", "animateTransform"},
                                 {"clippath", "clipPath"},
                                 {"feblend", "feBlend"},
                                 {"fecolormatrix", "feColorMatrix"},
                                 {"fecomponenttransfer", "feComponentTransfer"},
                                 {"fecomposite", "feComposite"},
                                 {"feconvolvematrix", "feConvolveMatrix"},
                                 {"fediffuselighting", "feDiffuseLighting"},
                                 {"fedisplacementmap", "feDisplacementMap"},
                                 {"fedistantlight", "feDistantLight"},
                                 {"fedropshadow", "feDropShadow"},
                                 {"feflood", "feFlood"},
                                 {"fefunca", "feFuncA"},
                                 {"fefuncb", "feFuncB"},
                                 {"fefuncg", "feFuncG"},
                                 {"fefuncr", "feFuncR"},
                                 {"fegaussianblur", "feGaussianBlur"},
                                 {"feimage", "feImage"},
                                 {"femerge", "feMerge"},
                                 {"femergenode", "feMergeNode"},
                                 {"femorphology", "feMorphology"},
                                 {"feoffset", "feOffset"},
                                 {"fepointlight", "fePointLight"},
                                 {"fespecularlighting", "feSpecularLighting"},
                                 {"fespotlight", "feSpotLight"},
                                 {"fetile", "feTile"},
                                 {"feturbulence", "feTurbulence"},
                                 {"foreignobject", "foreignObject"},
                                 {"glyphref", "glyphRef"},
                                 {"lineargradient", "linearGradient"},
                                 {"radialgradient", "radialGradient"},
                                 {"textpath", "textPath"}};
    return written(name, names, sizeof names / sizeof *names);
}

static slk_text svg_attribute(slk_text name) {
    static const pair names[] = {{"attributename", "attributeName"},
                                 {"attributetype", "attributeType"},
                                 {"basefrequency", "baseFrequency"},
                                 {"baseprofile", "baseProfile"},
                                 {"calcmode", "calcMode"},
                                 {"clippathunits", "clipPathUnits"},
                                 {"diffuseconstant", "diffuseConstant"},
                                 {"edgemode", "edgeMode"},
                                 {"filterunits", "filterUnits"},
                                 {"glyphref", "glyphRef"},
                                 {"gradienttransform", "gradientTransform"},
                                 {"gradientunits", "gradientUnits"},
                                 {"kernelmatrix", "kernelMatrix"},
                                 {"kernelunitlength", "kernelUnitLength"},
                                 {"keypoints", "keyPoints"},
                                 {"keysplines", "keySplines"},
                                 {"keytimes", "keyTimes"},
                                 {"lengthadjust", "lengthAdjust"},
                                 {"limitingconeangle", "limitingConeAngle"},
                                 {"markerheight", "markerHeight"},
                                 {"markerunits", "markerUnits"},
                                 {"markerwidth", "markerWidth"},
                                 {"maskcontentunits", "maskContentUnits"},
                                 {"maskunits", "maskUnits"},
                                 {"numoctaves", "numOctaves"},
                                 {"pathlength", "pathLength"},
                                 {"patterncontentunits", "patternContentUnits"},
                                 {"patterntransform", "patternTransform"},
                                 {"patternunits", "patternUnits"},
                                 {"pointsatx", "pointsAtX"},
                                 {"pointsaty", "pointsAtY"},
                                 {"pointsatz", "pointsAtZ"},
                                 {"preservealpha", "preserveAlpha"},
                                 {"preserveaspectratio", "preserveAspectRatio"},
                                 {"primitiveunits", "primitiveUnits"},
                                 {"refx", "refX"},
                                 {"refy", "refY"},
                                 {"repeatcount", "repeatCount"},
                                 {"repeatdur", "repeatDur"},
                                 {"requiredextensions", "requiredExtensions"},
                                 {"requiredfeatures", "requiredFeatures"},
                                 {"specularconstant", "specularConstant"},
                                 {"specularexponent", "specularExponent"},
                                 {"spreadmethod", "spreadMethod"},
                                 {"startoffset", "startOffset"},
                                 {"stddeviation", "stdDeviation"},
                                 {"stitchtiles", "stitchTiles"},
                                 {"surfacescale", "surfaceScale"},
                                 {"systemlanguage", "systemLanguage"},
                                 {"tablevalues", "tableValues"},
                                 {"targetx", "targetX"},
                                 {"targety", "targetY"},
                                 {"textlength", "textLength"},
                                 {"viewbox", "viewBox"},
                                 {"viewtarget", "viewTarget"},
                                 {"xchannelselector", "xChannelSelector"},
                                 {"ychannelselector", "yChannelSelector"},
                                 {"zoomandpan", "zoomAndPan"}};
    return written(name, names, sizeof names / sizeof *names);
}

/* "xlink:href" and its like come into their namespaces. */
static void adjust_namespace(slk_attribute *a) {
    static const struct {
        const char *name;
        uint8_t prefix_b, ns;
    } names[] = {
        {"xlink:actuate", 6, SLK_NS_XLINK}, {"xlink:arcrole", 6, SLK_NS_XLINK}, {"xlink:href", 6, SLK_NS_XLINK},
        {"xlink:role", 6, SLK_NS_XLINK},    {"xlink:show", 6, SLK_NS_XLINK},    {"xlink:title", 6, SLK_NS_XLINK},
        {"xlink:type", 6, SLK_NS_XLINK},    {"xml:lang", 4, SLK_NS_XML},        {"xml:space", 4, SLK_NS_XML},
        {"xmlns", 0, SLK_NS_XMLNS},         {"xmlns:xlink", 6, SLK_NS_XMLNS}};
    if (a->name.n < 5 || a->name.at[0] != 'x') return;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!slk_text_is(a->name, names[i].name)) continue;
        a->ns = names[i].ns;
        a->name = (slk_text){a->name.at + names[i].prefix_b, a->name.n - names[i].prefix_b};
        return;
    }
}

void slk_foreign_adjust(slk_parser *p, slk_node *n) {
    (void)p;
    if (n->ns == SLK_NS_SVG) n->name = svg_name(n->name);
    for (uint32_t i = 0; i < n->n_attributes; i++) {
        slk_attribute *a = &n->attributes[i];
        if (n->ns == SLK_NS_SVG) a->name = svg_attribute(a->name);
        if (n->ns == SLK_NS_MATHML && slk_text_is(a->name, "definitionurl")) a->name = slk_text_of("definitionURL");
        adjust_namespace(a);
    }
}

/* A tag that cannot stand in foreign content: it ends it. */
static bool breaks_out(const slk_html_token *t) {
    if (t->kind == SLK_HTML_END) return t->tag == SLK_TAG_BR || t->tag == SLK_TAG_P;
    if (t->tag == SLK_TAG_FONT)
        for (uint32_t i = 0; i < t->n_attributes; i++)
            if (slk_text_is(t->attributes[i].name, "color") || slk_text_is(t->attributes[i].name, "face") ||
                slk_text_is(t->attributes[i].name, "size"))
                return true;
    return (slk_html_tag_flags(t->tag) & SLK_HTML_BREAKOUT) != 0;
}

static void break_out(slk_parser *p, slk_html_token *t) {
    for (const slk_node *n; (n = slk_parser_current(p)) != NULL; slk_parser_pop(p))
        if (n->ns == SLK_NS_HTML || is_mathml_point(n) || slk_node_is_html_point(n)) break;
    slk_parser_run(p, t, p->mode);
}

static void foreign_start(slk_parser *p, slk_html_token *t) {
    const slk_node *n = slk_parser_adjusted(p);
    (void)slk_parser_insert_foreign(p, t, (slk_namespace)n->ns);
    if (t->self_closing) slk_parser_pop(p);
}

static bool same_name(const slk_node *n, const slk_html_token *t) {
    if (t->tag != SLK_TAG_NONE || n->tag != SLK_TAG_NONE) return n->tag == t->tag;
    if (n->name.n != t->text.n) return false;
    for (size_t i = 0; i < n->name.n; i++)
        if (slk_lower(n->name.at[i]) != t->text.at[i]) return false;
    return true;
}

static void foreign_end(slk_parser *p, slk_html_token *t) {
    for (uint32_t i = p->open.n; i-- > 0;) {
        const slk_node *n = p->open.at[i];
        if (i + 1 < p->open.n && n->ns == SLK_NS_HTML) {
            slk_parser_run(p, t, p->mode);
            return;
        }
        if (i == 0) return;
        if (same_name(n, t)) {
            slk_parser_pop_node(p, n);
            return;
        }
    }
}

void slk_mode_foreign(slk_parser *p, slk_html_token *t) {
    switch (t->kind) {
    case SLK_HTML_NUL: {
        slk_piece nul = {.text = slk_text_of("\xEF\xBF\xBD"), .from_b = t->from_b, .to_b = t->to_b};
        slk_parser_piece(p, &nul);
        break;
    }
    case SLK_HTML_TEXT:
        slk_parser_text(p, t);
        if (p->frameset_ok && !slk_html_blank(t->text)) p->frameset_ok = false;
        break;
    case SLK_HTML_COMMENT: slk_parser_comment(p, t, NULL); break;
    case SLK_HTML_START:
    case SLK_HTML_END:
        if (breaks_out(t))
            break_out(p, t);
        else if (t->kind == SLK_HTML_START)
            foreign_start(p, t);
        else
            foreign_end(p, t);
        break;
    case SLK_HTML_DOCTYPE:
    case SLK_HTML_EOF: break;
    }
}
