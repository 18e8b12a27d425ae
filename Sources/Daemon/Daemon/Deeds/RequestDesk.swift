internal import Configuration
internal import Intake
package import Mail
package import Mailroom
package import Outbox
package import Store
package import Text

/// What staff do with requests: the one way in which commands and pages do it.
///
/// A request is a draft before its letters are written, because its links
/// are derived from the numbers of its rows; what a crash leaves is a draft
/// that was sent to nobody.
package struct RequestDesk: Sendable {
    let office: Office
    /// Who does it, for the audit: a login name.
    let actor: String
    let now: Timestamp

    package init(_ office: Office, actor: String, now: Timestamp = Office.now) {
        self.office = office
        self.actor = actor
        self.now = now
    }

    var store: Store { office.data.store }
    var terms: RequestTerms { office.configuration.requestTerms }
    package var today: CivilDay { terms.zone.day(now) }
    /// Until when a request holds at least that is asked for again.
    var againUntil: Timestamp { terms.end(of: today + RequestTerms.daysWhenAskedAgain) }

    // MARK: - Which

    /// The request of that number, as of now.
    package func request(_ id: RequestID) async throws -> Request {
        let now = now
        let request = try await store.write { transaction in
            try transaction.expireRequests(now: now)
            return try transaction.request(id)
        }
        guard let request else { throw DeskRefusal(.noRequest, "there is no request \(id)") }
        return request
    }

    /// The same, where that can still be done with it.
    func request(_ id: RequestID, for deed: RequestDeed) async throws -> Request {
        let request = try await request(id)
        if let refusal = deed.refusal(in: request.state) {
            throw DeskRefusal(.tooLate, "request \(id) \(refusal)", about: request.state.rawValue)
        }
        return request
    }

    func account(_ id: AccountID) async throws -> Account {
        guard let account = try await office.recorder.currentDirectory().accounts[id] else {
            throw DeskRefusal(.noAccount, "the account of that request is gone")
        }
        return account
    }

    /// Those of a request's recipients that are named, each once; nil: all of them.
    package func recipients(_ named: [String]?, of request: Request) throws(DeskRefusal) -> [RequestRecipient]
    {
        guard let named else { return request.recipients }
        var recipients: [RequestRecipient] = []
        for text in named {
            let key = AddressKey(text)
            guard let known = request.recipients.first(where: { AddressKey($0.address) == key }) else {
                throw DeskRefusal(
                    .notRecipient, "request \(request.id) does not go to \(text)", about: text)
            }
            if !recipients.contains(where: { $0.id == known.id }) { recipients.append(known) }
        }
        return recipients
    }

    // MARK: - Asking

    /// Asks a client; what can't be sent is not begun.
    package func ask(
        _ order: RequestOrder, _ way: RequestOrder.Way
    ) async throws -> (id: RequestID, letters: [LetterID]) {
        let reading = try await RequestReader(self, account: order.account)
        let new = try await reading.request(order)
        let author = try reading.person(order.person)
        switch way {
        case .mail:
            guard !new.recipients.isEmpty else {
                throw DeskRefusal(.noRecipients, "to whom? the request goes to nobody")
            }
            _ = try RequestPost(office, actor: actor, now: now)
        case .link: _ = try openLinks()
        case .draft: break
        }
        let (actor, now) = (actor, now)
        let id = try await store.write { try $0.addRequest(new, author: author, by: actor, now: now) }
        return (id, way == .draft ? [] : try await send(id, way))
    }

    /// A draft goes out; an open one goes out again.
    ///
    /// - Parameter named: addresses of recipients; nil: all of them.
    @discardableResult
    package func send(
        _ id: RequestID, _ way: RequestOrder.Way, to named: [String]? = nil
    ) async throws -> [LetterID] {
        let request = try await request(id, for: .send)
        let recipients = try recipients(named, of: request)
        let chosen = recipients.map(\.id)
        let (actor, now) = (actor, now)
        switch way {
        case .draft: return []
        case .link:
            _ = try openLinks()
            try await store.write { transaction in
                try transaction.sendRequest(id, to: [], by: actor, now: now)
                // Handed over by hand: no letter's fate will tell.
                for recipient in chosen { try transaction.setRecipient(recipient, after: .take, now: now) }
            }
            return []
        case .mail:
            guard !recipients.isEmpty else {
                throw DeskRefusal(
                    .noRecipients, "request \(id) goes to nobody: request add \(id) --to ADDRESS")
            }
            return try await RequestPost(office, actor: actor, now: now).queue(
                { _ in .request }, of: request, to: recipients
            ) { transaction in
                try transaction.sendRequest(id, to: chosen, by: actor, now: now)
            }
        }
    }

    /// The very letter that an order would send to its first recipient; its link leads nowhere yet.
    package func preview(_ order: RequestOrder) async throws -> LetterText {
        let reading = try await RequestReader(self, account: order.account)
        var order = order
        order.knowsPrivate = true
        let new = try await reading.request(order)
        let request = new.asRequest(author: try reading.person(order.person), now: now)
        guard let somebody = request.recipients.first ?? reading.anybody else {
            throw DeskRefusal(.noRecipients, "to whom? the request goes to nobody")
        }
        return try await RequestPost(office, actor: actor, now: now).words(of: request, to: somebody)
    }

    /// The letter that a request would send as it is now, to its first recipient.
    ///
    /// - Parameter language: the request's, or another to see how it reads there.
    package func letter(of request: Request, in language: Text.Language) async throws -> LetterText {
        let reading = try await RequestReader(self, account: request.account)
        guard let somebody = request.recipients.first ?? reading.anybody else {
            throw DeskRefusal(.noRecipients, "to whom? the request goes to nobody")
        }
        return try await RequestPost(office, actor: actor, now: now).words(
            of: request.with(language), to: somebody)
    }

    /// Reminds at once, besides the letters of the cadence.
    ///
    /// - Returns: whom, and by which letters.
    package func remind(
        _ id: RequestID, _ named: [String]? = nil
    ) async throws -> (recipients: [RequestRecipient], letters: [LetterID]) {
        let request = try await request(id, for: .remind)
        let asked = try recipients(named, of: request)
        let recipients = asked.filter(\.state.mayBeReminded)
        guard !recipients.isEmpty else {
            let states = asked.map { "\($0.address) is \($0.state.rawValue)" }.joined(separator: ", ")
            throw DeskRefusal(.nobodyToRemind, "nobody can be reminded: \(states)")
        }
        let (actor, now) = (actor, now)
        let isOverdue = request.isOverdue(today: today)
        let reminded = try await store.read { transaction in
            try recipients.map { ($0.id, try transaction.reminderSubject($0.id)?.reminded ?? 0) }
        }
        let counts = Dictionary(uniqueKeysWithValues: reminded)
        let chosen = recipients.map(\.id)
        let letters = try await RequestPost(office, actor: actor, now: now).queue(
            { LetterKind.reminder(afterOthers: counts[$0.id] ?? 0, isOverdue: isOverdue) }, of: request,
            to: recipients,
            with: { transaction in
                let current = try transaction.knownRequest(id)
                if let refusal = RequestDeed.remind.refusal(in: current.state) {
                    throw StoreError(.conflict, "request \(id) \(refusal)")
                }
                try transaction.audit(
                    "request.remind", by: actor, account: current.account.rawValue, subject: "\(id)", at: now)
            },
            after: { transaction, letters in
                for (recipient, letter) in zip(chosen, letters) {
                    try transaction.recordReminder(nil, to: recipient, letter: letter, now: now)
                }
            })
        return (recipients, letters)
    }

    // MARK: - Its links and its time

    /// Its addresses on the web, to be copied.
    ///
    /// - Parameter renewing: makes new ones; those before are void.
    package func links(_ id: RequestID, renewing: Bool = false) async throws -> RequestAddresses {
        let request = try await request(id, for: .copyLink)
        let links = try openLinks()
        guard renewing else { return links.addresses(of: request) }
        let (actor, now) = (actor, now)
        let renewed = try await store.write { transaction in
            try transaction.renewLinks(of: id, by: actor, now: now)
            return try transaction.knownRequest(id)
        }
        await sweepUnfinished()
        return links.addresses(of: renewed)
    }

    private func openLinks() throws -> RequestLinks {
        let links = try office.requestLinks()
        guard links.areThere else {
            throw DeskRefusal(.noLinks, "there are no links without public_url in [web]")
        }
        return links
    }

    /// Lets a request hold longer; an expired one is open again.
    ///
    /// - Returns: the last day it holds.
    @discardableResult
    package func extend(_ id: RequestID, until last: CivilDay?, due: CivilDay??) async throws -> CivilDay {
        let request = try await request(id, for: .extend)
        for day in [last, due ?? nil].compactMap({ $0 }) where day < today {
            throw DeskRefusal(.dayIsOver, "\(day) is over already", about: "\(day)")
        }
        let end = terms.end(of: last ?? terms.lastDay(today: today, due: due ?? request.due))
        let (actor, now) = (actor, now)
        try await store.write { try $0.extendRequest(id, until: end, due: due, by: actor, now: now) }
        return terms.lastDay(before: end)
    }

    /// Lets a request whose time is over hold as long as a new one does, by new links alone.
    func renewLapsed(_ request: Mailroom.Request) async throws -> Bool {
        let end = terms.end(of: terms.lastDay(today: today, due: request.due))
        let (actor, now) = (actor, now)
        return try await store.write {
            try $0.renewLapsed(request.id, generation: request.generation, until: end, by: actor, now: now)
        }
    }

    /// Takes a request back: its links are void for ever.
    package func revoke(_ id: RequestID) async throws {
        _ = try await request(id)
        let (actor, now) = (actor, now)
        try await store.write { try $0.revokeRequest(id, by: actor, now: now) }
        await sweepUnfinished()
    }

    /// Nothing half-written stays of links that are void. What fails here the caretaker does within the hour.
    private func sweepUnfinished() async {
        _ = try? await office.data.sweepUnfinished(before: Timestamp(milliseconds: 0))
    }
}

extension RequestLinks {
    package var areThere: Bool { link(.request(RequestID(0)), generation: 0) != nil }

    package func addresses(of request: Request) -> RequestAddresses {
        let own = request.recipients.compactMap { recipient in
            link(of: recipient, request).map { (recipient.id, $0) }
        }
        return RequestAddresses(
            open: openLink(of: request), own: Dictionary(uniqueKeysWithValues: own))
    }
}

extension NewRequest {
    /// As it will be when it is one, for a look at its letter: its rows have no numbers yet.
    fileprivate func asRequest(author: String, now: Timestamp) -> Request {
        Request(
            id: RequestID(0), account: account, folder: folder, title: title, text: text,
            language: language, state: .draft, due: due, expires: expires, reminders: reminders,
            generation: 0, author: author, created: now, closed: nil,
            items: items.enumerated().map {
                RequestItem(id: RequestItemID(0), number: $0.offset + 1, name: $0.element)
            },
            recipients: recipients.enumerated().map { index, recipient in
                RequestRecipient(
                    id: RequestRecipientID(0), number: index + 1, name: recipient.name,
                    address: recipient.address, contact: recipient.contact, state: .queued, reason: nil,
                    sent: nil)
            }, documents: documents)
    }
}
