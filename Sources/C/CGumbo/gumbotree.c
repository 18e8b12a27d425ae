#include "gumbotree.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// Freed is nothing before all is: what libgumbo gives back in between counts as used.
enum { BLOCK = 1 << 18, ASKED_BETWEEN_CLOCKS = 64 };

struct block {
    struct block *older;
    alignas(max_align_t) char octets[];
};

struct mr_tree {
    struct block *newest;
    char *next;
    size_t left;
    size_t memory;
    unsigned asked;
    long long deadline;
    enum mr_tree_end end;
    jmp_buf out;
    GumboOutput *output;
};

static long long processor_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void leave(struct mr_tree *tree, enum mr_tree_end why) {
    tree->end = why;
    longjmp(tree->out, 1);
}

static void *allocate(void *context, size_t size) {
    struct mr_tree *tree = context;
    if (++tree->asked % ASKED_BETWEEN_CLOCKS == 0 && processor_nanoseconds() > tree->deadline) {
        leave(tree, MR_TREE_TOO_SLOW);
    }
    if (size > tree->memory) leave(tree, MR_TREE_TOO_BIG);
    const size_t rounded = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (rounded > tree->left) {
        const size_t wanted = rounded > BLOCK ? rounded : BLOCK;
        if (wanted > tree->memory) leave(tree, MR_TREE_TOO_BIG);
        struct block *block = malloc(sizeof *block + wanted);
        if (!block) leave(tree, MR_TREE_TOO_BIG);
        tree->memory -= wanted;
        block->older = tree->newest;
        tree->newest = block;
        tree->next = block->octets;
        tree->left = wanted;
    }
    void *const result = tree->next;
    tree->next += rounded;
    tree->left -= rounded;
    return result;
}

static void release(void *context, void *octets) {
    (void)context;
    (void)octets;
}

struct mr_tree *mr_tree_parse(
    const char *octets, size_t length, size_t memory, long milliseconds, enum mr_tree_end *end) {
    struct mr_tree *const tree = calloc(1, sizeof *tree);
    *end = MR_TREE_TOO_BIG;
    if (!tree) return NULL;
    tree->memory = memory;
    tree->deadline = processor_nanoseconds() + milliseconds * 1000000LL;
    // Only C of libgumbo's lies between here and `leave`: nothing that would have to be ended.
    if (setjmp(tree->out)) {
        *end = tree->end;
        mr_tree_free(tree);
        return NULL;
    }
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = release;
    options.userdata = tree;
    options.max_errors = 0;
    tree->output = gumbo_parse_with_options(&options, octets, length);
    *end = MR_TREE_WHOLE;
    return tree;
}

const GumboNode *mr_tree_root(const struct mr_tree *tree) { return tree->output->document; }

void mr_tree_free(struct mr_tree *tree) {
    for (struct block *block = tree->newest; block;) {
        struct block *const older = block->older;
        free(block);
        block = older;
    }
    free(tree);
}
