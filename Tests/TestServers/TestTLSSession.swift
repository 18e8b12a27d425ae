import CGnuTLS

/// The server's side of TLS over a connected socket, with a certificate good or bad.
final class TestTLSSession {
    private var session: gnutls_session_t?
    private var credentials: gnutls_certificate_credentials_t?

    /// Nil where the handshake fails, as it does when the client does not like the certificate.
    init?(_ descriptor: Int32, _ certificate: String, _ key: String) {
        gnutls_certificate_allocate_credentials(&credentials)
        guard gnutls_certificate_set_x509_key_file(credentials, certificate, key, GNUTLS_X509_FMT_PEM) >= 0
        else { return nil }
        gnutls_init(&session, UInt32(GNUTLS_SERVER) | UInt32(GNUTLS_NO_SIGNAL))
        gnutls_priority_set_direct(session, "NORMAL:%VERIFY_ALLOW_SIGN_WITH_SHA1", nil)
        gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(credentials))
        gnutls_transport_set_int2(session, descriptor, descriptor)
        var result: Int32
        repeat { result = gnutls_handshake(session) } while result < 0 && gnutls_error_is_fatal(result) == 0
        guard result == 0 else { return nil }
    }

    deinit {
        if session != nil { gnutls_deinit(session) }
        gnutls_certificate_free_credentials(credentials)
    }

    var hasInput: Bool { gnutls_record_check_pending(session) > 0 }

    func send(_ octets: [UInt8]) -> Bool {
        var sent = 0
        while sent < octets.count {
            let count = octets[sent...].withUnsafeBytes {
                gnutls_record_send(session, $0.baseAddress, $0.count)
            }
            if count < 0, gnutls_error_is_fatal(Int32(count)) == 0 { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// As `recv` does.
    func read(_ chunk: inout [UInt8]) -> Int {
        while true {
            let count = chunk.withUnsafeMutableBytes { gnutls_record_recv(session, $0.baseAddress, $0.count) }
            if count < 0, gnutls_error_is_fatal(Int32(count)) == 0 { continue }
            return count
        }
    }
}
