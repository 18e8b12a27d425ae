internal import Glibc

/// Where credentials are looked for, and how long a command may take.
package struct SecretPlaces: Sendable {
    /// systemd's `$CREDENTIALS_DIRECTORY`; nil without systemd, or without credentials.
    package var credentials: String?
    /// Where they are when systemd passes none.
    package var directory: String
    package var timeLimit: Duration

    package init(credentials: String?, directory: String, timeLimit: Duration) {
        self.credentials = credentials
        self.directory = directory
        self.timeLimit = timeLimit
    }

    /// Those of the running process.
    package static var standard: SecretPlaces {
        let credentials = unsafe getenv("CREDENTIALS_DIRECTORY").map { unsafe String(cString: $0) }
        return SecretPlaces(
            credentials: credentials.flatMap { $0.isEmpty ? nil : $0 }, directory: "/etc/mailroom/secrets",
            timeLimit: .seconds(30))
    }
}
