import Glibc
import Synchronization
import TestServers
import Testing
import Transport

@Suite("A connection")
struct TransportTests {
    private let pace = Pace(seconds: 10, octets: 1000)

    private func connect(_ port: UInt16, host: String = Loopback.host, pace: Pace? = nil)
        throws(TransportError)
        -> Transport
    {
        try Transport.connect(to: host, port: port, pace: pace ?? self.pace, cancellation: Cancellation())
    }

    private func read(_ transport: Transport) throws -> [UInt8] {
        var room = [UInt8](repeating: 0, count: 4096)
        let count = try room.withUnsafeMutableBytes { buffer in
            var span = buffer.mutableBytes
            return try transport.read(into: &span)
        }
        return Array(room[..<count])
    }

    @Test("carries octets both ways and counts them")
    func echo() throws {
        let server = ScriptedIMAPServer { connection in try connection.line(try connection.read()) }
        let transport = try connect(server.port)
        try transport.write(Array("hello\r\n".utf8).span)
        var answer: [UInt8] = []
        while answer.count < 7 { answer += try read(transport) }
        #expect(answer == Array("hello\r\n".utf8))
        #expect(transport.octetsRead == 7 && transport.octetsWritten == 7)
        #expect(transport.tlsVersion == nil && transport.certificateExpiry == nil)
    }

    @Test("a closed connection is an error and never zero octets")
    func closed() throws {
        let server = ScriptedIMAPServer { _ in }
        let transport = try connect(server.port)
        let error = #expect(throws: TransportError.self) { try read(transport) }
        #expect(error?.code == .closed)
    }

    @Test("more octets than the pace allows are refused")
    func budget() throws {
        let server = ScriptedIMAPServer { connection in
            try connection.send(String(repeating: "x", count: 1001))
            try connection.stall()
        }
        let transport = try connect(server.port)
        let error = #expect(throws: TransportError.self) { while true { _ = try read(transport) } }
        #expect(error?.code == .tooLarge)
    }

    @Test("asking for input does not wait, and loses nothing")
    func input() throws {
        let server = ScriptedIMAPServer { connection in
            _ = try connection.read()
            try connection.send("ab")
            try connection.stall()
        }
        let transport = try connect(server.port)
        #expect(try !transport.hasInput())
        try transport.write(Array("go\r\n".utf8).span)
        while try !transport.hasInput() {}
        #expect(transport.hasBuffered)
        var answer: [UInt8] = []
        while answer.count < 2 { answer += try read(transport) }
        #expect(answer == Array("ab".utf8))
    }

    @Test("nobody listening is an error that names the address")
    func refused() {
        let error = #expect(throws: TransportError.self) { try connect(TestSocket.freePort()) }
        #expect(error?.code == .connect)
        #expect(error?.words.contains("127.0.0.1: Connection refused") == true)
    }

    @Test("a name that does not exist is told from a host that does not answer")
    func unknownName() {
        let error = #expect(throws: TransportError.self) { try connect(143, host: "nowhere.invalid") }
        #expect(error?.code == .dns || error?.code == .timeout)
        #expect(error?.isTransient == true)
    }

    @Test("a cancellation that came first is obeyed")
    func cancelledBefore() {
        let cancellation = Cancellation()
        cancellation.cancel()
        let error = #expect(throws: TransportError.self) {
            let server = ScriptedIMAPServer { try $0.stall() }
            let transport = try Transport.connect(
                to: "127.0.0.1", port: server.port, pace: pace, cancellation: cancellation)
            _ = try read(transport)
        }
        #expect(error?.code == .cancelled)
    }

    @Test("cancelling after the connection is gone touches nobody else's descriptor")
    func cancelledAfter() throws {
        let server = ScriptedIMAPServer { connection in try connection.line(try connection.read()) }
        let first = try connect(server.port)
        let cancellation = first.cancellation
        first.close()
        let second = try connect(server.port)
        cancellation.cancel()
        try second.write(Array("hello\r\n".utf8).span)
        #expect(try !read(second).isEmpty)
    }
}
