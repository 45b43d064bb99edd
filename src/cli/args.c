/* args.c - reads the command line. See args.h. */
#include "cli/args.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/nearest.h"
#include "base/text.h"

static bool complain(char message[256], const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool complain(char message[256], const char *format, ...) {
    va_list args;
    va_start(args, format);
    if (vsnprintf(message, 256, format, args) < 0) message[0] = '\0';
    va_end(args);
    return false;
}

const slk_command *slk_command_find(const char *name) {
    for (unsigned i = 0; i < slk_command_count; i++)
        if (strcmp(slk_commands[i].name, name) == 0) return &slk_commands[i];
    return NULL;
}

static bool among(const char *choices, const char *word) {
    slk_text rest = slk_text_of(choices), piece;
    while (slk_text_split(&rest, '|', &piece))
        if (slk_text_is(piece, word)) return true;
    return false;
}

/* "text|json|jsonl" as "text, json or jsonl" */
static const char *spoken(const char *choices, char out[160]) {
    size_t n = 0;
    slk_text rest = slk_text_of(choices), piece;
    while (slk_text_split(&rest, '|', &piece)) {
        const char *sep = n == 0 ? "" : rest.at ? ", " : " or ";
        int w = snprintf(out + n, 160 - n, "%s%.*s", sep, (int)piece.n, piece.at);
        if (w < 0 || (size_t)w >= 160 - n) break;
        n += (size_t)w;
    }
    return out;
}

static int find_long(slk_text name, unsigned bit) {
    for (int i = 0; i < SLK_OPT_COUNT; i++)
        if ((slk_options[i].commands & bit) && slk_text_is(name, slk_options[i].name)) return i;
    return -1;
}

static int find_short(char letter, unsigned bit) {
    for (int i = 0; i < SLK_OPT_COUNT; i++)
        if ((slk_options[i].commands & bit) && slk_options[i].letter == letter) return i;
    return -1;
}

static bool check_number(const char *value, long least, long most) {
    char *end;
    long v = strtol(value, &end, 10);
    return *value && *end == '\0' && v >= least && v <= most;
}

/* "90s", "15m", "2h"; a number alone is seconds. */
bool slk_args_time(const char *z, int64_t *ms) {
    char *end;
    long v = strtol(z, &end, 10);
    int64_t unit = *end == 'm' ? 60000 : *end == 'h' ? 3600000 : 1000;
    if (*end == 's' || *end == 'm' || *end == 'h') end++;
    if (!slk_is_digit(*z) || *end || v < 0 || v > 1000000) return false;
    *ms = v * unit;
    return true;
}

static bool check_value(const slk_command *c, int opt, const char *value, char message[256]) {
    const slk_option *o = &slk_options[opt];
    char list[160];
    const char *choices = opt == SLK_OPT_FORMAT ? c->formats : o->choices;
    if (choices && !among(choices, value))
        return complain(message, "--%s of %s is %s, not \"%.40s\"", o->name, c->name, spoken(choices, list), value);
    if (opt == SLK_OPT_THREADS && !check_number(value, 1, 256))
        return complain(message, "--%s takes a number from 1 to 256, not \"%.40s\"", o->name, value);
    if (opt == SLK_OPT_LIMIT && !check_number(value, 0, 1000000000))
        return complain(message, "--%s takes a number, not \"%.40s\"", o->name, value);
    int64_t ms;
    if ((opt == SLK_OPT_EVERY || opt == SLK_OPT_PAUSE) && !slk_args_time(value, &ms))
        return complain(message, "--%s takes a time such as 90s, 15m or 2h, not \"%.40s\"", o->name, value);
    slk_instant t;
    if ((opt == SLK_OPT_PUBLISHED || opt == SLK_OPT_SINCE || opt == SLK_OPT_UNTIL || opt == SLK_OPT_AS_OF) &&
        !slk_instant_parse(slk_text_of(value), &t))
        return complain(message, "--%s takes an ISO 8601 date such as 2024-09-18, not \"%.40s\"", o->name, value);
    return true;
}

/* Names of the commands that take an option, as "add, events or show". */
static const char *takers(const slk_option *o, char out[160]) {
    char list[160] = "";
    size_t n = 0;
    for (unsigned i = 0; i < slk_command_count; i++) {
        if (!(o->commands & slk_commands[i].bit)) continue;
        int w = snprintf(list + n, sizeof list - n, "%s%s", n ? "|" : "", slk_commands[i].name);
        if (w < 0 || (size_t)w >= sizeof list - n) break;
        n += (size_t)w;
    }
    return spoken(list, out);
}

/* Says of a word that looks like an option why it is none here: it belongs to other commands, or another one was meant. */
static bool complain_option(const slk_command *c, const char *word, char message[256]) {
    char list[160];
    bool is_long = word[1] == '-';
    slk_text name = slk_text_of(word + (is_long ? 2 : 1)), rest = name;
    if (is_long) (void)slk_text_split(&rest, '=', &name);
    int elsewhere = is_long ? find_long(name, SLK_CMD_ALL) : find_short(word[1], SLK_CMD_ALL);
    if (elsewhere >= 0)
        return complain(message, "--%s is no option of sillok %s but of %s", slk_options[elsewhere].name, c->name,
                        takers(&slk_options[elsewhere], list));
    slk_nearest near = {.word = name, .slips = 3};
    for (int i = 0; is_long && i < SLK_OPT_COUNT; i++)
        if (slk_options[i].commands & c->bit) slk_nearest_try(&near, slk_options[i].name);
    if (near.found)
        return complain(message, "\"%.60s\" is no option of sillok %s; did you mean --%s?", word, c->name, near.found);
    return complain(message, "\"%.60s\" is no option of sillok %s", word, c->name);
}

/* One option at argv[*i]; *i moves to its last word. */
static bool read_option(slk_args *out, int argc, char **argv, int *i, char message[256]) {
    char *word = argv[*i];
    const char *value = NULL;
    int opt;
    if (word[1] == '-') {
        char *eq = strchr(word, '=');
        slk_text name = {word + 2, eq ? (size_t)(eq - word - 2) : strlen(word + 2)};
        opt = find_long(name, out->command->bit);
        if (eq) value = eq + 1;
    } else {
        opt = find_short(word[1], out->command->bit);
        if (opt >= 0 && word[2]) value = word[2] == '=' ? word + 3 : word + 2;
    }
    if (opt < 0) return complain_option(out->command, word, message);
    const slk_option *o = &slk_options[opt];
    if (!o->value) {
        if (value) return complain(message, "--%s takes no value", o->name);
        out->value[opt] = "";
        return true;
    }
    if (!value) {
        if (*i + 1 >= argc) return complain(message, "--%s needs a value (%s)", o->name, o->value);
        value = argv[++*i];
    }
    out->value[opt] = value;
    return check_value(out->command, opt, value, message);
}

bool slk_args_read(const slk_command *command, int argc, char **argv, slk_args *out, char message[256]) {
    *out = (slk_args){.command = command, .operands = argv + 2};
    bool options = true;
    for (int i = 2; i < argc; i++) {
        if (options && strcmp(argv[i], "--") == 0) {
            options = false;
        } else if (options && argv[i][0] == '-' && argv[i][1]) {
            if (!read_option(out, argc, argv, &i, message)) return false;
        } else {
            out->operands[out->n_operands++] = argv[i];
        }
    }
    if (out->value[SLK_OPT_HELP]) return true;
    if (command->most_operands >= 0 && out->n_operands > command->most_operands)
        return complain(message, "sillok %s takes %s, so \"%.60s\" is too much", command->name,
                        command->most_operands ? command->operands : "no operand",
                        out->operands[command->most_operands]);
    if (out->n_operands < command->least_operands)
        return complain(message, "sillok %s needs %s", command->name, command->operands);
    return true;
}

unsigned slk_args_threads(const slk_args *args) {
    const char *z = args->value[SLK_OPT_THREADS];
    return z ? (unsigned)strtoul(z, NULL, 10) : 0;
}

const char *slk_args_format(const slk_args *args) {
    static _Thread_local char word[16];
    if (args->value[SLK_OPT_FORMAT]) return args->value[SLK_OPT_FORMAT];
    slk_text rest = slk_text_of(args->command->formats), first = {NULL, 0};
    (void)slk_text_split(&rest, '|', &first);
    int n = snprintf(word, sizeof word, "%.*s", (int)first.n, first.n ? first.at : "");
    return n > 0 ? word : "text";
}
