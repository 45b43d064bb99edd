/* clause.c - how predicates hang together: what is said, what describes, what only goes along; and how far each clause reaches. Links
 * come from the words between clauses and from the verbs of saying; extents from the beginnings of the clauses that follow. */
#include <string.h>

#include "language/predicate.h"

static const char *const relative[] = {"which", "who", "whom", "whose"};
static const char *const adverbial[] = {"after", "as",     "while", "when",   "because", "although", "though",
                                        "since", "before", "if",    "unless", "until",   "once",     "whereas",
                                        "lest",  "amid",   "till",  "so",     "despite", "without",  "by"};
static const char *const complement[] = {"that", "whether", "how", "why", "where", "what"};
static const char *const coordinate[] = {"and", "but", "or", "nor"};

typedef struct linker {
    const slk_pack *pack;
    slk_reading *r;
    uint32_t first, last;             /* predicates of the sentence */
    uint32_t first_token, last_token; /* its tokens */
    uint32_t *start;                  /* per predicate: the token its clause begins with, the connective included */
} linker;

/* The noun phrase that stands before the verb and belongs to it. */
static uint32_t own_subject(const slk_reading *r, const slk_pred *p) {
    uint32_t n = p->subj != SLK_NONE ? p->subj : p->passive ? p->obj : SLK_NONE;
    return n != SLK_NONE && r->nouns.at[n].t.first < p->verb.first ? n : SLK_NONE;
}

/* The relative pronoun right before the verb group or its subject; SLK_NONE. "that" is one unless a verb of saying stands before. */
static uint32_t relative_before(const linker *l, uint32_t t) {
    while (t > l->first_token && slk_upos_at(l->r, t - 1) == SLK_UPOS_ADV) t--;
    if (t == l->first_token) return SLK_NONE;
    if (SLK_WORD_IN(l->r, t - 1, relative)) return t - 1;
    if (!slk_word_is(l->r, t - 1, "that") || t < l->first_token + 2) return SLK_NONE;
    uint8_t before = slk_upos_at(l->r, t - 2);
    return before == SLK_UPOS_NOUN || before == SLK_UPOS_PROPN ? t - 1 : SLK_NONE;
}

/* The last predicate before a token; SLK_NONE. */
static uint32_t pred_before(const linker *l, uint32_t token) {
    for (uint32_t i = l->last; i > l->first; i--)
        if (l->r->preds.at[i - 1].verb.head < token) return i - 1;
    return SLK_NONE;
}

static bool is_clause(slk_link link) {
    return link == SLK_LINK_ROOT || link == SLK_LINK_COMPLEMENT || link == SLK_LINK_QUOTE ||
           link == SLK_LINK_COORDINATE;
}

/* The last clause of its own before predicate i. */
static uint32_t clause_before(const linker *l, uint32_t i) {
    while (i-- > l->first)
        if (is_clause(l->r->preds.at[i].link)) return i;
    return SLK_NONE;
}

static uint32_t root_behind(const linker *l, uint32_t i) {
    for (uint32_t k = i + 1; k < l->last; k++)
        if (l->r->preds.at[k].link == SLK_LINK_ROOT) return k;
    return SLK_NONE;
}

static bool only_time_between(const linker *l, uint32_t from, uint32_t to) {
    for (uint32_t t = from; t < to; t++) {
        uint8_t upos = slk_upos_at(l->r, t);
        slk_hit h;
        if (upos == SLK_UPOS_ADV || upos == SLK_UPOS_NUM || slk_word_is(l->r, t, "on") || slk_word_is(l->r, t, "in"))
            continue;
        if (slk_word_is(l->r, t, "a") || slk_word_is(l->r, t, "statement")) continue;
        if (!slk_pack_match_in(l->pack, l->r->report.text, l->r->tokens.at[t].span.start, SLK_T_CALENDAR, &h))
            return false;
    }
    return true;
}

