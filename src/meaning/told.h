/* told.h - between words and events: tellings. A telling is one trigger ("fired", "launch", "flew", "condemned") with what its
 * own clause says of it. Tellings of the same occurrence are joined into one event; its fields come from all of them. Internal
 * to the station of meaning. */
#ifndef SLK_MEANING_TOLD_H
#define SLK_MEANING_TOLD_H

#include "base/reading.h"
#include "pack/pack.h"

typedef enum slk_family {
    SLK_FAMILY_LAUNCH, /* something is launched, fired, tested, detonated */
    SLK_FAMILY_FLIGHT, /* what it did then: flew, landed, failed; joins a launch, is no event alone */
    SLK_FAMILY_DEED    /* condemned, met, sanctioned, denied, ... */
} slk_family;

typedef enum slk_reality {
    SLK_REAL_FACT,
    SLK_REAL_POSSIBLE,
    SLK_REAL_PLANNED,
    SLK_REAL_NOT,
    SLK_REAL_GENERIC
} slk_reality;

/* What is made of a deed by those who speak of it, so that it is their word and not the deed (PLOVER codes the word). */
typedef enum slk_turn {
    SLK_TURN_NONE,
    SLK_TURN_PLANNED,   /* "will free", "agreed to free" */
    SLK_TURN_REFUSED,   /* "will not free", "refused to free" */
    SLK_TURN_DEMANDED,  /* "must free", "was urged to free" */
    SLK_TURN_THREATENED /* "threatened to halt" */
} slk_turn;

typedef struct slk_weapon { /* words that name a weapon or a class of weapons */
    slk_span span;
    uint16_t table;
    uint32_t row;
    const char *weapon_class; /* SRBM, ...; NULL where the words do not say */
    const char *kind;         /* missile, rocket, satellite, artillery, nuclear, ... */
    const char *type;         /* event type when such a thing is launched or tested */
} slk_weapon;

typedef struct slk_told {
    slk_span trigger;
    uint32_t token, sentence;
    uint32_t pred; /* the predicate that is the trigger, or that governs the noun; SLK_NONE */
    uint32_t noun; /* the noun phrase of a nominal trigger; SLK_NONE for a verb */
    uint32_t row;  /* of the tables of event words (telling.h); SLK_NONE: "the missile was a Rodong" */
    slk_family family;
    const char *type;
    uint32_t weapon;      /* index into the weapons, or SLK_NONE */
    uint32_t weapon_noun; /* the noun phrase of what was launched, or SLK_NONE */
    uint32_t actor, target;
    slk_span actor_words, target_words;
    uint32_t time; /* the time of its own clause, or SLK_NONE */
    slk_reality reality;
    slk_turn turn;
    bool definite; /* "the launch", "this test": something told before */
    bool other;    /* "another", "previous", "last": something else than what was told before */
    bool ranked;   /* "its second launch within a week": a place in a row; one thing only where no count is told */
    bool light;    /* a noun under a verb that only carries it: "conducted", "oversaw" */
    bool fresh;    /* told as new: by a verb, or by a noun under "conducted", "oversaw", or without "the", "its" */
    uint32_t attribution; /* innermost that holds the trigger, or SLK_NONE */
    uint32_t event;       /* the occurrence it belongs to, or SLK_NONE */
} slk_told;

typedef struct slk_tellings {
    const slk_pack *pack;
    slk_reading *r;
    SLK_LIST(slk_weapon) weapons; /* in text order */
    SLK_LIST(slk_told) told;      /* in text order */
    bool *taken;                  /* per noun phrase: part of the sense of its verb, no event of its own */
    uint32_t *time_pred;          /* per time: the innermost predicate around it, or SLK_NONE */
    uint32_t n_events;            /* occurrences after slk_tellings_join */
    uint32_t *first, *last;       /* per occurrence: its first and last telling */
} slk_tellings;

/* Finds weapons and tellings. (tell.c) */
SLK_MUST slk_err slk_tellings_find(slk_tellings *t);
typedef struct slk_news {
    bool main;          /* the news of the report, not its background */
    const char *reason; /* one plain clause */
    const char *rule;   /* id of what decided */
} slk_news;

/* Joins tellings of one occurrence: sets told.event, n_events and first. (join.c) */
SLK_MUST slk_err slk_tellings_join(slk_tellings *t);
/* The row of the ontology of a type, or of the nearest type above it; SLK_NONE. PLOVER and CAMEO codes of an event of e->type, by its
 * first telling. (codes.c) */
uint32_t slk_ontology_row(const slk_pack *pack, const char *type);
/* Names the rules that made type, reality and code of an event. SLK_OK or SLK_ENOMEM. (explain.c) */
SLK_MUST slk_err slk_rules_set(const slk_tellings *t, const slk_told *first, slk_event *e);
void slk_codes_set(const slk_tellings *t, const slk_told *first, slk_event *e);
/* Says of each occurrence whether it is the news; may add a telling and an occurrence for the words that the lead is about: first
 * counts one more then. (news.c) */
SLK_MUST slk_err slk_tellings_news(slk_tellings *t, slk_news **news);
/* The attributions under which occurrence `event` is told, each followed by those around it; says of those that speak of their own deed
 * that they claim or confirm it. state: whose deed it is, or NULL. (voices.c) */
SLK_MUST slk_err slk_voices_of_event(const slk_tellings *t, uint32_t event, const char *type, const char *state,
                                     slk_ids *out);
