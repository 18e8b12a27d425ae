internal import Crypto
internal import MIME
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// The message as which staff see what a client sent to us by a page: from whoever sent it.
struct UploadNotice: Sendable {
    /// Who sent it: the recipient of the link, as they typed it, or who is signed in.
    let sender: NamedAddress
    let office: NamedAddress
    let subject: String
    let language: Language
    let text: String
    let matching: Matching
    let now: Timestamp

    /// In answer to our letter, of what came over a link.
    init(linked: LinkedRequest, sitting: Sitting, office: NamedAddress, now: Timestamp) {
        if let recipient = linked.recipient {
            sender = NamedAddress(name: recipient.name, address: recipient.address)
        } else {
            sender = sitting.address.map { NamedAddress(name: sitting.name, address: $0) } ?? office
        }
        var matching = Matching(.request, account: linked.request.account)
        matching.contact = linked.recipient?.contact
        matching.request = linked.request.answered(at: now)
        self.matching = matching
        self.office = office
        subject = linked.request.title
        language = linked.request.language
        text = Self.words(linked.request.language, isOpen: linked.recipient == nil)
        self.now = now
    }

    /// Of what a client put into a folder.
    init(
        session: ClientSession, folder: String, account: AccountID, office: NamedAddress, now: Timestamp
    ) {
        let person = session.person
        sender = NamedAddress(name: person.name, address: person.address)
        matching = FolderArrival.matching(session, account)
        self.office = office
        language = person.accounts.first { $0.id == account }?.language ?? .en
        switch language {
        case .de:
            subject = "Neue Dateien in „\(folder)“"
            text = "Diese Dateien hat der Mandant in seinen Ordner gelegt."
        case .en:
            subject = "New files in “\(folder)”"
            text = "The client put these files into their folder."
        case .ja:
            subject = "「\(folder)」に新しいファイルがあります"
            text = "お客様がフォルダーに追加されたファイルです。"
        }
        self.now = now
    }

    func composed(answering name: MessageID?) throws -> ComposedMessage {
        let domain = DomainName(office.address.domain)?.aLabels ?? office.address.domain
        let token = Base32.encode(RandomOctets.secret(count: 16))
        guard let id = MessageID("\(token).u@\(domain)") else {
            preconditionFailure("a domain has no control characters")
        }
        var draft = MessageDraft(
            // An address that no letter could have gone to stands there by its owner's name alone.
            from: try (try? HeaderAddress(sender)) ?? HeaderAddress(name: sender.name, office.address),
            to: [try HeaderAddress(office)], subject: HeaderText(subject),
            date: HeaderDate(now, offset: 0), messageID: id, text: text)
        draft.autoSubmitted = .generated
        draft.language = HeaderText(language.rawValue)
        if let name {
            draft.inReplyTo = [name]
            draft.references = [name]
        }
        return try draft.composed()
    }

    private static func words(_ language: Language, isOpen: Bool) -> String {
        switch language {
        case .de:
            isOpen
                ? "Diese Dateien kamen über den offenen Link der Anforderung. Name und E-Mail-Adresse hat eingetippt, "
                    + "wer den Link hatte: Sie sind nicht bestätigt."
                : "Diese Dateien kamen über den Link der Anforderung."
        case .en:
            isOpen
                ? "These files came by the open link of the request. Whoever had the link typed the name and the "
                    + "e-mail address: they are not confirmed."
                : "These files came by the link of the request."
        case .ja:
            isOpen
                ? "これらのファイルは、ご依頼の公開リンクから届きました。お名前とメールアドレスはリンクを開いた方が入力したもので、確認されていません。"
                : "これらのファイルは、ご依頼のリンクから届きました。"
        }
    }
}
