package import Mail
package import Mailroom
internal import SQLite

/// An account as one answer among several.
package struct AccountChoice: Sendable, Hashable {
    package let id: AccountID
    package let number: String
    package let name: String
    /// Why it is offered; empty where the sender simply speaks for it.
    package let because: String

    package init(id: AccountID, number: String, name: String, because: String = "") {
        self.id = id
        self.number = number
        self.name = name
        self.because = because
    }
}

/// A part that waits for staff.
package struct HeldPart: Sendable, Hashable {
    package let message: MessageNumber
    package let section: Section
    package let name: String?
    package let mediaType: String
    package let octets: Int64
    package let reason: LedgerReason
    package let because: String
    /// What the scanner found.
    package let found: String?
    /// Whether there are octets of its own to file.
    package let isStored: Bool
    /// Whether a password would open it: see ``LockedPart``.
    package let isLocked: Bool
    package let links: [FileLink]
}

/// A message with parts that wait for staff, and with the accounts that could be meant.
package struct HeldMessage: Sendable, Hashable {
    package let number: MessageNumber
    package let subject: String?
    package let fromName: String?
    package let fromAddress: String?
    package let fromKey: String?
    package let received: Timestamp
    package let account: AccountChoice?
    package let choices: [AccountChoice]
    package let verdict: Verdict
    package let verdictReason: String
    package var parts: [HeldPart]

    package var sender: String { fromName.flatMap { $0.isEmpty ? nil : $0 } ?? fromAddress ?? "" }
}

extension StoreTransaction {
    /// What a person may see of mail: `?1` is the person, `message` the row.
    ///
    /// A message that could be one of several accounts' is shown to those alone who see them all: an answer
    /// among those left over would be the wrong one.
    static let visibleMessage = """
        (?1 IS NULL OR (
          (message.account IS NULL OR message.account NOT IN (SELECT account FROM hidden_account WHERE staff = ?1))
          AND (message.match <> 'ambiguous' OR NOT EXISTS (SELECT 1 FROM suggestion JOIN hidden_account
            ON hidden_account.account = suggestion.account AND hidden_account.staff = ?1
            WHERE suggestion.message = message.id))
          AND (NOT EXISTS (SELECT 1 FROM hidden_source WHERE staff = ?1)
            OR EXISTS (SELECT 1 FROM placement JOIN mailbox ON mailbox.id = placement.mailbox
              JOIN source ON source.id = mailbox.source WHERE placement.message = message.id
              AND source.name NOT IN (SELECT source FROM hidden_source WHERE staff = ?1)))))
        """

    /// What waits for a person's word: strangers, history and machines' answers apart, which have places of
    /// their own.
    static let heldPart = """
        part.state = 'needs_filing' AND part.reason NOT IN ('history', 'unmatched', 'other_list', 'automatic')
        AND NOT (message.account IS NULL AND message.match IN ('unmatched', 'suggested'))
        AND message.is_other = 0
        AND part.id NOT IN (SELECT part FROM part_aside)
        AND (message.from_key IS NULL OR message.from_key NOT IN (SELECT key FROM ignored_sender))
        """

    /// Messages with parts that wait, the newest first.
    package func heldMessages(for staff: StaffID?, limit: Int) throws -> [HeldMessage] {
        let numbers = try db.rows(
            """
            SELECT DISTINCT message.id FROM part JOIN message ON message.id = part.message
            WHERE \(Self.heldPart) AND \(Self.visibleMessage) ORDER BY message.received DESC, message.id DESC LIMIT ?2
            """, staff?.rawValue, limit
        ) { MessageNumber($0.integer(0)) }
        return try numbers.compactMap { number in
            guard var message = try heldMessage(number, for: staff) else { return nil }
            let waiting = Set(
                try db.rows(
                    """
                    SELECT part.section FROM part JOIN message ON message.id = part.message
                    WHERE message.id = ? AND \(Self.heldPart)
                    """, number.rawValue
                ) { Section($0.text(0)) })
            message.parts.removeAll { !waiting.contains($0.section) }
            return message
        }
    }

    /// How many parts wait, those that lie in Intake because nobody knows their sender included.
    package func heldCount(for staff: StaffID?) throws -> Int {
        let waiting =
            try db.first(
                """
                SELECT count(*) FROM part JOIN message ON message.id = part.message
                WHERE \(Self.heldPart) AND \(Self.visibleMessage)
                """, staff?.rawValue
            ) { $0.int(0) } ?? 0
        return try waiting + unconfirmedSenders(for: staff).reduce(0) { $0 + $1.documents.count }
    }

    /// A message with all its parts that need filing, whatever for; nil where the person may not see it.
    package func heldMessage(_ number: MessageNumber, for staff: StaffID?) throws -> HeldMessage? {
        let choices = try db.rows(
            """
            SELECT account.id, account.number, account.name, because FROM suggestion
            JOIN account ON account.id = suggestion.account WHERE message = ?2
              AND (?1 IS NULL OR account.id NOT IN (SELECT account FROM hidden_account WHERE staff = ?1))
            ORDER BY place
            """, staff?.rawValue, number.rawValue
        ) {
            AccountChoice(
                id: AccountID($0.integer(0)), number: $0.text(1), name: $0.text(2), because: $0.text(3))
        }
        let parts = try heldParts(of: number)
        return try db.first(
            """
            SELECT subject, from_name, from_address, from_key, received, account.id, account.number, account.name,
              verdict, verdict_reason
            FROM message LEFT JOIN account ON account.id = message.account
            WHERE message.id = ?2 AND \(Self.visibleMessage)
            """, staff?.rawValue, number.rawValue
        ) { row in
            HeldMessage(
                number: number, subject: row.optionalText(0), fromName: row.optionalText(1),
                fromAddress: row.optionalText(2), fromKey: row.optionalText(3),
                received: Timestamp(milliseconds: row.integer(4)),
                account: row.optionalInteger(5).map {
                    AccountChoice(id: AccountID($0), number: row.text(6), name: row.text(7))
                }, choices: choices, verdict: Verdict(rawValue: row.text(8)) ?? .open,
                verdictReason: row.text(9), parts: parts)
        }
    }

    private func heldParts(of number: MessageNumber) throws -> [HeldPart] {
        let links = try fileLinks(of: number)
        return try db.rows(
            """
            SELECT section, name, media_type, octets, reason, because, scan_found, stored, \(Self.lockedPart)
            FROM part
            WHERE message = ? AND state = 'needs_filing' ORDER BY id
            """, number.rawValue
        ) { row in
            let section = Section(row.text(0))
            return HeldPart(
                message: number, section: section, name: row.optionalText(1), mediaType: row.text(2),
                octets: row.integer(3),
                reason: row.optionalText(4).flatMap(LedgerReason.init(rawValue:)) ?? .suggested,
                because: row.text(5), found: row.optionalText(6), isStored: row.bool(7),
                isLocked: row.bool(8),
                links: links[section] ?? [])
        }
    }
}
