/* cells.c - what can stand in a column of a table, a function for each word. A word may carry what it asks of after a colon
 * ("field:weapon", "code:acled_event"). See cells.h. Where sources differ each cell's line in data/export_columns.tsv says which
 * value it holds; no cell ever holds a mean. */
#include "export/cells.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/words.h"
#include "export/access.h"
#include "export/region.h"

typedef struct asked {
    const slk_export *x;
    const slk_dossier *d;
    const char *what; /* after the colon, "" for nothing */
    slk_buf *out;
} asked;

static void put_z(const asked *k, const char *z) { slk_buf_puts(k->out, z ? z : ""); }

static void put_number(const asked *k, double v) {
    slk_json j;
    if (!isfinite(v)) return;
    slk_json_start(&j, k->out, false);
    slk_json_double(&j, v);
}

static slk_field_name field_of(const asked *k) {
    int f = slk_field_of(slk_text_of(k->what));
    return f < 0 ? SLK_FIELD_NAMES : (slk_field_name)f;
}

/* ---------------------------------------------------------------- what the event is */

static void put_id(const asked *k) { put_z(k, k->d->entry.id); }
static void put_type(const asked *k) { put_z(k, k->d->entry.type); }
static void put_actor(const asked *k) { put_z(k, k->d->entry.actor); }
static void put_country(const asked *k) { put_z(k, k->d->entry.country); }
static void put_place(const asked *k) { put_z(k, k->d->entry.place); }
static void put_certainty(const asked *k) { put_z(k, slk_event_certainty_word(k->d->entry.certainty)); }
static void put_main(const asked *k) { put_z(k, k->d->entry.main ? "true" : "false"); }
static void put_reports(const asked *k) { slk_buf_printf(k->out, "%u", k->d->entry.n_reports); }
static void put_sources(const asked *k) { slk_buf_printf(k->out, "%u", k->d->entry.n_roots); }
static void put_conflicts(const asked *k) { slk_told_conflict_words(k->d, k->out); }
static void put_notes(const asked *k) { slk_event_notes(k->d, k->out); }
static void put_none(const asked *k) { (void)k; }

static void put_tags(const asked *k) {
    put_certainty(k);
    if (!slk_told_conflicts(k->d)) return;
    put_z(k, "; sources differ on ");
    put_conflicts(k);
}

/* ---------------------------------------------------------------- when */

static void put_time(const asked *k) {
    char z[40];
    put_z(k, slk_instant_format(k->d->entry.time, z));
}

static void put_time_utc(const asked *k) {
    char z[40];
    slk_instant t = k->d->entry.time;
    if (!t.has_offset || t.precision < SLK_P_HOUR) return;
    put_z(k, slk_instant_format(slk_instant_at(slk_instant_seconds(t), 0, (slk_precision)t.precision), z));
}

static void put_day(const asked *k) {
    char first[16], last[16];
    slk_days_of(k->d->entry.time, first, last);
    put_z(k, first);
}

static void put_day_last(const asked *k) {
    char first[16], last[16];
    slk_days_of(k->d->entry.time, first, last);
    put_z(k, last);
}

static void put_year(const asked *k) {
    if (k->d->entry.time.precision != SLK_P_NONE) slk_buf_printf(k->out, "%d", (int)k->d->entry.time.year);
}

static void put_acled_time(const asked *k) {
    unsigned days = slk_days_count(k->d->entry.time);
    if (days) put_z(k, days == 1 ? "1" : days <= 7 ? "2" : "3");
}

static void put_ged_time(const asked *k) {
    unsigned days = slk_days_count(k->d->entry.time);
    if (days) put_z(k, days == 1 ? "1" : days < 7 ? "2" : days == 7 ? "3" : days <= 31 ? "4" : "5");
}

static void put_clarity(const asked *k) { put_z(k, slk_days_count(k->d->entry.time) == 1 ? "1" : "2"); }

static void put_last_seconds(const asked *k) {
    slk_instant t = slk_told_last(k->d);
    if (t.precision != SLK_P_NONE) slk_buf_printf(k->out, "%" PRId64, slk_instant_seconds(t));
}

/* ---------------------------------------------------------------- where */

static slk_region region(const asked *k) { return slk_region_of_event(k->x->pack, k->d); }

