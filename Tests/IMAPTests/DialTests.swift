import Glibc
import TestServers
import Testing

@testable import Transport

@Suite("Connecting to a host with several addresses")
struct DialTests {
    private func address(_ text: String, _ port: UInt16) throws -> Address {
        let found = try Lookup.addresses(of: text, port: port, until: .now + .seconds(5), Cancellation())
        return try #require(found.first)
    }

    private func dial(_ addresses: [Address], seconds: Int = 10) throws(TransportError) -> UInt16 {
        let socket = try Dial.connect(
            to: addresses, of: "host.example:143", until: .now + .seconds(seconds), Cancellation())
        defer { close(socket) }
        var name = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &name) {
            _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(socket, $0, &length) }
        }
        return UInt16(bigEndian: name.sin_port)
    }

    @Test("an address that swallows every packet costs a quarter of a second")
    func blackHole() throws {
        let hole = BlackHole()
        let server = ScriptedIMAPServer { try $0.stall() }
        let began = ContinuousClock.now
        let port = try dial([try address("127.0.0.1", hole.port), try address("127.0.0.1", server.port)])
        #expect(port == server.port)
        #expect(began.duration(to: .now) < .seconds(25))
    }

    @Test("an address that refuses costs nothing")
    func refused() throws {
        let server = ScriptedIMAPServer { try $0.stall() }
        let closed = TestSocket.freePort()
        let addresses = [
            try address("127.0.0.1", closed), try address("::1", closed),
            try address("127.0.0.1", server.port),
        ]
        #expect(try dial(addresses) == server.port)
    }

    @Test("black holes alone end at the deadline")
    func deadline() throws {
        let hole = BlackHole()
        let address = try address("127.0.0.1", hole.port)
        let began = ContinuousClock.now
        let error = #expect(throws: TransportError.self) { try dial([address, address], seconds: 1) }
        #expect(error?.code == .timeout)
        #expect(began.duration(to: .now) < .seconds(25))
    }

    @Test("families take turns, in the resolver's order")
    func turns() throws {
        let found = try Lookup.addresses(
            of: "127.0.0.1", port: 143, until: .now + .seconds(5), Cancellation())
        #expect(found.map(\.text) == ["127.0.0.1"])
    }
}

/// A listener whose queue is full, so that Linux drops who else would connect.
private final class BlackHole {
    let port: UInt16
    private let listener: TestSocket
    private var queued: [Int32] = []

    init() {
        (listener, port) = TestSocket.listening(backlog: 0)
        // One fits into the queue of a backlog of zero; the rest make sure of it.
        for _ in 0..<4 {
            let kind =
                Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            let client = socket(AF_INET, kind, 0)
            var name = sockaddr_in()
            name.sin_family = sa_family_t(AF_INET)
            name.sin_port = port.bigEndian
            name.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            withUnsafePointer(to: &name) {
                _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            queued.append(client)
        }
    }

    deinit { queued.forEach { close($0) } }
}
