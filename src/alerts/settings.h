/* settings.h - a file of settings, line by line: sections ("[rule missiles]") and settings ("type = weapon-test"). What the words mean is
 * the reader's matter (rules.c). Pure: bytes in, pieces out. */
#ifndef SLK_ALERTS_SETTINGS_H
#define SLK_ALERTS_SETTINGS_H

#include "sillok.h"

#define SLK_SETTINGS_LINE_MOST_B 4096u

typedef struct slk_setting { /* borrowed from the text */
    slk_text kind, name;     /* of the section it stands in; kind empty: before the first one */
    slk_text key, value;     /* key empty: the line opens the section */
    slk_text whole;          /* the line */
    size_t line;
} slk_setting;

typedef struct slk_settings { /* start with {.rest = text} */
    slk_text rest;
    slk_setting last;
} slk_settings;

/* The next section or setting. Empty lines do not count, nor does what follows # at a line's beginning or behind a space. *more false
 * at the end. Fails with SLK_EENCODING, SLK_ELIMIT (a line too long) or SLK_EINPUT (neither section nor setting), fault->line says where.
 * O(length of the line). */
SLK_MUST slk_err slk_settings_next(slk_settings *s, slk_setting *out, bool *more, slk_fault *fault);

/* The next piece of a list separated by commas, without the space around it; false at the end. Empty pieces are passed over. */
bool slk_settings_item(slk_text *list, slk_text *item);
/* "30s", "15m", "24h", "7d" in seconds; false where it is none, or longer than ten years. */
SLK_MUST bool slk_settings_time(slk_text t, int64_t *seconds);

#endif
