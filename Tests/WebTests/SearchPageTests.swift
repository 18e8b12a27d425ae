import HTTP
import Mail
import Mailroom
import SQLite
import Testing
import Text

@testable import Store
@testable import Web

@Suite("The page of a search")
struct SearchPageTests {
    private func site(language: Language = .en, role: StaffRole = .owner) async throws -> OpenSite {
        let site = try await OpenSite.open(role: role, language: language)
        try await site.data.store.write { transaction in
            let db = transaction.db
            let account = try db.insert(
                """
                INSERT INTO account (number, type, name, language, directory, created)
                VALUES ('10482', 'client', 'Bäckerei Hofmann <GmbH>', 'de', 'x', 0)
                """)
            let folder = try db.insert(
                "INSERT INTO folder (account, name, access, is_default) VALUES (?, 'Unterlagen', 'edit', 1)",
                account)
            for number in 1...25 {
                let message = try db.insert(
                    """
                    INSERT INTO message (identity, subject, from_name, from_address, received, direction, account, match,
                      match_reason, verdict, verdict_reason, nature, is_other, into_intake, history, recorded)
                    VALUES (randomblob(32), ?, 'Sabine', 'sabine@hofmann.example', ?, 'in', ?, 'contact', '', 'proven', '',
                      'ordinary', 0, 0, 0, 0)
                    """, "Straße \(number) <b>", 1_763_700_000_000 + number * 60_000, account)
                try transaction.index(
                    MessageNumber(message), text: "Text of <script>alert(1)</script> Nr. \(number)")
            }
            let digest = SHA256Digest(octets: [UInt8](repeating: 3, count: 32))!
            try transaction.addContent(digest, octets: 10)
            let document = try db.insert(
                """
                INSERT INTO document (account, folder, path, name, name_key, sha256, octets, filed, placed)
                VALUES (?, ?, '', 'Straßenplan.pdf', 'x', ?, 10, 1763700000000, 'link')
                """, account, folder, digest.octets)
            try transaction.index(DocumentID(document))
            try transaction.record(.read("Der Plan der Hauptstraße"), of: digest, now: OpenSite.now)
        }
        return site
    }

    @Test("without a question says what can be asked")
    func empty() async throws {
        let answer = await (try site(language: .de)).get("/search")
        #expect(answer.status == .ok)
        #expect(answer.text.contains("Wonach suchen Sie?") && answer.text.contains("mit:anlage"))
        #expect(answer.text.contains("autofocus"))
    }

    @Test("has mail, files and accounts in their sections, found words marked and everything escaped")
    func sections() async throws {
        let answer = await (try site()).get("/search?q=strasse")
        #expect(answer.text.contains("<mark>Straße</mark> 25 &lt;b&gt;"))
        #expect(answer.text.contains("&lt;script&gt;") && !answer.text.contains("<script>alert"))
        #expect(answer.text.contains("href=\"/d/1\""))
        #expect(!answer.text.contains("id=\"h-accounts\""))
        let accounts = await (try site()).get("/search?q=hofmann")
        #expect(
            accounts.text.contains("href=\"/accounts/10482\"")
                && accounts.text.contains("Hofmann &lt;GmbH&gt;"))
    }

    @Test("goes on where the last page ended")
    func pages() async throws {
        let site = try await site()
        let first = await site.get("/search?q=strasse").text
        #expect(first.components("class=\"who").count == 20)
        let link = try #require(first.components("only=mail&amp;after=").first)
        let cursor = link.prefix { $0.isNumber }
        let next = await site.get("/search?q=strasse&only=mail&after=\(cursor)").text
        #expect(next.components("class=\"who").count == 5)
        #expect(!next.contains("id=\"h-files\""))
    }

    @Test(
        "says what is wrong in the reader's language, keeps what was typed, and offers what was meant",
        arguments: [
            (Language.en, "fron:sabine", "There is no operator “fron:”", "/search?q=from%3Asabine"),
            (
                .de, "is:ungelesn", "ist: kennt „ungelesn“ nicht, nur ungelesen, gelesen",
                "/search?q=is%3Aungelesen"
            ),
            (.de, "mandnt:10482", "Es gibt keinen Suchbegriff „mandnt:“", "/search?q=mandant%3A10482"),
            (.de, "account:99", "Kein Mandant heißt oder hat die Nummer „99“", ""),
            (.ja, "before:soon", "「soon」は日付ではありません", ""),
        ])
    func problems(_ language: Language, _ query: String, _ words: String, _ corrected: String) async throws {
        let answer = await (try site(language: language)).get("/search?q=\(query)")
        #expect(answer.status == .ok)
        #expect(answer.text.contains(words))
        #expect(answer.text.contains("value=\"\(query)\""))
        #expect(answer.text.contains("aria-invalid=\"true\""))
        if !corrected.isEmpty { #expect(answer.text.contains("href=\"\(corrected)\"")) }
    }

    @Test("the inbox finds conversations by the same words, and says beside its field what is wrong")
    func inbox() async throws {
        let site = try await site(language: .de)
        try await site.data.store.write { transaction in
            let conversation = try transaction.db.insert(
                """
                INSERT INTO conversation (account, subject, subject_key, state, first, latest, people, direction, is_other)
                VALUES (1, 'Straßenbau', 'x', 'done', 0, 1763700000000, 'Sabine', 'in', 0)
                """)
            try transaction.db.run("UPDATE message SET conversation = ? WHERE id < 20", conversation)
        }
        let found = await site.get("/?q=strasse").text
        #expect(found.components("class=\"mail").count == 1)
        #expect(found.contains("href=\"/c/1?q=strasse\""))
        #expect(found.contains("value=\"strasse\""))
        #expect(found.contains("href=\"/search?q=strasse\""))
        #expect(await site.get("/?q=unter:offen+strasse").text.components("class=\"mail").isEmpty)
        #expect(await site.get("/?q=unter:erledigt+strasse").text.components("class=\"mail").count == 1)
        let wrong = await site.get("/?q=fron:sabine").text
        #expect(wrong.contains("aria-describedby=\"wrong\""))
        #expect(wrong.contains("href=\"/?q=from%3Asabine\""))
    }

    @Test("what one may not see is not counted, not hinted at, not there")
    func hidden() async throws {
        let site = try await site(role: .member)
        try await site.data.store.write { transaction in
            let other = try transaction.db.insert(
                "INSERT INTO staff (login, name, role, language, created) VALUES ('tom', 'Tom', 'member', 'de', 0)"
            )
            try transaction.db.run("INSERT INTO account_viewer VALUES (1, ?)", other)
        }
        for query in ["strasse", "hofmann", "has:file"] {
            #expect(await site.get("/search?q=\(query)").text.contains("Nothing found"))
        }
        #expect(await site.get("/search?q=account:10482").text.contains("No account has"))
    }
}

extension String {
    /// What follows each place where `mark` stands.
    fileprivate func components(_ mark: String) -> [Substring] {
        var found: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: mark) {
            rest = rest[range.upperBound...]
            found.append(rest)
        }
        return found
    }
}
