/* rules.c - the file of rules and channels, read by one table of its settings. See rules.h. */
#include "alerts/rules.h"

#include <math.h>
#include <string.h>

#include "alerts/settings.h"
#include "base/fault.h"
#include "base/nearest.h"
#include "base/text.h"
#include "base/words.h"
#include "intake/url.h"

#define DAY_S 86400
#define CEILING_B ((size_t)64 << 20)

/* The sections, as bits of what a setting may stand in. */
enum { IN_TOP = 1, IN_RULE = 2, IN_WEBHOOK = 4, IN_ATOM = 8, IN_CAP = 16, IN_MAIL = 32, IN_CHANNEL = 60 };

typedef struct reader {
    slk_desk *r;
    const slk_pack *pack;
    slk_fault *fault;
    slk_setting s;
    slk_rule *rule;       /* the section at work: one of both */
    slk_channel *channel; /* or none */
    unsigned section;     /* its bit */
    slk_buf kept;         /* lines that the ledger keeps */
} reader;

static const char *const kinds[SLK_CHANNEL_KINDS] = {"webhook", "atom", "cap", "mail"};
static const char *const occasions[] = {"new", "status", "corroborated", "conflict", "revision"};

const char *slk_channel_kind_word(slk_channel_kind kind) { return kinds[kind]; }

const char *slk_occasion_word(slk_occasion one) {
    for (unsigned i = 0; i < sizeof occasions / sizeof *occasions; i++)
        if (one == 1u << i) return occasions[i];
    return "";
}

static slk_err no_memory(const reader *k) {
    return slk_fault_say(k->fault, SLK_ENOMEM, "%s", slk_err_meaning(SLK_ENOMEM));
}

static slk_err bad(const reader *k, const char *format, ...) __attribute__((format(printf, 2, 3)));
static slk_err bad(const reader *k, const char *format, ...) {
    char z[200];
    va_list args;
    va_start(args, format);
    slk_text_vprint(z, sizeof z, format, args);
    va_end(args);
    return slk_fault_at(k->fault, SLK_EINPUT, k->s.line, 0, "%s", z);
}

#define SHORT(t) (int)((t).n < 60 ? (t).n : 60), (t).at

static slk_err copy(const reader *k, slk_text t, const char **out) {
    *out = slk_arena_copy(&k->r->arena, t.at, t.n);
    return *out ? SLK_OK : no_memory(k);
}

/* ---------------------------------------------------------------- lists */

static slk_err push(const reader *k, slk_wanted_list *list, slk_text name, const char *code) {
    slk_wanted w = {.code = code};
    slk_err err = copy(k, name, &w.name);
    if (err != SLK_OK) return err;
    err = SLK_ROOM(&k->r->arena, list, SLK_RULE_ITEMS_MOST);
    if (err == SLK_ELIMIT) return bad(k, "the list has more than %u words", SLK_RULE_ITEMS_MOST);
    if (err != SLK_OK) return no_memory(k);
    list->at[list->n++] = w;
    return SLK_OK;
}

static bool is_type(const slk_pack *pack, slk_text t) {
    for (uint32_t i = 0; i < slk_pack_rows(pack, SLK_T_ONTOLOGY); i++) {
        slk_text type = slk_pack_cell(pack, SLK_T_ONTOLOGY, i, SLK_ONTOLOGY_TYPE);
        bool begins = type.n >= t.n && memcmp(type.at, t.at, t.n) == 0;
        if (begins && (type.n == t.n || type.at[t.n] == '.')) return true;
    }
    return false;
}

static slk_err no_type(const reader *k, slk_text t) {
    slk_nearest near = {.word = t, .slips = 4};
    for (uint32_t i = 0; i < slk_pack_rows(k->pack, SLK_T_ONTOLOGY); i++)
        slk_nearest_try(&near, slk_pack_str(k->pack, SLK_T_ONTOLOGY, i, SLK_ONTOLOGY_TYPE));
    if (near.found) return bad(k, "\"%.*s\" is no type of event; did you mean %s?", SHORT(t), near.found);
    return bad(k, "\"%.*s\" is no type of event", SHORT(t));
}

