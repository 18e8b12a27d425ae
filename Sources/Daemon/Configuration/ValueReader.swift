internal import Mail
internal import TOML
internal import Text

/// Reads one value as its setting wants it, and says what is wrong with it.
struct ValueReader {
    let setting: Setting
    let instance: Instance
    let source: SourceText
    let isTimeZone: (String) -> Bool
    private(set) var diagnostics: [Diagnostic] = []

    init(
        _ setting: Setting, _ instance: Instance, _ source: SourceText, isTimeZone: @escaping (String) -> Bool
    ) {
        self.setting = setting
        self.instance = instance
        self.source = source
        self.isTimeZone = isTimeZone
    }

    mutating func read(_ node: Node) -> SettingValue? {
        switch setting.kind {
        case .line, .path, .timeZone, .host, .url, .sender, .source, .hours, .webAddress, .page, .color,
            .listener, .headerName:
            return readText(node)
        case .flag: return readFlag(node)
        case .number(let range): return readNumber(node, range)
        case .size(let range):
            return readAmount(node, range, Units.size, Units.size).map { .size($0) }
        case .duration(let range):
            return readAmount(node, range, Units.duration, Units.duration).map { .duration($0) }
        case .date: return readDate(node)
        case .dates: return readDates(node)
        case .days(let range): return readDays(node, range)
        case .time: return readTime(node)
        case .choice(let words, let later): return readChoice(node, words, later)
        case .list(let element): return readList(node, element)
        case .senderChecks: return readSenderChecks(node)
        case .secret: return readSecret(node)
        case .template: return readTemplate(node)
        case .names: return readNames(node)
        case .table(let section): return readTable(node, section)
        }
    }

    mutating func fail(_ message: String, at span: Span, _ hint: String? = nil) {
        diagnostics.append(Diagnostic(.error, message, at: span, of: source, hint: hint))
    }

    /// What was wrong within a value is wrong with it.
    mutating func adopt(_ inner: ValueReader) { diagnostics += inner.diagnostics }

    /// The place of `part` in a text, if it stands there as it is; else the whole text.
    func span(of part: String, in node: Node) -> Span {
        let part = Array(part.unicodeScalars)
        guard node.span.line == node.span.endLine, !part.isEmpty else { return node.span }
        let line = Array(source.line(node.span.line).unicodeScalars.prefix(node.span.endColumn - 1))
        var start = node.span.column
        while start + part.count < line.count {
            if line[start...].starts(with: part) {
                return Span(line: node.span.line, column: start + 1, length: part.count)
            }
            start += 1
        }
        return node.span
    }

    // MARK: - Simple values

    /// A text, or a mistake that says how this one becomes a text.
    mutating func string(_ node: Node, isElement: Bool = false) -> String? {
        switch node.value {
        case .string(let text): return text
        case _ where isElement:
            fail("the list may hold only texts", at: node.span, "put it in quotes")
        case .integer(let number): wrong(node, "a text", "text needs quotes: \"\(number)\"")
        case .array: wrong(node, "one text, not a list", "write \(setting.key) = \(setting.example)")
        case .real, .boolean, .date, .time, .dateTime, .table:
            wrong(node, "a text", "write \(setting.key) = \(setting.example)")
        }
        return nil
    }

    mutating func wrong(_ node: Node, _ wanted: String, _ hint: String? = nil) {
        fail(
            "“\(setting.key)” must be \(wanted)", at: node.span,
            hint ?? "write \(setting.key) = \(setting.example)")
    }

