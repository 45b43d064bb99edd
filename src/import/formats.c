/* formats.c - which database a table is of, and what its columns mean. See formats.h. Columns are known by their names without case,
 * blanks, underscores and marks: "Facility Latitude" is "facility_latitude". */
#include "import/formats.h"

#include <stdio.h>
#include <string.h>

#include "base/fault.h"
#include "base/text.h"

/* ---------------------------------------------------------------- the tables */

uint32_t slk_import_format_count(const slk_pack *pack) { return slk_pack_rows(pack, SLK_T_IMPORT_FORMATS); }

bool slk_import_format_get(const slk_pack *pack, uint32_t n, slk_import_format *out) {
    if (n >= slk_import_format_count(pack)) return false;
#define CELL(column) slk_pack_str(pack, SLK_T_IMPORT_FORMATS, n, SLK_IMPORT_FORMATS_##column)
    *out = (slk_import_format){.id = CELL(FORMAT),
                               .columns = CELL(COLUMNS),
                               .name = CELL(NAME),
                               .type = CELL(TYPE),
                               .actor = CELL(ACTOR),
                               .zone = CELL(ZONE),
                               .header = CELL(HEADER)};
    const char *rows = CELL(ROWS), *day = CELL(DAY);
#undef CELL
    out->parts = rows && strcmp(rows, "part") == 0;
    out->day = day && strcmp(day, "utc") == 0         ? SLK_DAY_UTC
               : day && strcmp(day, "published") == 0 ? SLK_DAY_PUBLISHED
                                                      : SLK_DAY_PLACE;
    return out->id && out->columns && out->name && out->type;
}

slk_import_field slk_column_field(const slk_pack *pack, uint32_t row) {
#define WORD(name, word) word,
    static const char *const words[] = {SLK_IMPORT_FIELDS(WORD)};
#undef WORD
    slk_text cell = row == SLK_NONE ? slk_text_of("none")
                                    : slk_pack_cell(pack, SLK_T_IMPORT_COLUMNS, row, SLK_IMPORT_COLUMNS_FIELD);
    for (unsigned i = 0; i < SLK_I_COUNT; i++)
        if (slk_text_is(cell, words[i])) return (slk_import_field)i;
    return SLK_I_NONE;
}

const char *slk_column_how(const slk_pack *pack, uint32_t row) {
    const char *how = row == SLK_NONE ? NULL : slk_pack_str(pack, SLK_T_IMPORT_COLUMNS, row, SLK_IMPORT_COLUMNS_HOW);
    return how ? how : "";
}

static bool needs(const slk_pack *pack, uint32_t row, char mark) {
    slk_text t = slk_pack_cell(pack, SLK_T_IMPORT_COLUMNS, row, SLK_IMPORT_COLUMNS_NEED);
    return t.n == 1 && t.at[0] == mark;
}

/* Does this row of import_columns belong to the format? */
static bool is_of(const slk_pack *pack, uint32_t row, const slk_import_format *f) {
    slk_text key = slk_pack_cell(pack, SLK_T_IMPORT_COLUMNS, row, SLK_IMPORT_COLUMNS_KEY);
    size_t n = strlen(f->columns);
    return key.n > n && memcmp(key.at, f->columns, n) == 0 && key.at[n] == '.';
}

/* Equal but for case and for what is no letter, digit or dot. */
static bool same_name(slk_text a, slk_text b) {
    size_t i = 0, k = 0;
    for (;;) {
        while (a.at && i < a.n && !slk_is_alpha(a.at[i]) && !slk_is_digit(a.at[i]) && a.at[i] != '.') i++;
        while (b.at && k < b.n && !slk_is_alpha(b.at[k]) && !slk_is_digit(b.at[k]) && b.at[k] != '.') k++;
        if (!a.at || !b.at || i == a.n || k == b.n) return i == a.n && k == b.n;
        if (slk_lower(a.at[i++]) != slk_lower(b.at[k++])) return false;
    }
}

uint32_t slk_column_row(const slk_pack *pack, const slk_import_format *f, slk_text name) {
    for (uint32_t row = 0; row < slk_pack_rows(pack, SLK_T_IMPORT_COLUMNS); row++) {
        if (!is_of(pack, row, f)) continue;
        slk_text names = slk_pack_cell(pack, SLK_T_IMPORT_COLUMNS, row, SLK_IMPORT_COLUMNS_NAMES), one;
        while (slk_text_split(&names, '|', &one))
            if (same_name(one, name)) return row;
    }
    return SLK_NONE;
}

