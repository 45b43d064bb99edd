/* raise.c - see raise.h. Each event that the report tells of is looked at as it was without the report and as it is with it; what differs
 * is what there may be to tell. */
#include "alerts/raise.h"

#include <stdlib.h>
#include <string.h>

#include "alerts/body.h"
#include "alerts/changes.h"
#include "alerts/view.h"
#include "base/fault.h"
#include "base/sha256.h"
#include "base/text.h"

#define REASONS_MOST 4096u
#define DAY_S 86400

typedef struct found_reason {
    slk_reason said;
    const slk_rule *rule;
} found_reason;

typedef struct raising { /* one event, for one report */
    slk_linking *k;
    slk_ledger *l;
    const slk_desk *desk;
    slk_fault *fault;
    slk_arena *arena;
    int64_t report, added_s, story, known_day;
    bool dated;       /* known_day holds */
    uint32_t telling; /* of the reading: the first that is of this event */
    int64_t event;    /* row */
    slk_view view;
    slk_entry before, now;
    bool known;           /* others tell of it too */
    slk_dossier *dossier; /* NULL: not needed yet */
    uint32_t report_at;   /* in the dossier */
    slk_change_list changes;
    SLK_LIST(found_reason) found;
} raising;

/* ---------------------------------------------------------------- the rules that the ledger holds */

static slk_err read_number(slk_ledger *l, slk_bind *b, bool *any, int64_t *out, slk_fault *fault) {
    *any = false;
    if (b->rc != SQLITE_OK) return slk_store_fault(l, b->rc, fault);
    slk_err err = slk_store_step(l, b->s, any, fault);
    if (err == SLK_OK && *any) *out = sqlite3_column_int64(b->s, 0);
    (void)sqlite3_reset(b->s); /* repeats the code of the step */
    return err;
}

static slk_err parse_rules(slk_ledger *l, slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_fault why = {.code = SLK_OK};
    slk_desk *desk = NULL;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_ALERT_RULES, &err, fault)};
    if (!b.s) return err;
    err = slk_store_step(l, b.s, &row, fault);
    if (err == SLK_OK && row) {
        err = slk_desk_read(slk_column_text(b.s, 1), l->pack, false, &desk, &why);
        if (err == SLK_OK) l->desk_version = sqlite3_column_int64(b.s, 0);
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    slk_desk_free(l->desk);
    l->desk = desk;
    if (why.code == SLK_OK) return err;
    return slk_fault_say(fault, err == SLK_ENOMEM ? SLK_ENOMEM : SLK_ELEDGER,
                         "%s: its alert rules cannot be read (%.120s); sillok alerts set FILE puts others", l->path,
                         why.message);
}

/* l->desk as it stands in the file; NULL for none. Another program may have changed it. */
static slk_err know_rules(slk_ledger *l, slk_fault *fault) {
    slk_err err = SLK_OK;
    int64_t version = 0;
    bool any = false;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_ALERT_VERSION, &err, fault)};
    if (!b.s) return err;
    err = read_number(l, &b, &any, &version, fault);
    if (err != SLK_OK || !any || (l->desk && l->desk_version == version)) return err;
    return parse_rules(l, fault);
}

/* ---------------------------------------------------------------- what is to be told */

static slk_err no_memory(const raising *g) {
    return slk_fault_say(g->fault, SLK_ENOMEM, "%s: out of memory", g->l->path);
}

static slk_err tell(raising *g, const slk_rule *rule, const char *state, const char *says) {
    if (!state || !says || SLK_ROOM(g->arena, &g->found, REASONS_MOST) != SLK_OK) return no_memory(g);
    g->found.at[g->found.n++] = (found_reason){{state, says, rule->name}, rule};
    return SLK_OK;
}

/* A report that repeats another's words brings a new event only where it tells of more such than that one: what could not be linked is
 * not new. */
static slk_err is_repeated(raising *g, bool *repeated) {
    const slk_profile *p = &g->k->profiles[g->telling];
    int64_t count[2] = {0, 0}, of[2] = {g->report, g->story};
    *repeated = false;
    if (!g->story) return SLK_OK;
    for (int i = 0; i < 2; i++) {
        slk_err err = SLK_OK;
        bool any = false;
        slk_bind b = {.s = slk_store_get(g->l, SLK_Q_ALERT_TOLD, &err, g->fault)};
        if (!b.s) return err;
        slk_bind_int(&b, of[i]);
        slk_bind_text(&b, p->kind);
        slk_bind_text(&b, p->country);
        if (p->timed)
            slk_bind_int(&b, p->first_s);
        else
            slk_bind_none(&b);
        if ((err = read_number(g->l, &b, &any, &count[i], g->fault)) != SLK_OK) return err;
    }
    *repeated = count[0] <= count[1];
    return SLK_OK;
}

