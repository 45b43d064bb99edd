/* charsets.c - makes the tables behind src/intake/charsets.h: charsets DATA_DIR OUT.c. Reads charsets.tsv, charset_labels.tsv and
 * charset_letters.tsv and asks iconv what each byte and each pair of bytes means. Runs at build time on files of the project:
 * it stops at the first fault with a line that names file and cause. */
#include <errno.h>
#include <iconv.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEADS 126u
#define TRAILS 191u
#define CELLS_MOST 4u
#define CHARSETS_MOST 64u

typedef struct names { /* of the encodings, in the order of their table */
    char *at[CHARSETS_MOST];
    unsigned n;
} names;

static FILE *out;

static void stop(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
static void stop(const char *format, ...) {
    va_list args;
    va_start(args, format);
    (void)fputs("charsets: ", stderr);
    (void)vfprintf(stderr, format, args);
    (void)fputc('\n', stderr);
    va_end(args);
    exit(1);
}

/* Calls row for each row behind the header line; cells are NUL-terminated and missing ones "". */
static void each_row(const char *dir, const char *file, void (*row)(void *ctx, char **cells), void *ctx) {
    char path[4096], line[8192], before[256] = "";
    int n = snprintf(path, sizeof path, "%s/%s", dir, file);
    FILE *in = n < 0 || n >= (int)sizeof path ? NULL : fopen(path, "rb");
    if (!in) stop("%s/%s: %s", dir, file, strerror(errno));
    for (int header = 0; fgets(line, sizeof line, in);) {
        static char none[] = "";
        char *cells[CELLS_MOST] = {none, none, none, none}, *rest = line;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || !line[0]) continue;
        if (!header++) continue;
        for (unsigned i = 0; i < CELLS_MOST && rest; i++) cells[i] = strsep(&rest, "\t");
        if (strcmp(before, cells[0]) >= 0) stop("%s: \"%s\" is not in order", path, cells[0]);
        (void)snprintf(before, sizeof before, "%s", cells[0]);
        row(ctx, cells);
    }
    (void)fclose(in);
}

#define OPEN_MOST 8u
static char opened[OPEN_MOST][64]; /* encodings that iconv has open, and their handles */
static iconv_t handles[OPEN_MOST];

static void close_all(void) {
    for (unsigned k = 0; k < OPEN_MOST && opened[k][0]; k++) (void)iconv_close(handles[k]);
    memset(opened, 0, sizeof opened);
}

/* The one code point that n bytes are in the first of the encodings (names joined by |) that knows them; 0: none. */
static uint32_t ask(const char *encodings, const unsigned char *bytes, size_t n) {
    char list[256], *rest = list;
    (void)snprintf(list, sizeof list, "%s", encodings);
    for (char *name; (name = strsep(&rest, "|")) != NULL;) {
        unsigned k = 0;
        while (k < OPEN_MOST && opened[k][0] && strcmp(opened[k], name) != 0) k++;
        if (k == OPEN_MOST) close_all(), k = 0; /* few are in use at once */
        if (!opened[k][0]) {
            handles[k] = iconv_open("UTF-32LE", name);
            if (handles[k] == (iconv_t)-1) stop("iconv knows no %s", name);
            (void)snprintf(opened[k], sizeof opened[k], "%s", name);
        }
        unsigned char wide[16], copy[8];
        memcpy(copy, bytes, n);
        char *from = (char *)copy, *to = (char *)wide;
        size_t left = n, room = sizeof wide;
        (void)iconv(handles[k], NULL, NULL, NULL, NULL);
        if (iconv(handles[k], &from, &left, &to, &room) == (size_t)-1 || left) continue;
        if (iconv(handles[k], NULL, NULL, &to, &room) == (size_t)-1 || room != sizeof wide - 4) continue;
        return (uint32_t)wide[0] | (uint32_t)wide[1] << 8 | (uint32_t)wide[2] << 16;
    }
    return 0;
}

static void put_numbers(const char *type, const char *what, unsigned id, const uint32_t *v, unsigned n) {
    (void)fprintf(out, "static const %s %s_%u[%u] = {", type, what, id, n);
    for (unsigned i = 0; i < n; i++) (void)fprintf(out, "%s%d,", i % 24 ? "" : "\n", (int)v[i]);
    (void)fputs("};\n", out);
}

/* Windows encodings keep the control characters of ISO 8859-1 where they define nothing (WHATWG's indexes do so). */
static uint32_t single(const char *name, const char *encodings, unsigned char b) {
    uint32_t cp = ask(encodings, &b, 1);
    if (!cp && strncmp(name, "windows-", 8) == 0 && b < 0xA0) cp = b;
    return cp;
}