static slk_err take_types(reader *k, slk_text list) {
    slk_text item;
    slk_err err = SLK_OK;
    while (err == SLK_OK && slk_settings_item(&list, &item)) {
        if (k->pack && !is_type(k->pack, item)) return no_type(k, item);
        err = push(k, &k->rule->types, item, NULL);
    }
    return err;
}

/* Names that may be those of countries. must: each has to be. */
static slk_err take_names(const reader *k, slk_text list, slk_wanted_list *out, bool must) {
    slk_text item;
    slk_err err = SLK_OK;
    while (err == SLK_OK && slk_settings_item(&list, &item)) {
        char code[4] = "";
        const char *kept = NULL;
        if (slk_country_named(k->pack, item, code)) err = copy(k, (slk_text){code, 3}, &kept);
        if (must && k->pack && !*code) return bad(k, "\"%.*s\" is no country", SHORT(item));
        if (err == SLK_OK) err = push(k, out, item, kept);
    }
    return err;
}

static slk_err take_actors(reader *k, slk_text v) { return take_names(k, v, &k->rule->actors, false); }
static slk_err take_targets(reader *k, slk_text v) { return take_names(k, v, &k->rule->targets, false); }
static slk_err take_countries(reader *k, slk_text v) { return take_names(k, v, &k->rule->countries, true); }

static slk_err take_places(reader *k, slk_text list) {
    slk_text item;
    slk_err err = SLK_OK;
    while (err == SLK_OK && slk_settings_item(&list, &item)) err = push(k, &k->rule->places, item, NULL);
    return err;
}

/* Words for weapons of no one class ("ballistic missile") mean all classes whose tests are of their type, or of one below it. */
static slk_err push_classes(const reader *k, slk_text type) {
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && type.n && i < slk_pack_rows(k->pack, SLK_T_WEAPON_TYPES); i++) {
        slk_text class = slk_pack_cell(k->pack, SLK_T_WEAPON_TYPES, i, SLK_WEAPON_TYPES_NAME);
        slk_text of = slk_pack_cell(k->pack, SLK_T_WEAPON_TYPES, i, SLK_WEAPON_TYPES_TYPE);
        bool below = of.n >= type.n && memcmp(of.at, type.at, type.n) == 0 && (of.n == type.n || of.at[type.n] == '.');
        if (below && !slk_text_is(class, "*")) err = push(k, &k->rule->weapons, class, NULL);
    }
    return err;
}

/* A name, a class ("SRBM"), or words for weapons ("short-range ballistic missiles"). */
static slk_err take_weapons(reader *k, slk_text list) {
    slk_text item;
    slk_err err = SLK_OK;
    while (err == SLK_OK && slk_settings_item(&list, &item)) {
        slk_hit hit = {.end = 0};
        bool words = k->pack && slk_pack_match_in(k->pack, item, 0, SLK_T_WEAPON_CLASSES, &hit) && hit.end == item.n;
        const char *class =
            words ? slk_pack_str(k->pack, SLK_T_WEAPON_CLASSES, hit.row, SLK_WEAPON_CLASSES_CLASS) : NULL;
        err = push(k, &k->rule->weapons, item, class);
        if (err == SLK_OK && words && !class)
            err = push_classes(k, slk_pack_cell(k->pack, SLK_T_WEAPON_CLASSES, hit.row, SLK_WEAPON_CLASSES_TYPE));
    }
    return err;
}

static slk_err take_to(reader *k, slk_text list) {
    slk_text item;
    slk_err err = SLK_OK;
    while (err == SLK_OK && slk_settings_item(&list, &item)) err = push(k, &k->rule->to, item, NULL);
    return err;
}

static slk_err take_status(reader *k, slk_text list) {
    slk_text item;
    while (slk_settings_item(&list, &item)) {
        int c = slk_event_certainty_of(item);
        if (c < 0)
            return bad(
                k,
                "\"%.*s\" is no status: confirmed, reported, claimed, alleged, denied, disputed, speculated, planned, "
                "did-not-happen",
                SHORT(item));
        k->rule->status |= 1u << c;
    }
    return SLK_OK;
}

static slk_err take_on(reader *k, slk_text list) {
    slk_text item;
    k->rule->on = 0;
    while (slk_settings_item(&list, &item)) {
        unsigned i = 0, n = sizeof occasions / sizeof *occasions;
        while (i < n && !slk_text_is(item, occasions[i])) i++;
        if (i == n)
            return bad(k, "\"%.*s\" is no occasion: new, status, corroborated, conflict, revision", SHORT(item));
        k->rule->on |= 1u << i;
    }
    return SLK_OK;
}

