// A child that stands ready to fork: packets with descriptors, and the fork itself.
// Nothing here decides anything.
#pragma once
#include <sys/types.h>

/// A pair of sockets that keep the limits of packets; neither survives an exec. -1 with errno.
int mr_packets(int ends[2]);

/// Sends one packet with up to eight descriptors: what was sent, or the negated errno. No signal is raised.
ssize_t mr_send(int socket, const void *octets, size_t count, const int *descriptors, int number);

/// Receives one packet: its octets, zero at the end, or the negated errno.
///
/// `number` is how many descriptors there is room for, and afterwards how many came.
ssize_t mr_receive(int socket, void *octets, size_t room, int *descriptors, int *number);

/// Takes back that the process dies with the thread that started it.
int mr_outlive_starter(void);

/// `fork`, for a process of one thread: zero in the child, its id in the parent, or the negated errno.
///
/// In the child, `descriptors[n]` is descriptor n, for 0 to 3, and every other one is closed. It has a
/// process group of its own, and dies with the parent.
pid_t mr_fork_into(const int descriptors[4]);

/// Ends the process that the pidfd is open on. -1 with errno.
int mr_pidfd_kill(int process);
