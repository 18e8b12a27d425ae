/// What went wrong around a child process, its directory or its port.
///
/// None of it is a bug of ours: a program is not installed, a disk is full, a port is taken.
package struct ProcessError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// No such program on the path.
        case notInstalled
        /// The system would not start it.
        case notStarted
        /// It runs, and did not answer in time; or it ended before.
        case noAnswer
        /// A file or a directory.
        case file
        /// An address on loopback.
        case address
    }

    package let code: Code
    /// What we were doing: `mkdtemp /tmp/mailroom-demo-XXXXXX`.
    package let doing: String
    /// The system's own words, or the program's.
    package let reason: String

    package init(_ code: Code, doing: String, reason: String) {
        self.code = code
        self.doing = doing
        self.reason = reason
    }

    /// Whether the same call may succeed a little later.
    package var isTransient: Bool {
        switch code {
        case .noAnswer, .address: true
        case .notInstalled, .notStarted, .file: false
        }
    }

    package var description: String { "\(doing): \(reason)" }
}