/* ---------------------------------------------------------------- single values of a rule */

/* "39.03, 125.75, 300 km" */
static slk_err take_near(reader *k, slk_text v) {
    slk_text lat = {NULL, 0}, lon = lat, far = lat, rest = v;
    double km = NAN;
    slk_rule *r = k->rule;
    bool three = slk_settings_item(&rest, &lat) && slk_settings_item(&rest, &lon) && slk_settings_item(&rest, &far);
    bool unit = three && slk_text_ends_fold(far, "km");
    if (unit) far = slk_text_trim((slk_text){far.at, far.n - 2});
    if (!unit || rest.at || !slk_text_double(lat, &r->lat) || !slk_text_double(lon, &r->lon) ||
        !slk_text_double(far, &km))
        return bad(k, "near takes latitude, longitude and a distance, as in 39.03, 125.75, 300 km");
    if (!(fabs(r->lat) <= 90) || !(fabs(r->lon) <= 180) || !(km > 0 && km <= 20040))
        return bad(k, "near: the latitude goes to 90, the longitude to 180, the distance to 20040 km");
    r->near = true;
    r->within_m = km * 1000;
    return SLK_OK;
}

static slk_err take_sources(reader *k, slk_text v) {
    double n;
    if (!slk_text_double(v, &n) || n < 0 || n > 1000 || n != floor(n))
        return bad(k, "sources takes a number from 0 to 1000");
    k->rule->sources = (uint32_t)n;
    return SLK_OK;
}

static slk_err take_within(reader *k, slk_text v) {
    if (slk_text_is(v, "any")) {
        k->rule->fresh_s = -1;
        return SLK_OK;
    }
    if (slk_settings_time(v, &k->rule->fresh_s)) return SLK_OK;
    return bad(k, "within takes a time such as 12h or 7d, or any");
}

static slk_err take_background(reader *k, slk_text v) {
    k->rule->background = slk_text_is(v, "yes");
    if (k->rule->background || slk_text_is(v, "no")) return SLK_OK;
    return bad(k, "background takes yes or no");
}

/* ---------------------------------------------------------------- channels */

static slk_err is_address(const reader *k, slk_text v) {
    slk_buf origin;
    slk_buf_start(&origin, &k->r->arena.mem, SLK_SETTINGS_LINE_MOST_B * 2);
    slk_url_origin(v, &origin);
    bool is = origin.n > 0 && origin.err == SLK_OK;
    bool no_room = origin.err == SLK_ENOMEM;
    slk_buf_free(&origin);
    if (no_room) return no_memory(k);
    return is ? SLK_OK : bad(k, "\"%.*s\" is no address of http or https", SHORT(v));
}

static slk_err take_link(reader *k, slk_text v) {
    slk_err err = is_address(k, v);
    return err == SLK_OK ? copy(k, v, &k->r->link) : err;
}

static slk_err take_url(reader *k, slk_text v) {
    slk_err err = is_address(k, v);
    return err == SLK_OK ? copy(k, v, &k->channel->url) : err;
}

static slk_err take_give_up(reader *k, slk_text v) {
    if (slk_settings_time(v, &k->channel->give_up_s)) return SLK_OK;
    return bad(k, "give-up takes a time such as 24h");
}

static slk_err take_retry(reader *k, slk_text v) {
    if (slk_settings_time(v, &k->channel->retry_s) && k->channel->retry_s > 0) return SLK_OK;
    return bad(k, "retry takes a time such as 5s");
}

/* In CAP, and in the address of a mail, neither spaces nor what would end a header or a list. */
static slk_err is_plain(const reader *k, slk_text v, const char *what) {
    for (size_t i = 0; i < v.n; i++)
        if ((unsigned char)v.at[i] <= ' ' || strchr(",<>&\"", v.at[i]))
            return bad(k, "%s has no spaces, commas or any of < > & \"", what);
    return SLK_OK;
}

static slk_err take_sender(reader *k, slk_text v) {
    slk_err err = is_plain(k, v, "the sender");
    return err == SLK_OK ? copy(k, v, &k->channel->sender) : err;
}

