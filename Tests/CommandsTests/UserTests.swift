import Daemon
import Mailroom
import Store
import Testing

@testable import Commands

@Suite("user, audit, and who sees what")
struct UserTests {
    private static let web = "\n[web]\npublic_url = \"https://post.bergmann-stb.example\"\n"

    @Test("the first user is an owner, and signs in by a link that is good once")
    func first() async throws {
        let bench = try await Bench(Self.web)
        let lines = try await bench.lines("user", "add", "Jana", "--name", "Jana Weiß", "--language", "de")
        #expect(lines.count == 3)
        #expect(lines[0] == "jana, owner: added")
        #expect(lines[1].hasPrefix("https://post.bergmann-stb.example/sign-in/link/"))
        #expect(lines[2].hasPrefix("good once, until "))
        #expect(try await bench.lines("user", "add", "ben", "--json")[0].contains("\"role\": \"member\""))
        let list = try await bench.lines("user", "list")
        #expect(
            list
                == [
                    "LOGIN  ROLE    LANGUAGE  SIGNS IN BY  LAST SEEN  NAME",
                    "jana   owner   de        link         –          Jana Weiß",
                    "ben    member  de        link         –          ben",
                ])
        #expect(
            try await bench.audit().map(\.action)
                == ["user.login-link", "user.add", "user.login-link", "user.add"])
    }

    @Test("without public_url the link leads to the address that is listened at")
    func address() async throws {
        let bench = try await Bench()
        let lines = try await bench.lines("user", "add", "jana")
        #expect(lines[1].hasPrefix("http://127.0.0.1:8025/sign-in/link/"))
    }

    @Test("a link for the first owner is there as long as there is none")
    func firstOwner() async throws {
        let bench = try await Bench(Self.web)
        #expect(try await bench.lines("user", "login-link", "--first")[0].contains("/sign-in/link/"))
        _ = try await bench.lines("user", "add", "jana")
        let (code, printed) = await bench.run(["user", "login-link", "--first"])
        #expect(code == .badData)
        #expect(printed.complaints == ["there is an owner already: mailroom user list"])
    }

    struct Refused: Sendable {
        let words: [String]
        let code: ExitCode
        let complaint: String
    }

    @Test(
        "what cannot be meant ends in a sentence",
        arguments: [
            Refused(words: ["user", "add", "Jana Weiß"], code: .badData, complaint: "is no login"),
            Refused(
                words: ["user", "add", "jana"], code: .badData, complaint: "there is a user jana already"),
            Refused(words: ["user", "disable", "jana"], code: .badData, complaint: "this is the last owner"),
            Refused(
                words: ["user", "edit", "jana", "--role", "member"], code: .badData,
                complaint: "this is the last owner"),
            Refused(words: ["user", "edit", "jana"], code: .usage, complaint: "nothing to change"),
            Refused(words: ["user", "enable", "jano"], code: .noSuchThing, complaint: "did you mean jana"),
            Refused(words: ["user", "login-link"], code: .usage, complaint: "wants LOGIN, or --first"),
            Refused(words: ["audit", "--since", "x"], code: .usage, complaint: "is no time"),
            Refused(
                words: ["mailbox", "edit", "office", "--visible-to", "nobody"], code: .noSuchThing,
                complaint: "there is no user nobody"),
            Refused(
                words: ["mailbox", "edit", "office", "--visible-to", "jana", "--visible-to-all"],
                code: .usage, complaint: "one is enough"),
        ])
    func refused(_ example: Refused) async throws {
        let bench = try await Bench(Self.web)
        _ = try await bench.lines("user", "add", "jana")
        let (code, printed) = await bench.run(example.words)
        #expect(code == example.code)
        #expect(printed.complaints.joined().contains(example.complaint), "\(printed.complaints)")
    }

    @Test("a password comes along with the command, is hashed, and a weak one is refused")
    func passwords() async throws {
        let bench = try await Bench(Self.web)
        let good = Array("correct horse battery".utf8)
        let (added, first) = await bench.run(["user", "add", "jana", "--password"], file: good)
        #expect(added == .ok)
        #expect(first.lines == ["jana, owner: added"])
        let hash = try await bench.office.data.store.read {
            try $0.signInSecrets(login: "jana")?.passwordHash
        }
        #expect(hash?.hasPrefix("$y$") == true)
        let weak = Array("jana.jana.jana".utf8)
        let (code, printed) = await bench.run(["user", "password", "jana"], file: weak)
        #expect(code == .badData)
        #expect(printed.complaints.joined().contains("among the first that somebody tries"))
        _ = try await bench.lines("user", "password", "jana", "--remove")
        let none = try await bench.office.data.store.read {
            try $0.signInSecrets(login: "jana")?.passwordHash
        }
        #expect(none == nil)
    }

    @Test("an account and a mailbox for named staff alone, and what the audit says of it")
    func visibility() async throws {
        let bench = try await Bench(Self.web)
        for login in ["jana", "ben"] { _ = try await bench.lines("user", "add", login) }
        _ = try await bench.lines("account", "add", "Hofmann", "--number", "10482")
        _ = try await bench.lines("account", "edit", "10482", "--visible-to", "jana", "--visible-to", "ben")
        #expect(
            try await bench.lines("mailbox", "edit", "office", "--visible-to", "ben")
                == ["office is visible to ben"])
        let audit = try await bench.lines("audit", "--account", "10482", "--json")
        #expect(audit.count == 2)
        #expect(audit[0].contains("\"action\": \"account.visibility\", \"account\": \"10482\""))
        #expect(audit[0].contains("visible to jana, ben"))
        _ = try await bench.lines("account", "edit", "10482", "--visible-to-all")
        let id = try await bench.office.data.store.read { try $0.accountID(AccountNumber("10482")!) }
        #expect(try await bench.office.data.store.read { try $0.viewers(of: id!) }.isEmpty)
        #expect(try await bench.lines("audit", "--limit", "1").count == 2)
        #expect(try await bench.lines("audit", "--by", "nobody") == ["Nothing was done that fits."])
    }
}