static void hang(linker *l, uint32_t i, slk_link link, uint32_t parent) {
    slk_pred *p = &l->r->preds.at[i];
    p->link =
        parent == SLK_NONE && link != SLK_LINK_RELATIVE && link != SLK_LINK_PARTICIPLE && link != SLK_LINK_ADVERBIAL
            ? (link == SLK_LINK_INFINITIVE ? link : SLK_LINK_ROOT)
            : link;
    p->parent = parent;
}

/* ---------------------------------------------------------------- one predicate */

static bool link_relative(linker *l, uint32_t i) {
    slk_pred *p = &l->r->preds.at[i];
    uint32_t subject = own_subject(l->r, p), pronoun = relative_before(l, p->verb.first);
    if (pronoun == SLK_NONE && subject != SLK_NONE) pronoun = relative_before(l, slk_noun_start(l->r, subject));
    if (pronoun == SLK_NONE) return false;
    uint32_t up = pred_before(l, pronoun);
    if (slk_word_is(l->r, pronoun, "that") && up != SLK_NONE &&
        slk_reports(l->pack, l->r, l->r->preds.at[up].verb.head) && subject != SLK_NONE &&
        slk_noun_start(l->r, subject) > pronoun)
        return false; /* "told reporters that the North fired" */
    l->start[i] = pronoun;
    hang(l, i, SLK_LINK_RELATIVE, up);
    bool gap = subject != SLK_NONE && slk_noun_start(l->r, subject) > pronoun && !slk_word_is(l->r, pronoun, "whose");
    if (gap && !p->passive && p->obj == SLK_NONE)
        p->obj = slk_noun_described(l->r, pronoun); /* "the missile that X fired" */
    return true;
}

/* Control: who is to do what the infinitive says. */
static void link_infinitive(linker *l, uint32_t i) {
    static const char *const object_control[] = {"order",    "urge", "ask",    "tell", "force", "allow",
                                                 "enable",   "want", "expect", "call", "press", "warn",
                                                 "instruct", "help", "cause",  "lead", "permit"};
    slk_pred *p = &l->r->preds.at[i];
    uint32_t up = pred_before(l, p->verb.first);
    hang(l, i, SLK_LINK_INFINITIVE, up);
    if (up == SLK_NONE) return;
    const slk_pred *u = &l->r->preds.at[up];
    bool object = false;
    for (size_t k = 0; k < sizeof object_control / sizeof *object_control; k++)
        object = object || slk_lemma_is(l->r, u->verb.head, object_control[k]);
    bool called = slk_lemma_is(l->r, u->verb.head, "call") || slk_lemma_is(l->r, u->verb.head, "prevail");
    if (called && slk_upos_at(l->r, u->verb.last) == SLK_UPOS_ADP) { /* "called on Iran to stop" */
        uint32_t n = slk_noun_from(l->r, u->verb.last);
        if (n < l->r->nouns.n && l->r->nouns.at[n].t.last <= p->verb.first) {
            p->subj = n;
            return;
        }
    }
    uint32_t subject = u->passive || (object && u->obj != SLK_NONE) ? u->obj : u->subj;
    uint32_t noun = slk_noun_before(l->r, p->verb.first); /* "the North's decision to launch": its owner is to do it */
    if (noun != SLK_NONE && l->r->nouns.at[noun].t.last == p->verb.first && l->r->nouns.at[noun].owner != SLK_NONE)
        subject = l->r->nouns.at[noun].owner;
    if (p->passive)
        p->obj = subject;
    else
        p->subj = subject;
}

