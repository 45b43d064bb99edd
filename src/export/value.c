/* value.c - values as JSON. See value.h. */
#include "export/value.h"

#include <math.h>

#include "base/calendar.h"

static void put_quantity(slk_json *j, const slk_value *v) {
    slk_json_object(j);
    slk_json_put_double(j, "value", v->low);
    if (isfinite(v->high)) slk_json_put_double(j, "high", v->high);
    slk_json_put_string(j, "unit", v->unit);
    if (isfinite(v->si)) slk_json_put_double(j, "si", v->si);
    slk_json_put_string(j, "bound", slk_bound_word(v->bound));
    slk_json_end_object(j);
}

static void put_count(slk_json *j, const slk_value *v) {
    slk_json_object(j);
    slk_json_put_double(j, "min", v->low);
    if (isfinite(v->high)) slk_json_put_double(j, "max", v->high);
    slk_json_put_string(j, "bound", slk_bound_word(v->bound));
    slk_json_end_object(j);
}

static void put_direction(slk_json *j, const slk_value *v) {
    slk_json_object(j);
    slk_json_put_double(j, "bearing_deg", v->low);
    slk_json_put_string(j, "direction", v->text);
    slk_json_end_object(j);
}

void slk_value_json_point(slk_json *j, double lat, double lon) {
    slk_json_put_double(j, "lat", round(lat * 1e6) / 1e6);
    slk_json_put_double(j, "lon", round(lon * 1e6) / 1e6);
}

void slk_value_json_place(slk_json *j, const char *name, uint32_t place, bool has_point, double lat, double lon) {
    slk_json_object(j);
    slk_json_put_string(j, "name", name);
    if (place != SLK_NONE) slk_json_put_int(j, "place", place);
    if (has_point) slk_value_json_point(j, lat, lon);
    slk_json_end_object(j);
}

void slk_value_json(slk_json *j, const slk_value *v) {
    char z[40];
    switch (v->kind) {
    case SLK_VALUE_QUANTITY: put_quantity(j, v); break;
    case SLK_VALUE_COUNT: put_count(j, v); break;
    case SLK_VALUE_DIRECTION: put_direction(j, v); break;
    case SLK_VALUE_TIME:
        slk_json_string(j, v->when.precision != SLK_P_NONE ? slk_instant_format(v->when, z) : v->text);
        break;
    default: slk_json_string(j, v->text); break;
    }
}
