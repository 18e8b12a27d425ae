package import Mail
internal import Synchronization

/// How one source is, for `status` and everybody who looks.
package struct SourceHealth: Sendable, Equatable {
    package enum State: String, Sendable {
        case idle
        case syncing
        /// Not connected on purpose: backing off, or the daily budget is used up.
        case waiting
        /// Something a person must mend: a wrong password, a certificate.
        case failed
    }

    package var name: String
    package var state = State.syncing
    /// When the server last answered.
    package var lastContact: Timestamp?
    package var lastMail: Timestamp?
    package var messagesOnServer = 0
    package var messagesAccounted = 0
    package var fetched = 0
    package var octets: Int64 = 0
    package var nextTry: Timestamp?
    /// The server's own words.
    package var error: String?
    /// What is odd but stops nothing: a UIDVALIDITY that changes every time.
    package var alarms: [String] = []

    package init(name: String) { self.name = name }
}

/// The health of all sources, written by each and read by anyone.
package final class HealthBoard: Sendable {
    private let board = Mutex<[String: SourceHealth]>([:])

    package init() {}

    package func update(_ name: String, _ change: (inout SourceHealth) -> Void) {
        board.withLock { change(&$0[name, default: SourceHealth(name: name)]) }
    }

    package func remove(_ name: String) { board.withLock { _ = $0.removeValue(forKey: name) } }

    package func health(of name: String) -> SourceHealth? { board.withLock { $0[name] } }

    package var all: [SourceHealth] { board.withLock { $0.values.sorted { $0.name < $1.name } } }
}
