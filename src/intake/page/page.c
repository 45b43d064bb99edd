/* page.c - a page from its bytes to its report. See page.h. */
#include "intake/page/page.h"

#include "base/fault.h"
#include "base/text.h"
#include "intake/page/inside.h"

#define PARTING "\n\n"

typedef struct writing {
    slk_flat *flat;
    slk_buf text;
    SLK_LIST(slk_origin) runs;
    SLK_LIST(slk_page_block) blocks;
    SLK_LIST(slk_text) captions;
} writing;

static slk_err add_run(writing *w, slk_origin run) {
    slk_err err = SLK_ROOM(w->flat->arena, &w->runs, UINT32_MAX / 2);
    if (err == SLK_OK) w->runs.at[w->runs.n++] = run;
    return err;
}

/* A kept block with its runs. */
static slk_err write_block(writing *w, const slk_block *b) {
    const slk_flat *f = w->flat;
    slk_err err;
    if (w->text.n) {
        uint32_t from_b = f->runs.at[b->first_run].from_b; /* the empty line stands for the block's beginning */
        if ((err = add_run(w, (slk_origin){(uint32_t)w->text.n, from_b, from_b})) != SLK_OK) return err;
        slk_buf_puts(&w->text, PARTING);
    }
    uint32_t start = (uint32_t)w->text.n;
    for (uint32_t i = b->first_run; i < f->runs.n && f->runs.at[i].at_b < b->span.end; i++) {
        slk_origin run = f->runs.at[i];
        run.at_b = run.at_b - b->span.start + start;
        if ((err = add_run(w, run)) != SLK_OK) return err;
    }
    slk_text t = slk_block_text(f, b);
    slk_buf_add(&w->text, t.at, t.n);
    if ((err = SLK_ROOM(f->arena, &w->blocks, UINT32_MAX / 2)) != SLK_OK) return err;
    w->blocks.at[w->blocks.n++] = (slk_page_block){{start, (uint32_t)w->text.n}, (slk_block_kind)b->kind};
    return w->text.err;
}

static slk_err write_caption(writing *w, const slk_block *b) {
    slk_text t = slk_block_text(w->flat, b);
    const char *copy = slk_arena_copy(w->flat->arena, t.at, t.n);
    slk_err err = SLK_ROOM(w->flat->arena, &w->captions, UINT32_MAX / 2);
    if (!copy || err != SLK_OK) return SLK_ENOMEM;
    w->captions.at[w->captions.n++] = (slk_text){copy, t.n};
    return SLK_OK;
}

static slk_err write_all(writing *w, slk_page *out) {
    for (uint32_t i = 0; i < w->flat->blocks.n; i++) {
        const slk_block *b = &w->flat->blocks.at[i];
        slk_err err = SLK_OK;
        if (b->kept)
            err = write_block(w, b);
        else if (slk_block_why(w->flat, b) == SLK_WHY_CAPTION)
            err = write_caption(w, b);
        if (err != SLK_OK) return err;
    }
    const char *text = slk_arena_copy(w->flat->arena, w->text.at ? w->text.at : "", w->text.n);
    if (!text) return SLK_ENOMEM;
    out->text = (slk_text){text, w->text.n};
    out->runs = w->runs.at;
    out->n_runs = w->runs.n;
    out->blocks = w->blocks.at;
    out->n_blocks = w->blocks.n;
    out->captions = w->captions.at;
    out->n_captions = w->captions.n;
    return SLK_OK;
}

static slk_err read_tree(slk_flat *f, const char *url, slk_page *out) {
    slk_facts facts = {0};
    slk_err err = slk_facts_find(f->pack, f->root, f->arena, &facts);
    if (err == SLK_OK) err = slk_flat_make(f);
    if (err != SLK_OK) return err;
    slk_main_choose(f, &facts);
    out->title = facts.title;
    out->outlet = facts.outlet;
    out->author = facts.author;
    out->url = facts.url;
    out->language = facts.language;
    writing w = {.flat = f};
    slk_buf_start(&w.text, &f->arena->mem, (size_t)SLK_MAX_PAGE_B * 2);
    err = write_all(&w, out);
    if (err == SLK_OK) slk_dates_find(f, &facts, url, out);
    slk_buf_free(&w.text);
    return err;
}

slk_err slk_page_read(const slk_pack *pack, slk_text source, const char *url, slk_arena *arena, slk_page *out,
                      slk_fault *fault) {
    /* without scripts: some pages have their text in <noscript> only */
    slk_html_options options = {.most_depth = SLK_MAX_PAGE_DEPTH};
    slk_node *root;
    slk_err err = slk_html_parse(pack, source, &options, arena, &root, fault);
    if (err != SLK_OK) return err;
    slk_flat f = {.pack = pack, .arena = arena, .root = root, .source = source};
    slk_page page = {0};
    err = read_tree(&f, url, &page);
    slk_buf_free(&f.text);
    if (err != SLK_OK) return slk_fault_say(fault, err, "%s while the page was read", slk_err_meaning(err));
    *out = page;
    return SLK_OK;
}

uint32_t slk_page_source(const slk_page *page, uint32_t off_b) {
    return slk_origin_of(page->runs, page->n_runs, page->text.n, off_b);
}
