/// What one address of a contact may do for one account.
package struct Switches: OptionSet, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Mail from it is the account's.
    package static let sync = Switches(rawValue: 1)
    package static let notify = Switches(rawValue: 2)
    package static let login = Switches(rawValue: 4)
    package static let sign = Switches(rawValue: 8)

    /// What an imported address gets that names none.
    package static let imported: Switches = [.sync, .notify]

    private static let words: [(String, Switches)] = [
        ("sync", .sync), ("notify", .notify), ("login", .login), ("sign", .sign),
    ]

    /// Reads `sync notify`; nil when a word is none of the four. No word at all is no switch.
    package init?(words text: String) {
        var switches: Switches = []
        for word in text.split(separator: " ") {
            guard let known = Self.words.first(where: { $0.0 == word }) else { return nil }
            switches.insert(known.1)
        }
        self = switches
    }

    /// As ``init(words:)`` reads it.
    package var description: String {
        Self.words.filter { contains($0.1) }.map(\.0).joined(separator: " ")
    }
}
