internal import Configuration
internal import Mail
internal import Mailroom
internal import Outbox
internal import Store
package import Web

extension Office {
    /// Letters and requests as the pages have them done: by the desks that commands use.
    package var askingDeeds: AskingDeeds {
        var deeds = AskingDeeds()
        deeds.senders = { [weak self] in self?.configuration.letterSenders ?? [] }
        deeds.opening = { [weak self] kind, mailbox in
            guard let self else { throw Self.closing }
            return try await LetterDesk(self, actor: "").opening(kind, from: mailbox)
        }
        deeds.send = { [weak self] order, actor in
            guard let self else { throw Self.closing }
            return try await LetterDesk(self, actor: actor).send(order)
        }
        deeds.ask = { [weak self] order, way, actor in
            guard let self else { throw Self.closing }
            return try await RequestDesk(self, actor: actor).ask(order, way).id
        }
        deeds.preview = { [weak self] order, actor in
            guard let self else { throw Self.closing }
            return try await RequestDesk(self, actor: actor).preview(order)
        }
        deeds.links = { [weak self] request, now in
            guard RequestDeed.copyLink.refusal(in: request.state) == nil, request.expires > now,
                let links = try? self?.requestLinks(), links.areThere
            else { return nil }
            return links.addresses(of: request)
        }
        deeds.letter = { [weak self] request, language, actor in
            guard let self else { throw Self.closing }
            return try await RequestDesk(self, actor: actor).letter(of: request, in: language)
        }
        deeds.perform = { [weak self] action, id, actor in
            guard let self else { throw Self.closing }
            try await RequestDesk(self, actor: actor).perform(action, on: id)
        }
        deeds.terms = { [weak self] in self?.configuration.requestTerms ?? RequestTerms() }
        deeds.usualProof = { [weak self] in self?.configuration.requests.uploadProof ?? .nothing }
        return deeds
    }

    private static let closing = StoreError(.locked, "the daemon is ending: try again in a moment")
}

extension Configuration {
    /// The firm's address, and each mailbox's that has one of its own.
    fileprivate var letterSenders: [LetterSender] {
        let firm = stationery().map { LetterSender(mailbox: nil, address: $0.from) }
        let own = mailboxes.compactMap { mailbox in
            stationery(from: mailbox).map { LetterSender(mailbox: mailbox.name, address: $0.from) }
        }
        return (firm.map { [$0] } ?? []) + own.filter { $0.address.address != firm?.address.address }
    }
}
