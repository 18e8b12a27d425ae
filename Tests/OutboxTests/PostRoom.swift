import Glibc
import IMAP
import MIME
import Mail
import Mailroom
import SMTP
import Synchronization
import Systemd
import TestServers
import Text

@testable import Outbox
@testable import Store

/// A firm's data in a throw-away directory, and its outbox, which sends to a test's servers.
final class PostRoom: Sendable {
    let directory = TestDirectory()
    let data: DataDirectory
    let outbox: Outbox
    let clock = TestClock()
    private let log: LogFile

    init(times: OutboxTimes = OutboxTimes(filing: 0)) async throws {
        data = try await DataDirectory.open(path: directory.file("data"))
        log = LogFile(directory.file("log"))
        let clock = clock
        outbox = Outbox(
            vault: data.vault, store: data.store,
            events: OutboxEvents(Log(identifier: "mailroom", descriptor: log.descriptor)), times: times,
            clock: { clock.now })
    }

    var store: Store { data.store }
    /// What the journal was told.
    var journal: String { String(decoding: TestDirectory.read(directory.file("log")) ?? [], as: UTF8.self) }

    /// Queues a letter in staff's words; its id and token.
    @discardableResult
    func queue(
        _ subject: String, to addresses: [String] = ["kate@client.example"], route: String? = nil,
        copyTo: String? = nil, attached: [UInt8] = [], isShown: Bool = false
    ) async throws -> (id: LetterID, token: String) {
        let token = LetterToken()
        var draft = MessageDraft(
            from: try HeaderAddress(name: "Bergmann", EmailAddress("office@firm.example")!),
            to: try addresses.map { try HeaderAddress(EmailAddress($0)!) }, subject: HeaderText(subject),
            date: HeaderDate(clock.now, offset: 0), messageID: token.messageID(domain: "firm.example"),
            text: "Guten Tag,\n\nanbei \(subject).\n")
        draft.references = [token.reference(domain: "firm.example")]
        if !attached.isEmpty {
            draft.attachments = [Attachment(name: "Akte.bin", mediaType: .octets, attached)]
        }
        let new = NewLetter(
            kind: .free, route: route, copyTo: copyTo, reversePath: EmailAddress("office@firm.example"),
            recipients: addresses.map { NewLetter.Recipient(EmailAddress($0)!) }, token: token.text,
            author: "jana", showing: isShown ? .ours(to: nil) : nil)
        let ids = try await LetterKeeper(data).queue(
            [WrittenLetter(new: new, message: try draft.composed())], now: clock.now
        ) { _ in }
        return (ids[0], token.text)
    }

    func letter(_ id: LetterID) async throws -> QueuedLetter {
        guard let letter = try await store.read({ try $0.queuedLetter(id) }) else {
            fatalError("the letter just queued is not there")
        }
        return letter
    }

    /// The state of each of its recipients.
    func states(_ id: LetterID) async throws -> [SubmissionState] {
        try await letter(id).submissions.map(\.state)
    }

    /// Whether the letter comes into that state within the seconds.
    func becomes(_ states: [SubmissionState], _ id: LetterID, within seconds: Double = 15) async throws
        -> Bool
    {
        try await until(seconds) { try await self.states(id) == states }
    }

    func route(
        _ name: String? = nil, to server: ScriptedSMTPServer, user: Bool = false,
        secret: String = "correct horse",
        perHour: Int = 10_000, largest: Int? = nil, copyTo: String? = nil
    ) -> RouteSettings {
        RouteSettings(
            name: name,
            endpoint: SMTPEndpoint(
                host: "127.0.0.1", port: server.port, security: .plain, ehloName: "firm.example",
                connectSeconds: 5, transactionSeconds: 5, answerSeconds: 5),
            loginPlace: secret,
            login: { user ? .password(user: "office", secret: secret) : .none }, perHour: perHour,
            largest: largest, copyTo: copyTo)
    }

    func sent(_ source: String, at dovecot: DovecotServer) -> SentSettings {
        SentSettings(
            source: source,
            endpoint: IMAPEndpoint(host: "127.0.0.1", port: dovecot.port, security: .plain), loginPlace: "",
            login: { IMAPLogin(user: source, secret: "correct horse") })
    }
}

/// The hands of a clock that only a test moves.
final class TestClock: Sendable {
    private let time = Mutex(Timestamp(year: 2026, month: 3, day: 2, hour: 8)!)

    var now: Timestamp { time.withLock { $0 } }

    func advance(seconds: Int64 = 0, minutes: Int64 = 0, hours: Int64 = 0) {
        time.withLock { $0 = Timestamp(seconds: $0.seconds + seconds + minutes * 60 + hours * 3600) }
    }
}

/// Where a test's journal goes.
private final class LogFile: Sendable {
    let descriptor: Int32

    init(_ path: String) { descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644) }
    deinit { close(descriptor) }
}

extension ScriptedSMTPServer {
    /// What stands in a field of each delivery.
    func fields(_ name: String) -> [String] {
        deliveries.map { delivery in
            let lines = String(decoding: delivery.octets, as: UTF8.self).split(separator: "\r\n")
            let line = lines.first { $0.lowercased().hasPrefix(name.lowercased() + ":") } ?? ""
            return String(line.dropFirst(name.count + 1)).trimmingPrefix(" ").description
        }
    }
}
