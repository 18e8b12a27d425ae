import Daemon
import Demo
import Glibc
import Mailroom
import Store
import Testing

@testable import Commands

@Suite("account import: all of a table or nothing of it")
struct AccountImportTests {
    private static let header = "number,account,type,contact,kind,address,language,switches\r\n"

    private func bench() async throws -> Bench { try await Bench() }

    private func take(_ bench: Bench, _ rows: String, _ options: String...) async -> (ExitCode, Printed) {
        await bench.run(
            ["account", "import", "accounts.csv"] + options, file: Array((Self.header + rows).utf8))
    }

    @Test(
        "the demo firm's table is taken, a portal of two accounts included, and a second time changes nothing"
    )
    func demo() async throws {
        let bench = try await bench()
        let table = Array(DemoFirm.accountsCSV.utf8)
        let first = await bench.run("account", "import", "accounts.csv", file: table)
        #expect(first.code == .ok)
        #expect(
            first.printed.lines.last
                == "8 accounts added, 0 changed, 0 as before; 16 addresses added, 0 known already")
        let second = await bench.run("account", "import", "accounts.csv", file: table)
        #expect(
            second.printed.lines == [
                "0 accounts added, 0 changed, 8 as before; 0 addresses added, 16 known already"
            ])
        let portal = try await bench.lines("explain", "noreply@belegportal.example", "--json")
        #expect(portal[0].contains("\"outcome\": \"no\""))
        let contacts = try await bench.lines("contact", "list", "--json")
        let kates = contacts.filter { $0.contains("kate@smith-family.example") }
        #expect(kates.count == 2)
        #expect(Set(kates.map { $0.prefix { $0 != "," } }).count == 1)
        let folders = try await bench.lines("account", "show", "10517", "--json")
        #expect(folders[0].contains("お客様資料"))
        #expect(access(bench.documents + "/10517 株式会社さくら商事/社内", F_OK) == 0)
    }

    @Test("a dry run says what would be done, and writes nothing")
    func dryRun() async throws {
        let bench = try await bench()
        let (code, printed) = await take(
            bench, "10482,Hofmann,client,Sabine,,s@hofmann.example,de,\r\n", "--dry-run")
        #expect(code == .ok)
        #expect(
            printed.lines == [
                "+ 10482 Hofmann: 1 address",
                "1 account added, 0 changed, 0 as before; 1 address added, 0 known already. "
                    + "Nothing was written: this was a dry run.",
            ])
        #expect(
            try await bench.lines("account", "list") == [
                "There is no account yet: mailroom account add, or account import FILE.csv"
            ])
        #expect(try await bench.audit().isEmpty)
        #expect(access(bench.documents + "/10482 Hofmann", F_OK) != 0)
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let sentence: String
        let rows: String
        let complaints: [String]
        var testDescription: String { sentence }

        init(_ sentence: String, _ rows: String, _ complaints: String...) {
            self.sentence = sentence
            self.rows = rows
            self.complaints = complaints
        }
    }

    @Test(
        "bad rows are all named, with line and reason, and nothing is imported",
        arguments: [
            Bad(
                "a mistyped type", "1,A,clint,,,,,\n",
                "accounts.csv:2: type is one of client, prospect, guest, not “clint” (did you mean client?)"),
            Bad(
                "several mistakes in several rows", "1,A,client,B,robot,b@x.example,de,\n,C,client,,,,fr,\n",
                "accounts.csv:2: kind is one of person, device, service, not “robot”",
                "accounts.csv:3: language is one of de, en, ja, not “fr”",
                "accounts.csv:3: the number is missing: only guests get one by themselves"),
            Bad(
                "a number that is none", "10 482,A,client,,,,,\n",
                "accounts.csv:2: “10 482” is no account number: letters, digits, . _ - and at most 32"),
            Bad("no name", "1,,client,,,,,\n", "accounts.csv:2: the account has no name"),
            Bad("no type", "1,A,,,,,,\n", "accounts.csv:2: the type is missing: client, prospect or guest"),
            Bad(
                "no address", "1,A,client,Kate,,,,\n", "accounts.csv:2: “Kate” has no address"),
            Bad(
                "an address that is none", "1,A,client,Kate,,kate,,\n",
                "accounts.csv:2: “kate” is no address: it looks like kate@smith.example"),
            Bad(
                "one of our own", "1,A,client,Jana,,jana@bergmann-stb.example,,\n",
                "accounts.csv:2: jana@bergmann-stb.example is one of us ([firm] domains): its mail is never a client’s"
            ),
            Bad(
                "unknown switches", "1,A,client,Kate,,kate@x.example,,sync email\n",
                "accounts.csv:2: “sync email” is not some of sync, notify, login, sign with spaces between"),
            Bad(
                "too few fields", "1,A,client\n", "accounts.csv:2: 3 fields instead of 8"),
            Bad(
                "a guest with an address", "G-1,A,guest,Kate,,kate@x.example,,\n",
                "accounts.csv:2: a guest account has no contacts, so no address"),
            Bad(
                "an address of two people", "1,A,client,Kate,,k@x.example,,\n2,B,client,Eve,,K@X.example,,\n",
                "accounts.csv:3: K@X.example is “Kate” in line 2, not “Eve”: an address has one contact"),
            Bad(
                "an account of two names", "1,A,client,,,,,\n1,B,client,,,,,\n",
                "accounts.csv:3: account 1 is called “A” in line 2, not “B”"),
            Bad(
                "numbers that differ in case", "a,A,client,,,,,\nA,A,client,,,,,\n",
                "accounts.csv:3: account A differs from line 2’s in case alone"),
            Bad(
                "switches that contradict",
                "1,A,client,K,,k@x.example,,sync\n1,A,client,K,,k@x.example,,notify\n",
                "accounts.csv:3: k@x.example has other switches in line 2"),
            Bad(
                "a name with an escape sequence", "1,A\u{1b}[2J,client,,,,,\n",
                "accounts.csv:2: “A\u{fffd}[2J” has control characters"),
        ])
    func bad(_ one: Bad) async throws {
        let bench = try await bench()
        let (code, printed) = await take(bench, "7,Good,client,,,,,\n" + one.rows)
        #expect(code == .badData)
        // The good row comes first: all lines are one further down.
        let moved = one.complaints.map { complaint in
            complaint.replacing(/accounts\.csv:(\d):/) { "accounts.csv:\(Int($0.1)! + 1):" }
                .replacing(/line (\d)/) { "line \(Int($0.1)! + 1)" }
        }
        #expect(Array(printed.complaints.dropLast()) == moved)
        #expect(printed.complaints.last?.hasSuffix("; nothing was imported") == true)
        #expect(try await bench.office.data.store.read { try $0.accounts() }.isEmpty)
    }

    @Test(
        "a table of another shape is refused with what to do",
        arguments: [
            (
                "number;account;type;contact;kind;address;language;switches\n",
                "accounts.csv:1: fields are separated by semicolons: save the table as “CSV UTF-8 (comma separated)”"
            ),
            (
                "number,account,type\n",
                "accounts.csv:1: the header lacks contact, kind, address, language, switches: "
                    + "its first line must be number,account,type,contact,kind,address,language,switches"
            ),
            (
                "",
                "accounts.csv:1: the table is empty: "
                    + "its first line must be number,account,type,contact,kind,address,language,switches"
            ),
        ])
    func shape(_ text: String, _ complaint: String) async throws {
        let bench = try await bench()
        let (code, printed) = await bench.run("account", "import", "accounts.csv", file: Array(text.utf8))
        #expect(code == .badData)
        #expect(printed.complaints.first == complaint)
    }

    @Test("rows update by number, add addresses, and remove nothing")
    func upsert() async throws {
        let bench = try await bench()
        _ = await take(bench, "1,A,client,Kate,,kate@x.example,de,sync notify login\n2,B,prospect,,,,en,\n")
        let (code, printed) = await take(
            bench,
            "1,A & Co,client,Kate,,kate@y.example,de,\n2,B,client,,,,,\nG-1,Gast,guest,,,,,\n,Gast,guest,,,,,\n"
        )
        #expect(code == .ok)
        #expect(
            printed.lines == [
                "~ 1 A & Co: 1 address", "~ 2 B", "+ G-1 Gast",
                "1 account added, 2 changed, 0 as before; 1 address added, 0 known already",
            ])
        let kept = try await bench.lines("contact", "list", "--account", "1", "--json")
        #expect(kept.count == 2)
        #expect(
            kept[0].contains(
                "\"address\": \"kate@x.example\", \"switches\": [\"sync\", \"notify\", \"login\"]"))
        // The directory keeps the name it was made with: staff have it open.
        let shown = try await bench.lines("account", "show", "1", "--json")
        #expect(
            shown[0].hasPrefix(
                "{\"number\": \"1\", \"name\": \"A & Co\", \"type\": \"client\", \"language\": \"de\""))
        #expect(shown[0].contains("\"directory\": \"1 A\""))
    }

    @Test("guests without a number get the next, and are met again by their name")
    func guests() async throws {
        let bench = try await bench()
        _ = await take(bench, ",Erbengemeinschaft,guest,,,,,\n,Interessent,guest,,,,,\n")
        _ = await take(bench, ",Interessent,guest,,,,,\n,Dritter,guest,,,,,\n")
        let numbers = try await bench.office.data.store.read {
            try $0.accounts().map { "\($0.number) \($0.name)" }
        }
        #expect(numbers == ["G-1 Erbengemeinschaft", "G-2 Interessent", "G-3 Dritter"])
    }

    @Test("a row that contradicts what is known is a bad row, and the others are not taken either")
    func contradicts() async throws {
        let bench = try await bench()
        _ = await take(bench, "1,A,client,Kate,,kate@x.example,,\n")
        let (code, printed) = await take(bench, "2,B,client,,,,,\n3,C,client,Eve,,kate@x.example,,\n")
        #expect(code == .badData)
        #expect(
            printed.complaints.first?.hasPrefix(
                "accounts.csv:3: kate@x.example belongs to “Kate” already, not to “Eve”") == true)
        #expect(try await bench.office.data.store.read { try $0.accounts().count } == 1)
    }

    @Test("every account and every address has its row in the audit")
    func audited() async throws {
        let bench = try await bench()
        _ = await take(bench, "1,A,client,Kate,,kate@x.example,,\n1,A,client,Kate,,k@x.example,,\n")
        let entries = try await bench.audit()
        #expect(entries.map(\.action) == ["contact.add", "contact.add", "account.add"])
        #expect(Set(entries.map(\.actor)) == ["jana"])
    }

    @Test("--json gives a line for each account, or for each mistake")
    func json() async throws {
        let bench = try await bench()
        let (_, good) = await take(bench, "1,A,client,Kate,,kate@x.example,,\n", "--json")
        #expect(
            good.lines == [
                "{\"number\": \"1\", \"name\": \"A\", \"action\": \"add\", \"addresses_added\": 1, \"addresses_known\": 0, \"dry_run\": false}"
            ])
        let (_, bad) = await take(bench, "1,,client,,,,,\n", "--json")
        #expect(bad.lines == ["{\"line\": 2, \"error\": \"the account has no name\"}"])
    }
}
