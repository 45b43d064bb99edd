/* commands.c - every option and command of the program, said once. See commands.h. */
#include "cli/commands.h"

#include <stddef.h>

const slk_option slk_options[SLK_OPT_COUNT] = {
    [SLK_OPT_INPUT] = {"input", 0, "FORMAT", "auto|text|html|jsonl|feed|warc",
                       "what the input is; auto tells from its content", SLK_CMD_READS},
    [SLK_OPT_FORMAT] = {"format", 'f', "FORMAT", NULL, "what the output is; the first of these without it",
                        SLK_CMD_ALL & ~SLK_CMD_SERVE},
    [SLK_OPT_LAYERS] =
        {"layers", 0, "LIST", NULL,
         "layers of json and jsonl output, separated by commas: sentences, tokens, names, times, quantities, places, "
         "actors, attributions, predicates, events, checks, or all",
         SLK_CMD_READ},
    [SLK_OPT_EXPLAIN] = {"explain", 0, NULL, NULL, "name the rule or score that made each value, by its id",
                         SLK_CMD_READ},
    [SLK_OPT_PUBLISHED] = {"published", 'p', "DATE", NULL,
                           "publication date (ISO 8601) of reports that carry none; it anchors \"Wednesday\"",
                           SLK_CMD_READS | SLK_CMD_IMPORT},
    [SLK_OPT_LEDGER] = {"ledger", 'l', "FILE", NULL, "the ledger; without it $XDG_DATA_HOME/sillok/ledger.db",
                        SLK_CMD_LEDGER},
    [SLK_OPT_THREADS] = {"jobs", 'j', "N", NULL, "threads; all cores without it; the output never depends on it",
                         SLK_CMD_READS | SLK_CMD_SERVE},
    [SLK_OPT_TYPE] = {"type", 't', "TYPE", NULL, "events of this type, or below it (weapon-test.missile)",
                      SLK_CMD_LISTS},
    [SLK_OPT_ACTOR] = {"actor", 'a', "COUNTRY", NULL, "events by this actor: ISO 3166 code or name", SLK_CMD_LISTS},
    [SLK_OPT_TARGET] = {"target", 0, "COUNTRY", NULL, "events directed at this country", SLK_CMD_LISTS},
    [SLK_OPT_COUNTRY] = {"country", 0, "COUNTRY", NULL, "events that happened in this country", SLK_CMD_LISTS},
    [SLK_OPT_PLACE] = {"place", 0, "NAME", NULL, "events of which a place is told whose name holds this",
                       SLK_CMD_LISTS},
    [SLK_OPT_NEAR] = {"near", 0, "PLACE,KM", NULL,
                      "events within KM kilometres of a place: LAT,LON,KM in degrees, or NAME,KM", SLK_CMD_LISTS},
    [SLK_OPT_BOX] = {"box", 0, "S,W,N,E", NULL,
                     "events within a box of degrees: south, west, north, east; west may be greater than east",
                     SLK_CMD_LISTS},
    [SLK_OPT_WEAPON] = {"weapon", 0, "NAME", NULL, "events of which a weapon is told whose name or class holds this",
                        SLK_CMD_LISTS},
    [SLK_OPT_SOURCE] = {"source", 0, "NAME", NULL,
                        "events told by an outlet, or a source quoted, whose name holds this", SLK_CMD_LISTS},
    [SLK_OPT_TEXT] = {"text", 0, "WORDS", NULL,
                      "events told by a report that holds all these words; \"a phrase\", begin*, -without",
                      SLK_CMD_LISTS},
    [SLK_OPT_SINCE] = {"since", 0, "DATE", NULL, "events on or after this date", SLK_CMD_LISTS},
    [SLK_OPT_UNTIL] = {"until", 0, "DATE", NULL, "events on or before this date", SLK_CMD_LISTS},
    [SLK_OPT_CERTAINTY] = {"certainty", 0, "WORD",
                           "confirmed|reported|claimed|alleged|denied|disputed|speculated|planned|did-not-happen",
                           "events of this certainty", SLK_CMD_LISTS},
    [SLK_OPT_STATUS] = {"status", 0, "WORD", "conflict|corroborated|single-source",
                        "events whose sources contradict each other, bear each other out, or are but one",
                        SLK_CMD_LISTS},
    [SLK_OPT_AS_OF] = {"as-of", 0, "DATE", NULL, "as known on that day: reports published later are left out",
                       SLK_CMD_LISTS | SLK_CMD_SHOW},
    [SLK_OPT_SORT] = {"sort", 0, "KEY", "time|type|actor|reports", "order of the list; time without it",
                      SLK_CMD_EVENTS},
    [SLK_OPT_LATEST] = {"latest", 0, NULL, NULL, "the latest first", SLK_CMD_EVENTS | SLK_CMD_EXPORT},
    [SLK_OPT_ALL] =
        {"all", 0, NULL, NULL,
         "also the deeds that reports of one story tell of in common; full lists in json have them in any case",
         SLK_CMD_EVENTS},
    [SLK_OPT_LIMIT] = {"limit", 'n', "N", NULL, "at most this many events", SLK_CMD_LISTS},
    [SLK_OPT_AFTER] = {"after", 0, "CURSOR", NULL, "go on behind the page that ended with this cursor", SLK_CMD_LISTS},
    [SLK_OPT_BY] = {"by", 0, "NAME", NULL, "who decides; without it the name of your account", SLK_CMD_DECIDES},
    [SLK_OPT_WHY] = {"why", 0, "TEXT", NULL, "the reason, kept with the decision", SLK_CMD_DECIDES},
    [SLK_OPT_REPAIR] =
        {"repair", 0, NULL, NULL,
         "put right what can be: indexes, descriptions, links; of a damaged file save what can be read. The "
         "old file is kept",
         SLK_CMD_DOCTOR},
    [SLK_OPT_RESUME] = {"resume", 0, NULL, NULL, "go on in web archives where a run that was interrupted stopped",
                        SLK_CMD_ADD},
    [SLK_OPT_AS] = {"as", 0, "FORMAT", "auto|acled|cns|csis|gdelt|ged|plover",
                    "whose table it is; auto tells from its columns", SLK_CMD_IMPORT | SLK_CMD_CHECK},
    [SLK_OPT_NAME] = {"name", 0, "NAME", NULL,
                      "what the database is called in the ledger; the format's name without it", SLK_CMD_IMPORT},
    [SLK_OPT_EDITION] = {"edition", 0, "WORDS", NULL, "version of the database (\"23.1\")", SLK_CMD_IMPORT},
    [SLK_OPT_AGAINST] =
        {"against", 0, "SOURCE", NULL,
         "what is wrong in a database, or differs from it: the name of one that was imported, a file of one, or "
         "all",
         SLK_CMD_CHECK},
    [SLK_OPT_ONCE] = {"once", 0, NULL, NULL, "ask each feed once, fetch what is due, and end", SLK_CMD_WATCH},
    [SLK_OPT_EVERY] = {"every", 0, "TIME", NULL, "between two looks at a feed: 90s, 15m, 2h; 15m without it",
                       SLK_CMD_WATCH},
    [SLK_OPT_PAUSE] = {"pause", 0, "TIME", NULL,
                       "between two requests to a host; 2s without it, longer where its robots.txt says so",
                       SLK_CMD_WATCH},
    [SLK_OPT_CONTACT] = {"contact", 0, "TEXT", NULL,
                         "address or page by which those who run a site can reach you; told with every request",
                         SLK_CMD_WATCH},
    [SLK_OPT_ALLOW_PRIVATE] = {"allow-private", 0, NULL, NULL,
                               "let addresses of this machine and of private networks be asked, and a proxy be used",
                               SLK_CMD_WATCH | SLK_CMD_ALERTS},
    [SLK_OPT_ALERTS] = {"alerts", 0, "FILE", NULL,
                        "its rules raise alerts from now on (sillok alerts set); sillok watch also sends them",
                        SLK_CMD_ADD | SLK_CMD_WATCH},
    [SLK_OPT_DRY_RUN] = {"dry-run", 0, NULL, NULL, "only show what would be: of set and send", SLK_CMD_ALERTS},
    [SLK_OPT_LISTEN] = {"listen", 0, "ADDRESS", NULL,
                        "where to listen; 127.0.0.1:8420 without it, port 0 takes any that is free", SLK_CMD_SERVE},
    [SLK_OPT_HOST] = {"host", 0, "NAMES", NULL,
                      "further names, separated by commas, by which clients may call this server (behind a proxy)",
                      SLK_CMD_SERVE},
    [SLK_OPT_TOKEN_FILE] = {"token-file", 0, "FILE", NULL,
                            "hashes of the tokens with which reports may be added; without it nothing can be written",
                            SLK_CMD_SERVE},
    [SLK_OPT_NO_SANDBOX] = {"no-sandbox", 0, NULL, NULL,
                            "read posted texts without Landlock and seccomp, where the system has none", SLK_CMD_SERVE},
    [SLK_OPT_PROGRESS] = {"progress", 0, "WHEN", "auto|always|never",
                          "progress bar on standard error; auto: only on a terminal", SLK_CMD_READS | SLK_CMD_IMPORT},
    [SLK_OPT_QUIET] = {"quiet", 'q', NULL, NULL, "say nothing but errors", SLK_CMD_ALL},
    [SLK_OPT_VERBOSE] = {"verbose", 'v', NULL, NULL, "say more: reasons, and background in full", SLK_CMD_ALL},
    [SLK_OPT_NO_COLOR] = {"no-color", 0, NULL, NULL, "no colour, also on a terminal (NO_COLOR does the same)",
                          SLK_CMD_ALL},
    [SLK_OPT_HELP] = {"help", 'h', NULL, NULL, "this help", SLK_CMD_ALL},
};

