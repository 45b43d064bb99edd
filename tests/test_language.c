/* test_language.c - the language station: tokens, sentences, tags, lemmas and predicates by cases; hostile input in linear time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/reading.h"
#include "base/text.h"
#include "engine_fixture.h"
#include "export/export.h"

static slk_reading *read_text(slk_text text) {
    slk_input in = {.text = text, .published = "2024-01-01"};
    slk_reading *r = NULL;
    assert_int_equal(slk_read(engine, &in, SLK_LAYER_SENTENCES | SLK_LAYER_TOKENS | SLK_LAYER_NAMES, &r, NULL), SLK_OK);
    return r;
}

/* ---------------------------------------------------------------- cases */

typedef void (*try_case)(slk_text *cells, size_t n);

static unsigned failed; /* cases of the file under way: each is shown, then the test fails */

static void each_case(const char *name, try_case try) {
    char path[512], line[2048];
    const char *home = getenv("SLK_TEST_DATA");
    assert_non_null(home);
    (void)snprintf(path, sizeof path, "%s/cases/%s", home, name);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    failed = 0;
    size_t cases = 0;
    while (fgets(line, sizeof line, f)) {
        slk_text rest = slk_text_trim(slk_text_of(line)), cells[8];
        size_t n = 0;
        if (rest.n == 0 || rest.at[0] == '#') continue;
        while (n < 8 && slk_text_split(&rest, '\t', &cells[n])) n++;
        try(cells, n);
        cases++;
    }
    assert_int_equal(fclose(f), 0);
    assert_true(cases > 5);
    assert_int_equal(failed, 0);
}

static void wrong(slk_text text, const char *what, slk_text want, const char *got) {
    if (strlen(got) == want.n && memcmp(got, want.at, want.n) == 0) return;
    failed++;
    print_error("%.*s: %s: want \"%.*s\", got \"%s\"\n", (int)text.n, text.at, what, (int)want.n, want.at, got);
}

static void try_tokens(slk_text *cells, size_t n) {
    char got[2048] = "";
    size_t at = 0;
    assert_int_equal(n, 2);
    slk_reading *r = read_text(cells[0]);
    for (uint32_t t = 0; t < r->tokens.n; t++) {
        slk_text x = slk_token_text(r, t);
        bool begins = t > 0 && r->tokens.at[t].sentence != r->tokens.at[t - 1].sentence;
        at += (size_t)snprintf(got + at, sizeof got - at, "%s%.*s", begins ? " / " : t ? " " : "", (int)x.n, x.at);
    }
    wrong(cells[0], "tokens", cells[1], got);
    slk_reading_free(r);
}

static bool has_name(const slk_reading *r, slk_text type, slk_text words) {
    for (uint32_t i = 0; i < r->names.n; i++)
        if (slk_text_is(type, slk_name_type_word(r->names.at[i].type)) &&
            slk_text_eq(slk_reading_text(r, r->names.at[i].span), words))
            return true;
    return false;
}

/* "WHO = World Health Organization": the last mention of the one leads back to the first of the other. */
static void try_same(const slk_reading *r, slk_text text, slk_text pair) {
    slk_text later, first;
    uint32_t from = SLK_NONE, to = SLK_NONE;
    assert_true(slk_text_split(&pair, '=', &later) && slk_text_split(&pair, '=', &first));
    for (uint32_t i = 0; i < r->names.n; i++) {
        slk_text words = slk_reading_text(r, r->names.at[i].span);
        if (slk_text_eq(words, slk_text_trim(later))) from = r->names.at[i].same_as;
        if (to == SLK_NONE && slk_text_eq(words, slk_text_trim(first))) to = i;
    }
    if (from == SLK_NONE || from != to)
        fail_msg("%.*s: %.*s is not the same as %.*s", (int)text.n, text.at, (int)later.n, later.at, (int)first.n,
                 first.at);
}

