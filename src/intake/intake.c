/* intake.c - files, standard input, JSON lines. See intake.h. */
#include "intake/intake.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jansson.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/mem.h"
#include "base/text.h"

#define LINE_MOST_B ((size_t)64 << 20)

struct slk_intake {
    char *const *files;
    int n, at;
    slk_input_format format;
    const char *published;
    FILE *open; /* a JSON lines file under way */
    const char *name;
    slk_buf line; /* what was read of it; from `from` on not yet given out */
    size_t from;
    size_t line_number;
    uint64_t read_b;
};

slk_err slk_intake_new(char *const *files, int n, slk_input_format format, const char *published, slk_intake **out) {
    static char dash[] = "-";
    static char *const only_stdin[] = {dash};
    slk_intake *in = malloc(sizeof *in);
    if (!in) return SLK_ENOMEM;
    *in = (slk_intake){.files = n ? files : only_stdin, .n = n ? n : 1, .format = format, .published = published};
    slk_buf_start(&in->line, &slk_mem_system, LINE_MOST_B);
    *out = in;
    return SLK_OK;
}

static void close_file(slk_intake *in) {
    if (in->open && in->open != stdin) (void)fclose(in->open);
    in->open = NULL;
}

void slk_intake_free(slk_intake *in) {
    if (!in) return;
    close_file(in);
    slk_buf_free(&in->line);
    free(in);
}

uint64_t slk_intake_total(const slk_intake *in) {
    uint64_t sum = 0;
    for (int i = 0; i < in->n; i++) {
        struct stat s;
        if (strcmp(in->files[i], "-") == 0 || stat(in->files[i], &s) != 0 || !S_ISREG(s.st_mode)) return 0;
        sum += (uint64_t)s.st_size;
    }
    return sum;
}

typedef struct owned {
    json_t *json; /* owns the strings of a JSON line */
    char *text;   /* or the bytes of a file */
    char *source;
} owned;

static slk_item *item_new(slk_intake *in) {
    slk_item *item = calloc(1, sizeof *item);
    owned *o = calloc(1, sizeof *o);
    if (!item || !o) {
        free(item);
        free(o);
        return NULL;
    }
    item->owned = o;
    item->name = in->name;
    item->read_b = in->read_b;
    if (strcmp(in->name, "standard input") != 0) {
        o->source = strdup(in->name);
        if (!o->source) {
            slk_item_free(item);
            return NULL;
        }
        item->input.source = o->source;
    }
    return item;
}

void slk_item_free(slk_item *item) {
    if (!item) return;
    owned *o = item->owned;
    json_decref(o->json);
    free(o->text);
    free(o->source);
    free(o);
    free(item);
}

static const char *member(const json_t *o, const char *name) { return json_string_value(json_object_get(o, name)); }

/* The date by which a line anchors its weekdays: its own, else the one given for all. What is no date counts as none, and
 * the item says so: the report is still worth reading. */
static void set_published(slk_item *item, const char *own, const char *for_all) {
    slk_instant when;
    bool any = own && *own, good = any && slk_instant_parse(slk_text_of(own), &when);
    item->input.published = good ? own : for_all;
    if (any && !good)
        (void)snprintf(item->note, sizeof item->note, "\"published\" is no ISO 8601 date: \"%.60s\"; %s", own,
                       for_all ? "the date given for all is taken" : "it counts as not known");
}

static void fill_from_json(slk_item *item, const json_t *o, const char *published) {
    const json_t *text = json_object_get(o, "text");
    slk_input *in = &item->input;
    in->id = member(o, "id");
    in->title = member(o, "title");
    in->outlet = member(o, "outlet");
    in->author = member(o, "author");
    in->url = member(o, "url");
    in->language = member(o, "language");
    set_published(item, member(o, "published"), published);
    if (in->url) in->source = in->url;
    if (!json_is_string(text)) {
        (void)slk_fault_at(&item->fault, SLK_EINPUT, item->line, 0, "the line has no \"text\"");
        return;
    }
    in->text = (slk_text){json_string_value(text), json_string_length(text)};
}

