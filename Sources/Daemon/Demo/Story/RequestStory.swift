/// The second act in words: a request goes out, and its answer comes back.
extension DemoStory {
    package var asking: String {
        (["", ""] + heading("A request goes out, and a reply comes back")).joined(separator: "\n") + "\n"
    }

    /// A command as it was typed, and what it said.
    package func command(_ words: [String], said: String) -> String {
        let typed = (["mailroom"] + words.map(Self.quoted)).joined(separator: " ")
        let lines = said.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.isEmpty ? "" : "  \(Columns.cut(Columns.safe(String(line)), to: width - 2))"
        }
        let command = wrapped(typed, to: width - 4).enumerated().map { $0 == 0 ? "$ \($1)" : "    \($1)" }
        return "\n" + command.map { paint($0, .bold) }.joined(separator: " \\\n") + "\n"
            + lines.joined(separator: "\n")
    }

    /// What the client finds in her mailbox.
    package func letter(to name: String, _ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            wrapped(Columns.safe(String(line)), to: width - 4).map { paint("  │ ", .dim) + $0 }
        }
        return "\n\(paint("In the mailbox of \(Columns.safe(name)):", .bold))\n"
            + lines.joined(separator: "\n") + "\n"
    }

    package func answered(_ label: String) -> String { "\n\(paint("\(Columns.safe(label)).", .bold))\n" }

    /// As a shell wants it.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || "-_.@/".unicodeScalars.contains(scalar)
        }
        return isPlain ? word : "\"\(word)\""
    }

    /// Broken at spaces outside of quotes.
    private func wrapped(_ text: String, to width: Int) -> [String] {
        var lines = [""]
        var word = ""
        var isQuoted = false
        func end() {
            if !lines[lines.count - 1].isEmpty,
                Columns.width(lines[lines.count - 1]) + Columns.width(word) + 1 > width
            {
                lines.append(word)
            } else {
                lines[lines.count - 1] += lines[lines.count - 1].isEmpty ? word : " \(word)"
            }
            word = ""
        }
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character == " ", !isQuoted { end() } else { word.append(character) }
        }
        end()
        return lines
    }
}
