package import Mail
package import Mailroom
package import Store
internal import Text
internal import Workers

/// Does what staff decide about mail that is recorded: whose it is, what of it is filed, and where.
///
/// Every deed is one transaction with its audit row; the documents' files
/// follow after it, as the recorder places them. A dry run is the deed
/// itself, taken back: what it tells is what would become.
package struct Clerk: Sendable {
    let recorder: Recorder
    let store: Store
    /// By name; a source that is no longer configured writes no checks that count.
    let sources: [String: SourceSettings]
    /// Who decides, for the audit.
    let actor: String
    let now: Timestamp

    package init(
        recorder: Recorder, store: Store, sources: [SourceSettings], actor: String, now: Timestamp
    ) {
        self.recorder = recorder
        self.store = store
        self.sources = Dictionary(sources.map { ($0.name, $0) }) { first, _ in first }
        self.actor = actor
        self.now = now
    }

    /// What became of messages that were judged anew, or would.
    package struct Report: Sendable, Equatable {
        package var messages = 0
        /// Messages that have an account now.
        package var belonging = 0
        package var filed = 0
        package var duplicates = 0
        package var waiting = 0
        /// Why they wait, and how many for each reason.
        package var reasons: [LedgerReason: Int] = [:]

        mutating func add(_ outcome: Refiling.Outcome, belongs: Bool) {
            messages += 1
            if belongs { belonging += 1 }
            filed += outcome.filed
            duplicates += outcome.duplicates
            waiting += outcome.waiting
            reasons.merge(outcome.reasons, uniquingKeysWith: +)
        }

        mutating func add(_ other: Report) {
            messages += other.messages
            belonging += other.belonging
            filed += other.filed
            duplicates += other.duplicates
            waiting += other.waiting
            reasons.merge(other.reasons, uniquingKeysWith: +)
        }
    }

    func checks(_ source: String) -> SenderChecks { sources[source]?.senderChecks ?? .none }
    func history(_ source: String) -> HistoryMode { sources[source]?.history ?? .preview }

    // MARK: - Whose mail it is

    /// As many as are judged within one transaction: the intake waits that long at most.
    private static let batch = 100

    /// Judges messages that nobody was found for by today's directory.
    ///
    /// - Parameters:
    ///   - subject: what the audit calls the reason: an address, a domain.
    ///   - isTrial: only tells what would become.
    ///   - preparing: done first in the same transaction; of a trial the very change whose outcome is asked
    ///   for.
    package func rejudge(
        _ numbers: [MessageNumber], subject: String, isTrial: Bool,
        preparing: @escaping @Sendable (StoreTransaction) throws -> Void = { _ in }
    ) async throws -> Report {
        let rules = await recorder.currentRules
        let rereader = Rereader(vault: recorder.vault, store: store)
        var report = Report()
        var rest = numbers[...]
        repeat {
            // A trial is whole: the second of two equal documents is a duplicate only beside the first.
            let some = isTrial ? rest : rest.prefix(Self.batch)
            rest = rest.dropFirst(some.count)
            var messages: [RereadMessage] = []
            for number in some { messages.append(try await rereader.read(number, rules: rules)) }
            let (batch, clerk) = (messages, self)
            let deed: @Sendable (StoreTransaction) throws -> Report = { transaction in
                try preparing(transaction)
                return try clerk.rejudge(batch, subject: subject, rules: rules, transaction)
            }
            report.add(try await isTrial ? store.trial(deed) : store.write(deed))
        } while !rest.isEmpty
        if !isTrial { try await recorder.placeDocuments() }
        return report
    }

    private func rejudge(
        _ messages: [RereadMessage], subject: String, rules: DecisionRules, _ transaction: StoreTransaction
    ) throws -> Report {
        let directory = try transaction.directory(freeMail: rules.freeMail)
        var report = Report()
        for message in messages {
            let facts = try transaction.filingFacts(of: message.number)
            guard facts.account == nil,
                let decision = try message.decide(
                    rules: rules, directory: directory, checks: checks, in: transaction, now: now)
            else { continue }
            let decider = Decider(rules: rules, directory: directory, checks: checks(facts.source))
            let outcome = try Refiling(transaction: transaction, decider: decider, now: now).refile(
                message.number, matching: decision.matching, because: decision.matchReason,
                judgement: decision.judgement, history: history(facts.source))
            report.add(outcome, belongs: decision.matching.account != nil)
        }
        if report.messages > 0 {
            try transaction.audit(
                "message.rejudge", by: actor, subject: subject,
                detail: "\(report.messages) messages, \(report.belonging) belong to an account, "
                    + "\(report.filed) documents filed", at: now)
        }
        return report
    }

    /// Staff say whose mail a message is; what waited for that is filed.
    ///
    /// Whether From is true is another question: what is not confirmed goes
    /// to Intake, and what is disbelieved waits on.
    package func link(
        _ number: MessageNumber, to account: AccountID, because: String,
        preparing: @escaping @Sendable (StoreTransaction) throws -> Void = { _ in }
    ) async throws -> Report {
        let rules = await recorder.currentRules
        let clerk = self
        let report = try await store.write { transaction in
            try preparing(transaction)
            let outcome = try clerk.link(
                number, to: account, because: because, rules: rules, transaction, isConfirmed: false)
            try transaction.audit(
                "message.link", by: clerk.actor, account: account.rawValue, subject: "\(number)",
                detail: because, at: clerk.now)
            var report = Report()
            report.add(outcome, belongs: true)
            return report
        }
        try await recorder.placeDocuments()
        return report
    }

    private func link(
        _ number: MessageNumber, to account: AccountID, because: String, rules: DecisionRules,
        _ transaction: StoreTransaction, isConfirmed: Bool
    ) throws -> Refiling.Outcome {
        let stored = try transaction.storedMatching(of: number)
        let directory = try transaction.directory(freeMail: rules.freeMail)
        let facts = try transaction.filingFacts(of: number)
        let decider = Decider(rules: rules, directory: directory, checks: checks(facts.source))
        return try Refiling(transaction: transaction, decider: decider, now: now).refile(
            number, matching: stored.matching.said(account), because: because, judgement: stored.judgement,
            isConfirmed: isConfirmed, history: history(facts.source))
    }

    // MARK: - History

    /// Files an account's mail from before the first start as any other; tells what would become in a trial.
    package func releaseHistory(of account: AccountID, isTrial: Bool) async throws -> Report {
        let rules = await recorder.currentRules
        let clerk = self
        var report = Report()
        var last: MessageNumber?
        var isFirst = true
        while true {
            let (from, begins) = (last, isFirst)
            let deed: @Sendable (StoreTransaction) throws -> (Report, MessageNumber?) = { transaction in
                if begins {
                    try transaction.releaseHistory(
                        of: account, by: clerk.actor, detail: "mail from before the first start is filed",
                        now: clerk.now)
                }
                return try clerk.fileHistory(
                    of: account, after: from, limit: isTrial ? .max : Self.batch, rules: rules, transaction)
            }
            let (some, end) = try await isTrial ? store.trial(deed) : store.write(deed)
            report.add(some)
            isFirst = false
            guard !isTrial, let end else { break }
            last = end
        }
        if !isTrial { try await recorder.placeDocuments() }
        return report
    }

    private func fileHistory(
        of account: AccountID, after last: MessageNumber?, limit: Int, rules: DecisionRules,
        _ transaction: StoreTransaction
    ) throws -> (Report, MessageNumber?) {
        let directory = try transaction.directory(freeMail: rules.freeMail)
        let numbers = try transaction.historyMessages(of: account, after: last, limit: limit)
        var report = Report()
        for number in numbers {
            let stored = try transaction.storedMatching(of: number)
            let facts = try transaction.filingFacts(of: number)
            let decider = Decider(rules: rules, directory: directory, checks: checks(facts.source))
            let outcome = try Refiling(transaction: transaction, decider: decider, now: now).refile(
                number, matching: stored.matching, because: stored.because, judgement: stored.judgement)
            report.add(outcome, belongs: true)
        }
        return (report, numbers.last)
    }
}

extension Matching {
    /// The same message, with staff's word for whose it is.
    func said(_ account: AccountID) -> Matching {
        var said = self
        said.kind = .staff
        said.account = account
        said.candidates = []
        said.suggestions = []
        said.isOther = false
        said.intoIntake = false
        said.mentioned = mentioned.filter { $0 != account }
        return said
    }
}
