internal import Configuration
internal import Mail
package import Mailroom
internal import Outbox
package import Store

extension RequestDesk {
    /// Changes what is given, and leaves the rest.
    package func edit(_ id: RequestID, _ edit: RequestEdit) async throws {
        let request = try await request(id, for: .edit)
        guard !edit.isEmpty else { throw DeskRefusal(.nothing, "nothing to change is given") }
        let reader = try await RequestReader(self, account: request.account)
        let change = try reader.change(edit)
        if let proof = edit.proof {
            _ = try await reader.proving(
                request.recipients.compactMap(NewRequestRecipient.init), proof, or: proof)
        }
        let (actor, now) = (actor, now)
        try await store.write { try $0.editRequest(id, change, by: actor, now: now) }
    }

    /// Asks for more, or asks more people.
    ///
    /// - Parameter byMail: a letter goes to those who are new, where the request is out.
    package func add(
        _ id: RequestID, items names: [String] = [], documents: [DocumentID] = [],
        recipients addresses: [String] = [], byMail: Bool = true, knowsPrivate: Bool = false
    ) async throws {
        let request = try await request(id)
        let reader = try await RequestReader(self, account: request.account)
        let items = try reader.items(names)
        let usual = office.configuration.requests.uploadProof
        let recipients = try await reader.proving(
            reader.recipients(addresses), nil,
            or: LinkProof.strictest(request.recipients.map(\.proof)) ?? usual)
        let documents = try await reader.documents(
            documents, knowsPrivate: knowsPrivate,
            to: request.recipients.map(\.address) + recipients.map(\.address))
        if !request.documents.isEmpty { try reader.refuseOthers(recipients.map(\.address)) }
        guard !items.isEmpty || !documents.isEmpty || !recipients.isEmpty else {
            throw DeskRefusal(.nothing, "nothing to add is given")
        }
        for (isGiven, deed) in [
            (!items.isEmpty, RequestDeed.addItems), (!documents.isEmpty, .attach),
            (!recipients.isEmpty, .addRecipients),
        ] where isGiven { _ = try await self.request(id, for: deed) }
        let isByMail = request.state == .open && !recipients.isEmpty && byMail
        if isByMail { _ = try RequestPost(office, actor: actor, now: now) }
        let (actor, now, end) = (actor, now, againUntil)
        let added = try await store.write { transaction in
            if !items.isEmpty {
                try transaction.addItems(items, to: id, holdingUntil: end, by: actor, now: now)
            }
            if !documents.isEmpty {
                try transaction.addDocuments(
                    documents, to: id, knowsPrivate: knowsPrivate, by: actor, now: now)
            }
            guard !recipients.isEmpty else { return [RequestRecipientID]() }
            return try transaction.addRecipients(recipients, to: id, by: actor, now: now)
        }
        guard request.state == .open, !added.isEmpty else { return }
        if isByMail {
            try await greet(added, of: id)
        } else {
            try await store.write { transaction in
                for recipient in added { try transaction.setRecipient(recipient, after: .take, now: now) }
            }
        }
    }

    /// The letter to those who were added.
    private func greet(_ added: [RequestRecipientID], of id: RequestID) async throws {
        let changed = try await store.read { try $0.knownRequest(id) }
        let new = changed.recipients.filter { added.contains($0.id) }
        let (actor, now) = (actor, now)
        try await RequestPost(office, actor: actor, now: now).queue(
            { _ in .request }, of: changed, to: new
        ) { transaction in
            try transaction.sendRequest(id, to: added, by: actor, now: now)
        }
    }

    // MARK: - What staff say of items

    /// Takes items as they came, or says that the client has none of them.
    ///
    /// - Parameter numbers: of items; empty: all that came.
    package func accept(_ id: RequestID, _ numbers: [Int], isUnavailable: Bool = false) async throws {
        let request = try await request(id, for: .accept)
        for number in numbers { _ = try item(number, of: request) }
        let chosen =
            numbers.isEmpty ? request.items.filter { $0.state == .received }.map(\.number) : numbers
        guard !chosen.isEmpty, !(isUnavailable && numbers.isEmpty) else {
            throw DeskRefusal(.nothing, "no item of request \(id) is named, and none has come")
        }
        let (actor, now, end) = (actor, now, againUntil)
        try await store.write { transaction in
            for number in chosen {
                try transaction.changeItem(
                    number, of: id, isUnavailable ? .decline : .accept, holdingUntil: end, by: actor,
                    now: now)
            }
        }
    }

    /// Takes an acceptance back: the items came, and nobody has said yet that they will do.
    package func reconsider(_ id: RequestID, _ numbers: [Int]) async throws {
        let request = try await request(id, for: .accept)
        guard !numbers.isEmpty else {
            throw DeskRefusal(.nothing, "no item of request \(id) is named")
        }
        for number in numbers { _ = try item(number, of: request) }
        let (actor, now, end) = (actor, now, againUntil)
        try await store.write { transaction in
            for number in numbers {
                try transaction.changeItem(
                    number, of: id, .reconsider, holdingUntil: end, by: actor, now: now)
            }
        }
    }

