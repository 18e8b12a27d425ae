package import Mail
internal import Text

/// An address that a header field may hold.
///
/// The name is any text; the address itself is refused where it would not be
/// read back as that one address. The domain is written as A-labels, so that
/// RFC 6531 is needed for a local part alone. RFC 5322 section 3.4.
package struct HeaderAddress: Hashable, Sendable {
    package let name: HeaderText?
    /// With the domain as it is written.
    package let address: EmailAddress

    /// RFC 5321 section 4.5.3.1: 64 octets, an `@`, 255 octets.
    private static let longest = 320

    package init(_ named: NamedAddress) throws(ComposeError) {
        try self.init(name: named.name, named.address)
    }

    package init(name: String? = nil, _ address: EmailAddress) throws(ComposeError) {
        let shown = HeaderText(address.description)
        guard let domain = DomainName(address.domain)?.aLabels,
            let written = EmailAddress(localPart: address.localPart, domain: domain)
        else { throw ComposeError(.address, "“\(shown)” has no domain that mail can be sent to") }
        guard !address.localPart.unicodeScalars.contains(where: \.breaksHeader) else {
            throw ComposeError(.address, "“\(shown)” has a control character")
        }
        guard written.addrSpec.utf8.count <= Self.longest else {
            throw ComposeError(.address, "“\(shown)” is too long for an address")
        }
        let text = name.map(HeaderText.init)
        self.name = text?.isEmpty == false ? text : nil
        self.address = written
    }

    /// Only a server that knows RFC 6531 takes a local part that is not ASCII.
    package var needsSMTPUTF8: Bool { !address.localPart.utf8.allSatisfy { $0 < 128 } }
}
