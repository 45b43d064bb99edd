/* test_alerts.c - alerts: the file of rules, which events pass, what a report raises and what it does not, signatures, and the forms an
 * alert is written in. Readings are made by hand (ledger_fixture.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "alerts/alert.h"
#include "alerts/outbox.h"
#include "alerts/sign.h"
#include "base/base64.h"
#include "base/sha256.h"
#include "engine.h"
#include "ledger/inside.h"
#include "ledger_fixture.h"

#define NOW_S 1805000000 /* 2027-03-14 */

static slk_engine *engine;
static char folder[64], path[96];

static int start(void **state) {
    (void)state;
    slk_fault fault;
    snprintf(folder, sizeof folder, "/tmp/sillok-alerts-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/ledger.db", folder);
    return slk_engine_open(NULL, NULL, &engine, &fault) == SLK_OK ? 0 : -1;
}

static void wipe(void) {
    static const char *const ends[] = {"", "-wal", "-shm"};
    char z[128];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(z, sizeof z, "%s%s", path, ends[i]);
        (void)unlink(z);
    }
}

static int stop(void **state) {
    (void)state;
    wipe();
    (void)rmdir(folder);
    slk_engine_close(engine);
    return 0;
}

static slk_desk *read_desk(const char *text) {
    slk_desk *d = NULL;
    slk_fault fault = {.code = SLK_OK};
    if (slk_desk_read(slk_text_of(text), slk_engine_pack(engine), true, &d, &fault) != SLK_OK)
        fail_msg("%zu: %s", fault.line, fault.message);
    return d;
}

/* ---------------------------------------------------------------- the file of rules */

static char *unescaped(char *z) {
    char *to = z;
    for (char *at = z; *at; at++) {
        bool end = at[0] == '\\' && at[1] == 'n';
        *to++ = end ? '\n' : *at;
        at += end;
    }
    *to = '\0';
    return z;
}

static void test_rules_are_read_or_said_to_be_wrong(void **state) {
    (void)state;
    char line[4096];
    unsigned n = 0;
    FILE *f = fixture_table("alerts.tsv");
    assert_non_null(f);
    for (unsigned number = 1; fgets(line, sizeof line, f); number++) {
        if (*line == '#' && !strchr(line, '\t')) continue;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' && line[1] == ' ' && strstr(line, "fault:")) continue;
        char *at = line;
        char *text = unescaped(fixture_cell(&at)), *want = fixture_cell(&at);
        slk_desk *d = NULL;
        slk_fault fault = {.code = SLK_OK};
        slk_err err = slk_desk_read(slk_text_of(text), slk_engine_pack(engine), true, &d, &fault);
        if (strcmp(want, "ok") == 0) {
            if (err != SLK_OK) fail_msg("line %u: %zu: %s", number, fault.line, fault.message);
        } else {
            char *words = strchr(want, ' ');
            assert_non_null(words);
            if (err != SLK_EINPUT || fault.line != strtoul(want, NULL, 10) || !strstr(fault.message, words + 1))
                fail_msg("line %u: wanted %s, got %zu: %s", number, want, fault.line, fault.message);
        }
        slk_desk_free(d);
        n++;
    }
    (void)fclose(f);
    assert_true(n > 40);
}

