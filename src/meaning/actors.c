/* actors.c - who is who: countries, their capitals and militaries, agencies, persons, and the words that stand for them later
 * ("the North", "the ministry", "it").
 *
 * Three passes over the text: words that the tables know are marked; marks that belong together become one mention
 * ("South Korea" + "'s" + "military"); mentions of the same actor are joined, definite roles and pronouns last. */
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"

typedef enum mark_kind { MARK_COUNTRY, MARK_CAPITAL, MARK_CONTEXT, MARK_AGENCY, MARK_PERSON, MARK_ROLE } mark_kind;

typedef struct mark { /* words found in a table, or a person's name */
    slk_tokens t;
    mark_kind kind;
    uint32_t row; /* of the table; SLK_NONE: a name that no table has */
    bool demonym;
} mark;

typedef struct finder {
    const slk_pack *pack;
    slk_reading *r;
    SLK_LIST(mark) marks;
    SLK_LIST(char *) keys; /* one per actor */
    uint32_t *slots;       /* hash of keys to actor + 1 */
    uint32_t n_slots;
    bool *named; /* per row of the table of countries: the report names it in full */
} finder;

/* ---------------------------------------------------------------- marks */

static int rank_of(const slk_hit *h) {
    switch (h->table) {
    case SLK_T_PEOPLE: return 4;
    case SLK_T_AGENCIES: return 3;
    case SLK_T_COUNTRIES: return 2;
    case SLK_T_ROLES: return 1;
    default: return 0;
    }
}

static mark_kind kind_of(const slk_hit *h) {
    if (h->table == SLK_T_PEOPLE) return MARK_PERSON;
    if (h->table == SLK_T_AGENCIES) return MARK_AGENCY;
    if (h->table == SLK_T_ROLES) return MARK_ROLE;
    if (h->column == SLK_COUNTRIES_CONTEXTUAL) return MARK_CONTEXT;
    return h->column == SLK_COUNTRIES_CAPITAL || h->column == SLK_COUNTRIES_METONYMS ? MARK_CAPITAL : MARK_COUNTRY;
}

/* The longest phrase of the four tables at a token; of equal length persons before agencies, countries and roles. A longer
 * place name there ("Korea Strait", "Washington County") is no actor. */
static bool best_hit(const finder *f, uint32_t token, slk_hit *best) {
    slk_hit hits[16];
    uint32_t n = slk_pack_match(f->pack, f->r->report.text, f->r->tokens.at[token].span.start, hits, 16);
    bool found = false;
    uint32_t place_end = 0;
    for (uint32_t i = 0; i < n; i++) {
        if ((hits[i].table == SLK_T_PLACES || hits[i].table == SLK_T_SITES) && hits[i].end > place_end)
            place_end = hits[i].end;
        if (rank_of(&hits[i]) == 0) continue;
        if (found && (hits[i].end < best->end || (hits[i].end == best->end && rank_of(&hits[i]) <= rank_of(best))))
            continue;
        *best = hits[i];
        found = true;
    }
    return found && place_end <= best->end;
}

/* Tokens that end at or before off_b, from token on. */
static uint32_t last_token(const slk_reading *r, uint32_t token, uint32_t off_b) {
    while (token < r->tokens.n && r->tokens.at[token].span.start < off_b) token++;
    return token;
}

static slk_err add_mark(finder *f, mark m) {
    slk_err err = SLK_ROOM(&f->r->arena, &f->marks, SLK_MAX_ITEMS);
    if (err == SLK_OK) f->marks.at[f->marks.n++] = m;
    return err;
}

/* The index of the name of a person that begins at a token, or SLK_NONE. *next walks the list of names. */
static uint32_t person_at(const slk_reading *r, uint32_t token, uint32_t *next) {
    uint32_t start = r->tokens.at[token].span.start;
    while (*next < r->names.n && r->names.at[*next].span.start < start) (*next)++;
    for (uint32_t i = *next; i < r->names.n && r->names.at[i].span.start == start; i++)
        if (r->names.at[i].type == SLK_NAME_PER) return i;
    return SLK_NONE;
}

