internal import MIME
package import Mail
package import Mailroom
package import Store
internal import Text

/// Writes to the firm's own people: what a client sent, and what of theirs came back.
///
/// These show on no page and lie in no Sent: they say nothing that the pages
/// don't.
package struct StaffLetters: Sendable {
    private let stationery: Stationery
    private let now: Timestamp

    package init(stationery: Stationery, now: Timestamp) {
        self.stationery = stationery
        self.now = now
    }

    /// What a client sent by a page, gathered.
    package struct Upload: Sendable {
        package let account: AccountID
        package let accountName: String
        /// Who sent it, by name or address.
        package let person: String
        /// What the request, or the folder, is called.
        package let title: String
        package let files: [LetterFile]
        /// Where staff see it; nil: the firm has no web address.
        package let link: String?

        package init(
            account: AccountID, accountName: String, person: String, title: String, files: [LetterFile],
            link: String?
        ) {
            self.account = account
            self.accountName = accountName
            self.person = person
            self.title = title
            self.files = files
            self.link = link
        }
    }

    /// - Returns: nil where this person has no address.
    package func uploaded(_ upload: Upload, to member: StaffMember) throws -> WrittenLetter? {
        var letter = Letter(
            kind: .uploaded, language: member.language, firm: stationery.firm, account: upload.accountName,
            person: upload.person, title: upload.title)
        letter.items = upload.files.map { LetterItem($0.name) }
        letter.files = upload.files
        letter.link = upload.link
        return try written(letter, to: member, account: upload.account)
    }

    /// - Returns: nil where this person has no address.
    package func undelivered(_ failure: UndeliveredLetter, to member: StaffMember) throws -> WrittenLetter? {
        var letter = Letter(
            kind: .undelivered, language: member.language, firm: stationery.firm,
            account: failure.accountName, person: member.name, title: failure.subject)
        letter.failure = (failure.address, failure.words)
        return try written(letter, to: member, account: failure.account)
    }

    private func written(
        _ letter: Letter, to member: StaffMember, account: AccountID?
    ) throws -> WrittenLetter? {
        guard let address = member.email.flatMap({ EmailAddress($0) }) else { return nil }
        var letter = letter
        letter.recipient = member.name
        let token = LetterToken()
        let draft = try stationery.draft(
            stationery.texts.write(letter), to: NamedAddress(name: member.name, address: address),
            token: token, language: letter.language, isAutomatic: true, now: now)
        let new = NewLetter(
            kind: .notice, route: stationery.route, reversePath: stationery.from.address,
            recipients: [NewLetter.Recipient(address)], token: token.text, account: account,
            author: "mailroom")
        return WrittenLetter(new: new, message: try draft.composed())
    }
}
