/* values.c - values of claims for people, and the words of their kinds as the ledger writes them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "ledger/inside.h"

static const char *const kind_words[] = {"text", "actor", "place", "time", "quantity", "count", "direction"};

const char *slk_kind_word(slk_value_kind kind) {
    return (size_t)kind < sizeof kind_words / sizeof *kind_words ? kind_words[kind] : "text";
}

slk_value_kind slk_kind_of(slk_text word) {
    for (size_t i = 0; i < sizeof kind_words / sizeof *kind_words; i++)
        if (slk_text_is(word, kind_words[i])) return (slk_value_kind)i;
    return SLK_VALUE_TEXT;
}

static const char *bound_prefix(slk_bound b) {
    switch (b) {
    case SLK_BOUND_ABOUT: return "about ";
    case SLK_BOUND_AT_LEAST: return "at least ";
    case SLK_BOUND_AT_MOST: return "at most ";
    case SLK_BOUND_MORE_THAN: return "more than ";
    case SLK_BOUND_LESS_THAN: return "less than ";
    case SLK_BOUND_VAGUE: return "some ";
    default: return "";
    }
}

/* UCUM writes some units in ways that people do not. */
static const char *unit_words(const char *ucum) {
    static const char *const pairs[][2] = {{"[mi_i]", "miles"}, {"[nmi_i]", "nautical miles"},
                                           {"[ft_i]", "feet"},  {"[lb_av]", "pounds"},
                                           {"km/h", "km/h"},    {"[mi_i]/h", "mph"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (strcmp(ucum, pairs[i][0]) == 0) return pairs[i][1];
    return ucum;
}

static const char *number_words(const slk_value *v, slk_arena *arena) {
    char range[40] = "";
    if (isfinite(v->high) && v->high != v->low) (void)snprintf(range, sizeof range, " to %.10g", v->high);
    const char *unit = v->unit ? unit_words(v->unit) : "";
    return slk_arena_printf(arena, "%s%.10g%s%s%s", bound_prefix(v->bound), v->low, range, *unit ? " " : "", unit);
}

static const char *time_words(slk_instant t, slk_arena *arena) {
    char z[40];
    slk_instant_format(t, z);
    char *hour = strchr(z, 'T');
    if (!hour) return slk_arena_copy(arena, z, strlen(z));
    *hour++ = '\0';
    size_t clock = strcspn(hour, "+-Z");
    const char *offset = hour[clock] == 'Z' ? "UTC" : hour + clock;
    return slk_arena_printf(arena, "%s %.*s%s%s", z, (int)clock, hour, *offset ? " " : "", offset);
}

const char *slk_value_words(const slk_value *v, slk_arena *arena) {
    switch (v->kind) {
    case SLK_VALUE_QUANTITY:
    case SLK_VALUE_COUNT:
        if (isfinite(v->low)) return number_words(v, arena);
        break;
    case SLK_VALUE_TIME:
        if (v->when.precision != SLK_P_NONE) return time_words(v->when, arena);
        break;
    case SLK_VALUE_DIRECTION:
        if (!v->text && isfinite(v->low)) return slk_arena_printf(arena, "%.0f degrees", v->low);
        break;
    default: break;
    }
    return slk_arena_copy(arena, v->text ? v->text : "", v->text ? strlen(v->text) : 0);
}