static void parse_line(slk_item *item, slk_text line, const char *published) {
    json_error_t why;
    owned *own = item->owned;
    size_t bad = slk_utf8_check(line);
    if (bad < line.n) {
        (void)slk_fault_at(&item->fault, SLK_EENCODING, item->line, bad, "the line is not valid UTF-8 at byte %zu",
                           bad);
        return;
    }
    own->json = json_loadb(line.at, line.n, JSON_ALLOW_NUL, &why);
    if (!own->json) {
        (void)slk_fault_at(&item->fault, SLK_EINPUT, item->line, 0, "the line is not valid JSON: %s", why.text);
    } else if (!json_is_object(own->json)) {
        (void)slk_fault_at(&item->fault, SLK_EINPUT, item->line, 0, "the line is no JSON object");
    } else {
        fill_from_json(item, own->json, published);
    }
}

/* Reads more of the open file behind what is not yet given out; false at its end or on failure (errno is set then). */
static bool read_more(slk_intake *in) {
    char block[1 << 16];
    if (in->from) {
        memmove(in->line.at, in->line.at + in->from, in->line.n - in->from);
        in->line.n -= in->from;
        in->from = 0;
    }
    errno = 0;
    size_t n = fread(block, 1, sizeof block, in->open);
    if (n == 0) return false;
    in->read_b += n;
    slk_buf_add(&in->line, block, n);
    return in->line.err == SLK_OK;
}

typedef enum taken { TAKEN_LINE, TAKEN_END, TAKEN_TOO_LONG, TAKEN_BROKEN, TAKEN_NO_MEMORY } taken;

/* The next line of the open file, valid until the next call. */
static taken take_line(slk_intake *in, slk_text *line) {
    size_t looked = 0;
    const char *nl = NULL;
    for (;;) {
        size_t n = in->line.n - in->from;
        if (n > looked) nl = memchr(in->line.at + in->from + looked, '\n', n - looked);
        if (nl) break;
        looked = n;
        if (read_more(in)) continue;
        if (in->line.err != SLK_OK) return in->line.err == SLK_ELIMIT ? TAKEN_TOO_LONG : TAKEN_NO_MEMORY;
        if (ferror(in->open)) return TAKEN_BROKEN;
        if (n == 0) return TAKEN_END;
        break;
    }
    size_t n = nl ? (size_t)(nl - in->line.at) - in->from : in->line.n - in->from;
    *line = (slk_text){in->line.at + in->from, n};
    in->from += nl ? n + 1 : n;
    return TAKEN_LINE;
}

/* Skips the rest of a line that is too long to hold. */
static void skip_line(slk_intake *in) {
    const char *nl;
    do {
        slk_buf_clear(&in->line);
        in->from = 0;
        nl = read_more(in) ? memchr(in->line.at, '\n', in->line.n) : NULL;
        if (nl) in->from = (size_t)(nl - in->line.at) + 1;
    } while (!nl && in->line.n);
}

static void fail_read(slk_intake *in, slk_item *item, int cause) {
    (void)slk_fault_say(&item->fault, SLK_EIO, "cannot be read: %s", strerror(cause));
    close_file(in);
}

/* The next line that is not empty, as an item; NULL at the end of the file. */
static slk_item *next_line(slk_intake *in, slk_err *err) {
    slk_text line = {NULL, 0};
    taken what;
    do {
        what = take_line(in, &line);
        in->line_number++;
    } while (what == TAKEN_LINE && slk_text_trim(line).n == 0);
    int cause = errno;
    if (what == TAKEN_END) {
        close_file(in);
        return NULL;
    }
    slk_item *item = what == TAKEN_NO_MEMORY ? NULL : item_new(in);
    if (!item) {
        *err = SLK_ENOMEM;
        return NULL;
    }
    item->line = in->line_number;
    if (what == TAKEN_LINE) parse_line(item, slk_text_trim(line), in->published);
    if (what == TAKEN_BROKEN) fail_read(in, item, cause);
    if (what == TAKEN_TOO_LONG) {
        (void)slk_fault_at(&item->fault, SLK_ELIMIT, item->line, 0, "the line is longer than %zu bytes", LINE_MOST_B);
        skip_line(in);
    }
    return item;
}

