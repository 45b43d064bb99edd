/* rules.h - what is to be heard of, and how: the file of rules and channels that a user writes (docs/alerts.md), as a list of structs.
 *
 *     link = https://desk.example/events/
 *     [rule missiles]
 *     type = weapon-test.missile
 *     actor = PRK
 *     to = desk
 *     [webhook desk]
 *     url = https://desk.example/hook
 *     secret-file = /etc/sillok/desk.key
 *
 * The rules, never the channels, are also kept in the ledger, so that whoever records a report there raises its alerts: slk_desk_read
 * reads both. A ledger that came from elsewhere can so neither send nor write anything. */
#ifndef SLK_ALERTS_RULES_H
#define SLK_ALERTS_RULES_H

#include "base/mem.h"
#include "pack/pack.h"
#include "sillok.h"

#define SLK_DESK_MOST_B ((size_t)1 << 20) /* of a file */
#define SLK_RULES_MOST 1000u
#define SLK_CHANNELS_MOST 200u
#define SLK_RULE_ITEMS_MOST 200u /* of a list: types, actors, ... */

typedef enum slk_occasion {                         /* when a rule raises an alert; bits */
                            SLK_ON_NEW = 1 << 0,    /* an event that passes the rule, and did not before */
                            SLK_ON_STATUS = 1 << 1, /* its certainty is another now: claimed, now confirmed; denied */
                            SLK_ON_CORROBORATED = 1 << 2, /* a second independent source */
                            SLK_ON_CONFLICT = 1 << 3,     /* sources disagree in a field in which they did not */
                            SLK_ON_REVISION = 1 << 4,     /* a source takes its own figure back for another */
} slk_occasion;
#define SLK_ON_USUAL (SLK_ON_NEW | SLK_ON_STATUS | SLK_ON_CORROBORATED | SLK_ON_CONFLICT)

typedef struct slk_wanted { /* one of a list: a type, a name, a country, a weapon */
    const char *name;
    const char *code; /* the country (ISO 3166-1 alpha-3) or class of weapons that it means; NULL where none */
} slk_wanted;
typedef SLK_LIST(slk_wanted) slk_wanted_list; /* empty: any */

typedef struct slk_rule {
    const char *name;
    size_t line;
    slk_wanted_list types, actors, targets, places, countries, weapons;
    bool near;
    double lat, lon, within_m;
    unsigned status;    /* bits 1 << slk_event_certainty; 0: any */
    uint32_t sources;   /* independent ones, at least */
    unsigned on;        /* slk_occasion bits */
    int64_t fresh_s;    /* reports older than that when they are recorded raise nothing; -1: however old */
    bool background;    /* also events that are nobody's news */
    slk_wanted_list to; /* names of channels, at least one */
} slk_rule;

typedef enum slk_channel_kind {
    SLK_TO_WEBHOOK,
    SLK_TO_ATOM,
    SLK_TO_CAP,
    SLK_TO_MAIL,
    SLK_CHANNEL_KINDS
} slk_channel_kind;

typedef struct slk_channel { /* strings NULL where not given */
    slk_channel_kind kind;
    const char *name;
    size_t line;
    int64_t give_up_s, retry_s;                   /* after the first try; the first pause */
    const char *url, *url_env, *url_file;         /* of a webhook: one of them */
    const char *secret_env, *secret_file;         /* one of them or none */
    const char *file, *title;                     /* of an Atom feed */
    const char *folder, *sender, *status, *scope; /* of CAP documents */
    const char *to, *from, *program;              /* of mail */
} slk_channel;

typedef struct slk_desk { /* what one desk wants to hear of; free with slk_desk_free */
    SLK_LIST(slk_rule) rules;
    SLK_LIST(slk_channel) channels;
    const char *link; /* of the page of an event, without its id; NULL */
    const char *kept; /* the text of what is kept in the ledger: all but the channels */
    slk_arena arena;
} slk_desk;

/* Reads the text of a file. pack: names of types and countries are looked up there; NULL: they are taken as they are. whole: channels
 * are there too, and each that a rule names must be one. Fails with SLK_EINPUT, SLK_EENCODING, SLK_ELIMIT (fault->line and message say
 * where and why) or SLK_ENOMEM. O(length, and rules times channels). */
SLK_MUST slk_err slk_desk_read(slk_text text, const slk_pack *pack, bool whole, slk_desk **out, slk_fault *fault);
void slk_desk_free(slk_desk *r); /* NULL is fine */

const slk_channel *slk_desk_channel(const slk_desk *r, const char *name); /* NULL: there is none */
const char *slk_channel_kind_word(slk_channel_kind kind);
const char *slk_occasion_word(slk_occasion one);

#endif
