#define _GNU_SOURCE
#include "lockdown.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Runs in the child on the parent's memory: nothing but system calls, and no way back.
static __attribute__((noreturn, noinline)) void become(
    const char *path, char *const arguments[], char *const environment[], const int descriptors[4],
    volatile int *failure) {
    struct sigaction fallback = {.sa_handler = SIG_DFL};
    sigset_t none;
    int moved[4];
    for (int number = 1; number < NSIG; number += 1) sigaction(number, &fallback, 0);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    for (int index = 0; index < 4; index += 1) {
        moved[index] = fcntl(descriptors[index], F_DUPFD, 10);
        if (moved[index] < 0) goto failed;
    }
    for (int index = 0; index < 4; index += 1) {
        if (dup2(moved[index], index) < 0) goto failed;
    }
    if (syscall(SYS_close_range, 4u, ~0u, 0u) != 0) goto failed;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, 0);
    execve(path, arguments, environment);
failed:
    *failure = errno;
    _exit(127);
}

pid_t mr_spawn(
    const char *path, char *const arguments[], char *const environment[], const int descriptors[4]) {
    volatile int failure = 0;
    sigset_t all, before;
    // A handler of the parent's must not run in the child, which shares its memory until the exec.
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t child = vfork();
    if (child == 0) become(path, arguments, environment, descriptors, &failure);
    int refused = errno;
    pthread_sigmask(SIG_SETMASK, &before, 0);
    if (child < 0) return -refused;
    if (failure == 0) return child;
    while (waitpid(child, 0, 0) < 0 && errno == EINTR) continue;
    return -failure;
}
