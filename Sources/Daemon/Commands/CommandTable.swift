/// Every command of this version, in the order `--help` shows them.
enum CommandTable {
    static let all: [Command] =
        serviceCommands + mailboxCommands + accountCommands + contactCommands + messageCommands
        + writingCommands + fileCommands + requestCommands + shareCommands + queueCommands + userCommands
        + searchCommands
        + explainCommands + toolCommands

    /// The command whose name the words begin with, and the words after it.
    static func find(_ words: [String]) throws(CommandFailure) -> (Command, [String]) {
        guard let noun = words.first else {
            throw CommandFailure(.usage, "what shall be done? mailroom --help")
        }
        if words.count > 1, let command = all.first(where: { $0.name == "\(noun) \(words[1])" }) {
            return (command, Array(words.dropFirst(2)))
        }
        if let command = all.first(where: { $0.name == noun }) { return (command, Array(words.dropFirst())) }
        let verbs = forPeople.filter { $0.name.hasPrefix(noun + " ") }.map {
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

    /// What `--help` lists and the shells complete.
    static let forPeople = all.filter(\.isForPeople)

    /// As wide as a terminal is at least.
    private static let width = 80

    /// The text of `mailroom --help`.
    static var help: String {
        """
        mailroom: reads the firm's mailboxes and files what clients send.

        usage: mailroom [-C FILE] [--json] COMMAND [ARGUMENT…]

        \(columns(forPeople.map { ($0.name, $0.summary) }).joined(separator: "\n"))

        \(columns([
            ("-C FILE", Option.configuration.summary),
            ("--json", "for programs: one JSON object a line, where a command lists or shows"),
            ("--help", "after a command: what it takes"),
        ]).joined(separator: "\n"))

        man mailroom tells more.
        """
    }

    /// The text of `mailroom account --help`, and of `mailroom help account`; nil where it has no verbs.
    static func help(on noun: String) -> String? {
        let verbs = forPeople.filter { $0.name.hasPrefix(noun + " ") }
        guard !verbs.isEmpty else { return nil }
        return """
            usage: mailroom \(noun) VERB [ARGUMENT…]

            \(columns(verbs.map { ($0.name, $0.summary) }).joined(separator: "\n"))

            --help after one of them: what it takes.
            """
    }

    /// The text of `mailroom account add --help`.
    static func help(for command: Command) -> String {
        var lines =
            filled(command.synopsis, first: "usage: ", indent: "         ") + ["", command.summary + "."]
        if !command.options.isEmpty {
            lines.append("")
            lines += columns(
                command.options.map { ($0.name + ($0.value.map { " " + $0 } ?? ""), $0.summary) })
        }
        return lines.joined(separator: "\n")
    }

    /// Names, and beside them what they mean, each in lines that fit.
    private static func columns(_ rows: [(name: String, meaning: String)]) -> [String] {
        let names = (rows.map(\.name.columns).max() ?? 0) + 2
        return rows.flatMap { row in
            filled(
                row.meaning.split(separator: " ").map(String.init),
                first: "  " + row.name + String(repeating: " ", count: names - row.name.columns),
                indent: String(repeating: " ", count: names + 2))
        }
    }

    /// Words in lines, none wider than a terminal unless a word alone is.
    static func filled(_ words: [String], first: String, indent: String) -> [String] {
        var lines: [String] = []
        var line = first
        var isBegun = false
        for word in words {
            if isBegun, line.columns + 1 + word.columns > width {
                lines.append(line)
                line = indent
                isBegun = false
            }
            line += (isBegun ? " " : "") + word
            isBegun = true
        }
        return lines + [line]
    }
}
