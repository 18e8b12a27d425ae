package import Mail
package import Mailroom
internal import SQLite

/// A message as it stands in its conversation.
package struct ConversationMessage: Sendable, Equatable {
    package let summary: MessageSummary
    package let snippet: String
    package let nature: String
    /// To and Cc, as names or addresses.
    package let recipients: [String]
}

/// A file that came with a conversation, and what became of it.
package struct ConversationFile: Sendable, Hashable {
    package let message: MessageNumber
    package let section: Section
    package let name: String?
    package let mediaType: String
    package let octets: Int64
    package let state: LedgerState
    package let reason: LedgerReason?
    /// The sentence behind it.
    package let because: String
    package let document: DocumentID?
    /// Where it lies: the folder's name with what is below it, and who sees it.
    package let folder: String?
    package let access: Access?
    package let sha256: SHA256Digest
    /// By its first octets.
    package let family: FileFamily?
    /// Whether `content/` holds its octets.
    package let isStored: Bool
    /// Whether a password would open it: see ``LockedPart``.
    package let isLocked: Bool
    package let received: Timestamp
}

/// Something that happened besides mail.
package struct ConversationEvent: Sendable, Hashable {
    package let id: Int64
    package let at: Timestamp
    package let kind: String
    package let who: String?
    package let words: String
    package let request: RequestID?
}

extension StoreTransaction {
    /// A letter of ours that was taken back before anybody got it: `message` is its row.
    static let wasTakenBack = """
        EXISTS (SELECT 1 FROM letter WHERE letter.message = message.id AND cancelled IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM submission WHERE submission.letter = letter.id AND state <> 'cancelled'))
        """

    /// A conversation's messages, oldest first; of very many the newest.
    ///
    /// - Parameter staff: what came by a mailbox that is hidden from him is left out.
    package func messages(
        in id: ConversationID, for staff: StaffID?, limit: Int = 200
    ) throws -> [ConversationMessage] {
        let rows = try db.rows(
            """
            SELECT id, coalesce(snippet, ''), nature FROM message WHERE conversation = ?1
              AND (source IS NULL OR source NOT IN (SELECT source FROM hidden_source WHERE staff = ?2))
              AND NOT \(Self.wasTakenBack)
            ORDER BY received / 1000 DESC, id DESC LIMIT ?3
            """, id.rawValue, staff?.rawValue, limit
        ) { (number: MessageNumber($0.integer(0)), snippet: $0.text(1), nature: $0.text(2)) }
        return try rows.reversed().compactMap { row in
            guard let summary = try message(row.number) else { return nil }
            let recipients = try db.rows(
                """
                SELECT coalesce(name, address) FROM recipient WHERE message = ? AND role IN ('to', 'cc')
                ORDER BY role DESC, place LIMIT 12
                """, row.number.rawValue
            ) { $0.text(0) }
            return ConversationMessage(
                summary: summary, snippet: row.snippet, nature: row.nature, recipients: recipients)
        }
    }

    /// The files of a conversation's messages, in their order; texts, pictures within them and opened
    /// containers are none.
    package func files(in id: ConversationID, for staff: StaffID?, limit: Int = 200) throws
        -> [ConversationFile]
    {
        try db.rows(
            """
            SELECT part.message, part.section, part.name, part.media_type, part.octets, part.state, part.reason,
              part.because, document.id, folder.name, document.path, folder.access, part.sha256, part.family,
              part.stored, message.received, \(Self.lockedPart)
            FROM message CROSS JOIN part ON part.message = message.id
            LEFT JOIN document ON document.id = part.document AND document.account = message.account
            LEFT JOIN folder ON folder.id = document.folder
            WHERE message.conversation = ?1
              AND (source IS NULL OR source NOT IN (SELECT source FROM hidden_source WHERE staff = ?2))
              AND (part.state IN ('filed', 'duplicate', 'needs_filing', 'failed')
                OR message.direction = 'out' AND part.disposition = 'attachment')
              AND NOT \(Self.wasTakenBack)
            ORDER BY message.received, message.id, part.id LIMIT ?3
            """, id.rawValue, staff?.rawValue, limit
        ) { row -> ConversationFile? in
            guard let sha256 = SHA256Digest(octets: row.blob(12)) else { return nil }
            return ConversationFile(
                message: MessageNumber(row.integer(0)), section: Section(row.text(1)),
                name: row.optionalText(2), mediaType: row.text(3), octets: row.integer(4),
                state: LedgerState(rawValue: row.text(5)) ?? .failed,
                reason: row.optionalText(6).flatMap { LedgerReason(rawValue: $0) }, because: row.text(7),
                document: row.optionalInteger(8).map { DocumentID($0) },
                folder: row.optionalText(9).map { name in
                    let path = row.optionalText(10) ?? ""
                    return path.isEmpty ? name : "\(name)/\(path)"
                }, access: row.optionalText(11).flatMap { Access(rawValue: $0) }, sha256: sha256,
                family: row.optionalText(13).flatMap(FileFamily.init(rawValue:)), isStored: row.bool(14),
                isLocked: row.bool(16), received: Timestamp(milliseconds: row.integer(15)))
        }.compactMap { $0 }
    }

    package func events(in id: ConversationID) throws -> [ConversationEvent] {
        try db.rows(
            """
            SELECT id, at, kind, who, words, request FROM event WHERE conversation = ? ORDER BY at, id
            """, id.rawValue
        ) { row in
            ConversationEvent(
                id: row.integer(0), at: Timestamp(milliseconds: row.integer(1)), kind: row.text(2),
                who: row.optionalText(3), words: row.text(4),
                request: row.optionalInteger(5).map { RequestID($0) })
        }
    }
}
