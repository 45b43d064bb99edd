/* columns.c - the columns of a format's table. See columns.h. */
#include "export/columns.h"

#include <string.h>

#include "base/text.h"

slk_columns slk_columns_of(const slk_pack *pack, const char *format) {
    slk_columns c = {0};
    size_t n = strlen(format);
    for (uint32_t row = 0; row < slk_pack_rows(pack, SLK_T_EXPORT_COLUMNS); row++) {
        slk_text key = slk_pack_cell(pack, SLK_T_EXPORT_COLUMNS, row, SLK_EXPORT_COLUMNS_KEY);
        if (!slk_text_starts(key, format) || key.n <= n || key.at[n] != '.') continue;
        if (!c.n) c.first = row;
        c.n++;
    }
    return c;
}

const char *slk_column(const slk_pack *pack, const slk_columns *c, uint32_t i, int what) {
    const char *z = slk_pack_str(pack, SLK_T_EXPORT_COLUMNS, c->first + i, what);
    return z ? z : "";
}
