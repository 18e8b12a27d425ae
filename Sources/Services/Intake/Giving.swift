internal import Mail
package import Mailroom
package import Store
package import Text
internal import Workers

/// What a change of accounts did.
package struct GivingReport: Sendable, Equatable {
    package var conversations: [ConversationID] = []
    package var messages = 0
    /// Documents that came along, and ones that were filed by it.
    package var moved = 0
    package var filed = 0
    /// What takes it back; nil where nothing was to be done.
    package var undo: UndoID?

    package init() {}
}

/// A word of staff's: whose conversations are.
package struct GivingOrder: Sendable {
    package let conversations: [ConversationID]
    /// Of these conversations only what is named here; nil: all of them.
    package let messages: Set<MessageNumber>?
    package let account: AccountID
    /// Addresses of senders that speak for the account from now on.
    package let remembered: [NewAddress]
    package let act: StaffAct

    package init(
        _ conversations: [ConversationID], only messages: Set<MessageNumber>? = nil,
        to account: AccountID, remembered: [NewAddress] = [], _ act: StaffAct
    ) {
        self.conversations = conversations
        self.messages = messages
        self.account = account
        self.remembered = remembered
        self.act = act
    }
}

extension Clerk {
    /// Gives conversations to another account: their mail, and the documents that came by it.
    ///
    /// Each conversation is one transaction. A document goes where the rules of
    /// the other account say; what would wait there lies in its Intake. A
    /// document that came by somebody else's mail, too, stays where it is, and
    /// the other account gets one of its own.
    package func give(_ order: GivingOrder) async throws -> GivingReport {
        let rules = await recorder.currentRules
        try await recorder.placeDocuments()
        let clerk = self
        var report = GivingReport()
        for id in Set(order.conversations).sorted(by: { $0.rawValue < $1.rawValue }) {
            let before = report
            report = try await store.write { transaction in
                var giving = try Giving(clerk, order.act, rules, transaction, before)
                try giving.give(id, order)
                return giving.report
            }
        }
        Fault.reached("move-recorded")
        try await recorder.placeDocuments()
        return report
    }

    /// Takes a change of accounts back: mail and documents are whose and where they were.
    ///
    /// - Returns: mail that was nobody's, with the documents it has in the account that it was given to: that
    ///   is taken back by ``takeBack(_:documents:forgetting:)``.
    package func takeBackGiving(_ undo: UndoID, _ act: StaffAct) async throws -> [GivenStranger] {
        let rules = await recorder.currentRules
        try await recorder.placeDocuments()
        let clerk = self
        let strangers = try await store.write { transaction in
            var giving = try Giving(clerk, act, rules, transaction, GivingReport())
            return try giving.takeBack(undo)
        }
        Fault.reached("move-recorded")
        try await recorder.placeDocuments()
        return strangers
    }
}

/// Mail of a stranger that had been given to an account.
package struct GivenStranger: Sendable, Equatable {
    package let messages: [MessageNumber]
    package let documents: [DocumentID]
    package let account: AccountID?
    package let remembered: AddressKey?
}

/// A change of accounts within its transaction.
private struct Giving {
    let clerk: Clerk
    let act: StaffAct
    let transaction: StoreTransaction
    let rules: DecisionRules
    let directory: Directory
    var report: GivingReport

    init(
        _ clerk: Clerk, _ act: StaffAct, _ rules: DecisionRules, _ transaction: StoreTransaction,
        _ report: GivingReport
    ) throws {
        self.clerk = clerk
        self.act = act
        self.rules = rules
        self.transaction = transaction
        self.report = report
        directory = try transaction.directory(freeMail: rules.freeMail)
    }

    mutating func give(_ id: ConversationID, _ order: GivingOrder) throws {
        guard let row = try transaction.conversation(id, for: act.staff) else {
            throw StoreError(.notFound, "there is no conversation \(id)")
        }
        guard row.account != order.account else { return }
        let messages = try transaction.givableMessages(of: id).filter { order.messages?.contains($0) ?? true }
        guard !messages.isEmpty else {
            throw StoreError(.conflict, "conversation \(id) is a request’s: that is of its account alone")
        }
        try begin(order)
        guard let undo = report.undo else { preconditionFailure("a change begins with what takes it back") }
        let remembered = Set(order.remembered.map(\.key))
        for message in messages {
            let key = try transaction.filingFacts(of: message).senderKey.flatMap { AddressKey($0) }
            try transaction.rememberOwner(
                of: message, remembered: key.flatMap { remembered.contains($0) ? $0 : nil }, in: undo)
        }
        // One message leaves its conversation for another by itself, where it is judged.
        if order.messages == nil { try transaction.giveConversation(id, messages, to: order.account) }
        for message in messages {
            let stored = try transaction.storedMatching(of: message)
            var matching = stored.matching.said(order.account)
            matching.suggestions = stored.matching.suggestions.filter { $0.account != order.account }
            try move(
                message, matching, because: "\(act.actor) said so", judgement: stored.judgement,
                from: row.account, among: messages, folders: [:])
        }
        report.conversations.append(id)
        report.messages += messages.count
        try transaction.audit(
            StoreTransaction.accountChange, by: act.actor, account: order.account.rawValue, subject: "\(id)",
            detail: row.accountNumber.map { "from account \($0)" } ?? "from nobody", at: act.now)
        if let old = row.account {
            try transaction.audit(
                StoreTransaction.accountChange, by: act.actor, account: old.rawValue, subject: "\(id)",
                detail: "to another account", at: act.now)
        }
    }

