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
        let selection = try await session.examine(name, since: known.flatMap(resyncPoint))
        opened.name = name
        health.update(source.name) { $0.lastContact = clock() }
        // F3: a server that has no UIDVALIDITY for the moment is asked again later; nothing is read.
        guard let uidValidity = selection.uidValidity else { throw SyncProblem.noUIDValidity(name) }
        var mailbox: MailboxRecord
        if let known, known.uidValidity == uidValidity {
            mailbox = known
        } else {
            let remapping = Remapping(sync: self, name: name, isSent: isSent)
            mailbox = try await remapping.begin(uidValidity, after: known)
        }
        mailbox = try await listNew(in: mailbox, uidNext: selection.exists == 0 ? .first : selection.uidNext)
        try await reconcile(mailbox, selection)
        try await updateFlags(mailbox, selection)
        return try await BodyFetch(sync: self, mailbox: mailbox).run()
    }

    /// From where the server can tell what changed; nil where it can't or isn't to be believed.
    private func resyncPoint(_ mailbox: MailboxRecord) -> ResyncPoint? {
        guard let modSeq = mailbox.modSeq, session.has("QRESYNC") || session.has("CONDSTORE") else {
            return nil
        }
        return ResyncPoint(uidValidity: mailbox.uidValidity, modSeq: modSeq)
    }

    /// Fetches what is new in the mailbox that is open; flags and what vanished wait for the next look at all.
    func runOpened(_ name: MailboxName) async throws {
        guard opened.name == name,
            let mailbox = try await store.read({ try $0.mailbox(name, source: sourceID) })
        else { return try await open(name) }
        _ = try await BodyFetch(sync: self, mailbox: try await listNew(in: mailbox, uidNext: nil)).run()
    }

    /// Makes a mailbox the open one.
    func open(_ name: MailboxName) async throws {
        if opened.name != name { try await run(name, isSent: false) }
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

    /// Adds to what was read today; throws when that is as much as the source may read.
    func countTraffic(_ octets: Int) async throws {
        let now = clock()
        let day = now.seconds / 86_400
        let total = try await store.write { try $0.addTraffic(octets, source: sourceID, day: day) }
        health.update(source.name) { $0.octets += Int64(octets) }
        if let budget = source.dailyOctets, total >= budget {
            throw BudgetUsedUp(octets: budget, secondsLeft: Int((day + 1) * 86_400 - now.seconds))
        }
    }

    // MARK: - What is new

    /// Gives a row to every UID above those already listed.
    ///
    /// - Parameter uidNext: the UID the next message will get, where the server has said it.
    private func listNew(in mailbox: MailboxRecord, uidNext: UID?) async throws -> MailboxRecord {
        guard let first = mailbox.listedTo.map({ $0.next }) ?? UID.first else { return mailbox }
        if let uidNext, uidNext <= first { return mailbox }
        let new = try await session.uids(from: first)
        guard let last = new.last else { return mailbox }
        let excluded = try await olderThanWanted(new)
        let now = clock()
        return try await store.write { transaction in
            try transaction.want(new, in: mailbox.id, listedTo: last, now: now)
            for uid in excluded {
                try transaction.setPlacement(
                    uid, in: mailbox.id, state: .excluded, tries: 0, nextTry: nil,
                    reason: "older than “since”")
            }
            return try transaction.mailbox(mailbox.name, source: sourceID) ?? mailbox
        }
    }

    /// UIDs that `since` leaves out, by INTERNALDATE.
    private func olderThanWanted(_ uids: UIDSet) async throws -> UIDSet {
        guard let since = source.since else { return UIDSet() }
        var old: [UID] = []
        for chunk in uids.chunks(of: 1000) {
            for message in try await session.metadata(of: chunk) {
                if let date = message.internalDate, date < since { old.append(message.uid) }
            }
        }
        return UIDSet(old)
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
        try await store.write { transaction in
            try transaction.markGone(gone, in: mailbox.id, at: now)
            try transaction.want(unlisted, in: mailbox.id, listedTo: unlisted.last, now: now)
        }
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