static slk_err find_marks(finder *f) {
    slk_reading *r = f->r;
    uint32_t name = 0;
    for (uint32_t t = 0; t < r->tokens.n;) {
        slk_hit h = {0};
        uint32_t person = person_at(r, t, &name), last = t + 1;
        bool hit = best_hit(f, t, &h);
        slk_err err = SLK_OK;
        if (person != SLK_NONE && (!hit || r->names.at[person].span.end > h.end)) {
            last = last_token(r, t, r->names.at[person].span.end);
            err = add_mark(f, (mark){.t = {t, last, last - 1}, .kind = MARK_PERSON, .row = SLK_NONE});
        } else if (hit) {
            last = last_token(r, t, h.end);
            if (last == t) last = t + 1;
            bool demonym = h.table == SLK_T_COUNTRIES && h.column == SLK_COUNTRIES_DEMONYMS;
            err = add_mark(f, (mark){{t, last, last - 1}, kind_of(&h), h.row, demonym});
        }
        if (err != SLK_OK) return err;
        t = last;
    }
    return SLK_OK;
}

/* ---------------------------------------------------------------- actors by key */

static uint32_t hash_of(const char *z) { /* FNV-1a */
    uint32_t h = 2166136261u;
    for (; *z; z++) h = (h ^ (unsigned char)*z) * 16777619u;
    return h;
}

static slk_err grow_slots(finder *f) {
    uint32_t n = f->n_slots ? f->n_slots * 2 : 64;
    uint32_t *slots = slk_arena_take(&f->r->arena, n * sizeof *slots);
    if (!slots) return SLK_ENOMEM;
    for (uint32_t i = 0; i < f->keys.n; i++) {
        uint32_t at = hash_of(f->keys.at[i]) & (n - 1);
        while (slots[at]) at = (at + 1) & (n - 1);
        slots[at] = i + 1;
    }
    f->slots = slots;
    f->n_slots = n;
    return SLK_OK;
}

/* The actor with this key, made when there is none. *fresh says so: the caller fills it in. */
static slk_err actor_by_key(finder *f, char *key, uint32_t *out, bool *fresh) {
    slk_err err;
    if (!key) return SLK_ENOMEM;
    if (f->keys.n * 2 >= f->n_slots && (err = grow_slots(f)) != SLK_OK) return err;
    uint32_t at = hash_of(key) & (f->n_slots - 1);
    for (; f->slots[at]; at = (at + 1) & (f->n_slots - 1)) {
        if (strcmp(f->keys.at[f->slots[at] - 1], key) != 0) continue;
        *out = f->slots[at] - 1;
        *fresh = false;
        return SLK_OK;
    }
    if ((err = SLK_ROOM(&f->r->arena, &f->keys, SLK_MAX_ITEMS)) != SLK_OK) return err;
    if ((err = SLK_ROOM(&f->r->arena, &f->r->actors, SLK_MAX_ITEMS)) != SLK_OK) return err;
    f->keys.at[f->keys.n++] = key;
    f->r->actors.at[f->r->actors.n] = (slk_actor){0};
    *out = f->r->actors.n++;
    f->slots[at] = *out + 1;
    *fresh = true;
    return SLK_OK;
}

static void set_code(char *out, size_t room, const char *code) {
    size_t n = code ? strlen(code) : 0;
    if (n >= room) n = room - 1;
    if (n) memcpy(out, code, n);
    out[n] = '\0';
}

/* ---------------------------------------------------------------- from marks to mentions */

typedef struct party { /* marks that name one actor together */
    const mark *country, *agency, *person, *role;
    slk_tokens t;
    mark body; /* room for an agency that the words only imply */
} party;

static bool is_word(const finder *f, uint32_t token, const char *z) {
    return token < f->r->tokens.n && slk_text_is_fold(slk_token_text(f->r, token), z);
}

