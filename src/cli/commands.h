/* commands.h - the one list of options and commands: parsing, --help, man page and shell completions are all made from it. */
#ifndef SLK_CLI_COMMANDS_H
#define SLK_CLI_COMMANDS_H

#include <stdbool.h>

/* One bit per command, to say which options it takes. */
enum {
    SLK_CMD_READ = 1 << 0,
    SLK_CMD_ADD = 1 << 1,
    SLK_CMD_EVENTS = 1 << 2,
    SLK_CMD_SHOW = 1 << 3,
    SLK_CMD_TIMELINE = 1 << 4,
    SLK_CMD_CHECK = 1 << 5,
    SLK_CMD_EXPORT = 1 << 6,
    SLK_CMD_DOCTOR = 1 << 7,
    SLK_CMD_WATCH = 1 << 8,
    SLK_CMD_ALERTS = 1 << 9,
    SLK_CMD_SPLIT = 1 << 10,
    SLK_CMD_JOIN = 1 << 11,
    SLK_CMD_UNDO = 1 << 12,
    SLK_CMD_BACKUP = 1 << 13,
    SLK_CMD_IMPORT = 1 << 14,
    SLK_CMD_SERVE = 1 << 15,
    SLK_CMD_ALL = (1 << 16) - 1
};
#define SLK_CMD_READS (SLK_CMD_READ | SLK_CMD_ADD | SLK_CMD_CHECK)
#define SLK_CMD_LEDGER (SLK_CMD_ALL & ~SLK_CMD_READ)
#define SLK_CMD_DECIDES (SLK_CMD_SPLIT | SLK_CMD_JOIN | SLK_CMD_UNDO)
#define SLK_CMD_LISTS (SLK_CMD_EVENTS | SLK_CMD_TIMELINE | SLK_CMD_EXPORT)

typedef enum slk_opt {
    SLK_OPT_INPUT,
    SLK_OPT_FORMAT,
    SLK_OPT_LAYERS,
    SLK_OPT_EXPLAIN,
    SLK_OPT_PUBLISHED,
    SLK_OPT_LEDGER,
    SLK_OPT_THREADS,
    SLK_OPT_TYPE,
    SLK_OPT_ACTOR,
    SLK_OPT_TARGET,
    SLK_OPT_COUNTRY,
    SLK_OPT_PLACE,
    SLK_OPT_NEAR,
    SLK_OPT_BOX,
    SLK_OPT_WEAPON,
    SLK_OPT_SOURCE,
    SLK_OPT_TEXT,
    SLK_OPT_SINCE,
    SLK_OPT_UNTIL,
    SLK_OPT_CERTAINTY,
    SLK_OPT_STATUS,
    SLK_OPT_AS_OF,
    SLK_OPT_SORT,
    SLK_OPT_LATEST,
    SLK_OPT_ALL,
    SLK_OPT_LIMIT,
    SLK_OPT_AFTER,
    SLK_OPT_BY,
    SLK_OPT_WHY,
    SLK_OPT_REPAIR,
    SLK_OPT_RESUME,
    SLK_OPT_AS,
    SLK_OPT_NAME,
    SLK_OPT_EDITION,
    SLK_OPT_AGAINST,
    SLK_OPT_ONCE,
    SLK_OPT_EVERY,
    SLK_OPT_PAUSE,
    SLK_OPT_CONTACT,
    SLK_OPT_ALLOW_PRIVATE,
    SLK_OPT_ALERTS,
    SLK_OPT_DRY_RUN,
    SLK_OPT_LISTEN,
    SLK_OPT_HOST,
    SLK_OPT_TOKEN_FILE,
    SLK_OPT_NO_SANDBOX,
    SLK_OPT_PROGRESS,
    SLK_OPT_QUIET,
    SLK_OPT_VERBOSE,
    SLK_OPT_NO_COLOR,
    SLK_OPT_HELP,
    SLK_OPT_COUNT
} slk_opt;

typedef struct slk_option {
    const char *name;    /* without the two dashes */
    char letter;         /* one-letter form, 0: none */
    const char *value;   /* name of its value in help; NULL: takes none */
    const char *choices; /* words separated by |, NULL: free; only these are accepted */
    const char *help;    /* one line */
    unsigned commands;   /* SLK_CMD_ bits */
} slk_option;

struct slk_args;

typedef struct slk_command {
    const char *name;
    const char *operands; /* as help shows them; "" for none */
    int most_operands;    /* -1: any number */
    int least_operands;
    const char *summary;  /* one line */
    const char *about;    /* a paragraph */
    const char *formats;  /* choices of --format here, the first is the default; NULL: none */
    const char *examples; /* lines "command # what it does" */
    unsigned bit;
    int (*run)(const struct slk_args *args); /* returns the exit status */
} slk_command;

extern const slk_option slk_options[SLK_OPT_COUNT];
extern const slk_command slk_commands[];
extern const unsigned slk_command_count;

/* Exit statuses of the contract. */
enum {
    SLK_EXIT_OK = 0,
    SLK_EXIT_SOME = 1,
    SLK_EXIT_USAGE = 2,
    SLK_EXIT_LEDGER = 3,
    SLK_EXIT_NETWORK = 4,
    SLK_EXIT_FAULT = 70
};

int slk_cmd_read(const struct slk_args *args);
int slk_cmd_add(const struct slk_args *args);
int slk_cmd_events(const struct slk_args *args);
int slk_cmd_show(const struct slk_args *args);
int slk_cmd_timeline(const struct slk_args *args);
int slk_cmd_check(const struct slk_args *args);
int slk_cmd_export(const struct slk_args *args);
int slk_cmd_import(const struct slk_args *args);
int slk_cmd_watch(const struct slk_args *args);
int slk_cmd_alerts(const struct slk_args *args);
int slk_cmd_split(const struct slk_args *args);
int slk_cmd_join(const struct slk_args *args);
int slk_cmd_undo(const struct slk_args *args);
int slk_cmd_backup(const struct slk_args *args);
int slk_cmd_serve(const struct slk_args *args);
int slk_cmd_doctor(const struct slk_args *args);

#endif
