/* cases_fixture.h - a file of tests/cases as bytes, for tests whose cases are data. Include behind cmocka.h. */
#ifndef SLK_CASES_FIXTURE_H
#define SLK_CASES_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>

/* n bytes, to be freed; the test fails where the file cannot be read or is empty. */
static char *read_cases(const char *name, size_t *n) {
    char path[512];
    const char *data = getenv("SLK_TEST_DATA");
    assert_non_null(data);
    (void)snprintf(path, sizeof path, "%s/cases/%s", data, name);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    long size = ftell(f);
    assert_true(size > 0);
    rewind(f);
    char *bytes = malloc((size_t)size);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, (size_t)size, f), size);
    assert_int_equal(fclose(f), 0);
    *n = (size_t)size;
    return bytes;
}

#endif
