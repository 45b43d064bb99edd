/* assets.h - files that the program carries: the page's bundle and openapi.json, put into a table by tools/embed.c at build time. */
#ifndef SLK_SERVE_ASSETS_H
#define SLK_SERVE_ASSETS_H

#include <stddef.h>

typedef struct slk_asset {
    const char *name;                 /* "page.js" */
    const char *type;                 /* media type */
    const unsigned char *at, *packed; /* packed: gzip; NULL where that is no gain */
    size_t n, packed_n;
} slk_asset;

extern const slk_asset slk_assets[]; /* sorted by name */
extern const unsigned slk_n_assets;

#endif