const char *slk_value_of(const slk_pack *pack, const char *columns, const char *map, slk_text cell) {
    char key[160];
    slk_text t = slk_text_trim(cell);
    bool common = strcmp(map, "fips") == 0 || strcmp(map, "isonum") == 0;
    size_t at = (size_t)snprintf(key, 80, "%s%s%s=", common ? "" : columns, common ? "" : ".", map);
    size_t from = at;
    if (t.n == 0 || at >= 80 || t.n > 79) return NULL;
    for (size_t i = 0; i < t.n; i++) key[at++] = slk_lower(t.at[i]);
    uint32_t row = slk_pack_find(pack, SLK_T_IMPORT_VALUES, (slk_text){key, at});
    if (row == SLK_NONE) {
        key[from] = '*';
        row = slk_pack_find(pack, SLK_T_IMPORT_VALUES, (slk_text){key, from + 1});
    }
    const char *value = row == SLK_NONE ? NULL : slk_pack_str(pack, SLK_T_IMPORT_VALUES, row, SLK_IMPORT_VALUES_VALUE);
    return value && strcmp(value, "?") != 0 ? value : NULL;
}

/* ---------------------------------------------------------------- a file's columns */

typedef struct matching {  /* a header line held against one format */
    uint32_t known, marks; /* columns the format knows; of those, columns that tell it from others */
    char missing[160];     /* the first needed column that is not there */
} matching;

static bool has_column(const slk_pack *pack, const slk_row *first, uint32_t row) {
    slk_text names, one;
    for (uint32_t i = 0; i < first->n; i++) {
        slk_text header = first->names ? first->names[i] : first->cells[i];
        names = slk_pack_cell(pack, SLK_T_IMPORT_COLUMNS, row, SLK_IMPORT_COLUMNS_NAMES);
        while (slk_text_split(&names, '|', &one))
            if (same_name(one, header)) return true;
    }
    return false;
}

static matching match(const slk_pack *pack, const slk_row *first, const slk_import_format *f) {
    matching m = {0};
    for (uint32_t row = 0; row < slk_pack_rows(pack, SLK_T_IMPORT_COLUMNS); row++) {
        if (!is_of(pack, row, f)) continue;
        if (has_column(pack, first, row)) {
            m.known++;
            m.marks += needs(pack, row, '+') || needs(pack, row, '!');
        } else if (needs(pack, row, '!') && !m.missing[0]) {
            slk_text names = slk_pack_cell(pack, SLK_T_IMPORT_COLUMNS, row, SLK_IMPORT_COLUMNS_NAMES), one;
            if (slk_text_split(&names, '|', &one))
                slk_text_print(m.missing, sizeof m.missing, "%.*s", (int)one.n, one.at);
        }
    }
    return m;
}

static uint32_t names_in(const char *header) {
    uint32_t n = header && *header ? 1 : 0;
    for (const char *z = header; z && *z; z++) n += *z == ' ';
    return n;
}

/* Is this a row of data of a format without header line? Its columns are known by their number; the first is a number, the second a day. */
static bool is_bare(const slk_row *first, const slk_import_format *f) {
    if (!f->header || first->names || names_in(f->header) != first->n || first->n < 2) return false;
    for (unsigned k = 0; k < 2; k++) {
        slk_text t = first->cells[k];
        if (t.n == 0 || (k == 1 && t.n != 8)) return false;
        for (size_t i = 0; i < t.n; i++)
            if (!slk_is_digit(t.at[i])) return false;
    }
    return true;
}

static void set_column(const slk_pack *pack, slk_columns *c, uint32_t cell, slk_text name) {
    slk_text_print(c->names[cell], sizeof c->names[cell], "%.*s", (int)name.n, name.at ? name.at : "");
    c->rows[cell] = slk_column_row(pack, &c->format, name);
    slk_import_field field = slk_column_field(pack, c->rows[cell]);
    if (field != SLK_I_NONE && c->cell_of[field] == UINT16_MAX) c->cell_of[field] = (uint16_t)cell;
}

