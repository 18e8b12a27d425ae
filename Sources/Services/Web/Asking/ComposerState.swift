internal import HTTP
internal import MIME
internal import Mail
internal import Mailroom
internal import Store

/// A sheet as it lies before somebody: what was typed, what goes with it, what is wrong.
struct ComposerState: Sendable {
    var kind: LetterOrder.Kind
    var draft: DraftID?
    var account: AccountID?
    var typed: DraftText
    var files: [DraftFile] = []
    var opened: Timestamp
    var quote = ""
    /// Who has the message besides: *reply all*.
    var others: [NamedAddress] = []
    /// Beside the field of that name.
    var errors: [String: Phrase] = [:]
    /// A colleague has answered since the sheet was opened: told once.
    var rival: Rival?

    struct Rival: Sendable {
        let answer: RivalAnswer
        /// What it says.
        let text: String
        /// By name.
        let author: String
    }

    /// What a field of addresses means; nil where it means nothing.
    static func addresses(_ text: String) -> [NamedAddress]? {
        let trimmed = text.trimmed
        guard !trimmed.isEmpty else { return [] }
        let parser = AddressParser(Array(trimmed.utf8)[...])
        guard parser.unreadable == 0, !parser.addresses.isEmpty else { return nil }
        return parser.addresses
    }

    static func text(_ people: [NamedAddress]) -> String {
        people.map { person in
            guard let name = person.name, !name.isEmpty else { return person.address.description }
            let needsQuotes = name.contains { "()<>[]:;@\\,.\"".contains($0) }
            let escaped = name.filter { $0 != "\"" && $0 != "\\" }
            return (needsQuotes ? "\"\(escaped)\"" : name) + " <\(person.address)>"
        }.joined(separator: ", ")
    }
}

extension String {
    /// Without blanks at either end.
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
