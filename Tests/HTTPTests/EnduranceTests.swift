import Glibc
import HTTP
import TestServers
import Testing

/// A figure of this process, in KB.
private func resident() -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if text.hasPrefix("VmRSS:") { return Int(text.split(separator: " ").dropFirst().first ?? "0") ?? 0 }
    }
    return 0
}

@Suite("HTTP: peers that are slow, many or large", .serialized)
struct EnduranceTests {
    static func limits(_ change: (inout ServerLimits) -> Void) -> ServerLimits {
        var limits = Site.generous
        change(&limits)
        return limits
    }

    @Test("a header that comes an octet at a time is cut at its deadline, however busy it looks")
    func slowHeader() async throws {
        try await Site.with(limits: Self.limits { $0.headerSeconds = 1 }) { site in
            let header = Array(
                ("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + String(repeating: "a", count: 100)).utf8)
            let took = await Client(site.port).trickle(header, milliseconds: 100)
            #expect(took > .milliseconds(900) && took < .seconds(12))
            // Nor does a first request buy time for the second.
            let client = Client(site.port)
            #expect(await client.ask("GET", "/")?.text == "front")
            let again = await client.trickle(header, milliseconds: 100)
            #expect(again < .seconds(12))
            #expect(site.executed.count == 1)
        }
    }

    @Test("nothing at all is cut, too")
    func silence() async throws {
        try await Site.with(limits: Self.limits { $0.headerSeconds = 1 }) { site in
            let client = Client(site.port)
            let start = ContinuousClock.now
            #expect(await client.isClosed())
            #expect(ContinuousClock.now - start < .seconds(30))
        }
    }

    @Test("content below the least rate is cut; above it, it may take its time")
    func slowBody() async throws {
        let limits = Self.limits {
            $0.graceSeconds = 1
            $0.minimumRate = 50
        }
        try await Site.with(limits: limits) { site in
            let head = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"
            let slow = Client(site.port)
            await slow.send(head)
            let took = await slow.trickle([UInt8](repeating: 1, count: 1000), milliseconds: 50)
            #expect(took > .milliseconds(900) && took < .seconds(25))
            let fair = Client(site.port)
            await fair.send(head)
            await fair.trickle([UInt8](repeating: 1, count: 1000), milliseconds: 2)
            #expect(await fair.reply()?.body.count == 1000)
        }
    }

    @Test("who takes nothing of a reply is let go")
    func slowReader() async throws {
        try await Site.with(limits: Self.limits { $0.idleSeconds = 1 }) { site in
            let client = Client(site.port)
            await client.send("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(await soon(30) { site.executed.count == 1 })
            #expect(await soon(30) { site.server.connections == 0 })
        }
    }

    @Test("a handler that never answers is answered for")
    func slowHandler() async throws {
        try await Site.with(limits: Self.limits { $0.answerSeconds = 1 }) { site in
            let client = Client(site.port)
            #expect(await client.ask("GET", "/slow")?.status == 503)
            #expect(await client.ask("GET", "/")?.text == "front")
            // Nor one that takes none of its content.
            let reply = await client.ask("POST", "/waits", body: [UInt8](repeating: 1, count: 600_000))
            #expect(reply?.status == 503)
        }
    }

    @Test("one peer has so many connections and no more")
    func perPeer() async throws {
        var limits = ServerLimits()
        limits.connectionsPerPeer = 5
        try await Site.with(limits: limits) { site in
            let clients = (0..<5).map { _ in Client(site.port) }
            for client in clients { #expect(await client.ask("GET", "/")?.text == "front") }
            #expect(await Client(site.port).ask("GET", "/") == nil)
            await clients[0].close()
            #expect(await soon(30) { site.server.connections == 4 })
            #expect(await Client(site.port).ask("GET", "/")?.text == "front")
        }
        let trusted = TrustedProxies([AddressRange("127.0.0.1")!])
        try await Site.with(limits: limits, proxies: trusted) { site in
            let clients = (0..<20).map { _ in Client(site.port) }
            for client in clients { #expect(await client.ask("GET", "/")?.text == "front") }
        }
    }

    @Test("all together have so many, and the next waits until one goes")
    func total() async throws {
        let limits = Self.limits { $0.connections = 4 }
        let site = try Site(limits: limits, threads: 1)
        let clients = (0..<4).map { _ in Client(site.port) }
        for client in clients { #expect(await client.ask("GET", "/")?.text == "front") }
        let next = Client(site.port)
        async let reply = next.ask("GET", "/")
        await clients[0].close()
        #expect(await reply?.text == "front")
        await site.server.stop()
    }

    @Test("beside a thousand idle connections and half-said requests, a page comes at once")
    func manyIdle() async throws {
        try await Site.with { site in
            let idle = (0..<1_000).compactMap { _ in TestSocket.connected(to: site.port) }
            for (index, socket) in idle.enumerated() where index % 2 == 0 {
                socket.send(Array("GET / HTTP/1.1\r\nHost: loc".utf8))
            }
            #expect(await soon(30) { site.server.connections == 1_000 })
            let client = Client(site.port)
            var times: [Duration] = []
            for _ in 0..<200 {
                let start = ContinuousClock.now
                #expect(await client.ask("GET", "/")?.text == "front")
                times.append(ContinuousClock.now - start)
            }
            times.sort()
            print("  1,000 idle: median \(times[100]), 95th percentile \(times[190])")
            #expect(times[190] < .milliseconds(500))
            withExtendedLifetime(idle) {}
        }
    }

    @Test("an upload of 100 MB passes through without being kept")
    func largeUpload() async throws {
        try await Site.with { site in
            let before = resident()
            let client = Client(site.port)
            let (piece, pieces) = ([UInt8](repeating: 42, count: 1 << 20), 100)
            await client.send(
                "POST /count HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(pieces * piece.count)\r\n\r\n")
            var most = 0
            let start = ContinuousClock.now
            for _ in 0..<pieces {
                #expect(await client.send(piece))
                most = max(most, resident())
            }
            #expect(await client.reply()?.text == "\(pieces * piece.count)")
            print("  100 MB in \(ContinuousClock.now - start), \((most - before) / 1024) MB more resident")
            #expect(most - before < 48 << 10)
        }
    }

    @Test("an upload with files of 50 MB in a form, cut anywhere by the network, is taken apart as it comes")
    func largeForm() async throws {
        try await Site.with { site in
            let client = Client(site.port)
            let file = [UInt8](repeating: 13, count: 50 << 20)
            var body = Array(
                "--XX\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nfor you\r\n--XX\r\n".utf8)
            body += "Content-Disposition: form-data; name=\"file\"; filename=\"請求書.pdf\"\r\n\r\n".utf8
            body += file
            body += "\r\n--XX--\r\n".utf8
            let before = resident()
            let reply = await client.ask(
                "POST", "/files", ["Content-Type: multipart/form-data; boundary=XX"], body: body)
            #expect(reply?.text == "note: for you\nfile: 請求書.pdf \(file.count)")
            #expect(resident() - before < 160 << 10)
        }
    }

    @Test("a slow handler holds the peer back, not the memory")
    func backpressure() async throws {
        try await Site.with { site in
            let client = Client(site.port)
            await client.send(
                "POST /waits HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(64 << 20)\r\n\r\n")
            let before = resident()
            let sent = await client.sendUntilItBlocks([UInt8](repeating: 1, count: 1 << 20), most: 64)
            // What the kernel's buffers hold, and no more.
            #expect(sent < 32 << 20)
            #expect(resident() - before < 24 << 10)
        }
    }

    @Test("an event reaches 500 open pages, and those that are gone are noticed")
    func manyPages() async throws {
        try await Site.with(limits: Self.limits { $0.beatSeconds = 1 }) { site in
            let before = resident()
            let pages = (0..<500).map { _ in Client(site.port) }
            for (number, page) in pages.enumerated() {
                await page.send("GET /events/user\(number % 50) HTTP/1.1\r\nHost: localhost\r\n\r\n")
            }
            #expect(await soon(30) { site.events.count == 500 })
            for page in pages { #expect(await page.skip(to: "retry: 1000")) }
            let start = ContinuousClock.now
            site.events.send(ServerEvent("tick", "one\ntwo\r\n\r\nevent: forged", id: 7))
            for page in pages { #expect(await page.skip(to: "event: tick")) }
            print(
                "  500 pages: \(ContinuousClock.now - start) to the last, "
                    + "\((resident() - before) / 500) KB each, both ends")
            var lines: [String] = []
            for _ in 0..<5 { lines.append(await pages[0].line() ?? "-") }
            #expect(lines == ["id: 7", "data: one", "data: two", "data: ", "data: event: forged"])
            site.events.send(ServerEvent("mine"), to: { $0 == "user7" })
            #expect(await pages[7].skip(to: "event: mine"))
            // The comment that shows that the line is alive.
            #expect(await pages[8].skip(to: ":"))
            for page in pages.dropFirst(10) { await page.close() }
            #expect(await soon(30) { site.events.count == 10 })
        }
    }

    @Test("one user has so many open pages, the oldest goes for a new one, and who takes nothing is let go")
    func pagesPerUser() {
        let hub = EventHub(limitPerUser: 2, limit: 3)
        let first = hub.open(user: "kate")
        let second = hub.open(user: "kate")
        #expect(first != nil && second != nil)
        let third = hub.open(user: "kate")
        #expect(third != nil && hub.count == 2)
        // It was the oldest that went: to end it once more changes nothing.
        first?.end()
        #expect(hub.count == 2)
        #expect(hub.open(user: "eve") != nil)
        #expect(hub.open(user: "bob") == nil)
        second?.end()
        #expect(hub.open(user: "bob") != nil)
        let long = String(repeating: "a", count: 100_000)
        var sent = 0
        while sent < 100, hub.count > 0 {
            hub.send(ServerEvent("tick", long))
            sent += 1
        }
        #expect(hub.count == 0 && sent < 10)
    }
}
