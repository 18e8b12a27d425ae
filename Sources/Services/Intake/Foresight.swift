package import Mail
package import Mailroom
package import Store
internal import Text

/// Tells where the parts of a message would go if staff said whose it is; changes nothing.
///
/// What a page shows before the click is what the same plan does after it.
package struct Foresight: Sendable {
    private let rules: DecisionRules
    private let directory: Mailroom.Directory
    private let now: Timestamp

    package init(rules: DecisionRules, directory: Mailroom.Directory, now: Timestamp) {
        self.rules = rules
        self.directory = directory
        self.now = now
    }

    /// - Parameters:
    ///   - account: nil: the message's own.
    ///   - isConfirmed: staff say that it is to be filed, whatever waits for a word.
    package func plans(
        _ number: MessageNumber, account: AccountID?, isConfirmed: Bool, in transaction: StoreTransaction
    ) throws -> [PartPlan] {
        let stored = try transaction.storedMatching(of: number)
        guard let whose = account ?? stored.matching.account, let known = directory.accounts[whose] else {
            return []
        }
        let facts = try transaction.filingFacts(of: number)
        var matching = stored.matching.account == whose ? stored.matching : stored.matching.said(whose)
        matching.request = try RequestAnswering(transaction: transaction, now: now).request(
            of: number, account: whose)
        let filing = Filing(
            transaction: transaction, decider: Decider(rules: rules, directory: directory, checks: .none),
            now: now)
        let sender = facts.senderKey.flatMap { AddressKey($0) }
        let context = FilingContext(
            source: facts.source, from: facts.from, subject: facts.subject,
            verdict: isConfirmed ? .proven : stored.judgement.verdict, matching: matching, account: known,
            received: facts.received, isHistory: false, isConfirmed: isConfirmed,
            isSenderConfirmed: try sender.map { try transaction.isConfirmed($0) } ?? false)
        let parts = try transaction.waitingParts(of: number, account: whose)
        if !isConfirmed {
            return try zip(parts, filing.plan(parts.map(\.facts), context, history: .file))
                .filter { $0.0.isWaiting }.map(\.1)
        }
        return try parts.filter(\.isWaiting).compactMap { part in
            guard let place = FilingPlan(rules.filing).destination(context, part.facts) else { return nil }
            return try filing.plan(part.facts, into: place.0, account: whose)
        }
    }
}
