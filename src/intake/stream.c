/* stream.c - files and their unpacking. See stream.h. Two buffers of fixed size: raw bytes as the file has them, and bytes as they
 * are handed out. Where nothing is packed the second is filled by copying. */
#include "intake/stream.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <zlib.h>
#include <zstd.h>

#include "base/fault.h"

#define RAW_B 65536u
#define OUT_B (2u * SLK_STREAM_PEEK_B)

#define STARTS_MOST 64u /* members of which bytes are handed out at once */

typedef struct start { /* the bytes from out + at on are of the member that begins there in the file */
    size_t at;
    uint64_t member_at_b;
} start;

typedef enum packing { PLAIN, GZIP, ZSTD, UNKNOWN } packing;

struct slk_stream {
    FILE *file;
    int64_t (*read)(void *ctx, char *to, size_t n);
    void (*close)(void *ctx);
    void *ctx;
    packing packing;
    z_stream z;
    ZSTD_DStream *zstd;
    bool z_open, in_member, end, hopeless; /* hopeless: the file itself cannot be read further */
    uint64_t raw_b, out_b;                 /* read from the file; handed out */
    uint64_t member_at_b, member_out_b;    /* where the member begins in the file; what came out of it */
    slk_fault fault;
    size_t raw_at, raw_n, at, n;
    unsigned n_starts;
    start starts[STARTS_MOST]; /* ascending, the first at or before `at` */
    char raw[RAW_B];
    char out[OUT_B];
};

static slk_stream *stream_new(void) {
    slk_stream *s = malloc(sizeof *s);
    if (!s) return NULL;
    memset(s, 0, offsetof(slk_stream, raw));
    s->packing = UNKNOWN;
    return s;
}

slk_err slk_stream_over(int64_t (*read)(void *ctx, char *to, size_t n), void (*close)(void *ctx), void *ctx,
                        slk_stream **out) {
    slk_stream *s = stream_new();
    if (!s) return SLK_ENOMEM;
    s->read = read;
    s->close = close;
    s->ctx = ctx;
    *out = s;
    return SLK_OK;
}

slk_err slk_stream_open(const char *file, slk_stream **out, slk_fault *fault) {
    bool is_stdin = strcmp(file, "-") == 0;
    struct stat st;
    errno = 0;
    FILE *in = is_stdin ? stdin : fopen(file, "rbe");
    if (in && fstat(fileno(in), &st) == 0 && S_ISDIR(st.st_mode)) {
        if (!is_stdin) (void)fclose(in);
        in = NULL;
        errno = EISDIR;
    }
    if (!in) return slk_fault_say(fault, SLK_EIO, "cannot be opened: %s", strerror(errno));
    slk_stream *s = stream_new();
    if (!s) {
        if (!is_stdin) (void)fclose(in);
        return SLK_ENOMEM;
    }
    s->file = in;
    *out = s;
    return SLK_OK;
}

void slk_stream_close(slk_stream *s) {
    if (!s) return;
    if (s->file && s->file != stdin) (void)fclose(s->file);
    if (s->close) s->close(s->ctx);
    if (s->z_open) (void)inflateEnd(&s->z);
    (void)ZSTD_freeDStream(s->zstd);
    free(s);
}

/* ---------------------------------------------------------------- raw bytes */

static void stop(slk_stream *s, bool hopeless, slk_err code, const char *why) {
    (void)slk_fault_at(&s->fault, code, 0, s->member_at_b, "%s", why);
    s->hopeless |= hopeless;
    s->in_member = false;
}

/* Fills the raw buffer behind what is left in it; false at the end or on failure. */
static bool fill_raw(slk_stream *s) {
    if (s->end) return false;
    if (s->raw_at) memmove(s->raw, s->raw + s->raw_at, s->raw_n - s->raw_at);
    s->raw_n -= s->raw_at;
    s->raw_at = 0;
    if (s->raw_n == RAW_B) return true;
    errno = 0;
    int64_t got = s->read ? s->read(s->ctx, s->raw + s->raw_n, RAW_B - s->raw_n)
                          : (int64_t)fread(s->raw + s->raw_n, 1, RAW_B - s->raw_n, s->file);
    if (got <= 0) {
        s->end = true;
        if (got < 0 || (s->file && ferror(s->file))) {
            char why[128];
            (void)snprintf(why, sizeof why, "cannot be read: %s", strerror(errno ? errno : EIO));
            stop(s, true, SLK_EIO, why);
        }
        return false;
    }
    s->raw_n += (size_t)got;
    s->raw_b += (uint64_t)got;
    return true;
}

