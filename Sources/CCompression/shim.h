#ifndef MM7_GATEWAY_CCOMPRESSION_SHIM_H
#define MM7_GATEWAY_CCOMPRESSION_SHIM_H

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

/* inflateInit2 is a macro. */
static inline int ccompression_inflate_init(z_stream *stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}

/* Brotli's decoder, as its decode.h has it. It is there where libcurl was built with it, and then in memory already:
   nothing is loaded, and no package is needed for it. */
typedef struct {
    void *(*make)(void *allocate, void *release, void *opaque);
    int (*decode)(
        void *decoder, size_t *available_in, const uint8_t **next_in, size_t *available_out, uint8_t **next_out,
        size_t *total_out);
    void (*destroy)(void *decoder);
} ccompression_brotli;

/* Returns 0 where there is none. */
static inline int ccompression_find_brotli(ccompression_brotli *brotli) {
    void *library = dlopen("libbrotlidec.so.1", RTLD_NOW | RTLD_NOLOAD);
    if (!library) return 0;
    *(void **)&brotli->make = dlsym(library, "BrotliDecoderCreateInstance");
    *(void **)&brotli->decode = dlsym(library, "BrotliDecoderDecompressStream");
    *(void **)&brotli->destroy = dlsym(library, "BrotliDecoderDestroyInstance");
    return brotli->make && brotli->decode && brotli->destroy;
}

#endif
