// Kills a process at the n-th call, of all its threads together, of what makes octets durable or gives
// them names: what strace counts for each thread alone. Loaded with LD_PRELOAD.
//
//   MAILROOM_KILL_AT=N         kills before the N-th such call; of a write, when half is written
//   MAILROOM_KILL_COUNT=FILE   writes how many there were, at a natural end
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;
static long limit;

__attribute__((constructor)) static void begin(void) {
    const char *at = getenv("MAILROOM_KILL_AT");
    limit = at ? atol(at) : 0;
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("MAILROOM_KILL_COUNT");
    FILE *file = path ? fopen(path, "w") : 0;
    if (!file) return;
    fprintf(file, "%ld\n", atomic_load(&calls));
    fclose(file);
}

static int is_due(void) { return atomic_fetch_add(&calls, 1) + 1 == limit; }

static void count(void) {
    if (is_due()) raise(SIGKILL);
}

static int is_file(int descriptor) {
    struct stat status;
    return fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define COUNTED(result, name, parameters, arguments)  \
    result name parameters {                          \
        static __typeof__(&name) next;                \
        if (!next) next = NEXT(name);                 \
        count();                                      \
        return next arguments;                        \
    }

COUNTED(int, fsync, (int file), (file))
COUNTED(int, fdatasync, (int file), (file))
COUNTED(int, syncfs, (int file), (file))
COUNTED(int, ftruncate, (int file, off_t size), (file, size))
COUNTED(int, ftruncate64, (int file, off64_t size), (file, size))
COUNTED(int, unlink, (const char *path), (path))
COUNTED(int, unlinkat, (int at, const char *path, int flags), (at, path, flags))
COUNTED(int, mkdir, (const char *path, mode_t mode), (path, mode))
COUNTED(int, mkdirat, (int at, const char *path, mode_t mode), (at, path, mode))
COUNTED(int, rename, (const char *from, const char *to), (from, to))
COUNTED(int, renameat, (int at, const char *from, int into, const char *to), (at, from, into, to))
COUNTED(int, renameat2, (int at, const char *from, int into, const char *to, unsigned flags),
        (at, from, into, to, flags))
COUNTED(int, linkat, (int at, const char *from, int into, const char *to, int flags),
        (at, from, into, to, flags))

ssize_t pwrite(int file, const void *octets, size_t size, off_t place) {
    if (is_due()) {
        NEXT(pwrite)(file, octets, size / 2, place);
        raise(SIGKILL);
    }
    return NEXT(pwrite)(file, octets, size, place);
}

ssize_t pwrite64(int file, const void *octets, size_t size, off64_t place) {
    if (is_due()) {
        NEXT(pwrite64)(file, octets, size / 2, place);
        raise(SIGKILL);
    }
    return NEXT(pwrite64)(file, octets, size, place);
}

ssize_t write(int file, const void *octets, size_t size) {
    if (is_file(file) && is_due()) {
        NEXT(write)(file, octets, size / 2);
        raise(SIGKILL);
    }
    return NEXT(write)(file, octets, size);
}
