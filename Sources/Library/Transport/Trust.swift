internal import CGnuTLS
internal import Glibc
internal import Synchronization

/// Whose certificates we believe: the system's authorities, or those of one file.
///
/// The system's store is 140 certificates and takes 3.7 MB and 13 to 30 ms to
/// read, so all sessions share one copy; it is read again when the file has
/// changed, for a daemon outlives a renewal of ca-certificates.
///
/// `@unchecked Sendable` because GnuTLS only reads credentials once they are
/// filled, from any thread.
@safe final class Trust: @unchecked Sendable {
    let credentials: gnutls_certificate_credentials_t

    private static let systemFile = "/etc/ssl/certs/ca-certificates.crt"
    private static let known = Mutex<[String: (stamp: Stamp, trust: Trust)]>([:])

    private struct Stamp: Equatable {
        var inode: UInt64 = 0
        var size: Int64 = 0
        var seconds: Int = 0
        var nanoseconds: Int = 0

        init(_ path: String) {
            var status = stat()
            guard unsafe stat(path, &status) == 0 else { return }
            inode = UInt64(status.st_ino)
            size = Int64(status.st_size)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
    }

    private init(_ credentials: gnutls_certificate_credentials_t) {
        unsafe self.credentials = unsafe credentials
    }

    deinit { unsafe gnutls_certificate_free_credentials(credentials) }

    /// - Parameter caFile: PEM; nil for the system's authorities.
    static func shared(caFile: String?) throws(TransportError) -> Trust {
        let key = caFile ?? systemFile
        let stamp = Stamp(key)
        if let entry = known.withLock({ $0[key] }), entry.stamp == stamp { return entry.trust }
        let trust = try load(caFile)
        known.withLock { $0[key] = (stamp, trust) }
        return trust
    }

    private static func load(_ caFile: String?) throws(TransportError) -> Trust {
        let source = caFile ?? "the system's certificates"
        let doing = "reading the trusted certificates from \(source)"
        var credentials: gnutls_certificate_credentials_t?
        guard unsafe gnutls_certificate_allocate_credentials(&credentials) == 0,
            let credentials = unsafe credentials
        else { throw TransportError(.tls, doing: doing, words: "no memory") }
        let trust = unsafe Trust(credentials)
        let count =
            if let caFile {
                unsafe gnutls_certificate_set_x509_trust_file(credentials, caFile, GNUTLS_X509_FMT_PEM)
            } else {
                unsafe gnutls_certificate_set_x509_system_trust(credentials)
            }
        guard count > 0 else {
            let words = count == 0 ? "there is none" : unsafe String(cString: gnutls_strerror(count))
            throw TransportError(.certificate, doing: doing, words: words)
        }
        return trust
    }
}
