/* help.c - help, man page, completions. See help.h. */
#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "sillok.h"

#define TAGLINE "reads reports of missile tests and other security events, and keeps a record of who said what"

static void program_options(slk_buf *out) {
    slk_buf_puts(out, "  -h, --help             this help\n      --version          one line with the version\n");
}

/* Words of text, wrapped at 78 columns, each line indented. */
static void wrap(slk_buf *out, const char *text, unsigned indent) {
    unsigned col = 0;
    slk_text rest = slk_text_of(text), word;
    while (slk_text_split(&rest, ' ', &word)) {
        if (col && col + 1 + word.n > 78) {
            slk_buf_putc(out, '\n');
            col = 0;
        }
        if (!col)
            for (; col < indent; col++) slk_buf_putc(out, ' ');
        else
            slk_buf_putc(out, ' '), col++;
        slk_buf_add(out, word.at, word.n);
        col += (unsigned)word.n;
    }
    slk_buf_putc(out, '\n');
}

void slk_help_program(slk_buf *out) {
    slk_buf_puts(out, "sillok " TAGLINE "\n\nUsage: sillok COMMAND [OPTION...] [OPERAND...]\n\nCommands:\n");
    for (unsigned i = 0; i < slk_command_count; i++)
        slk_buf_printf(out, "  %-9s  %s\n", slk_commands[i].name, slk_commands[i].summary);
    slk_buf_puts(out, "\nOptions:\n");
    program_options(out);
    slk_buf_puts(out, "\nExamples:\n"
                      "  sillok read story.txt --published 2024-09-18\n"
                      "  sillok add *.txt && sillok timeline\n"
                      "\n`sillok COMMAND --help` and `man sillok` say the rest.\n");
}

