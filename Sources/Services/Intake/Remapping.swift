internal import IMAP
internal import MIME
internal import Mail
internal import Mailroom
internal import Store
internal import Workers

/// A mailbox whose UIDVALIDITY is new: its messages are told by their headers, and only the rest is fetched.
///
/// Deleted and made again, restored from a backup, moved to another server:
/// every UID is worthless, and most messages are old acquaintances. Nothing
/// is filed twice, nothing skipped. A server that changes it at every
/// EXAMINE is capped: the headers of a whole mailbox each time are a flood.
struct Remapping {
    let sync: MailboxSync
    let name: MailboxName
    let isSent: Bool

    /// Changes within a day after which a mailbox is looked at once an hour.
    private static let changesAllowed = 3
    private static let day: Int64 = 86_400_000
    private static let hour: Int64 = 3_600_000

    /// Begins the new generation; UIDs whose message is known are recorded in it, the others wanted.
    func begin(_ uidValidity: UIDValidity, after old: MailboxRecord?) async throws -> MailboxRecord {
        guard try await sync.store.read({ try $0.hasGenerations(name, source: sync.sourceID) }) else {
            return try await sync.store.write {
                try $0.beginMailbox(name, source: sync.sourceID, uidValidity: uidValidity, isSent: isSent)
            }
        }
        let now = sync.clock()
        let isRecent = old?.resetAt.map { now.milliseconds - $0.milliseconds < Self.day } ?? false
        let resets = old.map { isRecent ? $0.resets + 1 : 1 } ?? 0
        if resets > Self.changesAllowed, let last = old?.resetAt,
            now.milliseconds - last.milliseconds < Self.hour
        {
            raiseAlarm(resets)
            throw RemappingPause(mailbox: name)
        }
        if let old {
            sync.events.uidValidityChanged(sync.source.name, name, from: old.uidValidity, to: uidValidity)
        }
        let uids = try await sync.session.uids()
        let findings = try await read(uids)
        let mailbox = try await sync.store.write { transaction in
            if let old { try transaction.supersede(old.id, at: now) }
            let mailbox = try transaction.beginMailbox(
                name, source: sync.sourceID, uidValidity: uidValidity, isSent: isSent)
            if old != nil { try transaction.countReset(mailbox.id, resets: resets, at: now) }
            try doubt(mailbox, uids, findings, in: transaction)
            try transaction.want(uids, in: mailbox.id, listedTo: uids.last, now: now)
            try record(findings, of: mailbox, in: transaction)
            if sync.source.unmatched != .keep {
                let missing = uids.subtracting(UIDSet(findings.map(\.uid)))
                try transaction.gaveNothing(missing, in: mailbox.id, reason: "gave_nothing", now: now)
            }
            return try transaction.mailbox(name, source: sync.sourceID) ?? mailbox
        }
        if resets > Self.changesAllowed { raiseAlarm(resets) }
        return mailbox
    }

    private static func alarm(_ name: MailboxName) -> String {
        "\(name): the server has changed UIDVALIDITY "
    }

    /// Takes the alarm back once the mailbox has kept its UIDVALIDITY for a day.
    func endAlarm(of mailbox: MailboxRecord) {
        guard let last = mailbox.resetAt,
            sync.clock().milliseconds - last.milliseconds > Self.day
        else { return }
        sync.health.update(sync.source.name) { $0.alarms.removeAll { $0.hasPrefix(Self.alarm(name)) } }
    }

    private func raiseAlarm(_ resets: Int) {
        let words =
            Self.alarm(name) + "\(resets) times within a day; "
            + "it is read by the messages' headers, at most once an hour"
        sync.health.update(sync.source.name) { health in
            if !health.alarms.contains(where: { $0.hasPrefix(Self.alarm(name)) }) {
                health.alarms.append(words)
            }
        }
        sync.events.alarm(sync.source.name, words)
    }

    /// What is kept of a header until all of them are read.
    private struct Found: Sendable {
        let uid: UID
        let flags: [Flag]
        let internalDate: Timestamp?
        let key: HeaderKey
        let finding: HeaderJudge.Finding
    }

    private func read(_ uids: UIDSet) async throws -> [Found] {
        // Nothing of the new generation is known yet, and nothing of it is needed to judge.
        let judge = try await sync.headerJudge(isSent: isSent)
        var found: [Found] = []
        for chunk in uids.chunks(of: 500) {
            let headers = try await sync.headers(of: chunk)
            found += try await sync.store.read { transaction in
                try headers.map {
                    Found(
                        uid: $0.uid, flags: $0.flags, internalDate: $0.internalDate, key: $0.key,
                        finding: try judge.judge($0, in: transaction))
                }
            }
        }
        return found
    }

    /// Forgets what a generation that came back knew of UIDs whose headers say otherwise.
    private func doubt(
        _ mailbox: MailboxRecord, _ uids: UIDSet, _ found: [Found], in transaction: StoreTransaction
    ) throws {
        guard mailbox.listedTo != nil else { return }
        let keys = Dictionary(found.map { ($0.uid, $0.key) }) { first, _ in first }
        try transaction.doubtPlacements(of: mailbox.id) { uid, known in
            !uids.contains(uid) || keys[uid] == known
        }
    }

    /// Records the messages that are known by their headers, and those that are not to be read.
    private func record(
        _ found: [Found], of mailbox: MailboxRecord, in transaction: StoreTransaction
    ) throws {
        var candidates = try transaction.superseded(name, source: sync.sourceID, since: mailbox.id)
        for header in found where try transaction.isOpen(header.uid, in: mailbox.id) {
            if let known = candidates.claim(header.key) {
                try transaction.recordPlacement(
                    header.uid, in: mailbox.id, original: known.original, message: known.message,
                    flags: header.flags, internalDate: header.internalDate)
            } else {
                _ = try transaction.settle(
                    header.finding, header.uid, in: mailbox.id, flags: header.flags,
                    internalDate: header.internalDate, now: sync.clock())
            }
        }
    }
}

/// A mailbox that is left alone for the moment.
struct RemappingPause: Error, CustomStringConvertible {
    let mailbox: MailboxName
    var description: String { "\(mailbox) changes its UIDVALIDITY every time and is read once an hour" }
}