static uint64_t raw_place(const slk_stream *s) { return s->raw_b - (s->raw_n - s->raw_at); }

static bool raw_starts(const slk_stream *s, const char *magic, size_t n) {
    return s->raw_n - s->raw_at >= n && memcmp(s->raw + s->raw_at, magic, n) == 0;
}

static packing packing_here(const slk_stream *s) {
    if (raw_starts(s, "\x1F\x8B\x08", 3)) return GZIP;
    if (raw_starts(s, "\x28\xB5\x2F\xFD", 4)) return ZSTD;
    bool skippable = s->raw_n - s->raw_at >= 4 && ((uint8_t)s->raw[s->raw_at] & 0xF0) == 0x50 &&
                     memcmp(s->raw + s->raw_at + 1, "\x2A\x4D\x18", 3) == 0;
    return skippable ? ZSTD : PLAIN;
}

/* ---------------------------------------------------------------- members */

static void note_start(slk_stream *s) {
    bool same = s->n_starts && s->starts[s->n_starts - 1].at == s->n;
    if (!same && s->n_starts < STARTS_MOST) s->n_starts++;
    s->starts[s->n_starts - 1] = (start){s->n, s->member_at_b};
}

/* The bytes before `at` were taken: those behind go to the front. */
static void move_starts(slk_stream *s) {
    unsigned gone = 0;
    while (gone + 1 < s->n_starts && s->starts[gone + 1].at <= s->at) gone++;
    s->n_starts -= gone;
    for (unsigned i = 0; i < s->n_starts; i++) {
        s->starts[i] = s->starts[i + gone];
        s->starts[i].at -= s->starts[i].at < s->at ? s->starts[i].at : s->at;
    }
}

static bool begin_member(slk_stream *s) {
    s->member_at_b = raw_place(s);
    note_start(s);
    s->member_out_b = 0;
    s->in_member = true;
    if (s->packing == GZIP) {
        int ok = s->z_open ? inflateReset(&s->z) : inflateInit2(&s->z, 15 + 16);
        s->z_open |= ok == Z_OK;
        if (ok != Z_OK) stop(s, true, SLK_ENOMEM, "out of memory while unpacking");
        return ok == Z_OK;
    }
    if (!s->zstd) s->zstd = ZSTD_createDStream();
    bool ok = s->zstd && !ZSTD_isError(ZSTD_initDStream(s->zstd)) &&
              !ZSTD_isError(ZSTD_DCtx_setParameter(s->zstd, ZSTD_d_windowLogMax, 27));
    if (!ok) stop(s, true, SLK_ENOMEM, "out of memory while unpacking");
    return ok;
}

/* Goes to where a member begins; zeros and the like between members are passed over. False at the end. */
static bool find_member(slk_stream *s) {
    for (;;) {
        if (s->raw_n - s->raw_at < 4) (void)fill_raw(s);
        if (s->raw_at == s->raw_n || s->fault.code != SLK_OK) return false;
        if (packing_here(s) == s->packing) return begin_member(s);
        char first = s->packing == GZIP ? '\x1F' : '\x28';
        const char *hit = memchr(s->raw + s->raw_at + 1, first, s->raw_n - s->raw_at - 1);
        s->raw_at = hit ? (size_t)(hit - s->raw) : s->raw_n;
        if (!hit && s->end) return false;
    }
}

/* One step of unpacking into out from s->n on. True when the member goes on. */
static bool step_gzip(slk_stream *s, size_t *used, size_t *made, const char **why) {
    s->z.next_in = (Bytef *)(s->raw + s->raw_at);
    s->z.avail_in = (uInt)(s->raw_n - s->raw_at);
    s->z.next_out = (Bytef *)(s->out + s->n);
    s->z.avail_out = (uInt)(OUT_B - s->n);
    int ok = inflate(&s->z, Z_NO_FLUSH);
    *used = s->raw_n - s->raw_at - s->z.avail_in;
    *made = OUT_B - s->n - s->z.avail_out;
    if (ok != Z_OK && ok != Z_STREAM_END && ok != Z_BUF_ERROR) *why = s->z.msg ? s->z.msg : "damaged";
    return ok != Z_STREAM_END;
}

static bool step_zstd(slk_stream *s, size_t *used, size_t *made, const char **why) {
    ZSTD_inBuffer in = {s->raw + s->raw_at, s->raw_n - s->raw_at, 0};
    ZSTD_outBuffer out = {s->out + s->n, OUT_B - s->n, 0};
    size_t left = ZSTD_decompressStream(s->zstd, &out, &in);
    *used = in.pos;
    *made = out.pos;
    if (ZSTD_isError(left)) *why = ZSTD_getErrorName(left);
    return left != 0;
}

