// Landlock, seccomp and the start of a child: system calls that glibc has no function for.
// Nothing here decides anything.
#pragma once
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

/// What a Landlock ruleset governs. Later kernels know more fields; the size tells them apart.
struct mr_landlock_rules {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
};

/// The version of Landlock the kernel speaks, or -1 with errno.
int mr_landlock_version(void);

/// A new ruleset's descriptor, or -1 with errno. `size` is 8, 16 or 24 octets of `rules`.
int mr_landlock_create(const struct mr_landlock_rules *rules, size_t size);

/// Allows `access` to the file, or all beneath the directory, that `descriptor` is open on.
int mr_landlock_allow(int ruleset, int descriptor, uint64_t access);

/// Opens a place in the file system rather than what is there (O_PATH), or -1 with errno.
int mr_open_place(const char *path);

/// `pipe2` with O_CLOEXEC.
int mr_pipe(int ends[2]);

/// The kernel's words for an errno, which are never freed; null for a number it does not use.
const char *mr_error_words(int number);

/// Puts the calling thread and all it starts under the ruleset.
int mr_landlock_restrict(int ruleset);

/// Puts every thread under the filter. -1 with errno when the kernel refuses.
int mr_seccomp_install(const struct sock_filter *filter, unsigned short count);

/// PR_SET_NO_NEW_PRIVS and PR_SET_DUMPABLE, which are varargs.
int mr_no_new_privileges(void);

/// `setrlimit`, both the soft and the hard limit, the hard one never raised.
int mr_limit(int resource, uint64_t value);

/// Starts a program in a process group of its own: its id, or the negated errno.
///
/// `descriptors[n]` becomes its descriptor n, for 0 to 3; every other one is closed. All signals are back
/// at their defaults. It dies with the calling thread. `vfork`: nothing of the parent's memory is copied.
pid_t mr_spawn(
    const char *path, char *const arguments[], char *const environment[], const int descriptors[4]);

/// A descriptor that is readable when the process has ended, or -1 with errno.
int mr_pidfd_open(pid_t process);

/// Attempts a system call that glibc wraps or forbids: the result, or the negated errno.
long mr_attempt(long number, long first, long second, long third);
