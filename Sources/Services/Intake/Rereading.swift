internal import IMAP
internal import MIME
internal import Mail
internal import Mailroom
internal import Store
internal import Workers

/// A recorded message read once more: all that whose it is and whether From is true are decided by.
struct RereadMessage: Sendable {
    let number: MessageNumber
    /// One for each original: a copy that came another way may be proven.
    let readings: [Reading]

    struct Reading: Sendable {
        let facts: MessageFacts
        let source: String
    }

    /// What today's rules and directory say of it: proven by any of its originals.
    func decide(
        rules: DecisionRules, directory: Mailroom.Directory, checks: (String) -> SenderChecks,
        in transaction: StoreTransaction, now: Timestamp
    ) throws -> Decider.Decision? {
        let decisions = try readings.map { reading in
            var facts = reading.facts
            facts.answered = try transaction.answeredLetters(AnswerNames(facts), now: now)
            return Decider(rules: rules, directory: directory, checks: checks(reading.source)).decide(facts)
        }
        let verdict = Verdict.of(originals: decisions.map(\.judgement.verdict))
        let letter = try transaction.reportedLetter(by: number)
        return decisions.first { $0.judgement.verdict == verdict }?.reporting(of: letter)
    }
}

/// Reads originals again; the disk may take its time, so it has a worker.
actor Rereader: WorkerActor {
    nonisolated let worker = Worker(pool: Rereader.pool)
    private let vault: Vault
    private let store: Store

    private static let pool = WorkerPool(name: "mailroom-reread", limit: 4)

    init(vault: Vault, store: Store) {
        self.vault = vault
        self.store = store
    }

    func read(_ number: MessageNumber, rules: DecisionRules) async throws -> RereadMessage {
        let (originals, names) = try await store.read { transaction in
            (
                try transaction.readings(of: number),
                try transaction.parts(of: number).compactMap(\.name)
            )
        }
        // It needs no directory to say what a message is.
        let decider = Decider(rules: rules, directory: Mailroom.Directory(), checks: .none)
        let readings = try originals.map { original in
            let (parsed, displayed) = try parse(original)
            var facts = decider.facts(
                of: parsed, parts: [], displayed: displayed, source: original.source,
                use: original.isSent ? .sent : nil)
            facts.partNames = names
            return RereadMessage.Reading(facts: facts, source: original.source)
        }
        return RereadMessage(number: number, readings: readings)
    }

    private func parse(_ original: OriginalReading) throws -> (ParsedMessage, DisplayedText) {
        var parser = MessageParser()
        var receiver = TextReceiver()
        try vault.pass(original.place, original.digest) { try parser.feed($0, into: &receiver) }
        let parsed = try parser.finish(into: &receiver)
        return (parsed, receiver.text)
    }

    /// What may be a password in what a reader sees of a message, by any of its originals.
    func passwordWords(of number: MessageNumber) async throws -> [String] {
        let originals = try await store.read { try $0.readings(of: number) }
        guard let original = originals.first else { return [] }
        let (_, displayed) = try parse(original)
        let plain = displayed.plain
        return PasswordWords.candidates(in: plain.isEmpty ? BounceHTML.text(displayed.html) : plain)
    }

    /// Takes a message that was kept unparsed as if the server gave it.
    func receive(_ kept: KeptUnread, attempt: Attempt?) throws -> [ReceivedMessage] {
        let received = Received<ReceivedMessage>()
        let intake = MessageIntake(vault: vault, received: received, attempt: attempt)
        do {
            intake.began()
            try vault.pass(kept.place, kept.digest) { try intake.octets($0) }
            try intake.ended(
                FetchedMessage(uid: kept.uid, flags: kept.flags, internalDate: kept.internalDate, modSeq: nil)
            )
        } catch {
            intake.abandoned()
            throw error
        }
        return received.take()
    }
}

/// Keeps the displayed text of a message and nothing else.
private struct TextReceiver: MessageReceiver {
    private(set) var text = DisplayedText()
    private var displayed: [Int: PartHead] = [:]

    mutating func partBegan(_ part: PartHead) {
        if PartCollector.isDisplayed(part) { displayed[part.id] = part }
    }

    mutating func partOctets(_ part: Int, _ octets: Span<UInt8>) {
        if let head = displayed[part] { text.add(octets, of: head) }
    }

    func partEnded(_ part: Int, _ end: PartEnd) {}
    func original(_ octets: Span<UInt8>) {}
    func original(_ run: EncodedRun) {}
}
