/* reading.c - a row of somebody's database as a reading. See reading.h. What a database says of its own precision is kept: a day that may be
 * the whole week is no day, a place within 25 km is a circle. The day of a row is the day that the database means: with a clock at
 * Greenwich the moment is known, and its day at the place may be the next one; the day by the clock of a publisher far away is
 * assumed for the place, and said to be. */
#include "import/reading.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "import/cells.h"
#include "import/reading_inside.h"

/* ---------------------------------------------------------------- the text */

static void put_cells(const slk_columns *c, const slk_row *row, slk_buf *b, slk_span *spans) {
    for (uint32_t i = 0; i < row->n; i++) {
        slk_text cell = slk_text_trim(row->cells[i]);
        if (spans) spans[i] = (slk_span){0, 0};
        if (cell.n == 0) continue;
        if (row->names)
            slk_buf_add(b, row->names[i].at, row->names[i].n);
        else
            slk_buf_puts(b, c->names[i]);
        slk_buf_puts(b, ": ");
        if (spans) spans[i] = (slk_span){(uint32_t)b->n, (uint32_t)(b->n + cell.n)};
        slk_buf_add(b, cell.at, cell.n);
        slk_buf_putc(b, '\n');
    }
}

slk_err slk_row_body(const slk_columns *c, const slk_row *row, slk_buf *out) {
    put_cells(c, row, out, NULL);
    return out->err;
}

bool slk_row_key(const slk_pack *pack, const slk_columns *c, const slk_row *row, char out[128]) {
    out[0] = '\0';
    bool has = false, empty = false;
    for (uint32_t i = 0; i < row->n; i++) {
        uint32_t column = row->names ? slk_column_row(pack, &c->format, row->names[i]) : c->rows[i];
        if (slk_column_field(pack, column) != SLK_I_KEY) continue;
        slk_text cell = slk_text_trim(row->cells[i]);
        size_t n = strlen(out);
        has = true;
        empty = empty || cell.n == 0 || n + cell.n + 2 > 120;
        if (!empty) slk_text_print(out + n, 128 - n, "%s%.*s", n ? "/" : "", (int)cell.n, cell.at);
    }
    return has ? !empty : true;
}

/* Rows without a column that names them are known by their day and their words. */
static slk_err write_text(slk_row_build *b, const slk_row_name *name) {
    slk_buf text;
    slk_buf_start(&text, &slk_mem_system, SLK_MAX_REPORT_B);
    slk_buf_printf(&text, "%s: row %s", name->title, name->key);
    if (name->revision > 1) slk_buf_printf(&text, ", revision %u", (unsigned)name->revision);
    slk_buf_putc(&text, '\n');
    b->title = (slk_span){0, (uint32_t)text.n - 1};
    put_cells(b->c, b->row, &text, b->spans);
    const char *at = text.err == SLK_OK ? slk_arena_copy(&b->r->arena, text.at, text.n) : NULL;
    b->r->report.text = (slk_text){at ? at : "", at ? text.n : 0};
    slk_err err = at ? SLK_OK : text.err == SLK_OK ? SLK_ENOMEM : text.err;
    slk_buf_free(&text);
    return err == SLK_OK ? slk_reading_mark(b->r) : err;
}

/* ---------------------------------------------------------------- cells and fields */

static void find_cells(slk_row_build *b) {
    for (unsigned f = 0; f < SLK_I_COUNT; f++) b->cell[f] = UINT32_MAX;
    for (uint32_t i = 0; i < b->row->n; i++) {
        uint32_t column = b->row->names ? slk_column_row(b->pack, &b->c->format, b->row->names[i]) : b->c->rows[i];
        slk_import_field f = slk_column_field(b->pack, column);
        if (f == SLK_I_NONE || b->cell[f] != UINT32_MAX || slk_cell_empty(b->row->cells[i])) continue;
        b->cell[f] = i;
        b->column[f] = column;
    }
}

bool slk_row_has(const slk_row_build *b, slk_import_field f) { return b->cell[f] != UINT32_MAX; }
slk_text slk_row_cell(const slk_row_build *b, slk_import_field f) {
    return slk_row_has(b, f) ? slk_text_trim(b->row->cells[b->cell[f]]) : (slk_text){"", 0};
}
const char *slk_row_how(const slk_row_build *b, slk_import_field f) {
    return slk_row_has(b, f) ? slk_column_how(b->pack, b->column[f]) : "";
}
const char *slk_row_mapped(const slk_row_build *b, slk_import_field f) {
    return slk_row_has(b, f) ? slk_value_of(b->pack, b->c->format.columns, slk_row_how(b, f), slk_row_cell(b, f))
                             : NULL;
}

