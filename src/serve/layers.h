/* layers.h - which layers of a reading are asked for. */
#ifndef SLK_SERVE_LAYERS_H
#define SLK_SERVE_LAYERS_H

#include "serve/server.h"

/* The layers that a list of words asks for ("times,places", "all"); NULL: what the page shows, with the rules behind each value.
 * False at a word that is none. */
bool slk_layers_of(const char *list, unsigned *out);

#endif