static void unpack(slk_stream *s) {
    while (s->n < OUT_B && s->fault.code == SLK_OK) {
        size_t used = 0, made = 0;
        const char *why = NULL;
        if (!s->in_member && !find_member(s)) return;
        bool dry = s->raw_at == s->raw_n && !fill_raw(s);
        if (s->fault.code != SLK_OK) return;
        bool goes_on = s->packing == GZIP ? step_gzip(s, &used, &made, &why) : step_zstd(s, &used, &made, &why);
        s->raw_at += used;
        s->n += made;
        s->member_out_b += made;
        if (!goes_on) s->in_member = false;
        if (why) {
            char said[160];
            (void)snprintf(said, sizeof said, "the packed data are damaged: %s", why);
            stop(s, false, SLK_EINPUT, said);
            s->raw_at += s->raw_at < s->raw_n; /* the next member is looked for behind this one's beginning */
        } else if (s->member_out_b > SLK_RATIO_FREE_B &&
                   s->member_out_b / SLK_RATIO_MOST > raw_place(s) - s->member_at_b) {
            stop(s, false, SLK_ELIMIT, "the packed data unpack to more than 100 times their size");
        } else if (dry && goes_on && !made) {
            stop(s, false, SLK_EINPUT, "the packed data end in the middle");
        }
        if (s->n) return;
    }
}

static void copy(slk_stream *s) {
    if (s->raw_at == s->raw_n && !fill_raw(s)) return;
    size_t n = s->raw_n - s->raw_at < OUT_B - s->n ? s->raw_n - s->raw_at : OUT_B - s->n;
    s->member_at_b = raw_place(s);
    memcpy(s->out + s->n, s->raw + s->raw_at, n);
    s->raw_at += n;
    s->n += n;
}

/* More bytes behind those not yet taken; false when there are none. */
static bool fill(slk_stream *s) {
    size_t before = s->n - s->at;
    if (s->fault.code != SLK_OK) return false;
    if (s->at) memmove(s->out, s->out + s->at, before);
    move_starts(s);
    s->n = before;
    s->at = 0;
    if (s->packing == UNKNOWN) {
        while (s->raw_n < 4 && fill_raw(s)) continue;
        s->packing = packing_here(s);
    }
    if (s->packing == PLAIN)
        copy(s);
    else
        unpack(s);
    return s->n > before;
}

slk_text slk_stream_peek(slk_stream *s) {
    while (s->n - s->at < SLK_STREAM_PEEK_B && s->n_starts < STARTS_MOST - 1 && fill(s)) continue;
    return (slk_text){s->out + s->at, s->n - s->at};
}

slk_text slk_stream_more(slk_stream *s) {
    if (s->at == s->n) (void)fill(s);
    return (slk_text){s->out + s->at, s->n - s->at};
}

void slk_stream_take(slk_stream *s, size_t n) {
    s->at += n;
    s->out_b += n;
}

bool slk_stream_seek(slk_stream *s, uint64_t offset_b) {
    if (!s->file || s->file == stdin || s->hopeless || offset_b > INT64_MAX) return false;
    (void)slk_stream_peek(s); /* how it is packed is told by its beginning */
    if (fseeko(s->file, (off_t)offset_b, SEEK_SET) != 0) return false;
    s->raw_at = s->raw_n = s->at = s->n = s->n_starts = 0;
    s->raw_b = s->member_at_b = offset_b;
    s->in_member = s->end = false;
    s->fault.code = SLK_OK;
    return true;
}

const slk_fault *slk_stream_fault(const slk_stream *s) { return &s->fault; }

void slk_stream_clear(slk_stream *s) {
    if (!s->hopeless) s->fault.code = SLK_OK;
}

uint64_t slk_stream_raw_b(const slk_stream *s) { return s->raw_b; }
uint64_t slk_stream_unpacked_b(const slk_stream *s) { return s->out_b; }
bool slk_stream_packed(const slk_stream *s) { return s->packing == GZIP || s->packing == ZSTD; }
uint64_t slk_stream_offset(const slk_stream *s) {
    if (s->packing == PLAIN) return raw_place(s) - (s->n - s->at);
    for (unsigned i = s->n_starts; i-- > 0;)
        if (s->starts[i].at <= s->at && s->at < s->n) return s->starts[i].member_at_b;
    return s->in_member ? s->member_at_b : raw_place(s);
}
