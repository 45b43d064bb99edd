/* fault.c - errors: one list of codes and texts (sillok.h), and filling in what went wrong. */
#include "base/fault.h"

#include <stdarg.h>
#include <stdio.h>

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
    int n = vsnprintf(fault->message, sizeof fault->message, format, args);
    if (n < 0) fault->message[0] = '\0';
    /* a cut message must still be valid UTF-8: drop a half character at the end */
    if (n >= (int)sizeof fault->message) {
        size_t i = sizeof fault->message - 1;
        while (i > 0 && ((unsigned char)fault->message[i - 1] & 0xC0) == 0x80) i--;
        if (i > 0 && (unsigned char)fault->message[i - 1] >= 0xC0) fault->message[i - 1] = '\0';
    }
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
