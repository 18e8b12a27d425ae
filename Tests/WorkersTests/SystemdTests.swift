import Glibc
import Testing

@testable import Systemd

/// The other end: a socket that datagrams arrive at.
private final class Listener {
    let path: String
    private let descriptor: Int32

    init(in directory: TemporaryDirectory, abstract: Bool = false) {
        path = (abstract ? "@" : "") + directory.path + "/socket"
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        if abstract { name[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let size = socklen_t(2 + name.count)
        let bound = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
        }
        precondition(bound == 0, "the test needs a socket")
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// The next datagram; nil when there was none for five seconds.
    func next() -> String? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
    }
}

@Suite("What systemd is told, and what it tells")
struct SystemdTests {
    private let directory = TemporaryDirectory()

    @Test(
        "Ready, reloading, stopping and the watchdog arrive as systemd wants them", arguments: [false, true])
    func notify(abstract: Bool) throws {
        let listener = Listener(in: directory, abstract: abstract)
        let notifier = Notifier(environment: Environment(["NOTIFY_SOCKET": listener.path]))
        #expect(notifier.isConnected)
        try notifier.ready(status: "3 mailboxes")
        #expect(listener.next() == "READY=1\nSTATUS=3 mailboxes")
        try notifier.reloading()
        let lines = listener.next()?.split(separator: "\n") ?? []
        #expect(lines.first == "RELOADING=1")
        #expect(lines.last.map { $0.hasPrefix("MONOTONIC_USEC=") && Int64($0.dropFirst(15)) != nil } == true)
        try notifier.watchdog()
        #expect(listener.next() == "WATCHDOG=1")
        try notifier.status("one line\nREADY=1")
        #expect(listener.next() == "STATUS=one line\\nREADY=1")
        try notifier.extendTimeout(seconds: 2)
        #expect(listener.next() == "EXTEND_TIMEOUT_USEC=2000000")
        try notifier.stopping()
        #expect(listener.next() == "STOPPING=1")
    }

    @Test("Without systemd there is nobody to tell, and that is no error")
    func nobody() throws {
        let notifier = Notifier(environment: Environment([:]))
        #expect(!notifier.isConnected && notifier.watchdogSeconds == nil)
        try notifier.ready()
        let gone = Notifier(environment: Environment(["NOTIFY_SOCKET": directory.path + "/gone"]))
        let error = #expect(throws: SystemdError.self) { try gone.ready() }
        #expect(error?.code == ENOENT)
    }

    @Test("The watchdog is told twice as often as it asks, and only by whom it means")
    func watchdog() {
        func seconds(_ variables: [String: String]) -> Double? {
            Notifier(environment: Environment(variables)).watchdogSeconds
        }
        #expect(seconds(["WATCHDOG_USEC": "30000000"]) == 15)
        #expect(seconds(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "\(getpid())"]) == 15)
        #expect(seconds(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"]) == nil)
        #expect(seconds(["WATCHDOG_USEC": "0"]) == nil)
        #expect(seconds(["WATCHDOG_USEC": "soon"]) == nil)
    }

    @Test("Sockets are taken only by the process they are for")
    func sockets() throws {
        #expect(try ListeningSocket.take(environment: Environment([:])).isEmpty)
        #expect(
            try ListeningSocket.take(environment: Environment(["LISTEN_PID": "1", "LISTEN_FDS": "2"])).isEmpty
        )
        let pid = "\(getpid())"
        #expect(throws: SystemdError.self) {
            try ListeningSocket.take(environment: Environment(["LISTEN_PID": pid, "LISTEN_FDS": "-1"]))
        }
        // Descriptor 3 is open in a test, whatever it is; asking for its flags changes nothing that matters.
        let sockets = try ListeningSocket.take(
            environment: Environment(["LISTEN_PID": pid, "LISTEN_FDS": "1", "LISTEN_FDNAMES": "control"]))
        #expect(sockets.map(\.name) == ["control"])
        #expect(sockets.map(\.descriptor) == [3])
        #expect(fcntl(3, F_GETFD) & FD_CLOEXEC != 0)
    }

    @Test("A credential is a file in systemd's directory, and its name no path")
    func credentials() {
        let environment = Environment(["CREDENTIALS_DIRECTORY": "/run/credentials/mailroom.service"])
        #expect(
            Credentials.path(of: "office-imap", environment: environment)
                == "/run/credentials/mailroom.service/office-imap")
        for name in ["", ".", "..", "../x", "a/b", "a\nb", "a\0"] {
            #expect(Credentials.path(of: name, environment: environment) == nil)
        }
        #expect(Credentials.path(of: "x", environment: Environment([:])) == nil)
    }
}

@Suite("What is logged, and that nobody can forge a line of it")
struct LogTests {
    private let directory = TemporaryDirectory()

