/// An option a command takes: `--json`, or with a value `--account N`.
struct Option: Sendable {
    let name: String
    /// What stands for the value in help texts; nil for a switch.
    let value: String?
    let summary: String
    /// Whether it may be given more than once.
    let repeats: Bool

    init(_ name: String, value: String? = nil, repeats: Bool = false, _ summary: String) {
        self.name = name
        self.value = value
        self.summary = summary
        self.repeats = repeats
    }

    static let json = Option("--json", "for programs: one JSON object a line")
    /// Every command takes it, so none lists it.
    static let configuration = Option(
        "-C", value: "FILE", "another configuration than /etc/mailroom/mailroom.toml")
}

/// The words after a command's name, sorted into options and operands.
struct Arguments: Sendable {
    private(set) var operands: [String] = []
    private var given: [String: [String]] = [:]

    /// Refuses unknown options, missing values and doubled options: exit 64.
    init(_ words: some Sequence<String>, options: [Option], command: String) throws(CommandFailure) {
        var rest = Array(words)[...]
        var onlyOperands = false
        while let word = rest.popFirst() {
            guard !onlyOperands, word.hasPrefix("--") || (word.hasPrefix("-") && word.count == 2) else {
                operands.append(word)
                continue
            }
            if word == "--" {
                onlyOperands = true
                continue
            }
            let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                String.init)
            guard let option = options.first(where: { $0.name == halves[0] }) else {
                let near = nearest(halves[0], among: options.map(\.name))
                throw CommandFailure(
                    .usage,
                    "“\(command)” has no option \(halves[0])" + (near.map { " (did you mean \($0)?)" } ?? ""))
            }
            var value = ""
            if option.value != nil {
                if halves.count == 2 {
                    value = halves[1]
                } else if let next = rest.popFirst() {
                    value = next
                } else {
                    throw CommandFailure(
                        .usage, "\(option.name) needs a value: \(option.name) \(option.value ?? "")")
                }
            } else if halves.count == 2 {
                throw CommandFailure(.usage, "\(option.name) takes no value")
            }
            if given[option.name] != nil, !option.repeats {
                throw CommandFailure(.usage, "\(option.name) is given twice")
            }
            given[option.name, default: []].append(value)
        }
    }

    func has(_ option: String) -> Bool { given[option] != nil }
    func value(_ option: String) -> String? { given[option]?.last }
    func values(_ option: String) -> [String] { given[option] ?? [] }

    func number(_ option: String) throws(CommandFailure) -> Int? {
        guard let text = value(option) else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw CommandFailure(.usage, "\(option) wants a number, not “\(text)”")
        }
        return number
    }

    /// The value of an option that knows only some words.
    func word<Word: RawRepresentable<String> & CaseIterable>(
        _ option: String, _ words: Word.Type
    ) throws(CommandFailure) -> Word? {
        guard let text = value(option) else { return nil }
        guard let word = Word(rawValue: text) else {
            throw CommandFailure(.usage, "\(option) \(Self.none(of: words, text))")
        }
        return word
    }

    /// `is one of client, prospect, guest, not “clint” (did you mean client?)`.
    static func none<Word: RawRepresentable<String> & CaseIterable>(
        of words: Word.Type, _ text: String
    ) -> String {
        let known = words.allCases.map(\.rawValue)
        let near = nearest(text, among: known).map { " (did you mean \($0)?)" } ?? ""
        return "is one of \(known.joined(separator: ", ")), not “\(text.shown)”" + near
    }
}

/// The word of a list that a mistyped one was probably meant to be.
func nearest(_ word: String, among words: some Sequence<String>) -> String? {
    func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var previous = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let cost = Swift.min(row[j] + 1, row[j + 1] + 1, previous + (a == b ? 0 : 1))
                previous = row[j + 1]
                row[j + 1] = cost
            }
        }
        return row[right.count]
    }
    let wanted = Array(word.prefix(40))
    let scored = words.map { (distance(wanted, Array($0.prefix(40))), $0) }
    guard let best = scored.min(by: { $0.0 < $1.0 }), best.0 <= Swift.max(1, wanted.count / 3) else {
        return nil
    }
    return best.1
}
