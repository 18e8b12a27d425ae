/// Tells a PDF that is surely not encrypted, as it passes by.
///
/// An encrypted file says `/Encrypt` in its trailer or in the dictionary of
/// a cross-reference stream, and neither is ever compressed (ISO 32000-1
/// sections 7.5.5, 7.5.8.2 and 7.6.1). So a file without that name needs no
/// `pdfinfo`; one with it may still open without a password. Any character
/// of a name may be written `#45` (section 7.3.5), and is found all the same.
package struct PDFEncryptionScanner: Sendable {
    /// False: surely not encrypted.
    package private(set) var maybeEncrypted = false
    /// Characters of the name seen so far; nil outside a name.
    private var matched: Int?
    /// The hexadecimal digits after a `#` so far.
    private var escape: (digits: Int, value: UInt8)?

    private static let name = Array("Encrypt".utf8)

    package init() {}

    package mutating func feed(_ octets: Span<UInt8>) {
        var position = 0
        while !maybeEncrypted, position < octets.count {
            guard matched != nil else {
                guard let slash = OctetPattern.next(UInt8(ascii: "/"), in: octets, from: position) else {
                    return
                }
                matched = 0
                position = slash + 1
                continue
            }
            take(octets[position])
            position += 1
        }
    }

    private mutating func take(_ octet: UInt8) {
        if let escape {
            guard let digit = Character(UnicodeScalar(octet)).hexDigitValue else { return begin(with: octet) }
            let value = escape.value << 4 | UInt8(digit)
            if escape.digits == 0 {
                self.escape = (1, value)
            } else {
                self.escape = nil
                match(value)
            }
        } else if octet == UInt8(ascii: "#") {
            escape = (0, 0)
        } else if octet == UInt8(ascii: "/") {
            begin(with: octet)
        } else {
            match(octet)
        }
    }

    private mutating func match(_ octet: UInt8) {
        guard let matched, Self.name[matched] == octet else { return begin(with: octet) }
        self.matched = matched + 1
        if matched + 1 == Self.name.count {
            maybeEncrypted = true
            self.matched = nil
        }
    }

    /// No match: a slash begins another name.
    private mutating func begin(with octet: UInt8) {
        escape = nil
        matched = octet == UInt8(ascii: "/") ? 0 : nil
    }
}
