internal import Configuration
internal import Daemon
internal import Files
internal import Intake
internal import Mail
internal import Store
internal import Synchronization
internal import Systemd
internal import Workers

extension CommandTable {
    static let serviceCommands: [Command] = [
        Command(
            "serve", "reads the mailboxes and files what comes, until stopped",
            .alone(serve)),
        Command(
            "sync",
            options: [Option("--once", "connect every mailbox, sync until caught up, and end"), .json],
            "syncs now: by the daemon, or with --once by itself", .onData(sync)),
        Command(
            "status",
            options: [
                Option("--watch", "again every two seconds"),
                Option("--prometheus", "in the text format of Prometheus"), .json,
            ],
            "how every mailbox is, and what needs a person", .onData(StatusReport.run)),
    ]

    private static func serve(_ invocation: Invocation) async throws -> ExitCode {
        let reloads = Reloads.listen()
        let configuration = try ConfigurationFile.load(invocation)
        let log = Journal.log(configuration)
        let serve = try await Serve.start(configuration, log: log) {
            Desk.handler($0)
        } monitoring: {
            StatusReport.monitoring($0)
        }
        log.event(
            "started", .notice, [],
            "mailroom \(Installation.version) reads \(configuration.mailboxes.count) mailboxes")
        let reloading = Task {
            for await _ in reloads {
                let (changed, diagnostics) = ConfigurationFile.read(invocation.configurationPath)
                guard let changed else {
                    for diagnostic in diagnostics { log.event("reload-refused", .error, [], diagnostic.text) }
                    log.event(
                        "reload-refused", .error, [],
                        "the configuration in force stays: \(Diagnostic.summary(diagnostics))")
                    continue
                }
                guard changed.storage.data == configuration.storage.data else {
                    log.event(
                        "reload-refused", .error, [],
                        "storage.data can't change while mailroom runs: restart it")
                    continue
                }
                await serve.reload(changed)
                log.event("reloaded", .notice, [], "the configuration was read again and is in force")
            }
        }
        await serve.run()
        reloading.cancel()
        return .ok
    }

    private static func sync(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        if desk.isDaemon {
            desk.office.wake()
            if invocation.json {
                invocation.output.print(SyncOnce.object(desk.office.health.all.map { ($0, error: $0.error) }))
            } else {
                invocation.output.print(
                    "the daemon looks at all mailboxes now: mailroom status shows how far it is")
            }
            return .ok
        }
        guard invocation.arguments.has("--once") else {
            throw CommandFailure(
                .unavailable,
                "no daemon runs; mailroom sync --once syncs without one, mailroom serve starts one")
        }
        return try await SyncOnce(invocation: invocation, desk: desk).run()
    }
}

/// Requests to read the configuration again: SIGHUP.
enum Reloads {
    private static let listener = Mutex<AsyncStream<Void>.Continuation?>(nil)

    static func listen() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        listener.withLock { $0 = continuation }
        return stream
    }

    /// False where nobody listens: the command is none that reads its configuration again.
    static func request() -> Bool {
        listener.withLock { listener in
            listener?.yield()
            return listener != nil
        }
    }
}

/// `mailroom sync --once`: every source in turn, each on its own, with a bar for whoever watches.
struct SyncOnce: Sendable {
    let invocation: Invocation
    let desk: Desk

