/* timeline.c - events in order of time, with the gaps and counts that claims of order speak of. Counts are of the whole ledger,
 * whatever the filter shows: the third test of a year is its third also where only March is asked for. */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "ledger/inside.h"

#define BUCKETS 1024u

typedef struct series { /* events of one country and kind that were seen so far */
    struct series *next;
    const char *name;
    SLK_LIST(int64_t) days;
    uint32_t week, year; /* first of days within the last week, within the year at work */
    int32_t year_at_work;
} series;

typedef struct walker {
    slk_timeline *t;
    series *buckets[BUCKETS];
} walker;

/* The country and the first part of the type; nuclear tests are counted apart from launches. */
static const char *series_name(const slk_entry *e, slk_arena *a) {
    size_t n = strcspn(e->type, ".");
    if (slk_type_holds("weapon-test.nuclear", e->type)) n = strlen("weapon-test.nuclear");
    return slk_arena_printf(a, "%s%s%.*s", e->country, *e->country ? " " : "", (int)n, e->type);
}

static series *find_series(walker *w, const char *name) {
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (const char *z = name; *z; z++) hash = (hash ^ (unsigned char)*z) * 16777619u;
    series **at = &w->buckets[hash % BUCKETS];
    for (series *s = *at; s; s = s->next)
        if (strcmp(s->name, name) == 0) return s;
    series *s = slk_arena_take(&w->t->arena, sizeof *s);
    if (!s) return NULL;
    s->name = name;
    s->next = *at;
    *at = s;
    return s;
}

static slk_err count(walker *w, const slk_entry *e, slk_step *step) {
    series *s = find_series(w, step->series);
    if (!s || SLK_ROOM(&w->t->arena, &s->days, SLK_MAX_ROWS) != SLK_OK) return SLK_ENOMEM;
    int64_t day = slk_instant_days(slk_instant_cut(e->time, SLK_P_DAY));
    step->gap_days = s->days.n ? (int32_t)(day - s->days.at[s->days.n - 1]) : -1;
    s->days.at[s->days.n++] = day;
    while (s->days.at[s->week] < day - 6) s->week++;
    if (s->year_at_work != e->time.year) s->year = s->days.n - 1;
    s->year_at_work = e->time.year;
    step->nth = s->days.n;
    step->in_week = s->days.n - s->week;
    step->in_year = s->days.n - s->year;
    step->dated = true;
    return SLK_OK;
}

static slk_err describe(walker *w, const slk_entry *e, slk_step *step) {
    *step = (slk_step){.gap_days = -1};
    step->series = series_name(e, &w->t->arena);
    if (!step->series) return SLK_ENOMEM;
    step->dated = e->time.precision >= SLK_P_DAY;
    return step->dated && slk_profile_happened(e->certainty) ? count(w, e, step) : SLK_OK;
}

static int by_row(const void *a, const void *b) {
    const slk_entry *const *x = a, *const *y = b;
    return (*x)->row < (*y)->row ? -1 : (*x)->row > (*y)->row;
}

/* all: every event, by time; shown: those that pass the filter. */
static slk_err walk(walker *w, const slk_entries *all, const slk_entries *shown) {
    slk_step *steps = slk_arena_take(&w->t->arena, sizeof *steps * shown->n), step;
    const slk_entry **rows = slk_arena_take(&w->t->arena, sizeof(const slk_entry *) * shown->n);
    uint32_t n = 0;
    slk_err err = steps && rows ? SLK_OK : SLK_ENOMEM;
    if (err != SLK_OK) return err;
    for (uint32_t i = 0; i < shown->n; i++) rows[i] = &shown->at[i];
    if (shown->n) qsort(rows, shown->n, sizeof(const slk_entry *), by_row);
    for (uint32_t i = 0; err == SLK_OK && i < all->n; i++) {
        err = describe(w, &all->at[i], &step);
        uint32_t k = SLK_FIRST(x, shown->n, rows[x]->row < all->at[i].row);
        if (err != SLK_OK || k == shown->n || rows[k]->row != all->at[i].row) continue;
        step.entry = rows[k];
        steps[n++] = step;
    }
    w->t->at = steps;
    w->t->n = n;
    return err;
}

slk_err slk_ledger_timeline(slk_ledger *l, const slk_filter *filter, slk_timeline **out, slk_fault *fault) {
    slk_filter every = SLK_FILTER_ALL, chosen = *filter;
    slk_entries *all = NULL;
    slk_timeline *t = slk_mem_new(&l->mem, sizeof *t);
    if (!t) return slk_fault_say(fault, SLK_ENOMEM, "%s: out of memory", l->path);
    memset(t, 0, sizeof *t);
    slk_arena_start(&t->arena, &l->mem, SLK_DOSSIER_CEILING_B);
    walker *w = slk_arena_take(&t->arena, sizeof *w);
    slk_err err = w ? SLK_OK : slk_fault_say(fault, SLK_ENOMEM, "%s: out of memory", l->path);
    chosen.sort = SLK_SORT_TIME;
    every.as_of = filter->as_of;
    if (err == SLK_OK) err = slk_ledger_list(l, &chosen, &t->entries, fault);
    if (err == SLK_OK) err = slk_ledger_list(l, &every, &all, fault);
    if (err == SLK_OK && w) {
        w->t = t;
        if ((err = walk(w, all, t->entries)) != SLK_OK) (void)slk_fault_say(fault, err, "%s: out of memory", l->path);
    }
    slk_entries_free(all);
    if (err == SLK_OK)
        *out = t;
    else
        slk_timeline_free(t);
    return err;
}

void slk_timeline_free(slk_timeline *t) {
    if (!t) return;
    slk_allocator mem = t->arena.mem;
    slk_entries_free(t->entries);
    slk_arena_free(&t->arena);
    slk_mem_free(&mem, t);
}
