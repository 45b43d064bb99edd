/* complete.c - completions for bash, zsh and fish. See help.h. */
#include <string.h>

#include "base/text.h"
#include "cli/help.h"

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
            const char *choices = slk_help_choices(&slk_commands[k], i);
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
    slk_buf_puts(out, "  )\n  if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
                      "  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n");
    for (unsigned k = 0; k < slk_command_count; k++) {
        slk_buf_printf(out, "  %s) _arguments", slk_commands[k].name);
        for (int i = 0; i < SLK_OPT_COUNT; i++) {
            const slk_option *o = &slk_options[i];
            if (!(o->commands & slk_commands[k].bit)) continue;
            slk_buf_puts(out, " \\\n    ");
            if (o->letter)
                slk_buf_printf(out, "'(-%c --%s)'{-%c,--%s}'[", o->letter, o->name, o->letter, o->name);
            else
                slk_buf_printf(out, "'--%s[", o->name);
            quoted(out, o->help, "[]:");
            slk_buf_putc(out, ']');
            if (o->value) {
                slk_buf_printf(out, ":%s:", o->value);
                if (slk_help_choices(&slk_commands[k], i)) {
                    slk_buf_putc(out, '(');
                    words_of(out, slk_help_choices(&slk_commands[k], i));
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
            if (slk_help_choices(c, i)) {
                slk_buf_puts(out, " -f -a '");
                words_of(out, slk_help_choices(c, i));
                slk_buf_putc(out, '\'');
            }
            slk_buf_puts(out, " -d '");
            quoted(out, o->help, "");
            slk_buf_puts(out, "'\n");
        }
    }
}

bool slk_complete_write(const char *shell, slk_buf *out) {
    if (strcmp(shell, "bash") == 0)
        bash(out);
    else if (strcmp(shell, "zsh") == 0)
        zsh(out);
    else if (strcmp(shell, "fish") == 0)
        fish(out);
    else
        return false;
    return true;
}
