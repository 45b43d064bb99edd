/* naming.h - what the files that find actors share. Internal to the station of meaning.
 *
 * marks.c finds words that the tables know and names of persons and bodies; actors.c makes parties of marks and actors of
 * parties; refer.c finds what stands for an actor later: short names, abbreviations, pronouns. */
#ifndef SLK_MEANING_NAMING_H
#define SLK_MEANING_NAMING_H

#include "base/reading.h"
#include "pack/pack.h"

typedef enum slk_mark_kind {
    SLK_MARK_COUNTRY,
    SLK_MARK_CAPITAL,
    SLK_MARK_CONTEXT, /* "the North": a country only where the report names it in full */
    SLK_MARK_AGENCY,
    SLK_MARK_PERSON,
    SLK_MARK_ROLE,
    SLK_MARK_BODY /* a name of a body that no table has */
} slk_mark_kind;

typedef struct slk_mark { /* words found in a table, or the name of a person or body */
    slk_tokens t;
    slk_mark_kind kind;
    uint32_t row; /* of the table; SLK_NONE: a name that no table has */
    bool demonym;
} slk_mark;

typedef struct slk_naming {
    const slk_pack *pack;
    slk_reading *r;
    SLK_LIST(slk_mark) marks;
    SLK_LIST(char *) keys; /* one per actor: "p:name", "a:country:id", "r:country:kind", "c:country", "o:body" */
    uint32_t *slots;       /* hash of keys to actor + 1 */
    uint32_t n_slots;
    bool *named;   /* per row of the table of countries: the report names it in full */
    bool *subject; /* per token: part of the subject of some predicate */
    uint8_t *sex;  /* per actor, slk_sex; NULL before refer.c is at work */
} slk_naming;

typedef enum slk_sex { SLK_SEX_UNKNOWN, SLK_SEX_HE, SLK_SEX_SHE } slk_sex;
typedef enum slk_gender { SLK_NO_PRONOUN, SLK_PERSON_PRONOUN, SLK_THING_PRONOUN, SLK_PLURAL_PRONOUN } slk_gender;

/* Marks that name one actor together: "South Korea" + "military" + "spokesman". body: room for the body they are found to mean. */
typedef struct slk_party { /* marks that name one actor together */
    const slk_mark *country, *agency, *person, *role;
    slk_tokens t;
    slk_mark body; /* room for an agency that the words only imply */
} slk_party;

bool slk_naming_word(const slk_naming *f, uint32_t token,
                     const char *word); /* the token is this word, whatever its case */
bool slk_country_like(const slk_mark *m);
bool slk_party_definite(const slk_naming *f, const slk_party *p);
const char *slk_naming_cell(const slk_naming *f, int table, const slk_mark *m, int column); /* NULL where none */
const char *slk_party_country(const slk_naming *f, const slk_party *p); /* as its words say; or NULL */
/* The state that a role without owner belongs to, by a pronoun or place beside it, or by what was spoken of; NULL. (owners.c) */
const char *slk_owner_near(const slk_naming *f, const slk_party *p);
const char *slk_owner_far(const slk_naming *f, const slk_party *p, uint32_t next_mark);

/* What a person of the table is called by the office held on the day of the report, "former ..." behind the last of them; otherwise where no
 * office with its time is known. (offices.c) */
const char *slk_office_of(const slk_naming *f, const char *name, const char *otherwise);
/* Fills marks in text order. SLK_OK, SLK_ENOMEM or SLK_ELIMIT. O(n). (marks.c) */
SLK_MUST slk_err slk_marks_find(slk_naming *f);
/* Appends a mention. (refer.c) */
SLK_MUST slk_err slk_mention_add(slk_naming *f, slk_span span, uint32_t actor, bool pronoun);
/* Does a word in small letters begin or end a name: "ministry" of "Ministry of Works"? (refer.c) */
bool slk_named_by(slk_text name, slk_text word);
slk_gender slk_pronoun_of(slk_text t);
/* The actor that a pronoun at a token stands for, among the first `upto` mentions; SLK_NONE. (refer.c) */
uint32_t slk_antecedent(const slk_naming *f, uint32_t token, slk_gender g, uint32_t upto);
/* Marks which tokens are subjects. (refer.c) */
SLK_MUST slk_err slk_subjects_mark(slk_naming *f);
/* When all parties stand: short names, pronouns, text order, and the list of mentions of each actor. (refer.c) */
SLK_MUST slk_err slk_refer_find(slk_naming *f);

static inline bool slk_token_is(const slk_reading *r, uint32_t token, slk_text word) {
    slk_text t = token < r->tokens.n ? slk_token_text(r, token) : (slk_text){"", 0};
    return t.n == word.n && t.n && __builtin_memcmp(t.at, word.at, t.n) == 0;
}

#endif
