/* datapackage.c - what the columns of our tables are, for programs: a Frictionless Data Package (v1) that describes events.csv, as
 * `sillok export --format csv > events.csv` writes it beside this file. It says nothing of single events, so that it can be made
 * before or after the table; names and types are those of data/export_columns.tsv. */
#include "base/json.h"
#include "export/columns.h"
#include "export/formats.h"

static void put_field(slk_json *j, const slk_pack *pack, const slk_columns *c, uint32_t i) {
    const char *name = slk_column(pack, c, i, SLK_EXPORT_COLUMNS_NAME);
    slk_json_object(j);
    slk_json_put_string(j, "name", name);
    slk_json_put_string(j, "type", slk_column(pack, c, i, SLK_EXPORT_COLUMNS_TYPE));
    slk_json_put_string(j, "description", slk_column(pack, c, i, SLK_EXPORT_COLUMNS_SAYS));
    if (i == 0) { /* the id */
        slk_json_name(j, "constraints");
        slk_json_object(j);
        slk_json_put_bool(j, "required", true);
        slk_json_put_bool(j, "unique", true);
        slk_json_end_object(j);
    }
    slk_json_end_object(j);
}

static void put_schema(slk_json *j, const slk_pack *pack) {
    slk_columns c = slk_columns_of(pack, "csv");
    slk_json_name(j, "schema");
    slk_json_object(j);
    slk_json_name(j, "fields");
    slk_json_array(j);
    for (uint32_t i = 0; i < c.n; i++) put_field(j, pack, &c, i);
    slk_json_end_array(j);
    slk_json_put_string(j, "primaryKey", "id");
    slk_json_name(j, "missingValues");
    slk_json_array(j);
    slk_json_string(j, "");
    slk_json_end_array(j);
    slk_json_end_object(j);
}

void slk_datapackage_head(slk_export *x) {
    slk_json j;
    slk_json_start(&j, x->out, true);
    slk_json_object(&j);
    slk_json_put_string(&j, "profile", "tabular-data-package");
    slk_json_put_string(&j, "name", "sillok-events");
    slk_json_put_string(&j, "title", "Events of a Sillok ledger");
    slk_json_put_string(
        &j, "description",
        "One row per event; where sources differ a cell of text holds every value, and conflicts names the field");
    slk_json_name(&j, "resources");
    slk_json_array(&j);
    slk_json_object(&j);
    slk_json_put_string(&j, "profile", "tabular-data-resource");
    slk_json_put_string(&j, "name", "events");
    slk_json_put_string(&j, "path", "events.csv");
    slk_json_put_string(&j, "format", "csv");
    slk_json_put_string(&j, "mediatype", "text/csv");
    slk_json_put_string(&j, "encoding", "utf-8");
    put_schema(&j, x->pack);
    slk_json_end_object(&j);
    slk_json_end_array(&j);
    slk_json_end_object(&j);
    slk_buf_putc(x->out, '\n');
}
