package import Mail
package import Mailroom
package import Store

/// Why a message is whose it is, and why its parts went where they went.
package struct Explanation: Sendable {
    /// As it is recorded; of a file, as it would be.
    package let message: MessageSummary
    package let isRecorded: Bool
    /// The source whose word on the sender counts.
    package let source: String
    /// What today's configuration and directory say of From.
    package let judgement: Judgement
    /// What they say of whose it is.
    package let matching: Matching
    package let parts: [PartRow]
}

extension Clerk {
    /// A recorded message: what became of its parts, and the rules as they would be asked today.
    package func explain(_ number: MessageNumber) async throws -> Explanation {
        let rules = await recorder.currentRules
        let reread = try await Rereader(vault: recorder.vault, store: store).read(number, rules: rules)
        let directory = try await recorder.currentDirectory()
        let clerk = self
        let (recorded, decision) = try await store.read { transaction in
            (
                (
                    try transaction.message(number), try transaction.parts(of: number),
                    try transaction.storedMatching(of: number),
                    try transaction.filingFacts(of: number).source
                ),
                // Who typed an address at a page is not asked about by the rules of mail.
                try transaction.isNotice(number)
                    ? nil
                    : reread.decide(
                        rules: rules, directory: directory, checks: clerk.checks, in: transaction,
                        now: clerk.now)
            )
        }
        guard let message = recorded.0 else { throw StoreError(.notFound, "there is no message \(number)") }
        return Explanation(
            message: message, isRecorded: true, source: recorded.3,
            judgement: decision?.judgement ?? recorded.2.judgement,
            matching: decision?.matching ?? Self.told(recorded.2, directory), parts: recorded.1)
    }

    /// What is recorded, as the one step that there was.
    private static func told(_ stored: StoredMatching, _ directory: Mailroom.Directory) -> Matching {
        var matching = stored.matching
        let number = matching.account.flatMap { directory.accounts[$0]?.number.text }
        matching.steps = [
            Step(
                "matching.link", number.map { "account \($0)" } ?? "no", decided: true,
                because: stored.because)
        ]
        return matching
    }

    /// A message that came by no mailbox, as if it now came into this one. Nothing is recorded.
    package func explain(_ message: ReceivedMessage, in source: SourceSettings) async throws -> Explanation {
        let rules = await recorder.currentRules
        let now = now
        let known = try await store.trial { transaction -> (MessageNumber?, Explanation?) in
            let decider = Decider(
                rules: rules, directory: try transaction.directory(freeMail: rules.freeMail),
                checks: source.senderChecks)
            let prepared = PreparedMessage(message, by: decider, source: source.name, use: nil)
            if let known = try transaction.message(identity: prepared.identity) { return (known.number, nil) }
            let row = try transaction.source(source.name, now: now)
            let mailbox = try transaction.beginMailbox(
                .inbox, source: row.id, uidValidity: Self.noUIDValidity, isSent: false)
            let context = RecordContext(
                source: source, mailbox: mailbox, firstStarted: row.firstStarted, now: now)
            _ = try Recording(transaction: transaction, decider: decider, context: context, now: now)
                .record(prepared)
            guard let new = try transaction.message(identity: prepared.identity)?.number,
                let summary = try transaction.message(new)
            else { throw StoreError(.database, "the message just recorded is not there") }
            let decision = prepared.answering(
                try transaction.answeredLetters(prepared.names, now: now), by: decider
            ).reporting(of: try transaction.reportedLetter(by: new)).decision
            return (
                nil,
                Explanation(
                    message: summary, isRecorded: false, source: source.name, judgement: decision.judgement,
                    matching: decision.matching, parts: try transaction.parts(of: new))
            )
        }
        if let explanation = known.1 { return explanation }
        guard let number = known.0 else {
            preconditionFailure("a message is known or explained")
        }
        return try await explain(number)
    }

    /// A generation that no server has: of a mailbox that is taken back.
    private static var noUIDValidity: UIDValidity {
        guard let uidValidity = UIDValidity(.max) else { preconditionFailure("only zero is no UIDVALIDITY") }
        return uidValidity
    }

    /// Whose mail from an address is, all else aside.
    package func explain(_ address: NamedAddress) async throws -> Matching {
        let rules = await recorder.currentRules
        var envelope = Envelope()
        envelope.from = [address]
        envelope.fromFields = 1
        return rules.matcher.match(
            MessageFacts(envelope: envelope), try await recorder.currentDirectory())
    }
}
