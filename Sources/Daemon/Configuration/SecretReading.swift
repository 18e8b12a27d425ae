internal import Secrets
internal import TOML

extension ValueReader {
    /// Where a password is kept; one that stands here itself is refused, and never repeated.
    mutating func readSecret(_ node: Node) -> SettingValue? {
        let name =
            instance.section.shape == .single && setting.key != "password"
            ? "\(instance.section.name)-\(setting.key)"
            : (instance.name ?? "office") + (setting.key == "password" ? "" : "-\(setting.key)")
        guard case .table(let table) = node.value else {
            fail(
                "a password is written here in the clear", at: node.span,
                "write it into /etc/mailroom/secrets/\(name) (chmod 600), and here "
                    + "\(setting.key) = { credential = \"\(name)\" }; see man mailroom-secrets")
            return nil
        }
        let known = ["credential", "file", "command"]
        for member in table.members where !known.contains(member.key) {
            fail(
                "unknown word “\(member.key)” in “\(setting.key)”", at: member.keySpan,
                Suggestion.nearest(to: member.key, among: known).map { "did you mean “\($0)”?" }
                    ?? "it is one of credential, file and command")
        }
        let members = table.members.filter { known.contains($0.key) }
        guard let member = members.first else {
            if table.members.isEmpty {
                fail(
                    "“\(setting.key)” says no place", at: node.span,
                    "write \(setting.key) = \(setting.example)")
            }
            return nil
        }
        guard members.count == 1 else {
            fail(
                "one of these is enough", at: members[1].keySpan,
                "keep “\(member.key)” or “\(members[1].key)”")
            return nil
        }
        switch member.key {
        case "credential": return readCredential(member.node)
        case "file": return readFile(member.node)
        default: return readCommand(member.node)
        }
    }

    private mutating func readCredential(_ node: Node) -> SettingValue? {
        guard case .string(let name) = node.value, SecretSource.isName(name) else {
            fail(
                "this cannot name a credential", at: node.span,
                "letters a to z, digits, -, _ and . only; for a path write { file = \"/…\" }")
            return nil
        }
        return .secret(.credential(name))
    }

    private mutating func readFile(_ node: Node) -> SettingValue? {
        guard case .string(let path) = node.value, TextRules.isPath(path) else {
            fail(
                "the file needs its whole path", at: node.span, "write { file = \"/etc/mailroom/secrets/…\" }"
            )
            return nil
        }
        return .secret(.file(path))
    }

    private mutating func readCommand(_ node: Node) -> SettingValue? {
        switch node.value {
        case .string(let line) where !line.isEmpty: return .secret(.shell(line))
        case .array(let nodes):
            let words = nodes.compactMap { if case .string(let word) = $0.value { word } else { nil } }
            if !words.isEmpty, words.count == nodes.count, !words[0].isEmpty {
                return .secret(.command(words))
            }
        case .string, .integer, .real, .boolean, .date, .time, .dateTime, .table: break
        }
        fail(
            "a command is a list of texts, or one text for the shell", at: node.span,
            "[\"pass\", \"show\", \"office\"]")
        return nil
    }
}
