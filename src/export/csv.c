/* csv.c - events of a ledger as comma separated values (RFC 4180), for spreadsheets: one row per event. Columns of text hold
 * the values of all sources, joined by " | ", those that most sources bear out first; columns of numbers (m, counts, degrees)
 * hold the first of them. A text that a spreadsheet would take for a formula gets a ' in front. See ledger.h. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "export/ledger.h"

static void put_text(slk_buf *out, const char *z) {
    if (!z) return;
    bool formula = *z && strchr("=+-@\t\r", *z);
    if (!formula && !strpbrk(z, "\",\r\n")) {
        slk_buf_puts(out, z);
        return;
    }
    slk_buf_putc(out, '"');
    if (formula) slk_buf_putc(out, '\'');
    for (; *z; z++) {
        if (*z == '"') slk_buf_putc(out, '"');
        slk_buf_putc(out, *z);
    }
    slk_buf_putc(out, '"');
}

static void put_number(slk_buf *out, double v) {
    char z[32];
    if (!isfinite(v)) return;
    int n = snprintf(z, sizeof z, "%.10g", v);
    if (n > 0) slk_buf_puts(out, z);
}

/* "weapon" and the like: texts of the groups of a field. */
static const char *const text_fields_head = "target,weapon,weapon_class,origin,landing,direction,distance,altitude,"
                                            "speed,duration,count,outcome,casualties,purpose";
static const slk_field_name text_fields[] = {
    SLK_FIELD_TARGET,    SLK_FIELD_WEAPON,   SLK_FIELD_WEAPON_CLASS, SLK_FIELD_ORIGIN, SLK_FIELD_LANDING,
    SLK_FIELD_DIRECTION, SLK_FIELD_DISTANCE, SLK_FIELD_ALTITUDE,     SLK_FIELD_SPEED,  SLK_FIELD_DURATION,
    SLK_FIELD_COUNT,     SLK_FIELD_OUTCOME,  SLK_FIELD_CASUALTIES,   SLK_FIELD_PURPOSE};

static const slk_told_field *told(const slk_dossier *d, slk_field_name name) {
    for (uint32_t i = 0; i < d->n_fields; i++)
        if (d->fields[i].field == name && d->fields[i].n_groups) return &d->fields[i];
    return NULL;
}

static void put_groups(slk_buf *out, const slk_dossier *d, slk_field_name name, slk_buf *cell) {
    const slk_told_field *f = told(d, name);
    slk_buf_clear(cell);
    for (uint32_t i = 0; f && i < f->n_groups; i++) {
        if (i) slk_buf_puts(cell, " | ");
        slk_buf_puts(cell, f->groups[i].text ? f->groups[i].text : "");
    }
    if (cell->err != SLK_OK) out->err = cell->err;
    put_text(out, cell->at);
}

static const slk_value *best(const slk_dossier *d, slk_field_name name) {
    const slk_told_field *f = told(d, name);
    return f && f->groups[0].claim < d->n_claims ? &d->claims[f->groups[0].claim].value : NULL;
}

static void put_next(slk_buf *out, double v) {
    slk_buf_putc(out, ',');
    put_number(out, v);
}

void slk_export_csv_head(slk_buf *out) {
    slk_buf_printf(out,
                   "id,type,time,time_utc,actor,country,place,lat,lon,certainty,main,reports,sources,%s,"
                   "bearing_deg,distance_m,altitude_m,count_min,count_max,conflicts,report_ids\r\n",
                   text_fields_head);
}

static void put_times(slk_buf *out, slk_instant t) {
    char z[40];
    slk_buf_puts(out, slk_instant_format(t, z));
    slk_buf_putc(out, ',');
    if (t.has_offset && t.precision >= SLK_P_HOUR)
        slk_buf_puts(out, slk_instant_format(slk_instant_at(slk_instant_seconds(t), 0, (slk_precision)t.precision), z));
}

static void put_entry(slk_buf *out, const slk_entry *e) {
    put_text(out, e->id);
    slk_buf_putc(out, ',');
    put_text(out, e->type);
    slk_buf_putc(out, ',');
    put_times(out, e->time);
    slk_buf_putc(out, ',');
    put_text(out, e->actor);
    slk_buf_printf(out, ",%s,", e->country);
    put_text(out, e->place);
    slk_buf_putc(out, ',');
    if (e->has_point) put_number(out, e->lat);
    slk_buf_putc(out, ',');
    if (e->has_point) put_number(out, e->lon);
    slk_buf_printf(out, ",%s,%s,%u,%u", slk_event_certainty_word(e->certainty), e->main ? "true" : "false",
                   e->n_reports, e->n_roots);
}

static void put_numbers(slk_buf *out, const slk_dossier *d) {
    const slk_value *way = best(d, SLK_FIELD_DIRECTION), *far = best(d, SLK_FIELD_DISTANCE),
                    *high = best(d, SLK_FIELD_ALTITUDE), *count = best(d, SLK_FIELD_COUNT);
    put_next(out, way ? way->low : NAN);
    put_next(out, far ? far->si : NAN);
    put_next(out, high ? high->si : NAN);
    put_next(out, count ? count->low : NAN);
    put_next(out, count ? count->high : NAN);
}

void slk_export_csv_event(const slk_dossier *d, slk_buf *out) {
    slk_buf cell;
    slk_buf_start(&cell, &out->mem, 1u << 20);
    put_entry(out, &d->entry);
    for (size_t i = 0; i < sizeof text_fields / sizeof *text_fields; i++) {
        slk_buf_putc(out, ',');
        put_groups(out, d, text_fields[i], &cell);
    }
    put_numbers(out, d);
    slk_buf_clear(&cell);
    for (uint32_t i = 0; i < d->n_fields; i++)
        if (d->fields[i].conflict) slk_buf_printf(&cell, "%s%s", cell.n ? " " : "", slk_field_word(d->fields[i].field));
    slk_buf_putc(out, ',');
    put_text(out, cell.at);
    slk_buf_clear(&cell);
    for (uint32_t i = 0; i < d->n_reports; i++) slk_buf_printf(&cell, "%s%s", i ? " | " : "", d->reports[i].id);
    slk_buf_putc(out, ',');
    put_text(out, cell.at);
    if (cell.err != SLK_OK) out->err = cell.err;
    slk_buf_puts(out, "\r\n");
    slk_buf_free(&cell);
}
