/* pack.h - the knowledge pack: all tables of data/ and the time zones, compiled at build time into one read-only file that
 * is mapped into memory, shared by all threads and checked once (magic, version, length, checksum) when it is opened.
 *
 * Phrases of all tables stand in one trie. Matching folds the text as it walks: case, curly quotes, and hyphens, dashes and
 * runs of white space, which all count as one space ("short-range" = "short range"). After the walk the written form decides:
 * a phrase all in capitals matches capitals only; a word of a phrase that begins with a capital wants one in the text; small
 * letters match anything. A match ends where a word ends. */
#ifndef SLK_PACK_PACK_H
#define SLK_PACK_PACK_H

#include "pack/tables.h"
#include "sillok.h"

#define SLK_PACK_VERSION 9

typedef struct slk_pack slk_pack;

/* Maps and checks the file. Fails with SLK_EIO, SLK_EPACK or SLK_ENOMEM; fault says which file and why. */
SLK_MUST slk_err slk_pack_open(const char *path, const slk_allocator *mem, slk_pack **out, slk_fault *fault);
void slk_pack_close(slk_pack *pack); /* NULL is fine */
const char *slk_pack_path(const slk_pack *pack);
uint64_t slk_pack_checksum(const slk_pack *pack);
size_t slk_pack_size(const slk_pack *pack);

/* Trained models: X(name, file of model/). A new one is a line here; what its bytes mean its own station knows. */
#define SLK_MODELS(X)                                                                                                  \
    X(ENDS, "english.ends") X(NET, "english.net") X(NAMES, "names.crf") X(HAPPENED, "english.happened")
#define SLK_MODEL_NAME(name, file) SLK_MODEL_##name,
enum { SLK_MODELS(SLK_MODEL_NAME) SLK_MODEL_COUNT };
/* The bytes of a model as they stand in its file: 64-byte aligned, borrowed from the pack. */
slk_text slk_pack_model(const slk_pack *pack, int model);

uint32_t slk_pack_rows(const slk_pack *pack, int table);
/* A cell's text: borrowed from the pack, {"", 0} where empty; always followed by a NUL byte, so .at is a C string. */
slk_text slk_pack_cell(const slk_pack *pack, int table, uint32_t row, int column);
const char *slk_pack_str(const slk_pack *pack, int table, uint32_t row, int column); /* NULL where empty */
double slk_pack_num(const slk_pack *pack, int table, uint32_t row, int column);      /* NAN where empty */
/* Row whose first column equals key exactly, through the index of the table; SLK_NONE where there is none. With
 * equal keys the first of them. */
uint32_t slk_pack_find(const slk_pack *pack, int table, slk_text key);
/* Whether a word, in any case, is of a closed class (article, pronoun, preposition, conjunction, auxiliary, "not", "also",
 * number in letters): its row of the table of common words says its lemma. Other rows there are common nouns, verbs and so on. */
bool slk_pack_closed(const slk_pack *pack, slk_text word);

typedef struct slk_hit {
    uint32_t end; /* byte offset just behind the match */
    uint32_t row;
    uint16_t table, column;
} slk_hit;

/* All phrases of all tables that start exactly at byte `at` of text (a word must begin there) and pass the rule of capitals,
 * longest first; of equal length in order of table, row. Writes at most max, returns how many. One trie walk. */
uint32_t slk_pack_match(const slk_pack *pack, slk_text text, uint32_t at, slk_hit *hits, uint32_t max);
/* The same in two steps. The first takes a word that begins there: SLK_NONE where no phrase begins with it, 0 where it is not plain
 * (other than ASCII letters and digits), else where the walk has come to. The second goes on from there: a phrase may end with
 * the word, at word.end, or behind it. */
uint32_t slk_pack_walk(const slk_pack *pack, slk_text word);
uint32_t slk_pack_match_on(const slk_pack *pack, slk_text text, slk_span word, uint32_t come_to, slk_hit *hits,
                           uint32_t max);
/* The longest phrase of one table there; false where none. */
bool slk_pack_match_in(const slk_pack *pack, slk_text text, uint32_t at, int table, slk_hit *hit);

/* Offset in seconds east of UTC of an IANA zone (or "+09:00", "-05:30", "Z") at a moment: utc_s counts UTC seconds since 1970.
 * False where the zone is not known. Rules are those of the tz database the pack was built with, history included. */
bool slk_zone_offset(const slk_pack *pack, const char *zone, int64_t utc_s, int32_t *offset_s);
/* The UTC second of a local clock reading. Of two (clock set back) the earlier; in a gap the reading moved forward. */
bool slk_zone_to_utc(const slk_pack *pack, const char *zone, int64_t local_s, int64_t *utc_s);
/* The row of a country in its table by its ISO 3166-1 code, alpha-2 or -3; SLK_NONE where not known, NULL included. */
uint32_t slk_country_row(const slk_pack *pack, const char *iso);
/* The same country's IANA zone and its codes; NULL where not known. Borrowed from the pack. */
const char *slk_country_zone(const slk_pack *pack, const char *iso);
const char *slk_country_iso2(const slk_pack *pack, const char *iso);
const char *slk_country_iso3(const slk_pack *pack, const char *iso);
/* The country that a word names, by code, name, demonym or capital, whatever its case: its alpha-3 code. False, and "", where there is
 * none such. O(countries). */
bool slk_country_named(const slk_pack *pack, slk_text word, char out[4]);

#endif
