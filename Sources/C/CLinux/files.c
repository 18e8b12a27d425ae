#define _GNU_SOURCE
#include "clinux.h"
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

int mr_rename_noreplace(int from_directory, const char *from, int to_directory, const char *to) {
    return renameat2(from_directory, from, to_directory, to, RENAME_NOREPLACE);
}

int mr_syncfs(int descriptor) { return syncfs(descriptor); }

int mr_punch_hole(int descriptor, long long offset, long long length) {
    return fallocate(descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
}

int mr_clone(int to, int from) { return ioctl(to, FICLONE, from); }

long mr_copy_file_range(int from, long long *offset, int to, unsigned long count) {
    off64_t at = *offset;
    long copied = copy_file_range(from, &at, to, 0, count, 0);
    *offset = at;
    return copied;
}
