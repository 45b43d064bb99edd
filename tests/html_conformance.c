/* html_conformance.c - holds the HTML parser against cases in the form of html5lib-tests: FOLDER/tree-construction/... .dat and
 * FOLDER/tokenizer/... .test. usage: html_conformance [-v] FOLDER [PERCENT]; status 1 where less than PERCENT (99) pass. Errors of the
 * page's author are not compared: the parser does not name them. Cases that run scripts and those of XML are left out. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/buf.h"
#include "base/text.h"
#include "intake/html/token.h"

#define FILE_MOST_B ((size_t)64 << 20)
#define DEPTH_MOST 4096u

static slk_pack *pack;
static bool verbose;

typedef struct score {
    unsigned passed, all;
} score;

static void read_file(const char *path, slk_buf *out) {
    char block[1 << 16];
    FILE *f = fopen(path, "rbe");
    if (!f) {
        perror(path);
        exit(2);
    }
    slk_buf_start(out, &slk_mem_system, FILE_MOST_B);
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;) slk_buf_add(out, block, n);
    (void)fclose(f);
    if (out->err != SLK_OK) exit(2);
}

/* ---------------------------------------------------------------- trees */

static void indent(slk_buf *out, unsigned depth) {
    slk_buf_puts(out, "| ");
    for (unsigned i = 0; i < depth; i++) slk_buf_puts(out, "  ");
}

static const char *prefix(uint8_t ns, bool attribute) {
    static const char *const words[] = {"", "math ", "svg ", "xlink ", "xml ", "xmlns "};
    return attribute || ns <= SLK_NS_SVG ? words[ns] : "";
}

static void add(slk_buf *out, slk_text t) {
    if (t.n) slk_buf_add(out, t.at, t.n);
}

static int by_name(const void *a, const void *b) {
    char x[512], y[512];
    const slk_attribute *p = a, *q = b;
    (void)snprintf(x, sizeof x, "%s%.*s", prefix(p->ns, true), (int)p->name.n, p->name.at);
    (void)snprintf(y, sizeof y, "%s%.*s", prefix(q->ns, true), (int)q->name.n, q->name.at);
    return strcmp(x, y);
}

static void show_element(slk_buf *out, const slk_node *n, unsigned depth) {
    slk_buf_printf(out, "<%s%.*s>\n", prefix(n->ns, false), (int)n->name.n, n->name.at);
    if (n->n_attributes) qsort(n->attributes, n->n_attributes, sizeof *n->attributes, by_name);
    for (uint32_t i = 0; i < n->n_attributes; i++) {
        const slk_attribute *a = &n->attributes[i];
        indent(out, depth + 1);
        slk_buf_puts(out, prefix(a->ns, true));
        add(out, a->name);
        slk_buf_puts(out, "=\"");
        add(out, a->value);
        slk_buf_puts(out, "\"\n");
    }
}

static void show_doctype(slk_buf *out, const slk_doctype *d) {
    slk_buf_puts(out, "<!DOCTYPE ");
    add(out, d->name);
    if (d->public_id.n || d->system_id.n)
        slk_buf_printf(out, " \"%.*s\" \"%.*s\"", (int)d->public_id.n, d->public_id.n ? d->public_id.at : "",
                       (int)d->system_id.n, d->system_id.n ? d->system_id.at : "");
    slk_buf_puts(out, ">\n");
}

static void show(slk_buf *out, const slk_node *n, unsigned depth) {
    indent(out, depth);
    if (n->kind == SLK_NODE_ELEMENT) {
        show_element(out, n, depth);
    } else if (n->kind == SLK_NODE_DOCTYPE) {
        show_doctype(out, n->doctype);
    } else {
        slk_buf_puts(out, n->kind == SLK_NODE_TEXT ? "\"" : "<!-- ");
        for (const slk_piece *p = &n->piece; p; p = p->next) add(out, p->text);
        slk_buf_puts(out, n->kind == SLK_NODE_TEXT ? "\"\n" : " -->\n");
    }
}

