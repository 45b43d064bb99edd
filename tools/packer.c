/* packer.c - compiles the tables of data/, the time zones and the trained models into the pack: packer OUT DATA_DIR ZONEINFO_DIR MODEL_DIR.
 * Every table is held against src/pack/tables.h (tables.c); the phrases of all become one trie (tries.c). */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "pack/pack.h"
#include "packer.h"

void stop(const char *format, ...) {
    va_list args;
    va_start(args, format);
    (void)fputs("packer: ", stderr);
    (void)vfprintf(stderr, format, args);
    (void)fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static pile read_file(const char *path) {
    FILE *in = fopen(path, "rb");
    if (!in) stop("%s: %s", path, strerror(errno));
    pile p = {0};
    char piece[65536];
    for (size_t n; (n = fread(piece, 1, sizeof piece, in)) > 0;) memcpy(pile_take(&p, n), piece, n);
    if (ferror(in)) stop("%s: %s", path, strerror(errno));
    (void)fclose(in);
    return p;
}

static void write_file(const char *path, const pile *file) {
    FILE *out = fopen(path, "wb");
    if (!out || fwrite(file->at, 1, file->n, out) != file->n || fclose(out) != 0) stop("%s: %s", path, strerror(errno));
}

static void add_table(const char *data_dir, int t, slk_pack_table *entry, pile *file, pile *strings,
                      packer_keys *keys) {
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/%s.tsv", data_dir, table_name(t));
    if (n < 0 || n >= (int)sizeof path) stop("%s: the name of the folder is too long", data_dir);
    pile text = read_file(path);
    packer_table table = {0};
    table_read(path, (slk_text){text.at, text.n}, t, &table, strings, keys);
    pile index = {0};
    table_index(&table, strings, &index);
    *entry = (slk_pack_table){.rows = table.rows, .columns = table.columns};
    entry->cells = pile_append(file, &table.cells);
    entry->index = pile_append(file, &index);
    entry->slots = (uint32_t)(index.n / sizeof(uint32_t));
    pile_free(&index);
    pile_free(&table.cells);
    pile_free(&text);
}

static void add_models(const char *model_dir, slk_pack_head *head, pile *file) {
#define MODEL_FILE(name, file) file,
    static const char *const names[] = {SLK_MODELS(MODEL_FILE)};
    _Static_assert(SLK_MODEL_COUNT <= SLK_PACK_MODELS_MOST, "the head has no room for so many models");
    for (unsigned i = 0; i < SLK_MODEL_COUNT; i++) {
        char path[4096];
        int n = snprintf(path, sizeof path, "%s/%s", model_dir, names[i]);
        if (n < 0 || n >= (int)sizeof path) stop("%s: the name of the folder is too long", model_dir);
        pile model = read_file(path);
        if (file->n % 64) pile_take(file, 64 - file->n % 64);
        head->models[i].n = model.n;
        head->models[i].at = pile_append(file, &model);
        pile_free(&model);
    }
}

typedef void add_part(const char *path, slk_text packed, pile *file, slk_pack_gazetteer *out);

static void add_packed(const char *data_dir, const char *name, add_part *add, slk_pack_head *head, pile *file) {
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/%s", data_dir, name);
    if (n < 0 || n >= (int)sizeof path) stop("%s: the name of the folder is too long", data_dir);
    pile packed = read_file(path);
    add(path, (slk_text){packed.at, packed.n}, file, &head->gazetteer);
    pile_free(&packed);
}

static void add_gazetteer(const char *data_dir, slk_pack_head *head, pile *file) {
    head->gazetteer.at = file->n;
    add_packed(data_dir, "land.tsv.zst", land_build, head, file);
    add_packed(data_dir, "gazetteer.tsv.zst", towns_build, head, file);
    head->gazetteer.checksum = slk_pack_sum(file->at + head->gazetteer.at, file->n - head->gazetteer.at);
}

static void build(const char *out, const char *data_dir, const char *zone_dir, const char *model_dir) {
    pile file = {0}, strings = {0}, units = {0}, hits = {0}, zones = {0}, shifts = {0};
    packer_keys keys = {0};
    slk_pack_table directory[SLK_T_COUNT];
    pile_take(&file, sizeof(slk_pack_head) + sizeof directory);
    for (int t = 0; t < SLK_T_COUNT; t++) add_table(data_dir, t, &directory[t], &file, &strings, &keys);
    trie_build(&keys, &units, &hits);
    zones_build(zone_dir, &zones, &shifts, &strings);
    slk_pack_head head = {.magic = SLK_PACK_MAGIC, .version = SLK_PACK_VERSION, .n_tables = SLK_T_COUNT};
    head.tables = sizeof head;
    head.units = pile_append(&file, &units), head.n_units = (uint32_t)(units.n / sizeof(slk_pack_unit));
    head.hits = pile_append(&file, &hits), head.n_hits = (uint32_t)(hits.n / sizeof(slk_pack_hit));
    head.zones = pile_append(&file, &zones), head.n_zones = (uint32_t)(zones.n / sizeof(slk_pack_zone));
    head.shifts = pile_append(&file, &shifts), head.n_shifts = (uint32_t)(shifts.n / sizeof(slk_pack_shift));
    add_models(model_dir, &head, &file);
    head.strings = pile_append(&file, &strings);
    memcpy(file.at + sizeof head, directory, sizeof directory);
    size_t checked = file.n;
    add_gazetteer(data_dir, &head, &file);
    head.length = file.n;
    head.checksum = slk_pack_sum(file.at + sizeof head, checked - sizeof head) ^ head.gazetteer.checksum;
    memcpy(file.at, &head, sizeof head);
    write_file(out, &file);
    printf("%zu phrases, %u zones, %u places, %zu bytes\n", keys.n, head.n_zones, head.gazetteer.n_rows, file.n);
    pile_free(&file);
    pile_free(&strings);
    pile_free(&units);
    pile_free(&hits);
    pile_free(&zones);
    pile_free(&shifts);
    keys_free(&keys);
}

int main(int argc, char **argv) {
    if (argc != 5) stop("usage: packer OUT DATA_DIR ZONEINFO_DIR MODEL_DIR");
    build(argv[1], argv[2], argv[3], argv[4]);
    return 0;
}
