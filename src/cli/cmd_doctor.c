/* cmd_doctor.c - `sillok doctor`: what this installation has and whether it is sound: version, libraries, knowledge pack,
 * processor, ledger. Exit status 0 where all is well, 3 where the ledger is not, 70 where the pack is not. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>
#include <proj.h>
#include <sqlite3.h>
#include <utf8proc.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/open.h"
#include "cli/run.h"
#include "language/kernels.h"
#include "pack/gazetteer.h"

#if defined(__x86_64__)
#define MACHINE "x86-64"
#elif defined(__aarch64__)
#define MACHINE "aarch64"
#else
#define MACHINE "other"
#endif

/* The kernels of the net that this processor can run, the fastest first; that one is used. */
static void put_kernels(slk_buf *out) {
    unsigned n;
    const slk_kernel *const *kernels = slk_kernels(&n);
    slk_buf_puts(out, MACHINE ", reading with ");
    for (unsigned i = 0; i < n; i++) {
        if (i) slk_buf_puts(out, i == 1 ? " (could also: " : ", ");
        slk_buf_puts(out, kernels[i]->name);
    }
    slk_buf_puts(out, n > 1 ? "); each gives the same output" : "; every kernel gives the same output");
}

typedef struct finding {
    bool pack, exists, opened,
        checked; /* pack is sound; there is a ledger file; it could be opened; health is filled in */
    char path[SLK_PATH_MOST_B];
    slk_fault fault; /* of the ledger */
    slk_health health;
    slk_opened at;
} finding;

static void say(void *ctx, const char *words) {
    (void)ctx;
    slk_say("%s", words);
}

/* Puts the ledger right, where there is one. False where it could not be (said). */
static bool repair(finding *f) {
    slk_err err = slk_ledger_repair(f->path, slk_engine_pack(f->at.engine), NULL, say, NULL, &f->fault);
    if (err == SLK_OK) return true;
    f->fault.code = err;
    slk_say_fault(NULL, &f->fault);
    return false;
}

/* Looks at everything; what cannot be used was said. */
static int examine(const slk_args *args, finding *f) {
    f->at.engine = slk_run_engine();
    f->pack = f->at.engine && slk_gazetteer_whole(slk_engine_pack(f->at.engine)); /* the rest is checked when opened */
    if (!slk_open_path(args, f->path)) return SLK_EXIT_LEDGER;
    f->exists = access(f->path, F_OK) == 0;
    if (!f->pack) return SLK_EXIT_FAULT;
    if (!f->exists && !args->value[SLK_OPT_LEDGER]) return SLK_EXIT_OK; /* nothing recorded yet: nothing wrong */
    if (args->value[SLK_OPT_REPAIR] && !repair(f)) return SLK_EXIT_LEDGER;
    slk_err err =
        slk_ledger_open(f->path, SLK_LEDGER_READ, slk_engine_pack(f->at.engine), NULL, &f->at.ledger, &f->fault);
    f->opened = err == SLK_OK;
    if (err == SLK_OK) err = slk_ledger_health(f->at.ledger, &f->health, &f->fault);
    f->checked = err == SLK_OK;
    if (err != SLK_OK) {
        f->fault.code = err;
        slk_say_fault(NULL, &f->fault);
    }
    return f->checked && f->health.sound ? SLK_EXIT_OK : SLK_EXIT_LEDGER;
}

static const char *const table_names[] = {
#define TABLE_FILE(name, file) file,
#define NO_COLUMN(name, column, kind)
    SLK_TABLES(TABLE_FILE, NO_COLUMN)
#undef TABLE_FILE
#undef NO_COLUMN
};

static uint64_t all_rows(const slk_pack *pack) {
    uint64_t sum = 0;
    for (int t = 0; t < SLK_T_COUNT; t++) sum += slk_pack_rows(pack, t);
    return sum;
}

/* ---------------------------------------------------------------- text */

static void line(slk_buf *out, const slk_style *s, const char *label, const char *words) {
    slk_cell cells[] = {{slk_text_of(label), 0, 11}, {slk_text_of(words), 11, 0}};
    slk_page_row(out, s, cells, 2);
}

static void pack_text(const slk_pack *pack, const slk_style *s, slk_buf *out) {
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, 1u << 16);
    slk_page_z(&b, slk_pack_path(pack));
    slk_buf_printf(&b, "\nversion %d, %zu bytes, checksum %016" PRIx64 ", " SLK_MARK_GREEN "sound" SLK_MARK_OFF "\n",
                   SLK_PACK_VERSION, slk_pack_size(pack), slk_pack_checksum(pack));
    slk_buf_printf(&b, "%" PRIu64 " rows:", all_rows(pack));
    for (int t = 0; t < SLK_T_COUNT; t++)
        slk_buf_printf(&b, "%s %s %u", t ? "," : "", table_names[t], slk_pack_rows(pack, t));
    slk_buf_printf(&b, ", gazetteer %u", slk_gazetteer_rows(pack));
    line(out, s, "pack", slk_page_of(&b).at);
    slk_buf_free(&b);
}