void slk_row_trouble(slk_row_build *b, slk_import_field f, const char *why) {
    slk_text cell = slk_row_cell(b, f);
    if (b->facts->trouble[0]) return;
    uint32_t i = b->cell[f];
    slk_text name = b->row->names ? b->row->names[i] : slk_text_of(b->c->names[i]);
    slk_text_print(b->facts->trouble, sizeof b->facts->trouble, "%.*s \"%.*s\": %s", (int)slk_text_head(name, 48).n,
                   name.at, (int)slk_text_head(cell, 60).n, cell.at, why);
}

slk_value *slk_row_put(slk_row_build *b, slk_field_name name, slk_value_kind kind, const slk_import_field *from,
                       unsigned n, slk_basis basis) {
    slk_span spans[4];
    uint32_t k = 0;
    for (unsigned i = 0; i < n && k < 4; i++)
        if (slk_row_has(b, from[i])) spans[k++] = b->spans[b->cell[from[i]]];
    if (k == 0) spans[k++] = b->title; /* that the row is of this database says it */
    if (b->n_fields == SLK_ROW_FIELDS_MOST) return NULL;
    slk_field *f = &b->fields[b->n_fields];
    *f = (slk_field){.name = name, .basis = basis, .rule = "import.cell"};
    f->value = (slk_value){.kind = kind, .ref = SLK_NONE, .low = NAN, .high = NAN, .si = NAN, .si_high = NAN};
    if (slk_spans_copy(b->r, spans, k, &f->evidence) != SLK_OK) {
        b->err = SLK_ENOMEM;
        return NULL;
    }
    b->n_fields++;
    return &f->value;
}

slk_field *slk_row_last(slk_row_build *b) { return &b->fields[b->n_fields - 1]; }

const char *slk_row_copy(slk_row_build *b, slk_text t) {
    const char *z = slk_arena_copy(&b->r->arena, t.at ? t.at : "", t.n);
    if (!z) b->err = SLK_ENOMEM;
    return z;
}

/* ---------------------------------------------------------------- figures, words */

static void put_length(slk_row_build *b, slk_import_field from, slk_field_name name) {
    slk_cell_figure f;
    if (!slk_row_has(b, from)) return;
    if (!slk_cell_figure_of(slk_row_cell(b, from), &f) || f.low < 0) {
        slk_row_trouble(b, from, "no length");
        return;
    }
    const char *unit = f.unit[0] ? f.unit : slk_row_how(b, from);
    bool miles = strcmp(unit, "mi") == 0;
    double metres = miles ? 1609.344 : strcmp(unit, "m") == 0 ? 1 : 1000;
    slk_value *v = slk_row_put(b, name, SLK_VALUE_QUANTITY, &from, 1, SLK_BASIS_STATED);
    if (!v) return;
    v->low = f.low;
    v->high = f.high;
    v->si = f.low * metres;
    v->si_high = f.high * metres;
    v->bound = f.bound;
    v->unit = miles ? "[mi_i]" : strcmp(unit, "m") == 0 ? "m" : "km";
}

static void put_count(slk_row_build *b) {
    static const slk_import_field from = SLK_I_HOW_MANY;
    slk_cell_figure f;
    if (!slk_row_has(b, from)) return;
    if (!slk_cell_figure_of(slk_row_cell(b, from), &f) || f.low < 0) {
        slk_row_trouble(b, from, "no number");
        return;
    }
    slk_value *v = slk_row_put(b, SLK_FIELD_COUNT, SLK_VALUE_COUNT, &from, 1, SLK_BASIS_STATED);
    if (!v) return;
    v->low = f.low;
    v->high = isnan(f.high) ? f.low : f.high;
    v->bound = f.bound;
}

