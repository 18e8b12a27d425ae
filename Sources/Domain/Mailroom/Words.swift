internal import Text

/// Words and numbers in subjects and file names.
enum Words {
    /// Whether a text has that word, case aside; for scripts without spaces, whether it has those characters.
    static func contain(_ text: String, _ word: String) -> Bool {
        let wanted = word.nfkc.caseFolded
        guard !wanted.isEmpty else { return false }
        let folded = text.nfkc.caseFolded
        let isOneWord =
            wanted.utf8.allSatisfy { $0 < 128 } && wanted.allSatisfy { $0.isLetter || $0.isNumber }
        guard isOneWord else { return folded.contains(wanted) }
        return folded.split { !($0.isLetter || $0.isNumber) }.contains { $0 == wanted }
    }

    /// The accounts whose number, tax number or fax number stands there as a word of its own.
    ///
    /// Fewer than three characters are no number: `1` is in every subject.
    static func accounts(_ texts: [String], _ directory: Directory) -> [AccountID] {
        var found: Set<AccountID> = []
        for text in texts.prefix(200) {
            let folded = String(text.prefix(1000)).nfkc
            for word in folded.split(whereSeparator: { !($0.isLetter || $0.isNumber || "._-".contains($0)) })
            {
                let trimmed = word.trimming("._-")
                // A file name's extension and what people put around a number are not part of it.
                for candidate in [trimmed] + trimmed.split(whereSeparator: { "._-".contains($0) })
                where candidate.count >= 3 && candidate.contains(where: \.isNumber) {
                    if let account = directory.account(number: String(candidate)) { found.insert(account) }
                }
            }
            for run in folded.split(whereSeparator: { !($0.isNumber || " /.-+".contains($0)) }) {
                for candidate in [run] + run.split(separator: " ")
                where candidate.count(where: \.isNumber) >= 5 {
                    found.formUnion(directory.accounts(identifier: String(candidate)))
                }
            }
        }
        return found.sorted()
    }
}

extension Substring {
    fileprivate func trimming(_ characters: String) -> Substring {
        var text = self
        while let first = text.first, characters.contains(first) { text.removeFirst() }
        while let last = text.last, characters.contains(last) { text.removeLast() }
        return text
    }
}
