package import Mail

/// Something wrong with a message that was read all the same.
///
/// No message is thrown away for being broken: its original is kept, what
/// could be read of it is used, and staff see what was odd about it.
package struct Problem: Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case noHeader = "no header field"
        case blankBeforeHeader = "blank line before the header"
        case mboxLine = "mbox line in the header"
        case headerNotEnded = "no blank line after the header"
        case headerTooLong = "header too long to be read whole"
        case strayContinuation = "header begins with a continuation line"
        case boundaryMissing = "boundary missing"
        case boundaryNeverSeen = "boundary never seen"
        case notClosed = "closing boundary missing"
        case partsAfterEnd = "parts after the closing boundary"
        case tooDeep = "nested too deep"
        case tooManyParts = "too many parts"
        case multipartEncoded = "multipart with a transfer encoding"
        case unknownEncoding = "unknown transfer encoding"
        case base64Junk = "characters in base64 that are none of it"
        case base64Padding = "base64 wrongly padded"
        case base64AfterEnd = "text after the end of base64"
        case quotedPrintableBroken = "broken quoted-printable"
        case uuencodeBroken = "broken uuencode"
        case badMediaType = "unreadable Content-Type"
        case badAddress = "unreadable address"
        case badDate = "unreadable date"
        case wrongCharset = "text not in the charset it declares"
    }

    package let kind: Kind
    /// The part concerned; nil for the message as a whole.
    package let section: Section?

    package init(_ kind: Kind, in section: Section? = nil) {
        self.kind = kind
        self.section = section
    }

    package var description: String {
        guard let section, !section.text.isEmpty else { return kind.rawValue }
        return "\(kind.rawValue) (part \(section))"
    }
}
