/* candidates.c - what a name can mean: rows of the tables of countries, places and sites, and of the gazetteer, each with where it
 * lies, its kind and its people. A town that a table and the gazetteer have both is one candidate. */
#include <math.h>

#include "measure/placing.h"
#include "pack/gazetteer.h"

#define SAME_DEG 0.15 /* rows of one country and name that lie so near are one place */

bool slk_is_place_hit(const slk_hit *h) {
    if (h->table == SLK_T_COUNTRIES)
        return h->column == SLK_COUNTRIES_NAME || h->column == SLK_COUNTRIES_ALIASES ||
               h->column == SLK_COUNTRIES_CAPITAL;
    return h->table == SLK_T_PLACES || h->table == SLK_T_SITES;
}

/* ------------------------------------------------------------------ rows of the tables */

static uint32_t country_of(const slk_pack *pack, int table, uint32_t row) {
    if (table == SLK_T_COUNTRIES || table == SLK_CAPITAL_OF) return row;
    slk_text iso3 = slk_pack_cell(pack, table, row, table == SLK_T_SITES ? SLK_SITES_COUNTRY : SLK_PLACES_COUNTRY);
    return iso3.n ? slk_pack_find(pack, SLK_T_COUNTRIES, iso3) : SLK_NONE;
}

static uint32_t digits(slk_text t) {
    uint32_t id = 0;
    for (size_t i = 0; i < t.n; i++) {
        if (!slk_is_digit(t.at[i]) || t.n > 9) return 0;
        id = id * 10 + (uint32_t)(t.at[i] - '0');
    }
    return id;
}

static void stand(slk_candidate *c) {
    double lat = c->lat * M_PI / 180, lon = c->lon * M_PI / 180;
    c->on[0] = (float)(cos(lat) * cos(lon));
    c->on[1] = (float)(cos(lat) * sin(lon));
    c->on[2] = (float)sin(lat);
}

static void point(const slk_pack *pack, int table, uint32_t row, int column, slk_candidate *c) {
    c->lat = slk_pack_num(pack, table, row, column);
    c->lon = slk_pack_num(pack, table, row, column + 1);
}

static void centre_of(const slk_pack *pack, uint32_t row, slk_candidate *c) {
    double id = slk_pack_num(pack, SLK_T_CENTRES, row, SLK_CENTRES_GEONAMES);
    point(pack, SLK_T_CENTRES, row, SLK_CENTRES_LAT, c);
    if (!isnan(id)) c->geonames = (uint32_t)id;
}

static void describe(const slk_pack *pack, slk_candidate *c) {
    uint32_t centre;
    c->region = "";
    switch (c->table) {
    case SLK_T_COUNTRIES: /* the middle of the country; its capital where that is not known */
        c->kind = "PCLI";
        c->region = slk_pack_cell(pack, SLK_T_COUNTRIES, c->row, SLK_COUNTRIES_ISO2).at;
        centre = slk_pack_find(pack, SLK_T_CENTRES, slk_pack_cell(pack, c->table, c->row, SLK_COUNTRIES_ISO3));
        if (centre != SLK_NONE)
            centre_of(pack, centre, c);
        else
            point(pack, SLK_T_COUNTRIES, c->row, SLK_COUNTRIES_LAT, c);
        break;
    case SLK_CAPITAL_OF:
        c->kind = "PPLC";
        point(pack, SLK_T_COUNTRIES, c->row, SLK_COUNTRIES_LAT, c);
        break;
    case SLK_T_SITES:
        c->kind = "site";
        point(pack, SLK_T_SITES, c->row, SLK_SITES_LAT, c);
        break;
    default:
        c->kind = slk_pack_str(pack, SLK_T_PLACES, c->row, SLK_PLACES_KIND);
        if (!c->kind) c->kind = "PPL";
        c->people = slk_pack_num(pack, SLK_T_PLACES, c->row, SLK_PLACES_POPULATION);
        if (isnan(c->people)) c->people = 0;
        c->geonames = digits(slk_pack_cell(pack, SLK_T_PLACES, c->row, SLK_PLACES_ID));
        if (slk_candidate_is(c, "ADM1")) c->region = slk_pack_cell(pack, SLK_T_PLACES, c->row, SLK_PLACES_ID).at;
        point(pack, SLK_T_PLACES, c->row, SLK_PLACES_LAT, c);
    }
    stand(c);
}

static bool append(slk_placing *p, slk_candidate c) {
    if ((p->err = SLK_ROOM(&p->r->arena, &p->candidates, SLK_MAX_ITEMS)) != SLK_OK) return false;
    p->candidates.at[p->candidates.n++] = c;
    p->mentions.at[p->mentions.n - 1].n++;
    return true;
}

bool slk_candidate_add(slk_placing *p, int table, uint32_t row) {
    slk_candidate c = {.table = table, .row = row, .country = country_of(p->s.pack, table, row)};
    describe(p->s.pack, &c);
    return append(p, c);
}

