package import IMAP
package import SMTP

/// A server by which letters leave: `[smtp]`, or `smtp` of a `[mailbox.NAME]`.
package struct RouteSettings: ServiceSettings {
    /// Of the mailbox; nil: `[smtp]`.
    package var name: String?
    package var endpoint: SMTPEndpoint
    /// Asked at each connection, so that a changed secret needs no restart. It throws ``LoginUnavailable``.
    package var login: @Sendable () async throws -> SMTPLogin
    /// Told of a login that the server would not have; whether there is a newer one by now.
    package var refused: @Sendable (SMTPLogin) async throws -> Bool
    /// Where the login is from: two settings with the same one need no new service.
    package var loginPlace: String
    /// Recipients within any hour.
    package var perHour: Int
    /// Octets of a letter at most, besides what the server says itself.
    package var largest: Int?
    /// The source in whose Sent copies belong.
    package var copyTo: String?
    /// Whether the journal has a server's words, which name addresses: where `[log] private` is off.
    package var namesInLog = false

    package init(
        name: String?, endpoint: SMTPEndpoint, loginPlace: String,
        login: @escaping @Sendable () async throws -> SMTPLogin,
        refused: @escaping @Sendable (SMTPLogin) async throws -> Bool = { _ in false }, perHour: Int = 300,
        largest: Int? = nil, copyTo: String? = nil
    ) {
        self.name = name
        self.endpoint = endpoint
        self.login = login
        self.refused = refused
        self.loginPlace = loginPlace
        self.perHour = perHour
        self.largest = largest
        self.copyTo = copyTo
    }

    /// As the configuration calls it.
    package var title: String { name.map { "mailbox.\($0).smtp" } ?? "smtp" }

    func isSame(as other: RouteSettings) -> Bool {
        name == other.name && endpoint == other.endpoint && loginPlace == other.loginPlace
            && perHour == other.perHour && largest == other.largest && copyTo == other.copyTo
            && namesInLog == other.namesInLog
    }
}

/// A source in whose Sent copies are put.
package struct SentSettings: ServiceSettings {
    package var source: String
    package var endpoint: IMAPEndpoint
    package var login: @Sendable () async throws -> IMAPLogin
    package var loginPlace: String

    package init(
        source: String, endpoint: IMAPEndpoint, loginPlace: String,
        login: @escaping @Sendable () async throws -> IMAPLogin
    ) {
        self.source = source
        self.endpoint = endpoint
        self.login = login
        self.loginPlace = loginPlace
    }

    var title: String { source }

    func isSame(as other: SentSettings) -> Bool {
        source == other.source && endpoint == other.endpoint && loginPlace == other.loginPlace
    }
}

/// There is no secret to log in with just now.
package struct LoginUnavailable: Error, CustomStringConvertible {
    package let description: String
    /// A token endpoint that is down, and not a password that nobody wrote.
    package let isTransient: Bool

    package init(_ words: String, isTransient: Bool) {
        description = words
        self.isTransient = isTransient
    }
}

/// Times that only tests change.
package struct OutboxTimes: Sendable {
    /// Seconds after which a letter whose answer was lost is sent again.
    package var patience = 600
    /// Seconds in which a server files a copy of its own.
    package var filing = 60

    package init(patience: Int = 600, filing: Int = 60) {
        self.patience = patience
        self.filing = filing
    }
}