/* GED gives the best figure with a low and a high one: the claim is the best, its bounds are said in a note. */
static void put_dead(slk_row_build *b) {
    static const slk_import_field from[] = {SLK_I_DEAD, SLK_I_DEAD_LOW, SLK_I_DEAD_HIGH};
    slk_cell_figure best, low, high;
    if (!slk_row_has(b, SLK_I_DEAD)) return;
    if (!slk_cell_figure_of(slk_row_cell(b, SLK_I_DEAD), &best) || best.low < 0) {
        slk_row_trouble(b, SLK_I_DEAD, "no number");
        return;
    }
    if (best.low == 0) return; /* no dead are told by these databases as none known */
    slk_value *v = slk_row_put(b, SLK_FIELD_CASUALTIES, SLK_VALUE_COUNT, from, 3, SLK_BASIS_STATED);
    if (!v) return;
    v->low = best.low;
    v->high = best.low;
    v->text = "killed";
    bool bounds = slk_row_has(b, SLK_I_DEAD_LOW) && slk_row_has(b, SLK_I_DEAD_HIGH) &&
                  slk_cell_figure_of(slk_row_cell(b, SLK_I_DEAD_LOW), &low) &&
                  slk_cell_figure_of(slk_row_cell(b, SLK_I_DEAD_HIGH), &high);
    if (bounds)
        slk_row_last(b)->note =
            slk_arena_printf(&b->r->arena, "best of the database, between %.0f and %.0f", low.low, high.low);
}

static void put_words(slk_row_build *b, slk_import_field from, slk_field_name name, const char *text, slk_basis basis) {
    slk_value *v = text ? slk_row_put(b, name, SLK_VALUE_TEXT, &from, 1, basis) : NULL;
    if (v) v->text = text;
}

/* ---------------------------------------------------------------- what happened */

static const char *type_of_class(const slk_row_build *b, const char *class) {
    uint32_t row = class ? slk_pack_find(b->pack, SLK_T_WEAPON_TYPES, slk_text_of(class)) : SLK_NONE;
    return row == SLK_NONE ? NULL : slk_pack_str(b->pack, SLK_T_WEAPON_TYPES, row, SLK_WEAPON_TYPES_TYPE);
}

/* A CAMEO code by its beginning, if it is not in the map itself: 1823 is 182, that 18. */
static const char *type_by_code(const slk_row_build *b) {
    slk_text code = slk_row_cell(b, SLK_I_TYPE);
    for (; code.n >= 2; code.n--) {
        const char *type = slk_value_of(b->pack, b->c->format.columns, "cameo", code);
        if (type) return type;
    }
    return NULL;
}

static const char *type_of(const slk_row_build *b, const char *class) {
    const char *type = slk_row_mapped(b, SLK_I_TYPE_SUB);
    if (!type && strcmp(slk_row_how(b, SLK_I_TYPE), "cameo") == 0) type = type_by_code(b);
    if (!type) type = slk_row_mapped(b, SLK_I_TYPE);
    const char *by_class = type_of_class(b, class);
    bool test = !type || strcmp(type, "weapon-test.missile") == 0 || strcmp(type, "weapon-test") == 0;
    if (by_class && test) type = by_class;
    return type ? type : b->c->format.type;
}

static slk_event_certainty certainty_of(const slk_row_build *b) {
    const char *word = slk_row_mapped(b, SLK_I_STATUS);
    return word && strcmp(word, "alleged") == 0 ? SLK_EC_ALLEGED : SLK_EC_REPORTED;
}

