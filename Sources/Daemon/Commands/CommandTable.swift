/// Every command of this version, in the order `--help` shows them.
enum CommandTable {
    static let all: [Command] =
        serviceCommands + mailboxCommands + accountCommands + contactCommands + messageCommands
        + writingCommands + fileCommands + requestCommands + queueCommands + toolCommands

    /// The command whose name the words begin with, and the words after it.
    static func find(_ words: [String]) throws(CommandFailure) -> (Command, [String]) {
        guard let noun = words.first else {
            throw CommandFailure(.usage, "what shall be done? mailroom --help")
        }
        if words.count > 1, let command = all.first(where: { $0.name == "\(noun) \(words[1])" }) {
            return (command, Array(words.dropFirst(2)))
        }
        if let command = all.first(where: { $0.name == noun }) { return (command, Array(words.dropFirst())) }
        let verbs = all.filter { $0.name.hasPrefix(noun + " ") }.map {
            String($0.name.dropFirst(noun.count + 1))
        }
        if !verbs.isEmpty {
            let near = words.count > 1 ? nearest(words[1], among: verbs) : nil
            throw CommandFailure(
                .usage,
                words.count > 1
                    ? "“\(noun)” has no verb “\(words[1])”" + (near.map { " (did you mean \($0)?)" } ?? "")
                        + "; there are: \(verbs.joined(separator: ", "))"
                    : "\(noun) what? \(verbs.joined(separator: ", "))")
        }
        let nouns = Set(all.map { String($0.name.prefix { $0 != " " }) })
        let near = nearest(noun, among: nouns.sorted())
        throw CommandFailure(
            .usage,
            "there is no command “\(noun)”" + (near.map { " (did you mean \($0)?)" } ?? "")
                + "; mailroom --help lists them")
    }

    /// The text of `mailroom --help`.
    static var help: String {
        let width =
            (all.map { $0.name.count + ($0.operands.isEmpty ? 0 : $0.operands.count + 1) }.max() ?? 0) + 2
        let lines = all.filter { $0.name != "child" }.map { command in
            let left = command.operands.isEmpty ? command.name : "\(command.name) \(command.operands)"
            return "  " + left + String(repeating: " ", count: width - left.count) + command.summary
        }
        return """
            mailroom: reads the firm's mailboxes and files what clients send.

            usage: mailroom [-C FILE] COMMAND [--help]

            \(lines.joined(separator: "\n"))

              -C FILE   another configuration than /etc/mailroom/mailroom.toml
              --json    on every command that lists or shows: one JSON object a line

            man mailroom tells more.
            """
    }

    /// The text of `mailroom account add --help`.
    static func help(for command: Command) -> String {
        var lines = ["usage: \(command.synopsis)", "", command.summary + "."]
        if !command.options.isEmpty {
            lines.append("")
            let width = (command.options.map { ($0.name + " " + ($0.value ?? "")).count }.max() ?? 0) + 2
            for option in command.options {
                let left = option.name + (option.value.map { " " + $0 } ?? "")
                lines.append("  " + left + String(repeating: " ", count: width - left.count) + option.summary)
            }
        }
        return lines.joined(separator: "\n")
    }
}
