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

    func record(_ message: ReceivedMessage) throws -> Outcome {
        let identity = decider.identity(of: message)
        let isSent = context.mailbox.isSent || context.sent.contains(message.fetched.uid)
        let use: MailboxUse? = isSent ? .sent : nil
        let facts = try decider.facts(
            of: message, source: context.source.name, use: use, in: transaction, now: now)
        let decided = decider.decide(facts)
        let report = try ReportIntake(
            message, facts, nature: decided.matching.nature, transaction: transaction)
        let decision = decided.reporting(of: report?.letter)
        // First of all: a document's row refers to its content's.
        for part in message.parts {
            if let content = part.content {
                try transaction.addContent(content.digest, octets: Int64(content.octets))
            }
        }
        var tally = LedgerTally()
        let number: MessageNumber
        if let known = try transaction.message(identity: identity)
            ?? (isSent ? transaction.message(ofCopyWith: message.parsed.envelope.references) : nil)
        {
            number = known.number
            try rejudge(known, decision)
        } else {
            (number, tally) = try add(message, identity: identity, decision)
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

    private func add(
        _ message: ReceivedMessage, identity: SHA256Digest, _ decision: Decider.Decision
    ) throws -> (MessageNumber, LedgerTally) {
        let received = message.fetched.internalDate ?? now
        var new = NewMessage(
            identity: identity, envelope: message.parsed.envelope, received: received,
            isHistory: received < context.firstStarted, matching: decision.matching,
            matchReason: decision.matchReason, judgement: decision.judgement,
            problems: message.parsed.problems.map(\.description),
            droppingDetail: decider.rules.dropsDetail)
        new.snippet = message.displayed.snippet
        new.source = context.source.name
        let number = try transaction.addMessage(new, now: now)
        let sender = message.parsed.envelope.from.first.flatMap {
            AddressKey($0.address, droppingDetail: decider.rules.dropsDetail)
        }
        let facts = try message.parts.map { part in
            try partFacts(part, of: message, sender: sender, matching: decision.matching)
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

    private func partFacts(
        _ part: ReceivedPart, of message: ReceivedMessage, sender: AddressKey?, matching: Matching
    ) throws -> PartFacts {
        var facts = PartFacts(
            section: part.section, mediaType: part.mediaType, disposition: part.disposition, name: part.name,
            bytes: Int64(part.octets), sha256: part.digest, sniffed: part.sniffed)
        facts.container = part.container
        facts.contentID = part.contentID
        facts.isReferencedByHTML = part.contentID.map { message.shownContentIDs.contains($0) } ?? false
        facts.picture = part.picture
        facts.unwrapping = part.isMessage ? .complete : part.unwrapping
        facts.encryption = part.encryption
        facts.scan = part.scan
        if part.sniffed.family == .picture, let sender {
            facts.seenFromSenderBefore = try transaction.timesSent(part.digest, by: sender, limit: 3)
        }
        let account = matching.account
        if let account, !part.isDisplayedText {
            facts.alreadyFiled = try transaction.document(content: part.digest, account: account)
        }
        // A stranger's links are nobody's documents.
        if part.isDisplayedText, part.container == nil, account != nil || matching.kind == .ambiguous {
            facts.fileLinks = FileLinkFinder.links(
                in: part.mediaType == .html ? message.displayed.html : message.displayed.plain)
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