static void put_event(slk_row_build *b) {
    const char *class = slk_row_mapped(b, SLK_I_CLASS);
    slk_event e = {.type = type_of(b, class), .main = true, .certainty = certainty_of(b), .rules.type = "import.type"};
    uint32_t row = slk_pack_find(b->pack, SLK_T_ONTOLOGY, slk_text_of(e.type));
    if (row != SLK_NONE) {
        e.plover = slk_pack_str(b->pack, SLK_T_ONTOLOGY, row, SLK_ONTOLOGY_PLOVER);
        e.plover_mode = slk_pack_str(b->pack, SLK_T_ONTOLOGY, row, SLK_ONTOLOGY_MODE);
        e.cameo = slk_pack_str(b->pack, SLK_T_ONTOLOGY, row, SLK_ONTOLOGY_CAMEO);
    }
    e.main_reason = "a row of a database is about its event";
    slk_import_field from = slk_row_has(b, SLK_I_TYPE_SUB) ? SLK_I_TYPE_SUB : SLK_I_TYPE;
    e.trigger = slk_row_has(b, from) ? b->spans[b->cell[from]] : b->title;
    slk_row_put_time(b);
    slk_row_put_actors(b);
    slk_row_put_places(b);
    if (slk_row_has(b, SLK_I_WEAPON))
        put_words(b, SLK_I_WEAPON, SLK_FIELD_WEAPON, slk_row_copy(b, slk_row_cell(b, SLK_I_WEAPON)), SLK_BASIS_STATED);
    put_words(b, SLK_I_CLASS, SLK_FIELD_WEAPON_CLASS, class, SLK_BASIS_STATED);
    put_words(b, SLK_I_OUTCOME, SLK_FIELD_OUTCOME, slk_row_mapped(b, SLK_I_OUTCOME), SLK_BASIS_STATED);
    put_length(b, SLK_I_DISTANCE, SLK_FIELD_DISTANCE);
    put_length(b, SLK_I_ALTITUDE, SLK_FIELD_ALTITUDE);
    put_count(b);
    put_dead(b);
    slk_field *fields = slk_arena_take(&b->r->arena, sizeof *fields * b->n_fields);
    if (!fields) b->err = b->err == SLK_OK ? SLK_ENOMEM : b->err;
    if (fields) memcpy(fields, b->fields, sizeof *fields * b->n_fields);
    e.fields = fields;
    e.n_fields = fields ? b->n_fields : 0;
    if (b->err == SLK_OK) b->err = SLK_ROOM(&b->r->arena, &b->r->events, 2);
    if (b->err == SLK_OK) b->r->events.at[b->r->events.n++] = e;
}

/* ---------------------------------------------------------------- the whole */

static void set_report(slk_row_build *b, const slk_row_name *name) {
    slk_report *p = &b->r->report;
    slk_instant updated;
    const char *how = slk_row_how(b, SLK_I_UPDATED);
    p->id = slk_arena_printf(&b->r->arena, name->revision > 1 ? "%s:%s@%u" : "%s:%s", name->database, name->key,
                             (unsigned)name->revision);
    p->source = slk_arena_printf(&b->r->arena, "%s:%zu", name->file, b->row->line);
    p->title = slk_arena_printf(&b->r->arena, "%s, row %s", name->title, name->key);
    p->outlet = slk_row_copy(b, slk_text_of(name->title));
    if (!p->id || !p->source || !p->title) b->err = SLK_ENOMEM;
    p->published = name->published;
    p->published_basis = name->published.precision ? SLK_PUB_GIVEN : SLK_PUB_UNKNOWN;
    if (name->published.precision || !slk_row_has(b, SLK_I_UPDATED)) return;
    slk_text cell = slk_row_cell(b, SLK_I_UPDATED);
    bool read = strcmp(how, "seconds") == 0 ? slk_cell_seconds(cell, &updated) : slk_cell_day(cell, how, &updated);
    if (read) {
        p->published = updated;
        p->published_basis = SLK_PUB_METADATA;
    } else {
        slk_row_trouble(b, SLK_I_UPDATED, "no day");
    }
}

slk_err slk_row_reading(const slk_pack *pack, const slk_columns *c, const slk_row *row, const slk_row_name *name,
                        slk_reading **out, slk_row_facts *facts, slk_fault *fault) {
    slk_row_build *b = calloc(1, sizeof *b);
    slk_reading *r = b ? slk_mem_new(&slk_mem_system, sizeof *r) : NULL;
    if (!r) {
        free(b);
        return slk_fault_at(fault, SLK_ENOMEM, row->line, 0, "out of memory");
    }
    memset(r, 0, sizeof *r);
    r->mem = slk_mem_system;
    slk_arena_start(&r->arena, &slk_mem_system, SLK_READING_CEILING_B);
    *facts = (slk_row_facts){.radius_m = NAN};
    *b = (slk_row_build){.pack = pack, .c = c, .row = row, .r = r, .facts = facts, .fault = fault};
    find_cells(b);
    b->err = write_text(b, name);
    if (b->err == SLK_OK) {
        set_report(b, name);
        put_event(b);
    }
    slk_err err = b->err;
    free(b);
    if (err == SLK_OK) {
        *out = r;
        return SLK_OK;
    }
    slk_reading_free(r);
    return err == SLK_EINPUT ? err : slk_fault_at(fault, err, row->line, 0, "%s", slk_err_meaning(err));
}
