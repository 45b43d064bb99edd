/* kin.c - links that rest on the story of a report, for tellings that no date can link: deeds without a day ("police arrested the
 * suspect"), a launch told by day of the week and clock alone, the launch that a statement answers, and what a report as a whole tells.
 * Only earlier reports with like words are looked at (stories.c), so the cost stays the same however large the ledger is. */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "ledger/fit.h"

#define NEAR_DAYS 4      /* between the publications of two reports whose deeds without a day may be the same */
#define ALIKE_ENOUGH 0.6 /* of two reports of a story, for the same */

typedef bool (*fitting)(const slk_profile *, const slk_profile *);

typedef struct finder {
    slk_linking *k;
    const slk_profile *p;
    slk_arena *arena;
    slk_fault *fault;
} finder;

/* The news of another report that may be the same launch. */
static bool fits_launch(const slk_profile *a, const slk_profile *b) {
    return b->main && slk_fit_undated(a, b) != SLK_UNDATED_NO;
}

/* None of the event's tellings may contradict, and none be of this report. */
static slk_err agrees_with_all(finder *f, int64_t event, fitting fits, bool *agrees) {
    slk_profiles members = {0};
    slk_err err = slk_profiles_load(f->k->ledger, event, INT64_MAX, f->arena, &members, f->fault);
    *agrees = err == SLK_OK;
    for (uint32_t i = 0; i < members.n && *agrees; i++)
        *agrees = members.at[i].report != f->p->report && fits(f->p, &members.at[i]);
    return err;
}

/* The first telling of a report that fits, with its event: of those of the same type, only the first is looked at. Reports printed more
 * than a few days apart tell of different days, however alike. */