/* The tree under root, one node a line. Templates hang in the tree by their content, so the walk keeps its own stack. */
static void show_tree(slk_buf *out, const slk_node *root) {
    static struct {
        const slk_node *n;
        unsigned depth;
        bool content;
    } stack[2 * DEPTH_MOST + 2];
    unsigned top = 0;
    if (root->first) stack[top++] = (typeof(*stack)){root->first, 0, false};
    while (top) {
        const slk_node *n = stack[--top].n;
        unsigned depth = stack[top].depth;
        if (stack[top].content) {
            indent(out, depth);
            slk_buf_puts(out, "content\n");
            if (n->content->first) stack[top++] = (typeof(*stack)){n->content->first, depth + 1, false};
            continue;
        }
        show(out, n, depth);
        if (n->after) stack[top++] = (typeof(*stack)){n->after, depth, false};
        if (n->first) stack[top++] = (typeof(*stack)){n->first, depth + 1, false};
        if (slk_node_is(n, SLK_TAG_TEMPLATE)) stack[top++] = (typeof(*stack)){n, depth + 1, true};
    }
}

/* Text leads back to the page: a piece that is not made must be the very bytes it says it comes from. */
static bool places_hold(const slk_node *root, slk_text source) {
    for (const slk_node *n = root; n; n = slk_node_next(root, n, false)) {
        if (n->kind != SLK_NODE_TEXT) continue;
        for (const slk_piece *p = &n->piece; p; p = p->next) {
            if (p->from_b > p->to_b || p->to_b > source.n) return false;
            bool own = p->text.at >= source.at && p->text.at < source.at + source.n;
            if (own && p->text.at != source.at + p->from_b) return false;
        }
    }
    return true;
}

/* The part of a case behind a line "#name" up to the next such line; false where there is none. */
static bool part(slk_text test, const char *name, slk_text *out) {
    size_t at = 0, n = strlen(name);
    for (slk_text rest = test, line; slk_text_split(&rest, '\n', &line); at = (size_t)(rest.at - test.at)) {
        if (!slk_text_is(line, name)) continue;
        size_t from = at + n + 1, to = from;
        if (from > test.n) from = to = test.n;
        static const char *const marks[] = {"#errors\n",    "#new-errors\n", "#document-fragment\n",
                                            "#script-on\n", "#script-off\n", "#document\n"};
        for (; to < test.n; to++) {
            bool ends = false;
            for (size_t i = 0; i < sizeof marks / sizeof *marks && (to == from || test.at[to - 1] == '\n'); i++)
                ends = ends || slk_text_starts((slk_text){test.at + to, test.n - to}, marks[i]);
            if (ends) break;
        }
        *out = (slk_text){test.at + from, to - from};
        return true;
    }
    return false;
}

static void one_tree(const char *file, slk_text test, bool scripting, score *s) {
    slk_text data, wanted, where;
    char context[64] = "";
    if (!part(test, "#data", &data) || !part(test, "#document", &wanted)) return;
    if (data.n && data.at[data.n - 1] == '\n') data.n--;
    if (part(test, "#document-fragment", &where))
        slk_text_print(context, sizeof context, "%.*s", (int)(where.n - 1), where.at);
    slk_html_options options = {.scripting = scripting, .most_depth = DEPTH_MOST, .context = *context ? context : NULL};
    slk_arena arena;
    slk_arena_start(&arena, &slk_mem_system, (size_t)1 << 30);
    slk_node *root;
    slk_buf out;
    slk_buf_start(&out, &slk_mem_system, FILE_MOST_B);
    slk_err err = slk_html_parse(pack, data, &options, &arena, &root, NULL);
    if (err == SLK_OK) show_tree(&out, root);
    while (wanted.n && wanted.at[wanted.n - 1] == '\n') wanted.n--;
    if (out.n) out.n--;
    bool good = err == SLK_OK && slk_text_eq(wanted, (slk_text){out.at, out.n}) && places_hold(root, data);
    s->all++;
    s->passed += good;
    if (!good && verbose)
        printf("---- %s%s\n%.*s\n-- wanted\n%.*s\n-- given\n%.*s\n", file, scripting ? " (scripting)" : "", (int)data.n,
               data.at, (int)wanted.n, wanted.at, (int)out.n, out.at ? out.at : "");
    slk_buf_free(&out);
    slk_arena_free(&arena);
}

