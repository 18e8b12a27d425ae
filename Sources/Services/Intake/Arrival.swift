internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Files of one sitting with all that is known of them, ready to be recorded.
struct Arrival: Sendable {
    let order: ArrivalOrder
    /// Of each file: itself, and what came out of it.
    let files: [[ReceivedPart]]
    let rules: DecisionRules
    let now: Timestamp

    /// What a file is called until the transaction knows its number.
    static let provisional = Section("1")

    /// Whoever sends, as long as the link is good: asked again in the very transaction that files.
    func sitting(_ transaction: StoreTransaction) throws -> Sitting {
        guard let sitting = try transaction.sitting(order.sitting),
            let request = try transaction.request(sitting.request),
            request.generation == sitting.generation, now < request.expires,
            request.state == .open || request.state == .answered
        else { throw LinkClosed() }
        return sitting
    }

    func record(in message: MessageNumber, _ transaction: StoreTransaction) throws {
        let sitting = try sitting(transaction)
        let request = try transaction.knownRequest(sitting.request)
        let linked = try transaction.linked(sitting.recipient.map { .recipient($0) } ?? .request(request.id))
        let actor =
            linked?.recipient.map { $0.name ?? $0.address.description } ?? sitting.name
            ?? sitting.address?.description ?? "link"
        let item = request.items.first { $0.id == order.item }
        var uploads: [NewUpload] = []
        for file in files {
            uploads.append(
                try record(
                    file, item: item?.id, in: message, of: request, from: sitting, by: actor, transaction))
        }
        try transaction.recordUploads(uploads, of: sitting, in: message, by: actor, now: now)
        if let name = order.unfinished, let file = order.files.first {
            try transaction.endUnfinished(name, file.content.digest)
        }
    }

    private func record(
        _ parts: [ReceivedPart], item: RequestItemID?, in message: MessageNumber, of request: Request,
        from sitting: Sitting, by actor: String, _ transaction: StoreTransaction
    ) throws -> NewUpload {
        var matching = Matching(.request, account: request.account)
        matching.request = request.answered(at: now)
        let filing = ArrivalFiling(rules: rules, largest: order.largest, now: now)
        let outcome = try filing.file(
            parts, in: message, of: request.account, transaction,
            context: { account in
                FilingContext(
                    source: "", from: sitting.address?.description ?? "", subject: request.title,
                    verdict: .proven, matching: matching, account: account, received: now)
            },
            known: { try transaction.document(content: $0, account: request.account) })
        if let part = parts.first, let plan = outcome.plans.first {
            try audit(part, plan, request, by: actor, transaction)
        }
        let filed = outcome.filed
        let ticks = ItemTicking.tick(
            try transaction.items(of: request.id),
            outcome.facts.filter { filed.contains($0.section) }
                .map { TickAttachment(section: $0.section, name: $0.name, content: $0.sha256) },
            known: try transaction.knownContents(of: request.id))
        return NewUpload(
            section: outcome.own, item: item, filed: filed, waiting: outcome.waiting, ticks: ticks)
    }

    private func audit(
        _ part: ReceivedPart, _ plan: PartPlan, _ request: Request, by actor: String,
        _ transaction: StoreTransaction
    ) throws {
        let name = SafeName.file(part.name, .octets)
        let outcome = plan.destination.map { "→ \($0.folder)" } ?? plan.because
        try transaction.audit(
            "file.upload", by: actor, account: request.account.rawValue, subject: "request \(request.id)",
            detail: "\(name) \(outcome)", at: now)
    }
}
