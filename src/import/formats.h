/* formats.h - which database a table is of, and what its columns mean: data/import_formats.tsv, import_columns.tsv and
 * import_values.tsv as they are asked while rows are read. */
#ifndef SLK_IMPORT_FORMATS_H
#define SLK_IMPORT_FORMATS_H

#include "import/rows.h"
#include "pack/pack.h"

/* X(NAME, word of import_columns.tsv) */
/* clang-format off */
#define SLK_IMPORT_FIELDS(X) \
    X(NONE, "none") X(KEY, "key") X(DAY, "day") X(DAY_END, "day-end") X(DAY_EXACT, "day-exact") \
    X(CLOCK_UTC, "clock-utc") X(CLOCK_PLACE, "clock-place") X(TYPE, "type") X(TYPE_SUB, "type.sub") X(ACTOR, "actor") \
    X(ACTOR_COUNTRY, "actor.country") X(ACTOR_SECTOR, "actor.sector") X(TARGET, "target") \
    X(TARGET_COUNTRY, "target.country") X(TARGET_SECTOR, "target.sector") X(WEAPON, "weapon") X(CLASS, "class") \
    X(PLACE, "place") X(WHERE, "where") X(LAT, "lat") X(LON, "lon") X(PLACE_EXACT, "place-exact") \
    X(COUNTRY, "country") X(COUNTRY_NAME, "country.name") X(LANDING, "landing") X(DISTANCE, "distance") \
    X(ALTITUDE, "altitude") X(HOW_MANY, "count") X(OUTCOME, "outcome") X(DEAD, "dead") X(DEAD_LOW, "dead.low") \
    X(DEAD_HIGH, "dead.high") X(STATUS, "status") X(UPDATED, "updated") X(CITES, "cites") X(NOTES, "notes") \
    X(NOTES_MORE, "notes.more")
/* clang-format on */
#define SLK_IMPORT_FIELD(name, word) SLK_I_##name,
typedef enum slk_import_field { SLK_IMPORT_FIELDS(SLK_IMPORT_FIELD) SLK_I_COUNT } slk_import_field;
#undef SLK_IMPORT_FIELD

typedef enum slk_import_day { SLK_DAY_PLACE, SLK_DAY_UTC, SLK_DAY_PUBLISHED } slk_import_day;

typedef struct slk_import_format { /* strings are borrowed from the pack; NULL where none */
    const char *id, *columns, *name, *type, *actor, *zone, *header;
    bool parts; /* rows may be parts of one event */
    slk_import_day day;
} slk_import_format;

typedef struct slk_columns { /* of one file */
    slk_import_format format;
    uint32_t n;                     /* cells in a row; 0 for JSON, where any may be left out */
    uint32_t rows[SLK_CELLS_MOST];  /* per cell: row of import_columns, SLK_NONE where unknown */
    uint16_t cell_of[SLK_I_COUNT];  /* the first cell of a field, UINT16_MAX where there is none (not for JSON) */
    char names[SLK_CELLS_MOST][48]; /* headers as they are */
} slk_columns;

/* How many forms there are, and one by its number or its name (also the name of its columns). False where there is none. */
uint32_t slk_import_format_count(const slk_pack *pack);
bool slk_import_format_get(const slk_pack *pack, uint32_t n, slk_import_format *out);

/* Which database a first row is of. as: name of a format or of columns, NULL to find out. *header: the row is a header line, no data. Fails
 * with SLK_EINPUT and what is missing, or which databases it might be. */
SLK_MUST slk_err slk_columns_find(const slk_pack *pack, const slk_row *first, const char *as, slk_columns *out,
                                  bool *header, slk_fault *fault);
/* Names of columns that the format does not know, and known ones that the file lacks, by commas; "" for none. */
void slk_columns_unknown(const slk_columns *c, char out[400]);
void slk_columns_missing(const slk_pack *pack, const slk_columns *c, char out[400]);

/* What a column of this row of import_columns gives, and how its cells are read ("" where in one way only). */
slk_import_field slk_column_field(const slk_pack *pack, uint32_t row);
const char *slk_column_how(const slk_pack *pack, uint32_t row);
/* The row of import_columns of a name, as JSON has them; SLK_NONE. */
uint32_t slk_column_row(const slk_pack *pack, const slk_import_format *format, slk_text name);
/* What a cell means by a map ("acled.inter"): NULL where the map does not have it or says "?". */
const char *slk_value_of(const slk_pack *pack, const char *columns, const char *map, slk_text cell);

#endif
