package import Mail
internal import Synchronization

/// How one server that sends is, for `status` and everybody who looks.
package struct RouteHealth: Sendable, Equatable {
    package enum State: String, Sendable {
        case idle
        case sending
        /// Backing off, or the hour's letters are sent.
        case waiting
        /// Something a person must mend: a wrong password, a certificate.
        case failed
    }

    /// As the configuration calls it: `smtp`, `mailbox.payroll.smtp`; `mailbox.office Sent` for copies.
    package var title: String
    package var state = State.idle
    package var lastSent: Timestamp?
    package var sent = 0
    package var nextTry: Timestamp?
    /// The server's own words.
    package var error: String?

    package init(title: String) { self.title = title }
}

/// The health of all routes, written by each and read by anyone.
package final class RouteBoard: Sendable {
    private let board = Mutex<[String: RouteHealth]>([:])

    package init() {}

    func update(_ title: String, _ change: (inout RouteHealth) -> Void) {
        board.withLock { change(&$0[title, default: RouteHealth(title: title)]) }
    }

    func remove(_ title: String) { board.withLock { _ = $0.removeValue(forKey: title) } }

    package var all: [RouteHealth] { board.withLock { $0.values.sorted { $0.title < $1.title } } }
}
