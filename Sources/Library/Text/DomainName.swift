internal import CICU
internal import CPSL

/// A domain in the one spelling that is compared: A-labels in lower case.
///
/// By UTS #46, non-transitional, so that straße.de is not strasse.de: they
/// belong to different people.
package struct DomainName: Hashable, Sendable, CustomStringConvertible {
    /// `xn--strae-oqa.de`, without a dot at the end.
    package let aLabels: String

    /// Nil for what is no domain. ASCII that IDNA refuses (`_spf`, an address literal) is taken as it is.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        if text.hasSuffix(".") { text.removeLast() }
        guard !text.isEmpty, text.utf8.count <= 1024 else { return nil }
        let folded = text.lowercased()
        let isASCII = text.isPlainASCII
        if isASCII, !folded.hasOctets(of: "xn--") {
            guard Self.isPlain(folded) else { return nil }
            aLabels = folded
            return
        }
        if let converted = IDNA.ascii(text), Self.isPlain(converted) {
            aLabels = converted
        } else if isASCII, Self.isPlain(folded) {
            aLabels = folded
        } else {
            return nil
        }
    }

    /// As people read it: `straße.de`. For showing and for comparing looks.
    package var unicode: String { aLabels.hasOctets(of: "xn--") ? IDNA.unicode(aLabels) ?? aLabels : aLabels }

    package var description: String { aLabels }

    /// What one organisation registered: `example.co.jp` of `mail.example.co.jp`.
    ///
    /// By the public suffix list that libpsl was built with, its private part
    /// included: two customers of one hoster are not one organisation. A name
    /// that is a public suffix itself stands for itself.
    package var organization: DomainName {
        guard !aLabels.hasPrefix("["), let list = unsafe PublicSuffixes.list else { return self }
        // What libpsl gives points into the very text it was given, and is read before that goes.
        let found = unsafe aLabels.withCString { text in
            unsafe psl_registrable_domain(list, text).map { start in unsafe String(cString: start) }
        }
        return found.map { DomainName(aLabels: $0) } ?? self
    }

    /// Two domains of one organisation are aligned. RFC 7489 section 3.1, relaxed.
    package func isAligned(with other: DomainName) -> Bool {
        self == other || organization == other.organization
    }

    private init(aLabels: String) { self.aLabels = aLabels }

    /// Whether nothing in it could be mistaken for the end of an address, and the lengths are RFC 1035's.
    private static func isPlain(_ text: String) -> Bool {
        if text.hasPrefix("[") { return text.hasSuffix("]") && text.utf8.allSatisfy { $0 > 32 && $0 < 127 } }
        guard text.utf8.count <= 253 else { return false }
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            (1...63).contains(label.count)
                && label.allSatisfy {
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                        || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                }
        }
    }
}

/// ICU's UTS #46 processing.
private enum IDNA {
    // Safe because a UIDNA never changes once it is open; it lives as long as the process.
    nonisolated(unsafe) private static let instance: OpaquePointer? = {
        var status = U_ZERO_ERROR
        let options = UInt32(
            UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII
                | UIDNA_NONTRANSITIONAL_TO_UNICODE)
        let instance = unsafe mr_uidna_openUTS46(options, &status)
        precondition(status.rawValue <= 0, "libicu has no IDNA data")
        return unsafe instance
    }()

    static func ascii(_ text: String) -> String? {
        let source = Array(text.utf16)
        var errors: UInt32 = 0
        let units = unsafe utf16(room: source.count * 4 + 64) { target, capacity, status in
            unsafe mr_uidna_nameToASCII(
                instance, source, Int32(source.count), target, capacity, &errors, status)
        }
        guard errors == 0, let units else { return nil }
        return String(decoding: units, as: UTF16.self).lowercased()
    }

    static func unicode(_ text: String) -> String? {
        let source = Array(text.utf16)
        var errors: UInt32 = 0
        let units = unsafe utf16(room: source.count + 64) { target, capacity, status in
            unsafe mr_uidna_nameToUnicode(
                instance, source, Int32(source.count), target, capacity, &errors, status)
        }
        guard errors == 0, let units else { return nil }
        return String(decoding: units, as: UTF16.self)
    }
}

private enum PublicSuffixes {
    // Safe because the list is compiled into libpsl and only read.
    nonisolated(unsafe) static let list: OpaquePointer? = unsafe psl_builtin()
}
