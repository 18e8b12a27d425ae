/// One key of the configuration: everything there is to know about it.
///
/// The table of these drives the check, the suggestions, the man page,
/// `mailroom config` and the test that each is described; nothing about a key
/// is said anywhere else.
package struct Setting: Sendable {
    package let key: String
    package let kind: Kind
    /// What holds when it is not set; nil when nothing does, or when it must be set.
    package let fallback: SettingValue?
    /// What holds instead where another key of the section says so: ports go by the kind of connection.
    let exception: @Sendable (Instance) -> SettingValue?
    package let isRequired: Bool
    /// A value as TOML, for the man page and for messages; that of ``fallback`` where there is one.
    package let example: String
    /// One paragraph for the man page: what it does, not what it is called. Code stands in backticks.
    package let text: String
    /// The version that first knew it.
    package let since: String

    /// A key that has a default.
    init(
        _ key: String, _ kind: Kind, or fallback: SettingValue, since: String = "1.0",
        except exception: @escaping @Sendable (Instance) -> SettingValue? = { _ in nil }, _ text: String
    ) {
        self.init(key, kind, fallback, exception, false, fallback.toml, since, text)
    }

    /// A key without a default; `isRequired` when there can be none.
    init(
        _ key: String, _ kind: Kind, example: String, isRequired: Bool = false, since: String = "1.0",
        _ text: String
    ) {
        self.init(key, kind, nil, { _ in nil }, isRequired, example, since, text)
    }

    private init(
        _ key: String, _ kind: Kind, _ fallback: SettingValue?,
        _ exception: @escaping @Sendable (Instance) -> SettingValue?, _ isRequired: Bool, _ example: String,
        _ since: String, _ text: String
    ) {
        self.key = key
        self.kind = kind
        self.fallback = fallback
        self.exception = exception
        self.isRequired = isRequired
        self.example = example
        self.since = since
        self.text = text
    }
}

/// What may stand behind a key.
package enum Kind: Sendable {
    /// One line of text.
    case line
    case flag
    case number(ClosedRange<Int>)
    /// Octets: `"100 MB"`.
    case size(ClosedRange<Int>)
    /// Seconds: `"5 min"`.
    case duration(ClosedRange<Int>)
    case date
    /// A list of dates.
    case dates
    /// A list of days from some day on, or before it: `["-3 days", "1 day"]`.
    case days(ClosedRange<Int>)
    /// A time of the day: `08:30:00`.
    case time
    /// From when to when: `"08:00-18:00"`.
    case hours
    /// The beginning of the firm's own addresses on the web: `https://post.example.com`.
    case webAddress
    /// One of a few words; `later` are words of versions to come, refused with that sentence.
    case choice([String], later: [String] = [])
    /// An absolute path.
    case path
    case timeZone
    /// The address of a page.
    case page
    /// `"#14624c"`, dark enough for white text on it.
    case color
    /// A server's name or address, no URL.
    case host
    /// An address and a port, or an absolute path.
    case listener
    /// The name of a header field.
    case headerName
    case list(Element)
    /// A list of servers, or one word for a provider that writes no server's name.
    case senderChecks
    /// `{ credential = … }`, `{ file = … }` or `{ command = … }`.
    case secret
    /// An address of a web server, protected, or on this machine.
    case url
    /// A folder with `{words}`.
    case template
    /// A text, or one for each language.
    case names
    /// A name and an address, or an address alone.
    case sender
    /// The name of a `[mailbox.NAME]` section.
    case source
    /// `{ … }` with the keys of that section.
    case table(Section)

    package enum Element: Sendable {
        case domain, address, addressPattern, filePattern, textPattern, typeOrPattern, mailboxPattern, source,
            listener, network
    }

    static func choice<Word: CaseIterable & RawRepresentable<String>>(
        _ words: Word.Type, later: [String] = []
    ) -> Kind {
        .choice(words.allCases.map(\.rawValue), later: later)
    }

    /// As the man page describes it.
    package var description: String {
        switch self {
        case .line: "text"
        case .flag: "`true` or `false`"
        case .number(let range): "number from \(range.lowerBound) to \(range.upperBound)"
        case .size: "size"
        case .duration: "time"
        case .date: "date"
        case .dates: "list of dates"
        case .days: "list of days"
        case .time: "time of the day"
        case .hours: "two times of the day"
        case .webAddress: "address that begins with `https://`"
        case .choice(let words, _):
            (words.count == 1 ? "only " : "one of ") + words.map { "`\"\($0)\"`" }.joined(separator: ", ")
        case .path: "absolute path"
        case .timeZone: "name of a time zone"
        case .page: "address of a page"
        case .color: "colour, such as `\"#14624c\"`"
        case .host: "name or address of a server"
        case .listener: "address and port, or absolute path"
        case .headerName: "name of a header field"
        case .list(.listener): "list of addresses with ports, or absolute paths"
        case .list(.network): "list of addresses or networks"
        case .list(.domain): "list of domains"
        case .list(.address): "list of addresses"
        case .list(.addressPattern): "list of addresses or patterns"
        case .list(.filePattern), .list(.textPattern): "list of patterns"
        case .list(.typeOrPattern): "list of patterns of file names, or of media types"
        case .list(.mailboxPattern): "list of names, patterns and special uses"
        case .list(.source): "list of the names of `[mailbox.NAME]` sections"
        case .senderChecks: "list of servers, or `\"microsoft365\"`"
        case .secret: "`{ credential = … }`, `{ file = … }` or `{ command = … }`"
        case .url: "address that begins with `https://`"
        case .template: "folder with words in braces"
        case .names: "text, or `{ de = …, ja = …, en = … }`"
        case .sender: "name and address, or address"
        case .source: "name of a `[mailbox.NAME]` section"
        case .table(let section):
            section.text.isEmpty ? "table with the keys of `[\(section.name)]`" : section.text
        }
    }
}
