import Mail
import SQLite
import Text

@testable import Store

/// A line of the ledger as tests speak of it.
struct LedgerLine: Hashable, CustomStringConvertible {
    var section: String
    var state: String
    var reason: String?
    var name: String?
    /// `10482/Client uploads/statement.pdf`
    var document: String?

    var description: String {
        "\(section) \(state)\(reason.map { ":\($0)" } ?? "") \(name ?? "-") \(document ?? "")"
    }
}

/// A row of `placement` as tests speak of it.
struct PlacementLine: Hashable, CustomStringConvertible {
    var mailbox: String
    var uidValidity: Int
    var uid: Int
    var state: String
    var attempts: Int
    var tries: Int
    var message: Int64?
    var original: Int64?
    var isGone: Bool
    var reason: String?
    var isInForce: Bool

    var description: String { "\(mailbox) \(uidValidity)/\(uid) \(state) \(reason ?? "")" }
}

extension Firm {
    /// Every part of every message, in the order they were recorded.
    func ledger() async throws -> [LedgerLine] {
        try await store.read { transaction in
            try transaction.db.rows(
                """
                SELECT part.section, part.state, reason, part.name, account.number || '/' || folder.name || '/' ||
                  CASE document.path WHEN '' THEN '' ELSE document.path || '/' END || document.name
                FROM part LEFT JOIN document ON document.id = part.document
                LEFT JOIN folder ON folder.id = document.folder LEFT JOIN account ON account.id = document.account
                ORDER BY part.id
                """
            ) {
                LedgerLine(
                    section: $0.text(0), state: $0.text(1), reason: $0.optionalText(2),
                    name: $0.optionalText(3),
                    document: $0.optionalText(4))
            }
        }
    }

    /// What became of the parts that are no displayed text: `filed`, `needs_filing:type`.
    func outcomes() async throws -> [String] {
        try await ledger().filter { $0.reason != "text" }.map { line in
            line.reason.map { "\(line.state):\($0)" } ?? line.state
        }
    }

    func placements() async throws -> [PlacementLine] {
        try await store.read { transaction in
            try transaction.db.rows(
                """
                SELECT name, uid_validity, uid, state, attempts, tries, message, original, gone IS NOT NULL, reason,
                  superseded IS NULL
                FROM placement JOIN mailbox ON mailbox.id = placement.mailbox ORDER BY mailbox, uid
                """
            ) {
                PlacementLine(
                    mailbox: $0.text(0), uidValidity: $0.int(1), uid: $0.int(2), state: $0.text(3),
                    attempts: $0.int(4), tries: $0.int(5), message: $0.optionalInteger(6),
                    original: $0.optionalInteger(7), isGone: $0.bool(8), reason: $0.optionalText(9),
                    isInForce: $0.bool(10))
            }
        }
    }

    /// The paths of all documents that are filed, sorted.
    func documents() async throws -> [String] {
        try await store.read { transaction in
            try transaction.db.rows(
                """
                SELECT account.number || '/' || folder.name || '/' ||
                  CASE document.path WHEN '' THEN '' ELSE document.path || '/' END || document.name
                FROM document JOIN folder ON folder.id = document.folder JOIN account ON account.id = document.account
                WHERE trashed IS NULL ORDER BY 1
                """
            ) { $0.text(0) }
        }
    }

    func count(_ sql: String) async throws -> Int {
        try await store.read { transaction in try transaction.db.first(sql) { $0.int(0) } ?? 0 }
    }

    func messages() async throws -> Int { try await count("SELECT count(*) FROM message") }
}
