/* rows.c - rows of CSV and of tab separated lines, and where the bytes come from. See rows.h; JSON: rows_json.c.
 *
 * A quote that is never closed would swallow the file. Such a row ends at the ceiling or at the end of the file, is said with the line
 * where it began, and reading goes on with the line after that one; since that reads the same bytes again, it is done for so many
 * rows only, and then all that was swallowed is passed over. */
#include <stdlib.h>
#include <string.h>

#include <zip.h>

#include "base/fault.h"
#include "base/mem.h"
#include "base/text.h"
#include "import/rows_inside.h"

#define AGAIN_MOST 64u /* rows for which bytes are read again */

/* ---------------------------------------------------------------- where bytes come from */

typedef struct zipped { /* the first file in a zip */
    zip_t *zip;
    zip_file_t *entry;
} zipped;

static int64_t read_zip(void *ctx, char *to, size_t n) { return zip_fread(((zipped *)ctx)->entry, to, n); }

static void close_zip(void *ctx) {
    zipped *z = ctx;
    (void)zip_fclose(z->entry);
    zip_discard(z->zip);
    free(z);
}

static slk_err open_zip(const char *file, slk_stream **out, slk_fault *fault) {
    zip_stat_t st;
    int code = 0;
    zipped *z = calloc(1, sizeof *z);
    if (!z) return slk_fault_say(fault, SLK_ENOMEM, "out of memory");
    z->zip = zip_open(file, ZIP_RDONLY, &code);
    bool sized = z->zip && zip_stat_index(z->zip, 0, 0, &st) == 0 && (st.valid & ZIP_STAT_SIZE) &&
                 (st.valid & ZIP_STAT_COMP_SIZE);
    bool bomb = sized && st.size > SLK_RATIO_FREE_B && st.size / SLK_RATIO_MOST > st.comp_size;
    z->entry = sized && !bomb ? zip_fopen_index(z->zip, 0, 0) : NULL;
    slk_err err = z->entry ? slk_stream_over(read_zip, close_zip, z, out) : SLK_EINPUT;
    if (err == SLK_OK) return SLK_OK;
    if (z->entry) (void)zip_fclose(z->entry);
    if (z->zip) zip_discard(z->zip);
    free(z);
    return slk_fault_say(fault, err,
                         bomb ? "the zip file unpacks to more than %u times its size"
                              : "the zip file cannot be read or holds no file",
                         SLK_RATIO_MOST);
}

static int64_t read_bytes(void *ctx, char *to, size_t n) {
    slk_text *t = ctx;
    size_t take = t->n < n ? t->n : n;
    if (take) memcpy(to, t->at, take);
    t->at += take;
    t->n -= take;
    return (int64_t)take;
}

/* The next bytes into raw; false at the end or on a fault. */
static bool read_more(slk_rows *r) {
    slk_text t = slk_stream_more(r->stream);
    if (t.n == 0) {
        r->at_end = true;
        return false;
    }
    slk_buf_add(&r->raw, t.at, t.n);
    slk_stream_take(r->stream, t.n);
    return r->raw.err == SLK_OK;
}

/* Drops what was read and is done with. */
static void drop(slk_rows *r) {
    if (r->at == 0) return;
    memmove(r->raw.at, r->raw.at + r->at, r->raw.n - r->at);
    r->raw.n -= r->at;
    r->raw.at[r->raw.n] = '\0';
    r->at = 0;
}

/* ---------------------------------------------------------------- which form */

static char separator_of(slk_text head) {
    size_t n[256] = {0};
    bool quoted = false;
    for (size_t i = 0; i < head.n && (quoted || head.at[i] != '\n'); i++) {
        if (head.at[i] == '"') quoted = !quoted;
        if (!quoted) n[(unsigned char)head.at[i]]++;
    }
    if (n['\t'] && n['\t'] >= n[','] && n['\t'] >= n[';']) return '\t';
    return n[';'] > n[','] ? ';' : ',';
}

static slk_err look(slk_rows *r, slk_fault *fault) {
    while (r->raw.n < SLK_STREAM_PEEK_B && read_more(r)) {
    }
    if (r->raw.err != SLK_OK) return slk_fault_say(fault, r->raw.err, "out of memory");
    if (slk_stream_fault(r->stream)->code != SLK_OK) {
        *fault = *slk_stream_fault(r->stream);
        return fault->code;
    }
    slk_text head = {r->raw.at ? r->raw.at : "", r->raw.n};
    if (slk_text_starts(head, "\xFE\xFF") || slk_text_starts(head, "\xFF\xFE"))
        return slk_fault_say(fault, SLK_EENCODING, "the file is UTF-16; save it as UTF-8");
    if (slk_text_starts(head, "\xEF\xBB\xBF")) r->at = 3;
    slk_text first = slk_text_trim((slk_text){head.at + r->at, head.n - r->at});
    r->form = SLK_ROWS_CSV;
    if (first.n && (first.at[0] == '{' || (first.at[0] == '[' && first.n > 1))) r->form = SLK_ROWS_JSON;
    r->array = r->form == SLK_ROWS_JSON && first.at[0] == '[';
    r->separator = separator_of(first);
    if (r->form == SLK_ROWS_CSV && r->separator == '\t') r->form = SLK_ROWS_TSV;
    return SLK_OK;
}

