import Archive
import Indexing
import Mail
import Mailroom
import SQLite
import Systemd
import TestServers
import Testing
import Text

@testable import Intake
@testable import Store

@Suite("What came by mail is found")
struct SearchStoryTests {
    private func indexer(_ firm: Firm, program: Containers? = nil) -> Indexer {
        let clock = firm.clock
        return Indexer(
            store: firm.store, vault: firm.data.vault, containers: program ?? Containers(in: TestChild.tool),
            events: IndexingEvents(Log(identifier: "mailroom", least: .error)), clock: { clock.now })
    }

    private func found(_ text: String, in firm: Firm) async throws -> [String] {
        let zone = SearchZone(TimeZone("Europe/Berlin")!)
        return try await firm.store.read { transaction in
            let (query, bounds) = (SearchQuery(text), SearchBounds(staff: nil))
            return try transaction.searchMail(query, bounds, zone: zone).hits.map(\.subject.text)
                + transaction.searchDocuments(query, bounds, zone: zone).map(\.name.text)
        }
    }

    @Test("a mail by its words, its file by its name and by what it says; and nothing before it is indexed")
    func mail() async throws {
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        let server = FakeMailServer()
        let table = Letter.Part(
            name: "Zahlen.csv", type: "text/csv", octets: Array("Monat;Quartalsumsatz\r\n".utf8))
        var letter = Letter(
            1, .container("letter.docx", type: "application/octet-stream", as: "Brief.docx"), .pdf(), table)
        letter.subject = "Grüße"
        letter.text = "Die Lohnabrechnung für Müller liegt bei.\r\n"
        var page = Letter(2)
        page.subject = "page"
        page.text = nil
        page.html = "<p>Nur als <b>Seite</b> geschrieben</p><script>nevershown</script>"
        for octets in [letter.octets, page.octets] { server.deliver(octets) }
        try await firm.sync(server)
        #expect(try await found("lohnabrechnung", in: firm) == [])
        try await indexer(firm).catchUp()
        #expect(try await found("lohnabrechnung mueller", in: firm) == ["Grüße"])
        #expect(try await found("seite", in: firm) == ["page"])
        #expect(try await found("nevershown", in: firm) == [])
        #expect(try await found("from:kate grüße", in: firm) == ["Grüße"])
        #expect(try await found("file:brief", in: firm) == ["Grüße", "Brief.docx"])
        #expect(try await found("quartalsumsatz", in: firm) == ["Zahlen.csv"])
        #expect(try await found("account:10482", in: firm).count == 5)
        let words = try await firm.store.read { transaction in
            try transaction.db.rows("SELECT state, tries FROM content_text ORDER BY state") {
                ($0.text(0), $0.int(1))
            }
        }
        // What is no PDF but by its first octets has failed, once.
        #expect(words.map(\.0) == ["failed", "none", "read"])
        #expect(words.map(\.1) == [1, 1, 1])
        let backlog = try await firm.store.read { try $0.indexingBacklog() }
        #expect(backlog == (0, 0, 0))
    }

    @Test("documents wait for a program that is missing, and are found by name meanwhile")
    func missing() async throws {
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        let server = FakeMailServer()
        server.deliver(
            Letter(1, .container("letter.docx", type: "application/octet-stream", as: "Brief.docx")).octets)
        try await firm.sync(server)
        let nothing = Containers { _, _, _, _, _, _ in .notStarted("it is not there") }
        try await indexer(firm, program: nothing).catchUp()
        #expect(try await found("file:brief", in: firm).contains("Brief.docx"))
        let waiting = try await firm.store.read { try $0.indexingBacklog().texts }
        #expect(waiting == 1)
        firm.clock.advance(hours: 2)
        try await indexer(firm).catchUp()
        let left = try await firm.store.read { try $0.indexingBacklog().texts }
        #expect(left == 0)
    }
}
