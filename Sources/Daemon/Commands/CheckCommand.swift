internal import Archive
internal import Configuration
internal import Daemon
internal import HTTP
internal import IMAP
internal import Intake
internal import Logins
internal import Mail
internal import Mailroom
internal import Sandbox
internal import Scanner
internal import Text

/// `mailroom check` and `mailroom config`.
enum CheckCommand {
    static func run(_ invocation: Invocation) async throws -> ExitCode {
        let (configuration, diagnostics) = ConfigurationFile.read(invocation.configurationPath)
        let isQuiet = invocation.arguments.has("--quiet")
        for diagnostic in diagnostics {
            if invocation.json {
                invocation.output.print(diagnostic.json)
            } else if !isQuiet || diagnostic.severity == .error {
                invocation.output.print(diagnostic.text)
            }
        }
        guard let configuration else {
            if !invocation.json { invocation.output.complain(Diagnostic.summary(diagnostics)) }
            return .configuration
        }
        if !isQuiet, !invocation.json {
            invocation.output.print("\(read(configuration.files)): ok")
            if Lockdown.landlockVersion == 0 {
                invocation.output.print(
                    "this kernel has no Landlock: children that parse are held by seccomp alone")
            }
            for program in WorkProgram.all where !program.isThere {
                invocation.output.print(
                    "\(program.path) is missing; without it \(program.loss): apt install \(program.debian)")
            }
            if let words = TreeRights.trouble(in: configuration.storage) { invocation.output.print(words) }
        }
        guard invocation.arguments.has("--online") else { return .ok }
        return await online(configuration, invocation)
    }

    /// The files of settings by name; of letters, which may be many, how many.
    private static func read(_ files: [String]) -> String {
        let letters = files.count { $0.hasSuffix(".txt") }
        let texts = letters == 0 ? [] : [letters == 1 ? "1 text of a letter" : "\(letters) texts of letters"]
        return (files.filter { !$0.hasSuffix(".txt") } + texts).joined(separator: ", ")
    }

    /// `mailroom mailbox test NAME`: the same for one. Where tokens log in, they are with the data.
    static let mailboxTest = Command.Action.aloneOrOnData(
        isAlone: { invocation in
            let configuration = try ConfigurationFile.load(invocation)
            let name = invocation.arguments.operands[0]
            guard let mailbox = configuration[mailbox: name] else { throw unknown(name, configuration) }
            return mailbox.oauth2 == nil
        },
        alone: { try await mailbox($0, ConfigurationFile.load($0), nil) },
        onData: { try await mailbox($0, $1.configuration, $1.office.logins) })

    private static func mailbox(
        _ invocation: Invocation, _ configuration: Configuration, _ logins: Logins?
    ) async throws -> ExitCode {
        let name = invocation.arguments.operands[0]
        guard let source = configuration.sources(logins).first(where: { $0.name == name }) else {
            throw unknown(name, configuration)
        }
        let (words, isGood) = await ask(source)
        if invocation.json {
            invocation.output.print(
                OnlineAnswers.object("mailbox \(name)", "\(source.endpoint)", words, isGood: isGood))
        } else {
            invocation.output.print("mailbox \(name)  \(source.endpoint)  \(words)".shown)
        }
        return isGood ? .ok : .unavailable
    }

    static func unknown(_ name: String, _ configuration: Configuration) -> CommandFailure {
        let near = nearest(name, among: configuration.mailboxes.map(\.name))
        return CommandFailure(
            .noSuchThing,
            "there is no [mailbox.\(name.shown)]" + (near.map { " (did you mean “\($0)”?)" } ?? ""))
    }

