internal import Configuration
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// The table that `account import` reads, row by row checked against itself. INTERFACES.md.
struct AccountTable: Sendable {
    static let header = ["number", "account", "type", "contact", "kind", "address", "language", "switches"]

    struct Row: Sendable {
        let line: Int
        /// Nil for a guest that is to get one.
        let number: AccountNumber?
        let name: String
        let type: AccountType?
        let language: Text.Language?
        let address: NewAddress?
    }

    struct Mistake: Sendable, Equatable {
        let line: Int
        let reason: String
    }

    private(set) var rows: [Row] = []
    private(set) var mistakes: [Mistake] = []
    private let reading: AddressReading

    init(_ octets: [UInt8], _ configuration: Configuration) {
        reading = AddressReading(configuration: configuration)
        let table: [CSV.Row]
        do throws(CSV.Mistake) {
            table = try CSV.read(octets)
        } catch {
            mistakes.append(Mistake(line: error.line, reason: error.reason))
            return
        }
        guard let first = table.first else {
            mistakes.append(Mistake(line: 1, reason: "the table is empty: \(Self.wanted)"))
            return
        }
        if let reason = Self.mistake(inHeader: first.fields) {
            mistakes.append(Mistake(line: first.line, reason: reason))
            return
        }
        for row in table.dropFirst() { read(row) }
        contradictions()
    }

    private static let wanted = "its first line must be \(header.joined(separator: ","))"

    private static func mistake(inHeader fields: [String]) -> String? {
        let names = fields.map(cleaned)
        if names == header { return nil }
        if fields.count == 1, fields[0].contains(";") || fields[0].contains("\t") {
            let sign = fields[0].contains(";") ? "semicolons" : "tabs"
            return "fields are separated by \(sign): save the table as “CSV UTF-8 (comma separated)”"
        }
        let missing = header.filter { !names.contains($0) }
        if !missing.isEmpty {
            return "the header lacks \(missing.joined(separator: ", ")): \(wanted)"
        }
        return wanted
    }

    private static func cleaned(_ field: String) -> String {
        var text = field[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    // MARK: - One row

    private mutating func read(_ row: CSV.Row) {
        guard row.fields.count == Self.header.count else {
            let hint =
                row.fields.count == 1 && row.fields[0].contains(";") ? " (semicolons are no commas)" : ""
            return add(
                row.line, "\(counted(row.fields.count, "field")) instead of \(Self.header.count)\(hint)")
        }
        let fields = row.fields.map(Self.cleaned)
        if let bad = fields.first(where: { $0 != $0.shown }) {
            return add(row.line, "“\(bad.shown)” has control characters")
        }
        let before = mistakes.count
        let type = word(fields[2], AccountType.self, "type", row.line)
        let kind = word(fields[4], ContactKind.self, "kind", row.line)
        let language = word(fields[6], Text.Language.self, "language", row.line)
        var number: AccountNumber?
        if fields[0].isEmpty {
            if type != .guest { add(row.line, "the number is missing: only guests get one by themselves") }
        } else {
            number = AccountNumber(fields[0])
            if number == nil {
                add(row.line, "“\(fields[0])” is no account number: letters, digits, . _ - and at most 32")
            }
        }
        if fields[1].isEmpty { add(row.line, "the account has no name") }
        if fields[2].isEmpty { add(row.line, "the type is missing: client, prospect or guest") }
        let switches = fields[7].isEmpty ? Switches.imported : Switches(words: fields[7])
        if switches == nil {
            add(row.line, "“\(fields[7])” is not some of sync, notify, login, sign with spaces between")
        }
        let address = address(fields, type, kind, switches ?? .imported, row.line)
        guard mistakes.count == before else { return }
        rows.append(
            Row(
                line: row.line, number: number, name: fields[1], type: type, language: language,
                address: address))
    }

    private mutating func address(
        _ fields: [String], _ type: AccountType?, _ kind: ContactKind?, _ switches: Switches, _ line: Int
    ) -> NewAddress? {
        guard !fields[5].isEmpty else {
            if !fields[3].isEmpty { add(line, "“\(fields[3])” has no address") }
            return nil
        }
        if type == .guest {
            add(line, "a guest account has no contacts, so no address")
            return nil
        }
        do throws(CommandFailure) {
            let (address, key) = try reading.address(fields[5])
            return NewAddress(
                address: address, key: key, contact: fields[3].isEmpty ? nil : fields[3],
                fallbackName: fields[1], kind: kind ?? .person, switches: switches)
        } catch {
            add(line, error.words)
            return nil
        }
    }

    private mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ text: String, _ words: Word.Type, _ column: String, _ line: Int
    ) -> Word? {
        guard !text.isEmpty else { return nil }
        let word = Word(rawValue: text)
        if word == nil { add(line, "\(column) \(Arguments.none(of: words, text))") }
        return word
    }

    private mutating func add(_ line: Int, _ reason: String) {
        mistakes.append(Mistake(line: line, reason: reason))
    }

    // MARK: - Rows against each other

    /// One account has one name and type, and one address one contact, however many rows name them.
    private mutating func contradictions() {
        var accounts: [String: Row] = [:]
        var addresses: [AddressKey: (row: Row, address: NewAddress)] = [:]
        var pairs: [String: Row] = [:]
        for row in rows {
            let account = row.number?.text.lowercased() ?? "guest \(row.name)"
            if let first = accounts[account] { compare(row, first) } else { accounts[account] = row }
            guard let address = row.address else { continue }
            if let (first, known) = addresses[address.key] {
                if known.contact ?? known.fallbackName != address.contact ?? address.fallbackName {
                    add(
                        row.line,
                        "\(address.address) is “\(known.contact ?? known.fallbackName)” in line \(first.line), "
                            + "not “\(address.contact ?? address.fallbackName)”: an address has one contact")
                } else if known.kind != address.kind {
                    add(row.line, "\(address.address) is another kind of contact in line \(first.line)")
                }
            } else {
                addresses[address.key] = (row, address)
            }
            let pair = "\(account) \(address.key)"
            if let first = pairs[pair], first.address?.switches != address.switches {
                add(row.line, "\(address.address) has other switches in line \(first.line)")
            }
            pairs[pair] = pairs[pair] ?? row
        }
        mistakes.sort { $0.line < $1.line }
    }

    private mutating func compare(_ row: Row, _ first: Row) {
        let number = row.number?.text ?? row.name
        if row.number != first.number {
            add(row.line, "account \(number) differs from line \(first.line)’s in case alone")
        } else if row.name != first.name {
            add(
                row.line,
                "account \(number) is called “\(first.name)” in line \(first.line), not “\(row.name)”")
        } else if row.type != first.type {
            add(row.line, "account \(number) is of another type in line \(first.line)")
        } else if let mine = row.language, let other = first.language, mine != other {
            add(row.line, "account \(number) has another language in line \(first.line)")
        }
    }
}
