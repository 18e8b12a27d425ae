internal import IMAP
internal import Mail
internal import Mailroom
internal import Store
internal import Synchronization
internal import Workers

/// Brings one mailbox of one source up to date: what is new, what is gone, what changed its flags.
///
/// Nothing is known by date or by `\Seen`; every UID the server lists has a
/// row before its message is asked for, so that a FETCH that gives less than
/// asked, a cut line or a crash can lose none.
struct MailboxSync {
    let source: SourceSettings
    let sourceID: Int64
    let firstStarted: Timestamp
    let session: IMAPSession
    let recorder: Recorder
    let store: Store
    let health: HealthBoard
    let events: Events
    let clock: @Sendable () -> Timestamp
    let opened = OpenedMailbox()

    /// Examines the mailbox and does all there is to do; returns how many messages were recorded.
    @discardableResult
    func run(_ name: MailboxName, isSent: Bool) async throws -> Int {
        let known = try await store.read { try $0.mailbox(name, source: sourceID) }
        opened.name = nil
        let selection = try await examine(name, known)
        health.update(source.name) { $0.lastContact = clock() }
        // F3: a server that has no UIDVALIDITY for the moment is asked again later; nothing is read.
        let problem = SyncProblem.noUIDValidity(name)
        guard let uidValidity = selection.uidValidity else { throw problem }
        health.update(source.name) { health in
            health.alarms.removeAll {
                $0 == problem.description || $0.hasPrefix(MailboxRefused.beginning(name))
            }
        }
        var mailbox: MailboxRecord
        let remapping = Remapping(sync: self, name: name, isSent: isSent)
        if let known, known.uidValidity == uidValidity, !isFromThePast(selection, known) {
            mailbox = known
            remapping.endAlarm(of: known)
        } else {
            mailbox = try await remapping.begin(uidValidity, after: known)
        }
        // Only now: by the UIDs of a mailbox whose UIDVALIDITY is in doubt nothing may be fetched.
        opened.name = name
        mailbox = try await listNew(in: mailbox, selection)
        try await reconcile(mailbox, selection)
        try await updateFlags(mailbox, selection)
        return try await fetch(mailbox)
    }

    /// Whether the mailbox has gone back in time though its UIDVALIDITY has not changed, as it must not.
    ///
    /// Restored from a backup, or made anew by a server that gives every
    /// mailbox the same number: its UIDs may be other messages now.
    private func isFromThePast(_ selection: Selection, _ known: MailboxRecord) -> Bool {
        if let uidNext = selection.uidNext, let listedTo = known.listedTo, uidNext <= listedTo { return true }
        if let modSeq = selection.highestModSeq, let last = known.modSeq { return modSeq < last }
        return false
    }

    private func examine(_ name: MailboxName, _ known: MailboxRecord?) async throws -> Selection {
        do {
            return try await session.examine(name, since: known.flatMap(resyncPoint))
        } catch {
            if name.isInbox || !Trouble(error).isRefusal { throw error }
            throw MailboxRefused(mailbox: name, words: "\(error)")
        }
    }

    func headerJudge(isSent: Bool) async throws -> HeaderJudge {
        HeaderJudge(
            source: source, isSent: isSent, firstStarted: firstStarted, now: clock(),
            decider: Decider(
                rules: await recorder.currentRules, directory: try await recorder.currentDirectory(),
                checks: source.senderChecks))
    }

    private func fetch(_ mailbox: MailboxRecord) async throws -> Int {
        try await Admission(sync: self, mailbox: mailbox).retryHeaders()
        return try await BodyFetch(sync: self, mailbox: mailbox).run()
    }

    /// From where the server can tell what changed; nil where it can't or isn't to be believed.
    private func resyncPoint(_ mailbox: MailboxRecord) -> ResyncPoint? {
        guard let modSeq = mailbox.modSeq, session.has("QRESYNC") || session.has("CONDSTORE") else {
            return nil
        }
        return ResyncPoint(uidValidity: mailbox.uidValidity, modSeq: modSeq)
    }

    /// Fetches what is new in the mailbox that is open; flags and what vanished wait for the next look at
    /// all.
    func runOpened(_ name: MailboxName, isSent: Bool) async throws {
        guard opened.name == name,
            let mailbox = try await store.read({ try $0.mailbox(name, source: sourceID) })
        else { return try await open(name, isSent: isSent) }
        _ = try await fetch(try await listNew(in: mailbox, nil))
    }

    /// Makes a mailbox the open one.
    func open(_ name: MailboxName, isSent: Bool) async throws {
        if opened.name != name { try await run(name, isSent: isSent) }
    }

    /// Whether STATUS shows that nothing can have changed since we last looked.
    ///
    /// Without CONDSTORE flags may have; then the mailbox is opened.
    func isUnchanged(_ name: MailboxName, _ status: MailboxStatus) async throws -> Bool {
        let now = clock()
        return try await store.read { transaction in
            guard let mailbox = try transaction.mailbox(name, source: sourceID),
                mailbox.uidValidity == status.uidValidity, let modSeq = mailbox.modSeq,
                modSeq == status.highestModSeq,
                let uidNext = status.uidNext, mailbox.listedTo.map({ $0 < uidNext }) ?? true
            else { return false }
            let upTo = mailbox.listedTo.map { Int($0.rawValue) } ?? 0
            return try uidNext.rawValue == upTo + 1
                && transaction.presentCount(in: mailbox.id) == Int(status.messages)
                && transaction.due(in: mailbox.id, now: now, limit: 1).isEmpty
        }
    }

