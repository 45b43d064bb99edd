/* fuzz_calendar.c - any bytes as an ISO 8601 date; any numbers as days and clocks. What is read is written and read the same again;
 * days, weeks and seconds go there and back. */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void text(const uint8_t *data, size_t size) {
    slk_instant t, again;
    char z[40];
    if (!slk_instant_parse((slk_text){(const char *)data, size}, &t)) return;
    if (t.precision == SLK_P_NONE || strlen(slk_instant_format(t, z)) >= sizeof z) abort();
    if (!slk_instant_parse(slk_text_of(z), &again) || !slk_instant_eq(t, again)) abort();
    int64_t first, last;
    slk_instant_range(t, &first, &last);
    if (first > last) abort();
    for (int p = SLK_P_NONE; p <= SLK_P_SECOND; p++) (void)slk_instant_cut(t, (slk_precision)p);
}

static void numbers(const uint8_t *data, size_t size) {
    int32_t days, year;
    uint8_t month, day;
    unsigned week;
    if (size < 8) return;
    memcpy(&days, data, 4);
    days %= 4000000; /* some 11,000 years each way */
    slk_civil_from_days(days, &year, &month, &day);
    if (slk_days_from_civil(year, month, day) != days || day > slk_days_in_month(year, month)) abort();
    slk_iso_week(days, &year, &week);
    if (week < 1 || week > 53) abort();
    int64_t s = (int64_t)days * 86400 + data[4] * 330;
    int offset = data[5] * 6 - 720;
    slk_instant t = slk_instant_at(s, offset, SLK_P_SECOND);
    if (slk_instant_seconds(t) != s) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    text(data, size);
    numbers(data, size);
    return 0;
}