/* It passes the rule, and did not before. */
static slk_err tell_new(raising *g, const slk_rule *rule) {
    bool repeated = false;
    bool fresh = !g->known || (!g->before.main && g->now.main);
    slk_err err = g->known ? SLK_OK : is_repeated(g, &repeated);
    if (err != SLK_OK || repeated) return err;
    if (fresh) return tell(g, rule, "new", g->known ? "the first report whose news it is" : "the first report of it");
    return tell(g, rule, slk_arena_printf(g->arena, "matches:%s", rule->name),
                slk_arena_printf(g->arena, "passes the rule %s now: %s, %u independent source%s", rule->name,
                                 slk_event_certainty_word(g->now.certainty), g->now.n_roots,
                                 g->now.n_roots == 1 ? "" : "s"));
}

static slk_err load_dossier(raising *g) {
    char sha256[SLK_SHA256_HEX];
    if (g->dossier) return SLK_OK;
    slk_err err = slk_ledger_dossier(g->l, g->event, (slk_instant){.precision = SLK_P_NONE}, &g->dossier, g->fault);
    if (err != SLK_OK) return err;
    slk_sha256_hex(g->k->r->report.text, sha256);
    while (g->report_at < g->dossier->n_reports && strcmp(g->dossier->reports[g->report_at].sha256, sha256) != 0)
        g->report_at++;
    if (g->report_at == g->dossier->n_reports)
        return slk_fault_say(g->fault, SLK_EFAULT, "%s: the report is not in its event's dossier", g->l->path);
    err = g->known ? slk_changes_of(g->l->pack, g->dossier, g->report_at, g->arena, &g->changes) : SLK_OK;
    return err == SLK_OK ? SLK_OK : no_memory(g);
}

/* It passed the rule before: what is different now? */
static slk_err tell_changes(raising *g, const slk_rule *rule) {
    slk_err err = SLK_OK;
    const slk_entry *was = &g->before, *is = &g->now;
    if ((rule->on & SLK_ON_STATUS) && was->certainty != is->certainty)
        err = tell(g, rule, slk_arena_printf(g->arena, "status:%s", slk_event_certainty_word(is->certainty)),
                   slk_arena_printf(g->arena, "status: %s before, %s now", slk_event_certainty_word(was->certainty),
                                    slk_event_certainty_word(is->certainty)));
    if (err == SLK_OK && (rule->on & SLK_ON_CORROBORATED) && was->n_roots < 2 && is->n_roots >= 2)
        err = tell(g, rule, "corroborated",
                   slk_arena_printf(g->arena, "%u independent sources now, %s before", is->n_roots,
                                    was->n_roots ? "one" : "none"));
    if (err != SLK_OK || !(rule->on & (SLK_ON_CONFLICT | SLK_ON_REVISION))) return err;
    err = load_dossier(g);
    for (uint32_t i = 0; err == SLK_OK && i < g->changes.at.n; i++)
        if (rule->on & g->changes.at.at[i].kind)
            err = tell(g, rule, g->changes.at.at[i].state, g->changes.at.at[i].says);
    return err;
}

static bool too_old(const raising *g, const slk_rule *rule) {
    if (rule->fresh_s < 0 || !g->added_s || !g->dated) return false;
    return g->added_s - rule->fresh_s >= (g->known_day + 1) * DAY_S;
}

/* All rules over one event. */
static slk_err find_reasons(raising *g) {
    slk_err err = SLK_OK;
    uint32_t kept = 0;
    for (uint32_t i = 0; err == SLK_OK && i < g->desk->rules.n; i++) {
        const slk_rule *rule = &g->desk->rules.at[i];
        if (!slk_view_passes(rule, &g->view, &g->now, 0)) continue;
        if (g->known && slk_view_passes(rule, &g->view, &g->before, g->report))
            err = tell_changes(g, rule);
        else if (rule->on & SLK_ON_NEW)
            err = tell_new(g, rule);
        if (!too_old(g, rule))
            kept = g->found.n;
        else if (g->found.n > kept) {
            g->k->added->alerts_old++;
            g->found.n = kept;
        }
    }
    return err;
}

/* ---------------------------------------------------------------- into the outbox */