static slk_err start(slk_stream *stream, slk_rows **out, slk_fault *fault) {
    slk_rows *r = calloc(1, sizeof *r);
    if (!r) {
        slk_stream_close(stream);
        return slk_fault_say(fault, SLK_ENOMEM, "out of memory");
    }
    r->stream = stream;
    r->line = 1;
    slk_buf_start(&r->raw, &slk_mem_system, SLK_JSON_ARRAY_MOST_B + 2 * SLK_STREAM_PEEK_B);
    slk_buf_start(&r->text, &slk_mem_system, 2 * SLK_ROW_MOST_B + 2 * SLK_STREAM_PEEK_B);
    slk_err err = look(r, fault);
    if (err == SLK_OK)
        *out = r;
    else
        slk_rows_close(r);
    return err;
}

slk_err slk_rows_open(const char *file, slk_rows **out, slk_fault *fault) {
    slk_stream *stream = NULL;
    slk_err err = slk_stream_open(file, &stream, fault);
    if (err != SLK_OK) return err;
    slk_text head = slk_stream_peek(stream);
    if (slk_text_starts(head, "PK\x03\x04") && strcmp(file, "-") != 0) {
        slk_stream_close(stream);
        if ((err = open_zip(file, &stream, fault)) != SLK_OK) return err;
    }
    return start(stream, out, fault);
}

slk_err slk_rows_over(slk_text bytes, slk_rows **out, slk_fault *fault) {
    slk_stream *stream = NULL;
    slk_text *t = malloc(sizeof *t);
    if (!t) return slk_fault_say(fault, SLK_ENOMEM, "out of memory");
    *t = bytes;
    slk_err err = slk_stream_over(read_bytes, free, t, &stream);
    if (err != SLK_OK) {
        free(t);
        return slk_fault_say(fault, err, "out of memory");
    }
    return start(stream, out, fault);
}

void slk_rows_close(slk_rows *r) {
    if (!r) return;
    slk_rows_json_close(r);
    slk_stream_close(r->stream);
    slk_buf_free(&r->raw);
    slk_buf_free(&r->text);
    free(r);
}

slk_rows_form slk_rows_form_of(const slk_rows *r) { return r->form; }

/* ---------------------------------------------------------------- one row */

/* The end of the row that begins at r->at: behind its line feed. CSV: a line feed in quotes is none. *closed: all quotes are. */
static size_t row_end(slk_rows *r, bool *closed) {
    size_t i = r->at;
    bool quoted = false;
    for (;; i++) {
        if (i == r->raw.n && (i - r->at > SLK_ROW_MOST_B || !read_more(r))) break;
        if (i - r->at > SLK_ROW_MOST_B) break;
        if (r->form == SLK_ROWS_CSV && r->raw.at[i] == '"') quoted = !quoted;
        if (r->raw.at[i] == '\n' && !quoted) {
            *closed = true;
            return i + 1;
        }
    }
    *closed = !quoted && i - r->at <= SLK_ROW_MOST_B;
    return i;
}

static size_t lines_in(const char *at, size_t n) {
    size_t lines = 0;
    for (size_t i = 0; i < n; i++) lines += at[i] == '\n';
    return lines;
}

/* Goes on behind the first line of a row whose quotes are wrong, or behind all of it. */
static void pass_over(slk_rows *r, size_t end, bool quotes) {
    const char *from = r->raw.at + r->at, *nl = memchr(from, '\n', end - r->at);
    bool again = quotes && nl && nl + 1 < r->raw.at + end && r->again++ < AGAIN_MOST;
    size_t n = again ? (size_t)(nl - from) + 1 : end - r->at;
    r->line += lines_in(from, n);
    r->at += n;
    if (again || (n && from[n - 1] == '\n')) return;
    for (;;) { /* to the end of its line */
        const char *rest = r->at < r->raw.n ? memchr(r->raw.at + r->at, '\n', r->raw.n - r->at) : NULL;
        if (rest) {
            r->at = (size_t)(rest - r->raw.at) + 1;
            r->line++;
            return;
        }
        r->at = r->raw.n;
        drop(r);
        if (!read_more(r)) return;
    }
}

/* One cell from *i on, appended to text without its quotes; *i comes behind its separator. False: a quote where none may be. */
static bool take_cell(slk_rows *r, slk_text row, size_t *i, bool *more) {
    size_t at = *i;
    bool quoted = r->form == SLK_ROWS_CSV && at < row.n && row.at[at] == '"';
    if (!quoted) {
        size_t end = at;
        while (end < row.n && row.at[end] != r->separator) end++;
        slk_buf_add(&r->text, row.at + at, end - at);
        at = end;
    } else {
        for (at++; at < row.n; at++) {
            if (row.at[at] != '"') {
                slk_buf_putc(&r->text, row.at[at]);
            } else if (at + 1 < row.n && row.at[at + 1] == '"') {
                slk_buf_putc(&r->text, '"');
                at++;
            } else {
                break;
            }
        }
        if (at >= row.n) return false;
        at++;
        if (at < row.n && row.at[at] != r->separator) return false;
    }
    *more = at < row.n;
    *i = at + *more;
    return true;
}