    func run() async throws -> ExitCode {
        let began = desk.now
        let sources = desk.office.sources
        if sources.isEmpty { invocation.output.complain("nothing to do: no [mailbox.…] is configured") }
        let progress = ProgressBar(output: invocation.output, isShown: !invocation.json)
        let ticking = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: .milliseconds(200))
                progress.show(desk.office.health.all)
            }
        }
        let failures = await withTaskGroup(of: (String, String)?.self) { group in
            for source in sources {
                group.addTask {
                    do {
                        try await desk.office.service(for: source).syncOnce()
                        return nil
                    } catch {
                        return (source.name, "\(error)")
                    }
                }
            }
            var failures: [String: String] = [:]
            for await failure in group { if let (name, words) = failure { failures[name] = words } }
            return failures
        }
        ticking.cancel()
        progress.clear()
        try await report(failures, seconds: Double(desk.now.milliseconds - began.milliseconds) / 1000)
        try? await desk.store.checkpoint()
        return failures.isEmpty ? .ok : .tryLater
    }

    /// What came is not known yet where the daemon was only told to look.
    static func object(
        _ sources: [(SourceHealth, error: String?)], _ tally: LedgerTally? = nil, _ seconds: Double? = nil
    ) -> JSON {
        var ledger = JSON.null
        if let tally {
            ledger = [
                "filed": JSON(tally.filed), "shown": JSON(tally.shown), "duplicate": JSON(tally.duplicate),
                "unwrapped": JSON(tally.unwrapped), "needs_filing": JSON(tally.needsFiling),
                "failed": JSON(tally.failed),
            ]
        }
        let rows = sources.map { health, error -> JSON in
            [
                "name": .string(health.name), "state": .string(health.state.rawValue),
                "messages_server": JSON(health.messagesOnServer),
                "messages_accounted": JSON(health.messagesAccounted), "fetched": JSON(health.fetched),
                "bytes": JSON(health.octets), "error": JSON(error),
            ]
        }
        return [
            "sources": JSON(rows), "ledger": ledger,
            "seconds": seconds.map { JSON.decimal($0) } ?? JSON.null,
        ]
    }

    private func report(_ failures: [String: String], seconds: Double) async throws {
        let tally = desk.office.recorder.recorded
        if invocation.json {
            let sources = desk.office.health.all.map { known in
                var health = known
                health.state = failures[health.name] == nil ? .idle : .failed
                return (health, error: failures[health.name])
            }
            invocation.output.print(Self.object(sources, tally, seconds))
            return
        }
        for health in desk.office.health.all {
            if let words = failures[health.name] {
                invocation.output.complain("\(health.name): \(words)")
            } else {
                invocation.output.print(
                    "\(health.name): \(health.fetched) new messages (\(size(health.octets))), "
                        + "\(health.messagesAccounted) of \(health.messagesOnServer) accounted for")
            }
        }
        invocation.output.print(
            "\(tally.filed) documents filed, \(tally.duplicate) known already, \(tally.unwrapped) containers unwrapped, "
                + "\(tally.needsFiling) parts wait for staff, \(tally.shown) only shown")
    }
}

/// One line that shows how far a first sync is; nothing where nobody looks.
final class ProgressBar: Sendable {
    private let output: any CommandOutput
    private let isShown: Bool
    private let drawn = Mutex(false)

    init(output: any CommandOutput, isShown: Bool) {
        self.output = output
        self.isShown = isShown && StandardStream.error.isTerminal
    }

    func show(_ all: [SourceHealth]) {
        guard isShown else { return }
        let total = all.reduce(0) { $0 + $1.messagesOnServer }
        let done = all.reduce(0) { $0 + $1.messagesAccounted }
        guard total > 0 else { return }
        let share = min(1, Double(done) / Double(total))
        let filled = Int(share * 30)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        let octets = all.reduce(Int64(0)) { $0 + $1.octets }
        StandardStream.error.write(
            Array("\r\u{1b}[K\(bar) \(done) of \(total) messages, \(size(octets))".utf8))
        drawn.withLock { $0 = true }
    }

    func clear() {
        if drawn.withLock({ $0 }) { StandardStream.error.write(Array("\r\u{1b}[K".utf8)) }
    }
}

/// Octets as people read them: `3.1 GB`.
func size(_ octets: Int64) -> String {
    let units = ["octets", "KB", "MB", "GB", "TB"]
    var value = Double(octets)
    var unit = 0
    while value >= 1000, unit < units.count - 1 {
        value /= 1000
        unit += 1
    }
    if unit == 0 { return "\(octets) octets" }
    let tenths = Int((value * 10).rounded())
    return value < 10
        ? "\(tenths / 10).\(tenths % 10) \(units[unit])" : "\(Int(value.rounded())) \(units[unit])"
}
