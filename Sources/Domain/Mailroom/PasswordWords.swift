internal import Text

/// What may be a password in the text of a mail: Japan sends the zip now and its password in the next one.
///
/// Only what stands behind a word for it, or in the line below, is one. A
/// wrong guess costs a child that opens nothing.
package enum PasswordWords {
    private static let most = 12
    private static let lengths = 3...64

    private static let names = [
        "passwort", "kennwort", "zugangswort", "password", "passcode", "passphrase", "pass word", "パスワード",
        "解凍キー", "暗証番号", "pw:", "pw：", "pw ",
    ]

    /// What stands beside a password in a sentence.
    private static let fillers: Set<String> = [
        "lautet", "ist", "is", "the", "for", "für", "zur", "zum", "der", "die", "das", "datei", "file",
        "files",
        "zip", "pdf", "this", "your", "ihr", "ihre", "und", "and", "als", "wie", "folgt", "follows",
    ]

    /// In the order in which they are worth a try.
    package static func candidates(in text: String) -> [String] {
        let lines = text.split(whereSeparator: \.isNewline).map { trimmed($0) }.filter { !$0.isEmpty }
        var found: [String] = []
        for (number, line) in lines.enumerated() {
            guard let rest = behindName(line) else { continue }
            let here = runs(rest)
            found += here + sentence(rest)
            if number + 1 < lines.count, here.isEmpty || line.hasSuffix(":") || line.hasSuffix("：") {
                found += runs(lines[number + 1]) + sentence(lines[number + 1])
            }
        }
        var known: Set<String> = []
        return Array(found.filter { known.insert($0).inserted }.prefix(most))
    }

    /// Nil for a line that speaks of no password.
    private static func behindName(_ line: String) -> String? {
        let folded = Array(line.lowercased())
        let letters = Array(line)
        guard folded.count == letters.count else { return nil }
        var end: Int?
        for name in names.map({ Array($0) }) where folded.count >= name.count {
            for start in 0...(folded.count - name.count)
            where folded[start..<start + name.count].elementsEqual(name) {
                end = max(end ?? 0, start + name.count)
            }
        }
        return end.map { trimmed(String(letters[$0...])) }
    }

    /// Without blanks, as nearly all are; with and without the dot that ends a sentence.
    private static func runs(_ text: String) -> [String] {
        text.split(whereSeparator: { !$0.isASCII || $0.isWhitespace }).flatMap { run -> [String] in
            let bare = unquoted(String(run))
            guard !fillers.contains(bare.lowercased().filter { $0.isLetter }) else { return [] }
            let short = bare.last.map { ".,:;".contains($0) } == true ? String(bare.dropLast()) : bare
            return [short, bare].filter { lengths.contains($0.count) }
        }
    }

    /// What stands in quotes, and the whole, where those are more than a run.
    private static func sentence(_ text: String) -> [String] {
        let pieces = text.split(omittingEmptySubsequences: false, whereSeparator: { quotes.contains($0) })
        let quoted = pieces.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
        return (quoted + [unquoted(text)]).filter {
            lengths.contains($0.count) && ($0.contains(" ") || !$0.allSatisfy(\.isASCII))
        }
    }

    private static let quotes: Set<Character> = [
        "\"", "'", "„", "“", "”", "‚", "‘", "’", "「", "」", "『", "』", "【", "】", "(", ")", "[", "]", "<", ">",
        "*",
    ]

    private static func unquoted(_ text: String) -> String {
        guard let first = text.first, let last = text.last, text.count > 2, quotes.contains(first),
            quotes.contains(last)
        else { return text }
        return String(text.dropFirst().dropLast())
    }

    /// Without what leads up to it: blanks, colons, dashes.
    private static func trimmed(_ text: some StringProtocol) -> String {
        let edges: Set<Character> = [":", "：", "=", "-", "–", "→", "は", " ", "\t", "\u{3000}", "\u{A0}", "。"]
        var text = Substring(text)
        while let first = text.first, edges.contains(first) { text.removeFirst() }
        while let last = text.last, last.isWhitespace || last == "。" { text.removeLast() }
        return String(text)
    }
}