static void link_participle(linker *l, uint32_t i) {
    slk_pred *p = &l->r->preds.at[i];
    uint32_t before = p->verb.first, up = pred_before(l, p->verb.first);
    bool comma = before > l->first_token && slk_word_is(l->r, before - 1, ",");
    bool and_ = before > l->first_token && SLK_WORD_IN(l->r, before - 1, coordinate);
    if (comma && up != SLK_NONE && !is_clause(l->r->preds.at[up].link)) { /* goes with the whole clause */
        uint32_t clause = clause_before(l, i);
        if (clause != SLK_NONE) up = clause;
    }
    if (up == SLK_NONE) up = root_behind(l, i);
    hang(l, i, SLK_LINK_PARTICIPLE, up);
    if (before > l->first_token && SLK_WORD_IN(l->r, before - 1, adverbial))
        l->start[i] = before - 1, p->link = SLK_LINK_ADVERBIAL;
    if (p->passive || p->subj != SLK_NONE) return;
    uint32_t n = slk_noun_before(l->r, before);
    bool touching = n != SLK_NONE && l->r->nouns.at[n].t.last == before;
    if (touching && l->r->nouns.at[n].time && up != SLK_NONE && l->r->preds.at[up].obj != SLK_NONE && !comma)
        p->subj = l->r->preds.at[up].obj; /* "launched a rocket on Sunday carrying" */
    else if (!comma && !and_ && touching)
        p->subj = slk_noun_described(l->r, before);
    else if (up != SLK_NONE && l->r->preds.at[up].subj != p->obj)
        p->subj = l->r->preds.at[up].passive ? l->r->preds.at[up].obj : l->r->preds.at[up].subj;
}

/* "and landed": the subject and the mood of what stands before go on. */
static void share(linker *l, uint32_t i, uint32_t with) {
    slk_pred *p = &l->r->preds.at[i];
    const slk_pred *w = &l->r->preds.at[with];
    if (p->subj == SLK_NONE && !p->passive) p->subj = w->passive ? w->obj : w->subj;
    if (p->passive && p->obj == SLK_NONE) p->obj = w->passive ? w->obj : w->subj;
    bool base = p->verb.head == p->verb.first && l->r->tokens.at[p->verb.head].lemma &&
                slk_text_is_fold(slk_token_text(l->r, p->verb.head), l->r->tokens.at[p->verb.head].lemma);
    if (base && p->mood == SLK_MOOD_FACT && w->mood != SLK_MOOD_FACT) p->mood = w->mood;
}

/* "said after watching the launch that": the verb of saying before that has no complement of its own yet, else the nearest verb. */
static uint32_t sayer_before(const linker *l, uint32_t i, uint32_t near) {
    if (slk_reports(l->pack, l->r, l->r->preds.at[near].verb.head) || l->r->preds.at[near].link == SLK_LINK_ROOT)
        return near;
    for (uint32_t k = near; k-- > l->first && near - k < 4;) {
        if (!slk_reports(l->pack, l->r, l->r->preds.at[k].verb.head)) continue;
        for (uint32_t c = k + 1; c < i; c++)
            if (l->r->preds.at[c].parent == k && l->r->preds.at[c].link == SLK_LINK_COMPLEMENT) return near;
        return k;
    }
    return near;
}

/* ", Japan's NHK reported, and": a speaker put in between; what goes on is the speech. */
static bool inserted_speech(const linker *l, uint32_t i) {
    const slk_pred *p = &l->r->preds.at[i];
    uint32_t start = l->start[i];
    return p->link == SLK_LINK_ROOT && slk_reports(l->pack, l->r, p->verb.head) && start > l->first_token &&
           slk_word_is(l->r, start - 1, ",") && p->verb.last < l->last_token && slk_word_is(l->r, p->verb.last, ",");
}

