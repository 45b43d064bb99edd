/* test_voices.c - who is who and who says what. cases/attributions.tsv holds sentences with all the attributions that must be
 * found in them, cases/reports_voices.tsv short reports with who speaks in them; cases/actors.tsv holds texts with words and the actor that these must stand for. Then texts made to hurt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/reading.h"
#include "base/text.h"
#include "base/words.h"
#include "cases_fixture.h"
#include "engine_fixture.h"
#include "meaning/meaning.h"

#define CELLS 8

/* ---------------------------------------------------------------- tables of cases */

typedef struct table {
    char *bytes;
    slk_text rest;
    slk_text cell[CELLS];
    unsigned n, line;
} table;

static table open_table(const char *name) {
    size_t n = 0;
    table t = {.bytes = read_cases(name, &n)};
    t.rest = (slk_text){t.bytes, n};
    return t;
}

/* The next line that is neither comment nor head. */
static bool next_row(table *t) {
    slk_text line;
    while (slk_text_split(&t->rest, '\n', &line)) {
        t->line++;
        if (line.n == 0 || line.at[0] == '#' || slk_text_starts(line, "text\t")) continue;
        for (t->n = 0; t->n < CELLS && slk_text_split(&line, '\t', &t->cell[t->n]); t->n++) {
        }
        for (unsigned i = t->n; i < CELLS; i++) t->cell[i] = (slk_text){"", 0};
        return true;
    }
    return false;
}

static slk_reading *read_text(slk_text text) {
    slk_input in = {.published = "2024-09-18", .text = text};
    slk_reading *r = NULL;
    slk_fault fault;
    assert_int_equal(slk_read(engine, &in, SLK_LAYER_ALL, &r, &fault), SLK_OK);
    return r;
}

/* ---------------------------------------------------------------- attributions */

/* Pieces joined by " ... "; cut at the room. */
static void words_of(const slk_reading *r, slk_spans s, char *out, size_t room) {
    size_t at = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < s.n; i++) {
        slk_text t = slk_reading_text(r, s.at[i]);
        int n = snprintf(out + at, room - at, "%s%.*s", i ? " ... " : "", (int)t.n, t.at);
        if (n < 0 || (size_t)n >= room - at) return;
        at += (size_t)n;
    }
}

static bool country_fits(const slk_reading *r, const slk_attribution *a, slk_text want) {
    if (slk_text_is(want, "-")) return true;
    const char *c = a->actor != SLK_NONE ? r->actors.at[a->actor].country : "";
    if (want.n == 0) return strcmp(c, "UNK") == 0 || *c == '\0';
    return slk_text_is(want, c);
}

static bool attribution_fits(const slk_reading *r, const slk_attribution *a, const table *t, bool say) {
    char source[400], cue[200], content[600];
    words_of(r, a->source, source, sizeof source);
    words_of(r, a->cue, cue, sizeof cue);
    words_of(r, a->content, content, sizeof content);
    if (say)
        print_error("   got [%s] [%s] [%s] %s %s\n", source, cue, content, slk_stance_word(a->stance),
                    slk_certainty_word(a->certainty));
    return slk_text_is(t->cell[1], source) && slk_text_is(t->cell[2], cue) && slk_text_is(t->cell[3], content) &&
           slk_text_is(t->cell[4], slk_stance_word(a->stance)) &&
           slk_text_is(t->cell[5], slk_certainty_word(a->certainty)) && country_fits(r, a, t->cell[6]);
}

static unsigned check_row(const slk_reading *r, const table *t) {
    for (uint32_t i = 0; i < r->attributions.n; i++)
        if (attribution_fits(r, &r->attributions.at[i], t, false)) return 0;
    print_error("line %u not found: %.*s\n", t->line, (int)t->cell[0].n, t->cell[0].at);
    for (uint32_t i = 0; i < r->attributions.n; i++) (void)attribution_fits(r, &r->attributions.at[i], t, true);
    return 1;
}