static void test_what_a_rule_says(void **state) {
    (void)state;
    slk_desk *d =
        read_desk("link = http://a.example/e/\n[rule r]\nactor = Iran, Hamas\nnear = -39.5, 125, 300 km\nweapon = SRBM,"
                  " short-range ballistic missiles\nstatus = denied\nto = h\n[webhook h]\nurl = http://b.example/\n");
    const slk_rule *r = &d->rules.at[0];
    assert_string_equal(r->actors.at[0].code, "IRN");
    assert_null(r->actors.at[1].code);
    assert_true(r->near && r->lat == -39.5 && r->lon == 125 && r->within_m == 300000);
    assert_string_equal(r->weapons.at[1].code, "SRBM");
    assert_int_equal(r->status, 1u << SLK_EC_DENIED);
    assert_int_equal(r->on, SLK_ON_NEW | SLK_ON_STATUS | SLK_ON_CORROBORATED | SLK_ON_CONFLICT);
    assert_int_equal(r->fresh_s, 7 * 86400);
    assert_int_equal(d->channels.at[0].give_up_s, 86400);
    assert_non_null(strstr(d->kept, "actor = Iran"));
    assert_null(strstr(d->kept, "webhook"));
    assert_null(strstr(d->kept, "b.example")); /* no channel comes into a ledger */
    slk_desk *again = NULL;
    slk_fault fault = {.code = SLK_OK};
    assert_int_equal(slk_desk_read(slk_text_of(d->kept), slk_engine_pack(engine), false, &again, &fault), SLK_OK);
    assert_string_equal(again->kept, d->kept);
    slk_desk_free(again);
    slk_desk_free(d);
}

/* ---------------------------------------------------------------- what is raised */

static slk_ledger *open_with(const char *rules) {
    slk_ledger *l = NULL;
    slk_fault fault = {.code = SLK_OK};
    wipe();
    if (slk_ledger_open(path, SLK_LEDGER_WRITE, slk_engine_pack(engine), NULL, &l, &fault) != SLK_OK)
        fail_msg("%s", fault.message);
    slk_desk *d = read_desk(rules);
    assert_int_equal(slk_outbox_set_rules(l, d, &fault), SLK_OK);
    assert_int_equal(slk_ledger_commit(l, &fault), SLK_OK);
    slk_desk_free(d);
    return l;
}

#define CHANNEL "[webhook x]\nurl = http://a.example/\n"

static slk_added add(slk_ledger *l, fixture *f) {
    slk_added added = {0};
    slk_fault fault = {.code = SLK_OK};
    if (slk_ledger_add(l, f->r, NOW_S, &added, &fault) != SLK_OK || slk_ledger_commit(l, &fault) != SLK_OK)
        fail_msg("%s", fault.message);
    fixture_free(f);
    return added;
}

/* The states of all alerts in order, as "new|status:confirmed,corroborated". */
static const char *states(slk_ledger *l) {
    static char out[1024];
    slk_arena arena;
    slk_outbox_rows rows = {0};
    slk_fault fault = {.code = SLK_OK};
    slk_arena_start(&arena, &slk_mem_system, (size_t)1 << 24);
    assert_int_equal(slk_outbox_list(l, 0, -1, 100, &arena, &rows, &fault), SLK_OK);
    size_t n = 0;
    *out = '\0';
    for (uint32_t i = 0; i < rows.at.n; i++)
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%s", i ? "|" : "", rows.at.at[i].states);
    for (char *z = out; *z; z++)
        if (*z == '\n') *z = ',';
    slk_arena_free(&arena);
    return out;
}

/* A launch of two missiles by North Korea, told by somebody. */
static fixture launch(const char *id, const char *by, const char *country, double count) {
    fixture f = fixture_report(id, "2027-03-10", id, "A launch.");
    if (by) (void)fixture_says(&f, by, country, "MIL", SLK_NONE);
    fixture_event(&f, "weapon-test.missile.ballistic", true);
    fixture_by(&f, "North Korea", "PRK");
    fixture_at(&f, "2027-03-10T07:12+09:00");
    fixture_from(&f, "Sunan", 39.2, 125.67, "KP", "PPL");
    fixture_class(&f, "SRBM");
    fixture_count(&f, count, NAN, SLK_BOUND_EXACT);
    if (by && slk_ids_copy(f.r, &f.attribution, 1, &f.e->attributions) != SLK_OK) abort();
    return f;
}