static const char *reach_cell(const asked *k, int column) {
    slk_region r = region(k);
    return r.row == SLK_NONE ? NULL : slk_pack_str(k->x->pack, SLK_T_PLACE_REACH, r.row, column);
}

static double six(double degrees) { return round(degrees * 1e6) / 1e6; } /* a tenth of a metre */

static void put_lat(const asked *k) {
    if (k->d->entry.has_point) put_number(k, six(k->d->entry.lat));
}

static void put_lon(const asked *k) {
    if (k->d->entry.has_point) put_number(k, six(k->d->entry.lon));
}

/* A sector is worth a region of ACLED, and UCDP's fuzzy place. */
static void put_acled_place(const asked *k) {
    put_z(k, region(k).kind == SLK_REGION_SECTOR ? "3" : reach_cell(k, SLK_PLACE_REACH_ACLED));
}

static void put_ged_place(const asked *k) {
    slk_region r = region(k);
    if (r.kind == SLK_REGION_SECTOR)
        put_z(k, r.radius_m <= 25000 ? "2" : "5");
    else
        put_z(k, reach_cell(k, SLK_PLACE_REACH_GED));
}

static bool is_fine(const asked *k) {
    return region(k).kind == SLK_REGION_SECTOR || reach_cell(k, SLK_PLACE_REACH_ACLED);
}

static void put_lat_fine(const asked *k) {
    if (is_fine(k)) put_lat(k);
}

static void put_lon_fine(const asked *k) {
    if (is_fine(k)) put_lon(k);
}

static void put_precision(const asked *k) {
    if (slk_told_place(k->d)) put_z(k, region(k).precision);
}

static void put_radius(const asked *k) {
    slk_region r = region(k);
    if (r.kind == SLK_REGION_CIRCLE || r.kind == SLK_REGION_SECTOR) put_number(k, round(r.radius_m));
}

static void put_ring(const asked *k, const slk_rings *r, unsigned i) {
    put_z(k, "((");
    for (unsigned c = 0; c < r->length[i]; c++) {
        if (c) put_z(k, ", ");
        put_number(k, r->at[i][c].lon);
        put_z(k, " ");
        put_number(k, r->at[i][c].lat);
    }
    put_z(k, "))");
}

static void put_wkt(const asked *k) {
    slk_region r = region(k);
    slk_rings rings;
    slk_region_rings(&r, &rings);
    if (!rings.n) return;
    put_z(k, "MULTIPOLYGON (");
    for (unsigned i = 0; i < rings.n; i++) {
        if (i) put_z(k, ", ");
        put_ring(k, &rings, i);
    }
    put_z(k, ")");
}

static void put_place_country(const asked *k) {
    char iso2[3];
    slk_told_country(k->x->pack, k->d, iso2);
    if (*iso2) put_z(k, slk_country_called(k->x->pack, iso2));
}

/* ---------------------------------------------------------------- fields */

static void put_field(const asked *k) { slk_told_join(k->d, field_of(k), 0, " | ", k->out); }
static void put_others(const asked *k) { slk_told_join(k->d, field_of(k), 1, "; ", k->out); }

static void put_best(const asked *k) {
    const slk_told_field *f = slk_told(k->d, field_of(k));
    if (f) put_z(k, f->groups[0].text);
}

static const slk_value *best(const asked *k) {
    const slk_claim *c = slk_told_best(k->d, field_of(k));
    return c ? &c->value : NULL;
}

static void put_low(const asked *k) {
    const slk_value *v = best(k);
    if (v) put_number(k, v->low);
}

static void put_high(const asked *k) {
    const slk_value *v = best(k);
    if (v) put_number(k, v->high);
}

static void put_si(const asked *k) {
    const slk_value *v = best(k);
    if (v) put_number(k, v->si);
}

/* ---------------------------------------------------------------- codes */

static const slk_claim *party(const asked *k, const char *field) {
    return slk_told_best(k->d, strcmp(field, "actor") == 0 ? SLK_FIELD_ACTOR : SLK_FIELD_TARGET);
}

/* A cell of the row of a side's sector; a country without sector counts as its government. */
static const char *side_cell(const asked *k, const char *field, int column) {
    const slk_claim *c = party(k, field);
    const char *sector = !c ? NULL : *c->sector ? c->sector : *c->country ? "GOV" : NULL;
    uint32_t row = slk_sector_row(k->x->pack, sector);
    return row == SLK_NONE ? NULL : slk_pack_str(k->x->pack, SLK_T_EXPORT_SECTORS, row, column);
}

