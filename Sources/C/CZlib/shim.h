// zlib as Swift sees it: deflateInit2 is a macro there.
#pragma once
#include <zlib.h>

// A whole gzip member of RFC 1952 in one call; the octets written, or 0 where they did not fit.
static inline unsigned long mr_gzip(const unsigned char *input, unsigned long count, unsigned char *output,
                                    unsigned long room, int level) {
    z_stream stream = {0};
    if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    stream.next_in = (unsigned char *)input;
    stream.avail_in = (unsigned int)count;
    stream.next_out = output;
    stream.avail_out = (unsigned int)room;
    int result = deflate(&stream, Z_FINISH);
    unsigned long written = stream.total_out;
    deflateEnd(&stream);
    return result == Z_STREAM_END ? written : 0;
}
