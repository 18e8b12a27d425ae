/// What stands in braces in the text of a letter.
package enum LetterField: String, Hashable, Sendable, CaseIterable {
    case firm, phone, imprint, privacy
    case account
    /// Who asks.
    case person
    case recipient
    /// The words a letter begins with; they know whether the recipient's name is known.
    case greeting
    case title
    case due
    case expires
    /// How many files came, with the word for it.
    case count
    /// Of what came back: to whom it was sent.
    case address
    /// That a reply will do, where the firm takes one.
    case inviteReply = "invite_reply"

    case message, items, received, files, documents, words
    /// Six digits that a link asks for.
    case code
    case link

    /// How a field stands in a text.
    package enum Place: Hashable, Sendable {
        /// Among other words.
        case inline
        /// Alone on its line: it becomes paragraphs or a list.
        case block
        /// At the end of a line, whose other words are what the button says.
        case button
    }

    package var place: Place {
        switch self {
        case .firm, .phone, .imprint, .privacy, .account, .person, .recipient, .greeting, .title, .due,
            .expires, .count, .address, .inviteReply:
            .inline
        case .message, .items, .received, .files, .documents, .words, .code: .block
        case .link: .button
        }
    }

    package var braced: String { "{\(rawValue)}" }
}
