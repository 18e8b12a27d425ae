internal import Transport

/// Why an IMAP session could not be opened, or has come to its end.
///
/// After any error the session is over: libetpan 1.9.4 leaves the rest of a
/// response that it cannot read in the stream, and a new connection costs little.
package struct IMAPError: Error, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        case dns
        case connect
        case tls
        /// The peer is not proven to be who we asked for.
        case certificate
        case timeout
        case cancelled
        /// The stream ended without a word.
        case closed
        /// The server sent what IMAP does not allow, or what we never asked for.
        case protocolViolation
        /// User name or secret are wrong, as far as the server says.
        case authenticationFailed
        /// The server cannot be talked to safely, or offers no login that we know.
        case unsupported
        /// A tagged NO.
        case no
        /// A tagged BAD.
        case bad
        /// An untagged BYE.
        case bye
        /// A message, a line or a whole response beyond our limits.
        case tooLarge
        /// What we were asked to send cannot be sent: CR, LF or NUL in it.
        case argument
        /// The receiver of a body, or who streams one, has had enough: ``underlying`` is its error.
        case receiver
    }

    package let code: Code
    /// What we were doing: `EXAMINE INBOX`. Never a secret.
    package let doing: String
    /// The server's own words, or the library's.
    package let words: String
    /// The code in brackets, without its arguments: `OVERQUOTA`. RFC 5530.
    package let responseCode: String?
    /// What the server shows to people with `[ALERT]`, which clients must pass on. RFC 9051 section 7.1.
    package let alert: String?
    /// The seconds a server has asked us to stay away.
    package let suggestedBackoff: Int?
    /// The error of a ``BodyReceiver``.
    package let underlying: (any Error)?

    init(
        _ code: Code, doing: String, words: String, text: ResponseText? = nil, alert: String? = nil,
        underlying: (any Error)? = nil
    ) {
        self.code = code
        self.doing = doing
        self.words = words
        responseCode = text?.code
        self.alert = alert ?? (text?.code == "ALERT" ? text?.text : nil)
        suggestedBackoff = text?.suggestedBackoff
        self.underlying = underlying
    }

    init(_ error: TransportError, doing: String) {
        let code: Code =
            switch error.code {
            case .dns: .dns
            case .connect: .connect
            case .tls: .tls
            case .certificate: .certificate
            case .timeout: .timeout
            case .cancelled: .cancelled
            case .closed: .closed
            case .tooLarge: .tooLarge
            }
        self.init(code, doing: doing, words: error.description)
    }

    private init(_ other: IMAPError, _ code: Code, words: String? = nil) {
        self.code = code
        doing = other.doing
        self.words = words ?? other.words
        responseCode = other.responseCode
        alert = other.alert
        suggestedBackoff = other.suggestedBackoff
        underlying = other.underlying
    }

    /// The same error, understood better.
    func with(_ code: Code) -> IMAPError { IMAPError(self, code) }

    /// The same error, with more of what the server said.
    func adding(_ reason: String) -> IMAPError { IMAPError(self, code, words: "\(words) (\(reason))") }

    /// Whether the same attempt may succeed later without anyone changing anything.
    package var isTransient: Bool {
        switch code {
        case .dns, .connect, .tls, .timeout, .cancelled, .closed, .protocolViolation, .bye: true
        case .certificate, .authenticationFailed, .unsupported, .bad, .tooLarge, .argument, .receiver: false
        // RFC 5530 section 3, and RFC 9051 section 7.1.
        case .no:
            switch responseCode {
            case "AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED", "PRIVACYREQUIRED", "NOPERM",
                "CANNOT", "NONEXISTENT", "ALREADYEXISTS", "BADCHARSET", "TRYCREATE":
                false
            default: true
            }
        }
    }

    package var description: String {
        let said = words.isEmpty ? "\(code)" : words
        return alert.map { $0 == words ? "\(doing): \(said)" : "\(doing): \(said) [ALERT] \($0)" }
            ?? "\(doing): \(said)"
    }
}
