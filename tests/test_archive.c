/* test_archive.c - files as they lie about: packed by gzip and zstd, WARC and ARC, WACZ, with HTTP responses in chunks and codings;
 * cut, damaged and blown up. Archives are made here, so that each line can be checked by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include <zip.h>
#include <zlib.h>
#include <zstd.h>

#include "base/mem.h"
#include "base/text.h"
#include "intake/http.h"
#include "intake/intake.h"
#include "intake/stream.h"
#include "pack_fixture.h"

/* ---------------------------------------------------------------- making */

typedef struct file { /* in memory, with a name to open it by */
    int fd;
    char name[64];
} file;

static file file_new(void) {
    file f = {.fd = memfd_create("archive", 0)};
    assert_true(f.fd >= 0);
    (void)snprintf(f.name, sizeof f.name, "/proc/self/fd/%d", f.fd);
    return f;
}

static void put(const file *f, const void *at, size_t n) { assert_int_equal(write(f->fd, at, n), (ssize_t)n); }

static size_t gzip(const char *at, size_t n, char *out, size_t room) {
    z_stream z = {
        .next_in = (Bytef *)(uintptr_t)at, .avail_in = (uInt)n, .next_out = (Bytef *)out, .avail_out = (uInt)room};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    (void)deflateEnd(&z);
    return room - z.avail_out;
}

static size_t zstd(const char *at, size_t n, char *out, size_t room) {
    size_t made = ZSTD_compress(out, room, at, n, 3);
    assert_false(ZSTD_isError(made));
    return made;
}

typedef enum packing { PLAIN, GZIP, ZSTD } packing;

static void put_packed(const file *f, packing how, const char *at, size_t n) {
    static char out[1 << 20];
    if (how == PLAIN)
        put(f, at, n);
    else
        put(f, out, how == GZIP ? gzip(at, n, out, sizeof out) : zstd(at, n, out, sizeof out));
}

static void put_record(const file *f, packing how, const char *type, const char *uri, const char *block, size_t n) {
    static char record[1 << 17];
    int head = snprintf(record, sizeof record,
                        "WARC/1.1\r\nWARC-Type: %s\r\nwarc-target-uri: <%s>\r\nContent-Type: application/http\r\n"
                        "Content-Length: %zu\r\n\r\n",
                        type, uri, n);
    memcpy(record + head, block, n);
    memcpy(record + (size_t)head + n, "\r\n\r\n", 4);
    put_packed(f, how, record, (size_t)head + n + 4);
}

static void put_page(const file *f, packing how, const char *uri, const char *words) {
    char block[4096];
    int n = snprintf(block, sizeof block, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>%s</p>",
                     words);
    put_record(f, how, "response", uri, block, (size_t)n);
}

/* ---------------------------------------------------------------- reading: one line for each item */

static void read_file(const file *f, slk_input_format format, slk_buf *out) {
    char name[64];
    char *files[] = {name};
    slk_intake *in;
    slk_err err;
    (void)snprintf(name, sizeof name, "%s", f->name);
    slk_buf_start(out, &slk_mem_system, 1 << 20);
    assert_int_equal(slk_intake_new(files, 1, format, NULL, &in), SLK_OK);
    for (slk_item *item; (item = slk_intake_next(in, &err)) != NULL; slk_item_free(item)) {
        slk_item_prepare(item, pack);
        bool self = strncmp(item->input.source, "/proc/", 6) == 0;
        slk_buf_printf(out, "%s ", self ? "-" : item->input.source);
        if (item->fault.code != SLK_OK)
            slk_buf_printf(out, "%s: %s\n", slk_err_word(item->fault.code), item->fault.message);
        else
            slk_buf_printf(out, "%.*s\n", (int)item->input.text.n, item->input.text.at);
    }
    assert_int_equal(err, SLK_OK);
    slk_intake_free(in);
}

static void expect(const file *f, const char *want) {
    slk_buf got;
    read_file(f, SLK_INPUT_AUTO, &got);
    assert_string_equal(got.at ? got.at : "", want);
    slk_buf_free(&got);
    (void)close(f->fd);
}

