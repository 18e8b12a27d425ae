package import Mail

/// What makes two originals the same message, as octets to be hashed.
///
/// Message-ID alone doesn't: scanners reuse one for years. Neither do the
/// octets: trace fields differ from mailbox to mailbox, and servers encode
/// anew. So it is who, when and what: Message-ID if any, From, Date, and the
/// decoded contents in their order. PRODUCT.md section 2.1.
package struct MessageIdentity: Hashable, Sendable {
    /// To be hashed: a version, then each field with its length before it, so that no two run together.
    package let canonical: [UInt8]

    /// `contents` are the digests of the displayed texts and the attachments by decoded content, in order.
    package init(messageID: MessageID?, from: [EmailAddress], date: Timestamp?, contents: [SHA256Digest]) {
        var octets = Array("mailroom message 1".utf8)
        func append(_ field: some Collection<UInt8>) {
            octets.append(contentsOf: String(field.count).utf8)
            octets.append(UInt8(ascii: ":"))
            octets.append(contentsOf: field)
        }
        append((messageID?.rawValue ?? "").utf8)
        append(String(from.count).utf8)
        for address in from {
            append(address.localPart.utf8)
            append(address.domain.lowercased().utf8)
        }
        append((date?.rfc3339 ?? "").utf8)
        append(String(contents.count).utf8)
        for content in contents { append(content.octets) }
        canonical = octets
    }

    package init(_ envelope: Envelope, contents: [SHA256Digest]) {
        self.init(
            messageID: envelope.messageID, from: envelope.from.map(\.address), date: envelope.date,
            contents: contents)
    }
}