/* Notes that the channel is told of a state; *first: it was not before. */
static slk_err note(raising *g, const char *channel, const char *state, bool *first) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(g->l, SLK_Q_ALERT_SEEN, &err, g->fault)};
    if (!b.s) return err;
    slk_bind_text(&b, channel);
    slk_bind_text(&b, g->dossier->entry.id);
    slk_bind_text(&b, state);
    if (b.rc != SQLITE_OK) return slk_store_fault(g->l, b.rc, g->fault);
    err = slk_store_step(g->l, b.s, first, g->fault);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* The same report gives the same key, whenever and wherever it is recorded: a UUID of version 8 (RFC 9562) from a digest. */
static void make_key(const raising *g, const char *channel, const char *states, char out[37]) {
    char hex[SLK_SHA256_HEX];
    slk_buf b;
    slk_buf_start(&b, &g->arena->mem, (size_t)1 << 20);
    slk_buf_printf(&b, "%s\n%s\n%s\n%s", channel, g->dossier->entry.id, states,
                   g->dossier->reports[g->report_at].sha256);
    slk_sha256_hex((slk_text){b.at ? b.at : "", b.n}, hex);
    slk_text_print(out, 37, "%.8s-%.4s-8%.3s-a%.3s-%.12s", hex, hex + 8, hex + 12, hex + 15, hex + 18);
    slk_buf_free(&b);
}

/* The sentence in which the report tells of it. */
static slk_text sentence_of(const raising *g) {
    const slk_reading *r = g->k->r;
    slk_span trigger = r->events.at[g->telling].trigger;
    uint32_t s = r->sentences.n ? slk_sentence_at(r, trigger.start) : 0;
    if (s >= r->sentences.n || !slk_span_overlaps(r->sentences.at[s].span, trigger)) return (slk_text){"", 0};
    return slk_text_trim(slk_reading_text(r, r->sentences.at[s].span));
}

static slk_err write_alert(raising *g, const char *channel, const char *states, const slk_reason *reasons, uint32_t n) {
    char key[37];
    slk_buf body;
    slk_err err = SLK_OK;
    make_key(g, channel, states, key);
    slk_body what = {.key = key,
                     .channel = channel,
                     .link = g->desk->link,
                     .raised_s = g->added_s,
                     .reasons = reasons,
                     .n = n,
                     .dossier = g->dossier,
                     .report = g->report_at,
                     .sentence = sentence_of(g)};
    slk_buf_start(&body, &g->l->mem, (size_t)1 << 22);
    slk_body_write(g->l->pack, &what, &body);
    slk_bind b = {.s = body.err == SLK_OK ? slk_store_get(g->l, SLK_Q_ALERT_ADD, &err, g->fault) : NULL};
    if (b.s) {
        slk_bind_text(&b, key);
        slk_bind_text(&b, channel);
        slk_bind_text(&b, g->dossier->entry.id);
        slk_bind_text(&b, states);
        slk_bind_int(&b, g->added_s);
        slk_bind_bytes(&b, (slk_text){body.at, body.n});
        err = slk_bind_run(g->l, &b, g->fault);
    } else if (err == SLK_OK) {
        err = no_memory(g);
    }
    slk_buf_free(&body);
    if (err == SLK_OK) g->k->added->alerts++;
    return err;
}

static bool goes_to(const slk_rule *rule, const char *channel) {
    for (uint32_t i = 0; i < rule->to.n; i++)
        if (strcmp(rule->to.at[i].name, channel) == 0) return true;
    return false;
}

/* One alert to one channel: all that it was not told before, by whatever rule. A state that two rules have is told once. */
static slk_err send_to(raising *g, const char *channel) {
    slk_buf states;
    uint32_t n = 0;
    slk_err err = SLK_OK;
    slk_reason *reasons = slk_arena_take(g->arena, sizeof *reasons * g->found.n);
    if (!reasons) return no_memory(g);
    slk_buf_start(&states, &g->arena->mem, (size_t)1 << 19);
    for (uint32_t i = 0; err == SLK_OK && i < g->found.n; i++) {
        const found_reason *f = &g->found.at[i];
        bool first = false, same = false;
        if (!goes_to(f->rule, channel)) continue;
        for (uint32_t x = 0; x < n && !same; x++) same = strcmp(reasons[x].state, f->said.state) == 0;
        if (!same) err = note(g, channel, f->said.state, &first);
        if (first) slk_buf_printf(&states, "%s%s", states.n ? "\n" : "", f->said.state);
        if (first || same) reasons[n++] = f->said;
    }
    if (err == SLK_OK && states.err != SLK_OK) err = no_memory(g);
    if (err == SLK_OK && n) err = write_alert(g, channel, states.at, reasons, n);
    slk_buf_free(&states);
    return err;
}

