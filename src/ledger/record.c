/* record.c - one reading into rows. Each report is a savepoint of the open batch: whole or not at all. The batch is one
 * transaction that slk_ledger_commit makes durable; before that nothing is promised. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "alerts/raise.h"
#include "base/calendar.h"
#include "base/fault.h"
#include "base/sha256.h"
#include "base/text.h"
#include "ledger/chronicle.h"
#include "ledger/deeds.h"
#include "ledger/facets.h"
#include "ledger/inside.h"
#include "ledger/words.h"

#define DEEDS_MOST_B 16384u /* of one report */
#define COMPARED 64u        /* earlier claims of an event that a new one is held against */

typedef struct kept_claim { /* a claim already written: evidence of the same value is added to it */
    const slk_field *field;
    int64_t chain, row;
    uint32_t n_evidence;
} kept_claim;

typedef struct recorder {
    slk_ledger *l;
    const slk_reading *r;
    slk_arena arena;
    slk_fault *fault;
    int64_t report;
    const slk_ledger_row *row; /* NULL: a report */
    const char *own_root;
    slk_source *sources;         /* per attribution, row 0 where not looked up yet */
    slk_profile *profiles;       /* per event */
    SLK_LIST(kept_claim) claims; /* of the event at work */
} recorder;

static slk_err no_memory(recorder *k) { return slk_fault_say(k->fault, SLK_ENOMEM, "%s: out of memory", k->l->path); }

static slk_err start(recorder *k, slk_statement which, slk_bind *b) {
    slk_err err = SLK_OK;
    *b = (slk_bind){.s = slk_store_get(k->l, which, &err, k->fault)};
    return err;
}

static void bind_span(recorder *k, slk_bind *b, slk_span s) {
    slk_bind_int(b, slk_reading_cp(k->r, s.start));
    slk_bind_int(b, slk_reading_cp(k->r, s.end));
    slk_text words = slk_reading_text(k->r, s);
    slk_bind_bytes(b, words.at ? words : slk_text_of(""));
}

/* ---------------------------------------------------------------- the report */

/* The day from which on a report is known: its publication (of a month or year the last day), else when it is recorded. */
static bool known_day(const slk_report *p, int64_t added_s, int64_t *day) {
    if (p->published.precision != SLK_P_NONE) {
        int64_t first, last;
        slk_instant whole = slk_instant_cut(p->published, SLK_P_DAY);
        whole.has_offset = false;
        slk_instant_range(whole, &first, &last);
        *day = last / 86400 - (last % 86400 < 0);
        return true;
    }
    *day = added_s / 86400;
    return added_s != 0;
}

