/* open.c - finds and opens the ledger. See open.h. */
#include "cli/open.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/words.h"
#include "cli/run.h"

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

slk_filter slk_open_filter(const slk_args *args) {
    static const char *const sorts[] = {"time", "type", "actor", "reports"};
    slk_filter f = SLK_FILTER_ALL;
    const char *sort = args->value[SLK_OPT_SORT], *limit = args->value[SLK_OPT_LIMIT];
    f.type = args->value[SLK_OPT_TYPE];
    f.actor = args->value[SLK_OPT_ACTOR];
    f.place = args->value[SLK_OPT_PLACE];
    f.since = day_of(args, SLK_OPT_SINCE, false);
    f.until = day_of(args, SLK_OPT_UNTIL, true);
    f.as_of = slk_open_as_of(args);
    if (args->value[SLK_OPT_CERTAINTY])
        f.certainty = slk_event_certainty_of(slk_text_of(args->value[SLK_OPT_CERTAINTY]));
    for (unsigned i = 0; sort && i < sizeof sorts / sizeof *sorts; i++)
        if (strcmp(sort, sorts[i]) == 0) f.sort = (slk_sort)i;
    if (limit) f.limit = (uint32_t)strtoul(limit, NULL, 10);
    return f;
}