static slk_err take_addresses(reader *k, slk_text v) {
    slk_text list = v, item;
    slk_err err = SLK_OK;
    while (err == SLK_OK && slk_settings_item(&list, &item)) {
        err = is_plain(k, item, "an address");
        if (err == SLK_OK && (!memchr(item.at, '@', item.n) || *item.at == '-'))
            return bad(k, "\"%.*s\" is no address", SHORT(item));
    }
    return err == SLK_OK ? copy(k, v, &k->channel->to) : err;
}

static slk_err take_from(reader *k, slk_text v) {
    slk_err err = is_plain(k, v, "the address");
    return err == SLK_OK ? copy(k, v, &k->channel->from) : err;
}

static slk_err one_of(const reader *k, slk_text v, const char *words, const char **out) {
    slk_text rest = slk_text_of(words), one;
    while (slk_text_split(&rest, '|', &one))
        if (slk_text_eq(one, v)) return copy(k, v, out);
    return bad(k, "\"%.*s\" is none of %s", SHORT(v), words);
}

static slk_err take_cap_status(reader *k, slk_text v) {
    return one_of(k, v, "Actual|Exercise|System|Test|Draft", &k->channel->status);
}
static slk_err take_cap_scope(reader *k, slk_text v) { return one_of(k, v, "Public|Restricted", &k->channel->scope); }

#define TEXT_SETTING(name)                                                                                             \
    static slk_err take_##name(reader *k, slk_text v) { return copy(k, v, &k->channel->name); }
TEXT_SETTING(url_env)
TEXT_SETTING(url_file)
TEXT_SETTING(secret_env)
TEXT_SETTING(secret_file)
TEXT_SETTING(file)
TEXT_SETTING(title)
TEXT_SETTING(folder)
TEXT_SETTING(program)

/* ---------------------------------------------------------------- the table of settings */

static const struct setting {
    const char *key;
    unsigned in;
    slk_err (*take)(reader *k, slk_text value);
} settings[] = {
    {"link", IN_TOP, take_link},
    {"type", IN_RULE, take_types},
    {"actor", IN_RULE, take_actors},
    {"target", IN_RULE, take_targets},
    {"place", IN_RULE, take_places},
    {"country", IN_RULE, take_countries},
    {"near", IN_RULE, take_near},
    {"weapon", IN_RULE, take_weapons},
    {"status", IN_RULE, take_status},
    {"sources", IN_RULE, take_sources},
    {"on", IN_RULE, take_on},
    {"within", IN_RULE, take_within},
    {"background", IN_RULE, take_background},
    {"to", IN_RULE, take_to},
    {"url", IN_WEBHOOK, take_url},
    {"url-env", IN_WEBHOOK, take_url_env},
    {"url-file", IN_WEBHOOK, take_url_file},
    {"secret-env", IN_WEBHOOK, take_secret_env},
    {"secret-file", IN_WEBHOOK, take_secret_file},
    {"file", IN_ATOM, take_file},
    {"title", IN_ATOM | IN_CAP, take_title},
    {"folder", IN_CAP, take_folder},
    {"sender", IN_CAP, take_sender},
    {"status", IN_CAP, take_cap_status},
    {"scope", IN_CAP, take_cap_scope},
    {"to", IN_MAIL, take_addresses},
    {"from", IN_MAIL, take_from},
    {"program", IN_MAIL, take_program},
    {"give-up", IN_CHANNEL, take_give_up},
    {"retry", IN_CHANNEL, take_retry},
};
#define SETTINGS (sizeof settings / sizeof *settings)

static const char *section_word(unsigned section) {
    static const char *const words[] = {"the file's beginning", "a rule", "a webhook", "an Atom feed", "CAP", "mail"};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
        if (section == 1u << i) return words[i];
    return "a section";
}

static slk_err unknown_setting(const reader *k) {
    char list[160] = "";
    slk_nearest near = {.word = k->s.key, .slips = 3};
    for (size_t i = 0; i < SETTINGS; i++) {
        if (!(settings[i].in & k->section)) continue;
        slk_nearest_try(&near, settings[i].key);
        size_t n = strlen(list);
        slk_text_print(list + n, sizeof list - n, "%s%s", n ? ", " : "", settings[i].key);
    }
    if (near.found)
        return bad(k, "\"%.*s\" is no setting of %s; did you mean %s?", SHORT(k->s.key), section_word(k->section),
                   near.found);
    return bad(k, "\"%.*s\" is no setting of %s: %s", SHORT(k->s.key), section_word(k->section), list);
}