const slk_command slk_commands[] = {
    {"read", "[FILE...]", -1, 0, "read reports and print what they say; touches no ledger",
     "Reads each FILE (standard input without one, or as -) and prints its events with type, actor, time, place, "
     "distance, "
     "count, weapon and outcome, each with the words that say so and who said them; what is withheld; and which checks "
     "agree. A FILE is a text, a page (also one saved with its pictures, MHTML), a feed, "
     "a web archive (WARC, WACZ), or JSON lines with one report a line, packed with gzip or zstd or not.",
     "text|json|jsonl|conllu",
     "sillok read story.txt --published 2024-09-18 # what one wire story says\n"
     "sillok read --format jsonl reports.jsonl > out.jsonl # one line of JSON per report, in input order\n"
     "sillok read --explain story.txt # which rule made each value\n"
     "sillok read --layers times,places -f json - < story.txt # only times and places",
     SLK_CMD_READ, slk_cmd_read},
    {"add", "[FILE...]", -1, 0, "read reports and record them in the ledger",
     "Reads each FILE as `sillok read` does and records what it says. Each report is recorded whole or not at all; "
     "adding the "
     "same report again changes nothing.",
     "text|jsonl",
     "sillok add *.txt --published 2024-09-18 # into the default ledger\n"
     "sillok add --ledger work.db reports.jsonl # into a ledger of your own\n"
     "sillok add --resume CC-NEWS-*.warc.gz # and again with the same words, should it be interrupted",
     SLK_CMD_ADD, slk_cmd_add},
    {"watch", "FEED...", -1, 1, "follow feeds and record what is new",
     "Asks each FEED (an address, or a file with one address a line; - is standard input) again and again, fetches the "
     "pages that new entries lead to, and records what they say as `sillok add` does. RSS, Atom and JSON feeds; http "
     "and "
     "https. robots.txt is kept to, each host is asked one thing at a time, and what does not answer is left alone for "
     "longer each time. Where it stands is kept in the ledger: it may be stopped or killed at any moment, nothing is "
     "lost "
     "and nothing recorded twice.",
     "text|jsonl",
     "sillok watch https://wire.example/rss # until Ctrl-C\n"
     "sillok watch --once feeds.txt # one round, for cron\n"
     "sillok watch --every 5m --contact mailto:me@example.org feeds.txt # more often, and say who asks",
     SLK_CMD_WATCH, slk_cmd_watch},
    {"alerts", "[VERB [FILE]]", 2, 0, "say at once when something happens: rules, and what waits to be sent",
     "A FILE holds rules (type, actor, place, weapon, status, number of sources) and channels (webhook, Atom feed, CAP "
     "document, mail). Whenever a report is recorded, by whatever command, an alert waits in the ledger for each "
     "channel "
     "of the rules that its events pass: on a new event, another status, a second independent source, sources that "
     "disagree; once for each event and state. VERB is one of: list (without one; the ledger's rules, and how many "
     "alerts "
     "wait), test FILE (which events of the ledger the rules are about), set FILE (its rules hold from now on), off, "
     "send FILE (sends what waits by its channels; sillok watch --alerts FILE does it all the time), outbox (what "
     "waits "
     "and what was given up; --verbose: what was sent too), retry [KEY or CHANNEL] (what failed is tried again).",
     "text|json|jsonl",
     "sillok alerts test desk.conf # which recorded events the rules are about\n"
     "sillok alerts set desk.conf # from now on\n"
     "sillok watch --alerts desk.conf feeds.txt # follow feeds and send alerts\n"
     "sillok alerts outbox # what could not be sent yet",
     SLK_CMD_ALERTS, slk_cmd_alerts},
    {"import", "FILE...", -1, 1, "take other people's databases into the ledger",
     "Takes each row of the FILEs as a claim of its database: CNS North Korea missile tests, CSIS Beyond Parallel "
     "provocations, ACLED and UCDP GED as CSV, GDELT 1.0 and 2.0 events, PLOVER as JSON lines; packed with gzip, zstd "
     "or zip or "
     "not. Rows of an event that reports tell of are joined to it. A database is a source of its own kind: it compiles "
     "what "
     "others reported and never counts as one more independent report. Importing again changes nothing; a row that "
     "changed is "
     "a revision. Rows that cannot be taken are said with line and cause, and the run goes on.",
     "text|jsonl",
     "sillok import missiles.csv # whose table it is its columns tell\n"
     "sillok import --edition 23.1 --published 2023-05-10 GEDEvent_v23_1.csv # with version and date\n"
     "sillok import 20240918.export.CSV.zip # a day of GDELT",
     SLK_CMD_IMPORT, slk_cmd_import},
    {"events", "", 0, 0, "list the ledger's events, filtered and sorted",
     "Every event stands once, with all reports that tell of it.", "text|json|jsonl",
     "sillok events --actor PRK --since 2024-01-01 # what North Korea did since then\n"
     "sillok events --type weapon-test.missile --format jsonl # for other programs",
     SLK_CMD_EVENTS, slk_cmd_events},
    {"show", "EVENT", 1, 1, "show one event's dossier",
     "Every field with every source's value side by side, agreements and conflicts, revisions, what is withheld, the "
     "checks, "
     "and the reports. EVENT is an id as `sillok events` prints it, or its unique beginning.",
     "text|json", "sillok show KP-2024-09-18-weapon-test-1 # everything on one launch", SLK_CMD_SHOW, slk_cmd_show},
    {"timeline", "", 0, 0, "list events in order of time, with counts and gaps",
     "Shows the counts and the gaps between events that claims such as \"first in over two months\" speak of.",
     "text|json|jsonl",
     "sillok timeline --actor PRK # one country's tests in order\n"
     "sillok timeline --type weapon-test --since 2024-01-01 # a year's tests",
     SLK_CMD_TIMELINE, slk_cmd_timeline},
    {"split", "EVENT TELLING...", -1, 2, "take reports' tellings out of an event",
     "Makes an event of its own of each TELLING of EVENT that is named: REPORT#N as `sillok show --verbose` lists it, "
     "or "
     "REPORT for all it tells of the event. Who decided it and why is kept and shown; linking never joins them again; "
     "an "
     "earlier day (--as-of) does not know of it; `sillok undo` takes it back. Ids stay.",
     "text|json",
     "sillok split KP-2024-09-18-weapon-test-1 yna-17 --why \"that is the launch of the 12th\" # another event",
     SLK_CMD_SPLIT, slk_cmd_split},
    {"join", "EVENT OTHER", 2, 2, "say that two events are one",
     "Puts all that is told of OTHER into EVENT. The id of OTHER leads to EVENT from then on. Who decided it and why "
     "is "
     "kept and shown; linking leaves it so; `sillok undo` takes it back.",
     "text|json",
     "sillok join KP-2024-09-18-weapon-test-1 KP-2024-09-19-weapon-test-1 --why \"one launch, two days\" # one event",
     SLK_CMD_JOIN, slk_cmd_join},
    {"undo", "NUMBER", 1, 1, "take back a split or a join",
     "Each telling goes where it was before the decision of that NUMBER, as far as no later decision moved it. That it "
     "was "
     "taken back is a decision too and kept.",
     "text|json", "sillok undo 3 --why \"the agency corrected the date\" # as `sillok show` numbers them", SLK_CMD_UNDO,
     slk_cmd_undo},
    {"check", "[FILE...]", -1, 0, "hold what reports claim against the ledger",
     "Holds chronology claims (\"second launch within a week\", \"first since early July\") of the FILEs, or of all "
     "recorded "
     "reports without a FILE, against the ledger's events, and prints each with its verdict and the events that decide "
     "it. Without a FILE it also says what is wrong in the databases that were imported: rows that stand twice, on two "
     "days, on the wrong day, at places that cannot be, and where they differ from each other and from reports; with "
     "--against only that, of one of them.",
     "text|json|jsonl",
     "sillok check story.txt --published 2024-09-18 # does the ledger bear it out?\n"
     "sillok check # every claim recorded so far, and every fault of databases\n"
     "sillok check --against cns # what is wrong in the database that was imported by this name\n"
     "sillok check --against missiles.csv # the same of a file, which is not recorded",
     SLK_CMD_CHECK, slk_cmd_check},
    {"export", "[EVENT...]", -1, 0, "print the ledger in other people's formats",
     "Each EVENT (an id as `sillok events` prints it, or its unique beginning), or all that pass the filter, one after "
     "the "
     "other. Values that differ stand side by side or the format's page says which one is taken; none is ever "
     "averaged, "
     "and no map shows a point that nobody told. datapackage describes the columns of csv. acled and ged hold only "
     "what happened and what their code books cover.",
     "csv|acled|atom|bibtex|cap|datapackage|ged|geojson|html|jsonl|kml|plover|stix|timelinejs|webanno",
     "sillok export --format csv > events.csv # for a spreadsheet\n"
     "sillok export --format datapackage > datapackage.json # what its columns are\n"
     "sillok export --format geojson > events.geojson # for a map",
     SLK_CMD_EXPORT, slk_cmd_export},
    {"backup", "FILE", 1, 1, "copy the ledger while it is in use",
     "Writes a copy of the ledger as it stands, looks whether the copy is whole, and only then puts it in the place of "
     "FILE, "
     "at once. Others may read and add meanwhile.",
     "text|json", "sillok backup /media/usb/ledger-2024-09-18.db # a copy that any sillok opens", SLK_CMD_BACKUP,
     slk_cmd_backup},
    {"serve", "[token [NAME]]", 2, 0, "show the ledger in a browser and answer programs over HTTP",
     "Serves the ledger with its page, its API (/api/v1, described by /api/v1/openapi.json), server-sent events for "
     "what is "
     "new, /healthz and /metrics. Only reads, unless --token-file names who may add reports; `sillok serve token` "
     "makes a "
     "token and adds its hash to that file (LEDGER.tokens without one). Texts posted to be read are parsed in a "
     "process "
     "without network and files. SIGTERM and Ctrl-C end it gracefully.",
     NULL,
     "sillok serve # http://127.0.0.1:8420/\n"
     "sillok serve token desk --token-file tokens # a token for the desk, shown once\n"
     "sillok serve --token-file tokens --host sillok.example # behind a proxy that speaks TLS",
     SLK_CMD_SERVE, slk_cmd_serve},
    {"doctor", "", 0, 0, "say what this installation has and whether it is sound",
     "Version, knowledge pack, and the health of the ledger where there is one.", "text|json",
     "sillok doctor # is all well?\n"
     "sillok doctor --repair # and make it so where it is not",
     SLK_CMD_DOCTOR, slk_cmd_doctor},
};

const unsigned slk_command_count = sizeof slk_commands / sizeof *slk_commands;