static void link_finite(linker *l, uint32_t i) {
    slk_pred *p = &l->r->preds.at[i];
    uint32_t subject = own_subject(l->r, p);
    uint32_t start = subject != SLK_NONE ? slk_noun_start(l->r, subject) : p->verb.first;
    uint32_t c = start;
    while (c > l->first_token && (slk_upos_at(l->r, c - 1) == SLK_UPOS_ADV || slk_word_is(l->r, c - 1, "just"))) c--;
    l->start[i] = start;
    uint32_t up = clause_before(l, i), word = c > l->first_token ? c - 1 : SLK_NONE;
    uint32_t near = pred_before(l, start);
    if (word == SLK_NONE) return;
    if (SLK_WORD_IN(l->r, word, adverbial) && slk_upos_at(l->r, word) != SLK_UPOS_ADV) {
        l->start[i] = word;
        hang(l, i, SLK_LINK_ADVERBIAL, up != SLK_NONE ? up : SLK_NONE);
        return;
    }
    if (SLK_WORD_IN(l->r, word, complement) && near != SLK_NONE) {
        l->start[i] = word;
        hang(l, i, SLK_LINK_COMPLEMENT, sayer_before(l, i, near));
        return;
    }
    bool and_ = SLK_WORD_IN(l->r, word, coordinate);
    if (and_ && near != SLK_NONE) {
        l->start[i] = word;
        uint32_t with = subject == SLK_NONE ? near : up != SLK_NONE ? up : near;
        uint32_t told = inserted_speech(l, near) ? clause_before(l, near) : SLK_NONE;
        if (subject == SLK_NONE && told != SLK_NONE) with = told;
        hang(l, i, SLK_LINK_COORDINATE, with);
        if (subject == SLK_NONE) share(l, i, with);
        return;
    }
    if (near == SLK_NONE) return;
    slk_pred *n = &l->r->preds.at[near];
    bool says = slk_reports(l->pack, l->r, n->verb.head), direct = n->verb.last == start || n->obj == subject;
    bool close = start >= n->verb.last && (direct || only_time_between(l, n->verb.last, start));
    if (says && subject != SLK_NONE && close) {
        if (n->obj == subject) n->obj = SLK_NONE;
        hang(l, i, SLK_LINK_COMPLEMENT, near);
    } else if (p->quoted && says && !n->quoted) {
        hang(l, i, SLK_LINK_QUOTE, near);
    } else if (subject == SLK_NONE && up != SLK_NONE && p->subj == SLK_NONE) { /* not "..., said the ministry" */
        hang(l, i, SLK_LINK_COORDINATE, up);
        share(l, i, up);
    }
}

/* "X fired a missile, the ministry said": what stood as a root before is what is said. */
static void link_trailing_speech(linker *l, uint32_t i) {
    slk_pred *p = &l->r->preds.at[i];
    if (p->link != SLK_LINK_ROOT || !slk_reports(l->pack, l->r, p->verb.head)) return;
    for (uint32_t k = i + 1; k < l->last; k++) /* it has content behind it */
        if (l->r->preds.at[k].parent == i && l->r->preds.at[k].link == SLK_LINK_COMPLEMENT) return;
    uint32_t start = l->start[i];
    bool mark =
        start > l->first_token && (slk_word_is(l->r, start - 1, ",") || slk_word_is(l->r, start - 1, "\"") ||
                                   slk_word_is(l->r, start - 1, "\xE2\x80\x9D") || slk_word_is(l->r, start - 1, "''"));
    for (uint32_t k = l->first; mark && k < i; k++)
        if (l->r->preds.at[k].link == SLK_LINK_ROOT) {
            l->r->preds.at[k].link = SLK_LINK_QUOTE;
            l->r->preds.at[k].parent = i;
        }
}

/* Several roots in one sentence: the later ones go with the first. Adverbial clauses at the start wait for their root. */
static void settle(linker *l) {
    uint32_t root = SLK_NONE;
    for (uint32_t i = l->first; i < l->last; i++) {
        slk_pred *p = &l->r->preds.at[i];
        if (p->link != SLK_LINK_ROOT || p->parent != SLK_NONE) continue;
        if (root == SLK_NONE)
            root = i;
        else
            p->link = SLK_LINK_COORDINATE, p->parent = root;
    }
    for (uint32_t i = l->first; i < l->last; i++) {
        slk_pred *p = &l->r->preds.at[i];
        if (p->parent == SLK_NONE && i != root && root != SLK_NONE) p->parent = root;
        if (p->parent == i) p->parent = SLK_NONE;
    }
    for (uint32_t i = l->first; i < l->last; i++) { /* no rings */
        uint32_t up = i;
        for (uint32_t hop = 0; up != SLK_NONE && hop <= l->last - l->first; hop++) up = l->r->preds.at[up].parent;
        if (up != SLK_NONE) l->r->preds.at[i].parent = SLK_NONE;
    }
}

