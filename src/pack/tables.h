/* tables.h - the tables of the pack and their columns, said once. The packer holds the header line of each data/NAME.tsv
 * against this list; the program reads cells by these numbers. A column marked NUM is stored as a double (empty: NAN); one
 * marked PHRASES holds phrases separated by | that are entered into the trie; TEXT is just text. */
#ifndef SLK_PACK_TABLES_H
#define SLK_PACK_TABLES_H

/* T(NAME, file) then C(NAME, COLUMN, kind) in the order of the file */
#define SLK_TABLES(T, C)                                                                                                                            \
    T(ABBREVIATIONS, "abbreviations")                                                                                                               \
    C(ABBREVIATIONS, FORM, TEXT)                                                                                                                    \
    C(ABBREVIATIONS, KIND, TEXT) C(ABBREVIATIONS, SOURCE, TEXT) T(AGENCIES, "agencies") C(AGENCIES, ID, TEXT) C(                                    \
        AGENCIES, NAME, PHRASES) C(AGENCIES, ALIASES, PHRASES) C(AGENCIES, COUNTRY, TEXT) C(AGENCIES, SECTOR, TEXT)                                 \
        C(AGENCIES, KIND, TEXT) C(AGENCIES, SOURCE, TEXT) T(CALENDAR, "calendar") C(CALENDAR, PHRASE, PHRASES) C(                                   \
            CALENDAR, KIND, TEXT) C(CALENDAR, VALUE, TEXT) C(CALENDAR, SOURCE, TEXT) T(CLOSED, "closed_class")                                      \
            C(CLOSED, FORM, TEXT) C(CLOSED, UPOS, TEXT) C(CLOSED, LEMMA, TEXT) C(CLOSED, SOURCE, TEXT) T(                                           \
                COUNTRIES,                                                                                                                          \
                "countries") C(COUNTRIES, ISO3,                                                                                                     \
                               TEXT) C(COUNTRIES, ISO2,                                                                                             \
                                       TEXT) C(COUNTRIES, NAME, PHRASES)                                                                            \
                C(COUNTRIES, ALIASES, PHRASES) C(COUNTRIES, DEMONYMS, PHRASES) C(COUNTRIES, CAPITAL, PHRASES) C(                                    \
                    COUNTRIES, METONYMS,                                                                                                            \
                    PHRASES) C(COUNTRIES, CONTEXTUAL,                                                                                               \
                               PHRASES) C(COUNTRIES, ZONE, TEXT)                                                                                    \
                    C(COUNTRIES, LAT, NUM) C(COUNTRIES, LON, NUM) C(COUNTRIES, SOURCE, TEXT) T(DIRECTIONS, "direction"                              \
                                                                                                           "s") C(DIRECTIONS, PHRASE, PHRASES) C(   \
                        DIRECTIONS,                                                                                                                 \
                        DEG,                                                                                                                        \
                        NUM) C(DIRECTIONS, SOURCE,                                                                                                  \
                               TEXT) T(EVENTS,                                                                                                      \
                                       "event_words") C(EVENTS, LEMMA, TEXT)                                                                        \
                        C(EVENTS, POS, TEXT) C(                                                                                                     \
                            EVENTS,                                                                                                                 \
                            GROUP, TEXT) C(EVENTS, TYPE,                                                                                            \
                                           TEXT) C(EVENTS, PLOVER,                                                                                  \
                                                   TEXT) C(EVENTS, CAMEO, TEXT)                                                                     \
                            C(EVENTS, FRAME, TEXT) C(EVENTS, NEEDS, TEXT) C(EVENTS, SOURCE, TEXT) T(                                                \
                                HEDGES,                                                                                                             \
                                "hedges") C(HEDGES, PHRASE, PHRASES)                                                                                \
                                C(HEDGES, KIND, TEXT) C(HEDGES, VALUE, TEXT) C(HEDGES, SOURCE, TEXT)                                                \
                                    T(IRREGULAR, "irregular") C(IRREGULAR, FORM, TEXT) C(IRREGULAR, POS, TEXT) C(                                   \
                                        IRREGULAR, LEMMA,                                                                                           \
                                        TEXT) C(IRREGULAR, SOURCE, TEXT)                                                                            \
                                        T(NUMBERS, "numbers") C(NUMBERS, PHRASE, PHRASES) C(NUMBERS, KIND, TEXT) C(                                 \
                                            NUMBERS, VALUE,                                                                                         \
                                            NUM) C(NUMBERS, SOURCE,                                                                                 \
                                                   TEXT) T(ONTOLOGY,                                                                                \
                                                           "ontology") C(ONTOLOGY, TYPE,                                                            \
                                                                         TEXT) C(ONTOLOGY, PLOVER,                                                  \
                                                                                 TEXT) C(ONTOLOGY, MODE, TEXT)                                      \
                                            C(ONTOLOGY,                                                                                             \
                                              CAMEO, TEXT) C(ONTOLOGY, NAME,                                                                        \
                                                             TEXT) C(ONTOLOGY, SOURCE,                                                              \
                                                                     TEXT) T(PEOPLE,                                                                \
                                                                             "people") C(PEOPLE, NAME,                                              \
                                                                                         PHRASES) C(PEOPLE, ALIASES, PHRASES)                       \
                                                C(PEOPLE,                                                                                           \
                                                  COUNTRY, TEXT) C(PEOPLE, ROLE,                                                                    \
                                                                   TEXT) C(PEOPLE, SECTOR,                                                          \
                                                                           TEXT) C(PEOPLE, SOURCE,                                                  \
                                                                                   TEXT) T(PLACES,                                                  \
                                                                                           "places") C(PLACES, ID,                                  \
                                                                                                       TEXT) C(PLACES,                              \
                                                                                                               NAME,                                \
                                                                                                               PHRASES) C(PLACES, ALIASES, PHRASES) \
                                                    C(PLACES, COUNTRY, TEXT) C(PLACES, LAT, NUM) C(                                                 \
                                                        PLACES,                                                                                     \
                                                        LON,                                                                                        \
                                                        NUM) C(PLACES, KIND,                                                                        \
                                                               TEXT) C(PLACES, POPULATION,                                                          \
                                                                       NUM) C(PLACES, SOURCE, TEXT)                                                 \
                                                        T(REPORTING, "reporting") C(                                                                \
                                                            REPORTING, LEMMA,                                                                       \
                                                            TEXT) C(REPORTING, POS, TEXT)                                                           \
                                                            C(REPORTING, STANCE, TEXT) C(REPORTING, CERTAINTY, TEXT) C(                             \
                                                                REPORTING,                                                                          \
                                                                NEGATED, TEXT) C(REPORTING, KIND,                                                   \
                                                                                 TEXT) C(REPORTING, SOURCE,                                         \
                                                                                         TEXT) T(ROLES, "roles")                                    \
                                                                C(ROLES, PHRASE, PHRASES) C(ROLES, SECTOR, TEXT) C(                                 \
                                                                    ROLES, KIND, TEXT) C(ROLES, SOURCE,                                             \
                                                                                         TEXT) T(SITES, "sites")                                    \
                                                                    C(SITES, ID, TEXT) C(SITES, NAME, PHRASES) C(                                   \
                                                                        SITES, ALIASES,                                                             \
                                                                        PHRASES) C(SITES, COUNTRY, TEXT)                                            \
                                                                        C(SITES, LAT, NUM) C(SITES, LON, NUM) C(                                    \
                                                                            SITES, KIND,                                                            \
                                                                            TEXT) C(SITES, SOURCE, TEXT)                                            \
                                                                            T(UNITS, "units") C(UNITS, UCUM, TEXT) C(                               \
                                                                                UNITS, NAME,                                                        \
                                                                                TEXT) C(UNITS, FORMS, PHRASES)                                      \
                                                                                C(UNITS, DIMENSION, TEXT) C(                                        \
                                                                                    UNITS, SI,                                                      \
                                                                                    NUM) C(UNITS, SOURCE,                                           \
                                                                                           TEXT) T(WEAPON_CLASSES, "w"                              \
                                                                                                                   "e"                              \
                                                                                                                   "a"                              \
                                                                                                                   "p"                              \
                                                                                                                   "o"                              \
                                                                                                                   "n"                              \
                                                                                                                   "_"                              \
                                                                                                                   "c"                              \
                                                                                                                   "l"                              \
                                                                                                                   "a"                              \
                                                                                                                   "s"                              \
                                                                                                                   "s"                              \
                                                                                                                   "e"                              \
                                                                                                                   "s")                             \
                                                                                    C(WEAPON_CLASSES, PHRASE, PHRASES) C(                           \
                                                                                        WEAPON_CLASSES,                                             \
                                                                                        CLASS, TEXT) C(WEAPON_CLASSES,                              \
                                                                                                       KIND,                                        \
                                                                                                       TEXT)                                        \
                                                                                        C(WEAPON_CLASSES, TYPE, TEXT) C(                            \
                                                                                            WEAPON_CLASSES,                                         \
                                                                                            SOURCE,                                                 \
                                                                                            TEXT) T(WEAPONS, "weapon"                               \
                                                                                                             "s")                                   \
                                                                                            C(WEAPONS, ID, TEXT) C(                                 \
                                                                                                WEAPONS, NAME,                                      \
                                                                                                PHRASES)                                            \
                                                                                                C(WEAPONS, ALIASES, PHRASES) C(                     \
                                                                                                    WEAPONS,                                        \
                                                                                                    CLASS, TEXT)                                    \
                                                                                                    C(WEAPONS, COUNTRY, TEXT) C(                    \
                                                                                                        WEAPONS,                                    \
                                                                                                        RANGE_KM,                                   \
                                                                                                        NUM) C(WEAPONS,                             \
                                                                                                               SOURCE,                              \
                                                                                                               TEXT)                                \
                                                                                                        T(ZONES, "zon"                              \
                                                                                                                 "es") C(                           \
                                                                                                            ZONES,                                  \
                                                                                                            PHRASE,                                 \
                                                                                                            PHRASES)                                \
                                                                                                            C(ZONES,                                \
                                                                                                              ZONE,                                 \
                                                                                                              TEXT)                                 \
                                                                                                                C(ZONES,                            \
                                                                                                                  COUNTRY,                          \
                                                                                                                  TEXT)                             \
                                                                                                                    C(ZONES,                        \
                                                                                                                      SOURCE,                       \
                                                                                                                      TEXT)

/* SLK_T_SITES, ... */
#define SLK_TABLE_NAME(name, file) SLK_T_##name,
#define SLK_NO_COLUMN(name, column, kind)
enum { SLK_TABLES(SLK_TABLE_NAME, SLK_NO_COLUMN) SLK_T_COUNT };
/* SLK_SITES_LAT, ...: numbered within their table, from SLK_SITES_COLUMNS + 1 = 0 */
#define SLK_TABLE_START(name, file) SLK_##name##_BEFORE = -1,
#define SLK_COLUMN_NAME(name, column, kind) SLK_##name##_##column,
enum { SLK_TABLES(SLK_TABLE_START, SLK_COLUMN_NAME) SLK_COLUMNS_END };

#endif
