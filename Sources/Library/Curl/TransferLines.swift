internal import CCurl
internal import Glibc
internal import Synchronization

/// The sockets that a transfer has open, and what wakes libcurl from its waiting.
///
/// `@unchecked Sendable` because the pointer is used under the lock alone, and
/// no more after ``forgetHandle()``; `curl_multi_wakeup` may be called
/// from any thread.
@safe final class TransferLines: @unchecked Sendable {
    private struct State {
        var sockets: Set<Int32> = []
        var mayOpen = true
        var isHandleThere = true
    }

    private let state = Mutex(State())
    private let multi: UnsafeMutableRawPointer

    init(_ multi: UnsafeMutableRawPointer) { unsafe self.multi = unsafe multi }

    /// Ends every wait; the connection is not to be used any more.
    func cut() {
        state.withLock { state in
            // Under the lock, so that no number is shut down that is another file's by now.
            for socket in state.sockets { _ = shutdown(socket, Int32(SHUT_RDWR)) }
            if state.isHandleThere { _ = unsafe curl_multi_wakeup(multi) }
        }
    }

    /// To be called before the multi handle is freed.
    func forgetHandle() { state.withLock { $0.isHandleThere = false } }

    /// From here on libcurl may use what is open, and open nothing more.
    func sealed(_ isSealed: Bool) { state.withLock { $0.mayOpen = !isSealed } }

    /// -1 where nothing may be opened.
    func open(family: Int32, type: Int32, protocol: Int32) -> Int32 {
        state.withLock { state in
            guard state.mayOpen else { return -1 }
            let opened = socket(family, type | Int32(SOCK_CLOEXEC.rawValue), `protocol`)
            if opened >= 0 { state.sockets.insert(opened) }
            return opened
        }
    }

    func close(_ socket: Int32) -> Int32 {
        state.withLock { state in
            state.sockets.remove(socket)
            return Glibc.close(socket)
        }
    }

    /// Whether there is one connection, and silence on it: whatever an idle server says is its goodbye.
    var isQuiet: Bool {
        state.withLock { state in
            guard state.sockets.count == 1, let socket = state.sockets.first else { return false }
            var polled = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            return unsafe poll(&polled, 1, 0) == 0
        }
    }

    /// Reading finds the end from here on; writing goes on.
    func stopReading() {
        state.withLock { state in
            for socket in state.sockets { _ = shutdown(socket, Int32(SHUT_RD)) }
        }
    }
}
