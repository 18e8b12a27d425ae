package import Mail
package import Mailroom
internal import SQLite
package import Text

/// The row of a letter: what `mailroom queue` calls it by.
package struct LetterID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
    package var description: String { String(rawValue) }

    package static func < (left: LetterID, right: LetterID) -> Bool { left.rawValue < right.rawValue }
}

/// A letter to be queued: where it goes, by which server, and what it belongs to.
///
/// Its octets are no part of it: they are made once and kept before, as a
/// ``KeptLetter``, and whoever sends it again sends those.
package struct NewLetter: Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case request, reminder, rejection, receipt, notice, automatic, free, probe
    }

    /// One address of the envelope. RFC 5321 section 3.3.
    package struct Recipient: Sendable {
        package var address: EmailAddress
        /// The row of `request_recipient` whose state follows what becomes of the letter.
        package var requestRecipient: RequestRecipientID?

        package init(_ address: EmailAddress, requestRecipient: RequestRecipientID? = nil) {
            self.address = address
            self.requestRecipient = requestRecipient
        }
    }

    package var kind: Kind
    /// `[mailbox.NAME]` by whose server it leaves; nil: by `[smtp]`.
    package var route: String?
    /// The source in whose Sent a copy belongs; nil: as the route has it.
    package var copyTo: String?
    /// Nil: the null reverse-path, for what must never be answered by a machine. RFC 5321 section 4.5.5.
    package var reversePath: EmailAddress?
    package var recipients: [Recipient]
    /// Secret: 26 characters of base32, in the Message-ID, in References and in the sub-address.
    package var token: String
    package var account: AccountID?
    package var request: RequestID?
    /// Whose link it brings.
    package var share: ShareRecipientID?
    /// Who has it sent, as in the audit.
    package var author: String
    /// Nil: it leaves at once.
    package var notBefore: Timestamp?
    /// Whose Email tab it shows on; nil: it never shows as a message.
    package var showing: Matching?
    /// What it says lets its reader in: no copy of it lies where others read.
    package var isSecret = false

    package init(
        kind: Kind, route: String? = nil, copyTo: String? = nil, reversePath: EmailAddress?,
        recipients: [Recipient], token: String, account: AccountID? = nil, request: RequestID? = nil,
        share: ShareRecipientID? = nil, author: String, notBefore: Timestamp? = nil,
        showing: Matching? = nil
    ) {
        self.kind = kind
        self.route = route
        self.copyTo = copyTo
        self.reversePath = reversePath
        self.recipients = recipients
        self.token = token
        self.account = account
        self.request = request
        self.share = share
        self.author = author
        self.notBefore = notBefore
        self.showing = showing
    }
}

extension NewLetter.Kind {
    /// What a letter does to the conversation it stands in.
    var effect: ConversationEffect {
        switch self {
        case .request, .reminder, .rejection: .asksClient
        case .free: .answers
        case .receipt, .notice, .automatic, .probe: .shows
        }
    }
}

extension Matching {
    /// Mail of ours to somebody of an account: it shows on that account's Email tab.
    package static func ours(to account: AccountID?) -> Matching {
        var matching = Matching(account == nil ? .unmatched : .staff, account: account)
        matching.direction = .outgoing
        matching.mentioned = account.map { [$0] } ?? []
        return matching
    }
}

