internal import Secrets
internal import TOML
internal import Text

/// What was set, in all files together, before it has types.
struct Settings: Sendable {
    private(set) var instances: [Instance] = []

    /// A section that is written once; empty when nobody wrote it.
    func only(_ section: Section) -> Instance {
        instances.first { $0.section.name == section.name } ?? Instance(section: section)
    }

    func all(_ section: Section) -> [Instance] { instances.filter { $0.section.name == section.name } }

    func place(of key: String) -> Place? {
        if let header = instances.first(where: { $0.path == key })?.header {
            return Place(file: header.source.name, line: header.span.line)
        }
        guard let dot = key.lastIndex(of: ".") else { return nil }
        let instance = instances.first { $0.path == key[..<dot] }
        return instance?.entries[String(key[key.index(after: dot)...])]?.place
    }

    /// The place of a section of this name in ``instances``; made where it is not there yet.
    mutating func index(of section: Section, name: String? = nil, header: Instance.Header?) -> Int {
        if section.shape != .list,
            let known = instances.firstIndex(where: { $0.section.name == section.name && $0.name == name })
        {
            return known
        }
        let number = section.shape == .list ? all(section).count + 1 : nil
        instances.append(Instance(section: section, name: name, number: number, header: header))
        return instances.count - 1
    }

    /// The later value wins, and remembers whom it replaced.
    mutating func set(_ entry: Entry, in index: Int) {
        var entry = entry
        if let old = instances[index].entries[entry.setting.key] {
            entry.overridden = old.overridden + [old.place]
        }
        instances[index].entries[entry.setting.key] = entry
    }
}

/// A key that was set.
struct Entry: Sendable {
    let setting: Setting
    /// Nil when it was mistaken; then there is a diagnostic, and no configuration.
    let value: SettingValue?
    let node: Node
    let keySpan: Span
    let source: SourceText
    /// As it is written, where that is the name of an earlier version.
    var oldKey: String?
    /// Where earlier files set it.
    var overridden: [Place] = []

    var place: Place { Place(file: source.name, line: keySpan.line) }
}

/// A section as it was written: `[mailbox.office]`, or the second `[[filing.rule]]`.
///
/// Reading a key that the schema gives no value for is our bug, not the
/// administrator's mistake: hence the preconditions.
struct Instance: Sendable {
    struct Header: Sendable {
        let source: SourceText
        let span: Span
    }

    let section: Section
    var name: String?
    /// From 1, for lists.
    var number: Int?
    var header: Header?
    var entries: [String: Entry] = [:]
    /// Of a table in braces, which has no lines of its own.
    var inline: [String: SettingValue] = [:]

    /// `mailbox.office`, `filing.rule.2`.
    var path: String { section.name + (name.map { ".\($0)" } ?? "") + (number.map { ".\($0)" } ?? "") }

    /// As it is written in the file.
    var title: String {
        switch section.shape {
        case .single: "[\(section.name)]"
        case .named: "[\(section.name).\(name ?? "NAME")]"
        case .list: "[[\(section.name)]]"
        }
    }

    var place: Place {
        guard let header else { preconditionFailure("\(title) stands nowhere") }
        return Place(file: header.source.name, line: header.span.line)
    }

    func isSet(_ key: String) -> Bool { entries[key] != nil || inline[key] != nil }

    func value(_ key: String) -> SettingValue? {
        guard let setting = section[key] else { preconditionFailure("\(section.name) has no key \(key)") }
        return entries[key]?.value ?? inline[key] ?? fallback(of: setting)
    }

    /// What holds where the key is not set.
    func fallback(of setting: Setting) -> SettingValue? { setting.exception(self) ?? setting.fallback }

    func text(_ key: String) -> String {
        guard let text = optionalText(key) else { preconditionFailure("\(path).\(key) has no value") }
        return text
    }

    func optionalText(_ key: String) -> String? {
        guard case .text(let text) = value(key) else { return nil }
        return text
    }

    func word<Word: RawRepresentable<String>>(_ key: String) -> Word {
        guard let word = Word(rawValue: text(key)) else {
            preconditionFailure("\(path).\(key) allows what \(Word.self) does not know")
        }
        return word
    }

    func flag(_ key: String) -> Bool {
        guard case .flag(let flag) = value(key) else { preconditionFailure("\(path).\(key) is no switch") }
        return flag
    }

    func number(_ key: String) -> Int {
        guard case .number(let number) = value(key) else {
            preconditionFailure("\(path).\(key) is no number")
        }
        return number
    }

    func size(_ key: String) -> Int {
        guard let size = optionalSize(key) else { preconditionFailure("\(path).\(key) is no size") }
        return size
    }

    func optionalSize(_ key: String) -> Int? {
        guard case .size(let octets) = value(key) else { return nil }
        return octets
    }

    func duration(_ key: String) -> Int {
        guard case .duration(let seconds) = value(key) else {
            preconditionFailure("\(path).\(key) is no time")
        }
        return seconds
    }

    func date(_ key: String) -> CivilDay? {
        guard case .date(let date) = value(key) else { return nil }
        return date
    }

    func dates(_ key: String) -> [CivilDay] {
        guard case .dates(let dates) = value(key) else { return [] }
        return dates
    }

    func days(_ key: String) -> [Int] {
        guard case .days(let days) = value(key) else { preconditionFailure("\(path).\(key) has no days") }
        return days
    }

    func time(_ key: String) -> Int {
        guard case .time(let minute) = value(key) else { preconditionFailure("\(path).\(key) is no time") }
        return minute
    }

    func texts(_ key: String) -> [String] {
        guard case .texts(let texts) = value(key) else { return [] }
        return texts
    }

    func secret(_ key: String) -> SecretSource {
        guard case .secret(let source) = value(key) else {
            preconditionFailure("\(path).\(key) is no secret")
        }
        return source
    }

    func names(_ key: String) -> LocalizedName {
        guard case .names(let names) = value(key) else { preconditionFailure("\(path).\(key) is no name") }
        return names
    }

    func sender(_ key: String) -> Configuration.Sender {
        guard let sender = Configuration.Sender(text(key)) else {
            preconditionFailure("\(path).\(key) was checked and is no sender")
        }
        return sender
    }

    /// A table in braces, read as a section.
    func table(_ key: String) -> Instance? {
        guard let setting = section[key], case .table(let inner) = setting.kind else {
            preconditionFailure("\(path).\(key) is no table")
        }
        guard case .table(let values) = value(key) else { return nil }
        var instance = Instance(section: inner)
        instance.inline = values
        return instance
    }

    func template(_ key: String) -> FolderTemplate {
        do throws(FolderTemplate.Refusal) {
            return try FolderTemplate(text(key))
        } catch {
            preconditionFailure("\(path).\(key) was checked: \(error.message)")
        }
    }
}
