/// Why a request could not be read, a reply not be sent, or a listener not be opened.
package struct HTTPError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The peer sent what is no HTTP, or no form.
        case malformed
        /// More than the route takes.
        case tooLarge
        /// The content is of a kind the route does not take.
        case unsupported
        /// The peer is gone.
        case disconnected
        /// Nobody waits for it any longer.
        case cancelled
        /// Somebody else listens there.
        case addressInUse
        /// The system refuses the listener.
        case listen
    }

    package let code: Code
    /// What we were doing, in the words of the RFC.
    package let doing: String
    /// The system's words, or the rule that was broken; never what the peer sent.
    package let words: String

    package init(_ code: Code, _ doing: String, _ words: String = "") {
        self.code = code
        self.doing = doing
        self.words = words
    }

    package var isTransient: Bool {
        switch code {
        case .malformed, .tooLarge, .unsupported, .cancelled: false
        case .disconnected, .addressInUse, .listen: true
        }
    }

    /// What the peer is told.
    package var status: Status {
        switch code {
        case .malformed: .badRequest
        case .tooLarge: .contentTooLarge
        case .unsupported: .unsupportedMediaType
        case .disconnected, .cancelled, .addressInUse, .listen: .serviceUnavailable
        }
    }

    package var description: String { words.isEmpty ? doing : "\(doing): \(words)" }
}