    private static func online(_ configuration: Configuration, _ invocation: Invocation) async -> ExitCode {
        var code = ExitCode.ok
        let answers = OnlineAnswers(configuration, invocation)
        for source in configuration.sources(nil) {
            guard configuration[mailbox: source.name]?.oauth2 == nil else {
                if await !testOnData(source.name, invocation, answers) { code = .unavailable }
                continue
            }
            let (words, isGood) = await ask(source)
            answers.tell("mailbox \(source.name)", "\(source.endpoint)", words, isGood: isGood)
            if !isGood { code = .unavailable }
        }
        let sending = await CheckSending.run(configuration, invocation, answers)
        if sending != .ok { code = sending }
        if let socket = configuration.scanning.clamd {
            do {
                answers.tell("scanner", socket, try Clamd(socket: socket).version())
            } catch {
                answers.tell("scanner", socket, "\(error)", isGood: false)
                code = .unavailable
            }
        }
        if let address = configuration.metrics.listen, let words = trouble(with: address) {
            answers.tell("metrics", "\(address)", words, isGood: false)
            code = .unavailable
        }
        return code
    }

    /// Has whoever holds the data, and so the tokens, test a mailbox.
    private static func testOnData(
        _ name: String, _ invocation: Invocation, _ answers: OnlineAnswers
    ) async -> Bool {
        do {
            let (command, rest) = try CommandTable.find(
                ["mailbox", "test", name] + (invocation.json ? ["--json"] : []))
            let test = Invocation(
                arguments: try command.parse(rest), output: invocation.output, actor: invocation.actor,
                configurationPath: invocation.configurationPath, file: nil)
            return try await Desk.withDesk(for: command, words: [command.name] + rest, test) {
                try await mailbox($0, $1.configuration, $1.office.logins)
            } == .ok
        } catch {
            answers.tell("mailbox \(name)", nil, "\(error)", isGood: false)
            return false
        }
    }

    /// What would keep the daemon from listening there; a port that it has itself is none.
    private static func trouble(with address: ListenerAddress) -> String? {
        do {
            _ = try Listener.open(address)
            return nil
        } catch {
            return error.code == .addressInUse ? nil : "\(error)"
        }
    }

    /// Connects, logs in, counts, and looks at whose checks the server has been writing.
    private static func ask(_ source: SourceSettings) async -> (String, Bool) {
        do {
            let session = try await source.open()
            defer { session.cancel() }
            let status = try await session.status(.inbox)
            var words = [session.identity.tlsVersion ?? "plain text"]
            if let expiry = session.identity.certificateExpiry {
                words.append("certificate until \(expiry.rfc3339.prefix(10))")
            }
            words.append("login ok")
            words += ["IDLE", "CONDSTORE", "QRESYNC", "MOVE", "NOTIFY", "X-GM-EXT-1"].filter {
                session.has($0)
            }
            words.append("\(status.messages) messages in INBOX")
            let seen = try await SenderCheckSurvey(session: session).run()
            if !seen.isEmpty { words.append("sender checks by " + seen.joined(separator: ", ")) }
            if source.senderChecks == .none, !seen.isEmpty {
                words.append("sender_checks is empty: all mail will be “sender not confirmed”")
            }
            await session.logout()
            return (words.joined(separator: ", "), true)
        } catch {
            return ("\(error)", false)
        }
    }

    static func config(_ invocation: Invocation) async throws -> ExitCode {
        if invocation.arguments.has("--defaults") {
            guard !invocation.json else {
                throw CommandFailure(.usage, "--defaults prints a file: config --all --json has its values")
            }
            invocation.output.print(DefaultsText.render())
            return .ok
        }
        let configuration = try ConfigurationFile.load(invocation)
        let rows: [Configuration.Row]
        if let key = invocation.arguments.operands.first {
            rows = configuration.rows(of: key)
            guard !rows.isEmpty else {
                let near = nearest(key, among: configuration.rows().map(\.key))
                throw CommandFailure(
                    .noSuchThing,
                    "there is no setting “\(key)”" + (near.map { " (did you mean \($0)?)" } ?? ""))
            }
        } else {
            rows = invocation.arguments.has("--all") ? configuration.rows() : configuration.differences()
        }
        if invocation.json {
            for row in rows { invocation.output.print(row.json) }
        } else {
            let text = Configuration.text(rows, origin: invocation.arguments.has("--origin"))
            invocation.output.write(Array(text.utf8))
        }
        return .ok
    }
}
