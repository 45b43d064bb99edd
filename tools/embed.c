/* embed.c - puts files into a C table, each with its gzip form: `embed OUT FILE...`. A file is called by the last part of its path. Used
 * at build time for what `sillok serve` carries. Same files, same bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define FILE_MOST_B (16u << 20)

static const char *type_of(const char *name) {
    static const struct {
        const char *ending, *type;
    } types[] = {{".html", "text/html; charset=utf-8"},
                 {".css", "text/css; charset=utf-8"},
                 {".js", "text/javascript; charset=utf-8"},
                 {".json", "application/json"},
                 {".svg", "image/svg+xml"},
                 {".txt", "text/plain; charset=utf-8"},
                 {".woff2", "font/woff2"}};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++)
        if (strcmp(dot, types[i].ending) == 0) return types[i].type;
    return "application/octet-stream";
}

static const char *name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int by_name(const void *a, const void *b) {
    return strcmp(name_of(*(char *const *)a), name_of(*(char *const *)b));
}

static void put_bytes(FILE *out, const char *kind, unsigned i, const unsigned char *at, size_t n) {
    (void)fprintf(out, "static const unsigned char %s%u[] = {", kind, i);
    for (size_t k = 0; k < n; k++) (void)fprintf(out, "%s%u,", k % 24 ? "" : "\n", at[k]);
    (void)fprintf(out, "%s};\n", n ? "" : "0");
}

static size_t pack(const unsigned char *at, size_t n, unsigned char *out, size_t most) {
    z_stream z = {0};
    if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    z.next_in = (unsigned char *)at;
    z.avail_in = (unsigned)n;
    z.next_out = out;
    z.avail_out = (unsigned)most;
    size_t packed = deflate(&z, Z_FINISH) == Z_STREAM_END ? most - z.avail_out : 0;
    if (deflateEnd(&z) != Z_OK) return 0;
    return packed;
}

/* Writes one file's bytes; its packed size, 0 where packing is no gain. False where it cannot be read. */
static int put_file(FILE *out, const char *path, unsigned i, size_t *n, size_t *packed_n) {
    unsigned char *at = malloc(FILE_MOST_B), *packed = malloc(FILE_MOST_B);
    FILE *in = fopen(path, "rb");
    int ok = at && packed && in;
    if (ok) {
        *n = fread(at, 1, FILE_MOST_B, in);
        ok = !ferror(in) && *n < FILE_MOST_B;
    }
    if (ok) {
        *packed_n = *n ? pack(at, *n, packed, *n - *n / 10) : 0;
        put_bytes(out, "raw", i, at, *n);
        if (*packed_n) put_bytes(out, "packed", i, packed, *packed_n);
    }
    if (in && fclose(in) != 0) ok = 0;
    free(at);
    free(packed);
    return ok;
}

int main(int argc, char **argv) {
    size_t n[256] = {0}, packed_n[256] = {0};
    if (argc < 3 || argc > 256) return (void)fprintf(stderr, "embed OUT FILE...\n"), 2;
    FILE *out = fopen(argv[1], "w");
    if (!out) return perror(argv[1]), 1;
    qsort(argv + 2, (size_t)argc - 2, sizeof *argv, by_name);
    (void)fprintf(out, "/* made by tools/embed.c */\n#include \"serve/assets.h\"\n");
    for (int i = 2; i < argc; i++)
        if (!put_file(out, argv[i], (unsigned)i, &n[i], &packed_n[i])) return perror(argv[i]), 1;
    (void)fprintf(out, "const slk_asset slk_assets[] = {\n");
    for (int i = 2; i < argc; i++) {
        const char *name = name_of(argv[i]);
        (void)fprintf(out, "    {\"%s\", \"%s\", raw%d, ", name, type_of(name), i);
        if (packed_n[i])
            (void)fprintf(out, "packed%d, %zu, %zu},\n", i, n[i], packed_n[i]);
        else
            (void)fprintf(out, "0, %zu, 0},\n", n[i]);
    }
    (void)fprintf(out, "};\nconst unsigned slk_n_assets = %d;\n", argc - 2);
    return ferror(out) || fclose(out) != 0;
}
