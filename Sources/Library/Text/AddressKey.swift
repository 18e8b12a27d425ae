package import Mail

/// An address in the one spelling in which two are compared.
///
/// ASCII letters of the local part count without case, other letters as they
/// are (RFC 6531 gives no rule for them), the domain as ``DomainName``.
/// `a..b@` and `a.@` exist in Japan and are keys like any other.
package struct AddressKey: Hashable, Sendable, CustomStringConvertible {
    package let localPart: String
    package let domain: DomainName

    /// Nil when the domain is none. With `droppingDetail`, `kate+tax@` is `kate@`.
    package init?(_ address: EmailAddress, droppingDetail: Bool = false) {
        guard let domain = DomainName(address.domain) else { return nil }
        var local = address.localPart.nfc
        if droppingDetail, let plus = local.firstIndex(of: "+"), plus > local.startIndex {
            local = String(local[..<plus])
        }
        self.localPart = Self.folded(local)
        self.domain = domain
    }

    /// Reads `local@domain`, as ``EmailAddress`` does.
    package init?(_ text: String, droppingDetail: Bool = false) {
        guard let address = EmailAddress(text) else { return nil }
        self.init(address, droppingDetail: droppingDetail)
    }

    /// `local@domain`: how it is stored.
    package var description: String { "\(localPart)@\(domain)" }

    /// The same address without `+detail`.
    package var withoutDetail: AddressKey {
        guard let plus = localPart.firstIndex(of: "+"), plus > localPart.startIndex else { return self }
        return AddressKey(localPart: String(localPart[..<plus]), domain: domain)
    }

    private init(localPart: String, domain: DomainName) {
        self.localPart = localPart
        self.domain = domain
    }

    private static func folded(_ text: String) -> String {
        guard text.utf8.contains(where: { (65...90).contains($0) }) else { return text }
        return String(decoding: text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
}
