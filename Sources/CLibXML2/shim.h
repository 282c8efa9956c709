#ifndef CLIBXML2_SHIM_H
#define CLIBXML2_SHIM_H

/* Where libxml2 is built with ICU, its encoding.h includes ICU's headers, which collide with those inside Foundation.
   Only pointers to the affected structure are used here, so hiding its ICU members is safe. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/encoding.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>

/* xmlFree is a variable that holds a function, which Swift does not let several threads read. */
static inline void shim_xmlFree(xmlChar *text) { xmlFree(text); }

#endif