static slk_err find_report(recorder *k, const char *sha256, bool *found) {
    slk_bind b;
    slk_err err = start(k, SLK_Q_REPORT, &b);
    if (err != SLK_OK) return err;
    slk_bind_text(&b, sha256);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    err = slk_store_step(k->l, b.s, found, k->fault);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* "sillok 0.1.0, pack 7 of 0123456789abcdef": all that a reading depends on but its text. */
static const char *reader_of(const slk_pack *pack, char out[64]) {
    if (!pack) return NULL;
    slk_text_print(out, 64, "sillok %s, pack %d of %016" PRIx64, SLK_VERSION, SLK_PACK_VERSION,
                   slk_pack_checksum(pack));
    return out;
}

static slk_err add_report(recorder *k, const char *sha256, const char *page, int64_t added_s) {
    const slk_report *p = &k->r->report;
    slk_bind b;
    int64_t day;
    char reader[64];
    k->own_root = k->row ? slk_ledger_row_root(k->row, &k->arena) : slk_source_own(k->l->pack, p, sha256, &k->arena);
    if (!k->own_root) return no_memory(k);
    slk_story story = {0};
    slk_err err = k->row ? SLK_OK : slk_story_find(k->l, p->text, &k->arena, &story, k->fault);
    if (err != SLK_OK) return err == SLK_ENOMEM || err == SLK_ELIMIT ? no_memory(k) : err;
    if (story.root) k->own_root = story.root;
    err = start(k, SLK_Q_REPORT_ADD, &b);
    if (err != SLK_OK) return err;
    slk_bind_text(&b, sha256);
    slk_bind_text(&b, p->id ? p->id : sha256);
    slk_bind_text(&b, p->source);
    slk_bind_text(&b, p->title);
    slk_bind_text(&b, p->outlet);
    slk_bind_text(&b, p->author);
    slk_bind_text(&b, p->url);
    slk_bind_text(&b, p->language);
    slk_bind_instant(&b, p->published);
    slk_bind_text(&b, slk_published_basis_word(p->published_basis));
    if (known_day(p, added_s, &day))
        slk_bind_int(&b, day);
    else
        slk_bind_none(&b);
    if (added_s)
        slk_bind_int(&b, added_s);
    else
        slk_bind_none(&b);
    slk_bind_text(&b, k->own_root);
    if (story.first)
        slk_bind_int(&b, story.first);
    else
        slk_bind_none(&b);
    slk_bind_text(&b, page);
    slk_bind_text(&b, reader_of(k->l->pack, reader));
    slk_bind_bytes(&b, p->text);
    if ((err = slk_bind_run(k->l, &b, k->fault)) != SLK_OK) return err;
    k->report = sqlite3_last_insert_rowid(k->l->db);
    if ((err = slk_words_keep(k->l, k->report, p, k->fault)) != SLK_OK) return err;
    if (k->row) return slk_ledger_row_write(k->l, k->row, k->report, k->fault);
    return slk_story_keep(k->l, &story, k->report, k->fault);
}

/* ---------------------------------------------------------------- sources */

static slk_err source_at(recorder *k, uint32_t attribution, slk_source *out) {
    if (attribution >= k->r->attributions.n) {
        *out = (slk_source){.root = k->own_root};
        return SLK_OK;
    }
    slk_source *kept = &k->sources[attribution];
    if (kept->row == 0) {
        slk_err err = slk_source_of(k->l, k->r, attribution, k->own_root, &k->arena, kept, k->fault);
        if (err != SLK_OK) return err == SLK_ENOMEM ? no_memory(k) : err;
    }
    *out = *kept;
    return SLK_OK;
}

/* Is a inside b, at any depth? */
static bool lies_inside(const slk_reading *r, uint32_t a, uint32_t b) {
    for (unsigned depth = 0; a < r->attributions.n && depth < 8; depth++) {
        a = r->attributions.at[a].inside;
        if (a == b) return true;
    }
    return false;
}

/* An attribution that only surrounds another of the list gives no chain of its own: it is part of the other's. */
static bool surrounds_another(const slk_reading *r, slk_ids ids, uint32_t k) {
    for (uint32_t i = 0; i < ids.n && i < COMPARED; i++)
        if (i != k && lies_inside(r, ids.at[i], ids.at[k])) return true;
    return false;
}

/* ---------------------------------------------------------------- tellings */

static slk_err add_telling(recorder *k, uint32_t n) {
    const slk_event *e = &k->r->events.at[n];
    slk_profile *p = &k->profiles[n];
    slk_source source = {0};
    slk_bind b;
    slk_err err = slk_profile_of(k->l->pack, k->r, e, &k->arena, p);
    if (err != SLK_OK) return no_memory(k);
    if ((err = source_at(k, e->attributions.n ? e->attributions.at[0] : SLK_NONE, &source)) != SLK_OK) return err;
    p->report = k->report;
    p->main = p->main || strcmp(p->kind, "story") == 0; /* what the report as a whole tells is its news */
    p->root = source.root;
    p->party = source.state && *p->country && strcmp(source.root_country, p->country) == 0;
    if ((err = start(k, SLK_Q_TELLING_ADD, &b)) != SLK_OK) return err;
    slk_bind_int(&b, k->report);
    slk_bind_int(&b, n);
    slk_bind_text(&b, p->kind);
    slk_bind_text(&b, p->type);
    slk_bind_text(&b, e->plover);
    slk_bind_text(&b, e->plover_mode);
    slk_bind_text(&b, e->cameo);
    bind_span(k, &b, e->trigger);
    slk_bind_int(&b, p->main);
    slk_bind_text(&b, e->main_reason);
    slk_bind_text(&b, slk_event_certainty_word(e->certainty));
    slk_bind_text(&b, p->country);
    slk_bind_text(&b, p->actor);
    slk_bind_text(&b, p->target);
    slk_bind_instant(&b, p->time);
    if (p->timed) {
        slk_bind_int(&b, p->first_s);
        slk_bind_int(&b, p->last_s);
    } else {
        slk_bind_none(&b);
        slk_bind_none(&b);
    }
    slk_bind_int(&b, p->assumed);
    slk_bind_text(&b, p->place);
    slk_bind_double(&b, p->lat);
    slk_bind_double(&b, p->lon);
    slk_bind_text(&b, p->weapon);
    slk_bind_text(&b, p->root);
    slk_bind_int(&b, p->party);
    if (p->weekday)
        slk_bind_int(&b, p->weekday);
    else
        slk_bind_none(&b);
    if (p->clock_min >= 0)
        slk_bind_int(&b, p->clock_min);
    else
        slk_bind_none(&b);
    if ((err = slk_bind_run(k->l, &b, k->fault)) == SLK_OK) p->telling = sqlite3_last_insert_rowid(k->l->db);
    return err;
}

/* ---------------------------------------------------------------- claims */

static bool same_text(const char *a, const char *b) { return (!a && !b) || (a && b && strcmp(a, b) == 0); }
static bool same_number(double a, double b) { return a == b || (isnan(a) && isnan(b)); }

static bool same_value(const slk_value *a, const slk_value *b) {
    return a->kind == b->kind && a->ref == b->ref && a->bound == b->bound && same_text(a->text, b->text) &&
           same_text(a->unit, b->unit) && same_text(a->zone, b->zone) && same_number(a->low, b->low) &&
           same_number(a->high, b->high) && slk_instant_eq(a->when, b->when);
}

static kept_claim *find_claim(recorder *k, const slk_field *f, int64_t chain) {
    uint32_t from = k->claims.n > COMPARED ? k->claims.n - COMPARED : 0;
    for (uint32_t i = from; i < k->claims.n; i++) {
        kept_claim *c = &k->claims.at[i];
        if (c->chain == chain && c->field->name == f->name && same_value(&c->field->value, &f->value)) return c;
    }
    return NULL;
}

static void bind_chain(slk_bind *b, int64_t chain) {
    if (chain)
        slk_bind_int(b, chain);
    else
        slk_bind_none(b);
}

/* What lies outside of the value itself: of an actor the name, country, sector; of a place the name, country and point. */
typedef struct outside {
    const char *text, *country, *sector, *place_kind;
    double lat, lon;
} outside;

static outside outside_of(const recorder *k, const slk_value *v) {
    outside o = {v->text, "", "", NULL, NAN, NAN};
    if (v->kind == SLK_VALUE_ACTOR && v->ref < k->r->actors.n) {
        const slk_actor *a = &k->r->actors.at[v->ref];
        o = (outside){a->name ? a->name : v->text, a->country, a->sector, NULL, NAN, NAN};
    } else if (v->kind == SLK_VALUE_PLACE && v->ref < k->r->places.n) {
        const slk_place *p = &k->r->places.at[v->ref];
        if (!o.text) o.text = p->name;
        const char *iso3 = slk_country_iso3(k->l->pack, p->country);
        o.country = iso3 ? iso3 : "";
        o.place_kind = p->kind;
        if (p->has_point) {
            o.lat = p->lat;
            o.lon = p->lon;
        }
    }
    return o;
}

static slk_err write_claim(recorder *k, int64_t telling, const slk_field *f, uint32_t attribution, int64_t chain) {
    const slk_value *v = &f->value;
    const slk_attribution *a = attribution < k->r->attributions.n ? &k->r->attributions.at[attribution] : NULL;
    outside o = outside_of(k, v);
    slk_bind b;
    slk_err err = start(k, SLK_Q_CLAIM_ADD, &b);
    if (err != SLK_OK) return err;
    slk_bind_int(&b, telling);
    slk_bind_text(&b, slk_field_word(f->name));
    bind_chain(&b, chain);
    slk_bind_text(&b, slk_kind_word(v->kind));
    slk_bind_text(&b, o.text);
    slk_bind_text(&b, v->unit);
    slk_bind_text(&b, v->zone);
    slk_bind_double(&b, v->low);
    slk_bind_double(&b, v->high);
    slk_bind_double(&b, v->si);
    slk_bind_double(&b, v->si_high);
    slk_bind_text(&b, slk_bound_word(v->bound));
    slk_bind_instant(&b, v->when);
    slk_bind_text(&b, o.country);
    slk_bind_text(&b, o.sector);
    slk_bind_double(&b, o.lat);
    slk_bind_double(&b, o.lon);
    slk_bind_text(&b, o.place_kind);
    slk_bind_text(&b, slk_basis_word(f->basis));
    slk_bind_text(&b, a ? slk_stance_word(a->stance) : "");
    slk_bind_text(&b, slk_certainty_word(a ? a->certainty : SLK_CT_PLUS));
    slk_bind_text(&b, f->note);
    slk_bind_text(&b, f->rule);
    return slk_bind_run(k->l, &b, k->fault);
}

/* The region of a place that is told by its distance from another, for the claim that was just written. */
static slk_err write_reach(recorder *k, const slk_value *v, int64_t claim) {
    slk_bind b;
    if (v->kind != SLK_VALUE_PLACE || v->ref >= k->r->places.n) return SLK_OK;
    const slk_relative *to = &k->r->places.at[v->ref].relative;
    if (!to->known || !to->sector.known || to->of >= k->r->places.n) return SLK_OK;
    const slk_place *of = &k->r->places.at[to->of];
    if (!of->has_point) return SLK_OK;
    slk_err err = start(k, SLK_Q_REACH_ADD, &b);
    if (err != SLK_OK) return err;
    slk_bind_int(&b, claim);
    slk_bind_double(&b, of->lat);
    slk_bind_double(&b, of->lon);
    slk_bind_double(&b, to->sector.from_deg);
    slk_bind_double(&b, to->sector.to_deg);
    slk_bind_double(&b, to->sector.least_m);
    slk_bind_double(&b, to->sector.most_m);
    return slk_bind_run(k->l, &b, k->fault);
}

static slk_err add_evidence(recorder *k, kept_claim *c, slk_spans spans) {
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < spans.n; i++) {
        slk_bind b;
        if ((err = start(k, SLK_Q_EVIDENCE_ADD, &b)) != SLK_OK) return err;
        slk_bind_int(&b, c->row);
        slk_bind_int(&b, c->n_evidence++);
        bind_span(k, &b, spans.at[i]);
        err = slk_bind_run(k->l, &b, k->fault);
    }
    return err;
}

