package import MIME
package import Mail
package import Mailroom
internal import Store
package import Text

/// What staff write in their own words: a letter, an answer, a message passed on.
package struct FreeLetter: Sendable {
    package var to: [NamedAddress]
    package var cc: [NamedAddress] = []
    package var subject: String
    package var text: String
    package var language: Language
    /// Who writes, by name.
    package var person: String
    /// Whose client it goes to; nil: nobody's.
    package var account: Account?
    package var inReplyTo: [MessageID] = []
    package var references: [MessageID] = []
    package var quote: Quote?
    package var attachments: [Attachment] = []

    package init(
        to: [NamedAddress], subject: String, text: String, language: Language, person: String,
        account: Account? = nil
    ) {
        self.to = to
        self.subject = subject
        self.text = text
        self.language = language
        self.person = person
        self.account = account
    }

    /// The letter in its envelope; every address of To and Cc gets it.
    ///
    /// - Parameters:
    ///   - author: who has it sent, as in the audit.
    ///   - showing: whose Email tab it shows on.
    package func written(
        _ stationery: Stationery, author: String, showing: Matching, now: Timestamp
    ) throws(ComposeError) -> WrittenLetter {
        guard let first = to.first else {
            preconditionFailure("a letter goes to somebody: that was asked before")
        }
        var letter = Letter(
            kind: .letter, language: language, firm: stationery.firm, account: account?.name, person: person,
            title: subject)
        letter.message = text
        var words = stationery.texts.write(letter)
        if let quote { words = quote.below(words) }
        let token = LetterToken()
        var draft = try stationery.draft(
            words, to: first, token: token, language: language, isAutomatic: false, now: now)
        var addresses: [HeaderAddress] = []
        for address in to { addresses.append(try HeaderAddress(address)) }
        var copies: [HeaderAddress] = []
        for address in cc { copies.append(try HeaderAddress(address)) }
        draft.to = addresses
        draft.cc = copies
        draft.inReplyTo = inReplyTo
        // Ours is the last: a copy is told by it from an answer.
        draft.references = references + draft.references
        draft.attachments = attachments
        var seen: Set<String> = []
        let recipients = (addresses + copies).map(\.address).filter { address in
            seen.insert(AddressKey(address)?.description ?? address.description).inserted
        }
        return WrittenLetter(
            new: NewLetter(
                kind: .free, route: stationery.route, copyTo: stationery.copyTo,
                reversePath: stationery.from.address,
                recipients: recipients.map { NewLetter.Recipient($0) }, token: token.text,
                account: showing.account ?? account?.id, author: author, showing: showing),
            message: try draft.composed())
    }
}
