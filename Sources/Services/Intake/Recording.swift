internal import IMAP
internal import MIME
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Records one message within the transaction of its batch: decided, filed, acknowledged.
struct Recording {
    let transaction: StoreTransaction
    let decider: Decider
    let context: RecordContext
    let now: Timestamp

    struct Outcome {
        var tally: LedgerTally
        /// What was appended of the message, where its very octets were kept before.
        var surplus: StoredOriginal?
    }

    func record(_ prepared: PreparedMessage) throws -> Outcome {
        let message = prepared.message
        let answering = prepared.answering(
            try transaction.answeredLetters(prepared.names, now: now), by: decider)
        let report = try ReportIntake(
            message, answering.facts, nature: answering.decision.matching.nature, transaction: transaction)
        let prepared = answering.reporting(of: report?.letter)
        let decision = prepared.decision
        // First of all: a document's row refers to its content's.
        for part in message.parts {
            if let content = part.content {
                try transaction.addContent(content.digest, octets: Int64(content.octets))
            }
        }
        var tally = LedgerTally()
        let number: MessageNumber
        if let known = try transaction.message(identity: prepared.identity)
            ?? (context.use(of: message) == .sent
                ? transaction.message(ofCopyWith: message.parsed.envelope.references) : nil)
        {
            number = known.number
            try rejudge(known, decision)
        } else {
            (number, tally) = try add(prepared)
            if let report {
                try transaction.record(report.reports, of: number, on: report.letter, now: now)
            }
        }
        var surplus: StoredOriginal?
        let original: Int64
        if let known = try transaction.original(message.digest) {
            original = known.id
            if known.message == nil {
                try transaction.setMessage(number, of: known.id, judgement: decision.judgement)
            }
            if known.place != message.original.place { surplus = message.original }
        } else {
            original = try transaction.addOriginal(
                message.digest, octets: Int64(message.original.octets), at: message.original.place,
                contents: Set(message.original.contents), message: number, judgement: decision.judgement)
        }
        try transaction.recordPlacement(
            message.fetched.uid, in: context.mailbox.id, original: original, message: number,
            flags: message.fetched.flags, internalDate: message.fetched.internalDate)
        return Outcome(tally: tally, surplus: surplus)
    }

    private func add(_ prepared: PreparedMessage) throws -> (MessageNumber, LedgerTally) {
        let (message, decision, sender) = (prepared.message, prepared.decision, prepared.sender)
        let received = message.fetched.internalDate ?? now
        var new = NewMessage(
            identity: prepared.identity, envelope: message.parsed.envelope, received: received,
            isHistory: received < context.firstStarted, matching: decision.matching,
            matchReason: decision.matchReason, judgement: decision.judgement,
            problems: message.parsed.problems.map(\.description),
            droppingDetail: decider.rules.dropsDetail)
        new.snippet = prepared.snippet
        new.source = context.source.name
        let number = try transaction.addMessage(new, now: now)
        let facts = try prepared.parts.enumerated().map { index, part in
            try withLedger(
                part, sender: sender, account: decision.matching.account,
                isDisplayedText: message.parts[index].isDisplayedText)
        }
        let filing = Filing(transaction: transaction, decider: decider, now: now)
        let isBefore = received < context.firstStarted
        let isConfirmed = try sender.map { try transaction.isConfirmed($0) } ?? false
        let plans = try filing.plan(
            facts,
            FilingContext(
                source: context.source.name,
                from: message.parsed.envelope.from.first?.address.description ?? "",
                subject: message.parsed.envelope.subject ?? "", verdict: decision.judgement.verdict,
                matching: decision.matching,
                account: decision.matching.account.flatMap { decider.directory.accounts[$0] },
                received: received,
                isHistory: try isBefore && !filing.isHistoryReleased(decision.matching.account),
                isSenderConfirmed: isConfirmed),
            history: context.source.history)
        var tally = LedgerTally()
        var documents: [Section: DocumentID] = [:]
        for (index, part) in message.parts.enumerated() {
            let plan = plans[index]
            let document = try filing.carryOut(
                plan, facts[index], account: decision.matching.account, message: number,
                documents: &documents,
                isStored: part.content != nil)
            try transaction.addPart(
                facts[index], charset: part.charset, stored: part.content != nil, plan: plan,
                document: document,
                of: number)
            tally.add(plan.state)
        }
        try RequestAnswering(transaction: transaction, now: now).record(
            number, to: decision.matching.answering, from: decision.believedSender(sender, isConfirmed))
        return (number, tally)
    }

    /// With what was filed and sent before.
    private func withLedger(
        _ part: PartFacts, sender: AddressKey?, account: AccountID?, isDisplayedText: Bool
    ) throws -> PartFacts {
        var facts = part
        if part.sniffed.family == .picture, let sender {
            facts.seenFromSenderBefore = try transaction.timesSent(part.sha256, by: sender, limit: 3)
        }
        if let account, !isDisplayedText {
            facts.alreadyFiled = try transaction.document(content: part.sha256, account: account)
        }
        return facts
    }

    /// A proven original makes a message proven: what waited for that is judged anew, but where staff have
    /// said whose it is.
    private func rejudge(_ known: (number: MessageNumber, verdict: Verdict), _ decision: Decider.Decision)
        throws
    {
        let verdict = Verdict.of(originals: [known.verdict, decision.judgement.verdict])
        guard verdict != known.verdict, verdict == .proven,
            try transaction.filingFacts(of: known.number).match != .staff
        else { return }
        try Refiling(transaction: transaction, decider: decider, now: now).refile(
            known.number, matching: decision.matching, because: decision.matchReason,
            judgement: decision.judgement, history: context.source.history)
    }
}