static void test_one_alert_for_an_event_and_state(void **state) {
    (void)state;
    slk_ledger *l = open_with("[rule r]\ntype = weapon-test\nto = x\n" CHANNEL);
    fixture f = launch("one", "South Korean military", "KOR", 2);
    assert_int_equal(add(l, &f).alerts, 1);
    assert_string_equal(states(l), "new");
    for (int i = 0; i < 10; i++) { /* other papers, same source */
        char id[16];
        snprintf(id, sizeof id, "copy%d", i);
        f = launch(id, "South Korean military", "KOR", 2);
        assert_int_equal(add(l, &f).alerts, 0);
    }
    f = launch("two", "Japanese coast guard", "JPN", 2);
    assert_int_equal(add(l, &f).alerts, 1);
    f = launch("three", "American military", "USA", 4);
    assert_int_equal(add(l, &f).alerts, 1);
    f = launch("four", "French military", "FRA", 5); /* there is a conflict already */
    assert_int_equal(add(l, &f).alerts, 0);
    assert_string_equal(states(l), "new|corroborated|conflict:count");
    slk_ledger_close(l);
}

static void test_status_and_revision(void **state) {
    (void)state;
    slk_ledger *l = open_with(
        "[rule r]\non = status, revision\nto = x\n[rule only]\nstatus = disputed\non = new\nto = x\n" CHANNEL);
    fixture f = launch("one", "South Korean military", "KOR", 2);
    assert_int_equal(add(l, &f).alerts, 0);
    f = launch("two", "North Korean military", "PRK", 2);
    f.e->certainty = SLK_EC_CONFIRMED;
    assert_int_equal(add(l, &f).alerts, 1);
    f = launch("three", "Iranian military", "IRN", 2);
    f.e->certainty = SLK_EC_DENIED;
    assert_int_equal(add(l, &f).alerts, 1); /* by both rules, once */
    f = launch("four", "South Korean military", "KOR", 5);
    assert_int_equal(add(l, &f).alerts, 1);
    assert_string_equal(states(l), "status:confirmed|status:disputed,matches:only|revision:count:5");
    slk_ledger_close(l);
}

static void raises(const char *rule, unsigned want) {
    char text[512];
    snprintf(text, sizeof text, "[rule r]\n%s\nto = x\n" CHANNEL, rule);
    slk_ledger *l = open_with(text);
    fixture f = launch("one", "South Korean military", "KOR", 2);
    unsigned got = add(l, &f).alerts;
    slk_ledger_close(l);
    if (got != want) fail_msg("%s: %u alerts, not %u", rule, got, want);
}

static void test_conditions(void **state) {
    (void)state;
    static const char *const yes[] = {"type = weapon-test",
                                      "type = attack, weapon-test.missile.ballistic",
                                      "actor = KP",
                                      "actor = North Korea, Iran",
                                      "country = PRK",
                                      "place = sunan",
                                      "near = 39, 126, 50 km",
                                      "weapon = SRBM",
                                      "weapon = ballistic missile",
                                      "status = reported, confirmed",
                                      "sources = 1",
                                      "within = 7d",
                                      "on = new"};
    static const char *const no[] = {"type = attack",   "type = weapon-test.nuclear",
                                     "actor = IRN",     "actor = Hamas",
                                     "target = KOR",    "country = JPN",
                                     "place = Wonsan",  "near = 39, 126, 20 km",
                                     "weapon = ICBM",   "weapon = Hwasong-17",
                                     "status = denied", "sources = 2",
                                     "within = 2d",     "on = status"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) raises(yes[i], 1);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) raises(no[i], 0);
}

static void test_background_and_old_news_are_quiet(void **state) {
    (void)state;
    slk_ledger *l = open_with("[rule r]\nto = x\n" CHANNEL);
    fixture f = launch("one", "South Korean military", "KOR", 2);
    f.e->main = false;
    assert_int_equal(add(l, &f).alerts, 0);
    f = launch("two", "South Korean military", "KOR", 2);
    assert_int_equal(add(l, &f).alerts, 1); /* it is news now */
    f = fixture_report("old", "2020-01-01", NULL, "Old.");
    fixture_event(&f, "attack.air", true);
    slk_added a = add(l, &f);
    assert_int_equal(a.alerts, 0);
    assert_int_equal(a.alerts_old, 1);
    f = fixture_report("story", "2027-03-10", NULL, "No news of security.");
    fixture_event(&f, "story", true);
    assert_int_equal(add(l, &f).alerts, 0);
    assert_string_equal(states(l), "new");
    slk_ledger_close(l);
}

