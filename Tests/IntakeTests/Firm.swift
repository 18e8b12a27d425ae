import Glibc
import IMAP
import Mail
import Mailroom
import Sandbox
import Synchronization
import Systemd
import TestServers
import Text
import Workers

@testable import Intake
@testable import Store

/// A firm with its data in a throw-away directory, its accounts, and its sources.
final class Firm: Sendable {
    let directory: TestDirectory
    let data: DataDirectory
    let recorder: Recorder
    let health = HealthBoard()
    let clock = TestClock()
    let bell = Bell()
    private let log: LogFile
    var events: Events { Events(Log(identifier: "mailroom", descriptor: log.descriptor)) }

    /// - Parameters:
    ///   - authentication: off: every From is believed, unless the test is about that.
    ///   - path: the data directory, for a second firm on the same data.
    ///   - child: the program that looks into containers.
    ///   - isEditable: people edit the documents in place.
    init(
        in directory: TestDirectory = TestDirectory(), path: String? = nil,
        authentication: SenderAuthentication = .off, child: ChildTool = TestChild.tool,
        isEditable: Bool = false,
        _ change: (inout DecisionRules) -> Void = { _ in }
    ) async throws {
        self.directory = directory
        data = try await DataDirectory.open(
            path: path ?? directory.file("data"), isEditable: isEditable)
        try await data.sweep()
        var filing = FilingSettings()
        filing.senderAuthentication = authentication
        var rules = DecisionRules(
            own: OwnDomains([DomainName("firm.example")!]), freeMail: FreeMail(),
            authentication: authentication,
            usesPrimary: true, dropsDetail: false, filing: filing, clamd: nil)
        change(&rules)
        log = LogFile(directory.file("log"))
        let clock = clock
        recorder = Recorder(
            vault: data.vault, store: data.store, rules: rules,
            events: Events(Log(identifier: "mailroom", descriptor: log.descriptor)), clock: { clock.now },
            child: child)
        try await recorder.placeDocuments()
    }

    var store: Store { data.store }
    /// What the journal was told.
    var journal: String { String(decoding: TestDirectory.read(directory.file("log")) ?? [], as: UTF8.self) }

    // MARK: - Whom it works for

    @discardableResult
    func account(_ number: String, _ contacts: String..., primary: Bool = false) async throws -> AccountID {
        let now = clock.now
        return try await store.write { transaction in
            var folders = DefaultFolders.seeds.map {
                NewFolder(name: $0.name(.en), access: $0.access, isDefault: $0.isDefault)
            }
            folders.append(
                NewFolder(name: DefaultFolders.intakeName(.en), access: .private, isIntake: true))
            let account = try transaction.addAccount(
                NewAccount(
                    number: AccountNumber(number)!, type: .client, name: "Account \(number)", language: .en),
                folders: folders, by: "test", now: now)
            for address in contacts {
                let key = AddressKey(address)!
                let contact =
                    try transaction.contact(at: key) ?? transaction.addContact(address, kind: .person)
                try transaction.setAddress(
                    EmailAddress(address)!, key: key, of: contact, account: account, switches: .imported)
                if primary { try transaction.setPrimary(account, of: contact) }
            }
            return account
        }
    }

    // MARK: - Its mail

    func source(_ server: FakeMailServer, _ name: String = "office") -> SourceSettings {
        source(port: server.port, name, user: server.user, secret: server.secret)
    }

    func source(_ server: DovecotServer, _ name: String = "office") -> SourceSettings {
        source(port: server.port, name, user: name, secret: server.options.users[name] ?? "")
    }

    private func source(port: UInt16, _ name: String, user: String, secret: String) -> SourceSettings {
        SourceSettings(
            name: name,
            endpoint: IMAPEndpoint(
                host: "127.0.0.1", port: port, security: .plain, connectSeconds: 10, commandSeconds: 10),
            login: { IMAPLogin(user: user, secret: secret) }, history: .file)
    }

    func service(_ source: SourceSettings) -> SourceService {
        let clock = clock
        return SourceService(
            source: source, recorder: recorder, store: store, health: health,
            events: Events(Log(identifier: "mailroom", descriptor: log.descriptor)), bell: bell,
            clock: { clock.now })
    }

    func sync(_ source: SourceSettings) async throws { try await service(source).syncOnce() }

    func sync(_ server: FakeMailServer) async throws { try await sync(source(server)) }

    /// Syncs until nothing goes wrong any more, with an hour between the tries; how many it took.
    @discardableResult
    func persist(_ source: SourceSettings, tries: Int = 20) async throws -> Int {
        for attempt in 1..<tries {
            do {
                try await sync(source)
                return attempt
            } catch {
                clock.advance(hours: 1)
            }
        }
        try await sync(source)
        return tries
    }
}

/// A clock that stands until it is moved on.
final class TestClock: Sendable {
    private let time = Mutex(Timestamp(year: 2026, month: 3, day: 2, hour: 8)!)

    var now: Timestamp { time.withLock { $0 } }

    func advance(minutes: Int64 = 0, hours: Int64 = 0, days: Int64 = 0) {
        let seconds = (days * 24 + hours) * 3600 + minutes * 60
        time.withLock { $0 = Timestamp(seconds: $0.seconds + seconds) }
    }
}

/// Where a test's journal goes.
private final class LogFile: Sendable {
    let descriptor: Int32

    init(_ path: String) { descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644) }
    deinit { close(descriptor) }
}

/// The child that looks into containers in place of `mailroom child`: beside the test bundle.
enum TestChild {
    static let tool = ChildTool(program: program)

    static let program: String = {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count)
        let own = String(decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/ArchiveChild"
    }()
}
