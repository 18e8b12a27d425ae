/// An addr-spec: who, at which domain. RFC 5322 section 3.4.1.
///
/// Kept as sent: `a..b@docomo.example` and `a.@…` exist in Japan, and a local
/// part that was quoted is held here unquoted. Comparing is not for this type:
/// that takes IDNA, see `Text.AddressKey`.
package struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    package let localPart: String
    package let domain: String

    /// Refuses an empty half and control characters: they could end a command line early.
    package init?(localPart: String, domain: String) {
        let scalars = [localPart.unicodeScalars, domain.unicodeScalars].joined()
        guard !localPart.isEmpty, !domain.isEmpty,
            !scalars.contains(where: { $0.value < 32 || $0.value == 127 })
        else { return nil }
        self.localPart = localPart
        self.domain = domain
    }

    /// Reads plain `local@domain`, split at the last `@`: what people type and files hold, no display name.
    package init?(_ text: some StringProtocol) {
        guard let at = text.lastIndex(of: "@") else { return nil }
        self.init(localPart: String(text[..<at]), domain: String(text[text.index(after: at)...]))
    }

    package var description: String { "\(needsQuotes ? quotedLocalPart : localPart)@\(domain)" }

    /// As it must be sent: the local part quoted wherever it is no dot-atom, so `"a..b"@docomo.example`.
    package var addrSpec: String { "\(isDotAtom ? localPart : quotedLocalPart)@\(domain)" }

    /// RFC 5322 section 3.2.3, with RFC 6532's letters.
    private var isDotAtom: Bool {
        localPart.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
            atom in
            !atom.isEmpty
                && atom.allSatisfy { octet in
                    octet > 127 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet | 32)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
                        || "!#$%&'*+-/=?^_`{|}~".utf8.contains(octet)
                }
        }
    }

    private var quotedLocalPart: String {
        "\"" + localPart.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
    }

    /// Whether the local part is no dot-atom; dots in odd places are left as they came.
    private var needsQuotes: Bool {
        localPart.unicodeScalars.contains { $0.value <= 32 || "()<>[]:;@\\,\"".unicodeScalars.contains($0) }
    }
}
