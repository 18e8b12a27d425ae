/// Text that a header field may hold: a single line, whatever it was made of.
///
/// The only way for a `String` into a header, so that no line end in a
/// subject or a name can begin a field of its own. Line ends and other control
/// characters become a space, runs of spaces one, those at both ends none; it
/// is cut after four thousand octets. RFC 5322 section 2.2.1.
package struct HeaderText: Hashable, Sendable, CustomStringConvertible {
    package let value: String

    private static let longest = 4_000

    package init(_ text: String) {
        var octets = 0
        var isAfterSpace = true
        var cleaned = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.value == 0xFEFF { continue }
            if scalar.value == 0x20 || scalar.breaksHeader {
                if !isAfterSpace { cleaned.append(" ") }
                isAfterSpace = true
                continue
            }
            octets += UTF8.width(scalar)
            if octets > Self.longest { break }
            cleaned.append(scalar)
            isAfterSpace = false
        }
        if cleaned.last == " " { cleaned.removeLast() }
        value = String(cleaned)
    }

    package var isEmpty: Bool { value.isEmpty }
    package var description: String { value }
}

extension Unicode.Scalar {
    /// Control characters of both kinds, and Unicode's own line ends.
    var breaksHeader: Bool {
        value < 0x20 || (0x7F...0x9F).contains(value) || value == 0x2028 || value == 0x2029
    }
}
