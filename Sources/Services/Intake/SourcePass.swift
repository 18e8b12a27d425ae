internal import IMAP
internal import Mail
internal import Mailroom
internal import Store

/// The mailboxes of one connected source, and the syncing of each.
struct SourcePass {
    /// A mailbox to read.
    struct Target: Sendable {
        let name: MailboxName
        let isSent: Bool
    }

    private let sync: MailboxSync
    private let targets: [Target]
    /// Of these, the ones that the server would not open.
    private let refused: Set<MailboxName>
    /// The mailbox whose news the server pushes: INBOX, or Gmail's All Mail.
    let pushed: Target?

    static func begin(
        source: SourceSettings, session: IMAPSession, recorder: Recorder, store: Store, health: HealthBoard,
        events: Events, leavingOut refused: Set<MailboxName>, clock: @escaping @Sendable () -> Timestamp
    ) async throws -> SourcePass {
        let now = clock()
        let row = try await store.write { try $0.source(source.name, now: now) }
        let sync = MailboxSync(
            source: source, sourceID: row.id, firstStarted: row.firstStarted, session: session,
            recorder: recorder, store: store, health: health, events: events, clock: clock)
        let listed = try await session.list()
        let known = listed.map {
            Mailroom.ListedMailbox(
                name: $0.name, uses: Set($0.uses), isSelectable: $0.isSelectable, delimiter: $0.delimiter)
        }
        let targets = source.mailboxes.chosen(from: known, isGmail: session.has("X-GM-EXT-1")).map {
            Target(name: $0.name, isSent: $0.use == .sent)
        }
        return SourcePass(
            sync: sync, targets: targets, refused: refused,
            pushed: targets.first { $0.name.isInbox } ?? targets.first { !$0.isSent } ?? targets.first)
    }

    private init(sync: MailboxSync, targets: [Target], refused: Set<MailboxName>, pushed: Target?) {
        self.sync = sync
        self.targets = targets
        self.refused = refused
        self.pushed = pushed
    }

    /// Every mailbox that STATUS says has changed; the pushed one first, for it has the news.
    func syncAll() async throws {
        try await endVanished()
        if sync.source.unmatched == .headers {
            _ = try await sync.store.write { try $0.wantMatchedHeaders(source: sync.sourceID) }
        }
        try await KeptRetry(sync: sync).run()
        var onServer = 0
        let first = targets.filter { $0.name == pushed?.name }
        let order = (first + targets.filter { $0.name != pushed?.name }).filter { !refused.contains($0.name) }
        // In one command where the server can: usually nothing has changed, and that was all there is to ask.
        var told = try await sync.session.statuses(of: order.map(\.name))
        for target in order {
            let status: MailboxStatus
            if let known = told[target.name] {
                status = known
            } else {
                status = try await offering(target.name) { try await sync.session.status(target.name) }
            }
            onServer += Int(status.messages)
            let total = onServer
            sync.health.update(sync.source.name) { $0.messagesOnServer = max($0.messagesOnServer, total) }
            if try await sync.isUnchanged(target.name, status) { continue }
            try await run(target)
            // That took its time; of the others something else may be true by now.
            told = [:]
        }
        let total = onServer
        let accounted = try await sync.accounted()
        sync.health.update(sync.source.name) { health in
            // What came after the server had told its count is counted too.
            health.messagesOnServer = max(total, accounted)
            health.messagesAccounted = accounted
        }
    }

    /// The mailbox that IDLE watches.
    func syncPushed() async throws {
        guard let pushed else { return }
        try await sync.runOpened(pushed.name, isSent: pushed.isSent)
    }

    /// Makes the pushed mailbox the open one; false where it is not to be read for the moment.
    func openPushed() async throws -> Bool {
        guard let pushed else { return false }
        return try await minding { try await sync.open(pushed.name, isSent: pushed.isSent) }
    }

    /// Has the server tell of the mailboxes that IDLE does not watch, where it can.
    func notifyOfOthers() async throws {
        try await sync.session.notify(
            of: targets.map(\.name).filter { $0 != pushed?.name && !refused.contains($0) })
    }

    private func run(_ target: Target) async throws {
        _ = try await minding { try await sync.run(target.name, isSent: target.isSent) }
    }

    /// Asks for one mailbox; a server that refuses it may still give the others. INBOX is refused to nobody.
    private func offering<Value: Sendable>(
        _ name: MailboxName, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch {
            if name.isInbox || !Trouble(error).isRefusal { throw error }
            throw MailboxRefused(mailbox: name, words: "\(error)")
        }
    }

    /// Runs what concerns one mailbox; false where that mailbox alone is not to be read for the moment.
    private func minding(_ body: () async throws -> Void) async throws -> Bool {
        do {
            try await body()
            return true
        } catch let problem as SyncProblem {
            // This mailbox is asked again at the next look; the others go on.
            sync.health.update(sync.source.name) { health in
                let words = problem.description
                if !health.alarms.contains(words) { health.alarms.append(words) }
            }
            sync.events.alarm(sync.source.name, problem.description)
            return false
        } catch is RemappingPause {
            return false
        }
    }

    /// Mailboxes that are no longer listed: renamed or deleted. What was in them stays, gone from the server.
    private func endVanished() async throws {
        // No account is without a mailbox: a list of none is an accident.
        guard !targets.isEmpty else { return }
        let names = Set(targets.map(\.name))
        let now = sync.clock()
        let ended = try await sync.store.write { transaction in
            let gone = try transaction.mailboxes(source: sync.sourceID).filter { !names.contains($0.name) }
            for mailbox in gone { try transaction.supersede(mailbox.id, at: now) }
            return gone.map(\.name)
        }
        for name in ended { sync.events.mailboxVanished(sync.source.name, name) }
    }
}
