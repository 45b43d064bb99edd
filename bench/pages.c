/* pages.c - how fast pages are read: bench-pages PAGES [PASSES]. PAGES: a file of JSON lines with "html". Prints on one line the number of
 * pages, their bytes, and the seconds that one pass over all of them takes on one core, warm, the best of several: of the whole way
 * (gunzip, encoding, parse, main text, date, language) and of the parse alone. With PASSES only so many are made, for a profile. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

#include "intake/encoding.h"
#include "intake/html/html.h"
#include "intake/language_guess.h"
#include "intake/page/page.h"

#define PAGES_MOST 4096
#define LEAST_S 3.0
#define ARENA_MOST_B ((size_t)1 << 30)

typedef struct page {
    char *packed, *html;
    size_t packed_n, n;
} page;

typedef struct pages {
    page at[PAGES_MOST];
    size_t n, bytes, longest;
} pages;

static void fail(const char *what) {
    (void)fprintf(stderr, "bench-pages: %s\n", what);
    exit(1);
}

static double now(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void pack_page(page *p) {
    z_stream z = {0};
    if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) fail("out of memory");
    uLong room = deflateBound(&z, (uLong)p->n);
    p->packed = malloc(room);
    if (!p->packed) fail("out of memory");
    z.next_in = (Bytef *)p->html;
    z.avail_in = (uInt)p->n;
    z.next_out = (Bytef *)p->packed;
    z.avail_out = (uInt)room;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END) fail("a page cannot be packed");
    p->packed_n = room - z.avail_out;
    (void)deflateEnd(&z);
}

static void load(const char *path, pages *out) {
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    if (!in) fail("the pages cannot be read");
    while (out->n < PAGES_MOST && getline(&line, &cap, in) > 0) {
        json_t *one = json_loads(line, 0, NULL), *html = json_object_get(one, "html");
        page *p = &out->at[out->n++];
        if (!json_is_string(html) || !(p->html = strdup(json_string_value(html)))) fail("a page has no html");
        p->n = strlen(p->html);
        out->bytes += p->n;
        if (p->n > out->longest) out->longest = p->n;
        pack_page(p);
        json_decref(one);
    }
    free(line);
    (void)fclose(in);
    if (!out->n) fail("there are no pages");
}

static void read_one(const slk_pack *pack, z_stream *z, const page *p, char *room) {
    slk_arena arena;
    slk_page read;
    slk_decoded d;
    slk_fault fault;
    if (inflateReset(z) != Z_OK) fail("out of memory");
    z->next_in = (Bytef *)p->packed;
    z->avail_in = (uInt)p->packed_n;
    z->next_out = (Bytef *)room;
    z->avail_out = (uInt)p->n + 1;
    if (inflate(z, Z_FINISH) != Z_STREAM_END) fail("a page cannot be unpacked");
    slk_arena_start(&arena, &slk_mem_system, ARENA_MOST_B);
    if (slk_encoding_decode(&slk_mem_system, (slk_text){room, p->n}, NULL, SLK_DOCUMENT_HTML, &d) != SLK_OK ||
        slk_page_read(pack, d.text, NULL, &arena, &read, &fault) != SLK_OK)
        fail("a page cannot be read");
    (void)slk_language_find(pack, read.text);
    slk_arena_free(&arena);
    slk_decoded_free(&d);
}

static void parse_one(const slk_pack *pack, const page *p) {
    const slk_html_options options = {.most_depth = 256};
    slk_arena arena;
    slk_node *root;
    slk_fault fault;
    slk_arena_start(&arena, &slk_mem_system, ARENA_MOST_B);
    if (slk_html_parse(pack, (slk_text){p->html, p->n}, &options, &arena, &root, &fault) != SLK_OK)
        fail("a page cannot be parsed");
    slk_arena_free(&arena);
}

static double pass(const slk_pack *pack, const pages *all, z_stream *z, char *room) {
    double from = now();
    for (size_t i = 0; i < all->n; i++)
        if (room)
            read_one(pack, z, &all->at[i], room);
        else
            parse_one(pack, &all->at[i]);
    return now() - from;
}

static double best(const slk_pack *pack, const pages *all, z_stream *z, char *room, int passes) {
    double least = 1e9, spent = 0;
    for (int i = 0; passes ? i < passes : i < 3 || spent < LEAST_S; i++) {
        double s = pass(pack, all, z, room);
        spent += s;
        if (s < least) least = s;
    }
    return least;
}

int main(int argc, char **argv) {
    static pages all;
    slk_pack *pack;
    slk_fault fault;
    z_stream z = {0};
    if (argc < 2) fail("usage: bench-pages PAGES [PASSES]");
    load(argv[1], &all);
    const char *path = getenv("SILLOK_PACK");
    if (!path || slk_pack_open(path, &slk_mem_system, &pack, &fault) != SLK_OK)
        fail("the pack that SILLOK_PACK names cannot be used");
    char *room = malloc(all.longest + 1);
    if (!room || inflateInit2(&z, 15 + 16) != Z_OK) fail("out of memory");
    int passes = argc > 2 ? atoi(argv[2]) : 0;
    double whole = best(pack, &all, &z, room, passes), parse = best(pack, &all, &z, NULL, passes);
    printf("%zu %zu %.4f %.4f\n", all.n, all.bytes, whole, parse);
    (void)inflateEnd(&z);
    free(room);
    for (size_t i = 0; i < all.n; i++) {
        free(all.at[i].packed);
        free(all.at[i].html);
    }
    slk_pack_close(pack);
    return 0;
}