static slk_err add_claim(recorder *k, int64_t telling, const slk_field *f, uint32_t attribution) {
    slk_source source = {0};
    slk_err err = source_at(k, attribution, &source);
    if (err != SLK_OK) return err;
    kept_claim *c = find_claim(k, f, source.row);
    if (!c) {
        if (SLK_ROOM(&k->arena, &k->claims, SLK_MAX_ITEMS) != SLK_OK) return no_memory(k);
        if ((err = write_claim(k, telling, f, attribution, source.row)) != SLK_OK) return err;
        c = &k->claims.at[k->claims.n++];
        *c = (kept_claim){f, source.row, sqlite3_last_insert_rowid(k->l->db), 0};
        if ((err = write_reach(k, &f->value, c->row)) != SLK_OK) return err;
    }
    return add_evidence(k, c, f->evidence);
}

static slk_err add_claims(recorder *k, uint32_t n) {
    const slk_event *e = &k->r->events.at[n];
    int64_t telling = k->profiles[n].telling;
    slk_err err = SLK_OK;
    k->claims.n = 0;
    for (uint32_t i = 0; err == SLK_OK && i < e->n_fields; i++) {
        const slk_field *f = &e->fields[i];
        if (f->attributions.n == 0) err = add_claim(k, telling, f, SLK_NONE);
        for (uint32_t a = 0; err == SLK_OK && a < f->attributions.n; a++)
            if (!surrounds_another(k->r, f->attributions, a)) err = add_claim(k, telling, f, f->attributions.at[a]);
    }
    return err;
}

