internal import Configuration
internal import Daemon
internal import Demo
internal import Files
internal import Intake
internal import Mail
internal import Processes
internal import Store
internal import Systemd
internal import Text
internal import Workers

/// `mailroom demo`: a made-up firm on a real IMAP server, read, filed and told.
enum DemoCommand {
    /// Mails of the first sync must be accounted for within so many seconds.
    private static let patience = 120
    /// Seconds between the mails that keep coming.
    private static let pause = 12

    static func run(_ invocation: Invocation) async throws -> ExitCode {
        let story = DemoStory(
            width: StandardStream.output.columns ?? 100,
            isColoured: invocation.output.isTerminal && Environment.wantsColour)
        let now = Office.now
        let server = try DemoServer.start(mailboxes: DemoMessages.mailboxes(now: now))
        do {
            let code = try await tell(invocation, story, server, now)
            try server.stop()
            invocation.output.write(Array(story.farewell.utf8))
            return code
        } catch {
            try server.stop()
            if error is CancellationError {
                invocation.output.write(Array(story.farewell.utf8))
                return .ok
            }
            throw error
        }
    }

    private static func tell(
        _ invocation: Invocation, _ story: DemoStory, _ server: DemoServer, _ now: Timestamp
    ) async throws -> ExitCode {
        let messages = DemoMessages.all(now: now)
        for (serial, message) in messages.enumerated() { try server.deliver(message, serial: serial) }
        let toml = DemoConfiguration.toml(
            port: server.port, submissionPort: server.submissionPort,
            webPort: try LoopbackPort.free(),
            dataDirectory: server.directory.absolute("data"),
            passwordFile: server.passwordFile)
        try server.directory.write(Array(toml.utf8), to: "mailroom.toml")
        let path = server.directory.absolute("mailroom.toml")
        invocation.output.write(
            Array(
                story.opening(messages: messages.count, accounts: DemoFirm.accounts.count, port: server.port)
                    .utf8))

        let demo = Invocation(
            arguments: invocation.arguments, output: invocation.output, actor: invocation.actor,
            configurationPath: path, file: nil)
        let configuration = try ConfigurationFile.load(demo)
        let log = Journal.log(configuration, least: .error)
        try await importAccounts(configuration, log, invocation)
        let serve = try await Serve.start(configuration, log: log) {
            Desk.handler($0)
        }
        let running = Task { await serve.run() }
        do {
            let began = Office.now
            try await waitUntil(seconds: patience, "the demo's mail was not all read") {
                guard let health = serve.office.health.health(of: "office") else { return false }
                return health.state == .idle && health.messagesAccounted >= messages.count
            }
            let facts = try await DemoReport(office: serve.office, configurationPath: path).facts(
                since: began)
            invocation.output.write(Array(story.summary(facts).utf8))
            try await DemoRequesting(
                invocation: invocation, story: story, server: server, office: serve.office
            ).run(serial: messages.count)
            invocation.output.write(Array(story.whereToLook(facts).utf8))
            let link = try await DemoStaff(office: serve.office, invocation: invocation).hire()
            invocation.output.write(Array(story.inbox(link).utf8))
            if invocation.arguments.has("--still") {
                invocation.output.write(Array(story.staying.utf8))
                try await Task.sleep(for: .seconds(1 << 30))
            } else if !invocation.arguments.has("--once") {
                invocation.output.write(Array(story.waitingForMail.utf8))
                try await keepDelivering(invocation, story, server, serve.office, from: messages.count + 1)
            }
        } catch {
            running.cancel()
            await running.value
            throw error
        }
        running.cancel()
        await running.value
        return .ok
    }

    private static func importAccounts(
        _ configuration: Configuration, _ log: Log, _ invocation: Invocation
    ) async throws {
        let office = try await Office.open(configuration, log: log, check: false)
        let desk = Desk(office: office, isDaemon: false)
        let code = await Dispatch.run(
            ["account", "import", "accounts.csv"], on: desk, file: Array(DemoFirm.accountsCSV.utf8),
            files: .none,
            actor: invocation.actor, QuietOutput(complaints: invocation.output))
        guard code == .ok else {
            throw CommandFailure(.internalError, "the demo's accounts could not be imported")
        }
    }

    /// One mail after the other, each with what became of its files, until Ctrl-C.
    private static func keepDelivering(
        _ invocation: Invocation, _ story: DemoStory, _ server: DemoServer, _ office: Office, from first: Int
    ) async throws {
        var number = 0
        var seen = try await office.data.store.read { try $0.messages(limit: 1_000_000).count }
        while true {
            try await Task.sleep(for: .seconds(number == 0 ? 3 : pause))
            let message = DemoMessages.next(number, now: Office.now)
            try server.deliver(message, serial: first + number)
            number += 1
            let before = seen
            try await waitUntil(seconds: 30, "the demo's mail was not read") {
                try await office.data.store.read { try $0.messages(limit: 1_000_000).count } > before
            }
            let zone = TimeZone(office.configuration.firm.timeZone) ?? .utc
            let time = zone.civil(Office.now)
            invocation.output.write(
                Array(
                    story.delivered(
                        message.label, at: "\(CivilTime.two(time.hour)):\(CivilTime.two(time.minute))"
                    )
                    .utf8))
            let newest = try await office.data.store.read { try $0.newestMessages(limit: 1) }
            for line in try await DemoReport(office: office, configurationPath: "").became(newest, story) {
                invocation.output.write(Array(line.utf8))
            }
            seen = try await office.data.store.read { try $0.messages(limit: 1_000_000).count }
        }
    }

    static func waitUntil(
        seconds: Int, _ complaint: String, _ condition: @Sendable () async throws -> Bool
    ) async throws {
        for _ in 0..<(seconds * 10) {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw CommandFailure(.unavailable, "\(complaint) within \(seconds) seconds")
    }
}

/// Swallows what a command prints for a reader that isn't there; complaints are passed on.
struct QuietOutput: CommandOutput {
    let complaints: any CommandOutput
    var isTerminal: Bool { false }
    func write(_ octets: [UInt8]) {}
    func complain(_ words: String) { complaints.complain(words) }
}
