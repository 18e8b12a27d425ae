import Mail
import Mailroom
import SQLite
import Testing

@testable import Store

@Suite("The words of the index")
struct SearchIndexTests {
    private let directory = ScratchDirectory()

    @Test("beginnings are found the newest first, beside the whole word, and pages go on where one ended")
    func beginnings() async throws {
        let firm = try await SearchFirm(path: directory.file("db"))
        for number in 1...7 {
            let word = number % 2 == 0 ? "Lohn" : "Lohnsteuer"
            try await firm.add(
                .init(
                    subject: "\(word) \(number)",
                    received: Timestamp(seconds: 1_700_000_000 + Int64(number) * 600)))
        }
        var found: [String] = []
        var bounds = SearchBounds(staff: nil, limit: 2)
        while true {
            let page = try await firm.store.read { [bounds] in
                try $0.searchMail(SearchQuery("lohn"), bounds, zone: SearchFirm.zone)
            }
            guard let last = page.hits.last else { break }
            found += page.hits.map(\.subject.text)
            bounds.after = last.cursor
        }
        #expect(found == (1...7).reversed().map { $0 % 2 == 0 ? "Lohn \($0)" : "Lohnsteuer \($0)" })
    }

    @Test("what begins more words than are looked for says so, and finds the most usual and itself")
    func manyBeginnings() async throws {
        let firm = try await SearchFirm(path: directory.file("db"))
        let words = (0..<400).map { "steuer\(String($0, radix: 36))" }
        try await firm.add(.init(subject: "All", text: words.joined(separator: " ")))
        try await firm.add(.init(subject: "One", text: "steuerfrei steuer"))
        try await firm.add(.init(subject: "Two", text: "Steuerfrei"))
        #expect(try await firm.mail("steuer").contains("Two"))
        #expect(try await firm.mail("steuerfr") == ["Two", "One"])
        let cut = try await firm.store.read { transaction in
            try ["steuer", "steuerfr", "\"steuer\""].map {
                try transaction.beginnings(of: SearchQuery($0)).cut
            }
        }
        #expect(cut == [["steuer"], [], []])
    }

    @Test("words that are gone begin nothing any more")
    func vocabulary() async throws {
        let firm = try await SearchFirm(path: directory.file("db"))
        let number = try await firm.add(.init(subject: "Geheimnis der Straße", text: "Geheimnis"))
        try await firm.add(.init(subject: "Straße"))
        func words() async throws -> [String: Int64] {
            Dictionary(
                uniqueKeysWithValues: try await firm.store.read {
                    try $0.db.rows(
                        "SELECT word, entries FROM search_word WHERE word IN ('geheimnis', 'strasse')"
                    ) { ($0.text(0), $0.integer(1)) }
                })
        }
        #expect(try await words() == ["geheimnis": 1, "strasse": 2])
        try await firm.store.write { transaction in
            for table in ["recipient", "part", "placement", "message"] {
                try transaction.db.run(
                    "DELETE FROM \(table) WHERE \(table == "message" ? "id" : "message") = ?", number.rawValue
                )
            }
            for waiting in try transaction.mailToIndex(limit: 9) {
                try transaction.index(waiting.message, text: nil)
            }
        }
        #expect(try await words() == ["strasse": 1])
        #expect(try await firm.mail("geheim") == [])
    }

    @Test("what an attachment says that waits is found with its message, and as a document once it is filed")
    func attached() async throws {
        let firm = try await SearchFirm(path: directory.file("db"))
        let number = try await firm.add(.init(subject: "Waits", text: "See the attachment", files: ["x.pdf"]))
        let digest = SHA256Digest(octets: [UInt8](repeating: 9, count: 32))!
        try await firm.store.write { transaction in
            try transaction.addContent(digest, octets: 10)
            try transaction.db.run(
                """
                UPDATE part SET state = 'needs_filing', reason = 'encrypted', sha256 = ? WHERE message = ? AND name = 'x.pdf'
                """, digest.octets, number.rawValue)
        }
        #expect(try await firm.textsToRead(now: noon).map(\.sha256) == [digest])
        func settle() async throws {
            try await firm.store.write { transaction in
                for waiting in try transaction.mailToIndex(limit: 9) {
                    try transaction.index(waiting.message, text: nil)
                }
            }
        }
        try await firm.store.write {
            try $0.record(.read("Kapitalertragsteuer der Müller"), of: digest, now: noon)
        }
        try await settle()
        #expect(try await firm.textsToRead(now: noon).isEmpty)
        #expect(try await firm.mail("kapitalertrag") == ["Waits"])
        let hit = try await firm.store.read {
            try $0.searchMail(SearchQuery("mueller"), SearchBounds(staff: nil), zone: SearchFirm.zone).hits[0]
        }
        #expect(hit.snippet.runs.contains(.init("Müller", isMarked: true)))
        _ = try await firm.store.write {
            try $0.db.run("UPDATE part SET state = 'filed', reason = NULL WHERE name = 'x.pdf'")
        }
        try await settle()
        #expect(try await firm.mail("kapitalertrag") == [])
        try await firm.store.write {
            try $0.db.execute("INSERT INTO mail_words (mail_words) VALUES ('integrity-check')")
        }
    }

    @Test("a text that is read once more leaves no word of what was read before")
    func readAgain() async throws {
        let firm = try await SearchFirm(path: directory.file("db"))
        try await firm.file("Bescheid.pdf", text: "Kapitalertragsteuer", content: 7)
        let digest = SHA256Digest(octets: [UInt8](repeating: 7, count: 32))!
        #expect(try await firm.documents("kapitalertrag") == ["Bescheid.pdf"])
        try await firm.store.write { try $0.record(.failed("gone"), of: digest, now: noon) }
        #expect(try await firm.documents("kapitalertrag") == [])
        try await firm.store.write { try $0.record(.read("Gewerbesteuer"), of: digest, now: noon) }
        #expect(try await firm.documents("gewerbe") == ["Bescheid.pdf"])
        try await firm.store.write {
            try $0.db.execute("INSERT INTO document_words (document_words) VALUES ('integrity-check')")
        }
    }
}
