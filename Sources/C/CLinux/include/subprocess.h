// What glibc adds to posix_spawn(3) and pipe(2) and Swift's Glibc module leaves out.
// Nothing here decides anything.
#pragma once
#include <spawn.h>

/// `pipe2` with `O_CLOEXEC`.
int mr_pipe_cloexec(int ends[2]);
/// `posix_spawn_file_actions_addchdir_np`.
int mr_spawn_chdir(posix_spawn_file_actions_t *actions, const char *directory);
/// `posix_spawn_file_actions_addclosefrom_np`.
int mr_spawn_closefrom(posix_spawn_file_actions_t *actions, int from);