static void test_a_story_told_again_is_quiet(void **state) {
    (void)state;
    static const char words[] =
        "Two missiles rose from the airfield in the morning and fell into the sea after some minutes, "
        "the staff of the southern army told reporters who had asked about the noise they had heard.";
    slk_ledger *l = open_with("[rule r]\nto = x\n" CHANNEL);
    for (int i = 0; i < 3; i++) { /* without a day they cannot be linked */
        char id[16];
        snprintf(id, sizeof id, "%d", i);
        fixture f = fixture_report(id, "2027-03-10", id, words);
        fixture_event(&f, "attack.missile", true);
        fixture_by(&f, "North Korea", "PRK");
        (void)add(l, &f);
    }
    assert_string_equal(states(l), "new");
    slk_ledger_close(l);
}

static void test_what_is_taken_back_raises_nothing(void **state) {
    (void)state;
    slk_added added = {0};
    slk_fault fault = {.code = SLK_OK};
    slk_ledger *l = open_with("[rule r]\nto = x\n" CHANNEL);
    fixture f = launch("one", "South Korean military", "KOR", 2);
    assert_int_equal(slk_ledger_add(l, f.r, NOW_S, &added, &fault), SLK_OK);
    assert_int_equal(added.alerts, 1);
    fixture_free(&f);
    slk_ledger_close(l); /* not committed */
    assert_int_equal(slk_ledger_open(path, SLK_LEDGER_READ, slk_engine_pack(engine), NULL, &l, &fault), SLK_OK);
    assert_string_equal(states(l), "");
    slk_ledger_close(l);
}

/* ---------------------------------------------------------------- signatures */

static void hmac(const char *key, size_t n, const char *text, const char *want) {
    unsigned char sum[SLK_SHA256_B];
    char hex[2 * SLK_SHA256_B + 1];
    slk_hmac_sha256((slk_text){key, n}, slk_text_of(text), sum);
    for (size_t i = 0; i < SLK_SHA256_B; i++) snprintf(hex + 2 * i, 3, "%02x", sum[i]);
    assert_string_equal(hex, want);
}

