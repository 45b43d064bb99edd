/* figures.h - how good a net is on a tree bank: on its words and sentences, as floats or as integers. */
#ifndef SLK_TRAIN_FIGURES_H
#define SLK_TRAIN_FIGURES_H

#include "floats.h"

typedef struct figures {
    unsigned words, upos, xpos, feats, uas, las;
    unsigned names, named, right; /* spans of the tree bank, of the net, the same in both */
} figures;

/* Of several nets that vote, of one alone. */
figures figures_of_floats(net *const *nets, unsigned n_nets, const corpus *c, const labels *l);
/* Of a file that model_save wrote, read by the engine itself; stops the program where it is none. */
figures figures_of_file(const char *path, const corpus *c, const labels *l);
/* One line on standard output; the last characters of what name the tree bank. */
void figures_say(const char *what, figures f);

#endif
