internal import IMAP
internal import Mail
internal import Mailroom
internal import Store
internal import Workers

/// Fetches and records what is due in one mailbox, the next batch while the two before it are being recorded.
///
/// | attempts begun | FETCHes broken | asked for |
/// |---|---|---|
/// | 0 | 0 | in batches |
/// | 0 | some | alone; the third that breaks alone is set aside |
/// | 1 | any | alone: a parse of it, or of its batch, never ended |
/// | 2 and more | any | alone and unparsed: set aside with its octets |
struct BodyFetch {
    let sync: MailboxSync
    let mailbox: MailboxRecord

    private static let passLimit = 20_000

    func run() async throws -> Int {
        var recorded = 0
        while true {
            try await settle()
            let now = sync.clock()
            let isHeaderFirst = sync.source.unmatched != .keep
            let due = try await sync.store.read {
                try $0.due(in: mailbox.id, now: now, limit: Self.passLimit)
                    // Whose header was not given may be nobody's.
                    .filter { !isHeaderFirst || $0.state == .wanted }
            }
            if due.isEmpty { return recorded }
            recorded += try await pass(batches(due))
        }
    }

    private func batches(_ due: [OpenPlacement]) -> [[OpenPlacement]] {
        var batches: [[OpenPlacement]] = []
        var current: [OpenPlacement] = []
        for placement in due {
            if placement.attempts > 0 || placement.tries > 0 {
                batches.append([placement])
            } else {
                current.append(placement)
                if current.count == sync.source.batch {
                    batches.append(current)
                    current = []
                }
            }
        }
        if !current.isEmpty { batches.append(current) }
        return batches
    }

    /// Settles every placement of these batches one way or the other.
    private func pass(_ batches: [[OpenPlacement]]) async throws -> Int {
        var batches = batches[...]
        var recorded = 0
        var recordings: [Task<Int, any Error>] = []
        do {
            while let batch = batches.popFirst() {
                try Task.checkCancellation()
                try await sync.checkBudget()
                try await sync.recorder.checkSpace()
                // One of these may kill us: nothing else must be in work then, or it would be blamed too.
                let isSuspect = batch.contains { $0.attempts > 0 }
                if isSuspect { recorded += try await Self.first(&recordings, downTo: 0) }
                let harvest = try await fetch(batch)
                // What a batch left out is asked for alone before anything else.
                batches = (harvest.leftOut.map { [$0] } + batches)[...]
                do {
                    recorded += try await Self.first(&recordings, downTo: 1)
                } catch {
                    await forgive(harvest.asked, harvest.attempt)
                    throw error
                }
                let earlier = recordings.last
                recordings.append(Task { try await record(harvest, after: earlier) })
                if isSuspect { recorded += try await Self.first(&recordings, downTo: 0) }
            }
            return recorded + (try await Self.first(&recordings, downTo: 0))
        } catch {
            // What came before the line broke is recorded all the same; the first error is the story.
            for recording in recordings { _ = await recording.result }
            throw error
        }
    }

    /// Waits for the oldest until no more than so many are left.
    private static func first(_ recordings: inout [Task<Int, any Error>], downTo left: Int) async throws
        -> Int
    {
        var recorded = 0
        while recordings.count > left { recorded += try await recordings.removeFirst().value }
        return recorded
    }

    /// One FETCH's harvest: what came whole, and what did not come.
    private struct Harvest: Sendable {
        var messages: [ReceivedMessage] = []
        var unparsed: [UnparsedMessage] = []
        var missing: [OpenPlacement] = []
        /// What others came instead of.
        var leftOut: [OpenPlacement] = []
        /// Our own mail, by Gmail's labels.
        var sent: Set<UID> = []
        var attempt: Attempt?

        var asked: [UID] {
            messages.map(\.fetched.uid) + unparsed.map(\.fetched.uid) + missing.map(\.uid)
        }
    }

    private func fetch(_ batch: [OpenPlacement]) async throws -> Harvest {
        let attempt = sync.recorder.marks?.begin(batch.map(\.uid), in: mailbox.id)
        var harvest = try await fetch(batch, attempt)
        harvest.attempt = attempt
        return harvest
    }

