/// Where an IMAP server is, and how it is to be talked to.
package struct IMAPEndpoint: Hashable, Sendable, CustomStringConvertible {
    package enum Security: String, Hashable, Sendable, CaseIterable {
        /// TLS from the first octet, port 993. RFC 8314 section 3.2.
        case tls
        /// Plain text until STARTTLS, and no further without it. RFC 9051 section 6.2.1.
        case startTLS
        /// Plain text: for loopback, or because the configuration says so.
        case plain
    }

    package var host: String
    package var port: UInt16
    package var security: Security
    /// PEM with the authorities to believe; nil for the system's.
    package var caFile: String?
    /// For looking up, connecting, the handshake and the greeting.
    package var connectSeconds: Int
    /// For each command, besides what ``Pace`` grants to the octets it brings.
    package var commandSeconds: Int
    /// A message with more octets is refused.
    package var largestMessage: UInt64
    /// An answer without bodies that has more octets is refused: 300,000 messages' flags are 20 MB.
    package var largestAnswer: UInt64

    package init(
        host: String, port: UInt16, security: Security, caFile: String? = nil, connectSeconds: Int = 30,
        commandSeconds: Int = 60, largestMessage: UInt64 = 512 << 20, largestAnswer: UInt64 = 64 << 20
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.caFile = caFile
        self.connectSeconds = connectSeconds
        self.commandSeconds = commandSeconds
        self.largestMessage = largestMessage
        self.largestAnswer = largestAnswer
    }

    package var description: String { "\(host):\(port)" }
}

/// User name and secret for a server. Never printed.
package struct IMAPLogin: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package enum Mechanism: String, Hashable, Sendable, CaseIterable {
        /// AUTHENTICATE PLAIN where offered, else LOGIN.
        case automatic
        /// RFC 4616.
        case plain
        /// The LOGIN command. RFC 9051 section 6.2.3.
        case login
        /// The secret is an access token: by OAUTHBEARER where offered, else by XOAUTH2.
        case bearer
        /// RFC 7628.
        case oauthBearer
        case xoauth2
    }

    package let user: String
    package let secret: String
    package let mechanism: Mechanism

    package init(user: String, secret: String, mechanism: Mechanism = .automatic) {
        self.user = user
        self.secret = secret
        self.mechanism = mechanism
    }

    package var description: String { "a login" }
    package var debugDescription: String { description }
    /// So that no dump of a larger value shows the secret.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