static bool is_apostrophe(const finder *f, uint32_t token) {
    slk_text t = slk_token_text(f->r, token);
    return slk_text_is(t, "'s") || slk_text_is(t, "\xE2\x80\x99s") || slk_text_is(t, "'") ||
           slk_text_is(t, "\xE2\x80\x99");
}

/* May these tokens stand between two marks of one noun phrase: 's, adjectives, nouns, numbers; at most four. */
static bool inside_phrase(const finder *f, uint32_t from, uint32_t to) {
    if (to - from > 4) return false;
    for (uint32_t t = from; t < to; t++) {
        uint8_t upos = f->r->tokens.at[t].upos;
        bool fine = upos == SLK_UPOS_ADJ || upos == SLK_UPOS_NOUN || upos == SLK_UPOS_PROPN || upos == SLK_UPOS_NUM;
        if (!fine && !is_apostrophe(f, t)) return false;
    }
    return true;
}

/* "spokesman for", "ministry in", "army of the": at most a preposition and an article between a role and its owner. */
static bool owner_follows(const finder *f, uint32_t from, uint32_t to) {
    if (from >= to || to - from > 2) return false;
    if (to - from == 2 && !is_word(f, from + 1, "the")) return false;
    return is_word(f, from, "of") || is_word(f, from, "for") || is_word(f, from, "in") || is_word(f, from, "at") ||
           is_word(f, from, "from");
}

static bool country_like(const mark *m) {
    return m->kind == MARK_COUNTRY || m->kind == MARK_CAPITAL || m->kind == MARK_CONTEXT;
}

/* Takes one mark into the party; false where the party has its like already. */
static bool take_mark(party *p, const mark *m) {
    const mark **slot = country_like(m)          ? &p->country
                        : m->kind == MARK_AGENCY ? &p->agency
                        : m->kind == MARK_PERSON ? &p->person
                                                 : &p->role;
    bool again = m->kind == MARK_ROLE || m->kind == MARK_AGENCY; /* "defense ministry spokesman": the last noun leads */
    if (*slot && !again) return false;
    if (!*slot) *slot = m;
    if (p->t.first == p->t.last) p->t.first = m->t.first;
    p->t.last = m->t.last;
    p->t.head = m->t.last - 1;
    return true;
}

/* The marks from *i on that name one actor; *i moves behind them. */
static party next_party(const finder *f, uint32_t *i) {
    party p = {0};
    const mark *m = &f->marks.at[*i];
    (void)take_mark(&p, m);
    for ((*i)++; *i < f->marks.n; (*i)++) {
        const mark *next = &f->marks.at[*i];
        if (f->r->tokens.at[m->t.first].sentence != f->r->tokens.at[next->t.first].sentence) break;
        bool before = inside_phrase(f, m->t.last, next->t.first) && !(m->kind == MARK_PERSON) &&
                      !(country_like(next) && !next->demonym) &&
                      (!country_like(m) || m->demonym || next->t.first > m->t.last || next->kind != MARK_PERSON);
        bool behind = m->kind == MARK_ROLE && (country_like(next) || next->kind == MARK_AGENCY) && !p.country &&
                      owner_follows(f, m->t.last, next->t.first);
        if ((!before && !behind) || !take_mark(&p, next)) break;
        m = next;
    }
    return p;
}

static const char *cell(const finder *f, int table, const mark *m, int column) {
    return m && m->row != SLK_NONE ? slk_pack_str(f->pack, table, m->row, column) : NULL;
}

static const char *country_of(const finder *f, const party *p) {
    if (p->country) return cell(f, SLK_T_COUNTRIES, p->country, SLK_COUNTRIES_ISO3);
    if (p->agency) return cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_COUNTRY);
    return cell(f, SLK_T_PEOPLE, p->person, SLK_PEOPLE_COUNTRY);
}

static const char *sector_of(const finder *f, const party *p) {
    const char *s = cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_SECTOR);
    if (!s) s = cell(f, SLK_T_PEOPLE, p->person, SLK_PEOPLE_SECTOR);
    if (!s) s = cell(f, SLK_T_ROLES, p->role, SLK_ROLES_SECTOR);
    return s ? s : p->country ? "GOV" : NULL;
}