/* Each channel that any of the rules goes to, once. */
static slk_err send_all(raising *g) {
    SLK_LIST(const char *) done = {0};
    slk_err err = g->found.n ? load_dossier(g) : SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < g->found.n; i++) {
        const slk_rule *rule = g->found.at[i].rule;
        for (uint32_t c = 0; err == SLK_OK && c < rule->to.n; c++) {
            const char *channel = rule->to.at[c].name;
            uint32_t x = 0;
            while (x < done.n && strcmp(done.at[x], channel) != 0) x++;
            if (x < done.n) continue;
            if (SLK_ROOM(g->arena, &done, SLK_RULES_MOST * SLK_RULE_ITEMS_MOST) != SLK_OK) return no_memory(g);
            done.at[done.n++] = channel;
            err = send_to(g, channel);
        }
    }
    return err;
}

/* ---------------------------------------------------------------- one report */

static slk_err look_at(raising *g) {
    slk_err err = slk_view_load(g->l, g->event, g->arena, &g->view, g->fault);
    bool any = false;
    if (err == SLK_OK) err = slk_view_entry(g->l->pack, &g->view, 0, g->arena, &g->now, &any);
    if (err == SLK_OK) err = slk_view_entry(g->l->pack, &g->view, g->report, g->arena, &g->before, &g->known);
    if (err == SLK_ENOMEM || err == SLK_ELIMIT) return no_memory(g);
    if (err != SLK_OK || !any) return err;
    err = find_reasons(g);
    return err == SLK_OK ? send_all(g) : err;
}

static slk_err know_report(raising *g) {
    slk_err err = SLK_OK;
    bool any = false;
    slk_bind b = {.s = slk_store_get(g->l, SLK_Q_ALERT_REPORT, &err, g->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, g->report);
    if (b.rc != SQLITE_OK) return slk_store_fault(g->l, b.rc, g->fault);
    err = slk_store_step(g->l, b.s, &any, g->fault);
    if (err == SLK_OK && any) {
        g->story = sqlite3_column_int64(b.s, 0);
        g->dated = sqlite3_column_type(b.s, 1) != SQLITE_NULL;
        g->known_day = sqlite3_column_int64(b.s, 1);
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

typedef struct told_event {
    int64_t event;
    uint32_t telling;
} told_event;

static int by_event(const void *a, const void *b) {
    const told_event *x = a, *y = b;
    if (x->event != y->event) return x->event < y->event ? -1 : 1;
    return x->telling < y->telling ? -1 : x->telling > y->telling;
}

/* Its events, each once, by its first telling. */
static told_event *events_of(const slk_linking *k, uint32_t *n) {
    told_event *at = slk_arena_take(k->arena, sizeof *at * k->r->events.n);
    *n = 0;
    if (!at) return NULL;
    for (uint32_t i = 0; i < k->r->events.n; i++) at[i] = (told_event){k->events[i], i};
    if (k->r->events.n) qsort(at, k->r->events.n, sizeof *at, by_event);
    for (uint32_t i = 0; i < k->r->events.n; i++)
        if (i == 0 || at[i].event != at[*n - 1].event) at[(*n)++] = at[i];
    return at;
}

slk_err slk_alerts_raise(slk_linking *k, int64_t report, int64_t added_s, slk_fault *fault) {
    slk_ledger *l = k->ledger;
    uint32_t n = 0;
    slk_err err = know_rules(l, fault);
    if (err != SLK_OK || !l->desk || !l->desk->rules.n) return err;
    raising all = {.k = k, .l = l, .desk = l->desk, .fault = fault, .report = report, .added_s = added_s};
    told_event *events = events_of(k, &n);
    if (!events) return no_memory(&all);
    err = know_report(&all);
    for (uint32_t i = 0; err == SLK_OK && i < n; i++) {
        slk_arena arena;
        raising g = all;
        slk_arena_start(&arena, &l->mem, SLK_DOSSIER_CEILING_B);
        g.arena = &arena;
        g.event = events[i].event;
        g.telling = events[i].telling;
        err = look_at(&g);
        slk_dossier_free(g.dossier);
        slk_arena_free(&arena);
    }
    return err;
}
