/* words.c - the words of enums as the output writes them, in the order of sillok.h. A value out of range gives "". */
#include "base/words.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *word_of(const char *const *list, size_t n, unsigned i) { return i < n ? list[i] : ""; }

static int index_of(const char *const *list, size_t n, slk_text word) {
    for (size_t i = 0; i < n; i++)
        if (slk_text_is(word, list[i])) return (int)i;
    return -1;
}

static const char *const upos_words[] = {"X",   "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN",
                                         "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB"};
static const char *const bound_words[] = {"exact", "about", "at-least", "at-most", "more-than", "less-than", "vague"};
static const char *const stance_words[] = {"reports",    "confirms",        "claims",   "alleges",   "denies",
                                           "condemns",   "demands",         "promises", "threatens", "expects",
                                           "speculates", "declines-to-say", "asks"};
static const char *const certainty_words[] = {"CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "CTu", "Uu"};
static const char *const event_certainty_words[] = {"confirmed", "reported",   "claimed", "alleged",       "denied",
                                                    "disputed",  "speculated", "planned", "did-not-happen"};
static const char *const field_words[] = {"actor",    "target",  "instrument", "weapon",     "weapon_class", "time",
                                          "origin",   "landing", "direction",  "distance",   "altitude",     "speed",
                                          "duration", "count",   "outcome",    "casualties", "purpose"};
static const char *const basis_words[] = {"stated", "resolved", "computed", "assumed"};
static const char *const check_words[] = {"zone",          "unit",        "weekday", "distance",    "direction",
                                          "nth-in-window", "first-since", "count",   "anniversary", "other"};
static const char *const verdict_words[] = {"agrees", "disagrees", "cannot-tell"};
static const char *const name_type_words[] = {"PER", "ORG", "LOC", "GPE", "FAC", "WEAPON", "EVENT", "MISC"};
static const char *const time_type_words[] = {"DATE", "TIME", "DURATION", "SET"};
static const char *const published_basis_words[] = {"unknown", "given", "metadata", "url", "dateline", "inferred"};

const char *slk_upos_word(unsigned upos) { return word_of(upos_words, COUNT(upos_words), (unsigned)upos); }
const char *slk_bound_word(slk_bound b) { return word_of(bound_words, COUNT(bound_words), (unsigned)b); }
const char *slk_stance_word(slk_stance s) { return word_of(stance_words, COUNT(stance_words), (unsigned)s); }
const char *slk_certainty_word(slk_certainty c) {
    return word_of(certainty_words, COUNT(certainty_words), (unsigned)c);
}
const char *slk_event_certainty_word(slk_event_certainty c) {
    return word_of(event_certainty_words, COUNT(event_certainty_words), (unsigned)c);
}
const char *slk_field_word(slk_field_name f) { return word_of(field_words, COUNT(field_words), (unsigned)f); }
const char *slk_basis_word(slk_basis b) { return word_of(basis_words, COUNT(basis_words), (unsigned)b); }
const char *slk_check_word(slk_check_kind k) { return word_of(check_words, COUNT(check_words), (unsigned)k); }
const char *slk_verdict_word(slk_verdict v) { return word_of(verdict_words, COUNT(verdict_words), (unsigned)v); }
const char *slk_name_type_word(slk_name_type t) {
    return word_of(name_type_words, COUNT(name_type_words), (unsigned)t);
}
const char *slk_time_type_word(slk_time_type t) {
    return word_of(time_type_words, COUNT(time_type_words), (unsigned)t);
}
const char *slk_published_basis_word(slk_published_basis b) {
    return word_of(published_basis_words, COUNT(published_basis_words), (unsigned)b);
}

int slk_upos_of(slk_text word) { return index_of(upos_words, COUNT(upos_words), word); }
int slk_bound_of(slk_text word) { return index_of(bound_words, COUNT(bound_words), word); }
int slk_stance_of(slk_text word) { return index_of(stance_words, COUNT(stance_words), word); }
int slk_certainty_of(slk_text word) { return index_of(certainty_words, COUNT(certainty_words), word); }
int slk_event_certainty_of(slk_text word) {
    return index_of(event_certainty_words, COUNT(event_certainty_words), word);
}
int slk_field_of(slk_text word) { return index_of(field_words, COUNT(field_words), word); }
int slk_basis_of(slk_text word) { return index_of(basis_words, COUNT(basis_words), word); }
int slk_check_of(slk_text word) { return index_of(check_words, COUNT(check_words), word); }
int slk_verdict_of(slk_text word) { return index_of(verdict_words, COUNT(verdict_words), word); }
int slk_published_basis_of(slk_text word) {
    return index_of(published_basis_words, COUNT(published_basis_words), word);
}
