internal import MIME
package import Mail
package import Mailroom
package import Store
package import Text

/// Writes to clients what lets them in: the invitation, the link that signs in, and the code a link asks for.
package struct ClientLetters: Sendable {
    private let stationery: Stationery
    private let now: Timestamp

    package init(stationery: Stationery, now: Timestamp) {
        self.stationery = stationery
        self.now = now
    }

    /// That an account's pages are open to somebody.
    ///
    /// - Parameters:
    ///   - link: where they sign in: no secret.
    ///   - person: who invites, by name.
    package func invitation(
        to recipient: NamedAddress, of account: AccountID, named name: String, language: Language,
        link: String, person: String, author: String
    ) throws -> WrittenLetter {
        var letter = Letter(
            kind: .invitation, language: language, firm: stationery.firm, account: name, person: person,
            title: stationery.firm.name)
        letter.link = link
        return try written(letter, to: recipient, account: account, author: author) {
            $0.showing = .ours(to: account)
        }
    }

    /// The link that signs in whoever has this letter: so it shows on no page, and no copy lies in Sent.
    package func signIn(_ person: ClientPerson, language: Language, link: String) throws -> WrittenLetter {
        var letter = Letter(
            kind: .signIn, language: language, firm: stationery.firm,
            account: person.accounts.map(\.name).joined(separator: language == .ja ? "、" : ", "),
            person: "", title: stationery.firm.name)
        letter.link = link
        let recipient = NamedAddress(name: person.name, address: person.address)
        return try written(letter, to: recipient, account: nil, author: "mailroom") { $0.isSecret = true }
    }

    /// The code that a link asks for. It stands neither in the subject nor above what it is for: a locked
    /// telephone shows those to whoever looks at it.
    package func code(_ code: LinkCode, to addressee: LinkAddressee) throws -> WrittenLetter {
        var letter = Letter(
            kind: .code, language: addressee.language, firm: stationery.firm, account: nil, person: "",
            title: stationery.firm.name)
        letter.code = code.digits
        let recipient = NamedAddress(name: addressee.name, address: addressee.address)
        return try written(letter, to: recipient, account: nil, author: "mailroom") { $0.isSecret = true }
    }

    /// What somebody put into folders: every file with its size and its checksum.
    ///
    /// - Parameter link: where they sign in.
    package func receipt(_ receipt: FolderReceipt, of account: AccountID, link: String?) throws
        -> WrittenLetter
    {
        var letter = Letter(
            kind: .receipt, language: receipt.language, firm: stationery.firm, account: receipt.account,
            person: "", title: receipt.folders.joined(separator: receipt.language == .ja ? "、" : ", "))
        letter.link = link
        letter.files = receipt.files.map {
            LetterFile(name: $0.name, octets: $0.octets, sha256: $0.sha256.hex)
        }
        return try written(letter, .receipt, to: receipt.recipient, account: account, author: "mailroom") {
            $0.showing = .ours(to: account)
        }
    }

    private func written(
        _ letter: Letter, _ kind: NewLetter.Kind = .notice, to recipient: NamedAddress, account: AccountID?,
        author: String, _ finish: (inout NewLetter) -> Void
    ) throws -> WrittenLetter {
        var letter = letter
        letter.recipient = recipient.name
        let token = LetterToken()
        let draft = try stationery.draft(
            stationery.texts.write(letter), to: recipient, token: token, language: letter.language,
            isAutomatic: letter.kind.isAutomatic, now: now)
        var new = NewLetter(
            kind: kind, route: stationery.route, copyTo: stationery.copyTo,
            reversePath: stationery.from.address, recipients: [NewLetter.Recipient(recipient.address)],
            token: token.text, account: account, author: author)
        finish(&new)
        return WrittenLetter(new: new, message: try draft.composed())
    }
}