static void fill(const slk_pack *pack, const slk_row *first, bool bare, slk_columns *c) {
    memset(c->cell_of, 0xFF, sizeof c->cell_of);
    c->n = first->names ? 0 : first->n;
    slk_text header = slk_text_of(c->format.header), one;
    for (uint32_t i = 0; i < c->n; i++) {
        if (!bare)
            set_column(pack, c, i, slk_text_trim(first->cells[i]));
        else if (slk_text_split(&header, ' ', &one))
            set_column(pack, c, i, one);
    }
}

static bool is_asked(const slk_import_format *f, const char *as) {
    return !as || strcmp(as, f->id) == 0 || strcmp(as, f->columns) == 0;
}

static slk_err refuse(const slk_pack *pack, const char *as, const char *missing, slk_fault *fault) {
    char known[160] = "";
    slk_import_format f;
    for (uint32_t i = 0; slk_import_format_get(pack, i, &f); i++) {
        size_t n = strlen(known);
        if (!strstr(known, f.columns)) slk_text_print(known + n, sizeof known - n, "%s%s", n ? ", " : "", f.columns);
    }
    if (missing && *missing)
        return slk_fault_at(fault, SLK_EINPUT, 1, 0, "no table of %s: it has no column \"%s\"",
                            as ? as : "a known database", missing);
    return slk_fault_at(fault, SLK_EINPUT, 1, 0, "the columns are of none of the databases %s; say which with --as",
                        known);
}

slk_err slk_columns_find(const slk_pack *pack, const slk_row *first, const char *as, slk_columns *out, bool *header,
                         slk_fault *fault) {
    slk_import_format f;
    matching best = {0};
    uint32_t chosen = SLK_NONE, tied = SLK_NONE;
    char missing[160] = "";
    for (uint32_t i = 0; slk_import_format_get(pack, i, &f); i++) {
        if (!is_asked(&f, as)) continue;
        if (is_bare(first, &f)) {
            out->format = f;
            *header = false;
            fill(pack, first, true, out);
            return SLK_OK;
        }
        matching m = match(pack, first, &f);
        if (m.missing[0]) {
            if (as && !missing[0]) memcpy(missing, m.missing, sizeof missing);
            continue;
        }
        if (!as && m.known < 3) continue;
        bool better = chosen == SLK_NONE || m.marks > best.marks || (m.marks == best.marks && m.known > best.known);
        bool equal = !better && m.marks == best.marks && m.known == best.known;
        if (equal) tied = i;
        if (!better) continue;
        best = m;
        chosen = i;
        tied = SLK_NONE;
    }
    if (chosen == SLK_NONE) return refuse(pack, as, missing, fault);
    (void)slk_import_format_get(pack, chosen, &out->format);
    if (tied != SLK_NONE && slk_import_format_get(pack, tied, &f) && strcmp(f.columns, out->format.columns) != 0)
        return slk_fault_at(fault, SLK_EINPUT, 1, 0, "the columns could be of %s or of %s; say which with --as",
                            out->format.columns, f.columns);
    *header = first->names == NULL;
    fill(pack, first, false, out);
    return SLK_OK;
}

static void append(char out[400], const char *name) {
    size_t n = strlen(out);
    slk_text_print(out + n, 400 - n, "%s%s", n ? ", " : "", name);
}

void slk_columns_unknown(const slk_columns *c, char out[400]) {
    out[0] = '\0';
    for (uint32_t i = 0; i < c->n; i++)
        if (c->rows[i] == SLK_NONE && c->names[i][0]) append(out, c->names[i]);
}

void slk_columns_missing(const slk_pack *pack, const slk_columns *c, char out[400]) {
    out[0] = '\0';
    for (uint32_t row = 0; c->n && row < slk_pack_rows(pack, SLK_T_IMPORT_COLUMNS); row++) {
        slk_import_field field = slk_column_field(pack, row);
        if (!is_of(pack, row, &c->format) || field == SLK_I_NONE || c->cell_of[field] != UINT16_MAX) continue;
        slk_text names = slk_pack_cell(pack, SLK_T_IMPORT_COLUMNS, row, SLK_IMPORT_COLUMNS_NAMES), one;
        char name[64];
        if (!slk_text_split(&names, '|', &one)) continue;
        slk_text_print(name, sizeof name, "%.*s", (int)one.n, one.at);
        append(out, name);
    }
}
