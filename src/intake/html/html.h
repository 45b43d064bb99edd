/* html.h - an HTML page as a tree, as the WHATWG standard builds it (13.2). Text is not copied where the page already has it:
 * a text node is a list of pieces, each with the place in the source that it came from, so that every character of what is
 * later taken for the report's text leads back to its bytes.
 *
 * Nodes live in the arena and point at each other. Nothing recurses; depth, nodes and bytes have limits. */
#ifndef SLK_INTAKE_HTML_HTML_H
#define SLK_INTAKE_HTML_HTML_H

#include "base/mem.h"
#include "intake/html/tags.h"
#include "pack/pack.h"

#define SLK_MAX_PAGE_B (8u << 20)      /* bytes of a page */
#define SLK_MAX_PAGE_DEPTH 256u        /* open elements at once */
#define SLK_MAX_PAGE_NODES (2u << 20)  /* nodes of a page */
#define SLK_MAX_ADDED_ATTRIBUTES 1024u /* that later <html> and <body> tags may add to the first */

typedef enum slk_node_kind {
    SLK_NODE_DOCUMENT,
    SLK_NODE_FRAGMENT, /* the contents of a <template> */
    SLK_NODE_DOCTYPE,
    SLK_NODE_ELEMENT,
    SLK_NODE_TEXT,
    SLK_NODE_COMMENT
} slk_node_kind;

typedef enum slk_namespace {
    SLK_NS_HTML,
    SLK_NS_MATHML,
    SLK_NS_SVG,
    SLK_NS_XLINK, /* these three of attributes only; there SLK_NS_HTML means none */
    SLK_NS_XML,
    SLK_NS_XMLNS
} slk_namespace;

typedef struct slk_attribute {
    slk_text name, value;
    uint32_t from_b; /* where its name begins in the source */
    uint8_t ns;      /* slk_namespace */
} slk_attribute;

typedef struct slk_piece { /* a run of text that has one origin */
    struct slk_piece *next;
    slk_text text;   /* lies in the source, or was made (a character reference) */
    uint32_t from_b; /* source bytes from_b .. to_b; to_b - from_b == text.n where the text is the source's own */
    uint32_t to_b;
} slk_piece;

typedef struct slk_doctype {
    slk_text name, public_id, system_id; /* {NULL, 0} where missing */
    bool quirks;
} slk_doctype;

typedef struct slk_node {
    struct slk_node *parent, *first, *last, *before, *after;
    uint32_t id;     /* nodes are numbered in the order they were made, from 0 */
    uint32_t from_b; /* where the tag, text or comment that made it begins in the source */
    uint16_t tag;    /* slk_tag, also in foreign content */
    uint8_t kind, ns;
    uint32_t n_attributes;
    union {
        struct { /* elements */
            slk_text name;
            slk_attribute *attributes;
            struct slk_node *content; /* of a <template>: the fragment */
        };
        struct { /* text and comments (a comment is one piece) */
            slk_piece piece;
            slk_piece *last_piece;
        };
        slk_doctype *doctype;
    };
} slk_node;

typedef struct slk_html_options {
    bool scripting;      /* what a browser that runs scripts sees: <noscript> is text */
    uint32_t most_depth; /* open elements at once */
    const char *context; /* NULL: a whole page; else a fragment as inside this element ("td", "svg path", "math mi") */
    bool context_has_form; /* the context stands in a <form> */
} slk_html_options;

/* Parses source (UTF-8, at most SLK_MAX_PAGE_B; not altered, must outlive the tree) into *root, a document (of a fragment: the
 * <html> element whose children they are). pack: holds the named character references; may be NULL, then there are none.
 * Returns SLK_OK, SLK_ENOMEM or SLK_ELIMIT (too deep, too many nodes, too long; fault says which and where). O(n). */
SLK_MUST slk_err slk_html_parse(const slk_pack *pack, slk_text source, const slk_html_options *options,
                                slk_arena *arena, slk_node **root, slk_fault *fault);

static inline bool slk_node_is(const slk_node *n, slk_tag tag) {
    return n && n->kind == SLK_NODE_ELEMENT && n->ns == SLK_NS_HTML && n->tag == tag;
}
/* The value of an attribute by name; {NULL, 0} where the element has none such. */
slk_text slk_node_attribute(const slk_node *n, const char *name);
/* The next node of the tree under root in document order; NULL at the end. With skip the children of n are passed over. */
const slk_node *slk_node_next(const slk_node *root, const slk_node *n, bool skip);

#endif
