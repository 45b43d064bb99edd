/* embed.c - libsillok in another program: reads the report on standard input and prints one line per event that is its news.
 *
 *     cc embed.c $(pkg-config --cflags --libs sillok) -o embed
 *     ./embed 2027-03-10 < story.txt
 *
 * One engine serves any number of readings, on any number of threads; a reading owns all that was found and is freed at once. */
#include <sillok.h>
#include <stdio.h>
#include <stdlib.h>

static char text[1 << 20];

/* The words of an event's first field of this name, or "?" where it has none. */
static void print_field(const slk_reading *r, const slk_event *e, slk_field_name name) {
    const char *all = slk_reading_report(r)->text.at;
    for (uint32_t i = 0; i < e->n_fields; i++) {
        const slk_field *f = &e->fields[i];
        if (f->name != name || f->evidence.n == 0) continue;
        slk_span s = f->evidence.at[0];
        printf("\t%s=%.*s", slk_field_word(name), (int)(s.end - s.start), all + s.start);
        return;
    }
    printf("\t%s=?", slk_field_word(name));
}

int main(int argc, char **argv) {
    slk_engine *engine = NULL;
    slk_reading *reading = NULL;
    slk_fault fault = {.code = SLK_OK};
    slk_input input = {.published = argc > 1 ? argv[1] : NULL, .text = {text, fread(text, 1, sizeof text, stdin)}};
    slk_err err = slk_engine_open(NULL, NULL, &engine, &fault); /* the installed knowledge pack, or $SILLOK_PACK */
    if (err == SLK_OK) err = slk_read(engine, &input, SLK_LAYER_ALL, &reading, &fault);
    if (err == SLK_OK) {
        size_t n;
        const slk_event *events = slk_reading_events(reading, &n);
        for (size_t i = 0; i < n; i++) {
            if (!events[i].main) continue;
            printf("%s", events[i].type);
            print_field(reading, &events[i], SLK_FIELD_ACTOR);
            print_field(reading, &events[i], SLK_FIELD_COUNT);
            print_field(reading, &events[i], SLK_FIELD_DISTANCE);
            putchar('\n');
        }
    } else {
        fprintf(stderr, "embed: %s\n", fault.message);
    }
    slk_reading_free(reading);
    slk_engine_close(engine);
    return err == SLK_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
