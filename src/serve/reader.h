/* reader.h - what a process does that reads one posted text: opens the pack, goes into its sandbox, takes one text off its standard
 * input, writes what was read to its standard output, and ends (`sillok --reader`, started by readers.c). */
#ifndef SLK_SERVE_READER_H
#define SLK_SERVE_READER_H

#include "sillok.h"

/* Returns the exit status. sandbox false: only with limits. */
int slk_reader_run(const slk_engine *engine, bool sandbox);

#endif
