/* fail.h - how the trainers end when they cannot go on: one line on standard error, exit status 1. */
#ifndef SLK_TRAIN_FAIL_H
#define SLK_TRAIN_FAIL_H

void die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
void *need(void *p); /* stops the program when p is NULL */

#endif
