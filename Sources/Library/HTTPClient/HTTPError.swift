internal import Curl

/// Why a request got no answer. An answer that says no is an ``HTTPResponse`` all the same.
package struct HTTPError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        case dns
        case connect
        case tls
        /// The peer is not proven to be who we asked for.
        case certificate
        case timeout
        case cancelled
        /// The stream ended before the answer did.
        case closed
        /// What came is no answer of HTTP.
        case protocolViolation
        /// The answer is longer than we read.
        case tooLarge
        /// The address or a header field cannot be sent, or not safely.
        case argument
    }

    package let code: Code
    /// What we were doing: `POST https://login.example`. Never a query, a header field or a body.
    package let doing: String
    package let words: String

    init(_ code: Code, doing: String, words: String) {
        self.code = code
        self.doing = doing
        self.words = words
    }

    init(_ ending: TransferEnding, doing: String) {
        let code: Code =
            switch ending.kind {
            case .dns: .dns
            case .connect: .connect
            case .tls, .noTLS: .tls
            case .certificate: .certificate
            case .closed: .closed
            case .timeout: .timeout
            case .stopped: .cancelled
            case .fine, .login, .answer, .declined, .other: .protocolViolation
            }
        self.init(code, doing: doing, words: ending.words)
    }

    /// Whether the same attempt may succeed later without anyone changing anything.
    package var isTransient: Bool {
        switch code {
        case .dns, .connect, .tls, .timeout, .cancelled, .closed, .protocolViolation: true
        case .certificate, .tooLarge, .argument: false
        }
    }

    package var description: String { words.isEmpty ? "\(doing): \(code)" : "\(doing): \(words)" }
}