extension StoreTransaction {
    /// Queues a letter whose octets are durable; part of the transaction that gives the reason for it.
    ///
    /// - Parameter kept: added to a ``VaultBatch`` that was flushed.
    package func queueLetter(_ new: NewLetter, _ kept: KeptLetter, now: Timestamp) throws -> LetterID {
        precondition(!new.recipients.isEmpty, "a letter goes to somebody")
        guard let messageID = kept.envelope.messageID else {
            throw StoreError(.invalid, "a letter without a Message-ID can't be told from another")
        }
        let message = try new.showing.map { try recordMessage(of: kept, new, $0, now: now) }
        let original = try recordOriginal(of: kept, message: message)
        let id = try db.insert(
            """
            INSERT INTO letter (kind, route, copy_to, reverse_path, message_id, token, subject, sha256, octets, original,
              message, smtp_utf8, eight_bit, account, request, author, queued, not_before, share_recipient, is_secret)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, new.kind.rawValue, new.route, new.copyTo, new.reversePath?.addrSpec ?? "",
            messageID.rawValue,
            new.token, kept.envelope.subject ?? "", kept.original.sha256.octets, kept.original.octets,
            original, message?.rawValue, kept.hasUTF8Header || hasUTF8Address(new), kept.isEightBit,
            new.account?.rawValue,
            new.request?.rawValue, new.author, now.milliseconds, new.notBefore?.milliseconds,
            new.share?.rawValue, new.isSecret)
        changedOutgoing = true
        let letter = LetterID(id)
        try addName(messageID, of: letter)
        // Where the server gives the letter another Message-ID, an answer still names this one.
        if let last = kept.envelope.references.last, last.rawValue.hasPrefix(new.token + ".r@") {
            try addName(last, of: letter)
        }
        for (place, recipient) in new.recipients.enumerated() {
            let key = AddressKey(recipient.address)?.description ?? recipient.address.description
            try db.run(
                """
                INSERT INTO submission (letter, place, address, key, request_recipient, state, changed)
                VALUES (?, ?, ?, ?, ?, 'queued', ?)
                """, id, place, recipient.address.addrSpec, key, recipient.requestRecipient?.rawValue,
                now.milliseconds)
        }
        return letter
    }

    /// One more name by which answers may speak of a letter: the one that a server's 250 tells.
    package func addName(_ name: MessageID, of letter: LetterID) throws {
        try db.run(
            "INSERT OR IGNORE INTO letter_name (message_id, letter) VALUES (?, ?)", name.rawValue,
            letter.rawValue)
    }

    /// The letter that any of these names means.
    package func letter(named names: some Sequence<MessageID>) throws -> LetterID? {
        for name in names {
            if let id = try db.first(
                "SELECT letter FROM letter_name WHERE message_id = ?", name.rawValue, read: { $0.integer(0) })
            {
                return LetterID(id)
            }
        }
        return nil
    }

    /// Those of a thread's names that are no secret to anybody of these.
    ///
    /// Whoever answers by a letter's name proves to be the one it went to: a
    /// third person who is let into the thread is not told it.
    package func names(_ names: [MessageID], knownTo people: [AddressKey]) throws -> [MessageID] {
        try names.filter { name in
            guard let letter = try letter(named: [name]) else { return true }
            let told = Set(
                try db.rows("SELECT key FROM submission WHERE letter = ?", letter.rawValue) { $0.text(0) })
            return people.allSatisfy { told.contains($0.description) }
        }
    }

    /// The message that a copy of a letter of ours is, where a server gave the copy another Message-ID.
    ///
    /// A letter's own References end with a name that carries its token; an
    /// answer to it has more behind that.
    package func message(ofCopyWith references: [MessageID]) throws
        -> (number: MessageNumber, verdict: Verdict)?
    {
        guard let last = references.last, last.rawValue.contains(".r@") else { return nil }
        return try db.first(
            """
            SELECT message.id, message.verdict FROM letter JOIN letter_name ON letter_name.letter = letter.id
            JOIN message ON message.id = letter.message
            WHERE letter_name.message_id = ?1 AND ?1 LIKE letter.token || '.r@%'
            """, last.rawValue
        ) { (MessageNumber($0.integer(0)), Verdict(rawValue: $0.text(1)) ?? .open) }
    }

    /// RFC 6531 is about local parts; a domain goes as A-labels where it can.
    private func hasUTF8Address(_ new: NewLetter) -> Bool {
        (new.recipients.map(\.address) + [new.reversePath].compactMap { $0 })
            .contains { !$0.localPart.utf8.allSatisfy { $0 < 128 } }
    }

    /// What lists and the Email tab show of a letter of ours, with its parts; none of them is a document.
    private func recordMessage(
        of kept: KeptLetter, _ letter: NewLetter, _ matching: Matching, now: Timestamp
    ) throws -> MessageNumber {
        let because = "a letter of ours"
        var new = NewMessage(
            identity: kept.identity, envelope: kept.envelope, received: now, isHistory: false,
            matching: matching, matchReason: because,
            judgement: Judgement(verdict: .proven, reason: .ownLetter, because: because), problems: [],
            droppingDetail: false)
        new.source = letter.copyTo ?? letter.route
        new.snippet = kept.snippet
        // Documents that are handed over answer no question of anybody's.
        new.letterEffect = letter.share == nil ? letter.kind.effect : .shows
        let number = try addMessage(new, now: now)
        for part in kept.parts {
            if part.isStored { try addContent(part.facts.sha256, octets: part.facts.bytes) }
            try addPart(
                part.facts, charset: part.charset, stored: part.isStored, plan: part.plan, document: nil,
                of: number)
        }
        return number
    }

    func recordOriginal(of kept: KeptLetter, message: MessageNumber?) throws -> Int64 {
        for part in kept.parts where part.isStored {
            try addContent(part.facts.sha256, octets: part.facts.bytes)
        }
        return try addOriginal(
            kept.original.sha256, octets: Int64(kept.original.octets),
            at: OriginalPlace(
                segment: kept.original.location.segment, offset: Int64(kept.original.location.offset),
                length: Int64(kept.original.location.length)),
            contents: Set(kept.original.contents), message: message, judgement: nil)
    }
}
