internal import Crypto
internal import IMAP
internal import MIME
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
                    for uid in old { try exclude(uid, because: Self.tooOld, in: transaction) }
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
        let judge = try await headerJudge()
        let now = sync.clock()
        try await sync.store.write { transaction in
            if isNew { try transaction.want(uids, in: mailbox.id, listedTo: uids.last, now: now) }
            for header in headers where uids.contains(header.uid) {
                if try !judge.settle(header, in: transaction), !isNew {
                    try transaction.wantAgain(header.uid, in: mailbox.id)
                }
            }
            try transaction.gaveNothing(
                uids.subtracting(UIDSet(headers.map(\.uid))), in: mailbox.id, reason: "gave_nothing", now: now
            )
        }
    }

    func headerJudge() async throws -> HeaderJudge {
        HeaderJudge(
            source: sync.source, mailbox: mailbox, firstStarted: sync.firstStarted, now: sync.clock(),
            decider: Decider(
                rules: await sync.recorder.currentRules,
                directory: try await sync.recorder.currentDirectory(),
                checks: sync.source.senderChecks))
    }

    static let tooOld = "older than “since”"

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

/// Says by a header alone whether its message is to be read.
struct HeaderJudge: Sendable {
    let source: SourceSettings
    let mailbox: MailboxRecord
    let firstStarted: Timestamp
    let now: Timestamp
    let decider: Decider

    /// Records what becomes of a message that is not to be read; false where it is.
    func settle(_ header: HeaderOfUID, in transaction: StoreTransaction) throws -> Bool {
        if let since = source.since, let date = header.internalDate, date < since {
            try transaction.setPlacement(
                header.uid, in: mailbox.id, state: .excluded, tries: 0, nextTry: nil, reason: Admission.tooOld
            )
            return true
        }
        guard source.unmatched != .keep else { return false }
        let decision = decider.decide(
            decider.facts(
                of: header.parsed, parts: [], displayed: DisplayedText(), source: source.name,
                use: mailbox.isSent ? .sent : nil
            ))
        guard decision.matching.isNobodys else { return false }
        switch source.unmatched {
        case .keep: return false
        case .ignore:
            try transaction.setPlacement(
                header.uid, in: mailbox.id, state: .excluded, tries: 0, nextTry: nil, reason: "unmatched")
        case .headers: try keep(header, decision, in: transaction)
        }
        return true
    }

    private func keep(
        _ header: HeaderOfUID, _ decision: Decider.Decision, in transaction: StoreTransaction
    ) throws {
        let envelope = header.parsed.envelope
        let identity = SHA256.digest(
            of: MessageIdentity(envelope, contents: []).canonical + "header ".utf8
                + (envelope.subject ?? "").utf8)
        let received = header.internalDate ?? now
        let number =
            try transaction.message(identity: identity)?.number
            ?? transaction.addMessage(
                NewMessage(
                    identity: identity, envelope: envelope, received: received,
                    isHistory: received < firstStarted, matching: decision.matching,
                    matchReason: decision.matchReason, judgement: decision.judgement, problems: [],
                    droppingDetail: decider.rules.dropsDetail), now: now)
        try transaction.recordPlacement(
            header.uid, in: mailbox.id, original: nil, message: number, flags: header.flags,
            internalDate: header.internalDate, headersOnly: true, reason: "unmatched")
    }
}

extension Matching {
    /// Nobody's in particular, and no account's *Email* tab shows it.
    fileprivate var isNobodys: Bool {
        account == nil && candidates.isEmpty && suggestions.isEmpty && mentioned.isEmpty
    }
}