static void put_single(unsigned id, char **cells) {
    uint32_t v[128];
    for (unsigned i = 0; i < 128; i++) {
        v[i] = single(cells[0], cells[2], (unsigned char)(0x80 + i));
        if (v[i] > 0xFFFF) stop("%s: byte %02x is beyond plane 0", cells[0], 0x80 + i);
    }
    put_numbers("uint16_t", "high", id, v, 128);
}

/* Pairs behind the bytes of prefix; bits of plane 2 go to the table "plane_ID" where any is set. */
static bool put_pairs(const char *what, unsigned id, const char *encodings, unsigned prefix) {
    static uint32_t v[LEADS * TRAILS], plane[(LEADS * TRAILS + 7) / 8];
    bool any = false;
    memset(plane, 0, sizeof plane);
    for (unsigned i = 0; i < LEADS * TRAILS; i++) {
        unsigned char b[3] = {(unsigned char)prefix, (unsigned char)(0x81 + i / TRAILS),
                              (unsigned char)(0x40 + i % TRAILS)};
        uint32_t cp = ask(encodings, b + (prefix == 0), prefix ? 3 : 2);
        if (cp >> 16 > 0 && cp >> 16 != 2) cp = 0;
        v[i] = cp & 0xFFFF;
        if (cp >> 16) plane[i / 8] |= 1u << i % 8, any = true;
    }
    put_numbers("uint16_t", what, id, v, LEADS * TRAILS);
    if (any) put_numbers("uint8_t", "plane", id, plane, (LEADS * TRAILS + 7) / 8);
    return any;
}

/* The linear numbers of GB 18030's four-byte sequences within plane 0, as runs. */
static void put_gb_ranges(void) {
    uint32_t expect = 0;
    (void)fputs("const slk_gb_range slk_gb_ranges[] = {\n", out);
    for (unsigned number = 0; number < 39420; number++) {
        unsigned char b[4] = {(unsigned char)(0x81 + number / 12600), (unsigned char)(0x30 + number / 1260 % 10),
                              (unsigned char)(0x81 + number / 10 % 126), (unsigned char)(0x30 + number % 10)};
        uint32_t cp = ask("GB18030", b, 4);
        if (!cp || cp == expect) {
            expect += expect != 0;
            continue;
        }
        (void)fprintf(out, "{%u, %u},", number, cp);
        expect = cp + 1;
    }
    (void)fputs("};\nconst unsigned slk_gb_range_count = sizeof slk_gb_ranges / sizeof *slk_gb_ranges;\n", out);
}

typedef struct letters { /* of one encoding, the most used first */
    char name[32];
    uint32_t cp[128];
    unsigned n;
} letters;

typedef struct making {
    names charsets;
    letters letters[CHARSETS_MOST];
    unsigned n_letters;
    char rows[16384]; /* the table slk_charsets, written behind what it points to */
} making;

static void letters_row(void *ctx, char **cells) {
    making *m = ctx;
    if (m->n_letters == CHARSETS_MOST) stop("charset_letters.tsv: too many rows");
    letters *l = &m->letters[m->n_letters++];
    (void)snprintf(l->name, sizeof l->name, "%s", cells[0]);
    unsigned char *p = (unsigned char *)cells[1];
    while (*p && l->n < 128) { /* two- and three-byte UTF-8 is all there is */
        if (p[0] < 0xE0)
            l->cp[l->n++] = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu), p += 2;
        else
            l->cp[l->n++] = (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu), p += 3;
    }
}

/* The more used a letter, the more it speaks for the encoding; bytes that are no letter of it speak against. */
static bool put_weights(const making *m, unsigned id, char **cells) {
    const letters *l = NULL;
    for (unsigned i = 0; i < m->n_letters; i++)
        if (strcmp(m->letters[i].name, cells[0]) == 0) l = &m->letters[i];
    if (!l) return false;
    uint32_t v[128];
    for (unsigned i = 0; i < 128; i++) {
        uint32_t cp = single(cells[0], cells[2], (unsigned char)(0x80 + i));
        int w = cp < 0xA0 ? -12 : -2;            /* a control character or nothing; a sign or a rare letter */
        if (cp >= 0x2010 && cp <= 0x2026) w = 0; /* dashes, quotes and dots stand in every text */
        if (cp == 0xA0 || cp == 0xAB || cp == 0xBB) w = 0;
        for (unsigned k = 0; k < l->n; k++)
            if (l->cp[k] == cp) w = k < 6 ? 6 : k < 14 ? 5 : k < 22 ? 4 : 3;
        v[i] = (uint32_t)w;
    }
    put_numbers("int8_t", "weights", id, v, 128);
    return true;
}

