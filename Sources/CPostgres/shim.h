#ifndef MM7_GATEWAY_CPOSTGRES_SHIM_H
#define MM7_GATEWAY_CPOSTGRES_SHIM_H

#include <libpq-fe.h>

/* Pipelines came with 14. */
#ifndef LIBPQ_HAS_PIPELINING
#error "libpq 14 or later is needed"
#endif

#endif
