internal import Daemon

/// One verb of the command line: what it is called, what it takes, what it does.
///
/// The table of these drives the dispatch, `--help`, the completions and a
/// test that mailroom(8) describes each.
struct Command: Sendable {
    /// `account add`, or one word: `status`.
    let name: String
    /// The operands as help texts show them: `NUMBER… [--json]` without the options.
    let operands: String
    let summary: String
    let options: [Option]
    /// Operands at least and at most; nil: any number.
    let least: Int
    let most: Int?
    let action: Action

    /// What a command needs before it can run.
    enum Action: Sendable {
        /// Nothing: it runs in this process alone.
        case alone(@Sendable (Invocation) async throws -> ExitCode)
        /// The data: it runs in the daemon where one is up, else in this process.
        case onData(@Sendable (Invocation, Desk) async throws -> ExitCode)
        /// As `onData`, and the client first reads the file its first operand names, if it names one.
        case onDataWithFile(
            isFile: @Sendable (String) -> Bool = { _ in true },
            @Sendable (Invocation, Desk) async throws -> ExitCode)
        /// As `onData`, and the client first talks with the person; the octets it comes back with go along.
        case onDataAfterTalk(
            @Sendable (Invocation) async throws -> [UInt8],
            @Sendable (Invocation, Desk) async throws -> ExitCode)
        /// `alone` where that will do, else `onData`.
        case aloneOrOnData(
            isAlone: @Sendable (Invocation) throws -> Bool,
            alone: @Sendable (Invocation) async throws -> ExitCode,
            onData: @Sendable (Invocation, Desk) async throws -> ExitCode)
        /// As `onData`, and the client reads the files that these options name when they are asked for.
        case onDataWithFiles(
            options: [String], @Sendable (Invocation, Desk) async throws -> ExitCode)
        /// As `onData`, and what it writes goes to the file that `--to` names, which the client makes.
        case onDataToFile(@Sendable (Invocation, Desk) async throws -> ExitCode)
    }

    init(
        _ name: String, operands: String = "", least: Int = 0, most: Int? = 0, options: [Option] = [],
        _ summary: String, _ action: Action
    ) {
        self.name = name
        self.operands = operands
        self.summary = summary
        self.options = options
        self.least = least
        self.most = most
        self.action = action
    }

    /// Sorts the words after the name; wrong ones end in a sentence and exit 64.
    func parse(_ words: [String]) throws(CommandFailure) -> Arguments {
        let arguments = try Arguments(words, options: options + [.configuration], command: name)
        let count = arguments.operands.count
        guard count >= least, most.map({ count <= $0 }) ?? true else {
            let why =
                count < least
                ? "“\(name)” wants \(operands)"
                : "“\(arguments.operands[most ?? 0].shown)” is too much for “\(name)”"
            throw CommandFailure(.usage, "\(why): see mailroom \(name) --help")
        }
        return arguments
    }

    /// `mailroom account add NUMBER` and `[--name NAME]`, each to stand on one line.
    var synopsis: [String] {
        let words = options.map { option in
            "[\(option.name)\(option.value.map { " " + $0 } ?? "")]" + (option.repeats ? "…" : "")
        }
        return ["mailroom \(name)" + (operands.isEmpty ? "" : " \(operands)")] + words
    }

    /// Whether people give it, and not only Mailroom itself.
    var isForPeople: Bool { name != "child" && name != "queue learn" }
}

/// One call of a command: its words, who calls, and where the answer goes.
struct Invocation: Sendable {
    let arguments: Arguments
    let output: any CommandOutput
    /// Who does it, for the audit: a login name.
    let actor: String
    /// The configuration named with `-C`, or the installed one.
    let configurationPath: String
    /// The octets of the file that `onDataWithFile` read.
    let file: [UInt8]?
    /// The files that `onDataWithFiles` names, in the order of its options.
    var files = ControlFiles.none

    var json: Bool { arguments.has("--json") }

    func with(file: [UInt8]? = nil, output: (any CommandOutput)? = nil) -> Invocation {
        Invocation(
            arguments: arguments, output: output ?? self.output, actor: actor,
            configurationPath: configurationPath, file: file ?? self.file, files: files)
    }
}