static void archives_give_their_documents(void **state) {
    (void)state;
    static const char png[] = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG";
    static const char gone[] = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>gone";
    for (packing how = PLAIN; how <= ZSTD; how++) {
        file f = file_new();
        put_record(&f, how, "warcinfo", "", "software: x\r\n", 13);
        put_page(&f, how, "https://wire.example/1", "The first.");
        put_record(&f, how, "request", "https://wire.example/1", "GET / HTTP/1.1\r\n\r\n", 18);
        put_record(&f, how, "response", "https://wire.example/p", png, sizeof png - 1);
        put_record(&f, how, "response", "https://wire.example/g", gone, sizeof gone - 1);
        put_page(&f, how, "https://wire.example/2", "The second.");
        expect(&f, "https://wire.example/1 The first.\n"
                   "https://wire.example/p bad-input: a document of type \"image/png\" is no report\n"
                   "https://wire.example/g bad-input: the server answered with status 404\n"
                   "https://wire.example/2 The second.\n");
    }
}

static void arc_files_are_read(void **state) {
    (void)state;
    file f = file_new();
    static const char arc[] = "filedesc://x.arc 127.0.0.1 20140216050221 text/plain 14\n1 0 LiveWeb\n\n\n"
                              "http://wire.example/a b 1.2.3.4 20140216050221 text/html 46\n"
                              "HTTP/1.1 200 OK\nContent-Type: text/plain\n\nText\n"
                              "http://wire.example/c 1.2.3.4 20140216050221 text/html abc\n"
                              "http://wire.example/d 1.2.3.4 20140216050221 text/html 900\nHTTP/1.1 200 OK\n";
    put(&f, arc, sizeof arc - 1);
    slk_buf got;
    read_file(&f, SLK_INPUT_AUTO, &got);
    assert_non_null(strstr(got.at, "http://wire.example/a b Text\n"));
    assert_non_null(strstr(got.at, "http://wire.example/c bad-input: the record has no usable length"));
    assert_non_null(strstr(got.at, "http://wire.example/d bad-input: the record is cut off"));
    slk_buf_free(&got);
    (void)close(f.fd);
}

static void damage_is_said_and_the_rest_goes_on(void **state) {
    (void)state;
    slk_buf got;
    file f = file_new();
    put_page(&f, GZIP, "https://wire.example/1", "The first.");
    off_t second = lseek(f.fd, 0, SEEK_CUR);
    put_page(&f, GZIP, "https://wire.example/2", "The second.");
    put_page(&f, GZIP, "https://wire.example/3", "The third.");
    assert_int_equal(pwrite(f.fd, "\xFF\xFF\xFF\xFF\xFF\xFF", 6, second + 12), 6);
    read_file(&f, SLK_INPUT_WARC, &got);
    char said[160];
    (void)snprintf(said, sizeof said, "the packed data are damaged");
    assert_non_null(strstr(got.at, "https://wire.example/1 The first.\n"));
    assert_non_null(strstr(got.at, said));
    (void)snprintf(said, sizeof said, "(at byte %lld of the file)", (long long)second);
    assert_non_null(strstr(got.at, said));
    assert_non_null(strstr(got.at, "https://wire.example/3 The third.\n"));
    slk_buf_free(&got);
    (void)close(f.fd);
}

static void what_is_cut_off_is_said(void **state) {
    (void)state;
    for (packing how = PLAIN; how <= ZSTD; how++) {
        slk_buf got;
        file f = file_new();
        put_page(&f, how, "https://wire.example/1", "The first.");
        put_page(&f, how, "https://wire.example/2", "The second one, which is longer than what is left of it.");
        off_t end = lseek(f.fd, 0, SEEK_CUR);
        assert_int_equal(ftruncate(f.fd, end - 40), 0);
        read_file(&f, SLK_INPUT_WARC, &got);
        assert_non_null(strstr(got.at, "https://wire.example/1 The first.\n"));
        assert_non_null(strstr(got.at, "bad-input: the "));
        assert_null(strstr(got.at, "The second"));
        slk_buf_free(&got);
        (void)close(f.fd);
    }
}

static void a_length_that_lies_does_not_swallow_the_rest(void **state) {
    (void)state;
    file f = file_new();
    static const char lie[] =
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://wire.example/1\r\nContent-Length: -5\r\n\r\nx\r\n";
    put(&f, lie, sizeof lie - 1);
    put_page(&f, PLAIN, "https://wire.example/2", "The second.");
    slk_buf got;
    read_file(&f, SLK_INPUT_WARC, &got);
    assert_non_null(strstr(got.at, "https://wire.example/1 bad-input: the record has no usable Content-Length"));
    assert_non_null(strstr(got.at, "https://wire.example/2 The second.\n"));
    slk_buf_free(&got);
    (void)close(f.fd);
}

