internal import Daemon
internal import Store

/// The command line from its first word to its exit code.
enum Dispatch {
    /// Never throws: every failure ends as a sentence on standard error and a code of `sysexits.h`.
    static func run(_ words: [String], _ output: any CommandOutput = StandardOutput()) async -> ExitCode {
        do {
            return try await dispatch(words, output)
        } catch {
            output.complain(sentence(of: error))
            return ExitCode(of: error)
        }
    }

    private static func dispatch(_ words: [String], _ output: any CommandOutput) async throws -> ExitCode {
        // What may stand before the command as well as after it is put after it.
        var words = words
        var common: [String] = []
        while let first = words.first, first == "-C" || first == "--json" {
            guard first != "-C" || words.count > 1 else {
                throw CommandFailure(.usage, "-C needs a file: mailroom -C FILE COMMAND")
            }
            common += words.prefix(first == "-C" ? 2 : 1)
            words.removeFirst(first == "-C" ? 2 : 1)
        }
        if words.isEmpty || words == ["help"] || ["--help", "-h"].contains(words[0]) {
            output.print(CommandTable.help)
            return words.isEmpty ? .usage : .ok
        }
        // `help account add` is `account add --help`.
        if words[0] == "help" { words = words.dropFirst() + ["--help"] }
        if words.count == 2, ["--help", "-h"].contains(words[1]), let help = CommandTable.help(on: words[0]) {
            output.print(help)
            return .ok
        }
        if words[0] == "--version" { words[0] = "version" }
        let (command, own) = try CommandTable.find(words)
        if own.contains("--help") || own.contains("-h") {
            output.print(CommandTable.help(for: command))
            return .ok
        }
        let rest = common + own
        let arguments = try command.parse(rest)
        let invocation = Invocation(
            arguments: arguments, output: output, actor: Actor.current,
            configurationPath: arguments.value(Option.configuration.name) ?? Installation.configuration,
            file: nil)
        switch command.action {
        case .alone(let body):
            return try await body(invocation)
        case .onData(let body):
            return try await Desk.withDesk(for: command, words: [command.name] + rest, invocation, body)
        case .onDataWithFile(let isFile, let body):
            let operand = invocation.arguments.operands.first ?? ""
            let file = isFile(operand) ? try InputFile.read(operand) : nil
            return try await Desk.withDesk(
                for: command, words: [command.name] + rest, invocation.with(file: file), body)
        case .onDataAfterTalk(let talk, let body):
            let answer = try await talk(invocation)
            return try await Desk.withDesk(
                for: command, words: [command.name] + rest, invocation.with(file: answer), body)
        case .aloneOrOnData(let isAlone, let alone, let body):
            if try isAlone(invocation) { return try await alone(invocation) }
            return try await Desk.withDesk(for: command, words: [command.name] + rest, invocation, body)
        case .onDataWithFiles(let options, let body):
            var invocation = invocation
            invocation.files = try InputFile.files(options.flatMap { invocation.arguments.values($0) })
            return try await Desk.withDesk(for: command, words: [command.name] + rest, invocation, body)
        case .onDataToFile(let body):
            guard let path = invocation.arguments.value("--to") else {
                return try await Desk.withDesk(for: command, words: [command.name] + rest, invocation, body)
            }
            let file = try OutputFile(path: path, complaints: output)
            let code = try await Desk.withDesk(
                for: command, words: [command.name] + rest, invocation.with(output: file), body)
            if code == .ok { try file.finish() }
            return code
        }
    }

    /// Runs a command that came over the control socket.
    static func run(
        _ words: [String], on desk: Desk, file: [UInt8]?, files: ControlFiles, actor: String,
        _ output: any CommandOutput
    ) async -> ExitCode {
        do {
            let (command, rest) = try CommandTable.find(words)
            let invocation = Invocation(
                arguments: try command.parse(rest), output: output, actor: actor, configurationPath: "",
                file: file, files: files)
            switch command.action {
            case .alone: throw CommandFailure(.usage, "“\(command.name)” is not for the daemon to do")
            case .onData(let body), .onDataWithFile(_, let body), .onDataWithFiles(_, let body),
                .onDataToFile(let body), .onDataAfterTalk(_, let body), .aloneOrOnData(_, _, let body):
                return try await body(invocation, desk)
            }
        } catch {
            output.complain(sentence(of: error))
            return ExitCode(of: error)
        }
    }

    /// What a person typed comes back in a refusal, and may have been made for a terminal.
    private static func sentence(of error: any Error) -> String {
        (error as? DeskRefusal)?.words.shown ?? "\(error)"
    }
}
