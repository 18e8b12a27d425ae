internal import Configuration
internal import Intake
package import Mail
package import Mailroom
internal import Outbox
package import Store
package import Text

/// What staff do with shares: the one way in which commands and pages do it.
///
/// A share is there before its letters are written, because its links are
/// derived from the numbers of its rows; what a crash leaves is a share whose
/// links nobody has got.
package struct ShareDesk: Sendable {
    private let office: Office
    /// Who does it, for the audit: a login name.
    private let actor: String
    private let now: Timestamp

    package init(_ office: Office, actor: String, now: Timestamp = Office.now) {
        self.office = office
        self.actor = actor
        self.now = now
    }

    private var store: Store { office.data.store }
    package var terms: RequestTerms { office.configuration.shareTerms }
    package var today: CivilDay { terms.zone.day(now) }

    /// The share of that number.
    package func share(_ id: ShareID) async throws -> Share {
        guard let share = try await store.read({ try $0.share(id) }) else {
            throw DeskRefusal(.noShare, "there is no share \(id)")
        }
        return share
    }

    /// Those of a share's recipients that are named, each once; nil: all of them.
    package func recipients(_ named: [String]?, of share: Share) throws(DeskRefusal) -> [ShareRecipient] {
        guard let named else { return share.recipients }
        var recipients: [ShareRecipient] = []
        for text in named {
            let key = AddressKey(text)
            guard let known = share.recipients.first(where: { AddressKey($0.address) == key }) else {
                throw DeskRefusal(
                    .notRecipient, "share \(share.id) does not go to \(text)", about: text)
            }
            if !recipients.contains(where: { $0.id == known.id }) { recipients.append(known) }
        }
        return recipients
    }

    // MARK: - Sharing

    /// Lets people look at documents; what can't be sent is not begun.
    ///
    /// - Parameter isByMail: whether each is sent a letter, or staff hand the links over themselves.
    package func share(
        _ order: ShareOrder, isByMail: Bool
    ) async throws -> (id: ShareID, letters: [LetterID]) {
        let (new, author) = try await read(order)
        _ = try links()
        if isByMail { _ = try stationery() }
        let (actor, now) = (actor, now)
        let id = try await store.write { try $0.addShare(new, author: author, by: actor, now: now) }
        return (id, isByMail ? try await send(id) : [])
    }

    /// The letter goes out, or goes out again; a link that expired holds again as if it were shared today.
    ///
    /// - Parameter chosen: nil: to all whose link was not revoked.
    @discardableResult
    package func send(_ id: ShareID, to chosen: [ShareRecipientID]? = nil) async throws -> [LetterID] {
        let share = try await share(id)
        let recipients = try standing(share, chosen)
        let letters = try await letters(of: share)
        let end = terms.end(of: terms.lastDay(today: today, due: nil))
        let (actor, now) = (actor, now)
        let lasting = recipients.map { $0.state(at: now) == .expired ? $0.holding(until: end) : $0 }
        let expired = recipients.filter { $0.state(at: now) == .expired }.map(\.id)
        let written = try lasting.map { try letters.letter(to: $0, author: actor) }
        return try await office.letters.queue(
            written, now: now,
            with: { transaction in
                for recipient in expired {
                    try transaction.extendShare(recipient, until: end, by: actor, now: now)
                }
                let current = try transaction.knownShare(id)
                for recipient in lasting {
                    let row = current.recipients.first { $0.id == recipient.id }
                    guard row?.generation == recipient.generation, row?.revoked == nil else {
                        throw StoreError(.conflict, "share \(id) was given new links just now: try again")
                    }
                }
                try transaction.sendShare(id, to: lasting.map(\.id), by: actor, now: now)
            })
    }

    /// The very letter that an order would send to its first recipient; its link leads nowhere yet.
    package func preview(_ order: ShareOrder) async throws -> LetterText {
        let reader = try await reader(order.account)
        var order = order
        order.knowsPrivate = true
        let (new, author) = try await read(order, mayBeToNobody: true)
        let somebody =
            new.recipients.first.map {
                ShareRecipient(
                    id: ShareRecipientID(0), number: 1, name: $0.name, address: $0.address,
                    contact: $0.contact,
                    generation: 0, expires: new.expires, revoked: nil, opened: nil, downloaded: nil,
                    letter: nil)
            }
            ?? reader.anybody.map {
                ShareRecipient(
                    id: ShareRecipientID(0), number: 1, name: $0.name, address: $0.address,
                    contact: $0.contact,
                    generation: 0, expires: new.expires, revoked: nil, opened: nil, downloaded: nil,
                    letter: nil)
            }
        guard let somebody else { throw DeskRefusal(.noRecipients, "to whom? the share goes to nobody") }
        let share = Share(
            id: ShareID(0), account: new.account, text: new.text, language: new.language, author: author,
            created: now, documents: new.documents, recipients: [somebody])
        return try await letters(of: share).words(to: somebody)
    }

    // MARK: - Its links and their time

    /// Each recipient's own address on the web, to be copied.
    package func addresses(of share: Share) throws -> [ShareRecipientID: String] {
        let links = try links()
        let own = share.recipients.filter { $0.state(at: now) == .open }.compactMap { recipient in
            links.link(of: recipient).map { (recipient.id, $0) }
        }
        return Dictionary(uniqueKeysWithValues: own)
    }

    package func perform(_ action: ShareAction, on id: ShareID) async throws {
        let share = try await share(id)
        let (actor, now) = (actor, now)
        switch action {
        case .send(let recipient): try await send(id, to: recipient.map { [$0] })
        case .renewLink(let recipient):
            let chosen = try standing(share, [recipient]).map(\.id)
            try await store.write { transaction in
                for one in chosen { try transaction.renewShareLink(of: one, by: actor, now: now) }
            }
        case .extend(let recipient, let until):
            guard until >= today else {
                throw DeskRefusal(.dayIsOver, "\(until) is over already", about: "\(until)")
            }
            let (chosen, end) = (
                try standing(share, recipient.map { [$0] }).map(\.id), terms.end(of: until)
            )
            try await store.write { transaction in
                for one in chosen { try transaction.extendShare(one, until: end, by: actor, now: now) }
            }
        case .prove(let recipient, let proof):
            try await prove(share, recipient.map { [$0] }, proof)
        case .revoke(let recipient):
            try await revoke(id, from: recipient.map { [$0] })
        }
    }

    /// What the links ask from now on of whoever comes by them.
    ///
    /// - Parameter chosen: nil: all whose link was not revoked.
    package func prove(_ share: Share, _ chosen: [ShareRecipientID]?, _ proof: LinkProof) async throws {
        let recipients = try standing(share, chosen)
        let reader = try await reader(share.account)
        _ = try await reader.proving(recipients.compactMap(NewRequestRecipient.init), proof, or: proof)
        let (actor, now) = (actor, now)
        try await store.write { transaction in
            for one in recipients { try transaction.setProof(proof, of: one.id, by: actor, now: now) }
        }
    }

    /// Takes a share back for good.
    package func revoke(_ id: ShareID, from recipients: [ShareRecipientID]?) async throws {
        let (actor, now) = (actor, now)
        try await store.write { try $0.revokeShare(id, from: recipients, by: actor, now: now) }
    }

    // MARK: - Reading

    private func standing(_ share: Share, _ chosen: [ShareRecipientID]?) throws -> [ShareRecipient] {
        let known = share.recipients.filter { chosen?.contains($0.id) ?? true }
        let standing = known.filter { $0.revoked == nil }
        guard !standing.isEmpty, chosen == nil || standing.count == known.count else {
            throw DeskRefusal(.tooLate, "share \(share.id) is revoked", about: "revoked")
        }
        return standing
    }

    private func reader(_ account: AccountID) async throws -> RequestReader {
        try await RequestReader(RequestDesk(office, actor: actor, now: now), account: account)
    }

    private func read(
        _ order: ShareOrder, mayBeToNobody: Bool = false
    ) async throws -> (NewShare, author: String) {
        let reader = try await reader(order.account)
        if let last = order.lastDay, last < today {
            throw DeskRefusal(.dayIsOver, "\(last) is over already", about: "\(last)")
        }
        let directory = try await office.recorder.currentDirectory()
        let recipients = try await reader.proving(
            reader.recipients(order.recipients), order.proof,
            or: office.configuration.requests.shareProof)
        guard mayBeToNobody || !recipients.isEmpty else {
            throw DeskRefusal(.noRecipients, "to whom? the share goes to nobody")
        }
        if let other = directory.otherClient(than: order.account, among: recipients.map(\.address)) {
            throw DeskRefusal(
                .strangersDocument, "\(other) is a contact of other accounts alone", about: "\(other)")
        }
        let new = NewShare(
            account: order.account, documents: order.documents, text: try reader.text(order.text),
            language: order.language ?? directory.accounts[order.account]?.language ?? .en,
            expires: terms.end(of: order.lastDay ?? terms.lastDay(today: today, due: nil)),
            recipients: recipients, knowsPrivate: order.knowsPrivate)
        _ = try await store.read { try $0.shareable(new) }
        return (new, try reader.person(order.person))
    }

    private func links() throws -> RequestLinks {
        let links = try office.requestLinks()
        guard links.areThere else {
            throw DeskRefusal(.noLinks, "there are no links without public_url in [web]")
        }
        return links
    }

    private func stationery() throws -> Stationery {
        guard let stationery = office.stationery else {
            throw DeskRefusal(
                .noRequestServer,
                "there is no [smtp], so no letter can be sent (--no-mail: hand over the link)")
        }
        return stationery
    }

    private func letters(of share: Share) async throws -> ShareLetters {
        guard let account = try await office.recorder.currentDirectory().accounts[share.account] else {
            throw DeskRefusal(.noAccount, "the account of that share is gone")
        }
        let names = try await store.read { transaction in
            try share.documents.compactMap { try transaction.documentListing($0) }.filter {
                !$0.isTrashed && $0.account == share.account
            }.map(\.name)
        }
        guard !names.isEmpty else { throw DeskRefusal(.noDocument, "nothing of that share is left") }
        return ShareLetters(
            share, documents: names, account: account.type == .guest ? nil : account.name,
            stationery: try stationery(), links: try office.requestLinks(), now: now)
    }
}

extension ShareRecipient {
    fileprivate func holding(until end: Timestamp) -> ShareRecipient {
        ShareRecipient(
            id: id, number: number, name: name, address: address, contact: contact, generation: generation,
            expires: end, revoked: revoked, opened: opened, downloaded: downloaded, letter: letter,
            proof: proof)
    }
}
