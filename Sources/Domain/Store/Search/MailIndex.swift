package import Mail
internal import Mailroom
internal import SQLite
internal import Text

/// A message that is to be indexed, and where to read what it says.
package struct MailToIndex: Sendable {
    package let message: MessageNumber
    /// Nil when its text is known from before, or it has none.
    package let original: (digest: SHA256Digest, place: OriginalPlace)?
}

extension StoreTransaction {
    /// How much is still to be indexed: messages, documents, and documents whose text is to be read.
    package func indexingBacklog() throws -> (messages: Int, documents: Int, texts: Int) {
        try db.first(
            """
            SELECT (SELECT count(*) FROM mail_queue), (SELECT count(*) FROM document_queue),
              (SELECT count(*) FROM document_entry WHERE has_text = 0) + (SELECT count(*) FROM text_queue)
            """
        ) { ($0.int(0), $0.int(1), $0.int(2)) } ?? (0, 0, 0)
    }

    /// What waits to be indexed, the newest first: today's mail is found while history is still on its way.
    package func mailToIndex(limit: Int) throws -> [MailToIndex] {
        try db.rows(
            """
            SELECT q.message, o.sha256, o.segment, o.offset, o.length FROM mail_queue q
            LEFT JOIN original o ON o.id = (SELECT min(id) FROM original WHERE original.message = q.message)
              AND NOT EXISTS (SELECT 1 FROM mail_entry WHERE mail_entry.message = q.message)
            ORDER BY q.message DESC LIMIT ?
            """, limit
        ) { row in
            let digest = SHA256Digest(octets: row.blob(1))
            return MailToIndex(
                message: MessageNumber(row.integer(0)),
                original: digest.map {
                    (
                        $0,
                        OriginalPlace(segment: row.int(2), offset: row.integer(3), length: row.integer(4))
                    )
                })
        }
    }

    /// Indexes a message as it is now, and takes it out of the queue.
    ///
    /// - Parameter text: what it says; nil leaves what is known of it.
    package func index(_ message: MessageNumber, text: String?) throws {
        try db.run("DELETE FROM mail_queue WHERE message = ?", message.rawValue)
        let old = try db.first("SELECT id FROM mail_entry WHERE message = ?", message.rawValue) {
            $0.integer(0)
        }
        let received = try db.first("SELECT received FROM message WHERE id = ?", message.rawValue) {
            Timestamp(milliseconds: $0.integer(0))
        }
        guard let received else {
            if let old { try forgetMail(old) }
            return
        }
        let id: Int64
        if let old {
            try takeMailOut(old)
            id = old
        } else {
            id = try EntryOrder.free(at: received, in: "mail_entry", db)
        }
        try db.run(
            """
            INSERT INTO mail_entry (id, message, subject, sender, recipients, files, scope)
            SELECT ?1, id, coalesce(subject, ''), trim(coalesce(from_name, '') || ' ' || coalesce(from_address, '')),
              coalesce((SELECT group_concat(trim(coalesce(name, '') || ' ' || address), ', ')
                FROM recipient WHERE recipient.message = message.id AND role <> 'reply_to'), ''), ?2, ?3
            FROM message WHERE id = ?4
            ON CONFLICT (id) DO UPDATE SET subject = excluded.subject, sender = excluded.sender,
              recipients = excluded.recipients, files = excluded.files, scope = excluded.scope
            """, id, try fileNames(of: message), try scope(of: message), message.rawValue)
        let attached = try attachedText(of: message)
        if let text {
            try db.run(
                "INSERT OR REPLACE INTO mail_text VALUES (?, ?, ?)", id,
                Self.plain(text, limit: Self.mailText), attached)
        } else {
            try db.run(
                """
                INSERT INTO mail_text VALUES (?, '', ?)
                ON CONFLICT (entry) DO UPDATE SET attached = excluded.attached
                """, id, attached)
        }
        try db.run(
            """
            INSERT INTO mail_words (rowid, subject, sender, recipients, files, text, attached, scope)
            SELECT id, subject, sender, recipients, files, text, attached, scope FROM mail_indexed WHERE id = ?
            """, id)
        try countWords(of: try mailWords(id), by: 1)
    }

