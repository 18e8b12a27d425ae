package import Configuration
internal import Indexing
internal import Intake
internal import Logins
internal import Mail
internal import Mailroom
internal import Outbox
internal import Store
internal import Synchronization
package import Systemd
internal import Text
internal import Transport
internal import Web
internal import Workers

/// The daemon: opens the office, keeps every source's service running, and ends them in time.
package final class Serve: Sendable {
    package let office: Office
    private let notifier = Notifier()
    private let control: ControlServer
    private let metrics: ServerKeeper?
    private let pages: ServerKeeper
    private let site: Site
    private let running = Mutex<[String: Running]>([:])

    private struct Running {
        let settings: Configuration.Mailbox
        let task: Task<Void, Never>
    }

    private init(
        office: Office, control: ControlServer, metrics: ServerKeeper?, pages: ServerKeeper, site: Site
    ) {
        self.office = office
        self.control = control
        self.metrics = metrics
        self.pages = pages
        self.site = site
    }

    /// Everything that must work before the daemon is ready. Sources need not: they say what ails them.
    ///
    /// - Parameters:
    ///   - handler: runs a command of the control socket's.
    ///   - monitoring: what programs that watch over servers are told; without it they are not answered.
    package static func start(
        _ configuration: Configuration, log: Log,
        handler: @escaping @Sendable (Office) -> ControlServer.Handler,
        monitoring: ((Office) -> Monitoring)? = nil
    ) async throws -> Serve {
        ThisProcess.raiseDescriptorLimit()
        let office = try await open(configuration, log)
        let sockets = try ListeningSocket.take()
        let held = sockets.first { $0.name == "control" }
        let control = try ControlServer(
            path: Installation.controlSocket(data: configuration.storage.data), held: held?.descriptor,
            handler: handler(office))
        let metrics = monitoring.map { monitoring in
            ServerKeeper.metrics(
                monitoring(office), log: log,
                held: sockets.filter { $0.name == "metrics" }.map(\.descriptor))
        }
        let site = try await office.site()
        let pages = ServerKeeper.pages(
            site, log: log, held: sockets.filter { $0.name == "web" }.map(\.descriptor))
        let serve = Serve(office: office, control: control, metrics: metrics, pages: pages, site: site)
        control.start()
        serve.startSources(of: configuration)
        try await office.startSending()
        await serve.follow(configuration)
        if try await office.data.store.read({ try $0.hasNoOwner() }) {
            log.event(
                "no-owner", .notice, [],
                "nobody can sign in to the pages yet: mailroom user add LOGIN, or user login-link --first")
        }
        return serve
    }

    /// A command that has the data for a moment is waited for; another daemon is not.
    private static func open(_ configuration: Configuration, _ log: Log) async throws -> Office {
        let socket = Installation.controlSocket(data: configuration.storage.data)
        for _ in 0..<30 {
            do {
                return try await Office.open(configuration, log: log, check: true)
            } catch let error as StoreError where error.code == .locked {
                if (try? UnixSocket.connect(path: socket)) != nil { throw error }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        return try await Office.open(configuration, log: log, check: true)
    }

    /// Runs until the task is cancelled; then ends everything within two seconds.
    package func run() async {
        tell { try $0.ready(status: statusLine) }
        let renewing = Task { await office.logins.run() }
        // Nobody waits for its end: what it had not committed waits in its queue.
        let indexing = Task { await office.indexer.run() }
        let opening = Task { [office] in await PasswordRounds(office: office).run() }
        let caretaker = Caretaker(
            data: office.data, desk: site.documentDesk,
            oldestUpload: { [site] in site.settings.clients.oldestUnfinished($0) }, log: office.log)
        let caring = Task { await caretaker.run() }
        let keeping = Task { [office] in await office.keeper.run() }
        defer {
            keeping.cancel()
            renewing.cancel()
            indexing.cancel()
            opening.cancel()
            caring.cancel()
        }
        let bell = Bell()
        let pulse = notifier.watchdogSeconds.map { max(1, Int($0 / 2)) } ?? 30
        while !Task.isCancelled {
            await bell.wait(seconds: pulse)
            if Task.isCancelled { break }
            // The watchdog is fed only while the database answers.
            if (try? await office.data.store.read { try $0.plannedDocuments(limit: 1) }) != nil {
                tell { try $0.watchdog() }
            }
            tell { try $0.status(statusLine) }
            // A port that was taken may be free by now.
            await follow(office.configuration)
            let now = Office.now
            _ = try? await office.data.store.write { try $0.wakeConversations(now: now) }
            await office.sendQuietReceipts()
            await office.tellUndelivered()
            // What the rail says of mailboxes has an age.
            site.changed(["mailboxes"])
        }
        tell { try $0.stopping() }
        await stop()
    }

    /// Puts a configuration into force: services of sources that changed begin anew, the others notice nothing.
    package func reload(_ configuration: Configuration) async {
        tell { try $0.reloading() }
        await office.setConfiguration(configuration)
        let gone = running.withLock { running in
            let gone = running.filter { name, _ in configuration[mailbox: name] == nil }
            for name in gone.keys { running[name] = nil }
            return gone
        }
        for (name, service) in gone {
            service.task.cancel()
            office.health.remove(name)
        }
        startSources(of: configuration)
        await applySending()
        site.apply(configuration.siteSettings(office.log))
        await follow(configuration)
        tell { try $0.ready(status: statusLine) }
    }

    /// Has monitoring and the pages answered where the configuration says.
    private func follow(_ configuration: Configuration) async {
        await metrics?.follow(
            configuration.metrics.listen.map { [$0] } ?? [], configuration.monitoringManner)
        await pages.follow(configuration.web.listen, configuration.pageManner)
    }

    private func startSources(of configuration: Configuration) {
        for settings in configuration.sources(office.logins) {
            guard let mailbox = configuration[mailbox: settings.name] else { continue }
            let old = running.withLock { $0[settings.name] }
            if let old, old.settings == mailbox { continue }
            old?.task.cancel()
            let service = office.service(for: settings)
            let task = Task {
                await old?.task.value
                await service.run()
            }
            running.withLock { $0[settings.name] = Running(settings: mailbox, task: task) }
        }
    }

    /// The store that would not take the change now does at the next reload; letters go on as before.
    private func applySending() async {
        do { try await office.startSending() } catch {
            office.log.event("reload-failed", .error, [], "what is sent goes on as before: \(error)")
        }
    }

    private func stop() async {
        control.stop()
        async let sending: Void = office.outbox.stop()
        async let reminding: Void = office.reminders.stop()
        let tasks = running.withLock { $0.values.map(\.task) }
        for task in tasks { task.cancel() }
        await metrics?.stop()
        await pages.stop()
        // Whatever becomes of the machine meanwhile, what came is there: if not, it is sent again.
        try? await office.data.settleUnfinished()
        for task in tasks { await task.value }
        _ = await (sending, reminding)
        // A failed checkpoint costs the next start a moment and nothing else.
        _ = try? await office.data.store.checkpoint()
    }

    /// One line for `systemctl status`.
    private var statusLine: String {
        let all = office.health.all
        if all.isEmpty { return "nothing to do yet: no [mailbox.…] is configured" }
        let broken = all.filter { $0.state == .failed || $0.state == .waiting }
        let syncing = all.filter { $0.state == .syncing }.count
        var line = "\(all.count) mailbox\(all.count == 1 ? "" : "es")"
        if syncing > 0 { line += ", \(syncing) syncing" }
        if !broken.isEmpty { line += "; trouble with " + broken.map(\.name).joined(separator: ", ") }
        return line
    }

    /// What systemd is told it need not hear: a lost line changes nothing for us.
    private func tell(_ words: (Notifier) throws -> Void) { _ = try? words(notifier) }
}