static const char *choices_of(const slk_command *c, int opt) {
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
        if (choices_of(c, i)) slk_buf_printf(&slot, " (%s)", choices_of(c, i));
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

/* Calls put for each example with its command and its comment. */
static void each_example(const slk_command *c, slk_buf *out, void (*put)(slk_buf *, slk_text, slk_text)) {
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
    each_example(c, out, example_plain);
}

/* Text for roff: backslashes and hyphens are not what they seem there. */
static void roff(slk_buf *out, slk_text t) {
    for (size_t i = 0; i < t.n; i++) {
        if (t.at[i] == '\\' || t.at[i] == '-') slk_buf_putc(out, '\\');
        slk_buf_putc(out, t.at[i]);
    }
}

static void example_roff(slk_buf *out, slk_text command, slk_text what) {
    slk_buf_puts(out, ".TP\n.B ");
    roff(out, command);
    slk_buf_putc(out, '\n');
    roff(out, what);
    slk_buf_putc(out, '\n');
}

static void man_options(const slk_command *c, slk_buf *out) {
    for (int i = 0; i < SLK_OPT_COUNT; i++) {
        const slk_option *o = &slk_options[i];
        if (!(o->commands & c->bit)) continue;
        slk_buf_puts(out, ".TP\n.B ");
        if (o->letter) slk_buf_printf(out, "\\-%c, ", o->letter);
        slk_buf_puts(out, "\\-\\-");
        roff(out, slk_text_of(o->name));
        if (o->value) slk_buf_printf(out, " \\fI%s\\fR", o->value);
        slk_buf_putc(out, '\n');
        roff(out, slk_text_of(o->help));
        if (choices_of(c, i)) {
            slk_buf_puts(out, " (");
            roff(out, slk_text_of(choices_of(c, i)));
            slk_buf_putc(out, ')');
        }
        slk_buf_putc(out, '\n');
    }
}

static void man(slk_buf *out) {
    slk_buf_puts(out, ".TH SILLOK 1 \"\" \"sillok " SLK_VERSION "\" \"User Commands\"\n.SH NAME\nsillok \\- ");
    roff(out, slk_text_of(TAGLINE));
    slk_buf_puts(out,
                 "\n.SH SYNOPSIS\n.B sillok\n.I COMMAND\n[\\fIOPTION\\fR...] [\\fIOPERAND\\fR...]\n.SH COMMANDS\n");
    for (unsigned i = 0; i < slk_command_count; i++) {
        const slk_command *c = &slk_commands[i];
        slk_buf_printf(out, ".SS sillok %s %s\n", c->name, c->operands);
        roff(out, slk_text_of(c->about));
        slk_buf_putc(out, '\n');
        man_options(c, out);
        slk_buf_puts(out, ".PP\nExamples:\n");
        each_example(c, out, example_roff);
    }
    slk_buf_puts(
        out, ".SH FILES\n.TP\n.I $XDG_DATA_HOME/sillok/ledger.db\nthe default ledger; without XDG_DATA_HOME it is "
             "~/.local/share/sillok/ledger.db\n"
             ".SH ENVIRONMENT\n.TP\n.B SILLOK_PACK\nthe knowledge pack to use\n.TP\n.B NO_COLOR\nno colour, where set\n"
             ".SH EXIT STATUS\n0 all went well; 1 some inputs failed, each said; 2 the command line is wrong; 3 the "
             "ledger could not be used; 70 a fault of the program's own.\n");
}

static void words_of(slk_buf *out, const char *choices) {
    slk_text rest = slk_text_of(choices), piece;
    bool any = false;
    while (slk_text_split(&rest, '|', &piece)) {
        slk_buf_printf(out, "%s%.*s", any ? " " : "", (int)piece.n, piece.at);
        any = true;
    }
}

static void bash(slk_buf *out) {
    slk_buf_puts(out, "# bash completion for sillok, made from its own list of commands and options\n"
                      "_sillok() {\n    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
                      "    COMPREPLY=()\n    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W \"");
    for (unsigned i = 0; i < slk_command_count; i++) slk_buf_printf(out, "%s ", slk_commands[i].name);
    slk_buf_puts(out,
                 "--help --version\" -- \"$cur\"))\n        return\n    fi\n    case \"${COMP_WORDS[1]} $prev\" in\n");
    for (unsigned k = 0; k < slk_command_count; k++)
        for (int i = 0; i < SLK_OPT_COUNT; i++) {
            const char *choices = choices_of(&slk_commands[k], i);
            if (!(slk_options[i].commands & slk_commands[k].bit) || !choices) continue;
            slk_buf_printf(out, "    \"%s --%s\") COMPREPLY=($(compgen -W \"", slk_commands[k].name,
                           slk_options[i].name);
            words_of(out, choices);
            slk_buf_puts(out, "\" -- \"$cur\")); return ;;\n");
        }
    slk_buf_puts(out, "    esac\n    case \"$cur\" in\n    -*)\n        case \"${COMP_WORDS[1]}\" in\n");
    for (unsigned k = 0; k < slk_command_count; k++) {
        slk_buf_printf(out, "        %s) COMPREPLY=($(compgen -W \"", slk_commands[k].name);
        for (int i = 0; i < SLK_OPT_COUNT; i++)
            if (slk_options[i].commands & slk_commands[k].bit) slk_buf_printf(out, "--%s ", slk_options[i].name);
        slk_buf_puts(out, "\" -- \"$cur\")) ;;\n");
    }
    slk_buf_puts(out, "        esac ;;\n    *) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n    esac\n}\n"
                      "complete -o filenames -F _sillok sillok\n");
}

/* Text inside single quotes of a shell; zsh also wants brackets and colons masked. */
static void quoted(slk_buf *out, const char *z, const char *masked) {
    for (; *z; z++) {
        if (*z == '\'')
            slk_buf_puts(out, "'\\''");
        else {
            if (strchr(masked, *z)) slk_buf_putc(out, '\\');
            slk_buf_putc(out, *z);
        }
    }
}

static void zsh(slk_buf *out) {
    slk_buf_puts(out, "#compdef sillok\n# zsh completion for sillok, made from its own list of commands and options\n"
                      "_sillok() {\n  local -a commands\n  commands=(\n");
    for (unsigned i = 0; i < slk_command_count; i++) {
        slk_buf_printf(out, "    '%s:", slk_commands[i].name);
        quoted(out, slk_commands[i].summary, ":");
        slk_buf_puts(out, "'\n");
    }
    slk_buf_puts(out,
                 "  )\n  if (( CURRENT == 2 )); then _describe command commands; return; fi\n  case $words[2] in\n");
    for (unsigned k = 0; k < slk_command_count; k++) {
        slk_buf_printf(out, "  %s) _arguments", slk_commands[k].name);
        for (int i = 0; i < SLK_OPT_COUNT; i++) {
            const slk_option *o = &slk_options[i];
            if (!(o->commands & slk_commands[k].bit)) continue;
            slk_buf_printf(out, " \\\n    '--%s[", o->name);
            quoted(out, o->help, "[]:");
            slk_buf_putc(out, ']');
            if (o->value) {
                slk_buf_printf(out, ":%s:", o->value);
                if (choices_of(&slk_commands[k], i)) {
                    slk_buf_putc(out, '(');
                    words_of(out, choices_of(&slk_commands[k], i));
                    slk_buf_putc(out, ')');
                } else {
                    slk_buf_puts(out, i == SLK_OPT_LEDGER ? "_files" : " ");
                }
            }
            slk_buf_putc(out, '\'');
        }
        slk_buf_puts(out, slk_commands[k].most_operands ? " \\\n    '*:file:_files' ;;\n" : " ;;\n");
    }
    slk_buf_puts(out, "  esac\n}\n_sillok \"$@\"\n");
}

static void fish(slk_buf *out) {
    slk_buf_puts(out, "# fish completion for sillok, made from its own list of commands and options\n");
    for (unsigned k = 0; k < slk_command_count; k++) {
        const slk_command *c = &slk_commands[k];
        slk_buf_printf(out, "complete -c sillok -n __fish_use_subcommand -a %s -d '", c->name);
        quoted(out, c->summary, "");
        slk_buf_puts(out, "'\n");
        for (int i = 0; i < SLK_OPT_COUNT; i++) {
            const slk_option *o = &slk_options[i];
            if (!(o->commands & c->bit)) continue;
            slk_buf_printf(out, "complete -c sillok -n '__fish_seen_subcommand_from %s' -l %s", c->name, o->name);
            if (o->letter) slk_buf_printf(out, " -s %c", o->letter);
            if (o->value) slk_buf_puts(out, " -r");
            if (choices_of(c, i)) {
                slk_buf_puts(out, " -f -a '");
                words_of(out, choices_of(c, i));
                slk_buf_putc(out, '\'');
            }
            slk_buf_puts(out, " -d '");
            quoted(out, o->help, "");
            slk_buf_puts(out, "'\n");
        }
    }
}

bool slk_help_generate(const char *what, slk_buf *out) {
    if (strcmp(what, "man") == 0)
        man(out);
    else if (strcmp(what, "bash") == 0)
        bash(out);
    else if (strcmp(what, "zsh") == 0)
        zsh(out);
    else if (strcmp(what, "fish") == 0)
        fish(out);
    else
        return false;
    return true;
}
