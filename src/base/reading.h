/* reading.h - the inside of a reading: one arena, one immutable text, one flat list per layer. Stations append to their own
 * lists and only look at those of the stations before them. Indexes, not pointers, lead from one list to another. */
#ifndef SLK_BASE_READING_H
#define SLK_BASE_READING_H

#include "base/mem.h"
#include "base/text.h"
#include "sillok.h"

/* Ceilings: no report of 16 MiB of honest prose comes near them; past them the reading fails with SLK_ELIMIT. */
#define SLK_MAX_TOKENS (8u << 20)
#define SLK_MAX_ITEMS (1u << 20) /* of every other list */
#define SLK_READING_CEILING_B ((size_t)4 << 30)

typedef enum slk_modality {
    SLK_MOOD_FACT,      /* "fired", "has fired", "is firing" */
    SLK_MOOD_FUTURE,    /* "will fire", "is to fire", "plans to fire" (the infinitive) */
    SLK_MOOD_POSSIBLE,  /* "may have fired", "could fire" */
    SLK_MOOD_OBLIGED,   /* "should fire", "must fire" */
    SLK_MOOD_CONDITION, /* inside "if ..." or "would fire" */
    SLK_MOOD_HABIT,     /* present tense without a time: "often fires" */
    SLK_MOOD_INFINITIVE /* "to fire", "not to fire" under another verb */
} slk_modality;

typedef enum slk_link {
    SLK_LINK_ROOT,       /* main clause */
    SLK_LINK_COMPLEMENT, /* what is said, known, ordered: "said [that X fired]" */
    SLK_LINK_QUOTE,      /* content of direct or inverted speech: "[X fired], he said" */
    SLK_LINK_RELATIVE,   /* "the missile [that flew ...]" */
    SLK_LINK_ADVERBIAL,  /* "[after X fired]", "[as ...]", "[although ...]" */
    SLK_LINK_PARTICIPLE, /* "[flying 400 km]", "[fired from Kaechon]" */
    SLK_LINK_COORDINATE, /* "fired ... and [landed ...]" */
    SLK_LINK_INFINITIVE  /* "ordered [to fire]", "planned [to launch]" */
} slk_link;

typedef struct
    slk_tokens { /* tokens first .. last - 1; head: the noun or verb that stands for all; first == last: none */
    uint32_t first, last, head;
} slk_tokens;

typedef struct slk_noun { /* a noun phrase without its post-modifiers: "two short-range ballistic missiles" */
    slk_tokens t;
    uint32_t
        of; /* noun phrase that a following "of" or a possessive owner leads to ("launch [of missiles]"), or SLK_NONE */
    uint32_t owner; /* "North Korea's launch", "its launch": the noun phrase of the owner, or SLK_NONE */
    uint32_t by;    /* "launch by North Korea" */
    uint32_t also;  /* the next of a list that ends in "and" or "or", or SLK_NONE */
    bool time;      /* names a day, a month, a part of a day or a span: "Monday", "last week" */
} slk_noun;

typedef struct
    slk_pred {       /* a predicate: one verb group and what hangs on it. Who did what, without a tree or from one. */
    slk_tokens verb; /* the whole group ("did not immediately confirm"); head: the content verb */
    uint32_t subj,
        obj;        /* noun phrases (index into nouns), SLK_NONE where none; of a passive: obj is what it was done to */
    uint32_t agent; /* "by ..." of a passive */
    uint32_t sentence;
    slk_span extent; /* the clause: from its subject or connective to its end, embedded clauses included */
    uint32_t parent; /* predicate that this one hangs on, or SLK_NONE */
    slk_link link;
    slk_modality mood;
    bool negated, passive, past, perfect;
    bool quoted; /* lies inside quotation marks */
} slk_pred;

typedef struct slk_prep { /* a preposition and its noun phrase: "toward its east coast" */
    uint32_t token;       /* the preposition */
    uint32_t noun;        /* index into nouns */
    uint32_t pred;        /* the predicate it most likely hangs on, or SLK_NONE */
    uint32_t on_noun;     /* the noun phrase it most likely hangs on, or SLK_NONE */
} slk_prep;

typedef struct slk_mention { /* words that stand for an actor: a name, "the North", "it" */
    slk_span span;
    uint32_t actor;
    bool pronoun;
} slk_mention;

typedef enum slk_wire_kind {
    SLK_WIRE_DATELINE,   /* "SEOUL, Sept. 18 (Meridian) --" */
    SLK_WIRE_SLUG,       /* "(2nd LD)", "(ATTN: ...)", "UPDATE 3-", "URGENT" */
    SLK_WIRE_MORE,       /* "(MORE)": it goes on */
    SLK_WIRE_END,        /* "(END)" */
    SLK_WIRE_CORRECTION, /* "(Corrects number in paragraph 2)": what it says was said before, and wrong */
    SLK_WIRE_CREDIT      /* "(Reporting by ...)" */
} slk_wire_kind;