static void put_inter(const asked *k) { put_z(k, side_cell(k, k->what, SLK_EXPORT_SECTORS_ACLED)); }

static bool is_side(const asked *k, const char *field, const char *side) {
    const char *got = side_cell(k, field, SLK_EXPORT_SECTORS_SIDE);
    return got && strcmp(got, side) == 0;
}

static void put_civilians(const asked *k) {
    if (is_side(k, "target", "civilians")) put_z(k, "Civilian targeting");
}

static void put_code(const asked *k) {
    int column = strcmp(k->what, "acled_disorder") == 0 ? SLK_EXPORT_CODES_ACLED_DISORDER
                 : strcmp(k->what, "acled_event") == 0  ? SLK_EXPORT_CODES_ACLED_EVENT
                                                        : SLK_EXPORT_CODES_ACLED_SUB;
    put_z(k, slk_codes(k->x->pack, k->d->entry.type, column));
}

static void put_violence(const asked *k) {
    const char *code = slk_codes(k->x->pack, k->d->entry.type, SLK_EXPORT_CODES_GED);
    if (!code) return;
    if (strcmp(code, "sides") != 0)
        put_z(k, code);
    else if (is_side(k, "target", "civilians"))
        put_z(k, "3");
    else
        put_z(k, is_side(k, "actor", "state") || is_side(k, "target", "state") ? "1" : "2");
}

static void put_side_b(const asked *k) {
    const slk_told_field *f = slk_told(k->d, SLK_FIELD_TARGET);
    if (is_side(k, "target", "civilians"))
        put_z(k, "Civilians");
    else if (f)
        put_z(k, f->groups[0].text);
}

/* ---------------------------------------------------------------- the dead */

static bool dead_of(const asked *k, uint32_t group, double *low, double *high) {
    const slk_claim *c = slk_told_claim(k->d, slk_told(k->d, SLK_FIELD_CASUALTIES), group);
    if (!c || c->value.kind != SLK_VALUE_COUNT || !isfinite(c->value.low)) return false;
    *low = c->value.low;
    *high = isfinite(c->value.high) ? c->value.high : c->value.low;
    return true;
}

/* The least and the most that any source states, and what the best group states. */
static bool dead(const asked *k, double *least, double *most, double *said) {
    const slk_told_field *f = slk_told(k->d, SLK_FIELD_CASUALTIES);
    bool any = false;
    for (uint32_t i = 0; f && i < f->n_groups; i++) {
        double low, high;
        if (!dead_of(k, i, &low, &high)) continue;
        if (!any) *said = low;
        if (!any || low < *least) *least = low;
        if (!any || high > *most) *most = high;
        any = true;
    }
    return any;
}

static void put_deaths(const asked *k) {
    double least = 0, most = 0, said = 0;
    if (!dead(k, &least, &most, &said)) return;
    put_number(k, strcmp(k->what, "low") == 0 ? least : strcmp(k->what, "high") == 0 ? most : said);
}

static void put_ged_status(const asked *k) {
    const slk_told_field *f = slk_told(k->d, SLK_FIELD_CASUALTIES);
    put_z(k, f && f->conflict ? "Check deaths" : "Clear");
}

/* ---------------------------------------------------------------- reports */

typedef void put_report(const asked *k, const slk_teller *r);

static void list_reports(const asked *k, const char *between, put_report *put) {
    size_t from = k->out->n;
    for (uint32_t i = 0; i < k->d->n_reports; i++) {
        if (k->out->n != from) put_z(k, between);
        put(k, &k->d->reports[i]);
    }
}

static void put_report_id(const asked *k, const slk_teller *r) { put_z(k, r->id); }
static void put_report_outlet(const asked *k, const slk_teller *r) { put_z(k, slk_teller_outlet(r)); }
static void put_report_title(const asked *k, const slk_teller *r) { put_z(k, r->title); }
static void put_report_day(const asked *k, const slk_teller *r) {
    char z[40];
    put_z(k, slk_instant_format(slk_instant_cut(r->published, SLK_P_DAY), z));
}
static void put_report_article(const asked *k, const slk_teller *r) {
    put_report_outlet(k, r);
    if (r->published.precision != SLK_P_NONE) put_z(k, ",");
    put_report_day(k, r);
    put_z(k, r->title ? "," : "");
    put_z(k, r->title);
}

