#define _GNU_SOURCE
#include "ready.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { most = 8 };

union control {
    char octets[CMSG_SPACE(most * sizeof(int))];
    struct cmsghdr aligned;
};

int mr_packets(int ends[2]) { return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends); }

ssize_t mr_send(int socket, const void *octets, size_t count, const int *descriptors, int number) {
    struct iovec piece = {.iov_base = (void *)octets, .iov_len = count};
    union control control;
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    if (number < 0 || number > most) return -EINVAL;
    if (number > 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = control.octets;
        message.msg_controllen = CMSG_SPACE((size_t)number * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN((size_t)number * sizeof(int));
        memcpy(CMSG_DATA(header), descriptors, (size_t)number * sizeof(int));
    }
    ssize_t sent;
    do sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : sent;
}

ssize_t mr_receive(int socket, void *octets, size_t room, int *descriptors, int *number) {
    struct iovec piece = {.iov_base = octets, .iov_len = room};
    union control control;
    struct msghdr message = {
        .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.octets, .msg_controllen = sizeof control};
    ssize_t received;
    do received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (received < 0 && errno == EINTR);
    int wanted = *number;
    *number = 0;
    if (received < 0) return -errno;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    for (; header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t index = 0; index < count; index += 1) {
            int descriptor;
            memcpy(&descriptor, CMSG_DATA(header) + index * sizeof(int), sizeof descriptor);
            if (*number < wanted) descriptors[(*number)++] = descriptor;
            else close(descriptor);
        }
    }
    // Half of what was said is nothing to act on.
    if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
        while (*number > 0) close(descriptors[--*number]);
        return -EMSGSIZE;
    }
    return received;
}

int mr_outlive_starter(void) { return prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0); }

pid_t mr_fork_into(const int descriptors[4]) {
    pid_t parent = getpid();
    pid_t child = fork();
    if (child != 0) return child < 0 ? -errno : child;
    int moved[4];
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    // The parent may have ended before the line above.
    if (getppid() != parent) _exit(127);
    for (int index = 0; index < 4; index += 1) {
        moved[index] = fcntl(descriptors[index], F_DUPFD, 10);
        if (moved[index] < 0) _exit(127);
    }
    for (int index = 0; index < 4; index += 1) {
        if (dup2(moved[index], index) < 0) _exit(127);
    }
    if (syscall(SYS_close_range, 4u, ~0u, 0u) != 0) _exit(127);
    return 0;
}

int mr_pidfd_kill(int process) { return (int)syscall(SYS_pidfd_send_signal, process, SIGKILL, 0, 0u); }