    /// Messages of all mailboxes in force that have a row which says what became of them.
    func accounted() async throws -> Int {
        try await store.read { try $0.accountedCount(source: sourceID) }
    }

    private var today: Int64 { clock().seconds / 86_400 }

    /// Adds to what was read today.
    func countTraffic(_ octets: Int) async throws {
        guard octets > 0 else { return }
        let day = today
        _ = try await store.write { try $0.addTraffic(octets, source: sourceID, day: day) }
        health.update(source.name) { $0.octets += Int64(octets) }
    }

    /// Throws when as much is read today as the source may read.
    func checkBudget() async throws {
        guard let budget = source.dailyOctets else { return }
        let day = today
        let used = try await store.read { try $0.traffic(source: sourceID, day: day) }
        if used >= budget {
            throw BudgetUsedUp(octets: budget, secondsLeft: Int((day + 1) * 86_400 - clock().seconds))
        }
    }

    /// Reads headers, as many as the server gives.
    func headers(of uids: UIDSet) async throws -> [HeaderOfUID] {
        try await checkBudget()
        let before = session.bytesReceived
        let received = Received<HeaderOfUID>()
        _ = try await session.fetchHeaders(uids, into: HeaderIntake(received: received))
        try await countTraffic(Int(session.bytesReceived - before))
        return received.take()
    }

    // MARK: - What is new

    /// Gives a row to every UID above those already listed.
    ///
    /// - Parameter selection: what EXAMINE said, if it was just now: with UIDNEXT the end is known without
    ///   asking.
    private func listNew(in mailbox: MailboxRecord, _ selection: Selection?) async throws -> MailboxRecord {
        guard let first = mailbox.listedTo.map({ $0.next }) ?? UID.first else { return mailbox }
        if let uidNext = selection?.uidNext, uidNext <= first { return mailbox }
        let isEmpty = selection?.exists == 0
        let new = isEmpty ? UIDSet() : try await session.uids(from: first)
        let end = selection?.uidNext.flatMap { UID($0.rawValue - 1) }
        guard let last = [new.last, end].compactMap({ $0 }).max() else { return mailbox }
        // Listed anew by somebody's command: what has a row keeps what became of it.
        let known =
            try await mailbox.listedTo == nil
            ? store.write { try $0.markBack(new, in: mailbox.id) } : UIDSet()
        try await Admission(sync: self, mailbox: mailbox).admit(new.subtracting(known), listedTo: last)
        return try await store.read { try $0.mailbox(mailbox.name, source: sourceID) } ?? mailbox
    }

    // MARK: - What is gone

    /// Compares rows with the server where the counts differ or the server says so.
    ///
    /// What vanished is never deleted here, only marked; and first the server
    /// must say so twice, for some tell QRESYNC's VANISHED wrongly (F16).
    private func reconcile(_ mailbox: MailboxRecord, _ selection: Selection) async throws {
        let present = try await store.read { try $0.presentCount(in: mailbox.id) }
        guard present != Int(selection.exists) else { return }
        let onServer = try await session.uids()
        let known = try await store.read { try $0.presentUIDs(in: mailbox.id) }
        let gone = known.subtracting(onServer)
        let unlisted = onServer.subtracting(known)
        guard !gone.isEmpty || !unlisted.isEmpty else { return }
        let now = clock()
        let back = try await store.write { transaction in
            try transaction.markGone(gone, in: mailbox.id, at: now)
            return try transaction.markBack(unlisted, in: mailbox.id)
        }
        let new = unlisted.subtracting(back)
        try await Admission(sync: self, mailbox: mailbox).admit(new, listedTo: nil)
    }

    private func updateFlags(_ mailbox: MailboxRecord, _ selection: Selection) async throws {
        var changed = selection.changed
        if !selection.isResync, let modSeq = mailbox.modSeq, let highest = selection.highestModSeq,
            highest != modSeq, let last = mailbox.listedTo
        {
            changed = try await session.flags(of: UIDSet(UID.first...last), changedSince: modSeq)
        }
        let states = changed
        guard !states.isEmpty || selection.highestModSeq != mailbox.modSeq else { return }
        try await store.write { transaction in
            for state in states { try transaction.setFlags(state.flags, of: state.uid, in: mailbox.id) }
            try transaction.setModSeq(selection.highestModSeq, of: mailbox.id)
        }
    }
}

/// Why a mailbox could not be brought up to date, where the server gave no error.
enum SyncProblem: Error, CustomStringConvertible {
    case noUIDValidity(MailboxName)

    var description: String {
        switch self {
        case .noUIDValidity(let name):
            "\(name) has no UIDVALIDITY for the moment: nothing in it is read until it has one"
        }
    }
}

/// Which mailbox a session has open.
final class OpenedMailbox: Sendable {
    private let state = Mutex<MailboxName?>(nil)

    var name: MailboxName? {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