/* Does the beginning look like JSON lines? A first character { and a name in quotes: no wire story begins so. */
static bool looks_like_jsonl(slk_text t) {
    t = slk_text_trim(t);
    if (t.n < 2 || t.at[0] != '{') return false;
    t = slk_text_trim((slk_text){t.at + 1, t.n - 1});
    return t.n && (t.at[0] == '"' || t.at[0] == '}');
}

/* A byte order mark is no text; that of UTF-16 says that all the rest is not for us. */
static void strip_mark(slk_item *item, slk_text *t) {
    if (slk_text_starts(*t, "\xEF\xBB\xBF")) *t = (slk_text){t->at + 3, t->n - 3};
    if (slk_text_starts(*t, "\xFF\xFE") || slk_text_starts(*t, "\xFE\xFF"))
        (void)slk_fault_at(&item->fault, SLK_EENCODING, 1, 0, "the text is UTF-16; sillok reads UTF-8");
}

/* All of the open file as one text. */
static slk_item *whole_text(slk_intake *in, slk_err *err) {
    while (in->line.n <= SLK_MAX_REPORT_B && read_more(in)) continue;
    int cause = errno;
    slk_item *item = item_new(in);
    if (!item || in->line.err == SLK_ENOMEM) {
        slk_item_free(item);
        *err = SLK_ENOMEM;
        return NULL;
    }
    if (ferror(in->open)) {
        fail_read(in, item, cause);
        return item;
    }
    owned *o = item->owned;
    o->text = in->line.at; /* the item takes the bytes over */
    item->input.text = (slk_text){in->line.at, in->line.n};
    item->input.published = in->published;
    strip_mark(item, &item->input.text);
    slk_buf_start(&in->line, &slk_mem_system, LINE_MOST_B);
    close_file(in);
    return item;
}

static slk_item *open_next(slk_intake *in, slk_err *err) {
    const char *file = in->files[in->at++];
    bool is_stdin = strcmp(file, "-") == 0;
    in->name = is_stdin ? "standard input" : file;
    in->line_number = 0;
    in->from = 0;
    slk_buf_clear(&in->line);
    errno = 0;
    struct stat s;
    in->open = is_stdin ? stdin : fopen(file, "rbe");
    if (in->open && fstat(fileno(in->open), &s) == 0 && S_ISDIR(s.st_mode)) {
        close_file(in);
        errno = EISDIR;
    }
    if (in->open) return NULL;
    int cause = errno;
    slk_item *item = item_new(in);
    if (!item)
        *err = SLK_ENOMEM;
    else
        (void)slk_fault_say(&item->fault, SLK_EIO, "cannot be opened: %s", strerror(cause));
    return item;
}

slk_item *slk_intake_next(slk_intake *in, slk_err *err) {
    *err = SLK_OK;
    for (;;) {
        if (in->open) {
            slk_item *item = next_line(in, err);
            if (item || *err != SLK_OK) return item;
        }
        if (in->at == in->n) return NULL;
        slk_item *item = open_next(in, err);
        if (item || *err != SLK_OK) return item;
        bool lines = in->format == SLK_INPUT_JSONL;
        if (in->format == SLK_INPUT_AUTO) {
            (void)read_more(in);
            lines = in->line.n && looks_like_jsonl((slk_text){in->line.at, in->line.n});
        }
        if (!lines) return whole_text(in, err);
    }
}
