internal import Text

/// A password that a member of staff may have: long, and not one that everybody would try first.
///
/// Length is all that is asked for; rules about digits and signs make
/// passwords worse. NIST SP 800-63B section 3.1.1. It is composed to NFC, since
/// two keyboards write one letter in two ways. RFC 8265 section 4.2.
package struct StaffPassword: Hashable, Sendable {
    package enum Refusal: Error, Hashable, Sendable {
        case tooShort, tooLong
        /// A line break, or what no keyboard writes.
        case hasControlCharacters
        /// The login, the name, one sign over and over, or a row of the keyboard.
        case guessable
    }

    package static let shortest = 10

    /// What is hashed.
    package let text: String

    /// - Parameter words: what strangers know of this person: the login, the name, the firm.
    package init(_ typed: String, of words: [String]) throws(Refusal) {
        let text = typed.nfc
        guard text.count >= Self.shortest else { throw .tooShort }
        guard text.utf8.count <= 500 else { throw .tooLong }
        guard !text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else {
            throw .hasControlCharacters
        }
        let folded = text.caseFolded
        var rest = folded
        for word in words + Self.common where word.count > 2 {
            rest = Self.without(word.nfc.caseFolded, rest)
        }
        guard Set(rest).count > 3, !Self.isRow(folded) else { throw .guessable }
        self.text = text
    }

    /// As somebody typed it to sign in: it is compared, so it need not be allowed.
    package static func typed(_ text: String) -> String { text.nfc }

    private static let common = [
        "password", "passwort", "kennwort", "mailroom", "willkommen", "welcome", "qwertz", "qwerty", "asdf",
        "1234567890", "123456789", "12345678", "1234567", "123456", "12345", "1234",
    ]

    /// Each sign the neighbour of the one before it: `abcdefghij`, `9876543210`.
    private static func isRow(_ text: String) -> Bool {
        let values = text.unicodeScalars.map { Int($0.value) }
        let steps = Set(zip(values, values.dropFirst()).map { $1 - $0 })
        return steps.count == 1 && steps.allSatisfy { abs($0) <= 1 }
    }

    private static func without(_ word: String, _ text: String) -> String {
        let (word, text) = (Array(word), Array(text))
        var rest: [Character] = []
        var place = 0
        while place < text.count {
            if text[place...].starts(with: word) {
                place += word.count
            } else {
                rest.append(text[place])
                place += 1
            }
        }
        return String(rest)
    }
}
