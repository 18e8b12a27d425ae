/// Why a connection could not be made, or was lost.
package struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The name has no address, or nobody could tell.
        case dns
        /// No address took the connection.
        case connect
        /// The handshake failed, or a record was damaged.
        case tls
        /// The peer is not proven to be who we asked for.
        case certificate
        case timeout
        case cancelled
        /// The peer ended the stream, or the network did.
        case closed
        /// More octets came than the ``Pace`` allows.
        case tooLarge
    }

    package let code: Code
    /// What we were doing: `connecting to imap.example:993`.
    package let doing: String
    /// What the system, the library or the peer said of it.
    package let words: String

    package init(_ code: Code, doing: String, words: String) {
        self.code = code
        self.doing = doing
        self.words = words
    }

    /// Whether the same attempt may succeed later without anyone changing anything.
    package var isTransient: Bool {
        switch code {
        case .dns, .connect, .tls, .timeout, .cancelled, .closed: true
        case .certificate, .tooLarge: false
        }
    }

    package var description: String { words.isEmpty ? "\(doing): \(code)" : "\(doing): \(words)" }
}
