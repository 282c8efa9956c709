#ifndef MM7_GATEWAY_CSQLITE_SHIM_H
#define MM7_GATEWAY_CSQLITE_SHIM_H

#include <sqlite3.h>

/* STRICT tables came with 3.37. */
#if SQLITE_VERSION_NUMBER < 3037000
#error "SQLite 3.37 or later is needed"
#endif

/* SQLITE_TRANSIENT, which has SQLite copy the text, is a macro with a cast to a function pointer. */
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int byte_count) {
    return sqlite3_bind_text(statement, index, text, byte_count, SQLITE_TRANSIENT);
}

/* The same for octets. An empty buffer has no address, which SQLite would take for NULL. */
static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *octets, int byte_count) {
    if (byte_count == 0) return sqlite3_bind_zeroblob(statement, index, 0);
    return sqlite3_bind_blob(statement, index, octets, byte_count, SQLITE_TRANSIENT);
}

/* sqlite3_config is variadic. Nobody reads SQLite's statistics of its memory, and keeping them takes a lock that all
   connections share, at every allocation. Before the first connection, or it changes nothing. */
static inline int csqlite_keep_no_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

#endif
