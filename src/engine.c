/* engine.c - the way a report travels, station by station: text in, reading out. The engine is the mapped pack, which never changes,
 * and tables of words worked out before (language/words.h), each lent to one reading at a time; it serves any number of threads. */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/reading.h"
#include "base/sha256.h"
#include "base/text.h"
#include "engine.h"
#include "intake/language_guess.h"
#include "intake/published.h"
#include "language/ends.h"
#include "language/language.h"
#include "language/name_words.h"
#include "language/net.h"
#include "language/words.h"
#include "meaning/meaning.h"
#include "measure/measure.h"

struct slk_engine {
    slk_allocator mem;
    slk_pack *pack;
    const slk_kernel *kernel; /* of the language net */
    slk_shelf *shelf;         /* tables of words */
};

slk_err slk_engine_open(const char *path, const slk_allocator *mem, slk_engine **out, slk_fault *fault) {
    if (!mem) mem = &slk_mem_system;
    if (!path) path = getenv("SILLOK_PACK");
    if (!path || !*path) path = SLK_PACK_PATH;
    slk_engine *e = slk_mem_new(mem, sizeof *e);
    if (!e) return slk_fault_say(fault, SLK_ENOMEM, "out of memory while opening the knowledge pack");
    *e = (slk_engine){.mem = *mem};
    slk_err err = slk_pack_open(path, mem, &e->pack, fault);
    const char *wrong = err == SLK_OK ? slk_net_fault(slk_pack_model(e->pack, SLK_MODEL_NET)) : NULL;
    if (err == SLK_OK && !wrong) wrong = slk_name_model_fault(slk_pack_model(e->pack, SLK_MODEL_NAMES));
    if (err == SLK_OK && !wrong) wrong = slk_weights_fault(slk_pack_model(e->pack, SLK_MODEL_ENDS));
    if (err == SLK_OK && !wrong) wrong = slk_weights_fault(slk_pack_model(e->pack, SLK_MODEL_HAPPENED));
    if (wrong) err = slk_fault_say(fault, SLK_EPACK, "%s: the knowledge pack cannot be used: %s", path, wrong);
    slk_net net;
    if (err == SLK_OK) err = slk_net_of(slk_pack_model(e->pack, SLK_MODEL_NET), &net);
    if (err == SLK_OK && !(e->shelf = slk_shelf_new(mem, net.head->width)))
        err = slk_fault_say(fault, SLK_ENOMEM, "out of memory while opening the knowledge pack");
    if (err != SLK_OK) {
        slk_engine_close(e);
        return err;
    }
    unsigned kernels;
    e->kernel = slk_kernels(&kernels)[0];
    *out = e;
    return SLK_OK;
}

bool slk_engine_kernel(slk_engine *engine, const char *name) {
    unsigned n;
    const slk_kernel *const *all = slk_kernels(&n);
    for (unsigned i = 0; i < n; i++)
        if (strcmp(all[i]->name, name) == 0) {
            engine->kernel = all[i];
            return true;
        }
    return false;
}

void slk_engine_close(slk_engine *engine) {
    if (!engine) return;
    slk_allocator mem = engine->mem;
    slk_shelf_free(engine->shelf);
    slk_pack_close(engine->pack);
    slk_mem_free(&mem, engine);
}

const slk_pack *slk_engine_pack(const slk_engine *engine) { return engine->pack; }

static slk_err check_text(slk_text t, slk_fault *fault) {
    if (t.n > SLK_MAX_REPORT_B)
        return slk_fault_say(fault, SLK_ELIMIT, "the text has %zu bytes; at most %u are read", t.n, SLK_MAX_REPORT_B);
    size_t bad = slk_utf8_check(t);
    if (bad < t.n) {
        size_t line = 1;
        for (size_t i = 0; i < bad; i++) line += t.at[i] == '\n';
        return slk_fault_at(fault, SLK_EENCODING, line, bad, "the text is not valid UTF-8 at byte %zu", bad);
    }
    if (slk_text_trim(t).n == 0) return slk_fault_say(fault, SLK_EEMPTY, "the report has no text");
    return SLK_OK;
}

/* Copies z into the reading; NULL and "" stay NULL. */
static slk_err keep(slk_reading *r, const char *z, const char **out) {
    *out = NULL;
    if (!z || !*z) return SLK_OK;
    *out = slk_arena_copy(&r->arena, z, strlen(z));
    return *out ? SLK_OK : SLK_ENOMEM;
}

static slk_err keep_id(slk_reading *r, const char *id) {
    if (id && *id) return keep(r, id, &r->report.id);
    char hex[SLK_SHA256_HEX];
    slk_sha256_hex(r->report.text, hex);
    return keep(r, hex, &r->report.id);
}

static bool is_english(const char *code) {
    return slk_text_starts_fold(slk_text_of(code), "en") && (!code[2] || code[2] == '-');
}

/* The text decides where it is long enough to tell, else what was given. A report in another language than English is recorded,
 * not read: words of it that look like English ones would be misread. */
static slk_err set_language(const slk_pack *pack, slk_reading *r, const char *given) {
    slk_language_guess g = slk_language_find(pack, r->report.text);
    const char *code = given && *given ? given : NULL;
    bool named = code && slk_language_name(pack, code);
    if (g.sure && (!named || is_english(code) != is_english(g.code))) code = g.code; /* "en-GB" says more than "en" */
    if (!code && g.code && is_english(g.code)) code = g.code;
    r->report.unread = code && (g.sure || named) && !is_english(code);
    return keep(r, code, &r->report.language);
}

