internal import MIME
package import Mail
package import Mailroom
package import Store
internal import Text

/// Writes what goes out for a request: each recipient's own letter, with a link of their own.
package struct RequestLetters: Sendable {
    package let stationery: Stationery
    package let request: Request
    /// The account's name, as the client reads it.
    package let account: String
    /// Nil: letters have no link.
    private let key: LinkKey?
    private let now: Timestamp

    package init(
        _ request: Request, account: String, stationery: Stationery, key: LinkKey?, now: Timestamp
    ) {
        self.request = request
        self.account = account
        self.stationery = stationery
        self.key = key
        self.now = now
    }

    /// Where answers go by the page; the same each time it is asked for.
    package func link(_ target: LinkTarget) -> String? {
        guard let url = stationery.publicURL, let key else { return nil }
        let token = LinkToken(target, purpose: .upload, generation: request.generation, key: key)
        return "\(url)/u/\(token.text)"
    }

    /// The letter of a kind to one recipient.
    ///
    /// - Parameters:
    ///   - author: who has it sent, as in the audit.
    ///   - notBefore: nil: it leaves at once.
    package func letter(
        _ kind: LetterKind, to recipient: RequestRecipient, author: String, notBefore: Timestamp? = nil
    ) throws -> WrittenLetter {
        var letter = Letter(
            kind: kind, language: request.language, firm: stationery.firm, account: account,
            person: request.author, title: request.title)
        letter.recipient = recipient.name
        letter.message = request.text.isEmpty ? nil : request.text
        letter.items = request.items.map { item in
            switch item.state {
            case .open: LetterItem(item.name)
            case .rejected: LetterItem(item.name, .rejected, note: item.note)
            case .received, .accepted, .unavailable: LetterItem(item.name, .received)
            }
        }
        letter.due = request.due
        letter.expires = RequestTerms(zone: stationery.zone).lastDay(before: request.expires)
        letter.link = link(.recipient(recipient.id))
        letter.invitesReply = stationery.invitesReply || letter.link == nil
        let token = LetterToken()
        let draft = try stationery.draft(
            stationery.texts.write(letter),
            to: NamedAddress(name: recipient.name, address: recipient.address),
            token: token, language: request.language, isAutomatic: kind.isAutomatic, now: now)
        let new = NewLetter(
            kind: kind.queued, route: stationery.route, copyTo: stationery.copyTo,
            reversePath: stationery.from.address,
            recipients: [NewLetter.Recipient(recipient.address, requestRecipient: recipient.id)],
            token: token.text, account: request.account, request: request.id, author: author,
            notBefore: notBefore, showing: .ours(to: request.account))
        return WrittenLetter(new: new, message: try draft.composed())
    }
}

extension LetterKind {
    /// As the queue calls it.
    fileprivate var queued: NewLetter.Kind {
        switch self {
        case .request: .request
        case .reminder, .overdue, .secondReminder: .reminder
        case .rejection: .rejection
        case .receipt: .receipt
        case .undelivered: .notice
        case .letter: .free
        }
    }
}

extension LetterKeeper {
    /// Keeps letters and queues each, with the change that they belong to in the same transaction.
    @discardableResult
    package func queue(
        _ letters: [WrittenLetter], now: Timestamp,
        with change: @escaping @Sendable (StoreTransaction) throws -> Void
    ) async throws -> [LetterID] {
        let news = letters.map(\.new)
        return try await keep(letters.map(\.message)) { transaction, kept in
            try change(transaction)
            return try zip(news, kept).map { try transaction.queueLetter($0, $1, now: now) }
        }
    }
}
