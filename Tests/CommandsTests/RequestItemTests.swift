import Mail
import Mailroom
import Store
import Testing
import Text

@testable import Commands
@testable import Daemon

@Suite("Items of a request that is out")
struct RequestItemTests {
    @Test("are called otherwise, with what came for them")
    func renamed() async throws {
        let asking = try await Asking()
        let request = try await asking.ask(items: ["Stundenzettel", "Kontoauszug"])
        try await asking.bench.receive(
            try await asking.reply(to: request).with("Stundenzettel.pdf", Letter.pdf))
        _ = try await asking.bench.lines("request", "rename", "1", "1", "Stundenzettel November")
        let now = try await asking.request(request)
        #expect(now.items.map(\.name) == ["Stundenzettel November", "Kontoauszug"])
        #expect(now.items.map(\.state) == [.received, .open])
        let parts = try await asking.store.read { try $0.parts(of: request.id) }
        #expect(parts.compactMap(\.item) == [now.items[0].id])
        let entry = try await asking.bench.audit().first { $0.action == "request.edit" }
        #expect(entry?.actor == "jana" && entry?.detail.contains("→ Stundenzettel November") == true)
        for words in [["1", "9", "X"], ["1", "1", " "]] {
            #expect(await asking.bench.run(["request", "rename"] + words).code != .ok)
        }
    }

    @Test("are asked for no more, and their number is nobody's after")
    func withdrawn() async throws {
        let asking = try await Asking()
        let request = try await asking.ask(items: ["Stundenzettel", "Kontoauszug", "Video"])
        _ = try await asking.bench.lines("request", "withdraw", "1", "3")
        _ = try await asking.bench.lines("request", "add", "1", "--item", "Reisekosten")
        #expect(try await asking.request(request).items.map(\.number) == [1, 2, 4])
        #expect(await asking.bench.run("request", "withdraw", "1", "3").code != .ok)
        // What has come is not taken away.
        try await asking.bench.receive(
            try await asking.reply(to: request).with("Stundenzettel.pdf", Letter.pdf))
        let (code, printed) = await asking.bench.run("request", "withdraw", "1", "1")
        #expect(code == .badData && printed.complaints.joined().contains("has come already"))
        // With the last one that is missing, the request is answered.
        _ = try await asking.bench.lines("request", "withdraw", "1", "2")
        #expect(try await asking.request(request).state == .open)
        _ = try await asking.bench.lines("request", "withdraw", "1", "4")
        let done = try await asking.request(request)
        #expect(done.state == .answered && done.items.map(\.name) == ["Stundenzettel"])
        #expect(try await asking.events().contains("request.answered"))
        #expect(await asking.bench.run("request", "withdraw", "1", "1").code != .ok)
    }
}
