/// Markup that can hold no words of a stranger's that were not escaped.
///
/// A literal is markup, what is put into it is text: `HTML("<b>\(name)</b>")`
/// escapes the name. There is no way to forget it, and where escaping would
/// not be enough (a script, a style, a value without quotes, an address that
/// could be `javascript:`) putting text in is a trap. HTML Standard, section
/// 13.2.5: the states are those of its tokenizer.
package struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
    package let markup: String

    package init(stringLiteral markup: StaticString) { self.markup = markup.description }

    package init(stringInterpolation: Interpolation) {
        precondition(
            stringInterpolation.place.isText,
            "markup ends within a tag or a comment, where no other can follow")
        markup = stringInterpolation.markup
    }

    /// Markup that somebody else has made sure of: sanitised mail, a drawing of ours. It must be closed in itself.
    package init(trusted markup: String) { self.markup = markup }

    /// Text as it is.
    package init(escaping text: some StringProtocol) { markup = Self.escape(text) }

    package static let empty: HTML = ""

    package static func + (left: HTML, right: HTML) -> HTML { HTML(trusted: left.markup + right.markup) }
    package static func += (left: inout HTML, right: HTML) { left = left + right }

    package var isEmpty: Bool { markup.isEmpty }
    package var description: String { markup }

    private static func needsCare(_ octet: UInt8) -> Bool {
        switch octet {
        case 0..<0x20, 0x7F, 0xC2, 0xE2, UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "\""),
            UInt8(ascii: "'"):
            true
        default: false
        }
    }

    /// For text, and for values in quotes of either kind.
    ///
    /// HTML forbids control characters, and some programs trip over them: they are left out. So are those that
    /// turn the direction of what follows (Unicode Standard Annex #9, section 2): `exe` would be read as `pdf`.
    package static func escape(_ text: some StringProtocol) -> String {
        guard text.utf8.contains(where: needsCare) else { return String(text) }
        var octets: [UInt8] = []
        octets.reserveCapacity(text.utf8.count + 32)
        // C1 controls are C2 80 to C2 9F; U+202A to U+202E are E2 80 AA to AE, U+2066 to U+2069 E2 81 A6 to A9.
        var (before, follows): (UInt8, UInt8) = (0, 0)
        for octet in text.utf8 {
            switch octet {
            case UInt8(ascii: "&"): octets += "&amp;".utf8
            case UInt8(ascii: "<"): octets += "&lt;".utf8
            case UInt8(ascii: ">"): octets += "&gt;".utf8
            case UInt8(ascii: "\""): octets += "&quot;".utf8
            case UInt8(ascii: "'"): octets += "&#39;".utf8
            case 0x0A, 0x09: octets.append(octet)
            case 0..<0x20, 0x7F: break
            case 0x80...0x9F where follows == 0xC2: octets.removeLast()
            case 0xAA...0xAE where before == 0xE2 && follows == 0x80,
                0xA6...0xA9 where before == 0xE2 && follows == 0x81:
                octets.removeLast(2)
            default: octets.append(octet)
            }
            (before, follows) = (follows, octet)
        }
        return String(decoding: octets, as: UTF8.self)
    }
}

extension Sequence<HTML> {
    /// One after the other.
    package func joined(_ separator: HTML = .empty) -> HTML {
        HTML(trusted: map(\.markup).joined(separator: separator.markup))
    }
}