void slk_candidates_of_tables(slk_placing *p, const slk_hit *hits, uint32_t n, uint32_t end) {
    for (uint32_t i = 0; i < n; i++) {
        if (hits[i].end != end || !slk_is_place_hit(&hits[i])) continue;
        bool capital = hits[i].table == SLK_T_COUNTRIES && hits[i].column == SLK_COUNTRIES_CAPITAL;
        if (!slk_candidate_add(p, capital ? SLK_CAPITAL_OF : hits[i].table, hits[i].row)) return;
    }
}

/* ------------------------------------------------------------------ rows of the gazetteer */

/* The candidate of the last place that is this row too. */
static slk_candidate *same_place(slk_placing *p, const slk_gazetteer_place *g, uint32_t country) {
    const slk_naming *m = &p->mentions.at[p->mentions.n - 1];
    for (uint32_t i = 0; i < m->n; i++) {
        slk_candidate *c = &p->candidates.at[m->first + i];
        if ((c->country != country && c->country != SLK_NONE) || c->table == SLK_T_COUNTRIES) continue;
        if (c->geonames && c->geonames == g->geonames) return c;
        if (c->region[0] && strcmp(c->region, g->region) == 0 && strcmp(c->kind, g->kind) == 0) return c;
        bool town = strncmp(g->kind, "PPL", 3) == 0;
        bool same_kind =
            town ? strncmp(c->kind, "PPL", 3) == 0 || c->table == SLK_T_SITES : strcmp(c->kind, g->kind) == 0;
        double x = (c->lon - g->lon) * cos(g->lat * M_PI / 180), y = c->lat - g->lat;
        if (same_kind && x * x + y * y < SAME_DEG * SAME_DEG) return c;
    }
    return NULL;
}

const slk_gazetteer_look *slk_gazetteer_longest(slk_placing *p, uint32_t at, uint32_t stop) {
    slk_gazetteer_look *look = &p->look;
    if (look->at == at && look->stop == stop) return look;
    look->at = at;
    look->stop = stop;
    look->end = at;
    look->n =
        slk_gazetteer_match(p->s.pack, slk_text_part(p->s.text, 0, stop), at, look->rows, SLK_MOST_ROWS, &look->end);
    return look;
}

uint32_t slk_candidates_of_gazetteer(slk_placing *p, slk_span span) {
    const slk_gazetteer_look *look = slk_gazetteer_longest(p, span.start, p->s.end);
    if (look->n == 0 || look->end != span.end) look = slk_gazetteer_longest(p, span.start, span.end);
    const uint32_t *rows = look->rows, n = look->end == span.end ? look->n : 0;
    for (uint32_t i = 0; i < n && p->err == SLK_OK; i++) {
        slk_gazetteer_place g;
        if (!slk_gazetteer_row(p->s.pack, rows[i], &g)) continue;
        char iso2[3] = {g.region[0], g.region[0] ? g.region[1] : '\0', '\0'};
        uint32_t country = slk_country_row(p->s.pack, iso2);
        slk_candidate *known = same_place(p, &g, country);
        if (known) {
            if (!known->geonames) known->geonames = g.geonames;
            if (!known->region[0]) known->region = g.region;
            if (known->people < g.people) known->people = g.people;
            continue;
        }
        slk_candidate c = {.table = SLK_GAZETTEER, .row = rows[i], .country = country, .geonames = g.geonames};
        c.kind = g.kind;
        c.region = g.region;
        c.people = g.people;
        c.lat = g.lat;
        c.lon = g.lon;
        stand(&c);
        (void)append(p, c);
    }
    return n;
}

/* ------------------------------------------------------------------ asking candidates */

int slk_candidate_inside(const slk_candidate *c, const slk_candidate *outer) {
    size_t n = strlen(outer->region);
    if (outer->country == SLK_NONE || c->country == SLK_NONE) return -1;
    if (c->country != outer->country) return 0;
    if (outer->table == SLK_T_COUNTRIES) return 1;
    if (n == 0 || c->region[0] == '\0') return -1;
    if (strncmp(c->region, outer->region, n) == 0 && (c->region[n] == '\0' || c->region[n] == '.')) return 1;
    return strlen(c->region) >= n ? 0 : -1;
}

const char *slk_candidate_name(const slk_placing *p, const slk_candidate *c) {
    slk_gazetteer_place g;
    slk_text names;
    if (c->table == SLK_GAZETTEER) return slk_gazetteer_row(p->s.pack, c->row, &g) ? g.name : "";
    if (c->table == SLK_T_COUNTRIES)
        names = slk_pack_cell(p->s.pack, c->table, c->row, SLK_COUNTRIES_NAME);
    else if (c->table == SLK_CAPITAL_OF)
        names = slk_pack_cell(p->s.pack, SLK_T_COUNTRIES, c->row, SLK_COUNTRIES_CAPITAL);
    else if (c->table == SLK_T_SITES)
        names = slk_pack_cell(p->s.pack, c->table, c->row, SLK_SITES_NAME);
    else
        names = slk_pack_cell(p->s.pack, c->table, c->row, SLK_PLACES_NAME);
    const char *bar = names.n ? memchr(names.at, '|', names.n) : NULL;
    return bar ? slk_arena_copy(&p->r->arena, names.at, (size_t)(bar - names.at)) : names.at;
}
