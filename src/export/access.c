/* access.c - what writers ask of a dossier. See access.h. */
#include "export/access.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "export/page.h"
#include "pack/gazetteer.h"

const slk_told_field *slk_told(const slk_dossier *d, slk_field_name field) {
    for (uint32_t i = 0; i < d->n_fields; i++)
        if (d->fields[i].field == field && d->fields[i].n_groups) return &d->fields[i];
    return NULL;
}

const slk_claim *slk_told_claim(const slk_dossier *d, const slk_told_field *f, uint32_t group) {
    if (!f || group >= f->n_groups || f->groups[group].claim >= d->n_claims) return NULL;
    return &d->claims[f->groups[group].claim];
}

const slk_claim *slk_told_best(const slk_dossier *d, slk_field_name field) {
    return slk_told_claim(d, slk_told(d, field), 0);
}

void slk_told_join(const slk_dossier *d, slk_field_name field, uint32_t from, const char *between, slk_buf *out) {
    const slk_told_field *f = slk_told(d, field);
    for (uint32_t i = from; f && i < f->n_groups; i++) {
        if (i > from) slk_buf_puts(out, between);
        slk_buf_puts(out, f->groups[i].text ? f->groups[i].text : "");
    }
}

bool slk_told_conflicts(const slk_dossier *d) {
    for (uint32_t i = 0; i < d->n_fields; i++)
        if (d->fields[i].conflict) return true;
    return false;
}

void slk_told_conflict_words(const slk_dossier *d, slk_buf *out) {
    bool any = false;
    for (uint32_t i = 0; i < d->n_fields; i++) {
        if (!d->fields[i].conflict) continue;
        slk_buf_printf(out, "%s%s", any ? " " : "", slk_field_word(d->fields[i].field));
        any = true;
    }
}

/* ---------------------------------------------------------------- where */

static bool at_place(const slk_dossier *d, const slk_claim *c) {
    const slk_entry *e = &d->entry;
    if (c->superseded_by != SLK_NONE || c->value.kind != SLK_VALUE_PLACE) return false;
    if (e->has_point) return c->has_point && c->lat == e->lat && c->lon == e->lon;
    return e->place && c->value.text && strcmp(e->place, c->value.text) == 0;
}

const slk_claim *slk_told_place(const slk_dossier *d) {
    static const slk_field_name fields[] = {SLK_FIELD_ORIGIN, SLK_FIELD_LANDING};
    for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
        for (uint32_t i = 0; i < d->n_claims; i++)
            if (d->claims[i].field == fields[k] && at_place(d, &d->claims[i])) return &d->claims[i];
    return NULL;
}

void slk_told_country(const slk_pack *pack, const slk_dossier *d, char iso2[3]) {
    const slk_claim *c = slk_told_place(d);
    const char *told = c && *c->country ? slk_country_iso2(pack, c->country) : NULL;
    iso2[0] = iso2[1] = iso2[2] = '\0';
    if (told)
        memcpy(iso2, told, 2);
    else if (d->entry.has_point)
        (void)slk_land_at(pack, d->entry.lat, d->entry.lon, iso2);
}

const char *slk_country_called(const slk_pack *pack, const char *iso) {
    uint32_t row = slk_country_row(pack, iso);
    return row == SLK_NONE ? NULL : slk_pack_str(pack, SLK_T_COUNTRIES, row, SLK_COUNTRIES_NAME);
}

/* ---------------------------------------------------------------- whether and by whom */

bool slk_told_happened(const slk_dossier *d) {
    switch (d->entry.certainty) {
    case SLK_EC_DENIED:
    case SLK_EC_SPECULATED:
    case SLK_EC_PLANNED:
    case SLK_EC_DID_NOT_HAPPEN: return false;
    default: return true;
    }
}

const slk_telling *slk_told_telling(const slk_dossier *d) {
    const slk_telling *best = NULL;
    int most = -1;
    for (uint32_t i = 0; i < d->n_tellings; i++) {
        const slk_telling *t = &d->tellings[i];
        int worth = (t->type && d->entry.type && strcmp(t->type, d->entry.type) == 0 ? 2 : 0) + (t->main ? 1 : 0);
        if (worth > most) best = t, most = worth;
    }
    return best;
}

slk_instant slk_told_first(const slk_dossier *d) { /* reports stand in order of publication */
    for (uint32_t i = 0; i < d->n_reports; i++)
        if (d->reports[i].published.precision != SLK_P_NONE) return d->reports[i].published;
    return (slk_instant){.precision = SLK_P_NONE};
}

slk_instant slk_told_last(const slk_dossier *d) {
    for (uint32_t i = d->n_reports; i-- > 0;)
        if (d->reports[i].published.precision != SLK_P_NONE) return d->reports[i].published;
    return (slk_instant){.precision = SLK_P_NONE};
}

/* ---------------------------------------------------------------- when */

static int64_t days_of(int64_t s) { return s / 86400 - (s % 86400 < 0); }

