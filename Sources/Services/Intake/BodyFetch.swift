internal import IMAP
internal import Mail
internal import Mailroom
internal import Store
internal import Workers

/// Fetches and records what is due in one mailbox, the next batch while the last is being recorded.
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
            let now = sync.clock()
            let due = try await sync.store.read {
                try $0.due(in: mailbox.id, now: now, limit: Self.passLimit)
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
        var recorded = 0
        var last: Task<Int, any Error>?
        do {
            for batch in batches {
                try Task.checkCancellation()
                let fetched = try await fetch(batch)
                recorded += try await last?.value ?? 0
                last = Task { try await record(fetched) }
            }
        } catch {
            // What came before the line broke is recorded all the same; the first error is the story.
            if let last { _ = await last.result }
            throw error
        }
        return recorded + (try await last?.value ?? 0)
    }

    /// One FETCH's harvest: what came whole, and what did not come.
    private struct Harvest: Sendable {
        var messages: [ReceivedMessage] = []
        var unparsed: [UnparsedMessage] = []
        var missing: [OpenPlacement] = []
    }

    private func fetch(_ batch: [OpenPlacement]) async throws -> Harvest {
        let uids = batch.map(\.uid)
        try await sync.store.write { try $0.countAttempt(uids, in: mailbox.id) }
        let octetsBefore = sync.session.bytesReceived
        do {
            let isPoison = batch.count == 1 && Quarantine.isDue(unfinishedAttempts: batch[0].attempts)
            let harvest = try await isPoison ? fetchUnparsed(batch) : fetchParsed(batch)
            try await sync.countTraffic(Int(sync.session.bytesReceived - octetsBefore))
            return harvest
        } catch {
            try await broke(batch, error)
            throw error
        }
    }

    private func fetchParsed(_ batch: [OpenPlacement]) async throws -> Harvest {
        let received = ReceivedMessages()
        let asked = UIDSet(batch.map(\.uid))
        do {
            _ = try await sync.session.fetchBodies(
                asked, into: MessageIntake(vault: sync.recorder.vault, received: received))
        } catch {
            let whole = received.take()
            if !whole.isEmpty { _ = try await record(Harvest(messages: whole)) }
            throw error
        }
        let messages = received.take().filter { asked.contains($0.fetched.uid) && $0.original.octets > 0 }
        let came = Set(messages.map(\.fetched.uid))
        return Harvest(messages: messages, missing: batch.filter { !came.contains($0.uid) })
    }

    private func fetchUnparsed(_ batch: [OpenPlacement]) async throws -> Harvest {
        let received = UnparsedMessages()
        _ = try await sync.session.fetchBodies(
            UIDSet(batch.map(\.uid)), into: OctetIntake(vault: sync.recorder.vault, received: received))
        let messages = received.take()
        return Harvest(unparsed: messages, missing: messages.isEmpty ? batch : [])
    }

    private func record(_ harvest: Harvest) async throws -> Int {
        let now = sync.clock()
        let context = RecordContext(
            source: sync.source, mailbox: mailbox, firstStarted: sync.firstStarted, now: now)
        do {
            if !harvest.messages.isEmpty { try await sync.recorder.record(harvest.messages, context) }
            for message in harvest.unparsed { try await sync.recorder.setAside(message, context) }
        } catch {
            // The disk, not the mail: none of these parses failed.
            let uids = harvest.messages.map(\.fetched.uid) + harvest.unparsed.map(\.fetched.uid)
            try? await sync.store.write { try $0.forgiveAttempt(uids, in: mailbox.id) }
            throw error
        }
        try await gaveNothing(harvest.missing, now: now)
        sync.health.update(sync.source.name) { health in
            health.fetched += harvest.messages.count + harvest.unparsed.count
            health.messagesAccounted +=
                harvest.messages.count + harvest.unparsed.count + harvest.missing.count
            let newest = harvest.messages.compactMap(\.fetched.internalDate).max()
            health.lastMail = [health.lastMail, newest].compactMap { $0 }.max()
        }
        return harvest.messages.count + harvest.unparsed.count
    }

    /// The server listed them and answered OK, and gave no octets: asked again for 14 days.
    private func gaveNothing(_ missing: [OpenPlacement], now: Timestamp) async throws {
        guard !missing.isEmpty else { return }
        try await sync.store.write { transaction in
            for placement in missing {
                let next = RetryPolicy.nextFetch(
                    tries: placement.tries + 1, first: placement.firstWanted, now: now)
                try transaction.setPlacement(
                    placement.uid, in: mailbox.id, state: next == nil ? .quarantined : .absent,
                    tries: placement.tries + 1, nextTry: next, reason: "gave_nothing")
                try transaction.forgiveAttempt([placement.uid], in: mailbox.id)
            }
        }
        sync.events.gaveNothing(sync.source.name, mailbox.name, missing.map(\.uid))
    }

    /// The session broke in the middle: whoever was asked for and isn't recorded is asked for alone next time.
    private func broke(_ batch: [OpenPlacement], _ error: any Error) async throws {
        let blameless = (error as? IMAPError).map { $0.code == .cancelled || $0.code == .receiver } ?? true
        try await sync.store.write { transaction in
            for placement in batch {
                try transaction.forgiveAttempt([placement.uid], in: mailbox.id)
                guard !blameless, try transaction.isOpen(placement.uid, in: mailbox.id) else { continue }
                let tries = placement.tries + 1
                // The first break was perhaps of a whole batch.
                let isGuilty = batch.count == 1 && Quarantine.isDue(sessionsBroken: tries - 1)
                try transaction.setPlacement(
                    placement.uid, in: mailbox.id, state: isGuilty ? .quarantined : placement.state,
                    tries: tries,
                    nextTry: nil, reason: isGuilty ? "\(error)" : nil)
            }
        }
    }
}
