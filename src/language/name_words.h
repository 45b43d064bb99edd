/* name_words.h - what is known of each word when names are looked for: its look, what tables say of it, what the rest of the
 * report does with it. Internal to the language station and to the trainer of its model. */
#ifndef SLK_LANGUAGE_NAME_WORDS_H
#define SLK_LANGUAGE_NAME_WORDS_H

#include "language/inside.h"

/* What tables know of a word, one bit each. Those of phrases come twice: begins such a phrase, stands further inside one. */
enum {
    SLK_KNOWN_COUNTRY,
    SLK_KNOWN_PEOPLE_OF, /* demonyms: "French", "Ghanaians" */
    SLK_KNOWN_CITY,      /* places of 200,000 people and more, and all that have no number: regions, seas, rivers */
    SLK_KNOWN_TOWN,
    SLK_KNOWN_BODY,
    SLK_KNOWN_PERSON,
    SLK_KNOWN_SITE,
    SLK_KNOWN_WEAPON,
    SLK_KNOWN_ROLE,
    SLK_KNOWN_TIME,
    SLK_KNOWN_PHRASES, /* how many kinds of phrases there are */
    SLK_KNOWN_INSIDE = SLK_KNOWN_PHRASES,
    SLK_KNOWN_TITLE = 2 * SLK_KNOWN_PHRASES, /* "Mr", "Gen." */
    SLK_KNOWN_COMPANY,                       /* "Inc.", "Ltd" */
    SLK_KNOWN_END_ORG,                       /* "University" */
    SLK_KNOWN_END_EVENT,
    SLK_KNOWN_END_FAC,
    SLK_KNOWN_END_LOC, /* "Province" */
    SLK_KNOWN_BEFORE,  /* "Lake", "Mount" */
    SLK_KNOWN_GIVEN,
    SLK_KNOWN_FAMILY,
    SLK_KNOWN_COMMON, /* an ordinary word too */
    SLK_KNOWN_CLOSED,
    SLK_KNOWN_ALONE, /* names a body by itself: "Parliament" */
    SLK_KNOWN_KINDS
};

/* What the gazetteer of all towns and regions says of a word, one bit each. */
enum {
    SLK_GAZ_BEGINS = 1, /* begins the name of a place */
    SLK_GAZ_INSIDE = 2,
    SLK_GAZ_LONG = 4,   /* of a name of several words */
    SLK_GAZ_REGION = 8, /* a region or county has that name */
    SLK_GAZ_LARGE = 16  /* 100,000 people or more */
};

/* What the rest of the report says of a capitalised word, one bit each. */
enum {
    SLK_SEEN_SMALL,   /* somewhere in small letters */
    SLK_SEEN_MID,     /* capitalised within a sentence */
    SLK_SEEN_TITLED,  /* behind a title */
    SLK_SEEN_SPEAKS,  /* before or behind a verb of saying */
    SLK_SEEN_AT,      /* behind "in", "at", "near" */
    SLK_SEEN_THE,     /* behind "the" */
    SLK_SEEN_OWNER,   /* before "'s" */
    SLK_SEEN_FAMILY,  /* ends a run that begins with a given name */
    SLK_SEEN_ORG_RUN, /* in a run that holds a word such as "University" */
    SLK_SEEN_LOC_RUN,
    SLK_SEEN_AFTER_GIVEN, /* right behind a given name */
    SLK_SEEN_BRACKETS,    /* alone in brackets */
    SLK_SEEN_KINDS
};

typedef struct slk_name_word {
    uint32_t hash;  /* of the word in small letters */
    uint32_t known; /* bits SLK_KNOWN_* */
    uint32_t run;   /* first token of its run of capitalised words, SLK_NONE where it is in none */
    uint16_t seen;  /* bits SLK_SEEN_* */
    uint8_t look;   /* letters, digits and marks, as a small number */
    uint8_t ahead;  /* tokens of its run from it on */
    uint8_t gaz;    /* bits SLK_GAZ_* */
    bool capital;   /* may begin or end a name */
    bool may;       /* may stand in a name: capitalised, or a small word between capitalised ones */
    bool first;     /* of its sentence, quotes and brackets passed over */
} slk_name_word;

