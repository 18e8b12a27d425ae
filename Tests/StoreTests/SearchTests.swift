import Mail
import Mailroom
import SQLite
import Testing

@testable import Store

@Suite("What was recorded is found by its words")
struct SearchTests {
    let directory = ScratchDirectory()

    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let query: String
        let found: [String]

        init(_ sentence: String, _ query: String, _ found: String...) {
            self.sentence = sentence
            self.query = query
            self.found = found
        }

        var testDescription: String { sentence }
    }

    private static let letters: [SearchFirm.Letter] = [
        .init(subject: "Straße", text: "Die Straße ist gesperrt", account: 3),
        .init(subject: "Müller", text: "Grüße von Frau Müller", from: ("Jörg Müller", "jm@mueller.example")),
        .init(subject: "Mueller", text: "typed without umlauts"),
        .init(
            subject: "Rechnung RE-2025-0117", text: "über 1.234,56 EUR", files: ["RE-2025-0117.pdf"],
            account: 1),
        .init(
            subject: "Lohnabrechnung November", text: "anbei", files: ["Stunden.xlsx"], account: 1, source: 2),
        .init(subject: "髙橋様", text: "東京都港区の森ビルです。山田　太郎", account: 2),
        .init(subject: "渡邊さん", text: "ﾃﾞﾊﾟｰﾄの請求書をお送りします", account: 2),
        .init(
            subject: "Old", text: "an old letter about tax", to: "kate@firm.example",
            received: Timestamp(seconds: 1_600_000_000)),
    ]

    private func firm() async throws -> SearchFirm {
        let firm = try await SearchFirm(path: directory.file("db"))
        for letter in Self.letters { try await firm.add(letter) }
        return firm
    }

    @Test(
        "the newest first, by words, phrases and operators",
        arguments: [
            Case("strasse finds Straße", "strasse", "Straße"),
            Case("STRASSE too", "STRASSE", "Straße"),
            Case("a name with an umlaut finds both spellings", "Müller", "Mueller", "Müller"),
            Case("ue finds ü", "mueller", "Mueller", "Müller"),
            Case("u finds ü", "muller", "Müller"),
            Case("the beginning of a word", "lohn", "Lohnabrechnung November"),
            Case("in quotation marks whole words", "\"lohn\""),
            Case("every word must be there", "rechnung 0117", "Rechnung RE-2025-0117"),
            Case("one that is not there", "rechnung tokyo"),
            Case("an invoice's number", "RE-2025-0117", "Rechnung RE-2025-0117"),
            Case("its beginning", "RE-2025", "Rechnung RE-2025-0117"),
            Case("an amount", "1.234,56", "Rechnung RE-2025-0117"),
            Case("an amount without its point", "1234,56", "Rechnung RE-2025-0117"),
            Case("a phrase", "\"Straße ist\"", "Straße"),
            Case("a phrase in another order", "\"ist Straße\""),
            Case("a word left out", "müller -frau", "Mueller"),
            Case("one ideograph", "森", "髙橋様"),
            Case("one at the end of a run", "様", "髙橋様"),
            Case("two ideographs", "高橋", "髙橋様"),
            Case("two in the middle of a run", "京都", "髙橋様"),
            Case("four ideographs", "東京都港", "髙橋様"),
            Case("four, across a blank", "山田太郎", "髙橋様"),
            Case("in another order", "港東京都"),
            Case("an old kanji by the new one", "渡辺", "渡邊さん"),
            Case("half-width kana by full ones", "デパート", "渡邊さん"),
            Case("hiragana by katakana", "でぱーと", "渡邊さん"),
            Case("from", "from:müller", "Müller"),
            Case("from, by address", "from:jm@mueller.example", "Müller"),
            Case("to", "to:kate", "Old"),
            Case(
                "an account by its number", "account:10482", "Lohnabrechnung November",
                "Rechnung RE-2025-0117"),
            Case(
                "an account by its name", "account:hofm", "Lohnabrechnung November", "Rechnung RE-2025-0117"),
            Case("an account and a word", "account:10482 anbei", "Lohnabrechnung November"),
            Case("a mailbox", "mailbox:payroll", "Lohnabrechnung November"),
            Case("with files", "has:file", "Lohnabrechnung November", "Rechnung RE-2025-0117"),
            Case("a kind of file", "file:pdf", "Lohnabrechnung November", "Rechnung RE-2025-0117"),
            Case("a word of a file's name", "file:stunden", "Lohnabrechnung November"),
            Case("before a day", "before:2021", "Old"),
            Case("after a day", "after:2021 tax"),
            Case(
                "only what is left out", "-grüße -strasse -rechnung -lohnabrechnung -様 -さん before:2021", "Old"
            ),
            Case("punctuation finds what else is asked", "& tax", "Old"),
            Case("what FTS5 would read is words", "tax\" OR \"x"),
            Case("its letters too", "subject tax"),
        ])
    func cases(_ case: Case) async throws {
        let firm = try await firm()
        #expect(try await firm.mail(`case`.query) == `case`.found)
    }

    @Test("a name that nobody has is a problem, not an empty list")
    func problems() async throws {
        let firm = try await firm()
        #expect(try await firm.mail("account:nobody") == ["noSuchAccount(\"nobody\")"])
        #expect(
            try await firm.mail("mailbox:payrol") == [
                "noSuchMailbox(\"payrol\", known: [\"office\", \"payroll\"])"
            ])
    }

    @Test("what was found is marked, in the subject and in a piece of the text")
    func marks() async throws {
        let firm = try await firm()
        let hits = try await firm.store.read {
            try $0.searchMail(SearchQuery("strasse 0117"), SearchBounds(staff: nil), zone: SearchFirm.zone)
                .hits
                + $0.searchMail(SearchQuery("strasse"), SearchBounds(staff: nil), zone: SearchFirm.zone).hits
                + $0.searchMail(SearchQuery("0117"), SearchBounds(staff: nil), zone: SearchFirm.zone).hits
        }
        #expect(
            hits.map(\.subject.runs) == [
                [.init("Straße", isMarked: true)],
                [.init("Rechnung RE-2025-"), .init("0117", isMarked: true)],
            ])
        #expect(
            hits[0].snippet.runs == [.init("Die "), .init("Straße", isMarked: true), .init(" ist gesperrt")])
        #expect(hits[1].files.runs.first { $0.isMarked } == .init("0117", isMarked: true))
    }

    @Test("what is recorded waits in the queue, and is gone from it when it is indexed")
    func queue() async throws {
        let firm = try await SearchFirm(path: directory.file("db"))
        let first = try await firm.add(.init(subject: "one"), isIndexed: false)
        let second = try await firm.add(.init(subject: "two"), isIndexed: false)
        let waiting = try await firm.store.read { try $0.mailToIndex(limit: 10) }
        #expect(waiting.map(\.message) == [second, first])
        try await firm.store.write { try $0.index(first, text: "text") }
        let left = try await firm.store.read { try $0.indexingBacklog() }
        #expect(left.messages == 1)
        #expect(try await firm.mail("text") == ["one"])
    }

    @Test("mail that is given to another account is found there, and no longer where it was")
    func moved() async throws {
        let firm = try await firm()
        let number = try await firm.add(.init(subject: "Wandering", account: 1))
        _ = try await firm.store.write { transaction in
            try transaction.db.run("UPDATE message SET account = 2 WHERE id = ?", number.rawValue)
        }
        let waiting = try await firm.store.read { try $0.mailToIndex(limit: 10) }
        #expect(waiting.map(\.message) == [number])
        try await firm.store.write { try $0.index(number, text: nil) }
        #expect(try await firm.mail("account:10500 wandering") == ["Wandering"])
        #expect(try await firm.mail("account:10482 wandering") == [])
        try await firm.store.write {
            try $0.db.execute("INSERT INTO mail_words (mail_words) VALUES ('integrity-check')")
        }
    }

    @Test("what one may not see is not found")
    func hidden() async throws {
        let firm = try await firm()
        let (jana, tom) = try await firm.store.write { transaction in
            let db = transaction.db
            let staff = try ["jana", "tom"].map { login in
                try db.insert(
                    "INSERT INTO staff (login, name, role, language, created) VALUES (?1, ?1, 'member', 'de', 0)",
                    login)
            }
            try db.run("INSERT INTO account_viewer VALUES (3, ?)", staff[0])
            try db.run("INSERT INTO source_viewer VALUES ('payroll', ?)", staff[0])
            return (StaffID(staff[0]), StaffID(staff[1]))
        }
        try await firm.file("Straßenplan.pdf", account: 3)
        #expect(try await firm.mail("strasse", staff: jana) == ["Straße"])
        #expect(try await firm.mail("strasse", staff: tom) == [])
        #expect(try await firm.documents("strassenplan", staff: jana) == ["Straßenplan.pdf"])
        #expect(try await firm.documents("strassenplan", staff: tom) == [])
        #expect(try await firm.accounts("strassenbau", staff: jana) == ["20001"])
        #expect(try await firm.accounts("strassenbau", staff: tom) == [])
        #expect(try await firm.mail("account:20001", staff: tom) == ["noSuchAccount(\"20001\")"])
        #expect(try await firm.mail("lohnabrechnung", staff: jana) == ["Lohnabrechnung November"])
        #expect(try await firm.mail("lohnabrechnung", staff: tom) == [])
    }

    @Test("a conversation's state, assignee and one's own unread narrow a search")
    func conversations() async throws {
        let firm = try await SearchFirm(path: directory.file("db"))
        let staff = try await firm.store.write { transaction in
            let db = transaction.db
            let staff = try ["jana", "tom"].map { login in
                try db.insert(
                    "INSERT INTO staff (login, name, role, language, created) VALUES (?1, ?1, 'member', 'de', 0)",
                    login)
            }
            for (subject, state, assigned) in [
                ("a", "open", staff[0]), ("b", "done", staff[1]), ("c", "open", nil),
            ] {
                let conversation = try db.insert(
                    """
                    INSERT INTO conversation (subject, subject_key, state, assigned, first, latest, arrived, people,
                      direction, is_other) VALUES (?1, ?1, ?2, ?3, 1, 1, 5, '', 'in', 0)
                    """, subject, state, assigned)
                let message = try SearchFirm.insert(.init(subject: "letter " + subject), into: db)
                try db.run("UPDATE message SET conversation = ? WHERE id = ?", conversation, message.rawValue)
                try transaction.index(message, text: "")
            }
            try db.run("INSERT INTO seen VALUES (1, ?, 5)", staff[0])
            return staff.map { StaffID($0) }
        }
        let cases: [(String, [String])] = [
            ("letter in:open", ["letter c", "letter a"]), ("in:done", ["letter b"]), ("in:waiting", []),
            ("assigned:me", ["letter a"]), ("assigned:tom letter", ["letter b"]),
            ("assigned:nobody", ["letter c"]),
            ("is:unread", ["letter c", "letter b"]), ("is:read", ["letter a"]),
            ("is:unread in:open", ["letter c"]),
        ]
        for (query, subjects) in cases {
            let found = try await firm.mail(query, staff: staff[0])
            #expect(found == subjects, "\(query)")
        }
        let nobody = try await firm.mail("assigned:nina", staff: staff[0])
        #expect(nobody == ["noSuchColleague(\"nina\", known: [\"jana\", \"tom\"])"])
    }

    @Test("documents are found by name and by what they say, once that is read; and not in the trash")
    func documents() async throws {
        let firm = try await firm()
        let plain = try await firm.file("Bescheid.pdf")
        #expect(try await firm.documents("bescheid") == ["Bescheid.pdf"])
        #expect(try await firm.documents("einkommensteuer") == [])
        let digest = SHA256Digest(octets: [UInt8](repeating: 1, count: 32))!
        let waiting = try await firm.textsToRead(now: noon)
        #expect(waiting.map(\.sha256) == [digest])
        try await firm.store.write { try $0.record(.read("Einkommensteuer 2024"), of: digest, now: noon) }
        #expect(try await firm.documents("einkommensteuer") == ["Bescheid.pdf"])
        let left = try await firm.textsToRead(now: noon)
        #expect(left.isEmpty)
        // A second one with the same content needs no reading.
        try await firm.file("Kopie.pdf", account: 2)
        #expect(try await firm.documents("einkommensteuer") == ["Kopie.pdf", "Bescheid.pdf"])
        try await firm.store.write { transaction in
            try transaction.db.run("UPDATE document SET name = 'Anders.pdf' WHERE id = ?", plain.rawValue)
            try transaction.index(plain)
            try transaction.db.run("UPDATE document SET trashed = 1 WHERE account = 2")
            try transaction.db.execute(
                "INSERT INTO document_words (document_words) VALUES ('integrity-check')")
        }
        #expect(try await firm.documents("einkommensteuer") == ["Anders.pdf"])
        #expect(try await firm.documents("bescheid") == [])
        #expect(try await firm.documents("file:pdf") == ["Anders.pdf"])
        #expect(try await firm.documents("is:unread anders") == [])
    }

    @Test("a text that cannot be read is tried five times, and no more")
    func failures() async throws {
        let firm = try await firm()
        try await firm.file("Scan.pdf", content: 7)
        let digest = SHA256Digest(octets: [UInt8](repeating: 7, count: 32))!
        var now = noon
        var tries = 0
        while try await !firm.textsToRead(now: now).isEmpty {
            tries += 1
            try await firm.store.write { [now] in
                try $0.record(.waiting("no pdftotext"), of: digest, now: now)
            }
            let left = try await firm.textsToRead(now: now)
            #expect(left.isEmpty)
            now = Timestamp(seconds: now.seconds + 3601)
        }
        #expect(tries == 5)
    }

    @Test("accounts are found by number, name and contact")
    func accounts() async throws {
        let firm = try await firm()
        try await firm.store.write { transaction in
            let contact = try transaction.db.insert(
                "INSERT INTO contact (name, kind) VALUES ('Sabine Ößner', 'person')")
            try transaction.db.run(
                "INSERT INTO account_contact VALUES (1, ?, 'so@brot.example', 'so@brot.example', 1, 1, 1, 1)",
                contact)
        }
        #expect(try await firm.accounts("104") == ["10482"])
        #expect(try await firm.accounts("baeckerei") == ["10482"])
        #expect(try await firm.accounts("高橋") == ["10500"])
        #expect(try await firm.accounts("sabine oessner") == ["10482"])
        #expect(try await firm.accounts("brot.example") == ["10482"])
        #expect(try await firm.accounts("from:sabine") == [])
    }
}