static const struct {
    const char *word, *kind;
} kinds[] = {
    {"single", "SINGLE"},
    {"pairs", "PAIRS"},
    {"gb18030", "GB18030"},
    {"euc-jp", "EUC_JP"},
    {"shift-jis", "SHIFT_JIS"},
    {"iso-2022-jp", "ISO_2022_JP"},
    {"utf-8", "UTF_8"},
    {"utf-16le", "UTF_16LE"},
    {"utf-16be", "UTF_16BE"},
    {"user", "USER"},
    {"replacement", "REPLACEMENT"},
};

static void add_row(making *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add_row(making *m, const char *format, ...) {
    va_list args;
    size_t n = strlen(m->rows);
    va_start(args, format);
    int wrote = vsnprintf(m->rows + n, sizeof m->rows - n, format, args);
    va_end(args);
    if (wrote < 0 || (size_t)wrote >= sizeof m->rows - n) stop("charsets.tsv: too many rows");
}

/* Encodings that share their pairs name the table of the first: GBK is read as gb18030, ISO-2022-JP with the pairs of EUC-JP. */
static void charset_row(void *ctx, char **cells) {
    static int gb = -1, gb_plane = -1, jp = -1;
    making *m = ctx;
    const char *kind = NULL;
    if (m->charsets.n == CHARSETS_MOST) stop("charsets.tsv: too many rows");
    unsigned id = m->charsets.n++;
    m->charsets.at[id] = strdup(cells[0]);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].word, cells[1]) == 0) kind = kinds[i].kind;
    if (!kind || !m->charsets.at[id]) stop("charsets.tsv: %s: \"%s\" is no kind", cells[0], cells[1]);
    bool is_gb = strcmp(cells[1], "gb18030") == 0, is_single = strcmp(cells[1], "single") == 0;
    bool is_jp = strcmp(cells[1], "euc-jp") == 0;
    int plane = is_gb ? gb_plane : -1;
    int pairs = is_gb ? gb : strcmp(cells[1], "iso-2022-jp") == 0 ? jp : -1;
    if (is_single) put_single(id, cells);
    bool weights = is_single && put_weights(m, id, cells);
    if (!is_single && *cells[2] && pairs < 0) {
        plane = put_pairs("pairs", id, cells[2], 0) ? (int)id : -1;
        pairs = (int)id;
        if (is_gb) gb = pairs, gb_plane = plane;
        if (is_jp) jp = pairs;
        if (is_jp) (void)put_pairs("triple", id, cells[2], 0x8F);
    }
    add_row(m, "{.name = \"%s\", .kind = SLK_CHARSET_%s,", cells[0], kind);
    if (is_single) add_row(m, " .high = high_%u,", id);
    if (weights) add_row(m, " .weights = weights_%u,", id);
    if (pairs >= 0) add_row(m, " .pairs = pairs_%d,", pairs);
    if (plane >= 0) add_row(m, " .plane2 = plane_%d,", plane);
    if (is_jp) add_row(m, " .triple = triple_%u,", id);
    add_row(m, "},\n");
}

static void label_row(void *ctx, char **cells) {
    making *m = ctx;
    for (unsigned i = 0; i < m->charsets.n; i++) {
        if (strcmp(m->charsets.at[i], cells[1]) != 0) continue;
        (void)fprintf(out, "{\"%s\", %u},\n", cells[0], i);
        return;
    }
    stop("charset_labels.tsv: %s: \"%s\" is no encoding of charsets.tsv", cells[0], cells[1]);
}

int main(int argc, char **argv) {
    static making m;
    if (argc != 3) stop("usage: charsets DATA_DIR OUT.c");
    out = fopen(argv[2], "wb");
    if (!out) stop("%s: %s", argv[2], strerror(errno));
    (void)fputs("/* made by tools/charsets.c */\n#include \"intake/charsets.h\"\n", out);
    each_row(argv[1], "charset_letters.tsv", letters_row, &m);
    each_row(argv[1], "charsets.tsv", charset_row, &m);
    (void)fprintf(out, "const slk_charset slk_charsets[] = {\n%s};\nconst unsigned slk_charset_count = %u;\n", m.rows,
                  m.charsets.n);
    (void)fputs("const slk_charset_label slk_charset_labels[] = {\n", out);
    each_row(argv[1], "charset_labels.tsv", label_row, &m);
    (void)fputs(
        "};\nconst unsigned slk_charset_label_count = sizeof slk_charset_labels / sizeof *slk_charset_labels;\n", out);
    put_gb_ranges();
    close_all();
    for (unsigned i = 0; i < m.charsets.n; i++) free(m.charsets.at[i]);
    if (fclose(out) != 0) stop("%s: %s", argv[2], strerror(errno));
    return 0;
}