    /// Refuses an item, which is asked for again by a letter that says why.
    package func reject(_ id: RequestID, _ number: Int, note text: String?, byMail: Bool = true) async throws
    {
        let request = try await request(id, for: .reject)
        let item = try item(number, of: request)
        let note = try RequestReader.note(text)
        guard let state = item.state.after(.reject) else {
            throw DeskRefusal(
                .notCome, "item \(number) of request \(id) has not come yet", about: item.name)
        }
        let (actor, now, end) = (actor, now, againUntil)
        let change: @Sendable (StoreTransaction) throws -> Void = { transaction in
            try transaction.changeItem(
                number, of: id, .reject, note: note, holdingUntil: end, by: actor, now: now)
        }
        let recipients = request.recipients.filter { $0.state != .undelivered }
        guard byMail, !recipients.isEmpty else { return try await store.write(change) }
        let chosen = recipients.map(\.id)
        try await RequestPost(office, actor: actor, now: now).queue(
            { _ in .rejection }, of: request.with(item.id, state, note: note), to: recipients
        ) { transaction in
            try change(transaction)
            for recipient in chosen { try transaction.setRecipient(recipient, after: .queue, now: now) }
        }
    }

    /// Says that an item came.
    ///
    /// - Parameter part: the part of an answer that it is.
    package func tick(_ id: RequestID, _ number: Int, part: Int64? = nil) async throws {
        try await change(id, number, .tick, for: .tick, part: part)
    }

    /// Says that an item did not come after all.
    package func untick(_ id: RequestID, _ number: Int) async throws {
        try await change(id, number, .untick, for: .untick, part: nil)
    }

    /// Calls an item otherwise.
    package func renameItem(_ id: RequestID, _ number: Int, to text: String) async throws {
        let request = try await request(id, for: .edit)
        _ = try item(number, of: request)
        let names = try await RequestReader(self, account: request.account).items([text])
        guard let name = names.first else { throw DeskRefusal(.item, "an item needs a name") }
        let (actor, now) = (actor, now)
        try await store.write { try $0.renameItem(number, of: id, to: name, by: actor, now: now) }
    }

    /// Asks for an item no more.
    package func withdrawItem(_ id: RequestID, _ number: Int) async throws {
        let request = try await request(id, for: .edit)
        let item = try item(number, of: request)
        guard item.state != .received, item.state != .accepted else {
            throw DeskRefusal(
                .hasCome, "item \(number) of request \(id) has come already", about: item.name)
        }
        let (actor, now) = (actor, now)
        try await store.write { try $0.withdrawItem(number, of: id, by: actor, now: now) }
    }

    private func change(
        _ id: RequestID, _ number: Int, _ event: ItemState.Event, for deed: RequestDeed, part: Int64?
    ) async throws {
        let request = try await request(id, for: deed)
        _ = try item(number, of: request)
        let (actor, now, end) = (actor, now, againUntil)
        try await store.write { transaction in
            try transaction.changeItem(
                number, of: id, event, part: part, holdingUntil: end, by: actor, now: now)
        }
    }

    private func item(_ number: Int, of request: Request) throws(DeskRefusal) -> RequestItem {
        guard let item = request.items.first(where: { $0.number == number }) else {
            throw DeskRefusal(
                .noItem, "request \(request.id) has no item \(number)", about: "\(number)")
        }
        return item
    }
}

extension RequestDesk {
    /// Does one of the things that can be done with a request.
    package func perform(_ action: RequestAction, on id: RequestID) async throws {
        switch action {
        case .send(let way, let named): try await send(id, way, to: named)
        case .remind(let named): _ = try await remind(id, named)
        case .edit(let edit): try await self.edit(id, edit)
        case .add(let items, let documents, let recipients, let byMail, let knowsPrivate):
            try await add(
                id, items: items, documents: documents, recipients: recipients, byMail: byMail,
                knowsPrivate: knowsPrivate)
        case .renewLinks: _ = try await links(id, renewing: true)
        case .extend(let last, let due): try await extend(id, until: last, due: due)
        case .revoke: try await revoke(id)
        case .accept(let numbers, let isUnavailable):
            try await accept(id, numbers, isUnavailable: isUnavailable)
        case .reconsider(let numbers): try await reconsider(id, numbers)
        case .reject(let number, let note, let byMail):
            try await reject(id, number, note: note, byMail: byMail)
        case .tick(let number, let part): try await tick(id, number, part: part)
        case .untick(let number): try await untick(id, number)
        case .renameItem(let number, let name): try await renameItem(id, number, to: name)
        case .withdrawItem(let number): try await withdrawItem(id, number)
        }
    }
}