static void bombs_end_at_a_ratio(void **state) {
    (void)state;
    static char zeros[16 << 20];
    for (packing how = GZIP; how <= ZSTD; how++) {
        slk_buf got;
        file f = file_new();
        memset(zeros, 'a', sizeof zeros);
        put_packed(&f, how, zeros, sizeof zeros);
        read_file(&f, SLK_INPUT_TEXT, &got);
        assert_non_null(strstr(got.at, "limit: the packed data unpack to more than 100 times their size"));
        slk_buf_free(&got);
        (void)close(f.fd);
    }
}

static void any_input_may_be_packed(void **state) {
    (void)state;
    static const char lines[] = "{\"id\": \"1\", \"text\": \"One.\"}\n{\"id\": \"2\", \"text\": \"Two.\"}\n";
    static const char feed[] =
        "<rss><channel><item><title>Three</title><link>https://wire.example/3</link></item></channel></rss>";
    for (packing how = PLAIN; how <= ZSTD; how++) {
        file f = file_new();
        put_packed(&f, how, lines, 29);
        put_packed(&f, how, lines + 29, sizeof lines - 30);
        expect(&f, "- One.\n- Two.\n");
        f = file_new();
        put_packed(&f, how, feed, sizeof feed - 1);
        expect(&f, "https://wire.example/3 Three\n");
        f = file_new();
        put_packed(&f, how, "Caf\xE9 in Paris.", 14);
        expect(&f, "- Caf\xC3\xA9 in Paris.\n");
    }
}

static void a_zip_file_of_archives_is_read(void **state) {
    (void)state;
    char name[] = "/tmp/sillok-test-XXXXXX";
    static char warc[1 << 16];
    file inside = file_new();
    put_page(&inside, GZIP, "https://wire.example/1", "The first.");
    ssize_t n = pread(inside.fd, warc, sizeof warc, 0);
    assert_true(n > 0);
    int fd = mkstemp(name), code = 0;
    assert_true(fd >= 0);
    zip_t *zip = zip_open(name, ZIP_CREATE | ZIP_TRUNCATE, &code);
    assert_non_null(zip);
    zip_source_t *pages = zip_source_buffer(zip, "{}", 2, 0), *data = zip_source_buffer(zip, warc, (zip_uint64_t)n, 0);
    assert_true(zip_file_add(zip, "pages/pages.jsonl", pages, 0) >= 0);
    assert_true(zip_file_add(zip, "archive/data.warc.gz", data, 0) >= 0);
    assert_int_equal(zip_close(zip), 0);
    file f = {.fd = fd};
    (void)snprintf(f.name, sizeof f.name, "%s", name);
    slk_buf got;
    read_file(&f, SLK_INPUT_AUTO, &got);
    assert_string_equal(got.at, "https://wire.example/1 The first.\n");
    slk_buf_free(&got);
    (void)close(fd);
    (void)close(inside.fd);
    assert_int_equal(unlink(name), 0);
}

static void check_body(const char *response, size_t n, const char *want, slk_err expect_err) {
    slk_http http;
    slk_buf room;
    slk_text body;
    slk_fault fault;
    char *exact = malloc(n ? n : 1); /* of its own size, so that sanitizers see a read past its end */
    assert_non_null(exact);
    memcpy(exact, response, n);
    slk_http_split((slk_text){exact, n}, &http);
    slk_buf_start(&room, &slk_mem_system, SLK_UNPACKED_MOST_B);
    assert_int_equal(slk_http_body(&http, &room, &body, &fault), expect_err);
    if (expect_err == SLK_OK) {
        assert_int_equal(body.n, strlen(want));
        assert_memory_equal(body.at, want, body.n);
    }
    slk_buf_free(&room);
    free(exact);
}

static void check_plain(const char *response, const char *want) {
    check_body(response, strlen(response), want, SLK_OK);
}

static void chunks_are_joined_where_there_are_any(void **state) {
    (void)state;
#define CHUNKED "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    check_plain(CHUNKED "4\r\nwire\r\n3;x=y\r\n of\r\n0\r\n\r\n", "wire of");
    check_plain(CHUNKED "<p>not in chunks</p>", "<p>not in chunks</p>");
    check_plain(CHUNKED "4\r\nwire\r\nff\r\ncut off", "wirecut off");
    check_plain(CHUNKED "4\r\nwire\r\nnonsense", "wire");
    check_plain("HTTP/1.0 200\n\nno headers", "no headers");
    check_plain("no status line", "no status line");
    check_plain("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nplain after all", "plain after all");
    check_plain("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n<p>plain after all", "<p>plain after all");
}