static void trees_of(const char *path, score *s) {
    slk_buf file;
    read_file(path, &file);
    slk_text all = {file.at, file.n};
    for (size_t at = 0; at < all.n;) {
        const char *next = memmem(all.at + at + 1, all.n - at - 1, "\n#data\n", 7);
        size_t end = next ? (size_t)(next - all.at) : all.n;
        slk_text test = {all.at + at, end - at}, none;
        if (*test.at == '\n') test = (slk_text){test.at + 1, test.n - 1};
        if (!part(test, "#script-on", &none)) one_tree(path, test, false, s);
        if (!part(test, "#script-off", &none)) one_tree(path, test, true, s);
        at = end;
    }
    slk_buf_free(&file);
}

/* ---------------------------------------------------------------- tokens */

static void put_cp(slk_buf *out, uint32_t cp) {
    if (cp < 0x80) {
        slk_buf_putc(out, (char)cp);
    } else if (cp < 0x800) {
        slk_buf_putc(out, (char)(0xC0 | cp >> 6));
        slk_buf_putc(out, (char)(0x80 | (cp & 0x3F)));
    } else {
        if (cp >= 0x10000) slk_buf_putc(out, (char)(0xF0 | cp >> 18));
        slk_buf_putc(out, (char)(cp >= 0x10000 ? 0x80 | (cp >> 12 & 0x3F) : 0xE0 | cp >> 12));
        slk_buf_putc(out, (char)(0x80 | (cp >> 6 & 0x3F)));
        slk_buf_putc(out, (char)(0x80 | (cp & 0x3F)));
    }
}

/* A string of a case; with twice, "\uHHHH" in it once more stands for characters. */
static void put_string(slk_buf *out, slk_text t, bool twice) {
    uint32_t high = 0;
    for (size_t i = 0; i < t.n; i++) {
        bool escape = twice && i + 5 < t.n && t.at[i] == '\\' && t.at[i + 1] == 'u';
        if (!escape) {
            slk_buf_putc(out, t.at[i]);
            continue;
        }
        char hex[5] = {t.at[i + 2], t.at[i + 3], t.at[i + 4], t.at[i + 5], '\0'};
        uint32_t cp = (uint32_t)strtoul(hex, NULL, 16);
        i += 5;
        if (cp >= 0xD800 && cp < 0xDC00) {
            high = cp;
            continue;
        }
        if (high && cp >= 0xDC00 && cp < 0xE000)
            cp = 0x10000 + ((high - 0xD800) << 10) + (cp - 0xDC00);
        else if (high)
            put_cp(out, high);
        high = 0;
        put_cp(out, cp);
    }
    if (high) put_cp(out, high);
}

static slk_text json_text(const json_t *j) {
    return json_is_string(j) ? (slk_text){json_string_value(j), json_string_length(j)} : (slk_text){NULL, 0};
}

static int by_key(const void *a, const void *b) {
    return slk_text_cmp(((const slk_attribute *)a)->name, ((const slk_attribute *)b)->name);
}

/* Both sides are written the same way: a letter, strings between quotes, attributes by name. */
static void write_tag(slk_buf *out, slk_text name, slk_attribute *attributes, uint32_t n, bool closing, bool twice) {
    slk_buf_puts(out, "\n<");
    put_string(out, name, twice);
    if (n) qsort(attributes, n, sizeof *attributes, by_key);
    for (uint32_t i = 0; i < n; i++) {
        slk_buf_puts(out, " \"");
        put_string(out, attributes[i].name, twice);
        slk_buf_puts(out, "\"=\"");
        put_string(out, attributes[i].value, twice);
        slk_buf_putc(out, '"');
    }
    slk_buf_puts(out, closing ? "/>" : ">");
}

