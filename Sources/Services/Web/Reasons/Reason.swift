internal import Text

/// A sentence of a decision as people read it who read another language.
///
/// Decisions are recorded in English, as `mailroom explain` says them: a sentence that was
/// recorded years ago is still understood by what stands in it besides names and numbers.
struct Reason: Sendable {
    /// Stands for words in between: `{1}`.
    private enum Piece: Sendable {
        case words(String)
        case hole(Int)
    }

    private let pieces: [Piece]
    private let phrase: Phrase
    /// How much of the English sentence is always the same.
    private let certain: Int

    init(_ en: String, de: String, ja: String) {
        phrase = Phrase(de: de, en: en, ja: ja)
        pieces = Self.pieces(of: en)
        certain = pieces.reduce(0) { sum, piece in
            if case .words(let words) = piece { sum + words.utf8.count } else { sum }
        }
    }

    /// What stands in the holes; nil where this is another sentence.
    private func words(in text: String) -> [Int: String]? {
        var rest = text[...]
        var found: [Int: String] = [:]
        var open: Int?
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .hole(let number): open = number
            case .words(let words):
                let isLast = index == pieces.count - 1
                if let number = open {
                    guard isLast ? rest.hasSuffix(words) : rest.contains(words),
                        let end = isLast
                            ? rest.index(rest.endIndex, offsetBy: -words.count)
                            : rest.firstRange(of: words)?.lowerBound
                    else { return nil }
                    found[number] = String(rest[..<end])
                    rest = rest[end...].dropFirst(words.count)
                    open = nil
                } else {
                    guard rest.hasPrefix(words) else { return nil }
                    rest = rest.dropFirst(words.count)
                }
            }
        }
        if let number = open { found[number] = String(rest) } else if !rest.isEmpty { return nil }
        return found.values.contains("") ? nil : found
    }

    private var beginsWithWords: Bool {
        if case .words = pieces.first { true } else { false }
    }

    private static func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let brace = rest.firstIndex(of: "{"), let end = rest[brace...].firstIndex(of: "}"),
            let number = Int(rest[rest.index(after: brace)..<end])
        {
            if brace > rest.startIndex { pieces.append(.words(String(rest[..<brace]))) }
            pieces.append(.hole(number))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { pieces.append(.words(String(rest))) }
        return pieces
    }

    private static let known = (matching + sender + filing).sorted { $0.certain > $1.certain }

    private static let names = [
        Reason("request {1} “{2}”", de: "Anforderung {1} „{2}“", ja: "依頼{1}「{2}」"),
        Reason("our letter “{1}”", de: "unseren Brief „{1}“", ja: "当方からのメール「{1}」"),
        Reason(
            "it stays in its container", de: "darum bleibt es, worin es kam", ja: "元のファイルのまま保留されます"),
        Reason("nothing of it is filed", de: "darum wird nichts davon abgelegt", ja: "中身は保管されません"),
    ]

    /// The sentence in a language; nil where it is none of ours: a colleague's words, a file's name.
    static func sentence(_ text: String, _ language: Language) -> String? {
        for reason in known {
            guard let found = reason.words(in: text) else { continue }
            let sentence = reason.filled(found, language)
            return reason.beginsWithWords || language != .en ? capitalized(sentence) : sentence
        }
        return nil
    }

    private func filled(_ words: [Int: String], _ language: Language) -> String {
        var sentence = ""
        for piece in Self.pieces(of: phrase[language]) {
            switch piece {
            case .words(let words): sentence += words
            case .hole(let number): sentence += Self.name(words[number] ?? "", language)
            }
        }
        return sentence
    }

    /// What a sentence names may be words of ours itself.
    private static func name(_ text: String, _ language: Language) -> String {
        for reason in names {
            guard let found = reason.words(in: text) else { continue }
            var name = ""
            for piece in pieces(of: reason.phrase[language]) {
                switch piece {
                case .words(let words): name += words
                case .hole(let number): name += found[number] ?? ""
                }
            }
            return name
        }
        return text
    }

    /// An address stays as it is written.
    private static func capitalized(_ sentence: String) -> String {
        let first = sentence.prefix { !$0.isWhitespace }
        guard !first.contains("@"), !first.contains("."), !first.contains("=") else { return sentence }
        return sentence.prefix(1).uppercased() + sentence.dropFirst()
    }
}

extension Visit {
    /// A recorded sentence in the person's language; as it was recorded where nobody knows it.
    func reason(_ text: String) -> String { Reason.sentence(text, language) ?? text }
}