/* ---------------------------------------------------------------- extents */

static bool hangs_on(const slk_reading *r, uint32_t p, uint32_t on) {
    for (unsigned hop = 0; p != SLK_NONE && hop < 64; hop++, p = r->preds.at[p].parent)
        if (p == on) return true;
    return false;
}

/* Where the clause of predicate i ends: before the next clause that is not part of it; a clause between commas at the comma. */
static uint32_t end_of(const linker *l, uint32_t i) {
    const slk_reading *r = l->r;
    const slk_pred *p = &r->preds.at[i];
    uint32_t end = l->last_token;
    for (uint32_t k = l->first; k < l->last; k++)
        if (k != i && l->start[k] > p->verb.head && l->start[k] < end && !hangs_on(r, k, i)) end = l->start[k];
    bool loose = p->link == SLK_LINK_RELATIVE || p->link == SLK_LINK_PARTICIPLE || p->link == SLK_LINK_ADVERBIAL;
    uint32_t start = l->start[i];
    bool opened = start == l->first_token || (start > l->first_token && slk_word_is(r, start - 1, ","));
    for (uint32_t t = p->verb.last; loose && opened && t < end; t++)
        if (slk_word_is(r, t, ",")) end = t;
    return end > p->verb.last ? end : p->verb.last;
}

static void set_extents(linker *l) {
    slk_reading *r = l->r;
    for (uint32_t i = l->first; i < l->last; i++) {
        slk_pred *p = &r->preds.at[i];
        uint32_t start = l->start[i] < p->verb.first ? l->start[i] : p->verb.first, end = end_of(l, i);
        if (p->link == SLK_LINK_ROOT) start = l->first_token, end = l->last_token;
        if (p->link == SLK_LINK_QUOTE) { /* speech begins with the sentence or its quote, not with the subject */
            uint32_t before = clause_before(l, i);
            if (before == SLK_NONE) start = l->first_token;
        }
        p->extent = slk_tokens_span(r, (slk_tokens){start, end, start});
    }
    for (uint32_t i = l->last; i-- > l->first;) {
        slk_span e = r->preds.at[i].extent;
        for (uint32_t up = r->preds.at[i].parent, hop = 0; up != SLK_NONE && hop < 64;
             up = r->preds.at[up].parent, hop++) {
            slk_pred *u = &r->preds.at[up];
            if (r->preds.at[i].link == SLK_LINK_COORDINATE && r->preds.at[i].parent == up) break;
            if (e.start < u->extent.start) u->extent.start = e.start;
            if (e.end > u->extent.end) u->extent.end = e.end;
        }
    }
}

/* ---------------------------------------------------------------- prepositional phrases */

static slk_err add_prep(slk_reading *r, uint32_t token, uint32_t noun, uint32_t pred) {
    slk_prep p = {.token = token, .noun = noun, .pred = pred, .on_noun = SLK_NONE};
    uint32_t before = slk_noun_before(r, token);
    if (before != SLK_NONE && r->nouns.at[before].t.last == token) p.on_noun = before;
    slk_err err = SLK_ROOM(&r->arena, &r->preps, SLK_MAX_ITEMS);
    if (err == SLK_OK) r->preps.at[r->preps.n++] = p;
    return err;
}

/* The predicate of a phrase with a preposition: the one before, but of a phrase that opens a clause or stands within its subject the one
 * behind. */
