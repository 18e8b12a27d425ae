package import Mail
package import Mailroom
internal import SQLite

/// A document whose text is to be read from its octets.
package struct TextToRead: Sendable, Equatable {
    package let sha256: SHA256Digest
    package let name: String
    package let octets: Int64
    /// How often it was tried before.
    package let tries: Int
}

/// What reading the text of a document came to.
package enum ReadText: Sendable, Equatable {
    case read(String)
    /// A picture, a scan without text, a kind that we don't read.
    case none(String)
    /// It is broken, or too much for us: not tried again.
    case failed(String)
    /// What we need was not to be had: later, but not for ever.
    case waiting(String)
}

extension StoreTransaction {
    /// Documents that wait to be indexed, the newest first.
    package func documentsToIndex(limit: Int) throws -> [DocumentID] {
        try db.rows("SELECT document FROM document_queue ORDER BY document DESC LIMIT ?", limit) {
            DocumentID($0.integer(0))
        }
    }

    /// Indexes a document as it is now, with its text where that is known, and takes it out of the queue.
    package func index(_ document: DocumentID) throws {
        try db.run("DELETE FROM document_queue WHERE document = ?", document.rawValue)
        let old = try db.first("SELECT id, sha256 FROM document_entry WHERE document = ?", document.rawValue)
        {
            (id: $0.integer(0), content: $0.blob(1))
        }
        if let old { try takeDocumentOut(old.id) }
        let filed = try db.first("SELECT filed FROM document WHERE id = ?", document.rawValue) {
            Timestamp(milliseconds: $0.integer(0))
        }
        guard let filed else {
            if let old {
                try db.run("DELETE FROM document_entry WHERE id = ?", old.id)
                try forgetText(of: old.content)
            }
            return
        }
        let id = try old?.id ?? EntryOrder.free(at: filed, in: "document_entry", db)
        try db.run(
            """
            INSERT INTO document_entry (id, document, sha256, name, sender, scope, has_text)
            SELECT ?1, d.id, d.sha256, d.name,
              trim(coalesce(m.from_name, '') || ' ' || coalesce(m.from_address, '')),
              ?2 || ' ' || ?3 || d.account,
              EXISTS (SELECT 1 FROM content_text t WHERE t.sha256 = d.sha256 AND t.state <> 'waiting')
            FROM document d LEFT JOIN message m ON m.id = d.message WHERE d.id = ?4
            ON CONFLICT (id) DO UPDATE SET sha256 = excluded.sha256, name = excluded.name,
              sender = excluded.sender, scope = excluded.scope, has_text = excluded.has_text
            """, id, SearchScope.everything, SearchScope.accountPrefix, document.rawValue)
        try putDocumentIn(id)
        if let old { try forgetText(of: old.content) }
    }

    /// What a content says goes with the last document or attachment that has it.
    private func forgetText(of content: [UInt8]) throws {
        try db.run(
            """
            DELETE FROM content_text WHERE sha256 = ?1
              AND NOT EXISTS (SELECT 1 FROM document_entry WHERE sha256 = ?1)
              AND NOT EXISTS (SELECT 1 FROM part WHERE sha256 = ?1)
            """, content)
    }

    /// Documents whose text nobody has read yet, the newest first, of several with one content one; then
    /// attachments that lie in no folder.
    package func textsToRead(now: Timestamp, limit: Int) throws -> [TextToRead] {
        let documents = try db.rows(
            """
            SELECT e.sha256, e.name, d.octets, coalesce(t.tries, 0) FROM document_entry e
            JOIN document d ON d.id = e.document LEFT JOIN content_text t ON t.sha256 = e.sha256
            WHERE e.has_text = 0 AND coalesce(t.next_try, 0) <= ? GROUP BY e.sha256 ORDER BY max(e.id) DESC LIMIT ?
            """, now.milliseconds, limit
        ) { row in
            SHA256Digest(octets: row.blob(0)).map {
                TextToRead(sha256: $0, name: row.text(1), octets: row.integer(2), tries: row.int(3))
            }
        }.compactMap { $0 }
        guard documents.isEmpty else { return documents }
        return try db.rows(
            """
            SELECT q.sha256, '', coalesce(c.octets, 0), coalesce(t.tries, 0) FROM text_queue q
            LEFT JOIN content c ON c.sha256 = q.sha256 LEFT JOIN content_text t ON t.sha256 = q.sha256
            WHERE coalesce(t.next_try, 0) <= ? LIMIT ?
            """, now.milliseconds, limit
        ) { row in
            SHA256Digest(octets: row.blob(0)).map {
                TextToRead(sha256: $0, name: row.text(1), octets: row.integer(2), tries: row.int(3))
            }
        }.compactMap { $0 }
    }

    /// Notes what a content says, or why that is not known, and indexes the documents that have it.
    package func record(_ text: ReadText, of content: SHA256Digest, now: Timestamp) throws {
        let tries =
            try db.first("SELECT tries FROM content_text WHERE sha256 = ?", content.octets) { $0.int(0) } ?? 0
        // Those too that have a text: an entry leaves the index by the words that it came in with.
        let entries = try db.rows("SELECT id FROM document_entry WHERE sha256 = ?", content.octets) {
            $0.integer(0)
        }
        for entry in entries { try takeDocumentOut(entry) }
        var state = "none"
        var words = ""
        var reason: String?
        var next: Int64?
        switch text {
        case .read(let text):
            words = Self.plain(text, limit: Self.documentText)
            state = words.isEmpty ? "none" : "read"
        case .none(let why): reason = why
        case .failed(let why): (state, reason) = ("failed", why)
        case .waiting(let why):
            reason = why
            state = tries + 1 < Self.textTries ? "waiting" : "failed"
            next = now.milliseconds + 3_600_000
        }
        try db.run(
            """
            INSERT INTO content_text (sha256, state, text, reason, tries, next_try) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (sha256) DO UPDATE SET state = excluded.state, text = excluded.text,
              reason = excluded.reason, tries = excluded.tries, next_try = excluded.next_try
            """, content.octets, state, words, reason, tries + 1, next)
        for entry in entries {
            if state != "waiting" { try db.run("UPDATE document_entry SET has_text = 1 WHERE id = ?", entry) }
            try putDocumentIn(entry)
        }
        guard state != "waiting" else { return }
        try db.run("DELETE FROM text_queue WHERE sha256 = ?", content.octets)
        guard state == "read" else { return }
        try db.run(
            """
            INSERT OR IGNORE INTO mail_queue
            SELECT message FROM part WHERE sha256 = ? AND state = 'needs_filing'
            """, content.octets)
    }

    private func takeDocumentOut(_ entry: Int64) throws {
        try countWords(of: try documentWords(entry), by: -1)
        try db.run(
            """
            INSERT INTO document_words (document_words, rowid, name, sender, text, scope)
            SELECT 'delete', id, name, sender, text, scope FROM document_indexed WHERE id = ?
            """, entry)
    }

    private func putDocumentIn(_ entry: Int64) throws {
        try db.run(
            """
            INSERT INTO document_words (rowid, name, sender, text, scope)
            SELECT id, name, sender, text, scope FROM document_indexed WHERE id = ?
            """, entry)
        try countWords(of: try documentWords(entry), by: 1)
    }

    private func documentWords(_ entry: Int64) throws -> [String] {
        try db.first("SELECT name, sender, text FROM document_indexed WHERE id = ?", entry) { row in
            (0..<3).map { row.text($0) }
        } ?? []
    }

    /// About a hundred pages: whoever looks for something beyond them knows what document it is in.
    package static var documentText: Int { 256 << 10 }
    private static let textTries = 5
}