/* ---------------------------------------------------------------- sections */

static const slk_rule *rule_named(const slk_desk *r, slk_text name) {
    for (uint32_t i = 0; i < r->rules.n; i++)
        if (slk_text_is(name, r->rules.at[i].name)) return &r->rules.at[i];
    return NULL;
}

/* A name is one word: it stands in lists, headers and names of files. */
static slk_err check_name(const reader *k) {
    slk_text name = k->s.name;
    if (!name.n) return bad(k, "a section has a name, as in [%.*s desk]", SHORT(k->s.kind));
    if (name.n > 60) return bad(k, "the name has more than 60 bytes");
    for (size_t i = 0; i < name.n; i++) {
        bool good =
            slk_is_alpha(name.at[i]) || slk_is_digit(name.at[i]) || strchr("-_.", name.at[i]) || name.at[i] & 0x80;
        if (!good || (i == 0 && name.at[i] == '.')) return bad(k, "a name has letters, digits, - and _ only");
    }
    return SLK_OK;
}

static slk_err open_rule(reader *k) {
    slk_rule rule = {.line = k->s.line, .on = SLK_ON_USUAL, .fresh_s = INT64_C(7) * DAY_S};
    if (rule_named(k->r, k->s.name)) return bad(k, "there are two rules \"%.*s\"", SHORT(k->s.name));
    slk_err err = copy(k, k->s.name, &rule.name);
    if (err != SLK_OK) return err;
    err = SLK_ROOM(&k->r->arena, &k->r->rules, SLK_RULES_MOST);
    if (err == SLK_ELIMIT) return bad(k, "there are more than %u rules", SLK_RULES_MOST);
    if (err != SLK_OK) return no_memory(k);
    k->r->rules.at[k->r->rules.n++] = rule;
    k->rule = &k->r->rules.at[k->r->rules.n - 1];
    k->section = IN_RULE;
    return SLK_OK;
}

static slk_err open_channel(reader *k, slk_channel_kind kind) {
    slk_channel c = {.kind = kind, .line = k->s.line, .give_up_s = DAY_S, .retry_s = 5};
    slk_err err = copy(k, k->s.name, &c.name);
    if (err != SLK_OK) return err;
    if (slk_desk_channel(k->r, c.name)) return bad(k, "there are two channels \"%s\"", c.name);
    err = SLK_ROOM(&k->r->arena, &k->r->channels, SLK_CHANNELS_MOST);
    if (err == SLK_ELIMIT) return bad(k, "there are more than %u channels", SLK_CHANNELS_MOST);
    if (err != SLK_OK) return no_memory(k);
    k->r->channels.at[k->r->channels.n++] = c;
    k->channel = &k->r->channels.at[k->r->channels.n - 1];
    k->section = IN_WEBHOOK << kind;
    return SLK_OK;
}

static slk_err open_section(reader *k, bool whole) {
    k->rule = NULL;
    k->channel = NULL;
    slk_err err = check_name(k);
    if (err != SLK_OK) return err;
    if (slk_text_is(k->s.kind, "rule")) return open_rule(k);
    for (unsigned i = 0; whole && i < SLK_CHANNEL_KINDS; i++)
        if (slk_text_is(k->s.kind, kinds[i])) return open_channel(k, (slk_channel_kind)i);
    return bad(k, "\"%.*s\" is no section: rule, webhook, atom, cap, mail", SHORT(k->s.kind));
}

static slk_err take(reader *k) {
    for (size_t i = 0; i < SETTINGS; i++)
        if ((settings[i].in & k->section) && slk_text_is(k->s.key, settings[i].key))
            return settings[i].take(k, k->s.value);
    return unknown_setting(k);
}

/* ---------------------------------------------------------------- the whole */

static slk_err lacks(const reader *k, const slk_channel *c, const char *what) {
    return slk_fault_at(k->fault, SLK_EINPUT, c->line, 0, "%s \"%s\" needs %s", kinds[c->kind], c->name, what);
}

