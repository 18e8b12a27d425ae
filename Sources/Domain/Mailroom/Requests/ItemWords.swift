internal import Text

/// The words of an item, and whether a file's name has all of them.
///
/// Compared without case, width and composition; `ß` is `ss`, `ü` is `ue`.
///
/// | a word | is in a name |
/// |---|---|
/// | of letters and digits | as a whole: `Rechnung` is not in `Rechnungen`, nor `W-2` in `W-20` or `W-2c` |
/// | joined by `-`, `.`, `/` | with its joints or without any: `W-2`, `W2`; `11` is not in `2025-11-03` |
/// | of a script without spaces | where a word begins, and ends what is written: `源泉徴収票` is in `給与所得の源泉徴収票`, `保険証` is not in `健康保険証券` |
///
/// Names that speak of a thing rather than are it (*no*, *draft*, *template*,
/// *reminder*) have no item's words, and numbers alone are too little to go
/// by: then the whole name must be the item's.
struct ItemWords {
    private let folded: String
    private let units: [NameUnit]
    private let runs: [[UInt16]]
    private let isTooLittle: Bool

    init(_ item: String) {
        folded = FileNameWords.folded(item)
        let text = NameText(folded)
        let chunks = text.chunks
        units = chunks.filter { !$0.contains(where: \.isUnspaced) }.flatMap { NameText(String($0)).units }
        runs = chunks.filter { $0.contains(where: \.isUnspaced) }.map { Array(String($0).utf16) }
        let hasWord = units.contains { $0.squeezed.count >= 2 && $0.squeezed.contains(where: \.isLetter) }
        let hasRun = chunks.contains { chunk in
            chunk.filter { $0.isUnspaced && !"年月日分度期".contains($0) }.count >= 2
        }
        isTooLittle = !hasWord && !hasRun
    }

    func occur(in name: FileNameWords) -> Bool {
        guard !units.isEmpty || !runs.isEmpty, !speaksOfAnother(name) else { return false }
        if isTooLittle { return name.folded == folded }
        return units.allSatisfy(name.present(units).contains) && runs.allSatisfy { name.has($0, of: runs) }
    }

    private func speaksOfAnother(_ name: FileNameWords) -> Bool {
        let mine = Set(units.flatMap(\.tokens))
        return name.tokens.contains { Self.abouts.contains($0) && !mine.contains($0) }
            || Self.unspacedAbouts.contains { name.folded.contains($0) && !folded.contains($0) }
    }

    /// A file of such a name is about what was asked for, and not the thing.
    private static let abouts: Set<String> = [
        "kein", "keine", "keinen", "keiner", "nicht", "ohne", "fehlt", "fehlen", "fehlend", "fehlende",
        "storno", "storniert", "stornierung", "entwurf", "muster", "vorlage", "beispiel", "leer", "anleitung",
        "mahnung", "erinnerung", "anfrage", "anforderung",
        "not", "without", "missing", "cancelled", "canceled", "void", "draft", "template", "sample",
        "example",
        "blank", "instructions", "instruction", "reminder", "request",
    ]
    private static let unspacedAbouts = [
        "なし", "無し", "ない", "未", "不要", "不足", "紛失", "見本", "雛形", "ひな形", "テンプレート", "サンプル",
        "記入例", "督促", "依頼", "案内", "下書き",
    ]
}

/// The name of a file, taken apart for comparing.
struct FileNameWords {
    /// Without its extension, and without the `(2)` that a browser put there.
    let folded: String
    let tokens: Set<String>
    private let units: [NameUnit]
    private let text: [UInt16]
    private let breaks: Set<Int>

    init(_ name: String) {
        folded = Self.stem(Self.folded(String(name.prefix(500))))
        units = NameText(folded).fileUnits
        tokens = Set(units.flatMap(\.tokens))
        text = Array(folded.utf16)
        let isUnspaced = folded.contains(where: \.isUnspaced)
        breaks = isUnspaced ? WordBreaks.utf16Offsets(in: folded) : []
    }

    /// Which of an item's words are there: each as a whole, or as one of those a joined word consists of.
    func present(_ words: [NameUnit]) -> Set<NameUnit> {
        var present: Set<NameUnit> = []
        for unit in units {
            if let equal = words.first(where: { $0.squeezed == unit.squeezed }) {
                present.insert(equal)
            } else if let all = unit.covering(words) {
                present.formUnion(all)
            }
        }
        return present
    }

    /// Whether a run of a script without spaces stands there as words of their own.
    func has(_ run: [UInt16], of item: [[UInt16]]) -> Bool {
        guard let first = run.first, let last = run.last, run.count <= text.count else { return false }
        return (0...text.count - run.count).contains { start in
            text[start] == first && text[start..<start + run.count].elementsEqual(run)
                && begins(at: start, first, isShort: run.count == 1)
                && ends(at: start + run.count, last, isShort: run.count == 1, item)
        }
    }

    private func begins(at start: Int, _ first: UInt16, isShort: Bool) -> Bool {
        guard start > 0 else { return true }
        let before = text[start - 1]
        if first.isUnspaced { return !before.isUnspaced || !isShort && breaks.contains(start) }
        if before.isAlphanumeric { return false }
        return !(first.isDigit && before.isJoint && start > 1 && text[start - 2].isDigit)
    }

    private func ends(at end: Int, _ last: UInt16, isShort: Bool, _ item: [[UInt16]]) -> Bool {
        guard end < text.count else { return true }
        let after = text[end]
        guard last.isUnspaced else {
            if after.isAlphanumeric || after.isUnspaced { return false }
            return !(last.isDigit && after.isJoint && end + 1 < text.count && text[end + 1].isDigit)
        }
        guard after.isUnspaced, !isShort else { return !after.isUnspaced }
        let rest = text[end...]
        if ["", "の", "分", "分の"].contains(where: { link in
            rest.starts(with: link.utf16)
                && item.contains { rest.dropFirst(link.utf16.count).starts(with: $0) }
        }) {
            return true
        }
        let isOfTime = "年月".utf16.contains(last)
        return (["写し", "の写し", "コピー", "のコピー"] + (isOfTime ? ["分"] : [])).contains { copy in
            rest.starts(with: copy.utf16)
                && !(rest.dropFirst(copy.utf16.count).first?.isUnspaced ?? false)
        }
    }

    static func folded(_ text: String) -> String {
        let visible = String(
            String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .format }))
        let folded = visible.nfkc.caseFolded.nfkc
        var result = ""
        for character in folded {
            switch character {
            case "ä": result += "ae"
            case "ö": result += "oe"
            case "ü": result += "ue"
            case "\u{2010}"..."\u{2015}", "\u{2212}": result += "-"
            case _ where character.isWhitespace: result += " "
            default: result.append(character)
            }
        }
        return result
    }

    private static func stem(_ name: String) -> String {
        var stem = name[...]
        if let dot = stem.lastIndex(of: "."), dot > stem.startIndex {
            let ending = stem[stem.index(after: dot)...]
            let isExtension =
                (1...5).contains(ending.count) && ending.contains(where: \.isLetter)
                && ending.utf8.allSatisfy { UInt16($0).isAlphanumeric }
            if isExtension { stem = stem[..<dot] }
        }
        if stem.last == ")", let open = stem.lastIndex(of: "("), open > stem.startIndex {
            let number = stem[stem.index(after: open)...].dropLast()
            if (1...2).contains(number.count), number.allSatisfy({ ("0"..."9").contains($0) }) {
                stem = stem[..<open]
            }
        }
        while stem.last == " " { stem.removeLast() }
        while stem.first == " " { stem.removeFirst() }
        return String(stem)
    }
}
