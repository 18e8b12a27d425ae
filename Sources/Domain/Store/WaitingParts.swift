package import Mail
package import Mailroom
internal import SQLite
internal import Text

/// A part of a message with what is known of it, for planning anew.
package struct WaitingPart: Sendable {
    package let facts: PartFacts
    /// Whether `content/` holds its octets.
    package let isStored: Bool
    /// False for one that has its place already: it is planned along and left alone.
    package let isWaiting: Bool
    /// Staff took it out of its folder: it is filed again by their word alone.
    package let isUnfiled: Bool
}

/// What is known of a message for planning its parts anew.
package struct FilingFacts: Sendable {
    /// The source it was first seen in.
    package let source: String
    package let from: String
    package let subject: String
    package let received: Timestamp
    package let isHistory: Bool
    package let verdict: Verdict
    package let verdictReason: String
    package let senderKey: String?
    package let account: AccountID?
    package let match: MatchKind
}

extension StoreTransaction {
    /// The links to files that each part of a message shows, in their order.
    func fileLinks(of message: MessageNumber) throws -> [Section: [FileLink]] {
        let rows = try db.rows(
            """
            SELECT part.section, service, url, expiry FROM file_link JOIN part ON part.id = file_link.part
            WHERE part.message = ? ORDER BY file_link.place
            """, message.rawValue
        ) {
            (
                section: Section($0.text(0)),
                link: FileLink(service: $0.text(1), url: $0.text(2), expiry: $0.optionalText(3))
            )
        }
        return Dictionary(grouping: rows, by: \.section).mapValues { $0.map(\.link) }
    }

    /// All parts of a message as facts; `account` says whose documents count as filed already.
    package func waitingParts(of message: MessageNumber, account: AccountID?) throws -> [WaitingPart] {
        let links = try fileLinks(of: message)
        let parts = try db.rows(
            """
            SELECT section, unwrapped_from, media_type, disposition, name, content_id, octets, sha256, family, sniffed,
              macros, in_html, width, height, unwrapping, encrypted, scan, scan_found, stored, state, unfiled
            FROM part WHERE message = ? ORDER BY id
            """, message.rawValue
        ) { row -> WaitingPart? in
            guard let sha256 = SHA256Digest(octets: row.blob(7)) else { return nil }
            let section = Section(row.text(0))
            var facts = PartFacts(
                section: section, mediaType: MediaType(row.text(2)) ?? .octets,
                disposition: row.optionalText(3).map { Disposition($0) }, name: row.optionalText(4),
                bytes: row.integer(6), sha256: sha256,
                sniffed: Sniffed(
                    row.optionalText(8).flatMap(FileFamily.init(rawValue:)),
                    row.optionalText(9).flatMap { MediaType($0) }, hasMacros: row.bool(10),
                    isEmpty: row.integer(6) == 0))
            facts.container = row.optionalText(1).map { Section($0) }
            facts.contentID = row.optionalText(5)
            facts.isReferencedByHTML = row.bool(11)
            if let width = row.optionalInt(12), let height = row.optionalInt(13) {
                facts.picture = PictureSize(width: width, height: height)
            }
            facts.unwrapping = row.optionalText(14).flatMap(Unwrapping.init(rawValue:))
            facts.encryption = row.bool(15) ? .encrypted : .none
            facts.scan = Self.scan(row.optionalText(16), found: row.optionalText(17))
            facts.fileLinks = links[section] ?? []
            let state = LedgerState(rawValue: row.text(19))
            return WaitingPart(
                facts: facts, isStored: row.bool(18), isWaiting: state == .needsFiling || state == .failed,
                isUnfiled: row.bool(20))
        }.compactMap { $0 }
        return try parts.map { part in
            guard part.isWaiting, let account else { return part }
            var facts = part.facts
            facts.alreadyFiled = try document(content: facts.sha256, account: account)
            return WaitingPart(
                facts: facts, isStored: part.isStored, isWaiting: true, isUnfiled: part.isUnfiled)
        }
    }

    private static func scan(_ word: String?, found: String?) -> Scan {
        switch word {
        case "clean": .clean
        case "unscanned": .unscanned
        case "infected": .infected(found ?? "")
        default: .notAsked
        }
    }

    package func filingFacts(of message: MessageNumber) throws -> FilingFacts {
        guard
            let facts = try db.first(
                """
                SELECT (SELECT source.name FROM placement JOIN mailbox ON mailbox.id = placement.mailbox
                        JOIN source ON source.id = mailbox.source WHERE placement.message = message.id LIMIT 1),
                  received, history, verdict, verdict_reason, from_key, account, match, from_address, subject
                FROM message WHERE id = ?
                """, message.rawValue,
                read: { row in
                    FilingFacts(
                        source: row.text(0), from: row.text(8), subject: row.text(9),
                        received: Timestamp(milliseconds: row.integer(1)), isHistory: row.bool(2),
                        verdict: Verdict(rawValue: row.text(3)) ?? .open, verdictReason: row.text(4),
                        senderKey: row.optionalText(5), account: row.optionalInteger(6).map { AccountID($0) },
                        match: MatchKind(rawValue: row.text(7)) ?? .unmatched)
                })
        else { throw StoreError(.notFound, "there is no message \(message)") }
        return facts
    }

    /// A document's other name: a foreign file had the one that was planned.
    package func setName(_ name: String, of id: DocumentID, account: AccountID) throws {
        try db.run(
            """
            UPDATE document SET name = ?1,
              name_key = CASE WHEN EXISTS (SELECT 1 FROM document AS other JOIN document AS this ON this.id = ?3
                WHERE other.account = this.account AND other.folder = this.folder AND other.path = this.path
                  AND other.name_key = ?2 AND other.id <> ?3) THEN ?2 || char(0) || ?3 ELSE ?2 END
            WHERE id = ?3
            """, name, name.nameKey, id.rawValue)
    }
}
