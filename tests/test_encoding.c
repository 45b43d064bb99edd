/* test_encoding.c - which encoding bytes are in, what they say, and that every character leads back to the bytes it came from.
 * Cases: cases/encodings.tsv, cases/encoding_guesses.tsv. With SLK_HTML5LIB naming a folder of html5lib's encoding tests these
 * are run too. */
#include <glob.h>
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/text.h"
#include "intake/encoding.h"

static slk_text T(const char *z) { return slk_text_of(z); }

/* \xNN, \uNNNN (up to U+FFFF) and \\ in place; returns the length. */
static size_t unescape(char *z) {
    char *to = z;
    for (char *p = z; *p;) {
        unsigned v;
        if (p[0] == '\\' && p[1] == 'x' && sscanf(p + 2, "%2x", &v) == 1) {
            *to++ = (char)v;
            p += 4;
        } else if (p[0] == '\\' && p[1] == 'u' && sscanf(p + 2, "%4x", &v) == 1) {
            if (v < 0x800) {
                *to++ = (char)(0xC0 | v >> 6);
            } else {
                *to++ = (char)(0xE0 | v >> 12);
                *to++ = (char)(0x80 | (v >> 6 & 0x3F));
            }
            *to++ = (char)(0x80 | (v & 0x3F));
            p += 6;
        } else {
            p += p[0] == '\\' && p[1] == '\\';
            *to++ = *p++;
        }
    }
    *to = '\0';
    return (size_t)(to - z);
}

/* Calls check for each row behind the header of a file of cases; returns how many. */
static int each_case(const char *file, void (*check)(char **cells)) {
    char path[4096], line[8192];
    int rows = 0, header = 0;
    (void)snprintf(path, sizeof path, "%s/cases/%s", getenv("SLK_TEST_DATA"), file);
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    while (fgets(line, sizeof line, in)) {
        char *cells[8] = {0}, *rest = line;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || !header++) continue;
        for (int i = 0; i < 8 && rest; i++) cells[i] = strsep(&rest, "\t");
        check(cells);
        rows++;
    }
    (void)fclose(in);
    return rows;
}

/* Each character, decoded again from the very bytes it is said to come from, is the same character. */
static void leads_back(slk_text bytes, const slk_decoded *d) {
    uint32_t off = 0, cp;
    bool stateless = d->charset->kind != SLK_CHARSET_ISO_2022_JP && d->charset->kind != SLK_CHARSET_REPLACEMENT;
    assert_int_equal(slk_decoded_source(d, (uint32_t)d->text.n), bytes.n);
    while (off < d->text.n) {
        uint32_t n = slk_utf8_next(d->text.at + off, d->text.at + d->text.n, &cp);
        uint32_t from = slk_decoded_source(d, off), to = slk_decoded_source(d, off + n);
        assert_true(from <= to && to <= bytes.n);
        for (uint32_t i = 1; i < n; i++) assert_int_equal(slk_decoded_source(d, off + i), from);
        slk_decoded one;
        if (stateless && to > from) {
            slk_text part = {bytes.at + from, to - from};
            assert_int_equal(slk_encoding_decode_as(&slk_mem_system, part, d->charset, &one), SLK_OK);
            assert_true(one.text.n >= n || one.text.n == 0);
            assert_memory_equal(one.text.at + one.text.n - n, d->text.at + off, n);
            slk_decoded_free(&one);
        }
        off += n;
    }
}

static void check_case(char **c) {
    static const char *const bases[] = {"mark", "header", "document", "bytes", "default"};
    slk_document_kind kind = strcmp(c[0], "html") == 0  ? SLK_DOCUMENT_HTML
                             : strcmp(c[0], "xml") == 0 ? SLK_DOCUMENT_XML
                                                        : SLK_DOCUMENT_TEXT;
    size_t n = unescape(c[2]), n_text = unescape(c[5]);
    char *bytes = malloc(n ? n : 1); /* of its own size, so that sanitizers see a read past its end */
    assert_non_null(bytes);
    memcpy(bytes, c[2], n);
    slk_decoded d;
    assert_int_equal(slk_encoding_decode(&slk_mem_system, (slk_text){bytes, n}, *c[1] ? c[1] : NULL, kind, &d), SLK_OK);
    if (d.text.n != n_text || memcmp(d.text.at, c[5], n_text) != 0)
        printf("%s: %.*s\n", c[3], (int)d.text.n, d.text.at);
    assert_string_equal(d.charset->name, c[3]);
    assert_string_equal(bases[d.basis], c[4]);
    assert_int_equal(d.text.n, n_text);
    assert_memory_equal(d.text.at, c[5], n_text);
    uint32_t bad = 0, cp;
    for (uint32_t i = 0; i < n_text; i += slk_utf8_next(c[5] + i, c[5] + n_text, &cp))
        bad += strncmp(c[5] + i, "\xEF\xBF\xBD", 3) == 0;
    assert_int_equal(d.replaced, bad);
    assert_int_equal(slk_utf8_check(d.text), d.text.n);
    leads_back((slk_text){bytes, n}, &d);
    slk_decoded_free(&d);
    free(bytes);
}