/* The first of phrases separated by |: the name that stands for them all. */
static char *first_phrase(finder *f, const char *phrases) {
    size_t n = phrases ? strcspn(phrases, "|") : 0;
    return slk_arena_copy(&f->r->arena, phrases ? phrases : "", n);
}

static char *words_of(finder *f, slk_tokens t) {
    slk_text x = slk_reading_text(f->r, slk_tokens_span(f->r, t));
    return slk_arena_copy(&f->r->arena, x.at, x.n);
}

/* The name of a person that no table has, as it first stood: "Yang" later means "Yang Moo-jin". */
static char *person_name(finder *f, const mark *m) {
    const slk_reading *r = f->r;
    uint32_t start = r->tokens.at[m->t.first].span.start;
    uint32_t lo = 0, hi = r->names.n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (r->names.at[mid].span.start < start)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < r->names.n && r->names.at[lo].span.start == start && r->names.at[lo].same_as < r->names.n)
        lo = r->names.at[lo].same_as;
    slk_text x = lo < r->names.n ? slk_reading_text(r, r->names.at[lo].span) : (slk_text){"", 0};
    return slk_arena_copy(&f->r->arena, x.at, x.n);
}

/* What an actor is called, and the key by which its mentions are one. */
static slk_err name_party(finder *f, const party *p, const char *country, char **name, char **key, const char **role) {
    slk_arena *a = &f->r->arena;
    const char *c = country ? country : "UNK";
    *role = NULL;
    if (p->person) {
        *name = p->person->row != SLK_NONE ? first_phrase(f, cell(f, SLK_T_PEOPLE, p->person, SLK_PEOPLE_NAME))
                                           : person_name(f, p->person);
        *role = cell(f, SLK_T_PEOPLE, p->person, SLK_PEOPLE_ROLE);
        *key = slk_arena_printf(a, "p:%s", *name ? *name : "");
    } else if (p->agency) {
        const char *own = cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_COUNTRY);
        *name = first_phrase(f, cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_NAME));
        *role = cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_KIND);
        bool foreign =
            own && country && strcmp(own, country) != 0; /* "Japan's Joint Chiefs": not the one the table means */
        const char *id = cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_ID);
        *key = slk_arena_printf(a, "a:%s:%s", foreign ? country : "", id ? id : "");
    } else if (p->role) {
        slk_text words = slk_reading_text(f->r, slk_tokens_span(f->r, p->role->t));
        const char *kind = cell(f, SLK_T_ROLES, p->role, SLK_ROLES_KIND);
        *role = slk_arena_copy(a, words.at, words.n);
        *name = words_of(f, p->t);
        *key = slk_arena_printf(a, "r:%s:%s", c, kind ? kind : *role ? *role : "");
    } else {
        *name = first_phrase(f, cell(f, SLK_T_COUNTRIES, p->country, SLK_COUNTRIES_NAME));
        *key = slk_arena_printf(a, "c:%s", c);
    }
    return *name && *key ? SLK_OK : SLK_ENOMEM;
}

static slk_err add_mention(finder *f, slk_span span, uint32_t actor, bool pronoun) {
    slk_err err = SLK_ROOM(&f->r->arena, &f->r->mentions, SLK_MAX_ITEMS);
    if (err == SLK_OK) f->r->mentions.at[f->r->mentions.n++] = (slk_mention){span, actor, pronoun};
    return err;
}

/* ---------------------------------------------------------------- who acts and who is only a place */

/* The preposition right before a token (an article may stand between), or SLK_NONE. */
static uint32_t preposition_before(const finder *f, uint32_t token) {
    while (token > 0 && (is_word(f, token - 1, "the") || f->r->tokens.at[token - 1].upos == SLK_UPOS_ADJ)) token--;
    return token > 0 && f->r->tokens.at[token - 1].upos == SLK_UPOS_ADP ? token - 1 : SLK_NONE;
}

