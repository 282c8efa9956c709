#ifndef CLIBXML2_SHIM_H
#define CLIBXML2_SHIM_H

/* Where libxml2 is built with ICU, its encoding.h includes ICU's headers, which collide with those inside Foundation.
   Only pointers to the affected structure are used here, so hiding its ICU members is safe. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/encoding.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#endif
