import OAuth2
import Synchronization
import TestServers
import Testing

@Suite("The browser that comes back")
struct RedirectListenerTests {
    /// What a browser gets for a path.
    private func get(_ path: String, _ port: UInt16) -> String {
        guard let socket = TestSocket.connected(to: port) else { return "nobody there" }
        socket.send(Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
        var text = ""
        while let line = socket.readLine() { text += line + "\n" }
        return text
    }

    @Test("the right answer ends the wait; icons, wrong answers and silent visitors do not")
    func browser() async throws {
        let listener = try RedirectListener()
        let heard = Mutex<[String]>([])
        let waiting = Task {
            await listener.wait(seconds: 30, readsLines: false, endsWithInput: false) { text in
                heard.withLock { $0.append(text) }
                return text == "/?right" ? .taken : .refused("it is <wrong>")
            }
        }
        // A browser opens connections on suspicion, and says nothing on them.
        let silent = TestSocket.connected(to: listener.port)
        #expect(get("/favicon.ico", listener.port).hasPrefix("HTTP/1.1 404"))
        let wrong = get("/?wrong", listener.port)
        #expect(wrong.hasPrefix("HTTP/1.1 400") && wrong.contains("it is &lt;wrong>"))
        let huge = TestSocket.connected(to: listener.port)
        huge?.send([UInt8](repeating: 65, count: 100_000))
        let right = get("/?right", listener.port)
        #expect(right.hasPrefix("HTTP/1.1 200") && right.contains("Cache-Control: no-store"))
        #expect(await waiting.value)
        #expect(heard.withLock { $0 } == ["/?wrong", "/?right"])
        withExtendedLifetime((silent, huge)) {}
    }

    @Test("a cancelled wait ends at once, and the port is free again")
    func cancelled() async throws {
        var port: UInt16 = 0
        do {
            let listener = try RedirectListener()
            port = listener.port
            let waiting = Task {
                await listener.wait(seconds: 60, readsLines: false, endsWithInput: false) { _ in .taken }
            }
            waiting.cancel()
            #expect(await !waiting.value)
        }
        #expect(TestSocket.connected(to: port) == nil)
    }

    @Test("a port that is taken is told")
    func taken() throws {
        let first = try RedirectListener()
        let error = #expect(throws: OAuth2Error.self) { try RedirectListener(port: first.port) }
        #expect(error?.words.contains("in use") == true, "\(error?.words ?? "")")
        withExtendedLifetime(first) {}
    }
}
