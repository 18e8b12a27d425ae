// The parts of Linux that Glibc's module does not show to Swift. Nothing here decides anything.
#pragma once
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/un.h>

/// Names the calling thread as `top -H` shows it; 15 octets at most. `prctl(PR_SET_NAME)`.
static inline void mr_set_thread_name(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

/// The next connection of a listening socket, closed in children. `accept4`, which glibc hides likewise.
int mr_accept(int descriptor);

/// `struct ucred`, which glibc shows only to those who define `_GNU_SOURCE`.
struct mr_ucred { int pid; unsigned uid; unsigned gid; };

/// Who is at the other end of a Unix socket. `getsockopt(SO_PEERCRED)`.
static inline int mr_peer_credentials(int descriptor, struct mr_ucred *credentials) {
    socklen_t size = sizeof *credentials;
    return getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, credentials, &size);
}

// What glibc declares under _GNU_SOURCE only, which Swift does not set, and an ioctl. All as in man section 2.
int mr_rename_noreplace(int from_directory, const char *from, int to_directory, const char *to);
int mr_syncfs(int descriptor);
int mr_punch_hole(int descriptor, long long offset, long long length);
int mr_clone(int to, int from);
long mr_copy_file_range(int from, long long *offset, int to, unsigned long count);

/// Writes one octet at the start of the file when this process dies of a fault or an abort; see `CrashNote`.
void mr_note_crashes(int descriptor);
void mr_forget_crashes(int descriptor);
