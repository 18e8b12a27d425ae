internal import TOML

/// Holds files against the schema and gathers what they set.
///
/// It never stops at a mistake: all of them are told at once.
struct Checker {
    let schema: Schema
    let isTimeZone: (String) -> Bool
    private(set) var settings = Settings()
    private(set) var diagnostics: [Diagnostic] = []
    /// Keys of earlier versions that are read as others, to be set where the others are not.
    private var renamed: [(section: Section, entry: Entry)] = []
    /// What nobody should be told is missing: it is there, misspelled or mistaken.
    private var excused = Excuses()

    init(_ schema: Schema, isTimeZone: @escaping (String) -> Bool) {
        self.schema = schema
        self.isTimeZone = isTimeZone
    }

    mutating func read(_ document: Document) {
        diagnostics += document.mistakes.map {
            Diagnostic(.error, $0.message, at: $0.span, of: document.source, hint: $0.hint)
        }
        for unread in document.unread { excused.add(unread.key, document.source.name, header: unread.header) }
        for root in document.roots {
            for member in root.members { readTop(member, document.source) }
        }
    }

    /// What can only be told when all files were read.
    mutating func finish() {
        for (section, entry) in renamed {
            let index = settings.index(of: section, header: nil)
            if let own = settings.instances[index].entries[entry.setting.key] {
                fail(
                    "this is “\(entry.setting.key)” in \(section.header), which is set too",
                    at: entry.keySpan,
                    entry.source, "the other is at \(own.place): keep that one")
            } else {
                warn(
                    "“\(entry.oldKey ?? entry.setting.key)” has moved", at: entry.keySpan, entry.source,
                    "it is “\(entry.setting.key)” in \(section.header) now")
                settings.set(entry, in: index)
            }
        }
        diagnostics += Relations(settings, excused).diagnostics
    }

    // MARK: - Sections

    private mutating func readTop(_ member: Table.Member, _ source: SourceText) {
        guard let section = schema.section(member.key) else {
            unknownTop(member, source)
            return
        }
        switch section.shape {
        case .single: readSingle(section, member, source)
        case .named: readNamed(section, member, source)
        case .list: readList(section, member, source)
        }
    }

    private mutating func readSingle(_ section: Section, _ member: Table.Member, _ source: SourceText) {
        guard case .table(let table) = member.node.value else {
            return fail(
                "“\(section.name)” is a section", at: member.keySpan, source, "write \(section.header)")
        }
        let index = settings.index(of: section, header: Instance.Header(source: source, span: member.keySpan))
        read(table, into: index, source)
    }

    private mutating func readNamed(_ section: Section, _ member: Table.Member, _ source: SourceText) {
        guard case .table(let table) = member.node.value else {
            return fail(
                "“\(section.name)” is a section", at: member.keySpan, source, "write \(section.header)")
        }
        for inner in table.members {
            guard case .table(let settings) = inner.node.value,
                !(settings.isInline && section[inner.key] != nil)
            else {
                fail(
                    "“\(inner.key)” stands in [\(section.name)], which names none", at: inner.keySpan, source,
                    "write [\(section.name).office] above it, with a name of yours")
                continue
            }
            if !Self.isName(inner.key) {
                fail(
                    "“\(inner.key)” cannot name a \(section.name)", at: inner.keySpan, source,
                    "at most 32 letters a to z, digits, - and _")
            }
            let header = Instance.Header(source: source, span: inner.keySpan)
            read(settings, into: self.settings.index(of: section, name: inner.key, header: header), source)
        }
    }

    private mutating func readList(_ section: Section, _ member: Table.Member, _ source: SourceText) {
        guard case .array(let nodes) = member.node.value else {
            return fail(
                "“\(section.name)” is a list of sections", at: member.keySpan, source,
                "write \(section.header)")
        }
        for node in nodes {
            guard case .table(let table) = node.value else {
                fail(
                    "“\(section.name)” is a list of sections", at: node.span, source,
                    "write \(section.header)")
                continue
            }
            let header = Instance.Header(source: source, span: node.span)
            read(table, into: settings.index(of: section, header: header), source)
        }
    }

    private static func isName(_ name: String) -> Bool {
        let isWord = name.unicodeScalars.allSatisfy {
            switch $0 {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
            default: false
            }
        }
        return isWord && !name.isEmpty && name.utf8.count <= 32
    }

    // MARK: - Keys

    private mutating func read(_ table: Table, into index: Int, _ source: SourceText) {
        let instance = settings.instances[index]
        let section = instance.section
        for member in table.members {
            if let setting = section[member.key] {
                set(setting, member, in: index, source)
            } else if let inner = schema.section("\(section.name).\(member.key)") {
                switch inner.shape {
                case .single: readSingle(inner, member, source)
                case .named: readNamed(inner, member, source)
                case .list: readList(inner, member, source)
                }
            } else if let retirement = schema.retired["\(section.name).\(member.key)"] {
                retire(retirement, member, instance, source)
            } else {
                unknown(member, in: instance, source)
            }
        }
    }

