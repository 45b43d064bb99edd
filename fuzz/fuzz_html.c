/* fuzz_html.c - any bytes as a page (the first decides about scripting and context): the tree hangs together, every piece of text
 * lies where it says in the source, and no node hangs twice. */
#include <stdlib.h>
#include <string.h>

#include "intake/html/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold_text(const slk_node *n, slk_text source) {
    for (const slk_piece *p = &n->piece; p; p = p->next) {
        if (p->from_b > p->to_b || p->to_b > source.n || !p->text.at) abort();
        bool own = p->text.at >= source.at && p->text.at < source.at + source.n;
        if (own && p->text.at != source.at + p->from_b) abort();
    }
}

static void hold(const slk_node *root, slk_text source) {
    uint32_t seen = 0;
    for (const slk_node *n = root; n; n = slk_node_next(root, n, false)) {
        if (++seen > SLK_MAX_PAGE_NODES) abort();
        for (const slk_node *c = n->first; c; c = c->after)
            if (c->parent != n || (c->after && c->after->before != c)) abort();
        if (n->kind == SLK_NODE_TEXT) hold_text(n, source);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static slk_pack *pack;
    static const char *const contexts[] = {NULL, "td", "select", "svg path", "math mi", "template", "title", "table"};
    if (!pack && slk_pack_open(getenv("SILLOK_PACK"), &slk_mem_system, &pack, NULL) != SLK_OK) abort();
    if (size == 0) return 0;
    slk_html_options options = {.scripting = data[0] & 1, .most_depth = data[0] & 2 ? 32 : SLK_MAX_PAGE_DEPTH};
    options.context = contexts[data[0] >> 2 & 7];
    slk_text source = {(const char *)data + 1, size - 1};
    slk_arena arena;
    slk_arena_start(&arena, &slk_mem_system, (size_t)1 << 31);
    slk_node *root;
    slk_err err = slk_html_parse(pack, source, &options, &arena, &root, NULL);
    if (err == SLK_OK) hold(root, source);
    if (err != SLK_OK && err != SLK_ELIMIT) abort();
    slk_arena_free(&arena);
    return 0;
}