static void try_names(slk_text *cells, size_t n) {
    assert_int_equal(n, 2);
    slk_reading *r = read_text(cells[0]);
    slk_text rest = cells[1], want, type;
    while (slk_text_split(&rest, ';', &want)) {
        want = slk_text_trim(want);
        if (slk_text_starts(want, "same ")) {
            try_same(r, cells[0], slk_text_part(want, 5, (uint32_t)want.n));
            continue;
        }
        bool no = slk_text_starts(want, "no ");
        if (no) want = slk_text_part(want, 3, (uint32_t)want.n);
        assert_true(slk_text_split(&want, ' ', &type));
        if (has_name(r, type, want) == no)
            fail_msg("%.*s: %s%.*s %.*s", (int)cells[0].n, cells[0].at, no ? "must not be: " : "lacks: ", (int)type.n,
                     type.at, (int)want.n, want.at);
    }
    slk_reading_free(r);
}

static void try_tags(slk_text *cells, size_t n) {
    char text[2048] = "", got[2048] = "";
    size_t at = 0;
    slk_text rest = cells[0], word, form;
    assert_int_equal(n, 1);
    while (slk_text_split(&rest, ' ', &word)) {
        assert_true(slk_text_split(&word, '/', &form));
        bool tight = slk_text_is(form, ".");
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%.*s", at && !tight ? " " : "", (int)form.n, form.at);
    }
    slk_reading *r = read_text(slk_text_of(text));
    at = 0;
    for (uint32_t t = 0; t < r->tokens.n; t++) {
        slk_text x = slk_token_text(r, t);
        at += (size_t)snprintf(got + at, sizeof got - at, "%s%.*s/%s/%s", t ? " " : "", (int)x.n, x.at,
                               slk_upos_word(r->tokens.at[t].upos), r->tokens.at[t].lemma);
    }
    wrong(slk_text_of(text), "tags", cells[0], got);
    slk_reading_free(r);
}

static void head_of(const slk_reading *r, uint32_t noun, char out[64]) {
    slk_text t = noun == SLK_NONE ? slk_text_of("-") : slk_token_text(r, r->nouns.at[noun].t.head);
    (void)snprintf(out, 64, "%.*s", (int)t.n, t.at);
}

static bool is_head(const slk_reading *r, uint32_t pred, slk_text want) {
    slk_text x = slk_token_text(r, r->preds.at[pred].verb.head);
    return x.at && want.at && slk_text_eq(x, want);
}

static void try_predicate(slk_text *cells, size_t n) {
    static const char *const links[] = {"root",      "complement", "quote",      "relative",
                                        "adverbial", "participle", "coordinate", "infinitive"};
    static const char *const moods[] = {"fact", "future", "possible", "obliged", "condition", "habit", "infinitive"};
    char got[64];
    assert_int_equal(n, 8);
    slk_reading *r = read_text(cells[0]);
    uint32_t i = 0;
    while (i < r->preds.n && !is_head(r, i, cells[1])) i++;
    if (i == r->preds.n) {
        wrong(cells[0], "predicate", cells[1], "");
        slk_reading_free(r);
        return;
    }
    const slk_pred *p = &r->preds.at[i];
    head_of(r, p->subj, got);
    wrong(cells[0], "subject", cells[2], got);
    head_of(r, p->obj, got);
    wrong(cells[0], "object", cells[3], got);
    head_of(r, p->agent, got);
    wrong(cells[0], "agent", cells[4], got);
    wrong(cells[0], "link", cells[5], links[p->link]);
    wrong(cells[0], "mood", cells[6], moods[p->mood]);
    (void)snprintf(got, sizeof got, "%s%s%s", p->negated ? "n" : "", p->passive ? "p" : "", p->past ? "t" : "");
    wrong(cells[0], "marks", cells[7], *got ? got : "-");
    slk_reading_free(r);
}

static void tokens_and_sentences(void **state) {
    (void)state;
    each_case("tokens.tsv", try_tokens);
}