    private func fetch(_ batch: [OpenPlacement], _ attempt: Attempt?) async throws -> Harvest {
        do {
            try await sync.store.write { try $0.countAttempt(batch.map(\.uid), in: mailbox.id) }
        } catch {
            attempt?.end()
            throw error
        }
        let before = sync.session.bytesReceived
        let result: Result<Harvest, any Error>
        do {
            let isPoison = batch.count == 1 && Quarantine.isDue(unfinishedAttempts: batch[0].attempts)
            result = .success(try await isPoison ? fetchUnparsed(batch) : fetchParsed(batch, attempt))
        } catch {
            try await broke(batch, attempt, error)
            let isRefusal = if case .notGiven = Trouble(error).blame { true } else { false }
            result = .failure(isRefusal ? FetchRefused(words: "\(error)") : error)
        }
        do {
            try await sync.countTraffic(Int(sync.session.bytesReceived - before))
        } catch {
            if case .success = result { await forgive(batch.map(\.uid), attempt) }
            throw error
        }
        return try result.get()
    }

    private func fetchParsed(_ batch: [OpenPlacement], _ attempt: Attempt?) async throws -> Harvest {
        let labels = try await Labels.read(batch.map(\.uid), from: sync.session)
        if !labels.drafts.isEmpty { try await exclude(labels.drafts) }
        let asked = UIDSet(batch.map(\.uid).filter { !labels.drafts.contains($0) })
        let received = Received<ReceivedMessage>()
        do {
            _ = try await sync.session.fetchBodies(
                asked,
                into: MessageIntake(vault: sync.recorder.vault, received: received, attempt: attempt))
        } catch {
            let whole = received.take()
            if !whole.isEmpty {
                _ = try await record(Harvest(messages: whole, sent: labels.sent), after: nil)
            }
            throw error
        }
        let messages = received.take()
        let came = Set(messages.map(\.fetched.uid))
        let missing = batch.filter { asked.contains($0.uid) && !came.contains($0.uid) }
        guard batch.count > 1 else { return Harvest(messages: messages, missing: missing, sent: labels.sent) }
        try await sync.store.write { try $0.forgiveAttempt(missing.map(\.uid), in: mailbox.id) }
        return Harvest(messages: messages, leftOut: missing, sent: labels.sent)
    }

    /// Drafts are nobody's mail yet; sent, they are another message.
    private func exclude(_ drafts: Set<UID>) async throws {
        try await sync.store.write { transaction in
            for uid in drafts {
                try transaction.setPlacement(
                    uid, in: mailbox.id, state: .excluded, tries: 0, nextTry: nil, reason: "draft")
            }
        }
    }

    private func fetchUnparsed(_ batch: [OpenPlacement]) async throws -> Harvest {
        let received = Received<UnparsedMessage>()
        _ = try await sync.session.fetchBodies(
            UIDSet(batch.map(\.uid)), into: OctetIntake(vault: sync.recorder.vault, received: received))
        let messages = received.take()
        return Harvest(unparsed: messages, missing: messages.isEmpty ? batch : [])
    }

    /// - Parameter earlier: the batch before: recorded first, or neither is.
    private func record(_ harvest: Harvest, after earlier: Task<Int, any Error>?) async throws -> Int {
        let now = sync.clock()
        let context = RecordContext(
            source: sync.source, mailbox: mailbox, firstStarted: sync.firstStarted, now: now,
            sent: harvest.sent, attempt: harvest.attempt)
        do {
            if !harvest.messages.isEmpty {
                try await sync.recorder.record(harvest.messages, context) {
                    if let earlier { try await Self.turn(after: earlier) }
                }
            }
            for message in harvest.unparsed { try await sync.recorder.setAside(message, context) }
        } catch let error as EarlierFailed {
            await forgive(harvest.asked, harvest.attempt)
            throw error.cause
        } catch {
            // Of a batch that can't be recorded for other reasons than the disk each is tried alone, and then
            // set aside.
            if case .nobody = Trouble(error).blame {
                await forgive(harvest.asked, harvest.attempt)
            } else {
                harvest.attempt?.end()
            }
            throw error
        }
        harvest.attempt?.end()
        try await gaveNothing(harvest.missing, now: now)
        let (count, missing) = (harvest.messages.count + harvest.unparsed.count, harvest.missing.count)
        let newest = harvest.messages.compactMap(\.fetched.internalDate).max()
        sync.health.update(sync.source.name) { health in
            health.fetched += count
            health.messagesAccounted += count + missing
            // The server is asked how many it has at the next look at all mailboxes; these it has.
            health.messagesOnServer = max(health.messagesOnServer, health.messagesAccounted)
            health.lastMail = [health.lastMail, newest].compactMap { $0 }.max()
        }
        tellProgress(count)
        return count
    }

