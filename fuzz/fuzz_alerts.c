/* fuzz_alerts.c - any bytes as a file of rules and channels, and as the JSON of an alert: they are read or refused, with a line where
 * they are; the rules that a ledger keeps are read again to the same; and what is written of an alert is as long as it says. */
#include <stdlib.h>
#include <string.h>

#include "alerts/alert.h"
#include "alerts/rules.h"
#include "base/mem.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void rules(slk_text text) {
    slk_desk *desk = NULL, *again = NULL;
    slk_fault fault = {.code = SLK_OK};
    slk_err err = slk_desk_read(text, NULL, true, &desk, &fault);
    if (err != SLK_OK && (fault.code != err || !fault.message[0])) abort();
    if (err != SLK_OK) return;
    if (slk_desk_read(slk_text_of(desk->kept), NULL, false, &again, &fault) != SLK_OK) abort();
    if (again->rules.n != desk->rules.n || strcmp(again->kept, desk->kept) != 0) abort();
    slk_desk_free(again);
    slk_desk_free(desk);
}

static void alert(slk_text text) {
    slk_alert a;
    slk_buf b;
    static const slk_cap_earlier earlier = {"k", "2027-03-10T00:00:00Z"};
    slk_channel c = {.name = "c", .file = "f", .sender = "s", .from = "a@b", .to = "c@d"};
    char *z = malloc(text.n + 1);
    if (!z) return;
    memcpy(z, text.at, text.n);
    z[text.n] = '\0';
    if (slk_alert_read(z, &a, NULL) == SLK_OK) {
        slk_buf_start(&b, &slk_mem_system, (size_t)1 << 26);
        slk_cap_write(&c, &a, &earlier, 1, &b);
        slk_atom_head(&c, a.raised, &b);
        slk_atom_entry(&a, &b);
        slk_mail_write(&c, &a, &earlier, 1, &b);
        if (b.err == SLK_OK && strlen(b.at) != b.n) abort(); /* no NUL byte gets in */
        slk_buf_free(&b);
        slk_alert_free(&a);
    }
    free(z);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    slk_text all = {(const char *)data, size};
    if (size && data[0] == '{')
        alert(all);
    else if (size)
        rules(all);
    return 0;
}
