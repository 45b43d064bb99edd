/* refer.c - what stands for an actor later in the report: the family name of a person, an abbreviation told in brackets,
 * nouns with "the", pronouns. Then mentions are put into text order and handed out to their actors. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/naming.h"

slk_err slk_mention_add(slk_naming *f, slk_span span, uint32_t actor, bool pronoun) {
    slk_err err = SLK_ROOM(&f->r->arena, &f->r->mentions, SLK_MAX_ITEMS);
    if (err == SLK_OK) f->r->mentions.at[f->r->mentions.n++] = (slk_mention){span, actor, pronoun};
    return err;
}

/* ---------------------------------------------------------------- short names */

typedef struct shorty { /* a word that stands for an actor: a family name, an abbreviation */
    slk_text word;
    uint32_t actor;
    uint32_t from; /* mention by which the report has named the actor in full */
} shorty;

typedef struct shorties {
    shorty *at;
    uint32_t n, cap;
} shorties;

static slk_err add_shorty(slk_naming *f, shorties *list, slk_text word, uint32_t actor, uint32_t from) {
    if (word.n < 2 || !slk_is_upper(word.at[0])) return SLK_OK;
    slk_err err = SLK_ROOM(&f->r->arena, list, SLK_MAX_ITEMS);
    if (err == SLK_OK) list->at[list->n++] = (shorty){word, actor, from};
    return err;
}

/* States whose family names come first. */
static bool family_first(const char *country) {
    static const char *const codes[] = {"PRK", "KOR", "CHN", "TWN", "VNM", "HKG"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(country, codes[i]) == 0) return true;
    return false;
}

static slk_err add_family_name(slk_naming *f, shorties *list, uint32_t mention) {
    const slk_mention *m = &f->r->mentions.at[mention];
    const slk_actor *a = &f->r->actors.at[m->actor];
    slk_text name = slk_text_of(a->name), rest = name, piece, first = {"", 0}, last = {"", 0};
    while (slk_text_split(&rest, ' ', &piece)) {
        if (first.n == 0) first = piece;
        last = piece;
    }
    if (first.n == name.n) return SLK_OK; /* one word only */
    return add_shorty(f, list, family_first(a->country) ? first : last, m->actor, mention);
}

/* "the National Intelligence Service (NIS)": a word of capitals in brackets right behind a mention. */
static slk_err add_abbreviation(slk_naming *f, shorties *list, uint32_t mention) {
    const slk_reading *r = f->r;
    const slk_mention *m = &r->mentions.at[mention];
    uint32_t t = slk_token_at(r, m->span.end);
    if (!slk_token_is(r, t, slk_text_of("(")) || !slk_token_is(r, t + 2, slk_text_of(")"))) return SLK_OK;
    slk_text word = slk_token_text(r, t + 1);
    if (word.n > 8 || f->keys.at[m->actor][0] == 'c') return SLK_OK;
    for (uint32_t i = 0; i < word.n; i++)
        if (!slk_is_upper(word.at[i])) return SLK_OK;
    return add_shorty(f, list, word, m->actor, mention);
}

static int by_word(const void *a, const void *b) {
    const shorty *x = a, *y = b;
    int c = slk_text_cmp(x->word, y->word);
    return c ? c : x->from < y->from ? -1 : x->from > y->from;
}

