internal import Crypto
internal import Files
internal import IMAP
internal import MIME
package import Mail
package import Mailroom
package import Sandbox
package import Store
internal import Synchronization
package import Workers

/// Where and when a batch was read.
package struct RecordContext: Sendable {
    package let source: SourceSettings
    package let mailbox: MailboxRecord
    package let firstStarted: Timestamp
    package let now: Timestamp
    /// UIDs of our own mail, where the mailbox alone doesn't say: Gmail's All Mail.
    package let sent: Set<UID>
    package let attempt: Attempt?

    package init(
        source: SourceSettings, mailbox: MailboxRecord, firstStarted: Timestamp, now: Timestamp,
        sent: Set<UID> = [], attempt: Attempt? = nil
    ) {
        self.source = source
        self.mailbox = mailbox
        self.firstStarted = firstStarted
        self.now = now
        self.sent = sent
        self.attempt = attempt
    }

    /// What the message's mailbox is for, as far as it matters to whose mail it is.
    func use(of message: ReceivedMessage) -> MailboxUse? {
        mailbox.isSent || sent.contains(message.fetched.uid) ? .sent : nil
    }
}

/// Turns received messages into ledger rows and documents, a batch at a time.
///
/// The order is the promise: contents and originals get their names, one
/// flush makes them durable, one transaction records all that was decided
/// (and with that acknowledges the UIDs), and then the documents are placed.
/// What the transaction planned and a crash prevented is placed at the next
/// start. A crash before the transaction leaves files that no row knows.
package actor Recorder: WorkerActor {
    package nonisolated let worker = Worker(pool: Recorder.pool)
    package nonisolated let vault: Vault
    private let store: Store
    /// Nil where nobody comes after us: tests of one process.
    nonisolated let marks: AttemptMarks?
    nonisolated let owed = OwedForgiveness()
    private let events: Events
    private let clock: @Sendable () -> Timestamp
    nonisolated let opener: ContainerOpener
    private var rules: DecisionRules
    private var directory: (version: Int, value: Mailroom.Directory)?
    private let tally = Mutex(LedgerTally())
    /// The placing that is under way.
    private var placing: Task<Void, any Error>?

    private static let pool = WorkerPool(name: "mailroom-record", limit: 4)

    /// - Parameter child: the program whose tools look into containers; a test's has no tools of its own.
    package init(
        vault: Vault, store: Store, marks: AttemptMarks? = nil, rules: DecisionRules, events: Events,
        clock: @escaping @Sendable () -> Timestamp, child: ChildTool = ChildTool(standsReady: true)
    ) {
        self.vault = vault
        self.store = store
        self.marks = marks
        self.rules = rules
        self.events = events
        self.clock = clock
        opener = ContainerOpener(vault: vault, child: child)
    }

    /// What was recorded since the start, by state.
    package nonisolated var recorded: LedgerTally { tally.withLock { $0 } }

    /// Takes a changed configuration into force for the batches to come.
    package func setRules(_ rules: DecisionRules) {
        self.rules = rules
        directory = nil
    }

    /// Throws where fetching more would take the space that the rest of the machine needs.
    func checkSpace() throws {
        let free = try vault.freeOctets()
        if free < rules.minimumFree { throw SpaceUsedUp(free: free, wanted: rules.minimumFree) }
    }

    package var currentRules: DecisionRules { rules }

    /// Records a batch; when it returns, every message of it is durable and in the ledger.
    ///
    /// - Parameter turn: waited for before the transaction, when all else is done.
    package func record(
        _ messages: [ReceivedMessage], _ context: RecordContext,
        turn: @Sendable () async throws -> Void = {}
    ) async throws {
        let directory = try await versionedDirectory()
        let decider = Decider(rules: rules, directory: directory.value, checks: context.source.senderChecks)
        let prepared = try await Preparation(opener).prepare(messages, decider, context)
        let batch = vault.beginBatch()
        let contents = prepared.flatMap { $0.message.parts.compactMap(\.content) }
        for content in contents { batch.add(content) }
        for message in prepared { batch.add(message.message.original) }
        let known = try await recorded(contents)
        if Fault.isOrdered("commit-first") {
            // Tests prove with this wrong order that they would notice it.
            _ = try await commit(prepared, decider, directory.version, context)
            Fault.reached("committed")
            try batch.publish { known.contains($0) }
            try batch.flush()
            return
        }
        try batch.publish { known.contains($0) }
        Fault.reached("published")
        try batch.flush()
        Fault.reached("flushed")
        try await turn()
        let outcome = try await commit(prepared, decider, directory.version, context)
        Fault.reached("committed")
        batch.end()
        discard(outcome.surplus)
        tally.withLock { $0.add(outcome.tally) }
        try await placeDocuments()
        Fault.reached("placed")
        events.recorded(
            context.source.name, context.mailbox.name, messages: messages.count, filed: outcome.tally.filed,
            waiting: outcome.tally.needsFiling)
        guard rules.namesInLog else { return }
        for message in prepared.map(\.message) {
            let envelope = message.parsed.envelope
            events.named(
                context.source.name, from: envelope.from.first?.address.description ?? "",
                subject: envelope.subject,
                files: message.parts.compactMap(\.name))
        }
    }

    /// Records a message that two parses could not get to the end of: octets kept, listed, retried by
    /// command.
    package func setAside(_ message: UnparsedMessage, _ context: RecordContext) async throws {
        let batch = vault.beginBatch()
        batch.add(message.original)
        try batch.publish { _ in false }
        try batch.flush()
        let isKnown = try await store.write { transaction in
            let original: Int64
            let known = try transaction.original(message.digest)
            if let known {
                original = known.id
            } else {
                original = try transaction.addOriginal(
                    message.digest, octets: Int64(message.original.octets), at: message.original.place,
                    contents: [], message: nil, judgement: nil)
            }
            try transaction.recordPlacement(
                message.fetched.uid, in: context.mailbox.id, original: original, message: nil,
                state: .quarantined, flags: message.fetched.flags, internalDate: message.fetched.internalDate,
                reason: "unreadable")
            return known.map { $0.place != message.original.place } ?? false
        }
        batch.end()
        if isKnown { discard([message.original]) }
        events.setAside(context.source.name, context.mailbox.name, message.fetched.uid)
    }

    /// Of these contents, the ones that have a row. Of what is not on the disk nobody need be asked.
    private func recorded(_ contents: [PendingContent]) async throws -> Set<SHA256Digest> {
        var present: Set<SHA256Digest> = []
        for content in contents where try vault.contents.status(of: content.digest) != nil {
            present.insert(content.digest)
        }
        if present.isEmpty { return [] }
        let asked = present
        return try await store.read { try $0.recordedContents(asked) }
    }

    /// Takes back what was appended of messages that were kept before; if it can't be, it takes space, and no
    /// more.
    private func discard(_ surplus: [StoredOriginal]) {
        for original in surplus { try? vault.originals.discard(original) }
    }

    /// Everybody the firm knows, as of now.
    package func currentDirectory() async throws -> Mailroom.Directory {
        try await versionedDirectory().value
    }

    private func versionedDirectory() async throws -> (version: Int, value: Mailroom.Directory) {
        let version = store.directoryVersion
        if let directory, directory.version == version { return directory }
        let freeMail = rules.freeMail
        let current = (version: version, value: try await store.read { try $0.directory(freeMail: freeMail) })
        directory = current
        return current
    }

    /// - Parameter version: of the directory that the messages were decided by.
    private func commit(
        _ messages: [PreparedMessage], _ decider: Decider, _ version: Int, _ context: RecordContext
    ) async throws -> (tally: LedgerTally, surplus: [StoredOriginal]) {
        let clock = clock
        return try await store.write { transaction in
            var tally = LedgerTally()
            var surplus: [StoredOriginal] = []
            context.attempt?.works()
            defer { context.attempt?.rests() }
            // Who was entered, or left, since they were decided, is minded all the same.
            let isOld = transaction.directoryVersion != version
            let decider = isOld ? try decider.renewed(in: transaction) : decider
            for message in messages {
                let recording = Recording(
                    transaction: transaction, decider: decider, context: context, now: clock())
                let outcome = try recording.record(isOld ? message.renewed(by: decider) : message)
                tally.add(outcome.tally)
                if let original = outcome.surplus { surplus.append(original) }
            }
            return (tally, surplus)
        }
    }

    /// Gives every planned document its file; what has one already is left alone.
    ///
    /// First the files follow what staff moved: only then is a name free that a new document may have got.
    /// One placing after the other: two at once would both find that no other
    /// account has the inode yet.
    package func placeDocuments() async throws {
        while let placing { _ = await placing.result }
        let task = Task { try await placeAll() }
        placing = task
        defer { placing = nil }
        try await task.value
    }

    private func placeAll() async throws {
        var last: DocumentID?
        while true {
            let planned = try await store.write { [last, vault] transaction in
                try DocumentMoving(vault: vault, transaction: transaction).finish()
                return try transaction.plannedDocuments(after: last, limit: 500)
            }
            if planned.isEmpty { return }
            let placing = DocumentPlacing(vault: vault, store: store, events: events)
            try await placing.place(planned)
            last = planned.last?.id
        }
    }
}

/// How many parts were recorded in each state.
package struct LedgerTally: Sendable, Equatable {
    package var filed = 0
    package var shown = 0
    package var duplicate = 0
    package var unwrapped = 0
    package var needsFiling = 0
    package var failed = 0

    mutating func add(_ state: LedgerState) {
        switch state {
        case .filed: filed += 1
        case .shown: shown += 1
        case .duplicate: duplicate += 1
        case .unwrapped: unwrapped += 1
        case .needsFiling: needsFiling += 1
        case .failed: failed += 1
        }
    }

    mutating func add(_ other: LedgerTally) {
        filed += other.filed
        shown += other.shown
        duplicate += other.duplicate
        unwrapped += other.unwrapped
        needsFiling += other.needsFiling
        failed += other.failed
    }
}

extension StoredOriginal {
    var place: OriginalPlace {
        OriginalPlace(
            segment: location.segment, offset: Int64(location.offset), length: Int64(location.length))
    }
}