static slk_err fill_report(const slk_pack *pack, slk_reading *r, const slk_input *in, slk_fault *fault) {
    slk_report *p = &r->report;
    if (in->published && *in->published) {
        if (!slk_instant_parse(slk_text_of(in->published), &p->published))
            return slk_fault_say(fault, SLK_EINPUT, "the publication date \"%.60s\" is not an ISO 8601 date",
                                 in->published);
        p->published_basis = in->published_basis == SLK_PUB_UNKNOWN ? SLK_PUB_GIVEN : in->published_basis;
    } else if (!slk_published_find(pack, in->text, in->url, &p->published, &p->published_basis)) {
        p->published_basis = SLK_PUB_UNKNOWN;
    }
    if (in->updated && !slk_instant_parse(slk_text_of(in->updated), &p->updated)) p->updated = (slk_instant){0};
    const char *text = slk_arena_copy(&r->arena, in->text.at, in->text.n);
    if (!text) return SLK_ENOMEM;
    p->text = (slk_text){text, in->text.n};
    slk_err err;
    if ((err = keep_id(r, in->id)) != SLK_OK || (err = keep(r, in->source, &p->source)) != SLK_OK ||
        (err = keep(r, in->title, &p->title)) != SLK_OK || (err = keep(r, in->outlet, &p->outlet)) != SLK_OK ||
        (err = keep(r, in->author, &p->author)) != SLK_OK || (err = keep(r, in->url, &p->url)) != SLK_OK ||
        (err = set_language(pack, r, in->language)) != SLK_OK)
        return err;
    if (in->origins) {
        slk_origin *origins = slk_arena_take(&r->arena, in->n_origins * sizeof *origins);
        if (!origins) return SLK_ENOMEM;
        if (in->n_origins) memcpy(origins, in->origins, in->n_origins * sizeof *origins);
        p->origins = origins;
        p->n_origins = in->n_origins;
    }
    return slk_reading_mark(r);
}

#define NEED_TREE (~(unsigned)SLK_LAYER_SENTENCES)
#define NEED_MEASURE                                                                                                   \
    (SLK_LAYER_TIMES | SLK_LAYER_QUANTITIES | SLK_LAYER_PLACES | SLK_LAYER_ACTORS | SLK_LAYER_ATTRIBUTIONS |           \
     SLK_LAYER_EVENTS | SLK_LAYER_CHECKS | SLK_LAYER_PREDICATES)
#define NEED_MEANING                                                                                                   \
    (SLK_LAYER_ACTORS | SLK_LAYER_ATTRIBUTIONS | SLK_LAYER_EVENTS | SLK_LAYER_CHECKS | SLK_LAYER_PREDICATES)

typedef slk_err (*station)(const slk_pack *pack, slk_reading *r);

/* The stations in the order of the way, each with the layers that cannot do without it. */
static const struct {
    unsigned needed_by;
    station run;
} way[] = {
    {SLK_LAYER_ALL, slk_tokens_find},      {NEED_TREE, slk_tags_find},
    {NEED_TREE, slk_phrases_find},         {SLK_LAYER_NAMES | SLK_LAYER_PLACES | NEED_MEANING, slk_names_find},
    {NEED_MEASURE, slk_quantities_find},   {NEED_MEASURE, slk_places_find},
    {NEED_MEASURE, slk_times_find},        {NEED_MEANING, slk_actors_find},
    {NEED_MEANING, slk_attributions_find}, {NEED_MEANING, slk_events_find},
    {NEED_MEANING, slk_checks_find},       {SLK_LAYER_PREDICATES, slk_predicates_find},
};

static slk_err travel(const slk_engine *engine, slk_reading *r) {
    slk_err err = SLK_OK;
    r->kept_words = slk_words_borrow(engine->shelf);
    if (!r->kept_words) return SLK_ENOMEM;
    for (size_t i = 0; i < sizeof way / sizeof *way && err == SLK_OK; i++)
        if (!r->report.unread && (way[i].needed_by & r->layers)) err = way[i].run(engine->pack, r);
    slk_words_give_back(engine->shelf, r->kept_words);
    r->kept_words = r->own_words = NULL;
    r->words.at = NULL;
    r->words.n = r->words.cap = 0;
    return err;
}

slk_err slk_read(const slk_engine *engine, const slk_input *input, unsigned layers, slk_reading **out,
                 slk_fault *fault) {
    slk_err err = check_text(input->text, fault);
    if (err != SLK_OK) return err;
    slk_reading *r = slk_mem_new(&engine->mem, sizeof *r);
    if (!r) return slk_fault_say(fault, SLK_ENOMEM, "out of memory while reading the report");
    *r = (slk_reading){.mem = engine->mem, .layers = layers, .kernel = engine->kernel};
    slk_arena_start(&r->arena, &engine->mem, SLK_READING_CEILING_B);
    slk_fault own = {.code = SLK_OK};
    err = fill_report(engine->pack, r, input, &own);
    if (err == SLK_OK) err = travel(engine, r);
    if (err != SLK_OK) {
        if (own.code != SLK_OK && fault) *fault = own;
        if (own.code == SLK_OK) (void)slk_fault_say(fault, err, "%s while reading the report", slk_err_meaning(err));
        slk_reading_free(r);
        return err;
    }
    *out = r;
    return SLK_OK;
}

void slk_reading_free(slk_reading *reading) {
    if (!reading) return;
    slk_allocator mem = reading->mem;
    slk_arena_free(&reading->arena);
    slk_mem_free(&mem, reading);
}
