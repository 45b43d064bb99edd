/* flat.c - a tree laid flat: one block for each paragraph, heading, item, cell; white space is collapsed as a browser does, and each
 * run of text keeps its place in the source. Elements that cannot hold text are left out; those that say they hold something else
 * than the story (words.c) are marked, not dropped: main.c decides. */
#include <string.h>

#include "base/text.h"
#include "intake/page/inside.h"

#define RUNS_MOST (8u << 20)
#define BLOCKS_MOST (2u << 20)

bool slk_flat_is_block(const slk_node *n) {
    if (n->kind != SLK_NODE_ELEMENT || n->ns != SLK_NS_HTML) return false;
    switch (n->tag) {
    case SLK_TAG_ADDRESS:
    case SLK_TAG_ARTICLE:
    case SLK_TAG_ASIDE:
    case SLK_TAG_BLOCKQUOTE:
    case SLK_TAG_BODY:
    case SLK_TAG_CAPTION:
    case SLK_TAG_CENTER:
    case SLK_TAG_DD:
    case SLK_TAG_DETAILS:
    case SLK_TAG_DIALOG:
    case SLK_TAG_DIR:
    case SLK_TAG_DIV:
    case SLK_TAG_DL:
    case SLK_TAG_DT:
    case SLK_TAG_FIELDSET:
    case SLK_TAG_FIGCAPTION:
    case SLK_TAG_FIGURE:
    case SLK_TAG_FOOTER:
    case SLK_TAG_FORM:
    case SLK_TAG_H1:
    case SLK_TAG_H2:
    case SLK_TAG_H3:
    case SLK_TAG_H4:
    case SLK_TAG_H5:
    case SLK_TAG_H6:
    case SLK_TAG_HEADER:
    case SLK_TAG_HGROUP:
    case SLK_TAG_HR:
    case SLK_TAG_HTML:
    case SLK_TAG_LEGEND:
    case SLK_TAG_LI:
    case SLK_TAG_LISTING:
    case SLK_TAG_MAIN:
    case SLK_TAG_MENU:
    case SLK_TAG_NAV:
    case SLK_TAG_OL:
    case SLK_TAG_P:
    case SLK_TAG_PRE:
    case SLK_TAG_SEARCH:
    case SLK_TAG_SECTION:
    case SLK_TAG_SUMMARY:
    case SLK_TAG_TABLE:
    case SLK_TAG_TBODY:
    case SLK_TAG_TD:
    case SLK_TAG_TFOOT:
    case SLK_TAG_TH:
    case SLK_TAG_THEAD:
    case SLK_TAG_TR:
    case SLK_TAG_UL:
    case SLK_TAG_XMP: return true;
    default: return false;
    }
}

/* Elements that hold no text a reader sees, or only that of controls. */
static bool is_void(const slk_node *n) {
    if (n->kind != SLK_NODE_ELEMENT) return n->kind != SLK_NODE_TEXT && n->kind != SLK_NODE_DOCUMENT;
    if (n->ns != SLK_NS_HTML) return n->ns == SLK_NS_SVG;
    switch (n->tag) {
    case SLK_TAG_AUDIO:
    case SLK_TAG_BUTTON:
    case SLK_TAG_CANVAS:
    case SLK_TAG_DATALIST:
    case SLK_TAG_HEAD:
    case SLK_TAG_IFRAME:
    case SLK_TAG_NOEMBED:
    case SLK_TAG_NOFRAMES:
    case SLK_TAG_OBJECT:
    case SLK_TAG_SCRIPT:
    case SLK_TAG_SELECT:
    case SLK_TAG_STYLE:
    case SLK_TAG_TEMPLATE:
    case SLK_TAG_TEXTAREA:
    case SLK_TAG_TITLE:
    case SLK_TAG_VIDEO: return true;
    default: return false;
    }
}