static uint32_t pred_of_prep(const linker *l, uint32_t t, uint32_t end) {
    uint32_t before = pred_before(l, t), next = before == SLK_NONE ? l->first : before + 1;
    if (next >= l->last) return before;
    uint32_t start = l->start[next], from = before == SLK_NONE ? l->first_token : l->r->preds.at[before].verb.last;
    if (before == SLK_NONE || (start <= t && l->r->preds.at[next].verb.first > t)) return next;
    bool mark = false, direct = start >= end;
    for (uint32_t k = from; k < t; k++)
        mark = mark || slk_word_is(l->r, k, ",") || slk_upos_at(l->r, k) == SLK_UPOS_CCONJ;
    for (uint32_t k = end; k < start; k++) direct = direct && slk_word_is(l->r, k, ",");
    return mark && direct ? next : before;
}

static slk_err find_preps(linker *l) {
    static const char *const particles[] = {"off", "up", "out", "down", "over", "away", "back", "on"};

    for (uint32_t t = l->first_token; t < l->last_token; t++) {
        if (slk_upos_at(l->r, t) != SLK_UPOS_ADP) continue;
        uint32_t n = slk_noun_from(l->r, t + 1);
        if (n >= l->r->nouns.n || l->r->nouns.at[n].t.first > t + 3 || l->r->nouns.at[n].t.first >= l->last_token)
            continue;
        while (n + 1 < l->r->nouns.n && l->r->nouns.at[n + 1].owner == n) n++;
        bool particle = SLK_WORD_IN(l->r, t, particles) && slk_upos_at(l->r, t + 1) == SLK_UPOS_ADP;
        if (particle) continue; /* "fell off in waters" */
        uint32_t pred = pred_of_prep(l, t, l->r->nouns.at[n].t.last);
        slk_err err = add_prep(l->r, t, n, pred);
        if (err != SLK_OK) return err;
    }
    return SLK_OK;
}

static slk_err link_sentence(linker *l) {
    for (uint32_t i = l->first; i < l->last; i++) {
        slk_pred *p = &l->r->preds.at[i];
        l->start[i] = p->verb.first;
        if (p->link == SLK_LINK_INFINITIVE)
            link_infinitive(l, i);
        else if (p->link == SLK_LINK_PARTICIPLE)
            link_participle(l, i);
        else if (!link_relative(l, i))
            link_finite(l, i);
    }
    for (uint32_t i = l->first; i < l->last; i++) link_trailing_speech(l, i);
    settle(l);
    set_extents(l);
    return find_preps(l);
}

slk_err slk_clauses_link(const slk_pack *pack, slk_reading *r) {
    linker l = {.pack = pack, .r = r};
    l.start = slk_arena_take(&r->arena, (r->preds.n + 1) * sizeof *l.start);
    if (!l.start) return SLK_ENOMEM;
    slk_err err = SLK_OK;
    uint32_t p = 0;
    for (uint32_t s = 0; err == SLK_OK && s < r->sentences.n; s++) {
        l.first = p;
        while (p < r->preds.n && r->preds.at[p].sentence == s) p++;
        l.last = p;
        l.first_token = r->sentences.at[s].first_token;
        l.last_token = l.first_token + r->sentences.at[s].n_tokens;
        err = link_sentence(&l);
    }
    return err;
}

bool slk_reports(const slk_pack *pack, const slk_reading *r, uint32_t token) {
    const char *lemma = token < r->tokens.n ? r->tokens.at[token].lemma : NULL;
    if (!lemma) return false;
    slk_text key = slk_text_of(lemma);
    uint32_t row = slk_pack_find(pack, SLK_T_REPORTING, key);
    for (; row < slk_pack_rows(pack, SLK_T_REPORTING); row++) {
        if (!slk_text_eq(slk_pack_cell(pack, SLK_T_REPORTING, row, SLK_REPORTING_LEMMA), key)) return false;
        if (slk_text_is(slk_pack_cell(pack, SLK_T_REPORTING, row, SLK_REPORTING_POS), "v")) return true;
    }
    return false;
}

slk_err slk_phrases_find(const slk_pack *pack, slk_reading *r) {
    slk_err err = slk_nouns_find(pack, r);
    if (err == SLK_OK) err = slk_preds_find(pack, r);
    return err == SLK_OK ? slk_clauses_link(pack, r) : err;
}
