/* replay.c - runs a fuzz target over the seeds in a folder, as a plain test: no libFuzzer, no random bytes. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *folder, const char *name) {
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *in = n < 0 || n >= (int)sizeof path ? NULL : fopen(path, "rb");
    if (!in) return perror(path), 1;
    static uint8_t bytes[1 << 20];
    size_t size = fread(bytes, 1, sizeof bytes, in);
    (void)fclose(in);
    return LLVMFuzzerTestOneInput(bytes, size);
}

int main(int argc, char **argv) {
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    if (!folder) return perror(argc == 2 ? argv[1] : "replay FOLDER"), 1;
    int status = 0, n = 0;
    for (struct dirent *e; (e = readdir(folder)) != NULL;) {
        if (e->d_name[0] == '.') continue;
        status |= run_file(argv[1], e->d_name);
        n++;
    }
    (void)closedir(folder);
    printf("%d seeds\n", n);
    return n ? status : 1;
}
