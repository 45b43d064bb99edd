/* words.c - what the names of elements, their classes, ids and roles say of what they hold (data/page_words.tsv), and phrases that
 * are never part of a story (data/page_phrases.tsv). A class is cut into words at hyphens, underscores and capitals; two words
 * together ("read-more", "article-body") say more than one. What is folded away (display: none, aria-hidden) is not asked for: answers to
 * questions and later parts of stories stand so until a reader opens them. */
#include <string.h>

#include "base/text.h"
#include "intake/page/inside.h"

#define WORD_MOST_B 40u
#define CLASS_MOST_B 96u
#define WORDS_MOST 12u

static slk_why why_of(slk_text word) {
    static const char *const words[] = {"", "content", "frame", "related", "meta", "comment", "caption", "hidden"};
    for (unsigned i = 1; i < sizeof words / sizeof *words; i++)
        if (slk_text_is(word, words[i])) return (slk_why)i;
    return SLK_WHY_NOT;
}

static slk_why look_up(const slk_pack *pack, const char *key, size_t n) {
    uint32_t row = slk_pack_find(pack, SLK_T_PAGE_WORDS, (slk_text){key, n});
    return row == SLK_NONE ? SLK_WHY_NOT : why_of(slk_pack_cell(pack, SLK_T_PAGE_WORDS, row, SLK_PAGE_WORDS_WHY));
}

/* A class in small letters with "-" between its words; at: where each word begins. Returns the number of words, 0 where the class
 * is none that speaks (too long, or "has-sidebar": it speaks of something else). */
static unsigned cut(slk_text class, char out[CLASS_MOST_B], size_t *length, size_t at[WORDS_MOST + 1]) {
    static const char *const others[] = {"no", "has", "with",      "without", "not",
                                         "is", "js",  "elementor", "hide",    "enable"};
    size_t n = 0;
    unsigned words = 0;
    bool begins = true;
    if (class.n >= CLASS_MOST_B / 2) return 0;
    for (size_t i = 0; i < class.n; i++) {
        char c = class.at[i];
        bool letter = slk_is_alpha(c) || slk_is_digit(c) || (unsigned char)c >= 0x80;
        bool hump = i && slk_is_upper(c) && slk_is_lower(class.at[i - 1]);
        if (!letter || hump) begins = true;
        if (!letter) continue;
        if (begins) {
            if (words == WORDS_MOST) return 0;
            if (n) out[n++] = '-';
            at[words++] = n;
        }
        begins = false;
        out[n++] = slk_lower(c);
    }
    at[words] = n + 1;
    *length = n;
    for (size_t i = 0; words && i < sizeof others / sizeof *others; i++)
        if (at[1] - 1 == strlen(others[i]) && memcmp(out, others[i], at[1] - 1) == 0) return 0;
    return words;
}

typedef struct verdict {
    slk_why whole, pair, single;
} verdict;

static void hear(slk_why *kept, slk_why said) {
    if (said == SLK_WHY_NOT) return;
    if (*kept == SLK_WHY_NOT || *kept == SLK_WHY_CONTENT) *kept = said;
}

static void hear_class(const slk_pack *pack, slk_text class, verdict *v) {
    char word[CLASS_MOST_B];
    size_t n, at[WORDS_MOST + 1];
    unsigned words = cut(class, word, &n, at);
    if (!words) return;
    if (words > 2) hear(&v->whole, look_up(pack, word, n));
    for (unsigned i = 0; i + 1 < words; i++) hear(&v->pair, look_up(pack, word + at[i], at[i + 2] - 1 - at[i]));
    for (unsigned i = 0; i < words; i++) hear(&v->single, look_up(pack, word + at[i], at[i + 1] - 1 - at[i]));
}

static void hear_classes(const slk_pack *pack, slk_text list, verdict *v) {
    for (size_t i = 0; i < list.n;) {
        while (i < list.n && slk_is_space(list.at[i])) i++;
        size_t from = i;
        while (i < list.n && !slk_is_space(list.at[i])) i++;
        if (i > from) hear_class(pack, (slk_text){list.at + from, i - from}, v);
    }
}

static bool inside(const slk_node *n, slk_tag a, slk_tag b) {
    for (n = n->parent; n; n = n->parent)
        if (slk_node_is(n, a) || slk_node_is(n, b)) return true;
    return false;
}