static void sentences_say_who_says_what(void **state) {
    (void)state;
    table t = open_table("attributions.tsv");
    slk_reading *r = NULL;
    slk_text text = {"", 0};
    unsigned failed = 0, texts = 0, wanted = 0;
    for (bool more = next_row(&t); more || r; more = more && next_row(&t)) {
        if (r && (!more || !slk_text_eq(text, t.cell[0]))) {
            if (r->attributions.n != wanted) {
                print_error("%u attributions instead of %u: %.*s\n", r->attributions.n, wanted, (int)text.n, text.at);
                failed++;
            }
            slk_reading_free(r);
            r = NULL;
        }
        if (!more) continue;
        if (!r) {
            text = t.cell[0];
            r = read_text(text);
            wanted = 0;
            texts++;
        }
        wanted++;
        failed += check_row(r, &t);
    }
    free(t.bytes);
    assert_true(texts >= 60);
    assert_int_equal(failed, 0);
}

/* "source: stance" is one of the attributions of a reading. */
static bool speaks(const slk_reading *r, slk_text voice) {
    for (uint32_t i = 0; i < r->attributions.n; i++) {
        char source[400], all[440];
        words_of(r, r->attributions.at[i].source, source, sizeof source);
        (void)snprintf(all, sizeof all, "%s: %s", source, slk_stance_word(r->attributions.at[i].stance));
        if (slk_text_is(voice, all)) return true;
    }
    return false;
}

static void reports_tell_who_speaks(void **state) {
    (void)state;
    table t = open_table("reports_voices.tsv");
    unsigned failed = 0, reports = 0;
    for (; next_row(&t); reports++) {
        slk_reading *r = read_text(t.cell[0]);
        slk_text rest = t.cell[1], voice;
        while (slk_text_split(&rest, ';', &voice)) {
            voice = slk_text_trim(voice);
            if (speaks(r, voice)) continue;
            print_error("line %u: not found: %.*s\n", t.line, (int)voice.n, voice.at);
            failed++;
        }
        slk_reading_free(r);
    }
    free(t.bytes);
    assert_true(reports >= 20);
    assert_int_equal(failed, 0);
}

/* Labels of a transcript give the word; a note among them does not. */
static void labels_give_the_word(void **state) {
    (void)state;
    slk_reading *r =
        read_text(slk_text_of("Partial transcript as follows:\n\nREED: Let us begin with the bridge. Who will "
                              "pay?\n\nOKORO: The county.\n\nNOTE: This text was cut.\n"));
    char words[600];
    assert_int_equal(r->attributions.n, 2);
    words_of(r, r->attributions.at[0].source, words, sizeof words);
    assert_string_equal(words, "REED");
    words_of(r, r->attributions.at[0].content, words, sizeof words);
    assert_string_equal(words, "Let us begin with the bridge. Who will pay?");
    words_of(r, r->attributions.at[1].source, words, sizeof words);
    assert_string_equal(words, "OKORO");
    slk_reading_free(r);
}

