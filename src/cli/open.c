/* open.c - finds and opens the ledger. See open.h. */
#include "cli/open.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/text.h"
#include "base/words.h"
#include "cli/run.h"

#define PAGE 512u /* events of a list that are in memory at once */

bool slk_open_path(const slk_args *args, char out[SLK_PATH_MOST_B]) {
    const char *given = args->value[SLK_OPT_LEDGER], *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    int n;
    if (given && strncmp(given, "file:", 5) == 0) given += 5;
    if (given && strstr(given, "://")) {
        slk_say("%s: this version keeps its ledger in a file only", given);
        return false;
    }
    if (given)
        n = snprintf(out, SLK_PATH_MOST_B, "%s", given);
    else if (data && *data == '/') /* the specification says: a relative one is to be ignored */
        n = snprintf(out, SLK_PATH_MOST_B, "%s/sillok/ledger.db", data);
    else if (home && *home)
        n = snprintf(out, SLK_PATH_MOST_B, "%s/.local/share/sillok/ledger.db", home);
    else
        n = 0;
    if (n > 0 && n < SLK_PATH_MOST_B) return true;
    slk_say(n ? "the path of the ledger is too long" : "no place for the ledger: give --ledger FILE or set HOME");
    return false;
}

/* Makes the folders above a path, as far as they are missing; a failure shows when the file is opened. */
static void make_folders(const char *path) {
    char z[SLK_PATH_MOST_B];
    int n = snprintf(z, sizeof z, "%s", path);
    if (n < 0 || n >= (int)sizeof z) return;
    for (char *p = strchr(z + 1, '/'); p; p = strchr(p + 1, '/')) {
        *p = '\0';
        if (mkdir(z, 0777) != 0 && errno != EEXIST) return;
        *p = '/';
    }
}

int slk_open_ledger(const slk_args *args, slk_ledger_mode mode, slk_opened *out) {
    char path[SLK_PATH_MOST_B];
    slk_fault fault = {.code = SLK_OK};
    if (!slk_open_path(args, path)) return args->value[SLK_OPT_LEDGER] ? SLK_EXIT_LEDGER : SLK_EXIT_USAGE;
    if (!out->engine) out->engine = slk_run_engine();
    if (!out->engine) return SLK_EXIT_FAULT;
    if (mode == SLK_LEDGER_WRITE && !args->value[SLK_OPT_LEDGER]) make_folders(path);
    if (mode == SLK_LEDGER_READ && access(path, F_OK) != 0) {
        slk_say("%s: there is no ledger yet; sillok add makes one", path);
        return SLK_EXIT_LEDGER;
    }
    slk_err err = slk_ledger_open(path, mode, slk_engine_pack(out->engine), NULL, &out->ledger, &fault);
    if (err == SLK_OK) return SLK_EXIT_OK;
    fault.code = err;
    slk_say_fault(NULL, &fault);
    return err == SLK_ENOMEM || err == SLK_EFAULT ? SLK_EXIT_FAULT : SLK_EXIT_LEDGER;
}

void slk_open_close(slk_opened *o) {
    slk_ledger_close(o->ledger);
    slk_engine_close(o->engine);
    *o = (slk_opened){0};
}

/* The first or last day that an option's date can mean: "--until 2027-03" is all of March. */
static slk_instant day_of(const slk_args *args, slk_opt opt, bool last_day) {
    slk_instant t;
    int64_t first, last;
    if (!args->value[opt] || !slk_instant_parse(slk_text_of(args->value[opt]), &t)) return (slk_instant){0};
    if (t.precision >= SLK_P_DAY) return slk_instant_cut(t, SLK_P_DAY);
    slk_instant_range(t, &first, &last);
    t = slk_instant_at(last_day ? last : first, 0, SLK_P_DAY);
    t.has_offset = false;
    return t;
}

slk_instant slk_open_as_of(const slk_args *args) { return day_of(args, SLK_OPT_AS_OF, true); }

/* Numbers separated by commas, and nothing else. */
static bool read_numbers(const char *z, double *out, unsigned n) {
    slk_text rest = slk_text_of(z), one;
    for (unsigned i = 0; i < n; i++)
        if (!slk_text_split(&rest, ',', &one) || !slk_text_double(slk_text_trim(one), &out[i])) return false;
    return rest.n == 0;
}

