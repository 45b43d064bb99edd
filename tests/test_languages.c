/* test_languages.c - which language a text is in (cases/languages.tsv), and that a report in another one than English is recorded
 * and not read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "engine.h"
#include "intake/language_guess.h"

static slk_engine *engine;

static int open_engine(void **state) {
    (void)state;
    slk_fault fault;
    return slk_engine_open(getenv("SILLOK_PACK"), NULL, &engine, &fault) == SLK_OK ? 0 : -1;
}

static int close_engine(void **state) {
    (void)state;
    slk_engine_close(engine);
    return 0;
}

static slk_language_guess find(const char *z) { return slk_language_find(slk_engine_pack(engine), slk_text_of(z)); }

static void texts_are_in_their_language(void **state) {
    (void)state;
    char path[4096], line[4096];
    int rows = 0, wrong = 0, header = 0;
    (void)snprintf(path, sizeof path, "%s/cases/languages.tsv", getenv("SLK_TEST_DATA"));
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    while (fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || !header++) continue;
        char *text = strchr(line, '\t');
        assert_non_null(text);
        *text++ = '\0';
        slk_language_guess g = find(text);
        if (!g.code || strcmp(g.code, line) != 0 || !g.sure) {
            printf("%s, %s: %s\n", g.code ? g.code : "none", g.sure ? "sure" : "not sure", text);
            wrong++;
        }
        rows++;
    }
    (void)fclose(in);
    assert_int_equal(wrong, 0);
    assert_true(rows >= 25);
}

static void too_little_tells_nothing(void **state) {
    (void)state;
    assert_null(find("").code);
    assert_null(find("380 km, 1.2 t; 2027-03-10").code);
    assert_false(find("Kim Jong Un").sure);
    assert_false(find("Pyongyang, Hwasong-18").sure);
    assert_string_equal(find("The North fired a missile (\xEB\xAF\xB8\xEC\x82\xAC\xEC\x9D\xBC) on Wednesday.").code,
                        "en");
}

static void sixty_languages_and_more_are_told_apart(void **state) {
    (void)state;
    assert_true(slk_pack_rows(slk_engine_pack(engine), SLK_T_LANGUAGES) > 60);
    assert_string_equal(slk_language_name(slk_engine_pack(engine), "ko-KR"), "Korean");
    assert_null(slk_language_name(slk_engine_pack(engine), "xx"));
    assert_null(slk_language_name(slk_engine_pack(engine), NULL));
}

static void check_reading(const char *text, const char *given, const char *language, bool unread) {
    slk_reading *r;
    slk_fault fault;
    size_t n;
    slk_input in = {.text = slk_text_of(text), .language = given, .published = "2027-03-10"};
    assert_int_equal(slk_read(engine, &in, SLK_LAYER_ALL, &r, &fault), SLK_OK);
    const slk_report *p = slk_reading_report(r);
    assert_int_equal(p->language != NULL, language != NULL);
    if (language) assert_string_equal(p->language, language);
    assert_int_equal(p->unread, unread);
    (void)slk_reading_tokens(r, &n);
    assert_int_equal(n == 0, unread);
    slk_reading_free(r);
}

static void other_languages_are_recorded_and_not_read(void **state) {
    (void)state;
    static const char english[] =
        "North Korea fired two short-range ballistic missiles toward the sea off its east coast on Wednesday, "
        "South Korea's military said.";
    static const char german[] =
        "Nordkorea hat am Mittwoch zwei ballistische Kurzstreckenraketen in Richtung der See vor seiner "
        "Ostküste abgefeuert, wie das Militär Südkoreas mitteilte.";
    check_reading(english, NULL, "en", false);
    check_reading(english, "en-GB", "en-GB", false);
    check_reading(english, "de", "en", false); /* the text itself knows better */
    check_reading(german, NULL, "de", true);
    check_reading(german, "de-AT", "de-AT", true);
    check_reading(german, "en", "de", true);
    check_reading("Pjöngjang feuert", "de", "de", true); /* too short to tell, but it was said */
    check_reading("Hwasong-18", NULL, NULL, false);
}

int main(void) {
    const struct CMUnitTest all[] = {
        cmocka_unit_test(texts_are_in_their_language),
        cmocka_unit_test(too_little_tells_nothing),
        cmocka_unit_test(sixty_languages_and_more_are_told_apart),
        cmocka_unit_test(other_languages_are_recorded_and_not_read),
    };
    return cmocka_run_group_tests(all, open_engine, close_engine);
}
