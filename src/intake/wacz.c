/* wacz.c - web archives in a zip file, by libzip. See wacz.h. */
#include "intake/wacz.h"

#include <stdlib.h>

#include <zip.h>

#include "base/fault.h"
#include "base/text.h"

struct slk_wacz {
    zip_t *zip;
    zip_int64_t n, at;
    uint64_t before_b, open_b; /* packed bytes of the archives before the open one; of it */
};

bool slk_wacz_is(slk_text head) { return slk_text_starts(head, "PK\x03\x04") || slk_text_starts(head, "PK\x05\x06"); }

static bool is_archive(const char *name) {
    static const char *const ends[] = {".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (slk_text_ends_fold(slk_text_of(name), ends[i])) return true;
    return false;
}

slk_err slk_wacz_open(const char *file, slk_wacz **out, slk_fault *fault) {
    int code = 0;
    slk_wacz *w = calloc(1, sizeof *w);
    if (!w) return SLK_ENOMEM;
    w->zip = zip_open(file, ZIP_RDONLY, &code);
    if (!w->zip) {
        zip_error_t why;
        zip_error_init_with_code(&why, code);
        (void)slk_fault_say(fault, SLK_EINPUT, "the zip file cannot be read: %s", zip_error_strerror(&why));
        zip_error_fini(&why);
        free(w);
        return SLK_EINPUT;
    }
    w->n = zip_get_num_entries(w->zip, 0);
    bool any = false;
    for (zip_int64_t i = 0; i < w->n && !any; i++) {
        const char *name = zip_get_name(w->zip, (zip_uint64_t)i, 0);
        any = name && is_archive(name);
    }
    if (!any) {
        slk_wacz_close(w);
        return slk_fault_say(fault, SLK_EINPUT, "the zip file holds no web archive");
    }
    *out = w;
    return SLK_OK;
}

void slk_wacz_close(slk_wacz *w) {
    if (!w) return;
    zip_discard(w->zip);
    free(w);
}

static int64_t read_entry(void *ctx, char *to, size_t n) { return zip_fread(ctx, to, n); }
static void close_entry(void *ctx) { (void)zip_fclose(ctx); }

slk_err slk_wacz_next(slk_wacz *w, slk_stream **out, slk_fault *fault) {
    for (; w->at < w->n; w->at++) {
        zip_stat_t st;
        if (zip_stat_index(w->zip, (zip_uint64_t)w->at, 0, &st) != 0 || !(st.valid & ZIP_STAT_NAME)) continue;
        if (!is_archive(st.name)) continue;
        w->at++;
        w->before_b += w->open_b;
        w->open_b = st.valid & ZIP_STAT_COMP_SIZE ? st.comp_size : 0;
        bool sized = (st.valid & ZIP_STAT_SIZE) && (st.valid & ZIP_STAT_COMP_SIZE);
        if (sized && st.size > SLK_RATIO_FREE_B && st.size / SLK_RATIO_MOST > st.comp_size)
            return slk_fault_say(fault, SLK_ELIMIT, "%.100s unpacks to more than %u times its size", st.name,
                                 SLK_RATIO_MOST);
        zip_file_t *entry = zip_fopen_index(w->zip, st.index, 0);
        if (!entry) return slk_fault_say(fault, SLK_EINPUT, "%.100s cannot be read: %s", st.name, zip_strerror(w->zip));
        slk_err err = slk_stream_over(read_entry, close_entry, entry, out);
        if (err != SLK_OK) (void)zip_fclose(entry);
        return err;
    }
    *out = NULL;
    w->before_b += w->open_b;
    w->open_b = 0;
    return SLK_OK;
}

uint64_t slk_wacz_read_b(const slk_wacz *w) { return w->before_b; }
