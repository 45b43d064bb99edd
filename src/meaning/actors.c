/* actors.c - who is who: countries, their capitals and militaries, agencies, persons, and the words that stand for them later
 * ("the North", "the ministry", "it").
 *
 * Words that the tables know are marked (marks.c); marks that belong together become one mention ("South Korea" + "'s" +
 * "military"); mentions of the same actor are joined by a key; short names and pronouns come last (refer.c). */
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/naming.h"

/* ---------------------------------------------------------------- actors by key */

static uint32_t hash_of(const char *z) { /* FNV-1a */
    uint32_t h = 2166136261u;
    for (; *z; z++) h = (h ^ (unsigned char)*z) * 16777619u;
    return h;
}

static slk_err grow_slots(slk_naming *f) {
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
static slk_err actor_by_key(slk_naming *f, char *key, uint32_t *out, bool *fresh) {
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

bool slk_naming_word(const slk_naming *f, uint32_t token, const char *z) {
    return token < f->r->tokens.n && slk_text_is_fold(slk_token_text(f->r, token), z);
}

static bool is_apostrophe(const slk_naming *f, uint32_t token) {
    slk_text t = slk_token_text(f->r, token);
    return slk_text_is(t, "'s") || slk_text_is(t, "\xE2\x80\x99s") || slk_text_is(t, "'") ||
           slk_text_is(t, "\xE2\x80\x99");
}

/* May these tokens stand between two marks of one noun phrase: 's, adjectives, nouns, numbers; at most four. */
static bool inside_phrase(const slk_naming *f, uint32_t from, uint32_t to) {
    if (to - from > 4) return false;
    for (uint32_t t = from; t < to; t++) {
        uint8_t upos = f->r->tokens.at[t].upos;
        bool fine = upos == SLK_UPOS_ADJ || upos == SLK_UPOS_NOUN || upos == SLK_UPOS_PROPN || upos == SLK_UPOS_NUM;
        if (!fine && !is_apostrophe(f, t)) return false;
    }
    return true;
}

/* "spokesman for", "ministry in", "army of the": at most a preposition and an article between a role and its owner. */
static bool owner_follows(const slk_naming *f, uint32_t from, uint32_t to) {
    if (from >= to || to - from > 2) return false;
    if (to - from == 2 && !slk_naming_word(f, from + 1, "the")) return false;
    return slk_naming_word(f, from, "of") || slk_naming_word(f, from, "for") || slk_naming_word(f, from, "in") ||
           slk_naming_word(f, from, "at") || slk_naming_word(f, from, "from");
}

bool slk_country_like(const slk_mark *m) {
    return m->kind == SLK_MARK_COUNTRY || m->kind == SLK_MARK_CAPITAL || m->kind == SLK_MARK_CONTEXT;
}

/* Takes one mark into the party; false where the party has its like already. */
static bool take_mark(slk_party *p, const slk_mark *m) {
    const slk_mark **slot = slk_country_like(m)          ? &p->country
                            : m->kind == SLK_MARK_AGENCY ? &p->agency
                            : m->kind == SLK_MARK_BODY   ? &p->agency
                            : m->kind == SLK_MARK_PERSON ? &p->person
                                                         : &p->role;
    bool again =
        m->kind == SLK_MARK_ROLE || m->kind == SLK_MARK_AGENCY; /* "defense ministry spokesman": the last noun leads */
    if (*slot && !again) return false;
    if (!*slot) *slot = m;
    if (p->t.first == p->t.last) p->t.first = m->t.first;
    p->t.last = m->t.last;
    p->t.head = m->t.last - 1;
    return true;
}

/* The marks from *i on that name one actor; *i moves behind them. */
static slk_party next_party(const slk_naming *f, uint32_t *i) {
    slk_party p = {0};
    const slk_mark *m = &f->marks.at[*i];
    (void)take_mark(&p, m);
    for ((*i)++; *i < f->marks.n; (*i)++) {
        const slk_mark *next = &f->marks.at[*i];
        if (f->r->tokens.at[m->t.first].sentence != f->r->tokens.at[next->t.first].sentence) break;
        bool before =
            inside_phrase(f, m->t.last, next->t.first) && !(m->kind == SLK_MARK_PERSON) &&
            !(slk_country_like(next) && !next->demonym) &&
            (!slk_country_like(m) || m->demonym || next->t.first > m->t.last || next->kind != SLK_MARK_PERSON);
        bool behind = m->kind == SLK_MARK_ROLE && (slk_country_like(next) || next->kind == SLK_MARK_AGENCY) &&
                      !p.country && owner_follows(f, m->t.last, next->t.first);
        if ((!before && !behind) || !take_mark(&p, next)) break;
        m = next;
    }
    return p;
}

const char *slk_naming_cell(const slk_naming *f, int table, const slk_mark *m, int column) {
    return m && m->row != SLK_NONE ? slk_pack_str(f->pack, table, m->row, column) : NULL;
}

/* "Central Bank of Chile": the state in the name of a body that no table has. */
static const char *country_within(const slk_naming *f, slk_tokens t) {
    for (uint32_t i = t.first; i < t.last; i++) {
        slk_hit h;
        uint32_t start = f->r->tokens.at[i].span.start;
        if (slk_pack_match_in(f->pack, f->r->report.text, start, SLK_T_COUNTRIES, &h) &&
            slk_token_at(f->r, h.end) <= t.last && h.column != SLK_COUNTRIES_CONTEXTUAL)
            return slk_pack_str(f->pack, SLK_T_COUNTRIES, h.row, SLK_COUNTRIES_ISO3);
    }
    return NULL;
}

const char *slk_party_country(const slk_naming *f, const slk_party *p) {
    if (p->country) return slk_naming_cell(f, SLK_T_COUNTRIES, p->country, SLK_COUNTRIES_ISO3);
    if (p->agency && p->agency->kind == SLK_MARK_BODY) return country_within(f, p->agency->t);
    if (p->agency) return slk_naming_cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_COUNTRY);
    return slk_naming_cell(f, SLK_T_PEOPLE, p->person, SLK_PEOPLE_COUNTRY);
}

static const char *sector_of(const slk_naming *f, const slk_party *p) {
    const char *s = slk_naming_cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_SECTOR);
    if (!s) s = slk_naming_cell(f, SLK_T_PEOPLE, p->person, SLK_PEOPLE_SECTOR);
    if (!s) s = slk_naming_cell(f, SLK_T_ROLES, p->role, SLK_ROLES_SECTOR);
    return s ? s : p->country && !p->person ? "GOV" : NULL; /* "Italy striker Bianchi" is no state */
}

