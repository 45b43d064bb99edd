/* headline.c - the headline that readers see: which of a page's large headings stands over its story. What the page calls itself for
 * machines (title, Open Graph, JSON-LD) is often another, made for search engines, and the first large heading is often the name of the
 * site. A heading counts that stands in the story's frame before its first paragraph, or that the page's title holds. */
#include "base/text.h"
#include "intake/page/inside.h"

#define HEADLINE_MOST_B 300u
#define NAME_WORDS 2u /* a section or a site may be called so */
#define HELD_LEAST_B 8u
#define ACCEPTED 4
#define HEADINGS_MOST 64u
#define UP_MOST 4u /* elements between the story's and the one that holds the headline too */

/* Letters and digits only, in small letters: titles differ in dashes and quotes. */
static size_t bare(slk_text t, char *out, size_t size) {
    size_t n = 0;
    for (size_t i = 0; i < t.n && n < size; i++)
        if (slk_is_alpha(t.at[i]) || slk_is_digit(t.at[i]) ||
            ((unsigned char)t.at[i] >= 0x80 && (unsigned char)t.at[i] != 0xE2))
            out[n++] = slk_lower(t.at[i]);
    return n;
}

static bool holds_text(const char *title, slk_text heading) {
    char whole[2 * HEADLINE_MOST_B], part[HEADLINE_MOST_B];
    size_t n = bare(slk_text_of(title), whole, sizeof whole), m = bare(heading, part, sizeof part);
    return m >= HELD_LEAST_B && n >= m && memmem(whole, n, part, m) != NULL;
}

static bool is_same(const char *name, slk_text heading) {
    char a[HEADLINE_MOST_B], b[HEADLINE_MOST_B];
    size_t n = bare(slk_text_of(name), a, sizeof a), m = bare(heading, b, sizeof b);
    return n && n == m && memcmp(a, b, n) == 0;
}

static bool in_frame(const slk_node *root, const slk_node *n) {
    for (unsigned up = 0; root && up < UP_MOST && !slk_node_is(root, SLK_TAG_BODY); up++, root = root->parent)
        for (const slk_node *m = n; m; m = m->parent)
            if (m == root) return true;
    return false;
}

static int score(const slk_flat *f, const slk_node *root, const slk_facts *facts, const slk_block *b, bool before) {
    slk_text t = slk_block_text(f, b);
    slk_why why = slk_block_why(f, b);
    bool held = holds_text(facts->title, t) || holds_text(facts->og_title, t) || holds_text(facts->page_title, t);
    bool name = is_same(facts->outlet, t) || is_same(facts->outlet_too, t);
    if (why == SLK_WHY_RELATED || why == SLK_WHY_COMMENT || why == SLK_WHY_CAPTION || why == SLK_WHY_HIDDEN) return 0;
    if (b->heading > 1 && (!held || !before)) return 0;
    int sum = 0;
    if (held) sum += 3;
    if (why != SLK_WHY_FRAME) sum += 2;
    if (in_frame(root, b->node)) sum += 1;
    if (before) sum += 1;
    if (b->heading > 1) sum -= 1;
    if (b->n_words <= NAME_WORDS && !held) sum -= 2;
    if (b->n_words == 1) sum -= 1;
    if (b->link_b * 2 > t.n) sum -= 2;
    return name ? 0 : sum;
}

void slk_headline_choose(const slk_flat *f, const slk_node *root, uint32_t first_good, slk_facts *facts) {
    const slk_block *best = NULL;
    int most = ACCEPTED - 1;
    for (uint32_t i = 0, n = 0; i < f->blocks.n && n < HEADINGS_MOST; i++) {
        const slk_block *b = &f->blocks.at[i];
        if (!b->heading || b->heading > 2 || b->span.end - b->span.start > HEADLINE_MOST_B) continue;
        n++;
        int s = score(f, root, facts, b, i < first_good);
        if (s > most || (s == most && best && i < first_good)) {
            best = b;
            most = s;
        }
    }
    if (!best) return;
    slk_text t = slk_block_text(f, best);
    char *copy = slk_arena_copy(f->arena, t.at, t.n);
    if (!copy) return;
    for (size_t i = 0; i < t.n; i++)
        if (slk_is_space(copy[i])) copy[i] = ' ';
    facts->title = copy;
}
