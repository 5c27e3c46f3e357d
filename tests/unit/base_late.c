/* base: a library that is loaded when it is first called; one that is not there ends the process. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/base.h"

int function_of_nobody(void);
double cbrt(double x);

#define ROOTS(F) F(cbrt)
LATE_LIBRARY(libm, "libm.so.6", ROOTS)
#define NOBODY(F) F(cbrt) F(function_of_nobody)
LATE_LIBRARY(lacking, "libm.so.6", NOBODY)
LATE_LIBRARY(absent, "libnobody-has-this.so.0", ROOTS)

static void a_function_is_found(void **state) {
    (void)state;
    for (int i = 0; i < 2; i++) assert_int_equal((int)(libm()->cbrt(27) + 0.5), 3);
}

/* What a process ends with that calls a library that lacks a function, or that is not there. */
static int status_of(bool is_there) {
    pid_t child = fork();
    if (child == 0) {
        close(STDERR_FILENO);
        _exit((int)(is_there ? lacking()->cbrt(64) : absent()->cbrt(64)));
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void what_is_missing_is_a_failure_of_the_world(void **state) {
    (void)state;
    assert_int_equal(status_of(true), EXIT_WORLD);
    assert_int_equal(status_of(false), EXIT_WORLD);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_function_is_found),
        cmocka_unit_test(what_is_missing_is_a_failure_of_the_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
