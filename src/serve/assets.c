/* assets.c - serves what the program carries: the page at /, its files beside it. */
#include "serve/assets.h"

#include <stdlib.h>
#include <string.h>

#include "serve/inside.h"

static int by_name(const void *key, const void *at) { return strcmp(key, ((const slk_asset *)at)->name); }

static slk_answer *serve(const char *name, slk_answer_policy policy) {
    const slk_asset *x = bsearch(name, slk_assets, slk_n_assets, sizeof *slk_assets, by_name);
    if (!x) return slk_answer_problem(404, "there is nothing at /%.200s", name);
    slk_answer *a = slk_answer_new(200);
    if (!a) return NULL;
    slk_answer_lend(a, x->type, (slk_text){(const char *)x->at, x->n},
                    (slk_text){(const char *)x->packed, x->packed_n});
    a->policy = policy;
    slk_answer_finish(a);
    return a;
}

slk_answer *slk_serve_page(slk_work *w) {
    (void)w;
    return serve("index.html", SLK_POLICY_PAGE);
}

slk_answer *slk_serve_asset(slk_work *w) {
    bool ours = w->id && strcmp(w->id, "openapi.json") != 0; /* that one has a place of its own */
    return ours ? serve(w->id, SLK_POLICY_PAGE) : slk_answer_problem(404, "there is nothing here");
}

slk_answer *slk_serve_openapi(slk_work *w) {
    (void)w;
    return serve("openapi.json", SLK_POLICY_DATA);
}
