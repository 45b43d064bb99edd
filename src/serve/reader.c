/* reader.c - one posted text, read with no rights. See reader.h. Bytes of strangers (JSON, HTML, encodings) are parsed here and nowhere
 * else in the server; what goes back is text that was made, and what was read of it. */
#include "serve/reader.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/text.h"
#include "engine.h"
#include "export/export.h"
#include "intake/intake.h"
#include "serve/parts.h"
#include "serve/sandbox.h"

#define JSON_MOST_B ((size_t)64 << 20)

typedef struct job {
    const slk_engine *engine;
    slk_arena arena;
    slk_parts asked, answer;
    slk_input known;
    slk_document document;
    slk_text bytes;
} job;

static const char *string_of(const slk_parts *p, slk_part which) { /* parts have a NUL behind them */
    return p->at[which].n ? p->at[which].at : NULL;
}

/* ---------------------------------------------------------------- what was posted */

/* A member of the posted object, copied; *bad where it is there and no string. */
static slk_text member(job *k, const json_t *object, const char *name, bool *bad) {
    const json_t *v = json_object_get(object, name);
    if (!v || json_is_null(v)) return (slk_text){NULL, 0};
    size_t n = json_string_length(v);
    const char *z = json_is_string(v) ? slk_arena_copy(&k->arena, json_string_value(v), n) : NULL;
    if (!z || memchr(z, '\0', n)) *bad = true;
    return (slk_text){z, z ? n : 0};
}

static slk_err take_object(job *k, const json_t *object, slk_fault *fault) {
    bool bad = !json_is_object(object);
    slk_text text = member(k, object, "text", &bad), html = member(k, object, "html", &bad);
    const struct {
        const char *name;
        const char **at;
    } strings[] = {{"published", &k->known.published}, {"url", &k->known.url},       {"title", &k->known.title},
                   {"outlet", &k->known.outlet},       {"author", &k->known.author}, {"language", &k->known.language}};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        slk_text t = member(k, object, strings[i].name, &bad);
        if (t.n) *strings[i].at = t.at;
    }
    if (bad || !text.n == !html.n)
        return slk_fault_say(
            fault, SLK_EINPUT,
            "a JSON object with \"text\" or \"html\" is wanted, and strings in published, url, title, outlet");
    k->bytes = text.n ? text : html;
    k->document = text.n ? SLK_DOC_TEXT : SLK_DOC_PAGE;
    return SLK_OK;
}

static slk_err take_json(job *k, slk_fault *fault) {
    json_error_t why;
    json_t *root = json_loadb(k->bytes.at, k->bytes.n, 0, &why);
    if (!root) return slk_fault_say(fault, SLK_EINPUT, "no JSON: %.120s at byte %d", why.text, why.position);
    slk_err err = take_object(k, root, fault);
    json_decref(root);
    return err;
}

static slk_err take_posted(job *k, slk_fault *fault) {
    slk_text kind = k->asked.at[SLK_PART_KIND];
    k->bytes = k->asked.at[SLK_PART_BODY];
    k->known = (slk_input){.published = string_of(&k->asked, SLK_PART_PUBLISHED),
                           .url = string_of(&k->asked, SLK_PART_URL),
                           .title = string_of(&k->asked, SLK_PART_TITLE),
                           .outlet = string_of(&k->asked, SLK_PART_OUTLET)};
    k->document = slk_text_is(kind, "html") ? SLK_DOC_PAGE : SLK_DOC_TEXT;
    if (!k->bytes.n) return slk_fault_say(fault, SLK_EEMPTY, "nothing was posted");
    return slk_text_is(kind, "json") ? take_json(k, fault) : SLK_OK;
}

/* ---------------------------------------------------------------- what is answered */

static slk_text copy(job *k, const char *z) {
    return z ? (slk_text){slk_arena_copy(&k->arena, z, strlen(z)), strlen(z)} : (slk_text){NULL, 0};
}

static void tell_report(job *k, const slk_report *r, const slk_input *input) {
    char z[40];
    slk_parts *a = &k->answer;
    a->at[SLK_PART_TEXT] = r->text;
    a->at[SLK_PART_TITLE] = copy(k, r->title);
    a->at[SLK_PART_OUTLET] = copy(k, r->outlet);
    a->at[SLK_PART_AUTHOR] = copy(k, r->author);
    a->at[SLK_PART_URL] = copy(k, r->url);
    a->at[SLK_PART_SOURCE] = copy(k, r->source);
    a->at[SLK_PART_LANGUAGE] = copy(k, input->language);
    if (r->published.precision == SLK_P_NONE) return;
    a->at[SLK_PART_PUBLISHED] = copy(k, slk_instant_format(r->published, z));
    a->at[SLK_PART_BASIS] = copy(k, slk_published_basis_word(r->published_basis));
}

/* Reads and answers; everything is gone with the process. */
static slk_err read_posted(job *k, slk_fault *fault) {
    slk_reading *r = NULL;
    slk_err err = take_posted(k, fault);
    if (err != SLK_OK) return err;
    slk_item *item = slk_item_of(k->document, k->bytes, &k->known);
    if (!item) return slk_fault_say(fault, SLK_ENOMEM, "out of memory");
    item->content_type = string_of(&k->asked, SLK_PART_CHARSET);
    slk_item_prepare(item, slk_engine_pack(k->engine));
    if (item->fault.code != SLK_OK) {
        *fault = item->fault;
        return fault->code;
    }
    err = slk_read(k->engine, &item->input, SLK_LAYER_ALL, &r, fault);
    if (err != SLK_OK) return err;
    slk_buf json;
    slk_buf_start(&json, &slk_mem_system, JSON_MOST_B);
    slk_export_json(r, (unsigned)strtoul(k->asked.at[SLK_PART_LAYERS].at, NULL, 10), false, &json);
    if (json.err != SLK_OK) return slk_fault_say(fault, json.err, "what was read of it is too much to tell");
    k->answer.at[SLK_PART_JSON] = (slk_text){json.at, json.n};
    tell_report(k, slk_reading_report(r), &item->input);
    return SLK_OK;
}

static void say_status(slk_parts *p, const char *status, const slk_fault *fault) {
    p->at[SLK_PART_STATUS] = slk_text_of(status);
    if (fault) p->at[SLK_PART_MESSAGE] = slk_text_of(fault->message);
}

int slk_reader_run(const slk_engine *engine, bool sandbox) {
    static job k;
    slk_fault fault = {.code = SLK_OK};
    slk_parts hello = {0};
    k.engine = engine;
    slk_arena_start(&k.arena, &slk_mem_system, SLK_PARTS_MOST_B * 2);
    json_object_seed(0); /* asks the system for it, which is not to be had later */
    slk_err err = sandbox ? slk_sandbox_enter(&fault) : slk_sandbox_limits(&fault);
    say_status(&hello, err == SLK_OK ? "ready" : slk_err_word(err), err == SLK_OK ? NULL : &fault);
    if (!slk_parts_write(STDOUT_FILENO, &hello) || err != SLK_OK) _exit(1);
    if (!slk_parts_read(STDIN_FILENO, 0, &k.arena, &k.asked) || !k.asked.at[SLK_PART_LAYERS].at)
        _exit(0); /* not wanted */
    err = read_posted(&k, &fault);
    if (err != SLK_OK && !*fault.message) (void)slk_fault_say(&fault, err, "%s", slk_err_meaning(err));
    say_status(&k.answer, err == SLK_OK ? "ok" : slk_err_word(err), err == SLK_OK ? NULL : &fault);
    _exit(slk_parts_write(STDOUT_FILENO, &k.answer) ? 0 : 1);
}
