package import MIME
package import Mail
package import Mailroom
package import Store
package import Text

/// What all letters of the firm have in common: its name, its address, its texts.
package struct Stationery: Sendable {
    package var firm: FirmDetails
    package var texts: LetterTexts
    /// `[smtp] from`, or the mailbox that a reply leaves from.
    package var from: NamedAddress
    /// `[mailbox.NAME]` by whose server it leaves; nil: `[smtp]`.
    package var route: String?
    /// The source in whose Sent a copy belongs.
    package var copyTo: String?
    /// Whether the server delivers `local+detail`.
    package var takesSubAddress: Bool
    package var zone: TimeZone
    package var invitesReply: Bool

    package init(
        firm: FirmDetails, texts: LetterTexts = .builtIn, from: NamedAddress, route: String? = nil,
        copyTo: String? = nil, takesSubAddress: Bool = false, zone: TimeZone,
        invitesReply: Bool = false
    ) {
        self.firm = firm
        self.texts = texts
        self.from = from
        self.route = route
        self.copyTo = copyTo
        self.takesSubAddress = takesSubAddress
        self.zone = zone
        self.invitesReply = invitesReply
    }

    /// Puts words into an envelope, with the token by which they are answered.
    package func draft(
        _ text: LetterText, to recipient: NamedAddress, token: LetterToken, language: Language,
        isAutomatic: Bool, now: Timestamp
    ) throws(ComposeError) -> MessageDraft {
        let domain = DomainName(from.address.domain)?.aLabels ?? from.address.domain
        var draft = MessageDraft(
            from: try HeaderAddress(from), to: [try HeaderAddress(recipient)],
            subject: HeaderText(text.subject),
            date: HeaderDate(now, offset: zone.civil(now).offset), messageID: token.messageID(domain: domain),
            text: text.plain, html: text.html)
        draft.references = [token.reference(domain: domain)]
        draft.language = HeaderText(language.rawValue)
        draft.autoSubmitted = isAutomatic ? .generated : .no
        if takesSubAddress, let address = replyAddress(token) {
            draft.replyTo = [try HeaderAddress(name: from.name, address)]
        }
        return draft
    }

    /// `office+TOKEN@firm.example`: RFC 5233.
    private func replyAddress(_ token: LetterToken) -> EmailAddress? {
        EmailAddress(
            localPart: "\(from.address.localPart)+\(token.text)", domain: from.address.domain)
    }
}

/// A letter that is written and not yet kept.
package struct WrittenLetter: Sendable {
    package var new: NewLetter
    package let message: ComposedMessage
}
