/* owners.c - whose body or officer a role is when its owner does not stand beside it: "its coastguard", "officials in Odesa", "the
 * military" of the state last spoken of, "state media" of the leader in the same sentence. */
#include <string.h>

#include "base/text.h"
#include "meaning/naming.h"

/* The state of "its coastguard", "their foreign ministry": that of what the pronoun stands for. */
static const char *country_of_pronoun(const slk_naming *f, uint32_t first) {
    uint32_t start = first > 3 ? first - 3 : 0;
    for (uint32_t t = first + 1; t-- > start;) {
        uint8_t upos = f->r->tokens.at[t].upos;
        slk_gender g = slk_pronoun_of(slk_token_text(f->r, t));
        if (g != SLK_NO_PRONOUN) {
            uint32_t actor = slk_antecedent(f, t, g, f->r->mentions.n);
            return actor != SLK_NONE && strcmp(f->r->actors.at[actor].country, "UNK") != 0
                       ? f->r->actors.at[actor].country
                       : NULL;
        }
        if (t < first && upos != SLK_UPOS_ADJ && upos != SLK_UPOS_NOUN && upos != SLK_UPOS_PROPN) return NULL;
    }
    return NULL;
}

/* Bodies that every state has and reports name without it once it is clear whose they are: "the military", "state media". */
static bool body_of_some_state(const slk_naming *f, const slk_party *p) {
    static const char *const kinds[] = {"military",
                                        "state-media",
                                        "state-broadcaster",
                                        "coastguard",
                                        "government",
                                        "ministry",
                                        "parliament",
                                        "navy",
                                        "air-force",
                                        "missile-force",
                                        "space-agency",
                                        "foreign-ministry",
                                        "defence-ministry",
                                        "unification-ministry",
                                        "general-staff",
                                        "military-commission",
                                        "cabinet",
                                        "office",
                                        "intelligence-agency",
                                        "army",
                                        "head-of-state",
                                        "head-of-government",
                                        "foreign-minister",
                                        "defence-minister"};
    const char *kind = slk_naming_cell(f, SLK_T_ROLES, p->role, SLK_ROLES_KIND);
    for (size_t i = 0; kind && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kind, kinds[i]) == 0) return true;
    return false;
}

/* The state last spoken of: a subject within two sentences, else the nearest one. */
static const char *country_last_told(const slk_naming *f, uint32_t token) {
    const slk_reading *r = f->r;
    uint32_t sentence = r->tokens.at[token].sentence;
    const char *nearest = NULL;
    for (uint32_t i = r->mentions.n; i > 0 && r->mentions.n - i < 16; i--) {
        const slk_mention *m = &r->mentions.at[i - 1];
        const char *country = r->actors.at[m->actor].country;
        if (sentence - slk_sentence_at(r, m->span.start) > 2) break;
        if (strcmp(country, "UNK") == 0 || strcmp(country, "IGO") == 0 || strcmp(country, "NGO") == 0) continue;
        if (f->subject[slk_token_at(r, m->span.start)]) return country;
        if (!nearest) nearest = country;
    }
    return nearest;
}

bool slk_party_definite(const slk_naming *f, const slk_party *p) {
    return slk_naming_word(f, p->t.first, "the") || (p->t.first > 0 && slk_naming_word(f, p->t.first - 1, "the"));
}

/* "State media said leader Kim ...": whose they are stands in the sentence, before them or behind. */
static const char *country_in_sentence(const slk_naming *f, const slk_party *p, uint32_t next_mark) {
    const slk_reading *r = f->r;
    uint32_t sentence = r->tokens.at[p->t.first].sentence;
    const slk_mention *last = r->mentions.n ? &r->mentions.at[r->mentions.n - 1] : NULL;
    if (last && slk_sentence_at(r, last->span.start) == sentence &&
        strcmp(r->actors.at[last->actor].country, "UNK") != 0)
        return r->actors.at[last->actor].country;
    for (uint32_t i = next_mark; i < f->marks.n && i < next_mark + 4; i++) {
        const slk_mark *m = &f->marks.at[i];
        if (r->tokens.at[m->t.first].sentence != sentence) break;
        slk_party one = {.country = slk_country_like(m) ? m : NULL,
                         .agency = m->kind == SLK_MARK_AGENCY ? m : NULL,
                         .person = m->kind == SLK_MARK_PERSON ? m : NULL};
        const char *country = slk_party_country(f, &one);
        if (country) return country;
    }
    return NULL;
}

static const char *owner_not_told(const slk_naming *f, const slk_party *p, uint32_t next_mark) {
    const char *country = country_of_pronoun(f, p->t.first);
    if (country || !body_of_some_state(f, p)) return country;
    const char *kind = slk_naming_cell(f, SLK_T_ROLES, p->role, SLK_ROLES_KIND);
    bool bare = kind && strncmp(kind, "state-", 6) == 0;
    if (bare) country = country_in_sentence(f, p, next_mark);
    if (country) return country;
    return bare || slk_party_definite(f, p) ? country_last_told(f, p->t.first) : NULL;
}

/* "officials in Odesa": the state of the place behind a role. */
static const char *country_of_place(const slk_naming *f, const slk_party *p) {
    const slk_reading *r = f->r;
    uint32_t prep = p->t.last;
    if (!slk_naming_word(f, prep, "in") && !slk_naming_word(f, prep, "at")) return NULL;
    uint32_t place = slk_naming_word(f, prep + 1, "the") ? prep + 2 : prep + 1;
    if (place >= r->tokens.n) return NULL;
    uint32_t start = r->tokens.at[place].span.start;
    uint32_t lo = SLK_FIRST(i, r->places.n, r->places.at[i].span.start < start);
    if (lo >= r->places.n || r->places.at[lo].span.start != start || !*r->places.at[lo].country) return NULL;
    return slk_country_iso3(f->pack, r->places.at[lo].country);
}

/* "Foreign Ministry spokesman X", "Defence Minister Y": posts of a state, mostly the one spoken of. */
static bool speaks_for_state(const slk_naming *f, const slk_party *p) {
    const char *kind = slk_naming_cell(f, SLK_T_ROLES, p->role, SLK_ROLES_KIND),
               *sector = slk_naming_cell(f, SLK_T_ROLES, p->role, SLK_ROLES_SECTOR);
    if (!kind || !sector || (strcmp(sector, "GOV") != 0 && strcmp(sector, "MIL") != 0)) return false;
    return strstr(kind, "minist") != NULL || strstr(kind, "spokes") != NULL || strncmp(kind, "head-of", 7) == 0;
}

const char *slk_owner_near(const slk_naming *f, const slk_party *p) {
    const char *country = p->person ? NULL : country_of_pronoun(f, p->t.first);
    return country ? country : country_of_place(f, p);
}

const char *slk_owner_far(const slk_naming *f, const slk_party *p, uint32_t next_mark) {
    if (p->person) return speaks_for_state(f, p) ? country_last_told(f, p->t.first) : NULL;
    return p->agency ? NULL : owner_not_told(f, p, next_mark);
}
