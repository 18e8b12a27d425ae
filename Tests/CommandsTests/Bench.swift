import Configuration
import Daemon
import Glibc
import IMAP
import Intake
import Mail
import Mailroom
import Store
import Synchronization
import Systemd
import TestServers

@testable import Commands

/// What a command printed and complained of.
final class Printed: CommandOutput {
    private let state = Mutex((octets: [UInt8](), complaints: [String]()))
    let isTerminal = false

    func write(_ octets: [UInt8]) { state.withLock { $0.octets += octets } }
    func complain(_ words: String) { state.withLock { $0.complaints.append(words) } }

    var octets: [UInt8] { state.withLock { $0.octets } }
    var text: String { String(decoding: octets, as: UTF8.self) }
    var lines: [String] { text.split(separator: "\n").map(String.init) }
    var complaints: [String] { state.withLock { $0.complaints } }
}

/// A firm with a data directory and a configuration, and nobody to write to it but the test.
final class Bench: Sendable {
    let directory: TestDirectory
    let office: Office
    let configurationPath: String
    private let uid = Mutex<UInt32>(1)

    static let now = Timestamp(year: 2026, month: 11, day: 21, hour: 8)!

    /// - Parameter more: lines at the end of the configuration.
    convenience init(
        _ more: String = "", mailbox: String = "", port: UInt16 = 1143, password: String = "secret"
    ) async throws {
        let directory = TestDirectory()
        directory.write(password, to: "password")
        chmod(directory.file("password"), 0o600)
        directory.write(Self.toml(directory.path, more, mailbox, port), to: "mailroom.toml")
        try await self.init(reusing: directory)
    }

    /// Opens the data that another bench, or a killed process, left.
    init(reusing directory: TestDirectory) async throws {
        self.directory = directory
        configurationPath = directory.file("mailroom.toml")
        let (configuration, diagnostics) = ConfigurationFile.read(configurationPath)
        guard let configuration else { fatalError(diagnostics.map(\.text).joined(separator: "\n")) }
        office = try await Self.open(configuration)
    }

    /// A daemon that has just ended may hold the data a moment longer.
    private static func open(_ configuration: Configuration) async throws -> Office {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            do {
                return try await Office.open(
                    configuration, log: Log(identifier: "mailroom", least: .error), check: false)
            } catch let error as StoreError where error.code == .locked && ContinuousClock.now < deadline {
                await Task.yield()
            }
        }
    }

    static func toml(_ path: String, _ more: String, _ mailbox: String, _ port: UInt16) -> String {
        """
        [firm]
        name      = "Bergmann"
        language  = "de"
        time_zone = "Europe/Berlin"
        domains   = ["bergmann-stb.example"]

        [storage]
        data = "\(path)/data"
        min_free = "1 MB"

        [mailbox.office]
        host     = "127.0.0.1"
        port     = \(port)
        security = "plain"
        user     = "office"
        password = { file = "\(path)/password" }
        sender_checks = ["mx.example.net"]
        \(mailbox)

        [filing]
        folder = "{default}/{year}"

        [[filing.rule]]
        name      = "Invoices"
        file_name = ["rechnung*"]
        folder    = "{default}/Belege"
        \(more)
        """
    }

    var desk: Desk { Desk(office: office, isDaemon: false) }
    var documents: String { directory.file("data/documents") }

    /// Runs a command as jana would, in this process.
    @discardableResult
    func run(_ words: String..., file: [UInt8]? = nil) async -> (code: ExitCode, printed: Printed) {
        await run(words, file: file)
    }

    func run(_ words: [String], file: [UInt8]? = nil) async -> (code: ExitCode, printed: Printed) {
        let printed = Printed()
        let code = await Dispatch.run(words, on: desk, file: file, files: .none, actor: "jana", printed)
        return (code, printed)
    }

    /// What a command that must succeed printed.
    func lines(_ words: String...) async throws -> [String] {
        let (code, printed) = await run(words)
        guard code == .ok else { throw Failed(words: printed.complaints.joined(separator: "; ")) }
        return printed.lines
    }

    struct Failed: Error { let words: String }

    /// Makes staff whose logins are their names.
    func hire(_ logins: String...) async throws {
        for login in logins {
            _ = try await lines(
                "user", "add", login, "--name", login.prefix(1).uppercased() + login.dropFirst())
        }
    }

    func audit() async throws -> [AuditEntry] {
        try await office.data.store.read { try $0.auditEntries(limit: 1000) }
    }

    /// Every file in the tree of documents, without what is ours.
    var files: [String] { Self.files(in: documents) }

    static func files(in documents: String) -> [String] {
        let found = ChildProcess.run(["find", documents, "-type", "f", "-printf", "%P\\n"]).text
        return found.split(separator: "\n").map(String.init).filter { !$0.hasPrefix(".") }.sorted()
    }

    // MARK: - Mail

    /// Has a message recorded as if a server had given it; returns its number.
    @discardableResult
    func receive(_ letter: Letter, at received: Timestamp = now) async throws -> MessageNumber {
        let uid = uid.withLock { next in
            defer { next += 1 }
            return UID(next)!
        }
        let source = office.sources[0]
        let (row, mailbox) = try await office.data.store.write { transaction in
            let row = try transaction.source("office", now: Timestamp(year: 2026, month: 11, day: 1)!)
            let mailbox = try transaction.beginMailbox(
                .inbox, source: row.id, uidValidity: UIDValidity(7)!, isSent: false)
            try transaction.want(UIDSet([uid]), in: mailbox.id, listedTo: uid, now: received)
            return (row, mailbox)
        }
        let messages = Received<ReceivedMessage>()
        let intake = MessageIntake(vault: office.data.vault, received: messages)
        intake.began()
        try intake.octets(letter.octets.span)
        try intake.ended(FetchedMessage(uid: uid, flags: [], internalDate: received, modSeq: nil))
        try await office.recorder.record(
            messages.take(),
            RecordContext(source: source, mailbox: mailbox, firstStarted: row.firstStarted, now: received))
        return try await office.data.store.read { try $0.newestMessages(limit: 1)[0] }
    }
}