/* A capital after "in", "near", "from" ... is a place; after "between", "by", "with", or as a subject it stands for its state. */
static bool is_place_here(const finder *f, const party *p) {
    static const char *const where[] = {"in",    "near", "at",   "around", "outside", "over",   "north",
                                        "south", "east", "west", "into",   "through", "across", "via"};
    if (p->agency || p->person || p->role || !p->country || p->country->demonym) return false;
    uint32_t prep = preposition_before(f, p->t.first);
    if (prep == SLK_NONE) return false;
    for (size_t i = 0; i < sizeof where / sizeof *where; i++)
        if (is_word(f, prep, where[i])) return p->country->kind == MARK_CAPITAL || i < 5;
    if (p->country->kind != MARK_CAPITAL) return false;
    /* "north of Pyongyang", "from Moscow": a place; "fired by Pyongyang", "against Seoul": not */
    return is_word(f, prep, "from") ||
           (is_word(f, prep, "of") && prep > 0 && f->r->tokens.at[prep - 1].upos != SLK_UPOS_NOUN);
}

/* "the North" means a country only in a report that names it in full. */
static slk_err note_countries(finder *f) {
    uint32_t rows = slk_pack_rows(f->pack, SLK_T_COUNTRIES);
    f->named = slk_arena_take(&f->r->arena, rows * sizeof *f->named);
    if (!f->named) return SLK_ENOMEM;
    for (uint32_t i = 0; i < f->marks.n; i++)
        if (f->marks.at[i].kind == MARK_COUNTRY && f->marks.at[i].row < rows) f->named[f->marks.at[i].row] = true;
    return SLK_OK;
}

static bool adjective_only(const finder *f, const party *p) {
    if (p->agency || p->person || p->role || !p->country->demonym) return false;
    uint32_t next = p->t.last; /* "North Korean missiles": the state is named, its owner; "Iranians said": its people */
    return next < f->r->tokens.n && f->r->tokens.at[next].upos == SLK_UPOS_PUNCT;
}

/* Is the actor with this key of a kind, or of a narrower one: "defence-ministry" is a "ministry". */
static bool key_is_of_kind(const char *key, const char *kind) {
    size_t n = strlen(key), k = strlen(kind);
    return n > k && strcmp(key + n - k, kind) == 0 && (key[n - k - 1] == ':' || key[n - k - 1] == '-');
}

/* The actor that a role without an owner points back to, the last told of its kind; SLK_NONE: "officials" of nobody. */
static uint32_t told_of_kind(const finder *f, const party *p) {
    const char *kind = cell(f, SLK_T_ROLES, p->role, SLK_ROLES_KIND);
    const slk_reading *r = f->r;
    for (uint32_t back = r->mentions.n; kind && back > 0 && r->mentions.n - back < 40; back--) {
        uint32_t actor = r->mentions.at[back - 1].actor;
        const char *key = f->keys.at[actor], *role = r->actors.at[actor].role;
        bool same = key[0] != 'p' && key_is_of_kind(key, kind);
        if (!same && (key[0] != 'a' || !role || strcmp(role, kind) != 0)) continue;
        if (strcmp(r->actors.at[actor].country, "UNK") != 0) return actor;
    }
    return SLK_NONE;
}

/* The row of the body of a kind that a state has one of: JPN, "coastguard" is the agency jpn-coastguard. */
static uint32_t body_of(const finder *f, const char *country, const char *kind) {
    char id[64];
    size_t n = strlen(country), k = strlen(kind);
    if (n + k + 2 > sizeof id) return SLK_NONE;
    for (size_t i = 0; i < n; i++) id[i] = (char)(country[i] | 0x20); /* codes are capital letters */
    id[n] = '-';
    memcpy(id + n + 1, kind, k);
    return slk_pack_find(f->pack, SLK_T_AGENCIES, (slk_text){id, (uint32_t)(n + k + 1)});
}

/* Names the body that a role with an owner means ("Japan's coast guard"), and the owner's own body where the table knows the
 * name of another state's ("Japan's Joint Chiefs"). */
