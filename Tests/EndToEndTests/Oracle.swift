import Crypto
import Mail
import SQLite
import TestServers

/// Compares the server, the ledger and the disk, and says wherever they differ.
///
/// It reads the database with SQL of its own, the originals by the
/// description of their form, the directories as anybody would, and the
/// messages over a connection of its own.
struct Oracle {
    let firm: Firm
    /// The server's messages are asked for with a source's own login.
    let sources: [Firm.Source]
    /// What was sent, where it is known what must become of it.
    var letters: [Letter] = []
    /// Messages that may have been set aside.
    var mayBeAside: Set<String> = []

    /// The findings, with the figures of what was looked at.
    struct Report {
        var damages: [Damage] = []
        var placements = 0
        var messages = 0
        var parts = 0
        var documents = 0
        var aside = 0
        /// Whole originals that no row knows: a crash came between their flush and the commit.
        var strayOriginals = 0
        var octets = 0

        var figures: String {
            "\(placements) placements, \(messages) messages, \(parts) parts, \(documents) documents, "
                + "\(aside) set aside, \(strayOriginals) stray originals, \(octets) octets compared, "
                + "\(damages.count) damages"
        }
    }

    /// To be asked while nobody writes.
    func report() throws -> Report {
        var report = Report()
        let database = try firm.openDatabase()
        for words in try database.rows("PRAGMA integrity_check", read: { $0.text(0) }) where words != "ok" {
            report.damages.append(Damage("the database: \(words)"))
        }
        for table in try database.rows("PRAGMA foreign_key_check", read: { $0.text(0) }) {
            report.damages.append(Damage("a row of \(table) refers to none"))
        }
        for source in sources { try compareServer(source, database, &report) }
        try compareLetters(database, &report)
        try compareDisk(database, &report)
        return report
    }

    // MARK: - The server against the ledger

    private struct Row {
        let state: String
        let digest: SHA256Digest?
        let place: (segment: Int, offset: Int, length: Int)
        let hasMessage: Bool
    }

    private func compareServer(_ source: Firm.Source, _ database: Connection, _ report: inout Report) throws {
        guard let client = TinyIMAP(port: source.port, user: source.user, secret: source.secret) else {
            report.damages.append(Damage("the server takes no login of \(source.name)"))
            return
        }
        let reader = SegmentReader(data: firm.data)
        let skipped: Set<String> = ["Junk", "Trash", "Drafts"]
        for mailbox in client.mailboxes where !skipped.contains(mailbox.decoded) {
            var rows: [String: Row] = [:]
            for (key, row) in try database.rows(
                """
                SELECT mailbox.uid_validity, placement.uid, placement.state, original.sha256,
                  original.segment, original.offset, original.length, placement.message IS NOT NULL
                FROM placement JOIN mailbox ON mailbox.id = placement.mailbox
                JOIN source ON source.id = mailbox.source
                LEFT JOIN original ON original.id = placement.original
                WHERE source.name = ? AND mailbox.name = ? AND superseded IS NULL AND gone IS NULL
                """, source.name, mailbox.decoded,
                read: {
                    (
                        "\($0.integer(0))/\($0.integer(1))",
                        Row(
                            state: $0.text(2), digest: SHA256Digest(octets: $0.blob(3)),
                            place: ($0.int(4), $0.int(5), $0.int(6)), hasMessage: $0.bool(7))
                    )
                })
            {
                rows[key] = row
            }
            report.placements += rows.count
            client.forEachMessage(in: mailbox) { message in
                let key = "\(message.uidValidity)/\(message.uid)"
                let name = "\(source.name) \(mailbox) \(key)"
                report.octets += message.octets.count
                guard let row = rows.removeValue(forKey: key) else {
                    report.damages.append(Damage("\(name): no row"))
                    return
                }
                if let damage = compare(row, message.octets, name, reader, &report) {
                    report.damages.append(damage)
                }
            }
            for key in rows.keys.sorted() {
                report.damages.append(
                    Damage("\(source.name) \(mailbox) \(key): no such message on the server"))
            }
        }
    }

    private func compare(
        _ row: Row, _ octets: [UInt8], _ name: String, _ reader: SegmentReader, _ report: inout Report
    ) -> Damage? {
        let isAside = row.state == "quarantined"
        if isAside {
            report.aside += 1
            let header = String(decoding: octets.prefix(2000), as: UTF8.self)
            guard mayBeAside.contains(where: { header.contains("<\($0)@letters.example>") }) else {
                return Damage("\(name): set aside, and was innocent")
            }
        }
        guard isAside || row.state == "recorded", isAside || row.hasMessage else {
            return Damage("\(name): \(row.state)")
        }
        guard row.digest == SHA256.digest(of: octets) else {
            return Damage("\(name): another original than the server's")
        }
        switch reader.message(segment: row.place.segment, offset: row.place.offset, length: row.place.length)
        {
        case .failure(let damage): return Damage("\(name): \(damage)")
        case .success(let kept):
            return kept == octets ? nil : Damage("\(name): other octets than the server's")
        }
    }

    // MARK: - What was sent against the ledger

    private func compareLetters(_ database: Connection, _ report: inout Report) throws {
        report.messages = try database.first("SELECT count(*) FROM message", read: { $0.int(0) }) ?? 0
        report.parts = try database.first("SELECT count(*) FROM part", read: { $0.int(0) }) ?? 0
        report.documents = try database.first("SELECT count(*) FROM document", read: { $0.int(0) }) ?? 0
        guard !letters.isEmpty else { return }
        let sent = Dictionary(letters.map { ($0.id, $0) }) { first, _ in first }
        var known: [String: (count: Int, account: String?)] = [:]
        for (id, account, count) in try database.rows(
            """
            SELECT message_id, account.number, (SELECT count(*) FROM part WHERE part.message = message.id)
            FROM message LEFT JOIN account ON account.id = message.account
            """, read: { ($0.text(0), $0.optionalText(1), $0.int(2)) })
        {
            let id = String(id.prefix { $0 != "@" })
            if known.updateValue((count, account), forKey: id) != nil {
                report.damages.append(Damage("letter \(id) is two messages"))
            }
        }
        var wanted: Set<String> = []
        for letter in sent.values where !mayBeAside.contains(letter.id) {
            guard let row = known[letter.id] else {
                report.damages.append(Damage("letter \(letter.id) is no message"))
                continue
            }
            if row.count != letter.parts {
                report.damages.append(
                    Damage("letter \(letter.id) has \(row.count) parts, not \(letter.parts)"))
            }
            if row.account != letter.account { report.damages.append(Damage("letter \(letter.id): whose?")) }
            guard let account = letter.account else { continue }
            for digest in letter.attachments { wanted.insert("\(account) \(digest)") }
        }
        let filed = try database.rows(
            """
            SELECT account.number, sha256 FROM document JOIN account ON account.id = document.account
            WHERE trashed IS NULL
            """, read: { "\($0.text(0)) \(SHA256Digest(octets: $0.blob(1))!)" })
        for document in wanted.subtracting(filed) { report.damages.append(Damage("not filed: \(document)")) }
        for document in Set(filed).subtracting(wanted) {
            report.damages.append(Damage("filed unasked: \(document)"))
        }
    }
}
