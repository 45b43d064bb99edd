/* settings.c - see settings.h. */
#include "alerts/settings.h"

#include "base/fault.h"
#include "base/text.h"

#define TEN_YEARS_S (INT64_C(3653) * 86400)

static slk_text without_comment(slk_text line) {
    for (size_t i = 0; i < line.n; i++)
        if (line.at[i] == '#' && (i == 0 || slk_is_space(line.at[i - 1]))) line.n = i;
    return slk_text_trim(line);
}

static slk_err bad(const slk_settings *s, slk_fault *fault, slk_err err, const char *what) {
    return slk_fault_at(fault, err, s->last.line, 0, "%s", what);
}

/* "[kind name]" or "[kind]" */
static slk_err open_section(slk_settings *s, slk_text line, slk_fault *fault) {
    if (line.at[line.n - 1] != ']') return bad(s, fault, SLK_EINPUT, "a section ends with ], as in [rule missiles]");
    slk_text inside = slk_text_trim((slk_text){line.at + 1, line.n - 2});
    size_t n = 0;
    while (n < inside.n && !slk_is_space(inside.at[n])) n++;
    if (n == 0) return bad(s, fault, SLK_EINPUT, "a section has a name, as in [rule missiles]");
    s->last.kind = (slk_text){inside.at, n};
    s->last.name = slk_text_trim((slk_text){inside.at + n, inside.n - n});
    s->last.key = s->last.value = (slk_text){"", 0};
    return SLK_OK;
}

static slk_err take_setting(slk_settings *s, slk_text line, slk_fault *fault) {
    size_t n = 0;
    while (n < line.n && line.at[n] != '=') n++;
    s->last.key = slk_text_trim((slk_text){line.at, n});
    if (n == line.n || !s->last.key.n)
        return bad(s, fault, SLK_EINPUT,
                   "this is neither a section, [rule missiles], nor a setting, type = weapon-test");
    s->last.value = slk_text_trim((slk_text){line.at + n + 1, line.n - n - 1});
    if (!s->last.value.n)
        return slk_fault_at(fault, SLK_EINPUT, s->last.line, 0, "\"%.*s\" has no value",
                            (int)(s->last.key.n < 40 ? s->last.key.n : 40), s->last.key.at);
    return SLK_OK;
}

slk_err slk_settings_next(slk_settings *s, slk_setting *out, bool *more, slk_fault *fault) {
    slk_text line;
    *more = false;
    while (slk_text_split(&s->rest, '\n', &line)) {
        s->last.line++;
        s->last.whole = line;
        if (line.n > SLK_SETTINGS_LINE_MOST_B) return bad(s, fault, SLK_ELIMIT, "the line has more than 4096 bytes");
        if (slk_utf8_check(line) < line.n) return bad(s, fault, SLK_EENCODING, "the line is not valid UTF-8");
        line = without_comment(line);
        if (!line.n) continue;
        slk_err err = line.at[0] == '[' ? open_section(s, line, fault) : take_setting(s, line, fault);
        if (err != SLK_OK) return err;
        *out = s->last;
        *more = true;
        return SLK_OK;
    }
    return SLK_OK;
}

bool slk_settings_item(slk_text *list, slk_text *item) {
    while (slk_text_split(list, ',', item)) {
        *item = slk_text_trim(*item);
        if (item->n) return true;
    }
    return false;
}

bool slk_settings_time(slk_text t, int64_t *seconds) {
    static const struct {
        char letter;
        int64_t s;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
    int64_t v = 0;
    if (t.n < 2 || t.n > 10) return false;
    for (size_t i = 0; i + 1 < t.n; i++) {
        if (!slk_is_digit(t.at[i])) return false;
        v = v * 10 + (t.at[i] - '0');
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (units[i].letter != t.at[t.n - 1]) continue;
        if (v > TEN_YEARS_S / units[i].s) return false;
        *seconds = v * units[i].s;
        return true;
    }
    return false;
}