    private static func turn(after earlier: Task<Int, any Error>) async throws {
        do { _ = try await earlier.value } catch { throw EarlierFailed(cause: error) }
    }

    /// The batch before this one could not be recorded: no fault of this one's.
    private struct EarlierFailed: Error {
        let cause: any Error
    }

    /// The disk or the line, not the mail: none of these parses failed.
    ///
    /// A disk that is full may not even take that. Then it is owed: to this process by its memory, to the one
    /// after it by the mark of an attempt that never ended.
    func forgive(_ uids: [UID], _ attempt: Attempt?) async {
        do {
            try await sync.store.write { try $0.forgiveAttempt(uids, in: mailbox.id) }
            attempt?.end()
        } catch {
            sync.recorder.owed.add(uids, in: mailbox.id, attempt)
        }
    }

    /// Takes back what could not be taken back before; nothing is asked for until then.
    func settle() async throws {
        while let debt = sync.recorder.owed.first(in: mailbox.id) {
            try await sync.store.write { try $0.forgiveAttempt(debt.uids, in: mailbox.id) }
            debt.attempt?.end()
            sync.recorder.owed.removeFirst(in: mailbox.id)
        }
    }

    /// A line in the journal for each thousand messages of a long way.
    private func tellProgress(_ count: Int) {
        guard let health = sync.health.health(of: sync.source.name),
            health.fetched / 1000 > (health.fetched - count) / 1000,
            health.messagesAccounted < health.messagesOnServer
        else { return }
        sync.events.progress(sync.source.name, done: health.messagesAccounted, of: health.messagesOnServer)
    }

    /// The server listed them and answered OK, and gave no octets.
    private func gaveNothing(_ missing: [OpenPlacement], now: Timestamp) async throws {
        guard !missing.isEmpty else { return }
        try await sync.store.write {
            try $0.gaveNothing(missing.map(\.uid), in: mailbox.id, reason: "gave_nothing", now: now)
        }
        sync.events.gaveNothing(sync.source.name, mailbox.name, missing.map(\.uid))
    }

    /// The session broke in the middle: whoever was asked for and isn't recorded is asked for alone next
    /// time.
    private func broke(_ batch: [OpenPlacement], _ attempt: Attempt?, _ error: any Error) async throws {
        let blame = Trouble(error).blame
        let now = sync.clock()
        let open: [OpenPlacement]
        do {
            open = try await sync.store.read { transaction in
                try batch.filter { try transaction.isOpen($0.uid, in: mailbox.id) }
            }
        } catch {
            sync.recorder.owed.add(batch.map(\.uid), in: mailbox.id, attempt)
            throw error
        }
        if case .nobody = blame { return await forgive(open.map(\.uid), attempt) }
        defer { attempt?.end() }
        if case .notGiven = blame, batch.count == 1 { return try await gaveNothing(open, now: now) }
        try await sync.store.write { transaction in
            switch blame {
            case .message, .nobody: return
            case .notGiven, .session:
                try transaction.forgiveAttempt(open.map(\.uid), in: mailbox.id)
                for placement in open {
                    let tries = placement.tries + 1
                    // The first break was perhaps of a whole batch.
                    let isGuilty = batch.count == 1 && Quarantine.isDue(sessionsBroken: tries - 1)
                    try transaction.setPlacement(
                        placement.uid, in: mailbox.id, state: isGuilty ? .quarantined : placement.state,
                        tries: tries, nextTry: nil, reason: isGuilty ? "\(error)" : nil)
                }
            }
        }
    }
}

/// What Gmail's labels say of messages that are all in one mailbox. Gmail's IMAP extensions, X-GM-LABELS.
private struct Labels {
    var sent: Set<UID> = []
    var drafts: Set<UID> = []

    static func read(_ uids: [UID], from session: IMAPSession) async throws -> Labels {
        guard session.has("X-GM-EXT-1") else { return Labels() }
        var labels = Labels()
        for message in try await session.gmailAttributes(of: UIDSet(uids)) {
            if message.labels.contains("\\Sent") { labels.sent.insert(message.uid) }
            if message.labels.contains("\\Draft") { labels.drafts.insert(message.uid) }
        }
        return labels
    }
}