static void write_id(slk_buf *out, slk_text t, bool twice) {
    slk_buf_puts(out, t.at ? " \"" : " none");
    if (!t.at) return;
    put_string(out, t, twice);
    slk_buf_putc(out, '"');
}

static void write_wanted(slk_buf *out, const json_t *token, bool *in_text, bool twice) {
    const char *kind = json_string_value(json_array_get(token, 0));
    slk_text a = json_text(json_array_get(token, 1));
    if (!kind) return;
    if (strcmp(kind, "Character") == 0) {
        if (!*in_text) slk_buf_puts(out, "\n=");
        *in_text = true;
        put_string(out, a, twice);
        return;
    }
    *in_text = false;
    if (strcmp(kind, "StartTag") == 0) {
        slk_attribute list[64];
        uint32_t n = 0;
        const char *name;
        json_t *value;
        json_object_foreach(json_array_get(token, 2), name, value) list[n++] =
            (slk_attribute){.name = slk_text_of(name), .value = json_text(value)};
        write_tag(out, a, list, n, json_is_true(json_array_get(token, 3)), twice);
    } else if (strcmp(kind, "EndTag") == 0) {
        slk_buf_puts(out, "\n/");
        put_string(out, a, twice);
    } else if (strcmp(kind, "Comment") == 0) {
        slk_buf_puts(out, "\n!");
        put_string(out, a, twice);
    } else {
        slk_buf_puts(out, "\n?");
        write_id(out, a, twice);
        write_id(out, json_text(json_array_get(token, 2)), twice);
        write_id(out, json_text(json_array_get(token, 3)), twice);
        slk_buf_puts(out, json_is_true(json_array_get(token, 4)) ? " good" : " quirks");
    }
}

static void write_given(slk_buf *out, const slk_html_token *t, bool *in_text) {
    if (t->kind == SLK_HTML_TEXT || t->kind == SLK_HTML_NUL) {
        if (!*in_text) slk_buf_puts(out, "\n=");
        *in_text = true;
        slk_buf_add(out, t->kind == SLK_HTML_NUL ? "" : t->text.at, t->kind == SLK_HTML_NUL ? 1 : t->text.n);
        return;
    }
    *in_text = false;
    if (t->kind == SLK_HTML_START) {
        slk_attribute list[64];
        memcpy(list, t->attributes ? t->attributes : list, t->n_attributes * sizeof *list);
        write_tag(out, t->text, list, t->n_attributes, t->self_closing, false);
    } else if (t->kind == SLK_HTML_END || t->kind == SLK_HTML_COMMENT) {
        slk_buf_puts(out, t->kind == SLK_HTML_END ? "\n/" : "\n!");
        add(out, t->text);
    } else {
        slk_buf_puts(out, "\n?");
        write_id(out, t->doctype.name, false);
        write_id(out, t->doctype.public_id, false);
        write_id(out, t->doctype.system_id, false);
        slk_buf_puts(out, t->doctype.quirks ? " quirks" : " good");
    }
}

