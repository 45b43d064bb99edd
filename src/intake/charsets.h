/* charsets.h - the character encodings of published pages as constant tables. data/charsets.tsv names them, data/charset_labels.tsv
 * what pages call them, data/charset_letters.tsv which letters texts in them use most; tools/charsets.c makes C out of that at
 * build time, asking the C library's iconv for each byte and pair once. So reading needs no iconv, no modules and no files, and
 * the same bytes give the same text on every machine. */
#ifndef SLK_INTAKE_CHARSETS_H
#define SLK_INTAKE_CHARSETS_H

#include "sillok.h"

typedef enum slk_charset_kind {
    SLK_CHARSET_SINGLE,
    SLK_CHARSET_PAIRS,
    SLK_CHARSET_GB18030,
    SLK_CHARSET_EUC_JP,
    SLK_CHARSET_SHIFT_JIS,
    SLK_CHARSET_ISO_2022_JP,
    SLK_CHARSET_UTF_8,
    SLK_CHARSET_UTF_16LE,
    SLK_CHARSET_UTF_16BE,
    SLK_CHARSET_USER,       /* x-user-defined */
    SLK_CHARSET_REPLACEMENT /* encodings that no page should use: the whole text becomes one U+FFFD */
} slk_charset_kind;

#define SLK_CHARSET_LEADS 126u  /* lead bytes 0x81 to 0xFE */
#define SLK_CHARSET_TRAILS 191u /* trail bytes 0x40 to 0xFE */

typedef struct slk_charset {
    const char *name; /* as the WHATWG Encoding Standard writes it */
    slk_charset_kind kind;
    const uint16_t *high;   /* SINGLE: code points of bytes 0x80 to 0xFF, 0 for none */
    const uint16_t *pairs;  /* [lead - 0x81][trail - 0x40]: low 16 bits of the code point, 0 for none */
    const uint8_t *plane2;  /* one bit for each pair: it stands in plane 2; NULL: none does */
    const uint16_t *triple; /* EUC_JP: pairs behind 0x8F; else NULL */
    const int8_t *weights;  /* SINGLE: how well each byte from 0x80 fits a text in it; NULL: never guessed */
} slk_charset;

typedef struct slk_charset_label {
    const char *label; /* small letters */
    uint8_t charset;   /* index into slk_charsets */
} slk_charset_label;

typedef struct slk_gb_range { /* four-byte sequences from this linear number on are the code points from cp on */
    uint32_t number, cp;
} slk_gb_range;

extern const slk_charset slk_charsets[];
extern const unsigned slk_charset_count;
extern const slk_charset_label slk_charset_labels[]; /* in byte order */
extern const unsigned slk_charset_label_count;
extern const slk_gb_range slk_gb_ranges[]; /* ascending */
extern const unsigned slk_gb_range_count;

/* The encoding that a label means, white space around it and case disregarded; NULL where none. */
const slk_charset *slk_charset_find(slk_text label);

#endif