/* The actor that a word stands for at a place of the text: the last one named in full before it; SLK_NONE. O(log n). */
static uint32_t short_for(const slk_naming *f, const shorties *list, slk_text word, uint32_t off_b) {
    uint32_t lo = 0, hi = list->n;
    while (lo < hi) { /* the first entry behind all that fit */
        uint32_t mid = lo + (hi - lo) / 2;
        int c = slk_text_cmp(list->at[mid].word, word);
        if (c < 0 || (c == 0 && f->r->mentions.at[list->at[mid].from].span.start < off_b))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo > 0 && slk_text_eq(list->at[lo - 1].word, word) ? list->at[lo - 1].actor : SLK_NONE;
}

static slk_err collect_shorties(slk_naming *f, shorties *list) {
    slk_err err = SLK_OK;
    for (uint32_t i = 0; i < f->r->mentions.n && err == SLK_OK; i++) {
        if (f->keys.at[f->r->mentions.at[i].actor][0] == 'p') err = add_family_name(f, list, i);
        if (err == SLK_OK) err = add_abbreviation(f, list, i);
    }
    if (list->n) qsort(list->at, list->n, sizeof *list->at, by_word);
    return err;
}

/* Names that no mention holds yet and that stand for somebody named in full before. */
static slk_err find_short_names(slk_naming *f) {
    slk_reading *r = f->r;
    shorties list = {0};
    slk_err err = collect_shorties(f, &list);
    uint32_t next = 0, n = r->mentions.n;
    for (uint32_t t = 0; t < r->tokens.n && list.n && err == SLK_OK; t++) {
        slk_span span = r->tokens.at[t].span;
        while (next < n && r->mentions.at[next].span.end <= span.start) next++;
        if (next < n && slk_span_overlaps(r->mentions.at[next].span, span)) continue;
        if (!slk_is_upper(r->report.text.at[span.start]) || r->tokens.at[t].upos == SLK_UPOS_PUNCT) continue;
        uint32_t actor = short_for(f, &list, slk_token_text(r, t), span.start);
        if (actor != SLK_NONE) err = slk_mention_add(f, span, actor, false);
    }
    return err;
}

/* ---------------------------------------------------------------- definite nouns */

bool slk_named_by(slk_text name, slk_text word) {
    size_t first = 0, last = 0;
    if (name.n < word.n) return false;
    while (first < word.n && slk_lower(name.at[first]) == slk_lower(word.at[first])) first++;
    while (last < word.n && slk_lower(name.at[name.n - 1 - last]) == slk_lower(word.at[word.n - 1 - last])) last++;
    return (first == word.n && (name.n == word.n || name.at[word.n] == ' ')) ||
           (last == word.n && (name.n == word.n || name.at[name.n - word.n - 1] == ' '));
}

/* "the bank" behind "Harbin Bank", in mentions before `upto`: the body told last whose name holds the word; SLK_NONE. */
static uint32_t body_by_word(const slk_naming *f, slk_text word, uint32_t upto) {
    enum { MENTIONS = 40 };
    for (uint32_t i = upto; i > 0 && upto - i < MENTIONS; i--) {
        uint32_t actor = f->r->mentions.at[i - 1].actor;
        const char *key = f->keys.at[actor];
        if (key[0] == 'o' && slk_named_by(slk_text_of(key + 2), word)) return actor;
    }
    return SLK_NONE;
}

/* Nouns with "the" that no mention holds yet and that repeat the word for what a body is. */
static slk_err find_definite_nouns(slk_naming *f) {
    slk_reading *r = f->r;
    uint32_t before = 0, n = r->mentions.n;
    for (uint32_t t = 1; t < r->tokens.n; t++) {
        const slk_token *at = &r->tokens.at[t];
        while (before < n && r->mentions.at[before].span.start < at->span.start) before++;
        if (at->upos != SLK_UPOS_NOUN || !slk_naming_word(f, t - 1, "the") ||
            slk_is_upper(r->report.text.at[at->span.start]))
            continue;
        if (before < n && slk_span_overlaps(r->mentions.at[before].span, at->span)) continue;
        if (before > 0 && slk_span_overlaps(r->mentions.at[before - 1].span, at->span)) continue;
        bool alone =
            t + 1 == r->tokens.n || (r->tokens.at[t + 1].upos != SLK_UPOS_NOUN && !slk_naming_word(f, t + 1, "of"));
        uint32_t actor = alone ? body_by_word(f, slk_token_text(r, t), before) : SLK_NONE;
        slk_err err = actor == SLK_NONE ? SLK_OK : slk_mention_add(f, at->span, actor, false);
        if (err != SLK_OK) return err;
    }
    return SLK_OK;
}

/* ---------------------------------------------------------------- pronouns */

slk_err slk_subjects_mark(slk_naming *f) {
    const slk_reading *r = f->r;
    f->subject = slk_arena_take(&f->r->arena, (size_t)r->tokens.n + 1);
    if (!f->subject) return SLK_ENOMEM;
    for (uint32_t i = 0; i < r->preds.n; i++) {
        uint32_t noun = r->preds.at[i].subj;
        if (noun >= r->nouns.n) continue;
        for (uint32_t t = r->nouns.at[noun].t.first; t < r->nouns.at[noun].t.last; t++) f->subject[t] = true;
    }
    return SLK_OK;
}

static bool is_subject(const slk_naming *f, slk_span s) {
    for (uint32_t t = slk_token_at(f->r, s.start); t < f->r->tokens.n && f->r->tokens.at[t].span.start < s.end; t++)
        if (f->subject[t]) return true;
    return false;
}

slk_gender slk_pronoun_of(slk_text t) {
    static const struct {
        const char *word;
        slk_gender gender;
    } words[] = {{"he", SLK_PERSON_PRONOUN},  {"she", SLK_PERSON_PRONOUN},  {"his", SLK_PERSON_PRONOUN},
                 {"her", SLK_PERSON_PRONOUN}, {"him", SLK_PERSON_PRONOUN},  {"it", SLK_THING_PRONOUN},
                 {"its", SLK_THING_PRONOUN},  {"they", SLK_PLURAL_PRONOUN}, {"their", SLK_PLURAL_PRONOUN},
                 {"them", SLK_PLURAL_PRONOUN}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slk_text_is_fold(t, words[i].word)) return words[i].gender;
    return SLK_NO_PRONOUN;
}

static slk_sex sex_of(const slk_naming *f, uint32_t token) {
    static const char *const he[] = {"he", "him", "his", "mr", "mr.", "sir", "king", "prince", "lord", "emperor"};
    static const char *const she[] = {"she", "her", "mrs", "mrs.", "ms", "ms.", "miss", "lady", "queen", "princess"};
    for (size_t i = 0; i < sizeof he / sizeof *he; i++) {
        if (slk_naming_word(f, token, he[i])) return SLK_SEX_HE;
        if (slk_naming_word(f, token, she[i])) return SLK_SEX_SHE;
    }
    return SLK_SEX_UNKNOWN;
}

/* "spokeswoman", "chairman". */
static slk_sex sex_of_role(const char *role) {
    size_t n = role ? strlen(role) : 0;
    if (n > 5 && strcmp(role + n - 5, "woman") == 0) return SLK_SEX_SHE;
    return n > 3 && strcmp(role + n - 3, "man") == 0 ? SLK_SEX_HE : SLK_SEX_UNKNOWN;
}

/* Whether titles and offices make a person he or she. */
static slk_err note_sexes(slk_naming *f) {
    const slk_reading *r = f->r;
    f->sex = slk_arena_take(&f->r->arena, (size_t)r->actors.n + 1);
    if (!f->sex) return SLK_ENOMEM;
    for (uint32_t i = 0; i < r->mentions.n; i++) {
        const slk_mention *m = &r->mentions.at[i];
        if (f->keys.at[m->actor][0] != 'p' || f->sex[m->actor]) continue;
        uint32_t t = slk_token_at(r, m->span.start);
        slk_sex sex = sex_of(f, t);
        if (!sex && t > 0) sex = sex_of(f, t - (slk_naming_word(f, t - 1, ".") && t > 1 ? 2 : 1));
        if (!sex) sex = sex_of_role(r->actors.at[m->actor].role);
        f->sex[m->actor] = (uint8_t)sex;
    }
    return SLK_OK;
}

/* May an actor be meant by a pronoun: "he" a person, and not one that is she; "it" a state or body, "they" anybody but one person. */
static bool fits(const slk_naming *f, uint32_t actor, slk_gender g, slk_sex sex) {
    bool person = actor < f->keys.n && f->keys.at[actor][0] == 'p';
    if (person && f->sex && f->sex[actor] && sex && f->sex[actor] != sex) return false;
    return (g == SLK_PERSON_PRONOUN) == person;
}

#define LOOK_BACK 24u /* mentions */

/* Does a verb of saying follow a mention: "Kyiv also said", "KCNA reported"? */
static bool speaks(const slk_naming *f, slk_span span) {
    const slk_reading *r = f->r;
    uint32_t t = slk_token_at(r, span.end);
    for (unsigned i = 0; i < 3 && t < r->tokens.n; i++, t++)
        if (r->tokens.at[t].upos != SLK_UPOS_ADV && r->tokens.at[t].upos != SLK_UPOS_AUX) break;
    const char *lemma = t < r->tokens.n && r->tokens.at[t].upos == SLK_UPOS_VERB ? r->tokens.at[t].lemma : NULL;
    return lemma && slk_pack_find(f->pack, SLK_T_REPORTING, slk_text_of(lemma)) != SLK_NONE;
}

/* The nearest fitting subject of its own sentence; else, of the nearest sentence of the two before, the last one that speaks ("Kyiv
 * said Moscow had used it. It showed"), else its last one; else the nearest fitting actor. */
uint32_t slk_antecedent(const slk_naming *f, uint32_t token, slk_gender g, uint32_t upto) {
    const slk_reading *r = f->r;
    slk_sex sex = sex_of(f, token);
    uint32_t own = r->tokens.at[token].sentence, nearest = SLK_NONE, subject = SLK_NONE, of = SLK_NONE;
    for (uint32_t i = upto; i > 0 && upto - i < LOOK_BACK; i--) {
        const slk_mention *m = &r->mentions.at[i - 1];
        uint32_t sentence = slk_sentence_at(r, m->span.start);
        if (own - sentence > 2 || (subject != SLK_NONE && sentence != of)) break;
        if (m->pronoun || !fits(f, m->actor, g, sex)) continue;
        if (nearest == SLK_NONE) nearest = m->actor;
        if (!is_subject(f, m->span)) continue;
        if (sentence == own || speaks(f, m->span)) return m->actor;
        if (subject == SLK_NONE) subject = m->actor;
        of = sentence;
    }
    return subject != SLK_NONE ? subject : nearest;
}

/* Pronouns are put between the other mentions in text order. */
static slk_err find_pronouns(slk_naming *f) {
    slk_reading *r = f->r;
    uint32_t before = 0, n = r->mentions.n;
    for (uint32_t t = 0; t < r->tokens.n; t++) {
        bool may_be = r->tokens.at[t].upos == SLK_UPOS_PRON || r->tokens.at[t].upos == SLK_UPOS_DET;
        slk_gender g = may_be ? slk_pronoun_of(slk_token_text(r, t)) : SLK_NO_PRONOUN;
        if (g == SLK_NO_PRONOUN) continue;
        while (before < n && r->mentions.at[before].span.start < r->tokens.at[t].span.start) before++;
        uint32_t actor = slk_antecedent(f, t, g, before);
        if (actor == SLK_NONE) continue;
        if (g == SLK_PERSON_PRONOUN && !f->sex[actor]) f->sex[actor] = (uint8_t)sex_of(f, t);
        slk_err err = slk_mention_add(f, r->tokens.at[t].span, actor, true);
        if (err != SLK_OK) return err;
    }
    return SLK_OK;
}

/* Merges what was found later (behind the first n) into text order. */
static slk_err sort_mentions(slk_naming *f, uint32_t n) {
    slk_reading *r = f->r;
    uint32_t all = r->mentions.n, a = 0, b = n;
    slk_mention *sorted = slk_arena_take(&r->arena, all * sizeof *sorted);
    if (!sorted) return SLK_ENOMEM;
    for (uint32_t i = 0; i < all; i++) {
        bool left = b == all || (a < n && r->mentions.at[a].span.start <= r->mentions.at[b].span.start);
        sorted[i] = r->mentions.at[left ? a++ : b++];
    }
    r->mentions.at = sorted;
    r->mentions.cap = all;
    return SLK_OK;
}

/* Gives each actor the list of its mentions (pronouns left out: they are no names). */
static slk_err hand_out(slk_naming *f) {
    slk_reading *r = f->r;
    uint32_t *count = slk_arena_take(&r->arena, (r->actors.n + 1) * sizeof *count);
    slk_span *all = slk_arena_take(&r->arena, r->mentions.n * sizeof *all);
    if (!count || !all) return SLK_ENOMEM;
    for (uint32_t i = 0; i < r->mentions.n; i++)
        if (!r->mentions.at[i].pronoun) count[r->mentions.at[i].actor + 1]++;
    for (uint32_t i = 0; i < r->actors.n; i++) {
        count[i + 1] += count[i];
        r->actors.at[i].mentions = (slk_spans){all + count[i], 0};
    }
    for (uint32_t i = 0; i < r->mentions.n; i++) {
        slk_actor *a = &r->actors.at[r->mentions.at[i].actor];
        if (r->mentions.at[i].pronoun) continue;
        all[(size_t)(a->mentions.at - all) + a->mentions.n++] = r->mentions.at[i].span;
    }
    return SLK_OK;
}

slk_err slk_refer_find(slk_naming *f) {
    uint32_t n = f->r->mentions.n;
    slk_err err = find_short_names(f);
    if (err == SLK_OK) err = sort_mentions(f, n);
    n = f->r->mentions.n;
    if (err == SLK_OK) err = find_definite_nouns(f);
    if (err == SLK_OK) err = sort_mentions(f, n);
    n = f->r->mentions.n;
    if (err == SLK_OK) err = note_sexes(f);
    if (err == SLK_OK) err = find_pronouns(f);
    if (err == SLK_OK) err = sort_mentions(f, n);
    return err == SLK_OK ? hand_out(f) : err;
}

uint32_t slk_actor_of(const slk_reading *r, slk_span s) {
    uint32_t lo = SLK_FIRST(i, r->mentions.n, r->mentions.at[i].span.end <= s.start);
    uint32_t best = SLK_NONE; /* the last mention inside leads: in "Japan's coast guard" nothing else is nested */
    for (; lo < r->mentions.n && r->mentions.at[lo].span.start < s.end; lo++) best = r->mentions.at[lo].actor;
    return best;
}