static void one_run(const char *file, const json_t *test, const char *state, score *s) {
    static const char *const states[] = {"Data state",        "RCDATA state",    "RAWTEXT state",
                                         "Script data state", "PLAINTEXT state", "CDATA section state"};
    bool twice = json_is_true(json_object_get(test, "doubleEscaped")), in_text = false;
    slk_buf source, wanted, given;
    slk_buf_start(&source, &slk_mem_system, FILE_MOST_B);
    slk_buf_start(&wanted, &slk_mem_system, FILE_MOST_B);
    slk_buf_start(&given, &slk_mem_system, FILE_MOST_B);
    put_string(&source, json_text(json_object_get(test, "input")), twice);
    size_t i;
    json_t *token;
    json_array_foreach(json_object_get(test, "output"), i, token) write_wanted(&wanted, token, &in_text, twice);
    slk_arena arena;
    slk_arena_start(&arena, &slk_mem_system, (size_t)1 << 30);
    slk_tokenizer t;
    slk_tokenizer_start(&t, pack, &arena, (slk_text){source.at ? source.at : "", source.n});
    for (unsigned k = 0; k < sizeof states / sizeof *states; k++)
        if (strcmp(states[k], state) == 0) t.mode = (slk_text_mode)k;
    t.last = json_text(json_object_get(test, "lastStartTag"));
    slk_html_token given_token;
    in_text = false;
    for (slk_tokenizer_next(&t, &given_token); given_token.kind != SLK_HTML_EOF; slk_tokenizer_next(&t, &given_token))
        write_given(&given, &given_token, &in_text);
    bool good = t.err == SLK_OK && slk_text_eq((slk_text){wanted.at, wanted.n}, (slk_text){given.at, given.n});
    s->all++;
    s->passed += good;
    if (!good && verbose)
        printf("---- %s: %s (%s)\n%.*s\n-- wanted%.*s\n-- given%.*s\n", file,
               json_string_value(json_object_get(test, "description")), state, (int)source.n,
               source.at ? source.at : "", (int)wanted.n, wanted.at ? wanted.at : "", (int)given.n,
               given.at ? given.at : "");
    slk_tokenizer_free(&t);
    slk_arena_free(&arena);
    slk_buf_free(&source);
    slk_buf_free(&wanted);
    slk_buf_free(&given);
}

static void tokens_of(const char *path, score *s) {
    json_error_t why;
    json_t *all = json_load_file(path, JSON_ALLOW_NUL, &why), *test, *state;
    if (!all) {
        printf("%s: %s\n", path, why.text);
        exit(2);
    }
    size_t i, k;
    json_array_foreach(json_object_get(all, "tests"), i, test) {
        const json_t *states = json_object_get(test, "initialStates");
        if (!states) one_run(path, test, "Data state", s);
        json_array_foreach(states, k, state) one_run(path, test, json_string_value(state), s);
    }
    json_decref(all);
}

/* ---------------------------------------------------------------- folders */

static int ends_in(const char *name, const char *ending) {
    size_t n = strlen(name), k = strlen(ending);
    return n > k && strcmp(name + n - k, ending) == 0;
}

static int is_dat(const struct dirent *e) { return ends_in(e->d_name, ".dat"); }
static int is_test(const struct dirent *e) { return ends_in(e->d_name, ".test"); }

static score folder(const char *root, const char *name, int (*take)(const struct dirent *),
                    void (*run)(const char *, score *)) {
    char path[4096];
    struct dirent **list;
    score sum = {0, 0};
    (void)snprintf(path, sizeof path, "%s/%s", root, name);
    int n = scandir(path, &list, take, alphasort);
    for (int i = 0; i < n; i++) {
        score s = {0, 0};
        (void)snprintf(path, sizeof path, "%s/%s/%s", root, name, list[i]->d_name);
        run(path, &s);
        if (verbose || s.passed < s.all) printf("%s/%s: %u of %u\n", name, list[i]->d_name, s.passed, s.all);
        sum.passed += s.passed;
        sum.all += s.all;
        free(list[i]);
    }
    if (n >= 0) free(list);
    printf("%s: %u of %u pass (%.2f %%)\n", name, sum.passed, sum.all, sum.all ? 100.0 * sum.passed / sum.all : 0.0);
    return sum;
}

int main(int argc, char **argv) {
    verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
    argv += verbose;
    argc -= verbose;
    double least = argc > 2 ? strtod(argv[2], NULL) : 99.0;
    slk_fault fault;
    if (argc < 2 || slk_pack_open(getenv("SILLOK_PACK"), &slk_mem_system, &pack, &fault) != SLK_OK) {
        (void)fputs("usage: SILLOK_PACK=... html_conformance [-v] FOLDER [PERCENT]\n", stderr);
        return 2;
    }
    score tree = folder(argv[1], "tree-construction", is_dat, trees_of);
    score tokens = folder(argv[1], "tokenizer", is_test, tokens_of);
    slk_pack_close(pack);
    bool enough = tree.all + tokens.all > 0;
    enough = enough && tree.passed * 100.0 >= least * tree.all && tokens.passed * 100.0 >= least * tokens.all;
    return enough ? 0 : 1;
}