static slk_why by_tag(const slk_node *n) {
    switch (n->tag) {
    case SLK_TAG_NAV:
    case SLK_TAG_DIALOG:
    case SLK_TAG_MENU:
    case SLK_TAG_SEARCH: return SLK_WHY_FRAME;
    case SLK_TAG_FOOTER: return SLK_WHY_FRAME;
    case SLK_TAG_HEADER: return inside(n, SLK_TAG_ARTICLE, SLK_TAG_MAIN) ? SLK_WHY_NOT : SLK_WHY_FRAME;
    case SLK_TAG_ASIDE:
    case SLK_TAG_FORM: return SLK_WHY_RELATED;
    case SLK_TAG_FIGCAPTION: return SLK_WHY_CAPTION;
    case SLK_TAG_NOSCRIPT: return SLK_WHY_HIDDEN;
    default: return SLK_WHY_NOT;
    }
}

static slk_why by_role(slk_text role) {
    static const struct {
        const char *role;
        slk_why why;
    } roles[] = {{"banner", SLK_WHY_FRAME},      {"complementary", SLK_WHY_RELATED},
                 {"contentinfo", SLK_WHY_FRAME}, {"dialog", SLK_WHY_FRAME},
                 {"navigation", SLK_WHY_FRAME},  {"search", SLK_WHY_FRAME},
                 {"alertdialog", SLK_WHY_FRAME}, {"menu", SLK_WHY_FRAME},
                 {"menubar", SLK_WHY_FRAME},     {"toolbar", SLK_WHY_FRAME}};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (slk_text_is_fold(role, roles[i].role)) return roles[i].why;
    return SLK_WHY_NOT;
}

/* The id of a heading is made of its words, or of its number in a table of contents: it is there to be linked to. */
static bool names_itself(const slk_node *n) {
    for (unsigned up = 0; n && up < 2; up++, n = n->parent)
        if (n->kind == SLK_NODE_ELEMENT && n->tag >= SLK_TAG_H1 && n->tag <= SLK_TAG_H6) return true;
    return false;
}

slk_why slk_words_of(const slk_pack *pack, const slk_node *n) {
    if (n->ns != SLK_NS_HTML) return SLK_WHY_NOT;
    bool holds_all =
        n->tag == SLK_TAG_HTML || n->tag == SLK_TAG_BODY || n->tag == SLK_TAG_MAIN || n->tag == SLK_TAG_ARTICLE;
    if (holds_all && n->tag != SLK_TAG_ARTICLE) return SLK_WHY_NOT;
    slk_why tag = by_tag(n);
    if (tag != SLK_WHY_NOT) return tag;
    if (!n->n_attributes) return SLK_WHY_NOT;
    if (slk_text_is_fold(slk_node_attribute(n, "itemprop"), "articleBody")) return SLK_WHY_CONTENT;
    slk_why role = by_role(slk_node_attribute(n, "role"));
    if (role != SLK_WHY_NOT) return role;
    verdict v = {SLK_WHY_NOT, SLK_WHY_NOT, SLK_WHY_NOT};
    hear_classes(pack, slk_node_attribute(n, "class"), &v);
    if (!names_itself(n)) hear_classes(pack, slk_node_attribute(n, "id"), &v);
    slk_why said = v.whole != SLK_WHY_NOT ? v.whole : v.pair != SLK_WHY_NOT ? v.pair : v.single;
    return holds_all && said > SLK_WHY_RELATED ? SLK_WHY_NOT : said;
}

/* The first words of a block in small letters, at most as many as a phrase has, without marks at their ends. */
bool slk_words_boilerplate(const slk_pack *pack, slk_text block) {
    char key[WORD_MOST_B * 2];
    size_t n = 0, i = 0;
    for (unsigned words = 0; words < 6 && i < block.n; words++) {
        while (i < block.n && !slk_is_alpha(block.at[i]) && (unsigned char)block.at[i] < 0x80 &&
               !slk_is_digit(block.at[i]))
            i++;
        size_t from = i;
        while (i < block.n && (slk_is_alpha(block.at[i]) || slk_is_digit(block.at[i]) || block.at[i] == '\'' ||
                               (unsigned char)block.at[i] >= 0x80))
            i++;
        if (i == from || n + (i - from) + 2 > sizeof key) return false;
        if (n) key[n++] = ' ';
        for (size_t k = from; k < i; k++) key[n++] = slk_lower(block.at[k]);
        uint32_t row = slk_pack_find(pack, SLK_T_PAGE_PHRASES, (slk_text){key, n});
        if (row == SLK_NONE) continue;
        slk_text how = slk_pack_cell(pack, SLK_T_PAGE_PHRASES, row, SLK_PAGE_PHRASES_HOW);
        size_t rest = i;
        while (rest < block.n && !slk_is_alpha(block.at[rest]) && (unsigned char)block.at[rest] < 0x80) rest++;
        if (slk_text_is(how, "begins") || rest == block.n) return true;
        if (slk_text_is(how, "colon") && i < block.n && block.at[i] == ':') return true;
        if (slk_text_is(how, "short") && block.n < 80) return true;
    }
    return false;
}
