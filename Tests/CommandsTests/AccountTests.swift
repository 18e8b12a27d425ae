import Daemon
import Glibc
import Mailroom
import Store
import Testing

@testable import Commands

@Suite("account add, list, show, edit")
struct AccountTests {
    @Test("an account is born with the firm's folders in its language, on the disk too")
    func add() async throws {
        let bench = try await Bench()
        try await bench.hire("jana", "yuki")
        let line = try await bench.lines(
            "account", "add", "Bäckerei Hofmann GmbH", "--number", "10482", "--address",
            "buero@hofmann-brot.example", "--domain", "hofmann-brot.example", "--assign", "jana", "--follow",
            "yuki",
            "--language",
            "de")
        #expect(line == ["10482 Bäckerei Hofmann GmbH: 3 folders, 1 address, 1 domain"])
        for folder in ["Mandantenunterlagen", "Auswertungen", "Intern", "Posteingang"] {
            #expect(access("\(bench.documents)/10482 Bäckerei Hofmann GmbH/\(folder)", F_OK) == 0)
        }
        let shown = try await bench.lines("account", "show", "10482")
        #expect(
            shown == [
                "10482 Bäckerei Hofmann GmbH",
                "client, de, filing as the firm, assigned to Jana, followed by Yuki",
                "0 messages, 0 documents, 0 parts waiting for staff",
                "FOLDER               ACCESS                    DOCUMENTS",
                "Mandantenunterlagen  client can view and edit  0          default",
                "Auswertungen         client can view           0",
                "Intern               team only                 0",
                "Posteingang          team only                 0          intake",
                "ADDRESS                     CONTACT                KIND    MAY",
                "buero@hofmann-brot.example  Bäckerei Hofmann GmbH  person  sync notify",
                "domains  hofmann-brot.example (suggests)",
            ])
        #expect(
            try await bench.audit().prefix(3).map(\.action) == [
                "account.followers", "contact.add", "account.add",
            ])
    }

    @Test("the firm's own folders, whatever they are called")
    func ownFolders() async throws {
        let bench = try await Bench(
            """
            [[folder]]
            name = { de = "Belege", ja = "証憑", en = "Receipts" }
            access = "edit"
            default = true
            [[folder]]
            name = "Posteingang"
            access = "view"
            """)
        _ = try await bench.lines("account", "add", "A", "--number", "1")
        let folders = try await bench.office.data.store.read { transaction in
            try transaction.folders(of: try transaction.accountID(AccountNumber("1")!)!).map(\.folder)
        }
        #expect(folders.map(\.name) == ["Belege", "Posteingang", "Posteingang (2)"])
        #expect(folders.map(\.isIntake) == [false, false, true])
    }

    @Test("guests need no number; clients do")
    func guests() async throws {
        let bench = try await Bench()
        #expect(
            try await bench.lines("account", "add", "Erben Müller", "--type", "guest") == [
                "G-1 Erben Müller: 3 folders"
            ])
        let client = await bench.run("account", "add", "A")
        #expect(client.code == .usage)
        let contact = await bench.run(
            "account", "add", "B", "--type", "guest", "--address", "a@x.example")
        #expect(contact.code == .usage)
    }

    @Test("earlier mail waits, and says how to fetch it; with --retroactive it is filed at once")
    func earlier() async throws {
        let bench = try await Bench()
        try await bench.receive(Letter().with("a.pdf", Letter.pdf("a")))
        try await bench.receive(Letter(id: "2@x").with("b.pdf", Letter.pdf("b")))
        let first = try await bench.lines(
            "account", "add", "Hofmann", "--number", "1", "--address", "buero@hofmann-brot.example")
        #expect(
            first == [
                "1 Hofmann: 3 folders, 1 address; 2 earlier messages wait: "
                    + "mailroom contact add 1 buero@hofmann-brot.example --retroactive"
            ])
        #expect(bench.files == [])
        let again = try await bench.lines(
            "contact", "add", "1", "buero@hofmann-brot.example", "--retroactive")
        #expect(
            again == [
                "buero@hofmann-brot.example speaks for 1 Hofmann; 2 earlier messages now belong to it",
                "2 documents filed",
            ])
        #expect(
            bench.files == [
                "1 Hofmann/Mandantenunterlagen/2026/a.pdf", "1 Hofmann/Mandantenunterlagen/2026/b.pdf",
            ])
    }

    @Test("one step for a new client and what she sent before")
    func retroactive() async throws {
        let bench = try await Bench()
        try await bench.receive(Letter().with("a.pdf", Letter.pdf("a")))
        try await bench.receive(
            Letter(from: "x@hofmann-brot.example", id: "2@x").with("b.pdf", Letter.pdf("b")))
        let line = try await bench.lines(
            "account", "add", "Hofmann", "--number", "1", "--address", "buero@hofmann-brot.example",
            "--domain", "hofmann-brot.example", "--retroactive")
        #expect(
            line == [
                "1 Hofmann: 3 folders, 1 address, 1 domain; 1 earlier message now belongs to it",
                "1 document filed, 1 part waits for staff (1 suggested)",
            ])
        let waiting = try await bench.lines("file", "list", "--state", "needs_filing", "--json")
        #expect(waiting[0].contains("\"suggestions\": [\"1\"]"))
    }

    struct Refused: Sendable {
        let words: [String]
        let code: ExitCode
        let complaint: String
    }

    @Test(
        "what is refused, and why",
        arguments: [
            Refused(
                words: ["account", "add", "B", "--number", "10482"], code: .badData,
                complaint: "there is an account 10482 already"),
            Refused(
                words: ["account", "add", "B", "--number", "a b"], code: .usage,
                complaint: "“a b” is no account number: letters, digits, . _ - and at most 32"),
            Refused(
                words: ["account", "add", "B", "--number", "2", "--domain", "gmail.com"], code: .badData,
                complaint: "anyone can have an address at gmail.com: name addresses instead, with --address"),
            Refused(
                words: ["account", "add", "B", "--number", "2", "--domain", "bergmann-stb.example"],
                code: .badData, complaint: "bergmann-stb.example is the firm’s own domain"),
            Refused(
                words: ["account", "add", "B", "--number", "2", "--type", "clint"], code: .usage,
                complaint: "--type is one of client, prospect, guest, not “clint” (did you mean client?)"),
            Refused(
                words: ["account", "show", "1048"], code: .noSuchThing,
                complaint: "there is no account 1048 (did you mean 10482?)"),
            Refused(
                words: ["account", "edit", "10482"], code: .usage,
                complaint: "nothing to change is given: mailroom account edit --help"),
        ])
    func refuses(_ one: Refused) async throws {
        let bench = try await Bench()
        _ = try await bench.lines("account", "add", "A", "--number", "10482")
        let (code, printed) = await bench.run(one.words)
        #expect(code == one.code)
        #expect(printed.complaints == [one.complaint])
        #expect(try await bench.office.data.store.read { try $0.accounts().count } == 1)
    }

    @Test("editing changes what is given, and mail is filed by it at once")
    func edit() async throws {
        let bench = try await Bench()
        try await bench.hire("yuki")
        _ = try await bench.lines(
            "account", "add", "A", "--number", "1", "--address", "buero@hofmann-brot.example")
        let line = try await bench.lines(
            "account", "edit", "1", "--name", "A & Co", "--filing", "suggest", "--assign", "yuki", "--json")
        #expect(
            line[0].contains(
                "\"name\": \"A & Co\", \"type\": \"client\", \"language\": \"de\", \"filing\": \"suggest\", \"assigned\": \"yuki\""
            ))
        try await bench.receive(Letter().with("a.pdf", Letter.pdf))
        #expect(bench.files == [])
        _ = try await bench.lines("account", "edit", "1", "--filing", "firm", "--assign", "-")
        try await bench.receive(Letter(id: "2@x").with("b.pdf", Letter.pdf("b")))
        #expect(bench.files == ["1 A/Mandantenunterlagen/2026/b.pdf"])
        let entry = try await bench.audit()[0]
        #expect(entry.action == "account.edit")
        #expect(entry.detail == "filing: as the firm, assigned: nobody")
    }

    @Test("an account is a colleague's that there is, and followed by those who are named")
    func care() async throws {
        let bench = try await Bench()
        try await bench.hire("jana", "yuki")
        _ = try await bench.lines(
            "account", "add", "A", "--number", "1", "--follow", "jana", "--follow", "yuki")
        for words in [["--assign", "yuka"], ["--follow", "yuka"]] {
            let (code, printed) = await bench.run(["account", "edit", "1"] + words)
            #expect(code == .noSuchThing)
            #expect(printed.complaints == ["there is no user yuka (did you mean yuki?)"])
        }
        let (code, _) = await bench.run(["account", "edit", "1", "--follow", "-", "--follow", "jana"])
        #expect(code == .usage)
        func followers() async throws -> String {
            try await bench.lines("account", "show", "1", "--json").joined()
        }
        #expect(try await followers().contains("\"followers\": [\"jana\", \"yuki\"]"))
        _ = try await bench.lines("account", "edit", "1", "--follow", "yuki")
        #expect(try await followers().contains("\"followers\": [\"yuki\"]"))
        _ = try await bench.lines("account", "edit", "1", "--follow", "-")
        #expect(try await followers().contains("\"followers\": []"))
        #expect(try await bench.audit()[0].detail == "nobody")
    }
}