static void put_report_ids(const asked *k) { list_reports(k, " | ", put_report_id); }
static void put_outlets(const asked *k) { list_reports(k, "; ", put_report_outlet); }
static void put_titles(const asked *k) { list_reports(k, "; ", put_report_title); }
static void put_published(const asked *k) { list_reports(k, "; ", put_report_day); }
static void put_articles(const asked *k) { list_reports(k, ";", put_report_article); }

static bool voice_before(const slk_dossier *d, uint32_t i) {
    for (uint32_t n = i < 64 ? i : 64; n > 0; n--)
        if (strcmp(d->claims[i - n].chain.text, d->claims[i].chain.text) == 0) return true;
    return false;
}

static void put_voices(const asked *k) {
    size_t from = k->out->n;
    for (uint32_t i = 0; i < k->d->n_claims; i++) {
        if (!k->d->claims[i].chain.n || voice_before(k->d, i)) continue;
        if (k->out->n != from) put_z(k, "; ");
        put_z(k, k->d->claims[i].chain.text);
    }
}

/* ---------------------------------------------------------------- by their words */

static const struct {
    const char *word; /* one that ends with a colon wants more behind it */
    void (*put)(const asked *k);
} cells[] = {
    {"acled-place", put_acled_place},
    {"acled-time", put_acled_time},
    {"actor", put_actor},
    {"articles", put_articles},
    {"best:", put_best},
    {"certainty", put_certainty},
    {"civilians", put_civilians},
    {"code:", put_code},
    {"conflicts", put_conflicts},
    {"country", put_country},
    {"day", put_day},
    {"day-last", put_day_last},
    {"deaths:", put_deaths},
    {"field:", put_field},
    {"ged-clarity", put_clarity},
    {"ged-place", put_ged_place},
    {"ged-side-b", put_side_b},
    {"ged-status", put_ged_status},
    {"ged-time", put_ged_time},
    {"ged-violence", put_violence},
    {"high:", put_high},
    {"id", put_id},
    {"inter:", put_inter},
    {"last-seconds", put_last_seconds},
    {"lat", put_lat},
    {"lat-fine", put_lat_fine},
    {"lon", put_lon},
    {"lon-fine", put_lon_fine},
    {"low:", put_low},
    {"main", put_main},
    {"none", put_none},
    {"notes", put_notes},
    {"others:", put_others},
    {"outlets", put_outlets},
    {"place", put_place},
    {"place-country", put_place_country},
    {"precision", put_precision},
    {"published", put_published},
    {"radius", put_radius},
    {"region-wkt", put_wkt},
    {"report-ids", put_report_ids},
    {"reports", put_reports},
    {"si:", put_si},
    {"sources", put_sources},
    {"tags", put_tags},
    {"time", put_time},
    {"time-utc", put_time_utc},
    {"titles", put_titles},
    {"type", put_type},
    {"voices", put_voices},
    {"year", put_year},
};

static size_t find(const char *word) {
    size_t n = strcspn(word, ":") + (strchr(word, ':') != NULL), i = 0;
    while (i < sizeof cells / sizeof *cells && (strlen(cells[i].word) != n || strncmp(cells[i].word, word, n) != 0))
        i++;
    return i;
}

bool slk_cell_known(const char *word) { return find(word) < sizeof cells / sizeof *cells; }

void slk_cell_put(const slk_export *x, const slk_dossier *d, const char *word, slk_buf *out) {
    size_t i = find(word);
    const char *colon = strchr(word, ':');
    asked k = {x, d, colon ? colon + 1 : "", out};
    if (i < sizeof cells / sizeof *cells) cells[i].put(&k);
}

bool slk_cell_row(const slk_export *x, const slk_dossier *d) {
    bool acled = strcmp(x->format->word, "acled") == 0, ged = strcmp(x->format->word, "ged") == 0;
    if (!acled && !ged) return true;
    if (!slk_told_happened(d) || d->entry.time.precision == SLK_P_NONE) return false;
    return slk_codes(x->pack, d->entry.type, acled ? SLK_EXPORT_CODES_ACLED_EVENT : SLK_EXPORT_CODES_GED) != NULL;
}
