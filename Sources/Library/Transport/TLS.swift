internal import CGnuTLS
internal import CLinux
internal import Glibc
internal import Mail

/// One TLS session over a connected socket, its peer proven before the first octet of ours. RFC 8446.
///
/// Chain and name are checked inside the handshake, so that there is no moment
/// in which an unproven peer could be talked to by mistake.
@safe final class TLS {
    enum Step: Equatable {
        /// So many octets; zero means that the peer has ended the stream.
        case done(Int)
        /// The socket has to become readable or writable first.
        case wait(Int32)
    }

    private let session: gnutls_session_t
    /// GnuTLS keeps the pointer, not the octets, for the life of the session.
    private let host: UnsafeMutablePointer<CChar>
    /// Held because the session points to its credentials.
    private let trust: Trust

    private init(_ session: gnutls_session_t, _ host: UnsafeMutablePointer<CChar>, _ trust: Trust) {
        unsafe self.session = unsafe session
        unsafe self.host = unsafe host
        self.trust = trust
    }

    deinit {
        unsafe gnutls_deinit(session)
        unsafe free(host)
    }

    static func client(of socket: Int32, host: String, trust: Trust) throws(TransportError) -> TLS {
        let doing = "preparing TLS for \(host)"
        var session: gnutls_session_t?
        let flags = UInt32(GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL)
        guard unsafe gnutls_init(&session, flags) == 0, let session = unsafe session,
            let name = unsafe strdup(host)
        else { throw TransportError(.tls, doing: doing, words: "no memory") }
        let tls = unsafe TLS(session, name, trust)
        let priorities = "NORMAL:-VERS-TLS1.0:-VERS-TLS1.1:%PROFILE_MEDIUM"
        for result in unsafe [
            gnutls_priority_set_direct(session, priorities, nil),
            gnutls_credentials_set(
                session, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(trust.credentials)),
        ] where result < 0 {
            throw TransportError(.tls, doing: doing, words: unsafe String(cString: gnutls_strerror(result)))
        }
        if !isAddress(host) {
            // RFC 6066 section 3: names alone, never addresses.
            _ = unsafe gnutls_server_name_set(session, GNUTLS_NAME_DNS, name, strlen(name))
        }
        unsafe gnutls_session_set_verify_cert(session, name, 0)
        unsafe gnutls_transport_set_int2(session, socket, socket)
        return tls
    }

    /// One step of the handshake.
    func handshake() throws(TransportError) -> Step {
        while true {
            let result = unsafe gnutls_handshake(session)
            if result >= 0 { return .done(0) }
            if let direction = wait(result) { return .wait(direction) }
            if gnutls_error_is_fatal(result) == 0 { continue }
            let doing = "TLS handshake with \(unsafe String(cString: host))"
            if result == GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR {
                throw TransportError(.certificate, doing: doing, words: verification)
            }
            throw TransportError(.tls, doing: doing, words: words(result))
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TransportError) -> Step {
        while true {
            let result = unsafe gnutls_record_recv(session, buffer.baseAddress, buffer.count)
            if result >= 0 { return .done(result) }
            let code = Int32(result)
            if let direction = wait(code) { return .wait(direction) }
            // A peer that just hangs up may be an attacker who cuts a message short.
            if code == GNUTLS_E_PREMATURE_TERMINATION { return .done(0) }
            if gnutls_error_is_fatal(code) == 0 { continue }
            throw TransportError(.tls, doing: "reading over TLS", words: words(code))
        }
    }

    /// After `.wait` the same octets have to be given again.
    func write(_ buffer: UnsafeRawBufferPointer) throws(TransportError) -> Step {
        while true {
            let result = unsafe gnutls_record_send(session, buffer.baseAddress, buffer.count)
            if result >= 0 { return .done(result) }
            let code = Int32(result)
            if let direction = wait(code) { return .wait(direction) }
            if gnutls_error_is_fatal(code) == 0 { continue }
            throw TransportError(.tls, doing: "writing over TLS", words: words(code))
        }
    }

    /// Says goodbye without waiting for the answer.
    func end() { _ = unsafe gnutls_bye(session, GNUTLS_SHUT_WR) }

    /// Octets that are decrypted already: no socket will announce them.
    var buffered: Int { unsafe gnutls_record_check_pending(session) }

    /// `TLS1.3`
    var version: String {
        guard let name = unsafe gnutls_protocol_get_name(gnutls_protocol_get_version(session)) else {
            return "TLS"
        }
        return unsafe String(cString: name)
    }

    /// When the peer's certificate ends.
    var certificateExpiry: Timestamp? {
        let seconds = unsafe gnutls_certificate_expiration_time_peers(session)
        return seconds > 0 ? Timestamp(seconds: Int64(seconds)) : nil
    }

    private func wait(_ result: Int32) -> Int32? {
        guard result == GNUTLS_E_AGAIN || result == GNUTLS_E_INTERRUPTED else { return nil }
        return unsafe gnutls_record_get_direction(session) == 0 ? Int32(POLLIN) : Int32(POLLOUT)
    }

    private func words(_ result: Int32) -> String {
        var words = unsafe String(cString: gnutls_strerror(result))
        if result == GNUTLS_E_FATAL_ALERT_RECEIVED,
            let alert = unsafe gnutls_alert_get_name(gnutls_alert_get(session))
        {
            words += " \(unsafe String(cString: alert))"
        }
        return words
    }

    private var verification: String {
        let status = unsafe gnutls_session_get_verify_cert_status(session)
        var text = unsafe gnutls_datum_t()
        guard unsafe gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &text, 0) == 0,
            let data = unsafe text.data
        else { return "the certificate is not trusted" }
        // `gnutls_free` is a variable that names this very function.
        defer { unsafe free(data) }
        let octets = unsafe UnsafeBufferPointer(start: data, count: Int(text.size))
        let words = unsafe String(decoding: octets.prefix { $0 != 0 }, as: UTF8.self)
        return words.last == " " ? String(words.dropLast()) : words
    }

    private static func isAddress(_ host: String) -> Bool {
        var room = in6_addr()
        return unsafe inet_pton(AF_INET, host, &room) == 1 || inet_pton(AF_INET6, host, &room) == 1
    }
}