static void find_body(const finder *f, party *p, const char *country) {
    const char *kind = cell(f, SLK_T_ROLES, p->role, SLK_ROLES_KIND);
    if (!country || p->person) return;
    if (p->agency) {
        const char *id = cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_ID);
        const char *own = cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_COUNTRY);
        kind = id && own && strcmp(own, country) != 0 && strchr(id, '-') ? strchr(id, '-') + 1 : NULL;
    }
    uint32_t row = kind ? body_of(f, country, kind) : SLK_NONE;
    if (row == SLK_NONE) return;
    p->body = (mark){p->agency ? p->agency->t : p->role->t, MARK_AGENCY, row, false};
    p->agency = &p->body;
}

/* "Yang Moo-jin, president of the University of North Korean Studies in Seoul,": the country told behind the comma. */
static const char *country_behind(const finder *f, const party *p, uint32_t mark_index) {
    uint32_t comma = p->t.last;
    if (!is_word(f, comma, ",")) return NULL;
    const char *found = NULL;
    for (uint32_t i = mark_index; i < f->marks.n && f->marks.at[i].t.first < comma + 16; i++) {
        const mark *m = &f->marks.at[i];
        for (uint32_t t = comma + 1; t < m->t.first; t++)
            if (is_word(f, t, ",") || f->r->tokens.at[t].upos == SLK_UPOS_VERB) return found;
        if (country_like(m)) found = cell(f, SLK_T_COUNTRIES, m, SLK_COUNTRIES_ISO3);
        if (m->kind == MARK_AGENCY && !found) found = cell(f, SLK_T_AGENCIES, m, SLK_AGENCIES_COUNTRY);
    }
    return found;
}

static slk_err add_party(finder *f, party *p, uint32_t next_mark) {
    const char *country = country_of(f, p), *role;
    char *name, *key;
    uint32_t actor;
    bool fresh;
    if (!country && p->person) country = country_behind(f, p, next_mark);
    if (!country && p->role && !p->person && (actor = told_of_kind(f, p)) != SLK_NONE) {
        /* "the ministry": that very one; "the alliance": the phrase has its article in the table */
        bool definite = is_word(f, p->t.first, "the") || (p->t.first > 0 && is_word(f, p->t.first - 1, "the"));
        if (definite && f->keys.at[actor][0] == 'a') return add_mention(f, slk_tokens_span(f->r, p->t), actor, false);
        country = f->r->actors.at[actor].country;
    }
    find_body(f, p, country);
    slk_err err = name_party(f, p, country, &name, &key, &role);
    if (err == SLK_OK) err = actor_by_key(f, key, &actor, &fresh);
    if (err != SLK_OK) return err;
    slk_actor *a = &f->r->actors.at[actor];
    if (fresh) {
        a->name = name;
        a->role = role;
        set_code(a->sector, sizeof a->sector, sector_of(f, p));
    }
    if (!*a->country || (country && strcmp(a->country, "UNK") == 0))
        set_code(a->country, sizeof a->country, country ? country : "UNK");
    if (p->role && p->person && !a->role) {
        slk_text words = slk_reading_text(f->r, slk_tokens_span(f->r, p->role->t));
        if (!(a->role = slk_arena_copy(&f->r->arena, words.at, words.n))) return SLK_ENOMEM;
    }
    return add_mention(f, slk_tokens_span(f->r, p->t), actor, false);
}

static slk_err find_parties(finder *f) {
    slk_err err = note_countries(f);
    if (err != SLK_OK) return err;
    for (uint32_t i = 0; i < f->marks.n;) {
        party p = next_party(f, &i);
        if (p.country && p.country->kind == MARK_CONTEXT && !f->named[p.country->row]) continue;
        if (p.country && (is_place_here(f, &p) || (!p.agency && !p.role && !p.person && adjective_only(f, &p))))
            continue;
        err = add_party(f, &p, i);
        if (err != SLK_OK) return err;
    }
    return SLK_OK;
}

/* ---------------------------------------------------------------- pronouns */