static slk_err first_in(finder *f, int64_t report, fitting fits, bool same_type, int64_t *event) {
    slk_err err = SLK_OK;
    bool row = true;
    int64_t day = slk_instant_days(slk_instant_cut(f->k->r->report.published, SLK_P_DAY));
    slk_bind b = {.s = slk_store_get(f->k->ledger, SLK_Q_NEAR_TELLINGS, &err, f->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, report);
    slk_bind_text(&b, f->p->kind);
    if (b.rc != SQLITE_OK) return slk_store_fault(f->k->ledger, b.rc, f->fault);
    while (*event == 0 && (err = slk_store_step(f->k->ledger, b.s, &row, f->fault)) == SLK_OK && row) {
        slk_profile p;
        bool dated = f->k->r->report.published.precision >= SLK_P_DAY &&
                     sqlite3_column_type(b.s, SLK_PROFILE_N + 1) != SQLITE_NULL;
        if (dated && llabs(sqlite3_column_int64(b.s, SLK_PROFILE_N + 1) - day) > NEAR_DAYS) break;
        if ((err = slk_profile_row(b.s, f->arena, &p)) != SLK_OK) break;
        if (same_type && strcmp(p.type, f->p->type) != 0) continue;
        if (fits(f->p, &p))
            *event = sqlite3_column_int64(b.s, SLK_PROFILE_N);
        else if (same_type)
            break;
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* An event of a report of the same story, for the first telling of its type in this one. */
static slk_err find_deed(finder *f, uint32_t n, slk_kin *out) {
    slk_err err = SLK_OK;
    const slk_stories *s = &f->k->stories;
    for (uint32_t i = 0; i < n; i++)
        if (strcmp(f->k->profiles[i].type, f->p->type) == 0) return SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && !out->event && i < s->n_mates; i++) {
        if (!s->mates[i].same || s->mates[i].alike < ALIKE_ENOUGH) break;
        int64_t event = 0;
        bool agrees = false;
        if ((err = first_in(f, s->mates[i].report, slk_fit_near, true, &event)) != SLK_OK || !event) continue;
        err = agrees_with_all(f, event, slk_fit_near, &agrees);
        if (agrees) *out = (slk_kin){event, "same kind of deed in one story", false};
    }
    return err;
}

/* The launch without a date that is the report's news, and an event: nothing that is told may differ, and day of the week and clock
 * agree with one of its tellings, or it has no date either and its report is of the same story. */
static slk_err is_launch_of(finder *f, int64_t event, bool one_story, bool *agrees) {
    slk_profiles members = {0};
    bool differs = false, sure = false, open = one_story;
    slk_err err = slk_profiles_load(f->k->ledger, event, INT64_MAX, f->arena, &members, f->fault);
    for (uint32_t i = 0; i < members.n && !differs; i++) {
        slk_fit_undated_is is = slk_fit_undated(f->p, &members.at[i]);
        differs = is == SLK_UNDATED_NO || members.at[i].report == f->p->report;
        sure = sure || is == SLK_UNDATED_YES;
        open = open && is >= SLK_UNDATED_OPEN && is != SLK_UNDATED_DATED;
    }
    *agrees = err == SLK_OK && !differs && (sure || open);
    return err;
}

static slk_err find_news(finder *f, slk_kin *out) {
    slk_err err = SLK_OK;
    const slk_stories *s = &f->k->stories;
    for (uint32_t i = 0; err == SLK_OK && !out->event && i < s->n_mates; i++) {
        int64_t event = 0;
        bool agrees = false;
        if ((err = first_in(f, s->mates[i].report, fits_launch, false, &event)) != SLK_OK || !event) continue;
        err = is_launch_of(f, event, s->mates[i].same, &agrees);
        if (agrees)
            *out = (slk_kin){event,
                             s->mates[i].same ? "the news of one story"
                                              : "same day of the week and clock, in a report with like words",
                             false};
    }
    return err;
}

/* The launch that the story of a report is about, which this one mentions without a day; none where the story is about several. */
static slk_err find_answered(finder *f, slk_kin *out) {
    slk_err err = SLK_OK;
    const slk_stories *s = &f->k->stories;
    int64_t found = 0;
    for (uint32_t i = 0; err == SLK_OK && i < s->n_mates && s->mates[i].same; i++) {
        int64_t event = 0;
        if ((err = first_in(f, s->mates[i].report, slk_fit_answered, false, &event)) != SLK_OK || !event) continue;
        if (found && event != found) return SLK_OK;
        found = event;
    }
    if (err == SLK_OK && found) *out = (slk_kin){found, "the launch that its story is about", true};
    return err;
}

/* Has another telling of this report that event? */
static bool is_taken(const finder *f, int64_t event) {
    for (uint32_t i = 0; i < f->k->r->events.n; i++)
        if (f->k->events[i] == event) return true;
    return false;
}

/* The event of its story, for what is the report's news. */
static slk_err find_story(finder *f, slk_kin *out) {
    bool agrees = false;
    int64_t event = 0;
    if (!f->k->stories.story || !slk_fit_is_story(f->p)) return SLK_OK;
    slk_err err = slk_story_event(f->k, f->k->stories.story, false, &event, f->fault);
    if (err == SLK_OK && event) err = agrees_with_all(f, event, slk_fit_story, &agrees);
    if (agrees) *out = (slk_kin){event, "one story", false};
    return err;
}

slk_err slk_kin_find(slk_linking *k, uint32_t n, slk_arena *arena, slk_kin *out, slk_fault *fault) {
    finder f = {.k = k, .p = &k->profiles[n], .arena = arena, .fault = fault};
    bool launch = strcmp(f.p->kind, "launch") == 0 || strcmp(f.p->kind, "nuclear") == 0;
    slk_kin found = {0};
    slk_err err = !launch ? find_deed(&f, n, &found) : f.p->main ? find_news(&f, &found) : find_answered(&f, &found);
    if (err == SLK_OK && !found.event) err = find_story(&f, &found);
    if (err == SLK_OK && !(found.event && is_taken(&f, found.event))) *out = found;
    return err;
}
