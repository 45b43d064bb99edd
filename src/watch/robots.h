/* robots.h - what a site's robots.txt lets this program fetch (RFC 9309). Pure: bytes in, answers out. */
#ifndef SLK_WATCH_ROBOTS_H
#define SLK_WATCH_ROBOTS_H

#include "sillok.h"

#define SLK_ROBOTS_MOST_B (512u << 10) /* bytes of a robots.txt that count; the RFC asks for at least 500 KiB */
#define SLK_ROBOTS_PATH_MOST_B 8192u   /* bytes of a path that count */
#define SLK_ROBOTS_DELAY_MOST_S 60u    /* a Crawl-delay counts up to this */

typedef struct slk_robots slk_robots;

/* Reads a robots.txt for the product token agent: the groups that name it, else those for "*". Lines that mean nothing are passed
 * over, bytes beyond the limit do not count. Fails with SLK_ENOMEM only; free with slk_robots_free. O(length). */
SLK_MUST slk_err slk_robots_read(slk_text body, const char *agent, slk_robots **out);
void slk_robots_free(slk_robots *r); /* NULL is fine */

/* May a path ("/a/b?c=d", as the address has it) be fetched? The rule with most bytes wins, Allow at equal length; /robots.txt
 * always may. True when out of memory for a path that long. O(rules times path). */
bool slk_robots_allow(const slk_robots *r, slk_text path);
/* The pause between two requests that the site asks for; 0 for none. */
unsigned slk_robots_delay_s(const slk_robots *r);

#endif
