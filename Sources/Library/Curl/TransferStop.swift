internal import CCurl
internal import Glibc
internal import Synchronization

/// A way to cut a transfer short from any thread, within milliseconds.
///
/// One is made for each piece of work, before its connection exists, so that
/// looking up a name can be cut short too; it does no harm afterwards.
package final class TransferStop: Sendable {
    private let state = Mutex<(isStopped: Bool, lines: TransferLines?)>((false, nil))

    package init() {}

    package var isStopped: Bool { state.withLock { $0.isStopped } }

    package func stop() {
        let lines = state.withLock { state in
            state.isStopped = true
            return state.lines
        }
        lines?.cut()
    }

    func attach(_ lines: TransferLines?) {
        let isStopped = state.withLock { state in
            state.lines = lines
            return state.isStopped
        }
        if isStopped { lines?.cut() }
    }
}
