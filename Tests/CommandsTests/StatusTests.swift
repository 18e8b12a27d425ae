import Daemon
import Mail
import Mailroom
import Store
import Testing
import Text

@testable import Commands

@Suite("What needs a person is named, and ends with 1")
struct StatusTests {
    private static let problem =
        "1 request came back undelivered: mailroom request list --state undelivered"

    /// Has the letter of a request's first recipient come back, in the moment after it was queued.
    private func comeBack(_ request: Request, _ asking: Asking) async throws {
        let queued = try await asking.letters(request)[0].queued
        let now = Timestamp(milliseconds: queued.milliseconds + 1)
        try await asking.store.write { transaction in
            try transaction.setRecipient(
                request.recipients[0].id, after: .return, reason: "550 no such user", now: now)
        }
    }

    private func problems(_ asking: Asking) async throws -> [String] {
        try await StatusReport(asking.bench.desk).problems.filter { $0.contains("undelivered") }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let sentence: String
        let deed: [String]
        let isDealtWith: Bool
        var testDescription: String { sentence }
    }

    @Test(
        "a request that came back is a problem until somebody deals with it",
        arguments: [
            Case(sentence: "looked at", deed: ["show", "1"], isDealtWith: false),
            Case(
                sentence: "more is asked for", deed: ["add", "1", "--item", "Quittungen"], isDealtWith: false),
            Case(sentence: "sent again", deed: ["send", "1"], isDealtWith: true),
            Case(
                sentence: "sent to somebody else", deed: ["add", "1", "--to", "bert@bolt.example"],
                isDealtWith: true),
            Case(sentence: "its link handed over", deed: ["send", "1", "--no-mail"], isDealtWith: true),
            Case(sentence: "all of it came", deed: ["accept", "1", "1", "2", "3"], isDealtWith: true),
            Case(sentence: "taken back", deed: ["revoke", "1"], isDealtWith: true),
        ])
    func undelivered(_ one: Case) async throws {
        let asking = try await Asking()
        let request = try await asking.ask()
        #expect(try await problems(asking).isEmpty)
        try await comeBack(request, asking)
        let (code, printed) = await asking.bench.run("status")
        #expect(code == .foundProblem)
        #expect(printed.lines.contains("  " + Self.problem), "\(printed.text)")
        let (jsonCode, json) = await asking.bench.run("status", "--json")
        #expect(jsonCode == .foundProblem)
        #expect(json.text.contains("\"\(Self.problem)\""), "\(json.text)")
        let (metrics, figures) = await asking.bench.run("status", "--prometheus")
        #expect(metrics == .ok)
        #expect(figures.lines.contains("mailroom_requests_undelivered 1"))
        let (done, said) = await asking.bench.run(["request"] + one.deed)
        #expect(done == .ok, "\(said.complaints)")
        #expect(try await problems(asking) == (one.isDealtWith ? [] : [Self.problem]))
    }

    @Test("the list tells which came back, and which are overdue")
    func listed() async throws {
        let asking = try await Asking()
        let back = try await asking.ask("--due", "2999-01-01")
        try await comeBack(back, asking)
        let late = try await asking.ask()
        let yesterday = asking.bench.office.configuration.requestTerms.zone.day(Office.now) - 1
        try await asking.store.write { transaction in
            var change = RequestChange()
            change.due = .some(yesterday)
            try transaction.editRequest(late.id, change, by: "jana", now: Office.now)
        }
        func ids(_ words: String...) async throws -> [Substring] {
            let (code, printed) = await asking.bench.run(["request", "list"] + words)
            #expect(code == .ok, "\(printed.complaints)")
            return printed.lines.dropFirst().compactMap { $0.split(separator: " ").first }
        }
        #expect(try await ids() == ["2", "1"])
        #expect(try await ids("--state", "open") == ["2", "1"])
        #expect(try await ids("--state", "undelivered") == ["1"])
        #expect(try await ids("--state", "overdue") == ["2"])
        #expect(try await ids("--state", "draft").isEmpty)
        let (code, printed) = await asking.bench.run("request", "list", "--state", "undeliverd")
        #expect(code == .usage)
        #expect(printed.complaints[0].contains("did you mean undelivered?"))
        // What is over is nobody's trouble.
        _ = try await asking.bench.lines("request", "revoke", "1")
        #expect(try await ids("--state", "undelivered").isEmpty)
    }
}
