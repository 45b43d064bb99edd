/* fault.h - filling in what went wrong. */
#ifndef SLK_BASE_FAULT_H
#define SLK_BASE_FAULT_H

#include "sillok.h"

/* Writes code, place and message into *fault (may be NULL) and returns code, so that one can `return slk_fault_at(...)`. */
slk_err slk_fault_at(slk_fault *fault, slk_err code, size_t line, size_t offset_b, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* The same where no place is known. */
slk_err slk_fault_say(slk_fault *fault, slk_err code, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
