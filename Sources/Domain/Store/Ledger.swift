package import Mail
package import Mailroom
internal import SQLite
package import Text

/// The row of a message: what the command line and the pages call it by.
package struct MessageNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
    package var description: String { String(rawValue) }

    package static func < (left: MessageNumber, right: MessageNumber) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// Where an original lies in `originals/`; null in the columns while it is only in memory.
package struct OriginalPlace: Sendable, Equatable {
    package let segment: Int
    package let offset: Int64
    package let length: Int64

    package init(segment: Int, offset: Int64, length: Int64) {
        self.segment = segment
        self.offset = offset
        self.length = length
    }
}

/// An original that has a row.
package struct KnownOriginal: Sendable, Equatable {
    package let id: Int64
    /// Nil for what was set aside unparsed.
    package let message: MessageNumber?
    package let place: OriginalPlace
}

/// A message as it is recorded the first time it is seen.
package struct NewMessage: Sendable {
    package var identity: SHA256Digest
    package var envelope: Envelope
    package var received: Timestamp
    package var isHistory: Bool
    package var matching: Matching
    /// The sentence behind the match.
    package var matchReason: String
    package var judgement: Judgement
    package var problems: [String]
    /// Drops `+detail` when addresses are compared.
    package var droppingDetail: Bool
    /// Its first words.
    package var snippet = ""
    /// The source it came by; nil: it is ours.
    package var source: String?
    /// Of a letter of ours: what it does to its conversation.
    package var letterEffect: ConversationEffect?

    package init(
        identity: SHA256Digest, envelope: Envelope, received: Timestamp, isHistory: Bool, matching: Matching,
        matchReason: String, judgement: Judgement, problems: [String], droppingDetail: Bool
    ) {
        self.identity = identity
        self.envelope = envelope
        self.received = received
        self.isHistory = isHistory
        self.matching = matching
        self.matchReason = matchReason
        self.judgement = judgement
        self.problems = problems
        self.droppingDetail = droppingDetail
    }
}

extension StoreTransaction {
    // MARK: - Octets

    /// Of these contents, the ones that are recorded: durable, and not to be written again.
    package func recordedContents(_ digests: some Sequence<SHA256Digest>) throws -> Set<SHA256Digest> {
        var recorded: Set<SHA256Digest> = []
        for digest in digests where try db.exists("SELECT 1 FROM content WHERE sha256 = ?", digest.octets) {
            recorded.insert(digest)
        }
        return recorded
    }

    package func addContent(_ digest: SHA256Digest, octets: Int64) throws {
        try db.run("INSERT OR IGNORE INTO content (sha256, octets) VALUES (?, ?)", digest.octets, octets)
    }

    /// The row of an original, where those very octets are kept already.
    package func original(_ digest: SHA256Digest) throws -> KnownOriginal? {
        try db.first(
            "SELECT id, message, segment, offset, length FROM original WHERE sha256 = ?", digest.octets
        ) {
            KnownOriginal(
                id: $0.integer(0), message: $0.optionalInteger(1).map { MessageNumber($0) },
                place: OriginalPlace(segment: $0.int(2), offset: $0.integer(3), length: $0.integer(4)))
        }
    }

