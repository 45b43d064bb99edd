/* fuzz_pack.c - a pack that somebody has meddled with: the input is a list of patches (4 bytes where, 4 bytes what) laid over the
 * real pack, whose checksum is then made right again. It is refused, or every look-up stays within the file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "pack/gazetteer.h"
#include "pack/inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *real;
static size_t real_n;

static void load(void) {
    slk_pack *pack;
    const char *path = getenv("SILLOK_PACK");
    if (!path || slk_pack_open(path, &slk_mem_system, &pack, NULL) != SLK_OK) abort();
    real_n = pack->size;
    real = malloc(real_n);
    if (!real) abort();
    memcpy(real, pack->at, real_n);
    slk_pack_close(pack);
}

/* Where a patch lands: low numbers in the head and the list of tables, the others anywhere. */
static size_t place(uint32_t where) {
    size_t near = sizeof(slk_pack_head) + SLK_T_COUNT * sizeof(slk_pack_table);
    return where % 2 ? where / 2 % near / 4 * 4 : where / 2 % (real_n / 4) * 4;
}

static void look(const slk_pack *pack) {
    static const char *const words[] = {"short-range ballistic missile", "North Korea", "two hundred", "km", "said"};
    static const char *const towns[] = {"Springfield", "San Jose", "Frankfurt am Main", "Sinp'o", "Saint-Denis"};
    slk_hit hits[16];
    size_t sum = 0;
    for (int t = 0; t < SLK_T_COUNT; t++) {
        uint32_t rows = slk_pack_rows(pack, t);
        for (uint32_t r = 0; r < rows; r += 1 + rows / 16) {
            slk_text cell = slk_pack_cell(pack, t, r, 0);
            sum += strlen(cell.at);
            (void)slk_pack_find(pack, t, cell);
        }
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        uint32_t n = slk_pack_match(pack, slk_text_of(words[i]), 0, hits, 16);
        for (uint32_t k = 0; k < n; k++) sum += slk_pack_cell(pack, hits[k].table, hits[k].row, hits[k].column).n;
    }
    uint32_t rows[8], end = 0;
    slk_gazetteer_place place;
    for (size_t i = 0; i < sizeof towns / sizeof *towns; i++) {
        uint32_t n = slk_gazetteer_match(pack, slk_text_of(towns[i]), 0, rows, 8, &end);
        for (uint32_t k = 0; k < n; k++)
            if (slk_gazetteer_row(pack, rows[k], &place)) sum += strlen(place.name) + strlen(place.region);
    }
    char iso2[3];
    for (int i = -80; i < 90; i += 10) sum += slk_land_at(pack, i, 2 * i, iso2);
    int32_t offset;
    int64_t utc;
    sum += slk_zone_offset(pack, "Asia/Seoul", 1700000000, &offset);
    sum += slk_zone_to_utc(pack, "America/New_York", 1730597400, &utc);
    if (sum == 1) abort(); /* so that nothing is left out */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!real) load();
    int fd = memfd_create("pack", 0);
    if (fd < 0 || ftruncate(fd, (off_t)real_n) != 0) abort();
    char *at = mmap(NULL, real_n, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED) abort();
    memcpy(at, real, real_n);
    for (size_t i = 0; i + 8 <= size && i < 64; i += 8) {
        uint32_t where, what;
        memcpy(&where, data + i, 4);
        memcpy(&what, data + i + 4, 4);
        memcpy(at + place(where), &what, 4);
    }
    slk_pack_head *head = (void *)at;
    uint64_t checked = head->gazetteer.at;
    if (checked % 8 == 0 && checked >= sizeof *head && checked <= real_n)
        head->checksum = slk_pack_sum(at + sizeof *head, checked - sizeof *head) ^ head->gazetteer.checksum;
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    slk_pack *pack;
    if (slk_pack_open(path, &slk_mem_system, &pack, NULL) == SLK_OK) {
        look(pack);
        slk_pack_close(pack);
    }
    munmap(at, real_n);
    return close(fd);
}