/* The first of phrases separated by |: the name that stands for them all. */
static char *first_phrase(slk_naming *f, const char *phrases) {
    size_t n = phrases ? strcspn(phrases, "|") : 0;
    return slk_arena_copy(&f->r->arena, phrases ? phrases : "", n);
}

static char *words_of(slk_naming *f, slk_tokens t) {
    slk_text x = slk_reading_text(f->r, slk_tokens_span(f->r, t));
    return slk_arena_copy(&f->r->arena, x.at, x.n);
}

/* A name that no table has, as it first stood: "Yang" later means "Yang Moo-jin". */
static char *first_name(slk_naming *f, const slk_mark *m) {
    const slk_reading *r = f->r;
    uint32_t start = r->tokens.at[m->t.first].span.start;
    uint32_t lo = SLK_FIRST(i, r->names.n, r->names.at[i].span.start < start);
    if (lo < r->names.n && r->names.at[lo].span.start == start && r->names.at[lo].same_as < r->names.n)
        lo = r->names.at[lo].same_as;
    slk_text x = lo < r->names.n ? slk_reading_text(r, r->names.at[lo].span) : (slk_text){"", 0};
    return slk_arena_copy(&f->r->arena, x.at, x.n);
}

/* What an actor is called, and the key by which its mentions are one. */
static slk_err name_party(slk_naming *f, const slk_party *p, const char *country, char **name, char **key,
                          const char **role) {
    slk_arena *a = &f->r->arena;
    const char *c = country ? country : "UNK";
    *role = NULL;
    if (p->person) {
        *name = p->person->row != SLK_NONE
                    ? first_phrase(f, slk_naming_cell(f, SLK_T_PEOPLE, p->person, SLK_PEOPLE_NAME))
                    : first_name(f, p->person);
        *role = slk_naming_cell(f, SLK_T_PEOPLE, p->person, SLK_PEOPLE_ROLE);
        if (p->person->row != SLK_NONE) *role = slk_office_of(f, *name, *role);
        *key = slk_arena_printf(a, "p:%s", *name ? *name : "");
    } else if (p->agency && p->agency->kind == SLK_MARK_BODY) {
        *name = first_name(f, p->agency);
        *key = slk_arena_printf(a, "o:%s", *name ? *name : "");
    } else if (p->agency) {
        const char *own = slk_naming_cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_COUNTRY);
        *name = first_phrase(f, slk_naming_cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_NAME));
        *role = slk_naming_cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_KIND);
        bool foreign =
            own && country && strcmp(own, country) != 0; /* "Japan's Joint Chiefs": not the one the table means */
        const char *id = slk_naming_cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_ID);
        *key = slk_arena_printf(a, "a:%s:%s", foreign ? country : "", id ? id : "");
    } else if (p->role) {
        slk_text words = slk_reading_text(f->r, slk_tokens_span(f->r, p->role->t));
        const char *kind = slk_naming_cell(f, SLK_T_ROLES, p->role, SLK_ROLES_KIND);
        *role = slk_arena_copy(a, words.at, words.n);
        *name = words_of(f, p->t);
        *key = slk_arena_printf(a, "r:%s:%s", c, kind ? kind : *role ? *role : "");
    } else {
        *name = first_phrase(f, slk_naming_cell(f, SLK_T_COUNTRIES, p->country, SLK_COUNTRIES_NAME));
        *key = slk_arena_printf(a, "c:%s", c);
    }
    return *name && *key ? SLK_OK : SLK_ENOMEM;
}