/* "40.03,128.18,50" or "Sinpo,50": what stands behind the last comma is the radius. */
static bool read_near(const char *z, const slk_pack *pack, slk_filter *f) {
    double numbers[3];
    char name[256];
    const char *comma = strrchr(z, ',');
    f->near = true;
    if (read_numbers(z, numbers, 3)) {
        f->lat = numbers[0];
        f->lon = numbers[1];
        f->km = numbers[2];
        return true;
    }
    if (!comma || !read_numbers(comma + 1, &f->km, 1) || (size_t)(comma - z) >= sizeof name) {
        slk_say("--near takes LAT,LON,KM in degrees or NAME,KM, such as Sinpo,50, not \"%.60s\"", z);
        return false;
    }
    slk_text_print(name, sizeof name, "%.*s", (int)(comma - z), z);
    if (slk_query_point(pack, name, &f->lat, &f->lon)) return true;
    slk_say("no place is known as \"%.60s\"; give its LAT,LON,KM", name);
    return false;
}

static bool read_box(const char *z, slk_filter *f) {
    double sides[4];
    f->boxed = read_numbers(z, sides, 4);
    if (!f->boxed) {
        slk_say("--box takes SOUTH,WEST,NORTH,EAST in degrees, not \"%.60s\"", z);
        return false;
    }
    f->box = (slk_box){sides[0], sides[1], sides[2], sides[3]};
    return true;
}

static unsigned among(const char *word, const char *const *words, unsigned n) {
    for (unsigned i = 0; word && i < n; i++)
        if (strcmp(word, words[i]) == 0) return i;
    return 0;
}

bool slk_open_filter(const slk_args *args, const slk_pack *pack, slk_filter *out) {
    static const char *const sorts[] = {"time", "type", "actor", "reports"};
    static const char *const statuses[] = {"", "conflict", "corroborated", "single-source"};
    slk_filter f = SLK_FILTER_ALL;
    const char *const *v = args->value;
    f.type = v[SLK_OPT_TYPE];
    f.actor = v[SLK_OPT_ACTOR];
    f.target = v[SLK_OPT_TARGET];
    f.country = v[SLK_OPT_COUNTRY];
    f.place = v[SLK_OPT_PLACE];
    f.weapon = v[SLK_OPT_WEAPON];
    f.source = v[SLK_OPT_SOURCE];
    f.text = v[SLK_OPT_TEXT];
    f.after = v[SLK_OPT_AFTER];
    f.backwards = v[SLK_OPT_LATEST] != NULL;
    f.since = day_of(args, SLK_OPT_SINCE, false);
    f.until = day_of(args, SLK_OPT_UNTIL, true);
    f.as_of = slk_open_as_of(args);
    f.status = (slk_status)among(v[SLK_OPT_STATUS], statuses, 4);
    f.sort = (slk_sort)among(v[SLK_OPT_SORT], sorts, 4);
    if (v[SLK_OPT_CERTAINTY]) f.certainty = slk_event_certainty_of(slk_text_of(v[SLK_OPT_CERTAINTY]));
    if (v[SLK_OPT_LIMIT]) f.limit = (uint32_t)strtoul(v[SLK_OPT_LIMIT], NULL, 10);
    if (v[SLK_OPT_NEAR] && !read_near(v[SLK_OPT_NEAR], pack, &f)) return false;
    if (v[SLK_OPT_BOX] && !read_box(v[SLK_OPT_BOX], &f)) return false;
    *out = f;
    return true;
}

slk_err slk_open_pages(slk_ledger *ledger, const slk_filter *filter,
                       slk_err (*take)(void *ctx, const slk_entries *entries, slk_fault *fault), void *ctx,
                       slk_fault *fault) {
    slk_filter page = *filter;
    slk_entries *last = NULL; /* whose cursor goes on */
    uint32_t left = filter->limit;
    slk_err err = SLK_OK;
    for (bool more = true; err == SLK_OK && more;) {
        slk_entries *entries = NULL;
        page.limit = left && left < PAGE ? left : PAGE;
        err = slk_ledger_list(ledger, &page, &entries, fault);
        if (err == SLK_OK) err = take(ctx, entries, fault);
        slk_entries_free(last);
        last = entries;
        if (err != SLK_OK) break;
        page.after = entries->next;
        more = entries->more && (left == 0 || (left -= entries->n) > 0);
    }
    slk_entries_free(last);
    return err;
}