static void several_speak_as_one(void **state) {
    (void)state;
    static const struct {
        const char *text;
        uint32_t n;
        const char *last;
    } cases[] = {{"Washington, London and Paris accused Tehran of breaking the deal.", 3, "FRA"},
                 {"Norway and the Danish navy said the cable was cut.", 2, "DNK"},
                 {"South Korea's military said the rocket fell.", 0, ""},
                 {"A spokesman for Kenya's police said two men were held.", 0, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        slk_reading *r = read_text(slk_text_of(cases[i].text));
        assert_int_equal(r->attributions.n, 1);
        slk_ids a = r->attributions.at[0].actors;
        assert_int_equal(a.n, cases[i].n);
        if (a.n) assert_string_equal(r->actors.at[a.at[a.n - 1]].country, cases[i].last);
        slk_reading_free(r);
    }
}

/* ---------------------------------------------------------------- actors */

/* The span of the nth occurrence of some words, counted from 1. */
static slk_span occurrence(slk_text text, slk_text words, unsigned nth) {
    for (uint32_t i = 0; i + words.n <= text.n; i++)
        if (memcmp(text.at + i, words.at, words.n) == 0 && --nth == 0) return (slk_span){i, i + (uint32_t)words.n};
    return (slk_span){0, 0};
}

static void words_stand_for_their_actors(void **state) {
    (void)state;
    table t = open_table("actors.tsv");
    unsigned failed = 0, n = 0;
    for (; next_row(&t); n++) {
        slk_reading *r = read_text(t.cell[0]);
        unsigned nth = (unsigned)(t.cell[2].at[0] - '0');
        slk_span span = occurrence(t.cell[0], t.cell[1], nth);
        assert_false(slk_span_empty(span));
        uint32_t actor = slk_actor_of(r, span);
        const slk_actor *a = actor != SLK_NONE ? &r->actors.at[actor] : NULL;
        if (!a || !slk_text_is(t.cell[3], a->name) || !slk_text_is(t.cell[4], a->country) ||
            !slk_text_is(t.cell[5], a->sector)) {
            print_error("line %u: %.*s %u is %s %s %s\n", t.line, (int)t.cell[1].n, t.cell[1].at, nth,
                        a ? a->name : "nobody", a ? a->country : "", a ? a->sector : "");
            failed++;
        }
        slk_reading_free(r);
    }
    free(t.bytes);
    assert_true(n >= 25);
    assert_int_equal(failed, 0);
}

/* ---------------------------------------------------------------- texts made to hurt */

static void check_spans(const slk_reading *r, slk_spans s) {
    for (uint32_t i = 0; i < s.n; i++) {
        assert_true(s.at[i].start < s.at[i].end);
        assert_true(s.at[i].end <= r->report.text.n);
    }
}

static void check_all(const slk_reading *r) {
    for (uint32_t i = 0; i < r->attributions.n; i++) {
        const slk_attribution *a = &r->attributions.at[i];
        check_spans(r, a->source);
        check_spans(r, a->cue);
        check_spans(r, a->content);
        assert_true(a->cue.n > 0 && a->content.n > 0);
        assert_true(a->inside == SLK_NONE || (a->inside < r->attributions.n && a->inside != i));
        assert_true(a->actor == SLK_NONE || a->actor < r->actors.n);
    }
    for (uint32_t i = 0; i < r->actors.n; i++) check_spans(r, r->actors.at[i].mentions);
}

static uint32_t read_repeated(const char *piece, size_t times) {
    size_t n = strlen(piece);
    char *z = malloc(n * times);
    assert_non_null(z);
    for (size_t i = 0; i < times; i++) memcpy(z + i * n, piece, n);
    slk_reading *r = read_text((slk_text){z, n * times});
    check_all(r);
    uint32_t found = r->attributions.n;
    slk_reading_free(r);
    free(z);
    return found;
}

static void a_hundred_thousand_quotes_are_read(void **state) {
    (void)state;
#ifdef SLK_ARENA_MALLOC
    size_t times = 2000; /* sanitizers make everything slow */
#else
    size_t times = 100000;
#endif
    assert_int_equal(read_repeated("\"No,\" he said. ", times), times);
}

static void strange_quotes_do_no_harm(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "\"",
        "'",
        "''",
        "``",
        "\xE2\x80\x9C",
        "\xE2\x80\x9D",
        "\xE2\x80\x98no\xE2\x80\x99 ",
        "\xE2\x80\x9C He said \xE2\x80\x98 she said \" ",
        "he said she said ",
        "he said, ",
        "said that ",
        ", said ",
        "according to ",
        "their claim that ",
        "is believed to ",
        "citing, adding, saying ",
        "Ban: ",
        "\n\n\xE2\x80\x9C",
        "the army (TA) said (",
        "its coastguard ",
        "- Kim\n",
    };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        for (size_t times = 1; times <= 256; times *= 4) (void)read_repeated(pieces[i], times);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_say_who_says_what),  cmocka_unit_test(reports_tell_who_speaks),
        cmocka_unit_test(labels_give_the_word),         cmocka_unit_test(several_speak_as_one),
        cmocka_unit_test(words_stand_for_their_actors), cmocka_unit_test(a_hundred_thousand_quotes_are_read),
        cmocka_unit_test(strange_quotes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