    private mutating func set(_ setting: Setting, _ member: Table.Member, in index: Int, _ source: SourceText)
    {
        let value = value(of: setting, member, settings.instances[index], source)
        settings.set(
            Entry(setting: setting, value: value, node: member.node, keySpan: member.keySpan, source: source),
            in: index)
    }

    private mutating func value(
        of setting: Setting, _ member: Table.Member, _ instance: Instance, _ source: SourceText
    ) -> SettingValue? {
        var reader = ValueReader(setting, instance, source, isTimeZone: isTimeZone)
        let value = reader.read(member.node)
        diagnostics += reader.diagnostics
        return reader.diagnostics.contains { $0.severity == .error } ? nil : value
    }

    private mutating func retire(
        _ retirement: Schema.Retirement, _ member: Table.Member, _ instance: Instance, _ source: SourceText
    ) {
        switch retirement {
        case .removed(let reason):
            warn("“\(member.key)” does nothing any more", at: member.keySpan, source, reason)
        case .renamed(let name):
            guard let setting = schema.setting(name), let dot = name.lastIndex(of: "."),
                let section = schema.section(String(name[..<dot]))
            else { preconditionFailure("\(name) replaces a key and does not exist") }
            let value = value(of: setting, member, instance, source)
            let entry = Entry(
                setting: setting, value: value, node: member.node, keySpan: member.keySpan, source: source,
                oldKey: member.key)
            renamed.append((section, entry))
        }
    }

    // MARK: - What is not known

    private mutating func unknownTop(_ member: Table.Member, _ source: SourceText) {
        let names = schema.sections.filter { !$0.name.contains(".") }.map(\.name)
        switch member.node.value {
        case .table(let table) where !table.isInline:
            let near = Suggestion.nearest(to: member.key, among: names).flatMap(schema.section)
            fail(
                "unknown section [\(member.key)]", at: member.keySpan, source,
                near.map { "did you mean \($0.header)?" })
        case .array(let nodes) where nodes.contains { if case .table = $0.value { true } else { false } }:
            let near = Suggestion.nearest(to: member.key, among: names).flatMap(schema.section)
            fail(
                "unknown section [[\(member.key)]]", at: member.keySpan, source,
                near.map { "did you mean \($0.header)?" })
        case .string, .integer, .real, .boolean, .date, .time, .dateTime, .array, .table:
            fail("“\(member.key)” stands in no section", at: member.keySpan, source, home(of: member.key))
        }
    }

    private mutating func unknown(_ member: Table.Member, in instance: Instance, _ source: SourceText) {
        let section = instance.section
        let inner = schema.sections.filter { $0.name.hasPrefix("\(section.name).") }
        var isSection = false
        switch member.node.value {
        case .table(let table): isSection = !table.isInline
        case .array(let nodes):
            isSection = nodes.contains { if case .table = $0.value { true } else { false } }
        case .string, .integer, .real, .boolean, .date, .time, .dateTime: break
        }
        if isSection {
            let near = Suggestion.nearest(
                to: member.key, among: inner.map { String($0.name.dropFirst(section.name.count + 1)) })
            let path = instance.name.map { "\(section.name).\($0)" } ?? section.name
            fail(
                "unknown section [\(path).\(member.key)]", at: member.keySpan, source,
                near.flatMap { schema.section("\(section.name).\($0)") }.map { "did you mean \($0.header)?" })
            return
        }
        let near = Suggestion.nearest(to: member.key, among: section.settings.map(\.key))
        if let near, let header = instance.header {
            excused.add(near, header.source.name, header: header.span.line)
        }
        fail(
            "unknown setting “\(member.key)” in \(instance.title)", at: member.keySpan, source,
            near.map { "did you mean “\($0)”?" } ?? home(of: member.key))
    }

    /// Where a key of this very name would be at home.
    private func home(of key: String) -> String? {
        let homes = schema.sections.filter { $0[key] != nil }.map(\.header)
        return homes.isEmpty ? nil : "it belongs in " + homes.joined(separator: " or ")
    }

    private mutating func fail(_ message: String, at span: Span, _ source: SourceText, _ hint: String? = nil)
    {
        diagnostics.append(Diagnostic(.error, message, at: span, of: source, hint: hint))
    }

    private mutating func warn(_ message: String, at span: Span, _ source: SourceText, _ hint: String? = nil)
    {
        diagnostics.append(Diagnostic(.warning, message, at: span, of: source, hint: hint))
    }
}