static slk_err add_withheld(recorder *k, uint32_t n) {
    const slk_event *e = &k->r->events.at[n];
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < e->n_withheld; i++) {
        const slk_withheld *w = &e->withheld[i];
        slk_source source = {0};
        slk_bind b;
        if ((err = source_at(k, w->by, &source)) != SLK_OK) return err;
        if ((err = start(k, SLK_Q_WITHHELD_ADD, &b)) != SLK_OK) return err;
        slk_bind_int(&b, k->profiles[n].telling);
        slk_bind_int(&b, i);
        slk_bind_text(&b, w->field);
        bind_chain(&b, source.row);
        bind_span(k, &b, w->evidence.n ? w->evidence.at[0] : (slk_span){0, 0});
        err = slk_bind_run(k->l, &b, k->fault);
    }
    return err;
}

/* ---------------------------------------------------------------- the whole */

/* When the report's news happened, where that is a launch or test of a told day: two of different days are two stories. */
static void set_gist_times(const recorder *k, slk_gist *g) {
    slk_instant day = slk_instant_cut(k->r->report.published, SLK_P_DAY);
    g->dated = day.precision == SLK_P_DAY;
    g->day = g->dated ? slk_instant_days(day) : 0;
    g->timed = false;
    for (uint32_t i = 0; i < k->r->events.n && !g->timed; i++) {
        const slk_profile *p = &k->profiles[i];
        bool launch = strcmp(p->kind, "launch") == 0 || strcmp(p->kind, "nuclear") == 0;
        if (!launch || !p->main || !p->timed || p->assumed || p->time.precision < SLK_P_DAY) continue;
        g->timed = true;
        g->first_s = p->first_s;
        g->last_s = p->last_s;
    }
}