/* Fills in a word for every token: *out has r->tokens.n entries of r's arena. SLK_OK, SLK_ENOMEM. O(n). */
SLK_MUST slk_err slk_name_words_find(const slk_pack *pack, slk_reading *r, slk_name_word **out);

/* Traits of a token as hashes: at most SLK_NAME_TRAITS_MOST. The first *n_own of them name the word itself. */
#define SLK_NAME_TRAITS_MOST 160
uint32_t slk_name_traits(const slk_reading *r, const slk_name_word *words, uint32_t token, uint32_t *out,
                         uint32_t *n_own);

/* Hashes of the ends of a form: its last three, four and two bytes, its first three and four. */
void slk_name_form_ends(slk_text form, uint32_t parts[5]);

/* The trait that every token has. */
uint32_t slk_name_trait_always(void);

/* The end of the chain of tokens from `token` on that may be in names, in its sentence. */
uint32_t slk_name_chain(const slk_reading *r, const slk_name_word *words, uint32_t token);

/* Labels of tokens: outside, begins and goes on a name of a person, body, place. */
enum {
    SLK_TAG_O,
    SLK_TAG_B_PER,
    SLK_TAG_I_PER,
    SLK_TAG_B_ORG,
    SLK_TAG_I_ORG,
    SLK_TAG_B_LOC,
    SLK_TAG_I_LOC,
    SLK_NAME_TAGS
};

static inline bool slk_name_tag_may(uint32_t before, uint32_t tag) { /* I- only behind its own kind */
    return tag == SLK_TAG_O || tag % 2 == 1 || before == tag || before + 1 == tag;
}

/* The model: a chain of labels scored by the traits of its tokens and by neighbours. As it lies in the pack: this head, then
 * rows of 8 weights of one byte. */
#define SLK_NAME_MODEL_MAGIC "SLKNAME1"
typedef struct slk_name_model {
    char magic[8];
    uint32_t rows; /* a power of two: a trait's row is its hash modulo rows */
    uint32_t unused;
    int16_t follows[8][8]; /* [label before][label]; row 7: at the beginning of a chain */
} slk_name_model;

/* The fault of a model's bytes, NULL where none. */
const char *slk_name_model_fault(slk_text bytes);
/* The best labels of a chain of tokens; room for last - first. */
typedef struct slk_name_score {
    int32_t of[8];
} slk_name_score;
void slk_name_tags_best(const slk_name_model *m, const slk_name_score *scores, uint32_t n, uint8_t *tags,
                        uint8_t (*back)[8]);
void slk_name_score_token(const slk_name_model *m, const slk_reading *r, const slk_name_word *words, uint32_t token,
                          slk_name_score *out);

/* Labelled names and what they were judged by; all borrowed. (name_parts.c) */
typedef struct slk_name_parts {
    const slk_pack *pack;
    const slk_reading *r;
    const slk_name_word *words;
    const slk_name_score *scores;
    uint8_t *tags;
} slk_name_parts;

/* Cuts a labelled name, tokens first to last - 1, behind the first of the names that the labels ran together. */
void slk_name_part(const slk_name_parts *p, uint32_t first, uint32_t last);
/* The label of a name's beginning, but what ends in "Holdings" or "Stadium" is no person, what ends in
 * "Holdings" no place; SLK_TAG_O where it is no name at all. */
uint8_t slk_name_tag_of(const slk_name_parts *p, uint32_t first, uint32_t last);
/* The first token of a person's name behind titles: "Mr Okafor", "Maj. Gen. Ito". */
uint32_t slk_name_behind_titles(const slk_name_parts *p, uint32_t first, uint32_t last);

/* Judges each name again by what the report makes of the same words elsewhere. SLK_OK, SLK_ENOMEM. O(n). (name_sense.c) */
SLK_MUST slk_err slk_name_senses_settle(slk_reading *r, const slk_name_word *words, const slk_name_score *scores,
                                        uint8_t *tags);

#endif
