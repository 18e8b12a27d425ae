import CLinux
import Glibc
import Scanner
import Testing

@Suite("Documents are scanned by clamd", .serialized)
struct ClamdTests {
    @Test(
        "a real clamd: clean, infected, too large, and gone",
        .enabled(if: ClamdServer.isInstalled, "skipped: clamav-daemon is not installed"))
    func real() throws {
        var server: ClamdServer? = try ClamdServer(streamOctets: 1_000_000)
        let clamd = Clamd(socket: try #require(server).socket)
        try clamd.ping()
        #expect(try clamd.version().hasPrefix("ClamAV "))
        let virus = Array(ClamdServer.testVirus.utf8)
        #expect(scan(clamd, Array("%PDF-1.4 a statement\n".utf8)) == .clean)
        #expect(scan(clamd, []) == .clean)
        #expect(scan(clamd, virus) == .infected("Mailroom.Test.EICAR.UNOFFICIAL"))
        #expect(
            scan(clamd, [UInt8](repeating: 32, count: 300_000) + virus)
                == .infected("Mailroom.Test.EICAR.UNOFFICIAL"))
        var zip = ZipWriter()
        zip.add("virus.com", virus)
        #expect(scan(clamd, zip.octets) == .infected("Mailroom.Test.EICAR.UNOFFICIAL"))
        #expect(scan(clamd, [UInt8](repeating: 32, count: 5_000_000)) == .tooLarge)
        #expect(try fed(clamd, virus, by: 1) == .infected("Mailroom.Test.EICAR.UNOFFICIAL"))
        server = nil
        guard case .unavailable = scan(clamd, virus) else {
            Issue.record("a clamd that is gone has a result")
            return
        }
        #expect(throws: ScannerError.self) { try clamd.ping() }
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let script: ScriptedClamd.Script
        let result: ScanResult

        init(_ sentence: String, _ script: ScriptedClamd.Script, _ result: ScanResult) {
            testDescription = sentence
            self.script = script
            self.result = result
        }
    }

    static let down = "clamd INSTREAM: it closed the connection without a reply"
    static let cases = [
        Case("nothing found", .answers("stream: OK\0"), .clean),
        Case("a name with spaces", .answers("stream: Win.Test A-1 FOUND\0"), .infected("Win.Test A-1")),
        Case("no NUL at the end", .answers("stream: OK"), .clean),
        Case(
            "scanned in part only", .answers("stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0"),
            .tooLarge),
        Case("larger than it takes", .answersEarly("INSTREAM size limit exceeded. ERROR\0"), .tooLarge),
        Case(
            "an error", .answers("stream: Can't open file ERROR\0"),
            .unavailable("clamd: stream: Can't open file ERROR")),
        Case("nonsense", .answers("OK\0"), .unavailable("clamd: OK")),
        Case(
            "a clean file, said of another", .answers("/etc/passwd: OK\0"),
            .unavailable("clamd: /etc/passwd: OK")),
        Case("silence, then the end", .answers(""), .unavailable(down)),
        Case(
            "a reply without an end", .answers(String(repeating: "x", count: 10_000)),
            .unavailable("clamd INSTREAM: its reply has no end")),
    ]

    @Test("what clamd replies, and what it means", arguments: cases)
    func replies(testCase: Case) {
        let server = ScriptedClamd(testCase.script)
        withExtendedLifetime(server) {
            #expect(scan(Clamd(socket: server.socket), Array("a document".utf8)) == testCase.result)
        }
    }

    @Test("a scanner that hangs up, stays silent or is not there holds documents back, for a while")
    func unavailable() {
        let document = [UInt8](repeating: 65, count: 3_000_000)
        for script in [ScriptedClamd.Script.hangsUp, .staysSilent] {
            let server = ScriptedClamd(script)
            withExtendedLifetime(server) {
                expectUnavailable(scan(Clamd(socket: server.socket, seconds: 1), document))
            }
        }
        expectUnavailable(scan(Clamd(socket: "/nonexistent/clamd.sock"), document))
        expectUnavailable(scan(Clamd(socket: "/" + String(repeating: "x", count: 200)), document))
    }

    @Test("a caller that must stop is not held up")
    func cutShort() {
        let server = ScriptedClamd(.staysSilent)
        let event = eventfd(1, 0)
        defer { close(event) }
        withExtendedLifetime(server) {
            File.with(Array("a document".utf8)) { descriptor in
                let result = Clamd(socket: server.socket, seconds: 600).scan(
                    descriptor: descriptor, cutShort: event)
                #expect(result == .unavailable("clamd INSTREAM: we were told to stop"))
            }
        }
    }

    private func expectUnavailable(_ result: ScanResult) {
        guard case .unavailable = result else {
            Issue.record("a scanner that is not there has a result: \(result)")
            return
        }
    }

    private func scan(_ clamd: Clamd, _ octets: [UInt8]) -> ScanResult {
        File.with(octets) { clamd.scan(descriptor: $0) }
    }

    private func fed(_ clamd: Clamd, _ octets: [UInt8], by step: Int) throws -> ScanResult {
        var stream = try clamd.begin()
        for start in stride(from: 0, to: octets.count, by: step) {
            try stream.feed(Array(octets[start..<min(start + step, octets.count)]).span)
        }
        return stream.finish()
    }
}
