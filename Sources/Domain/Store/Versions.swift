package import Mail
package import Mailroom
internal import SQLite

/// What a document was before.
package struct DocumentVersion: Sendable, Equatable {
    /// From 1, the oldest.
    package let number: Int
    package let sha256: SHA256Digest
    package let octets: Int64
    package let origin: DocumentOrigin
    package let filed: Timestamp
    package let filedBy: String?
    package let message: MessageNumber?
    package let replaced: Timestamp
    package let replacedBy: String
}

extension StoreTransaction {
    /// Gives a document other octets; what it was stays as an earlier version.
    ///
    /// The file on the disk is replaced afterwards: see ``pendingMoves()``.
    /// - Returns: false where these are its octets already.
    @discardableResult
    package func addVersion(
        sha256: SHA256Digest, octets: Int64, of id: DocumentID, origin: DocumentOrigin = .staff,
        because detail: String = "", by actor: String, now: Timestamp
    ) throws -> Bool {
        let row = try filedDocument(id)
        guard row.sha256 != sha256 else { return false }
        try addContent(sha256, octets: octets)
        try leaveBehind(id)
        try db.run(
            "UPDATE document_move SET kind = 'replaced' WHERE document = ? AND kind = 'moved'", id.rawValue)
        try keepVersion(of: id, by: actor, now: now)
        try setOctets(sha256, octets, of: id, origin: origin, isPlaced: false, by: actor, now: now)
        try audit(
            "file.version", by: actor, account: row.account.rawValue, subject: "\(id.rawValue)",
            detail: detail.isEmpty ? row.name : "\(row.name): \(detail)", at: now)
        return true
    }

    /// Has what a document is now stay as an earlier version.
    func keepVersion(of id: DocumentID, by actor: String, now: Timestamp) throws {
        try db.run(
            """
            INSERT INTO document_version (document, number, sha256, octets, message, section, origin, filed, filed_by,
              replaced, replaced_by, from_disk, from_client)
            SELECT id, 1 + (SELECT count(*) FROM document_version WHERE document = ?1), sha256, octets, message,
              section, origin, filed, filed_by, ?2, ?3, from_disk, from_client FROM document
            WHERE id = ?1
            """, id.rawValue, now.milliseconds, actor)
    }

    /// - Parameter isPlaced: the file has these octets already, for somebody wrote them there.
    func setOctets(
        _ sha256: SHA256Digest, _ octets: Int64, of id: DocumentID, origin: DocumentOrigin, isPlaced: Bool,
        by actor: String, now: Timestamp
    ) throws {
        try db.run(
            """
            UPDATE document SET sha256 = ?1, octets = ?2, message = NULL, section = NULL, origin = ?3, from_disk = ?4,
              from_client = ?9, filed = ?5, filed_by = ?6, placed = CASE WHEN ?7 THEN 'copy' END WHERE id = ?8
            """, sha256.octets, octets, origin.column, origin == .disk, now.milliseconds, actor, isPlaced,
            id.rawValue, origin == .client)
    }

    /// Makes an earlier version the document again; what it is now becomes one more version.
    @discardableResult
    package func restoreVersion(_ number: Int, of id: DocumentID, by actor: String, now: Timestamp) throws
        -> Bool
    {
        guard let version = try versions(of: id).first(where: { $0.number == number }) else {
            throw StoreError(.notFound, "document \(id.rawValue) has no version \(number)")
        }
        return try addVersion(
            sha256: version.sha256, octets: version.octets, of: id, because: "version \(number) again",
            by: actor,
            now: now)
    }

    /// The newest first.
    package func versions(of id: DocumentID) throws -> [DocumentVersion] {
        try db.rows(
            """
            SELECT number, sha256, octets, \(DocumentOrigin.columns(of: "document_version")), filed,
              CASE origin WHEN 'staff' THEN \(Self.name(ofActor: "filed_by")) ELSE filed_by END, message, replaced,
              \(Self.name(ofActor: "replaced_by"))
            FROM document_version WHERE document = ? ORDER BY number DESC
            """, id.rawValue
        ) { row in
            SHA256Digest(octets: row.blob(1)).map {
                DocumentVersion(
                    number: row.int(0), sha256: $0, octets: row.integer(2),
                    origin: DocumentOrigin(rawValue: row.text(3)) ?? .mail,
                    filed: Timestamp(milliseconds: row.integer(4)), filedBy: row.optionalText(5),
                    message: row.optionalInteger(6).map { MessageNumber($0) },
                    replaced: Timestamp(milliseconds: row.integer(7)), replacedBy: row.text(8))
            }
        }.compactMap { $0 }
    }
}
