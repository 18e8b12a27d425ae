internal import CGnuTLS
internal import Glibc

/// What an opaque signature signs: the entity, or the electronic invoice, inside a p7m.
///
/// CMS SignedData with its content encapsulated (RFC 5652 section 5, RFC
/// 8551 section 3.5.2). Who signed, and whether it holds, is not judged
/// here. GnuTLS reads BER with indefinite lengths too, which mailers that
/// stream produce.
enum OpaqueSignature {
    /// `id-pkcs7` and `id-smime-ct` content types, after their tag and length.
    private enum ContentType {
        static let signed: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]
        static let enveloped: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x03]
        static let encrypted: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x06]
        static let authEnveloped: [UInt8] = [
            0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x17,
        ]
    }

    static func unwrap(
        _ file: InputFile, _ limits: UnwrapLimits, _ writer: inout FrameWriter
    ) throws(ArchiveError) {
        guard file.count > 0 else { throw ArchiveError(.damaged, "reading CMS", words: "it is empty") }
        var count = UnwrapCount(limits: limits, containerOctets: file.count)
        try count.beginMember(declared: file.count)
        guard file.count <= octetLimit else {
            throw ArchiveError(.overLimit, "a signature around more than \(octetLimit) octets")
        }
        let message = try Message.read(whole(file))
        let content = try message.content()
        try count.add(content.count)
        try writer.member(
            MemberHead(
                index: 1, role: isEntity(content) ? .mimeEntity : .file, size: content.count,
                codepage: MemberHead.utf8))
        try writer.data(content.span)
        try writer.endMember()
    }

    /// GnuTLS decodes in memory, and wants seven octets for each.
    private static let octetLimit = 128 << 20

    private static func whole(_ file: InputFile) throws(ArchiveError) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(file.count)
        try file.forEachPiece(0..<file.count) { piece in
            unsafe piece.withUnsafeBufferPointer { unsafe octets.append(contentsOf: $0) }
        }
        return octets
    }

    /// Whether it begins with a header field that every MIME entity worth signing has. RFC 2045 section 3.
    private static func isEntity(_ content: [UInt8]) -> Bool {
        let start = String(decoding: content.prefix(4096), as: UTF8.self).lowercased()
        for line in start.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("content-") || line.hasPrefix("mime-version:") { return true }
            guard let colon = line.firstIndex(of: ":") else { return false }
            guard line[..<colon].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
            else {
                return false
            }
        }
        return false
    }

    /// Throws what GnuTLS does not tell apart: a sound message of another kind.
    private static func checkContentType(_ octets: [UInt8]) throws(ArchiveError) {
        // ContentInfo is a sequence whose first field is its type. RFC 5652 section 3.
        guard octets.count >= 2, octets[0] == 0x30 else { return }
        let lengthOctets = octets[1] > 0x80 ? Int(octets[1] & 0x7F) : 0
        let tag = 2 + lengthOctets
        guard tag + 1 < octets.count, octets[tag] == 6 else { return }
        let type = Array(octets[(tag + 2)...].prefix(Int(octets[tag + 1])))
        if [ContentType.enveloped, ContentType.encrypted, ContentType.authEnveloped].contains(type) {
            throw ArchiveError(.encrypted, "reading CMS", words: "it is encrypted to a key")
        }
        guard type == ContentType.signed else {
            throw ArchiveError(.unsupported, "reading CMS", words: "it is no SignedData")
        }
    }

    // MARK: - GnuTLS

    private struct Message: ~Copyable {
        private let handle: Handle

        private init(handle: consuming Handle) { self.handle = handle }

        /// DER or BER, or either in base64, with or without lines of dashes around it.
        static func read(_ octets: [UInt8]) throws(ArchiveError) -> Message {
            let isBinary = octets.first == 0x30
            let binary = isBinary ? octets : try base64Decoded(octets)
            try checkContentType(binary)
            var pkcs7: gnutls_pkcs7_t?
            guard unsafe gnutls_pkcs7_init(&pkcs7) >= 0, let pkcs7 = unsafe pkcs7 else {
                throw ArchiveError(.unavailable, "reading CMS")
            }
            let message = Message(handle: unsafe Handle(pkcs7: pkcs7))
            let result = unsafe binary.withUnsafeBufferPointer { binary in
                var datum = unsafe datum(binary)
                return unsafe gnutls_pkcs7_import(message.handle.pkcs7, &datum, GNUTLS_X509_FMT_DER)
            }
            guard result >= 0 else { throw error("reading CMS", result) }
            return message
        }

        private static func base64Decoded(_ octets: [UInt8]) throws(ArchiveError) -> [UInt8] {
            let lines = octets.split { $0 == 10 || $0 == 13 }.filter { !$0.starts(with: "-----".utf8) }
            let text = Array(lines.joined())
            var decoded = unsafe gnutls_datum_t()
            let result = unsafe text.withUnsafeBufferPointer { text in
                var datum = unsafe datum(text)
                return unsafe gnutls_base64_decode2(&datum, &decoded)
            }
            guard result >= 0 else { throw error("reading CMS", result) }
            // GnuTLS's allocator, until somebody sets another.
            defer { unsafe free(decoded.data) }
            return unsafe Array(UnsafeBufferPointer(start: decoded.data, count: Int(decoded.size)))
        }

        /// GnuTLS only reads what it is given, whatever its types say.
        private static func datum(_ octets: UnsafeBufferPointer<UInt8>) -> gnutls_datum_t {
            unsafe gnutls_datum_t(
                data: UnsafeMutablePointer(mutating: octets.baseAddress), size: UInt32(octets.count))
        }

        func content() throws(ArchiveError) -> [UInt8] {
            var datum = unsafe gnutls_datum_t()
            let result = unsafe gnutls_pkcs7_get_embedded_data(handle.pkcs7, 0, &datum)
            if result == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE || result == GNUTLS_E_ASN1_ELEMENT_NOT_FOUND
                || result == GNUTLS_E_ASN1_VALUE_NOT_FOUND
            {
                throw ArchiveError(.unsupported, "reading CMS", words: "it signs something outside of it")
            }
            guard result >= 0 else { throw Self.error("reading CMS content", result) }
            defer { unsafe free(datum.data) }
            return unsafe Array(UnsafeBufferPointer(start: datum.data, count: Int(datum.size)))
        }

        private static func error(_ doing: String, _ number: Int32) -> ArchiveError {
            let words = unsafe gnutls_strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
            let code: UnwrapEnding = number == GNUTLS_E_MEMORY_ERROR ? .overLimit : .damaged
            return ArchiveError(code, doing, words: words)
        }
    }

    /// The one owner of a `gnutls_pkcs7_t`: freed exactly once.
    ///
    /// `@safe` because the pointer is made in `read` and lives as long as this.
    @safe private struct Handle: ~Copyable {
        let pkcs7: gnutls_pkcs7_t
        deinit { unsafe gnutls_pkcs7_deinit(pkcs7) }
    }
}
