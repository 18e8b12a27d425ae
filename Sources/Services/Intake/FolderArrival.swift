internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Files that a client puts into a folder, with all that is known of them, ready to be recorded.
struct FolderArrival: Sendable {
    let order: FolderArrivalOrder
    /// Of each file: itself, and what came out of it.
    let files: [[ReceivedPart]]
    let rules: DecisionRules
    let now: Timestamp

    /// Whoever sends, and the folder, as long as they may: asked again in the very transaction that files.
    func sender(_ transaction: StoreTransaction) throws -> (session: ClientSession, folder: FolderNode) {
        let session = try transaction.acting(order.session, now: now)
        let folder = try transaction.clientPlace(order.place, of: order.account, .upload, for: session.access)
        return (session, folder)
    }

    func record(in message: MessageNumber, _ transaction: StoreTransaction) throws -> [FolderArrivalOutcome] {
        let (session, node) = try sender(transaction)
        let top = try transaction.folder(order.place.folder, of: order.account)
        let components = [top.name] + order.place.path.split(separator: "/").map(String.init)
        guard let chosen = FolderPath(components) else { throw ClientDenial.hidden }
        let actor = session.person.actor
        let filing = ArrivalFiling(rules: rules, largest: order.largest, now: now)
        var outcomes: [FolderArrivalOutcome] = []
        var sections: [Section] = []
        for parts in files {
            let outcome = try filing.file(
                parts, in: message, of: order.account, transaction,
                context: { account in
                    var context = FilingContext(
                        source: "", from: session.person.address.description, verdict: .proven,
                        matching: Self.matching(session, order.account), account: account, received: now,
                        // They put it there themselves: whether mail is filed unasked is another question.
                        isConfirmed: true)
                    context.chosen = chosen
                    return context
                },
                // What they don't see is none: else their own file would tell them of it.
                known: { try transaction.document(content: $0, account: order.account, for: session.access) })
            if let part = parts.first, let plan = outcome.plans.first {
                try audit(part, plan, by: actor, transaction)
                outcomes.append(Self.outcome(outcome))
                sections.append(outcome.own)
            }
        }
        try transaction.recordFolderUploads(
            sections, in: message, of: session, account: order.account, folder: node.name, now: now)
        if let name = order.unfinished, let file = order.files.first {
            try transaction.endUnfinished(name, file.content.digest, outcomes.first)
        }
        return outcomes
    }

    static func matching(_ session: ClientSession, _ account: AccountID) -> Matching {
        var matching = Matching(.address, account: account)
        matching.contact = session.person.contact
        return matching
    }

    private static func outcome(_ outcome: ArrivalFiling.Outcome) -> FolderArrivalOutcome {
        if !outcome.waiting.isEmpty { return .waits }
        // With macros it is filed out of the client's sight.
        if outcome.plans.contains(where: { $0.destination?.access == .private }) { return .waits }
        return outcome.plans.contains { $0.state == .filed } ? .filed : .known
    }

    private func audit(
        _ part: ReceivedPart, _ plan: PartPlan, by actor: String, _ transaction: StoreTransaction
    ) throws {
        let name = SafeName.file(part.name, .octets)
        let outcome = plan.destination.map { "→ \($0.folder)" } ?? plan.because
        try transaction.audit(
            "file.upload", by: actor, account: order.account.rawValue, subject: name,
            detail: "\(name) \(outcome)", at: now)
    }
}
