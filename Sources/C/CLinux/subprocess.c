#define _GNU_SOURCE
#include "subprocess.h"
#include <fcntl.h>
#include <unistd.h>

int mr_pipe_cloexec(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int mr_spawn_chdir(posix_spawn_file_actions_t *actions, const char *directory) {
    return posix_spawn_file_actions_addchdir_np(actions, directory);
}

int mr_spawn_closefrom(posix_spawn_file_actions_t *actions, int from) {
    return posix_spawn_file_actions_addclosefrom_np(actions, from);
}
