internal import Mail
package import Mailroom
internal import SQLite

/// Documents that staff put beside a question: whoever has its link may look at them, and at nothing else.
extension StoreTransaction {
    /// As they are now. One that went to another account is that account's, and one in the trash is nobody's.
    package func attachedFiles(of request: RequestID) throws -> [SharedFile] {
        try db.rows(
            """
            SELECT document.id, document.name, document.octets, document.sha256, document.filed,
              folder.access
            FROM request JOIN request_attachment ON request_attachment.request = request.id
            JOIN document ON document.id = request_attachment.document
            JOIN folder ON folder.id = document.folder
            WHERE request.id = ? AND document.account = request.account AND document.trashed IS NULL
            ORDER BY request_attachment.place, document.id
            """, request.rawValue
        ) { row in
            SHA256Digest(octets: row.blob(3)).map {
                SharedFile(
                    id: DocumentID(row.integer(0)), name: row.text(1), octets: row.integer(2), sha256: $0,
                    filed: Timestamp(milliseconds: row.integer(4)), isChanged: false,
                    access: Access(rawValue: row.text(5)) ?? .private)
            }
        }.compactMap { $0 }
    }

    /// Those of a request that there are still, as its letter names them; of one that is no row yet, too.
    package func attachedNames(of request: Request) throws -> [String] {
        try request.documents.compactMap { try documentListing($0) }.filter {
            $0.account == request.account && !$0.isTrashed
        }.map(\.name)
    }
}