static void codings_are_undone(void **state) {
    (void)state;
    static char response[1 << 16], packed[1 << 15];
    static const char text[] = "The missile fell into the sea.";
    static const char brotli[] = "\x0b\x02\x80hello\x03"; /* an uncompressed "hello" as the brotli format has it */
    size_t n = gzip(text, sizeof text - 1, packed, sizeof packed);
    int head = snprintf(response, sizeof response, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
    memcpy(response + head, packed, n);
    check_body(response, (size_t)head + n, text, SLK_OK);
    response[head + 15] ^= 0x55;
    check_body(response, (size_t)head + n, text, SLK_EINPUT);
    n = zstd(text, sizeof text - 1, packed, sizeof packed);
    head = snprintf(response, sizeof response, "HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n");
    memcpy(response + head, packed, n);
    check_body(response, (size_t)head + n, text, SLK_OK);
    uLongf made = sizeof packed;
    assert_int_equal(compress((Bytef *)packed, &made, (const Bytef *)text, sizeof text - 1), Z_OK);
    head = snprintf(response, sizeof response, "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n");
    memcpy(response + head, packed, made);
    check_body(response, (size_t)head + made, text, SLK_OK);
    memcpy(response + head, packed + 2, made - 6); /* without zlib's wrapping */
    check_body(response, (size_t)head + made - 6, text, SLK_OK);
    head = snprintf(response, sizeof response, "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n");
    memcpy(response + head, brotli, sizeof brotli - 1);
    check_body(response, (size_t)head + sizeof brotli - 1, "hello", SLK_OK);
}

static void feeds_within_archives_give_their_items(void **state) {
    (void)state;
    static const char feed[] =
        "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss version='2.0'><channel><title>Wire</title>"
        "<item><title>One</title><link>/1</link><description>The first.</description></item>"
        "<item><title>Two</title><link>/2</link><description>The second.</description></item></channel></rss>";
    static const char empty[] = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss><channel/></rss>";
    for (packing how = PLAIN; how <= ZSTD; how++) {
        file f = file_new();
        put_page(&f, how, "https://wire.example/0", "Before.");
        put_record(&f, how, "response", "https://wire.example/feed", feed, sizeof feed - 1);
        put_record(&f, how, "response", "https://wire.example/empty", empty, sizeof empty - 1);
        put_page(&f, how, "https://wire.example/3", "Behind.");
        expect(&f, "https://wire.example/0 Before.\n"
                   "https://wire.example/1 The first.\n"
                   "https://wire.example/2 The second.\n"
                   "https://wire.example/empty bad-input: a document of type \"text/xml\" is no report\n"
                   "https://wire.example/3 Behind.\n");
    }
}

/* Reads on behind a place: the item behind which, from 0. */
typedef struct resuming {
    slk_position behind;
    unsigned asked;
} resuming;

static bool go_on(void *ctx, const char *name, slk_position *behind) {
    resuming *r = ctx;
    (void)name;
    r->asked++;
    *behind = r->behind;
    return r->behind.part > 0;
}

/* Appends the texts of the items behind r->behind; the place of item number `at` becomes *place. */
static void read_behind(const file *f, resuming *r, int at, slk_position *place, slk_buf *out) {
    char name[64];
    char *files[] = {name};
    slk_intake *in;
    slk_err err;
    (void)snprintf(name, sizeof name, "%s", f->name);
    assert_int_equal(slk_intake_new(files, 1, SLK_INPUT_AUTO, NULL, &in), SLK_OK);
    slk_intake_resume(in, go_on, r);
    int n = 0;
    for (slk_item *item; (item = slk_intake_next(in, &err)) != NULL; slk_item_free(item), n++) {
        slk_item_prepare(item, pack);
        if (n == at) *place = item->place;
        slk_buf_printf(out, "%.*s", (int)item->input.text.n, item->input.text.at ? item->input.text.at : "");
    }
    assert_int_equal(err, SLK_OK);
    slk_intake_free(in);
}

static void check_resumed(const file *f) {
    static const char all[] = "A.B.C.D.";
    for (int at = 0; at < 4; at++) {
        slk_buf out;
        slk_position place = {0};
        resuming from_start = {0};
        slk_buf_start(&out, &slk_mem_system, 1 << 20);
        read_behind(f, &from_start, at, &place, &out);
        assert_string_equal(out.at, all);
        assert_true(place.part > 0);
        resuming behind = {.behind = place};
        slk_buf_clear(&out);
        read_behind(f, &behind, -1, NULL, &out);
        assert_int_equal(behind.asked, 1);
        assert_string_equal(out.at ? out.at : "", all + 2 * (at + 1));
        slk_buf_free(&out);
    }
}

static void reading_goes_on_behind_any_document(void **state) {
    (void)state;
    static const char feed[] =
        "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss><channel><item><description>"
        "B.</description></item><item><description>C.</description></item></channel></rss>";
    static char one[1 << 16];
    for (packing how = PLAIN; how <= ZSTD; how++) {
        file f = file_new();
        put_page(&f, how, "https://wire.example/a", "A.");
        put_record(&f, how, "request", "https://wire.example/x", "GET / HTTP/1.1\r\n\r\n", 18);
        put_record(&f, how, "response", "https://wire.example/feed", feed, sizeof feed - 1);
        put_page(&f, how, "https://wire.example/d", "D.");
        check_resumed(&f);
        off_t size = lseek(f.fd, 0, SEEK_END);
        if (how == PLAIN) { /* the same as one member: no record of it can be gone to */
            file whole = file_new();
            assert_int_equal(pread(f.fd, one, sizeof one, 0), size);
            put_packed(&whole, GZIP, one, (size_t)size);
            check_resumed(&whole);
            (void)close(whole.fd);
        }
        (void)close(f.fd);
    }
}

#define MHTML(boundary) "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=" boundary "\r\n\r\n"

static void check_text(const char *bytes, const char *want) {
    file f = file_new();
    put(&f, bytes, strlen(bytes));
    expect(&f, want);
}

static void pages_saved_with_their_parts_are_read(void **state) {
    (void)state;
    check_text("Snapshot-Content-Location: https://wire.example/a\r\n" MHTML(
                   "\"--x\"") "----x\r\n"
                              "Content-Type: image/png\r\n\r\n<p>no\r\n----x\r\nContent-Type: text/html\r\n"
                              "Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>Two=20mis=\r\nsiles =C3=A9 1=3D1 "
                              "a=b\r\n----x--\r\n",
               "https://wire.example/a Two missiles \xC3\xA9 1=1 a=b\n");
    check_text(
        MHTML(
            "b; start=\"<2>\"") "--b\nContent-Type: text/html\n\n<p>frame\n--bb\n--b\nContent-ID: <2>\n"
                                "Content-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: "
                                "text/plain\n\nplain\n--c\n"
                                "Content-Location: http://wire.example/b\nContent-Type: text/html; charset=iso-8859-1\n"
                                "Content-Transfer-Encoding: base64\n\nPHA+U\nun8\n--c--\n--b--\n",
        "http://wire.example/b R\xC3\xA9\xC3\xBC\n");
    check_text("MIME-Version: 1.0\nContent-Type: text/html\n\n<p>Alone.", "- Alone.\n");
    check_text(MHTML("b") "--b\nContent-Type: text/html\n\n<p>Cut off", "- Cut off\n");
    check_text(MHTML("b") "--b\nContent-Type: image/png\n\nx\n--b--\n",
               "- bad-input: no part of the MHTML file is a page\n");
    check_text(MHTML("") "--b\nContent-Type: text/html\n\nx\n--b--\n",
               "- bad-input: no part of the MHTML file is a page\n");
    check_text("Note: this is a text.\n\nMIME-Version: 1.0 is a header.",
               "- Note: this is a text.\n\nMIME-Version: 1.0 is a header.\n");
}

static void parts_nest_within_reason(void **state) {
    (void)state;
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, 1 << 20);
    slk_buf_puts(&b, MHTML("0"));
    for (unsigned i = 0; i < 9; i++)
        slk_buf_printf(&b, "--%u\nContent-Type: multipart/mixed; boundary=%u\n\n", i, i + 1);
    check_text(b.at, "- limit: the MHTML file nests its parts deeper than 4\n");
    slk_buf_free(&b);
}

int main(void) {
    const struct CMUnitTest all[] = {
        cmocka_unit_test(archives_give_their_documents),
        cmocka_unit_test(arc_files_are_read),
        cmocka_unit_test(damage_is_said_and_the_rest_goes_on),
        cmocka_unit_test(what_is_cut_off_is_said),
        cmocka_unit_test(a_length_that_lies_does_not_swallow_the_rest),
        cmocka_unit_test(bombs_end_at_a_ratio),
        cmocka_unit_test(any_input_may_be_packed),
        cmocka_unit_test(a_zip_file_of_archives_is_read),
        cmocka_unit_test(chunks_are_joined_where_there_are_any),
        cmocka_unit_test(codings_are_undone),
        cmocka_unit_test(feeds_within_archives_give_their_items),
        cmocka_unit_test(reading_goes_on_behind_any_document),
        cmocka_unit_test(pages_saved_with_their_parts_are_read),
        cmocka_unit_test(parts_nest_within_reason),
    };
    return cmocka_run_group_tests(all, open_pack, close_pack);
}
