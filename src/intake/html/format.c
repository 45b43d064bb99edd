/* format.c - the list of active formatting elements: <b>, <a>, <font>, ... that were opened and go on in later paragraphs until
 * they are closed, however the tags cross. See parser.h; the algorithms keep the standard's names. */
#include <string.h>

#include "base/text.h"
#include "intake/html/parser.h"

#define OUTER_MOST 8u /* the standard's own bounds of the adoption agency */
#define INNER_MOST 3u
#define SAME_MOST 3u     /* the "Noah's Ark clause" */
#define LIST_MOST 65536u /* markers and elements; depth keeps it far below */

static int64_t index_of(const slk_parser *p, const slk_node *n) {
    for (int64_t i = (int64_t)p->formats.n - 1; i >= 0; i--)
        if (p->formats.at[i] == n) return i;
    return -1;
}

static void remove_at(slk_parser *p, int64_t i) {
    p->formats.n--;
    for (uint32_t k = (uint32_t)i; k < p->formats.n; k++) p->formats.at[k] = p->formats.at[k + 1];
}

static void insert_at(slk_parser *p, int64_t i, slk_node *n) {
    slk_err err =
        slk_list_room(p->arena, (void **)&p->formats.at, &p->formats.cap, p->formats.n, sizeof(void *), LIST_MOST);
    if (err != SLK_OK) {
        p->err = err;
        p->why = "more formatting elements";
        return;
    }
    for (int64_t k = p->formats.n; k > i; k--) p->formats.at[k] = p->formats.at[k - 1];
    p->formats.at[i] = n;
    p->formats.n++;
}

void slk_parser_unformat(slk_parser *p, const slk_node *n) {
    int64_t i = index_of(p, n);
    if (i >= 0) remove_at(p, i);
}

void slk_parser_marker(slk_parser *p) { insert_at(p, p->formats.n, NULL); }

void slk_parser_clear_to_marker(slk_parser *p) {
    while (p->formats.n)
        if (!p->formats.at[--p->formats.n]) return;
}

static bool same(const slk_node *a, const slk_node *b) {
    if (a->tag != b->tag || a->n_attributes != b->n_attributes) return false;
    for (uint32_t i = 0; i < a->n_attributes; i++) {
        bool found = a->attributes == b->attributes;
        for (uint32_t k = 0; k < b->n_attributes && !found; k++)
            found = slk_text_eq(a->attributes[i].name, b->attributes[k].name) &&
                    slk_text_eq(a->attributes[i].value, b->attributes[k].value);
        if (!found) return false;
    }
    return true;
}

void slk_parser_format(slk_parser *p, slk_node *n) {
    if (!n || p->err != SLK_OK) return;
    unsigned equal = 0;
    int64_t earliest = -1;
    for (int64_t i = (int64_t)p->formats.n - 1; i >= 0 && p->formats.at[i]; i--) {
        if (!same(p->formats.at[i], n)) continue;
        equal++;
        earliest = i;
    }
    if (equal >= SAME_MOST) remove_at(p, earliest);
    insert_at(p, p->formats.n, n);
}

slk_node *slk_parser_format_before_marker(const slk_parser *p, slk_tag tag) {
    for (int64_t i = (int64_t)p->formats.n - 1; i >= 0 && p->formats.at[i]; i--)
        if (p->formats.at[i]->tag == tag) return p->formats.at[i];
    return NULL;
}

void slk_parser_reconstruct(slk_parser *p) {
    uint32_t n = p->formats.n, i = n;
    while (i > 0 && p->formats.at[i - 1] && slk_parser_index(p, p->formats.at[i - 1]) < 0) i--;
    for (; i < n && p->err == SLK_OK; i++) {
        slk_node *again = slk_parser_again(p, p->formats.at[i]);
        slk_parser_put(slk_parser_place(p, NULL), again);
        slk_parser_push(p, again);
        if (again) p->formats.at[i] = again;
    }
}

/* The special element that is the topmost below the one at stack index i; -1 where there is none. */
static int64_t furthest_block(const slk_parser *p, int64_t i) {
    for (int64_t k = i + 1; k < (int64_t)p->open.n; k++)
        if (slk_node_is_special(p->open.at[k])) return k;
    return -1;
}

/* Steps of the inner loop: the elements between the block and the formatting element are made anew or left out. Returns the
 * last node of the chain; *bookmark moves behind the first new one. */
static slk_node *inner_loop(slk_parser *p, const slk_node *format, slk_node *block, int64_t at, int64_t *bookmark) {
    slk_node *last = block;
    for (unsigned inner = 1; p->err == SLK_OK && at > 0; inner++) {
        slk_node *node = p->open.at[--at];
        if (node == format) break;
        int64_t listed = index_of(p, node);
        if (inner > INNER_MOST && listed >= 0) {
            remove_at(p, listed);
            if (listed < *bookmark) (*bookmark)--;
            listed = -1;
        }
        if (listed < 0) {
            slk_parser_remove(p, node);
            continue;
        }
        slk_node *again = slk_parser_again(p, node);
        if (!again) break;
        p->formats.at[listed] = again;
        p->open.at[at] = again;
        if (last == block) *bookmark = listed + 1;
        slk_parser_unlink(last);
        slk_parser_put((slk_spot){again, NULL}, last);
        last = again;
    }
    return last;
}

/* One round for the formatting element at stack index i with its furthest block at b. */
static void adopt_once(slk_parser *p, slk_node *format, int64_t i, int64_t b) {
    slk_node *common = p->open.at[i - 1], *block = p->open.at[b];
    int64_t bookmark = index_of(p, format);
    slk_node *last = inner_loop(p, format, block, b, &bookmark);
    slk_parser_unlink(last);
    slk_parser_put(slk_parser_place(p, common), last);
    slk_node *again = slk_parser_again(p, format);
    if (!again) return;
    slk_parser_move_children(block, again);
    slk_parser_put((slk_spot){block, NULL}, again);
    int64_t old = index_of(p, format);
    remove_at(p, old);
    insert_at(p, old < bookmark ? bookmark - 1 : bookmark, again);
    slk_parser_remove(p, format);
    slk_parser_push(p, again); /* makes room; then to its place just above the block */
    if (p->err != SLK_OK) return;
    uint32_t k = p->open.n - 1;
    for (; k > 0 && p->open.at[k - 1] != block; k--) p->open.at[k] = p->open.at[k - 1];
    p->open.at[k] = again;
}

void slk_parser_adopt(slk_parser *p, const slk_html_token *t) {
    const slk_node *current = slk_parser_current(p);
    if (slk_node_is(current, t->tag) && index_of(p, current) < 0) {
        slk_parser_pop(p);
        return;
    }
    for (unsigned outer = 0; outer < OUTER_MOST && p->err == SLK_OK; outer++) {
        slk_node *format = slk_parser_format_before_marker(p, t->tag);
        if (!format) {
            slk_body_any_other_end(p, t);
            return;
        }
        int64_t i = slk_parser_index(p, format);
        if (i < 0) {
            slk_parser_unformat(p, format);
            return;
        }
        if (!slk_parser_node_in_scope(p, format)) return;
        int64_t b = furthest_block(p, i);
        if (b < 0 || i == 0) {
            slk_parser_pop_node(p, format);
            slk_parser_unformat(p, format);
            return;
        }
        adopt_once(p, format, i, b);
    }
}
