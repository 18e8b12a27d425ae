/// A letter as plain text: for programs that show no HTML, and for people who want none.
struct PlainLetter {
    private let page: LetterPage

    init(_ page: LetterPage) { self.page = page }

    /// Paragraphs between empty lines; the firm stands below a signature's mark.
    var text: String {
        var text = ""
        for block in page.blocks {
            let lines = lines(of: block)
            if case .heading = block {
                text += lines.joined(separator: "\n") + "\n"
            } else {
                text += lines.joined(separator: "\n") + "\n\n"
            }
        }
        return text + "-- \n" + signature.joined(separator: "\n") + "\n"
    }

    private func lines(of block: LetterPage.Block) -> [String] {
        switch block {
        case .lines(let lines): lines
        case .heading(let heading):
            [heading.hasSuffix(":") || heading.hasSuffix("：") ? heading : heading + page.words.heading]
        case .message(let paragraphs): said + Array(paragraphs.joined(separator: [""]))
        case .items(let items):
            items.map { item in
                page.words.bullet + item.name + (item.note.map { page.words.colon + $0 } ?? "")
            }
        case .files(let files):
            files.flatMap { file in
                [
                    "\(page.words.bullet)\(file.name) (\(page.words.size(file.octets)))",
                    "  SHA-256 \(file.sha256)",
                ]
            }
        case .words(let lines): lines.map { "> \($0)" }
        case .code(let digits): [digits]
        case .button(let label, let link): [label + page.words.heading, link]
        }
    }

    /// Who speaks, where the words are not the whole letter.
    private var said: [String] {
        page.letter.kind == .letter ? [] : [page.words.writes(page.letter.person) + page.words.heading]
    }

    private var signature: [String] {
        let firm = page.letter.firm
        return [firm.name, firm.phone].compactMap { $0 }
            + [(page.words.imprint, firm.imprint), (page.words.privacy, firm.privacy)].compactMap {
                name, link in
                link.map { "\(name)\(page.words.colon)\($0)" }
            }
    }
}
