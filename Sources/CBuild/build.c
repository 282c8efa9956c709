#include "build.h"

// A target of its own in C: another commit compiles this file alone, and links.
const char *const mm7_gateway_commit = MM7_GATEWAY_COMMIT;
