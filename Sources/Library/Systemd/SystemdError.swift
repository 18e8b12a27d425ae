/// Why systemd could not be told, or what it handed us can't be used.
package struct SystemdError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The `errno`; zero where the environment itself is wrong.
    package let code: Int32
    /// What we were doing.
    package let doing: String

    package init(code: Int32, doing: String) {
        self.code = code
        self.doing = doing
    }

    /// Whoever listens there may be starting anew.
    package var isTransient: Bool { code != 0 }

    package var description: String { code == 0 ? doing : "\(doing): error \(code)" }
}