static slk_err cells_of(slk_rows *r, slk_text row, slk_fault *fault) {
    size_t starts[SLK_CELLS_MOST + 1], i = 0;
    bool more = true;
    slk_buf_clear(&r->text);
    r->n = 0;
    while (more) {
        if (r->n == SLK_CELLS_MOST)
            return slk_fault_at(fault, SLK_ELIMIT, r->line, 0, "the row has more than %u cells", SLK_CELLS_MOST);
        starts[r->n++] = r->text.n;
        if (!take_cell(r, row, &i, &more))
            return slk_fault_at(fault, SLK_EINPUT, r->line, 0, "cell %u has a quotation mark where none may stand",
                                r->n);
    }
    starts[r->n] = r->text.n;
    if (r->text.err != SLK_OK) return slk_fault_at(fault, SLK_ENOMEM, r->line, 0, "out of memory");
    const char *at = r->text.at ? r->text.at : "";
    for (uint32_t k = 0; k < r->n; k++) r->cells[k] = (slk_text){at + starts[k], starts[k + 1] - starts[k]};
    return SLK_OK;
}

static slk_rows_next_is broken(slk_rows *r, slk_fault *fault) {
    *fault = *slk_stream_fault(r->stream);
    if (r->raw.err != SLK_OK) (void)slk_fault_at(fault, r->raw.err, r->line, 0, "out of memory");
    return fault->code == SLK_OK ? SLK_ROWS_END : SLK_ROWS_BROKEN;
}

static slk_rows_next_is next_line(slk_rows *r, slk_row *out, slk_fault *fault) {
    bool closed = false;
    size_t end;
    slk_text row;
    do { /* empty lines are no rows */
        r->line += r->lines;
        r->lines = 0;
        if (r->at > SLK_ROW_MOST_B) drop(r);
        end = row_end(r, &closed);
        if (r->raw.err != SLK_OK || (r->at_end && slk_stream_fault(r->stream)->code != SLK_OK)) return broken(r, fault);
        row = (slk_text){r->raw.at ? r->raw.at + r->at : "", end - r->at};
        if (row.n == 0) return SLK_ROWS_END;
        while (row.n && (row.at[row.n - 1] == '\n' || row.at[row.n - 1] == '\r')) row.n--;
        if (row.n == 0) {
            r->lines = lines_in(r->raw.at + r->at, end - r->at);
            r->at = end;
        }
    } while (row.n == 0);
    size_t bad = slk_utf8_check(row);
    slk_err err = SLK_OK;
    if (!closed)
        err = slk_fault_at(fault, row.n < SLK_ROW_MOST_B ? SLK_EINPUT : SLK_ELIMIT, r->line, 0,
                           row.n < SLK_ROW_MOST_B ? "a quotation mark is never closed"
                                                  : "the row is longer than %u bytes",
                           SLK_ROW_MOST_B);
    else if (bad < row.n)
        err = slk_fault_at(fault, SLK_EENCODING, r->line, bad, "the row is not valid UTF-8 at its byte %zu", bad);
    else
        err = cells_of(r, row, fault);
    if (err != SLK_OK) {
        pass_over(r, end, err == SLK_EINPUT);
        return SLK_ROWS_BAD;
    }
    *out = (slk_row){.cells = r->cells, .n = r->n, .line = r->line};
    r->lines = lines_in(r->raw.at + r->at, end - r->at);
    r->at = end;
    return SLK_ROWS_ROW;
}

slk_rows_next_is slk_rows_next(slk_rows *r, slk_row *out, slk_fault *fault) {
    if (r->form == SLK_ROWS_JSON && r->array) return slk_rows_json_element(r, out, fault);
    if (r->form != SLK_ROWS_JSON) return next_line(r, out, fault);
    slk_row line;
    r->form = SLK_ROWS_TSV; /* a line as it is */
    char separator = r->separator;
    r->separator = '\n';
    slk_rows_next_is what = next_line(r, &line, fault);
    r->separator = separator;
    r->form = SLK_ROWS_JSON;
    return what == SLK_ROWS_ROW ? slk_rows_json_line(r, line.cells[0], line.line, out, fault) : what;
}

slk_err slk_rows_whole(slk_rows *r, slk_fault *fault) {
    while (r->raw.n <= SLK_JSON_ARRAY_MOST_B && read_more(r)) {
    }
    if (r->raw.n > SLK_JSON_ARRAY_MOST_B)
        return slk_fault_say(fault, SLK_ELIMIT, "a JSON array of more than %u MiB; write one object a line",
                             SLK_JSON_ARRAY_MOST_B >> 20);
    if (slk_stream_fault(r->stream)->code != SLK_OK) {
        *fault = *slk_stream_fault(r->stream);
        return fault->code;
    }
    return r->raw.err == SLK_OK ? SLK_OK : slk_fault_say(fault, r->raw.err, "out of memory");
}