/* ---------------------------------------------------------------- who acts and who is only a place */

/* The preposition right before a token (an article may stand between), or SLK_NONE. */
static uint32_t preposition_before(const slk_naming *f, uint32_t token) {
    while (token > 0 && (slk_naming_word(f, token - 1, "the") || f->r->tokens.at[token - 1].upos == SLK_UPOS_ADJ))
        token--;
    return token > 0 && f->r->tokens.at[token - 1].upos == SLK_UPOS_ADP ? token - 1 : SLK_NONE;
}

/* A capital after "in", "near", "from" ... is a place; after "between", "by", "with", or as a subject it stands for its state. */
static bool is_place_here(const slk_naming *f, const slk_party *p) {
    static const char *const where[] = {"in",    "near", "at",   "around", "outside", "over",   "north",
                                        "south", "east", "west", "into",   "through", "across", "via"};
    if (p->agency || p->person || p->role || !p->country || p->country->demonym) return false;
    uint32_t prep = preposition_before(f, p->t.first);
    if (prep == SLK_NONE) return false;
    for (size_t i = 0; i < sizeof where / sizeof *where; i++)
        if (slk_naming_word(f, prep, where[i])) return p->country->kind == SLK_MARK_CAPITAL || i < 5;
    if (p->country->kind != SLK_MARK_CAPITAL) return false;
    /* "north of Pyongyang", "from Moscow": a place; "fired by Pyongyang", "against Seoul": not */
    return slk_naming_word(f, prep, "from") ||
           (slk_naming_word(f, prep, "of") && prep > 0 && f->r->tokens.at[prep - 1].upos != SLK_UPOS_NOUN);
}

/* "the North" means a country only in a report that names it in full. */
static slk_err note_countries(slk_naming *f) {
    uint32_t rows = slk_pack_rows(f->pack, SLK_T_COUNTRIES);
    f->named = slk_arena_take(&f->r->arena, rows * sizeof *f->named);
    if (!f->named) return SLK_ENOMEM;
    for (uint32_t i = 0; i < f->marks.n; i++)
        if (f->marks.at[i].kind == SLK_MARK_COUNTRY && f->marks.at[i].row < rows) f->named[f->marks.at[i].row] = true;
    return SLK_OK;
}

static bool adjective_only(const slk_naming *f, const slk_party *p) {
    if (p->agency || p->person || p->role || !p->country->demonym) return false;
    uint32_t next = p->t.last; /* "North Korean missiles": the state is named, its owner; "Iranians said": its people */
    return next < f->r->tokens.n && f->r->tokens.at[next].upos == SLK_UPOS_PUNCT;
}

/* Is the actor with this key of a kind, or of a narrower one: "defence-ministry" is a "ministry". */
static bool key_is_of_kind(const char *key, const char *kind) {
    size_t n = strlen(key), k = strlen(kind);
    return n > k && strcmp(key + n - k, kind) == 0 && (key[n - k - 1] == ':' || key[n - k - 1] == '-');
}

/* The body that no table has and whose name holds the word of a role, told last; or the person of that office. SLK_NONE. */
static uint32_t told_by_word(const slk_naming *f, const slk_party *p) {
    const slk_reading *r = f->r;
    slk_text word = slk_token_text(r, p->role->t.last - 1);
    for (uint32_t back = r->mentions.n; back > 0 && r->mentions.n - back < 40; back--) {
        uint32_t actor = r->mentions.at[back - 1].actor;
        const char *key = f->keys.at[actor], *role = r->actors.at[actor].role;
        if (key[0] == 'o' && slk_named_by(slk_text_of(key + 2), word)) return actor;
        if (key[0] == 'p' && role && slk_named_by(slk_text_of(role), word)) return actor;
    }
    return SLK_NONE;
}

