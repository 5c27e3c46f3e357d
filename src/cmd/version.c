/* `brief --version --verbose`: what this program is made of, and what keeps it apart from the rest of the machine; for whoever installs it or reports a
 * fault. */
#include "cmd/internal.h"

void version_tell(Buf *out) {
    buf_add_c(out, "\n");
    confine_tell(out);
    buf_add_c(out, "\nbuilt with: " BRIEF_LIBRARIES "\nloaded: ");
    libraries_tell(out);
    buf_add_char(out, '\n');
}