    /// A file instead of standard error, and what is in it.
    private func logged(
        _ variables: (FileNumber) -> [String: String] = { _ in [:] }, journal: String = "/nowhere",
        _ body: (Log) -> Void
    ) -> String {
        let path = directory.path + "/log"
        let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
        defer { close(descriptor) }
        var status = stat()
        fstat(descriptor, &status)
        let number = FileNumber(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        body(
            Log(
                identifier: "mailroom", environment: Environment(variables(number)), journal: journal,
                descriptor: descriptor))
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    private struct FileNumber {
        let device: UInt64
        let inode: UInt64
        var journalStream: [String: String] { ["JOURNAL_STREAM": "\(device):\(inode)"] }
    }

    private static let fields: [Log.Field] = [
        .init("part", "2.1"), .init("account", 10482), .init("mailbox", "Kunden 2026"),
    ]

    @Test("On a terminal an event is a line to read")
    func plain() {
        let text = logged { log in
            log.event("filed", .info, Self.fields, "into Intake")
            log.event("trace", .debug, [])
            log.event("started", .notice)
        }
        #expect(text == "filed part=2.1 account=10482 mailbox=\"Kunden 2026\": into Intake\nstarted\n")
    }

    @Test("Towards the journal without its socket, a line says how much it matters")
    func prefixed() {
        let text = logged({ $0.journalStream }) { $0.event("failed", .error, [.init("source", "office")]) }
        #expect(text == "<3>failed source=office\n")
        let other = logged({ _ in ["JOURNAL_STREAM": "1:2"] }) { $0.event("failed", .error) }
        #expect(other == "failed\n")
    }

    @Test("The journal gets the fields, too")
    func journal() {
        let listener = Listener(in: directory)
        let text = logged({ $0.journalStream }, journal: listener.path) { log in
            log.event("filed", .info, Self.fields + [.init("Bad Key", "x")], "done")
        }
        #expect(text == "")
        #expect(
            listener.next() == """
                MESSAGE=filed part=2.1 account=10482 mailbox="Kunden 2026" Bad Key=x: done
                PRIORITY=6
                SYSLOG_IDENTIFIER=mailroom
                MAILROOM_EVENT=filed
                MAILROOM_PART=2.1
                MAILROOM_ACCOUNT=10482
                MAILROOM_MAILBOX=Kunden 2026

                """)
    }

    @Test("A journal that goes away is no loss: the line goes to standard error")
    func journalGone() {
        var listener: Listener? = Listener(in: directory)
        let path = listener?.path ?? ""
        let text = logged({ $0.journalStream }, journal: path) { log in
            listener = nil
            log.event("failed", .critical)
        }
        #expect(listener == nil)
        #expect(text == "<2>failed\n")
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let value: String
        let shown: String

        init(_ testDescription: String, _ value: String, _ shown: String) {
            self.testDescription = testDescription
            self.value = value
            self.shown = shown
        }
    }

    @Test(
        "A value can neither end its line nor pretend to be another field",
        arguments: [
            Case("a line end", "a\nfiled part=1", #""a\nfiled part=1""#),
            Case("CR LF", "a\r\nb", #"a\r\nb"#),
            Case("a forged priority", "\n<0>panic", #"\n<0>panic"#),
            Case("an escape sequence", "\u{1B}[2J", #"\u{1b}[2J"#),
            Case("an 8-bit control", "\u{9B}2J", #"\u{9b}2J"#),
            Case("a NUL", "a\0b", #"a\u{0}b"#),
            Case("turned-around words", "a\u{202E}fdp.exe", #"a\u{202e}fdp.exe"#),
            Case("a line separator", "a\u{2028}b", #"a\u{2028}b"#),
            Case("a zero-width joiner", "a\u{200B}b", #"a\u{200b}b"#),
            Case("another field", "a account=1", #""a account=1""#),
            Case("a quote", #"a"b"#, #""a\"b""#),
            Case("a backslash, so that no escape can be forged", #"a\nb"#, #"a\\nb"#),
            Case("nothing", "", #""""#),
            Case("words of any script", "請求書.pdf", "請求書.pdf"),
        ])
    func injection(_ example: Case) {
        let text = logged { $0.event("e", .info, [.init("k", example.value)]) }
        #expect(text == "e k=\(example.shown)\n")
        let listener = Listener(in: directory)
        _ = logged({ $0.journalStream }, journal: listener.path) {
            $0.event("e", .info, [.init("k", example.value)], example.value)
        }
        // MESSAGE, PRIORITY, SYSLOG_IDENTIFIER, MAILROOM_EVENT, MAILROOM_K, and the end of the last.
        #expect(listener.next()?.split(separator: "\n", omittingEmptySubsequences: false).count == 6)
    }

    @Test("What is endless is cut")
    func endless() {
        let text = logged { $0.event("e", .info, [.init("k", String(repeating: "ü", count: 100_000))]) }
        #expect(text.utf8.count < 2100 && text.hasSuffix("…\n"))
    }
}
