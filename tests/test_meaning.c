/* test_meaning.c - whole reports in, events out. cases/events.jsonl holds one own report a line with what must be found:
 *
 *   events          each must be among the events: "type" as a dotted prefix, "main", "certainty", and fields by their name
 *                   (an actor by country or name, a time by the start of its ISO form, lengths in km, a count as "2", "2..",
 *                   "2..4", other values by words they hold)
 *   none_happened   no launch, test, firing or attack may be told as having happened
 *   withheld        fields that must be said not to be told;  checks: kinds of checks that must be there
 *
 * Every span of every report must lie in its text, and a field without evidence must be assumed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/calendar.h"
#include "base/reading.h"
#include "engine_fixture.h"

/* ---------------------------------------------------------------- values as words */

static void number(char *out, size_t room, double x) { snprintf(out, room, "%.6g", x); }

static bool value_fits(const slk_reading *r, const slk_value *v, const char *want) {
    char got[80], high[40];
    switch (v->kind) {
    case SLK_VALUE_ACTOR:
        return strcmp(r->actors.at[v->ref].country, want) == 0 || strstr(r->actors.at[v->ref].name, want) != NULL;
    case SLK_VALUE_PLACE: {
        const char *name = v->ref < r->places.n ? r->places.at[v->ref].name : NULL;
        return (v->text && strstr(v->text, want)) || (name && strstr(name, want));
    }
    case SLK_VALUE_TIME: slk_instant_format(v->when, got); return strncmp(got, want, strlen(want)) == 0;
    case SLK_VALUE_QUANTITY: number(got, sizeof got, round(v->si / 100) / 10); return strcmp(got, want) == 0;
    case SLK_VALUE_DIRECTION: number(got, sizeof got, v->low); return strcmp(got, want) == 0;
    case SLK_VALUE_COUNT:
        number(got, sizeof got, v->low);
        number(high, sizeof high, v->high);
        if (isnan(v->high)) strcat(got, "..");
        if (!isnan(v->high) && v->high != v->low) strcat(strcat(got, ".."), high);
        return strcmp(got, want) == 0;
    case SLK_VALUE_TEXT: return v->text && strstr(v->text, want) != NULL;
    }
    return false;
}

static bool field_fits(const slk_reading *r, const slk_event *e, const char *name, const char *want) {
    for (uint32_t i = 0; i < e->n_fields; i++)
        if (strcmp(slk_field_word(e->fields[i].name), name) == 0 && value_fits(r, &e->fields[i].value, want))
            return true;
    return false;
}

static bool type_is(const char *type, const char *prefix) {
    size_t n = strlen(prefix);
    return strncmp(type, prefix, n) == 0 && (type[n] == '\0' || type[n] == '.');
}

/* ---------------------------------------------------------------- what a case wants */

static bool member_fits(const slk_reading *r, const slk_event *e, const char *name, json_t *want) {
    if (strcmp(name, "type") == 0) return type_is(e->type, json_string_value(want));
    if (strcmp(name, "main") == 0) return e->main == json_is_true(want);
    if (strcmp(name, "certainty") == 0)
        return strcmp(slk_event_certainty_word(e->certainty), json_string_value(want)) == 0;
    return field_fits(r, e, name, json_string_value(want));
}

/* The event that fits most members of a wanted one; all of them must fit. */
static int check_event(const slk_reading *r, const char *id, json_t *want) {
    size_t best = 0, all = json_object_size(want);
    char missing[400] = "every member";
    for (uint32_t i = 0; i < r->events.n; i++) {
        size_t fits = 0;
        char gaps[400] = "";
        const char *name;
        json_t *value;
        if (!type_is(r->events.at[i].type, json_string_value(json_object_get(want, "type")))) continue;
        json_object_foreach(want, name, value) {
            if (member_fits(r, &r->events.at[i], name, value))
                fits++;
            else
                snprintf(gaps + strlen(gaps), sizeof gaps - strlen(gaps), " %.40s", name);
        }
        if (fits <= best) continue;
        best = fits;
        snprintf(missing, sizeof missing, "%s", gaps);
    }
    if (best == all) return 0;
    print_error("%s: %s lacks: %s\n", id, json_string_value(json_object_get(want, "type")), missing);
    return 1;
}

