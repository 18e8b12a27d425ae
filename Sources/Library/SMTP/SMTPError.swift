internal import Curl
internal import Mail

/// Why nothing was submitted; after it, the server has not been told the end of the data.
///
/// What a server says of a message or a recipient is no error but a
/// ``Submission``. The one exception to the first sentence is an error inside a
/// ``Submission/Outcome/unknown(_:)``: there the end was told, and the answer is missing.
package struct SMTPError: Error, Sendable, CustomStringConvertible {
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
        /// The server sent what SMTP does not allow.
        case protocolViolation
        /// User name or secret are wrong, or missing, as far as the server says.
        case authenticationFailed
        /// The server cannot be talked to safely, or lacks what the message needs.
        case unsupported
        /// The server answered the greeting, EHLO, STARTTLS or AUTH with a no: ``reply`` is it.
        case refused
        /// The message is larger than the server takes.
        case tooLarge
        /// What we were asked to send cannot be sent: an address, or an octet of the message.
        case argument
        /// `beforeFinalDot` has thrown: ``underlying`` is its error.
        case withheld
        /// The message could not be read: ``underlying`` is the error of who streams it.
        case source
    }

    package let code: Code
    /// What we were doing: `RCPT`. Never a secret.
    package let doing: String
    /// The server's own words, or the library's.
    package let words: String
    /// The server's answer where there was one.
    package let reply: SMTPReply?
    package let underlying: (any Error)?

    init(
        _ code: Code, doing: String, words: String, reply: SMTPReply? = nil, underlying: (any Error)? = nil
    ) {
        self.code = code
        self.doing = doing
        self.words = words
        self.reply = reply
        self.underlying = underlying
    }

    init(_ ending: TransferEnding, doing: String) {
        let code: Code =
            switch ending.kind {
            case .dns: .dns
            case .connect: .connect
            case .tls: .tls
            case .certificate: .certificate
            case .noTLS: .unsupported
            case .closed, .declined: .closed
            case .timeout: .timeout
            case .stopped: .cancelled
            case .login: .unsupported
            case .fine, .answer, .other: .protocolViolation
            }
        self.init(code, doing: doing, words: ending.words)
    }

    /// Whether the same attempt may succeed later without anyone changing anything.
    package var isTransient: Bool {
        switch code {
        case .dns, .connect, .tls, .timeout, .cancelled, .closed, .protocolViolation, .withheld, .source: true
        case .refused: reply?.code.isPermanent != true
        case .certificate, .authenticationFailed, .unsupported, .tooLarge, .argument: false
        }
    }

    package var description: String { words.isEmpty ? "\(doing): \(code)" : "\(doing): \(words)" }
}
