/* resume.c - places in archives, between the intake and the ledger. See resume.h. */
#include "cli/resume.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define ALL_OF_IT INT64_MAX

/* Which file a name means, as it is now. False where it is no plain file. */
static bool identify(const char *name, char file[SLK_PATH_MOST_B], slk_file_position *out) {
    struct stat s;
    char *path = realpath(name, NULL);
    bool good = path && strlen(path) < SLK_PATH_MOST_B && stat(path, &s) == 0 && S_ISREG(s.st_mode);
    if (good) {
        memcpy(file, path, strlen(path) + 1);
        *out = (slk_file_position){.file = file, .size_b = (int64_t)s.st_size};
        out->changed_ns = (int64_t)s.st_mtim.tv_sec * 1000000000 + s.st_mtim.tv_nsec;
    }
    free(path);
    return good;
}

bool slk_resuming_ask(slk_resuming *r, const char *file, slk_position *behind) {
    char path[SLK_PATH_MOST_B];
    slk_file_position p;
    bool found = false, quiet = r->args->value[SLK_OPT_QUIET] != NULL;
    if (!identify(file, path, &p) || slk_positions_get(r->ledger, &p, &found, NULL) != SLK_OK || !found) return false;
    bool all = p.part == ALL_OF_IT;
    if (!r->args->value[SLK_OPT_RESUME]) {
        if (!quiet) slk_say("%s: a run before this one was interrupted; --resume goes on where it stopped", file);
        return false;
    }
    if (!quiet && all) slk_say("%s: all of it was read before", file);
    if (!quiet && !all) slk_say("%s: goes on behind byte %lld", file, (long long)p.offset_b);
    *behind = (slk_position){.part = all ? UINT32_MAX : (uint32_t)p.part, .offset_b = (uint64_t)p.offset_b};
    behind->n = (uint32_t)p.n;
    return true;
}

slk_err slk_resuming_write(slk_resuming *r, slk_fault *fault) {
    if (!r->unwritten) return SLK_OK;
    r->unwritten = false;
    return slk_positions_set(r->ledger, &r->place, fault);
}

/* The archive that was under way is read to its end. */
static slk_err finish(slk_resuming *r, slk_fault *fault) {
    if (!r->name) return SLK_OK;
    r->name = NULL;
    r->place.part = ALL_OF_IT;
    r->unwritten = true;
    return slk_resuming_write(r, fault);
}

slk_err slk_resuming_note(slk_resuming *r, const slk_item *item, slk_fault *fault) {
    bool same = r->name && strcmp(r->name, item->name) == 0;
    if (!same) {
        slk_err err = finish(r, fault);
        if (err != SLK_OK || !item->place.part || !identify(item->name, r->file, &r->place)) return err;
        r->name = item->name; /* it is borrowed from the command line */
    }
    if (!item->place.part) return SLK_OK;
    r->place.part = item->place.part;
    r->place.offset_b = (int64_t)item->place.offset_b;
    r->place.n = item->place.n;
    r->unwritten = true;
    return SLK_OK;
}

slk_err slk_resuming_end(slk_resuming *r, slk_fault *fault) {
    char path[SLK_PATH_MOST_B];
    slk_file_position p;
    slk_err err = SLK_OK;
    for (int i = 0; err == SLK_OK && i < r->args->n_operands; i++) {
        bool found = false;
        if (!identify(r->args->operands[i], path, &p)) continue;
        err = slk_positions_get(r->ledger, &p, &found, fault);
        if (err == SLK_OK && found) err = slk_positions_drop(r->ledger, p.file, fault);
    }
    r->unwritten = false;
    return err;
}
