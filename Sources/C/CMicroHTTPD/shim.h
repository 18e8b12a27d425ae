// libmicrohttpd, and those of its functions that take "...", which Swift cannot call. Nothing here decides anything.
#pragma once
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>

/// What a daemon is started with; `self` is handed to every callback.
struct mr_http_start {
    int listener;
    unsigned connections;
    unsigned idle_seconds;
    size_t connection_memory;
    void *self;
    MHD_AcceptPolicyCallback admit;
    MHD_NotifyConnectionCallback connection;
    void *(*begin)(void *self, const char *target, struct MHD_Connection *connection);
    MHD_AccessHandlerCallback request;
    MHD_RequestCompletedCallback completed;
    size_t (*unescape)(void *self, struct MHD_Connection *connection, char *text);
};

/// Starts a daemon without a thread of its own: whoever polls its descriptor runs it. `MHD_start_daemon`.
static inline struct MHD_Daemon *mr_http_start(const struct mr_http_start *start) {
    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, start->admit, start->self, start->request, start->self,
        MHD_OPTION_LISTEN_SOCKET, start->listener,
        MHD_OPTION_NOTIFY_CONNECTION, start->connection, start->self,
        MHD_OPTION_NOTIFY_COMPLETED, start->completed, start->self,
        MHD_OPTION_URI_LOG_CALLBACK, start->begin, start->self,
        MHD_OPTION_UNESCAPE_CALLBACK, start->unescape, start->self,
        MHD_OPTION_CONNECTION_LIMIT, start->connections,
        MHD_OPTION_CONNECTION_TIMEOUT, start->idle_seconds,
        // What it would refuse in its own words we refuse in ours.
        MHD_OPTION_STRICT_FOR_CLIENT, 0,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, start->connection_memory,
        // The thread that runs it has blocked SIGPIPE; without this there is no sendfile.
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_END);
}

/// The descriptor that is readable while the daemon has something to do. `MHD_get_daemon_info`.
static inline int mr_http_poll_descriptor(struct MHD_Daemon *daemon) {
    return MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

/// The socket of a connection. `MHD_get_connection_info`, as all below.
static inline int mr_http_socket(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

/// What was kept with a connection when it began.
static inline void *mr_http_context(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static inline const struct sockaddr *mr_http_peer(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
}

/// Octets from the request line to the empty line, both included.
static inline size_t mr_http_head_size(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;
}

static inline void mr_http_set_flags(struct MHD_Response *response, enum MHD_ResponseFlags flags) {
    MHD_set_response_options(response, flags, MHD_RO_END);
}

/// A peer that takes nothing for so long is gone. `tcp(7)`, TCP_USER_TIMEOUT.
static inline int mr_http_give_up_after(int socket, unsigned milliseconds) {
    return setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds);
}
