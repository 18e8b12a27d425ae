#define _GNU_SOURCE
#include "lockdown.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// The same numbers on every architecture since Linux 5.13; older headers have no names for them.
enum { landlock_create_ruleset = 444, landlock_add_rule = 445, landlock_restrict_self = 446 };
enum { landlock_rule_path_beneath = 1 };

struct path_beneath {
    uint64_t allowed;
    int32_t descriptor;
} __attribute__((packed));

int mr_landlock_version(void) { return (int)syscall(landlock_create_ruleset, 0, 0, 1u); }

int mr_landlock_create(const struct mr_landlock_rules *rules, size_t size) {
    return (int)syscall(landlock_create_ruleset, rules, size, 0u);
}

int mr_landlock_allow(int ruleset, int descriptor, uint64_t access) {
    struct path_beneath rule = {.allowed = access, .descriptor = descriptor};
    return (int)syscall(landlock_add_rule, ruleset, landlock_rule_path_beneath, &rule, 0u);
}

int mr_open_place(const char *path) { return open(path, O_PATH | O_CLOEXEC); }

int mr_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

const char *mr_error_words(int number) { return strerrordesc_np(number); }

int mr_landlock_restrict(int ruleset) { return (int)syscall(landlock_restrict_self, ruleset, 0u); }

int mr_seccomp_install(const struct sock_filter *filter, unsigned short count) {
    struct sock_fprog program = {.len = count, .filter = (struct sock_filter *)filter};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
}

int mr_no_new_privileges(void) {
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return -1;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

int mr_limit(int resource, uint64_t value) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0) return -1;
    if (value < limit.rlim_max) limit.rlim_max = value;
    limit.rlim_cur = limit.rlim_max;
    return setrlimit(resource, &limit);
}

int mr_pidfd_open(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0u); }

long mr_attempt(long number, long first, long second, long third) {
    long result = syscall(number, first, second, third, 0L, 0L, 0L);
    return result < 0 ? -(long)errno : result;
}