static slk_err keep_deeds(recorder *k) {
    slk_buf deeds;
    slk_bind b;
    slk_buf_start(&deeds, &k->l->mem, DEEDS_MOST_B);
    slk_err err = slk_deeds_pack(k->l->pack, k->r, &deeds);
    if (err == SLK_OK) err = start(k, SLK_Q_GIST_DEEDS, &b);
    if (err == SLK_OK) {
        slk_bind_blob(&b, deeds.at, deeds.n);
        slk_bind_int(&b, k->report);
        err = slk_bind_run(k->l, &b, k->fault);
    }
    slk_buf_free(&deeds);
    return err;
}

static slk_err find_story(recorder *k, slk_stories *out) {
    slk_near near = {.n = 0};
    slk_gist *g = slk_arena_take(&k->arena, sizeof *g);
    if (!g) return no_memory(k);
    slk_err err = slk_gist_make(k->l, k->r, k->report, &k->arena, g, &near, k->fault);
    if (err != SLK_OK) return err;
    set_gist_times(k, g);
    err = slk_stories_place(k->l, g, &near, &k->arena, out, k->fault);
    return err == SLK_OK ? keep_deeds(k) : err;
}

/* The event of the earlier version of a row. */
static slk_err find_before(recorder *k, int64_t *event) {
    bool row = false;
    slk_bind b;
    if (k->row->revision < 2) return SLK_OK;
    slk_err err = start(k, SLK_Q_DB_ROW_BEFORE, &b);
    if (err != SLK_OK) return err;
    slk_bind_text(&b, k->row->database);
    slk_bind_text(&b, k->row->key);
    slk_bind_int(&b, k->row->revision);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    err = slk_store_step(k->l, b.s, &row, k->fault);
    if (err == SLK_OK && row) *event = sqlite3_column_int64(b.s, 0);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err add_all(recorder *k, int64_t added_s, slk_added *out) {
    char sha256[SLK_SHA256_HEX];
    slk_sha256_hex(k->r->report.text, sha256);
    const char *page = NULL;
    slk_err err = find_report(k, sha256, &out->already);
    if (err != SLK_OK || out->already) return err;
    if (!k->row) err = slk_same_find(k->l, &k->r->report, &k->arena, &page, &out->already, k->fault);
    if (err != SLK_OK || out->already) return err == SLK_ENOMEM ? no_memory(k) : err;
    uint32_t n = k->r->events.n;
    k->sources = slk_arena_take(&k->arena, sizeof *k->sources * k->r->attributions.n);
    k->profiles = slk_arena_take(&k->arena, sizeof *k->profiles * n);
    int64_t *events = slk_arena_take(&k->arena, sizeof *events * n);
    if (!k->sources || !k->profiles || !events) return no_memory(k);
    err = add_report(k, sha256, page, added_s);
    for (uint32_t i = 0; err == SLK_OK && i < n; i++) err = add_telling(k, i);
    for (uint32_t i = 0; err == SLK_OK && i < n; i++) err = add_claims(k, i);
    for (uint32_t i = 0; err == SLK_OK && i < n; i++) err = add_withheld(k, i);
    for (uint32_t i = 0; err == SLK_OK && i < n; i++) err = slk_facets_telling(k->l, k->profiles[i].telling, k->fault);
    slk_linking linking = {.ledger = k->l,
                           .r = k->r,
                           .profiles = k->profiles,
                           .arena = &k->arena,
                           .events = events,
                           .added = out,
                           .row = k->row};
    if (err == SLK_OK && k->row) err = find_before(k, &linking.before);
    if (err == SLK_OK && !k->row) err = find_story(k, &linking.stories);
    if (err == SLK_OK) err = slk_link_all(&linking, k->fault);
    if (err == SLK_OK) err = slk_chronicle_record(&linking, k->report, k->fault);
    if (err == SLK_OK && !k->row) err = slk_alerts_raise(&linking, k->report, added_s, k->fault);
    return err;
}

/* Within the batch, so that a report can be taken back alone. */
static slk_err begin(recorder *k) {
    slk_bind b;
    slk_err err = slk_store_batch(k->l, k->fault);
    if (err != SLK_OK || (err = start(k, SLK_Q_SAVE, &b)) != SLK_OK) return err;
    return slk_bind_run(k->l, &b, k->fault);
}

/* Keeps the report or takes it back. Where SQLite has already rolled all back (a full disk), the batch is over. */
static slk_err end(recorder *k, slk_err err) {
    slk_bind b;
    slk_fault quiet;
    if (sqlite3_get_autocommit(k->l->db)) {
        k->l->open_batch = false;
        return err;
    }
    recorder undoing = *k;
    if (err != SLK_OK) undoing.fault = &quiet; /* the first fault is the one to tell */
    slk_err last = SLK_OK;
    if (err != SLK_OK && (last = start(&undoing, SLK_Q_UNDO, &b)) == SLK_OK)
        last = slk_bind_run(k->l, &b, undoing.fault);
    if (last == SLK_OK && (last = start(&undoing, SLK_Q_RELEASE, &b)) == SLK_OK)
        last = slk_bind_run(k->l, &b, undoing.fault);
    return err != SLK_OK ? err : last;
}

slk_err slk_ledger_add(slk_ledger *l, const slk_reading *r, int64_t added_s, slk_added *out, slk_fault *fault) {
    return slk_ledger_add_row(l, r, NULL, added_s, out, fault);
}

slk_err slk_ledger_add_row(slk_ledger *l, const slk_reading *r, const slk_ledger_row *row, int64_t added_s,
                           slk_added *out, slk_fault *fault) {
    recorder k = {.l = l, .r = r, .row = row, .fault = fault};
    slk_added added = {0};
    slk_arena_start(&k.arena, &l->mem, SLK_DOSSIER_CEILING_B);
    slk_err err = slk_store_room(l, fault);
    if (err == SLK_OK) err = begin(&k);
    if (err == SLK_OK) err = end(&k, slk_store_memory(l, add_all(&k, added_s, &added), fault));
    slk_arena_free(&k.arena);
    if (err == SLK_OK) *out = added;
    return err;
}

slk_err slk_ledger_commit(slk_ledger *l, slk_fault *fault) {
    slk_err err = SLK_OK;
    if (!l->open_batch) return SLK_OK;
    l->open_batch = false;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_COMMIT, &err, fault)};
    if (b.s) err = slk_bind_run(l, &b, fault);
    if (err == SLK_OK || sqlite3_get_autocommit(l->db)) return err;
    slk_err quiet = SLK_OK;
    slk_bind undo = {.s = slk_store_get(l, SLK_Q_ROLLBACK, &quiet, NULL)};
    if (undo.s && slk_bind_run(l, &undo, NULL) != SLK_OK) return err; /* the fault of the commit is the one to tell */
    return err;
}