    private func forgetMail(_ entry: Int64) throws {
        try takeMailOut(entry)
        try db.run("DELETE FROM mail_text WHERE entry = ?", entry)
        try db.run("DELETE FROM mail_entry WHERE id = ?", entry)
    }

    private func takeMailOut(_ entry: Int64) throws {
        try countWords(of: try mailWords(entry), by: -1)
        try db.run(
            """
            INSERT INTO mail_words (mail_words, rowid, subject, sender, recipients, files, text, attached, scope)
            SELECT 'delete', id, subject, sender, recipients, files, text, attached, scope
            FROM mail_indexed WHERE id = ?
            """, entry)
    }

    private func mailWords(_ entry: Int64) throws -> [String] {
        try db.first(
            "SELECT subject, sender, recipients, files, text, attached FROM mail_indexed WHERE id = ?", entry
        ) { row in (0..<6).map { row.text($0) } } ?? []
    }

    /// What the attachments say that wait for staff: what is filed is found as a document.
    private func attachedText(of message: MessageNumber) throws -> String {
        let texts = try db.rows(
            """
            SELECT DISTINCT t.text FROM part p JOIN content_text t ON t.sha256 = p.sha256
            WHERE p.message = ? AND p.state = 'needs_filing' AND p.stored = 1 AND t.state = 'read' ORDER BY p.id
            """, message.rawValue
        ) { $0.text(0) }
        return Self.plain(texts.joined(separator: " "), limit: Self.mailText)
    }

    /// Names of what is attached, and what kind it is where the name does not say.
    private func fileNames(of message: MessageNumber) throws -> String {
        try attachments(of: message).map { name, type in
            let fileExtension = type.flatMap { MediaType($0) }?.fileExtension ?? ""
            return name.lowercased().hasSuffix("." + fileExtension) ? name : "\(name) \(fileExtension)"
        }.joined(separator: "\n")
    }

    private func attachments(of message: MessageNumber) throws -> [(name: String, type: String?)] {
        try db.rows(
            """
            SELECT coalesce(name, ''), media_type FROM part
            WHERE message = ? AND (name IS NOT NULL OR disposition = 'attachment') AND in_html = 0 ORDER BY id
            """, message.rawValue
        ) { ($0.text(0), $0.optionalText(1)) }
    }

    private func scope(of message: MessageNumber) throws -> String {
        var words = [SearchScope.everything]
        words += try db.rows(
            """
            SELECT account FROM message WHERE id = ?1 AND account IS NOT NULL
            UNION SELECT account FROM mention WHERE message = ?1
            """, message.rawValue
        ) { SearchScope.account($0.integer(0)) }
        words += try db.rows(
            """
            SELECT DISTINCT source FROM placement JOIN mailbox ON mailbox.id = placement.mailbox
            WHERE placement.message = ?
            """, message.rawValue
        ) { SearchScope.source($0.integer(0)) }
        if try !attachments(of: message).isEmpty { words.append(SearchScope.file) }
        return words.joined(separator: " ")
    }

    /// More of a message than this is a list or a log that somebody pasted.
    private static let mailText = 48 << 10

    /// Without control characters, which mark what was found, and without runs of blanks.
    static func plain(_ text: String, limit: Int) -> String {
        var octets: [UInt8] = []
        var isBlank = true
        for octet in text.utf8 {
            if octet <= 0x20 || octet == 0x7F {
                if !isBlank { octets.append(0x20) }
                isBlank = true
                continue
            }
            isBlank = false
            octets.append(octet)
            // Where a scalar would be cut in two, the decoder puts one character in its place.
            if octets.count >= limit { break }
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
