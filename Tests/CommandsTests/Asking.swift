import Daemon
import Mail
import Mailroom
import Store
import Text

@testable import Commands

/// A firm that asks, and the clients it asks.
struct Asking {
    let bench: Bench

    static let sending = """

        [web]
        public_url = "https://post.bergmann-stb.example"

        [smtp]
        host        = "127.0.0.1"
        port        = 1025
        security    = "plain"
        from        = "Bergmann <office@bergmann-stb.example>"
        sub_address = true
        """

    init(_ more: String = sending) async throws {
        bench = try await Bench(more)
        _ = try await bench.lines(
            "account", "add", "Bäckerei Hofmann GmbH", "--number", "10482", "--address",
            "buero@hofmann-brot.example", "--contact", "Sabine Hofmann")
        _ = try await bench.lines(
            "account", "add", "Bolt AG", "--number", "20001", "--address", "bert@bolt.example")
    }

    var store: Store { bench.office.data.store }

    /// Sends a request with three items to Sabine; returns it.
    func ask(_ more: String..., items: [String] = ["Stundenzettel", "Kontoauszug", "Reisekosten"])
        async throws
        -> Request
    {
        let (code, printed) = await bench.run(
            [
                "request", "send", "10482", "Lohnunterlagen", "--folder", "Intern/Lohn", "--to",
                "buero@hofmann-brot.example",
            ]
                + items.flatMap { ["--item", $0] } + more)
        guard code == .ok else { throw Bench.Failed(words: printed.complaints.joined()) }
        return try await newest()
    }

    func newest() async throws -> Request { try await store.read { try $0.requests()[0] } }

    func request(_ request: Request) async throws -> Request {
        try await store.read { try $0.knownRequest(request.id) }
    }

    func states(_ request: Request) async throws -> [ItemState] {
        try await self.request(request).items.map(\.state)
    }

    func letters(_ request: Request) async throws -> [QueuedLetter] {
        try await store.read { try $0.queuedLetters(all: true, limit: 100) }.filter {
            $0.request == request.id
        }
    }

    /// An answer to the newest letter, as mail programs write it.
    func reply(
        to request: Request, from: String = "Sabine Hofmann <buero@hofmann-brot.example>",
        id: String = "r1@x",
        dmarc: String? = "pass"
    ) async throws -> Letter {
        let letter = try await letters(request)[0]
        return Letter(
            from: from, subject: "Re: Lohnunterlagen", id: id, dmarc: dmarc,
            fields: ["In-Reply-To: <\(letter.messageID)>", "References: <\(letter.messageID)>"])
    }

    func events() async throws -> [String] { try await store.read { try $0.staffEvents().map(\.kind) } }
}