/// A message with attachments, as a client would send it.
struct Letter {
    var from = "Sabine Hofmann <buero@hofmann-brot.example>"
    var subject = "Unterlagen"
    var id = "1@hofmann-brot.example"
    /// What the firm's border says of the sender; nothing: it said nothing.
    var dmarc: String? = "pass"
    var to = "office@bergmann-stb.example"
    /// Whole lines behind the others: In-Reply-To, References.
    var fields: [String] = []
    var attachments: [(name: String, type: String, octets: [UInt8])] = []

    static let pdf = Array("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".utf8)

    /// A PDF of its own content.
    static func pdf(_ words: String) -> [UInt8] { pdf + Array("% \(words)\n".utf8) }

    mutating func attach(_ name: String, _ octets: [UInt8], type: String = "application/pdf") {
        attachments.append((name, type, octets))
    }

    func with(_ name: String, _ octets: [UInt8], type: String = "application/pdf") -> Letter {
        var letter = self
        letter.attach(name, octets, type: type)
        return letter
    }

    var octets: [UInt8] {
        let domain = from.split(separator: "@").last.map { $0.filter { $0 != ">" } } ?? ""
        var text = ""
        if let dmarc {
            text +=
                "Authentication-Results: mx.example.net; dmarc=\(dmarc) (p=reject) header.from=\(domain)\r\n"
        }
        text += """
            Received: from out.\(domain) (out.\(domain) [192.0.2.1])\r
             by mx.example.net; Sat, 21 Nov 2026 08:00:00 +0000\r
            From: \(from)\r
            To: \(to)\r
            \(fields.map { $0 + "\r\n" }.joined())Subject: \(subject)\r
            Date: Sat, 21 Nov 2026 08:00:00 +0000\r
            Message-ID: <\(id)>\r
            MIME-Version: 1.0\r
            Content-Type: multipart/mixed; boundary=b\r
            \r
            --b\r
            Content-Type: text/plain; charset=utf-8\r
            \r
            Guten Tag\r

            """
        for attachment in attachments {
            text += """
                --b\r
                Content-Type: \(attachment.type)\r
                Content-Disposition: attachment; filename="\(attachment.name)"\r
                Content-Transfer-Encoding: base64\r
                \r
                \(Self.base64(attachment.octets))\r

                """
        }
        return Array((text + "--b--\r\n").utf8)
    }

    private static func base64(_ octets: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var lines: [[UInt8]] = [[]]
        for start in stride(from: 0, to: octets.count, by: 3) {
            let bytes = octets[start..<min(start + 3, octets.count)].map { UInt32($0) }
            let word = bytes.enumerated().reduce(0) { $0 | $1.1 << UInt32(16 - 8 * $1.0) }
            var quad = (0..<4).map { alphabet[Int(word >> UInt32(18 - 6 * $0) & 63)] }
            for index in 0..<4 where index > bytes.count { quad[index] = UInt8(ascii: "=") }
            if lines[lines.count - 1].count == 76 { lines.append([]) }
            lines[lines.count - 1] += quad
        }
        return lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\r\n")
    }
}