    package func addOriginal(
        _ digest: SHA256Digest, octets: Int64, at place: OriginalPlace, contents: Set<SHA256Digest>,
        message: MessageNumber?, judgement: Judgement?
    ) throws -> Int64 {
        let id = try db.insert(
            """
            INSERT INTO original (sha256, message, octets, segment, offset, length, verdict, verdict_reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, digest.octets, message?.rawValue, octets, place.segment, place.offset, place.length,
            judgement?.verdict.rawValue, judgement?.reason.rawValue)
        for content in contents {
            try db.run("INSERT INTO original_content (original, content) VALUES (?, ?)", id, content.octets)
        }
        return id
    }

    /// Gives an original that was set aside unparsed its message.
    package func setMessage(_ message: MessageNumber, of original: Int64, judgement: Judgement) throws {
        try db.run(
            "UPDATE original SET message = ?, verdict = ?, verdict_reason = ? WHERE id = ?",
            message.rawValue, judgement.verdict.rawValue, judgement.reason.rawValue, original)
    }

    // MARK: - Messages

    /// The same message, recorded before: from another mailbox, or under another UIDVALIDITY.
    package func message(identity: SHA256Digest) throws -> (number: MessageNumber, verdict: Verdict)? {
        try db.first("SELECT id, verdict FROM message WHERE identity = ?", identity.octets) {
            (MessageNumber($0.integer(0)), Verdict(rawValue: $0.text(1)) ?? .open)
        }
    }

    package func addMessage(_ new: NewMessage, now: Timestamp) throws -> MessageNumber {
        let from = new.envelope.from.first
        func key(_ address: EmailAddress) -> String? {
            AddressKey(address, droppingDetail: new.droppingDetail)?.description
        }
        let conversation = try enterConversation(new.entry(key: key), now: now)
        let id = try db.insert(
            """
            INSERT INTO message (identity, message_id, subject, from_name, from_address, from_key, date, received,
              direction, account, match, match_reason, verdict, verdict_reason, contact, nature, is_other,
              into_intake, history, in_reply_to, problems, recorded, conversation, snippet, source)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, new.identity.octets, new.envelope.messageID?.rawValue, new.envelope.subject, from?.name,
            from?.address.description, from.flatMap { key($0.address) }, new.envelope.date?.milliseconds,
            new.received.milliseconds, new.matching.direction.rawValue, new.matching.account?.rawValue,
            new.matching.kind.rawValue, new.matchReason, new.judgement.verdict.rawValue,
            new.judgement.because, new.matching.contact?.rawValue, new.matching.nature.text,
            new.matching.isOther,
            new.matching.intoIntake, new.isHistory, new.envelope.inReplyTo.first?.rawValue,
            new.problems.isEmpty ? nil : new.problems.joined(separator: "\n"), now.milliseconds,
            conversation.rawValue, new.snippet, new.source)
        if new.matching.direction == .incoming, new.matching.account == nil { changedParts.insert("triage") }
        for (role, addresses) in [
            ("to", new.envelope.to), ("cc", new.envelope.cc), ("bcc", new.envelope.bcc),
            ("reply_to", new.envelope.replyTo),
        ] {
            for (place, recipient) in addresses.prefix(1000).enumerated() {
                try db.run(
                    "INSERT INTO recipient (message, role, place, name, address, key) VALUES (?, ?, ?, ?, ?, ?)",
                    id, role, place, recipient.name, recipient.address.description,
                    key(recipient.address) ?? recipient.address.description)
            }
        }
        try addSuggestions(new.matching, of: MessageNumber(id))
        recordedMessages.insert(MessageNumber(id))
        return MessageNumber(id)
    }

    private func setSuggestions(_ matching: Matching, of message: MessageNumber) throws {
        try db.run("DELETE FROM suggestion WHERE message = ?", message.rawValue)
        try db.run("DELETE FROM mention WHERE message = ?", message.rawValue)
        try addSuggestions(matching, of: message)
    }

    private func addSuggestions(_ matching: Matching, of message: MessageNumber) throws {
        let offered =
            matching.candidates.map { Suggestion($0, because: "") }
            + matching.suggestions.filter { suggestion in !matching.candidates.contains(suggestion.account) }
        for (place, suggestion) in offered.enumerated() {
            try db.run(
                "INSERT INTO suggestion (message, place, account, because) VALUES (?, ?, ?, ?)",
                message.rawValue, place, suggestion.account.rawValue, suggestion.because)
        }
        for account in Set(matching.mentioned) {
            try db.run(
                "INSERT INTO mention (message, account) VALUES (?, ?)", message.rawValue, account.rawValue)
        }
    }

    /// Judges a message anew: staff linked it, or a better original came.
    package func setMatching(
        _ matching: Matching, because: String, judgement: Judgement, of message: MessageNumber
    ) throws {
        try db.run(
            """
            UPDATE message SET account = ?, match = ?, match_reason = ?, verdict = ?, verdict_reason = ?,
              contact = ?, is_other = ?, into_intake = ? WHERE id = ?
            """, matching.account?.rawValue, matching.kind.rawValue, because, judgement.verdict.rawValue,
            judgement.because, matching.contact?.rawValue, matching.isOther, matching.intoIntake,
            message.rawValue)
        try setSuggestions(matching, of: message)
        changedParts.insert("triage")
        try moveConversation(of: message, to: matching.account, isOther: matching.isOther)
    }

