// toml++ behind a C interface: one parse, one flat list of nodes. Nothing here decides anything.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum mr_toml_kind {
    MR_TOML_TABLE,
    MR_TOML_ARRAY,
    MR_TOML_STRING,
    MR_TOML_INTEGER,
    MR_TOML_REAL,
    MR_TOML_BOOLEAN,
    MR_TOML_DATE,
    MR_TOML_TIME,
    MR_TOML_DATE_TIME,
};

/// Both from 1; columns count code points; an end is one past the last.
struct mr_toml_span {
    uint32_t line, column, end_line, end_column;
};

struct mr_toml_node {
    enum mr_toml_kind kind;
    /// An index that is always smaller than the node's own; the root has itself.
    uint32_t parent;
    /// For a member of a table; null for an element of an array and for the root.
    const char *key;
    size_t key_length;
    struct mr_toml_span key_span;
    struct mr_toml_span span;
    /// Of a string its octets (UTF-8), of dates and times as TOML writes them.
    const char *text;
    size_t text_length;
    int64_t integer;
    double real;
    int is_inline;
};

struct mr_toml;

/// Null when there is no memory. Never keeps `text`.
struct mr_toml *mr_toml_parse(const char *text, size_t length);
void mr_toml_free(struct mr_toml *toml);

/// Null unless the text is no TOML; then the place of the first mistake is in `span`.
const char *mr_toml_error(const struct mr_toml *toml, struct mr_toml_span *span);

/// The nodes, the root first; none after a mistake.
const struct mr_toml_node *mr_toml_nodes(const struct mr_toml *toml, size_t *count);

#ifdef __cplusplus
}
#endif