/* Says the same of the voices of its fields. (voices.c) */
void slk_voices_own_deed(const slk_tellings *t, const slk_event *e, const char *state);
/* The attribution or, where it has no source, the nearest one around it that has one. (voices.c) */
uint32_t slk_voice_of(const slk_reading *r, uint32_t attribution);
/* Collects the fields of occurrence `event` into the reading's arena. (fields.c) */
SLK_MUST slk_err slk_tellings_fields(slk_tellings *t, uint32_t event, const slk_field **fields, uint32_t *n);
/* What is said not to be known or told, hung on the event it speaks of. Call when all events stand. (withheld.c) */
SLK_MUST slk_err slk_withheld_find(slk_tellings *t);

/* Parts of slk_tellings_find: weapons (weapon.c); the times with the predicates around them, and the time of one telling (when.c);
 * whether it happened, by the form of a predicate or of a noun (happened.c). */
SLK_MUST slk_err slk_tell_weapons(slk_tellings *t);
SLK_MUST slk_err slk_tell_place_times(slk_tellings *t);
uint32_t slk_tell_time(const slk_tellings *t, const slk_told *x);
slk_reality slk_tell_pred_reality(const slk_tellings *t, uint32_t pred);
slk_reality slk_tell_noun_reality(const slk_tellings *t, const slk_told *x);
/* Whether a word belongs to a work of fiction, a predicate to a condition told by the order of words, or nobody did it. (unreal.c) */
bool slk_tell_fiction(const slk_tellings *t, uint32_t token, uint32_t pred);
bool slk_tell_counterfactual(const slk_tellings *t, uint32_t pred);
bool slk_tell_nobody(const slk_tellings *t, uint32_t pred);
/* What the table says that a predicate makes of what it governs ("fact", "planned", "not"); NULL. (happened.c) */
const char *slk_tell_governs(const slk_tellings *t, uint32_t pred);
/* Whether the verb above a noun makes its event ("imposed sanctions", "held a meeting"), not only notices it. (happened.c) */
bool slk_tell_carried(const slk_tellings *t, const slk_told *x);

/* Whether the token is the small-letter word z in any case; the span of a noun phrase (empty for SLK_NONE); the lemmas of n tokens as
 * the tables write them ("shoot down", "test-fire"), {NULL, 0} where they do not fit. (look.c) */
bool slk_tell_word(const slk_tellings *t, uint32_t token, const char *z);
slk_span slk_noun_span(const slk_reading *r, uint32_t noun);
slk_text slk_tell_lemmas(const slk_reading *r, uint32_t token, unsigned n, char out[96]);
/* Whether a noun's own form says that it is several ("tests"). (look.c) */
bool slk_plural(const slk_reading *r, uint32_t token);
/* The first predicate of a sentence or of one behind it. O(log n). */
uint32_t slk_first_pred_of(const slk_reading *r, uint32_t sentence);
/* The first entry of a list in text order that can reach byte off_b: it starts at most SLK_REACH_B before. So nobody walks a
 * whole list for one place of the text. O(log n). */
#define SLK_REACH_B 400u
#define SLK_FIRST_NEAR(list, off_b) SLK_FIRST(i_, (list).n, (list).at[i_].span.start + SLK_REACH_B < (off_b))

/* The first preposition at or behind a token (they stand in text order). O(log n). */
uint32_t slk_prep_from(const slk_reading *r, uint32_t token);
/* The first mention, the first quantity that starts at or behind a byte; the noun phrase that holds a token, or SLK_NONE. O(log n). */
uint32_t slk_mention_from(const slk_reading *r, uint32_t off_b);
uint32_t slk_quantity_from(const slk_reading *r, uint32_t off_b);
/* The state (alpha-3) in which a place named in the span lies, or NULL. */
const char *slk_state_of_place(const slk_tellings *t, slk_span s);
/* Days since 1970 that a time can mean, both inclusive; false where it has none or is SLK_NONE. (join.c) */
bool slk_time_days(const slk_reading *r, uint32_t time, int64_t *first, int64_t *last);
/* Whether an ordinal number ("sixth") begins within the span. */
bool slk_quantity_ordinal(const slk_reading *r, slk_span s);
uint32_t slk_noun_of(const slk_reading *r, uint32_t token);
/* The innermost predicate whose clause holds the span, or SLK_NONE. */
uint32_t slk_pred_around(const slk_reading *r, slk_span s);
/* The innermost attribution whose content holds the span, or SLK_NONE. */
uint32_t slk_attribution_around(const slk_reading *r, slk_span s);
/* The value of a row of the table of cues for exactly this phrase and kind, or NULL. */
const char *slk_cue_value(const slk_pack *pack, slk_text phrase, const char *kind);
/* Looks for a cue of a kind among the tokens first .. last - 1; gives its words and value. */
bool slk_cue_in(const slk_tellings *t, uint32_t first, uint32_t last, const char *kind, slk_span *words,
                const char **value);
/* A cell of the table of weapon types for a class or kind, else that of all others. (weapon.c) */
const char *slk_weapon_cell(const slk_tellings *t, const char *name, int column);
/* First weapon that overlaps the span, preferring the one that ends last (the head); SLK_NONE. */
uint32_t slk_weapon_in(const slk_tellings *t, slk_span s);
/* The country code (alpha-3) of a state behind an actor; NULL for none, IGO, NGO and UNK. */
const char *slk_state_of(const slk_reading *r, uint32_t actor);

#endif
