/* tokens.c - the file of tokens: making, reading, comparing. See tokens.h. */
#include "serve/tokens.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/sha256.h"
#include "base/text.h"

#define MOST_TOKENS 256u
#define FILE_MOST_B 65536
#define HEX 64

struct slk_tokens {
    pthread_mutex_t lock;
    struct timespec changed;
    off_t size_b;
    unsigned n;
    char hashes[MOST_TOKENS][HEX];
    char path[];
};

/* ---------------------------------------------------------------- reading */

static bool is_hash(slk_text t) {
    if (t.n != HEX) return false;
    for (size_t i = 0; i < HEX; i++)
        if (!slk_is_digit(t.at[i]) && !(t.at[i] >= 'a' && t.at[i] <= 'f')) return false;
    return true;
}

static slk_err read_lines(slk_tokens *t, slk_text all, slk_fault *fault) {
    slk_text line;
    size_t n = 0;
    t->n = 0;
    while (slk_text_split(&all, '\n', &line)) {
        n++;
        line = slk_text_trim(line);
        if (!line.n || line.at[0] == '#') continue;
        slk_text hash = {line.at + 7, line.n > 7 + HEX ? HEX : line.n > 7 ? line.n - 7 : 0};
        bool ends = line.n == 7 + HEX || (line.n > 7 + HEX && slk_is_space(line.at[7 + HEX]));
        if (!slk_text_starts(line, "sha256:") || !is_hash(hash) || !ends)
            return slk_fault_say(fault, SLK_EINPUT, "%s:%zu: a token's line is \"sha256:HEX NAME\"", t->path, n);
        if (t->n == MOST_TOKENS)
            return slk_fault_say(fault, SLK_ELIMIT, "%s: more than %u tokens", t->path, MOST_TOKENS);
        memcpy(t->hashes[t->n++], hash.at, HEX);
    }
    return SLK_OK;
}

static slk_err read_file(slk_tokens *t, int fd, const struct stat *s, slk_fault *fault) {
    if (s->st_mode & (S_IWGRP | S_IWOTH))
        return slk_fault_say(fault, SLK_EIO, "%s: others may write this file: chmod 600", t->path);
    if (s->st_size > FILE_MOST_B)
        return slk_fault_say(fault, SLK_ELIMIT, "%s: too large for a file of tokens", t->path);
    char *at = malloc(FILE_MOST_B);
    ssize_t n = at ? read(fd, at, FILE_MOST_B) : -1;
    slk_err err = n < 0 ? slk_fault_say(fault, SLK_EIO, "%s: %s", t->path, strerror(errno))
                        : read_lines(t, (slk_text){at, (size_t)n}, fault);
    free(at);
    t->changed = s->st_mtim;
    t->size_b = s->st_size;
    return err;
}

/* Reads the file where it is not the one that was read. A file that is gone or bad allows nobody. */
static slk_err refresh(slk_tokens *t, slk_fault *fault) {
    struct stat s;
    int fd = open(t->path, O_RDONLY | O_CLOEXEC);
    slk_err err = SLK_OK;
    if (fd < 0 || fstat(fd, &s) != 0) {
        err = slk_fault_say(fault, SLK_EIO, "%s: %s", t->path, strerror(errno));
    } else if (t->size_b < 0 || s.st_size != t->size_b || s.st_mtim.tv_sec != t->changed.tv_sec ||
               s.st_mtim.tv_nsec != t->changed.tv_nsec) {
        err = read_file(t, fd, &s, fault);
    }
    if (fd >= 0) (void)close(fd);
    if (err != SLK_OK) {
        t->n = 0;
        t->size_b = -1;
    }
    return err;
}

slk_err slk_tokens_open(const char *path, slk_tokens **out, slk_fault *fault) {
    size_t n = strlen(path) + 1;
    slk_tokens *t = calloc(1, sizeof *t + n);
    if (!t || pthread_mutex_init(&t->lock, NULL) != 0) {
        free(t);
        return slk_fault_say(fault, SLK_ENOMEM, "%s: out of memory", path);
    }
    memcpy(t->path, path, n);
    t->size_b = -1;
    slk_err err = refresh(t, fault);
    if (err == SLK_OK)
        *out = t;
    else
        slk_tokens_free(t);
    return err;
}

void slk_tokens_free(slk_tokens *t) {
    if (!t) return;
    (void)pthread_mutex_destroy(&t->lock);
    free(t);
}

/* ---------------------------------------------------------------- comparing */

/* All hashes are looked at, all their bytes: how long it takes says nothing. */
static bool is_among(const slk_tokens *t, const char hex[HEX]) {
    unsigned found = 0;
    for (unsigned i = 0; i < t->n; i++) {
        unsigned char differs = 0;
        for (unsigned k = 0; k < HEX; k++) differs |= (unsigned char)(t->hashes[i][k] ^ hex[k]);
        found |= differs == 0;
    }
    return found != 0;
}

bool slk_tokens_allow(slk_tokens *t, const char *authorization) {
    char hex[SLK_SHA256_HEX];
    slk_text a = slk_text_of(authorization);
    if (!slk_text_starts_fold(a, "bearer ")) return false;
    slk_sha256_hex(slk_text_trim((slk_text){a.at + 7, a.n - 7}), hex);
    (void)pthread_mutex_lock(&t->lock);
    bool allowed = refresh(t, NULL) == SLK_OK && is_among(t, hex);
    (void)pthread_mutex_unlock(&t->lock);
    return allowed;
}

/* ---------------------------------------------------------------- making */

static bool random_token(char out[SLK_TOKEN_CHARS]) { /* base64url of 32 bytes */
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char raw[33] = {0};
    if (getrandom(raw, 32, 0) != 32) return false;
    for (unsigned i = 0, k = 0; i < 33; i += 3) {
        unsigned v = (unsigned)raw[i] << 16 | (unsigned)raw[i + 1] << 8 | raw[i + 2];
        for (int shift = 18; shift >= 0 && k < SLK_TOKEN_CHARS - 1; shift -= 6) out[k++] = letters[v >> shift & 63];
    }
    out[SLK_TOKEN_CHARS - 1] = '\0';
    return true;
}

slk_err slk_token_make(const char *path, const char *name, char token[SLK_TOKEN_CHARS], slk_fault *fault) {
    char hex[SLK_SHA256_HEX];
    for (const char *c = name; *c; c++)
        if (slk_is_space(*c) || (unsigned char)*c < 0x20)
            return slk_fault_say(fault, SLK_EINPUT, "a token's name has no blanks");
    if (!random_token(token)) return slk_fault_say(fault, SLK_EIO, "no random bytes: %s", strerror(errno));
    slk_sha256_hex(slk_text_of(token), hex);
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) return slk_fault_say(fault, SLK_EIO, "%s: %s", path, strerror(errno));
    bool ok = dprintf(fd, "sha256:%s %s\n", hex, name) > 0 && fsync(fd) == 0;
    int why = errno;
    if (close(fd) != 0 || !ok) return slk_fault_say(fault, SLK_EIO, "%s: %s", path, strerror(why));
    return SLK_OK;
}
