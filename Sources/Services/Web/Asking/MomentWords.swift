internal import Text

/// What the history of a request says beside what was done: the audit's own words are English.
enum MomentWords {
    static func detail(_ detail: String) -> Phrase {
        if let rest = rest(of: detail, after: "item ") {
            // The name says which; the number is the command line's.
            return Phrase(same: rest.split(separator: " ", maxSplits: 1).last.map(String.init) ?? rest)
        }
        if let people = rest(of: detail, after: "to ") { return .recipients(people) }
        for (mark, words) in beginnings {
            if let rest = rest(of: detail, after: mark) {
                return Phrase(
                    de: "\(words[.de]): \(rest)", en: "\(words[.en]): \(rest)", ja: "\(words[.ja])：\(rest)")
            }
        }
        return whole[detail] ?? Phrase(same: detail)
    }

    private static func rest(of detail: String, after mark: String) -> String? {
        detail.hasPrefix(mark) ? String(detail.dropFirst(mark.count)) : nil
    }

    private static let beginnings: [(String, Phrase)] = [
        ("items: ", Phrase(de: "Unterlagen", en: "Items", ja: "書類")),
        ("documents: ", Phrase(de: "Dokumente", en: "Documents", ja: "添付書類")),
        ("recipients: ", Phrase(de: "Empfänger", en: "Recipients", ja: "宛先")),
        ("until ", Phrase(de: "Neues Ende", en: "New end", ja: "新しい期限")),
    ]

    private static let whole = [
        "as a link": Phrase(de: "als Link", en: "as a link", ja: "リンクのみ"),
        "the links before this one are void": Phrase(
            de: "frühere Links gelten nicht mehr", en: "earlier links work no more", ja: "以前のリンクは無効です"),
    ]
}
