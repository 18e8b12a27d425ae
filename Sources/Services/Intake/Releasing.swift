package import Mail
package import Mailroom
package import Store
package import Text
internal import Workers

/// What a release asks for: which parts, whose they are, and where they go.
package struct ReleaseOrder: Sendable {
    package let message: MessageNumber
    /// Nil: all that waits, and what lies in Intake because nobody had confirmed its sender.
    package let section: Section?
    /// Nil: the message's.
    package let account: AccountID?
    /// Nil: where the rules say.
    package let folder: FolderPath?

    package init(message: MessageNumber, section: Section?, account: AccountID?, folder: FolderPath?) {
        self.message = message
        self.section = section
        self.account = account
        self.folder = folder
    }
}

/// What a release did, part by part.
package struct ReleaseReport: Sendable, Equatable {
    package var filed: [DocumentID] = []
    package var moved: [DocumentID] = []
    package var duplicates = 0
    /// Parts that even staff's word does not file, each with the reason.
    package var refused: [String] = []

    package init() {}
}

extension Clerk {
    /// Files what waits of a message, because staff say so: whatever its type, size or sender.
    ///
    /// Two things stay: what the scanner found something in, and what only the
    /// original holds, for it has no octets of its own to file.
    package func release(_ order: ReleaseOrder) async throws -> ReleaseReport {
        let rules = await recorder.currentRules
        // What is only just being placed can't be moved in the same breath.
        try await recorder.placeDocuments()
        let clerk = self
        let report = try await store.write { transaction in
            try Releasing(clerk: clerk, rules: rules, transaction: transaction).release(order)
        }
        Fault.reached("move-recorded")
        try await recorder.placeDocuments()
        return report
    }

    /// Confirms that a sender is who his address says: all of his that lies in Intake goes where the rules
    /// say.
    package func confirm(_ sender: AddressKey) async throws -> ReleaseReport {
        let rules = await recorder.currentRules
        try await recorder.placeDocuments()
        let clerk = self
        let report = try await store.write { transaction in
            try transaction.confirm(sender)
            var report = ReleaseReport()
            let releasing = try Releasing(clerk: clerk, rules: rules, transaction: transaction)
            let known = try transaction.unconfirmedDocuments(from: sender.description)
            for one in known where try releasing.move(one.document, one.message, one.section) {
                report.moved.append(one.document)
            }
            for message in Set(known.map(\.message)).sorted() { try releasing.answer(message, from: sender) }
            try transaction.audit(
                "file.release", by: clerk.actor, subject: sender.description,
                detail: "the sender is confirmed; \(report.moved.count) documents left Intake", at: clerk.now)
            return report
        }
        Fault.reached("move-recorded")
        try await recorder.placeDocuments()
        return report
    }
}

/// A release within its transaction.
private struct Releasing {
    let clerk: Clerk
    let decider: Decider
    let transaction: StoreTransaction

    init(clerk: Clerk, rules: DecisionRules, transaction: StoreTransaction) throws {
        self.clerk = clerk
        self.transaction = transaction
        decider = Decider(
            rules: rules, directory: try transaction.directory(freeMail: rules.freeMail), checks: .none)
    }

    private var answering: RequestAnswering {
        RequestAnswering(transaction: transaction, now: clerk.now)
    }

    /// What is filed now counts for the request that the message came in answer to.
    func answer(_ message: MessageNumber, from sender: AddressKey?) throws {
        let account = try transaction.storedMatching(of: message).matching.account
        try answering.record(
            message, to: try answering.request(of: message, account: account), from: sender)
    }

    private var filing: Filing { Filing(transaction: transaction, decider: decider, now: clerk.now) }

