import Daemon
import Mail
import Mailroom
import Store
import Testing
import Text
import Web

@testable import Commands

@Suite("A command and a page do the same")
struct PageDeedTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let verb: String
        /// Done to both firms before: it brings the request into the state for the verb.
        let before: [[String]]
        let words: [String]
        let action: RequestAction

        init(_ verb: String, before: [[String]] = [], _ words: [String], _ action: RequestAction) {
            self.verb = verb
            self.before = before
            self.words = words
            self.action = action
        }

        var testDescription: String { verb }
    }

    private static let mia = "mia@hofmann-brot.example"
    private static let edit: RequestEdit = {
        var edit = RequestEdit()
        (edit.title, edit.text, edit.language) = ("Lohn", "Bitte bald.", .en)
        edit.folder = "Mandantenunterlagen/Lohn"
        edit.reminders = .some([-2, 5])
        return edit
    }()

    static let cases = [
        Case("send again", ["send", "1"], .send(.mail, to: nil)),
        Case("hand over a link", ["send", "1", "--no-mail"], .send(.link, to: nil)),
        Case(
            "edit",
            [
                "edit", "1", "--title", "Lohn", "--message", "Bitte bald.", "--language", "en", "--folder",
                "Mandantenunterlagen/Lohn", "--reminders", "-2,5",
            ], .edit(edit)),
        Case(
            "add an item and somebody", ["add", "1", "--item", "Vertrag", "--to", mia],
            .add(items: ["Vertrag"], documents: [], recipients: [mia], byMail: true)),
        Case("renew links", ["link", "1", "--new"], .renewLinks),
        Case(
            "extend", ["extend", "1", "--until", "2099-12-31"],
            .extend(until: CivilDay("2099-12-31"), due: nil)),
        Case("revoke", ["revoke", "1"], .revoke),
        Case("tick", ["tick", "1", "2"], .tick(2, part: nil)),
        Case("untick", before: [["tick", "1", "2"]], ["untick", "1", "2"], .untick(2)),
        Case("accept", before: [["tick", "1", "2"]], ["accept", "1"], .accept([], isUnavailable: false)),
        Case(
            "take an acceptance back", before: [["tick", "1", "2"], ["accept", "1"]],
            ["accept", "1", "2", "--undo"], .reconsider([2])),
        Case("there is none", ["accept", "1", "3", "--unavailable"], .accept([3], isUnavailable: true)),
        Case(
            "reject", before: [["tick", "1", "1"]], ["reject", "1", "1", "--note", "Seite 2 fehlt"],
            .reject(1, note: "Seite 2 fehlt", byMail: true)),
    ]

    @Test("the request, its letters and the audit are the same after either", arguments: cases)
    func same(_ known: Case) async throws {
        let (typed, clicked) = (try await Asking(), try await Asking())
        for asking in [typed, clicked] {
            _ = try await asking.ask()
            for words in known.before {
                #expect(await asking.bench.run(["request"] + words).code == .ok)
            }
        }
        let (code, printed) = await typed.bench.run(["request"] + known.words)
        #expect(code == .ok, "\(printed.complaints)")
        let deeds = clicked.bench.office.askingDeeds
        try await deeds.perform(known.action, RequestID(1), "jana")
        #expect(try await Self.told(typed) == Self.told(clicked))
        #expect(try await typed.bench.audit().count > 3)
    }

    /// All that matters of a firm's request, without moments, which differ.
    private static func told(_ asking: Asking) async throws -> [String] {
        let request = try await asking.newest()
        let letters = try await asking.letters(request)
        return [
            request.title, request.text, "\(request.folder)", request.state.rawValue,
            request.language.rawValue, "\(request.generation)", "\(request.reminders ?? [])",
            "\(asking.bench.office.configuration.requestTerms.lastDay(before: request.expires))",
        ] + request.items.map { "\($0.number) \($0.name) \($0.state) \($0.note ?? "")" }
            + request.recipients.map { "\($0.address) \($0.state)" }
            + letters.map { "\($0.kind) \($0.subject) \($0.submissions.map { "\($0.address) \($0.state)" })" }
            + (try await asking.bench.audit()).map { "\($0.action) \($0.actor) \($0.subject)" }
    }

    @Test(
        "what is refused is refused alike, and changes nothing",
        arguments: [
            RequestAction.remind(to: nil), .reject(1, note: "x", byMail: true), .tick(9, part: nil),
            .extend(until: CivilDay("2020-01-01"), due: nil), .send(.mail, to: ["eve@evil.example"]),
        ])
    func refused(_ action: RequestAction) async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        let before = try await asking.bench.audit().count
        await #expect(throws: DeskRefusal.self) {
            try await asking.bench.office.askingDeeds.perform(action, request.id, "jana")
        }
        #expect(try await asking.request(request) == request)
        #expect(try await asking.bench.audit().count == before)
    }

    @Test("a letter is the same, but that a page holds it for ten seconds")
    func letter() async throws {
        let (typed, clicked) = (try await Asking(), try await Asking())
        let text = "Guten Tag,\n\ndas passt."
        let now = Timestamp(milliseconds: Office.now.milliseconds + 10_000)
        for asking in [typed, clicked] {
            try await asking.bench.hire("jana")
            try await asking.bench.receive(Letter())
        }
        _ = try await typed.bench.lines("message", "reply", "1", "--text", text)
        var order = LetterOrder(.reply(MessageNumber(1)), text: text, person: "Jana")
        order.notBefore = now
        let sent = try await clicked.bench.office.askingDeeds.send(order, "jana")
        #expect(sent.recipients.map(\.description) == ["buero@hofmann-brot.example"])
        let (one, other) = (try await queued(typed), try await queued(clicked))
        #expect(one.subject == other.subject)
        #expect(one.accountNumber == other.accountNumber)
        #expect(one.submissions.map(\.address) == other.submissions.map(\.address))
        #expect(one.octets == other.octets)
        #expect(one.notBefore == nil && other.notBefore == now)
        #expect(try await typed.bench.audit()[0].action == clicked.bench.audit()[0].action)
    }

    private func queued(_ asking: Asking) async throws -> QueuedLetter {
        try #require(try await asking.store.read { try $0.queuedLetters(all: true, limit: 1) }.first)
    }

    @Test("the preview of a request is its letter, but for the link")
    func preview() async throws {
        let asking = try await Asking()
        let account = try #require(try await asking.store.read { try $0.accounts() }.first)
        let order = RequestOrder(
            account: account.id, title: "Lohn", text: "Bitte bald.", items: ["Stundenzettel"],
            recipients: ["buero@hofmann-brot.example"], person: "Jana Vogt")
        let deeds = asking.bench.office.askingDeeds
        let letter = try await deeds.preview(order, "jana")
        for words in ["Lohn", "Bitte bald.", "Stundenzettel", "Jana Vogt", "Bäckerei Hofmann GmbH"] {
            #expect(letter.html.contains(words), "\(words)")
        }
        #expect(try await asking.store.read { try $0.requests() }.isEmpty)
        let id = try await deeds.ask(order, .mail, "jana")
        let request = try await asking.store.read { try $0.knownRequest(id) }
        #expect(try await asking.letters(request).map(\.subject) == [letter.subject])
    }
}
