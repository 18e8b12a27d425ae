internal import Crypto
internal import IMAP
internal import MIME
internal import Mail
internal import Mailroom
internal import Store

/// Says by a header alone whether its message is to be read.
struct HeaderJudge: Sendable {
    let source: SourceSettings
    let isSent: Bool
    let firstStarted: Timestamp
    let now: Timestamp
    let decider: Decider

    /// What a header means for its message, without the header itself: a mailbox may have half a million.
    enum Finding: Sendable {
        case read
        case exclude(reason: String)
        /// The body is nobody's and not read.
        case keepHeader(NewMessage)
    }

    static let tooOld = "older than “since”"
    static let unmatched = "unmatched"

    func judge(_ header: HeaderOfUID, in transaction: StoreTransaction) throws -> Finding {
        if let since = source.since, let date = header.internalDate, date < since {
            return .exclude(reason: Self.tooOld)
        }
        guard source.unmatched != .keep else { return .read }
        var facts = decider.facts(
            of: header.parsed, parts: [], displayed: DisplayedText(), source: source.name,
            use: isSent ? .sent : nil)
        facts.answered = try transaction.answeredLetters(AnswerNames(facts), now: now)
        let decision = decider.decide(facts)
        guard decision.matching.isNobodys else { return .read }
        // It is from nobody we know, and may still be about a letter of ours.
        if decision.matching.nature == .automatic(.deliveryReport) { return .read }
        switch source.unmatched {
        case .keep: return .read
        case .ignore: return .exclude(reason: Self.unmatched)
        case .headers: return .keepHeader(message(header, decision))
        }
    }

    private func message(_ header: HeaderOfUID, _ decision: Decider.Decision) -> NewMessage {
        let envelope = header.parsed.envelope
        let identity = SHA256.digest(
            of: MessageIdentity(envelope, contents: []).canonical + "header ".utf8
                + (envelope.subject ?? "").utf8)
        let received = header.internalDate ?? now
        return NewMessage(
            identity: identity, envelope: envelope, received: received, isHistory: received < firstStarted,
            matching: decision.matching, matchReason: decision.matchReason, judgement: decision.judgement,
            problems: [], droppingDetail: decider.rules.dropsDetail)
    }
}

extension StoreTransaction {
    /// Records what becomes of a message that is not to be read; false where it is.
    func settle(
        _ finding: HeaderJudge.Finding, _ uid: UID, in mailbox: Int64, flags: [Flag],
        internalDate: Timestamp?, now: Timestamp
    ) throws -> Bool {
        switch finding {
        case .read: return false
        case .exclude(let reason):
            try setPlacement(uid, in: mailbox, state: .excluded, tries: 0, nextTry: nil, reason: reason)
        case .keepHeader(let new):
            let number = try message(identity: new.identity)?.number ?? addMessage(new, now: now)
            try recordPlacement(
                uid, in: mailbox, original: nil, message: number, flags: flags, internalDate: internalDate,
                headersOnly: true, reason: HeaderJudge.unmatched)
        }
        return true
    }
}

extension Matching {
    /// Nobody's in particular, and no account's *Email* tab shows it.
    fileprivate var isNobodys: Bool {
        account == nil && candidates.isEmpty && suggestions.isEmpty && mentioned.isEmpty
    }
}
