internal import MIME
package import Mail
package import Mailroom
package import Store
internal import Text

/// The addresses by which a request is answered on the web, or documents are looked at: derived each time, and
/// stored nowhere.
package struct RequestLinks: Sendable {
    /// `[web] public_url`; nil: there are no links.
    private let publicURL: String?
    private let key: LinkKey?

    package init(publicURL: String?, key: LinkKey?) {
        self.publicURL = publicURL
        self.key = key
    }

    package func link(_ target: LinkTarget, generation: Int) -> String? {
        guard let publicURL, let key else { return nil }
        let purpose = target.purpose
        return publicURL + purpose.path
            + LinkToken(target, purpose: purpose, generation: generation, key: key).text
    }

    /// Of somebody documents are shared with.
    package func link(of recipient: ShareRecipient) -> String? {
        link(.share(recipient.id), generation: recipient.generation)
    }

    /// A recipient's own.
    package func link(of recipient: RequestRecipient, _ request: Request) -> String? {
        link(.recipient(recipient.id), generation: request.generation)
    }

    /// Anybody's who has it.
    package func openLink(of request: Request) -> String? {
        link(.request(request.id), generation: request.generation)
    }
}

/// Writes what goes out for a request: each recipient's own letter, with a link of their own.
package struct RequestLetters: Sendable {
    package let stationery: Stationery
    package let request: Request
    /// The account's name, as the client reads it.
    package let account: String
    private let links: RequestLinks
    /// Names of what lies beside the question.
    private let documents: [String]
    private let now: Timestamp

    package init(
        _ request: Request, account: String, stationery: Stationery, links: RequestLinks,
        documents: [String] = [], now: Timestamp
    ) {
        self.request = request
        self.account = account
        self.stationery = stationery
        self.links = links
        self.documents = documents
        self.now = now
    }

    /// What the letter of a kind says to one recipient.
    package func words(_ kind: LetterKind, to recipient: RequestRecipient) -> LetterText {
        stationery.texts.write(
            letter(kind, name: recipient.name, link: links.link(of: recipient, request), request.language))
    }

    private func letter(_ kind: LetterKind, name: String?, link: String?, _ language: Language) -> Letter {
        var letter = Letter(
            kind: kind, language: language, firm: stationery.firm, account: account,
            person: request.author, title: request.title)
        letter.recipient = name
        letter.message = request.text.isEmpty ? nil : request.text
        letter.items = request.items.compactMap { item in
            switch item.state {
            case .open: LetterItem(item.name)
            case .rejected: LetterItem(item.name, .rejected, note: item.note)
            case .received, .accepted: LetterItem(item.name, .received)
            // Neither asked for nor received: of what there is none, a letter says nothing.
            case .unavailable: nil
            }
        }
        letter.documents = documents
        letter.due = request.due
        letter.expires = RequestTerms(zone: stationery.zone).lastDay(before: request.expires)
        letter.link = link
        letter.invitesReply = stationery.invitesReply || letter.link == nil
        return letter
    }

    /// The receipt for what came over a link: every file with its size and its checksum.
    ///
    /// Whose account it is, and what is missing, is told to a recipient of the
    /// request alone. Who comes by an open link is nobody we know: the letter
    /// goes to whatever address was typed, and says no more than the page does.
    ///
    /// - Parameter sitting: who sent it; nil where it left no address.
    package func receipt(for files: [LinkUpload], of sitting: Sitting, author: String) throws
        -> WrittenLetter?
    {
        let recipient = request.recipients.first { $0.id == sitting.recipient }
        guard let address = recipient?.address ?? sitting.address else { return nil }
        // A name that anybody typed is not what a letter of ours begins with.
        let name = recipient?.name
        var letter = (recipient == nil ? onlyTitled(sitting.language) : self).letter(
            .receipt, name: name,
            link: recipient.map { links.link(of: $0, request) } ?? links.openLink(of: request),
            sitting.language)
        letter.items.removeAll { recipient == nil || $0.state == .received }
        letter.files = files.map { file in
            let name = recipient == nil ? TypedName(file: file.name).text : file.name
            return LetterFile(name: name, octets: file.octets, sha256: file.sha256.hex)
        }
        let token = LetterToken()
        let draft = try stationery.draft(
            stationery.texts.write(letter), to: NamedAddress(name: name, address: address), token: token,
            language: sitting.language, isAutomatic: true, now: now)
        let new = NewLetter(
            kind: .receipt, route: stationery.route, copyTo: stationery.copyTo,
            reversePath: stationery.from.address, recipients: [NewLetter.Recipient(address)],
            token: token.text, account: request.account, request: request.id, author: author,
            showing: .ours(to: request.account))
        return WrittenLetter(new: new, message: try draft.composed())
    }

    /// The same request for somebody who must not learn whose it is: its title stands for the account.
    private func onlyTitled(_ language: Language) -> RequestLetters {
        let title: String =
            switch language {
            case .de: "„\(request.title)“"
            case .en: "“\(request.title)”"
            case .ja: "「\(request.title)」"
            }
        return RequestLetters(request, account: title, stationery: stationery, links: links, now: now)
    }

    /// The letter of a kind to one recipient.
    ///
    /// - Parameters:
    ///   - author: who has it sent, as in the audit.
    ///   - notBefore: nil: it leaves at once.
    package func letter(
        _ kind: LetterKind, to recipient: RequestRecipient, author: String, notBefore: Timestamp? = nil
    ) throws -> WrittenLetter {
        let token = LetterToken()
        let draft = try stationery.draft(
            words(kind, to: recipient),
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
    var queued: NewLetter.Kind {
        switch self {
        case .request: .request
        case .reminder, .overdue, .secondReminder: .reminder
        case .rejection: .rejection
        case .receipt: .receipt
        case .undelivered, .uploaded, .invitation, .signIn, .code: .notice
        // The queue has no kind of its own for it: the letter says whose link it brings.
        case .letter, .share: .free
        }
    }
}

extension LetterKeeper {
    /// Keeps letters and queues each, with the change that they belong to in the same transaction.
    ///
    /// - Parameters:
    ///   - change: done before the letters are queued.
    ///   - after: done when they have their numbers.
    @discardableResult
    package func queue(
        _ letters: [WrittenLetter], now: Timestamp,
        with change: @escaping @Sendable (StoreTransaction) throws -> Void,
        after: @escaping @Sendable (StoreTransaction, [LetterID]) throws -> Void = { _, _ in }
    ) async throws -> [LetterID] {
        let news = letters.map(\.new)
        return try await keep(letters.map(\.message)) { transaction, kept in
            try change(transaction)
            let ids = try zip(news, kept).map { try transaction.queueLetter($0, $1, now: now) }
            try after(transaction, ids)
            return ids
        }
    }
}
