/* sources.c - chains of sources: "Yonhap said, quoting the military" is Yonhap, then the military; the military is the root. A
 * known actor is the same source by whatever words it is called, and the offices of one branch of a state ("the military", "the
 * Joint Chiefs of Staff") are one: what they say later takes the place of what they said before. */
#include <string.h>

#include "base/fault.h"
#include "base/text.h"
#include "ledger/inside.h"

#define DEEPEST 8u /* sources in a chain; deeper ones are cut at their outer end */
#define WORDS_MOST_B 120u

static const char *const state_sectors[] = {"GOV", "MIL", "SPY", "COP", "LEG", "JUD"};

static bool is_state(const slk_actor *a) {
    if (!*a->country || strcmp(a->country, "UNK") == 0 || strcmp(a->country, "IGO") == 0 ||
        strcmp(a->country, "NGO") == 0)
        return false;
    for (size_t i = 0; i < sizeof state_sectors / sizeof *state_sectors; i++)
        if (strcmp(a->sector, state_sectors[i]) == 0) return true;
    return false;
}

/* Words without case and without a leading article. */
static char *folded(slk_arena *arena, slk_text t) {
    t = slk_text_trim(t);
    if (slk_text_starts_fold(t, "the ")) t = slk_text_part(t, 4, (uint32_t)t.n);
    if (t.n > WORDS_MOST_B) t.n = WORDS_MOST_B;
    char *z = slk_arena_copy(arena, t.at ? t.at : "", t.n);
    for (char *c = z; c && *c; c++) *c = *c == '\n' || *c == '\t' ? ' ' : slk_lower(*c);
    return z;
}

static slk_text words_of(const slk_reading *r, const slk_attribution *a) {
    if (a->source.n == 0) return slk_text_of("unnamed source");
    return slk_text_trim(slk_reading_text(r, a->source.at[0]));
}

/* Key of one source of the chain and its name for people. */
static slk_err source_key(const slk_reading *r, const slk_attribution *a, slk_arena *arena, const char **key,
                          const char **name) {
    const slk_actor *actor = a->actor < r->actors.n ? &r->actors.at[a->actor] : NULL;
    slk_text words = words_of(r, a);
    bool named = actor && actor->name && *actor->name;
    *name = named ? actor->name : slk_arena_copy(arena, words.at, words.n > WORDS_MOST_B ? WORDS_MOST_B : words.n);
    char *low = folded(arena, *name ? slk_text_of(*name) : words);
    if (!*name || !low) return SLK_ENOMEM;
    if (named && is_state(actor))
        *key = slk_arena_printf(arena, "%s/%s", actor->country, actor->sector);
    else if (named && strcmp(actor->sector, "MED") == 0)
        *key = slk_arena_printf(arena, "outlet:%s", low);
    else
        *key = slk_arena_printf(arena, "%s:%s", named && *actor->country ? actor->country : "UNK", low);
    return *key ? SLK_OK : SLK_ENOMEM;
}

const char *slk_source_own(const slk_pack *pack, const slk_report *p, const char *sha256, slk_arena *arena) {
    slk_text outlet = slk_text_trim(slk_text_of(p->outlet));
    slk_hit hit;
    if (outlet.n == 0) return slk_arena_printf(arena, "report:%.16s", sha256);
    if (pack && slk_pack_match_in(pack, outlet, 0, SLK_T_AGENCIES, &hit) && hit.end == outlet.n) {
        slk_text names = slk_pack_cell(pack, SLK_T_AGENCIES, hit.row, SLK_AGENCIES_NAME), first;
        if (slk_text_split(&names, '|', &first)) outlet = first;
    }
    const char *low = folded(arena, outlet);
    return low ? slk_arena_printf(arena, "outlet:%s", low) : NULL;
}

/* Looks the chain up by its key and enters it where it is new. */
static slk_err enter(slk_ledger *l, const char *key, const char *text, const char *names, slk_source *out,
                     slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_CHAIN, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, key);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    if ((err = slk_store_step(l, b.s, &row, fault)) != SLK_OK) return err;
    if (row) {
        out->row = sqlite3_column_int64(b.s, 0);
        (void)sqlite3_reset(b.s); /* repeats the code of the step */
        return SLK_OK;
    }
    b = (slk_bind){.s = slk_store_get(l, SLK_Q_CHAIN_ADD, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, key);
    slk_bind_text(&b, text);
    slk_bind_text(&b, names);
    slk_bind_text(&b, out->root);
    slk_bind_text(&b, out->root_country);
    if ((err = slk_bind_run(l, &b, fault)) == SLK_OK) out->row = sqlite3_last_insert_rowid(l->db);
    return err;
}

slk_err slk_source_of(slk_ledger *l, const slk_reading *r, uint32_t attribution, const char *own_root, slk_arena *arena,
                      slk_source *out, slk_fault *fault) {
    slk_source s = {.root = own_root};
    if (attribution >= r->attributions.n) {
        *out = s;
        return SLK_OK;
    }
    const char *key = "", *names = "", *text = "", *one, *name;
    uint32_t depth = 0;
    for (uint32_t at = attribution; at < r->attributions.n && depth < DEEPEST; at = r->attributions.at[at].inside) {
        const slk_attribution *a = &r->attributions.at[at]; /* from the root outwards */
        slk_err err = source_key(r, a, arena, &one, &name);
        if (err != SLK_OK) return err;
        if (depth == 0) {
            const slk_actor *actor = a->actor < r->actors.n ? &r->actors.at[a->actor] : NULL;
            s.root = one;
            s.state = actor && is_state(actor);
            if (s.state) memcpy(s.root_country, actor->country, 4);
        }
        key = slk_arena_printf(arena, "%s\n%s\n%s", one, name, key);
        names = depth ? slk_arena_printf(arena, "%s\n%s", name, names) : name;
        text = depth ? slk_arena_printf(arena, "%s, quoting %s", name, text) : name;
        if (!key || !names || !text) return SLK_ENOMEM;
        depth++;
    }
    slk_err err = enter(l, key, text, names, &s, fault);
    if (err == SLK_OK) *out = s;
    return err;
}
