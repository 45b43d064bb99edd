/* cmd_read.c - `sillok read`: reports in, what they say out; touches no ledger. */
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "cli/run.h"
#include "export/export.h"

typedef enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_JSONL, FORMAT_CONLLU } format;

typedef struct reading_run {
    format format;
    unsigned layers;
    slk_style style;
    bool any, explain;
} reading_run;

static const struct {
    const char *name;
    unsigned bit;
} layer_names[] = {
    {"sentences", SLK_LAYER_SENTENCES}, {"tokens", SLK_LAYER_TOKENS},         {"names", SLK_LAYER_NAMES},
    {"times", SLK_LAYER_TIMES},         {"places", SLK_LAYER_PLACES},         {"quantities", SLK_LAYER_QUANTITIES},
    {"actors", SLK_LAYER_ACTORS},       {"events", SLK_LAYER_EVENTS},         {"attributions", SLK_LAYER_ATTRIBUTIONS},
    {"checks", SLK_LAYER_CHECKS},       {"predicates", SLK_LAYER_PREDICATES}, {"all", SLK_LAYER_ALL},
};

static bool read_layers(const char *list, unsigned *out) {
    slk_text rest = slk_text_of(list ? list : "all"), piece;
    *out = 0;
    while (slk_text_split(&rest, ',', &piece)) {
        unsigned bit = 0;
        piece = slk_text_trim(piece);
        for (size_t i = 0; i < sizeof layer_names / sizeof *layer_names; i++)
            if (slk_text_is(piece, layer_names[i].name)) bit = layer_names[i].bit;
        if (!bit) {
            slk_say("\"%.*s\" is no layer; see sillok read --help", (int)piece.n, piece.at ? piece.at : "");
            return false;
        }
        *out |= bit;
    }
    return true;
}

static void print_page(const reading_run *g, const slk_run_result *result) {
    slk_export_text(result->reading, &g->style, result->out);
    if (g->explain) slk_export_rules(result->reading, &g->style, result->out);
}

static void prepare(void *ctx, const slk_run_result *result) {
    const reading_run *g = ctx;
    if (g->format == FORMAT_TEXT)
        print_page(g, result);
    else if (g->format == FORMAT_CONLLU)
        slk_export_conllu(result->reading, result->out);
    else
        slk_export_json(result->reading, g->layers, g->format == FORMAT_JSON, result->out);
}

static bool take(void *ctx, const slk_run_result *result) {
    reading_run *g = ctx;
    if (!result->reading && (g->format == FORMAT_JSON || g->format == FORMAT_JSONL)) {
        slk_export_json_fault(result->item->input.id, result->item->input.source, result->item->line, result->fault,
                              g->format == FORMAT_JSON, result->out);
    }
    if (result->out->n == 0 && result->out->err == SLK_OK) return true;
    if (g->format == FORMAT_TEXT && g->any && !slk_put("\n", 1)) return false;
    g->any = true;
    return slk_put_buf(result->out);
}

int slk_cmd_read(const slk_args *args) {
    reading_run g = {.format = FORMAT_TEXT};
    const char *f = slk_args_format(args);
    g.style = slk_style_for(args);
    if (strcmp(f, "json") == 0) g.format = FORMAT_JSON;
    if (strcmp(f, "jsonl") == 0) g.format = FORMAT_JSONL;
    if (strcmp(f, "conllu") == 0) g.format = FORMAT_CONLLU;
    if (!read_layers(args->value[SLK_OPT_LAYERS], &g.layers)) return SLK_EXIT_USAGE;
    slk_engine *engine = NULL;
    if (g.format == FORMAT_TEXT) g.layers = SLK_LAYER_ALL;
    g.explain = args->value[SLK_OPT_EXPLAIN] != NULL;
    if (g.explain) g.layers |= SLK_LAYER_RULES;
    if (g.format == FORMAT_CONLLU) g.layers = SLK_LAYER_SENTENCES | SLK_LAYER_TOKENS;
    slk_run run = {.layers = g.layers, .ctx = &g, .prepare = prepare, .take = take};
    int status = slk_run_reports(args, &engine, &run);
    slk_engine_close(engine);
    return slk_put_flush() ? status : SLK_EXIT_SOME;
}
