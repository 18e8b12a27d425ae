internal import TOML

extension ValueReader {
    /// A table in braces, each of its keys read as the section's setting wants it.
    mutating func readTable(_ node: Node, _ section: Section) -> SettingValue? {
        guard case .table(let table) = node.value else {
            fail(
                "“\(setting.key)” must be a table", at: node.span, "write \(setting.key) = \(setting.example)"
            )
            return nil
        }
        var values: [String: SettingValue] = [:]
        var read: Set<String> = []
        for member in table.members {
            guard let inner = section[member.key] else {
                let near = Suggestion.nearest(to: member.key, among: section.settings.map(\.key))
                fail(
                    "unknown setting “\(member.key)” in “\(setting.key)”", at: member.keySpan,
                    near.map { "did you mean “\($0)”?" })
                if let near { read.insert(near) }
                continue
            }
            read.insert(member.key)
            var reader = ValueReader(inner, instance, source, isTimeZone: isTimeZone)
            if let value = reader.read(member.node) { values[member.key] = value }
            adopt(reader)
        }
        for inner in section.settings where inner.isRequired && !read.contains(inner.key) {
            fail(
                "“\(setting.key)” has no “\(inner.key)”", at: node.span,
                "add \(inner.key) = \(inner.example)")
        }
        return .table(values)
    }
}
