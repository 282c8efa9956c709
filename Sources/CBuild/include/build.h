#ifndef MM7_GATEWAY_BUILD_H
#define MM7_GATEWAY_BUILD_H

/// The commit that the program was built from, as the build was told it in MM7_GATEWAY_COMMIT; empty where it was not.
extern const char *const mm7_gateway_commit;

#endif