static bool told_as_done(const slk_event *e) {
    static const char *const types[] = {"weapon-test", "space-launch", "artillery", "attack", "launch-failure"};
    if (e->certainty > SLK_EC_ALLEGED && e->certainty != SLK_EC_DISPUTED) return false;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (type_is(e->type, types[i])) return true;
    return false;
}

static int check_none(const slk_reading *r, const char *id) {
    int faults = 0;
    for (uint32_t i = 0; i < r->events.n; i++) {
        if (!told_as_done(&r->events.at[i])) continue;
        slk_text t = slk_reading_text(r, r->events.at[i].trigger);
        print_error("%s: told as done: %s \"%.*s\"\n", id, r->events.at[i].type, (int)t.n, t.at);
        faults++;
    }
    return faults;
}

static int check_withheld(const slk_reading *r, const char *id, const char *field) {
    for (uint32_t i = 0; i < r->events.n; i++)
        for (uint32_t k = 0; k < r->events.at[i].n_withheld; k++)
            if (strcmp(r->events.at[i].withheld[k].field, field) == 0) return 0;
    print_error("%s: not found to be withheld: %s\n", id, field);
    return 1;
}

static int check_kind(const slk_reading *r, const char *id, const char *kind) {
    for (uint32_t i = 0; i < r->checks.n; i++)
        if (strcmp(slk_check_word(r->checks.at[i].kind), kind) == 0) return 0;
    print_error("%s: no check of kind %s\n", id, kind);
    return 1;
}

static int check_evidence(const slk_reading *r, const char *id) {
    int faults = 0;
    for (uint32_t i = 0; i < r->events.n; i++)
        for (uint32_t k = 0; k < r->events.at[i].n_fields; k++) {
            const slk_field *f = &r->events.at[i].fields[k];
            if (f->evidence.n == 0 && f->basis != SLK_BASIS_ASSUMED) faults++;
            for (uint32_t s = 0; s < f->evidence.n; s++)
                if (f->evidence.at[s].start >= f->evidence.at[s].end || f->evidence.at[s].end > r->report.text.n)
                    faults++;
        }
    if (faults) print_error("%s: %d fields without good evidence\n", id, faults);
    return faults;
}

static int check_case(json_t *c) {
    const char *id = json_string_value(json_object_get(c, "id"));
    const char *text = json_string_value(json_object_get(c, "text"));
    slk_input in = {.id = id, .published = json_string_value(json_object_get(c, "published"))};
    in.text = (slk_text){text, strlen(text)};
    slk_reading *r;
    slk_fault fault;
    if (slk_read(engine, &in, SLK_LAYER_ALL, &r, &fault) != SLK_OK) {
        print_error("%s: %s\n", id, fault.message);
        return 1;
    }
    int faults = check_evidence(r, id);
    size_t i;
    json_t *want;
    json_array_foreach(json_object_get(c, "events"), i, want) faults += check_event(r, id, want);
    if (json_is_true(json_object_get(c, "none_happened"))) faults += check_none(r, id);
    json_array_foreach(json_object_get(c, "withheld"), i, want) faults +=
        check_withheld(r, id, json_string_value(want));
    json_array_foreach(json_object_get(c, "checks"), i, want) faults += check_kind(r, id, json_string_value(want));
    slk_reading_free(r);
    return faults;
}

static void reports_give_their_events(void **state) {
    (void)state;
    char path[1000], line[16384];
    snprintf(path, sizeof path, "%s/cases/events.jsonl", getenv("SLK_TEST_DATA"));
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    int faults = 0, cases = 0;
    while (fgets(line, sizeof line, f)) {
        json_t *c = json_loads(line, 0, NULL);
        assert_non_null(c);
        faults += check_case(c);
        cases++;
        json_decref(c);
    }
    assert_int_equal(fclose(f), 0);
    assert_true(cases >= 25);
    assert_int_equal(faults, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reports_give_their_events)};
    return cmocka_run_group_tests_name("meaning", tests, open_engine, close_engine);
}
