internal import Daemon

extension CommandTable {
    static let toolCommands: [Command] = [
        Command(
            "check",
            options: [
                Option("--online", "ask the servers too"), Option("--quiet", "say nothing when all is well"),
                .json,
            ], "every mistake in the configuration at once", .alone(CheckCommand.run)),
        Command(
            "config", operands: "[KEY]", most: 1,
            options: [
                Option("--all", "every setting, not only what differs from its default"),
                Option("--defaults", "a whole configuration of defaults, explained"),
                Option("--origin", "with the file and line of each"), .json,
            ], "the configuration in force, and where it comes from", .alone(CheckCommand.config)),
        Command(
            "inspect", operands: "FILE…", least: 1, most: nil, options: [.json], "what is in a message file",
            .alone(InspectCommand.run)),
        Command(
            "demo",
            options: [
                Option("--once", "end by itself when all is filed"),
                Option("--still", "stay, but let no more mail come"),
            ],
            "a made-up firm with a real IMAP server, to look at", .alone(DemoCommand.run)),
        Command("version", options: [.json], "this version", .alone(version)),
        Command(
            "completion", operands: "SHELL", least: 1, most: 1, "completions for bash, zsh or fish",
            .alone(completion)),
    ]

    private static func version(_ invocation: Invocation) async throws -> ExitCode {
        if invocation.json {
            invocation.output.print(["version": .string(Installation.version)])
        } else {
            invocation.output.print("mailroom \(Installation.version)")
        }
        return .ok
    }

    private static func completion(_ invocation: Invocation) async throws -> ExitCode {
        let shell = invocation.arguments.operands[0]
        guard let script = Completion.script(for: shell) else {
            throw CommandFailure(
                .usage, "completions are for \(Completion.shells.joined(separator: ", ")), not “\(shell)”")
        }
        invocation.output.write(Array(script.utf8))
        return .ok
    }
}
