/// Where a submission server is, and how it is to be talked to. RFC 6409.
package struct SMTPEndpoint: Hashable, Sendable, CustomStringConvertible {
    package enum Security: String, Hashable, Sendable, CaseIterable {
        /// TLS from the first octet, port 465. RFC 8314 section 3.3.
        case tls
        /// Plain text until STARTTLS, and no further without it. RFC 3207.
        case startTLS
        /// Plain text: for loopback, or because the configuration says so.
        case plain
    }

    /// A name or an address; an IPv6 address without brackets.
    package var host: String
    package var port: UInt16
    package var security: Security
    /// What we call ourselves in EHLO: our domain, or an address literal. RFC 5321 section 4.1.1.1.
    package var ehloName: String
    /// PEM with the authorities to believe; nil for the system's.
    package var caFile: String?
    /// For looking up, connecting, the handshake, the greeting and the login.
    package var connectSeconds: Int
    /// From MAIL to the last octet, besides a second for each KB of the message.
    package var transactionSeconds: Int
    /// For the answer to the end of the data. RFC 5321 section 4.5.3.2.6: ten minutes.
    package var answerSeconds: Int

    package init(
        host: String, port: UInt16, security: Security, ehloName: String, caFile: String? = nil,
        connectSeconds: Int = 60, transactionSeconds: Int = 300, answerSeconds: Int = 600
    ) {
        precondition(connectSeconds > 0 && transactionSeconds > 0 && answerSeconds > 0, "talking takes time")
        self.host = host
        self.port = port
        self.security = security
        self.ehloName = ehloName
        self.caFile = caFile
        self.connectSeconds = connectSeconds
        self.transactionSeconds = transactionSeconds
        self.answerSeconds = answerSeconds
    }

    package var description: String { "\(host):\(port)" }
}