    /// Records that a UID's message is in the ledger: with this it is acknowledged.
    ///
    /// The row of a message of which there was only the header ends where the whole message comes.
    ///
    /// - Parameter original: nil where only the header is kept.
    package func recordPlacement(
        _ uid: UID, in mailbox: Int64, original: Int64?, message: MessageNumber?,
        state: PlacementState = .recorded,
        flags: [Flag], internalDate: Timestamp?, headersOnly: Bool = false, reason: String? = nil
    ) throws {
        func change(_ sql: String) throws -> Int {
            try db.run(
                sql, state.rawValue, original, message?.rawValue, flags.map(\.name).joined(separator: " "),
                internalDate?.milliseconds, headersOnly, reason, mailbox, uid.rawValue)
        }
        if let message { try noteSource(of: message, mailbox: mailbox) }
        // Most were never kept as headers: one statement, not two.
        if try change(Self.fullPlacementChange) > 0 { return }
        let header = try db.first(
            "SELECT message FROM placement WHERE mailbox = ? AND uid = ? AND headers_only = 1", mailbox,
            uid.rawValue
        ) { $0.optionalInteger(0) }
        _ = try change(Self.placementChange)
        if let header = header ?? nil, let message, header != message.rawValue {
            try replaceHeader(header, by: message)
        }
    }

    private static let placementChange = """
        UPDATE placement SET state = ?, original = ?, message = ?, flags = ?, internal_date = ?,
          headers_only = ?, next_try = NULL, reason = ? WHERE mailbox = ? AND uid = ?
        """
    private static let fullPlacementChange = placementChange + " AND headers_only = 0"

    // MARK: - Parts

    /// One leaf or container with what became of it.
    package func addPart(
        _ facts: PartFacts, charset: String?, stored: Bool, plan: PartPlan, document: DocumentID?,
        of message: MessageNumber
    ) throws {
        var scan: String?
        var found: String?
        switch facts.scan {
        case .notAsked: break
        case .clean: scan = "clean"
        case .unscanned: scan = "unscanned"
        case .infected(let name):
            scan = "infected"
            found = name
        }
        let id = try db.insert(
            """
            INSERT INTO part (message, section, unwrapped_from, media_type, disposition, name, charset, content_id,
              octets, sha256, stored, container, family, sniffed, macros, in_html, width, height, unwrapping,
              encrypted, scan, scan_found, state, reason, because, place, document)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, message.rawValue, facts.section.text, facts.container?.text, facts.mediaType.description,
            facts.disposition?.description, facts.name, charset, facts.contentID, facts.bytes,
            facts.sha256.octets, stored, facts.unwrapping != nil, facts.sniffed.family?.rawValue,
            facts.sniffed.mediaType?.description, facts.sniffed.hasMacros, facts.isReferencedByHTML,
            facts.picture?.width, facts.picture?.height, facts.unwrapping?.rawValue,
            facts.encryption == .encrypted, scan, found, plan.state.rawValue, plan.reason?.rawValue,
            plan.because, plan.where, document?.rawValue)
        switch plan.state {
        case .filed, .duplicate, .needsFiling, .failed: try countFile(of: message)
        case .shown, .unwrapped: break
        }
        if plan.state == .needsFiling { changedParts.insert("triage") }
        for (place, link) in facts.fileLinks.enumerated() {
            try db.run(
                "INSERT INTO file_link (part, place, service, url, expiry) VALUES (?, ?, ?, ?, ?)",
                id, place, link.service, link.url, link.expiry)
        }
    }

    /// In how many messages this sender sent the same octets; counting stops at `limit`.
    package func timesSent(_ digest: SHA256Digest, by sender: AddressKey, limit: Int) throws -> Int {
        try db.first(
            """
            SELECT count(*) FROM (SELECT DISTINCT part.message FROM part JOIN message ON message.id = part.message
              WHERE part.sha256 = ? AND from_key = ? LIMIT ?)
            """, digest.octets, sender.description, limit
        ) { $0.int(0) } ?? 0
    }

    /// Changes what became of a part that waited.
    package func setPart(_ section: Section, of message: MessageNumber, plan: PartPlan, document: DocumentID?)
        throws
    {
        try db.run(
            """
            UPDATE part SET state = ?, reason = ?, because = ?, place = ?, document = ?, unfiled = 0
            WHERE message = ? AND section = ?
            """,
            plan.state.rawValue, plan.reason?.rawValue, plan.because, plan.where, document?.rawValue,
            message.rawValue, section.text)
        changedParts.insert("triage")
        if let conversation = try conversation(of: message) {
            changedParts.insert("conversation-\(conversation)")
        }
    }
}

extension MailNature {
    /// As it is stored.
    var text: String {
        switch self {
        case .ordinary: "ordinary"
        case .bulk: "bulk"
        case .automatic(let kind): kind.rawValue
        }
    }
}