static void test_hmac(void **state) { /* RFC 4231, cases 1, 2, 6 and 7 */
    (void)state;
    char key[131];
    memset(key, 0x0b, 20);
    hmac(key, 20, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    hmac("Jefe", 4, "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof key);
    hmac(key, sizeof key, "Test Using Larger Than Block-Size Key - Hash Key First",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    hmac(key, sizeof key,
         "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be "
         "hashed before "
         "being used by the HMAC algorithm.",
         "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

static void test_base64(void **state) { /* RFC 4648, section 10 */
    (void)state;
    static const char *const cases[][2] = {{"", ""},        {"f", "Zg=="},        {"fo", "Zm8="},
                                           {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"foobar", "Zm9vYmFy"}};
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, 1000);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        slk_buf_clear(&b);
        slk_base64_write(slk_text_of(cases[i][0]), 0, &b);
        assert_string_equal(b.at ? b.at : "", cases[i][1]);
        slk_buf_clear(&b);
        assert_true(slk_base64_read(slk_text_of(cases[i][1]), &b));
        assert_string_equal(b.at ? b.at : "", cases[i][0]);
    }
    assert_false(slk_base64_read(slk_text_of("Zm9vY"), &b));
    assert_false(slk_base64_read(slk_text_of("Zm*v"), &b));
    slk_buf_free(&b);
}

static void test_signature(void **state) { /* the example of the Standard Webhooks specification's own libraries */
    (void)state;
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, 1000);
    assert_int_equal(slk_sign(slk_text_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), "msg_p5jXN8AQM9LWM0D4loKWxJek",
                              1614265330, slk_text_of("{\"test\": 2432232314}"), &b),
                     SLK_OK);
    assert_string_equal(b.at, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    assert_int_equal(slk_sign(slk_text_of("whsec_*"), "k", 1, slk_text_of(""), &b), SLK_EINPUT);
    slk_buf_free(&b);
}

/* ---------------------------------------------------------------- forms */

#define BODY(extra)                                                                                                    \
    "{\"version\":1,\"key\":\"11111111-2222-8333-a444-555555555555\",\"channel\":\"x\",\"raised\":\"2027-03-10T01:02:" \
    "03Z\","                                                                                                           \
    "\"headline\":\"North Korea: <launch> & \\\"more\\\", "                                                            \
    "\\u5e73\\u58e4\",\"rules\":[\"r\"],\"why\":[{\"state\":\"new\",\"says\":"                                         \
    "\"the first report of "                                                                                           \
    "it\"}],\"event\":{\"id\":\"KP-1\",\"type\":\"weapon-test.nuclear\",\"time\":\"2027-03-10T07:12+09:00\","          \
    "\"certainty\":\"confirmed\",\"place\":{\"name\":\"P'unggye\",\"lat\":41.28,\"lon\":129.08},\"n_reports\":1,\"n_"  \
    "sources\":2},"                                                                                                    \
    "\"values\":[{\"field\":\"count\",\"what\":\"how many\",\"value\":\"2\",\"words\":\"two\",\"by\":\"the "           \
    "\\u0007staff\"}]," extra                                                                                          \
    "\"report\":{\"title\":\"T\",\"url\":\"https://wire.example/?a=1&b=2\",\"sentence\":\"It said so.\"}}"

static slk_alert read_alert(const char *body) {
    slk_alert a;
    slk_fault fault = {.code = SLK_OK};
    if (slk_alert_read(body, &a, &fault) != SLK_OK) fail_msg("%s", fault.message);
    return a;
}

static xmlDoc *parse(const slk_buf *b) {
    xmlDoc *doc = xmlReadMemory(b->at, (int)b->n, NULL, NULL, XML_PARSE_NONET);
    assert_non_null(doc);
    return doc;
}

/* The text that an XPath expression selects. */
static void says(xmlDoc *doc, const char *space, const char *what, const char *want) {
    xmlXPathContext *x = xmlXPathNewContext(doc);
    assert_int_equal(xmlXPathRegisterNs(x, BAD_CAST "a", BAD_CAST space), 0);
    xmlXPathObject *o = xmlXPathEvalExpression(BAD_CAST what, x);
    xmlChar *z = xmlXPathCastToString(o);
    if (strcmp((char *)z, want) != 0) fail_msg("%s is \"%s\", not \"%s\"", what, (char *)z, want);
    xmlFree(z);
    xmlXPathFreeObject(o);
    xmlXPathFreeContext(x);
}

/* Elements stand in the order of the standard's section 3.2, and none stands there that is not in it. */
static void in_order(const xmlNode *parent, const char *const *names, size_t n) {
    size_t at = 0;
    for (const xmlNode *x = parent->children; x; x = x->next) {
        if (x->type != XML_ELEMENT_NODE) continue;
        while (at < n && strcmp(names[at], (const char *)x->name) != 0) at++;
        if (at == n) fail_msg("%s does not belong there", (const char *)x->name);
    }
}

static const char cap[] = "urn:oasis:names:tc:emergency:cap:1.2";

static void check_cap_order(xmlDoc *doc) {
    static const char *const alert[] = {"identifier", "sender",     "sent",        "status",    "msgType",
                                        "source",     "scope",      "restriction", "addresses", "code",
                                        "note",       "references", "incidents",   "info"};
    static const char *const info[] = {"language",   "category", "event",       "responseType", "urgency", "severity",
                                       "certainty",  "audience", "eventCode",   "effective",    "onset",   "expires",
                                       "senderName", "headline", "description", "instruction",  "web",     "contact",
                                       "parameter",  "resource", "area"};
    static const char *const area[] = {"areaDesc", "polygon", "circle", "geocode", "altitude", "ceiling"};
    const xmlNode *root = xmlDocGetRootElement(doc);
    in_order(root, alert, sizeof alert / sizeof *alert);
    for (const xmlNode *x = root->children; x; x = x->next) {
        if (x->type != XML_ELEMENT_NODE || strcmp((const char *)x->name, "info") != 0) continue;
        in_order(x, info, sizeof info / sizeof *info);
        for (const xmlNode *y = x->children; y; y = y->next)
            if (y->type == XML_ELEMENT_NODE && strcmp((const char *)y->name, "area") == 0)
                in_order(y, area, sizeof area / sizeof *area);
    }
}

static void test_cap(void **state) {
    (void)state;
    slk_buf b;
    slk_alert a = read_alert(BODY("\"area\":{\"circle\":\"41.2800,129.0800 4.0\"},"));
    slk_channel c = {.kind = SLK_TO_CAP, .name = "c", .sender = "desk@example.org"};
    slk_cap_earlier earlier[] = {{"aaaa", "2027-03-09T23:59:59Z"}, {"bbbb", "2027-03-10T00:00:00Z"}};
    slk_buf_start(&b, &slk_mem_system, (size_t)1 << 20);
    slk_cap_write(&c, &a, NULL, 0, &b);
    xmlDoc *doc = parse(&b);
    check_cap_order(doc);
    says(doc, cap, "/a:alert/a:identifier", "11111111-2222-8333-a444-555555555555");
    says(doc, cap, "/a:alert/a:sent", "2027-03-10T01:02:03-00:00");
    says(doc, cap, "/a:alert/a:msgType", "Alert");
    says(doc, cap, "/a:alert/a:scope", "Restricted");
    says(doc, cap, "count(/a:alert/a:restriction)", "1");
    says(doc, cap, "/a:alert/a:info/a:category", "CBRNE");
    says(doc, cap, "/a:alert/a:info/a:certainty", "Observed");
    says(doc, cap, "/a:alert/a:info/a:onset", "2027-03-10T07:12:00+09:00");
    says(doc, cap, "/a:alert/a:info/a:headline", "North Korea: <launch> & \"more\", \xe5\xb9\xb3\xe5\xa3\xa4");
    says(doc, cap, "/a:alert/a:info/a:area/a:circle", "41.2800,129.0800 4.0");
    xmlFreeDoc(doc);
    slk_buf_clear(&b);
    c.scope = "Public";
    slk_cap_write(&c, &a, earlier, 2, &b);
    doc = parse(&b);
    check_cap_order(doc);
    says(doc, cap, "/a:alert/a:msgType", "Update");
    says(doc, cap, "/a:alert/a:references",
         "desk@example.org,aaaa,2027-03-09T23:59:59-00:00 desk@example.org,bbbb,2027-03-10T00:00:00-00:00");
    says(doc, cap, "count(/a:alert/a:restriction)", "0");
    xmlFreeDoc(doc);
    slk_buf_free(&b);
    slk_alert_free(&a);
}

static void test_atom(void **state) {
    (void)state;
    static const char atom[] = "http://www.w3.org/2005/Atom";
    slk_buf b, again;
    slk_alert a = read_alert(BODY("\"area\":{\"circle\":\"60.0000,30.0000 111.2\"},"));
    slk_channel c = {.kind = SLK_TO_ATOM, .name = "f", .file = "f.atom", .title = "A & B"};
    slk_buf_start(&b, &slk_mem_system, (size_t)1 << 20);
    slk_buf_start(&again, &slk_mem_system, (size_t)1 << 20);
    for (int i = 0; i < 2; i++) {
        slk_buf *out = i ? &again : &b;
        slk_atom_head(&c, a.raised, out);
        slk_atom_entry(&a, out);
        slk_atom_tail(out);
    }
    assert_string_equal(b.at, again.at); /* nothing of the clock in it */
    xmlDoc *doc = parse(&b);
    says(doc, atom, "/a:feed/a:title", "A & B");
    says(doc, atom, "/a:feed/a:entry/a:id", "urn:uuid:11111111-2222-8333-a444-555555555555");
    says(doc, atom, "/a:feed/a:entry/a:link/@href", "https://wire.example/?a=1&b=2");
    says(doc, atom, "/a:feed/a:entry/a:updated", "2027-03-10T01:02:03Z");
    says(doc, atom, "count(//a:id) + count(//a:updated) + count(//a:title) + count(/a:feed/a:author)", "7");
    says(doc, atom, "//*[local-name()='box']", "59.0000 28.0000 61.0000 32.0000"); /* an area, never a point */
    says(doc, atom, "count(//*[local-name()='point'])", "0");
    xmlFreeDoc(doc);
    slk_buf_free(&b);
    slk_buf_free(&again);
    slk_alert_free(&a);
}

static void test_mail(void **state) {
    (void)state;
    slk_buf b, text;
    slk_alert a = read_alert(BODY(""));
    slk_channel c = {.kind = SLK_TO_MAIL, .name = "m", .to = "a@example.org, b@example.org", .from = "s@desk.example"};
    slk_cap_earlier earlier = {"aaaa", "2027-03-09T23:59:59Z"};
    slk_buf_start(&b, &slk_mem_system, (size_t)1 << 20);
    slk_buf_start(&text, &slk_mem_system, (size_t)1 << 20);
    slk_mail_write(&c, &a, &earlier, 1, &b);
    assert_int_equal(
        strncmp(b.at,
                "From: s@desk.example\nTo: a@example.org,\n b@example.org\nDate: Wed, 10 Mar 2027 01:02:03 +0000\n"
                "Subject: =?UTF-8?B?",
                111),
        0);
    assert_non_null(strstr(
        b.at, "Message-ID: <11111111-2222-8333-a444-555555555555@desk.example>\nIn-Reply-To: <aaaa@desk.example>\n"));
    for (const char *z = b.at; *z; z++) assert_true((unsigned char)*z < 0x7f);
    const char *body = strstr(b.at, "\n\n");
    assert_non_null(body);
    slk_buf letters;
    slk_buf_start(&letters, &slk_mem_system, (size_t)1 << 20);
    for (; *body; body++)
        if (*body != '\n') slk_buf_putc(&letters, *body);
    assert_true(slk_base64_read((slk_text){letters.at, letters.n}, &text));
    assert_non_null(strstr(text.at, "how many   2 \"two\" - the  staff\n")); /* no control character */
    slk_buf_free(&letters);
    slk_buf_free(&b);
    slk_buf_free(&text);
    slk_alert_free(&a);
}

static void test_bodies_that_are_none(void **state) {
    (void)state;
    static const char *const bad[] = {"", "{", "[]", "{}", "{\"key\":1}", "null", "\"x\""};
    slk_alert a;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(slk_alert_read(bad[i], &a, NULL), SLK_EINPUT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules_are_read_or_said_to_be_wrong),
        cmocka_unit_test(test_what_a_rule_says),
        cmocka_unit_test(test_one_alert_for_an_event_and_state),
        cmocka_unit_test(test_status_and_revision),
        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_background_and_old_news_are_quiet),
        cmocka_unit_test(test_a_story_told_again_is_quiet),
        cmocka_unit_test(test_what_is_taken_back_raises_nothing),
        cmocka_unit_test(test_hmac),
        cmocka_unit_test(test_base64),
        cmocka_unit_test(test_signature),
        cmocka_unit_test(test_cap),
        cmocka_unit_test(test_atom),
        cmocka_unit_test(test_mail),
        cmocka_unit_test(test_bodies_that_are_none),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
