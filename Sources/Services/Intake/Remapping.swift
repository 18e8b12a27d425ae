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
        guard let old else {
            return try await sync.store.write {
                try $0.beginMailbox(name, source: sync.sourceID, uidValidity: uidValidity, isSent: isSent)
            }
        }
        let now = sync.clock()
        let isRecent = old.resetAt.map { now.milliseconds - $0.milliseconds < Self.day } ?? false
        let resets = isRecent ? old.resets + 1 : 1
        if resets > Self.changesAllowed, let last = old.resetAt,
            now.milliseconds - last.milliseconds < Self.hour
        {
            raiseAlarm(resets)
            throw RemappingPause(mailbox: name)
        }
        sync.events.uidValidityChanged(sync.source.name, name, from: old.uidValidity, to: uidValidity)
        let uids = try await sync.session.uids()
        let headers = try await readHeaders(uids)
        let mailbox = try await sync.store.write { transaction in
            try transaction.supersede(old.id, at: now)
            let mailbox = try transaction.beginMailbox(
                name, source: sync.sourceID, uidValidity: uidValidity, isSent: isSent)
            try transaction.countReset(mailbox.id, resets: resets, at: now)
            try transaction.want(uids, in: mailbox.id, listedTo: uids.last, now: now)
            var candidates = try transaction.superseded(name, source: sync.sourceID, since: mailbox.id)
            for header in headers {
                guard let known = candidates.claim(header.key) else { continue }
                try transaction.recordPlacement(
                    header.uid, in: mailbox.id, original: known.original, message: known.message,
                    flags: header.flags,
                    internalDate: header.internalDate)
            }
            return try transaction.mailbox(name, source: sync.sourceID) ?? mailbox
        }
        if resets > Self.changesAllowed { raiseAlarm(resets) }
        return mailbox
    }

    private func raiseAlarm(_ resets: Int) {
        let words =
            "\(name): the server has changed UIDVALIDITY \(resets) times within a day; "
            + "it is read by the messages' headers, at most once an hour"
        sync.health.update(sync.source.name) { health in
            if !health.alarms.contains(where: { $0.hasPrefix("\(name): the server has changed UIDVALIDITY") })
            {
                health.alarms.append(words)
            }
        }
        sync.events.alarm(sync.source.name, words)
    }

    private func readHeaders(_ uids: UIDSet) async throws -> [HeaderOfUID] {
        var headers: [HeaderOfUID] = []
        for chunk in uids.chunks(of: 500) {
            let received = HeadersOfUIDs()
            _ = try await sync.session.fetchHeaders(chunk, into: HeaderIntake(received: received))
            headers += received.take()
        }
        return headers
    }
}

/// A mailbox that is left alone for the moment.
struct RemappingPause: Error, CustomStringConvertible {
    let mailbox: MailboxName
    var description: String { "\(mailbox) changes its UIDVALIDITY every time and is read once an hour" }
}
