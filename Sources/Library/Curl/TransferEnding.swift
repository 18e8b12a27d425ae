internal import CCurl

/// How a transfer ended, as far as its connection is concerned.
///
/// What a server answered is never read off libcurl's codes: they give one
/// code to many answers. That is for who sees the answers themselves.
package struct TransferEnding: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// libcurl has nothing to complain of.
        case fine
        case dns
        case connect
        /// The handshake failed, or a record was damaged.
        case tls
        /// The peer is not proven to be who we asked for.
        case certificate
        /// TLS was required, and is not to be had.
        case noTLS
        /// The peer ended the stream, or the network did.
        case closed
        case timeout
        /// ``TransferStop/stop()`` was called.
        case stopped
        /// A secret was refused, or there is no way to give it.
        case login
        /// The answer is none, or none that libcurl goes on after.
        case answer
        /// Whoever takes what comes wants no more.
        case declined
        case other
    }

    package let kind: Kind
    /// libcurl's own words, without control characters.
    package let words: String

    init(_ kind: Kind, words: String) {
        self.kind = kind
        self.words = words
    }

    static func kind(of code: CURLcode) -> Kind {
        switch code {
        case CURLE_OK: .fine
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .dns
        case CURLE_COULDNT_CONNECT: .connect
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_NOTFOUND: .tls
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR: .certificate
        case CURLE_USE_SSL_FAILED: .noTLS
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE: .closed
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_LOGIN_DENIED, CURLE_AUTH_ERROR: .login
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_REMOTE_ACCESS_DENIED: .answer
        case CURLE_ABORTED_BY_CALLBACK, CURLE_READ_ERROR, CURLE_WRITE_ERROR: .declined
        default: .other
        }
    }
}