void slk_days_of(slk_instant t, char first[16], char last[16]) {
    int64_t from, to;
    char z[40];
    *first = *last = '\0';
    if (t.precision == SLK_P_NONE) return;
    t.has_offset = false;
    slk_instant_range(t, &from, &to);
    slk_text_print(first, 16, "%s", slk_instant_format(slk_instant_day(days_of(from)), z));
    slk_text_print(last, 16, "%s", slk_instant_format(slk_instant_day(days_of(to)), z));
}

unsigned slk_days_count(slk_instant t) {
    int64_t from, to;
    if (t.precision == SLK_P_NONE) return 0;
    t.has_offset = false;
    slk_instant_range(t, &from, &to);
    return (unsigned)(days_of(to) - days_of(from) + 1);
}

void slk_second_of(slk_instant t, bool last, char out[32]) {
    int64_t from, to;
    char z[40];
    *out = '\0';
    if (t.precision == SLK_P_NONE) return;
    slk_instant_range(t, &from, &to);
    (void)slk_instant_format(slk_instant_at(last ? to : from, 0, SLK_P_SECOND), z);
    if (!t.has_offset) z[strcspn(z, "Z")] = '\0';
    slk_text_print(out, 32, "%s", z);
}

void slk_stamp_of(slk_instant t, char out[32]) {
    t.has_offset = t.precision >= SLK_P_HOUR && t.has_offset;
    slk_second_of(t, false, out);
    if (*out && !t.has_offset) memcpy(out + strlen(out), "Z", 2);
}

/* ---------------------------------------------------------------- codes */

uint32_t slk_codes_row(const slk_pack *pack, const char *type) {
    slk_text t = slk_text_of(type);
    while (pack && t.n) {
        uint32_t row = slk_pack_find(pack, SLK_T_EXPORT_CODES, t);
        if (row != SLK_NONE) return row;
        while (t.n && t.at[t.n - 1] != '.') t.n--;
        if (t.n) t.n--;
    }
    return SLK_NONE;
}

const char *slk_codes(const slk_pack *pack, const char *type, int column) {
    uint32_t row = slk_codes_row(pack, type);
    return row == SLK_NONE ? NULL : slk_pack_str(pack, SLK_T_EXPORT_CODES, row, column);
}

uint32_t slk_sector_row(const slk_pack *pack, const char *sector) {
    return pack && sector && *sector ? slk_pack_find(pack, SLK_T_EXPORT_SECTORS, slk_text_of(sector)) : SLK_NONE;
}

/* ---------------------------------------------------------------- words */

const char *slk_teller_outlet(const slk_teller *r) { return r->outlet ? r->outlet : r->source ? r->source : r->id; }

void slk_event_title(const slk_dossier *d, slk_buf *out) {
    const slk_entry *e = &d->entry;
    char first[16], last[16], z[40];
    if (e->actor) slk_page_z(out, e->actor);
    slk_buf_printf(out, "%s%s", e->actor ? ": " : "", e->type);
    if (e->place) {
        slk_buf_puts(out, ", ");
        slk_page_z(out, e->place);
    }
    slk_days_of(e->time, first, last);
    if (*first) slk_buf_printf(out, ", %s", slk_instant_format(slk_instant_cut(e->time, SLK_P_DAY), z));
    if (e->certainty != SLK_EC_REPORTED) slk_buf_printf(out, " (%s)", slk_event_certainty_word(e->certainty));
}

static void add_values(const slk_dossier *d, const slk_told_field *f, slk_buf *out) {
    slk_buf_printf(out, " %s: ", slk_field_word(f->field));
    for (uint32_t i = 0; i < f->n_groups; i++) {
        const slk_claim *c = slk_told_claim(d, f, i);
        if (i) slk_buf_puts(out, f->conflict ? " against " : "; ");
        slk_page_z(out, f->groups[i].text);
        if (!c) continue;
        slk_buf_puts(out, " (");
        slk_page_z(out, c->chain.n                 ? c->chain.text
                        : c->report < d->n_reports ? slk_teller_outlet(&d->reports[c->report])
                                                   : "the report");
        slk_buf_putc(out, ')');
    }
    slk_buf_putc(out, '.');
}

void slk_event_notes(const slk_dossier *d, slk_buf *out) {
    const slk_telling *t = slk_told_telling(d);
    slk_buf_printf(out, "%s, %u report%s, %u independent source%s.", slk_event_certainty_word(d->entry.certainty),
                   d->n_reports, d->n_reports == 1 ? "" : "s", d->entry.n_roots, d->entry.n_roots == 1 ? "" : "s");
    for (uint32_t i = 0; i < d->n_fields; i++)
        if (d->fields[i].n_groups) add_values(d, &d->fields[i], out);
    if (t && t->trigger.words) {
        slk_buf_puts(out, " Told as \"");
        slk_page_z(out, t->trigger.words);
        slk_buf_puts(out, "\".");
    }
}
