import Daemon
import Mail
import Mailroom
import Store
import Testing
import Text
import Web

@testable import Commands

@Suite("What staff are written to of")
struct StaffNoticeTests {
    private static func firm(_ tell: String = "") async throws -> Asking {
        let asking = try await Asking(Asking.sending + "\n[requests]\n" + tell)
        for (login, name) in [("jana", "Jana Vogt"), ("yuki", "森 由紀")] {
            _ = try await asking.bench.lines(
                "user", "add", login, "--name", name, "--email", "\(login)@bergmann-stb.example",
                "--language",
                login == "yuki" ? "ja" : "de")
        }
        _ = try await asking.bench.lines("account", "edit", "10482", "--assign", "jana", "--follow", "yuki")
        return asking
    }

    private static func upload(_ asking: Asking) async throws {
        let request = try await asking.ask()
        let linked = try #require(
            try await asking.store.read { try $0.linked(.recipient(request.recipients[0].id)) })
        let sitting = try await asking.store.write {
            try $0.sit(tokenHash: [1], at: linked, name: nil, address: nil, language: .de, now: Office.now)
        }
        let deeds = try asking.bench.office.linkDeeds()
        let file = IncomingFile(vault: asking.bench.office.data.vault)
        try await file.write(Array("%PDF-1.4\nx\n%%EOF\n".utf8))
        try await deeds.receive(
            ArrivalOrder(
                files: [ArrivedFile(content: try await file.finish(), name: "Lohn.pdf")], sitting: sitting,
                item: nil, largest: 200 << 20))
        _ = try await deeds.receipt(sitting)
        _ = try await deeds.receipt(sitting)
    }

    private static func subjects(_ asking: Asking, of kind: NewLetter.Kind) async throws -> [String] {
        try await asking.store.read { try $0.queuedLetters(all: true, limit: 100) }
            .filter { $0.kind == kind }.map(\.subject).sorted()
    }

    @Test(
        "of files that came by a link: the colleague, who follows too, all, or nobody; each once",
        arguments: [
            ("", ["Dateien von Sabine Hofmann: Lohnunterlagen"]),
            ("tell = \"nobody\"", []),
            (
                "tell = \"followers\"",
                ["Dateien von Sabine Hofmann: Lohnunterlagen", "【ファイル受領】Lohnunterlagen（Sabine Hofmann様）"]
            ),
            (
                "tell = \"all\"",
                ["Dateien von Sabine Hofmann: Lohnunterlagen", "【ファイル受領】Lohnunterlagen（Sabine Hofmann様）"]
            ),
        ])
    func uploads(_ tell: String, _ subjects: [String]) async throws {
        let asking = try await Self.firm(tell)
        try await Self.upload(asking)
        #expect(try await Self.subjects(asking, of: .notice) == subjects)
        #expect(try await Self.subjects(asking, of: .receipt).count == 1, "the client's own")
    }

    @Test("nobody who switched it off, and nobody by an address whose mail we read ourselves")
    func unwanted() async throws {
        let asking = try await Self.firm("tell = \"followers\"")
        try await asking.store.write { transaction in
            guard let jana = try transaction.staffMember(login: "jana") else { return }
            try transaction.setPreferences(StaffPreferences(hearsOfUploads: false), of: jana.id)
        }
        _ = try await asking.bench.lines("user", "edit", "yuki", "--email", "office@bergmann-stb.example")
        try await Self.upload(asking)
        #expect(try await Self.subjects(asking, of: .notice).isEmpty)
    }

    @Test("of a letter that came back, whoever had it sent; once")
    func undelivered() async throws {
        let asking = try await Self.firm()
        let request = try await asking.ask()
        let letter = try await asking.letters(request)[0]
        let office = asking.bench.office
        await office.tellUndelivered()
        #expect(try await Self.subjects(asking, of: .notice).isEmpty)
        try await asking.store.write {
            try $0.intend(letter.id, places: [0], now: Office.now)
            try $0.settle(
                letter.id,
                [SubmissionOutcome(place: 0, .refused, code: 550, status: "5.1.1", words: "no such user")],
                copyTo: nil, now: Office.now)
        }
        await office.tellUndelivered()
        await office.tellUndelivered()
        #expect(try await Self.subjects(asking, of: .notice) == ["Nicht zugestellt: \(letter.subject)"])
    }
}
