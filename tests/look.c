/* look.c - what the language station makes of a text: tags, noun phrases, predicates, prepositions, names, in words. For whoever works
 * on its rules; built on request (ninja -C build look), not installed.
 * usage: SILLOK_PACK=build/sillok.pack build/look FILE... (a file is one text) */
#include <stdio.h>
#include <stdlib.h>

#include "base/reading.h"
#include "base/text.h"

static void put(const slk_reading *r, const char *label, uint32_t noun) {
    if (noun == SLK_NONE) return;
    slk_text t = slk_reading_text(r, slk_tokens_span(r, r->nouns.at[noun].t));
    printf(" %s[%.*s]", label, (int)t.n, t.at);
}

static void put_tags(const slk_reading *r, const slk_sentence *s) {
    for (uint32_t t = s->first_token; t < s->first_token + s->n_tokens; t++) {
        slk_text x = slk_token_text(r, t);
        printf("%.*s_%s ", (int)x.n, x.at, slk_upos_word(r->tokens.at[t].upos));
    }
    printf("\n");
}

static void put_nouns(const slk_reading *r, uint32_t s) {
    for (uint32_t i = 0; i < r->nouns.n; i++) {
        if (r->tokens.at[r->nouns.at[i].t.first].sentence != s) continue;
        printf("   N");
        put(r, "", i);
        put(r, "of", r->nouns.at[i].of);
        put(r, "owner", r->nouns.at[i].owner);
        put(r, "by", r->nouns.at[i].by);
        printf("\n");
    }
}

static void put_preds(const slk_reading *r, uint32_t s) {
    static const char *const links[] = {"root",      "complement", "quote",      "relative",
                                        "adverbial", "participle", "coordinate", "infinitive"};
    static const char *const moods[] = {"fact", "future", "possible", "obliged", "condition", "habit", "infinitive"};
    for (uint32_t i = 0; i < r->preds.n; i++) {
        const slk_pred *p = &r->preds.at[i];
        if (p->sentence != s) continue;
        slk_text v = slk_reading_text(r, slk_tokens_span(r, p->verb));
        slk_text e = slk_reading_text(r, p->extent);
        printf("   P [%.*s] %s %s%s%s%s%s%s", (int)v.n, v.at, links[p->link], moods[p->mood], p->negated ? " not" : "",
               p->passive ? " passive" : "", p->past ? " past" : "", p->perfect ? " perfect" : "",
               p->quoted ? " quoted" : "");
        put(r, "S", p->subj);
        put(r, "O", p->obj);
        put(r, "A", p->agent);
        if (p->parent != SLK_NONE) {
            slk_text h = slk_token_text(r, r->preds.at[p->parent].verb.head);
            printf(" <%.*s", (int)h.n, h.at);
        }
        printf("  {%.*s..%.*s}\n", (int)(e.n < 20 ? e.n : 20), e.at, (int)(e.n < 20 ? 0 : 15),
               e.n < 20 ? "" : e.at + e.n - 15);
    }
}

static void put_preps(const slk_reading *r, uint32_t s) {
    for (uint32_t i = 0; i < r->preps.n; i++) {
        const slk_prep *p = &r->preps.at[i];
        if (r->tokens.at[p->token].sentence != s) continue;
        slk_text x = slk_token_text(r, p->token);
        printf("   - %.*s", (int)x.n, x.at);
        put(r, "", p->noun);
        if (p->pred != SLK_NONE) {
            slk_text h = slk_token_text(r, r->preds.at[p->pred].verb.head);
            printf(" pred %.*s", (int)h.n, h.at);
        }
        put(r, " on", p->on_noun);
        printf("\n");
    }
}

static void put_names(const slk_reading *r, const slk_sentence *s) {
    static const char *const types[] = {"PER", "ORG", "LOC", "GPE", "FAC", "WEAPON", "EVENT", "MISC"};
    for (uint32_t i = 0; i < r->names.n; i++) {
        const slk_name *n = &r->names.at[i];
        if (!slk_span_holds(s->span, n->span)) continue;
        slk_text t = slk_reading_text(r, n->span);
        printf("   %s %.*s", types[n->type], (int)t.n, t.at);
        if (n->same_as != SLK_NONE) {
            t = slk_reading_text(r, r->names.at[n->same_as].span);
            printf(" = %.*s", (int)t.n, t.at);
        }
        printf("\n");
    }
}

static int look(const slk_engine *engine, const char *path) {
    static char text[1 << 20];
    FILE *f = fopen(path, "rb");
    if (!f) return 1;
    size_t n = fread(text, 1, sizeof text, f);
    if (fclose(f) != 0) return 1;
    slk_input in = {.text = {text, n}, .published = "2024-01-01"};
    slk_reading *r = NULL;
    if (slk_read(engine, &in, SLK_LAYER_TOKENS | SLK_LAYER_NAMES, &r, NULL) != SLK_OK) return 1;
    for (uint32_t s = 0; s < r->sentences.n; s++) {
        put_tags(r, &r->sentences.at[s]);
        if (!getenv("BRIEF")) put_nouns(r, s);
        put_preds(r, s);
        if (!getenv("BRIEF")) put_preps(r, s);
        if (!getenv("BRIEF")) put_names(r, &r->sentences.at[s]);
        printf("\n");
    }
    slk_reading_free(r);
    return 0;
}

int main(int argc, char **argv) {
    slk_engine *engine = NULL;
    slk_fault fault;
    if (slk_engine_open(getenv("SILLOK_PACK"), NULL, &engine, &fault) != SLK_OK) return 1;
    int status = 0;
    for (int i = 1; i < argc; i++) status |= look(engine, argv[i]);
    slk_engine_close(engine);
    return status;
}
