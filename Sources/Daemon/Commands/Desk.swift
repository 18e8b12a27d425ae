internal import Configuration
internal import Daemon
internal import FoundationEssentials
internal import Intake
internal import Logins
internal import Mail
internal import Mailroom
internal import Store
internal import Systemd
internal import Text
internal import Workers

/// What a command works on: the office, opened for it or the daemon's.
struct Desk: Sendable {
    let office: Office
    /// Whether the daemon runs it: then sources are being read, and can be woken.
    let isDaemon: Bool

    var store: Store { office.data.store }
    var configuration: Configuration { office.configuration }
    var now: Timestamp { Office.now }

    /// Runs a command where the data is: in the daemon if one holds it, else here.
    static func withDesk(
        for command: Command, words: [String], _ invocation: Invocation,
        _ body: @Sendable (Invocation, Desk) async throws -> ExitCode
    ) async throws -> ExitCode {
        let configuration = try ConfigurationFile.load(invocation)
        let request = ControlRequest(
            words: command.name.split(separator: " ").map(String.init) + words.dropFirst(),
            file: invocation.file.map { Data($0).base64EncodedString() },
            terminal: invocation.output.isTerminal, data: configuration.storage.data,
            files: invocation.files.paths.isEmpty ? nil : invocation.files.paths)
        let output = invocation.output
        let deadline = ContinuousClock.now + patience
        while true {
            // A daemon of this very data answers; one of other data is none of ours.
            if let exit = try await Asking().ask(
                request, invocation.files, Installation.controlSockets(data: configuration.storage.data),
                output)
            {
                return ExitCode(rawValue: exit) ?? .internalError
            }
            let office: Office
            do {
                office = try await Office.open(
                    configuration, log: Journal.log(configuration, least: .warning), check: false)
            } catch let error as StoreError where error.code == .locked && ContinuousClock.now < deadline {
                // A daemon that begins or ends has the data and answers nobody.
                try await Task.sleep(for: .milliseconds(50))
                continue
            }
            return try await body(invocation, Desk(office: office, isDaemon: false))
        }
    }

    private static let patience = Duration.seconds(3)

    /// Who writes, as clients read it: whom `--by` names, else the colleague whose login it is, else the firm.
    func person(_ invocation: Invocation) async throws -> String {
        if let name = invocation.arguments.value("--by") { return name }
        let actor = invocation.actor
        return try await store.read { try $0.staffMember(login: actor)?.name } ?? configuration.firm.name
    }

    /// Runs a command that came over the control socket.
    static func handler(_ office: Office) -> ControlServer.Handler {
        { request, files, user, answer in
            if let data = request.data, data != office.configuration.storage.data {
                _ = answer(ControlAnswer(isOthers: true))
                return
            }
            let output = SocketOutput(isTerminal: request.terminal, answer: answer)
            let file = request.file.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
            let code = await Dispatch.run(
                request.words, on: Desk(office: office, isDaemon: true), file: file, files: files,
                actor: Actor.name(of: user), output)
            _ = answer(ControlAnswer(exit: code.rawValue))
        }
    }

    /// How a mailbox is: as its service says, unless its login needs a person, which comes first.
    ///
    /// A connection may outlive the token it began with, so the service may not know yet.
    func health(of name: String) async -> SourceHealth? {
        let health = office.health.health(of: name)
        guard let trouble = await office.logins.trouble(of: name), trouble.kind != .passing else {
            return health
        }
        var worse = health ?? SourceHealth(name: name)
        worse.state = .failed
        worse.error = "\(trouble)"
        return worse
    }

    /// Who does what staff decide, in the name of the caller.
    func clerk(_ invocation: Invocation) -> Clerk {
        Clerk(
            recorder: office.recorder, store: store, sources: office.sources, actor: invocation.actor,
            now: now)
    }

    /// The account of that number.
    func account(_ number: String) async throws -> Account {
        guard let known = AccountNumber(number) else {
            throw CommandFailure(
                .usage, "“\(number)” is no account number: letters, digits, . _ - and at most 32")
        }
        let directory = try await office.recorder.currentDirectory()
        guard let id = try await store.read({ try $0.accountID(known) }), let account = directory.accounts[id]
        else {
            let near = nearest(number, among: directory.accounts.values.map(\.number.text))
            throw CommandFailure(
                .noSuchThing, "there is no account \(number)" + (near.map { " (did you mean \($0)?)" } ?? ""))
        }
        return account
    }

    /// The account that `--account` names, where it names one.
    func account(of invocation: Invocation) async throws -> Account? {
        guard let number = invocation.arguments.value("--account") else { return nil }
        return try await account(number)
    }

    /// The message of that number.
    func message(_ text: String) async throws -> MessageSummary {
        guard let number = Int64(text) else {
            throw CommandFailure(
                .usage, "“\(text)” is no message: they have numbers, see mailroom message list")
        }
        guard let message = try await store.read({ try $0.message(MessageNumber(number)) }) else {
            throw CommandFailure(.noSuchThing, "there is no message \(number)")
        }
        return message
    }
}

/// Waits for the daemon's answer, which may take its time: on a worker.
private actor Asking: WorkerActor {
    nonisolated let worker = Worker(pool: Asking.pool)
    private static let pool = WorkerPool(name: "mailroom-ask", limit: 16)

    func ask(
        _ request: ControlRequest, _ files: ControlFiles, _ sockets: [String], _ output: any CommandOutput
    ) throws -> Int32? {
        try ControlClient.run(
            request, files: files, sockets: sockets, out: { output.write($0) },
            complain: { output.complain($0) })
    }
}

/// Sends a command's output back over the control socket.
struct SocketOutput: CommandOutput {
    let isTerminal: Bool
    let answer: @Sendable (ControlAnswer) -> Bool

    func write(_ octets: [UInt8]) { _ = answer(ControlAnswer(out: Data(octets).base64EncodedString())) }
    func complain(_ words: String) { _ = answer(ControlAnswer(complaint: words)) }
}

/// Who does something: for the audit.
enum Actor {
    static var current: String { name(of: ThisProcess.user) }

    /// A login name; behind sudo root acts for somebody, who is named too.
    static func name(of user: UInt32) -> String {
        let name = ThisProcess.name(ofUser: user) ?? "uid \(user)"
        if user == 0, let person = ThisProcess.environment("SUDO_USER") { return "\(person) (as \(name))" }
        return name
    }
}

/// The configuration, or every mistake in it.
enum ConfigurationFile {
    static func load(_ invocation: Invocation) throws(CommandFailure) -> Configuration {
        let (configuration, diagnostics) = read(invocation.configurationPath)
        guard let configuration else {
            for diagnostic in diagnostics { invocation.output.complainRaw(diagnostic.text) }
            throw CommandFailure(.configuration, Diagnostic.summary(diagnostics))
        }
        return configuration
    }

    static func read(_ path: String) -> (configuration: Configuration?, diagnostics: [Diagnostic]) {
        Configuration.load(main: path, dropIns: Installation.dropIns(of: path)) { TimeZone($0) != nil }
    }
}

/// Where the daemon's events go.
enum Journal {
    static func log(_ configuration: Configuration, least: Log.Priority? = nil) -> Log {
        let level: Log.Priority =
            switch configuration.log.level {
            case .error: .error
            case .warning: .warning
            case .info: .info
            case .debug: .debug
            }
        return Log(identifier: "mailroom", least: least ?? level)
    }
}