static bool is_subject(const slk_reading *r, slk_span s) {
    uint32_t sentence = slk_sentence_at(r, s.start);
    uint32_t lo = 0, hi = r->preds.n; /* predicates stand in text order of their sentences */
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (r->preds.at[mid].sentence < sentence)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < r->preds.n && r->preds.at[lo].sentence == sentence; lo++) {
        uint32_t subj = r->preds.at[lo].subj;
        if (subj < r->nouns.n && slk_span_overlaps(slk_tokens_span(r, r->nouns.at[subj].t), s)) return true;
    }
    return false;
}

typedef enum gender { NO_PRONOUN, PERSON_PRONOUN, THING_PRONOUN, PLURAL_PRONOUN } gender;

static gender pronoun_of(slk_text t) {
    if (slk_text_is_fold(t, "he") || slk_text_is_fold(t, "she") || slk_text_is_fold(t, "his")) return PERSON_PRONOUN;
    if (slk_text_is_fold(t, "it") || slk_text_is_fold(t, "its")) return THING_PRONOUN;
    if (slk_text_is_fold(t, "they") || slk_text_is_fold(t, "their")) return PLURAL_PRONOUN;
    return NO_PRONOUN;
}

/* The actor a pronoun stands for: the nearest fitting subject within two sentences, else the nearest fitting actor. */
static uint32_t antecedent(const finder *f, uint32_t token, gender g, uint32_t upto) {
    const slk_reading *r = f->r;
    uint32_t sentence = r->tokens.at[token].sentence, nearest = SLK_NONE;
    for (uint32_t i = upto; i > 0; i--) {
        const slk_mention *m = &r->mentions.at[i - 1];
        if (sentence - slk_sentence_at(r, m->span.start) > 2) break;
        bool person = m->actor < f->keys.n && f->keys.at[m->actor][0] == 'p';
        if ((g == PERSON_PRONOUN) != person) continue;
        if (nearest == SLK_NONE) nearest = m->actor;
        if (is_subject(r, m->span)) return m->actor;
    }
    return nearest;
}

/* Pronouns are put between the other mentions in text order. */
static slk_err find_pronouns(finder *f) {
    slk_reading *r = f->r;
    uint32_t before = 0, n = r->mentions.n;
    for (uint32_t t = 0; t < r->tokens.n; t++) {
        gender g = r->tokens.at[t].upos == SLK_UPOS_PRON || r->tokens.at[t].upos == SLK_UPOS_DET
                       ? pronoun_of(slk_token_text(r, t))
                       : NO_PRONOUN;
        if (g == NO_PRONOUN) continue;
        while (before < n && r->mentions.at[before].span.start < r->tokens.at[t].span.start) before++;
        uint32_t actor = antecedent(f, t, g, before);
        if (actor == SLK_NONE) continue;
        slk_err err = add_mention(f, r->tokens.at[t].span, actor, true);
        if (err != SLK_OK) return err;
    }
    return SLK_OK;
}

/* Merges the pronouns (behind the first n) into text order. */
static slk_err sort_mentions(finder *f, uint32_t n) {
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
static slk_err hand_out(finder *f) {
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

slk_err slk_actors_find(const slk_pack *pack, slk_reading *r) {
    finder f = {.pack = pack, .r = r};
    slk_err err = find_marks(&f);
    if (err == SLK_OK) err = find_parties(&f);
    uint32_t names = r->mentions.n;
    if (err == SLK_OK) err = find_pronouns(&f);
    if (err == SLK_OK) err = sort_mentions(&f, names);
    return err == SLK_OK ? hand_out(&f) : err;
}

uint32_t slk_actor_of(const slk_reading *r, slk_span s) {
    uint32_t lo = 0, hi = r->mentions.n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (r->mentions.at[mid].span.end <= s.start)
            lo = mid + 1;
        else
            hi = mid;
    }
    uint32_t best = SLK_NONE; /* the last mention inside leads: in "Japan's coast guard" nothing else is nested */
    for (; lo < r->mentions.n && r->mentions.at[lo].span.start < s.end; lo++) best = r->mentions.at[lo].actor;
    return best;
}
