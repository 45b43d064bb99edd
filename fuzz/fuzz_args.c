/* fuzz_args.c - any words as a command line: NUL bytes part them. It is read or refused with one plain line. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/args.h"

#define WORDS_MOST 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *words = malloc(size + 1), *argv[WORDS_MOST + 3];
    if (!words) abort();
    memcpy(words, data, size);
    words[size] = '\0';
    int argc = 0;
    static char program[] = "sillok", none[] = "";
    argv[argc++] = program;
    for (size_t at = 0; at < size && argc < WORDS_MOST; at += strlen(words + at) + 1) argv[argc++] = words + at;
    if (argc == 1) argv[argc++] = none;
    argv[argc] = NULL;
    const slk_command *command = slk_command_find(argv[1]);
    if (!command) command = &slk_commands[size % slk_command_count];
    slk_args args;
    char message[256] = "";
    if (slk_args_read(command, argc, argv, &args, message)) {
        if (args.command != command || args.n_operands > argc - 2) abort();
        for (int i = 0; i < args.n_operands; i++) (void)strlen(args.operands[i]);
        (void)slk_args_threads(&args);
        if (command->formats && strlen(slk_args_format(&args)) == 0) abort();
    } else if (!message[0] || !memchr(message, '\0', sizeof message)) {
        abort();
    }
    free(words);
    return 0;
}
