internal import CLinux
internal import Glibc

/// Wakes the thread of a loop, from any other. `eventfd(2)`.
///
/// libmicrohttpd 0.9.75 has such a thing, but not where others poll for it:
/// a connection that is resumed would wait for the next event of another.
final class LoopBell: Sendable {
    let descriptor: Int32

    init() throws(HTTPError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else {
            throw HTTPError(.listen, "starting the server", unsafe String(cString: strerror(errno)))
        }
    }

    deinit { close(descriptor) }

    func ring() { _ = eventfd_write(descriptor, 1) }

    /// Whoever rang is heard from here on.
    func silence() {
        var count: eventfd_t = 0
        _ = unsafe eventfd_read(descriptor, &count)
    }
}