static uint8_t kind_of(const slk_node *n, uint8_t inherited) {
    if (n->kind != SLK_NODE_ELEMENT || n->ns != SLK_NS_HTML) return inherited;
    switch (n->tag) {
    case SLK_TAG_BLOCKQUOTE: return SLK_BLOCK_QUOTE;
    case SLK_TAG_LI:
    case SLK_TAG_DD:
    case SLK_TAG_DT: return SLK_BLOCK_ITEM;
    case SLK_TAG_TD:
    case SLK_TAG_TH: return SLK_BLOCK_CELL;
    case SLK_TAG_PRE:
    case SLK_TAG_LISTING:
    case SLK_TAG_XMP: return SLK_BLOCK_CODE;
    case SLK_TAG_TABLE:
    case SLK_TAG_UL:
    case SLK_TAG_OL: return SLK_BLOCK_PARAGRAPH;
    default: return n->tag >= SLK_TAG_H1 && n->tag <= SLK_TAG_H6 ? SLK_BLOCK_HEADING : inherited;
    }
}

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* Ends the block that is open, if it has any text. */
static void close_block(slk_flat *f) {
    f->space = false;
    if (!f->open) return;
    f->open = false;
    f->now.span.end = (uint32_t)f->text.n;
    while (f->now.span.end > f->now.span.start && is_blank(f->text.at[f->now.span.end - 1])) f->now.span.end--;
    slk_buf_puts(&f->text, "\n");
    slk_err err = SLK_ROOM(f->arena, &f->blocks, BLOCKS_MOST);
    if (err != SLK_OK)
        f->err = err;
    else
        f->blocks.at[f->blocks.n++] = f->now;
}

static const slk_node *block_around(const slk_node *n) {
    while (n->parent && !slk_flat_is_block(n)) n = n->parent;
    return n;
}

static void open_block(slk_flat *f, const slk_node *text) {
    const slk_node *around = block_around(text);
    const slk_element *e = &f->elements[around->id];
    f->open = true;
    f->space = false;
    f->now = (slk_block){.node = around, .span.start = (uint32_t)f->text.n, .kind = e->kind};
    f->now.in = text->parent;
    f->now.first_run = f->runs.n;
    for (const slk_node *n = around; n && e->kind == SLK_BLOCK_HEADING; n = n->parent)
        if (n->kind == SLK_NODE_ELEMENT && n->tag >= SLK_TAG_H1 && n->tag <= SLK_TAG_H6) {
            f->now.heading = (uint8_t)(n->tag - SLK_TAG_H1 + 1);
            break;
        }
}

static void put(slk_flat *f, const char *at, size_t n, uint32_t from_b, uint32_t to_b) {
    slk_origin *last = f->runs.n ? &f->runs.at[f->runs.n - 1] : NULL;
    uint32_t at_b = (uint32_t)f->text.n;
    slk_buf_add(&f->text, at, n);
    bool goes_on = last && last->to_b == from_b && at_b - last->at_b == last->to_b - last->from_b &&
                   to_b - from_b == n && f->runs.n > f->now.first_run;
    if (goes_on) {
        last->to_b = to_b;
        return;
    }
    slk_err err = SLK_ROOM(f->arena, &f->runs, RUNS_MOST);
    if (err != SLK_OK)
        f->err = err;
    else
        f->runs.at[f->runs.n++] = (slk_origin){at_b, from_b, to_b};
}

static void count(slk_flat *f, const char *at, size_t n, bool link) {
    f->now.n_words++;
    if (link) f->now.link_b += (uint32_t)n;
    size_t k = n;
    while (k > 1 && (at[k - 1] == '"' || at[k - 1] == ')' || at[k - 1] == '\'')) k--;
    char last = at[k - 1];
    bool wide = n >= 3 && (memcmp(at + n - 3, "\xE3\x80\x82", 3) == 0 || memcmp(at + n - 3, "\xE2\x80\x9D", 3) == 0);
    if (last == '.' || last == '!' || last == '?' || last == ':' || last == ';' || wide) f->now.n_stops++;
}

/* A piece of text word by word: white space between words is one space, at the ends of blocks none. */
static void add_words(slk_flat *f, const slk_node *text, const slk_piece *p, bool link) {
    bool own = p->to_b - p->from_b == p->text.n;
    for (size_t i = 0; i < p->text.n;) {
        if (is_blank(p->text.at[i])) {
            if (f->open && !f->space) f->space_b = own ? p->from_b + (uint32_t)i : p->from_b;
            f->space = f->open;
            i++;
            continue;
        }
        size_t from = i;
        while (i < p->text.n && !is_blank(p->text.at[i])) i++;
        if (!f->open) open_block(f, text);
        if (f->space) put(f, " ", 1, f->space_b, f->space_b + 1);
        f->space = false;
        put(f, p->text.at + from, i - from, own ? p->from_b + (uint32_t)from : p->from_b,
            own ? p->from_b + (uint32_t)i : p->to_b);
        count(f, p->text.at + from, i - from, link);
    }
}

