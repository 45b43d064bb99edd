/* main.c - the program: finds the command, reads its options, runs it. Ends with the exit status of the contract. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/nearest.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/help.h"
#include "cli/out.h"
#include "cli/run.h"
#include "serve/reader.h"
#include "serve/server.h"

/* Prints a buffer with text and frees it. */
static int print_buf(slk_buf *b) {
    bool ok = slk_put_buf(b) && slk_put_flush();
    slk_buf_free(b);
    return ok ? SLK_EXIT_OK : SLK_EXIT_FAULT;
}

/* The help of a command, or of the program (NULL). */
static int print_help(const slk_command *command) {
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, 1 << 20);
    if (command)
        slk_help_command(command, &b);
    else
        slk_help_program(&b);
    return print_buf(&b);
}

/* `sillok --generate man|bash|zsh|fish|routes [COMMAND]`: for the build; not in the help. */
static int generate(const char *what, const char *command) {
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, 1 << 20);
    if (strcmp(what, "routes") == 0) {
        slk_server_routes(&b);
        return print_buf(&b);
    }
    if (slk_help_generate(what, command, &b)) return print_buf(&b);
    slk_buf_free(&b);
    slk_say("--generate takes man, bash, zsh or fish; man also a command");
    return SLK_EXIT_USAGE;
}

/* `sillok --reader sandbox|bare`: one of `sillok serve`'s own processes, not for people. */
static int be_reader(const char *how) {
    slk_engine *engine = slk_run_engine();
    return engine ? slk_reader_run(engine, strcmp(how, "bare") != 0) : SLK_EXIT_FAULT; /* ends with the process */
}

static int run_command(const slk_command *command, int argc, char **argv) {
    slk_args args;
    char message[256];
    if (!slk_args_read(command, argc, argv, &args, message)) {
        slk_say("%s; see sillok %s --help", message, command->name);
        return SLK_EXIT_USAGE;
    }
    if (args.value[SLK_OPT_HELP]) return print_help(command);
    return command->run(&args);
}

/* Says of a word in the command's place why it is none. */
static int unknown_command(const char *word) {
    slk_nearest near = {.word = slk_text_of(word), .slips = 3};
    for (unsigned i = 0; i < slk_command_count; i++) slk_nearest_try(&near, slk_commands[i].name);
    if (word[0] == '-')
        slk_say("\"%.60s\" stands before a command; options follow it: sillok COMMAND %.60s", word, word);
    else if (near.found)
        slk_say("\"%.60s\" is no command; did you mean %s? see sillok --help", word, near.found);
    else
        slk_say("\"%.60s\" is no command; see sillok --help", word);
    return SLK_EXIT_USAGE;
}

static int print_version(void) {
    static const char line[] = "sillok " SLK_VERSION "\n";
    return slk_put(line, sizeof line - 1) && slk_put_flush() ? SLK_EXIT_OK : SLK_EXIT_FAULT;
}

/* `sillok help` and `sillok help COMMAND` */
static int help_on(const char *name) {
    const slk_command *command = name ? slk_command_find(name) : NULL;
    return name && !command ? unknown_command(name) : print_help(command);
}

int main(int argc, char **argv) {
    slk_mem_keep();
    (void)signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of a write, seen there */
    if (argc < 2) {
        slk_say("which command? see sillok --help");
        return SLK_EXIT_USAGE;
    }
    const char *word = argv[1];
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) return print_version();
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) return print_help(NULL);
    if (strcmp(word, "--generate") == 0 && argc > 2) return generate(argv[2], argc > 3 ? argv[3] : NULL);
    if (strcmp(word, "--reader") == 0 && argc > 2) return be_reader(argv[2]);
    if (strcmp(word, "help") == 0) return help_on(argc > 2 ? argv[2] : NULL);
    const slk_command *command = slk_command_find(word);
    return command ? run_command(command, argc, argv) : unknown_command(word);
}