    /// Once for all conversations: what takes it back, and who speaks for the account from now on.
    private mutating func begin(_ order: GivingOrder) throws {
        guard report.undo == nil else { return }
        report.undo = try transaction.beginAccountChange(act, isWhole: order.messages == nil)
        for new in order.remembered {
            _ = try transaction.addAddress(new, to: order.account)
            try transaction.audit(
                "contact.add", by: act.actor, account: order.account.rawValue,
                subject: new.address.description, detail: "by a change of account", at: act.now)
        }
    }

    /// Judges one message as the account's, and brings its documents along.
    private mutating func move(
        _ number: MessageNumber, _ matching: Matching, because: String, judgement: Judgement,
        from old: AccountID?, among messages: [MessageNumber], folders: [DocumentID: FolderPath]
    ) throws {
        guard let account = matching.account else { preconditionFailure("what is given has an account") }
        let moving = MovingDocuments(
            documents: try documents(of: number, from: old, to: account, among: Set(messages)),
            folders: folders)
        let facts = try transaction.filingFacts(of: number)
        let decider = Decider(rules: rules, directory: directory, checks: clerk.checks(facts.source))
        let outcome = try Refiling(transaction: transaction, decider: decider, now: act.now).refile(
            number, matching: matching, because: because, judgement: judgement,
            history: clerk.history(facts.source), moving: moving)
        report.moved += outcome.moved.count
        report.filed += outcome.filed
    }

    /// Has what a message filed in its old account wait, and says what of it comes along.
    private func documents(
        of number: MessageNumber, from old: AccountID?, to account: AccountID,
        among messages: Set<MessageNumber>
    ) throws -> [Section: DocumentID] {
        var moving: [Section: DocumentID] = [:]
        for part in try transaction.parts(of: number) {
            guard let id = part.documentID, let document = try transaction.documentListing(id),
                !document.isTrashed
            else { continue }
            if document.account == account {
                // Of a message before this one, with which it came.
                try transaction.waitAgain([part.section], of: number)
                continue
            }
            guard document.account == old, !moving.values.contains(id) else { continue }
            let sightings = try transaction.sightings(of: id)
            if let other = sightings.first(where: { !messages.contains($0.message) }) {
                if document.message.map(messages.contains) ?? false {
                    try transaction.leaveDocument(id, to: other)
                }
                try transaction.waitAgain([part.section], of: number)
                continue
            }
            // Somebody uploaded it besides.
            guard document.sightings <= sightings.count else {
                try transaction.waitAgain([part.section], of: number)
                continue
            }
            try transaction.untick(id, by: act.actor, now: act.now)
            if try transaction.document(content: document.sha256, account: account) != nil {
                _ = try transaction.takeOut(id, now: act.now)
                for one in sightings { try transaction.waitAgain([one.section], of: one.message) }
            } else {
                try transaction.waitAgain(
                    sightings.filter { $0.message == number }.map(\.section), of: number)
                moving[part.section] = id
            }
        }
        return moving
    }

    // MARK: - And back

    mutating func takeBack(_ undo: UndoID) throws -> [GivenStranger] {
        let folders = try transaction.formerFolders(undo)
        let isWhole = try transaction.isWholeAccountChange(undo, of: act.staff) ?? false
        var strangers: [GivenStranger] = []
        for (id, owners) in try transaction.takeFormerOwners(undo, act) {
            guard let row = try transaction.conversation(id, for: act.staff), let now = row.account else {
                continue
            }
            // All of a conversation was of one account.
            guard let old = owners.first?.account else {
                strangers.append(try stranger(owners, of: now))
                if try isWhole && isAll(owners, of: id) {
                    try transaction.giveConversation(id, owners.map(\.message), to: nil)
                }
                continue
            }
            try forget(owners, now)
            let messages = owners.map(\.message)
            if try isWhole && isAll(owners, of: id) {
                try transaction.giveConversation(id, messages, to: old)
            }
            for owner in owners {
                let stored = try transaction.storedMatching(of: owner.message)
                var matching = stored.matching
                (matching.kind, matching.account, matching.contact) = (owner.kind, old, owner.contact)
                matching.intoIntake = owner.intoIntake
                try move(
                    owner.message, matching, because: owner.because, judgement: stored.judgement, from: now,
                    among: messages, folders: folders)
            }
            for account in [now, old] {
                try transaction.audit(
                    "conversation.undo", by: act.actor, account: account.rawValue, subject: "\(id)",
                    detail: StoreTransaction.accountChange, at: act.now)
            }
        }
        return strangers
    }

    /// Whether a conversation goes back as a whole: else its messages leave it one by one.
    private func isAll(_ owners: [FormerOwner], of id: ConversationID) throws -> Bool {
        let going = Set(owners.map(\.message))
        return try transaction.givableMessages(of: id).allSatisfy(going.contains)
    }

    private func forget(_ owners: [FormerOwner], _ account: AccountID) throws {
        for address in Set(owners.compactMap(\.remembered)) {
            guard let contact = try transaction.contact(at: address) else { continue }
            try transaction.removeContact(contact, from: account, address: address)
            try transaction.audit(
                "contact.remove", by: act.actor, account: account.rawValue, subject: address.description,
                at: act.now)
        }
    }

    private func stranger(_ owners: [FormerOwner], of account: AccountID) throws -> GivenStranger {
        let documents = try owners.flatMap { owner in
            try transaction.parts(of: owner.message).compactMap(\.documentID)
        }
        let own = try Set(documents).filter { id in
            let listing = try transaction.documentListing(id)
            return try listing?.account == account && listing?.isTrashed == false
                && transaction.sightings(of: id).allSatisfy { sighting in
                    owners.contains { $0.message == sighting.message }
                }
        }
        return GivenStranger(
            messages: owners.map(\.message), documents: own.sorted { $0.rawValue < $1.rawValue },
            account: account, remembered: owners.compactMap(\.remembered).first)
    }
}
