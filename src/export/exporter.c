/* exporter.c - the list of formats, and one export from its head to its tail. See exporter.h. */
#include "export/exporter.h"

#include <string.h>

#include "base/fault.h"
#include "export/formats.h"

static const slk_format formats[] = {
#define FORMAT(word, media, ending, head, event, tail) {word, media, ending, head, event, tail},
    SLK_FORMATS(FORMAT)
#undef FORMAT
};

const slk_format *slk_formats(size_t *n) {
    *n = sizeof formats / sizeof *formats;
    return formats;
}

const slk_format *slk_format_find(const char *word) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].word, word) == 0) return &formats[i];
    return NULL;
}

void slk_export_start(slk_export *x, const slk_format *format, slk_ledger *ledger, const slk_pack *pack,
                      slk_instant as_of, slk_buf *out) {
    *x = (slk_export){.format = format, .ledger = ledger, .pack = pack, .as_of = as_of, .out = out};
    slk_seen_start(&x->seen, &out->mem);
}

void slk_export_free(slk_export *x) { slk_seen_free(&x->seen); }

static slk_err outcome(slk_export *x) {
    if (x->err == SLK_OK && x->out->err != SLK_OK)
        x->err =
            slk_fault_say(&x->fault, x->out->err, "%s while writing %s", slk_err_meaning(x->out->err), x->format->word);
    return x->err;
}

slk_err slk_export_head(slk_export *x) {
    if (x->format->head) x->format->head(x);
    return outcome(x);
}

slk_err slk_export_event(slk_export *x, const slk_dossier *d) {
    if (x->format->event) x->format->event(x, d);
    return outcome(x);
}

slk_err slk_export_tail(slk_export *x) {
    if (x->format->tail) x->format->tail(x);
    return outcome(x);
}
