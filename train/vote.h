/* vote.h - trees for texts that have none, by several nets. */
#ifndef SLK_TRAIN_VOTE_H
#define SLK_TRAIN_VOTE_H

#include "floats.h"

/* Reads the CoNLL-U file `path` and writes it to `out` with UPOS, XPOS, FEATS, HEAD and DEPREL as the nets vote, and their shares
 * beside it (corpus.h). Trees and names that the file gives are kept and hold for certain; names that it does not give are voted
 * on in the shares only. */
void vote(net *const *nets, unsigned n_nets, const rows *r, labels *l, const char *path, const char *out);

#endif
