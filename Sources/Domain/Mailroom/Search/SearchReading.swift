internal import Text

extension SearchQuery {
    /// How much of a query is read; longer ones are a text that slipped into the field.
    private static let characters = 500
    private static let words = 24

    /// Reads what somebody typed.
    package init(_ text: String) {
        guard text.unicodeScalars.count <= Self.characters else {
            problems = [.tooLong(characters: Self.characters)]
            return
        }
        for word in SearchWord.all(in: text) { read(word, of: text) }
        if terms.count > Self.words { problems.append(.tooManyWords(Self.words)) }
    }

    private mutating func read(_ word: SearchWord, of text: String) {
        guard let name = word.name else { return add(word, .anywhere) }
        guard let known = SearchOperator(named: name) else {
            let near = Self.nearest(name, SearchOperator.allNames)
            let meant = near.flatMap { SearchOperator(named: $0) }
            // "Re:" of a subject is a word like any other.
            if word.value.isEmpty && meant == nil { return add(word, .anywhere) }
            let corrected = near.map { word.replacing(name: $0, in: text) }
            return problems.append(.unknownOperator(name, meant: meant, corrected: corrected))
        }
        guard !word.value.isEmpty else { return problems.append(.noValue(known)) }
        switch known {
        case .from: return add(word, .from)
        case .to: return add(word, .to)
        case .file: return add(word, .file)
        case .account, .mailbox, .has, .is, .assigned, .in, .before, .after: break
        }
        guard !word.isExcluded else { return problems.append(.notExcludable(known)) }
        let typed = word.value.nfkc.caseFolded
        let value = known.value(typed)
        if known.isChoice, value == nil {
            let meant = Self.nearest(typed, known.allValues)
            let corrected = meant.map { word.replacing(name: name, value: $0, in: text) }
            return problems.append(.unknownValue(known, word.value, meant: meant, corrected: corrected))
        }
        set(known, word.value, folded: value ?? typed)
    }

    private mutating func set(_ known: SearchOperator, _ value: String, folded: String) {
        switch known {
        case .account: accounts.append(value)
        case .mailbox: mailboxes.append(value)
        case .has: hasFile = true
        case .is: isUnread = folded == "unread"
        case .in: state = State(rawValue: folded)
        case .assigned:
            assignee =
                folded == "me" ? .me : folded == "nobody" ? .nobody : .staff(folded)
        case .before, .after:
            guard let day = Self.day(value) else { return problems.append(.noDay(known, value)) }
            if known == .before {
                before = min(before ?? day, day)
            } else {
                after = max(after ?? day, day)
            }
        case .from, .to, .file: preconditionFailure("these are words")
        }
    }

    /// What has no letters finds nothing, and is left out.
    private mutating func add(_ word: SearchWord, _ field: Field) {
        let text = field == .anywhere ? word.whole : word.value
        guard !SearchWords.words(of: text, for: .query).isEmpty else { return }
        terms.append(Term(text: text, field: field, isPhrase: word.isQuoted, isExcluded: word.isExcluded))
    }

    /// A day, or the first of a month or a year, as people write them.
    static func day(_ text: String) -> CivilDay? {
        let text = text.nfkc
        let parts = text.split(omittingEmptySubsequences: true) { "-/.年月日".contains($0) }
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
        }
        guard numbers.count == parts.count, (1...3).contains(parts.count) else { return nil }
        if text.contains("."), parts.count == 3, parts[2].count == 4 {
            return CivilDay(year: numbers[2], month: numbers[1], day: numbers[0])
        }
        guard parts[0].count == 4 else { return nil }
        return CivilDay(
            year: numbers[0], month: numbers.count > 1 ? numbers[1] : 1,
            day: numbers.count > 2 ? numbers[2] : 1)
    }

    /// Of two letters nearly all are near: the AW: of a subject is no an:. Two ideographs say enough.
    private static func nearest(_ word: String, _ known: [String]) -> String? {
        guard word.utf8.count > 2 else { return nil }
        let limit = min(2, max(1, word.unicodeScalars.count / 3))
        let near = known.compactMap { candidate in
            EditDistance.between(word, candidate, atMost: limit).map { (candidate, $0) }
        }
        return near.min { $0.1 < $1.1 }?.0
    }
}
