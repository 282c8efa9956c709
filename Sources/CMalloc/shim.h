#ifndef MM7_GATEWAY_CMALLOC_SHIM_H
#define MM7_GATEWAY_CMALLOC_SHIM_H

/* Swift's module of glibc leaves it out. */
#include <malloc.h>

#endif
