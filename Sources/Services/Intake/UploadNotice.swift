internal import Crypto
internal import MIME
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// The message as which staff see what came over a link: from whoever sent it, in answer to our letter.
struct UploadNotice: Sendable {
    let linked: LinkedRequest
    let sitting: Sitting
    let office: NamedAddress
    let now: Timestamp

    /// Who sent it: the recipient of the link, or as they typed it.
    var sender: NamedAddress {
        if let recipient = linked.recipient {
            return NamedAddress(name: recipient.name, address: recipient.address)
        }
        return sitting.address.map { NamedAddress(name: sitting.name, address: $0) } ?? office
    }

    var matching: Matching {
        var matching = Matching(.request, account: linked.request.account)
        matching.contact = linked.recipient?.contact
        matching.request = linked.request.answered(at: now)
        return matching
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
            to: [try HeaderAddress(office)], subject: HeaderText(linked.request.title),
            date: HeaderDate(now, offset: 0), messageID: id, text: Self.words[linked.request.language] ?? "")
        draft.autoSubmitted = .generated
        draft.language = HeaderText(linked.request.language.rawValue)
        if let name {
            draft.inReplyTo = [name]
            draft.references = [name]
        }
        return try draft.composed()
    }

    private static let words: [Language: String] = [
        .de: "Diese Dateien kamen über den Link der Anforderung.",
        .en: "These files came by the link of the request.",
        .ja: "これらのファイルは、ご依頼のリンクから届きました。",
    ]
}