typedef struct slk_wire { /* words of the agency around its story: a sentence of their own that tells nothing */
    slk_span span, place, date, agency; /* the last three of a dateline, empty where it has none */
    uint32_t sentence;
    slk_wire_kind kind;
} slk_wire;

struct slk_reading {
    slk_allocator mem;
    slk_arena arena;
    unsigned layers;
    const struct slk_kernel *kernel; /* the inner loops of the language net (language/kernels.h) */
    /* forms and what is known of them (language/words.h): kept from reading to reading and lent to this one, its own, and the
     * word of each token; NULL and empty once it is read */
    struct slk_words *kept_words, *own_words;
    SLK_LIST(struct slk_word *) words;
    struct slk_phrases *phrases; /* of the tables that begin at tokens, remembered (language/phrases.h) */
    SLK_LIST(uint64_t) heads;    /* of each token: its first eight bytes in small letters, zeros behind them */
    slk_report report;
    SLK_LIST(uint32_t) cp_marks; /* code points before every 256th byte of the text */
    SLK_LIST(slk_sentence) sentences;
    SLK_LIST(slk_token) tokens;
    SLK_LIST(slk_wire) wire;
    SLK_LIST(slk_noun) nouns;
    SLK_LIST(slk_pred) preds;
    SLK_LIST(slk_prep) preps;
    uint32_t *noun_of;   /* per token: the noun phrase that holds it, or SLK_NONE */
    uint32_t *clause_of; /* per token: the predicate in whose own clause it stands by the tree, or SLK_NONE */
    SLK_LIST(slk_name) names;
    SLK_LIST(slk_time) times;
    SLK_LIST(slk_quantity) quantities;
    SLK_LIST(slk_place) places;
    SLK_LIST(slk_actor) actors;
    SLK_LIST(slk_mention) mentions; /* of actors, in text order */
    SLK_LIST(slk_attribution) attributions;
    SLK_LIST(slk_predicate) predicates; /* in text order, where asked for */
    SLK_LIST(slk_event) events;
    SLK_LIST(slk_check) checks;
};

/* The first index i below n where `before`, an expression of i, is false; n where it never is. The list stands so that it is true
 * for a beginning of it: all lists of a reading stand in text order. O(log n). */
#define SLK_FIRST(i, n, before)                                                                                        \
    ({                                                                                                                 \
        uint32_t lo_ = 0, hi_ = (n);                                                                                   \
        while (lo_ < hi_) {                                                                                            \
            uint32_t i = lo_ + (hi_ - lo_) / 2;                                                                        \
            if (before)                                                                                                \
                lo_ = (i) + 1;                                                                                         \
            else                                                                                                       \
                hi_ = (i);                                                                                             \
        }                                                                                                              \
        lo_;                                                                                                           \
    })

/* Counts code points once, so that slk_reading_cp is O(1). Call it when report.text is set. */
SLK_MUST slk_err slk_reading_mark(slk_reading *r);

/* Bytes of a token, of a run of tokens, of a span. */
static inline slk_text slk_reading_text(const slk_reading *r, slk_span s) {
    slk_text t = slk_text_part(r->report.text, s.start, s.end);
    return t.at ? t : (slk_text){"", 0}; /* never a null pointer */
}
static inline slk_text slk_token_text(const slk_reading *r, uint32_t token) {
    return slk_reading_text(r, r->tokens.at[token].span);
}
slk_span slk_tokens_span(const slk_reading *r, slk_tokens t);
/* First token that ends after off_b (n tokens when none does). O(log n). */
uint32_t slk_token_at(const slk_reading *r, uint32_t off_b);
uint32_t slk_sentence_at(const slk_reading *r, uint32_t off_b); /* index of the sentence that holds or follows off_b */
const slk_wire *slk_wire_of(const slk_reading *r, uint32_t sentence); /* NULL: a sentence of the story */
bool slk_lemma_is(const slk_reading *r, uint32_t token, const char *lemma);

static inline bool slk_span_overlaps(slk_span a, slk_span b) { return a.start < b.end && b.start < a.end; }
static inline bool slk_span_holds(slk_span a, slk_span b) { return a.start <= b.start && b.end <= a.end; }
static inline bool slk_span_empty(slk_span s) { return s.start >= s.end; }

/* Lists of spans or ids, copied into the reading's arena. SLK_OK or SLK_ENOMEM. */
SLK_MUST slk_err slk_spans_one(slk_reading *r, slk_span s, slk_spans *out);
SLK_MUST slk_err slk_spans_copy(slk_reading *r, const slk_span *at, uint32_t n, slk_spans *out);
SLK_MUST slk_err slk_ids_copy(slk_reading *r, const uint32_t *at, uint32_t n, slk_ids *out);

#endif