/* In <pre> white space stays. */
static void add_verbatim(slk_flat *f, const slk_node *text, const slk_piece *p, bool link) {
    size_t from = 0;
    while (!f->open && from < p->text.n && is_blank(p->text.at[from])) from++;
    if (from == p->text.n) return;
    if (!f->open) open_block(f, text);
    bool own = p->to_b - p->from_b == p->text.n;
    put(f, p->text.at + from, p->text.n - from, own ? p->from_b + (uint32_t)from : p->from_b, p->to_b);
    count(f, p->text.at + from, p->text.n - from, link);
}

static void add_text(slk_flat *f, const slk_node *n) {
    const slk_element *e = &f->elements[n->parent->id];
    for (const slk_piece *p = &n->piece; p; p = p->next) {
        f->broken = false;
        if (e->pre)
            add_verbatim(f, n, p, e->link);
        else
            add_words(f, n, p, e->link);
    }
}

/* <br>: the first ends a line, a second one the paragraph. */
static void add_break(slk_flat *f, const slk_node *n) {
    if (f->broken) {
        close_block(f);
    } else if (f->open) {
        f->space = false;
        put(f, "\n", 1, n->from_b, n->from_b + 1);
    }
    f->broken = true;
}

static void enter(slk_flat *f, const slk_node *n) {
    slk_element *e = &f->elements[n->id];
    const slk_element *up = n->parent ? &f->elements[n->parent->id] : NULL;
    *e = (slk_element){.kind = SLK_BLOCK_PARAGRAPH};
    if (up) *e = (slk_element){.link = up->link, .pre = up->pre, .kind = up->kind};
    if (n->kind != SLK_NODE_ELEMENT) return;
    e->kind = kind_of(n, e->kind);
    e->link = e->link || slk_node_is(n, SLK_TAG_A);
    e->pre = e->pre || slk_node_is(n, SLK_TAG_PRE) || slk_node_is(n, SLK_TAG_LISTING);
    e->own = (uint8_t)slk_words_of(f->pack, n);
}

void slk_flat_inherit(slk_flat *f) {
    for (const slk_node *n = f->root; n; n = slk_node_next(f->root, n, false)) {
        slk_element *e = &f->elements[n->id];
        slk_why up = n->parent ? (slk_why)f->elements[n->parent->id].why : SLK_WHY_NOT;
        bool keeps = e->own == SLK_WHY_NOT || (up > SLK_WHY_CONTENT && e->own <= SLK_WHY_META);
        e->why = keeps ? (uint8_t)up : e->own;
    }
}

static slk_err start(slk_flat *f) {
    uint32_t most = 0;
    for (const slk_node *n = f->root; n; n = slk_node_next(f->root, n, false)) {
        if (n->id > most) most = n->id;
        if (slk_node_is(n, SLK_TAG_BODY) && !f->body) f->body = n;
    }
    f->n_elements = most + 1;
    f->elements = slk_arena_take(f->arena, (size_t)f->n_elements * sizeof *f->elements);
    slk_buf_start(&f->text, &f->arena->mem, (size_t)SLK_MAX_PAGE_B * 2);
    return f->elements ? SLK_OK : SLK_ENOMEM;
}

slk_err slk_flat_make(slk_flat *f) {
    slk_err err = start(f);
    if (err != SLK_OK) return err;
    const slk_node *n = f->root;
    while (n && f->err == SLK_OK && f->text.err == SLK_OK) {
        bool skip = is_void(n);
        if (n->kind == SLK_NODE_TEXT) add_text(f, n);
        if (!skip && n->kind != SLK_NODE_TEXT) {
            enter(f, n);
            if (slk_flat_is_block(n)) close_block(f);
            if (slk_node_is(n, SLK_TAG_BR)) add_break(f, n);
        }
        if (!skip && n->first) {
            n = n->first;
            continue;
        }
        while (n && n != f->root && !n->after) {
            n = n->parent;
            if (n && slk_flat_is_block(n)) close_block(f);
        }
        n = !n || n == f->root ? NULL : n->after;
    }
    close_block(f);
    slk_flat_inherit(f);
    return f->err != SLK_OK ? f->err : f->text.err;
}
