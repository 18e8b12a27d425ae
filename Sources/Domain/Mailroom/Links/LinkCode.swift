internal import Crypto

/// Six digits by which somebody shows that they read the mail of a link's address.
///
/// A million codes are few, so one holds for ten minutes and five tries, and
/// a link sends six of them a day: whoever has the link and guesses is right
/// once in thirty thousand days.
package struct LinkCode: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// Secret: it is all that is asked for.
    package let digits: String

    package static let length = 6
    /// How long it holds.
    package static let seconds: Int64 = 600
    /// After so many wrong ones another must be sent.
    package static let mostTries = 5
    /// Letters to one address, within 24 hours: a program that presses every button is no flood.
    package static let mostADay = 6
    /// Between two letters, in seconds: until then the first is on its way.
    package static let pauseSeconds: Int64 = 60

    /// - Parameter random: eight octets: so that no code is likelier than another by more than one in 10¹³.
    package init(random: [UInt8]) {
        precondition(random.count == 8, "a code is made of eight octets")
        let number = random.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 1_000_000
        let text = String(number)
        digits = String(repeating: "0", count: Self.length - text.count) + text
    }

    /// As typed or pasted: with blanks or hyphens, in the digits of any script; nil: no six of them.
    package init?(typed: String) {
        var digits = ""
        for scalar in typed.unicodeScalars.prefix(64) {
            if let value = Self.decimal(scalar) {
                digits += String(value)
            } else if !scalar.properties.isWhitespace, !scalar.properties.isDash,
                !scalar.properties.isDefaultIgnorableCodePoint
            {
                return nil
            }
        }
        guard digits.count == Self.length else { return nil }
        self.digits = digits
    }

    private static func decimal(_ scalar: Unicode.Scalar) -> Int? {
        guard scalar.properties.numericType == .decimal else { return nil }
        return scalar.properties.numericValue.map { Int($0) }
    }

    /// What is remembered of it: good for one link in one generation, and worth nothing without the key.
    package func hash(at target: LinkTarget, generation: Int, key: LinkKey) -> [UInt8] {
        LinkToken.mac("code", target, generation: generation, key, more: Array(digits.utf8))
    }

    package var description: String { "a code" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// An address as whoever has a link may read it: enough for its owner to know which of theirs it is.
///
/// `a•••@e•••.org`: how long the names are is not told, nor more of them than
/// a letter each, for the link may be in a stranger's hands.
package struct MaskedAddress: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// - Parameters:
    ///   - localPart: before the `@`.
    ///   - domain: as people read it.
    package init(localPart: String, domain: String) {
        let labels = domain.split(separator: ".")
        let name = labels.dropLast().last ?? ""
        let end = labels.count > 1 ? labels.last.map { ".\($0)" } ?? "" : ""
        description = Self.mask(localPart[...]) + "@" + Self.mask(name) + end
    }

    /// A name of one or two letters would be told by its first.
    private static func mask(_ name: Substring) -> String {
        let first = name.count > 2 && !name.hasPrefix("xn--") ? name.prefix(1) : ""
        return first + "•••"
    }
}
