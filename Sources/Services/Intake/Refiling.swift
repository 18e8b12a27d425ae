internal import Mail
package import Mailroom
internal import Store
internal import Text

/// Files what waited: staff linked a message, released a part, or a better original came.
package struct Refiling {
    let transaction: StoreTransaction
    let decider: Decider
    let now: Timestamp

    /// What became of the parts that waited.
    package struct Outcome: Sendable, Equatable {
        package var filed = 0
        package var duplicates = 0
        package var waiting = 0
        /// What came along from another account.
        package var moved: [DocumentID] = []
        /// Why they wait, and how many for each reason.
        package var reasons: [LedgerReason: Int] = [:]
    }

    /// Judges a message's waiting parts anew.
    ///
    /// - Parameters:
    ///   - only: the parts that staff spoke of; nil: all that wait.
    ///   - isConfirmed: staff said of this very message that it is to be filed.
    ///   - folder: where staff want it; nil: where the rules say.
    ///   - history: what becomes of it if it is from before the first start.
    ///   - moving: documents of the message that lie in another account still, and come along.
    @discardableResult
    func refile(
        _ number: MessageNumber, matching: Matching, because: String, judgement: Judgement,
        only: Set<Section>? = nil, isConfirmed: Bool = false, folder: Destination? = nil,
        history: HistoryMode = .preview, moving: MovingDocuments = MovingDocuments()
    ) throws -> Outcome {
        try transaction.setMatching(matching, because: because, judgement: judgement, of: number)
        let answering = RequestAnswering(transaction: transaction, now: now)
        var matching = matching
        if matching.request == nil {
            matching.request = try answering.request(of: number, account: matching.account)
        }
        let parts = try transaction.waitingParts(of: number, account: matching.account)
        let message = try transaction.filingFacts(of: number)
        let filing = Filing(transaction: transaction, decider: decider, now: now)
        let sender = message.senderKey.flatMap { AddressKey($0) }
        let isSenderConfirmed = try sender.map { try transaction.isConfirmed($0) } ?? false
        let context = FilingContext(
            source: message.source, from: message.from, subject: message.subject, verdict: judgement.verdict,
            matching: matching,
            account: matching.account.flatMap { decider.directory.accounts[$0] }, received: message.received,
            isHistory: try message.isHistory && !filing.isHistoryReleased(matching.account),
            isConfirmed: isConfirmed,
            isSenderConfirmed: isSenderConfirmed)
        let plans = try filing.plan(parts.map(\.facts), context, history: history)
        var outcome = Outcome()
        var documents: [Section: DocumentID] = [:]
        for (part, planned) in zip(parts, plans)
        where part.isWaiting && only?.contains(part.facts.section) ?? !part.isUnfiled {
            if let document = moving.documents[part.facts.section], let account = context.account,
                planned.state != .duplicate
            {
                let plan = try moving.plan(document, planned, to: account, filing)
                try transaction.setPart(part.facts.section, of: number, plan: plan, document: document)
                documents[part.facts.section] = document
                outcome.moved.append(document)
                continue
            }
            var plan = planned
            if let folder, plan.state == .filed || only != nil {
                plan = try filing.plan(part.facts, into: folder, account: matching.account)
            }
            let document = try filing.carryOut(
                plan, part.facts, account: matching.account, message: number, documents: &documents,
                isStored: part.isStored)
            try transaction.setPart(part.facts.section, of: number, plan: plan, document: document)
            switch plan.state {
            case .filed: outcome.filed += 1
            case .duplicate: outcome.duplicates += 1
            case .shown, .unwrapped: break
            case .needsFiling, .failed:
                outcome.waiting += 1
                if let reason = plan.reason { outcome.reasons[reason, default: 0] += 1 }
            }
        }
        let decision = Decider.Decision(judgement: judgement, matching: matching)
        try answering.record(
            number, to: matching.answering,
            from: decision.believedSender(sender, isConfirmed || isSenderConfirmed))
        return outcome
    }
}