static void tags_and_lemmas(void **state) {
    (void)state;
    each_case("tags.tsv", try_tags);
}

static void names_and_their_kinds(void **state) {
    (void)state;
    each_case("names.tsv", try_names);
}

static void predicates(void **state) {
    (void)state;
    each_case("predicates.tsv", try_predicate);
}

/* ---------------------------------------------------------------- CoNLL-U */

static void conllu_is_valid(void **state) {
    (void)state;
    slk_reading *r = read_text(slk_text_of("They don't know\twhy.\n\nIran's army fired two rockets at Kaechon."));
    slk_buf out;
    slk_buf_start(&out, &slk_mem_system, 1 << 20);
    slk_export_conllu(r, &out);
    assert_int_equal(out.err, SLK_OK);
    assert_non_null(strstr(out.at, "# text = They don't know why.\n"));
    assert_non_null(strstr(out.at, "\n2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n2\tdo\tdo\tAUX\t"));
    assert_non_null(strstr(out.at, "\n1-2\tIran's\t"));
    assert_non_null(strstr(out.at, "\tSpaceAfter=No\n6\t.\t.\tPUNCT\t"));
    assert_string_equal(out.at + out.n - 2, "\n\n");
    slk_buf_free(&out);
    slk_reading_free(r);
}

/* Each sentence is one tree: one root, heads within the sentence, no rings. */
static void trees_hold_together(void **state) {
    (void)state;
    slk_reading *r = read_text(slk_text_of(
        "Iran, which tested two rockets on Monday, said it had told Oman and Qatar. \"Why now?\" asked Mr. Rao. "
        "Killed: 3. And, but; or! Headline without a verb\n\nThe missile that fell was (it seems) a dud, he said, and "
        "left."));
    for (uint32_t s = 0; s < r->sentences.n; s++) {
        uint32_t first = r->sentences.at[s].first_token, last = first + r->sentences.at[s].n_tokens, roots = 0;
        for (uint32_t t = first; t < last; t++) {
            uint32_t up = t, hops = 0;
            roots += r->tokens.at[t].head == t;
            assert_non_null(r->tokens.at[t].deprel);
            while (r->tokens.at[up].head != up && hops++ <= last - first) {
                up = r->tokens.at[up].head;
                assert_true(up >= first && up < last);
            }
            assert_true(hops <= last - first);
        }
        assert_int_equal(roots, 1);
    }
    slk_reading_free(r);
}

/* ---------------------------------------------------------------- hostile input */

static double seconds_for(const char *piece, size_t total) {
    size_t n = strlen(piece), at = 0;
    char *text = malloc(total + n);
    assert_non_null(text);
    for (; at < total; at += n) memcpy(text + at, piece, n);
    struct timespec from, to;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
    slk_reading *r = read_text((slk_text){text, at});
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
    slk_reading_free(r);
    free(text);
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) * 1e-9;
}

/* A ceiling that a square of time breaks by far and a slow or sanitized machine does not. */
static void hostile_text_is_read_in_time(void **state) {
    static const char *const pieces[] = {"a",
                                         "\"",
                                         "\"x ",
                                         "(",
                                         "'",
                                         "a-",
                                         "to ",
                                         "said that ",
                                         "was ",
                                         "launch of ",
                                         "missile and ",
                                         "Kim, ",
                                         "a.",
                                         "the missile that Iran fired on Monday, which flew and landed, "};
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        double s = seconds_for(pieces[i], 1000000);
        if (s > 20) fail_msg("a million bytes of \"%s\" took %.1f s", pieces[i], s);
    }
    assert_true(seconds_for("\"", 100000) < 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_and_sentences),
        cmocka_unit_test(tags_and_lemmas),
        cmocka_unit_test(names_and_their_kinds),
        cmocka_unit_test(predicates),
        cmocka_unit_test(conllu_is_valid),
        cmocka_unit_test(trees_hold_together),
        cmocka_unit_test(hostile_text_is_read_in_time),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