    private mutating func readText(_ node: Node) -> SettingValue? {
        guard let text = string(node) else { return nil }
        if text.isEmpty {
            fail("“\(setting.key)” is empty", at: node.span, "write \(setting.key) = \(setting.example)")
        } else if text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
            fail("“\(setting.key)” has more than one line, or a control character", at: node.span)
        } else if text.utf8.count > 1_000 {
            fail("“\(setting.key)” is too long", at: node.span)
        } else if let refusal = TextRules.refusal(of: text, as: setting.kind, isTimeZone: isTimeZone) {
            fail(refusal.message, at: node.span, refusal.hint)
        }
        return .text(text)
    }

    private mutating func readFlag(_ node: Node) -> SettingValue? {
        if case .boolean(let flag) = node.value { return .flag(flag) }
        var hint = "write \(setting.key) = true or \(setting.key) = false"
        if case .string(let text) = node.value, text == "true" || text == "false" {
            hint = "write \(text) without quotes"
        }
        wrong(node, "true or false", hint)
        return nil
    }

    private mutating func readNumber(_ node: Node, _ range: ClosedRange<Int>) -> SettingValue? {
        let wanted = "a number from \(range.lowerBound) to \(range.upperBound)"
        guard case .integer(let number) = node.value else {
            var hint: String?
            if case .string(let text) = node.value, let number = Int(text) {
                hint = "write \(number) without quotes"
            }
            wrong(node, wanted, hint)
            return nil
        }
        if !range.contains(number) { wrong(node, wanted) }
        return .number(number)
    }

    private mutating func readAmount(
        _ node: Node, _ range: ClosedRange<Int>, _ parse: (String) throws(Units.Refusal) -> Int,
        _ write: (Int) -> String
    ) -> Int? {
        let unit = setting.example.drop { !$0.isLetter }.prefix { $0.isLetter }
        if case .integer(let number) = node.value {
            fail("\(number) of what?", at: node.span, "write a unit: \"\(number) \(unit)\"")
            return nil
        }
        guard let text = string(node) else { return nil }
        do throws(Units.Refusal) {
            let amount = try parse(text)
            if !range.contains(amount) {
                fail(
                    "“\(text)” is too \(amount < range.lowerBound ? "little" : "much") for “\(setting.key)”",
                    at: node.span, "from \(write(range.lowerBound)) to \(write(range.upperBound))")
            }
            return amount
        } catch {
            let like = "write \(setting.key) = \(setting.example)"
            switch error {
            case .noNumber: fail("“\(text)” is not a whole number with a unit", at: node.span, like)
            case .noUnit(let number):
                fail("\(number) of what?", at: node.span, "write a unit: \"\(number) \(unit)\"")
            case .unknown(let name, let meant):
                fail(
                    "“\(name)” is no unit", at: span(of: name, in: node),
                    meant.map { "did you mean “\($0)”?" } ?? like)
            case .tooLarge: fail("“\(text)” is too much for “\(setting.key)”", at: node.span, like)
            }
            return nil
        }
    }

    private mutating func readDate(_ node: Node) -> SettingValue? {
        guard case .date(let year, let month, let day) = node.value else {
            var hint: String?
            if case .string(let text) = node.value, text.split(separator: "-").count == 3 {
                hint = "write \(text) without quotes"
            }
            wrong(node, "a date", hint)
            return nil
        }
        guard let date = CivilDay(year: year, month: month, day: day) else {
            fail("the calendar has no such day", at: node.span)
            return nil
        }
        return .date(date)
    }

    private mutating func readChoice(_ node: Node, _ words: [String], _ later: [String]) -> SettingValue? {
        guard let text = string(node) else { return nil }
        if !words.contains(text) {
            let all = words.map { "\"\($0)\"" }.joined(separator: ", ")
            if later.contains(text) {
                fail(
                    "“\(text)” comes with a later version of Mailroom", at: node.span, "this one knows \(all)"
                )
            } else {
                let near = Suggestion.nearest(to: text, among: words).map { "did you mean \"\($0)\"?" }
                let choices = words.count == 1 ? "this version knows \(all)" : "it is one of \(all)"
                fail("“\(text)” is no value of “\(setting.key)”", at: node.span, near ?? choices)
            }
        }
        return .text(text)
    }

    // MARK: - Lists

    private mutating func readList(_ node: Node, _ element: Kind.Element) -> SettingValue? {
        guard case .array(let nodes) = node.value else {
            if case .string(let text) = node.value {
                wrong(node, "a list", "write [\(SettingValue.quoted(text))]")
            } else {
                wrong(node, "a list")
            }
            return nil
        }
        if nodes.isEmpty, case .mailboxPattern = element {
            fail("nothing would be read", at: node.span, "leave “\(setting.key)” out for the default")
        }
        var texts: [String] = []
        for node in nodes {
            guard let text = string(node, isElement: true) else { continue }
            if let refusal = TextRules.refusal(of: text, as: element) {
                fail(refusal.message, at: node.span, refusal.hint)
            }
            texts.append(text)
        }
        return .texts(texts)
    }

    private mutating func readSenderChecks(_ node: Node) -> SettingValue? {
        if case .string(let text) = node.value {
            if text == "microsoft365" { return .text(text) }
            let near = Suggestion.nearest(to: text, among: ["microsoft365"]).map { "did you mean \"\($0)\"?" }
            let isLater = text == "auto"
            fail(
                isLater
                    ? "“auto” comes with a later version of Mailroom"
                    : "“\(setting.key)” must be a list of servers",
                at: node.span,
                isLater ? "write [\"mx.example.net\"]" : near ?? "write [\(SettingValue.quoted(text))]")
            return nil
        }
        guard case .array(let nodes) = node.value else {
            wrong(node, "a list of servers", "write \(setting.key) = [\"mx.example.net\"]")
            return nil
        }
        var texts: [String] = []
        for node in nodes {
            guard let text = string(node, isElement: true) else { continue }
            if let refusal = TextRules.serverRefusal(of: text) {
                fail(refusal.message, at: node.span, refusal.hint)
            }
            texts.append(text)
        }
        return .texts(texts)
    }

    // MARK: - Templates and names

    private mutating func readTemplate(_ node: Node) -> SettingValue? {
        guard let text = string(node) else { return nil }
        if text.isEmpty {
            fail("“\(setting.key)” is empty", at: node.span, "write \(setting.key) = \(setting.example)")
            return nil
        }
        do throws(FolderTemplate.Refusal) {
            return .text(try FolderTemplate(text).text)
        } catch {
            fail(error.message, at: span(of: error.part, in: node), error.hint)
            return nil
        }
    }

    private mutating func readNames(_ node: Node) -> SettingValue? {
        guard case .table(let table) = node.value else {
            guard let text = string(node), isFolder(text, node) else { return nil }
            return .names(LocalizedName(text))
        }
        var names: [Language: String] = [:]
        for member in table.members {
            guard let language = Language(rawValue: member.key) else {
                fail(
                    "“\(member.key)” is no language of Mailroom's", at: member.keySpan,
                    "it speaks de, ja and en")
                continue
            }
            guard let text = string(member.node), isFolder(text, member.node) else { continue }
            names[language] = text
        }
        guard let any = names[.en] ?? names[.de] ?? names[.ja] else {
            if table.members.isEmpty { fail("no name in any language", at: node.span) }
            return nil
        }
        return .names(LocalizedName(de: names[.de] ?? any, ja: names[.ja] ?? any, en: names[.en] ?? any))
    }

    private mutating func isFolder(_ name: String, _ node: Node) -> Bool {
        guard let refusal = TextRules.folderRefusal(of: name) else { return true }
        fail(refusal.message, at: node.span, refusal.hint)
        return false
    }
}
