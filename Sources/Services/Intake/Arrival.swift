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
        let directory = try transaction.directory(freeMail: rules.freeMail)
        let filing = Filing(
            transaction: transaction,
            decider: Decider(rules: settled, directory: directory, checks: .none), now: now)
        let own = Section("\(try transaction.nextSection(of: message))")
        // First of all: a document's row refers to its content's.
        for content in parts.compactMap(\.content) {
            try transaction.addContent(content.digest, octets: Int64(content.octets))
        }
        let facts = try parts.map { part in
            var facts = part.facts
            facts.section = part.section.moved(to: own)
            facts.container = part.container?.moved(to: own)
            facts.alreadyFiled = try transaction.document(content: part.digest, account: request.account)
            return facts
        }
        var matching = Matching(.request, account: request.account)
        matching.request = request.answered(at: now)
        let context = FilingContext(
            source: "", from: sitting.address?.description ?? "", subject: request.title, verdict: .proven,
            matching: matching, account: directory.accounts[request.account], received: now)
        let plans = try filing.plan(facts, context, history: .file)
        var documents: [Section: DocumentID] = [:]
        var filed: [Section] = []
        var waiting: [Section] = []
        for (index, part) in parts.enumerated() {
            let plan = plans[index]
            let document = try filing.carryOut(
                plan, facts[index], account: request.account, message: message, documents: &documents,
                isStored: part.content != nil)
            try transaction.addPart(
                facts[index], charset: part.charset, stored: part.content != nil, plan: plan,
                document: document, of: message)
            switch plan.state {
            case .filed, .duplicate: filed.append(plan.section)
            case .needsFiling, .failed: waiting.append(plan.section)
            case .shown, .unwrapped: break
            }
            if index == 0 { try audit(part, plan, request, by: actor, transaction) }
        }
        let ticks = ItemTicking.tick(
            try transaction.items(of: request.id),
            facts.filter { filed.contains($0.section) }
                .map { TickAttachment(section: $0.section, name: $0.name, content: $0.sha256) },
            known: try transaction.knownContents(of: request.id))
        return NewUpload(section: own, item: item, filed: filed, waiting: waiting, ticks: ticks)
    }

    /// By the rules of mail, but for what guesses whether somebody meant to send a document: here they did.
    private var settled: DecisionRules {
        var rules = rules
        rules.filing.showOnly = []
        rules.filing.skipInline = false
        rules.filing.smallPicture = 0
        rules.filing.largest = max(rules.filing.largest, order.largest)
        return rules
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

extension Section {
    /// The same place below another number.
    fileprivate func moved(to own: Section) -> Section {
        Section(own.text + text.drop { $0.isNumber })
    }
}
