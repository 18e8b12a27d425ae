import Mail
import Mailroom
import SQLite
import Text

@testable import Store

/// A store with accounts, mail and documents, written as the intake leaves them, and indexed.
struct SearchFirm {
    let store: Store

    static let zone = SearchZone(TimeZone("Europe/Berlin")!)

    init(path: String) async throws {
        store = try Store.open(path: path)
        try await store.write { transaction in
            let db = transaction.db
            for (number, name) in [
                ("10482", "Bäckerei Hofmann GmbH"), ("10500", "髙橋商店"), ("20001", "Straßenbau Müller"),
            ] {
                let account = try db.insert(
                    """
                    INSERT INTO account (number, type, name, language, directory, created)
                    VALUES (?, 'client', ?, 'de', ?, 0)
                    """, number, name, number)
                _ = try db.insert(
                    "INSERT INTO folder (account, name, access, is_default) VALUES (?, 'Unterlagen', 'edit', 1)",
                    account)
            }
            for source in ["office", "payroll"] {
                let id = try db.insert("INSERT INTO source (name, first_started) VALUES (?, 0)", source)
                _ = try db.insert(
                    "INSERT INTO mailbox (source, name, uid_validity) VALUES (?, 'INBOX', 1)", id)
            }
        }
    }

    struct Letter: Sendable {
        var subject = ""
        var text = ""
        var from: (name: String, address: String) = ("", "someone@elsewhere.example")
        var to = "office@firm.example"
        var files: [String] = []
        /// As `SearchFirm` numbers them, from 1.
        var account: Int?
        var source = 1
        var received = Timestamp(seconds: 1_763_700_000)
    }

    /// Records and indexes; gives the message's number.
    @discardableResult
    func add(_ letter: Letter, isIndexed: Bool = true) async throws -> MessageNumber {
        try await store.write { transaction in
            let number = try Self.insert(letter, into: transaction.db)
            if isIndexed { try transaction.index(number, text: letter.text) }
            return number
        }
    }

    static func insert(_ letter: Letter, into db: Connection) throws -> MessageNumber {
        let id = try db.insert(
            """
            INSERT INTO message (identity, subject, from_name, from_address, from_key, received, direction, account,
              match, match_reason, verdict, verdict_reason, nature, is_other, into_intake, history, recorded)
            VALUES (randomblob(32), ?, ?, ?, ?, ?, 'in', ?, 'contact', '', 'proven', '', 'ordinary', 0, 0, 0, 0)
            """, letter.subject, letter.from.name, letter.from.address, letter.from.address,
            letter.received.milliseconds, letter.account)
        try db.run(
            "INSERT INTO recipient (message, role, place, address, key) VALUES (?, 'to', 0, ?, ?)", id,
            letter.to,
            letter.to)
        for (index, file) in letter.files.enumerated() {
            try db.run(
                """
                INSERT INTO part (message, section, media_type, disposition, name, octets, sha256, stored, container,
                  state, because) VALUES (?, ?, 'application/pdf', 'attachment', ?, 1, x'00', 1, 0, 'shown', '')
                """, id, "\(index + 2)", file)
        }
        try db.run(
            """
            INSERT INTO placement (mailbox, uid, state, message, first_wanted) VALUES (?, ?, 'recorded', ?, 0)
            """, letter.source, id, id)
        return MessageNumber(id)
    }

    /// Files a document and indexes it, with what it says.
    @discardableResult
    func file(_ name: String, text: String? = nil, account: Int = 1, content: UInt8 = 1) async throws
        -> DocumentID
    {
        let digest = SHA256Digest(octets: [UInt8](repeating: content, count: 32))!
        return try await store.write { transaction in
            let db = transaction.db
            try transaction.addContent(digest, octets: 10)
            let id = try db.insert(
                """
                INSERT INTO document (account, folder, path, name, name_key, sha256, octets, filed, placed)
                VALUES (?1, ?1, '', ?2, ?2, ?3, 10, 1763700000000, 'link')
                """, account, name, digest.octets)
            try transaction.index(DocumentID(id))
            if let text { try transaction.record(.read(text), of: digest, now: noon) }
            return DocumentID(id)
        }
    }

    /// Subjects of the messages that are found, the newest first.
    func mail(_ text: String, staff: StaffID? = nil, account: AccountID? = nil) async throws -> [String] {
        try await store.read { transaction in
            let query = SearchQuery(text)
            let problems = try transaction.problems(of: query, for: staff)
            guard problems.isEmpty else { return problems.map { "\($0)" } }
            return try transaction.searchMail(
                query, SearchBounds(staff: staff, account: account), zone: Self.zone
            )
            .hits.map(\.subject.text)
        }
    }

    func documents(_ text: String, staff: StaffID? = nil) async throws -> [String] {
        try await store.read {
            try $0.searchDocuments(SearchQuery(text), SearchBounds(staff: staff), zone: Self.zone).map(
                \.name.text)
        }
    }

    func textsToRead(now: Timestamp) async throws -> [TextToRead] {
        try await store.read { try $0.textsToRead(now: now, limit: 10) }
    }

    func accounts(_ text: String, staff: StaffID? = nil) async throws -> [String] {
        try await store.read { try $0.searchAccounts(SearchQuery(text), for: staff, limit: 10).map(\.number) }
    }
}
