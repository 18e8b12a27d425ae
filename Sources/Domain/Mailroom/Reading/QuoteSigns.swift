/// How mail programs show what was written before: their marks and their words.
enum QuoteSigns {
    static func isBlank(_ line: Substring) -> Bool {
        line.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0 == "\u{200B}" || $0 == "\u{FEFF}" }
    }

    static func isQuoted(_ line: Substring) -> Bool {
        guard let first = line.unicodeScalars.first else { return false }
        return first == ">" || first == "＞"
    }

    /// RFC 3676 section 4.3; many programs lose the blank after it.
    static func isSignatureMark(_ line: Substring) -> Bool { line == "-- " || line == "--" }

    /// Whether all from here on was written before: below a rule that says so, a header, or words without marks.
    static func beginsEarlier(_ lines: ArraySlice<Substring>) -> Bool {
        guard let first = lines.first, mayBegin(first) else { return false }
        if isRule(first) { return true }
        let follow = lines.dropFirst().prefix(12)
        if first.prefix(5).allSatisfy({ $0 == "_" }), first.count >= 20 {
            return follow.first { !isBlank($0) }.map {
                isHeader([$0] + follow.drop(while: isBlank).dropFirst())
            }
                ?? false
        }
        if isHeader(Array(lines.prefix(8))) { return true }
        guard attribution(endOf: lines.prefix(1)) != nil, isDated(first) else { return false }
        return follow.first { !isBlank($0) }.map { !isQuoted($0) } ?? false
    }

    /// Most lines are ruled out by their first octet.
    private static func mayBegin(_ line: Substring) -> Bool {
        guard let first = line.utf8.first(where: { $0 != 32 && $0 != 42 }) else { return false }
        return first == 45 || first == 95 || first >= 0x80 || "VvFfDdAaOoBbLl0123456789".utf8.contains(first)
    }

    /// `-----Ursprüngliche Nachricht-----`, `---------- Forwarded message ---------`.
    private static func isRule(_ line: Substring) -> Bool {
        guard line.hasPrefix("---") else {
            return line.lowercased().hasPrefix("begin forwarded message:")
                || line.lowercased().hasPrefix("anfang der weitergeleiteten nachricht:")
        }
        let words = line.lowercased().filter { $0 != "-" && $0 != " " && $0 != "\u{3000}" }
        return ruleWords.contains { words.hasPrefix($0) }
    }

    private static let ruleWords = [
        "originalmessage", "ursprünglichenachricht", "originalnachricht", "forwardedmessage", "forwardedby",
        "weitergeleitetenachricht", "weitergeleitetvon", "messagetransféré", "messaged'origine", "元のメッセージ",
        "転送されたメッセージ", "転送メッセージ", "originalメッセージ", "オリジナルメッセージ",
    ]

    /// `Von:` with `Gesendet:`, `差出人:` with `送信日時:`: a block of at least three such lines that begins with From.
    private static func isHeader(_ lines: some Collection<Substring>) -> Bool {
        guard let first = lines.first, ForwardedHeader.isFrom(first) else { return false }
        return lines.dropFirst().prefix { !isBlank($0) }.count { ForwardedHeader.isOther($0) } >= 2
    }

    /// How many lines at the end say who wrote what follows: `Am 3. Mai schrieb Kate:`, perhaps on two lines.
    static func attribution(endOf lines: ArraySlice<Substring>) -> Int? {
        guard let last = lines.last, last.utf8.count < 400 else { return nil }
        let ending = last.reversed().first { !$0.isWhitespace }
        guard ending == ":" || ending == "：" else { return nil }
        guard !isBlank(last) else { return nil }
        // The longest that begins as such a line does; else the last alone, if it says so by itself.
        for count in (1...3).reversed() where lines.count >= count {
            let said = lines.suffix(count)
            let text = said.map { $0.prefix(400) }.joined(separator: " ").lowercased()
            let isWhole = !said.contains(where: isBlank) && openings.contains { text.hasPrefix($0) }
            if verbs.contains(where: text.contains), isWhole || count == 1 { return count }
        }
        return nil
    }

    private static let verbs = [
        "schrieb", "wrote", "a écrit", "ha scritto", "escribió", "schreef", "のメール", "書きました", "からのメッセージ",
        "wrote:",
    ]
    private static let openings = ["am ", "on ", "le ", "il ", "el ", "op ", "20", "19", "zitat"]

    private static func isDated(_ line: Substring) -> Bool {
        let text = line.lowercased()
        return openings.contains { text.hasPrefix($0) } && text.contains { $0.isNumber }
            && (text.contains("@") || text.contains(":") && text.count { $0 == ":" } > 1)
    }
}
