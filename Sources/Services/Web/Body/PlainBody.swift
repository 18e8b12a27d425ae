internal import Mailroom
internal import Markup
internal import Text

/// A message's plain text as it is read: what is new at once, what was quoted behind a line to open.
struct PlainBody {
    let visit: Visit

    func html(_ text: String) -> HTML {
        let blocks = TextBlock.blocks(of: text)
        guard !blocks.isEmpty else { return "<p class=\"muted\">\(visit.say(.noWords))</p>" }
        // A message passed on without a word of one's own is what there is to read.
        let language = Language.guess(text)
        let hasOwn = blocks.contains { $0.kind == .own }
        let shown = blocks.map { one -> HTML in
            switch one.kind {
            case .own: "<div class=\"words\" dir=\"auto\">\(lines(one))</div>"
            case .signature: "<div class=\"words signature\" dir=\"auto\">\(lines(one))</div>"
            case .shortQuote:
                "<div class=\"words\" dir=\"auto\"><blockquote>\(lines(one))</blockquote></div>"
            case .quote: folded(one, .quotedText, isOpen: !hasOwn)
            case .earlier: folded(one, .earlierWords, isOpen: !hasOwn)
            }
        }.joined()
        guard let language, language != visit.language else { return shown }
        return "<div lang=\"\(language.rawValue)\">\(shown)</div>"
    }

    private func folded(_ block: TextBlock, _ title: Phrase, isOpen: Bool) -> HTML {
        """
        <details class="earlier"\(flag: "open", isOpen)><summary>\(visit.say(title))</summary>\
        <div class="words" dir="auto">\(lines(block))</div></details>
        """
    }

    private func lines(_ block: TextBlock) -> HTML {
        block.lines.map { line in
            LinkedText.pieces(of: line).map { piece -> HTML in
                switch piece {
                case .text(let text): HTML(escaping: text)
                case .link(let text, let address):
                    """
                    <a href="\(link: address)" rel="noopener noreferrer nofollow" target="_blank">\(text)</a>
                    """
                }
            }.joined()
        }.joined("\n")
    }
}
