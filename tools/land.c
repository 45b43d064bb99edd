/* land.c - compiles data/land.tsv.zst, where on earth is land, into the pack: of each row its runs. Also unpacks what is compressed.
 * The table is made by ./run gazetteer; it is held against its header line, its order and the length of its rows. */
#include <zstd.h>

#include "packer.h"

#define MOST_B (256u << 20)
#define WHOLE_ROW (360u * SLK_LAND_COLUMNS)

pile unpack(const char *path, slk_text packed) {
    ZSTD_DStream *stream = ZSTD_createDStream();
    pile out = {0};
    if (!stream) stop("out of memory");
    ZSTD_inBuffer in = {packed.at, packed.n, 0};
    for (size_t left = 1; left != 0;) {
        size_t most = 1u << 20, from = out.n;
        ZSTD_outBuffer to = {pile_take(&out, most), most, 0};
        left = ZSTD_decompressStream(stream, &to, &in);
        out.n = from + to.pos;
        if (ZSTD_isError(left)) stop("%s: %s", path, ZSTD_getErrorName(left));
        if (out.n > MOST_B || (left && to.pos == 0 && in.pos == in.size))
            stop("%s: it is cut short or too large", path);
    }
    ZSTD_freeDStream(stream);
    return out;
}

typedef struct land {
    const char *path;
    size_t line;
    uint32_t next; /* first row that is not written yet */
    pile rows, runs;
} land;

/* Up to row: what was not named is sea. */
static void rows_until(land *l, uint32_t row) {
    for (; l->next < row; l->next++)
        *(uint32_t *)pile_take(&l->rows, sizeof(uint32_t)) = (uint32_t)(l->runs.n / sizeof(slk_pack_run));
}

static uint32_t whole(const land *l, slk_text t, uint32_t most) {
    double v = 0;
    if (!slk_text_double(t, &v) || v < 0 || v > most || v != (double)(uint32_t)v)
        stop("%s:%zu: \"%.*s\" is no such number", l->path, l->line, (int)t.n, t.at);
    return (uint32_t)v;
}

static void put_run(land *l, uint32_t from, slk_text code) {
    slk_pack_run *run = pile_take(&l->runs, sizeof *run);
    run->from = (uint16_t)from;
    if (!slk_text_is(code, "-") && code.n != 2)
        stop("%s:%zu: \"%.*s\" is no code", l->path, l->line, (int)code.n, code.at);
    if (code.n == 2) memcpy(run->iso2, code.at, 2);
}

static void add_row(land *l, slk_text line) {
    slk_text row, length, code;
    uint32_t at = 0;
    if (!slk_text_split(&line, '\t', &row)) stop("%s:%zu: an empty row", l->path, l->line);
    uint32_t index = whole(l, row, SLK_LAND_ROWS - 1);
    if (index < l->next) stop("%s:%zu: out of order", l->path, l->line);
    rows_until(l, index + 1);
    while (slk_text_split(&line, ' ', &length)) {
        if (!slk_text_split(&line, ' ', &code)) stop("%s:%zu: a run without a code", l->path, l->line);
        put_run(l, at, code);
        at += whole(l, length, WHOLE_ROW - at);
    }
    if (at < WHOLE_ROW) put_run(l, at, slk_text_of("-"));
}

void land_build(const char *path, slk_text packed, pile *file, slk_pack_gazetteer *out) {
    land l = {.path = path};
    pile text = unpack(path, packed);
    slk_text all = {text.at, text.n}, line;
    bool head = false;
    while (slk_text_split(&all, '\n', &line)) {
        l.line++;
        if (line.n == 0 || (!head && slk_text_starts(line, "# "))) continue;
        if (!head && !slk_text_is(line, "row\truns")) stop("%s:%zu: the header line must be row, runs", path, l.line);
        if (head) add_row(&l, line);
        head = true;
    }
    if (!head) stop("%s: there is no header line", path);
    rows_until(&l, SLK_LAND_ROWS + 1);
    out->n_runs = (uint32_t)(l.runs.n / sizeof(slk_pack_run));
    out->land = pile_append(file, &l.rows);
    out->runs = pile_append(file, &l.runs);
    pile_free(&l.rows);
    pile_free(&l.runs);
    pile_free(&text);
}