    func release(_ order: ReleaseOrder) throws -> ReleaseReport {
        let stored = try transaction.storedMatching(of: order.message)
        guard let account = order.account ?? stored.matching.account else {
            throw StoreError(.invalid, "nobody knows whose message \(order.message) is")
        }
        let isOthers = stored.matching.account.map { $0 != account } ?? false
        if isOthers, try transaction.parts(of: order.message).contains(where: { $0.document != nil }) {
            throw StoreError(
                .conflict,
                "message \(order.message) has documents in another account: "
                    + "mailroom file move or file unfile them first")
        }
        var matching = stored.matching.account == account ? stored.matching : stored.matching.said(account)
        matching.request = try answering.request(of: order.message, account: account)
        try transaction.setMatching(
            matching, because: matching.kind == .staff ? "staff said so" : stored.because,
            judgement: stored.judgement, of: order.message)
        var report = ReleaseReport()
        for part in try transaction.waitingParts(of: order.message, account: account)
        where part.isWaiting && order.section ?? part.facts.section == part.facts.section {
            try file(part, order, matching, &report)
        }
        for known in try transaction.unconfirmedDocuments(from: nil, message: order.message)
        where order.section ?? known.section == known.section {
            if try move(known.document, known.message, known.section, to: order.folder) {
                report.moved.append(known.document)
            }
        }
        try answer(
            order.message,
            from: try transaction.filingFacts(of: order.message).senderKey.flatMap { AddressKey($0) })
        let name = order.section.map { "\(order.message):\($0)" } ?? "\(order.message)"
        try transaction.audit(
            "file.release", by: clerk.actor, account: account.rawValue, subject: name,
            detail: "\(report.filed.count) filed, \(report.moved.count) moved"
                + (order.folder.map { " to \($0)" } ?? ""), at: clerk.now)
        return report
    }

    private func file(
        _ part: WaitingPart, _ order: ReleaseOrder, _ matching: Matching, _ report: inout ReleaseReport
    ) throws {
        let section = part.facts.section
        if case .infected(let found) = part.facts.scan {
            report.refused.append("part \(section): the scanner found \(found)")
            return
        }
        guard part.isStored else {
            report.refused.append(
                "part \(section) is in the original alone: mailroom message save \(order.message)")
            return
        }
        guard let place = try destination(part.facts, order.message, matching, order.folder) else {
            throw StoreError(.notFound, "the account of message \(order.message) is gone")
        }
        let plan = try filing.plan(part.facts, into: place.destination, account: matching.account).at(
            place.where)
        var documents: [Section: DocumentID] = [:]
        let document = try filing.carryOut(
            plan, part.facts, account: matching.account, message: order.message, documents: &documents,
            isStored: true)
        try transaction.setPart(section, of: order.message, plan: plan, document: document)
        if plan.state == .filed, let document {
            report.filed.append(document)
        } else {
            report.duplicates += 1
        }
    }

    /// Where the rules say, with no doubt left about the sender; or the folder staff named.
    private func destination(
        _ facts: PartFacts, _ message: MessageNumber, _ matching: Matching, _ folder: FolderPath?
    ) throws -> (destination: Destination, where: String?)? {
        guard let account = matching.account.flatMap({ decider.directory.accounts[$0] }) else { return nil }
        if let folder {
            let access = account.folder(folder.top)?.access ?? .private
            let name = SafeName.file(facts.name, facts.typeForName)
            return (Destination(folder: folder, name: name, access: access), nil)
        }
        let known = try transaction.filingFacts(of: message)
        let context = FilingContext(
            source: known.source, from: known.from, subject: known.subject, verdict: .proven,
            matching: matching, account: account, received: known.received, isConfirmed: true)
        return FilingPlan(decider.rules.filing).destination(context, facts).map { ($0.0, $0.where) }
    }

    /// Moves a document out of Intake; false where the rules would have it there.
    func move(
        _ document: DocumentID, _ message: MessageNumber, _ section: Section, to folder: FolderPath? = nil
    ) throws -> Bool {
        guard let row = try transaction.document(document),
            let account = decider.directory.accounts[row.account],
            let part = try transaction.waitingParts(of: message, account: nil).first(where: {
                $0.facts.section == section
            })
        else { return false }
        var matching = try transaction.storedMatching(of: message).matching
        matching.account = account.id
        matching.request = try answering.request(of: message, account: account.id)
        guard let place = try destination(part.facts, message, matching, folder),
            SafeName.key(place.destination.folder.top) != SafeName.key(row.folder)
        else { return false }
        let name = filing.freeName(place.destination.name, in: place.destination.folder, of: account)
        let destination = Destination(
            folder: place.destination.folder, name: name, access: place.destination.access)
        try transaction.moveDocument(document, to: account.id, destination: destination)
        let plan = PartPlan(
            section, .filed, because: "staff confirmed the sender", destination: destination, at: place.where)
        try transaction.setPart(section, of: message, plan: plan, document: document)
        return true
    }
}

extension PartPlan {
    /// The same, with the line of the configuration that decided.
    fileprivate func at(_ place: String?) -> PartPlan {
        PartPlan(
            section, state, reason, because: because, destination: destination, sameAs: sameAs, at: place)
    }
}