static slk_err check_channel(const reader *k, const slk_channel *c) {
    if (c->kind == SLK_TO_WEBHOOK && (c->url != NULL) + (c->url_env != NULL) + (c->url_file != NULL) != 1)
        return lacks(k, c, "one of url, url-env and url-file");
    if (c->kind == SLK_TO_WEBHOOK && c->secret_env && c->secret_file)
        return lacks(k, c, "only one of secret-env and secret-file");
    if (c->kind == SLK_TO_ATOM && !c->file) return lacks(k, c, "a file");
    if (c->kind == SLK_TO_CAP && !c->folder) return lacks(k, c, "a folder");
    if (c->kind == SLK_TO_CAP && !c->sender) return lacks(k, c, "a sender, as in sender = desk@example.org");
    if (c->kind == SLK_TO_MAIL && (!c->to || !c->from)) return lacks(k, c, "to and from");
    return SLK_OK;
}

static slk_err check_rule(const reader *k, const slk_rule *r, bool whole) {
    if (r->to.n == 0)
        return slk_fault_at(k->fault, SLK_EINPUT, r->line, 0, "rule \"%s\" tells nobody: to = CHANNEL is missing",
                            r->name);
    for (uint32_t i = 0; whole && i < r->to.n; i++)
        if (!slk_desk_channel(k->r, r->to.at[i].name))
            return slk_fault_at(k->fault, SLK_EINPUT, r->line, 0, "rule \"%s\" names no channel of this file: %s",
                                r->name, r->to.at[i].name);
    return SLK_OK;
}

static slk_err check_all(const reader *k, bool whole) {
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < k->r->channels.n; i++) err = check_channel(k, &k->r->channels.at[i]);
    for (uint32_t i = 0; err == SLK_OK && i < k->r->rules.n; i++) err = check_rule(k, &k->r->rules.at[i], whole);
    return err;
}

static slk_err read_all(reader *k, slk_text text, bool whole) {
    slk_settings lines = {.rest = text};
    bool more = true;
    slk_err err = SLK_OK;
    if (text.n > SLK_DESK_MOST_B) return slk_fault_say(k->fault, SLK_ELIMIT, "the file has more than a million bytes");
    k->section = IN_TOP;
    while (err == SLK_OK) {
        err = slk_settings_next(&lines, &k->s, &more, k->fault);
        if (err != SLK_OK || !more) break;
        err = k->s.key.n ? take(k) : open_section(k, whole);
        if (err == SLK_OK && !k->channel) {
            slk_buf_add(&k->kept, k->s.whole.at, k->s.whole.n);
            slk_buf_putc(&k->kept, '\n');
        }
    }
    if (err == SLK_OK) err = check_all(k, whole);
    if (err == SLK_OK && k->kept.err != SLK_OK) err = no_memory(k);
    return err == SLK_OK ? copy(k, (slk_text){k->kept.at ? k->kept.at : "", k->kept.n}, &k->r->kept) : err;
}

slk_err slk_desk_read(slk_text text, const slk_pack *pack, bool whole, slk_desk **out, slk_fault *fault) {
    slk_desk *r = slk_mem_new(&slk_mem_system, sizeof *r);
    if (!r) return slk_fault_say(fault, SLK_ENOMEM, "%s", slk_err_meaning(SLK_ENOMEM));
    memset(r, 0, sizeof *r);
    slk_arena_start(&r->arena, &slk_mem_system, CEILING_B);
    reader k = {.r = r, .pack = pack, .fault = fault};
    slk_buf_start(&k.kept, &slk_mem_system, SLK_DESK_MOST_B * 2 + 2);
    slk_err err = read_all(&k, text, whole);
    slk_buf_free(&k.kept);
    if (err != SLK_OK) {
        slk_desk_free(r);
        return err;
    }
    *out = r;
    return SLK_OK;
}

void slk_desk_free(slk_desk *r) {
    if (!r) return;
    slk_arena_free(&r->arena);
    slk_mem_free(&slk_mem_system, r);
}

const slk_channel *slk_desk_channel(const slk_desk *r, const char *name) {
    for (uint32_t i = 0; i < r->channels.n; i++)
        if (strcmp(r->channels.at[i].name, name) == 0) return &r->channels.at[i];
    return NULL;
}
