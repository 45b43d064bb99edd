/* ask.c - what the parameters of a question mean: a filter of the ledger, a day, a number. What is no answer to "which?" is a problem
 * with a sentence that says what is wanted. */
#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "base/words.h"
#include "serve/inside.h"

/* The first or last day that a date can mean. */
static slk_answer *ask_day(const slk_call *call, const char *name, bool last_day, slk_instant *out) {
    const char *z = slk_param_of(call, name);
    slk_instant t;
    int64_t first, last;
    if (!z) return NULL;
    if (!slk_instant_parse(slk_text_of(z), &t) || t.precision == SLK_P_NONE)
        return slk_answer_problem(400, "%s=%.60s: a date is wanted, such as 2027-03-10 or 2027-03", name, z);
    if (t.precision >= SLK_P_DAY) {
        *out = slk_instant_cut(t, SLK_P_DAY);
    } else {
        slk_instant_range(t, &first, &last);
        *out = slk_instant_at(last_day ? last : first, 0, SLK_P_DAY);
    }
    out->has_offset = false;
    return NULL;
}

slk_answer *slk_ask_as_of(const slk_call *call, slk_instant *out) { return ask_day(call, "as_of", true, out); }

slk_answer *slk_ask_limit(const slk_call *call, uint32_t without, uint32_t most, uint32_t *out) {
    const char *z = slk_param_of(call, "limit");
    uint64_t n = 0;
    *out = without;
    if (!z) return NULL;
    for (const char *c = z; *c; c++) {
        if (!slk_is_digit(*c) || n > most)
            return slk_answer_problem(400, "limit=%.20s: a number from 1 to %u is wanted", z, most);
        n = n * 10 + (uint64_t)(*c - '0');
    }
    if (n == 0 || n > most) return slk_answer_problem(400, "limit=%.20s: a number from 1 to %u is wanted", z, most);
    *out = (uint32_t)n;
    return NULL;
}

/* "a,b,c": exactly n numbers. */
static bool numbers(const char *z, unsigned n, double *out) {
    slk_text rest = slk_text_of(z), one;
    unsigned i = 0;
    while (slk_text_split(&rest, ',', &one)) {
        if (i == n || !slk_text_double(slk_text_trim(one), &out[i]) || !isfinite(out[i])) return false;
        i++;
    }
    return i == n;
}

static slk_answer *ask_place(const slk_call *call, slk_filter *f) {
    const char *near = slk_param_of(call, "near"), *box = slk_param_of(call, "bbox");
    double at[4];
    if (near) {
        if (!numbers(near, 3, at) || fabs(at[0]) > 90 || fabs(at[1]) > 180 || at[2] <= 0 || at[2] > 20100)
            return slk_answer_problem(400, "near=%.60s: latitude,longitude,kilometres are wanted", near);
        f->near = true;
        f->lat = at[0], f->lon = at[1], f->km = at[2];
    }
    if (box) {
        if (!numbers(box, 4, at) || fabs(at[0]) > 180 || fabs(at[2]) > 180 || fabs(at[1]) > 90 || fabs(at[3]) > 90 ||
            at[1] > at[3])
            return slk_answer_problem(400, "bbox=%.60s: west,south,east,north in degrees are wanted", box);
        f->boxed = true;
        f->box = (slk_box){.west = at[0], .south = at[1], .east = at[2], .north = at[3]};
    }
    return NULL;
}

/* A certainty of the event ("confirmed", "denied"), or what can be said beyond it ("conflict", "corroborated", "single"). */
static slk_answer *ask_status(const slk_call *call, slk_filter *f) {
    const char *z = slk_param_of(call, "status");
    if (!z) return NULL;
    f->certainty = slk_event_certainty_of(slk_text_of(z));
    if (f->certainty >= 0) return NULL;
    if (strcmp(z, "conflict") == 0) f->status = SLK_STATUS_CONFLICT;
    if (strcmp(z, "corroborated") == 0) f->status = SLK_STATUS_CORROBORATED;
    if (strcmp(z, "single") == 0) f->status = SLK_STATUS_SINGLE;
    if (f->status != SLK_STATUS_ANY) return NULL;
    return slk_answer_problem(
        400,
        "status=%.40s: one of confirmed, reported, claimed, alleged, denied, disputed, speculated, planned, "
        "did-not-happen, conflict, corroborated, single is wanted",
        z);
}

static slk_answer *ask_sort(const slk_call *call, slk_filter *f) {
    static const char *const sorts[] = {"time", "type", "actor", "reports"};
    const char *z = slk_param_of(call, "sort");
    if (!z) return NULL;
    f->backwards = *z == '-';
    for (unsigned i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        if (strcmp(z + f->backwards, sorts[i]) != 0) continue;
        f->sort = (slk_sort)i;
        return NULL;
    }
    return slk_answer_problem(
        400, "sort=%.40s: time, type, actor or reports is wanted, with - before it the other way round", z);
}

slk_answer *slk_ask_filter(const slk_call *call, slk_filter *out) {
    slk_filter f = SLK_FILTER_ALL;
    f.type = slk_param_of(call, "type");
    f.actor = slk_param_of(call, "actor");
    f.country = slk_param_of(call, "country");
    f.place = slk_param_of(call, "place");
    f.weapon = slk_param_of(call, "weapon");
    f.source = slk_param_of(call, "source");
    f.text = slk_param_of(call, "q");
    f.after = slk_param_of(call, "cursor");
    f.main_only = slk_param_of(call, "main") != NULL;
    slk_answer *bad = ask_day(call, "since", false, &f.since);
    if (!bad) bad = ask_day(call, "until", true, &f.until);
    if (!bad) bad = ask_day(call, "as_of", true, &f.as_of);
    if (!bad) bad = ask_place(call, &f);
    if (!bad) bad = ask_status(call, &f);
    if (!bad) bad = ask_sort(call, &f);
    if (!bad) *out = f;
    return bad;
}
