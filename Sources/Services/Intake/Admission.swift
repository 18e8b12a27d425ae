internal import IMAP
internal import Mail
internal import Mailroom
internal import Store

/// Gives rows to UIDs that the server has listed, and says of each whether its message is to be read.
///
/// Where a source keeps no mail of nobody's, whose mail it is is asked of the
/// header alone, so that a colleague's private mail never leaves the server.
///
/// | the source | asked of the server first |
/// |---|---|
/// | keeps all mail | nothing |
/// | keeps all mail `since` a day | INTERNALDATE |
/// | keeps only headers of nobody's mail, or nothing | the header |
struct Admission {
    let sync: MailboxSync
    let mailbox: MailboxRecord

    /// UIDs asked about in one FETCH, and admitted in one transaction.
    private static let chunk = 500

    private var needsHeaders: Bool { sync.source.unmatched != .keep }

    /// - Parameter listedTo: when it returns, every UID up to this one that the server listed has its row.
    func admit(_ uids: UIDSet, listedTo: UID?) async throws {
        let now = sync.clock()
        guard needsHeaders || sync.source.since != nil else {
            return try await sync.store.write {
                try $0.want(uids, in: mailbox.id, listedTo: listedTo, now: now)
            }
        }
        for chunk in uids.chunks(of: Self.chunk) {
            if needsHeaders {
                try await settle(chunk, isNew: true)
            } else {
                let old = try await olderThanWanted(chunk)
                try await sync.store.write { transaction in
                    try transaction.want(chunk, in: mailbox.id, listedTo: chunk.last, now: now)
                    for uid in old { try exclude(uid, because: HeaderJudge.tooOld, in: transaction) }
                }
            }
        }
        try await sync.store.write { try $0.want(UIDSet(), in: mailbox.id, listedTo: listedTo, now: now) }
    }

    /// Asks again for headers that the server would not give; no body is asked for before.
    func retryHeaders() async throws {
        guard needsHeaders else { return }
        let now = sync.clock()
        let due = try await sync.store.read { try $0.due(in: mailbox.id, now: now, limit: 20_000) }
        for chunk in UIDSet(due.filter { $0.state == .absent }.map(\.uid)).chunks(of: Self.chunk) {
            try await settle(chunk, isNew: false)
        }
    }

    /// Reads headers and records what each means, those that don't come as absent.
    private func settle(_ uids: UIDSet, isNew: Bool) async throws {
        let headers = try await sync.headers(of: uids)
        let judge = try await sync.headerJudge(isSent: mailbox.isSent)
        let now = sync.clock()
        try await sync.store.write { transaction in
            if isNew { try transaction.want(uids, in: mailbox.id, listedTo: uids.last, now: now) }
            for header in headers where uids.contains(header.uid) {
                let isSettled = try transaction.settle(
                    try judge.judge(header, in: transaction), header.uid, in: mailbox.id, flags: header.flags,
                    internalDate: header.internalDate, now: now)
                if !isSettled, !isNew { try transaction.wantAgain(header.uid, in: mailbox.id) }
            }
            try transaction.gaveNothing(
                uids.subtracting(UIDSet(headers.map(\.uid))), in: mailbox.id, reason: "gave_nothing", now: now
            )
        }
    }

    private func exclude(_ uid: UID, because reason: String, in transaction: StoreTransaction) throws {
        try transaction.setPlacement(
            uid, in: mailbox.id, state: .excluded, tries: 0, nextTry: nil, reason: reason)
    }

    /// UIDs that `since` leaves out, by INTERNALDATE.
    private func olderThanWanted(_ uids: UIDSet) async throws -> UIDSet {
        guard let since = sync.source.since else { return UIDSet() }
        let metadata = try await sync.session.metadata(of: uids)
        return UIDSet(metadata.filter { $0.internalDate.map { $0 < since } ?? false }.map(\.uid))
    }
}