static void ledger_text(const finding *f, const slk_style *s, slk_buf *out) {
    const slk_health *h = &f->health;
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, 1u << 16);
    slk_page_z(&b, f->path);
    if (!f->exists) {
        slk_buf_puts(&b, "\nnot there yet; sillok add makes it");
    } else if (!f->checked) {
        slk_buf_puts(&b, "\n" SLK_MARK_RED "cannot be used" SLK_MARK_OFF ": ");
        slk_page_z(&b, f->fault.message);
    } else {
        slk_buf_printf(&b, "\nschema %d, %" PRId64 " bytes, journal %s\n", h->schema, h->size_b, h->journal);
        slk_buf_printf(&b,
                       "%" PRId64 " reports, %" PRId64 " events, %" PRId64 " tellings, %" PRId64 " claims, %" PRId64
                       " checks\n",
                       h->reports, h->events, h->tellings, h->claims, h->checks);
        if (h->sound)
            slk_buf_puts(&b, "integrity and foreign keys: " SLK_MARK_GREEN "sound" SLK_MARK_OFF);
        else
            slk_buf_puts(&b, "integrity: " SLK_MARK_RED "damaged" SLK_MARK_OFF ": ");
        slk_page_z(&b, h->trouble);
    }
    line(out, s, "ledger", slk_page_of(&b).at);
    slk_buf_free(&b);
}

static void put_text(const finding *f, const slk_style *s, slk_buf *out) {
    char libraries[160];
    PJ_INFO proj = proj_info();
    int n = snprintf(libraries, sizeof libraries, "SQLite %s, PROJ %s, utf8proc %s, jansson %s", sqlite3_libversion(),
                     proj.version, utf8proc_version(), jansson_version_str());
    line(out, s, "sillok", SLK_VERSION);
    line(out, s, "libraries", n > 0 ? libraries : "");
    slk_buf kernels;
    slk_buf_start(&kernels, &slk_mem_system, 1024);
    put_kernels(&kernels);
    line(out, s, "processor", slk_page_of(&kernels).at);
    slk_buf_free(&kernels);
    if (f->pack)
        pack_text(slk_engine_pack(f->at.engine), s, out);
    else
        line(out, s, "pack", SLK_MARK_RED "cannot be used" SLK_MARK_OFF);
    ledger_text(f, s, out);
}

/* ---------------------------------------------------------------- JSON */

static void pack_json(const slk_pack *pack, slk_json *j) {
    char checksum[20];
    slk_json_name(j, "pack");
    slk_json_object(j);
    slk_json_put_bool(j, "sound", pack != NULL);
    if (pack) {
        slk_json_put_string(j, "path", slk_pack_path(pack));
        slk_json_put_int(j, "version", SLK_PACK_VERSION);
        slk_json_put_int(j, "size_b", (int64_t)slk_pack_size(pack));
        if (snprintf(checksum, sizeof checksum, "%016" PRIx64, slk_pack_checksum(pack)) > 0)
            slk_json_put_string(j, "checksum", checksum);
        slk_json_name(j, "rows");
        slk_json_object(j);
        for (int t = 0; t < SLK_T_COUNT; t++) slk_json_put_int(j, table_names[t], slk_pack_rows(pack, t));
        slk_json_put_int(j, "gazetteer", slk_gazetteer_rows(pack));
        slk_json_end_object(j);
    }
    slk_json_end_object(j);
}

static void ledger_json(const finding *f, slk_json *j) {
    const slk_health *h = &f->health;
    slk_json_name(j, "ledger");
    slk_json_object(j);
    slk_json_put_string(j, "path", f->path);
    slk_json_put_bool(j, "exists", f->exists);
    if (f->exists && !f->checked) {
        slk_json_put_bool(j, "sound", false);
        slk_json_put_string(j, "trouble", f->fault.message);
    }
    if (f->checked) {
        slk_json_put_bool(j, "sound", h->sound);
        if (*h->trouble) slk_json_put_string(j, "trouble", h->trouble);
        slk_json_put_int(j, "schema", h->schema);
        slk_json_put_int(j, "size_b", h->size_b);
        slk_json_put_string(j, "journal", h->journal);
        slk_json_put_int(j, "reports", h->reports);
        slk_json_put_int(j, "events", h->events);
        slk_json_put_int(j, "tellings", h->tellings);
        slk_json_put_int(j, "claims", h->claims);
        slk_json_put_int(j, "checks", h->checks);
    }
    slk_json_end_object(j);
}

static void put_json(const finding *f, slk_buf *out) {
    slk_json j;
    PJ_INFO proj = proj_info();
    slk_json_start(&j, out, true);
    slk_json_object(&j);
    slk_json_put_string(&j, "version", SLK_VERSION);
    slk_json_name(&j, "libraries");
    slk_json_object(&j);
    slk_json_put_string(&j, "sqlite", sqlite3_libversion());
    slk_json_put_string(&j, "proj", proj.version);
    slk_json_put_string(&j, "utf8proc", utf8proc_version());
    slk_json_put_string(&j, "jansson", jansson_version_str());
    slk_json_end_object(&j);
    slk_json_put_string(&j, "machine", MACHINE);
    slk_buf kernels;
    slk_buf_start(&kernels, &slk_mem_system, 1024);
    put_kernels(&kernels);
    slk_json_put_string(&j, "kernels", kernels.at ? kernels.at : "");
    slk_buf_free(&kernels);
    pack_json(f->pack ? slk_engine_pack(f->at.engine) : NULL, &j);
    ledger_json(f, &j);
    slk_json_end_object(&j);
    slk_buf_putc(out, '\n');
}

int slk_cmd_doctor(const slk_args *args) {
    finding f = {.fault = {.code = SLK_OK}};
    int status = examine(args, &f);
    slk_buf out;
    slk_buf_start(&out, &slk_mem_system, 1u << 20);
    if (strcmp(slk_args_format(args), "json") == 0) {
        put_json(&f, &out);
    } else {
        slk_style style = slk_style_for(args);
        put_text(&f, &style, &out);
    }
    bool ok = slk_put_buf(&out) && slk_put_flush();
    slk_buf_free(&out);
    slk_open_close(&f.at);
    return ok || status != SLK_EXIT_OK ? status : SLK_EXIT_SOME;
}
