// A tree of libgumbo's in one piece of memory, made within limits.
//
// libgumbo frees a tree by calling itself for every level and knows no end to
// what it builds: a mail of a hundred thousand nested elements overflows the
// stack, and formatting elements multiply by paragraphs. Here a tree lies in
// blocks that are freed without looking at it, and a parse that asks for too
// much memory or time is left from within the allocator.
#pragma once
#include <gumbo.h>
#include <stddef.h>

struct mr_tree;

enum mr_tree_end { MR_TREE_WHOLE, MR_TREE_TOO_BIG, MR_TREE_TOO_SLOW };

// Parses a document. The octets must outlive the tree. A null tree: see `end`.
// `memory` is in octets, `milliseconds` are of this thread's processor time.
struct mr_tree *_Nullable mr_tree_parse(
    const char *_Nonnull octets, size_t length, size_t memory, long milliseconds,
    enum mr_tree_end *_Nonnull end);

const GumboNode *_Nonnull mr_tree_root(const struct mr_tree *_Nonnull tree);
void mr_tree_free(struct mr_tree *_Nonnull tree);

// Members of a union, and pointers to members.
static inline const GumboElement *_Nonnull mr_node_element(const GumboNode *_Nonnull node) {
    return &node->v.element;
}
static inline const char *_Nonnull mr_node_text(const GumboNode *_Nonnull node) { return node->v.text.text; }
static inline const GumboVector *_Nonnull mr_element_children(const GumboElement *_Nonnull element) {
    return &element->children;
}
static inline const GumboVector *_Nonnull mr_document_children(const GumboNode *_Nonnull node) {
    return &node->v.document.children;
}
