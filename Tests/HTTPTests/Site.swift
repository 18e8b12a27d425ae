import Glibc
import HTTP
import Mail
import Synchronization
import TestServers

/// A server with a few pages, which remembers what was asked for.
final class Site: Sendable {
    let server: Server
    let events: EventHub
    let port: UInt16

    init(
        limits: ServerLimits = Site.generous, proxies: TrustedProxies = .none, threads: Int = 2,
        hosts: HostPolicy = HostPolicy(["localhost", "127.0.0.1", "firm.example"])
    ) throws {
        let events = EventHub(limitPerUser: 600)
        self.events = events
        let note = Note()
        var router = Router(around: { request, handler in
            note.add("\(request.method) \(request.path)")
            return try await handler(request)
        })
        Pages.add(to: &router, events)
        let settings = ServerSettings(
            name: "test-http", threads: threads, hosts: hosts, proxies: proxies, limits: limits)
        let listener = try Listener.open(.address(IPAddress("127.0.0.1")!, port: 0))
        server = try Server.start(settings, on: listener, router)
        guard case .address(_, let port) = server.address else { fatalError("it listens on an address") }
        self.port = port
        self.note = note
    }

    private let note: Note
    var executed: [String] { note.all }

    final class Note: Sendable {
        private let paths = Mutex<[String]>([])
        func add(_ path: String) { paths.withLock { $0.append(path) } }
        var all: [String] { paths.withLock { $0 } }
    }

    /// All tests come from one address.
    static let generous: ServerLimits = {
        var limits = ServerLimits()
        limits.connectionsPerPeer = 4_000
        return limits
    }()

    static func with(
        limits: ServerLimits = Site.generous, proxies: TrustedProxies = .none,
        _ body: (Site) async throws -> Void
    ) async throws {
        let site = try Site(limits: limits, proxies: proxies)
        do {
            try await body(site)
        } catch {
            await site.server.stop()
            throw error
        }
        await site.server.stop()
    }
}

enum Pages {
    static let large = (0..<6_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 9) }
    private static let directory = TestDirectory()

    /// A file with these octets.
    private static func file(_ name: String, _ octets: [UInt8]) -> Response {
        let path = directory.path + "/" + name
        if access(path, F_OK) != 0 {
            let stream = fopen(path + ".new", "w")
            fwrite(octets, 1, octets.count, stream)
            fclose(stream)
            rename(path + ".new", path)
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        guard let content = try? FileContent(of: descriptor, length: Int64(octets.count)) else {
            return Response(.internalServerError)
        }
        return .file(content, type: "text/plain", validator)
    }

    private static let validator = Validator(EntityTag("ten"), modified: Timestamp(seconds: 1_700_000_000))

    static func add(to router: inout Router, _ events: EventHub) {
        router.get("/") { _ in .text("front") }
        router.get("/hello/:name") { .text("hello \($0[parameter: "name"])") }
        router.get("/who") { request in
            .text("\(request.client?.description ?? "-") \(request.isSecure) \(request.host)")
        }
        router.get("/query") { .text($0.query["q"] ?? "-") }
        router.get("/cookie") { .text($0.cookies["session"] ?? "-") }
        router.post("/echo", bodyLimit: 1 << 20) { request in
            Response(type: "application/octet-stream", try await request.body.collect(upTo: 1 << 20))
        }
        router.post("/form") { request in
            let form = try await request.form()
            return .text(form.items.map { "\($0.name)=\($0.value)" }.joined(separator: "|"))
        }
        router.post("/early", bodyLimit: 1 << 30) { _ in .text("no, thank you", .forbidden) }
        router.post("/count", bodyLimit: 1 << 30) { request in
            var count = 0
            while let piece = try await request.body.next() { count += piece.count }
            return .text("\(count)")
        }
        router.post("/files", bodyLimit: 1 << 30) { request in
            let form = try request.multipart()
            var lines: [String] = []
            while let part = try await form.nextPart() {
                if part.fileName == nil {
                    lines.append("\(part.name): \(try await form.text())")
                } else {
                    var count = 0
                    while let piece = try await form.next() { count += piece.count }
                    lines.append("\(part.name): \(part.fileName ?? "") \(count)")
                }
            }
            return .text(lines.joined(separator: "\n"))
        }
        router.get("/stream") { _ in
            .stream(
                StreamContent { writer in
                    for number in 0..<1_000 {
                        try await writer.write(Array("\(number)\n".utf8))
                    }
                }, type: "text/plain")
        }
        router.get("/endless") { _ in
            .stream(
                StreamContent { writer in
                    while true { try await writer.write([UInt8](repeating: 7, count: 50_000)) }
                }, type: "text/plain")
        }
        router.post("/waits", bodyLimit: 1 << 30) { _ in
            for await _ in AsyncStream<Void>(Void.self, { _ in }) {}
            return .text("too late")
        }
        router.get("/broken") { _ in throw Broken() }
        router.get("/slow") { _ in
            // Until it is cancelled.
            for await _ in AsyncStream<Void>(Void.self, { _ in }) {}
            return .text("too late")
        }
        router.get("/digits") { _ in
            var response = Response(type: "text/plain", Array("0123456789".utf8))
            response.validator = validator
            return response
        }
        router.get("/file") { _ in file("ten", Array("0123456789".utf8)) }
        router.get("/large") { _ in file("large", large) }
        router.get("/events/:user") { request in
            events.open(user: request[parameter: "user"]).map(Response.events)
                ?? Router.plain(.tooManyRequests)
        }
        router.get("/smuggled") { _ in .text("smuggled") }
    }

    struct Broken: Error {}
}

/// Whether it is so before the seconds are over.
func soon(_ seconds: Double, _ condition: () -> Bool) async -> Bool {
    (try? await until(seconds) { condition() }) ?? false
}
