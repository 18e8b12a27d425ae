internal import MIME
package import Mail
package import Mailroom
internal import Store
internal import Text

/// Writes what goes out for a share: each recipient's own letter, with a link of their own.
package struct ShareLetters: Sendable {
    private let share: Share
    /// Names of the documents, as the recipient reads them.
    private let documents: [String]
    /// The account's name; nil: a guest's, which is the firm's own word for it.
    private let account: String?
    private let stationery: Stationery
    private let links: RequestLinks
    private let now: Timestamp

    package init(
        _ share: Share, documents: [String], account: String?, stationery: Stationery, links: RequestLinks,
        now: Timestamp
    ) {
        self.share = share
        self.documents = documents
        self.account = account
        self.stationery = stationery
        self.links = links
        self.now = now
    }

    package func words(to recipient: ShareRecipient) -> LetterText {
        var letter = Letter(
            kind: .share, language: share.language, firm: stationery.firm, account: account,
            person: share.author, title: title)
        letter.recipient = recipient.name
        letter.message = share.text.isEmpty ? nil : share.text
        letter.items = documents.map { LetterItem($0) }
        letter.expires = RequestTerms(zone: stationery.zone).lastDay(before: recipient.expires)
        letter.link = links.link(of: recipient)
        return stationery.texts.write(letter)
    }

    /// - Parameter author: who has it sent, as in the audit.
    package func letter(to recipient: ShareRecipient, author: String) throws -> WrittenLetter {
        let token = LetterToken()
        let draft = try stationery.draft(
            words(to: recipient), to: NamedAddress(name: recipient.name, address: recipient.address),
            token: token, language: share.language, isAutomatic: false, now: now)
        let new = NewLetter(
            kind: LetterKind.share.queued, route: stationery.route, copyTo: stationery.copyTo,
            reversePath: stationery.from.address, recipients: [NewLetter.Recipient(recipient.address)],
            token: token.text, account: share.account, share: recipient.id, author: author,
            showing: .ours(to: share.account))
        return WrittenLetter(new: new, message: try draft.composed())
    }

    private static let longestTitle = 100

    /// As many of the names as a subject has room for.
    private var title: String {
        let all = documents.joined(separator: ", ")
        return all.count <= Self.longestTitle ? all : all.prefix(Self.longestTitle - 1) + "…"
    }
}
