/* pack.c - opening the pack and reading its cells. The file is mapped, checked once, then only read. See pack.h. */
#include "pack/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/mem.h"
#include "pack/inside.h"

static slk_err map(slk_pack *pack, slk_fault *fault) {
    int fd = open(pack->path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        const char *why = fd < 0 ? strerror(errno) : "it is not a plain file";
        if (fd >= 0) close(fd);
        return slk_fault_say(fault, SLK_EIO, "%s: the knowledge pack cannot be opened: %s", pack->path, why);
    }
    pack->size = (size_t)st.st_size;
    void *at = pack->size ? mmap(NULL, pack->size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    int why = pack->size ? errno : EINVAL;
    close(fd);
    if (at == MAP_FAILED)
        return slk_fault_say(fault, SLK_EPACK, "%s: the knowledge pack cannot be used: %s", pack->path,
                             pack->size ? strerror(why) : "it is empty");
    pack->at = at;
    const char *wrong = slk_pack_fault(pack->at, pack->size);
    if (wrong) return slk_fault_say(fault, SLK_EPACK, "%s: the knowledge pack cannot be used: %s", pack->path, wrong);
    return SLK_OK;
}

slk_err slk_pack_open(const char *path, const slk_allocator *mem, slk_pack **out, slk_fault *fault) {
    size_t n = strlen(path) + 1;
    slk_pack *pack = slk_mem_new(mem, sizeof *pack + n);
    if (!pack) return slk_fault_say(fault, SLK_ENOMEM, "out of memory while opening the knowledge pack");
    *pack = (slk_pack){.mem = *mem, .path = (char *)(pack + 1)};
    memcpy(pack->path, path, n);
    slk_err err = map(pack, fault);
    if (err != SLK_OK) {
        slk_pack_close(pack);
        return err;
    }
    pack->head = (const void *)pack->at;
    pack->tables = (const void *)(pack->at + pack->head->tables);
    pack->units = (const void *)(pack->at + pack->head->units);
    pack->hits = (const void *)(pack->at + pack->head->hits);
    pack->zones = (const void *)(pack->at + pack->head->zones);
    pack->shifts = (const void *)(pack->at + pack->head->shifts);
    pack->strings = pack->at + pack->head->strings;
    slk_countries_index(pack);
    *out = pack;
    return SLK_OK;
}

void slk_pack_close(slk_pack *pack) {
    if (!pack) return;
    if (pack->at) munmap((void *)(uintptr_t)pack->at, pack->size);
    slk_allocator mem = pack->mem;
    slk_mem_free(&mem, pack);
}

const char *slk_pack_path(const slk_pack *pack) { return pack->path; }
uint64_t slk_pack_checksum(const slk_pack *pack) { return pack->head->checksum; }
slk_text slk_pack_model(const slk_pack *pack, int model) {
    const slk_pack_part *part = &pack->head->models[model];
    return (slk_text){pack->at + part->at, part->n};
}

size_t slk_pack_size(const slk_pack *pack) { return pack->size; }
uint32_t slk_pack_rows(const slk_pack *pack, int table) { return pack->tables[table].rows; }

static const slk_pack_value *value(const slk_pack *pack, int table, uint32_t row, int column) {
    const slk_pack_table *t = &pack->tables[table];
    if (row >= t->rows) return NULL;
    const slk_pack_value *cells = (const void *)(pack->at + t->cells);
    return cells + (size_t)row * t->columns + (size_t)column;
}

slk_text slk_pack_cell(const slk_pack *pack, int table, uint32_t row, int column) {
    const slk_pack_value *v = value(pack, table, row, column);
    return v ? (slk_text){pack->strings + v->text.at, v->text.n} : (slk_text){"", 0};
}

const char *slk_pack_str(const slk_pack *pack, int table, uint32_t row, int column) {
    slk_text t = slk_pack_cell(pack, table, row, column);
    return t.n ? t.at : NULL;
}

double slk_pack_num(const slk_pack *pack, int table, uint32_t row, int column) {
    const slk_pack_value *v = value(pack, table, row, column);
    return v ? v->num : NAN;
}

uint32_t slk_pack_find(const slk_pack *pack, int table, slk_text key) {
    const slk_pack_table *t = &pack->tables[table];
    const slk_pack_value *cells = (const void *)(pack->at + t->cells);
    const uint32_t *index = (const void *)(pack->at + t->index);
    uint32_t hash = slk_pack_hash(key);
    for (uint32_t slot = hash;; slot++) {
        uint32_t entry = index[slot & (t->slots - 1)], row = entry & SLK_PACK_ROW;
        if (row == 0) return SLK_NONE;
        if ((entry ^ hash) & ~SLK_PACK_ROW) continue; /* another cell: seen without going there */
        const slk_pack_value *v = cells + (size_t)(row - 1) * t->columns;
        if (v->text.n == key.n && (key.n == 0 || memcmp(pack->strings + v->text.at, key.at, key.n) == 0))
            return row - 1;
    }
}

bool slk_pack_closed(const slk_pack *pack, slk_text word) {
    char small[32]; /* longer words are of no closed class */
    if (word.n == 0 || word.n > sizeof small) return false;
    for (size_t i = 0; i < word.n; i++) small[i] = slk_lower(word.at[i]);
    uint32_t row = slk_pack_find(pack, SLK_T_CLOSED, (slk_text){small, word.n});
    return row != SLK_NONE && slk_pack_cell(pack, SLK_T_CLOSED, row, SLK_CLOSED_LEMMA).n > 0;
}
