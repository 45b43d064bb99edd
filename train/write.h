/* write.h - writes what was trained in the form that the engine reads: weights in 8 bits with a scale for each output,
 * activations in 7 bits with scales from what the training text shows. See net_format.h. */
#ifndef SLK_TRAIN_WRITE_H
#define SLK_TRAIN_WRITE_H

#include "floats.h"

/* Whether the engine takes a net of this size (net_format.h). */
bool model_fits(const net *n);
/* Observes activations on some sentences of c and writes the net to path; stops the program on failure. beyond: the part of
 * activations that may be cut. */
void model_save(net *n, const labels *l, const rows *r, const corpus *c, double beyond, const char *path);

#endif
