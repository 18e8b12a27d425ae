import Glibc
import TestServers
import Testing

extension EndToEnd {
    @Suite("serve: monitoring")
    struct MonitoringTests {
        /// What is said at the port; nil while nobody answers.
        private func ask(_ port: UInt16, _ path: String, host: String = "localhost") -> String? {
            guard let socket = TestSocket.connected(to: port) else { return nil }
            socket.send(Array("GET \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n".utf8))
            var text = ""
            while let line = socket.readLine() { text += line + "\n" }
            return text
        }

        @Test(
            "it is answered where the configuration says, and follows a reload; SIGTERM ends it in two seconds"
        )
        func follows() async throws {
            let (first, second) = (TestSocket.freePort(), TestSocket.freePort())
            let firm = Firm([], lines: "[metrics]\nlisten = \"127.0.0.1:\(first)\"")
            let daemon = firm.serve()
            #expect(
                try await until(10) { ask(first, "/healthz")?.contains("alive") == true }, "\(firm.logText)")
            #expect(ask(first, "/readyz")?.hasPrefix("HTTP/1.1 200 ") == true)
            let figures = try #require(ask(first, "/metrics"))
            #expect(
                figures.contains("text/plain; version=0.0.4") && figures.contains("\nmailroom_up_seconds "))
            // A page whose name points here reads nothing.
            #expect(ask(first, "/metrics", host: "evil.example")?.hasPrefix("HTTP/1.1 421 ") == true)
            firm.configure([], lines: "[metrics]\nlisten = \"127.0.0.1:\(second)\"")
            daemon.signal(SIGHUP)
            #expect(try await until(10) { ask(second, "/healthz") != nil })
            #expect(ask(first, "/healthz") == nil)
            // A connection that is kept does not hold up the end.
            let kept = try #require(TestSocket.connected(to: second))
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 2) == 0, "\(firm.logText)")
            withExtendedLifetime(kept) {}
        }

        @Test("a port that is taken is told in the journal, and mail is read all the same")
        func taken() async throws {
            let (other, port) = TestSocket.listening()
            let firm = Firm([], lines: "[metrics]\nlisten = \"127.0.0.1:\(port)\"")
            let daemon = firm.serve()
            let words = "listening on 127.0.0.1:\(port): another program listens there"
            #expect(try await until(10) { firm.logText.contains(words) }, "\(firm.logText)")
            #expect(try await until(10) { firm.status() != nil })
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 2) == 0)
            withExtendedLifetime(other) {}
        }
    }
}