/* The actor that a role without an owner points back to, the last told of its kind; SLK_NONE: "officials" of nobody. */
static uint32_t told_of_kind(const slk_naming *f, const slk_party *p) {
    const char *kind = slk_naming_cell(f, SLK_T_ROLES, p->role, SLK_ROLES_KIND);
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
static uint32_t body_of(const slk_naming *f, const char *country, const char *kind) {
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
static void find_body(const slk_naming *f, slk_party *p, const char *country) {
    const char *kind = slk_naming_cell(f, SLK_T_ROLES, p->role, SLK_ROLES_KIND);
    if (!country || p->person) return;
    if (p->agency) {
        const char *id = slk_naming_cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_ID);
        const char *own = slk_naming_cell(f, SLK_T_AGENCIES, p->agency, SLK_AGENCIES_COUNTRY);
        kind = id && own && strcmp(own, country) != 0 && strchr(id, '-') ? strchr(id, '-') + 1 : NULL;
    }
    uint32_t row = kind ? body_of(f, country, kind) : SLK_NONE;
    if (row == SLK_NONE) return;
    p->body = (slk_mark){p->agency ? p->agency->t : p->role->t, SLK_MARK_AGENCY, row, false};
    p->agency = &p->body;
}

/* "Lee Sun-ok, who heads an institute of security studies in Busan,": the country told behind the comma. */
static const char *country_behind(const slk_naming *f, const slk_party *p, uint32_t mark_index) {
    uint32_t comma = p->t.last;
    if (!slk_naming_word(f, comma, ",")) return NULL;
    const char *found = NULL;
    for (uint32_t i = mark_index; i < f->marks.n && f->marks.at[i].t.first < comma + 16; i++) {
        const slk_mark *m = &f->marks.at[i];
        for (uint32_t t = comma + 1; t < m->t.first; t++)
            if (slk_naming_word(f, t, ",") || f->r->tokens.at[t].upos == SLK_UPOS_VERB) return found;
        if (slk_country_like(m)) found = slk_naming_cell(f, SLK_T_COUNTRIES, m, SLK_COUNTRIES_ISO3);
        if (m->kind == SLK_MARK_AGENCY && !found) found = slk_naming_cell(f, SLK_T_AGENCIES, m, SLK_AGENCIES_COUNTRY);
    }
    return found;
}

/* ---------------------------------------------------------------- parties become actors */

static bool singular(const slk_naming *f, const slk_party *p) {
    const slk_token *t = &f->r->tokens.at[p->role->t.last - 1];
    return t->xpos && strcmp(t->xpos, "NNS") != 0 && strcmp(t->xpos, "NNPS") != 0;
}

static slk_err add_party(slk_naming *f, slk_party *p, uint32_t next_mark) {
    const char *country = slk_party_country(f, p), *role;
    char *name, *key;
    uint32_t actor;
    bool fresh;
    if (!country && p->person) country = country_behind(f, p, next_mark);
    if (!country && p->role) country = slk_owner_near(f, p);
    if (!country && p->role && !p->person && !p->agency && slk_party_definite(f, p) && singular(f, p) &&
        (actor = told_by_word(f, p)) != SLK_NONE)
        return slk_mention_add(f, slk_tokens_span(f->r, p->t), actor, false);
    if (!country && p->role && !p->person && (actor = told_of_kind(f, p)) != SLK_NONE) {
        /* "the ministry": that very one; "the alliance": the phrase has its article in the table */
        if (slk_party_definite(f, p) && f->keys.at[actor][0] == 'a')
            return slk_mention_add(f, slk_tokens_span(f->r, p->t), actor, false);
        country = f->r->actors.at[actor].country;
    }
    if (!country && p->role) country = slk_owner_far(f, p, next_mark);
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
    return slk_mention_add(f, slk_tokens_span(f->r, p->t), actor, false);
}

static slk_err find_parties(slk_naming *f) {
    slk_err err = note_countries(f);
    if (err != SLK_OK) return err;
    for (uint32_t i = 0; i < f->marks.n;) {
        slk_party p = next_party(f, &i);
        if (p.country && p.country->kind == SLK_MARK_CONTEXT && !f->named[p.country->row]) continue;
        if (p.country && (is_place_here(f, &p) || (!p.agency && !p.role && !p.person && adjective_only(f, &p))))
            continue;
        err = add_party(f, &p, i);
        if (err != SLK_OK) return err;
    }
    return SLK_OK;
}

slk_err slk_actors_find(const slk_pack *pack, slk_reading *r) {
    slk_naming f = {.pack = pack, .r = r};
    slk_err err = slk_marks_find(&f);
    if (err == SLK_OK) err = slk_subjects_mark(&f);
    if (err == SLK_OK) err = find_parties(&f);
    return err == SLK_OK ? slk_refer_find(&f) : err;
}
