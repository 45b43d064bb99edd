/* fault.c - errors: one list of codes and texts (sillok.h), and filling in what went wrong. */
#include "base/fault.h"

#include <stdarg.h>

#include "base/text.h"

#define WORD(name, word, meaning) word,
#define MEANING(name, word, meaning) meaning,

const char *slk_err_word(slk_err code) {
    static const char *const words[] = {SLK_ERRORS(WORD)};
    return (unsigned)code < SLK_ERR_COUNT ? words[code] : "unknown";
}

const char *slk_err_meaning(slk_err code) {
    static const char *const meanings[] = {SLK_ERRORS(MEANING)};
    return (unsigned)code < SLK_ERR_COUNT ? meanings[code] : "an unknown error";
}

static void fill(slk_fault *fault, slk_err code, size_t line, size_t offset_b, const char *format, va_list args) {
    *fault = (slk_fault){.code = code, .line = line, .offset_b = offset_b};
    slk_text_vprint(fault->message, sizeof fault->message, format, args);
}

slk_err slk_fault_at(slk_fault *fault, slk_err code, size_t line, size_t offset_b, const char *format, ...) {
    if (fault) {
        va_list args;
        va_start(args, format);
        fill(fault, code, line, offset_b, format, args);
        va_end(args);
    }
    return code;
}

slk_err slk_fault_say(slk_fault *fault, slk_err code, const char *format, ...) {
    if (fault) {
        va_list args;
        va_start(args, format);
        fill(fault, code, 0, 0, format, args);
        va_end(args);
    }
    return code;
}