static void bytes_are_read_as_their_encoding_says(void **state) {
    (void)state;
    assert_true(each_case("encodings.tsv", check_case) > 30);
}

static void check_guess(char **c) {
    static char out[65536];
    size_t n = unescape(c[2]), room = sizeof out;
    char *from = c[2], *to = out;
    iconv_t handle = iconv_open(c[0], "UTF-8");
    assert_true(handle != (iconv_t)-1);
    assert_true(iconv(handle, &from, &n, &to, &room) != (size_t)-1);
    assert_true(iconv(handle, NULL, NULL, &to, &room) != (size_t)-1);
    assert_int_equal(iconv_close(handle), 0);
    slk_text bytes = {out, sizeof out - room};
    const slk_charset *guess = slk_encoding_guess(bytes);
    if (!guess || strcmp(guess->name, c[1]) != 0) printf("%s: %s\n", c[1], c[2]);
    assert_non_null(guess);
    assert_string_equal(guess->name, c[1]);
    slk_decoded d;
    assert_int_equal(slk_encoding_decode(&slk_mem_system, bytes, NULL, SLK_DOCUMENT_TEXT, &d), SLK_OK);
    assert_int_equal(d.text.n, strlen(c[2]));
    assert_memory_equal(d.text.at, c[2], d.text.n);
    leads_back(bytes, &d);
    slk_decoded_free(&d);
}

static void encodings_that_nobody_named_are_recognised(void **state) {
    (void)state;
    assert_true(each_case("encoding_guesses.tsv", check_guess) > 20);
}

static void labels_are_found_whatever_their_case(void **state) {
    (void)state;
    assert_string_equal(slk_charset_find(T(" Latin1\n"))->name, "windows-1252");
    assert_string_equal(slk_charset_find(T("UTF8"))->name, "UTF-8");
    assert_string_equal(slk_charset_find(T("ks_c_5601-1987"))->name, "EUC-KR");
    assert_null(slk_charset_find(T("")));
    assert_null(slk_charset_find(T("utf-7")));
    for (unsigned i = 1; i < slk_charset_label_count; i++)
        assert_true(strcmp(slk_charset_labels[i - 1].label, slk_charset_labels[i].label) < 0);
}

/* Long texts pass the marks every 256 bytes at all offsets. */
static void long_texts_lead_back_too(void **state) {
    (void)state;
    static const char *const labels[] = {"windows-1251", "euc-kr", "utf-8", "utf-16le", "gb18030", "shift_jis"};
    static char bytes[9000];
    uint32_t seed = 11;
    for (size_t i = 0; i < sizeof bytes; i++) {
        seed = seed * 1103515245u + 12345u;
        bytes[i] = (char)(seed >> 16);
    }
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        slk_decoded d;
        slk_text all = {bytes, sizeof bytes};
        assert_int_equal(slk_encoding_decode_as(&slk_mem_system, all, slk_charset_find(T(labels[i])), &d), SLK_OK);
        leads_back(all, &d);
        slk_decoded_free(&d);
    }
}

static void too_long_is_said(void **state) {
    (void)state;
    slk_decoded d;
    slk_text t = {"", (size_t)SLK_DECODED_MOST_B + 1};
    assert_int_equal(slk_encoding_decode_as(&slk_mem_system, t, slk_charset_find(T("euc-kr")), &d), SLK_ELIMIT);
}

static void html5lib_file(const char *path, int *n) {
    static char all[1 << 18];
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    size_t length = fread(all, 1, sizeof all - 1, in);
    (void)fclose(in);
    all[length] = '\0';
    for (char *p = all; (p = strstr(p, "#data\n")) != NULL;) {
        p += strlen("#data\n");
        char *end = strstr(p, "\n#encoding\n");
        assert_non_null(end);
        char *want = end + strlen("\n#encoding\n");
        const slk_charset *expect = slk_charset_find((slk_text){want, strcspn(want, "\n")});
        slk_charset_basis basis;
        assert_ptr_equal(slk_encoding_find((slk_text){p, (size_t)(end - p)}, NULL, SLK_DOCUMENT_HTML, &basis), expect);
        p = want;
        ++*n;
    }
}

static void html5lib_cases(void **state) {
    (void)state;
    char pattern[4096];
    const char *folder = getenv("SLK_HTML5LIB");
    if (!folder) skip();
    glob_t found;
    int n = 0;
    (void)snprintf(pattern, sizeof pattern, "%s/*.dat", folder);
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) html5lib_file(found.gl_pathv[i], &n);
    globfree(&found);
    assert_true(n >= 80);
}

int main(void) {
    const struct CMUnitTest all[] = {
        cmocka_unit_test(bytes_are_read_as_their_encoding_says),
        cmocka_unit_test(encodings_that_nobody_named_are_recognised),
        cmocka_unit_test(labels_are_found_whatever_their_case),
        cmocka_unit_test(long_texts_lead_back_too),
        cmocka_unit_test(too_long_is_said),
        cmocka_unit_test(html5lib_cases),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
