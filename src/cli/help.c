/* help.c - help texts. See help.h. */
#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/args.h"
#include "sillok.h"

static void program_options(slk_buf *out) {
    slk_buf_puts(out, "  -h, --help             this help\n      --version          one line with the version\n");
}

/* Takes the next piece off *rest: up to a space, which goes (then *gap), or up to and with a "|". */
static slk_text next_piece(slk_text *rest, bool *gap) {
    size_t n = 0;
    while (n < rest->n && rest->at[n] != ' ' && (n == 0 || rest->at[n - 1] != '|')) n++;
    slk_text piece = {rest->at, n};
    *gap = n < rest->n && rest->at[n] == ' ';
    *rest = (slk_text){rest->at + n + *gap, rest->n - n - *gap};
    return piece;
}

/* Text wrapped at 78 columns, each line indented; breaks at spaces and behind "|". */
static void wrap(slk_buf *out, const char *text, unsigned indent) {
    unsigned col = 0;
    bool gap = false, space = false;
    slk_text rest = slk_text_of(text);
    while (rest.n) {
        slk_text piece = next_piece(&rest, &gap);
        if (col && col + space + piece.n > 78) {
            slk_buf_putc(out, '\n');
            col = 0;
        }
        if (col && space) slk_buf_putc(out, ' '), col++;
        while (col < indent) slk_buf_putc(out, ' '), col++;
        slk_buf_add(out, piece.at, piece.n);
        col += (unsigned)piece.n;
        space = gap;
    }
    slk_buf_putc(out, '\n');
}

void slk_help_program(slk_buf *out) {
    slk_buf_puts(out, "sillok " SLK_TAGLINE "\n\nUsage: sillok COMMAND [OPTION...] [OPERAND...]\n\nCommands:\n");
    for (unsigned i = 0; i < slk_command_count; i++)
        slk_buf_printf(out, "  %-9s  %s\n", slk_commands[i].name, slk_commands[i].summary);
    slk_buf_puts(out, "\nOptions:\n");
    program_options(out);
    slk_buf_puts(out, "\nExamples:\n"
                      "  sillok read story.txt --published 2024-09-18\n"
                      "  sillok add *.txt && sillok timeline\n"
                      "\n`sillok COMMAND --help` and `man sillok` say the rest.\n");
}

const char *slk_help_choices(const slk_command *c, int opt) {
    return opt == SLK_OPT_FORMAT ? c->formats : slk_options[opt].choices;
}

static void option_lines(const slk_command *c, slk_buf *out) {
    for (int i = 0; i < SLK_OPT_COUNT; i++) {
        const slk_option *o = &slk_options[i];
        char head[64];
        if (!(o->commands & c->bit)) continue;
        int n = snprintf(head, sizeof head, "%s%c%s--%s%s%s", o->letter ? "-" : " ", o->letter ? o->letter : ' ',
                         o->letter ? ", " : "  ", o->name, o->value ? " " : "", o->value ? o->value : "");
        if (n < 0) continue;
        slk_buf_printf(out, "  %-22s ", head);
        if (n > 22) slk_buf_puts(out, "\n                         ");
        slk_buf slot;
        slk_buf_start(&slot, &out->mem, 4096);
        slk_buf_puts(&slot, o->help);
        if (slk_help_choices(c, i)) slk_buf_printf(&slot, " (%s)", slk_help_choices(c, i));
        if (slot.at && slot.err == SLK_OK) {
            slk_buf wrapped;
            slk_buf_start(&wrapped, &out->mem, 8192);
            wrap(&wrapped, slot.at, 25);
            if (wrapped.n > 25) slk_buf_add(out, wrapped.at + 25, wrapped.n - 25);
            slk_buf_free(&wrapped);
        }
        slk_buf_free(&slot);
    }
}

void slk_help_examples(const slk_command *c, slk_buf *out, void (*put)(slk_buf *, slk_text, slk_text)) {
    slk_text rest = slk_text_of(c->examples), line;
    while (slk_text_split(&rest, '\n', &line)) {
        const char *mark = memchr(line.at, '#', line.n);
        size_t n = mark ? (size_t)(mark - line.at) : line.n;
        slk_text what = mark ? slk_text_trim((slk_text){mark + 1, line.n - n - 1}) : (slk_text){"", 0};
        put(out, slk_text_trim((slk_text){line.at, n}), what);
    }
}

static void example_plain(slk_buf *out, slk_text command, slk_text what) {
    slk_buf_printf(out, "  %.*s\n      %.*s\n", (int)command.n, command.at, (int)what.n, what.at);
}

void slk_help_command(const slk_command *c, slk_buf *out) {
    slk_buf_printf(out, "Usage: sillok %s [OPTION...]%s%s\n\n", c->name, *c->operands ? " " : "", c->operands);
    wrap(out, c->about, 0);
    slk_buf_puts(out, "\nOptions:\n");
    option_lines(c, out);
    slk_buf_puts(out, "\nExamples:\n");
    slk_help_examples(c, out, example_plain);
}

bool slk_help_generate(const char *what, const char *command, slk_buf *out) {
    const slk_command *c = command ? slk_command_find(command) : NULL;
    if (command && !c) return false;
    if (strcmp(what, "man") == 0)
        slk_man_write(c, out);
    else
        return !command && slk_complete_write(what, out);
    return true;
}
