/* tell.c - from words to tellings: which words trigger an event, what was launched, who did it, when, and whether it is told as
 * done, planned, possible or not done. See told.h. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/told.h"

/* ---------------------------------------------------------------- looking around */

static uint32_t first_pred_of(const slk_reading *r, uint32_t sentence) {
    uint32_t lo = 0, hi = r->preds.n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (r->preds.at[mid].sentence < sentence)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

uint32_t slk_prep_from(const slk_reading *r, uint32_t token) {
    uint32_t lo = 0, hi = r->preps.n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (r->preps.at[mid].token < token)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

uint32_t slk_pred_around(const slk_reading *r, slk_span s) {
    uint32_t sentence = slk_sentence_at(r, s.start), best = SLK_NONE, length = UINT32_MAX;
    for (uint32_t i = first_pred_of(r, sentence); i < r->preds.n && r->preds.at[i].sentence == sentence; i++) {
        slk_span e = r->preds.at[i].extent;
        if (slk_span_holds(e, s) && e.end - e.start <= length) {
            best = i;
            length = e.end - e.start;
        }
    }
    return best;
}

uint32_t slk_attribution_around(const slk_reading *r, slk_span s) {
    uint32_t best = SLK_NONE, length = UINT32_MAX, lo = 0, hi = r->attributions.n;
    while (lo < hi) { /* the first whose cue ends behind the span's start: contents stand near their cues */
        uint32_t mid = lo + (hi - lo) / 2;
        if (r->attributions.at[mid].cue.at[0].end <= s.start)
            lo = mid + 1;
        else
            hi = mid;
    }
    uint32_t from = lo > 12 ? lo - 12 : 0, to = lo + 12 < r->attributions.n ? lo + 12 : r->attributions.n;
    for (uint32_t i = from; i < to; i++) {
        const slk_attribution *a = &r->attributions.at[i];
        for (uint32_t k = 0; k < a->content.n; k++) {
            uint32_t n = a->content.at[k].end - a->content.at[k].start;
            if (!slk_span_holds(a->content.at[k], s) || n >= length) continue;
            best = i;
            length = n;
        }
    }
    return best;
}

const char *slk_cue_value(const slk_pack *pack, slk_text phrase, const char *kind) {
    uint32_t row = slk_pack_find(pack, SLK_T_CUES, phrase);
    for (; row != SLK_NONE && row < slk_pack_rows(pack, SLK_T_CUES); row++) {
        if (!slk_text_eq(slk_pack_cell(pack, SLK_T_CUES, row, SLK_CUES_PHRASE), phrase)) return NULL;
        if (slk_text_is(slk_pack_cell(pack, SLK_T_CUES, row, SLK_CUES_KIND), kind))
            return slk_pack_str(pack, SLK_T_CUES, row, SLK_CUES_VALUE);
    }
    return NULL;
}

bool slk_cue_in(const slk_tellings *t, uint32_t first, uint32_t last, const char *kind, slk_span *words,
                const char **value) {
    slk_hit hits[12];
    for (uint32_t i = first; i < last && i < t->r->tokens.n; i++) {
        uint32_t start = t->r->tokens.at[i].span.start;
        uint32_t n = slk_pack_match(t->pack, t->r->report.text, start, hits, 12);
        for (uint32_t k = 0; k < n; k++) {
            if (hits[k].table != SLK_T_CUES) continue;
            if (!slk_text_is(slk_pack_cell(t->pack, SLK_T_CUES, hits[k].row, SLK_CUES_KIND), kind)) continue;
            *words = (slk_span){start, hits[k].end};
            *value = slk_pack_str(t->pack, SLK_T_CUES, hits[k].row, SLK_CUES_VALUE);
            return true;
        }
    }
    return false;
}

uint32_t slk_weapon_in(const slk_tellings *t, slk_span s) {
    uint32_t lo = 0, hi = t->weapons.n, best = SLK_NONE;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (t->weapons.at[mid].span.end <= s.start)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < t->weapons.n && t->weapons.at[lo].span.start < s.end; lo++) best = lo;
    return best;
}

const char *slk_state_of(const slk_reading *r, uint32_t actor) {
    const char *c = actor < r->actors.n ? r->actors.at[actor].country : "";
    if (strlen(c) != 3 || strcmp(c, "UNK") == 0 || strcmp(c, "IGO") == 0 || strcmp(c, "NGO") == 0) return NULL;
    return c;
}

static bool token_is(const slk_tellings *t, uint32_t token, const char *z) {
    return token < t->r->tokens.n && slk_text_is_fold(slk_token_text(t->r, token), z);
}

/* ---------------------------------------------------------------- weapons */

static const char *type_of_class(const char *c) {
    static const struct {
        const char *weapon_class, *type;
    } types[] = {
        {"cruise", "weapon-test.missile.cruise"},
        {"hypersonic", "weapon-test.missile.hypersonic"},
        {"SLBM", "weapon-test.missile.ballistic"},
        {"SRBM", "weapon-test.missile.ballistic"},
        {"MRBM", "weapon-test.missile.ballistic"},
        {"IRBM", "weapon-test.missile.ballistic"},
        {"ICBM", "weapon-test.missile.ballistic"},
        {"SLV", "space-launch"},
        {"MLRS", "artillery"},
        {"artillery", "artillery"},
        {"SAM", "weapon-test.missile.air-defence"},
        {"ABM", "weapon-test.missile.air-defence"},
        {"nuclear", "weapon-test.nuclear"},
    };
    for (size_t i = 0; c && i < sizeof types / sizeof *types; i++)
        if (strcmp(c, types[i].weapon_class) == 0) return types[i].type;
    return "weapon-test.missile";
}

static slk_err add_weapon(slk_tellings *t, uint32_t start, const slk_hit *h) {
    slk_weapon w = {.span = {start, h->end}, .table = h->table, .row = h->row};
    if (h->table == SLK_T_WEAPONS) {
        w.weapon_class = slk_pack_str(t->pack, SLK_T_WEAPONS, h->row, SLK_WEAPONS_CLASS);
        w.kind = "system";
        w.type = type_of_class(w.weapon_class);
    } else {
        w.weapon_class = slk_pack_str(t->pack, SLK_T_WEAPON_CLASSES, h->row, SLK_WEAPON_CLASSES_CLASS);
        w.kind = slk_pack_str(t->pack, SLK_T_WEAPON_CLASSES, h->row, SLK_WEAPON_CLASSES_KIND);
        w.type = slk_pack_str(t->pack, SLK_T_WEAPON_CLASSES, h->row, SLK_WEAPON_CLASSES_TYPE);
    }
    slk_err err = SLK_ROOM(&t->r->arena, &t->weapons, SLK_MAX_ITEMS);
    if (err == SLK_OK) t->weapons.at[t->weapons.n++] = w;
    return err;
}

static slk_err find_weapons(slk_tellings *t) {
    slk_hit hits[12];
    uint32_t end = 0;
    for (uint32_t i = 0; i < t->r->tokens.n; i++) {
        uint32_t start = t->r->tokens.at[i].span.start;
        if (start < end || t->r->tokens.at[i].upos == SLK_UPOS_PUNCT) continue;
        uint32_t n = slk_pack_match(t->pack, t->r->report.text, start, hits, 12);
        for (uint32_t k = 0; k < n; k++) {
            if (hits[k].table != SLK_T_WEAPONS && hits[k].table != SLK_T_WEAPON_CLASSES) continue;
            slk_err err = add_weapon(t, start, &hits[k]);
            if (err != SLK_OK) return err;
            end = hits[k].end;
            break;
        }
    }
    return SLK_OK;
}

/* ---------------------------------------------------------------- triggers */

static const char *event_cell(const slk_tellings *t, uint32_t row, int column) {
    const char *z = row == SLK_NONE ? NULL : slk_pack_str(t->pack, SLK_T_EVENTS, row, column);
    return z ? z : "";
}

/* The row of a lemma with this part of speech; SLK_NONE. */
static uint32_t event_row(const slk_tellings *t, slk_text lemma, char pos) {
    uint32_t row = slk_pack_find(t->pack, SLK_T_EVENTS, lemma);
    for (; row != SLK_NONE && row < slk_pack_rows(t->pack, SLK_T_EVENTS); row++) {
        if (!slk_text_eq(slk_pack_cell(t->pack, SLK_T_EVENTS, row, SLK_EVENTS_LEMMA), lemma)) return SLK_NONE;
        slk_text p = slk_pack_cell(t->pack, SLK_T_EVENTS, row, SLK_EVENTS_POS);
        if (p.n && p.at[0] == pos) return row;
    }
    return SLK_NONE;
}

/* The lemmas of n tokens from `token` on, joined as the table writes them ("shoot down", "test - fire"). */
static slk_text joined_lemmas(const slk_reading *r, uint32_t token, unsigned n, char out[96]) {
    size_t at = 0;
    for (unsigned i = 0; i < n; i++) {
        const char *lemma = token + i < r->tokens.n ? r->tokens.at[token + i].lemma : NULL;
        size_t k = lemma ? strlen(lemma) : 0;
        if (!k || at + k + 1 > 95) return (slk_text){NULL, 0};
        bool dash = strcmp(lemma, "-") == 0;
        bool after_dash = at && out[at - 1] == '-';
        if (at && !dash && !after_dash) out[at++] = ' ';
        memcpy(out + at, lemma, k);
        at += k;
    }
    return (slk_text){out, at};
}

/* The longest row for the lemma at a token, with what stands before a hyphen ("test-fired") or behind ("carried out"). */
static uint32_t longest_row(const slk_tellings *t, uint32_t token, char pos) {
    char z[96];
    if (token >= 2 && token_is(t, token - 1, "-")) {
        uint32_t row = event_row(t, joined_lemmas(t->r, token - 2, 3, z), pos);
        if (row != SLK_NONE) return row;
    }
    for (unsigned n = 3; n > 0; n--) {
        slk_text lemma = joined_lemmas(t->r, token, n, z);
        uint32_t row = lemma.n ? event_row(t, lemma, pos) : SLK_NONE;
        if (row != SLK_NONE) return row;
    }
    return SLK_NONE;
}

static slk_family family_of(const char *group) {
    static const char *const launch[] = {"launch", "fire", "test", "test-fire", "shoot", "detonate", "lob"};
    static const char *const flight[] = {"fly",   "land",  "fail", "explode",  "fall",  "travel",
                                         "crash", "reach", "hit",  "lift-off", "splash"};
    for (size_t i = 0; i < sizeof launch / sizeof *launch; i++)
        if (strcmp(group, launch[i]) == 0) return SLK_FAMILY_LAUNCH;
    for (size_t i = 0; i < sizeof flight / sizeof *flight; i++)
        if (strcmp(group, flight[i]) == 0) return SLK_FAMILY_FLIGHT;
    return SLK_FAMILY_DEED;
}

static bool is_light(const slk_tellings *t, uint32_t row) {
    const char *g = event_cell(t, row, SLK_EVENTS_GROUP);
    return strcmp(g, "conduct") == 0 || strcmp(g, "light") == 0;
}

static slk_span noun_span(const slk_reading *r, uint32_t noun) {
    return noun < r->nouns.n ? slk_tokens_span(r, r->nouns.at[noun].t) : (slk_span){0, 0};
}

/* What was launched: the weapon in a noun phrase or in what follows its "of". */
static void take_weapon(const slk_tellings *t, slk_told *x, uint32_t noun) {
    for (unsigned hop = 0; noun < t->r->nouns.n && hop < 3; hop++, noun = t->r->nouns.at[noun].of) {
        uint32_t w = slk_weapon_in(t, noun_span(t->r, noun));
        if (w == SLK_NONE) continue;
        x->weapon = w;
        x->weapon_noun = noun;
        return;
    }
}

static void take_actor(const slk_tellings *t, slk_told *x, uint32_t noun) {
    if (noun >= t->r->nouns.n || x->actor != SLK_NONE) return;
    uint32_t actor = slk_actor_of(t->r, noun_span(t->r, noun));
    if (actor == SLK_NONE) return;
    x->actor = actor;
    x->actor_words = noun_span(t->r, noun);
}

static void take_target(const slk_tellings *t, slk_told *x, uint32_t noun) {
    if (noun >= t->r->nouns.n || x->target != SLK_NONE) return;
    uint32_t actor = slk_actor_of(t->r, noun_span(t->r, noun));
    if (actor == SLK_NONE || actor == x->actor) return;
    x->target = actor;
    x->target_words = noun_span(t->r, noun);
}

/* The partner or target behind a preposition on the predicate: "met with X", "sanctions on X", "threat to X". */
static void take_preps(const slk_tellings *t, slk_told *x) {
    static const char *const toward[] = {"with", "on", "against", "to", "at", "of", "for", "between"};
    const slk_reading *r = t->r;
    const slk_sentence *s = &r->sentences.at[x->sentence];
    for (uint32_t i = slk_prep_from(r, s->first_token); i < r->preps.n; i++) {
        const slk_prep *p = &r->preps.at[i];
        if (p->token >= s->first_token + s->n_tokens) break;
        bool mine = (x->noun == SLK_NONE && p->pred == x->pred && x->pred != SLK_NONE) ||
                    (x->noun != SLK_NONE && p->on_noun == x->noun);
        if (!mine) continue;
        for (size_t k = 0; k < sizeof toward / sizeof *toward; k++)
            if (token_is(t, p->token, toward[k])) take_target(t, x, p->noun);
    }
}

/* ---------------------------------------------------------------- did it happen */

static slk_reality reality_of_value(const char *v, slk_reality otherwise) {
    if (!v) return otherwise;
    if (strcmp(v, "fact") == 0) return SLK_REAL_FACT;
    if (strcmp(v, "planned") == 0) return SLK_REAL_PLANNED;
    if (strcmp(v, "possible") == 0) return SLK_REAL_POSSIBLE;
    return strcmp(v, "not") == 0 ? SLK_REAL_NOT : otherwise;
}

static const char *governs(const slk_tellings *t, uint32_t pred) {
    char z[96];
    uint32_t head = t->r->preds.at[pred].verb.head;
    for (unsigned n = 2; n > 0; n--) {
        slk_text lemma = joined_lemmas(t->r, head, n, z);
        const char *v = lemma.n ? slk_cue_value(t->pack, lemma, "governs") : NULL;
        if (v) return v;
    }
    return NULL;
}

/* A predicate by its own form and, for infinitives, by the verb above it. */
static slk_reality reality_of_pred(const slk_tellings *t, uint32_t pred) {
    const slk_reading *r = t->r;
    const slk_pred *p = &r->preds.at[pred];
    if (p->mood == SLK_MOOD_FUTURE || p->mood == SLK_MOOD_OBLIGED) return SLK_REAL_PLANNED;
    if (p->mood == SLK_MOOD_CONDITION) return SLK_REAL_GENERIC;
    if (p->negated) return SLK_REAL_NOT;
    if (p->mood == SLK_MOOD_POSSIBLE) return SLK_REAL_POSSIBLE;
    bool infinitive = p->mood == SLK_MOOD_INFINITIVE || p->link == SLK_LINK_INFINITIVE;
    if (infinitive) {
        if (p->parent >= r->preds.n) return SLK_REAL_PLANNED;
        const slk_pred *up = &r->preds.at[p->parent];
        slk_reality above = reality_of_value(governs(t, p->parent), SLK_REAL_PLANNED);
        return up->negated && above == SLK_REAL_FACT ? SLK_REAL_NOT : above;
    }
    return p->mood == SLK_MOOD_HABIT ? SLK_REAL_GENERIC : SLK_REAL_FACT;
}

static bool plural_noun(const slk_tellings *t, uint32_t token) {
    const slk_token *k = &t->r->tokens.at[token];
    slk_text x = slk_token_text(t->r, token);
    return k->lemma && x.n && slk_lower(x.at[x.n - 1]) == 's' && !slk_text_is_fold(x, k->lemma);
}

static bool definite_start(const slk_tellings *t, uint32_t noun) {
    static const char *const words[] = {"the", "this", "that", "these", "those", "its", "their", "both", "his"};
    const slk_noun *n = &t->r->nouns.at[noun];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (token_is(t, n->t.first, words[i])) return true;
    return n->owner != SLK_NONE;
}

/* A noun by the words within and before it, then by the verb it hangs on. */
static slk_reality reality_of_noun(const slk_tellings *t, const slk_told *x) {
    const slk_reading *r = t->r;
    slk_tokens n = r->nouns.at[x->noun].t;
    slk_span words;
    const char *value;
    uint32_t sentence_first = r->sentences.at[x->sentence].first_token;
    uint32_t before = n.first >= sentence_first + 4 ? n.first - 4 : sentence_first;
    for (uint32_t i = before; i < n.last; i++) {
        if (!slk_cue_in(t, i, i + 1, "modifies", &words, &value)) continue;
        bool touches = i >= n.first || words.end + 1 >= r->tokens.at[n.first].span.start;
        if (touches) return reality_of_value(value, SLK_REAL_PLANNED);
    }
    slk_reality above = SLK_REAL_GENERIC;
    if (x->pred != SLK_NONE) {
        slk_reality own = reality_of_pred(t, x->pred);
        const char *v = governs(t, x->pred);
        above = reality_of_value(v, SLK_REAL_GENERIC);
        if (above == SLK_REAL_FACT && own != SLK_REAL_FACT) above = own;
        if (above == SLK_REAL_NOT && own == SLK_REAL_NOT) above = SLK_REAL_GENERIC; /* "did not deny" */
    }
    if (above == SLK_REAL_PLANNED || above == SLK_REAL_NOT || above == SLK_REAL_POSSIBLE) return above;
    if (x->time != SLK_NONE || x->definite) return SLK_REAL_FACT;
    return plural_noun(t, x->token) && above != SLK_REAL_FACT ? SLK_REAL_GENERIC : above;
}

/* ---------------------------------------------------------------- when */

/* The predicate that a time belongs to: the innermost around it. */
static slk_err place_times(slk_tellings *t) {
    t->time_pred = slk_arena_take(&t->r->arena, t->r->times.n * sizeof *t->time_pred);
    if (!t->time_pred) return SLK_ENOMEM;
    for (uint32_t i = 0; i < t->r->times.n; i++) t->time_pred[i] = slk_pred_around(t->r, t->r->times.at[i].span);
    return SLK_OK;
}

static uint32_t first_time_from(const slk_reading *r, uint32_t off_b) {
    uint32_t lo = 0, hi = r->times.n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (r->times.at[mid].span.start < off_b)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static bool is_point(const slk_time *x) { return x->type == SLK_TIME_DATE || x->type == SLK_TIME_TIME; }

static bool is_vague(const slk_time *x) {
    return x->value && (strcmp(x->value, "PRESENT_REF") == 0 || strcmp(x->value, "PAST_REF") == 0 ||
                        strcmp(x->value, "FUTURE_REF") == 0);
}

/* The time of a telling: for a verb, the nearest of its own clause; for a noun, one within or right behind its phrase. A clock
 * time wins over a day, a day over a month: the finer one says more. */
static uint32_t time_of(const slk_tellings *t, const slk_told *x) {
    const slk_reading *r = t->r;
    slk_span sentence = r->sentences.at[x->sentence].span, phrase = noun_span(r, x->noun);
    uint32_t best = SLK_NONE, best_far = UINT32_MAX;
    for (uint32_t i = first_time_from(r, sentence.start); i < r->times.n && r->times.at[i].span.start < sentence.end;
         i++) {
        const slk_time *z = &r->times.at[i];
        if (!is_point(z) || is_vague(z) || z->gloss_of != SLK_NONE) continue;
        bool near;
        if (x->noun == SLK_NONE)
            near = t->time_pred[i] == x->pred;
        else
            near = slk_span_overlaps(z->span, phrase) ||
                   (z->span.start >= phrase.end && z->span.start - phrase.end <= 12) ||
                   (z->span.end <= phrase.start && phrase.start - z->span.end <= 4);
        if (!near) continue;
        uint32_t far =
            z->span.start > x->trigger.start ? z->span.start - x->trigger.start : x->trigger.start - z->span.start + 40;
        if (far >= best_far) continue;
        best = i;
        best_far = far;
    }
    return best;
}

/* ---------------------------------------------------------------- verbs and nouns */

static slk_told blank(const slk_tellings *t, uint32_t token, uint32_t row) {
    const char *group = event_cell(t, row, SLK_EVENTS_GROUP);
    return (slk_told){.token = token,
                      .trigger = t->r->tokens.at[token].span,
                      .sentence = t->r->tokens.at[token].sentence,
                      .pred = SLK_NONE,
                      .noun = SLK_NONE,
                      .row = row,
                      .family = family_of(group),
                      .type = event_cell(t, row, SLK_EVENTS_TYPE),
                      .weapon = SLK_NONE,
                      .weapon_noun = SLK_NONE,
                      .actor = SLK_NONE,
                      .target = SLK_NONE,
                      .time = SLK_NONE,
                      .attribution = SLK_NONE,
                      .event = SLK_NONE};
}

/* Words that go with the head as one trigger: "test-fired", "test launch". */
static slk_span whole_trigger(const slk_tellings *t, uint32_t token) {
    slk_span s = t->r->tokens.at[token].span;
    if (token >= 2 && token_is(t, token - 1, "-") && t->r->tokens.at[token - 1].span.end == s.start)
        s.start = t->r->tokens.at[token - 2].span.start;
    return s;
}

static void set_type(const slk_tellings *t, slk_told *x) {
    if (x->weapon == SLK_NONE || x->family == SLK_FAMILY_DEED) return;
    const char *type = t->weapons.at[x->weapon].type;
    if (type && *type) x->type = type;
}

static slk_err add_told(slk_tellings *t, slk_told *x) {
    x->trigger = whole_trigger(t, x->token);
    x->attribution = slk_attribution_around(t->r, x->trigger);
    set_type(t, x);
    slk_err err = SLK_ROOM(&t->r->arena, &t->told, SLK_MAX_ITEMS);
    if (err == SLK_OK) t->told.at[t->told.n++] = *x;
    return err;
}

static void adverbs(const slk_tellings *t, slk_told *x) {
    const slk_pred *p = &t->r->preds.at[x->pred];
    uint32_t first = p->verb.first > t->r->sentences.at[x->sentence].first_token ? p->verb.first - 1 : p->verb.first;
    slk_span words;
    const char *value;
    if (slk_cue_in(t, first, p->verb.last, "adverb", &words, &value)) x->other = true;
}

/* "is", "was" with a weapon as subject: what it was. */
static bool describes_weapon(const slk_tellings *t, const slk_pred *p) {
    return slk_lemma_is(t->r, p->verb.head, "be") && p->subj < t->r->nouns.n &&
           slk_weapon_in(t, noun_span(t->r, p->subj)) != SLK_NONE;
}

static bool launch_without_thing(const slk_tellings *t, const slk_told *x) {
    return x->family == SLK_FAMILY_LAUNCH && x->weapon == SLK_NONE &&
           strcmp(event_cell(t, x->row, SLK_EVENTS_NEEDS), "none") != 0;
}

/* An explicit subject that is no state cannot launch: companies, clubs, crowds. Pronouns and bare roles are let pass. */
static bool subject_is_stranger(const slk_tellings *t, uint32_t noun) {
    if (noun >= t->r->nouns.n) return false;
    uint32_t actor = slk_actor_of(t->r, noun_span(t->r, noun));
    if (actor != SLK_NONE)
        return slk_state_of(t->r, actor) == NULL && strcmp(t->r->actors.at[actor].sector, "MIL") != 0;
    uint32_t head = t->r->nouns.at[noun].t.head;
    return t->r->tokens.at[head].upos != SLK_UPOS_PRON && slk_weapon_in(t, noun_span(t->r, noun)) == SLK_NONE;
}

static slk_err tell_verb(slk_tellings *t, uint32_t pred) {
    const slk_pred *p = &t->r->preds.at[pred];
    uint32_t row = longest_row(t, p->verb.head, 'v');
    bool describes = row == SLK_NONE && describes_weapon(t, p);
    if ((row == SLK_NONE && !describes) || (row != SLK_NONE && is_light(t, row))) return SLK_OK;
    slk_told x = blank(t, p->verb.head, row);
    x.pred = pred;
    if (describes) x.family = SLK_FAMILY_FLIGHT;
    if (p->passive) {
        take_weapon(t, &x, p->obj != SLK_NONE ? p->obj : p->subj);
        take_actor(t, &x, p->agent);
    } else {
        take_weapon(t, &x, x.family == SLK_FAMILY_FLIGHT ? p->subj : p->obj);
        if (x.family != SLK_FAMILY_FLIGHT) take_actor(t, &x, p->subj);
        if (x.family == SLK_FAMILY_LAUNCH && x.weapon == SLK_NONE &&
            p->obj == SLK_NONE) { /* "a missile launched at dawn" */
            take_weapon(t, &x, p->subj);
            if (x.weapon != SLK_NONE) x.actor = SLK_NONE;
        }
    }
    if (launch_without_thing(t, &x)) return SLK_OK;
    if (x.family == SLK_FAMILY_FLIGHT && x.weapon == SLK_NONE) return SLK_OK;
    if (x.family == SLK_FAMILY_LAUNCH && subject_is_stranger(t, p->passive ? p->agent : p->subj)) return SLK_OK;
    if (x.family == SLK_FAMILY_DEED) {
        take_target(t, &x, p->passive ? p->subj : p->obj);
        take_preps(t, &x);
    }
    x.time = time_of(t, &x);
    adverbs(t, &x);
    x.reality = reality_of_pred(t, pred);
    if (x.reality == SLK_REAL_GENERIC && x.time != SLK_NONE && p->mood == SLK_MOOD_HABIT) x.reality = SLK_REAL_FACT;
    return add_told(t, &x);
}

/* The predicate that a noun phrase hangs on as object or subject, directly or through one preposition. */
static uint32_t pred_of_noun(const slk_tellings *t, uint32_t noun) {
    const slk_reading *r = t->r;
    uint32_t sentence = r->tokens.at[r->nouns.at[noun].t.first].sentence;
    for (uint32_t i = first_pred_of(r, sentence); i < r->preds.n && r->preds.at[i].sentence == sentence; i++)
        if (r->preds.at[i].obj == noun || r->preds.at[i].subj == noun) return i;
    return SLK_NONE;
}

static void noun_sequence(const slk_tellings *t, slk_told *x) {
    slk_tokens n = t->r->nouns.at[x->noun].t;
    slk_span words;
    const char *value;
    if (slk_cue_in(t, n.first, n.last, "sequence", &words, &value)) {
        bool latest = strcmp(value, "latest") == 0;
        x->other = !latest;
        if (latest) x->definite = true;
    }
}

static slk_err tell_noun(slk_tellings *t, uint32_t noun) {
    const slk_reading *r = t->r;
    const slk_noun *n = &r->nouns.at[noun];
    uint8_t upos = r->tokens.at[n->t.head].upos;
    if (upos != SLK_UPOS_NOUN && upos != SLK_UPOS_PROPN) return SLK_OK;
    uint32_t row = longest_row(t, n->t.head, 'n');
    if (row == SLK_NONE) return SLK_OK;
    slk_told x = blank(t, n->t.head, row);
    x.noun = noun;
    x.pred = pred_of_noun(t, noun);
    take_weapon(t, &x, noun);
    take_actor(t, &x, n->owner);
    take_actor(t, &x, n->by);
    take_actor(t, &x, noun);
    bool light = x.pred != SLK_NONE && is_light(t, longest_row(t, r->preds.at[x.pred].verb.head, 'v'));
    if (x.pred != SLK_NONE && light) {
        take_actor(t, &x, r->preds.at[x.pred].passive ? r->preds.at[x.pred].agent : r->preds.at[x.pred].subj);
        if (x.family == SLK_FAMILY_LAUNCH && x.actor == SLK_NONE && subject_is_stranger(t, r->preds.at[x.pred].subj))
            return SLK_OK;
    }
    x.definite = definite_start(t, noun);
    noun_sequence(t, &x);
    if (launch_without_thing(t, &x) && !x.definite) return SLK_OK;
    if (x.family == SLK_FAMILY_DEED) take_preps(t, &x);
    x.time = time_of(t, &x);
    if (x.time == SLK_NONE && light) {
        slk_told as_verb = x;
        as_verb.noun = SLK_NONE;
        x.time = time_of(t, &as_verb);
    }
    x.reality = reality_of_noun(t, &x);
    return add_told(t, &x);
}

static int by_place(const void *a, const void *b) {
    const slk_told *x = a, *y = b;
    return x->trigger.start < y->trigger.start ? -1 : x->trigger.start > y->trigger.start;
}

slk_err slk_tellings_find(slk_tellings *t) {
    slk_err err = find_weapons(t);
    if (err == SLK_OK) err = place_times(t);
    for (uint32_t i = 0; err == SLK_OK && i < t->r->preds.n; i++) err = tell_verb(t, i);
    for (uint32_t i = 0; err == SLK_OK && i < t->r->nouns.n; i++) err = tell_noun(t, i);
    if (err == SLK_OK && t->told.n) qsort(t->told.at, t->told.n, sizeof *t->told.at, by_place);
    return err;
}
