// The parts of Linux that Glibc's module does not show to Swift. Nothing here decides anything.
#pragma once
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/un.h>

/// Names the calling thread as `top -H` shows it; 15 octets at most. `prctl(PR_SET_NAME)`.
static inline void mr_set_thread_name(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
