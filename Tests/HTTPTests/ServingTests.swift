import Glibc
import HTTP
import Mail
import TestServers
import Testing

@Suite("HTTP: requests and replies")
struct ServingTests {
    @Test("requests on one connection are answered one after the other, and it is kept")
    func kept() async throws {
        try await Site.with { site in
            let client = Client(site.port)
            for number in 0..<20 {
                let reply = await client.ask("GET", "/hello/\(number)")
                #expect(reply?.text == "hello \(number)")
                #expect(reply?["connection"]?.lowercased() != "close")
            }
            #expect(site.server.connections == 1)
            let post = await client.ask("POST", "/echo", body: Array("abc".utf8))
            #expect(post?.text == "abc")
            #expect(await client.ask("GET", "/")?.text == "front")
        }
    }

    @Test("requests sent at once are answered in their order")
    func pipelined() async throws {
        try await Site.with { site in
            let client = Client(site.port)
            let requests = (0..<50).map { "GET /hello/\($0) HTTP/1.1\r\nHost: localhost\r\n\r\n" }
            await client.send(requests.joined())
            for number in 0..<50 { #expect(await client.reply()?.text == "hello \(number)") }
        }
    }

    @Test(
        "HEAD is GET without the content", arguments: ["/", "/digits", "/stream", "/events/kate", "/nowhere"])
    func head(_ path: String) async throws {
        try await Site.with { site in
            let client = Client(site.port)
            let head = try #require(await client.ask("HEAD", path))
            #expect(head.body.isEmpty)
            if head["connection"]?.lowercased() == "close" {
                #expect(await client.isClosed())
            } else {
                // The connection is in step: nothing was sent after the header.
                #expect(await client.ask("GET", "/hello/you")?.text == "hello you")
            }
            guard !path.hasPrefix("/events") else {
                #expect(site.events.count == 0)
                return
            }
            let get = try #require(await Client(site.port).ask("GET", path))
            #expect(head.status == get.status)
            // Who knows no length need not say how it would be sent.
            let may: Set = ["date", "connection", "transfer-encoding"]
            func fields(_ reply: Reply) -> [String] {
                reply.fields.filter { !may.contains($0.name) }.map { "\($0.name): \($0.value)" }
            }
            #expect(fields(head) == fields(get))
        }
    }

    @Test("a path that nobody answers is 404, another method 405 with those there are")
    func unknown() async throws {
        try await Site.with { site in
            let client = Client(site.port)
            #expect(await client.ask("GET", "/nowhere")?.status == 404)
            let reply = await client.ask("DELETE", "/echo")
            #expect(reply?.status == 405)
            #expect(reply?["allow"] == "POST")
            #expect(await client.ask("POST", "/hello/a")?["allow"] == "GET, HEAD")
            // Its small content is read, and the connection kept.
            #expect(await client.ask("POST", "/nowhere", body: [1, 2, 3])?.status == 404)
            #expect(await client.ask("GET", "/")?.text == "front")
        }
    }

    @Test("a handler's error is a page, and the connection goes on")
    func broken() async throws {
        try await Site.with { site in
            let client = Client(site.port)
            #expect(await client.ask("GET", "/broken")?.status == 500)
            #expect(await client.ask("POST", "/form", body: [1])?.status == 415)
            #expect(await client.ask("GET", "/")?.text == "front")
        }
    }

    @Test("every reply says nosniff, and may not be kept unless it says so")
    func defaults() async throws {
        try await Site.with { site in
            let client = Client(site.port)
            for path in ["/", "/nowhere", "/broken"] {
                let reply = await client.ask("GET", path)
                #expect(reply?["x-content-type-options"] == "nosniff")
                #expect(reply?["cache-control"] == "no-store")
            }
        }
    }

    @Test("paths and queries are decoded once")
    func decoded() async throws {
        try await Site.with { site in
            let client = Client(site.port)
            #expect(await client.ask("GET", "/hello/%E9%AB%99%20%2541")?.text == "hello 髙 %41")
            #expect(await client.ask("GET", "/query?a=b&q=x%26y+z%252f&q=2")?.text == "x&y z%2f")
            #expect(await client.ask("GET", "/cookie", ["Cookie: a=b; session=s3"])?.text == "s3")
            #expect(await client.ask("GET", "/cookie", ["Cookie: session=a; session=b"])?.text == "-")
        }
    }

    @Test("a form is names and values")
    func form() async throws {
        try await Site.with { site in
            let client = Client(site.port)
            let type = "Content-Type: application/x-www-form-urlencoded; charset=utf-8"
            let reply = await client.ask("POST", "/form", [type], body: Array("a=1&b=%C3%A4+x&a=2&c".utf8))
            #expect(reply?.text == "a=1|b=ä x|a=2|c=")
            let nul = await client.ask("POST", "/form", [type], body: Array("a=%00".utf8))
            #expect(nul?.status == 400)
        }
    }

    @Test("what is made while it is sent arrives whole")
    func stream() async throws {
        try await Site.with { site in
            let client = Client(site.port)
            let expected = (0..<1_000).map { "\($0)\n" }.joined()
            for _ in 0..<3 { #expect(await client.ask("GET", "/stream")?.text == expected) }
        }
    }

    @Test("an answer before the content was read comes after it, and the connection is kept")
    func early() async throws {
        try await Site.with { site in
            let client = Client(site.port)
            let reply = await client.ask("POST", "/early", body: [UInt8](repeating: 7, count: 500_000))
            #expect(reply?.status == 403)
            #expect(await client.ask("GET", "/")?.text == "front")
        }
    }

    @Test("100-continue is said before the content is sent")
    func expectation() async throws {
        try await Site.with { site in
            let client = Client(site.port)
            await client.send(
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
            #expect(await client.line() == "HTTP/1.1 100 Continue")
            #expect(await client.line()?.isEmpty == true)
            await client.send("abc")
            #expect(await client.reply()?.text == "abc")
        }
    }

    @Test("the client is who trusted proxies say it is, and nobody else's word counts")
    func proxies() async throws {
        let fields = [
            "X-Forwarded-For: 6.6.6.6, 192.0.2.7, 10.0.0.1", "X-Forwarded-Proto: https",
            "X-Forwarded-Host: firm.example", "Forwarded: for=9.9.9.9;proto=http;host=evil.example",
        ]
        try await Site.with { site in
            #expect(await Client(site.port).ask("GET", "/who", fields)?.text == "127.0.0.1 false localhost")
        }
        let trusted = [AddressRange("127.0.0.0/8")!, AddressRange("10.0.0.0/8")!]
        try await Site.with(proxies: TrustedProxies(trusted)) { site in
            let client = Client(site.port)
            #expect(await client.ask("GET", "/who", fields)?.text == "192.0.2.7 true firm.example")
            let foreign = await client.ask("GET", "/who", ["X-Forwarded-Host: evil.example"])
            #expect(foreign?.status == 421)
        }
        try await Site.with(proxies: TrustedProxies(trusted, fields: .forwarded)) { site in
            let field = #"Forwarded: for=6.6.6.6, for="[2001:db8::1]:80";proto=https;host=firm.example"#
            let client = Client(site.port)
            #expect(await client.ask("GET", "/who", [field])?.text == "2001:db8::1 true firm.example")
        }
    }

    @Test("a stopped server has closed everything soon, whatever was going on")
    func stops() async throws {
        let site = try Site()
        let idle = Client(site.port)
        #expect(await idle.ask("GET", "/")?.text == "front")
        let slow = Client(site.port)
        await slow.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        let half = Client(site.port)
        await half.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc")
        let listening = Client(site.port)
        await listening.send("GET /events/kate HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(try await until(5) { site.executed.count == 4 && site.events.count == 1 })
        let start = ContinuousClock.now
        await site.server.stop()
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(await idle.isClosed())
        #expect(await slow.isClosed())
        #expect(await half.isClosed())
        #expect(site.server.connections == 0)
        #expect(site.events.count == 0)
        #expect(TestSocket.connected(to: site.port) == nil)
    }

    @Test("a port that is taken is a clear error")
    func taken() async throws {
        try await Site.with { site in
            let address = ListenerAddress.address(IPAddress("127.0.0.1")!, port: site.port)
            #expect {
                _ = try Listener.open(address)
            } throws: { error in
                "\(error)" == "listening on 127.0.0.1:\(site.port): another program listens there"
            }
        }
    }

    @Test("a socket that was opened for us is served, and stays open when we end")
    func adopted() async throws {
        let (socket, port) = TestSocket.listening()
        var router = Router()
        router.get("/") { _ in .text("front") }
        for _ in 0..<2 {
            let listener = try Listener.adopt(socket.descriptor)
            let server = try Server.start(
                ServerSettings(name: "test-http", hosts: .any), on: listener, router)
            #expect(await Client(port).ask("GET", "/")?.text == "front")
            await server.stop()
            // Whoever comes now waits for the next of us.
            #expect(TestSocket.connected(to: port) != nil)
        }
    }

    @Test("a Unix socket: its peer is a user, its name is taken away at the end")
    func unixSocket() async throws {
        let directory = TestDirectory()
        let path = directory.path + "/web.sock"
        for _ in 0..<2 {
            var router = Router()
            router.get("/") { request in
                guard case .unix(let user) = request.peer else { return .text("somebody") }
                return .text("user \(user)")
            }
            let server = try Server.start(
                ServerSettings(name: "test-http", hosts: .any), on: try Listener.open(.unix(path: path)),
                router)
            #expect {
                _ = try Listener.open(.unix(path: path))
            } throws: { error in
                (error as? HTTPError)?.code == .addressInUse
            }
            let socket = try #require(TestSocket.connected(toPath: path))
            let client = Client(socket)
            #expect(await client.ask("GET", "/")?.text == "user \(getuid())")
            await server.stop()
            #expect(access(path, F_OK) != 0)
        }
    }
}
