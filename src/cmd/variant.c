/* Variants, as the command line asks for them. */
#include "cmd/internal.h"

/* "20" or "20pt", for --large-print. */
static bool size_read(Invocation *invocation, int32_t *out) {
    Str value = option_value(invocation, "large-print"), number = value;
    *out = LARGE_PRINT_USUAL;
    if (value.n == 0) return true;
    if (str_ends(number, STR("pt"))) number.n -= 2;
    int32_t size = 0;
    for (size_t i = 0; i < number.n; i++)
        size = number.p[i] < '0' || number.p[i] > '9' || size > 1000 ? -1 : size * 10 + (number.p[i] - '0');
    *out = size;
    return (size >= LARGE_PRINT_LEAST && size <= LARGE_PRINT_MOST) ||
           usage_wrong(invocation, "without a size it is 20 points, as the House of Commons asks",
               "--large-print wants whole points from %d to %d, not “" STR_FMT "”", LARGE_PRINT_LEAST, LARGE_PRINT_MOST,
               STR_ARG(value));
}

bool variants_read(Invocation *invocation, Variant *large_print, Variant *print) {
    *large_print = (Variant){0};
    *print = (Variant){.print = true, .fill_sheets = option_given(invocation, "blank-pages")};
    if (print->fill_sheets && !option_given(invocation, "print"))
        return usage_wrong(invocation, NULL, "--blank-pages is for --print: it fills the sheets of paper up");
    return size_read(invocation, &large_print->large_print);
}
