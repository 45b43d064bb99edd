/* man.c - manual pages: sillok(1), and one per command, sillok-read(1) and so on. See help.h. */
#include <string.h>

#include "base/text.h"
#include "cli/help.h"

/* Text for roff: backslashes and hyphens are not what they seem there, nor is a point or quote at the start of a line. */
static void roff(slk_buf *out, const char *z) {
    if (*z == '.' || *z == '\'') slk_buf_puts(out, "\\&");
    for (; *z; z++) {
        if (*z == '\\')
            slk_buf_puts(out, "\\e");
        else if (*z == '-')
            slk_buf_puts(out, "\\-");
        else
            slk_buf_putc(out, *z);
    }
}

static void roff_text(slk_buf *out, slk_text t) {
    for (size_t i = 0; i < t.n; i++) {
        char z[2] = {t.at[i], '\0'};
        if (z[0] == '.' && i)
            slk_buf_putc(out, '.');
        else
            roff(out, z);
    }
}

static void example(slk_buf *out, slk_text command, slk_text what) {
    slk_buf_puts(out, ".TP\n.B ");
    roff_text(out, command);
    slk_buf_putc(out, '\n');
    roff_text(out, what);
    slk_buf_putc(out, '\n');
}

static void options(const slk_command *c, slk_buf *out) {
    for (int i = 0; i < SLK_OPT_COUNT; i++) {
        const slk_option *o = &slk_options[i];
        if (!(o->commands & c->bit)) continue;
        slk_buf_puts(out, ".TP\n.B ");
        if (o->letter) slk_buf_printf(out, "\\-%c, ", o->letter);
        slk_buf_puts(out, "\\-\\-");
        roff(out, o->name);
        if (o->value) slk_buf_printf(out, " \\fI%s\\fR", o->value);
        slk_buf_putc(out, '\n');
        roff(out, o->help);
        if (slk_help_choices(c, i)) {
            slk_buf_puts(out, " (");
            roff(out, slk_help_choices(c, i));
            slk_buf_putc(out, ')');
        }
        slk_buf_putc(out, '\n');
    }
}

static void title(slk_buf *out, const char *command) {
    slk_buf_puts(out, ".TH \"SILLOK");
    if (command) slk_buf_putc(out, '-');
    for (; command && *command; command++) slk_buf_putc(out, (char)(*command - ('a' - 'A')));
    slk_buf_puts(out, "\" 1 \"\" \"sillok " SLK_VERSION "\" \"User Commands\"\n");
}

static void exit_status(slk_buf *out) {
    static const char *const rows[] = {"0",  "all went well",
                                       "1",  "some inputs failed, each said",
                                       "2",  "the command line is wrong",
                                       "3",  "the ledger could not be used",
                                       "70", "a fault of the program's own, or its knowledge pack cannot be used"};
    slk_buf_puts(out, ".SH EXIT STATUS\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i += 2) {
        slk_buf_printf(out, ".TP\n.B %s\n", rows[i]);
        roff(out, rows[i + 1]);
        slk_buf_putc(out, '\n');
    }
}

static void man_command(const slk_command *c, slk_buf *out) {
    title(out, c->name);
    slk_buf_printf(out, ".SH NAME\nsillok\\-%s \\- ", c->name);
    roff(out, c->summary);
    slk_buf_printf(out, "\n.SH SYNOPSIS\n.B sillok %s\n[\\fIOPTION\\fR...]", c->name);
    if (*c->operands) slk_buf_printf(out, " %s", c->operands);
    slk_buf_puts(out, "\n.SH DESCRIPTION\n");
    roff(out, c->about);
    slk_buf_puts(out, "\n.SH OPTIONS\n");
    options(c, out);
    slk_buf_puts(out, ".SH EXAMPLES\n");
    slk_help_examples(c, out, example);
    exit_status(out);
    slk_buf_puts(out, ".SH SEE ALSO\n.BR sillok (1)");
    for (unsigned i = 0; i < slk_command_count; i++)
        if (slk_commands[i].bit != c->bit) slk_buf_printf(out, ",\n.BR sillok\\-%s (1)", slk_commands[i].name);
    slk_buf_putc(out, '\n');
}

static const char *const about =
    "Sillok reads published reports, such as wire stories, of missile tests and other security events. From each it "
    "takes "
    "who did what to whom, when, where, how far, how many and with which weapon, and according to whom; every value "
    "keeps "
    "the words that say it. Reports that were recorded in a ledger are reconciled: one event stands once, with every "
    "report's and every source's word side by side.\n"
    ".PP\n"
    "The same input gives the same output: nothing depends on the clock, the locale, the time zone of the machine or "
    "the "
    "number of threads.";

static const char *const input =
    ".SH INPUT\n"
    "A FILE is a text in UTF\\-8, or JSON lines: one object a line with the members \"text\", \"id\", \"published\", "
    "\"url\", \"title\", \"outlet\", \"author\" and \"language\", of which only \"text\" must be there. Which of both "
    "it is "
    "is told from its content, or by \\fB\\-\\-input\\fR. Days such as \"Wednesday\" are counted from the publication "
    "date; "
    "a report without one keeps them unresolved.\n"
    ".SH OUTPUT\n"
    "In the text for people each value stands beside the words that say it and, behind a dash, who says so. A source "
    "without a further word reports; other stances (confirms, claims, alleges, denies, ...) are named. A value without "
    "a "
    "source is in the report's own voice. \"computed\" and \"assumed\" mark what is not in the words themselves. In "
    "JSON "
    "every span counts Unicode code points of report.text, from 0, end exclusive.\n";

static void man_program(slk_buf *out) {
    title(out, NULL);
    slk_buf_puts(out, ".SH NAME\nsillok \\- ");
    roff(out, SLK_TAGLINE);
    slk_buf_puts(out, "\n.SH SYNOPSIS\n.B sillok\n\\fICOMMAND\\fR [\\fIOPTION\\fR...] [\\fIOPERAND\\fR...]\n.br\n"
                      ".B sillok\n\\fB\\-\\-help\\fR | \\fB\\-\\-version\\fR\n.SH DESCRIPTION\n");
    slk_buf_puts(out, about);
    slk_buf_puts(out, "\n.SH COMMANDS\nEach has a page of its own and a \\fB\\-\\-help\\fR.\n");
    for (unsigned i = 0; i < slk_command_count; i++) {
        const slk_command *c = &slk_commands[i];
        slk_buf_printf(out, ".TP\n.BR sillok\\-%s (1)\n", c->name);
        roff(out, c->summary);
        slk_buf_putc(out, '\n');
    }
    slk_buf_puts(out, input);
    slk_buf_puts(out, ".SH EXAMPLES\n");
    for (unsigned i = 0; i < slk_command_count; i++) slk_help_examples(&slk_commands[i], out, example);
    slk_buf_puts(out,
                 ".SH FILES\n.TP\n.I $XDG_DATA_HOME/sillok/ledger.db\nthe default ledger; without XDG_DATA_HOME it is "
                 "~/.local/share/sillok/ledger.db\n"
                 ".SH ENVIRONMENT\n.TP\n.B SILLOK_PACK\nthe knowledge pack to use instead of the installed one\n"
                 ".TP\n.B NO_COLOR\nno colour, where it is set and not empty\n");
    exit_status(out);
}

void slk_man_write(const slk_command *command, slk_buf *out) {
    if (command)
        man_command(command, out);
    else
        man_program(out);
}
